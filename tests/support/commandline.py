"""``nianbao`` as a test calls it: in the process of the tests, which is fast, or in one of its own, as people do."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING
from unittest.mock import patch

from nianbao import cli

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Done = subprocess.CompletedProcess[str]

_PLAIN = {"PYTHONUTF8": "1", "COLUMNS": "100", "NO_COLOR": "1"}
_PATIENCE = 600  # seconds after which a command hangs, on the slowest machine


def called(
    *arguments: str | Path,
    cwd: Path,
    stdin: str = "",
    variables: Mapping[str, str | None] | None = None,
    together: bool = False,
) -> Done:
    """Run a command in this process, and return what it printed.

    Args:
        arguments: Those of the command line.
        cwd: The folder to run it in.
        stdin: What it reads from standard input.
        variables: Variables of the environment; ``None`` takes one away.
        together: Whether errors go to standard output too, in the order in which they come.
    """
    command = [*map(str, arguments)]
    with _environment({**_PLAIN, **(variables or {})}), chdir(cwd), _stdin(stdin):
        out, err = _stream(), _stream()
        with redirect_stdout(out), redirect_stderr(out if together else err):
            code = cli.run(command)
        return subprocess.CompletedProcess(command, code, _text(out), _text(err))


def started(
    *arguments: str | Path, cwd: Path, stdin: str = "", variables: Mapping[str, str | None] | None = None
) -> Done:
    """Run a command in a process of its own, and return what it printed; all else is as with ``called``."""
    wanted = {**os.environ, **_PLAIN, **(variables or {})}
    return subprocess.run(
        [sys.executable, "-m", "nianbao", *map(str, arguments)],
        cwd=cwd,
        env={name: value for name, value in wanted.items() if value is not None},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=_PATIENCE,
    )


@contextmanager
def _environment(variables: Mapping[str, str | None]) -> Iterator[None]:
    with patch.dict(os.environ, {name: value for name, value in variables.items() if value is not None}):
        for name in [name for name, value in variables.items() if value is None]:
            os.environ.pop(name, None)
        yield


@contextmanager
def _stdin(text: str) -> Iterator[None]:
    with patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")):
        yield


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
