"""Finds the installed plugins.

The import of ``importlib.metadata`` takes longer than the rest of the start of a check. Therefore the files are
examined first, and the module is imported only if one of them mentions plugins.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from nianbao.plugins.markers import PROJECT

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_SECTION = f"[{PROJECT}]".encode()
_STANDARD = os.path.dirname(os.__file__)  # noqa: PTH120 - no package is installed here
_ELSEWHERE = {_STANDARD, f"{_STANDARD}/lib-dynload"}
_METADATA = (".dist-info", ".egg-info")


def installed() -> tuple[EntryPoint, ...]:
    """Return the entry points of plugins, by name."""
    if not any(_may_offer(place) for place in dict.fromkeys(sys.path) if place not in _ELSEWHERE):
        return ()
    from importlib.metadata import entry_points  # noqa: PLC0415 - see above

    return tuple(sorted(entry_points(group=PROJECT), key=lambda point: (point.name, point.value)))


def _may_offer(place: str) -> bool:
    """Whether a plugin may be installed in an entry of the module search path."""
    try:
        with os.scandir(place or ".") as entries:
            return any(_offers(entry.path) for entry in entries if entry.name.endswith(_METADATA))
    except NotADirectoryError:
        return True  # an archive, which only importlib.metadata can read
    except OSError:
        return False


def _offers(folder: str) -> bool:
    try:
        with open(f"{folder}/entry_points.txt", "rb") as file:  # noqa: PTH123 - a hundred Path objects take a millisecond
            return _SECTION in file.read()
    except OSError:
        return False
