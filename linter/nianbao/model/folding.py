"""Normalisation of text for comparison: signs of one width, no white space, one kind of quotation mark, one script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad\u3000]+")


_SAME = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": '"',
        "’": '"',
        "「": '"',
        "」": '"',
        "'": '"',
        "〔": "(",
        "〕": ")",
        "【": "(",
        "】": ")",
        "．": ".",
    }
)


# Ranges of signs that mark notes; in half width, most of them would be digits.
NOTE_SIGNS = "①-⓿❶-➓⑴-⒇㈠-㈩㊀-㊉㉑-㉟㊱-㊿⁰¹²³⁴-⁹₀-₉"
_NOTE_MARK = re.compile(rf"(?<=[\d０-９])(?:[{NOTE_SIGNS}]|\[\d{{1,2}}\]|[〔（(\[]注\d{{1,3}}[〕）)\]])+")
_CIRCLED = {0x2460 + number: f"{number + 1}." for number in range(20)}  # else NFKC removes their circles


def half_width(text: str) -> str:
    """Return text with full-width and other compatible signs in their usual form (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def without_marks(text: str) -> str:
    """Return text without note marks directly behind figures; half-width signs would make digits of them (88²: 882)."""
    return text if text.isascii() else _NOTE_MARK.sub(_gap, text)


def simplified(text: str) -> str:
    """Return text in simplified characters, one for each: pages of mirror sites are in traditional ones."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        from nianbao.model.characters import SIMPLIFIED  # noqa: PLC0415 - only for signs that simplified texts lack

        text = text.translate(SIMPLIFIED)
    return text.replace("於", "于").replace("後", "后").replace("徵", "征")


def _gap(match: re.Match[str]) -> str:
    """Return what stands for a note mark: nothing, or a comma where two figures would be joined."""
    return "、" if match.string[match.end() : match.end() + 1].isdecimal() else ""


def squeezed(text: str) -> str:
    """Return text in half-width signs without white space, and without note marks behind figures."""
    return "".join(half_width(without_marks(text)).split())


def plain_prose(text: str) -> str:
    """Return prose as patterns match it: squeezed, and in simplified characters."""
    return simplified(squeezed(text))


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return the normalised text: NFKC, equal quotation marks, no white space, lower case, simplified characters."""
    if text.isascii() and text.isalnum():
        return text.lower()
    return simplified(_plain(text))


def _plain(text: str) -> str:
    return _SPACE.sub("", half_width(without_marks(text).translate(_CIRCLED)).translate(_SAME)).lower()


def as_written(text: str, span: tuple[int, int]) -> str:
    """Return the words at a span of folded text; words in Latin letters are returned as they are written."""
    plain = _plain(text)
    part = plain[span[0] : span[1]]
    places = [place for place, letter in enumerate(text) for _one in fold(letter)]
    if not part.isascii() or len(places) != len(plain):
        return part
    return " ".join(text[places[span[0]] : places[span[1] - 1] + 1].split())
