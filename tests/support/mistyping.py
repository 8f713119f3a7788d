"""What may become of one figure on its way into a table: each function draws another figure, or finds none.

Figures are typed without zeros before them, so none of these puts a zero first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

DIGITS = "0123456789"
LOOKING_ALIKE = ("17", "38", "56", "08", "69", "35", "49")
KEYPAD = ("789", "456", "123", "00.")
MOST_DIGITS = 7


def wrong_digit(figure: int, dice: random.Random) -> int | None:
    """Replace one digit, drawn among all of the figure's, by one of the nine others."""
    place = dice.randrange(len(str(figure)))
    return _with_digit(figure, place, _others(figure, place, DIGITS), dice)


def wrong_digit_of_a_figure(figure: int, dice: random.Random) -> int | None:
    """Replace one digit of a figure other than 0."""
    return wrong_digit(figure, dice) if figure else None


def transposed(figure: int, dice: random.Random) -> int | None:
    """Exchange two digits that stand side by side and differ."""
    digits = str(figure)
    exchanged = [
        digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :] for place in range(len(digits) - 1)
    ]
    return _one_of(exchanged, figure, dice)


def dropped(figure: int, dice: random.Random) -> int | None:
    """Leave out one digit of several."""
    digits = str(figure)
    return _one_of([digits[:place] + digits[place + 1 :] for place in range(len(digits))], figure, dice)


def doubled(figure: int, dice: random.Random) -> int | None:
    """Type one digit twice."""
    digits = str(figure)
    return _one_of([digits[: place + 1] + digits[place:] for place in range(len(digits))], figure, dice)


def inserted(figure: int, dice: random.Random) -> int | None:
    """Type a digit too many, anywhere, into a figure other than 0."""
    digits, place = str(figure), dice.randrange(len(str(figure)) + 1)
    longer = [digits[:place] + digit + digits[place:] for digit in DIGITS]
    return _one_of(longer, figure, dice) if figure else None


def zero_too_many(figure: int, dice: random.Random) -> int | None:
    """Type a zero too many, inside the figure or at its end."""
    digits = str(figure)
    longer = [f"{digits[:place]}0{digits[place:]}" for place in range(1, len(digits) + 1)]
    return _one_of(longer, figure, dice) if figure else None


def zero_missing(figure: int, dice: random.Random) -> int | None:
    """Leave out one zero of a figure of several digits."""
    digits = str(figure)
    shorter = [digits[:place] + digits[place + 1 :] for place in range(1, len(digits)) if digits[place] == "0"]
    return _one_of(shorter, figure, dice)


def times_ten(figure: int, dice: random.Random) -> int | None:
    """Take the figure ten times."""
    return figure * 10


def times_hundred(figure: int, dice: random.Random) -> int | None:
    """Take the figure a hundred times."""
    return figure * 100


def lost(figure: int, dice: random.Random) -> int | None:
    """Put 0 for the figure."""
    return 0


def of_same_size(figure: int, dice: random.Random) -> int | None:
    """Put another figure of as many digits."""
    size = len(str(figure))
    return dice.randrange(10 ** (size - 1) if size > 1 else 0, 10**size)


def of_any_size(figure: int, dice: random.Random) -> int | None:
    """Put a figure of one to four digits."""
    return int(10 ** dice.uniform(0, 4))


def off_by_one(figure: int, dice: random.Random) -> int | None:
    """Miscount by one."""
    return max(0, figure + dice.choice((-1, 1)))


def off_by_ten(figure: int, dice: random.Random) -> int | None:
    """Miscount by ten."""
    return max(0, figure + dice.choice((-10, 10)))


def counted_late(figure: int, dice: random.Random) -> int | None:
    """Count one to five more."""
    return figure + dice.randrange(1, 6)


def corrected_late(figure: int, dice: random.Random) -> int | None:
    """Correct the figure by at most a fifth, a small one by one or two."""
    most = max(2, figure // 5)
    return max(0, figure + dice.randrange(-most, most + 1))


def looks_alike(figure: int, dice: random.Random) -> int | None:
    """Take one digit for one that looks like it."""
    return _by_digit(figure, dice, _pairs(LOOKING_ALIKE))


def next_key(figure: int, dice: random.Random) -> int | None:
    """Hit the key beside, above or below on the block of digits of a keyboard."""
    return _by_digit(figure, dice, _keys_beside())


def with_sign(figure: int, dice: random.Random) -> int | None:
    """Put a minus before the figure."""
    return -figure


def _others(figure: int, place: int, digits: str) -> str:
    """Return the digits that may stand for the one in that place."""
    own, several = str(figure)[place], len(str(figure)) > 1
    return "".join(digit for digit in digits if digit != own and not (several and place == 0 and digit == "0"))


def _with_digit(figure: int, place: int, others: str, dice: random.Random) -> int | None:
    digits = str(figure)
    return int(digits[:place] + dice.choice(others) + digits[place + 1 :]) if others else None


def _by_digit(figure: int, dice: random.Random, others: Mapping[str, str]) -> int | None:
    place = dice.randrange(len(str(figure)))
    return _with_digit(figure, place, _others(figure, place, others.get(str(figure)[place], "")), dice)


def _one_of(written: Sequence[str], figure: int, dice: random.Random) -> int | None:
    """Draw among those that somebody would write, and that are not the figure."""
    found = [one for one in written if one and (one == "0" or one[0] != "0") and int(one) != figure]
    return int(dice.choice(found)) if found else None


def _pairs(pairs: Sequence[str]) -> dict[str, str]:
    return {digit: "".join(pair.replace(digit, "") for pair in pairs if digit in pair) for digit in DIGITS}


def _keys_beside() -> dict[str, str]:
    """Return the digits whose keys touch, by digit; the key of 0 is two wide."""
    places = [(key, row, column) for row, keys in enumerate(KEYPAD) for column, key in enumerate(keys) if key != "."]
    beside: dict[str, set[str]] = {digit: set() for digit in DIGITS}
    for key, row, column in places:
        for other, other_row, other_column in places:
            if abs(row - other_row) + abs(column - other_column) == 1 and key != other:
                beside[key].add(other)
    return {key: "".join(sorted(others)) for key, others in beside.items()}


ONE_FIGURE: Mapping[str, Callable[[int, random.Random], int | None]] = {
    "digits transposed": transposed,
    "digit dropped": dropped,
    "digit doubled": doubled,
    "digit inserted": inserted,
    "zero too many": zero_too_many,
    "zero missing": zero_missing,
    "times ten": times_ten,
    "times hundred": times_hundred,
    "value lost": lost,
    "same size": of_same_size,
    "any size": of_any_size,
    "off by one": off_by_one,
    "off by ten": off_by_ten,
    "digit that looks alike": looks_alike,
    "key beside": next_key,
    "sign": with_sign,
}
