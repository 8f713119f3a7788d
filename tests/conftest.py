"""What every test may ask for: the repository, the corpus of real reports, and the command line in a process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
_CORPUS = Path(os.environ.get("NIANBAO_CORPUS") or ROOT.parent / "shared" / "corpus")

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


def pytest_configure(config: pytest.Config) -> None:
    """Keep a cache for this run alone: what an earlier run or the user's own use left must change no result."""
    if not hasattr(config, "workerinput"):
        os.environ["NIANBAO_CACHE"] = tempfile.mkdtemp(prefix="nianbao-cache-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ["NIANBAO_CACHE"], ignore_errors=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the longest tests first, so that none of them is left alone at the end of a parallel run."""
    items.sort(key=lambda item: item.get_closest_marker("packaging") is None)


@pytest.fixture(scope="session")
def repo() -> Path:
    """Return the root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real reports with their true cells; skip where it is not at hand."""
    if not _CORPUS.is_dir():
        pytest.skip("no corpus of real reports here: NIANBAO_CORPUS gives its folder")
    return _CORPUS


@pytest.fixture(scope="session")
def nianbao() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs ``nianbao`` with arguments in a process of its own, without colour, 100 columns wide.

    It takes ``cwd``, ``stdin`` (text) and, as other keywords, environment variables; ``None`` takes a variable away.
    """

    def run(
        *arguments: str | Path, cwd: Path = ROOT, stdin: str = "", **variables: str | None
    ) -> subprocess.CompletedProcess[str]:
        wanted = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100", "NO_COLOR": "1", **variables}
        return subprocess.run(
            [sys.executable, "-m", "nianbao", *map(str, arguments)],
            cwd=cwd,
            env={name: value for name, value in wanted.items() if value is not None},
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    return run
