"""Characters of a page to lines of text, and lines of a cell to its words."""

from __future__ import annotations

import re
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.pdf.glyphs import SAME_LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.readers.pdf.glyphs import Box, Glyph

ORDINAL = re.compile(
    r"[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]|[（(]?\d{1,2}[、.．）)](?!\d)|[①-⑳]"
)
TORN = "\n"  # between two numbers, or two pieces of one, in one cell
_SPACE = 0.2
_TWICE = 0.3
_BELOW = 0.5
_MIN_DOWN_SHARE = 0.6
_MIN_WIDE_GLYPHS = 3
_DIGIT = 0.75
_DIGITS = frozenset("0123456789０１２３４５６７８９.．,，-+−－＋%％")
_FIGURE = re.compile(r"[^\W\d_]?[-+−－＋]{0,2}\d+(?:[,，]\d{3})*(?:[.．]\d+)?\s*(?:[^\W\d_]{1,2}|[%％])?")
_WIDE = "\u2e80"  # scripts from here on are written without spaces


class TextLine(NamedTuple):
    """Characters that stand side by side, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """What the line says; characters that stand apart get a space where their script has such."""
        pieces = [self.glyphs[0].text]
        for before, after in pairwise(self.glyphs):
            if _apart(before, after):
                pieces.append(" ")
            pieces.append(after.text)
        return "".join(pieces)

    @property
    def box(self) -> Box:
        """Where the line stands."""
        return box_of(self.glyphs)

    @property
    def size(self) -> float:
        """The size of most of its characters, which is that in the middle."""
        return sorted(glyph.size for glyph in self.glyphs)[len(self.glyphs) // 2]

    @property
    def lead(self) -> float:
        """The width of its first word: a line above with room for it would have held it."""
        end = self.glyphs[0].x1
        for before, after in pairwise(self.glyphs):
            if max(before.text[-1], after.text[0]) >= _WIDE or _apart(before, after):
                break
            end = after.x1
        return end - self.glyphs[0].x0

    @property
    def base(self) -> float:
        """The height that it stands on."""
        return self.glyphs[0].base


def box_of(glyphs: Iterable[Glyph]) -> Box:
    """Return the box that holds all characters."""
    x0, top, x1, bottom = zip(*((glyph.x0, glyph.top, glyph.x1, glyph.bottom) for glyph in glyphs), strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def lines_of(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Sort characters into lines from top to bottom; what is drawn twice at one place counts once."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=attrgetter("base")):
        first = rows[-1][0] if rows else None
        if first is not None and glyph.base - first.base <= SAME_LINE * min(glyph.size, first.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [TextLine(tuple(_once(sorted(row, key=attrgetter("x0"))))) for row in rows]


def _once(row: Sequence[Glyph]) -> Iterator[Glyph]:
    """Leave out characters that stand again where the same one stands, as programs do to make them bold."""
    last: Glyph | None = None
    for glyph in row:
        if last is None or glyph.text != last.text or glyph.x0 - last.x0 >= (last.x1 - last.x0) * _TWICE:
            yield glyph
            last = glyph


def _apart(before: Glyph, after: Glyph) -> bool:
    """Whether two neighbours in a line stand apart as words do."""
    return (
        before.text[-1] < _WIDE
        and after.text[0] < _WIDE
        and after.x0 - before.x1 > _SPACE * min(before.size, after.size)
    )


def words_of(glyphs: Sequence[Glyph], width: float) -> str:
    """Return what a cell says: its lines joined, in whichever way it is written.

    Args:
        glyphs: Its characters, in the order in which they are drawn.
        width: How wide its lines may be; digits that a line has room for no more go on in the next.
    """
    if _downwards(glyphs):
        return "".join(glyph.text for glyph in glyphs)
    lines = lines_of(glyphs)
    pieces = [line.text for line in lines[:1]]
    for before, after in pairwise(lines):
        pieces += [_joint(before, after, width), after.text]
    return "".join(pieces)


def is_figure(text: str) -> bool:
    """Whether a text is a number, with a sign or a unit perhaps, and nothing else."""
    return _FIGURE.fullmatch(text) is not None


def is_digits(text: str) -> bool:
    """Whether a text is of digits and their signs alone, as a piece of a number is."""
    return all(char in _DIGITS for char in text)


def room(line: TextLine, width: float) -> float:
    """Return how much a line leaves free of a width."""
    x0, _top, x1, _bottom = line.box
    return width - (x1 - x0)


def joint(before: str, after: str) -> str:
    """Return what stands between two lines of one text: nothing in scripts without spaces."""
    return " " if before[-1:] < _WIDE and after[:1] < _WIDE and before and after else ""


def _joint(before: TextLine, after: TextLine, width: float) -> str:
    """Return what stands between two lines of a cell. A number goes on only where its line had no room for the rest."""
    last, first = before.text[-1], after.text[0]
    if last in _DIGITS and first in _DIGITS:
        return "" if room(before, width) < max(after.glyphs[0].size * _DIGIT, after.lead) else TORN
    return joint(last, first)


def _downwards(glyphs: Sequence[Glyph]) -> bool:
    """Whether a text of characters without spaces is written from top to bottom."""
    if sum(glyph.text[0] >= _WIDE for glyph in glyphs) < max(_MIN_WIDE_GLYPHS, len(glyphs) * _MIN_DOWN_SHARE):
        return False
    steps = list(pairwise(glyphs))
    down = sum(
        after.base - before.base > before.size * _BELOW > abs(after.x0 + after.x1 - before.x0 - before.x1) / 2
        for before, after in steps
    )
    return down >= len(steps) * _MIN_DOWN_SHARE
