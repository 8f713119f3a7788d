"""Options for opening inputs."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.model.address import MAX_SECONDS


class InputOptions(NamedTuple):
    """Options for opening inputs.

    Attributes:
        seconds: The maximum time for one address.
        save: The folder in which fetched data are saved, if any.
        only_reports: Whether named files that are not reports are skipped, as they always are in folders and archives.
        prior_beside: Whether the year before of a report is looked for beside its file, too.
    """

    seconds: float = MAX_SECONDS
    save: str | None = None
    only_reports: bool = False
    prior_beside: bool = False
