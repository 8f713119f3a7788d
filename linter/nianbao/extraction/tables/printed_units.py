"""Units that a source prints beside the figures of a form, where they are not those of the form."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.extraction import reasons
from nianbao.extraction.numbers import is_value
from nianbao.extraction.tables.labels import labels_of
from nianbao.model.document import Paragraph, Table
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.extraction.sections import Headed
    from nianbao.messages import Text
    from nianbao.model.document import TableCell
    from nianbao.model.form import Form, Slot, TableForm

_MAX_CELL_CHARS, _MAX_PARAGRAPH_CHARS = 60, 30


def other_units(pieces: Mapping[str, Sequence[Table]], form: Form, *, headed: Headed) -> dict[str, Text]:
    """Return for each cell beside which another unit is printed than the form's, the doubt about its figure."""
    doubts: dict[str, Text] = {}
    for name, tables in pieces.items():
        table = form.tables[name]
        for kind, alike in _by_kind(table).items():
            for words, unit, item in _printed(tables, table, kind, headed=headed):
                for slot in alike:
                    if _is_beside(slot, item, alike, unit) and slot.unit is not None:
                        doubts[slot.key] = reasons.other_unit(words, printed=unit, due=slot.unit)
    return doubts


@lru_cache(maxsize=64)
def _by_kind(table: TableForm) -> Mapping[str, Sequence[Slot]]:
    """Return the cells of a table with a unit, by the last letter of it: multiples of one unit end alike."""
    kinds: dict[str, list[Slot]] = {}
    for slot in table.slots.values():
        if slot.unit:
            kinds.setdefault(slot.unit[-1], []).append(slot)
    return kinds


def _is_beside(slot: Slot, item: str | None, alike: Sequence[Slot], unit: str) -> bool:
    """Whether a unit, printed with the label of an item or without one, is beside a cell and not that of the form."""
    if item is not None:
        return unit != slot.unit and item in {slot.row.id, slot.column.id, slot.row.parent, slot.column.parent}
    return all(unit != other.unit for other in alike)


def _printed(
    tables: Sequence[Table], table: TableForm, kind: str, *, headed: Headed
) -> Iterator[tuple[str, str, str | None]]:
    """Yield the texts in and directly before tables that print units of a kind, with these and the item they name."""
    labels = labels_of(table)
    for cell in (cell for piece in tables for cell in piece.cells if kind in cell.text):
        if len(cell.text) <= _MAX_CELL_CHARS and not is_value(cell.text):
            match = labels.match(cell.text, among_values=False)
            item = match.item.id if match is not None and match.item is not None else None
            yield from ((cell.text, unit, item) for unit in _in_cells(kind).findall(fold(cell.text)))
    for block, following in (pair for part in headed.parts for pair in pairwise(part.blocks)):
        if (
            isinstance(block, Paragraph)
            and isinstance(following, Table)
            and kind in block.text
            and len(block.text) <= _MAX_PARAGRAPH_CHARS
            and _is_part(tables, following.cells)
        ):
            yield from ((block.text, unit, None) for unit in _in_prose(kind).findall(fold(block.text)))


def _is_part(tables: Sequence[Table], cells: Sequence[TableCell]) -> bool:
    """Whether one of the tables has cells of a block."""
    ids = set(map(id, cells))
    return any(id(table.cells[-1]) in ids for table in tables)


@lru_cache(maxsize=16)
def _in_cells(kind: str) -> re.Pattern[str]:
    """Return the pattern of units at the end of a label, or of a part of it, but not behind figures."""
    return re.compile(rf"(?<![\d十百千万亿]){_unit(kind)}")


@lru_cache(maxsize=16)
def _in_prose(kind: str) -> re.Pattern[str]:
    """Return the pattern of units that stand alone between punctuation."""
    return re.compile(rf"(?:^|[(\[:、,;/]){_unit(kind)}")


def _unit(kind: str) -> str:
    return rf"([十百千万亿]{{0,3}}{re.escape(kind)})(?=$|[)\]、,;/。])"
