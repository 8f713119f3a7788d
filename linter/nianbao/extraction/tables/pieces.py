"""The source tables that each table of a form is made of: one, several over page breaks, or a part of one."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.extraction.ordinals import bare
from nianbao.extraction.recognising import LABEL_LENGTH, bare_labels, known_labels
from nianbao.model.document import Paragraph, Table, TableCell
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.extraction.recognising import Known
    from nianbao.extraction.sections import Headed, SectionPart
    from nianbao.model.form import Form

_MIN_LABELS = 2
_BETWEEN_PAGES = 12  # what may stand between two pages of a table: the number of the page


def pieces_of(headed: Headed, form: Form) -> dict[str, list[Table]]:
    """Return the source tables of each table of a form, in order, by the id of the table."""
    found: dict[str, list[Table]] = {}
    for part in headed.parts:
        for table_id, table in _pieces(part, form):
            found.setdefault(table_id, []).append(table)
    return found


def _pieces(part: SectionPart, form: Form) -> Iterator[tuple[str, Table]]:
    own = [table.id for table in form.tables.values() if table.section == part.id]
    last = ""
    before: Paragraph | None = None
    for block in part.blocks:
        if isinstance(block, Table):
            pieces = _cut(_headed(block, before, form), form, own)
            if not pieces and last:
                pieces = [(last, block)]  # a page of it without a whole label: the end of a row
            last = pieces[-1][0] if pieces else ""
            yield from pieces
        elif isinstance(block, Paragraph) and len(block.text) > _BETWEEN_PAGES:
            last = ""
        before = block if isinstance(block, Paragraph) else None
    yield from _paragraph_tables(part.blocks, form)


def _headed(table: Table, before: Paragraph | None, form: Form) -> Table:
    """Return a table of lines with the label that stands right before it, alone in its line, as its first row."""
    if before is None or table.shape != "lines" or fold(before.text) not in known_labels(form):
        return table
    return table._replace(cells=(TableCell(before.text, -1, location=before.location), *table.cells))


def _cut(table: Table, form: Form, own: Sequence[str]) -> list[tuple[str, Table]]:
    """Cut a source table where labels of another table of the form begin; nothing for tables that are none of it."""
    hits = _hits(table.cells, form)
    labels: dict[str, set[str]] = {}
    sole: dict[str, set[str]] = {}
    for known in hits.values():
        for name in known.tables:
            labels.setdefault(name, set()).add(known.label)
        if len(known.tables) == 1:
            sole.setdefault(known.tables[0], set()).add(known.label)
    several = [name for name, words in sole.items() if len(words) >= (1 if name in own else _MIN_LABELS)]
    if len(several) > 1:
        return [
            (name, table._replace(cells=cells, location=cells[0].location))
            for name, cells in _runs(table, hits, several)
        ]
    best = several or sorted(labels, key=lambda name: -len(labels[name]))
    return [(best[0], table)] if best and len(labels[best[0]]) >= (1 if best[0] in own else _MIN_LABELS) else []


def _hits(cells: Iterable[TableCell], form: Form) -> dict[int, Known]:
    """Return which label of the form a cell is, by its number among the cells."""
    exact, plain = known_labels(form), bare_labels(form)
    hits = {}
    for number, cell in enumerate(cells):
        text = cell.text
        if len(text) > LABEL_LENGTH or text.isdecimal() or not text:
            continue
        folded = fold(text)
        known = exact.get(folded) or plain.get(bare(folded))
        if known is not None:
            hits[number] = known
    return hits


def _runs(table: Table, hits: Mapping[int, Known], names: Sequence[str]) -> Iterator[tuple[str, tuple[TableCell, ...]]]:
    """Cut cells before the row, or in a flow the cell, whose labels are of another table alone."""
    begun, current = 0, ""
    numbers = range(len(table.cells))
    rows = ([number] for number in numbers) if table.shape == "flow" else _rows(table.cells)
    for row in rows:
        votes = {hits[number].tables[0] for number in row if number in hits and len(hits[number].tables) == 1}
        votes &= set(names)
        if votes and current not in votes:
            if current:
                yield current, table.cells[begun : row[0]]
                begun = row[0]
            current = next(name for name in names if name in votes)
    yield current, table.cells[begun:]


def _rows(cells: Sequence[TableCell]) -> Iterator[list[int]]:
    for _row, numbers in groupby(range(len(cells)), lambda number: cells[number].row):
        yield list(numbers)


def _paragraph_tables(blocks: Sequence[object], form: Form) -> Iterator[tuple[str, Table]]:
    """Find tables that lost their lines: runs of short paragraphs, a cell each, read as flows."""
    exact = known_labels(form)
    short = [isinstance(block, Paragraph) and len(block.text) <= LABEL_LENGTH for block in blocks]
    for is_short, numbers in groupby(range(len(blocks)), short.__getitem__):
        if not is_short:
            continue
        run = [block for number in numbers if isinstance(block := blocks[number], Paragraph)]
        hits = [known for one in run if (known := exact.get(fold(one.text))) is not None]
        if len(hits) < _MIN_LABELS:
            continue
        cells = tuple(TableCell(one.text, 0, n, location=one.location) for n, one in enumerate(run))
        table = Table(cells, "flow", run[0].location)
        for name, piece in _cut(table, form, ()):
            texts = {fold(cell.text) for cell in piece.cells}
            found = {known.label for text in texts if (known := exact.get(text)) is not None and name in known.tables}
            if len(found) >= max(_MIN_LABELS, len(form.tables[name].rows.leaves) // 2 + 1):
                yield name, piece
