"""Kind ``leftover``: words that were to be replaced or removed before publication, all places in one finding."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nianbao.kinds.kind import Compiled, Kind, options_of
from nianbao.kinds.leftovers import LeftoverSearch, places_in
from nianbao.kinds.prose import MAX_OUTCOMES, compiled_patterns, sections_of, wanted_sections
from nianbao.language.mistakes import Mistake
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, CellRef, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_PLACES = {"": frozenset(("count", "quotes"))}
_MAX_QUOTED = 3
_BETWEEN = Text("、", ", ")
_MANY = Text("{count} 处以上", "more than {count} places")
_NO_YEAR = Text("有 years 时，表达式要有 (?P<year>…)", "with years, the expression needs a group (?P<year>…)")
_SOME = Text("{count} 处", "{count} place(s)")


def _compile(rule: Rule, form: Form) -> Compiled:
    option = rule.options["leftover"]
    wanted = wanted_sections("leftover", option, form=form)
    patterns = compiled_patterns("leftover", option, key="patterns")
    years = frozenset(option.get("years", ()))
    if years and (lacking := [number for number, one in enumerate(patterns) if "year" not in one.groups]):
        raise Mistake(_NO_YEAR, path=("leftover", "patterns", lacking[0]))
    unless = compiled_patterns("leftover", option, key="unless")
    search = LeftoverSearch(
        patterns, wanted, option.get("cells", False), option.get("paragraphs", False), unless, years
    )
    return Compiled(lambda subject: _check(search, subject), _PLACES, patterns=(*patterns, *unless))


def _check(search: LeftoverSearch, subject: RuleContext) -> Iterator[Outcome]:
    """Yield one outcome for all places."""
    if search.years and subject.report.year is None:
        yield Outcome(NOT_APPLICABLE)  # what is not of its year cannot be told
        return
    if not (found := list(islice(places_in(subject, search), MAX_OUTCOMES))):
        yield sections_of(subject, search.wanted)[1] or Outcome(PASS)
        return
    count = (_MANY if len(found) == MAX_OUTCOMES else _SOME).format(count=len(found))
    first, *others = list(dict.fromkeys(one.quote for one in found))[:_MAX_QUOTED]
    quotes = sum((_BETWEEN + one for one in others), start=first)
    cells = tuple(CellRef(one.cell, "subject") for one in found if one.cell is not None)
    yield Outcome(FAIL, "", {"count": count, "quotes": quotes}, cells, location=found[0].location)


LEFTOVER = Kind("leftover", options_of("leftover"), _compile)
