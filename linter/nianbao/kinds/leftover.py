"""Kind ``leftover``: words that were to be replaced or removed before publication, all places in one finding."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nianbao.kinds.kind import Compiled, Kind, options_of
from nianbao.kinds.leftovers import places_in
from nianbao.kinds.prose import MAX_OUTCOMES, compiled_patterns, sections_of, wanted_sections
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, CellRef, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.kinds.kind import RuleContext
    from nianbao.kinds.rule_patterns import RulePattern
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_MAX_QUOTED = 3
_BETWEEN = Text("、", ", ")
_MANY = Text("{count} 处以上", "more than {count} places")
_SOME = Text("{count} 处", "{count} place(s)")


def _compile(rule: Rule, form: Form) -> Compiled:
    option = rule.options["leftover"]
    wanted = wanted_sections("leftover", option, form=form)
    patterns = compiled_patterns("leftover", option, key="patterns")
    takes_cells = bool(option.get("cells"))

    def check(subject: RuleContext) -> Iterator[Outcome]:
        return _check(patterns, wanted, subject, takes_cells=takes_cells)

    return Compiled(check, {"": frozenset(("count", "quotes"))}, patterns=patterns)


def _check(
    patterns: Sequence[RulePattern], wanted: frozenset[str], subject: RuleContext, *, takes_cells: bool
) -> Iterator[Outcome]:
    """Yield one outcome for all places."""
    found = list(islice(places_in(subject, patterns, wanted=wanted, takes_cells=takes_cells), MAX_OUTCOMES))
    if not found:
        yield sections_of(subject, wanted)[1] or Outcome(PASS)
        return
    count = (_MANY if len(found) == MAX_OUTCOMES else _SOME).format(count=len(found))
    distinct = list(dict.fromkeys(one.quote for one in found))
    quotes = distinct[0]
    for quote in distinct[1:_MAX_QUOTED]:
        quotes = quotes + _BETWEEN + quote
    cells = tuple(CellRef(one.cell, "subject") for one in found if one.cell is not None)
    yield Outcome(FAIL, "", {"count": count, "quotes": quotes}, cells, location=found[0].location)


LEFTOVER = Kind("leftover", options_of("leftover"), _compile)
