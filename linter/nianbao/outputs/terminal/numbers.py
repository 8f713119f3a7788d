"""Numbers of entries: ``1, 3–5``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.outputs.terminal import captions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.voice import Voice


def numbers_of(voice: Voice, numbers: Iterable[int]) -> str:
    """Return numbers in order, with ranges for three and more in a row."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [
        [voice.say(captions.RANGE, first=run[0], last=run[-1])] if len(run) > 2 else [str(number) for number in run]
        for run in runs
    ]
    return voice.join(part for parts in told for part in parts)
