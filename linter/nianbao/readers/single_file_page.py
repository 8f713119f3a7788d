"""Pages that a browser or an office program saved as one file (.mht): a message of parts, one of them the page."""

from __future__ import annotations

import re
from itertools import count, islice
from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.document import Paragraph, Picture, Table
from nianbao.model.location import Location
from nianbao.readers.decode import decode
from nianbao.readers.html.page import read_html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from nianbao.model.document import Block, Document
    from nianbao.readers.source import Source

_HEAD = 4096
_MAX_PARTS = 2000
_MAX_NESTED = 30  # parts that have parts
_FIELD = re.compile(rb"\s*[A-Za-z][A-Za-z-]{0,40}:[ \t]")
_KIND = re.compile(
    rb"^(?:mime-version[ \t]*:|content-type[ \t]*:[ \t]*(?:multipart/related|text/html))", re.IGNORECASE | re.MULTILINE
)
_NESTED = re.compile(rb"content-type[ \t]{0,20}:\s{0,20}(?:multipart|message)/", re.IGNORECASE)
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
    page = _page_of(source.data)
    if page is None:
        raise InputError("unreadable-page", _NO_PAGE)
    payload = page.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if not data.strip():
        raise InputError("unreadable-page", _NO_PAGE)
    text = decode(data, charset=page.get_content_charset("") or "")
    document = read_html(text, source.name, sha256=source.sha256)
    return document._replace(format="mht", blocks=tuple(_placed(document.blocks)), places=None, text="")


def _page_of(data: bytes) -> Message | None:
    """Return the part with the page: the one that the head names, else the first page."""
    from email import message_from_bytes  # noqa: PLC0415 - for such files alone

    if len(_NESTED.findall(data)) > _MAX_NESTED:
        return None
    message = message_from_bytes(data.lstrip())
    pages = [part for part in islice(message.walk(), _MAX_PARTS) if part.get_content_type() == "text/html"]
    start = message.get_param("start")
    named = (page for page in pages if start and page.get("Content-ID") == start)
    return next(named, pages[0] if pages else None)


def _placed(blocks: tuple[Block, ...]) -> Iterator[Block]:
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
