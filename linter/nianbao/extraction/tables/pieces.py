"""The source tables of each table of a form: one, several over page breaks, or a part of one."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.extraction.recognising import LABEL_LENGTH, bare_labels, known_labels
from nianbao.model.document import Paragraph, Table, TableCell
from nianbao.model.folding import fold
from nianbao.model.ordinals import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.extraction.recognising import Known
    from nianbao.extraction.sections import Headed, SectionPart
    from nianbao.model.form import Form

_MIN_LABELS = 2
_BETWEEN_PAGES = 12  # characters of a text between two pages of a table, such as a page number


def pieces_of(headed: Headed, form: Form) -> dict[str, list[Table]]:
    """Return the source tables of each table of a form, in order, by the id of the table."""
    pieces: dict[str, list[Table]] = {}
    for part in headed.parts:
        for table_id, table in _pieces(part, form):
            pieces.setdefault(table_id, []).append(table)
    return pieces


def _pieces(part: SectionPart, form: Form) -> Iterator[tuple[str, Table]]:
    own = [table.id for table in form.tables.values() if table.section == part.id]
    last = ""
    before: Paragraph | None = None
    for block in part.blocks:
        if isinstance(block, Table):
            pieces = _cut(_headed(block, before, form), form, own)
            if not pieces and last:
                pieces = [(last, block)]  # a further page without a complete label: the end of a row
            last = pieces[-1][0] if pieces else ""
            yield from pieces
        elif isinstance(block, Paragraph) and len(block.text) > _BETWEEN_PAGES:
            last = ""
        before = block if isinstance(block, Paragraph) else None
    yield from _paragraph_tables(part.blocks, form)


def _headed(table: Table, before: Paragraph | None, form: Form) -> Table:
    """Return a table of lines, with a label in the line directly before it added as its first row."""
    if before is None or table.shape != "lines" or fold(before.text) not in known_labels(form):
        return table
    return table._replace(cells=(TableCell(before.text, -1, location=before.location), *table.cells))


def _cut(table: Table, form: Form, own: Sequence[str]) -> list[tuple[str, Table]]:
    """Split a source table where labels of another table of the form begin; return nothing for other tables."""
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
    """Return the label of the form that each cell is, by the index of the cell."""
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
    """Split cells before the row (in a flow, the cell) whose labels only another table has."""
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
    """Find tables that lost their lines: runs of short paragraphs, each a cell, are read as flows."""
    exact = known_labels(form)
    short = [isinstance(block, Paragraph) and len(block.text) <= LABEL_LENGTH for block in blocks]
    for is_short, numbers in groupby(range(len(blocks)), short.__getitem__):
        if not is_short:
            continue
        run = [block for number in numbers if isinstance(block := blocks[number], Paragraph)]
        hits = [known for paragraph in run if (known := exact.get(fold(paragraph.text))) is not None]
        if len(hits) < _MIN_LABELS:
            continue
        cells = tuple(TableCell(paragraph.text, 0, n, location=paragraph.location) for n, paragraph in enumerate(run))
        table = Table(cells, "flow", run[0].location, loses_blanks=True)
        for name, piece in _cut(table, form, ()):
            texts = {fold(cell.text) for cell in piece.cells}
            known_texts = {
                known.label for text in texts if (known := exact.get(text)) is not None and name in known.tables
            }
            if len(known_texts) >= max(_MIN_LABELS, len(form.tables[name].rows.leaves) // 2 + 1):
                yield name, piece
