"""What a page draws, as PDFium gives it: characters, lines, areas and images, on the page as it is shown."""

from __future__ import annotations

from ctypes import addressof, c_double, c_float, c_int, c_uint, string_at
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.pdf import pdfium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

LOST = "\ufffd"
UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_THICKEST = 3.0
_HIDDEN = (3, 7)  # modes of drawing text: invisible, or only as a clipping path
_WHITE = 250  # of 255
_SEEN_ALPHA = 3
_DEEPEST = 30  # forms in forms
_HYPHEN = 2  # instead of a hyphen at the end of a line
_ABOVE, _BELOW = 0.88, 0.12  # of the size of a character, above and below its base line
_UNEVEN = 0.05
_ALIKE = 0.001
_NO_INK = 0.01
_AGAIN = 0.3
_LEAST_SIZE = 5.0
_LATIN = ("Helvetica", "Times", "Courier", "Arial")  # fonts whose letters and figures PDFium has itself
_OPAQUE_SHARE = 0.9


class Run(NamedTuple):
    """A string of text: its place in the order of drawing, its direction and slope, and how it is painted.

    ``size`` is that on the page, ``stated`` that of its font.
    """

    order: int
    across: float
    up: float
    lean: float
    size: float
    stated: float
    white: bool
    hidden: bool


class Char(NamedTuple):
    """A character: its box, counted from the lower left corner, its base point, and its string of text."""

    text: str
    box: Box
    base: tuple[float, float]
    level: bool
    run: Run


class Image(NamedTuple):
    """An image: its place in the order of drawing, its box, and whether nothing below it can be seen."""

    order: int
    box: Box
    opaque: bool


class Area(NamedTuple):
    """A filled area without a border."""

    box: Box
    white: bool


class Marks(NamedTuple):
    """All that a page draws: its characters in the order of drawing, and the boxes of its lines."""

    size: tuple[float, float]
    chars: list[Char]
    images: list[Image]
    areas: list[Area]
    edges: list[Box]


class _Found(NamedTuple):
    """An object of a page, its place in the order of drawing, and the matrix of the forms around it."""

    order: int
    handle: int
    kind: int
    around: Matrix


def marks_of(page: int, document: int, *, count: Callable[[int], None], replaced: bool) -> Marks:
    """Return what a page draws.

    Args:
        page: The page.
        document: Its file.
        count: Called with numbers of objects that were found; it may refuse the page.
        replaced: Whether the file may say of some of its texts what they stand for: only what they show is read.
    """
    view, size = _view(page)
    found = []
    for order, (handle, kind, around) in enumerate(_objects(page, view)):
        count(1)
        found.append(_Found(order, handle, kind, around))
    if replaced:
        for item in found:
            _without_words(item.handle)
    areas: list[Area] = []
    edges: list[Box] = []
    images: list[tuple[int, Box, int]] = []
    strings: dict[int, _Found] = {}
    for item in found:
        order, handle, kind, around = item
        if kind == pdfium.TEXT:
            strings[handle] = item
        elif kind == pdfium.PATH:
            _draw(handle, around, areas, edges)
        else:
            images.append((order, _box_of(((0, 0), (1, 0), (1, 1), (0, 1)), _times(_matrix(handle), around)), handle))
    chars = _chars(page, strings, view, count) if strings else []
    shown = [
        Image(order, box, opaque=_covers(box, size) and _is_opaque(document, page, handle))
        for order, box, handle in images
    ]
    return Marks(size, chars, shown, areas, edges)


def _covers(box: Box, size: tuple[float, float]) -> bool:
    return (box[2] - box[0]) * (box[3] - box[1]) * 2 >= size[0] * size[1]


def _view(page: int) -> tuple[Matrix, tuple[float, float]]:
    """Return the matrix that brings a page into the position in which it is shown, and its size there."""
    edge = (c_float * 4)()
    pdfium.page_box(page, addressof(edge))
    left, top, right, bottom = edge
    width, height = right - left, top - bottom
    views: dict[int, Matrix] = {
        0: (1.0, 0.0, 0.0, 1.0, -left, -bottom),
        1: (0.0, -1.0, 1.0, 0.0, -bottom, right),
        2: (-1.0, 0.0, 0.0, -1.0, right, top),
        3: (0.0, 1.0, -1.0, 0.0, top, -left),
    }
    turn = pdfium.page_rotation(page)
    return views.get(turn, views[0]), (height, width) if turn % 2 else (width, height)


def _objects(page: int, view: Matrix) -> Iterator[tuple[int, int, Matrix]]:
    """Give the texts, paths and images of a page in the order of drawing, those in forms too."""
    for place in range(pdfium.count_objects(page)):
        handle = pdfium.object_at(page, place)
        kind = pdfium.kind_of(handle)
        if kind == pdfium.FORM:
            yield from _inner(handle, view, 1)
        elif kind in (pdfium.TEXT, pdfium.PATH, pdfium.IMAGE):
            yield handle, kind, view


def _inner(form: int, around: Matrix, depth: int) -> Iterator[tuple[int, int, Matrix]]:
    """Give the objects in a form."""
    around = _times(_matrix(form), around)
    for place in range(pdfium.count_in_form(form)):
        handle = pdfium.object_in_form(form, place)
        kind = pdfium.kind_of(handle)
        if kind == pdfium.FORM and depth < _DEEPEST:
            yield from _inner(handle, around, depth + 1)
        elif kind in (pdfium.TEXT, pdfium.PATH, pdfium.IMAGE):
            yield handle, kind, around


def _without_words(handle: int) -> None:
    """Remove the marks of an object that say what it stands for."""
    for place in range(pdfium.count_marks(handle) - 1, -1, -1):
        mark = pdfium.mark_at(handle, place)
        if pdfium.says_otherwise(mark):
            pdfium.remove_mark(handle, mark)


def _matrix(handle: int) -> Matrix:
    six = (c_float * 6)()
    pdfium.matrix_of(handle, addressof(six))
    a, b, c, d, e, f = six
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does what one does, and then the other."""
    a, b, c, d, e, f = one
    k, m, n, p, q, r = other
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r


def _box_of(points: Sequence[tuple[float, float]], matrix: Matrix) -> Box:
    """Return the box around points, moved by a matrix."""
    a, b, c, d, e, f = matrix
    across = [x * a + y * c + e for x, y in points]
    up = [x * b + y * d + f for x, y in points]
    return min(across), min(up), max(across), max(up)


def _is_white(handle: int) -> bool:
    """Whether an object is filled with white; a pattern is not."""
    paint = (c_uint * 4)()
    at = addressof(paint)
    return bool(pdfium.fill_colour(handle, at, at + 4, at + 8, at + 12)) and min(paint[:3]) >= _WHITE


def _draw(handle: int, around: Matrix, areas: list[Area], edges: list[Box]) -> None:
    """Add the lines of a path, or the areas that it fills."""
    modes = (c_int * 2)()
    pdfium.draw_mode(handle, addressof(modes), addressof(modes) + 4)
    fills, strokes = modes
    if not fills and not strokes:
        return
    matrix = _times(_matrix(handle), around)
    for points in _lines_of(handle):
        x0, y0, x1, y1 = box = _box_of(points, matrix)
        if fills and not strokes and min(x1 - x0, y1 - y0) > _THICKEST:
            areas.append(Area(box, _is_white(handle)))
        else:
            edges += [_box_of(ends, matrix) for ends in pairwise(points)]


def _lines_of(path: int) -> Iterator[list[tuple[float, float]]]:
    """Give the points of the parts of a path; those that steer a curve are left out."""
    points: list[tuple[float, float]] = []
    place = (c_float * 2)()
    at = addressof(place)
    curved = 0
    for number in range(pdfium.count_segments(path)):
        segment = pdfium.segment_at(path, number)
        kind = pdfium.segment_kind(segment)
        curved = (curved + 1) % 3 if kind == pdfium.BEZIER_TO else 0
        if curved:
            continue
        if kind == pdfium.MOVE_TO:
            if len(points) > 1:
                yield points
            points = []
        pdfium.segment_point(segment, at, at + 4)
        points.append((place[0], place[1]))
        if pdfium.segment_closes(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _is_opaque(document: int, page: int, image: int) -> bool:
    """Whether nearly nothing below an image can be seen through it."""
    bitmap = pdfium.rendered_image(document, page, image)
    if not bitmap:
        return True
    try:
        size = pdfium.bitmap_stride(bitmap) * pdfium.bitmap_height(bitmap)
        if pdfium.bitmap_format(bitmap) < pdfium.WITH_ALPHA:
            return True
        alpha = string_at(pdfium.bitmap_bytes(bitmap), size)[3::4]
        return alpha.count(255) > len(alpha) * _OPAQUE_SHARE
    finally:
        pdfium.destroy_bitmap(bitmap)


def _chars(page: int, strings: dict[int, _Found], view: Matrix, count: Callable[[int], None]) -> list[Char]:
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


def _read(text: int, size: int, strings: dict[int, _Found], view: Matrix) -> Iterator[Char]:
    """Give the characters in the order in which PDFium holds them; those that one code stands for are one."""
    origin, edge = (c_double * 2)(), (c_float * 4)()
    at, box_at = addressof(origin), addressof(edge)
    moved = view[:4] != UPRIGHT[:4]
    right, up = view[4:]
    runs: dict[int, Run] = {}
    last: Char | None = None
    for index in range(size):
        handle = pdfium.string_of(text, index)
        if handle is None or handle not in strings:
            continue  # spaces and ends of lines that PDFium adds
        word = _written(text, index)
        run = runs.get(handle)
        if run is None:
            run = runs[handle] = _run(text, index, strings[handle], view)
        pdfium.char_origin(text, index, at, at + 8)
        pdfium.char_box(text, index, box_at)
        x, y = origin
        left, top, end, bottom = edge
        if moved:
            x, y, _x, _y = _box_of(((x, y),), view)
            left, bottom, end, top = _box_of(((left, bottom), (end, top)), view)
        else:
            x, y, left, bottom, end, top = x + right, y + up, left + right, bottom + up, end + right, top + up
        char = _placed(word, (x, y), (left, bottom, end, top), run)
        if last is not None and last.run is run and last.base == char.base and last.box == char.box:
            last = last._replace(text=last.text + word)
            continue
        if last is not None:
            yield last
        last = char
    if last is not None:
        yield last


def _missing(found: Sequence[Char], strings: Mapping[int, _Found]) -> Iterator[Char]:
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


def _bounds(found: _Found) -> Box:
    left, low, right, high = pdfium.bounds_of(found.handle)
    return _box_of(((left, low), (right, high)), found.around)


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


def _written(text: int, index: int) -> str:
    """Return a character; ``LOST`` if it cannot be known."""
    code = pdfium.code_point(text, index)
    if code == _HYPHEN and pdfium.is_hyphen(text, index):
        return "-"
    if not code or pdfium.is_unknown(text, index) or 0xD800 <= code < 0xE000:
        return LOST
    return chr(code)


def _run(text: int, index: int, string: _Found, view: Matrix) -> Run:
    """Return the string of text that a character is in."""
    six, number = (c_float * 6)(), c_float()
    handle = string.handle
    pdfium.char_matrix(text, index, addressof(six))
    pdfium.font_size(handle, addressof(number))
    a, b, c, d, e, f = six
    across, up, over, high, _e, _f = _times((a, b, c, d, e, f), view)
    size = abs(number.value) * (over * over + high * high) ** 0.5
    paint = (c_uint * 4)()
    at = addressof(paint)
    known = pdfium.fill_colour(handle, at, at + 4, at + 8, at + 12)
    white = bool(known) and min(paint[:3]) >= _WHITE
    hidden = pdfium.text_mode(handle) in _HIDDEN or (bool(known) and paint[3] < _SEEN_ALPHA)
    return Run(string.order, across, up, over / high if high else 0.0, size, abs(number.value), white, hidden)
