"""This checkout against another one, in turns, figure by figure: ``python bench/run.py --against PATH``.

Both are run by the same Python with the same libraries, each with byte code and a cache of its own. Times are those of
the processor, which a busy machine disturbs least. A ratio is the median of those of the rounds.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import IO, TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Ask = Callable[[str, Path], float]

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
PAGE, TEXT, DRAFT, PRIOR = (
    EXAMPLES / f"linjiang-{name}" for name in ("2024.html", "2024.txt", "2024-draft.txt", "2023.txt")
)
WRONG = "applications.total.total"
FEW, MANY = 100, 600
WARM_TIMES = 20
TOLERANCE = 1.05


class Side(NamedTuple):
    """A checkout: the environment of its processes, and a folder that they may write to."""

    variables: dict[str, str]
    folder: Path


class Comparison(NamedTuple):
    """One line of the table: what both took, in seconds or kB, and this checkout as a multiple of the other one."""

    what: str
    here: float
    there: float
    unit: str
    ratio: float


def side(checkout: Path, folder: Path) -> Side:
    """Return a checkout ready to be run."""
    folder.mkdir(parents=True)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {
        "PYTHONPATH": str(checkout / "linter"),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "NIANBAO_CACHE": str(folder / "cache"),
        "PYTHONUTF8": "1",
        "NO_COLOR": "1",
    }
    return Side({**kept, **own}, folder)


def drawn_files(folder: Path) -> dict[str, Path]:
    """Write the example as files of other kinds, and a PDF of it where LibreOffice is at hand."""
    from tests.support.drawing import draw_report  # noqa: PLC0415 - once the repository's root is on the path
    from tests.support.rendering import rendered  # noqa: PLC0415 - the same

    from nianbao.forms.loading import form_by_id  # noqa: PLC0415 - the same

    drawn = draw_report(form_by_id("zfxxgk-2021"), "bench")
    files = {"text": TEXT, "page": PAGE, "draft": DRAFT}
    for name, kind, ending in (("Word file", "docx", "docx"), ("sheet", "sheet", "xlsx")):
        files[name] = folder / f"report.{ending}"
        files[name].write_bytes(rendered(drawn, kind))
    if (soffice := shutil.which("soffice")) is not None:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, files["Word file"]]
        subprocess.run([str(part) for part in command], check=True, capture_output=True)
        files["PDF"] = folder / "report.pdf"
    return files


def many_reports(folder: Path, count: int) -> Path:
    """Write a page each of many offices, no two of them alike; every other one has a wrong total."""
    from tests.support.drawing import draw_report  # noqa: PLC0415 - once the repository's root is on the path
    from tests.support.rendering import rendered  # noqa: PLC0415 - the same

    from nianbao.forms.loading import form_by_id  # noqa: PLC0415 - the same

    folder.mkdir(parents=True)
    for number in range(count):
        drawn = draw_report(form_by_id("zfxxgk-2021"), number)
        drawn = replace(drawn, issuer=f"{number}号{drawn.issuer}")
        if number % 2:
            drawn = drawn.with_cell(WRONG, int(drawn.cells[WRONG] or 0) + 7)
        (folder / f"{number}.html").write_bytes(rendered(drawn, "site"))
    return folder


COMMANDS: dict[str, tuple[str, ...]] = {
    "check a page, cold": ("check", str(PAGE)),
    "check a page, cold, without a cache": ("check", str(PAGE)),
    "check a draft, explained": ("check", str(DRAFT), "--prior", str(PRIOR)),
    "check a draft, as JSON": ("check", str(DRAFT), "--format", "json"),
    "check a draft, as a page": ("check", str(DRAFT), "--format", "html"),
    "check a Word file": ("check", "{Word file}"),
    "check a Word file, annotated": ("check", "{Word file}", "--annotate", "{out}"),
    "check a sheet": ("check", "{sheet}"),
    "extract a page": ("extract", str(PAGE)),
    "list the rules": ("rules",),
    "explain a rule": ("explain", "A003"),
    "check many reports": ("check", "{many}"),
    "prove the pack": ("test",),
}
READINGS = ("text", "page", "Word file", "sheet", "PDF")


def compare(other: Path, rounds: int) -> list[Comparison]:
    """Measure both checkouts in turns."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, ExitStack() as stack:
        folder = Path(name)
        files = drawn_files(folder)
        reports = {count: many_reports(folder / f"many-{count}", count) for count in (FEW, MANY)}
        sides = (side(ROOT, folder / "here"), side(other, folder / "there"))
        workers = [stack.enter_context(_worker(one)) for one in sides]
        found = [
            _compared(f"read a {kind}", [_asking(ask, "read", files[kind]) for ask in workers], rounds)
            for kind in READINGS
            if kind in files
        ]
        found += [
            _compared(f"read and check a {kind}", [_asking(ask, "check", files[kind]) for ask in workers], rounds)
            for kind in ("page", "draft")
        ]
        found += [
            _compared(f"judge a {kind} by all rules", [_asking(ask, "judge", files[kind]) for ask in workers], rounds)
            for kind in ("page", "draft")
        ]
        for what, command in COMMANDS.items():
            filled = [
                part.format(**files, many=reports[MANY], out=folder / "out") if "{" in part else part
                for part in command
            ]
            cache = {"NIANBAO_CACHE": ""} if what.endswith("without a cache") else {}
            few = max(1, rounds // 10) if command[0] == "test" or "{many}" in command else rounds
            found.append(_compared(what, [_running(one, filled, cache) for one in sides], few))
        found.append(_memory(sides, reports))
        return found


def _compared(what: str, measures: Sequence[Callable[[], float]], rounds: int) -> Comparison:
    for measure in measures:  # what is done for the first time
        measure()
    pairs = [tuple(measure() for measure in measures) for _round in range(rounds)]
    here, there = (median(pair[number] for pair in pairs) for number in (0, 1))
    return Comparison(what, here * 1e3, there * 1e3, "ms", median(pair[0] / pair[1] for pair in pairs))


def _memory(sides: Sequence[Side], reports: dict[int, Path]) -> Comparison:
    """Measure how much more memory each page more takes in a run over many reports."""
    here, there = (
        (run(one, ["check", str(reports[MANY])]).memory - run(one, ["check", str(reports[FEW])]).memory) / (MANY - FEW)
        for one in sides
    )
    return Comparison("memory for each report more", here, there, "kB", here / there)


@contextmanager
def _worker(one: Side) -> Iterator[Ask]:
    """Start a process of a checkout that stays, so that what is done once is done before."""
    command = [sys.executable, str(ROOT / "bench" / "worker.py")]
    with subprocess.Popen(
        command, env=one.variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        asked, answers = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)

        def ask(job: str, file: Path) -> float:
            asked.write(json.dumps([job, str(file), 1 if file.suffix == ".pdf" else WARM_TIMES]) + "\n")
            asked.flush()
            return float(answers.readline())

        yield ask
        asked.close()


def _asking(ask: Ask, job: str, file: Path) -> Callable[[], float]:
    return lambda: ask(job, file)


# Linux counts the memory of the process that starts another one as the other's own; this one is small.
_STARTER = """
import os, subprocess, sys
nowhere = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
process = subprocess.Popen([sys.executable, "-m", "nianbao", *sys.argv[1:]], **nowhere)
_pid, status, usage = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


class Usage(NamedTuple):
    """What a process took: seconds of the processor, and its largest memory in kB."""

    seconds: float
    memory: float


def _running(one: Side, command: Sequence[str], variables: dict[str, str]) -> Callable[[], float]:
    return lambda: run(one._replace(variables={**one.variables, **variables}), command).seconds


def run(one: Side, command: Sequence[str]) -> Usage:
    """Run a command of a checkout, and return what it took."""
    done = subprocess.run(
        [sys.executable, "-c", _STARTER, *command],
        cwd=one.folder,
        env=one.variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    code, seconds, memory = done.stdout.split()
    if code not in {"0", "1"}:  # clean, or with findings
        raise RuntimeError(f"nianbao {' '.join(command)} ended with {code}")
    return Usage(float(seconds), int(memory) / (2**10 if sys.platform == "darwin" else 1))


def shown(found: Sequence[Comparison]) -> Iterator[str]:
    """Give the lines of the table."""
    for one in found:
        remark = "slower" if one.unit == "ms" and one.ratio > TOLERANCE else ""
        yield f"{one.what:<40} {one.here:10.1f} {one.there:10.1f} {one.unit}  {one.ratio:6.3f} ×  {remark}".rstrip()
