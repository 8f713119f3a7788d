"""Characters as a person sees them: their positions on the upright page, with each figure as one object."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.folding import half_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.readers.pdf.strings import Char

Box = tuple[float, float, float, float]
Wall = tuple[float, float, float]  # a vertical line: its position, its start and its end

UPWARDS, DOWNWARDS = 1, 3
SAME_LINE = 0.35
_MIN_TYPE_POINTS = 1.5
_DESCENT = 0.15
_NEARLY_ALL = 0.7
_TWICE = 0.3
_TOUCH = 0.2
_SAME_SIZE = 0.85
_EXACTLY = 0.04
_MARK_GAP, _MARK_RISE = 0.5, 0.8
TORN = "\n"  # between two numbers, or two parts of one number, in one cell
_DIGITS = frozenset("0123456789.,０１２３４５６７８９．，")
_SIGNS = frozenset("-+−－＋")
_NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
# Some programs write radicals instead of the characters that look the same.
_RADICALS = str.maketrans(
    "⺅⺊⺍⺎⺒⺗⺝⺟⺠⺣⺧⺩⺫⺬⺮⺵⺶⺷⺺⺻⺼⺽⻁⻂⻃⻄⻅⻆⻉⻊⻋⻌⻏⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "亻卜小尢巳心月母民灬牛王目示竹网羊羊聿聿肉臼虎衣西西见角贝足车辶阝長長长门阝雨青韦页风飞食食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
_RADICALS_BLOCK = range(0x2E80, 0x2FE0)
_COMPATIBLE = range(0xF900, 0xFB00)


class Glyph(NamedTuple):
    """A character or a number, its position, its base line and its size.

    ``parts`` are those of a number that the program drew in several strings of text.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    parts: tuple[Glyph, ...] = ()

    @property
    def by_digits(self) -> bool:
        """Whether the program drew each digit of the number separately."""
        return len(self.text) == max(len(self.parts), 1)

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the character."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


class PageView(NamedTuple):
    """Converts positions on a page, counted from its lower left corner, into positions on the upright sheet."""

    size: tuple[float, float]
    turn: int

    @classmethod
    def of(cls, page: tuple[float, float], turn: int) -> PageView:
        """Return the view of a page of a size."""
        width, height = page
        return cls((height, width) if turn else page, turn)

    @property
    def top(self) -> float:
        """The height of the page as it is shown."""
        return self.size[0] if self.turn else self.size[1]

    def box(self, drawn: Box) -> Box:
        """Convert a box that is counted from the bottom of the page into a box of the sheet."""
        x0, y0, x1, y1 = drawn
        top = self.top
        return self.turned((x0, top - y1, x1, top - y0))

    def turned(self, box: Box) -> Box:
        """Convert a box of the page, counted from its upper left corner, into a box of the sheet."""
        x0, top, x1, bottom = box
        if self.turn == UPWARDS:
            return self.size[0] - bottom, x0, self.size[0] - top, x1
        if self.turn == DOWNWARDS:
            return top, self.size[1] - x1, bottom, self.size[1] - x0
        return box

    def glyph(self, char: Char) -> Glyph | None:
        """Convert a character into one of the sheet; ``None`` if it is not visible."""
        text = char.text
        if len(text) > 1 or not text.isascii():
            text = _plain(text)
        if not text or text.isspace() or char.run.size < _MIN_TYPE_POINTS:
            return None
        if char.level and not self.turn:
            height = self.size[1]
            x0, low, x1, high = char.box
            return Glyph(text, x0, height - high, x1, height - low, height - char.base[1], char.run.size)
        x0, top, x1, bottom = self.box(char.box)
        return Glyph(text, x0, top, x1, bottom, self.base(char, bottom), char.run.size)

    def shows(self, glyph: Glyph) -> bool:
        """Whether a character is on the page."""
        x, y = glyph.middle
        return 0 <= x <= self.size[0] and 0 <= y <= self.size[1]

    def base(self, char: Char, bottom: float) -> float:
        """Return the height of the base line of a character that is rotated, or in rotated text: near its bottom."""
        if self.turn == UPWARDS:
            return char.base[0]
        if self.turn == DOWNWARDS:
            return self.size[1] - char.base[0]
        return bottom - char.run.size * _DESCENT


def turn_of(chars: Sequence[Char]) -> int:
    """Return the rotation that makes the text upright, if nearly all text runs up or down the page."""
    up = sum(char.run.up > abs(char.run.across) for char in chars)
    down = sum(-char.run.up > abs(char.run.across) for char in chars)
    if max(up, down) < len(chars) * _NEARLY_ALL or not chars:
        return 0
    return UPWARDS if up > down else DOWNWARDS


@lru_cache(4096)
def _plain(text: str) -> str:
    """Return text with characters instead of radicals, and without marks of no width."""
    if any(ord(char) in _RADICALS_BLOCK or ord(char) in _COMPATIBLE for char in text):
        text = half_width(text.translate(_RADICALS))
    return text.translate(_NO_WIDTH)


def glyphs_of(chars: Iterable[Char], view: PageView, *, walls: Sequence[Wall] = ()) -> Iterator[Glyph]:
    """Give the characters on the page, in the order in which they are drawn, each once.

    A number counts as one character, so that a number too wide for its cell is not cut in two. Numbers that touch each
    other at a wall, a vertical line, are two if the program drew them separately and not exactly side by side. If it
    draws each digit separately, or both exactly side by side, that is not certain: they are torn, or one number.
    """
    whole: _Piece | None = None
    for piece in _pieces(chars, view):
        if whole is not None and _is_mark(whole.last, piece.glyph):
            whole = whole.with_next(piece, joint=TORN if piece.glyph.text.isdecimal() else "")
            continue
        if whole is not None and _is_one_number(whole.last, piece.glyph):
            exactly = abs(piece.glyph.x0 - whole.glyph.x1) <= piece.glyph.size * _EXACTLY
            digits = whole.glyph.by_digits or piece.glyph.by_digits
            if (exactly and digits) or not _parted(whole, piece, walls):
                whole = whole.with_next(piece)
                continue
            if exactly or digits:
                whole = whole._replace(glyph=whole.glyph._replace(text=whole.glyph.text + TORN))
        if whole is not None and whole.shown:
            yield whole.glyph
        whole = piece
    if whole is not None and whole.shown:
        yield whole.glyph


class _Piece(NamedTuple):
    """A character or a number, the last character of it, and the string of text that the program has drawn it in."""

    glyph: Glyph
    last: Glyph
    string: int
    shown: bool

    def with_next(self, other: _Piece, *, joint: str | None = None) -> _Piece:
        """Return the number with its next part, or, behind a joint, with a mark."""
        one, more = self.glyph, other.glyph
        top, bottom = min(one.top, more.top), max(one.bottom, more.bottom)
        parts = (*(one.parts or (one,)), more) if other.string != self.string and joint is None else one.parts
        glyph = Glyph(one.text + (joint or "") + more.text, one.x0, top, more.x1, bottom, one.base, one.size, parts)
        return _Piece(glyph, other.last, other.string, self.shown or other.shown)


def _pieces(chars: Iterable[Char], view: PageView) -> Iterator[_Piece]:
    """Give the characters, with those of a number in one string as one piece."""
    piece: _Piece | None = None
    for char in chars:
        glyph = view.glyph(char)
        if glyph is None or (piece is not None and _is_again(piece.last, glyph)):
            continue
        following = _Piece(glyph, glyph, char.run.order, view.shows(glyph))
        if piece is not None and following.string == piece.string and _is_one_number(piece.last, glyph):
            piece = piece.with_next(following)
            continue
        if piece is not None:
            yield piece
        piece = following
    if piece is not None:
        yield piece


def _parted(before: _Piece, after: _Piece, walls: Sequence[Wall]) -> bool:
    """Whether a vertical line is between the middles of two pieces."""
    left, height = before.glyph.middle
    right, _height = after.glyph.middle
    return any(left < at < right and start <= height <= end for at, start, end in walls)


def _is_again(last: Glyph, glyph: Glyph) -> bool:
    """Whether the same character is drawn at the same position before, as programs do to make it bold."""
    near = (last.x1 - last.x0) * _TWICE
    return glyph.text == last.text and abs(glyph.x0 - last.x0) < near and abs(glyph.base - last.base) < near


def _is_mark(last: Glyph, glyph: Glyph) -> bool:
    """Whether a digit of another size, or a circled one, is beside a digit, and above or below its line, like a mark.

    Which of two digits belongs to the number is not certain; a circled one does not.
    """
    if not glyph.text[0].isdigit() or last.text not in _DIGITS:
        return False
    small, large = sorted((last.size, glyph.size))
    near = abs(glyph.x0 - last.x1) < large * _MARK_GAP and abs(glyph.base - last.base) < large * _MARK_RISE
    return near and small <= large * _SAME_SIZE


def _is_one_number(last: Glyph, glyph: Glyph) -> bool:
    """Whether a digit, point or comma follows another one, or a digit a sign, directly and in the same size."""
    if glyph.text[0] not in _DIGITS or (last.text not in _DIGITS and last.text not in _SIGNS):
        return False
    small, large = sorted((last.size, glyph.size))
    level = abs(glyph.base - last.base) < small * SAME_LINE and small > large * _SAME_SIZE
    return level and abs(glyph.x0 - last.x1) < small * _TOUCH
