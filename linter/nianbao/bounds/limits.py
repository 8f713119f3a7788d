"""Limits on the time and memory that reading may take, and the errors for what exceeds them."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.errors import InputError
from nianbao.messages import Text

_TOO_SLOW = Text(
    "读了 {seconds} 秒还没有读完，不像年度报告；请只保存年报正文再检查",
    "could not be read to its end in {seconds} seconds: save the report itself and check that",
)
_TOO_LARGE = Text(
    "读取时占用的内存超过 {limit} MB，不像年度报告；请只保存年报正文再检查",
    "takes more than {limit} MB of memory to read, which no annual report does: save the report itself and check that",
)


class Limited(NamedTuple):
    """The seconds that something may take, and the additional megabytes of memory."""

    seconds: float
    megabytes: int


def too_slow(seconds: float) -> InputError:
    """Return the error for what took more time."""
    return InputError("too-slow", _TOO_SLOW.format(seconds=f"{seconds:g}"))


def too_large(megabytes: int) -> InputError:
    """Return the error for what took more memory."""
    return InputError("too-large", _TOO_LARGE.format(limit=megabytes))
