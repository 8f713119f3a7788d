"""Patches: texts of one or more lines that may be cells of tables without ruling lines.

A program draws each cell as a whole before the next: lines that are drawn one after the other, and are below each
other, are one text as long as they are full.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao.readers.pdf.glyphs import SAME_LINE
from nianbao.readers.pdf.paragraphs import written
from nianbao.readers.pdf.text_lines import ORDINAL, TextLine, is_digits, is_figure, joint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.readers.pdf.glyphs import Box, Glyph
    from nianbao.readers.pdf.page_content import PageContent
    from nianbao.readers.pdf.paragraphs import ProseLine

PAGE = 100_000.0
_APART, _DIGITS_APART, _BACK = 0.8, 0.25, 0.2
_CLOSE = 0.05
_WIDE = "\u2e80"  # scripts from here on are written without spaces
_TABBED = 3.0
_TOUCH = 0.2  # numbers nearer to each other are one, unless the program draws them separately
_NEAREST, _FARTHEST = 0.6, 2.3
_ALIGNED = 0.35
_FAR = 1.3
_FULL, _WIDER = 1.1, 0.7
_OTHER_SIZE = 1.15
_MAX_PATCHES = 4000


_Group = list[tuple["ProseLine", list["Glyph"]]]


class Patch(NamedTuple):
    """The text of a cell or of a possible cell: its lines, its text, and its left and right end.

    ``is_figure``: It is a figure, or may be one.
    """

    lines: tuple[ProseLine, ...]
    text: str
    left: float
    right: float
    is_figure: bool

    @classmethod
    def of(cls, lines: Sequence[ProseLine]) -> Patch:
        """Make a patch of lines; a number that is broken although its line had room may be two numbers."""
        text = lines[0].text
        for above, line in pairwise(lines):
            wrapped = is_digits(text) and _width(line) < _width(above) + line.size * _ALIGNED
            text += ("" if wrapped else " " if is_digits(text) else joint(text, line.text)) + line.text
        figure = all(is_digits(line.text) or is_figure(line.text) for line in lines)
        return cls(tuple(lines), text, *_reach(lines), figure)

    @property
    def first(self) -> float:
        """The height of its first line, if all pages were below each other."""
        return height(self.lines[0])

    @property
    def last(self) -> float:
        """The height of its last line, if all pages were below each other."""
        return height(self.lines[-1])

    @property
    def size(self) -> float:
        """The size of its characters."""
        return self.lines[0].size

    @property
    def box(self) -> Box:
        """Its position on its first page."""
        boxes = [line.box for line in self.lines if line.page == self.lines[0].page]
        x0, top, x1, bottom = zip(*boxes, strict=True)
        return min(x0), min(top), max(x1), max(bottom)


def holds(lines: Sequence[ProseLine], line: ProseLine) -> bool:
    """Whether a line that is drawn after the lines of a text continues it, as in a wrapped text."""
    last = lines[-1]
    if is_digits(last.text) != is_digits(line.text) or ORDINAL.match(line.text):
        return False
    if max(line.size, last.size) > min(line.size, last.size) * _OTHER_SIZE:
        return False
    if not _NEAREST < (height(line) - height(last)) / line.size < _FARTHEST:
        return False
    return is_above(lines, line) and (is_digits(line.text) or has_room(lines, line))


def has_room(lines: Sequence[ProseLine], line: ProseLine) -> bool:
    """Whether the last line of a text is full, and another line is not wider than the text."""
    left, right = _reach(lines)
    full = _width(lines[-1]) > right - left - line.size * _FULL
    return full and _width(line) < max(map(_width, lines)) + line.size * _WIDER


def is_above(lines: Sequence[ProseLine], line: ProseLine) -> bool:
    """Whether a line is in the column of a text: its left end, its right end or its middle is the same."""
    x0, _top, x1, _bottom = line.box
    left, right = _reach(lines)
    return min(abs(x0 - left), abs(x1 - right), abs(x0 + x1 - left - right) / 2) <= line.size * _ALIGNED


def _reach(lines: Sequence[ProseLine]) -> tuple[float, float]:
    """Return the left and right end of a text; the number of an item may push its first line to the right."""
    shown = lines[1:] if len(lines) > 1 and ORDINAL.match(lines[0].text) else lines
    return min(line.box[0] for line in shown), max(line.box[2] for line in shown)


def _width(line: ProseLine) -> float:
    return line.box[2] - line.box[0]


def height(line: ProseLine) -> float:
    """Return the height of a line, if all pages were below each other."""
    return line.page * PAGE + line.base


def patches_of(glyphs: Sequence[Glyph], sheet: PageContent) -> list[tuple[Patch, list[Glyph]]]:
    """Return the texts of a page from top to bottom, with their characters; empty if there are too many."""
    groups: list[_Group] = []
    for run in _runs(glyphs):
        line = written(TextLine(tuple(run)), sheet)
        above = [line for line, _run in groups[-1]] if groups else []
        if above and holds(above, line):
            groups[-1].append((line, run))
        elif len(above) > 1 and holds(above[-1:], line):
            # A short line in the middle of a text: the wide lines above it are a separate text.
            groups.append([groups[-1].pop(), (line, run)])
        else:
            groups.append([(line, run)])
    if len(groups) > _MAX_PATCHES:
        return []
    patches = [
        (Patch.of([line for line, _run in part]), [glyph for _line, run in part for glyph in run])
        for part in _unmixed(_close(groups))
    ]
    return sorted(patches, key=lambda patch: patch[0].box[1])


def _close(groups: Sequence[_Group]) -> list[_Group]:
    """Cut texts in two between lines that are farther apart than those of most texts on the page."""
    steps = sorted(
        (below.base - line.base) / line.size for group in groups for (line, _), (below, _) in pairwise(group)
    )
    usual = steps[len(steps) // 4] * _FAR if steps else 0.0
    parts: list[_Group] = []
    for group in groups:
        parts.append(group[:1])
        for (line, _run), item in pairwise(group):
            if item[0].base - line.base > line.size * usual:
                parts.append([])
            parts[-1].append(item)
    return parts


def _unmixed(groups: Iterable[_Group]) -> Iterator[_Group]:
    """Cut texts in two where a row of a table begins below their first lines, by the texts beside them.

    No other text has lines at both heights. But a text beside the middle of several lines may also be centred
    vertically.
    """
    groups = list(groups)
    begins = sorted((group[0][0].base, group[0][0].box[0]) for group in groups)
    bases = sorted((line.base, number) for number, group in enumerate(groups) for line, _run in group)
    for group in groups:
        begun = 0
        for place, (line, _run) in enumerate(group):
            near, size = line.size * SAME_LINE, len(group) - begun
            level = begins[bisect_left(begins, (line.base - near,)) : bisect_left(begins, (line.base + near,))]
            begins_beside = any(left > line.box[2] for _base, left in level)
            if place == begun or 2 * (place - begun) == size - 1 or not begins_beside:
                continue
            here = _at(bases, line.base, near)
            if all(len(here & _at(bases, above.base, near)) == 1 for above, _run in group[begun:place]):
                yield group[begun:place]
                begun = place
        yield group[begun:]


def _at(bases: Sequence[tuple[float, int]], base: float, near: float) -> set[int]:
    """Return the numbers of the texts that have a line at a height."""
    inner = bases[bisect_left(bases, (base - near,)) : bisect_left(bases, (base + near,))]
    return {number for _base, number in inner}


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Give runs of characters that are drawn one after the other and are side by side."""
    run: list[Glyph] = []
    for glyph in _parted(glyphs):
        last = run[-1] if run else None
        if last is not None and (not _is_next(last, glyph) or _is_apart(run, glyph)) and not _is_numbered(run, glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _parted(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Give numbers that are drawn in several strings as several: they may be in two columns."""
    for glyph in glyphs:
        yield from (glyph,) if glyph.by_digits or not glyph.parts else glyph.parts


def _is_next(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character continues where the last one ended."""
    size = min(last.size, glyph.size)
    digits = last.text[-1].isdecimal() and glyph.text[0].isdecimal()
    gap = (glyph.x0 - last.x1) / size
    if digits and gap < _TOUCH:
        return False
    return abs(glyph.base - last.base) <= size * SAME_LINE and -_BACK < gap < (_DIGITS_APART if digits else _APART)


def _is_apart(run: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a word is at some distance from one whose characters have none, in a script without spaces."""
    last = run[-1]
    near, wide = last.size * _CLOSE, glyph.x0 - last.x1 > last.size * _DIGITS_APART
    if not wide or not (last.text.isalpha() and glyph.text.isalpha() and min(last.text, glyph.text) >= _WIDE):
        return False
    return len(run) > 1 and all(abs(after.x0 - before.x1) <= near for before, after in pairwise(run))


def _is_numbered(run: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a character begins the text of an item behind the item's number, at some distance."""
    last = run[-1]
    level = abs(glyph.base - last.base) <= last.size * SAME_LINE and 0 < glyph.x0 - last.x1 < last.size * _TABBED
    return level and glyph.text.isalpha() and ORDINAL.fullmatch("".join(item.text for item in run)) is not None


def beside_others(patches: Sequence[tuple[Patch, list[Glyph]]]) -> list[bool]:
    """Return for each text, sorted from top to bottom, whether another text is beside it."""
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
