"""Reasons why a copy cannot be made, with alternatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.place import line_or_spot

if TYPE_CHECKING:
    from nianbao.editing.editor import Correction

_NOT_THERE = Text(
    "找不到要改的“{old}”在文件里的位置（{place}）；请手工修改",
    "the place of {old!r} in the file is not known ({place}): change it by hand",
)
_OTHER = Text(
    "{place} 写的是“{found}”，不是“{old}”；请手工修改", "{place} says {found!r}, not {old!r}: change it by hand"
)
_UNKNOWN = Text("位置不明", "place unknown")


def not_there(correction: Correction) -> InputError:
    """Return the error for a figure whose place is not found."""
    reason = _NOT_THERE.format(old=correction.old, place=_where(correction))
    return InputError("place-not-found", reason.in_one_line())


def other_words(correction: Correction, words: str) -> InputError:
    """Return the error for a figure whose place has another text."""
    reason = _OTHER.format(place=_where(correction), old=correction.old, found=words[:40])
    return InputError("other-words", reason.in_one_line())


def _where(correction: Correction) -> Text:
    reason = line_or_spot(correction.location)
    return reason if reason.zh else _UNKNOWN
