"""Sheets of ``.xls`` files, the format of Excel and WPS until 2007, which many programs still write."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.containers.limits import LOCKED
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.location import Location
from nianbao.readers.left_out import FAINT, RAISED, STRUCK, LeftOut, marked_lines, on_ground
from nianbao.readers.sheets.biff import survey
from nianbao.readers.sheets.numberformats import BUILTIN, VisibleText, read_stored, shown, shown_words
from nianbao.readers.sheets.workbook import CellStyle, MergedRange, Sheet, Workbook, broken, ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.readers.left_out import Format
    from nianbao.readers.sheets.workbook import Place, Shape

# With styles, in the encoding that the file states; else in the Chinese encoding; else without styles.
_WAYS: tuple[tuple[bool, str | None], ...] = ((True, None), (True, "gb18030"), (False, None), (False, "gb18030"))

_WHITE_INDEXES = frozenset((1, 9))  # of the palette
_BARE = Text(
    "样式已损坏：合并的格和数字的显示格式没有读到，数字按存储的值读",
    "its styles are broken: merged cells and formats were not read, and figures are as they are stored",
)


def read_xls(workbook: bytes) -> Workbook:
    """Read the sheets of a workbook in a stream of an old Office file.

    Raises:
        InputError: it is broken or encrypted, or has more cells than any report.
    """
    known = survey(workbook)
    if known.locked:
        raise InputError("locked", LOCKED)
    failure: Exception = ValueError()
    for styled, encoding in _WAYS:
        left_out = LeftOut()
        try:
            book = _open(workbook, styled=styled, encoding=encoding)
            sheets = tuple(_sheets(book, known.pictures, left_out))
            return Workbook(sheets, (*(() if styled else (_BARE,)), *left_out.notes()))
        except Exception as error:  # noqa: BLE001 - the library does not catch the errors of its own code
            failure = error
    raise broken(str(failure) or type(failure).__name__) from failure


def _sheets(book: Any, pictures: Sequence[tuple[Shape, ...]], left_out: LeftOut) -> Iterator[Sheet]:
    """Read sheet by sheet; each is released before the next one is read."""
    looks = _Looks(_styles(book), _fonts(book), left_out)
    for number in range(book.nsheets):
        shapes = pictures[number] if number < len(pictures) else ()
        yield _sheet(book, book.sheet_by_index(number), looks)._replace(shapes=shapes)
        book.unload_sheet(number)


def _open(workbook: bytes, *, styled: bool, encoding: str | None) -> Any:
    import xlrd  # noqa: PLC0415 - only for old sheets

    return xlrd.open_workbook(
        file_contents=workbook,
        logfile=io.StringIO(),
        formatting_info=styled,
        ragged_rows=True,
        on_demand=True,
        encoding_override=encoding,
    )


class _Looks(NamedTuple):
    """The looks of text in a workbook: styles of cells and formats of fonts by number, and what was left out so far."""

    styles: Mapping[int, CellStyle]
    fonts: Sequence[Format | None]
    left_out: LeftOut


def _sheet(book: Any, sheet: Any, looks: _Looks) -> Sheet:
    texts: dict[Place, str] = {}
    ruled: set[Place] = set()
    doubts: dict[Place, Text] = {}
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            style = looks.styles.get(sheet.cell_xf_index(row, column), CellStyle()) if looks.styles else CellStyle()
            if style.ruled:
                ruled.add((row, column))
            text, doubt = _text(kind, value, style, from_1904=bool(book.datemode))
            if doubt is not None:
                doubts[row, column] = doubt
            runs = sheet.rich_text_runlist_map.get((row, column), ())
            if style.format is not None or runs:
                formatted = _formatted(text, runs, style, fonts=looks.fonts)
                place = Location(sheet=sheet.name, ref=ref(row, column))
                text, doubt = looks.left_out.read_cell(formatted, place)
                doubts |= {} if doubt is None else {(row, column): doubt}
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
        doubts=doubts,
    )


def _formatted(text: str, runs: Sequence[tuple[int, int]], style: CellStyle, *, fonts: Sequence[Format | None]) -> str:
    """Return a text marked with the formats of its runs, each with its first character and the number of its font."""
    bounds = [(0, style.format)]
    bounds += [(start, fonts[font] if font < len(fonts) else None) for start, font in runs]
    ends = [start for start, _format in bounds[1:]] + [len(text)]
    made = "".join(marked_lines(text[start:end], format_) for (start, format_), end in zip(bounds, ends, strict=True))
    return on_ground(made) if style.filled else made


def _styles(book: Any) -> dict[int, CellStyle]:
    """Return the styles of cells by number; empty if the workbook was opened without styles."""
    own = {code.format_key: code.format_str for code in book.format_list}
    fonts = _fonts(book)
    styles: dict[int, CellStyle] = {}
    for number, style in enumerate(book.xf_list if book.formatting_info else ()):
        lines = style.border.left_line_style or style.border.right_line_style
        code = own.get(style.format_key) or BUILTIN.get(style.format_key, "")
        font = fonts[style.font_index] if style.font_index < len(fonts) else None
        filled = style.background.fill_pattern != 0 and style.background.pattern_colour_index not in _WHITE_INDEXES
        styles[number] = CellStyle(code, bool(lines), None if filled and font == FAINT else font, filled)
    return styles


def _fonts(book: Any) -> list[Format | None]:
    """Return the formats of fonts, by number; empty if the workbook was opened without styles."""
    return [
        STRUCK
        if font.struck_out
        else RAISED
        if font.escapement
        else FAINT
        if font.colour_index in _WHITE_INDEXES
        else None
        for font in (book.font_list if book.formatting_info else ())
    ]


def _spans(sheet: Any) -> Iterator[MergedRange]:
    for top, below, left, behind in sheet.merged_cells:
        if 0 <= top < below and 0 <= left < behind and (below - top, behind - left) != (1, 1):
            yield MergedRange(top, left, below - 1, behind - 1)


def _text(kind: int, value: Any, style: CellStyle, *, from_1904: bool) -> VisibleText:
    """Return the visible text of a cell; kinds are those of the library."""
    from xlrd import biffh  # noqa: PLC0415 - only for old sheets

    if kind == biffh.XL_CELL_TEXT:
        return VisibleText(shown_words(str(value).replace("\r\n", "\n").replace("\r", "\n"), style.code))
    if kind == biffh.XL_CELL_BOOLEAN:
        return VisibleText("TRUE" if value else "FALSE")
    if kind == biffh.XL_CELL_ERROR:
        return VisibleText(biffh.error_text_from_code.get(value, "#ERR!"))
    if kind in {biffh.XL_CELL_NUMBER, biffh.XL_CELL_DATE}:
        number = read_stored(repr(value))
        return VisibleText(str(value)) if number is None else shown(number, style.code, from_1904=from_1904)
    return VisibleText("")
