"""What every kind of rule has: a name, a schema of its options, and a way to compile a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.kinds.sentences import Prose
from nianbao.language import section_names
from nianbao.language.evaluate import Sources, counted
from nianbao.language.mistakes import Mistake, nearest
from nianbao.messages import Text
from nianbao.model.outcome import Outcome
from nianbao.model.report import BLANK
from nianbao.yamlfiles.source import schema

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from nianbao.language.evaluate import Sums
    from nianbao.model.form import Form
    from nianbao.model.lazy_pattern import LazyPattern
    from nianbao.model.report import Cell, Report
    from nianbao.model.rule import Rule

_MAX_SHAPES = 64  # forms whose compiled rules are kept
_MAX_RULES = 5_000  # compiled rules that are kept for one form
NO_HEADINGS = section_names.NO_HEADINGS
_NO_WHEN = Text("这里不能写 when", "'when' cannot be used here")


class RuleContext(NamedTuple):
    """The input of a check: a report, last year's report, and those of the organs above and below, if given.

    ``values`` is what the report's cells count as in sums, and ``prose`` its sentences; ``RuleContext.of`` computes
    them once for all rules. ``prior_reason`` is the reason why last year's report is missing. ``settings`` are those of
    the run. ``blanks`` are the keys of cells without anything in them, and ``tables`` the cells of each table, by id.
    """

    report: Report
    values: Mapping[str, int | Decimal]
    prose: Prose
    prior: Report | None = None
    prior_reason: Text | None = None
    parent: Report | None = None
    children: tuple[Report, ...] = ()
    settings: Mapping[str, object] = MappingProxyType({})
    blanks: frozenset[str] = frozenset()
    tables: Mapping[str, Sequence[Cell]] = MappingProxyType({})

    @property
    def sources(self) -> Sources:
        """The reports that names of the rule language may refer to."""
        return Sources(self.report, self.prior, self.parent, self.children, self.prior_reason)

    @classmethod
    def of(cls, report: Report, prior: Report | None = None, *, prior_reason: Text | None = None) -> RuleContext:
        """Return the context for judging a report."""
        blanks = frozenset(key for key, cell in report.cells.items() if cell.state == BLANK)
        tables: dict[str, list[Cell]] = {}
        for key, cell in report.cells.items():
            tables.setdefault(key.partition(".")[0], []).append(cell)
        values, prose = counted(report), Prose(report.sections)
        return cls(report, values, prose, prior, prior_reason, blanks=blanks, tables=tables)


Check = Callable[[RuleContext], Iterable[Outcome]]


class Compiled(NamedTuple):
    """A rule compiled for one form.

    Attributes:
        check: Judges a report.
        places: The places that a message may have, by variant; a variant without a message uses the main one.
        sums: The rule's equations, where it consists of equations.
        patterns: The regular expressions that it searches with; ``nianbao test`` warns of those that may explode.
    """

    check: Check
    places: Mapping[str, frozenset[str]]
    sums: tuple[Sums, ...] = ()
    patterns: tuple[re.Pattern[str] | LazyPattern, ...] = ()


Limit = Callable[[Compiled, "Rule", "Form"], Compiled]


class Kind(NamedTuple):
    """A kind of rule.

    Attributes:
        name: The key that a rule of this kind has.
        schema: JSON Schema of its options, by option; the kind's own key among them.
        compile: Compiles a rule for a form; raises Mistake.
    """

    name: str
    schema: dict[str, Any]
    compile: Callable[[Rule, Form], Compiled]

    @property
    def patterns(self) -> frozenset[str]:
        """The options whose descriptions begin as those of regular expressions; inside another as ``content.any``."""
        return frozenset(_pattern_options(self.schema))


def _pattern_options(options: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for name, option in options.items():
        if str(option.get("description", "")).startswith("Regular expression"):
            yield f"{above}{name}"
        yield from _pattern_options(option.get("properties", {}), f"{above}{name}.")


class RuleKinds(Mapping[str, Kind]):
    """The known kinds of rule, by name. A rule is compiled once for forms of equal content.

    ``limit`` compiles the statement of a rule under ``applies.when``; without it, such a rule is refused.
    """

    def __init__(self, kinds: Mapping[str, Kind], *, limit: Limit | None = None) -> None:
        self._by_name = dict(kinds)
        self._limit = limit
        self._compiled: dict[Form, dict[int, tuple[Rule, Compiled | Mistake]]] = {}

    def __getitem__(self, name: str) -> Kind:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def compile(self, rule: Rule, form: Form) -> Compiled:
        """Compile a rule for a form, or return what was compiled before.

        Args:
            rule: The rule, of one of the kinds.
            form: The form.

        Raises:
            Mistake: the rule names something that the form does not have.
        """
        if form not in self._compiled:
            make_room(self._compiled, _MAX_SHAPES)
        known = self._compiled.setdefault(form, {})
        if id(rule) not in known:  # keeping the rule with the result ensures that no other rule gets its id
            make_room(known, _MAX_RULES)
            known[id(rule)] = (rule, self._compile(rule, form))
        compiled = known[id(rule)][1]
        if isinstance(compiled, Mistake):
            raise compiled.under()
        return compiled

    def _compile(self, rule: Rule, form: Form) -> Compiled | Mistake:
        try:
            made = self[rule.kind].compile(rule, form)
            if not rule.applies.when:
                return made
            if self._limit is None:
                return Mistake(_NO_WHEN, path=("applies", "when"))
            return self._limit(made, rule, form)
        except Mistake as mistake:
            return mistake.under()


def make_room(kept: dict[Any, Any], most: int) -> None:
    """Drop the oldest entries until there is room for one more: reports may have any number of forms."""
    while len(kept) >= most:
        del kept[next(iter(kept))]


def options_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schemas of the options of a built-in kind, by option."""
    shipped: dict[str, Any] = schema("kinds")[kind]
    return shipped


def need_one(kind: str, option: Mapping[str, Any], *, of: tuple[str, ...]) -> None:
    """Check that a kind's option has at least one of some keys.

    Raises:
        Mistake: it has none of these keys.
    """
    if not set(of) & option.keys():
        reason = Text(f"没有写要查什么；加上 {' 或 '.join(of)}", f"asks for nothing; add {' or '.join(of)}")
        raise Mistake(reason, path=(kind,))


def tables_of(rule: Rule, form: Form) -> tuple[str, ...]:
    """Return the ids of the tables that a rule checks: the one that ``within`` names, else all.

    Raises:
        Mistake: the form has no such table.
    """
    named = rule.options.get("within")
    tables = form.tables.values()
    ids = tuple(table.id for table in tables if named in (None, table.id, table.name.zh, table.name.en))
    if not ids:
        known = [name for table in tables for name in (table.id, table.name.zh)]
        reason = Text(f"没有表“{named}”", f"no table {named!r}")
        raise Mistake(reason + nearest(str(named), known), path=("within",))
    return ids


def cells_of(subject: RuleContext, tables: Sequence[str]) -> Iterator[Cell]:
    """Yield the cells of some tables of a report."""
    return (cell for table in tables for cell in subject.tables.get(table, ()))
