"""A function of the rule language that is not built in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.messages import Text

VALUE_TYPES = ("number", "text", "truth", "date")


class Function(NamedTuple):
    """A function that expressions may call.

    Attributes:
        name: What it is called in Chinese and in English; either may be used.
        takes: Types of its arguments, each of ``VALUE_TYPES``.
        gives: Type of its result.
        call: Computes the result from plain values.
    """

    name: Text
    takes: tuple[str, ...]
    gives: str
    call: Callable[..., object]
