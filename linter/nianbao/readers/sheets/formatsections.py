"""One part of a number format: the places for digits, the signs between them, and the texts around them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

_WIDE = Context(prec=60)

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?          # words in quotation marks
    | [\\!](?P<escaped>.)           # one character as it is
    | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]   # a currency, with the language it is of
    | \[(?:h+|m+|s+)\](?P<elapsed>) # hours, minutes or seconds that go on
    | (?P<bracket>\[[^\]]*\])       # a colour, or the script of the digits
    | (?P<gap>_.)                   # a gap as wide as a character
    | \*(?P<fill>.)                 # a character that fills the cell
    | (?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+,*)
    | (?P<percent>%)
    | (?P<general>General|G/通用格式)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_LEADING = re.compile(r"(?:\[(?!\$[^\-\]])(?!(?:h+|m+|s+)\])[^\]]*\])*", re.IGNORECASE)
_LITERAL = frozenset("+-() :/$^&'~{}<>=")
_SEPARATORS = frozenset(" ,'\u00a0\u2009\u202f")
_UNSEEN = re.compile(r"\[(?!(?:h+|m+|s+)\])[^\]]*\]|_.|\*\s|\s", re.IGNORECASE)
_POWER = re.compile(r"[0#?]+(?:\.([0#?]*))?E[+-][0#?]+", re.IGNORECASE)
_FRACTION = re.compile(r"[0#?]+/(?:([0#?]{1,9})|([1-9]\d{0,8}))")
_GROUP = 3


class Digits(NamedTuple):
    """The places for the digits of a number.

    Attributes:
        whole: The runs of places before the point, from the left.
        between: The signs between these runs.
        least: How many digits stand behind the point at least.
        most: How many stand there at most.
        grouped: Whether thousands are separated.
        scale: The power of ten by which the number is multiplied.
    """

    whole: tuple[str, ...]
    between: tuple[str, ...]
    least: int
    most: int
    grouped: bool
    scale: int


class FormatSection(NamedTuple):
    """One part of a format: the text before the digits, their places (None: not shown), and the text after them."""

    before: str
    digits: Digits | None
    after: str
    general: bool = False


@lru_cache(maxsize=256)
def section_of(part: str) -> FormatSection | None:
    """Parse a part of a format; ``None`` if it has signs whose meaning is not known, or is a fraction or power."""
    if _POWER.search(part) or _FRACTION.search(part):
        return None
    runs: list[str] = []
    texts = [""]  # before, between and after the runs
    percents, is_general = 0, False
    bare = _LEADING.sub("", part, count=1)
    for token in _TOKEN.finditer(bare):
        kind = token.lastgroup
        words = token[kind] if kind else ""
        if kind == "digits":
            runs.append(words)
            texts.append("")
        elif kind == "general" and not runs:
            runs, is_general = [""], True
            texts.append("")
        elif not _is_text(kind, words):
            return None
        else:
            percents += kind == "percent"
            texts[-1] += " " if kind in {"gap", "fill"} else words
    digits = _places(runs, texts[1:-1], percents) if runs and not is_general else None
    if (runs and digits is None and not is_general) or (is_general and (percents or len(runs) > 1)):
        return None
    if not runs and (percents or "[" in bare or (part and not bare)):
        return None  # a colour, a currency or a percent sign alone: programs differ
    return FormatSection(texts[0].strip(), digits, texts[-1].strip() if runs else "", is_general)


def _is_text(kind: str | None, words: str) -> bool:
    """Whether a part of a format stands for words beside the digits."""
    if kind == "other":
        return not words.isascii() or words in _LITERAL
    return kind not in {"general", "elapsed", "bracket"} and (kind != "fill" or words.isspace())


def _places(runs: list[str], between: list[str], percents: int) -> Digits | None:
    """Return the places of runs with signs between them; ``None`` if it is not known how these are filled."""
    if any("." in run or run.endswith(",") for run in runs[:-1]):
        return None
    whole, _point, fraction = runs[-1].rstrip(",").partition(".")
    places = [*runs[:-1], whole.rstrip(",")]
    commas = len(runs[-1]) - len(runs[-1].rstrip(",")) + len(whole) - len(places[-1])
    grouped = any("," in run for run in places)
    if len(places) > 1 and (grouped or not places[-1]):
        return None
    if all(set(signs) <= _SEPARATORS for signs in between) and all(len(run) == _GROUP for run in places[1:]):
        places, between = ["".join(places)], []
    bare = tuple(run.replace(",", "") for run in places)
    return Digits(bare, tuple(between), fraction.count("0"), len(fraction), grouped, 2 * percents - 3 * commas)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Return a number with as many decimals, rounded as sheets do."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)


def digits_of(value: Decimal, form: Digits) -> str:
    """Return the digits of a number without sign in their places, with a zero before a point that has none."""
    written = f"{rounded(value.scaleb(form.scale, _WIDE), form.most):{',' if form.grouped else ''}f}"
    whole, _point, fraction = written.partition(".")
    while len(fraction) > form.least and fraction.endswith("0"):
        fraction = fraction[:-1]
    if whole == "0" and "0" not in "".join(form.whole):
        whole = ""
    whole = _filled(whole, form) if form.between else whole if form.grouped else whole.zfill(form.whole[0].count("0"))
    text = f"{whole}.{fraction}" if fraction else whole
    return f"0{text}" if text.startswith(".") else text


def _filled(digits: str, form: Digits) -> str:
    """Return digits in runs of places with signs between them; they are filled from the right."""
    filled: list[str] = []
    for number in range(len(form.whole) - 1, -1, -1):
        places = form.whole[number]
        taken = digits[-len(places) :] if number else digits
        digits = digits[: len(digits) - len(taken)]
        lacking = places[: max(0, len(places) - len(taken))]
        filled += [lacking.replace("#", "").replace("?", " ") + taken, form.between[number - 1] if number else ""]
    return "".join(reversed(filled)).strip()


def shows_exactly(value: Decimal, part: str) -> bool:
    """Whether a part of a format shows a number as a fraction or a power of ten, and exactly."""
    bare = _UNSEEN.sub("", part)
    if (power := _POWER.fullmatch(bare)) is not None:
        return len(value.normalize(_WIDE).as_tuple().digits) <= 1 + len(power[1] or "")
    if (fraction := _FRACTION.fullmatch(bare)) is None:
        return False
    exact = Fraction(value)
    if fraction[2]:
        return (exact * int(fraction[2])).denominator == 1
    return len(str(exact.denominator)) <= len(fraction[1])
