"""Lines printed with their formats on a terminal, and without them to a file or a pipe."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.text import Text as Line

_USUAL_WIDTH = 80
_STREAMS = (0, 1, 2)  # input, output and errors: any of them may be the terminal
_FORMATS_WANTED = ("FORCE_COLOR", "TTY_COMPATIBLE")


class Printer(Protocol):
    """Prints lines.

    Attributes:
        width: The width for which they are laid out, in columns.
    """

    width: int

    def print(self, lines: Iterable[Line]) -> None:
        """Print lines."""


def printer_for(stream: IO[str]) -> Printer:
    """Return a printer for a stream: as rich prints, which is only imported for a terminal."""
    if stream.isatty() or any(map(os.environ.get, _FORMATS_WANTED)):
        from rich.console import Console  # noqa: PLC0415 - takes a tenth of a short run

        return TerminalPrinter(Console(file=stream, highlight=False, soft_wrap=False))
    return _PlainPrinter(stream)


class TerminalPrinter:
    """Prints lines with colours, as far as the terminal and its user want them."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.width = console.width

    def print(self, lines: Iterable[Line]) -> None:
        """Print lines."""
        console = self._console
        with console.capture() as capture:  # a console whose pipe is closed would end the process by itself
            for line in lines:
                # Without colours, rich still writes bold and underline; users who set NO_COLOR want plain text.
                console.print(type(line)(line.plain) if console.no_color else line, soft_wrap=True, highlight=False)
        console.file.write(capture.get())


class _PlainPrinter:
    """Prints lines without formats."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self.width = _width()

    def print(self, lines: Iterable[Line]) -> None:
        """Print lines."""
        self._stream.write("".join(f"{_plain(line)}\n" for line in lines))


def _plain(line: Line) -> str:
    line.expand_tabs()
    return line.plain


def _width() -> int:
    """Return the width that the user wants, else that of the terminal from which the program runs."""
    wanted = os.environ.get("COLUMNS", "")
    if wanted.isdigit():
        return int(wanted)
    for stream in _STREAMS:
        with suppress(OSError, ValueError):
            return os.get_terminal_size(stream).columns or _USUAL_WIDTH
    return _USUAL_WIDTH
