"""Text without formats is what rich would write where there is no terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text as Line

from nianbao.outputs.terminal.printing import TerminalPrinter, printer_for

if TYPE_CHECKING:
    import pytest

LINES = ["", "一、总体情况", "a\tb", "two\nlines\n", "blank behind" + " " * 90, "字" * 60]


def test_a_pipe_gets_what_rich_would_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Line by line, with the width that the user wants."""
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    plain, rich = io.StringIO(), io.StringIO()

    printer, other = printer_for(plain), TerminalPrinter(Console(file=rich, highlight=False))
    for one in (printer, other):
        one.print(Line(line, style="bold red") for line in LINES)

    assert not isinstance(printer, TerminalPrinter)
    assert printer.width == other.width == 80
    assert plain.getvalue() == rich.getvalue()
