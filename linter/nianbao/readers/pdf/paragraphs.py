"""Makes paragraphs from the lines of pages, without page numbers, headers and footers."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.document import Paragraph
from nianbao.model.location import Location
from nianbao.readers.pdf.glyphs import TORN
from nianbao.readers.pdf.text_lines import joint, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.readers.pdf.glyphs import Box, Glyph
    from nianbao.readers.pdf.page_content import PageContent
    from nianbao.readers.pdf.text_lines import TextLine

_HEAD, _FOOT = 0.12, 0.87
_EDGE = 0.08
_LONG = 5  # digits that no page number has
_OUTERMOST = 3
_ALIKE = 4.0
_OFTEN, _FEWEST = 0.4, 2
_PAGE_NUMBER = re.compile(r"[-—–−－·•~〜\s]*第?\s*\d{1,3}\s*页?\s*(?:[/／,，共]+\s*\d{1,3}\s*页?)?[-—–−－·•~〜\s]*")
TOP_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]")
_DIGITS = re.compile(r"\d+")
_INDENT = 0.8
_SLACK = 0.7
_FAR, _FARTHEST = 1.6, 3.3
_OTHER_SIZE = 1.15
_MARGIN = 3.0
_HANGING = 1.2
_ENOUGH = 3
_NEARLY = 0.8


class ProseLine(NamedTuple):
    """A line of prose: its position, base line and size, the width of its first word, and its page."""

    text: str
    page: int
    box: Box
    base: float
    size: float
    lead: float
    sheet: tuple[float, float]


class _Margins(NamedTuple):
    """The left margin of each page, and the maximum width of lines."""

    left: Mapping[int, float]
    width: float


def written(line: TextLine, sheet: PageContent) -> ProseLine:
    """Convert a line of a page into a line of prose."""
    return ProseLine(line.text.replace(TORN, " "), sheet.number, line.box, line.base, line.size, line.lead, sheet.size)


def without_margins(lines: Sequence[ProseLine], pages: int) -> list[ProseLine]:
    """Leave out page numbers, and lines that are at the same position on most pages."""
    outermost = list(_outermost(lines))
    often = Counter(key for key, _line in {(_running(line), line.page): line for line in outermost})
    running = {
        line
        for line in outermost
        if often[_running(line)] >= max(_FEWEST, pages * _OFTEN)
        or (_is_outside(line) and _PAGE_NUMBER.fullmatch(line.text))
    }
    return [line for line in lines if line not in running]


def running_glyphs(pages: Iterable[tuple[PageContent, Iterable[Glyph]]]) -> set[int]:
    """Return the ids of the characters in lines at the edge of a page that are at the same height on others, too.

    They are no part of a table, even if they are near it. Lines that are only figures may be of a table, unless they
    count the pages.
    """
    found: dict[tuple[str, int], list[TextLine]] = {}
    for sheet, glyphs in pages:
        top, bottom = sheet.size[1] * _EDGE, sheet.size[1] * (1 - _EDGE)
        for line in lines_of(glyph for glyph in glyphs if not top < glyph.base < bottom):
            words = _DIGITS.sub("#", "".join(line.text.split()))
            if not words.strip("#"):
                words = str(int(line.text) - sheet.number) if line.text.isdecimal() and len(line.text) < _LONG else ""
            if words:
                found.setdefault((words, round(line.base / _ALIKE)), []).append(line)
    return {id(glyph) for lines in found.values() if len(lines) >= _FEWEST for line in lines for glyph in line.glyphs}


def _outermost(lines: Iterable[ProseLine]) -> Iterator[ProseLine]:
    """Give the first and the last lines of each page."""
    for _page, group in groupby(lines, attrgetter("page")):
        inner = sorted(group, key=attrgetter("base"))
        yield from dict.fromkeys([*inner[:_OUTERMOST], *inner[-_OUTERMOST:]])


def _is_outside(line: ProseLine) -> bool:
    """Whether a line is in the area of the header or the footer."""
    return not line.sheet[1] * _HEAD < line.base < line.sheet[1] * _FOOT


def _running(line: ProseLine) -> tuple[str, int]:
    """Return the text without its digits, and the height: both are equal for a header or footer on all pages."""
    return _DIGITS.sub("#", "".join(line.text.split())), round(line.base / _ALIKE)


def margins_of(lines: Sequence[ProseLine]) -> _Margins:
    """Find the margins of pages from all their lines."""
    left: dict[int, float] = {}
    right: dict[int, float] = {}
    for line in lines:
        left[line.page] = min(left.get(line.page, line.box[0]), line.box[0])
        right[line.page] = max(right.get(line.page, line.box[2]), line.box[2])
    width = _width(lines, left)
    leftmost = min(left.values(), default=0.0)
    # If all lines of a page are indented, the other pages give better evidence for its margin.
    return _Margins({page: min(edge, max(leftmost, right[page] - width)) for page, edge in left.items()}, width)


def _width(lines: Sequence[ProseLine], left: Mapping[int, float]) -> float:
    """Return the maximum width of lines: where several of the widest end, else as if both margins were equal.

    A line may extend over the margin by a punctuation mark.
    """
    ends = [line.box[2] - left[line.page] for line in lines]
    widest = max(ends, default=0.0)
    near = [end for line, end in zip(lines, ends, strict=True) if end > widest - line.size * _HANGING]
    usual = max(near, key=lambda end: (sum(abs(end - other) < _MARGIN for other in near), end), default=0.0)
    alike = max((line.sheet[0] - 2 * left[line.page] for line in lines), default=0.0)
    if sum(abs(usual - other) < _MARGIN for other in near) >= _ENOUGH and usual > alike * _NEARLY:
        return usual
    return max(widest, alike)


def paragraphs_of(lines: Iterable[ProseLine], margins: _Margins) -> Iterator[Paragraph]:
    """Join the lines of paragraphs: a full line continues, unless the next line is set apart from it."""
    under_way: list[ProseLine] = []
    for line in lines:
        if under_way and not _goes_on(under_way, line, margins):
            yield _paragraph(under_way)
            under_way = []
        under_way.append(line)
    if under_way:
        yield _paragraph(under_way)


def _goes_on(paragraph: Sequence[ProseLine], line: ProseLine, margins: _Margins) -> bool:
    """Whether a line belongs to the paragraph above it."""
    last = paragraph[-1]
    free = margins.left[last.page] + margins.width - last.box[2]
    if free > line.lead + line.size * _SLACK or TOP_ORDINAL.match(line.text):
        return False
    if line.box[0] > margins.left[line.page] + line.size * _INDENT:
        return False
    if max(line.size, last.size) > min(line.size, last.size) * _OTHER_SIZE:
        return False
    if line.page != last.page:
        return True
    step = line.base - last.base
    usual = last.base - paragraph[-2].base if len(paragraph) > 1 and paragraph[-2].page == last.page else None
    return step <= (usual * _FAR if usual else line.size * _FARTHEST)


def _paragraph(lines: Sequence[ProseLine]) -> Paragraph:
    text = lines[0].text
    for line in lines[1:]:
        text += joint(text, line.text) + line.text
    boxes = [line.box for line in lines if line.page == lines[0].page]
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return Paragraph(text, Location(page=lines[0].page, box=(min(x0), min(top), max(x1), max(bottom))))
