"""Makes lines of text from the characters of a page, and the text of a cell from its lines."""

from __future__ import annotations

import re
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.pdf.glyphs import SAME_LINE, TORN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.readers.pdf.glyphs import Box, Glyph

ORDINAL = re.compile(
    r"[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]|[（(]?\d{1,2}[、.．）)](?!\d)|[①-⑳]"
)
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
    """Characters side by side, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The text of the line; characters at a distance get a space between them if their script has spaces."""
        pieces = [self.glyphs[0].text]
        for before, after in pairwise(self.glyphs):
            if _apart(before, after):
                pieces.append(" ")
            pieces.append(after.text)
        return "".join(pieces)

    @property
    def box(self) -> Box:
        """The position of the line."""
        return box_of(self.glyphs)

    @property
    def size(self) -> float:
        """The size of most of its characters: the median."""
        return sorted(glyph.size for glyph in self.glyphs)[len(self.glyphs) // 2]

    @property
    def lead(self) -> float:
        """The width of its first word; if a line above had room for it, the word would be there."""
        end = self.glyphs[0].x1
        for before, after in pairwise(self.glyphs):
            if max(before.text[-1], after.text[0]) >= _WIDE or _apart(before, after):
                break
            end = after.x1
        return end - self.glyphs[0].x0

    @property
    def base(self) -> float:
        """The height of its base line."""
        return self.glyphs[0].base


def box_of(glyphs: Iterable[Glyph]) -> Box:
    """Return the box around all characters."""
    _text, x0, top, x1, bottom, *_others = zip(*glyphs, strict=True)  # which is faster than to name them
    return min(x0), min(top), max(x1), max(bottom)


def lines_of(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Sort characters into lines from top to bottom; characters drawn twice at one position count once."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=attrgetter("base")):
        first = rows[-1][0] if rows else None
        if first is not None and glyph.base - first.base <= SAME_LINE * min(glyph.size, first.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [TextLine(tuple(_once(sorted(row, key=attrgetter("x0"))))) for row in rows]


def _once(row: Sequence[Glyph]) -> Iterator[Glyph]:
    """Leave out characters that are drawn again at the same position, as programs do to make them bold."""
    last: Glyph | None = None
    for glyph in row:
        if last is None or glyph.text != last.text or glyph.x0 - last.x0 >= (last.x1 - last.x0) * _TWICE:
            yield glyph
            last = glyph


def _apart(before: Glyph, after: Glyph) -> bool:
    """Whether the distance of two neighbours in a line is that of words."""
    return (
        before.text[-1] < _WIDE
        and after.text[0] < _WIDE
        and after.x0 - before.x1 > _SPACE * min(before.size, after.size)
    )


def words_of(glyphs: Sequence[Glyph], width: float) -> str:
    """Return the text of a cell: its lines joined, whether they run across or down.

    Args:
        glyphs: Its characters, in the order in which they are drawn.
        width: The maximum width of its lines; digits that do not fit into a line continue in the next.
    """
    if _downwards(glyphs):
        return "".join(glyph.text for glyph in glyphs)
    lines = lines_of(glyphs)
    pieces = [_figures(line) for line in lines[:1]]
    for before, after in pairwise(lines):
        pieces += [_joint(before, after, width), _figures(after)]
    return "".join(pieces)


def _figures(line: TextLine) -> str:
    """Return the text of a line of a cell; figures that touch or cover each other are torn, never one figure."""
    if all(not _touch(before, after) for before, after in pairwise(line.glyphs)):
        return line.text
    return TORN.join(glyph.text for glyph in line.glyphs)


def _touch(before: Glyph, after: Glyph) -> bool:
    """Whether two figures, or parts of figures, are in one place."""
    return before.text[-1] in _DIGITS and after.text[0] in _DIGITS and not _apart(before, after)


def is_figure(text: str) -> bool:
    """Whether a text is only a number, with or without a sign or a unit."""
    return _FIGURE.fullmatch(text) is not None


def is_digits(text: str) -> bool:
    """Whether a text consists only of digits and signs, as part of a number."""
    return all(char in _DIGITS for char in text)


def room(line: TextLine, width: float) -> float:
    """Return the free part of a width behind a line."""
    x0, _top, x1, _bottom = line.box
    return width - (x1 - x0)


def joint(before: str, after: str) -> str:
    """Return the separator between two lines of one text: empty in scripts without spaces."""
    return " " if before[-1:] < _WIDE and after[:1] < _WIDE and before and after else ""


def _joint(before: TextLine, after: TextLine, width: float) -> str:
    """Return the separator between two lines of a cell; a number continues only if its line had no room left."""
    last, first = before.text[-1], after.text[0]
    if last in _DIGITS and first in _DIGITS:
        return "" if room(before, width) < max(after.glyphs[0].size * _DIGIT, after.lead) else TORN
    return joint(last, first)


def _downwards(glyphs: Sequence[Glyph]) -> bool:
    """Whether a text in a script without spaces is written from top to bottom."""
    if sum(glyph.text[0] >= _WIDE for glyph in glyphs) < max(_MIN_WIDE_GLYPHS, len(glyphs) * _MIN_DOWN_SHARE):
        return False
    steps = list(pairwise(glyphs))
    down = sum(
        after.base - before.base > before.size * _BELOW > abs(after.x0 + after.x1 - before.x0 - before.x1) / 2
        for before, after in steps
    )
    return down >= len(steps) * _MIN_DOWN_SHARE
