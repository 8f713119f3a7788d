"""Drawn reports as workbooks, laid out in the ways that people do."""

from __future__ import annotations

import io
import zipfile
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Border, Side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.support.drawing import Box

_THIN = Side(style="thin")
_RULED = Border(_THIN, _THIN, _THIN, _THIN)
WIDTH = 16


class Layout(NamedTuple):
    """How a sheet is laid out.

    Attributes:
        prose_merged: Whether each row of prose is merged over the width of the sheet.
        ruled: Whether tables have lines.
        spans_merged: Whether cells that span others are merged; else the others are blank.
        gap: How many empty rows stand around each table.
        stretched: Whether every table is as wide as the sheet, its cells merged of several columns.
        as_text: Whether figures are kept as text.
        all_ruled: Whether prose has lines around it too.
        apart: Whether each table stands in a sheet of its own, behind that of the prose.
    """

    prose_merged: bool = True
    ruled: bool = True
    spans_merged: bool = True
    gap: int = 0
    stretched: bool = False
    as_text: bool = False
    all_ruled: bool = False
    apart: bool = False


class Page:
    """A sheet that is filled from top to bottom."""

    def __init__(self, sheet: Any, layout: Layout) -> None:
        self.sheet = sheet
        self.layout = layout
        self.row = 1

    def prose(self, line: str) -> None:
        """Write a paragraph in a row."""
        self.put(line, (self.row, 1), (1, WIDTH), ruled=self.layout.all_ruled, merged=self.layout.prose_merged)
        self.row += 1

    def table(self, rows: Sequence[Sequence[Box]]) -> None:
        """Write a table."""
        layout = self.layout
        self.row += layout.gap
        taken: set[tuple[int, int]] = set()
        width = sum(box.colspan for box in rows[0])
        edges = [1 + column * (WIDTH // width if layout.stretched else 1) for column in range(width)]
        edges.append(WIDTH + 1 if layout.stretched else width + 1)
        for number, row in enumerate(rows):
            column = 0
            for box in row:
                while (number, column) in taken:
                    column += 1
                spots = {(number + down, column + over) for down in range(box.rowspan) for over in range(box.colspan)}
                taken |= spots
                across = edges[column + box.colspan] - edges[column]
                place, span = (self.row + number, edges[column]), (box.rowspan, across)
                self.put(
                    _shown(box, self.layout), place, span, ruled=self.layout.ruled, merged=self.layout.spans_merged
                )
                column += box.colspan
        self.row += len(rows) + layout.gap

    def put(self, value: object, place: tuple[int, int], span: tuple[int, int], *, ruled: bool, merged: bool) -> None:
        """Write a cell with its span."""
        (row, column), (down, across) = place, span
        if value not in ("", None):
            self.sheet.cell(row, column).value = value
        if ruled:
            for line in self.sheet.iter_rows(row, row + down - 1, column, column + across - 1):
                for one in line:
                    one.border = _RULED
        if span != (1, 1) and merged:
            self.sheet.merge_cells(None, row, column, row + down - 1, column + across - 1)


def workbook(outline: Sequence[tuple[str, str] | list[list[Box]]], layout: Layout) -> bytes:
    """Return a report, given as its prose and tables in order, as a workbook."""
    book = Workbook()
    page = Page(book.active, layout)
    for part in outline:
        if isinstance(part, tuple):
            page.prose(part[1])
        else:
            (Page(book.create_sheet(), layout) if layout.apart else page).table(part)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _shown(box: Box, layout: Layout) -> object:
    if box.key is None or not box.text or layout.as_text:
        return box.text
    return float(box.text) if "." in box.text else int(box.text)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def raw_workbook(
    *sheets: str,
    strict: bool = False,
    hidden: Sequence[int] = (),
    properties: str = "",
    styles: str = "",
    strings: str = "",
    parts: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Return a workbook whose sheets are written as given: what stands inside ``<worksheet>``.

    Args:
        sheets: The sheets, named 甲, 乙, 丙 …
        strict: Whether it follows the strict edition of the standard.
        hidden: Numbers of the sheets that are hidden.
        properties: Attributes of ``workbookPr``.
        styles: What stands inside the part of styles.
        strings: What stands inside the part of shared strings.
        parts: More parts by name, or others in place of these.
    """
    main, office = (STRICT, _STRICT_OFFICE) if strict else (MAIN, _OFFICE)
    numbers = range(1, len(sheets) + 1)
    names = "甲乙丙丁戊己"
    listed = "".join(
        f'<sheet name="{names[number - 1]}" sheetId="{number}" r:id="s{number}"'
        f"{' state=' + chr(34) + 'hidden' + chr(34) if number - 1 in hidden else ''}/>"
        for number in numbers
    )
    links = [(f"s{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    links += [("st", "styles", "styles.xml"), ("ss", "sharedStrings", "sharedStrings.xml")]
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations([("m", "officeDocument", "xl/workbook.xml")], office),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><workbookPr {properties}/>'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(links, office),
    }
    for number, sheet in zip(numbers, sheets, strict=True):
        files[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{main}" xmlns:r="{office}">{sheet}</worksheet>'
    files["xl/styles.xml"] = f'<styleSheet xmlns="{main}">{styles}</styleSheet>'
    files["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
    files |= parts
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return stream.getvalue()


def _relations(links: Sequence[tuple[str, str, str]], office: str) -> str:
    entries = "".join(f'<Relationship Id="{one}" Type="{office}/{kind}" Target="{to}"/>' for one, kind, to in links)
    return f'<Relationships xmlns="{_PACKAGE}">{entries}</Relationships>'
