"""Measure nianbao against the figures it has to reach, as ratios within one run: ``python bench/run.py``.

Each figure is the median of several rounds in which nianbao and what it is compared with take turns. Nothing here is
a test: the figures depend on the machine, the ratios much less.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, cast

import against
import lxml.html

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.kinds import KINDS
from nianbao.language.evaluate import holds, values_of
from nianbao.model.report import NUMBER, ZERO
from nianbao.readers import document_from_bytes, read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nianbao.model.report import Cell, Report

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "examples" / "linjiang-2024.html"
IMPORTS = "import click,yaml,lxml.html,pluggy,rich.console"
ADDING_TABLES = ("applications", "disputes")
DRAWS = 1000


class Figure(NamedTuple):
    """One line of the table: what was measured, and what it should reach."""

    what: str
    measured: float
    unit: str
    target: str
    remark: str = ""


def in_turns(
    first: Callable[[], object],
    second: Callable[[], object],
    *,
    rounds: int,
    clock: Callable[[], float] = time.process_time,
) -> tuple[float, float]:
    """Run two things in turns and return the median time of each in seconds; the first round warms up.

    The clock is CPU time, which a busy machine disturbs least; for other processes it has to be the wall's.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        for function, taken in zip((first, second), times, strict=True):
            start = clock()
            function()
            taken.append(clock() - start)
    return median(times[0][1:]), median(times[1][1:])


def cold_start(rounds: int) -> Figure:
    """Compare `nianbao check` on a page, from a cold start, with a Python that imports the same libraries."""

    def process(*arguments: str) -> Callable[[], object]:
        environment = {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code
        command = [sys.executable, *arguments]
        return lambda: subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True
        )

    check, imports = in_turns(
        process("-m", "nianbao", "check", str(PAGE)),
        process("-c", IMPORTS),
        rounds=max(rounds, 15),
        clock=time.perf_counter,
    )
    return Figure(
        "check a page, cold", check / imports, "×", "≤ 1.6", f"{check * 1e3:.0f} ms to {imports * 1e3:.0f} ms"
    )


def compile_pack(rounds: int) -> list[Figure]:
    """Time loading the pack that ships and compiling all its rules for both forms, parsed before and parsed anew."""

    def compiled() -> None:
        builtin_pack.cache_clear()
        for rule in builtin_pack().rules:
            for form in builtin_forms():
                if not rule.applies.forms or form.id in rule.applies.forms:
                    KINDS[rule.kind].compile(rule, form)

    def anew() -> None:
        kept = os.environ.get("NIANBAO_CACHE")
        os.environ["NIANBAO_CACHE"] = ""
        try:
            compiled()
        finally:
            os.environ.pop("NIANBAO_CACHE")
            if kept is not None:
                os.environ["NIANBAO_CACHE"] = kept

    before, without = in_turns(compiled, anew, rounds=rounds)
    count = len(builtin_pack().rules)
    return [
        Figure(
            "load and compile the pack", before * 1e3, "ms", "≤ 30", f"{count} rules for both forms, from the cache"
        ),
        Figure("  without a cache", without * 1e3, "ms", "–", "parses the YAML anew"),
    ]


def all_equations(rounds: int, engine: Engine, report: Report) -> list[Figure]:
    """Time the equations of a report, once compiled, and compare them with plain sums of the same cells."""
    equations = engine.equations(report.form)
    values = values_of(report)
    keys = [(*(one.left or ()), *(one.right or ())) for one in equations]
    held = sum(bool(holds(one, values)) for one in equations)

    def evaluate() -> None:
        for one in equations:
            holds(one, values)

    def add() -> None:
        for row in keys:
            sum(values[key] for key in row)

    ours, theirs = in_turns(evaluate, add, rounds=rounds * 20)
    remark = f"{held} of {len(equations)} hold"
    return [
        Figure("all equations, compiled", ours * 1e3, "ms", "≤ 0.2", remark),
        Figure("  beside plain sums of the cells", ours / theirs, "×", "–"),
    ]


def all_rules(rounds: int, engine: Engine, report: Report) -> Figure:
    """Time all rules over a report that adds up, and compare them with the equations alone."""
    equations = engine.equations(report.form)
    values = values_of(report)
    ours, theirs = in_turns(
        lambda: engine.judge(report), lambda: [holds(one, values) for one in equations], rounds=rounds * 10
    )
    remark = f"{len(engine.rules)} rules, {ours / theirs:.0f} × its equations alone"
    return Figure("all rules over a report that adds up", ours * 1e3, "ms", "≤ 3", remark)


def pages(report: Report) -> Iterator[tuple[str, bytes]]:
    """Give the pages to measure: the example, the same report as Word and as a site write it, and real ones."""
    from tests.support.drawing import Drawn  # noqa: PLC0415 - once the repository's root is on the path
    from tests.support.rendering import rendered  # noqa: PLC0415 - the same

    yield "example", PAGE.read_bytes()
    cells = {key: cell.value for key, cell in report.cells.items()}
    drawn = Drawn(report.form, report.issuer.name if report.issuer else "", report.year or 0, cells)
    yield from ((f"as {kind}", rendered(drawn, kind)) for kind in ("word", "site"))
    if corpus := os.environ.get("NIANBAO_CORPUS"):
        yield from ((file.stem, file.read_bytes()) for file in sorted(Path(corpus).glob("*.html")))


def one_page(rounds: int, engine: Engine, *, name: str, data: bytes) -> Figure:
    """Compare reading, extracting and judging a page with parsing it by lxml and walking its cells."""

    def walk() -> int:
        cells = cast("Iterator[lxml.html.HtmlElement]", lxml.html.fromstring(data).iter("td", "th"))
        return len([cell.text_content() for cell in cells])

    def whole() -> object:
        return engine.judge(extract(document_from_bytes(data, name)))

    ours, theirs = in_turns(whole, walk, rounds=rounds * 10)
    return Figure(
        f"a page among many, {name}"[:44], ours / theirs, "×", "≤ 4", f"{ours * 1e3:.2f} ms to {theirs * 1e3:.2f} ms"
    )


def one_word_file(rounds: int, report: Report) -> Figure:
    """Compare reading a Word file with opening it by python-docx and walking its tables."""
    sys.path.append(str(ROOT))  # where the tests are, which write reports as files
    import docx  # noqa: PLC0415 - what is measured here alone
    from tests.support.drawing import Drawn  # noqa: PLC0415
    from tests.support.rendering import rendered  # noqa: PLC0415

    cells = {key: cell.value for key, cell in report.cells.items()}
    data = rendered(Drawn(report.form, report.title, report.year or 0, cells), "docx")

    def walk() -> int:
        tables = docx.Document(io.BytesIO(data)).tables
        return len([cell.text for table in tables for row in table.rows for cell in row.cells])

    ours, theirs = in_turns(lambda: document_from_bytes(data, "drawn"), walk, rounds=rounds)
    return Figure("read a Word file", ours / theirs, "×", "≤ 2", f"{ours * 1e3:.2f} ms to {theirs * 1e3:.2f} ms")


def pdfs() -> Iterator[tuple[str, bytes]]:
    """Give the PDFs to measure: the example as LibreOffice prints it, and real ones, as far as they are at hand."""
    with tempfile.TemporaryDirectory() as folder:
        if (soffice := shutil.which("soffice")) is not None:
            profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
            command = [
                soffice,
                profile,
                "--headless",
                "--infilter=HTML (StarWriter)",
                "--convert-to",
                "pdf",
                "--outdir",
            ]
            subprocess.run([*command, folder, str(PAGE)], check=True, capture_output=True)
            yield "example", (Path(folder) / PAGE.with_suffix(".pdf").name).read_bytes()
        else:
            print("a PDF of the example is not measured: LibreOffice, which would print it, is not installed")
    if corpus := os.environ.get("NIANBAO_CORPUS"):
        yield from ((file.stem, file.read_bytes()) for file in sorted(Path(corpus).glob("*.pdf")))
    else:
        print("a real PDF is not measured: NIANBAO_CORPUS names no folder with one")


def one_pdf(rounds: int, name: str, *, data: bytes) -> Figure:
    """Compare reading a PDF, in this process, with pdfplumber opening it and taking the tables of its pages."""
    import pdfplumber  # noqa: PLC0415 - what is measured here alone

    from nianbao.readers.pdf.limits import Limits  # noqa: PLC0415 - in other processes PDFium is not needed
    from nianbao.readers.pdf.reading import read_here  # noqa: PLC0415 - the same

    def tables() -> int:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return sum(len(page.extract_tables()) for page in pdf.pages)

    ours, theirs = in_turns(lambda: read_here(data, name, sha256="", limits=Limits()), tables, rounds=rounds)
    return Figure(
        f"read a PDF, {name}"[:44], ours / theirs, "×", "≤ 0.12", f"{ours * 1e3:.0f} ms to {theirs * 1e3:.0f} ms"
    )


def pdf_figures(rounds: int, name: str, *, data: bytes) -> list[Figure]:
    """Measure reading a PDF, and checking it from a cold start."""
    return [
        one_pdf(rounds, name, data=data),
        *([cold_pdf(rounds, name, data=data)] if hasattr(os, "wait4") else []),
    ]


def cold_pdf(rounds: int, name: str, *, data: bytes) -> Figure:
    """Compare the CPU of `nianbao check` on a PDF, all processes together, with a Python that takes its tables."""
    import resource  # noqa: PLC0415 - not on every system

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    taking = "import pdfplumber,sys; [page.extract_tables() for page in pdfplumber.open(sys.argv[1]).pages]"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.pdf"
        file.write_bytes(data)

        def process(*arguments: str) -> Callable[[], object]:
            command = [sys.executable, *arguments, str(file)]
            return lambda: subprocess.run(command, env=environment, capture_output=True, check=False)

        check, tables = in_turns(
            process("-m", "nianbao", "check"), process("-c", taking), rounds=min(rounds, 5), clock=spent
        )
    return Figure(
        f"check a PDF, cold, {name}"[:44],
        check / tables,
        "×",
        "≤ 0.5",
        f"{check * 1e3:.0f} ms to {tables * 1e3:.0f} ms of CPU",
    )


def memory_of_many() -> Figure:
    """Measure how much more memory a run over hundreds of different reports takes than one over a hundred."""
    with tempfile.TemporaryDirectory() as name:
        here = against.side(ROOT, Path(name) / "here")
        few, many = (
            against.run(here, ["check", str(against.many_reports(Path(name) / str(count), count))]).memory / 1024
            for count in (against.FEW, against.MANY)
        )
    each = (many - few) / (against.MANY - against.FEW) * 1024
    remark = f"{few:.0f} MB for {against.FEW} reports, {many:.0f} MB for {against.MANY}"
    return Figure("memory for each report more", each, "kB", "flat", remark)


def changed_digits(engine: Engine, report: Report) -> Figure:
    """Change one digit of a drawn cell of the tables that add up, and count how often a rule fails."""
    dice = random.Random(20240131)
    cells = [
        cell for cell in report.cells.values() if cell.key.split(".")[0] in ADDING_TABLES and cell.value is not None
    ]
    found = sum(
        any(finding.outcome == "fail" for finding in engine.judge(with_cell(report, slipped(dice, cell))).findings)
        for cell in (dice.choice(cells) for _ in range(DRAWS))
    )
    return Figure("one changed digit found", 100 * found / DRAWS, "%", "100", f"{found} of {DRAWS}")


def slipped(dice: random.Random, cell: Cell) -> Cell:
    """Return a cell in which one digit reads otherwise."""
    digits = list(str(cell.value))
    place = dice.randrange(len(digits))
    digits[place] = dice.choice([digit for digit in "0123456789" if digit != digits[place]])
    value = int("".join(digits))
    return cell._replace(value=value, raw=str(value), state=NUMBER if value else ZERO)


def with_cell(report: Report, cell: Cell) -> Report:
    """Return a report in which one cell is another."""
    return report._replace(cells={**report.cells, cell.key: cell})


def main() -> None:
    """Measure everything, print it, and keep it in bench/latest.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="rounds a figure (default 15)")
    parser.add_argument("--against", type=Path, metavar="PATH", help="compare with another checkout of the project")
    options = parser.parse_args()
    rounds = options.rounds
    sys.path.insert(0, str(ROOT))
    if options.against is not None:
        comparison = against.compare(options.against.resolve(), rounds)
        print("\n".join(against.shown(comparison)))
        keep("against.json", comparison)
        return
    engine = Engine([builtin_pack()])
    report = extract(read_document(str(PAGE)))
    figures = [
        cold_start(rounds),
        *compile_pack(rounds),
        *all_equations(rounds, engine, report),
        all_rules(rounds, engine, report),
        one_word_file(rounds, report),
        *(figure for name, data in pdfs() for figure in pdf_figures(rounds, name, data=data)),
        *(one_page(rounds, engine, name=name, data=data) for name, data in pages(report)),
        *([memory_of_many()] if hasattr(os, "wait4") else []),
        changed_digits(engine, report),
    ]
    for figure in figures:
        print(f"{figure.what:<44} {figure.measured:8.2f} {figure.unit:<2}  target {figure.target:<8} {figure.remark}")
    keep("latest.json", figures)


def keep(name: str, figures: Sequence[Figure] | Sequence[against.Comparison]) -> None:
    """Write figures to a file, which is not committed."""
    made = json.dumps([figure._asdict() for figure in figures], indent=2, ensure_ascii=False)
    (ROOT / "bench" / name).write_text(made + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
