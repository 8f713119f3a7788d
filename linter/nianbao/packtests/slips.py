"""Typical slips in typed figures: what a cell, or a cell and its neighbour, may contain by mistake."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from nianbao.diagnosis.equations import exact
from nianbao.model.slip import BLANKED, DOUBLED, DROPPED, MOVED, OTHER_DIGIT, TRANSPOSED, ZERO_ADDED, ZEROED

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping

    from nianbao.diagnosis.equations import Number
    from nianbao.model.form import Form
    from nianbao.model.slip import SlipKind


class Slip(NamedTuple):
    """A slip: its kind, and the cells afterwards; ``None`` is a blank."""

    kind: SlipKind
    cells: Mapping[str, Number | None]


def slips(key: str, values: Mapping[str, Number], *, neighbour: str | None, dice: random.Random) -> Iterator[Slip]:
    """Yield the possible slips of a cell, each of which changes its content.

    Args:
        key: The cell.
        values: The figures of all cells.
        neighbour: The cell next to it, if there is one.
        dice: Chooses the place in a figure.
    """
    value = values[key]
    seen = {value}
    for kind, changed in _misread(value, dice):
        if changed not in seen:
            seen.add(changed)
            yield Slip(kind, {key: changed})
    if value:
        if neighbour is not None and not values[neighbour]:
            yield Slip(MOVED, {key: 0, neighbour: value})
        yield Slip(ZEROED, {key: 0})
        yield Slip(BLANKED, {key: None})


def _misread(value: Number, dice: random.Random) -> Iterator[tuple[SlipKind, Number]]:
    digits, scale, sign = _digits(value)
    pairs = [place for place in range(len(digits) - 1) if digits[place] != digits[place + 1]]
    if pairs:
        place = dice.choice(pairs)
        yield TRANSPOSED, _number(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :], scale, sign)
    place = dice.randrange(len(digits))
    other = dice.choice([digit for digit in "0123456789" if digit != digits[place]])
    yield OTHER_DIGIT, _number(digits[:place] + other + digits[place + 1 :], scale, sign)
    if len(digits) > 1:
        yield DROPPED, _number(digits[:place] + digits[place + 1 :], scale, sign)
    yield DOUBLED, _number(digits[: place + 1] + digits[place:], scale, sign)
    yield ZERO_ADDED, _number(digits + "0", scale, sign)


def _digits(value: Number) -> tuple[str, int, int]:
    """Return the digits of a figure, the number of decimals, and its sign."""
    scale = 0
    while (value * 10**scale).denominator != 1:
        scale += 1
    return str(abs(value * 10**scale).numerator), scale, -1 if value < 0 else 1


def _number(digits: str, scale: int, sign: int) -> Number:
    return exact(Fraction(sign * int(digits), 10**scale)) if scale else sign * int(digits)


def neighbours(form: Form) -> dict[str, str]:
    """Return the neighbour of each figure: the next one in its row, or the previous one for the last."""
    nearest: dict[str, str] = {}
    for table in form.tables.values():
        for row in table.rows.leaves:
            keys = [key for column in row.columns if table.slots[key := f"{table.id}.{row.id}.{column}"].holds_figure]
            beside = [*keys[1:], *keys[-2:-1]]
            nearest.update(zip(keys, beside, strict=False))
    return nearest
