"""Spreadsheets: the whole report in one sheet, or prose and tables in several sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.containers import limits
from nianbao.containers.ole import is_ole
from nianbao.containers.zipped import is_zip
from nianbao.errors import InputError
from nianbao.model.document import Document, Paragraph, Table
from nianbao.model.location import Location
from nianbao.readers.sheets.asides import parts_across
from nianbao.readers.sheets.blocks import Counter, blocks_of
from nianbao.readers.sheets.hiding import without_hidden_columns
from nianbao.readers.sheets.notes import notes_of, passed_over, read_though_hidden
from nianbao.readers.sheets.rows import is_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.document import Block
    from nianbao.readers.sheets.workbook import Sheet, Workbook
    from nianbao.readers.source import Source

_WORKBOOK = "xl/workbook.xml"
_STREAMS = ("Workbook", "Book")
_OTHER_STREAMS = frozenset(("WordDocument", "PowerPoint Document"))
_HEADING = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．])\s*\D")


def is_workbook(source: Source) -> bool:
    """Whether a source is a workbook: a zip file with the parts of one, or an old Office file with its stream."""
    if is_zip(source.data):
        return _has_workbook(source)
    return is_ole(source.data) and bool(_stream(source))


def _has_workbook(source: Source) -> bool:
    """Whether a zip file has the main part of a workbook; a truncated file is recognised by the names of its parts."""
    try:
        return any(info.filename.replace("\\", "/").lower() == _WORKBOOK for info in source.zipped.members)
    except InputError:
        return _WORKBOOK.encode() in source.data


def _stream(source: Source) -> str:
    """Return the name of the stream with the workbook; "" if there is none."""
    names = source.ole.streams
    return "" if names & _OTHER_STREAMS else next((name for name in _STREAMS if name in names), "")


def read_workbook(source: Source) -> Document:
    """Read the sheets of a workbook in order as one document.

    Hidden columns are left out. Hidden sheets are read only if the others contain no table with figures. Notes report
    what was hidden.

    Raises:
        InputError: it is broken, encrypted or empty, or has more cells than any report.
    """
    book = _book(source)
    filled = [sheet for sheet in book.sheets if sheet.cells or sheet.shapes]
    if not filled:
        raise InputError("empty", limits.EMPTY)
    hidden = [sheet for sheet in filled if sheet.hidden]
    read = [sheet for sheet in filled if not sheet.hidden]
    blocks = _blocks(read)
    notes = [passed_over(hidden)] if hidden else []
    if hidden and not any(map(_holds_figures, blocks)):
        read, blocks, notes = filled, _blocks(filled), [read_though_hidden(hidden)]
    return Document(
        name=source.name,
        format="sheet",
        sha256=source.sha256,
        blocks=tuple(_joined(read, blocks)),
        notes=(*book.notes, *notes, *(note for sheet in read for note in notes_of(sheet))),
    )


def _book(source: Source) -> Workbook:
    if is_zip(source.data):
        from nianbao.readers.sheets.xlsx import read_xlsx  # noqa: PLC0415 - one of two kinds

        return read_xlsx(source.zipped)
    from nianbao.readers.sheets.xls import read_xls  # noqa: PLC0415 - one of two kinds

    return read_xls(source.ole.stream(_stream(source)))


def _blocks(sheets: Iterable[Sheet]) -> list[list[Block]]:
    counter = Counter()
    parts = (parts_across(without_hidden_columns(sheet)) for sheet in sheets)
    return [[block for part in across for block in blocks_of(part, counter)] for across in parts]


def _holds_figures(blocks: Iterable[Block]) -> bool:
    return any(isinstance(block, Table) and any(is_figure(cell.text) for cell in block.cells) for block in blocks)


def _joined(sheets: Sequence[Sheet], blocks: Sequence[Sequence[Block]]) -> Iterator[Block]:
    """Give the blocks of all sheets; a sheet's name becomes a paragraph if it is a heading that no cell contains."""
    prose = [_letters(block.text) for some in blocks for block in some if isinstance(block, Paragraph)]
    for sheet, some in zip(sheets, blocks, strict=True):
        words = _letters(sheet.name)
        if _HEADING.match(sheet.name) and not any(text.startswith(words) for text in prose):
            yield Paragraph(sheet.name.strip(), Location(sheet=sheet.name))
        yield from some


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
