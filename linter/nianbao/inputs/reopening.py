"""Exact places in the sources of reports; the sources are read again for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nianbao.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.model.location import Location
    from nianbao.model.report import Report


def exact_places(report: Report) -> Callable[[Location], Location]:
    """Return the function that makes places of a report exact; it reads the file again if it has to.

    If the file was deleted or changed in the meantime, places stay as they are.
    """
    if report.places is None:
        return _same
    from nianbao.readers.originals import original  # noqa: PLC0415 - for formats whose places take a second look

    try:
        return partial(report.places.exact, original(report.name, sha256=report.sha256).text)
    except InputError:
        return _same


def _same(location: Location) -> Location:
    return location
