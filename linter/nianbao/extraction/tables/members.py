"""The members of open groups of a form: rows and columns of a source table at the place of such a group."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from nianbao.extraction.numbers import is_value
from nianbao.extraction.tables.labels import CAPTION, COLUMN, ROW, labels_of
from nianbao.forms.open_axes import MAX_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.extraction.tables.labels import Labels
    from nianbao.model.document import Table, TableCell
    from nianbao.model.form import TableForm

_MAX_LABEL_CHARS = 60


def found_members(table: Table, form: TableForm) -> dict[str, tuple[str, ...]]:
    """Return the labels of the members in a source table, in order, by ``table.group``."""
    members = {}
    labels = labels_of(form)
    if (group := form.rows.open_group) is not None:
        ways = _flow_members(table.cells, labels) if table.shape == "flow" else _row_members(table, labels)
        members[f"{form.id}.{group.id}"] = _distinct(ways)
    if (group := form.columns.open_group) is not None and table.shape != "flow":
        members[f"{form.id}.{group.id}"] = _distinct(_head_members(table, labels))
    return members


def takes_words(form: TableForm) -> bool:
    """Whether cells of the table may hold words or dates."""
    return any(item.value in {"date", "text"} for item in form.columns.leaves)


def _distinct(labels: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels))[:MAX_MEMBERS]


def _row_members(table: Table, labels: Labels) -> Iterator[str]:
    """Yield the words before figures, below the heads, that are not a row of the form."""
    headed = False
    for _row, group in groupby(table.cells, lambda cell: cell.row):
        cells = list(group)
        if _heads(cells, labels):
            headed = True
            continue
        leading = _leading(cells, first=takes_words(labels.table))
        matches = [labels.match(cell.text, among_values=True) for cell in leading]
        if (
            not headed
            or not leading
            or any(match and (match.item is None or not match.item.is_group) for match in matches)
        ):
            continue
        unknown = [cell for cell, match in zip(leading, matches, strict=True) if match is None]
        if unknown and any(cell.text.strip() for cell in cells if cell not in leading):
            yield from (_label(cell) for cell in unknown[-1:] if len(cell.text) <= _MAX_LABEL_CHARS)


def _flow_members(cells: Sequence[TableCell], labels: Labels) -> Iterator[str]:
    """Yield the words before figures in a table whose lines are lost."""
    headed = False
    for cell, following in pairwise(cells):
        match = None if is_value(cell.text) else labels.match(cell.text, among_values=is_value(following.text))
        headed = headed or (match is not None and match.axis == COLUMN)
        known = match is not None or is_value(cell.text)
        known = known or not any(letter.isalnum() for letter in cell.text)
        if headed and not known and is_value(following.text) and len(cell.text) <= _MAX_LABEL_CHARS:
            yield _label(cell)


def _head_members(table: Table, labels: Labels) -> Iterator[str]:
    """Yield the words among heads that are not a head of the form, without the first cell of the line."""
    for _row, group in groupby(table.cells, lambda cell: cell.row):
        cells = list(group)
        if _heads(cells, labels):
            for cell in cells[1:]:
                words = cell.text.strip() and not is_value(cell.text) and len(cell.text) <= _MAX_LABEL_CHARS
                if words and labels.match(cell.text, among_values=False) is None:
                    yield _label(cell)


def _heads(cells: Sequence[TableCell], labels: Labels) -> bool:
    """Whether a line of cells is a line of heads: it has names of columns, or captions of the form, and no figure."""
    if any(is_value(cell.text) and cell.text.strip() for cell in cells):
        return False
    matches = [labels.match(cell.text, among_values=False) for cell in cells if cell.text.strip()]
    axes = {match.axis for match in matches if match is not None}
    return COLUMN in axes or (CAPTION in axes and ROW not in axes)


def _leading(cells: Sequence[TableCell], *, first: bool) -> list[TableCell]:
    """Return the cells with words at the beginning of a line; only the first if other cells may hold words."""
    leading = []
    for cell in cells:
        if is_value(cell.text):
            break
        leading.append(cell)
    return leading[:1] if first else leading


def _label(cell: TableCell) -> str:
    return " ".join(cell.text.split())
