"""Characters that are cut off: a page that is printed too wide shows its tables only up to some edge."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.model.document import TableCell
    from nianbao.readers.pdf.glyphs import PageView
    from nianbao.readers.pdf.strings import Char

_CUT_OFF = Text(
    "在印出部分的边上，这一页印得太宽，看不到全部内容",
    "is at the edge of what is printed: the page is too wide, and not all of the cell is shown",
)
_CUT_SHARE = 0.15  # of the width of a character, outside of what is shown
_BESIDE = 3.0  # points between a cell and the edge at which others are cut off


class Cuts(NamedTuple):
    """The left and the right edge at which characters are cut off, as positions across the sheet."""

    left: float = -inf
    right: float = inf

    def doubt(self, cell: TableCell) -> TableCell:
        """Return a cell with its doubt, if it reaches to an edge and has no words: more of it may not be shown."""
        box = cell.location.box
        if box is None or any(map(str.isalpha, cell.text)):
            return cell
        reaches = box[0] <= self.left + _BESIDE or box[2] >= self.right - _BESIDE
        return cell._replace(doubt=_CUT_OFF) if reaches else cell


NO_CUTS = Cuts()


def unclipped(chars: list[Char], view: PageView) -> tuple[list[Char], Cuts]:
    """Return the characters that are shown, wholly or in part, and the edges at which some are cut off."""
    if all(char.run.clip is None for char in chars):
        return chars, NO_CUTS
    shown = [char for char in chars if _shows(char)]
    return shown, Cuts(
        max(_edges(chars, view, right=False), default=-inf),
        min(_edges(chars, view, right=True), default=inf),
    )


def _shows(char: Char) -> bool:
    """Whether the middle of a character is inside of what is shown."""
    clip = char.run.clip
    if clip is None:
        return True
    x, y = (char.box[0] + char.box[2]) / 2, (char.box[1] + char.box[3]) / 2
    return clip[0] <= x <= clip[2] and clip[1] <= y <= clip[3]


def _edges(chars: Iterable[Char], view: PageView, *, right: bool) -> Iterator[float]:
    """Give the edges at one side at which characters are cut off."""
    for char in chars:
        if char.run.clip is None or not char.text.strip():
            continue
        x0, _top, x1, _bottom = view.box(char.box)
        left_edge, _top, right_edge, _bottom = view.box(char.run.clip)
        beyond = x1 - right_edge if right else left_edge - x0
        if beyond > (x1 - x0) * _CUT_SHARE:
            yield right_edge if right else left_edge
