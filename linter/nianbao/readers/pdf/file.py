"""PDF files, opened within limits on the size of streams, the number of pages, and the content of a page."""

from __future__ import annotations

import codecs
import io
import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, int_value, resolve1
from pdfminer.utils import decode_text
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from nianbao.containers import limits
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.pdf.appearances import Interpreter
from nianbao.readers.pdf.streams import Parser, UnpackBudget

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from pdfminer.layout import LTItem, LTPage
    from pdfminer.pdfcolor import PDFColorSpace
    from pdfminer.pdfdevice import PDFTextSeq
    from pdfminer.pdffont import PDFFont
    from pdfminer.pdfinterp import PDFGraphicState, PDFTextState

LOST = "\ufffd"
_MEBIBYTE = 2**20
_THICKEST = 3.0
_HIDDEN = (3, 7)  # modes of drawing text: invisible, or only as a clipping path

for _library in ("pdfminer", "pdfplumber"):  # their warnings are replaced by messages of our own
    logging.getLogger(_library).addHandler(logging.NullHandler())

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


class Limits(NamedTuple):
    """The limits above which a PDF is refused."""

    pages: int = 300
    marks: int = 60_000
    unpacked: int = 128 * _MEBIBYTE
    seconds: float = 20
    megabytes: int = 768


class PdfPages(PDF):
    """A PDF; its pages are read one after the other, on demand.

    Args:
        data: The bytes of the file.
        limits: Its limits.

    Raises:
        InputError: it is broken or encrypted, or its unpacked size exceeds the limit.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        # This replaces the constructor of the base class, whose parser would unpack anything.
        self.limits = limits
        self.rsrcmgr = PDFResourceManager()
        self.laparams = None
        self.unicode_norm = None
        with _in_own_words(_NO_STRUCTURE):
            self.doc = PDFDocument(Parser(io.BytesIO(data), UnpackBudget(limits.unpacked)))
            self.doc.catalog.pop("PageLabels", None)  # not needed, and often wrong

    @property
    def title(self) -> str | None:
        """The title in the file's properties."""
        return " ".join(_words(self._property("Title")).replace("\0", "").split()) or None

    @property
    def days(self) -> dict[str, str]:
        """The days on which the file was created and last changed, by its properties."""
        days = {name: _DAY.match(_words(self._property(key))) for name, key in _DAYS.items()}
        return {name: "-".join(day.groups()) for name, day in days.items() if day is not None}

    def _property(self, key: str) -> bytes:
        with _in_own_words(_NO_STRUCTURE):  # a file that was added to may name them at its old end alone
            infos = [resolve1(xref.get_trailer().get("Info")) for xref in self.doc.xrefs]
            values = [resolve1(info.get(key)) for info in infos if isinstance(info, dict)]
        return next((value for value in values if isinstance(value, bytes)), b"")

    def leaves(self) -> Iterator[Leaf]:
        """Give the pages in order.

        Raises:
            InputError: there are too many, fewer than the file states, or one cannot be read.
        """
        count = 0
        with _in_own_words(_NO_STRUCTURE):
            pages = PDFPage.create_pages(self.doc)
            due = int_value(dict_value(self.doc.catalog.get("Pages")).get("Count"))
        while True:
            with _in_own_words(_BAD_PAGE.format(page=count + 1)):
                page = next(pages, None)
                if page is None:
                    break
                count += 1
                if count > self.limits.pages:
                    raise InputError("too-many-pages", _MANY_PAGES.format(limit=self.limits.pages))
                leaf = Leaf(self, page, count)
                leaf.objects  # noqa: B018 - reads the page
            yield leaf
            leaf.close()
        if count < max(due, 1):
            raise _broken(_MISSING_PAGES.format(due=max(due, 1), found=count))


class Leaf(Page):
    """One page; ``marks`` are its characters and images, in the order in which they are drawn.

    Args:
        book: The file.
        page: The page as parsed.
        number: Its number, from 1.
    """

    def __init__(self, book: PdfPages, page: PDFPage, number: int) -> None:
        plain = {"MediaBox": list(page.mediabox), "CropBox": list(page.cropbox), "Rotate": page.rotate}
        page.attrs = {**{name: value for name, value in page.attrs.items() if not name.endswith("Box")}, **plain}
        super().__init__(book, page, number)
        self._most = book.limits.marks

    @property
    def layout(self) -> LTPage:
        """The content of the page."""
        if not hasattr(self, "_layout"):
            device = _Device(self.pdf.rsrcmgr, self.page_number, most=self._most)
            Interpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout = device.get_result()
        return self._layout

    @property
    def marks(self) -> Iterator[LTChar | LTImage]:
        """The characters and images of the page."""
        return (mark for mark in _flat(self.layout) if isinstance(mark, LTChar | LTImage))

    @property
    def areas(self) -> list[LTCurve]:
        """The filled areas of the page without a border: they are shades behind text, not lines."""
        return [mark for mark in _flat(self.layout) if _is_area(mark)]

    def iter_layout_objects(self, layout_objects: Iterable[LTItem]) -> Generator[dict[str, Any], None, None]:
        """Give only lines as objects of pdfplumber; characters are used as they are, which is faster."""
        for mark in _flat(layout_objects):
            if not isinstance(mark, LTChar | LTImage) and not _is_area(mark):
                yield self.process_object(mark)


class _Device(PDFPageAggregator):
    """Collects the objects that a page draws, up to a limit.

    Characters have ``string``, the number of the string of text that they are in; invisible ones have ``hidden``.
    """

    def __init__(self, manager: PDFResourceManager, number: int, *, most: int) -> None:
        super().__init__(manager, pageno=number)
        self._most = most
        self._left = most
        self._hidden = False
        self._strings = 0

    def render_string(
        self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        """Draw a run of text."""
        self._hidden = textstate.render in _HIDDEN
        self._strings += 1
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(self, *args: Any, **options: Any) -> float:
        """Draw a character."""
        advance = super().render_char(*args, **options)
        self._count()
        drawn = vars(self.cur_item._objs[-1])  # noqa: SLF001 - as pdfplumber's own device does
        drawn["string"] = self._strings
        if self._hidden:
            drawn["hidden"] = True
        return advance

    def paint_path(self, *args: Any, **options: Any) -> None:
        """Draw a line or an area."""
        self._count()
        super().paint_path(*args, **options)

    def handle_undefined_char(self, font: PDFFont, cid: int) -> str:  # noqa: ARG002 - the library's own signature
        """Return the replacement for a character of which only the number in its font is known."""
        return LOST

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise InputError("too-many-marks", _CROWDED.format(page=self.pageno, limit=self._most))


def string_of(char: LTChar) -> int:
    """Return the number of the string of text that a character is drawn in."""
    return int(vars(char)["string"])


def _is_area(item: LTItem) -> TypeGuard[LTCurve]:
    return isinstance(item, LTCurve) and item.fill and not item.stroke and min(item.width, item.height) > _THICKEST


def _words(written: bytes) -> str:
    """Return the text of a string in the file's properties."""
    if written.startswith(codecs.BOM_UTF16_LE):  # against the standard, but it occurs
        return written[2:].decode("utf-16-le", "ignore")
    return decode_text(written)


def _flat(items: Iterable[LTItem]) -> Iterator[LTItem]:
    """Give the drawn objects, those inside figures too."""
    for item in items:
        if isinstance(item, LTContainer):
            yield from _flat(item)
        else:
            yield item


@contextmanager
def _in_own_words(reason: Text) -> Iterator[None]:
    """Turn any error of the libraries into one line for people."""
    try:
        yield
    except InputError:
        raise
    except PDFEncryptionError as error:
        raise InputError("locked", limits.LOCKED) from error
    except Exception as error:
        raise _broken(reason) from error


def _broken(reason: Text) -> InputError:
    return InputError("broken-pdf", _BROKEN.format(reason=reason))
