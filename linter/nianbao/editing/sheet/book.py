"""A workbook that is to be changed: its parts, and its sheets as the reader gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from nianbao.containers.zipped import Zipped, is_zip
from nianbao.editing.parts import Parts
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.sheets.parts import local
from nianbao.readers.sheets.workbook import Counting, place_of
from nianbao.readers.sheets.xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.location import Location
    from nianbao.readers.sheets.workbook import Place, Sheet

_OLD = Text(
    "是旧版 .xls 工作簿，不能写副本；请用表格软件另存为 .xlsx 再试",
    "is an old .xls workbook, of which no copy can be written: save it as .xlsx and retry with that",
)
_EMPTY = Text("工作簿里没有内容；请检查文件是否选对", "is an empty workbook: check that this is the right file")


class WorkbookParts:
    """The sheets of a workbook, each with the part that holds it.

    Args:
        data: The file.

    Raises:
        InputError: it cannot be read, is an old ``.xls``, or carries a digital signature.
    """

    def __init__(self, data: bytes) -> None:
        if not is_zip(data):
            raise InputError("old-workbook", _OLD)
        self.parts = Parts(data)
        read = read_xlsx(Zipped(data))
        self.part = read.part.lstrip("/")
        self.sheets = read.sheets

    def sheet(self, name: str | None) -> Sheet | None:
        """Return the sheet of that name; ``None`` where there is none."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def nearest(self, location: Location) -> tuple[Sheet, Place]:
        """Return sheet and place of a location, else the first cell that its sheet or the first sheet shows.

        Raises:
            InputError: the workbook has no sheet at all.
        """
        sheet = self.sheet(location.sheet)
        place = place_of(location.ref or "")
        if sheet is not None and place is not None:
            return sheet, place
        shown = (one for one in self.sheets if one.cells and not one.hidden)
        chosen = sheet or next(shown, None) or next(iter(self.sheets), None)
        if chosen is None:
            raise InputError("empty", _EMPTY)
        return chosen, min(chosen.cells, default=(0, 0))


def part_of(sheet: Sheet) -> str:
    """Return the name of the part that holds a sheet."""
    return sheet.part.lstrip("/")


def tag_beside(root: Any, name: str) -> str:
    """Return a tag in the namespace of a root: editions of the standard differ in it."""
    space = etree.QName(root).namespace
    return f"{{{space}}}{name}" if space else name


def cells_in(root: Any) -> Iterator[tuple[Place, Any]]:
    """Give the cells of a sheet's tree with their places, counted as the reader counts them."""
    counting = Counting()
    for element in root.iter("{*}row", "{*}c"):
        if local(element.tag) == "row":
            counting.enter_row(element.get("r"))
        else:
            yield counting.enter_cell(element.get("r", "")), element
