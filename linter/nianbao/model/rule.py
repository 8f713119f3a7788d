"""A rule as data, and its legal basis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from nianbao.messages import Text
    from nianbao.model.form import Form

Severity = Literal["info", "warning", "error"]
Confidence = Literal["low", "medium", "high"]
Persona = Literal["drafting", "review", "research"]  # each also sees the rules of those before it
Expectation = Literal["pass", "fail"]
FailLevel = Literal["error", "warning", "info", "never"]  # from which severity on a run fails
ShowLevel = Literal["error", "warning", "info", "all"]  # from which severity on findings are shown

INFO: Final = "info"
WARNING: Final = "warning"
ERROR: Final = "error"
LOW: Final = "low"
MEDIUM: Final = "medium"
HIGH: Final = "high"
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
PERSONAS: tuple[Persona, ...] = get_args(Persona)
EXPECTATIONS: tuple[Expectation, ...] = get_args(Expectation)
LEVELS: tuple[FailLevel, ...] = get_args(FailLevel)
SHOWN: tuple[ShowLevel, ...] = get_args(ShowLevel)


class Basis(NamedTuple):
    """A legal text as the basis of a rule: document, part of it, and a short quotation if its words are known.

    ``forms`` are the forms for whose reports it is cited; all when empty.
    """

    document: str
    part: str = ""
    quote: str = ""
    forms: tuple[str, ...] = ()


class Origin(NamedTuple):
    """The place of a rule in its pack: file, and line of its first key."""

    file: str
    line: int


class DateSpan(NamedTuple):
    """A span of dates, both ends included; an end that is ``None`` is open."""

    first: dt.date | None = None
    last: dt.date | None = None

    def holds(self, day: dt.date | None) -> bool:
        """Whether a date is in the span, or is unknown."""
        return day is None or ((self.first is None or day >= self.first) and (self.last is None or day <= self.last))


ALWAYS = DateSpan()


class Grade(NamedTuple):
    """A severity, and the forms (all when empty) and the span for which it applies."""

    severity: Severity
    forms: tuple[str, ...] = ()
    span: DateSpan = ALWAYS


class Applies(NamedTuple):
    """The reports that a rule applies to; an empty tuple means no limit.

    ``with_prior`` limits it to reports whose year before is known; ``when`` is a statement of the rule language that
    must be true of the report, "" for none.
    """

    forms: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    prior_forms: tuple[str, ...] = ()
    when: str = ""
    with_prior: bool = False


class Example(NamedTuple):
    """An example of a rule: changes of a consistent report, and whether the rule must pass or fail on it.

    ``also`` are the codes of other rules that may fail on it.
    """

    expect: Expectation
    given: Mapping[str, Any]
    line: int
    also: tuple[str, ...] = ()


class DraftSentence(NamedTuple):
    """A sentence that a report may lack, for people to confirm: the section that it belongs into, and its words."""

    section: str
    text: str


class Rule(NamedTuple):
    """One rule of a pack.

    ``options`` are the options of the rule's kind, which its schema has validated. The first grade in ``grades`` that
    applies is the severity. ``span`` is when the rule is in force: a report is judged by the rules in force on the last
    day that it reports on. ``since`` is the version of the pack that introduced the rule. ``draft`` is a sentence to
    offer where the rule fails for want of it.
    """

    code: str
    name: str
    kind: str
    title: Text
    message: Mapping[str, Text]
    help: Text
    grades: tuple[Grade, ...]
    confidence: Confidence
    persona: Persona
    waivable: bool
    applies: Applies
    basis: tuple[Basis, ...]
    covers: tuple[str, ...]
    options: Mapping[str, Any]
    examples: tuple[Example, ...]
    origin: Origin
    replaces: tuple[str, ...] = ()
    span: DateSpan = ALWAYS
    since: str = ""
    draft: DraftSentence | None = None

    def basis_for(self, form_id: str) -> tuple[Basis, ...]:
        """Return the texts to cite for reports of that form."""
        return tuple(basis for basis in self.basis if not basis.forms or form_id in basis.forms)

    def severity_for(self, form_id: str, day: dt.date | None = None) -> Severity:
        """Return the severity for reports of that form, and of that date if it is known."""
        fitting = (
            grade.severity
            for grade in self.grades
            if (not grade.forms or form_id in grade.forms) and grade.span.holds(day)
        )
        return next(fitting, self.grades[-1].severity)

    @property
    def severities(self) -> tuple[Severity, ...]:
        """All its severities, the general one first."""
        general = sorted(self.grades, key=lambda grade: bool(grade.forms))
        return tuple(dict.fromkeys(grade.severity for grade in general))


class RuleSummary(NamedTuple):
    """The facts of a rule in a result: its pack, names, kind, and persona."""

    code: str
    pack: str
    name: str
    title: Text
    kind: str
    persona: Persona

    @classmethod
    def of(cls, rule: Rule, pack: str) -> RuleSummary:
        """Return the summary of a rule of a pack."""
        return cls(rule.code, pack, rule.name, rule.title, rule.kind, rule.persona)


class Adjustment(NamedTuple):
    """A change that a pack makes to a rule of another pack: other severities, other options, or switching it off.

    ``grades`` is empty if the severity stays; with neither grades nor ``options`` the rule is switched off. ``basis``
    are the legal texts of the new options, ``None`` if those of the rule still apply.
    """

    code: str
    origin: Origin
    grades: tuple[Grade, ...] = ()
    options: Mapping[str, Any] = {}
    basis: tuple[Basis, ...] | None = None


class Pack(NamedTuple):
    """A set of rules that belong together, with its own forms and its changes of other packs' rules.

    ``bases`` are the packs that it extends; they run before it. ``digest`` is a hash of its files, ``path`` the path
    that they were loaded from. ``base`` are its changes of the base report of examples, in the format of an example.
    """

    id: str
    version: str
    title: Text
    forms: tuple[str, ...]
    rules: tuple[Rule, ...]
    own_forms: tuple[Form, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    bases: tuple[Pack, ...] = ()
    digest: str = ""
    base: Mapping[str, Any] = {}
    path: str = ""
