"""The visible content of a page of a PDF: characters, ruling lines and pictures, each with its position."""

from __future__ import annotations

from itertools import groupby
from math import inf
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.pdf.clipping import NO_CUTS, unclipped
from nianbao.readers.pdf.glyphs import DOWNWARDS, UPWARDS, PageView, glyphs_of, turn_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.readers.pdf.clipping import Cuts
    from nianbao.readers.pdf.glyphs import Box, Glyph
    from nianbao.readers.pdf.marks import Marks
    from nianbao.readers.pdf.strings import Char

SNAP = 3.0
_STRAIGHT = 1.0
_MIN_RULE_POINTS = 4.0
_COVERS = 0.5
_PICTURE_WIDTH, _PICTURE_HEIGHT = 0.35, 36.0
_BACKGROUND = 20


class RulingLine(NamedTuple):
    """A vertical or horizontal ruling line: its position, its start and its end."""

    upright: bool
    at: float
    start: float
    end: float


class PageContent(NamedTuple):
    """The content of a page, upright.

    Attributes:
        number: Its number, from 1.
        size: Its width and height.
        glyphs: The visible characters, in the order in which they are drawn.
        rules: The ruling lines; lines near each other are joined.
        pictures: The pictures that may contain a table or a page.
        scanned: Whether its characters come from optical character recognition.
        turn: The rotation of the original page, in quarters, clockwise.
        cuts: The sides at which characters are cut off: the page shows no more of what is printed there.
    """

    number: int
    size: tuple[float, float]
    glyphs: tuple[Glyph, ...]
    rules: tuple[RulingLine, ...]
    pictures: tuple[Box, ...]
    scanned: bool = False
    turn: int = 0
    cuts: Cuts = NO_CUTS

    @property
    def is_picture(self) -> bool:
        """Whether the page consists of a picture only."""
        width, height = self.size
        sizes = ((x1 - x0) * (bottom - top) for x0, top, x1, bottom in self.pictures)
        return not self.scanned and any(size >= width * height * _COVERS for size in sizes)

    def on_page(self, box: Box) -> Box:
        """Return the position of a box on the original page."""
        x0, top, x1, bottom = box
        if self.turn == UPWARDS:
            return top, self.size[0] - x1, bottom, self.size[0] - x0
        if self.turn == DOWNWARDS:
            return self.size[1] - bottom, x0, self.size[1] - top, x1
        return box


def sheet_of(number: int, marks: Marks) -> PageContent:
    """Return the visible content of a page; if all its text runs up or down, it is rotated."""
    view = PageView.of(marks.size, turn_of(marks.chars))
    seen, scanned = _seen(marks)
    seen, cuts = unclipped(seen, view)
    rules = tuple(_merged(_rules(marks.edges, view)))
    glyphs = tuple(glyphs_of(seen, view, walls=[(rule.at, rule.start, rule.end) for rule in rules if rule.upright]))
    boxes = [view.box(image.box) for image in marks.images]
    return PageContent(
        number=number,
        size=view.size,
        glyphs=glyphs,
        rules=rules,
        pictures=tuple(_pictures(boxes, () if scanned else glyphs, view.size)),
        scanned=scanned,
        turn=view.turn,
        cuts=cuts,
    )


def _seen(marks: Marks) -> tuple[list[Char], bool]:
    """Return the visible characters, and whether they come from optical character recognition.

    Recognised characters are under a picture of the whole page, or are drawn invisibly.
    """
    shown: list[Char] = []
    under: list[Char] = []
    most = marks.size[0] * marks.size[1] * _COVERS
    whole = [image for image in marks.images if _extent(image.box) >= most]
    last = max((image.order for image in whole if image.opaque), default=-1)
    grounds = [area.box for area in marks.areas if not area.white] + [image.box for image in marks.images]
    for char in marks.chars:
        run = char.run
        if run.hidden:
            under.append(char)
        elif not run.white or _on_any(char, grounds):
            (under if run.order < last else shown).append(char)
    scanned = bool(whole) and len(under) > len(shown)
    return (under + shown if scanned else shown), scanned


def _extent(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _on_any(char: Char, grounds: Iterable[Box]) -> bool:
    """Whether the background of a character is not white."""
    x, y = (char.box[0] + char.box[2]) / 2, (char.box[1] + char.box[3]) / 2
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in grounds)


def _rules(edges: Iterable[Box], view: PageView) -> Iterator[RulingLine]:
    """Give the vertical and horizontal lines of a page; some programs draw lines beyond its end."""
    width, height = view.size
    for edge in edges:
        x0, top, x1, bottom = view.box(edge)
        x0, top, x1, bottom = max(x0, 0.0), max(top, 0.0), min(x1, width), min(bottom, height)
        if x1 < x0 or bottom < top:
            continue
        if x1 - x0 <= _STRAIGHT:
            yield RulingLine(upright=True, at=(x0 + x1) / 2, start=top, end=bottom)
        elif bottom - top <= _STRAIGHT:
            yield RulingLine(upright=False, at=(top + bottom) / 2, start=x0, end=x1)


def _merged(rules: Iterable[RulingLine]) -> Iterator[RulingLine]:
    """Join lines that are side by side, or that continue each other; leave out dots."""
    for _way, group in groupby(sorted(rules), key=attrgetter("upright")):
        beside: list[RulingLine] = []
        for rule in [*group, None]:
            if beside and (rule is None or rule.at > beside[-1].at + SNAP):
                yield from _joined(beside)
                beside = []
            if rule is not None:
                beside.append(rule)


def _joined(rules: Sequence[RulingLine]) -> Iterator[RulingLine]:
    """Join lines of one row or column that continue each other; each has the place of its own lines.

    Other tables of the page may have lines at nearly the same place.
    """
    run: list[RulingLine] = []
    end = -inf
    for rule in [*sorted(rules, key=attrgetter("start")), None]:
        if rule is not None and rule.start <= end + SNAP:
            run.append(rule)
            end = max(end, rule.end)
            continue
        if run and end - run[0].start >= _MIN_RULE_POINTS:
            yield RulingLine(run[0].upright, sum(part.at for part in run) / len(run), run[0].start, end)
        if rule is not None:
            run, end = [rule], rule.end


def _pictures(boxes: Iterable[Box], glyphs: Sequence[Glyph], size: tuple[float, float]) -> Iterator[Box]:
    """Give the pictures that may contain a table or a page; strips below each other are joined."""
    whole: list[Box] = []
    for box in sorted(boxes, key=itemgetter(1)):
        last = whole[-1] if whole else None
        if last is not None and box[1] <= last[3] + SNAP and abs(box[0] - last[0]) + abs(box[2] - last[2]) <= SNAP:
            whole[-1] = (last[0], last[1], last[2], max(last[3], box[3]))
        else:
            whole.append(box)
    for x0, top, x1, bottom in whole:
        if x1 - x0 < size[0] * _PICTURE_WIDTH or bottom - top < _PICTURE_HEIGHT:
            continue
        over = sum(x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= glyph.base <= bottom for glyph in glyphs)
        if over < _BACKGROUND:
            yield x0, top, x1, bottom
