"""Texts of one or more lines that may be cells of tables without lines, by the order in which they are drawn.

A program writes a cell to its end before the next: lines that are drawn one after the other, and stand below each
other, are one text as long as they are full.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.pdf.lines import ORDINAL, Line, is_digits, is_figure, joint
from nianbao.readers.pdf.prose import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.readers.pdf.prose import Written
    from nianbao.readers.pdf.sheet import Box, Glyph, Sheet

SAME_LINE = 0.35
PAGE = 100_000.0
_APART, _DIGITS_APART, _BACK = 0.8, 0.25, 0.2
_TWICE = 0.3
_TABBED = 3.0
_NEAREST, _FARTHEST = 0.6, 2.3
_ALIGNED = 0.35
_FULL, _WIDER = 1.1, 0.7
_OTHER_SIZE = 1.15
_MOST = 4000


_Group = list[tuple["Written", list["Glyph"]]]


class Patch(NamedTuple):
    """The text of one cell, or of what may be one, by its lines."""

    lines: tuple[Written, ...]

    @property
    def text(self) -> str:
        """What it says; a number whose line had room for more may be two."""
        text = self.lines[0].text
        for above, line in pairwise(self.lines):
            wrapped = is_digits(text) and _width(line) < _width(above) + line.size * _ALIGNED
            text += ("" if wrapped else " " if is_digits(text) else joint(text, line.text)) + line.text
        return text

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure, or what may be one."""
        return all(is_digits(line.text) or is_figure(line.text) for line in self.lines)

    @property
    def left(self) -> float:
        """Where it begins, across."""
        return min(line.box[0] for line in self.wrapped)

    @property
    def right(self) -> float:
        """Where it ends, across."""
        return max(line.box[2] for line in self.wrapped)

    @property
    def wrapped(self) -> tuple[Written, ...]:
        """The lines that show how wide it may be: the number of an item may push its first line to the right."""
        return self.lines[1:] if len(self.lines) > 1 and ORDINAL.match(self.lines[0].text) else self.lines

    @property
    def first(self) -> float:
        """Where its first line stands, all pages below each other."""
        return height(self.lines[0])

    @property
    def last(self) -> float:
        """Where its last line stands, all pages below each other."""
        return height(self.lines[-1])

    @property
    def size(self) -> float:
        """The size of its characters."""
        return self.lines[0].size

    @property
    def box(self) -> Box:
        """Where it stands on its first page."""
        boxes = [line.box for line in self.lines if line.page == self.lines[0].page]
        x0, top, x1, bottom = zip(*boxes, strict=True)
        return min(x0), min(top), max(x1), max(bottom)

    def holds(self, line: Written) -> bool:
        """Whether a line that is drawn next goes on with the text, as one that is wrapped does."""
        last = self.lines[-1]
        if is_digits(last.text) != is_digits(line.text) or ORDINAL.match(line.text):
            return False
        if max(line.size, last.size) > min(line.size, last.size) * _OTHER_SIZE:
            return False
        if not _NEAREST < (height(line) - height(last)) / line.size < _FARTHEST:
            return False
        return self.is_above(line) and (is_digits(line.text) or (self.is_full and self.is_as_wide(line)))

    @property
    def is_full(self) -> bool:
        """Whether its last line is about as wide as any."""
        return _width(self.lines[-1]) > self.right - self.left - self.size * _FULL

    def is_as_wide(self, line: Written) -> bool:
        """Whether a line has room where the lines of the text have."""
        return _width(line) < max(map(_width, self.lines)) + line.size * _WIDER

    def is_above(self, line: Written) -> bool:
        """Whether a line stands in the column of the text: one of its sides, or its middle, is the same."""
        x0, _top, x1, _bottom = line.box
        middle = x0 + x1 - self.left - self.right
        return min(abs(x0 - self.left), abs(x1 - self.right), abs(middle) / 2) <= line.size * _ALIGNED


def _width(line: Written) -> float:
    return line.box[2] - line.box[0]


def height(line: Written) -> float:
    """Return where a line stands, all pages below each other."""
    return line.page * PAGE + line.base


def patches_of(glyphs: Sequence[Glyph], sheet: Sheet) -> list[tuple[Patch, list[Glyph]]]:
    """Return the texts of a page from top to bottom, with their characters; none of a page crowded with them."""
    groups: list[_Group] = []
    for run in _runs(glyphs):
        line = written(Line(tuple(run)), sheet)
        above = _patch(groups[-1]) if groups else None
        if above is not None and above.holds(line):
            groups[-1].append((line, run))
        elif above is not None and len(above.lines) > 1 and Patch(above.lines[-1:]).holds(line):
            # A short line in the middle of a text: what is wide above it was a text of its own.
            groups.append([groups[-1].pop(), (line, run)])
        else:
            groups.append([(line, run)])
    if len(groups) > _MOST:
        return []
    patches = [(_patch(part), [glyph for _line, run in part for glyph in run]) for part in _unmixed(groups)]
    return sorted(patches, key=lambda one: one[0].box[1])


def _patch(group: _Group) -> Patch:
    return Patch(tuple(line for line, _run in group))


def _unmixed(groups: Iterable[_Group]) -> Iterator[_Group]:
    """Cut texts in two where a row of a table begins below the first lines: what stands beside them begins there.

    In the middle of a text of several lines, though, is where what stands beside it may be set.
    """
    groups = list(groups)
    begins = sorted((group[0][0].base, group[0][0].box[0]) for group in groups)
    bases = sorted(line.base for group in groups for line, _run in group)
    for group in groups:
        begun = 0
        for place, (line, _run) in enumerate(group):
            near, size = line.size * SAME_LINE, len(group) - begun
            level = begins[bisect_left(begins, (line.base - near,)) : bisect_left(begins, (line.base + near,))]
            alone = place > begun and all(_count(bases, one.base, near) == 1 for one, _run in group[begun:place])
            if alone and 2 * (place - begun) != size - 1 and any(left > line.box[2] for _base, left in level):
                yield group[begun:place]
                begun = place
        yield group[begun:]


def _count(bases: Sequence[float], base: float, near: float) -> int:
    """Return how many lines stand at a height."""
    return bisect_left(bases, base + near) - bisect_left(bases, base - near)


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Give characters that are drawn one after the other and stand side by side."""
    run: list[Glyph] = []
    for glyph in glyphs:
        last = run[-1] if run else None
        if last is not None and _is_again(last, glyph):
            continue
        if last is not None and not _is_next(last, glyph) and not _is_numbered(run, glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _is_again(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character is drawn where the same one stands already."""
    near = (last.x1 - last.x0) * _TWICE
    return glyph.text == last.text and abs(glyph.x0 - last.x0) < near and abs(glyph.base - last.base) < near


def _is_next(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character goes on where the last one ended."""
    size = min(last.size, glyph.size)
    digits = last.text.isdigit() and glyph.text.isdigit()
    gap = (glyph.x0 - last.x1) / size
    return abs(glyph.base - last.base) <= size * SAME_LINE and -_BACK < gap < (_DIGITS_APART if digits else _APART)


def _is_numbered(run: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a character begins what the number of an item stands before, at some distance."""
    last = run[-1]
    level = abs(glyph.base - last.base) <= last.size * SAME_LINE and 0 < glyph.x0 - last.x1 < last.size * _TABBED
    return level and glyph.text.isalpha() and ORDINAL.fullmatch("".join(one.text for one in run)) is not None


def beside_others(patches: Sequence[tuple[Patch, list[Glyph]]]) -> list[bool]:
    """Say of each text, sorted from top to bottom, whether another stands beside it."""
    boxes = [patch.box for patch, _run in patches]
    beside = [False] * len(boxes)
    for place, (x0, top, x1, bottom) in enumerate(boxes):
        for other in range(place + 1, len(boxes)):
            left, upper, right, lower = boxes[other]
            shared = min(bottom, lower) - upper
            if upper >= bottom:
                break
            if shared > min(lower - upper, bottom - top) / 2:
                gap = max(left - x1, x0 - right)
                if gap > patches[place][0].size / 2:
                    beside[place] = beside[other] = True
    return beside
