"""What every test may ask for: the repository, real reports, the command line. And which tests are run."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from tests.support.commandline import called, started
from tests.support.measuring import measured, unmeasured
from tests.support.pdfs_here import MODULES, run_here
from tests.support.thinning import FEW

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Generator

    Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).resolve().parents[1]
_CORPUS = Path(os.environ.get("NIANBAO_CORPUS") or ROOT.parent / "shared" / "corpus")
_LEFT_TO_ALL = pytest.StashKey[int]()
_MEASURED = pytest.StashKey[set[str]]()
_SLOW = ("packaging", "slow")  # the slowest first

# Nothing depends on how fast the machine is.
for _name, _examples in (("few", FEW), ("all", 100), ("thorough", 1000)):
    settings.register_profile(
        _name, max_examples=_examples, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run be told to leave nothing out."""
    parser.addoption("--all", action="store_true", help="run what is marked exhaustive too, and draw more examples")


def pytest_configure(config: pytest.Config) -> None:
    """Keep a cache for this run alone: what an earlier run or the user's own use left must change no result.

    Interrupts have their usual effect, also where a shell started the run in the background, which ignores them.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("all" if config.option.all else "few"))
    if not hasattr(config, "workerinput"):
        os.environ["NIANBAO_CACHE"] = tempfile.mkdtemp(prefix="nianbao-cache-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ["NIANBAO_CACHE"], ignore_errors=True))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is exhaustive, and start the slowest tests first: none is to be left alone at the end."""
    left_out = [] if config.option.all else [item for item in items if item.get_closest_marker("exhaustive")]
    config.stash[_LEFT_TO_ALL] = len(left_out)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("exhaustive")]
    config.stash[_MEASURED] = measured(items)
    items.sort(key=lambda item: [item.get_closest_marker(mark) is None for mark in _SLOW])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure coverage in some cases of each test."""
    if item.nodeid in item.config.stash[_MEASURED]:
        return (yield)
    with unmeasured():
        return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a worker tell how much it left out."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left to --all"] = session.config.stash.get(_LEFT_TO_ALL, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear how much a worker left out; all of them leave out the same."""
    node.config.stash[_LEFT_TO_ALL] = getattr(node, "workeroutput", {}).get("left to --all", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was left out, also to whoever names a file for it."""
    skipped = Counter(
        str(report.longrepr[2]).removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", [])
    )
    left_out = {"left to --all": config.stash.get(_LEFT_TO_ALL, 0)} | skipped
    lines = [f"{count} × {reason}" for reason, count in left_out.items() if count]
    if lines:
        terminalreporter.section("left out")
        for line in lines:
            terminalreporter.line(line)
    if file := os.environ.get("NIANBAO_LEFT_OUT"):
        Path(file).write_text(json.dumps(lines), encoding="utf-8")


@pytest.fixture(autouse=True)
def _pdfs_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the PDFs of some tests in their own process."""
    if request.path.stem in MODULES:
        monkeypatch.setattr(import_module("nianbao.readers.pdf"), "run_outside", run_here)


@pytest.fixture(scope="session")
def everything(pytestconfig: pytest.Config) -> bool:
    """Return whether nothing is to be left out."""
    return bool(pytestconfig.option.all)


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
def nianbao() -> Run:
    """Return a function that runs ``nianbao`` with arguments, without colour, 100 columns wide, in this process.

    It takes ``cwd``, ``stdin`` (text) and, as other keywords, environment variables; ``None`` takes a variable away.
    """

    def run(
        *arguments: str | Path, cwd: Path = ROOT, stdin: str = "", **variables: str | None
    ) -> subprocess.CompletedProcess[str]:
        return called(*arguments, cwd=cwd, stdin=stdin, variables=variables)

    return run


@pytest.fixture(scope="session")
def nianbao_process() -> Run:
    """Return a function that does the same in a process of its own, which has nothing in memory yet."""

    def run(
        *arguments: str | Path, cwd: Path = ROOT, stdin: str = "", **variables: str | None
    ) -> subprocess.CompletedProcess[str]:
        return started(*arguments, cwd=cwd, stdin=stdin, variables=variables)

    return run
