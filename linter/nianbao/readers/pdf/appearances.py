"""Content on top of a page: form fields that are filled in, and text that was typed onto the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, dict_value, int_value, list_value, num_value, resolve1
from pdfminer.psparser import LIT, literal_name
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_rect, mult_matrix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pdfminer.pdfpage import PDFPage
    from pdfminer.utils import Matrix

_SHOWN = frozenset(("Widget", "FreeText", "Stamp"))
_HIDDEN = 2 | 32
_MAX_ANNOTATIONS = 2000
_NAME = LIT("appearance")


class Interpreter(PDFPageInterpreter):
    """Draws a page, and then the content on top of it."""

    _page: PDFPage | None = None

    def process_page(self, page: PDFPage) -> None:
        """Draw a page."""
        self._page = page
        super().process_page(page)

    def render_contents(  # type: ignore[override]  # pdfminer passes the matrix by name
        self, resources: dict[object, object], streams: Sequence[object], *, ctm: Matrix = MATRIX_IDENTITY
    ) -> None:
        """Draw the content of a page, or of a form inside it."""
        super().render_contents(resources, streams, ctm)
        page, self._page = self._page, None
        for form, matrix in _appearances(page) if page is not None else ():
            self.init_state(mult_matrix(matrix, ctm))
            self.xobjmap = {_NAME.name: form}
            self.do_Do(_NAME)


def _appearances(page: PDFPage) -> Iterator[tuple[PDFStream, Matrix]]:
    """Give the form objects on top of a page, each with the matrix that moves it to its place."""
    for entry in list_value(page.annots)[:_MAX_ANNOTATIONS]:
        note = dict_value(entry)
        form = resolve1(dict_value(note.get("AP")).get("N"))
        if literal_name(note.get("Subtype")) not in _SHOWN or int_value(note.get("F")) & _HIDDEN:
            continue
        if isinstance(form, PDFStream) and (matrix := _placed(form, _numbers(note.get("Rect")))) is not None:
            form.attrs["Subtype"] = LIT("Form")
            yield form, matrix


def _placed(form: PDFStream, rect: Sequence[float]) -> Matrix | None:
    """Return the matrix that moves a form object to a place of the page; ``None`` if it has no such box."""
    box, own = _numbers(form.get("BBox")), _numbers(form.get("Matrix", MATRIX_IDENTITY))
    if len(rect) != len(box) or len(box) != 4 or len(own) != 6:
        return None
    left, low, right, high = apply_matrix_rect(_six(own), (box[0], box[1], box[2], box[3]))
    if right <= left or high <= low:
        return None
    across, up = abs(rect[2] - rect[0]) / (right - left), abs(rect[3] - rect[1]) / (high - low)
    return across, 0, 0, up, min(rect[0], rect[2]) - left * across, min(rect[1], rect[3]) - low * up


def _numbers(written: object) -> list[float]:
    return [num_value(value) for value in list_value(written)]


def _six(numbers: Sequence[float]) -> Matrix:
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f
