"""What a person sees on a page of a PDF: characters, ruling lines and pictures, each with its place."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from math import inf
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from pdfminer.layout import LTChar, LTImage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pdfminer.layout import LTCurve

    from nianbao.readers.pdf.file import Leaf

Box = tuple[float, float, float, float]

SNAP = 3.0
_STRAIGHT = 1.0
_SHORTEST = 4.0
_SMALLEST_TYPE = 1.5
_UNEVEN = 0.05
_DESCENT = 0.15
_UPWARDS, _DOWNWARDS = 1, 3
_NEARLY_ALL = 0.7
_WHITE = 0.98
_INKS = frozenset(("Separation", "DeviceN", "Indexed", "Pattern", "Lab"))
_COVERS = 0.5
_PICTURE_WIDTH, _PICTURE_HEIGHT = 0.35, 36.0
_BACKGROUND = 20
_NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
# Some programs name characters by the radicals that look like them.
_RADICALS = str.maketrans(
    "⺅⺊⺍⺎⺒⺗⺝⺟⺠⺣⺧⺩⺫⺬⺮⺵⺶⺷⺺⺻⺼⺽⻁⻂⻃⻄⻅⻆⻉⻊⻋⻌⻏⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "亻卜小尢巳心月母民灬牛王目示竹网羊羊聿聿肉臼虎衣西西见角贝足车辶阝長長长门阝雨青韦页风飞食食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
_RADICALS_BLOCK = range(0x2E80, 0x2FE0)
_COMPATIBLE = range(0xF900, 0xFB00)


class Glyph(NamedTuple):
    """A character, where it stands, the line that it stands on, and its size."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the character."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A ruling line: upright or level, where it is, and from where to where it goes."""

    upright: bool
    at: float
    start: float
    end: float


class Sheet(NamedTuple):
    """A page as it is looked at.

    Attributes:
        number: Its number, from 1.
        size: Its width and height.
        glyphs: The characters that can be seen, in the order in which they are drawn.
        rules: The ruling lines, near ones made one.
        pictures: The pictures that may hold a table or a page.
        scanned: Whether its characters come from reading a picture of the page.
        turn: How it was turned before it is looked at: by quarters, clockwise.
    """

    number: int
    size: tuple[float, float]
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...]
    scanned: bool = False
    turn: int = 0

    def on_page(self, box: Box) -> Box:
        """Return where a box stands on the page as it comes."""
        x0, top, x1, bottom = box
        if self.turn == _UPWARDS:
            return top, self.size[0] - x1, bottom, self.size[0] - x0
        if self.turn == _DOWNWARDS:
            return self.size[1] - bottom, x0, self.size[1] - top, x1
        return box


def sheet_of(leaf: Leaf) -> Sheet:
    """Return what is seen of a page; where its text runs up or down as a whole, it is turned upright."""
    marks = list(leaf.marks)
    chars = [mark for mark in marks if isinstance(mark, LTChar)]
    view = _View.of(leaf, _turn(chars))
    images = [mark for mark in marks if isinstance(mark, LTImage)]
    seen, scanned = _seen(marks, leaf.areas, page=leaf.width * leaf.height)
    glyphs = tuple(glyph for char in seen if (glyph := view.glyph(char)) is not None)
    boxes = [view.box(image.x0, image.y0, image.x1, image.y1) for image in images]
    return Sheet(
        number=leaf.page_number,
        size=view.size,
        glyphs=glyphs,
        rules=tuple(_merged(_rules(leaf.edges, view))),
        pictures=tuple(_pictures(boxes, () if scanned else glyphs, view.size)),
        scanned=scanned,
        turn=view.turn,
    )


class _View(NamedTuple):
    """How places of a page, counted from its lower left corner, become places of a sheet."""

    left: float
    top: float
    corner: tuple[float, float]
    size: tuple[float, float]
    turn: int

    @classmethod
    def of(cls, leaf: Leaf, turn: int) -> _View:
        """Return the view of a page; of one that is turned by the file itself, what is cut off cannot be told."""
        media, crop = leaf.mediabox, leaf.mediabox if leaf.rotation else leaf.cropbox
        width, height = crop[2] - crop[0], crop[3] - crop[1]
        size = (height, width) if turn else (width, height)
        return cls(media[0] - crop[0], leaf.height + media[1] - crop[1], (crop[0], crop[1]), size, turn)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Return a box as the sheet has it."""
        return self.turned((x0 + self.left, self.top - y1, x1 + self.left, self.top - y0))

    def edge(self, edge: dict[str, Any]) -> Box:
        """Return the box of an edge, which is counted from the upper left corner, as the sheet has it."""
        left, top = self.corner
        return self.turned((edge["x0"] - left, edge["top"] - top, edge["x1"] - left, edge["bottom"] - top))

    def turned(self, box: Box) -> Box:
        """Return a box of the page, counted from its upper left corner, as the sheet has it."""
        x0, top, x1, bottom = box
        if self.turn == _UPWARDS:
            return self.size[0] - bottom, x0, self.size[0] - top, x1
        if self.turn == _DOWNWARDS:
            return top, self.size[1] - x1, bottom, self.size[1] - x0
        return box

    def glyph(self, char: LTChar) -> Glyph | None:
        """Return a character as the sheet has it; ``None`` if it has no width to be seen, or is off the page."""
        text = char.get_text()
        if len(text) > 1 or not text.isascii():
            text = _plain(text)
        if not text or text.isspace() or char.size < _SMALLEST_TYPE:
            return None
        x0, top, x1, bottom = self.box(char.x0, char.y0, char.x1, char.y1)
        if not (0 <= x0 + x1 <= 2 * self.size[0] and 0 <= top + bottom <= 2 * self.size[1]):
            return None
        return Glyph(text, x0, top, x1, bottom, self.base(char, bottom), char.size)

    def base(self, char: LTChar, bottom: float) -> float:
        """Return the height of the line that a character stands on; near its foot where it is not set level."""
        a, b, _c, _d, right, up = char.matrix
        if self.turn == _UPWARDS:
            return right + self.left
        if self.turn == _DOWNWARDS:
            return self.size[1] - right - self.left
        level = a > 0 and b == 0 and abs(char.x0 - right) < char.size * _UNEVEN
        return self.top - up if level else bottom - char.size * _DESCENT


def _turn(chars: Sequence[LTChar]) -> int:
    """Tell whether nearly all text runs up or down the page, by how it has to be turned to be read."""
    up = sum(char.matrix[1] > abs(char.matrix[0]) for char in chars)
    down = sum(-char.matrix[1] > abs(char.matrix[0]) for char in chars)
    if max(up, down) < len(chars) * _NEARLY_ALL or not chars:
        return 0
    return _UPWARDS if up > down else _DOWNWARDS


def _plain(text: str) -> str:
    """Return characters as text has them: no radicals in place of whole ones, no marks without width."""
    if any(ord(char) in _RADICALS_BLOCK or ord(char) in _COMPATIBLE for char in text):
        text = unicodedata.normalize("NFKC", text.translate(_RADICALS))
    return text.translate(_NO_WIDTH)


def _seen(marks: Sequence[LTChar | LTImage], areas: Sequence[LTCurve], *, page: float) -> tuple[list[LTChar], bool]:
    """Return the characters that can be seen, and whether they come from reading a picture.

    Such characters lie under a picture of the whole page, or are drawn so that nothing shows.
    """
    shown: list[LTChar] = []
    under: list[LTChar] = []
    covered = False
    grounds: list[LTCurve | LTImage] = [area for area in areas if not _is_white(area.non_stroking_color, "")]
    grounds += [mark for mark in marks if isinstance(mark, LTImage)]
    for mark in marks:
        if isinstance(mark, LTImage):
            if mark.width * mark.height >= page * _COVERS:
                covered = True
                if mark.stream.get("SMask") is None and mark.stream.get("Mask") is None:
                    under += shown
                    shown = []
        elif "hidden" in vars(mark):
            under.append(mark)
        elif not _is_white(mark.graphicstate.ncolor, mark.ncs.name) or _on_any(mark, grounds):
            shown.append(mark)
    scanned = covered and len(under) > len(shown)
    return (under + shown if scanned else shown), scanned


def _is_white(color: object, space: str) -> bool:
    """Whether a colour is that of paper; of inks of an own name this cannot be told."""
    parts = [part for part in (color if isinstance(color, tuple) else (color,)) if isinstance(part, int | float)]
    if space in _INKS or not parts:
        return False
    return max(parts) <= 1 - _WHITE if len(parts) == len("CMYK") else min(parts) >= _WHITE


def _on_any(char: LTChar, grounds: Iterable[LTCurve | LTImage]) -> bool:
    """Whether a character stands on something that is not paper."""
    x, y = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
    return any(ground.x0 <= x <= ground.x1 and ground.y0 <= y <= ground.y1 for ground in grounds)


def _rules(edges: Iterable[dict[str, Any]], view: _View) -> Iterator[Rule]:
    """Give the lines of a page that are upright or level."""
    for edge in edges:
        x0, top, x1, bottom = view.edge(edge)
        if x1 - x0 <= _STRAIGHT:
            yield Rule(upright=True, at=(x0 + x1) / 2, start=top, end=bottom)
        elif bottom - top <= _STRAIGHT:
            yield Rule(upright=False, at=(top + bottom) / 2, start=x0, end=x1)


def _merged(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Make one of lines that lie side by side, or go on where another ends; leave out dots."""
    for _way, group in groupby(sorted(rules), key=attrgetter("upright")):
        beside: list[Rule] = []
        for rule in [*group, None]:
            if beside and (rule is None or rule.at > beside[-1].at + SNAP):
                yield from _joined(beside)
                beside = []
            if rule is not None:
                beside.append(rule)


def _joined(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Make one of lines of one row or column that go on where another ends."""
    at = sum(rule.at for rule in rules) / len(rules)
    start, end = -inf, -inf
    for rule in [*sorted(rules, key=attrgetter("start")), None]:
        if rule is not None and rule.start <= end + SNAP:
            end = max(end, rule.end)
            continue
        if end - start >= _SHORTEST:
            yield Rule(rules[0].upright, at, start, end)
        if rule is not None:
            start, end = rule.start, rule.end


def _pictures(boxes: Iterable[Box], glyphs: Sequence[Glyph], size: tuple[float, float]) -> Iterator[Box]:
    """Give the pictures that may hold a table or a page; strips that lie below each other are one."""
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
        over = sum(x0 <= (one.x0 + one.x1) / 2 <= x1 and top <= one.base <= bottom for one in glyphs)
        if over < _BACKGROUND:
            yield x0, top, x1, bottom
