"""The frame in which findings are drawn on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.location import NOWHERE
from nianbao.model.place import spot

if TYPE_CHECKING:
    from nianbao.model.form import Form
    from nianbao.model.location import Location
    from nianbao.model.report import Report
    from nianbao.model.result import Checked
    from nianbao.voice import Voice


class Frame(NamedTuple):
    """The frame of a drawing: the report, the width, the language, and whether zeros are drawn too."""

    checked: Checked
    width: int
    voice: Voice
    full: bool = False

    def report_of(self, source: str | None) -> Report | None:
        """Return the report of a cell, by the name of its source."""
        return self.checked.report if source is None else self.checked.prior or self.checked.report

    def form_of(self, source: str | None) -> Form | None:
        """Return that report's form."""
        report = self.report_of(source)
        return None if report is None else report.form

    def place(self, location: Location) -> str:
        """Return a place in the report: with its path if it has a line, for editors, else page, sheet or table."""
        if location.line is None and location != NOWHERE:
            return self.voice.clean(spot(location))
        return self.voice.place(self.checked.path, location)
