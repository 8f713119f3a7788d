"""Which cells of a report a check reads: a change of any other cell cannot change what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nianbao.kinds.kind import Check, RuleContext
    from nianbao.model.outcome import Outcome

Value = TypeVar("Value")


class Answer(NamedTuple):
    """What a check says of a report, and the keys of the cells that it reads for it."""

    outcomes: tuple[Outcome, ...]
    keys: frozenset[str]


def answer_of(check: Check, context: RuleContext) -> Answer:
    """Run a check and note the cells that it reads.

    A check is a function of its context. While each cell that it reads holds what it held, it reads the same cells
    again and says the same. Which cells are blank (``context.blanks``) is not noted: checks ask it of cells whose
    values they have read.

    Args:
        check: The check; an error that it raises is passed on.
        context: The report and its related reports.
    """
    seen: set[str] = set()
    of_tables = {table: [cell.key for cell in cells] for table, cells in context.tables.items()}
    report = context.report._replace(cells=_Watched(context.report.cells, seen.add))
    watched = context._replace(
        report=report,
        values=_Watched(context.values, seen.add),
        tables=_Watched(context.tables, lambda table: seen.update(of_tables.get(table, ()))),
    )
    return Answer(tuple(check(watched)), frozenset(seen))


class _Watched(Mapping[str, Value]):
    """A mapping that notes each key that it is asked for; to go through it is to ask for all."""

    def __init__(self, inner: Mapping[str, Value], note: Callable[[str], None]) -> None:
        self._inner = inner
        self._note = note

    def __getitem__(self, key: str) -> Value:
        self._note(key)
        return self._inner[key]

    def __iter__(self) -> Iterator[str]:
        for key in self._inner:
            self._note(key)
        return iter(self._inner)

    def __len__(self) -> int:
        return len(list(iter(self)))
