"""What is left out of a text because of its format: note marks beside figures, struck-out words, and unseen ones.

A reader puts words of such a format between two signs, with ``marked``. Text without these signs is never looked at
again, so that a report without such formats costs nothing. ``settled`` decides what of a marked text is read.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from nianbao.messages import Text
from nianbao.model.lazy_pattern import deferred
from nianbao.model.location import NOWHERE
from nianbao.model.place import line_or_spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.location import Location

Format = Literal["raised", "struck", "unseen", "faint", "unsure"]

RAISED: Format = "raised"  # superscript or subscript
STRUCK: Format = "struck"
UNSEEN: Format = "unseen"
FAINT: Format = "faint"  # in the colour of the usual ground: unseen, unless the ground has another colour
UNSURE: Format = "unsure"  # it cannot be told whether they are seen, or are a mark

_BEGIN: dict[Format, str] = {
    RAISED: "\ufdd0", STRUCK: "\ufdd1", UNSEEN: "\ufdd2", FAINT: "\ufdd3", UNSURE: "\ufdd4",
}  # fmt: skip
_FORMATS = {sign: format_ for format_, sign in _BEGIN.items()}
_END = "\ufdd8"  # all signs are noncharacters: no text has them, and XML allows them
_STARTS = "".join(_FORMATS)
SIGNS = deferred(f"[{_STARTS}{_END}]")
_PIECE = deferred(f"([{_STARTS}])([^{_STARTS}{_END}]*){_END}?|([^{_STARTS}{_END}]+)")
_FAINT_WORDS = deferred(f"{_BEGIN[FAINT]}([^{_END}]*){_END}")
_UNSURE_WORDS = deferred(f"{_BEGIN[UNSURE]}([^{_END}]*){_END}")
_LOST = "\ufffd"  # for a digit that may not be seen
_LOST_FIGURE = deferred(rf"[\d.,．，]*{_LOST}[\d.,．，{_LOST}]*")
_UNSEEN_WORDS = deferred(f"{_BEGIN[UNSEEN]}[^{_END}]*{_END}")
_NOTE_MARK = deferred(
    r"[\s\[\](){}（）［］〔〕【】<>]*(?:(?:注|註|note)[\s:：]*)?"
    r"[\s\d①-⓿❶-➓⑴-⒇⁰¹²³⁴-⁹₀-₉a-zA-Z*＊※†‡#、,，\-–~～]{0,6}[\s\[\](){}（）［］〔〕【】<>]*"
)
_DIGIT = deferred(r"\d")
_FIGURE_END = deferred(r"[\d.,．，]$")
_FIGURE_START = deferred(r"[.,．，]?\d")
_GAP = "、"  # in prose, where white space inside figures does not count
_END_CHARS, _NEXT = 8, 4  # of a text that stands before a mark, and pieces behind it
_LONG_MARK = 3  # digits of a mark; a longer one may be a part of the figure
_QUOTED = 20

_DOUBTS = {
    RAISED: Text(
        "写的是上标或下标“{text}”，分不清是数还是注号",
        "has the superscript or subscript “{text}”: whether it is a figure or a note mark cannot be told",
    ),
    STRUCK: Text(
        "只有划了删除线的“{text}”，分不清还算不算数",
        "has only “{text}”, struck out: whether it still holds cannot be told",
    ),
    UNSEEN: Text(
        "只有看不见的“{text}”（文字隐藏），分不清算不算数",
        "has only “{text}”, which is hidden: whether it holds cannot be told",
    ),
    FAINT: Text(
        "只有看不清的“{text}”（字的颜色和底色一样），分不清算不算数",
        "has only “{text}”, in the colour of its ground: whether it holds cannot be told",
    ),
    UNSURE: Text(
        "里的“{text}”按网页的样式可能看不见，也可能是注号，分不清算不算数",
        "has “{text}”, which by the styles of the page may be hidden or a note mark: whether it holds cannot be told",
    ),
}
_NOTES = {
    RAISED: Text(
        "有 {count} 处上标、下标（注号）没有当作数字读，第一处：{where}“{text}”读作“{read}”",
        "superscripts or subscripts (note marks) were not read as figures, at {count} places; the first: {where}, "
        "“{text}”, read as “{read}”",
    ),
    STRUCK: Text(
        "有 {count} 处划了删除线的文字没有读，第一处：{where}“{text}”读作“{read}”",
        "words that are struck out were not read, at {count} places; the first: {where}, “{text}”, read as “{read}”",
    ),
    UNSEEN: Text(
        "有 {count} 处看不见的文字没有读，第一处：{where}“{text}”读作“{read}”",
        "hidden words were not read, at {count} places; the first: {where}, “{text}”, read as “{read}”",
    ),
    FAINT: Text(
        "有 {count} 处和底色同色的文字没有读，第一处：{where}“{text}”读作“{read}”",
        "words in the colour of their ground were not read, at {count} places; the first: {where}, “{text}”, "
        "read as “{read}”",
    ),
}


class Settled(NamedTuple):
    """What is read of a text.

    Attributes:
        text: The text that is read.
        doubt: The reason why the text of a cell cannot be taken for its figure.
        left: The words that were left out, each with its format.
        lone: The format of a text that has no words of the usual one.
    """

    text: str
    doubt: Text | None = None
    left: tuple[tuple[Format, str], ...] = ()
    lone: Format | None = None


def marked(text: str, format_: Format | None) -> str:
    """Return a text of one line, marked with its format; ``None`` is the usual one."""
    return f"{_BEGIN[format_]}{text}{_END}" if format_ is not None and text and not text.isspace() else text


def marked_lines(text: str, format_: Format | None) -> str:
    """Return a text of several lines, each marked with its format."""
    return text if format_ is None else "\n".join(marked(line, format_) for line in text.split("\n"))


def on_ground(text: str) -> str:
    """Return a marked text whose ground has a colour, so that words in white are seen."""
    return _FAINT_WORDS.sub(r"\1", text)


def without_unseen(text: str) -> str:
    """Return a text without its signs and its unseen words."""
    return SIGNS.sub("", _UNSEEN_WORDS.sub("", text))


def is_marked(text: str) -> bool:
    """Whether a text has words of another format than the usual one."""
    return _END in text


@lru_cache(maxsize=1024)
def settled(text: str, gap: str = " ") -> Settled:
    """Decide what of a marked text is read; ``gap`` is put between figures that would else be joined.

    Struck-out and unseen words are left out, and so are marks that stand behind others in superscript or subscript.
    If nothing else stands there, the words are kept; if they have digits, they are in doubt. So are digits of which it
    is not known whether they are seen.
    """
    pieces = list(_pieces(text))
    unsure = "".join(words for format_, words in pieces if format_ == UNSURE)
    if unsure:
        rest = settled(_UNSURE_WORDS.sub(r"\1", text), gap)
        return rest._replace(doubt=_DOUBTS[UNSURE].format(text=_short(unsure))) if _has_number(unsure) else rest
    usual = "".join(words for format_, words in pieces if format_ is None)
    if not usual.strip():
        return _alone(pieces)
    kept: list[str] = []
    end = ""  # of what is kept
    left: list[tuple[Format, str]] = []
    doubt: Text | None = None
    for number, (format_, words) in enumerate(pieces):
        if format_ is None or (format_ == RAISED and not _NOTE_MARK.fullmatch(words)):
            parted = format_ is not None or (number > 0 and pieces[number - 1][0] is not None)
            kept.append(gap + words if parted and _is_torn(end, words) else words)
            end = (end + kept[-1]).rstrip(" ")[-_END_CHARS:]
            continue
        left.append((format_, words))
        if format_ == RAISED and doubt is None:
            doubt = _doubt_of(words, end, pieces[number + 1 : number + _NEXT])
    return Settled("".join(kept), doubt, tuple(left))


def _pieces(text: str) -> Iterator[tuple[Format | None, str]]:
    """Divide a marked text by its formats; neighbours of the same format are one."""
    for format_, matches in groupby(_PIECE.finditer(text), lambda match: _FORMATS[match[1]] if match[1] else None):
        yield format_, "".join(match[2] if match[1] else match[3] for match in matches)


def _alone(pieces: list[tuple[Format | None, str]]) -> Settled:
    """Settle a text that has no words of the usual format: all are kept, but for unseen ones beside others."""
    formats = {format_ for format_, _words in pieces if format_ is not None}
    hidden = formats & {UNSEEN} if formats != {UNSEEN} else frozenset()
    words = "".join(text for format_, text in pieces if format_ not in hidden)
    lone = next((format_ for format_ in (STRUCK, FAINT, RAISED, UNSEEN) if format_ in formats), None)
    doubt = _DOUBTS[lone].format(text=_short(words)) if lone is not None and _has_number(words) else None
    return Settled("" if lone == UNSEEN else words, doubt, lone=lone)


def _has_number(words: str) -> bool:
    return any(letter.isnumeric() for letter in words)


def _is_torn(before: str, behind: str) -> bool:
    """Whether two texts would become one figure if nothing stood between them."""
    return _FIGURE_END.search(before) is not None and _FIGURE_START.match(behind) is not None


def _doubt_of(words: str, before: str, behind: list[tuple[Format | None, str]]) -> Text | None:
    """Return why a raised or lowered text may be a part of the figure; ``None`` if it is plainly a mark."""
    digits = len(_DIGIT.findall(words))
    if not digits:
        return None
    following = "".join(text for format_, text in behind if format_ is None)
    plain = not before.rstrip().endswith((".", "．", "×10", "x10", "^"))
    if digits < _LONG_MARK and plain and (before.strip() or not _FIGURE_START.match(following)):
        return None
    return _DOUBTS[RAISED].format(text=_short(words))


def _short(words: str) -> str:
    return " ".join(words.split())[:_QUOTED]


class LeftOut:
    """Settles the texts of a document, and counts for its notes what is left out."""

    def __init__(self) -> None:
        self._counts: dict[Format, int] = {}
        self._first: dict[Format, dict[str, object]] = {}

    def read_prose(self, text: str, location: Location = NOWHERE) -> str:
        """Return what is read of a marked text outside tables.

        Nothing is read of one that is struck out or unseen as a whole, nor of a raised or white figure without words.
        A figure with digits that may not be seen is not read.
        """
        unsure = _BEGIN[UNSURE] in text
        if unsure:
            text = _UNSURE_WORDS.sub(lambda match: _DIGIT.sub(_LOST, match[1]), text)
        result = settled(text, _GAP) if is_marked(text) else Settled(text)
        figure = result.doubt is not None and not any(letter.isalpha() for letter in result.text)
        if result.lone in {STRUCK, UNSEEN} or (result.lone is not None and figure):
            result = Settled("", left=((result.lone, SIGNS.sub("", text)),))
        self._count(text, result, location)
        return _LOST_FIGURE.sub(_LOST, result.text) if unsure else result.text

    def _count(self, text: str, result: Settled, location: Location) -> None:
        first = {"where": line_or_spot(location), "text": _short(SIGNS.sub("", text)), "read": _short(result.text)}
        for format_ in {format_ for format_, words in result.left if _has_number(words) or format_ == STRUCK}:
            self._counts[format_] = self._counts.get(format_, 0) + 1
            self._first.setdefault(format_, first)

    def read_cell(self, text: str, location: Location = NOWHERE) -> tuple[str, Text | None]:
        """Settle the marked text of a cell: return its lines without white space around them, and the doubt."""
        result = settled(text)
        self._count(text, result, location)
        return "\n".join(filter(None, (" ".join(line.split()) for line in result.text.split("\n")))), result.doubt

    def notes(self) -> tuple[Text, ...]:
        """Return a note for each format of which something was left out."""
        return tuple(
            _NOTES[format_].format(count=count, **self._first[format_]) for format_, count in self._counts.items()
        )


__all__ = [
    "FAINT",
    "RAISED",
    "SIGNS",
    "STRUCK",
    "UNSEEN",
    "UNSURE",
    "Format",
    "LeftOut",
    "Settled",
    "is_marked",
    "marked",
    "settled",
]
