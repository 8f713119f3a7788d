"""The engine: a catalogue of rules over one report at a time."""

from __future__ import annotations

from collections import Counter
from decimal import localcontext
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from nianbao.bounds.alarm import Alarm, OverrunError
from nianbao.catalogue import combine, flattened
from nianbao.dates import first_day
from nianbao.engine.findings import make_findings
from nianbao.errors import SourceError, SourceErrors, describe
from nianbao.kinds import KINDS
from nianbao.kinds.kind import RuleContext, make_room
from nianbao.language.linear import EXACT
from nianbao.language.mistakes import Mistake, code_in_use
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, UNDECIDED
from nianbao.model.report import BLANK
from nianbao.model.rule import RuleSummary

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from nianbao.engine.locating import Diagnosis, Ready, Said
    from nianbao.kinds.kind import Compiled, RuleKinds
    from nianbao.language.evaluate import Sums
    from nianbao.model.explanation import Component, ImpliedValue
    from nianbao.model.finding import Finding
    from nianbao.model.form import Form
    from nianbao.model.outcome import Outcome
    from nianbao.model.report import Report
    from nianbao.model.rule import Pack, Rule

_Like = tuple[object, ...]
_Applying = tuple[tuple["Rule", "Compiled | None"], ...]
_MAX_READY_SORTS = 64  # sorts of report whose rules are kept ready
MAX_OUTCOMES = 200_000  # of a rule on one report
_MAX_OVERRUNS = 3  # of a rule, after which it runs on no further report
_GIVEN_UP = Text(
    "在前面 {count} 份报告上都超时，不再运行", "timed out on {count} reports before and is run on no others"
)
_ANOTHER = Text("；请换一个编号", "; give the rule another code")


class Crash(NamedTuple):
    """A rule that failed in itself on a report, or took too long; the others still ran."""

    rule: Rule
    error: Text


class Judgement(NamedTuple):
    """What the rules say of a report.

    ``counts`` is by outcome over all instances of all rules; ``equations`` is how many equations hold, and of how many;
    ``components`` say which figures are wrong, and ``following`` what blank cells must be.
    """

    findings: tuple[Finding, ...]
    crashes: tuple[Crash, ...]
    counts: Mapping[str, int]
    equations: tuple[int, int]
    components: tuple[Component, ...] = ()
    following: tuple[ImpliedValue, ...] = ()


class Engine:
    """Rules made ready once, for any number of reports.

    Args:
        packs: The packs whose rules run.
        codes: The rules that run, by code; all when ``None``.
        kinds: The kinds that rules may be of.
        settings: The settings of the run, for checks that ask for them.
        seconds: The most time that a rule may take on one report; the usual limit when ``None``.

    Raises:
        SourceErrors: two rules have the same code, or a pack changes what it must not.
    """

    def __init__(
        self,
        packs: Iterable[Pack],
        codes: Collection[str] | None = None,
        *,
        kinds: RuleKinds = KINDS,
        settings: Mapping[str, object] = MappingProxyType({}),
        seconds: float | None = None,
    ) -> None:
        self.packs = flattened(packs)
        self.kinds = kinds
        self.settings = settings
        self.seconds = seconds
        self._overruns: Counter[str] = Counter()
        rules = combine(self.packs, kinds=kinds)
        self.rules = tuple(rule for rule in rules if codes is None or rule.code in codes)
        _refuse_same_codes(self.rules)
        self._packs_of_rules = {rule.code: pack.id for pack in self.packs for rule in pack.rules}
        self.summaries = {rule.code: RuleSummary.of(rule, self._packs_of_rules[rule.code]) for rule in self.rules}
        self._applying: dict[_Like, _Applying] = {}
        self._ready: dict[tuple[_Like, _Like | None], Ready] = {}

    def judge(self, report: Report, prior: Report | None = None, *, prior_reason: Text | None = None) -> Judgement:
        """Judge a report.

        Args:
            report: The report.
            prior: The same issuer's report of the year before, if there is one.
            prior_reason: Why there is none, for rules that need it.

        Raises:
            SourceError: a rule speaks of what its form does not have.
        """
        return self.judge_subject(RuleContext.of(report, prior, prior_reason=prior_reason))

    def judge_subject(self, subject: RuleContext) -> Judgement:
        """Judge a report with those that its subject has beside it.

        Raises:
            SourceError: a rule speaks of what its form does not have.
        """
        report = subject.report
        subject = subject._replace(settings=self.settings)
        applying = self._applying_to(report, subject.prior)
        said, crashes = self._said(_made(applying), subject)
        explained = self._explained(said, subject)
        if explained is not None:
            said = list(explained.said)
        counts: Counter[str] = Counter(outcome.outcome for _rule, outcome in said)
        counts.update(NOT_APPLICABLE for _rule, compiled in applying if compiled is None)
        telling = [one for one in said if one[1].outcome != PASS or one[1].variant]
        made = make_findings(telling, report, packs=self._packs_of_rules)
        judgement = Judgement(made.findings, tuple(crashes), counts, _equations(said, applying))
        return judgement if explained is None else _with(judgement, explained, made.fingerprints, report.form)

    def prepare(self, reports: Iterable[tuple[Report, Report | None]]) -> None:
        """Compile the rules for reports that are to be judged, so that one that does not fit is told before any is.

        Args:
            reports: The reports, each with its year before; of more sorts than are kept ready, the first ones count.

        Raises:
            SourceError: a rule speaks of what its form does not have.
        """
        for report, prior in reports:
            if len(self._applying) >= _MAX_READY_SORTS:
                break
            self._applying_to(report, prior)

    def _said(self, rules: Sequence[tuple[Rule, Compiled]], subject: RuleContext) -> tuple[list[Said], list[Crash]]:
        """Return what each rule says, and which of them failed in themselves."""
        said: list[Said] = []
        crashes: list[Crash] = []
        with Alarm(self.seconds).set() as alarm:
            for rule, compiled in rules:
                if self._overruns[rule.code] >= _MAX_OVERRUNS:
                    crashes.append(Crash(rule, _GIVEN_UP.format(count=_MAX_OVERRUNS)))
                    continue
                try:
                    with localcontext(EXACT):
                        outcomes = alarm.run(partial(_outcomes, compiled, subject))
                except Exception as error:  # noqa: BLE001 - whatever a rule does, the others run and it is named
                    self._overruns[rule.code] += isinstance(error, OverrunError)
                    crashes.append(Crash(rule, describe(error)))
                else:
                    said += [(rule, outcome) for outcome in outcomes]
        return said, crashes

    def equations(self, form: Form) -> tuple[Sums, ...]:
        """Return the equations over one report of that form, without those that need the year before."""
        return tuple(
            one
            for rule in self.rules
            if rule.kind == "equation" and (compiled := self._compile(rule, form)) is not None
            for one in compiled.sums
        )

    def _explained(self, said: Sequence[Said], subject: RuleContext) -> Diagnosis | None:
        """Find what is wrong where figures do not agree; what that takes is loaded when it is needed."""
        if not any(_is_open(outcome) for _rule, outcome in said):
            return None
        from nianbao.engine.locating import explain, make_ready  # noqa: PLC0415 - most reports add up

        report, prior = subject.report, subject.prior
        like = (_like(report, prior), None if prior is None else _like(prior, None))
        if like not in self._ready:
            make_room(self._ready, _MAX_READY_SORTS)
            before = () if prior is None else self._applying_to(prior, None)
            self._ready[like] = make_ready(subject, _made(self._applying_to(report, prior)), before=_made(before))
        with localcontext(EXACT):
            return explain(said, subject, ready=self._ready[like])

    def _applying_to(self, report: Report, prior: Report | None) -> _Applying:
        """Return the rules with what they are for this report, ``None`` where they do not apply; kept for its like."""
        like = _like(report, prior)
        if like not in self._applying:
            make_room(self._applying, _MAX_READY_SORTS)
            form = report.printed_form
            self._applying[like] = tuple(
                (rule, self._compile(rule, form) if applies(rule, report, prior=prior) else None) for rule in self.rules
            )
        return self._applying[like]

    def _compile(self, rule: Rule, form: Form) -> Compiled | None:
        """Return a rule made ready for a form, ``None`` where it is not for that form."""
        if rule.applies.forms and form.id not in rule.applies.forms:
            return None
        try:
            return self.kinds.compile(rule, form)
        except Mistake as mistake:
            if not rule.applies.forms:  # a rule without forms is for those that have what it speaks of
                return None
            reason = Text(f"{rule.code} 不合 {form.id}：", f"{rule.code} does not fit {form.id}: ") + mistake.reason
            raise SourceError(reason, file=rule.origin.file, line=rule.origin.line) from mistake


def _like(report: Report, prior: Report | None) -> _Like:
    """Return what the rules that apply depend on."""
    kind = None if report.issuer is None else report.issuer.kind
    return (report.printed_form, kind, _day(report), None if prior is None else prior.form.id)


def _made(applying: _Applying) -> list[tuple[Rule, Compiled]]:
    return [(rule, made) for rule, made in applying if made is not None]


def _outcomes(compiled: Compiled, subject: RuleContext) -> tuple[Outcome, ...]:
    outcomes = tuple(islice(compiled.check(subject), MAX_OUTCOMES + 1))
    if len(outcomes) > MAX_OUTCOMES:
        raise ValueError(f"gave more than {MAX_OUTCOMES} outcomes")
    return outcomes


def _is_open(outcome: Outcome) -> bool:
    """Whether figures that must be equal are not, or cannot be told because some are blank."""
    if outcome.relation != "=":
        return False
    blank = outcome.outcome == UNDECIDED and any(one.cell.state == BLANK for one in outcome.cells)
    return blank or outcome.outcome == FAIL


def _equations(said: Iterable[Said], applying: _Applying) -> tuple[int, int]:
    """Count the equations that hold, and those that could be judged."""
    summing = {rule.code for rule, made in applying if made is not None and made.sums and rule.kind != "inequality"}
    outcomes = [outcome.outcome for rule, outcome in said if rule.code in summing]
    return outcomes.count(PASS), outcomes.count(PASS) + outcomes.count(FAIL)


def _with(judgement: Judgement, explained: Diagnosis, fingerprints: Mapping[int, str], form: Form) -> Judgement:
    from nianbao.engine.explanations import components_of, following_of  # noqa: PLC0415 - as above

    return judgement._replace(
        components=components_of(explained, fingerprints), following=following_of(explained, form)
    )


def _refuse_same_codes(rules: Iterable[Rule]) -> None:
    seen: dict[str, Rule] = {}
    errors = []
    for rule in rules:
        first = seen.setdefault(rule.code, rule)
        if first is not rule:
            reason = code_in_use(rule.code, first.origin) + _ANOTHER
            errors.append(SourceError(reason, file=rule.origin.file, line=rule.origin.line))
    if errors:
        raise SourceErrors(errors)


def _day(report: Report) -> dt.date | None:
    """Return the day whose rules a report is judged by; without one of its own, that from which its form is used."""
    first = report.form.first_year
    return report.day or (first_day(first) if first is not None else None)


def applies(rule: Rule, report: Report, *, prior: Report | None = None) -> bool:
    """Whether a rule is for a report of that form, issuer and year, with that report of the year before."""
    limits = rule.applies
    if limits.forms and report.form.id not in limits.forms:
        return False
    if limits.issuers and report.issuer is not None and report.issuer.kind not in limits.issuers:
        return False
    if not rule.span.holds(_day(report)):
        return False
    return not (limits.prior_forms and prior is not None and prior.form.id not in limits.prior_forms)
