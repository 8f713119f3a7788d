"""Notes for people on how a workbook was read: on content that is not visible on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.readers.sheets.hiding import hidden_cells
from nianbao.readers.sheets.workbook import column_name, ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from nianbao.readers.sheets.workbook import Sheet

_MAX_CELLS_NAMED = 8

_PASSED_OVER = Text(
    "隐藏的工作表没有读：{names}；其中有年报内容就请取消隐藏再检查",
    "hidden sheets were not read: {names}; show them and check again if they hold parts of the report",
)
_READ = Text(
    "看得见的工作表里没有数据表，所以也读了隐藏的工作表：{names}",
    "no sheet that is shown has a table of figures, so hidden sheets were read too: {names}",
)
_ROWS = Text(
    "工作表“{sheet}”隐藏的第 {places} 行也读了；打开文件的人看不到这些行",
    "rows {places} of sheet {sheet} are hidden and were read: who opens the file does not see them",
)
_COLUMNS = Text(
    "工作表“{sheet}”隐藏的 {places} 列没有读，打开文件的人看不到这些列；其中有年报内容就请取消隐藏再检查",
    "columns {places} of sheet {sheet} are hidden and were not read, as who opens the file does not see them: "
    "show them and check again if they hold parts of the report",
)
_UNCOUNTED = Text(
    "工作表“{sheet}”的公式没有存下结果（{places}），这些格没有数值；请用表格软件打开，保存一次再检查",
    "formulas of sheet {sheet} come without results ({places}), so that these cells have no figure: "
    "open the file in a spreadsheet program, save it and check that",
)


def passed_over(hidden: Iterable[Sheet]) -> Text:
    """Return the note that hidden sheets were not read."""
    return _PASSED_OVER.format(names=_names(hidden))


def read_though_hidden(hidden: Iterable[Sheet]) -> Text:
    """Return the note that hidden sheets were read, since the others contain no figures."""
    return _READ.format(names=_names(hidden))


def notes_of(sheet: Sheet) -> Iterator[Text]:
    """Give notes on hidden rows that were read, on hidden columns that were not, and on formulas without a result."""
    unseen = hidden_cells(sheet)
    rows = sorted({row for row, _column in sheet.cells if row in sheet.hidden_rows})
    columns = sorted({column for _row, column in unseen})
    if rows:
        yield _ROWS.format(sheet=sheet.name, places=_ranges(rows, lambda row: str(row + 1)))
    if columns:
        yield _COLUMNS.format(sheet=sheet.name, places=_ranges(columns, column_name))
    if uncounted := [place for place in sheet.uncounted if place not in unseen]:
        places = _listed([ref(*place) for place in uncounted])
        yield _UNCOUNTED.format(sheet=sheet.name, places=places)


def _names(sheets: Iterable[Sheet]) -> Text:
    names = [sheet.name for sheet in sheets]
    return Text(_listed([f"“{name}”" for name in names]), _listed(names))


def _ranges(numbers: Sequence[int], name: Callable[[int], str]) -> str:
    """Return numbers as ranges: 3–5, 8."""
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return _listed([name(first) if first == last else f"{name(first)}–{name(last)}" for first, last in ranges])


def _listed(words: Sequence[str]) -> str:
    return ", ".join([*words[:_MAX_CELLS_NAMED], *(["…"] if len(words) > _MAX_CELLS_NAMED else [])])
