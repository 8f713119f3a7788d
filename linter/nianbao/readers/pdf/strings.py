"""The characters of a page as PDFium gives them, each in the string of text that it is drawn in."""

from __future__ import annotations

from ctypes import addressof, c_double, c_float, c_uint
from math import hypot
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.pdf import pdfium
from nianbao.readers.pdf.matrices import UPRIGHT, box_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nianbao.readers.pdf.matrices import Box, Matrix

LOST = "\ufffd"
_HIDDEN = (3, 7)  # modes of drawing text: invisible, or only as a clipping path
WHITE = 250  # of 255
_SEEN_ALPHA = 3
_FIRST_HALF, _SECOND_HALF, _NO_HALF = 0xD800, 0xDC00, 0xE000  # codes of halves of characters
_HYPHEN = 2  # instead of a hyphen at the end of a line
_ABOVE, _BELOW = 0.88, 0.12  # of the size of a character, above and below its base line
_UNEVEN = 0.05
_ALIKE = 0.001
_NO_INK = 0.01
_AGAIN = 0.3
_LEAST_SIZE = 5.0
_LATIN = ("Helvetica", "Times", "Courier", "Arial")  # fonts whose letters and figures PDFium has itself


class Run(NamedTuple):
    """A string of text: its place in the order of drawing, its direction and slope, and how it is painted.

    ``size`` is that on the page, ``stated`` that of its font. ``clip`` is a box outside of which nothing of it is
    shown, counted from the lower left corner; ``None`` if the file states none.
    """

    order: int
    across: float
    up: float
    lean: float
    size: float
    stated: float
    white: bool
    hidden: bool
    clip: Box | None = None


class Char(NamedTuple):
    """A character: its box, counted from the lower left corner, its base point, and its string of text."""

    text: str
    box: Box
    base: tuple[float, float]
    level: bool
    run: Run


class Found(NamedTuple):
    """An object of a page, its place in the order of drawing, and the matrix of the forms around it."""

    order: int
    handle: int
    kind: int
    around: Matrix


def chars_of(page: int, *, strings: Mapping[int, Found], view: Matrix, count: Callable[[int], None]) -> list[Char]:
    """Return the characters of a page in the order of drawing.

    Args:
        page: The page.
        strings: The strings of text, each with its place in the order of drawing.
        view: The matrix that brings the page into the position in which it is shown.
        count: Called with the number of characters.
    """
    text = pdfium.load_text(page)
    try:
        size = pdfium.count_chars(text)
        count(size)
        found = list(_read(text, size, strings, view))
        found += _missing(found, strings)
    finally:
        pdfium.close_text(text)
    return sorted(found, key=lambda char: char.run.order)


def _read(text: int, size: int, strings: Mapping[int, Found], view: Matrix) -> Iterator[Char]:
    """Give the characters in the order in which PDFium holds them; those that one code stands for are one."""
    origin, edge = (c_double * 2)(), (c_float * 4)()
    at, box_at = addressof(origin), addressof(edge)
    place, bounds, string_of, code_point = pdfium.char_origin, pdfium.char_box, pdfium.string_of, pdfium.code_point
    moved = view[:4] != UPRIGHT[:4]
    right, up = view[4:]
    runs: dict[int, Run] = {}
    run_of = _Runs(text, view)
    last: Char | None = None
    for index in range(size):
        handle = string_of(text, index)
        run = runs.get(handle)
        if run is None:
            if handle not in strings:
                continue  # spaces and ends of lines that PDFium adds
            run = runs[handle] = run_of(index, strings[handle])
        code = code_point(text, index)
        usual = code > _HYPHEN and not _FIRST_HALF <= code < _NO_HALF and not pdfium.is_unknown(text, index)
        word = chr(code) if usual else _unusual(text, index, code)
        place(text, index, at, at + 8)
        bounds(text, index, box_at)
        x, y = origin
        left, top, end, bottom = edge
        if moved:
            x, y, _x, _y = box_of(((x, y),), view)
            box = box_of(((left, bottom), (end, top)), view)
        else:
            x, y, box = x + right, y + up, (left + right, bottom + up, end + right, top + up)
        char = _placed(word, (x, y), box, run)
        if last is not None and last.run is run and last.base == char.base and last.box == char.box:
            last = last._replace(text=last.text + word)
            continue
        if last is not None:
            yield last
        last = char
    if last is not None:
        yield last


def _missing(found: Sequence[Char], strings: Mapping[int, Found]) -> Iterator[Char]:
    """Give a character that cannot be known for each string of text that PDFium leaves out, and that may show some.

    It leaves out strings that are drawn again, and those without ink: spaces, unless it has no ink for the whole font.
    """
    read = {char.run.order for char in found}
    left = [string for string in strings.values() if string.order not in read]
    if not left:
        return
    known = [string for string in strings.values() if string.order in read]
    fonts = {pdfium.font_of(string.handle) for string in known}
    boxes: list[Box] = []
    for string in left:
        if pdfium.text_mode(string.handle) in _HIDDEN:
            continue
        x0, y0, x1, y1 = _bounds(string)
        if x1 - x0 < _NO_INK:
            font = pdfium.font_of(string.handle)
            if font in fonts or pdfium.is_embedded(font) or pdfium.name_of(font).startswith(_LATIN):
                continue
        else:
            boxes = boxes or [_bounds(other) for other in known]
            near = (x1 - x0) * _AGAIN
            if any(max(abs(x0 - at[0]), abs(x1 - at[2]), abs(y0 - at[1])) < near for at in boxes):
                continue
        size = max(y1 - y0, _LEAST_SIZE)
        run = Run(string.order, 1.0, 0.0, 0.0, size, size, white=False, hidden=False)
        yield Char(LOST, (x0, y0, max(x1, x0 + size / 2), y0 + size), (x0, y0), level=True, run=run)


def _bounds(found: Found) -> Box:
    left, low, right, high = pdfium.bounds_of(found.handle)
    return box_of(((left, low), (right, high)), found.around)


def _clip(found: Found) -> Box | None:
    """Return the box around what may be seen of an object: that which all its clipping paths have in common."""
    clip = pdfium.clip_of(found.handle)
    boxes = [_clip_box(clip, path, found.around) for path in range(pdfium.count_clips(clip))]
    sides = list(zip(*filter(None, boxes), strict=True))
    return (max(sides[0]), max(sides[1]), min(sides[2]), min(sides[3])) if sides else None


def _clip_box(clip: int, path: int, around: Matrix) -> Box | None:
    points: list[tuple[float, float]] = []
    place = (c_float * 2)()
    at = addressof(place)
    for number in range(pdfium.count_clip_segments(clip, path)):
        pdfium.segment_point(pdfium.clip_segment(clip, path, number), at, at + 4)
        points.append((place[0], place[1]))
    return box_of(points, around) if points else None


def _placed(word: str, base: tuple[float, float], box: Box, run: Run) -> Char:
    """Return a character; the height of its box is that of its size, since those that fonts state differ."""
    x, y = base
    size = run.size
    wide, high = box[2] - box[0], box[3] - box[1]
    if abs(wide - run.stated) + abs(high - run.stated) < run.stated * _ALIKE:  # writing downwards: a box of PDFium's
        box = (x, y, x + size, y + size) if run.up >= 0 else (x - size, y - size, x, y)
    if run.across > 0 and not run.up and (run.lean or abs(box[0] - x) < size * _UNEVEN):
        end = box[2] if not run.lean else x + box[2] - box[0] - abs(run.lean) * (box[3] - box[1])
        return Char(word, (x, y - size * _BELOW, end, y + size * _ABOVE), base, level=True, run=run)
    if not run.across and abs(box[1 if run.up > 0 else 3] - y) < size * _UNEVEN:
        over, under = (_ABOVE, _BELOW) if run.up > 0 else (_BELOW, _ABOVE)
        return Char(word, (x - size * over, box[1], x + size * under, box[3]), base, level=False, run=run)
    return Char(word, box, base, level=False, run=run)


def _unusual(text: int, index: int, code: int) -> str:
    """Return a character whose code is no usual one, or is in two halves; ``LOST`` if it cannot be known."""
    if code == _HYPHEN and pdfium.is_hyphen(text, index):
        return "-"
    if _FIRST_HALF <= code < _SECOND_HALF <= (other := pdfium.code_point(text, index + 1)) < _NO_HALF:
        return chr(0x10000 + (code - _FIRST_HALF) * 0x400 + other - _SECOND_HALF)
    return "" if _SECOND_HALF <= code < _NO_HALF else LOST


class _Runs:
    """Makes the strings of text of a page; most programs draw each character as one."""

    def __init__(self, text: int, view: Matrix) -> None:
        self._text = text
        self._view = view
        self._six, self._size, self._paint = (c_float * 6)(), c_float(), (c_uint * 4)()
        self._at = addressof(self._six), addressof(self._size), addressof(self._paint)

    def __call__(self, index: int, string: Found) -> Run:
        """Return the string of text that a character is in."""
        handle = string.handle
        six, size, paint = self._at
        pdfium.char_matrix(self._text, index, six)
        pdfium.font_size(handle, size)
        known = pdfium.fill_colour(handle, paint, paint + 4, paint + 8, paint + 12)
        a, b, c, d, _e, _f = self._six
        k, m, n, p, _q, _r = self._view
        across, up, over, high = a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p
        stated = abs(self._size.value)
        red, green, blue, alpha = self._paint
        return Run(
            string.order,
            across,
            up,
            over / high if high else 0.0,
            stated * hypot(over, high),
            stated,
            white=bool(known) and min(red, green, blue) >= WHITE,
            hidden=pdfium.text_mode(handle) in _HIDDEN or (bool(known) and alpha < _SEEN_ALPHA),
            clip=_clip(string),
        )
