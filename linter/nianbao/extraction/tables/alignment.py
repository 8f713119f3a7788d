"""From tables of a source to named cells: a figure is placed by the words around it, never only by its number."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction import reasons
from nianbao.extraction.tables import strips
from nianbao.extraction.tables.breaks import mended
from nianbao.extraction.tables.heads import NO_HEADS, heads_of
from nianbao.extraction.tables.labels import labels_of
from nianbao.extraction.tables.naming import is_run, may_be_run, named, runs_on
from nianbao.extraction.tables.placing import HeadFrame, spare_of
from nianbao.extraction.tables.plans import look_of
from nianbao.extraction.tables.rows import LabelledRow
from nianbao.extraction.tables.table_lines import lines_of
from nianbao.extraction.tables.undoing import undone
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from nianbao.extraction.tables.labels import Labels
    from nianbao.extraction.tables.placing import Spare
    from nianbao.extraction.tables.rows import HeadLine
    from nianbao.messages import Text
    from nianbao.model.document import Table, TableCell
    from nianbao.model.form import Item, TableForm
    from nianbao.model.location import Location


_ANY = 10**6
_NO_SLIP = 6  # two completely filled rows, or three others


class Aligned(NamedTuple):
    """The cells of one table of the form, read from its source tables.

    Attributes:
        cells: Source cells by cell key.
        odd: The reasons why others were not placed, by cell key, by ``table.row``, or by the table's id for all.
        rows: Ids of the rows whose labels were found.
        stray: The place of figures without a label, if there are any.
        notes: Remarks for people on how they were placed.
        is_clear: Whether the whole table was understood, so that the source has no row or column that was not placed.
        further: The labels of rows with figures that are no rows of the form.
    """

    cells: dict[str, TableCell]
    odd: dict[str, Text]
    rows: frozenset[str]
    stray: Location | None = None
    notes: tuple[Text, ...] = ()
    is_clear: bool = False
    further: tuple[TableCell, ...] = ()


def align(tables: Sequence[Table], form: TableForm) -> Aligned:
    """Place the cells of the source tables of one table of the form.

    Tables that differ only in their figures are placed in the same way: the plan is cached if nothing was uncertain.
    """
    labels = labels_of(form)
    look = look_of(tables)
    cells = [cell for table in tables for cell in table.cells]
    plan = labels.plans.find(look)
    if plan is not None:
        placed = {key: cells[number] for key, number in plan.cells}
        return Aligned(placed, {}, plan.rows, is_clear=plan.is_clear and _has_columns(tables))
    aligned, certain = _align(tables, labels)
    if certain:
        labels.plans.keep(look, aligned.cells, rows=aligned.rows, is_clear=aligned.is_clear, of=cells)
    return aligned._replace(is_clear=aligned.is_clear and _has_columns(tables))


def _has_columns(tables: Sequence[Table]) -> bool:
    """Whether nothing can be lost in the tables of a source: each cell has its place, and all are on one page."""
    pages = {cell.location.page for table in tables for cell in table.cells}
    return len(pages) <= 1 and all(
        table.shape == "grid" or (table.shape == "lines" and not table.loses_blanks) for table in tables
    )


def _align(tables: Sequence[Table], labels: Labels) -> tuple[Aligned, bool]:
    """Place cells; also return whether only positions decided, and not the figures themselves.

    A strip is first read as a strip. A transposed one, with a row for each of its heads, is read as a grid.
    """
    form = labels.table
    tables = [mended(undone(table, labels), labels) for table in tables]
    if form.layout == "strip":
        strip = strips.align_strip(tables, labels)
        if strip.cells or strip.odd:
            return Aligned(strip.cells, strip.odd, frozenset(), is_clear=strip.is_clear), not strip.odd
    lines = [line for number, table in enumerate(tables) for line in lines_of(table, labels, first=not number)]
    alignment = _Alignment(form, labels)
    alignment.take(named(lines, labels))
    aligned = alignment.result()
    once = len({key for key, _cell in alignment.claims}) == len(alignment.claims)
    alone = any(isinstance(line, LabelledRow) and may_be_run(line) for line in lines)
    return (
        aligned,
        once and not alone and not aligned.odd and not aligned.notes and aligned.stray is None and not aligned.further,
    )


class _Framed(NamedTuple):
    """A row of the source, its row of the form, and the heads over it."""

    row: LabelledRow
    item: Item
    frame: HeadFrame


class _Alignment:
    """Assigns the figures in the lines of a table to cells."""

    def __init__(self, form: TableForm, labels: Labels) -> None:
        self.form = form
        self.labels = labels
        self.claims: list[tuple[str, TableCell]] = []
        self.odd: dict[str, Text] = {}
        self.seen: set[str] = set()
        self.strays: list[LabelledRow] = []
        self.frames: list[HeadFrame] = []
        self.has_unknown = False
        self.groups: list[Item] = []
        self.further: list[TableCell] = []

    def take(self, lines: Sequence[LabelledRow | HeadLine]) -> None:
        """Place the figures of each row under the heads before it; uncertain rows are tried again after the others."""
        rows = list(self._rows(lines))
        self.frames = [row.frame for row in rows]
        self.groups = [row.item for row in rows if row.item.is_group]
        for row in rows:
            row.frame.count(row.row)
        doubtful = [row for row in rows if not self._place(row)]
        usual = _usual(doubtful)
        failed = [row for row in doubtful if not usual or not self._place(row, usual)]
        counts = Counter(id(row.frame) for row in rows)
        counts_failed = Counter(id(row.frame) for row in failed)
        for row in failed:
            number = counts_failed[id(row.frame)]
            self.odd[self._key(row.item)] = self._reason(row, alone=number == 1 or number < counts[id(row.frame)])

    def _reason(self, framed: _Framed, *, alone: bool) -> Text:
        """Return the reason why a row was not placed: one for all rows under heads that stand over none of them."""
        row, item, frame = framed
        heads = frame.heads.leaves
        if frame.heads.broken:
            return reasons.broken_heads(self.form, heads[0].cell.location)
        if alone or not frame.known or row.piece.shape != "grid":
            return reasons.odd_row(self.form, item, row=row)
        lacking = [self.form.columns.items[name] for name in frame.due if name not in frame.known]
        return reasons.heads_apart(self.form, heads[0].cell.location, lacking=lacking)

    def _rows(self, lines: Sequence[LabelledRow | HeadLine]) -> Iterator[_Framed]:
        """Yield the rows of the form with the heads over them."""
        frames: dict[tuple[str, ...], HeadFrame] = {}
        pending: list[HeadLine] = []
        heads = NO_HEADS
        for number, line in enumerate(lines):
            if not isinstance(line, LabelledRow):
                pending.append(line)
                continue
            if pending:
                new_heads, pending = heads_of(pending, self.labels), []
                heads, frames = (new_heads, {}) if new_heads is not None else (heads, frames)
            if line.label is None and line.filled:
                self.strays.append(line)
            item = self._item(line, lines[number + 1 if line.filled else max(0, number - 1) : number + 2])
            if item is None and line.match is None and line.label is not None and line.filled:
                self.further.append(line.label)
            if item is None:
                self.has_unknown = self.has_unknown or line.filled or (line.match is None and bool(line.values))
            else:
                if item.columns not in frames:
                    frames[item.columns] = HeadFrame(heads, item.columns, labels=self.labels)
                yield _Framed(line, item, frames[item.columns])

    def _item(self, row: LabelledRow, around: Sequence[LabelledRow | HeadLine]) -> Item | None:
        """Return the row of the form that a row is, if its figures can be placed.

        ``around`` are the lines whose figures may be its own: the next one, and that before an empty row.
        """
        item = row.item
        if item is None or not self._may_have_cells(item):
            return None
        self.seen.add(item.id)
        if row.is_broken:
            self.odd[self._key(item)] = reasons.broken_row(self.form, item, row=row)
        elif runs_on(row):
            self.odd[self._key(item)] = reasons.run_together(self.form, item, row=row)
        elif (stray := _stray_of(around)) is not None and len(stray.values) < (
            len(item.columns) if row.filled else _ANY
        ):
            self.odd[self._key(item)] = reasons.unlabelled(self.form, item, row=row, stray=stray)
        elif is_run(row, len(item.columns)):
            self.odd[self._key(item)] = reasons.odd_row(self.form, item, row=row)
        elif row.values:
            return item
        else:
            self.odd.setdefault(self._key(item), reasons.no_figures(self.form, item, row=row))
        return None

    def _key(self, row: Item) -> str:
        return f"{self.form.id}.{row.id}"

    def _may_have_cells(self, row: Item) -> bool:
        return not row.is_group or (not row.is_open and row.members[0].startswith(f"{row.id}."))

    def _place(self, framed: _Framed, spare: Collection[Spare] = ()) -> bool:
        claims = framed.frame.place(framed.row, spare)
        if claims is not None:
            start = f"{self.form.id}.{framed.item.id}."
            self.claims += [(start + claim.column, claim.cell) for claim in claims]
        return claims is not None

    def result(self) -> Aligned:
        """Return the placed cells; a cell with two contents, or with a source cell of several, is uncertain."""
        cells = dict(self.claims)
        if len(cells) < len(self.claims) or len({id(cell) for cell in cells.values()}) < len(cells):
            cells = self._agreed()
        sure = {key: cell for key, cell in cells.items() if key not in self.odd} if self.odd else cells
        stray = self.strays[0].values[0].location if self.strays else None
        takes_form_order = any(frame.takes_form_order for frame in self.frames)
        notes = (reasons.FORM_ORDER.format(table=self.form.name),) if takes_form_order else ()
        is_known = not self.has_unknown and not any(None in frame.every for frame in self.frames)
        is_clear = is_known and self._have_all_members() and not self.odd and stray is None
        return Aligned(sure, self.odd, frozenset(self.seen), stray, notes, is_clear, tuple(self.further))

    def _have_all_members(self) -> bool:
        """Whether no row of a group has figures that may be those of a member that was not found."""
        return all(self.seen.issuperset(group.members) for group in self.groups)

    def _agreed(self) -> dict[str, TableCell]:
        """Return the cells by key, and record those with two contents, or with a source cell of several."""
        owners: dict[int, list[str]] = {}
        cells: dict[str, TableCell] = {}
        differing: dict[str, tuple[TableCell, TableCell]] = {}
        for key, cell in self.claims:
            owners.setdefault(id(cell), []).append(key)
            known = cells.setdefault(key, cell)
            if fold(known.text) != fold(cell.text):
                differing[key] = (known, cell)
        self.odd |= reasons.twice(self.form, differing)
        for cell in list(cells.values()):
            keys = owners[id(cell)]
            if len(set(keys)) > 1 and cell.text.strip():
                self.odd.update(dict.fromkeys(keys, reasons.merged(self.form, cell, found=len(set(keys)))))
        return cells


def _usual(rows: Sequence[_Framed]) -> frozenset[Spare]:
    """Return the blanks behind so many rows that they are not a slip; rows without other blanks have more weight."""
    weights: Counter[Spare] = Counter()
    for row, item, _frame in rows:
        due = len(item.columns)
        spare = spare_of(row, due)
        if spare is not None:
            weights[spare] += 3 if all(cell.text.strip() for cell in row.values[:due]) else 2
    return frozenset(spare for spare, weight in weights.items() if weight >= _NO_SLIP)


def _stray_of(lines: Sequence[LabelledRow | HeadLine]) -> LabelledRow | None:
    """Return figures without a label among lines: those next to a row may belong to it."""
    for line in lines:
        if isinstance(line, LabelledRow) and line.label is None and line.filled:
            return line
    return None
