"""Finds the figure to correct in the text of a cell, and writes the new figure in the same way."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from nianbao.errors import InputError
from nianbao.extraction.numbers import read_number
from nianbao.messages import Text
from nianbao.model.report import BLANK, MARK

_WIDE = str.maketrans("０１２３４５６７８９，．＋－−–", "0123456789,.+---")
_TO_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_FIGURE = re.compile(r"(?<![\d.,A-Za-z])(?:(?<!\w)[+-])?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d.,]*\d)")
_TORN = re.compile(r"[+-]?\d[\d \u00a0\u3000]*")
_DECIMAL = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,12})?")
_MAX_QUOTED_CHARS = 200
_MAX_CELL_CHARS = 2_000

_NO_FIGURE = Text(
    "要写入的“{new}”不是数字；请只写数字", "what is to be written, “{new}”, is no figure: write digits alone"
)
_DIFFERS = Text(
    "{where}现在写的是“{said}”，不是“{old}”，没有改动；文件可能已改过，请重新检查后再改",
    "{where} says “{said}” and not “{old}”, and was not changed: the file may have been changed since, so check it "
    "again first",
)
_SEVERAL = Text(
    "{where}写的是“{said}”，看不出其中哪个数要改成“{new}”；请在原程序里自己改",
    "{where} says “{said}”, and it cannot be told which figure of it should be “{new}”: put it right by hand",
)


class FigureSpan(NamedTuple):
    """A range of the text of a cell, end excluded, and its replacement."""

    start: int
    end: int
    new: str


def figure_in(shown: str, old: str, *, new: str, where: Text) -> FigureSpan:
    """Return the characters of a cell that a new figure replaces.

    If the cell has a single figure, or a mark instead of one, ``old`` may be its whole text; if it has several, ``old``
    must be the figure itself, and no other figure in the cell may have its value.

    Args:
        shown: The text of the cell, each character as in the file.
        old: The expected text: the whole text or only the figure; "" for a blank.
        new: The new figure.
        where: The place in words, for the error message.

    Raises:
        InputError: the cell has another text, or several of its figures may be meant.
    """
    check_new(new)
    plain = shown.translate(_WIDE)
    if _squeezed(shown) == _squeezed(old):
        start, end = len(shown) - len(shown.lstrip()), len(shown.rstrip())
        if read_number(shown).state in {BLANK, MARK} or _TORN.fullmatch(plain[start:end]):
            return FigureSpan(min(start, end), end, new)
        figures = _figures(plain)
    else:
        wanted = _value(old)
        figures = [match for match in _figures(plain) if wanted is not None and _value(match[0]) == wanted]
        if not figures:
            raise InputError("cell-differs", _DIFFERS.format(where=where, said=in_short(shown), old=in_short(old)))
    if len(figures) != 1:
        raise InputError("cell-unclear", _SEVERAL.format(where=where, said=in_short(shown), new=new))
    return FigureSpan(figures[0].start(), figures[0].end(), _alike(shown[figures[0].start() : figures[0].end()], new))


def _figures(plain: str) -> list[re.Match[str]]:
    """Return the figures in a text; empty if the text is longer than that of any cell."""
    return list(_FIGURE.finditer(plain)) if len(plain) <= _MAX_CELL_CHARS else []


def check_new(new: str) -> None:
    """Refuse a new text that is not a figure.

    Raises:
        InputError: code ``not-a-figure``.
    """
    if not _DECIMAL.fullmatch(new):
        raise InputError("not-a-figure", _NO_FIGURE.format(new=in_short(new)))


def _value(text: str) -> Decimal | None:
    plain = _squeezed(text).translate(_WIDE).replace(",", "")
    return Decimal(plain) if _DECIMAL.fullmatch(plain) else None


def _alike(old: str, new: str) -> str:
    """Return a figure in the notation of another one: with full-width digits, or with separators."""
    if "," in old and re.fullmatch(r"-?\d+", new):
        return f"{int(new):,}"
    return new.translate(_TO_WIDE) if old[-1:] in "０１２３４５６７８９" else new


def _squeezed(text: str) -> str:
    return "".join(text.split())


def in_short(text: str) -> str:
    """Return the text of a cell, shortened for a message of one line."""
    return " ".join(text.split())[:_MAX_QUOTED_CHARS]
