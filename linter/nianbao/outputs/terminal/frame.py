"""The frame in which findings are drawn on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.messages import clean
from nianbao.model.place import line_or_page

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

    def spot(self, location: Location, *, source: str | None = None) -> str:
        """Return a place: its line, page, paragraph or cell of a sheet, with its file if that is another report.

        The cells of tables are named by the form's words, and not once more by the number of their table in the file.
        """
        words = self.voice.clean(line_or_page(location))
        return words if source is None else " ".join(filter(None, (clean(source), words)))
