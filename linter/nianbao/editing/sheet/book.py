"""A workbook to be changed: its parts, and its sheets as the reader reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.editing.office import opened
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.sheets.parts import local
from nianbao.readers.sheets.workbook import Counting, place_of
from nianbao.readers.sheets.xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.containers.zipped import Zipped
    from nianbao.model.location import Location
    from nianbao.readers.sheets.workbook import Place, Sheet

_EMPTY = Text("工作簿里没有内容；请检查文件是否选对", "is an empty workbook: check that this is the right file")


class WorkbookParts:
    """The sheets of a workbook, each with its part.

    Args:
        zipped: The file.

    Raises:
        InputError: it cannot be read, or has a digital signature.
    """

    def __init__(self, zipped: Zipped) -> None:
        self.parts = opened(zipped)
        read = read_xlsx(zipped)
        self.part = read.part
        self.sheets = read.sheets

    def sheet(self, name: str | None) -> Sheet | None:
        """Return the sheet with a name; ``None`` if there is none."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def nearest(self, location: Location) -> tuple[Sheet, Place]:
        """Return sheet and place of a location, else of the first visible text of its sheet or of the first sheet.

        Raises:
            InputError: the workbook has no sheets.
        """
        sheet = self.sheet(location.sheet)
        place = place_of(location.ref or "")
        if sheet is not None and place is not None:
            return sheet, place
        shown = (candidate for candidate in self.sheets if candidate.cells and not candidate.hidden)
        chosen = sheet or next(shown, None) or next(iter(self.sheets), None)
        if chosen is None:
            raise InputError("empty", _EMPTY)
        return chosen, min(chosen.cells, default=(0, 0))


def cells_in(root: Any) -> Iterator[tuple[Place, Any]]:
    """Give the cells of a sheet's tree with their places, which are counted as the reader counts them."""
    counting = Counting()
    for element in root.iter("{*}row", "{*}c"):
        if local(element.tag) == "row":
            counting.enter_row(element.get("r"))
        else:
            yield counting.enter_cell(element.get("r", "")), element
