"""The engine: a catalogue of rules over one report at a time."""

from __future__ import annotations

from collections import Counter
from decimal import localcontext
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from nianbao.bounds.alarm import Alarm, OverrunError
from nianbao.catalogue import combine, flattened
from nianbao.dates import first_day
from nianbao.engine.findings import make_findings
from nianbao.errors import SourceError, SourceErrors, describe
from nianbao.kinds import KINDS
from nianbao.kinds.kind import RuleContext, make_room
from nianbao.kinds.rule_patterns import keep_patterns
from nianbao.language.linear import EXACT
from nianbao.language.mistakes import Mistake, code_in_use
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, UNDECIDED
from nianbao.model.report import BLANK
from nianbao.model.rule import RuleSummary

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from nianbao.engine.locating import CompiledRule, Diagnosis, Ready, RuleOutcome
    from nianbao.kinds.kind import Compiled, RuleKinds
    from nianbao.language.evaluate import Sums
    from nianbao.model.explanation import Component, ImpliedValue
    from nianbao.model.finding import Finding
    from nianbao.model.form import Form
    from nianbao.model.outcome import Outcome
    from nianbao.model.report import Report
    from nianbao.model.rule import Pack, Rule

_Sort = tuple[object, ...]
_OfRule = TypeVar("_OfRule", bound="tuple[Rule, Any]")
_Applying = tuple[tuple["Rule", "Compiled | None"], ...]
_MAX_READY_SORTS = 64  # sorts of report for which compiled rules are kept
MAX_OUTCOMES = 200_000  # of a rule on one report
_MAX_OVERRUNS = 3  # of a rule; after them, it does not run on further reports
_GIVEN_UP = Text(
    "在前面 {count} 份报告上都超时，不再运行", "timed out on {count} reports before and is run on no others"
)
_ANOTHER = Text("；请换一个编号", "; give the rule another code")


class Crash(NamedTuple):
    """A rule that raised an error on a report, or took too long; the other rules still ran."""

    rule: Rule
    error: Text


class Judgement(NamedTuple):
    """The result of the rules on a report.

    ``counts`` are the numbers of instances of all rules by outcome; ``equations`` is the number of equations that hold,
    and the number of all; ``components`` explain which figures are wrong, ``following`` what blank cells must be.
    """

    findings: tuple[Finding, ...]
    crashes: tuple[Crash, ...]
    counts: Mapping[str, int]
    equations: tuple[int, int]
    components: tuple[Component, ...] = ()
    following: tuple[ImpliedValue, ...] = ()


class Engine:
    """Rules that are prepared once, for any number of reports.

    Args:
        packs: The packs whose rules run.
        codes: The rules that run, by code; all when ``None``.
        kinds: The known kinds of rules.
        settings: The settings of the run, for checks that need them.
        seconds: The maximum time of a rule on one report; the default limit when ``None``.

    Raises:
        SourceErrors: two rules have the same code, or a pack makes a change that is not allowed.
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
        self._all_rules = rules
        _refuse_same_codes(self.rules)
        self._packs_of_rules = {rule.code: pack.id for pack in self.packs for rule in pack.rules}
        self.summaries = {rule.code: RuleSummary.of(rule, self._packs_of_rules[rule.code]) for rule in self.rules}
        self._applying: dict[_Sort, _Applying] = {}
        self._silent: dict[_Sort, tuple[CompiledRule, ...]] = {}
        self._ready: dict[tuple[_Sort, _Sort | None], Ready] = {}

    def judge(self, report: Report, prior: Report | None = None, *, prior_reason: Text | None = None) -> Judgement:
        """Judge a report.

        Args:
            report: The report.
            prior: The same issuer's report of the year before, if there is one.
            prior_reason: The reason why there is none, for rules that need it.

        Raises:
            SourceError: a rule refers to something that its form does not have.
        """
        return self.judge_context(RuleContext.of(report, prior, prior_reason=prior_reason))

    def judge_context(self, context: RuleContext) -> Judgement:
        """Judge a report with the related reports in its context.

        Raises:
            SourceError: a rule refers to something that its form does not have.
        """
        report = context.report
        context = context._replace(settings=self.settings)
        applying = self._applying_to(report, context.prior)
        outcomes, crashes = self._outcomes(_compiled_rules(applying), context)
        diagnosis = self._diagnosis(outcomes, context)
        if diagnosis is not None:
            outcomes = [(rule, outcome) for rule, outcome in diagnosis.outcomes if rule.code in self.summaries]
        counts: Counter[str] = Counter(outcome.outcome for _rule, outcome in outcomes)
        counts.update(NOT_APPLICABLE for _rule, compiled in applying if compiled is None)
        reported = [(rule, outcome) for rule, outcome in outcomes if outcome.outcome != PASS or outcome.variant]
        made = make_findings(reported, report, packs=self._packs_of_rules)
        judgement = Judgement(made.findings, tuple(crashes), counts, _equations(outcomes, applying))
        return judgement if diagnosis is None else _with(judgement, diagnosis, made.fingerprints, report.form)

    def prepare(self, reports: Iterable[tuple[Report, Report | None]]) -> None:
        """Compile the rules for reports, so that a rule that does not fit is refused before any report is judged.

        Args:
            reports: The reports, each with its year before. If there are more sorts of report than are kept, only the
                first ones are prepared.

        Raises:
            SourceError: a rule refers to something that its form does not have.
        """
        for report, prior in reports:
            if len(self._applying) >= _MAX_READY_SORTS:
                break
            self._applying_to(report, prior)

    def _outcomes(self, rules: Sequence[CompiledRule], context: RuleContext) -> tuple[list[RuleOutcome], list[Crash]]:
        """Return the outcomes of each rule, and the rules that raised an error."""
        outcomes: list[RuleOutcome] = []
        crashes: list[Crash] = []
        with Alarm(self.seconds).set() as alarm:
            for rule, compiled in rules:
                if self._overruns[rule.code] >= _MAX_OVERRUNS:
                    crashes.append(Crash(rule, _GIVEN_UP.format(count=_MAX_OVERRUNS)))
                    continue
                try:
                    with localcontext(EXACT):
                        own = alarm.run(partial(_outcomes_of, compiled, context))
                except Exception as error:  # noqa: BLE001 - the error is reported, and the other rules run
                    self._overruns[rule.code] += isinstance(error, OverrunError)
                    crashes.append(Crash(rule, describe(error)))
                else:
                    outcomes += [(rule, outcome) for outcome in own]
        return outcomes, crashes

    def equations(self, form: Form) -> tuple[Sums, ...]:
        """Return the equations over one report of that form, without those that need the year before."""
        return tuple(
            sums
            for rule in self.rules
            if rule.kind == "equation" and (compiled := self._compile(rule, form)) is not None
            for sums in compiled.sums
        )

    def _diagnosis(self, outcomes: Sequence[RuleOutcome], context: RuleContext) -> Diagnosis | None:
        """Find which figures are wrong if some do not agree; the modules for it are imported only then.

        Rules that are not reported are evidence like all others: they narrow what is wrong, and have no findings.
        """
        if not any(_is_open(outcome) for _rule, outcome in outcomes):
            return None
        from nianbao.engine.locating import diagnose, make_ready  # noqa: PLC0415 - most reports add up

        report, prior = context.report, context.prior
        sorts = (_sort_of(report, prior), None if prior is None else _sort_of(prior, None))
        if sorts not in self._ready:
            make_room(self._ready, _MAX_READY_SORTS)
            own = self._in_order(_compiled_rules(self._applying_to(report, prior)), self._silent_rules(report, prior))
            before = (
                ()
                if prior is None
                else self._in_order(_compiled_rules(self._applying_to(prior, None)), self._silent_rules(prior, None))
            )
            self._ready[sorts] = make_ready(context, own, before=before)
        silent, _crashes = self._outcomes(self._silent_rules(report, prior), context)
        with localcontext(EXACT):
            return diagnose(self._in_order(outcomes, silent), context, ready=self._ready[sorts])

    def _in_order(self, reported: Sequence[_OfRule], silent: Sequence[_OfRule]) -> list[_OfRule]:
        """Return what belongs to reported rules and to the others in the order of all rules."""
        if not silent:
            return list(reported)
        order = {rule.code: number for number, rule in enumerate(self._all_rules)}
        return sorted((*reported, *silent), key=lambda item: order[item[0].code])

    def _silent_rules(self, report: Report, prior: Report | None) -> tuple[CompiledRule, ...]:
        """Return the rules that apply but are not reported, compiled; those that do not fit the form are left out."""
        sort = _sort_of(report, prior)
        if sort not in self._silent:
            make_room(self._silent, _MAX_READY_SORTS)
            applying = (
                rule
                for rule in self._all_rules
                if rule.code not in self.summaries and applies(rule, report, prior=prior)
            )
            compiled = ((rule, self._compiled_if_it_fits(rule, report.printed_form)) for rule in applying)
            self._silent[sort] = tuple((rule, checks) for rule, checks in compiled if checks is not None)
        return self._silent[sort]

    def _compiled_if_it_fits(self, rule: Rule, form: Form) -> Compiled | None:
        try:
            return self._compile(rule, form)
        except SourceError:
            return None

    def _applying_to(self, report: Report, prior: Report | None) -> _Applying:
        """Return the rules compiled for a report, ``None`` for those that do not apply; kept for its sort of report."""
        sort = _sort_of(report, prior)
        if sort not in self._applying:
            make_room(self._applying, _MAX_READY_SORTS)
            form = report.printed_form
            self._applying[sort] = tuple(
                (rule, self._compile(rule, form) if applies(rule, report, prior=prior) else None) for rule in self.rules
            )
            keep_patterns()
        return self._applying[sort]

    def _compile(self, rule: Rule, form: Form) -> Compiled | None:
        """Return a rule compiled for a form, ``None`` if it is not for that form."""
        if rule.applies.forms and form.id not in rule.applies.forms:
            return None
        try:
            return self.kinds.compile(rule, form)
        except Mistake as mistake:
            if not rule.applies.forms:  # a rule without forms is for all forms that have what it refers to
                return None
            reason = Text(f"{rule.code} 不合 {form.id}：", f"{rule.code} does not fit {form.id}: ") + mistake.reason
            raise SourceError(reason, file=rule.origin.file, line=rule.origin.line) from mistake


def _sort_of(report: Report, prior: Report | None) -> _Sort:
    """Return the key that decides which rules apply, and how they are compiled."""
    kind = None if report.issuer is None else report.issuer.kind
    return (report.printed_form, kind, _day(report), None if prior is None else prior.form.id)


def _compiled_rules(applying: _Applying) -> list[CompiledRule]:
    return [(rule, compiled) for rule, compiled in applying if compiled is not None]


def _outcomes_of(compiled: Compiled, context: RuleContext) -> tuple[Outcome, ...]:
    outcomes = tuple(islice(compiled.check(context), MAX_OUTCOMES + 1))
    if len(outcomes) > MAX_OUTCOMES:
        raise ValueError(f"gave more than {MAX_OUTCOMES} outcomes")
    return outcomes


def _is_open(outcome: Outcome) -> bool:
    """Whether figures that must be equal are not, or blank cells leave that open."""
    if outcome.relation != "=":
        return False
    blanks = sum(ref.cell.state == BLANK for ref in outcome.cells)
    return outcome.outcome == FAIL or (outcome.outcome == UNDECIDED and 0 < blanks < len(outcome.cells))


def _equations(outcomes: Iterable[RuleOutcome], applying: _Applying) -> tuple[int, int]:
    """Count the equations that hold, and those that could be judged."""
    summing = {rule.code for rule, compiled in _compiled_rules(applying) if compiled.sums and rule.kind != "inequality"}
    words = [outcome.outcome for rule, outcome in outcomes if rule.code in summing]
    return words.count(PASS), words.count(PASS) + words.count(FAIL)


def _with(judgement: Judgement, diagnosis: Diagnosis, fingerprints: Mapping[int, str], form: Form) -> Judgement:
    from nianbao.engine.explanations import components_of, following_of  # noqa: PLC0415 - as above

    return judgement._replace(
        components=components_of(diagnosis, fingerprints), following=following_of(diagnosis, form)
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
    """Return the day that decides which rules are in force: that of the report, else the first day of its form."""
    first = report.form.first_year
    return report.day or (first_day(first) if first is not None else None)


def applies(rule: Rule, report: Report, *, prior: Report | None = None) -> bool:
    """Whether a rule applies to a report of that form, issuer and year, with that report of the year before.

    A rule for some kinds of issuer does not apply where the issuer is not known.
    """
    limits = rule.applies
    if limits.forms and report.form.id not in limits.forms:
        return False
    if limits.issuers and (report.issuer is None or report.issuer.kind not in limits.issuers):
        return False
    if not rule.span.holds(_day(report)) or (limits.with_prior and prior is None):
        return False
    return not (limits.prior_forms and prior is not None and prior.form.id not in limits.prior_forms)
