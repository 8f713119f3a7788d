"""Where something stands in its source."""

from __future__ import annotations

from typing import NamedTuple


class Location(NamedTuple):
    """A place in the source, in the terms of its format; what the format does not have is ``None``.

    ``line`` and ``column`` count from 1 in characters of the decoded text. ``table``, ``row`` and ``cell`` count from 1
    in the order of the source. ``anchor`` is the reader's own handle for finding the exact place later; it is no part
    of any output.
    """

    line: int | None = None
    column: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    anchor: str | None = None

    def as_json(self) -> dict[str, int]:
        """Return what is known of the place, by name."""
        return {name: value for name, value in zip(self._fields[:-1], self[:-1], strict=True) if value is not None}


NOWHERE = Location()
