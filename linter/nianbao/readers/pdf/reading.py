"""Reads a PDF in this process: its pages, one after the other, and what stands on them in reading order."""

from __future__ import annotations

import unicodedata
from contextlib import closing
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.document import Document, Paragraph, Picture, TableCell
from nianbao.model.location import Location
from nianbao.readers.pdf.clipping import NO_CUTS
from nianbao.readers.pdf.file import PdfPages
from nianbao.readers.pdf.join import JoinedRows
from nianbao.readers.pdf.page_content import sheet_of
from nianbao.readers.pdf.paragraphs import (
    ProseLine,
    margins_of,
    paragraphs_of,
    running_glyphs,
    without_margins,
    written,
)
from nianbao.readers.pdf.ruled_tables import ruled_tables
from nianbao.readers.pdf.strings import LOST
from nianbao.readers.pdf.strokes import in_doubt, strokes_of
from nianbao.readers.pdf.text_lines import lines_of
from nianbao.readers.pdf.unruled_regions import loose_tables
from nianbao.readers.pdf.unruled_tables import Loose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from nianbao.model.document import Block, Table
    from nianbao.readers.pdf.clipping import Cuts
    from nianbao.readers.pdf.glyphs import Glyph
    from nianbao.readers.pdf.limits import Limits
    from nianbao.readers.pdf.page_content import PageContent
    from nianbao.readers.pdf.ruled_tables import PageTable
    from nianbao.readers.pdf.strokes import Stroke

_SCAN = Text(
    "是扫描件或图片，没有可读的文字；请用有文字的原文件（Word、网页或由它们导出的 PDF）检查",
    "is a scan, pictures without text to read: check the original file, which has its text",
)
_UNREADABLE = Text(
    "文字读不出来（字体没有文字编码，第 {page} 页）；请用原文件（Word、网页）检查，或重新导出 PDF",
    "its text cannot be read (its fonts do not say which characters they show, page {page}): "
    "check the original file, or export the PDF again",
)
_OCR = Text(
    "这份 PDF 的文字是由扫描图像识别出来的（第 {pages} 页），可能认错；请对照原件核对数字",
    "the text of this PDF was recognised from scanned pictures (pages {pages}) and may be misread: "
    "compare the figures with the original",
)
_MAX_LOST_SHARE = 0.1
_MIN_PAGE_CHARS = 20
_PRIVATE = range(0xE000, 0xF900)

_Placed = TypeVar("_Placed", Paragraph, Picture, TableCell)
_Shown = ProseLine | JoinedRows | Loose | Picture


class _Ruled(NamedTuple):
    """A page, its tables with ruling lines, and the characters outside of them."""

    sheet: PageContent
    tables: list[PageTable]
    rest: list[Glyph]


class _Spot(NamedTuple):
    """An object on a page, and the position of its top."""

    page: int
    top: float
    shown: _Shown


def read_here(data: bytes, name: str, *, sha256: str, limits: Limits) -> Document:
    """Read a PDF in this process.

    Raises:
        InputError: it is broken, encrypted, a scan, or larger than any report.
    """
    book = PdfPages(data[max(0, data.find(b"%PDF-")) :], limits)
    try:
        sheets = _Sheets()
        with closing(book.pages()) as pages:  # a page is closed before its file
            for number, marks in enumerate(pages, 1):
                sheets.take(sheet_of(number, marks))
        blocks = tuple(sheets.blocks())
        return Document(name, "pdf", sha256, blocks, title=book.title, metadata=book.days, notes=sheets.notes())
    finally:
        book.close()


class _Sheets:
    """The content of the pages, gathered page by page."""

    def __init__(self) -> None:
        self.ruled: list[_Ruled] = []
        self.pages = 0
        self.characters = 0
        self.pictured = 0
        self.lost: list[int] = []
        self.scanned: list[int] = []
        self.turned: dict[int, PageContent] = {}
        self.strokes: dict[int, list[Stroke]] = {}
        self.cuts: dict[int, Cuts] = {}

    def take(self, sheet: PageContent) -> None:
        """Add a page."""
        self.pages += 1
        self.characters += len(sheet.glyphs)
        self.lost += [sheet.number for glyph in sheet.glyphs if _is_lost(glyph.text)]
        self.pictured += sheet.is_picture
        if sheet.scanned:
            self.scanned.append(sheet.number)
        if sheet.turn:
            self.turned[sheet.number] = sheet
        if sheet.cuts != NO_CUTS:
            self.cuts[sheet.number] = sheet.cuts
        if strokes := list(strokes_of(sheet)):
            self.strokes[sheet.number] = strokes
        self.ruled.append(_Ruled(sheet, *ruled_tables(sheet)))

    def blocks(self) -> Iterator[Block]:
        """Give the blocks of all pages.

        Raises:
            InputError: there is no text, or it cannot be read.
        """
        if len(self.lost) > self.characters * _MAX_LOST_SHARE:
            raise InputError("unreadable-text", _UNREADABLE.format(page=self.lost[0]))
        running = running_glyphs((piece.sheet, piece.rest) for piece in self.ruled)
        spots = [spot for piece in self.ruled for spot in sorted(_spots(piece, running), key=attrgetter("top"))]
        lines = [spot.shown for spot in spots if isinstance(spot.shown, ProseLine)]
        kept = set(map(id, without_margins(lines, self.pages)))
        shown = [spot.shown for spot in spots if not isinstance(spot.shown, ProseLine) or id(spot.shown) in kept]
        if not any(isinstance(piece, JoinedRows | Loose) for piece in shown):
            self._refuse_scan(sum(len(line.text) for line in lines if id(line) in kept))
        doubtful = [line for piece in shown if isinstance(piece, Loose) for line in piece.prose]
        margins = margins_of([*(line for line in lines if id(line) in kept), *doubtful])
        number = 0
        for _kind, group in groupby(_whole(shown), type):
            run = list(group)
            prose = paragraphs_of((piece for piece in run if isinstance(piece, ProseLine)), margins)
            yield from map(self._placed, prose)
            for piece in run:
                if isinstance(piece, JoinedRows | Loose):
                    number += 1
                    yield self._table(piece.table(number))
                elif isinstance(piece, Picture):
                    yield self._placed(piece)

    def notes(self) -> tuple[Text, ...]:
        """Return notes for people on how the pages were read."""
        return (_OCR.format(pages=_pages(self.scanned)),) if self.scanned else ()

    def _refuse_scan(self, characters: int) -> None:
        few = self.pictured == self.pages and characters < _MIN_PAGE_CHARS * self.pages
        if not characters or few:
            raise InputError("no-text", _SCAN)

    def _table(self, table: Table) -> Table:
        """Return a table with places on the original page; if its figures cannot be read, the file is refused."""
        lost = [cell for cell in table.cells if any(map(_is_lost, cell.text)) and not any(map(str.isalpha, cell.text))]
        if len(lost) > len(table.cells) * _MAX_LOST_SHARE or any(LOST in cell.text for cell in lost):
            raise InputError("unreadable-text", _UNREADABLE.format(page=lost[0].location.page))
        if self.strokes:
            cells = (in_doubt(cell, self.strokes.get(cell.location.page or 0, ())) for cell in table.cells)
            table = table._replace(cells=tuple(cells))
        if self.cuts:
            cells = (self.cuts.get(cell.location.page or 0, NO_CUTS).doubt(cell) for cell in table.cells)
            table = table._replace(cells=tuple(cells))
        return table._replace(cells=tuple(map(self._placed, table.cells)), location=self._place(table.location))

    def _placed(self, block: _Placed) -> _Placed:
        return block._replace(location=self._place(block.location)) if self.turned else block

    def _place(self, location: Location) -> Location:
        """Return a place on the original page, if the page was rotated for reading."""
        sheet = self.turned.get(location.page or 0)
        return location if sheet is None or location.box is None else location._replace(box=sheet.on_page(location.box))


def _spots(page: _Ruled, running: Collection[int]) -> Iterator[_Spot]:
    """Give the objects on a page; ``running`` are the ids of characters in its header and footer."""
    sheet = page.sheet
    for table in page.tables:
        yield _Spot(sheet.number, table.box[1], JoinedRows.of(table, sheet.number))
    for box in sheet.pictures:
        yield _Spot(sheet.number, box[1], Picture("", Location(page=sheet.number, box=box)))
    loose, rest = loose_tables([glyph for glyph in page.rest if id(glyph) not in running], sheet)
    rest += [glyph for glyph in page.rest if id(glyph) in running]
    for unruled in loose:
        yield _Spot(sheet.number, min(patch.box[1] for patch in unruled.patches), unruled)
    for line in lines_of(rest):
        yield _Spot(sheet.number, line.box[1], written(line, sheet))


def _whole(shown: Iterable[_Shown]) -> Iterator[_Shown]:
    """Join tables at the end of a page with their continuations at the top of the next page."""
    table: JoinedRows | Loose | None = None
    for piece in shown:
        whole = _joined(table, piece)
        if whole is None and table is not None:
            yield from _alone(table)
        table = whole or (piece if isinstance(piece, JoinedRows | Loose) else None)
        if table is None:
            yield piece
    if table is not None:
        yield from _alone(table)


def _alone(table: JoinedRows | Loose) -> tuple[_Shown, ...]:
    """Return a table, or lines of prose if it only looks like a table and has no continuation."""
    return table.prose if isinstance(table, Loose) and table.prose else (table,)


def _joined(table: JoinedRows | Loose | None, piece: _Shown) -> JoinedRows | Loose | None:
    """Return a table joined with the next object, if that is its continuation."""
    if isinstance(table, JoinedRows) and isinstance(piece, JoinedRows) and table.goes_on_in(piece):
        return table.and_then(piece)
    if isinstance(table, Loose) and isinstance(piece, Loose) and table.goes_on_in(piece):
        return table.and_then(piece)
    return table.continued(piece) if isinstance(table, Loose) and isinstance(piece, ProseLine) else None


@lru_cache(4096)
def _is_lost(text: str) -> bool:
    """Whether a character cannot be text: it is unknown, private to its font, or a control character."""
    return any(
        char == LOST or ord(char) in _PRIVATE or unicodedata.category(char) == "Cc" for char in text if char != "\n"
    )


def _pages(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers[:10])) + ("…" if len(numbers) > 10 else "")
