"""A rule as data, and the legal basis it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from nianbao.messages import Text
    from nianbao.model.form import Form

Severity = Literal["info", "warning", "error"]
Confidence = Literal["low", "medium", "high"]
Persona = Literal["drafting", "review", "research"]  # each sees what those before it see
Expectation = Literal["pass", "fail"]

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


class Basis(NamedTuple):
    """A text that a rule rests on: document, part of it, and a short quotation where its words are known.

    ``forms`` are the forms whose reports it is cited for; all when empty.
    """

    document: str
    part: str = ""
    quote: str = ""
    forms: tuple[str, ...] = ()


class Origin(NamedTuple):
    """Where a rule is written: file, and line of its first key."""

    file: str
    line: int


class DateSpan(NamedTuple):
    """A span of days, both ends included; an end that is ``None`` is open."""

    first: dt.date | None = None
    last: dt.date | None = None

    def holds(self, day: dt.date | None) -> bool:
        """Whether a day lies in it; one that is not known does."""
        return day is None or ((self.first is None or day >= self.first) and (self.last is None or day <= self.last))


ALWAYS = DateSpan()


class Grade(NamedTuple):
    """A severity, the forms (all when empty) and the span that it holds for."""

    severity: Severity
    forms: tuple[str, ...] = ()
    span: DateSpan = ALWAYS


class Applies(NamedTuple):
    """Which reports a rule is for; an empty tuple sets no limit."""

    forms: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    prior_forms: tuple[str, ...] = ()


class Example(NamedTuple):
    """An example of a rule: what to change in a consistent report, and whether the rule must pass or fail on it.

    ``also`` are the codes of other rules that are known to fail on it.
    """

    expect: Expectation
    given: Mapping[str, Any]
    line: int
    also: tuple[str, ...] = ()


class Rule(NamedTuple):
    """One rule of a pack.

    ``options`` holds what the rule's kind asks for, under the kind's own key and beside it; the kind's schema has
    checked it. Of ``grades``, the first that holds says how bad it is. ``span`` is when it is in force: a report is
    judged by the rules in force on the last day that it reports on. ``since`` is the version of the pack that brought
    it.
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

    def basis_for(self, form_id: str) -> tuple[Basis, ...]:
        """Return the texts to cite for reports of that form."""
        return tuple(basis for basis in self.basis if not basis.forms or form_id in basis.forms)

    def severity_for(self, form_id: str, day: dt.date | None = None) -> Severity:
        """Return the severity on reports of that form, and of that day where it is known."""
        fitting = (
            one.severity for one in self.grades if (not one.forms or form_id in one.forms) and one.span.holds(day)
        )
        return next(fitting, self.grades[-1].severity)

    @property
    def severities(self) -> tuple[Severity, ...]:
        """All severities that it may have, the usual one first."""
        general = sorted(self.grades, key=lambda grade: bool(grade.forms))
        return tuple(dict.fromkeys(grade.severity for grade in general))


class RuleSummary(NamedTuple):
    """What a result tells of a rule: its pack, names, kind, and for whom it is."""

    code: str
    pack: str
    name: str
    title: Text
    kind: str
    persona: Persona

    @classmethod
    def of(cls, rule: Rule, pack: str) -> RuleSummary:
        """Return what is to be told of a rule of a pack."""
        return cls(rule.code, pack, rule.name, rule.title, rule.kind, rule.persona)


class Adjustment(NamedTuple):
    """What a pack changes of a rule of another pack: its severity, or options of its kind, or that it runs at all.

    ``grades`` is empty where the severity stays; with neither grades nor ``options`` the rule is switched off.
    ``basis`` are the texts that other options rest on, ``None`` where those of the rule still serve.
    """

    code: str
    origin: Origin
    grades: tuple[Grade, ...] = ()
    options: Mapping[str, Any] = {}
    basis: tuple[Basis, ...] | None = None


class Pack(NamedTuple):
    """A set of rules that ships together, the forms it brings with it, and what it changes of other packs' rules.

    ``bases`` are the packs that it extends; they run with it, before it. ``digest`` is a hash of its files, ``path``
    where they were loaded from. ``base`` is what it changes in the report that examples start from, written like an
    example.
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
