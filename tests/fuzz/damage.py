"""Ways in which files get damaged, or are made by someone who means harm: bytes in, other bytes out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_TAG = re.compile(rb"<[^<>]{1,300}>")
_NUMBER = re.compile(rb"\d+")
_HUGE = (b"0", b"-1", b"65536", b"100000", b"99999999999999999999", b"1e400", b"NaN")
_DEEP = 3000


def flip(data: bytes, dice: random.Random) -> bytes:
    """Change single bytes."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 3, 30))):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def truncate(data: bytes, dice: random.Random) -> bytes:
    """Let the file end early."""
    return data[: dice.randrange(1, len(data))]


def cut_out(data: bytes, dice: random.Random) -> bytes:
    """Lose a stretch in the middle."""
    begin = dice.randrange(len(data))
    return data[:begin] + data[begin + dice.randrange(1, 4000) :]


def repeat(data: bytes, dice: random.Random) -> bytes:
    """Write a stretch many times."""
    begin = dice.randrange(len(data))
    part = data[begin : begin + dice.randrange(1, 400)]
    return data[:begin] + part * dice.choice((2, 50, 500)) + data[begin:]


def drop_tag(data: bytes, dice: random.Random) -> bytes:
    """Lose some tags."""
    tags = list(_TAG.finditer(data))
    for tag in sorted(dice.sample(tags, min(len(tags), dice.choice((1, 5, 40)))), key=re.Match.start, reverse=True):
        data = data[: tag.start()] + data[tag.end() :]
    return data


def nest(data: bytes, dice: random.Random) -> bytes:
    """Write a tag thousands of times, one inside the other."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return data
    tag = dice.choice(tags)
    return data[: tag.start()] + tag[0] * _DEEP + data[tag.start() :]


def exaggerate(data: bytes, dice: random.Random) -> bytes:
    """Put absurd numbers in place of others: spans, lengths, offsets, figures."""
    numbers = list(_NUMBER.finditer(data))
    chosen = dice.sample(numbers, min(len(numbers), dice.choice((1, 5, 40))))
    for number in sorted(chosen, key=re.Match.start, reverse=True):
        data = data[: number.start()] + dice.choice(_HUGE) + data[number.end() :]
    return data


def exchange(data: bytes, dice: random.Random) -> bytes:
    """Exchange two stretches."""
    one, other = sorted(dice.sample(range(len(data)), 2))
    length = min(other - one, dice.randrange(1, 2000))
    return b"".join(
        (
            data[:one],
            data[other : other + length],
            data[one + length : other],
            data[one : one + length],
            data[other + length :],
        )
    )


PLAIN: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip,
    truncate,
    cut_out,
    repeat,
    drop_tag,
    nest,
    exaggerate,
    exchange,
)


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Return damaged bytes; those of a zip file are damaged as they are, or inside one of its members."""
    if data.startswith(b"PK") and dice.random() < 0.8:
        return _inside_zip(data, dice)
    return dice.choice(PLAIN)(data, dice) or b"x"


def _inside_zip(data: bytes, dice: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        contents = {name: source.read(name) for name in source.namelist()}
    name = dice.choice([name for name, content in contents.items() if content])
    if dice.random() < 0.1:
        del contents[name]
    else:
        contents[name] = dice.choice(PLAIN)(contents[name], dice)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for member, content in contents.items():
            made.writestr(member, content)
    return target.getvalue()
