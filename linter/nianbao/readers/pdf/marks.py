"""What a page draws, as PDFium gives it: characters, lines, areas and images, on the page as it is shown."""

from __future__ import annotations

from ctypes import addressof, c_float, c_int, c_uint, string_at
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.pdf import pdfium
from nianbao.readers.pdf.matrices import box_of, times
from nianbao.readers.pdf.strings import WHITE, Found, chars_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nianbao.readers.pdf.matrices import Box, Matrix
    from nianbao.readers.pdf.strings import Char


_THICKEST = 3.0
_DEEPEST = 30  # forms in forms
_OPAQUE_SHARE = 0.9


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
        found.append(Found(order, handle, kind, around))
    if replaced:
        for item in found:
            _without_words(item.handle)
    areas: list[Area] = []
    edges: list[Box] = []
    images: list[tuple[int, Box, int]] = []
    strings: dict[int, Found] = {}
    for item in found:
        order, handle, kind, around = item
        if kind == pdfium.TEXT:
            strings[handle] = item
        elif kind == pdfium.PATH:
            _draw(handle, around, areas, edges)
        else:
            images.append((order, box_of(((0, 0), (1, 0), (1, 1), (0, 1)), times(_matrix(handle), around)), handle))
    chars = chars_of(page, strings=strings, view=view, count=count) if strings else []
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
    around = times(_matrix(form), around)
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


def _is_white(handle: int) -> bool:
    """Whether an object is filled with white; a pattern is not."""
    paint = (c_uint * 4)()
    at = addressof(paint)
    return bool(pdfium.fill_colour(handle, at, at + 4, at + 8, at + 12)) and min(paint[:3]) >= WHITE


def _draw(handle: int, around: Matrix, areas: list[Area], edges: list[Box]) -> None:
    """Add the lines of a path, or the areas that it fills."""
    modes = (c_int * 2)()
    pdfium.draw_mode(handle, addressof(modes), addressof(modes) + 4)
    fills, strokes = modes
    if not fills and not strokes:
        return
    matrix = times(_matrix(handle), around)
    for points in _lines_of(handle):
        x0, y0, x1, y1 = box = box_of(points, matrix)
        if fills and not strokes and min(x1 - x0, y1 - y0) > _THICKEST:
            areas.append(Area(box, _is_white(handle)))
        else:
            edges += [box_of(ends, matrix) for ends in pairwise(points)]


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
