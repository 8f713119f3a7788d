"""PDF files, opened within limits on the size of streams, the number of pages, and the content of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.containers import limits as limits_of_files
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.pdf import pdfium
from nianbao.readers.pdf.marks import marks_of
from nianbao.readers.pdf.streams import check_streams

if TYPE_CHECKING:
    from collections.abc import Generator

    from nianbao.readers.pdf.limits import Limits
    from nianbao.readers.pdf.marks import Marks

_LOCKED = (4, 5)  # errors: a password is missing, or the way of locking is unknown
_SHOWN = (3, 13, 20)  # kinds of annotations: free text, stamps, and form fields
_HIDDEN = 2 | 32
_MAX_ANNOTATIONS = 2000
_TAIL = 2048

_BROKEN = Text(
    "PDF 已损坏或不完整（{reason}）；请重新导出或重新下载",
    "is broken or not complete ({reason}): export it or download it again",
)
_MANY_PAGES = Text(
    "超过 {limit} 页，不像年度报告；请只保存年报正文再检查",
    "has more than {limit} pages, which no annual report has: save the report itself and check that",
)
_CROWDED = Text(
    "第 {page} 页上有 {limit} 个以上的字符或线条，不像年度报告；请只保存年报正文再检查",
    "has more than {limit} characters or lines on page {page}, which no annual report has: "
    "save the report itself and check that",
)
_MISSING_PAGES = Text("应有 {due} 页，只找到 {found} 页", "{found} pages where {due} are due")
_BAD_PAGE = Text("第 {page} 页读不出来", "page {page} cannot be read")
_NO_STRUCTURE = Text("没有页面目录", "it has no list of pages")
_DAYS = {"created": "CreationDate", "modified": "ModDate"}
_DAY = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")


class PdfPages:
    """A PDF; its pages are read one after the other, on demand.

    Args:
        data: The bytes of the file.
        limits: Its limits.

    Raises:
        InputError: it is broken or encrypted, or its unpacked size exceeds the limit.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._data = data  # PDFium reads it as long as the file is open
        self._document = pdfium.load_document(data, len(data), None)
        if not self._document:
            if pdfium.last_error() in _LOCKED:
                raise InputError("locked", limits_of_files.LOCKED)
            raise _broken(_NO_STRUCTURE)
        try:
            self._replaced = self._checked(data)
        except BaseException:
            self.close()
            raise

    def _checked(self, data: bytes) -> bool:
        """Check that the file is whole; return whether it may say of its texts what they stand for."""
        if not pdfium.has_table_of_objects(self._document) and b"startxref" not in data[-_TAIL:]:
            raise _broken(_NO_STRUCTURE)
        return check_streams(data, self._limits.unpacked)

    @property
    def title(self) -> str | None:
        """The title in the file's properties."""
        return " ".join(pdfium.meta_text(self._document, "Title").replace("\0", "").split()) or None

    @property
    def days(self) -> dict[str, str]:
        """The days on which the file was created and last changed, by its properties."""
        days = {name: _DAY.match(pdfium.meta_text(self._document, key)) for name, key in _DAYS.items()}
        return {name: "-".join(day.groups()) for name, day in days.items() if day is not None}

    def pages(self) -> Generator[Marks, None, None]:
        """Give what each page draws, in order.

        Raises:
            InputError: there are too many, or one cannot be read.
        """
        count = pdfium.count_pages(self._document)
        if count < 1:
            raise _broken(_MISSING_PAGES.format(due=1, found=0))
        if count > self._limits.pages:
            raise InputError("too-many-pages", _MANY_PAGES.format(limit=self._limits.pages))
        for number in range(count):
            page = self._opened(number)
            try:
                most = _Most(number + 1, self._limits.marks)
                yield marks_of(page, self._document, count=most.count, replaced=self._replaced)
            finally:
                pdfium.close_page(page)

    def close(self) -> None:
        """Free the file."""
        pdfium.close_document(self._document)

    def _opened(self, number: int) -> int:
        """Return a page, with the content on top of it drawn into it."""
        page = self._loaded(number)
        if pdfium.count_annotations(page) and _keep_shown(page):
            done = pdfium.flatten(page, 0)
            pdfium.close_page(page)
            page = self._loaded(number)
            if not done:
                pdfium.close_page(page)
                raise _broken(_BAD_PAGE.format(page=number + 1))
        return page

    def _loaded(self, number: int) -> int:
        page: int | None = pdfium.load_page(self._document, number)
        if page is None:
            raise _broken(_BAD_PAGE.format(page=number + 1))
        return page


class _Most:
    """Counts the objects of a page, up to a limit."""

    def __init__(self, page: int, most: int) -> None:
        self._page = page
        self._most = self._left = most

    def count(self, more: int) -> None:
        """Count some more."""
        self._left -= more
        if self._left < 0:
            raise InputError("too-many-marks", _CROWDED.format(page=self._page, limit=self._most))


def _keep_shown(page: int) -> bool:
    """Remove annotations that are not part of the content of a page; return whether any are left.

    Form fields that are filled in and text that was typed onto the page are part of it.
    """
    left = 0
    for place in range(min(pdfium.count_annotations(page), _MAX_ANNOTATIONS) - 1, -1, -1):
        note = pdfium.annotation(page, place)
        shown = note and pdfium.annotation_kind(note) in _SHOWN and not pdfium.annotation_flags(note) & _HIDDEN
        if note:
            pdfium.close_annotation(note)
        if shown:
            left += 1
        else:
            pdfium.remove_annotation(page, place)
    return left > 0


def _broken(reason: Text) -> InputError:
    return InputError("broken-pdf", _BROKEN.format(reason=reason))
