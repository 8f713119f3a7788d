"""Places in a source."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Location(NamedTuple):
    """A place in the source, in the terms of its format; terms that the format does not have are ``None``.

    Attributes:
        line: Line of the decoded text, from 1.
        column: Character in that line, from 1.
        table: Table, from 1 in the order of the source.
        row: Row of that table, from 1.
        cell: Cell of that row, from 1.
        paragraph: Paragraph outside tables, from 1 (Word).
        page: Page, from 1 (PDF).
        box: Left, top, right and bottom on that page, in points from its upper left corner.
        sheet: Name of the sheet (spreadsheets).
        ref: Cell of that sheet, as in ``B7``.
        anchor: The reader's own handle for finding the exact place later; it is not part of any output.
    """

    line: int | None = None
    column: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    anchor: str | None = None
    paragraph: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    ref: str | None = None

    @property
    def key(self) -> Location | str:
        """Identifies the place in its source; the same before and after it is made exact."""
        return self.anchor or self

    def as_json(self) -> dict[str, Any]:
        """Return the known terms of the place, by name."""
        known = {name: value for name, value in self._asdict().items() if value is not None and name != "anchor"}
        return known if self.box is None else {**known, "box": [Decimal(f"{edge:.1f}") for edge in self.box]}


NOWHERE = Location()


def path_anchor(path: Iterable[str | int]) -> str:
    """Return the handle of a value in data: its path of keys and indexes from the root."""
    return "\n".join(map(str, path))
