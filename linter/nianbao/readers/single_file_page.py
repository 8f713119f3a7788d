"""Pages that a browser or an office program saved as one file (.mht): a message of parts, one of them the page."""

from __future__ import annotations

import re
from itertools import chain, count, islice
from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.document import Paragraph, Picture, Table
from nianbao.model.location import Location
from nianbao.readers.decode import decode
from nianbao.readers.html.page import read_html
from nianbao.readers.page_frames import file_name, frames_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from email.message import Message

    from nianbao.model.document import Block, Document
    from nianbao.readers.page_frames import Frames
    from nianbao.readers.source import Source

_HEAD = 4096
_MAX_PARTS = 2000
_MAX_NESTED = 30  # parts that have parts
_FIELD = re.compile(rb"\s*[A-Za-z][A-Za-z-]{0,40}:[ \t]")
_KIND = re.compile(
    rb"^(?:mime-version[ \t]*:|content-type[ \t]*:[ \t]*(?:multipart/related|text/html))", re.IGNORECASE | re.MULTILINE
)
_NESTED = re.compile(rb"content-type[ \t]{0,20}:\s{0,20}(?:multipart|message)/", re.IGNORECASE)
_MAX_SHEETS = 100
_HIDDEN = Text(
    "隐藏的 {count} 张工作表没有读；其中有年报内容就请取消隐藏再检查",
    "{count} hidden sheets were not read; show them and check again if they hold parts of the report",
)
_NO_SHEETS = Text(
    "是分成几个网页的单个网页（.mht）文件，其中有的网页不在文件里；请在表格软件里打开，另存为 .xlsx 再检查",
    "is a single-file page (.mht) that shows several pages, not all of which are in it: open it in a spreadsheet "
    "program, save it as .xlsx and check that",
)
_NO_PAGE = Text(
    "是单个网页（.mht）文件，但里面没有找到网页；请在浏览器里打开，另存为网页（HTML）再检查",
    "is a single-file page (.mht), but no page was found in it: open it in a browser, save it as a page (HTML) and "
    "check that",
)


def is_single_file_page(data: bytes) -> bool:
    """Whether bytes begin with the head of a message that may hold a page."""
    head = data[:_HEAD]
    return _FIELD.match(head) is not None and _KIND.search(head) is not None


def read_single_file_page(source: Source) -> Document:
    """Read the page in a file; places are tables and paragraphs, since its lines are not those of the file.

    Raises:
        InputError: there is no page in it, or the page cannot be read.
    """
    pages, first = _pages_of(source.data)
    text = _text_of(first)
    frames = frames_of(text)
    texts = [text] if frames is None else map(_text_of, _in_frames(frames, pages))
    documents = [read_html(text, source.name, sha256=source.sha256) for text in texts]
    notes = list(dict.fromkeys(chain(*(document.notes for document in documents))))
    if frames is not None and frames.hidden:
        notes.append(_HIDDEN.format(count=frames.hidden))
    blocks = tuple(_placed(_numbered([document.blocks for document in documents])))
    return documents[0]._replace(format="mht", blocks=blocks, places=None, text="", notes=tuple(notes))


def _pages_of(data: bytes) -> tuple[list[Message], Message]:
    """Return the parts that are pages, and that which is shown: the one that the head names, else the first.

    Raises:
        InputError: there is no page.
    """
    from email import message_from_bytes  # noqa: PLC0415 - for such files alone

    if len(_NESTED.findall(data)) > _MAX_NESTED:
        raise InputError("unreadable-page", _NO_PAGE)
    message = message_from_bytes(data.lstrip())
    pages = [part for part in islice(message.walk(), _MAX_PARTS) if part.get_content_type() == "text/html"]
    if not pages:
        raise InputError("unreadable-page", _NO_PAGE)
    start = message.get_param("start")
    named = (page for page in pages if start and page.get("Content-ID") == start)
    return pages, next(named, pages[0])


def _text_of(page: Message) -> str:
    payload = page.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if not data.strip():
        raise InputError("unreadable-page", _NO_PAGE)
    return decode(data, charset=page.get_content_charset("") or "")


def _in_frames(frames: Frames, pages: Sequence[Message]) -> list[Message]:
    """Return the pages in frames, in order.

    Raises:
        InputError: one of them is not in the file.
    """
    by_name = {file_name(str(page.get("Content-Location", ""))): page for page in pages}
    by_name |= {f"cid:{str(page['Content-ID']).strip('<>')}".lower(): page for page in pages if page["Content-ID"]}
    found = [by_name.get(file_name(address)) for address in frames.addresses[:_MAX_SHEETS]]
    known = [page for page in found if page is not None]
    if not known or len(known) < len(frames.addresses):
        raise InputError("unreadable-page", _NO_SHEETS)
    return known


def _numbered(documents: Iterable[Sequence[Block]]) -> Iterator[Block]:
    """Yield the blocks of each page, its tables numbered on from those before."""
    tables = 0
    for blocks in documents:
        yield from (_later(block, tables) if tables and isinstance(block, Table) else block for block in blocks)
        tables += sum(isinstance(block, Table) for block in blocks)


def _later(table: Table, number: int) -> Table:
    """Return a table with a higher number."""
    cells = tuple(
        cell._replace(location=cell.location._replace(table=(cell.location.table or 0) + number))
        for cell in table.cells
    )
    return table._replace(cells=cells, location=cells[0].location if cells else table.location)


def _placed(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give blocks with their places in the page: paragraphs are counted, cells have table, row and number."""
    paragraphs = count(1)
    for block in blocks:
        if isinstance(block, Table):
            cells = tuple(cell._replace(location=_outside_lines(cell.location)) for cell in block.cells)
            yield block._replace(cells=cells, location=_outside_lines(block.location))
        elif isinstance(block, Paragraph):
            yield block._replace(location=Location(paragraph=next(paragraphs)))
        else:
            yield Picture(block.words)


def _outside_lines(location: Location) -> Location:
    return location._replace(line=None, anchor=None)
