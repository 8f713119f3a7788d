"""Which cells a check reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nianbao.forms.loading import builtin_forms
from nianbao.kinds.kind import RuleContext
from nianbao.model.outcome import FAIL, PASS, Outcome
from nianbao.model.report import Cell, Report
from nianbao.packtests.watching import answer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORM = builtin_forms()[0]
TABLE = next(iter(FORM.tables.values()))
KEYS = tuple(TABLE.slots)[:4]
FIRST, SECOND, THIRD, FOURTH = KEYS
CONTEXT = RuleContext.of(
    Report("drawn", "", FORM, cells={key: Cell(key, n, "number", str(n)) for n, key in enumerate(KEYS)})
)


def _first_alone(context: RuleContext) -> object:
    return context.report.cells[FIRST]


def _second_if_first_is_zero(context: RuleContext) -> object:
    return context.values.get(FIRST) == 0 and SECOND in context.values


def _third_if_first_is_not_zero(context: RuleContext) -> object:
    return context.values.get(FIRST) != 0 and context.values.get(THIRD)


@pytest.mark.parametrize(
    ("read", "keys"),
    [
        (lambda _context: None, set()),
        (_first_alone, {FIRST}),
        (_second_if_first_is_zero, {FIRST, SECOND}),
        (_third_if_first_is_not_zero, {FIRST}),
        (lambda context: list(context.report.cells), set(KEYS)),
        (lambda context: list(context.values.items()), set(KEYS)),
        (lambda context: len(context.values), set(KEYS)),
        (lambda context: dict(context.report.cells), set(KEYS)),
        (lambda context: context.tables[TABLE.id], set(KEYS)),
        (lambda context: context.tables.get("none"), set()),
        (lambda context: list(context.tables), set(KEYS)),
        (lambda context: context.report.sections, set()),
    ],
)
def test_what_is_read_is_noted(read: Callable[[RuleContext], object], keys: set[str]) -> None:
    """Whatever way a check takes to a cell, its key is noted; and what it says is what it says otherwise."""

    def check(context: RuleContext) -> Iterator[Outcome]:
        yield Outcome(FAIL if read(context) else PASS)

    answer = answer_of(check, CONTEXT)

    assert answer.keys == keys
    assert answer.outcomes == tuple(check(CONTEXT))
