"""Which plugins are installed.

``importlib.metadata`` takes longer to import than the rest of a check takes to start. So the files are looked at first,
and it is imported only where one of them speaks of plugins.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from nianbao.plugins.markers import PROJECT

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_SECTION = f"[{PROJECT}]".encode()
_STANDARD = os.path.dirname(os.__file__)  # noqa: PTH120 - nothing is installed among the standard modules
_ELSEWHERE = {_STANDARD, f"{_STANDARD}/lib-dynload"}
_METADATA = (".dist-info", ".egg-info")


def installed() -> tuple[EntryPoint, ...]:
    """Return the entry points of plugins, by name."""
    if not any(_may_offer(place) for place in dict.fromkeys(sys.path) if place not in _ELSEWHERE):
        return ()
    from importlib.metadata import entry_points  # noqa: PLC0415 - see above

    return tuple(sorted(entry_points(group=PROJECT), key=lambda one: (one.name, one.value)))


def _may_offer(place: str) -> bool:
    """Whether a plugin may be installed in a place where modules are looked for."""
    try:
        with os.scandir(place or ".") as entries:
            return any(_offers(entry.path) for entry in entries if entry.name.endswith(_METADATA))
    except NotADirectoryError:
        return True  # an archive, into which only importlib.metadata can look
    except OSError:
        return False


def _offers(folder: str) -> bool:
    try:
        with open(f"{folder}/entry_points.txt", "rb") as file:  # noqa: PTH123 - a hundred Path objects cost a millisecond
            return _SECTION in file.read()
    except OSError:
        return False
