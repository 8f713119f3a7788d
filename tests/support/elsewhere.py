"""What tests have done in a process that was started anew."""

from __future__ import annotations

from multiprocessing import get_context
from typing import TYPE_CHECKING

from tests.support.writing import json_of

from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from nianbao.linter import Linter


def checked(linter: Linter, paths: Sequence[str]) -> str:
    """Return as JSON what a linter says of files."""
    return json_of(CHINESE, linter.check(paths).result())


def checked_elsewhere(linter: Linter, paths: Sequence[str]) -> str:
    """Return what a linter says of files in another process, where it is made again."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(checked, (linter, paths))


def from_plain_elsewhere(data: Mapping[str, Any], paths: Sequence[str]) -> str:
    """Return what the linter of plain data says of files in another process."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_checked_from_plain, (data, paths))


def _checked_from_plain(data: Mapping[str, Any], paths: Sequence[str]) -> str:
    from nianbao.linter import Linter  # noqa: PLC0415 - in the other process

    return checked(Linter.from_plain(data), paths)
