"""The engine: a catalogue of rules over one report at a time."""

from __future__ import annotations

from collections import Counter
from decimal import localcontext
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.catalogue import combine, flattened
from nianbao.dates import first_day
from nianbao.engine.findings import make_findings
from nianbao.errors import SourceError, SourceErrors
from nianbao.kinds import KINDS
from nianbao.kinds.base import Subject
from nianbao.language.linear import EXACT
from nianbao.language.mistakes import Mistake, taken
from nianbao.messages import Text
from nianbao.model.finding import NOT_APPLICABLE, PASS, UNDECIDED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping

    from nianbao.kinds.base import Compiled, Kind
    from nianbao.language.evaluate import Sums
    from nianbao.model.finding import Finding, Outcome
    from nianbao.model.form import Form
    from nianbao.model.report import Report
    from nianbao.model.rule import Pack, Rule

_Shape = tuple["Form", frozenset[str]]
_MOST_KEPT = 64  # kinds of report whose rules are kept ready
_ANOTHER = Text("；请换一个编号", "; give the rule another code")


class Crash(NamedTuple):
    """A rule that failed in itself on a report; the others still ran."""

    rule: Rule
    error: str


class Judgement(NamedTuple):
    """What the rules say of a report.

    ``counts`` is by outcome over all instances of all rules; ``equations`` is how many equations hold, and of how many.
    """

    findings: tuple[Finding, ...]
    crashes: tuple[Crash, ...]
    counts: Mapping[str, int]
    equations: tuple[int, int]


class Engine:
    """Rules made ready once, for any number of reports.

    Args:
        packs: The packs whose rules run.
        codes: The rules that run, by code; all when ``None``.
        kinds: The kinds that rules may be of.
        settings: The settings of the run, for checks that ask for them.

    Raises:
        SourceErrors: two rules have the same code, or a pack changes what it must not.
    """

    def __init__(
        self,
        packs: Iterable[Pack],
        codes: Collection[str] | None = None,
        *,
        kinds: Mapping[str, Kind] = KINDS,
        settings: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        self.packs = flattened(packs)
        self.kinds = kinds
        self.settings = settings
        rules = combine(self.packs, kinds=kinds)
        self.rules = tuple(rule for rule in rules if codes is None or rule.code in codes)
        _refuse_same_codes(self.rules)
        self._compiled: dict[_Shape, dict[str, Compiled | None]] = {}
        self._applying: dict[tuple[object, ...], tuple[tuple[Rule, Compiled | None], ...]] = {}

    def judge(self, report: Report, prior: Report | None = None, *, prior_reason: Text | None = None) -> Judgement:
        """Judge a report.

        Args:
            report: The report.
            prior: The same issuer's report of the year before, if there is one.
            prior_reason: Why there is none, for rules that need it.

        Raises:
            SourceError: a rule speaks of what its form does not have.
        """
        return self.judge_subject(Subject.of(report, prior, prior_reason=prior_reason))

    def judge_subject(self, subject: Subject) -> Judgement:
        """Judge a report with those that its subject has beside it.

        Raises:
            SourceError: a rule speaks of what its form does not have.
        """
        report = subject.report
        subject = subject._replace(settings=self.settings)
        counts: Counter[str] = Counter()
        telling: list[tuple[Rule, Outcome]] = []
        crashes: list[Crash] = []
        held = of = 0
        for rule, compiled in self._applying_to(report, subject.prior):
            if compiled is None:
                counts[NOT_APPLICABLE] += 1
                continue
            try:
                with localcontext(EXACT):
                    said = list(compiled.check(subject))
            except Exception as error:  # noqa: BLE001 - whatever a rule does, the others run and it is named
                crashes.append(Crash(rule, f"{type(error).__name__}: {error}"))
                continue
            if rule.kind != "inequality" and compiled.sums:
                judged = [one for one in said if one.outcome not in (NOT_APPLICABLE, UNDECIDED)]
                held, of = held + sum(one.outcome == PASS for one in judged), of + len(judged)
            for one in said:
                counts[one.outcome] += 1
                if one.outcome != PASS or one.variant:
                    telling.append((rule, one))
        return Judgement(make_findings(telling, report), tuple(crashes), counts, (held, of))

    def equations(self, form: Form, *, merged: frozenset[str] = frozenset()) -> tuple[Sums, ...]:
        """Return the equations over one report of that form, without those that need the year before."""
        return tuple(
            one
            for rule in self.rules
            if rule.kind == "equation" and (compiled := self._compile(rule, form, merged)) is not None
            for one in compiled.sums
        )

    def _applying_to(self, report: Report, prior: Report | None) -> tuple[tuple[Rule, Compiled | None], ...]:
        """Return the rules with what they are for this report, ``None`` where they do not apply; kept for its like."""
        merged = report.merged_groups
        kind = None if report.issuer is None else report.issuer.kind
        like = (report.form, merged, kind, _day(report), None if prior is None else prior.form.id)
        if like not in self._applying:
            _make_room(self._applying)
            self._applying[like] = tuple(
                (rule, self._compile(rule, report.form, merged) if applies(rule, report, prior=prior) else None)
                for rule in self.rules
            )
        return self._applying[like]

    def _compile(self, rule: Rule, form: Form, merged: frozenset[str]) -> Compiled | None:
        if (form, merged) not in self._compiled:
            _make_room(self._compiled)
        made = self._compiled.setdefault((form, merged), {})
        if rule.code not in made:
            made[rule.code] = _compile(rule, form, merged, self.kinds[rule.kind])
        return made[rule.code]


def _make_room(kept: dict[Any, Any]) -> None:
    """Forget what was kept first: a form whose members each report brings would be kept once for each report."""
    while len(kept) >= _MOST_KEPT:
        del kept[next(iter(kept))]


def _refuse_same_codes(rules: Iterable[Rule]) -> None:
    seen: dict[str, Rule] = {}
    errors = []
    for rule in rules:
        first = seen.setdefault(rule.code, rule)
        if first is not rule:
            reason = taken(rule.code, first.origin).then(_ANOTHER)
            errors.append(SourceError(reason, file=rule.origin.file, line=rule.origin.line))
    if errors:
        raise SourceErrors(errors)


def _compile(rule: Rule, form: Form, merged: frozenset[str], kind: Kind) -> Compiled | None:
    if rule.applies.forms and form.id not in rule.applies.forms:
        return None
    try:
        return kind.compile(rule, form, merged)
    except Mistake as mistake:
        if not rule.applies.forms:  # a rule without forms is for those that have what it speaks of
            return None
        reason = Text(f"{rule.code} 不合 {form.id}：", f"{rule.code} does not fit {form.id}: ").then(mistake.reason)
        raise SourceError(reason, file=rule.origin.file, line=rule.origin.line) from mistake


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
