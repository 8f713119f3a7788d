"""The readers that ship with nianbao, in the order in which they are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.readers.reader import Reader
from nianbao.readers.sniffing import begins_as_page, looks_like_html

if TYPE_CHECKING:
    from nianbao.model.document import Document
    from nianbao.readers.source import Source


_OFFICE = "office"
_BEGINS_DATA = frozenset("{[-#")


def _needs_office(source: Source) -> bool:
    if not source.data.startswith((b"PK", b"\xd0\xcf", b"{\\rtf", b"<?xml")):
        return False
    from nianbao.readers.office.conversion import kind_of  # noqa: PLC0415 - for what begins as such files do

    return kind_of(source) is not None


def _office(source: Source) -> Document:
    from nianbao.readers.office.conversion import read_office  # noqa: PLC0415 - one reader a source

    return read_office(source, [reader for reader in READERS if reader.format != _OFFICE])


def _is_data(source: Source) -> bool:
    first = source.text.lstrip()[:1]
    may_be = first in _BEGINS_DATA or (first.isascii() and first.isalpha())
    if not may_be and "nianbao/report/" not in source.text:
        return False
    from nianbao.readers.data import is_data  # noqa: PLC0415 - only where it may be

    return is_data(source.text)


def _report(source: Source) -> Document:
    from nianbao.readers.data import read_canonical  # noqa: PLC0415 - one reader a source

    return read_canonical(source.text, source.name, sha256=source.sha256)


def _page(source: Source) -> Document:
    from nianbao.readers.html.page import read_html  # noqa: PLC0415 - lxml is needed for pages alone

    if not begins_as_page(source.text):
        from nianbao.readers.plain.markdown_page import as_page, has_markdown  # noqa: PLC0415 - for such texts alone

        if has_markdown(source.text):
            document = read_html(as_page(source.text), source.name, sha256=source.sha256)
            return document._replace(text=source.text)
    return read_html(source.text, source.name, sha256=source.sha256)


def _is_workbook(source: Source) -> bool:
    if not source.data.startswith((b"PK", b"\xd0\xcf")):
        return False
    from nianbao.readers.sheets import is_workbook  # noqa: PLC0415 - zips and old Office files alone

    return is_workbook(source)


def _workbook(source: Source) -> Document:
    from nianbao.readers.sheets import read_workbook  # noqa: PLC0415 - one reader a source

    return read_workbook(source)


def _text(source: Source) -> Document:
    from nianbao.readers.plain.text_file import read_text  # noqa: PLC0415 - one reader a source

    return read_text(source.text, source.name, sha256=source.sha256)


def _is_word(source: Source) -> bool:
    if not source.data.startswith(b"PK"):
        return False
    from nianbao.readers.word import is_word  # noqa: PLC0415 - for zip files alone

    return is_word(source)


def _word(source: Source) -> Document:
    from nianbao.readers.word import read_word  # noqa: PLC0415 - one reader a source

    return read_word(source)


def _pdf(source: Source) -> Document:
    from nianbao.readers.pdf import read_pdf  # noqa: PLC0415 - for PDFs alone

    return read_pdf(source.data, source.name, sha256=source.sha256)


def _is_single_file_page(source: Source) -> bool:
    if b":" not in source.data[:60]:
        return False
    from nianbao.readers.single_file_page import is_single_file_page  # noqa: PLC0415 - for what begins as such files do

    return is_single_file_page(source.data)


def _single_file_page(source: Source) -> Document:
    from nianbao.readers.single_file_page import read_single_file_page  # noqa: PLC0415 - one reader a source

    return read_single_file_page(source)


READERS = (
    Reader("word", _is_word, _word, (".docx",), binary=True),
    Reader("sheet", _is_workbook, _workbook, (".xlsx", ".xlsm", ".xls", ".et"), binary=True),
    Reader("pdf", lambda source: b"%PDF-" in source.data[:1024], _pdf, (".pdf",), binary=True),
    Reader(_OFFICE, _needs_office, _office, (".doc", ".wps", ".wpt", ".rtf", ".odt", ".ods", ".xlsb"), binary=True),
    Reader("mht", _is_single_file_page, _single_file_page, (".mht", ".mhtml"), binary=True),
    Reader("report", _is_data, _report, (".json", ".yaml", ".yml")),
    Reader("html", lambda source: looks_like_html(source.text), _page, (".html", ".htm", ".shtml", ".xhtml")),
    Reader("text", lambda source: True, _text, (".txt", ".md")),  # noqa: ARG005 - anything else is text
)
