"""The command line called within the process of the tests, which is faster by far."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from nianbao.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Done(NamedTuple):
    """What a call came to."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def calling(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, repo: Path) -> Callable[..., Done]:
    """Return a function that calls ``nianbao`` with arguments, in a folder, with a text as standard input."""

    def call(*arguments: str | Path, cwd: Path = repo, stdin: str = "") -> Done:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        code = run(list(map(str, arguments)))
        shown = capsys.readouterr()
        return Done(code, shown.out, shown.err)

    return call
