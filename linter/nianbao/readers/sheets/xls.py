"""Sheets of ``.xls`` files, as Excel and WPS wrote them until 2007 and many programs do still."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.ole import stream
from nianbao.readers.sheets.base import Book, Place, Sheet, Span, Style
from nianbao.readers.sheets.biff import survey
from nianbao.readers.sheets.numberformats import BUILTIN, read_stored, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.readers.sheets.base import Shape

_CHINESE = "gb18030"

_BROKEN = Text(
    "工作簿内容已损坏（{reason}）；请用表格软件打开，另存为 .xlsx 再检查",
    "its content is broken ({reason}): open it in a spreadsheet program, save it as .xlsx and check that",
)
_LOCKED = Text("设有密码；请去掉密码另存再检查", "is protected by a password: save a copy without one and check that")
_BARE = Text(
    "样式已损坏：合并的格和数字的显示格式没有读到，数字按存储的值读",
    "its styles are broken: merged cells and formats were not read, and figures are as they are stored",
)


def read_xls(data: bytes, name: str) -> Book:
    """Read the sheets of a workbook in the stream ``name`` of an old Office file.

    Raises:
        InputError: it is broken or locked, or has more cells than any report.
    """
    workbook = stream(data, name)
    known = survey(workbook)
    if known.locked:
        raise InputError("locked", _LOCKED)
    book, notes = _opened(workbook)
    pictures = [*known.pictures, *[()] * book.nsheets]
    try:
        sheets = tuple(_sheet(book, one, pictures[number]) for number, one in enumerate(book.sheets()))
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        raise _broken(error) from error
    return Book(sheets, notes)


def _opened(workbook: bytes) -> tuple[Any, tuple[Text, ...]]:
    """Open a workbook with its styles and by what it says of its letters; else, where that fails, without."""
    ways: tuple[tuple[bool, str | None], ...] = ((True, None), (True, _CHINESE), (False, None), (False, _CHINESE))
    failure: Exception = ValueError()
    for styled, encoding in ways:
        try:
            return _open(workbook, styled=styled, encoding=encoding), () if styled else (_BARE,)
        except InputError:
            raise
        except Exception as error:  # noqa: BLE001 - the library raises whatever its own code runs into
            failure = error
    raise _broken(failure) from failure


def _open(workbook: bytes, *, styled: bool, encoding: str | None) -> Any:
    import xlrd  # noqa: PLC0415 - only for old sheets

    return xlrd.open_workbook(
        file_contents=workbook,
        logfile=io.StringIO(),
        formatting_info=styled,
        ragged_rows=True,
        encoding_override=encoding,
    )


def _broken(error: Exception) -> InputError:
    reason = " ".join(str(error).split())[:80] or type(error).__name__
    return InputError("broken-sheet", _BROKEN.format(reason=reason))


def _sheet(book: Any, sheet: Any, pictures: tuple[Shape, ...]) -> Sheet:
    styles = _styles(book)
    styled = bool(styles)
    texts: dict[Place, str] = {}
    ruled: set[Place] = set()
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            style = styles.get(sheet.cell_xf_index(row, column), Style()) if styled else Style()
            if style.ruled:
                ruled.add((row, column))
            text = _text(kind, value, style, from_1904=bool(book.datemode))
            if text.strip():
                texts[row, column] = text
    return Sheet(
        sheet.name,
        texts,
        tuple(_spans(sheet)),
        frozenset(ruled),
        sheet.visibility != 0,
        frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
        shapes=pictures,
    )


def _styles(book: Any) -> dict[int, Style]:
    """Return the styles of cells by number; none where the workbook was opened without."""
    own = {code.format_key: code.format_str for code in book.format_list}
    found: dict[int, Style] = {}
    for number, style in enumerate(book.xf_list if book.formatting_info else ()):
        lines = style.border.left_line_style or style.border.right_line_style
        found[number] = Style(own.get(style.format_key) or BUILTIN.get(style.format_key, ""), bool(lines))
    return found


def _spans(sheet: Any) -> Iterator[Span]:
    for top, below, left, behind in sheet.merged_cells:
        if 0 <= top < below and 0 <= left < behind and (below - top, behind - left) != (1, 1):
            yield Span(top, left, below - 1, behind - 1)


def _text(kind: int, value: Any, style: Style, *, from_1904: bool) -> str:
    """Return what a cell shows; kinds are those of the library."""
    from xlrd import biffh  # noqa: PLC0415 - only for old sheets

    if kind == biffh.XL_CELL_TEXT:
        return str(value).replace("\r\n", "\n").replace("\r", "\n")
    if kind == biffh.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == biffh.XL_CELL_ERROR:
        return biffh.error_text_from_code.get(value, "#ERR!")
    if kind in {biffh.XL_CELL_NUMBER, biffh.XL_CELL_DATE}:
        number = read_stored(repr(value))
        return str(value) if number is None else shown(number, style.code, from_1904=from_1904)
    return ""
