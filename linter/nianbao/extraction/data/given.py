"""A report as data from a user or a program; mistakes are reported with the path of the value."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.location import Location, path_anchor
from nianbao.yamlfiles.source import mistakes_in, schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.document import Document
    from nianbao.yamlfiles.source import Path

_DIGITS = 18
_DECIMALS = 12
_MAX_NAMES_SHOWN = 6

_AT = Text("{path}{line}：{reason}", "{path}{line}: {reason}")
_LINE = Text("（第 {line} 行）", " (line {line})")
_MORE = Text("；另有 {count} 处", "; and {count} more")
_NEAR = Text("；是不是“{name}”？", "; did you mean {name!r}?")
_NO_DAY = Text("没有 {day} 这一天", "there is no day {day}")
_ABSURD = Text("{value} 不像报告里的数", "{value} is no figure that a report could hold")


class ReportData:
    """The data of a report, after validation.

    Args:
        document: The document with the data.

    Raises:
        InputError: they do not follow the schema.
    """

    def __init__(self, document: Document) -> None:
        self.data: Mapping[str, Any] = document.data or {}
        self._document = document
        mistakes = mistakes_in(self.data, schema("report"))
        if mistakes:
            path, reason = mistakes[0]
            raise self.wrong(path, reason + _MORE.format(count=len(mistakes) - 1) if len(mistakes) > 1 else reason)

    def wrong(self, path: Path, reason: Text) -> InputError:
        """Return the error for a wrong value."""
        line = self._document.refine(self.place(path)).line
        where = Text() if line is None else _LINE.format(line=line)
        message = _AT.format(path=".".join(map(str, path)) or "/", line=where, reason=reason)
        return InputError("wrong-data", message.in_one_line())

    def place(self, path: Path, stated: Mapping[str, Any] | None = None) -> Location:
        """Return the place that the data state, else the place of the value in the data."""
        if stated is None:
            return Location(anchor=path_anchor(path))
        known: dict[str, Any] = {name: tuple(value) if name == "box" else value for name, value in stated.items()}
        return Location(**known)

    def number(self, path: Path, value: int | Decimal | None) -> int | Decimal | None:
        """Return a number unchanged.

        Raises:
            InputError: it is too large or too precise for a report.
        """
        if value is None:
            return None
        exact = Decimal(value)
        if not exact.is_finite() or (exact and exact.adjusted() >= _DIGITS) or decimals(exact) > _DECIMALS:
            raise self.wrong(path, _ABSURD.format(value=str(value)[:40]))
        return int(exact) if decimals(exact) < 0 else value

    def day(self, path: Path, written: str) -> dt.date:
        """Return the date of an ISO 8601 text.

        Raises:
            InputError: there is no such date.
        """
        try:
            return dt.date.fromisoformat(written)
        except ValueError as error:
            raise self.wrong(path, _NO_DAY.format(day=written)) from error


def decimals(value: Decimal) -> int:
    """Return the number of decimals; negative if the number ends with zeros before the point."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def near(name: str, known: list[str]) -> Text:
    """Return a hint at the most similar known name, or at some known names, for the end of a reason."""
    import difflib  # noqa: PLC0415 - only for mistakes

    close = difflib.get_close_matches(name, known, 1, 0.5)
    if close:
        return _NEAR.format(name=close[0])
    some = known[:_MAX_NAMES_SHOWN]
    return Text(f"；这里有：{'、'.join(some)}", f"; known here: {', '.join(some)}") if some else Text()
