"""How tables of real reports differ from the official print: each a change of a sheet, and what is then not read."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from tests.support.sheets import KINDS, Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from decimal import Decimal

    from tests.support.sheets import Sheet

    from nianbao.model.form import Form

    Change = Callable[[Sheet, Form], None]

ALL = tuple(KINDS)
TRUE_GRIDS = ("page",)
SPANLESS = ("flow", "bars")
LINED = ("page", "bars", "tabs", "markdown")
FORMS = ("zfxxgk-2019", "zfxxgk-2021")


class Variation(NamedTuple):
    """A change of a report.

    Attributes:
        change: Changes the sheet before it is written.
        unread: What is then not read, as patterns of cell keys, with a pattern of the reason.
        words: What is then read as words, as patterns of cell keys.
        kinds: The kinds of files it is written as.
        forms: Ids of the forms it is for.
        text: Changes the text that is written.
        blanks: Patterns of keys of cells that are left blank.
        values: What cells hold otherwise, by key.
    """

    id: str
    change: Change
    unread: Mapping[str, str] = {}
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ALL
    forms: tuple[str, ...] = FORMS
    text: Callable[[str], str] = str
    blanks: tuple[str, ...] = ()
    values: Mapping[str, int | Decimal] = {}


def nothing(_sheet: Sheet, _form: Form) -> None:
    """Leave the sheet as it is."""


def figures() -> Callable[[], str]:
    """Return a source of figures that no cell of the form has."""
    count = iter(range(20001, 30000))
    return lambda: str(next(count))


def labels(sheet: Sheet, table: str = "") -> Iterable[Cell]:
    """Give the cells with words of all tables or one."""
    for grid in sheet.grids():
        if table in ("", grid.table):
            yield from (cell for cell in grid.cells() if cell.key is None and cell.text)


def reworded(old: str, new: str | Callable[[re.Match[str]], str], table: str = "") -> Change:
    """Return a change of labels by a regular expression."""

    def change(sheet: Sheet, _form: Form) -> None:
        done = 0
        for cell in labels(sheet, table):
            text = re.sub(old, new, cell.text)
            done += text != cell.text
            cell.text = text
        assert done, old

    return change


def both(*changes: Change) -> Change:
    """Return several changes as one."""

    def change(sheet: Sheet, form: Form) -> None:
        for one in changes:
            one(sheet, form)

    return change


def without_rows(**rows: tuple[str, ...]) -> Change:
    """Return a change that takes rows away, by table."""

    def change(sheet: Sheet, _form: Form) -> None:
        for table, names in rows.items():
            for name in names:
                grid = sheet.grid(table)
                grid.drop_row(grid.row_of(name))

    return change


def with_rows(**rows: tuple[tuple[str, str], ...]) -> Change:
    """Return a change that puts rows of their own behind rows of the form, by table."""

    def change(sheet: Sheet, _form: Form) -> None:
        more = figures()
        for table, added in rows.items():
            for name, label in added:
                grid = sheet.grid(table)
                grid.add_row(grid.row_of(name), label, more)

    return change


def reordered(sheet: Sheet, form: Form) -> None:
    """Turn the leaves of a group round."""
    grid = sheet.grid("applications")
    names = form.tables["applications"].rows.items["denied"].members
    first, last = grid.row_of(names[0]), grid.row_of(names[-1])
    grid.rows[first : last + 1] = grid.rows[first : last + 1][::-1]


def without_columns(table: str, *names: str, within: str = "") -> Change:
    """Return a change that takes columns away."""

    def change(sheet: Sheet, _form: Form) -> None:
        grid = sheet.grid(table)
        for name in names:
            grid.drop_column(grid.column_of(name, within=within))

    return change


def exchanged(table: str, one: str, other: str) -> Change:
    """Return a change that exchanges two columns."""

    def change(sheet: Sheet, _form: Form) -> None:
        grid = sheet.grid(table)
        left, right = grid.column_of(one), grid.column_of(other)
        for row in grid.rows:
            row[left], row[right] = row[right], row[left]

    return change


def subtotal_column(sheet: Sheet, _form: Form) -> None:
    """Put a column with a subtotal behind the last organisation."""
    grid = sheet.grid("applications")
    at = grid.column_of("other_org") + 1
    more = figures()
    heads = grid.heads()
    for number, row in enumerate(grid.rows):
        upper = row[at - 1]
        if number < heads - 1:
            row.insert(at, upper)
        else:
            row.insert(at, Cell("小计" if number == heads - 1 else more()))


def subtotal_rows(label: str) -> Change:
    """Return a change that gives groups of results a row of figures of their own, before their members."""

    def change(sheet: Sheet, form: Form) -> None:
        grid = sheet.grid("applications")
        more = figures()
        for group in form.tables["applications"].rows.groups:
            if group.parent != "results" or not group.members:
                continue
            at = grid.row_of(group.members[0])
            first = next(column for column, cell in enumerate(grid.rows[at]) if cell.key)
            row = [Cell(more()) if cell.key else cell for cell in grid.rows[at]]
            if label:
                row[first - 1] = Cell(label)
            else:
                row[first - 2] = row[first - 1] = Cell(row[first - 2].text)
                _empty_column(grid, at, first - 2)
            grid.rows.insert(at, row)

    return change


def _empty_column(grid: Grid, at: int, column: int) -> None:
    """Make the places of a group's label beside its members one blank cell."""
    label = grid.rows[at][column]
    blank = Cell()
    for row in grid.rows:
        if row[column] is label:
            row[column] = blank


def blanked(*patterns: str) -> tuple[str, ...]:
    """Return patterns of cells that are left blank."""
    return patterns


def cut_label(name: str, at: int, *, figures_first: bool, pages: bool = False, heads: bool = False) -> Change:
    """Return a change that cuts the label of a row in two rows, as the end of a page does."""

    def change(sheet: Sheet, _form: Form) -> None:
        grid = sheet.grid("applications")
        number = grid.row_of(name)
        row = grid.rows[number]
        label = grid.label_of(name)
        upper, lower = [
            [Cell(words) if cell is label else cell for cell in row] for words in (label.text[:at], label.text[at:])
        ]
        first = next(column for column, cell in enumerate(row) if cell.key)
        for half in (upper, lower):
            words = half[first - 1].text
            new = Cell(words)
            half[:first] = [new if row[column] is label else row[column] for column in range(first)]
        blank = lower if figures_first else upper
        blank[first:] = [Cell() for _cell in blank[first:]]
        grid.rows[number : number + 1] = [upper, lower]
        if pages:
            parted(grid, sheet, number + 1, heads=heads)

    return change


def parted(grid: Grid, sheet: Sheet, number: int, *, heads: bool, repeat: bool = True, note: str = "") -> None:
    """Cut a table in two before a row, with or without its heads repeated on the second page."""
    first, second = grid.split(number, repeat=repeat)
    if heads:
        second.rows = [*grid.copied(first.rows[: first.heads()]), *second.rows]
    sheet.put(grid, first, *([note] if note else []), second)


def paged(table: str, *rows: str, heads: bool, repeat: bool = True, note: str = "") -> Change:
    """Return a change that cuts a table before rows of the form."""

    def change(sheet: Sheet, _form: Form) -> None:
        for row in rows:
            grid = next(
                one
                for one in sheet.grids()
                if one.table == table and any(cell.row == f"{table}.{row}" for cell in one.cells())
            )
            parted(grid, sheet, grid.row_of(row), heads=heads, repeat=repeat, note=note)

    return change


def one_table(*tables: str, headings: bool = False) -> Change:
    """Return a change that writes tables as one, the sections' headings as rows of it or left out."""

    def change(sheet: Sheet, form: Form) -> None:
        grids = [sheet.grid(table) for table in tables]
        width = max(grid.width for grid in grids)
        rows: list[list[Cell]] = []
        for grid in grids:
            at = next(number for number, part in enumerate(sheet.parts) if part is grid)
            if headings or grid is not grids[0]:
                heading = sheet.parts.pop(at - 1)
                assert isinstance(heading, str)
                if headings:
                    cell = Cell(heading)
                    rows.append([cell] * width)
            rows += [[*row, *[row[-1]] * (width - len(row))] for row in grid.rows]
            if grid is not grids[0]:
                sheet.put(grid)
        sheet.put(grids[0], Grid(tables[0], rows))

    return change


def small_tables(sheet: Sheet, form: Form) -> None:
    """Write each block of a table as a table of its own."""
    grid = sheet.grid("disclosure")
    blocks = [group.label for group in form.tables["disclosure"].rows.groups]
    starts = [number for number, row in enumerate(grid.rows) if row[0].text in blocks]
    parts = [
        Grid("disclosure", grid.rows[start:end])
        for start, end in zip(starts, [*starts[1:], len(grid.rows)], strict=True)
    ]
    sheet.put(grid, *parts)


def row_tables(sheet: Sheet, _form: Form) -> None:
    """Write each row of a table as a table of its own, the heads with the first."""
    grid = sheet.grid("applications")
    heads = grid.heads()
    cuts = [0, *range(heads + 1, len(grid.rows) + 1)]
    sheet.put(
        grid,
        *(Grid("applications", grid.copied(grid.rows[start:end])) for start, end in itertools.pairwise(cuts)),
    )


def strip_parts(*groups: tuple[str, ...], uppers: bool = True, label: str = "", note: str = "") -> Change:
    """Return a change that writes the strip as several, each with some of its rows."""

    def change(sheet: Sheet, _form: Form) -> None:
        grid = sheet.grid("disputes")
        made: list[str | Grid] = []
        for names in groups:
            columns = [
                number for number, cell in enumerate(grid.rows[-1]) if cell.row.removeprefix("disputes.") in names
            ]
            rows = [[row[number] for number in columns] for row in grid.rows]
            rows = rows if uppers else rows[1:]
            rows = [row for number, row in enumerate(rows) if not number or row != rows[number - 1]]
            if label:
                corner = Cell("项目")
                rows = [[corner if row is not rows[-1] else Cell(label), *row] for row in rows]
            if note:
                rows.append([Cell(note)] * len(rows[0]))
            made.append(Grid("disputes", rows))
        sheet.put(grid, *made)

    return change


def strip_lines(lines: int) -> Change:
    """Return a change that writes the heads of the strip on so many lines, uppers first, as flattening does."""

    def change(sheet: Sheet, form: Form) -> None:
        grid = sheet.grid("disputes")
        table = form.tables["disputes"]
        leaves = [Cell(table.columns.items[column].label) for row in table.rows.leaves for column in row.columns]
        uppers = [Cell(table.rows.items[name].label) for name in ("review", "litigation")]
        lower = [Cell(table.rows.items[name].label) for name in ("litigation_direct", "litigation_after_review")]
        heads = {
            1: [[*uppers, *leaves[:5], *lower, *leaves[5:]]],
            2: [[uppers[0], *lower], leaves],
            3: [uppers, [*leaves[:5], *lower], leaves[5:]],
        }[lines]
        grid.rows = [*heads, grid.rows[-1]]

    return change


def torn_strip(sheet: Sheet, form: Form) -> None:
    """Write the heads of the strip torn apart: first words alone, level by level."""
    strip_lines(3)(sheet, form)
    leaves = {column.label for column in form.tables["disputes"].columns.leaves} - {"总计"}
    for number, cell in enumerate(sheet.grid("disputes").cells()):
        if cell.text in leaves and number != 2:
            cell.text = cell.text[:2]


def turned_strip(sheet: Sheet, form: Form) -> None:
    """Write the strip as a table with a row for each of its upper heads."""
    grid = sheet.grid("disputes")
    table = form.tables["disputes"]
    figures_of = {cell.key: cell for cell in grid.cells() if cell.key}
    rows = [[Cell("类别"), *(Cell(table.columns.items[name].label) for name in table.rows.leaves[0].columns)]]
    rows += [
        [Cell(row.label), *(figures_of[f"disputes.{row.id}.{column}"] for column in row.columns)]
        for row in table.rows.leaves
    ]
    grid.rows = rows


def unlabelled(*rows: str) -> Change:
    """Return a change that leaves the labels of rows blank."""

    def change(sheet: Sheet, _form: Form) -> None:
        for name in rows:
            table, _, row = name.partition(".")
            sheet.grid(table).label_of(row).text = ""

    return change


def apart(key: str) -> Change:
    """Return a change that cuts a figure in two cells."""

    def change(sheet: Sheet, _form: Form) -> None:
        table = key.partition(".")[0]
        grid = sheet.grid(table)
        row = next(row for row in grid.rows if any(cell.key == key for cell in row))
        at = next(number for number, cell in enumerate(row) if cell.key == key)
        text = row[at].text
        row[at : at + 1] = [Cell(text[:1] or "0", key), Cell(text[1:] or "0")]

    return change


def glued(table: str, row: str, *, label: bool = False) -> Change:
    """Return a change that runs the figures of a row together, in one cell, or behind its label."""

    def change(sheet: Sheet, _form: Form) -> None:
        grid = sheet.grid(table)
        number = grid.row_of(row)
        words = grid.label_of(row)
        run = "".join(cell.text for cell in dict.fromkeys(grid.rows[number]) if cell.key)
        if label:
            words.text += run
            run = ""
        first = next(column for column, cell in enumerate(grid.rows[number]) if cell.key)
        grid.rows[number][first:] = [Cell(run)] * (len(grid.rows[number]) - first)

    return change


def merged(table: str, row: str, text: str = "0") -> Change:
    """Return a change that makes one cell of the figures of a row."""

    def change(sheet: Sheet, _form: Form) -> None:
        grid = sheet.grid(table)
        number = grid.row_of(row)
        first = next(column for column, cell in enumerate(grid.rows[number]) if cell.key)
        grid.rows[number][first:] = [Cell(text)] * (len(grid.rows[number]) - first)

    return change


def merged_down(column: str, *rows: str) -> Change:
    """Return a change that makes one cell of the figures of a column in neighbouring rows."""

    def change(sheet: Sheet, _form: Form) -> None:
        grid = sheet.grid("applications")
        at = grid.column_of(column)
        whole = Cell("7")
        for row in rows:
            grid.rows[grid.row_of(row)][at] = whole

    return change


def refigured(figures_of: Mapping[str, str]) -> Change:
    """Return a change that writes figures otherwise; ``{}`` stands for the figure."""

    def change(sheet: Sheet, _form: Form) -> None:
        for key, text in figures_of.items():
            grid = sheet.grid(key.partition(".")[0])
            for cell in grid.cells():
                if cell.key == key:
                    cell.text = text.format(cell.text)

    return change


def longer_rows(table: str, rows: Iterable[str], *, more: int) -> Change:
    """Return a change that leaves blank cells behind the last of rows."""

    def change(sheet: Sheet, _form: Form) -> None:
        grid = sheet.grid(table)
        for row in rows:
            grid.rows[grid.row_of(row)] += [Cell() for _number in range(more)]

    return change


def without_group_cells(sheet: Sheet, _form: Form) -> None:
    """Leave the labels of groups out of all rows but the first, without a span."""
    grid = sheet.grid("applications")
    heads = grid.heads()
    seen: set[int] = set()
    for number, row in enumerate(grid.rows[heads:], heads):
        first = next(column for column, cell in enumerate(row) if cell.key)
        kept = [cell for cell in row[:first] if id(cell) not in seen or cell is row[first - 1]]
        seen.update(map(id, row[:first]))
        grid.rows[number] = [*dict.fromkeys(kept), *row[first:]]


def without_repeats(text: str) -> str:
    """Return text in which a line that repeats the one before is left out."""
    lines = text.split("\n")
    return "\n".join(line for number, line in enumerate(lines) if not number or line != lines[number - 1])


def without_gaps(text: str) -> str:
    """Return a whole report on one line with nothing between its cells."""
    return re.sub(r"[|\s]+", "", text)
