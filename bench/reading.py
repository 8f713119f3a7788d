"""Draw reports, write them as files of all kinds, damage and print them, and compare every cell with the truth.

``python -m bench.reading`` prints the counts; with ``--write`` they replace the table in docs/reading.md. A cell with a
figure that does not stand in its file makes the exit code 1.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.comparing import Counts, compared
from tests.support.converting import CONVERTED, damaged
from tests.support.damaging import DAMAGES
from tests.support.drawing import draw_report
from tests.support.libreoffice import WORD, converted
from tests.support.printing import browser_path, browser_printer, drawn_print, page_to_print
from tests.support.rendering import FILES, PAGES, TEXTS, rendered
from tests.support.sheets import distinct_report, sheet_of

from nianbao.forms.loading import builtin_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.drawing import Drawn

    Drawing = Callable[[Drawn, random.Random], bytes]

ROOT = Path(__file__).resolve().parents[1]
TABLE = re.compile(r"(?<=<!-- made by bench/reading.py -->\n).*?(?=<!-- end -->)", re.DOTALL)
HEAD = "| files | number | cells | read | unread | two figures in one cell | written so by damage | another figure |\n"
RULE = "|---|---:|---:|---:|---:|---:|---:|---:|\n"
PRINTED_PAGES = ("clean", "word")


def drawn(kind: str, seed: int) -> tuple[Drawn, random.Random]:
    """Draw a report; in every second one, no figure stands twice, so that none can be mistaken for another."""
    dice = random.Random(f"{kind}/{seed}")
    form = dice.choice(builtin_forms())
    if dice.random() < 0.5:
        return distinct_report(form, dice.randrange(1000)), dice
    return draw_report(form, f"{kind}/{seed}", blanks=dice.random() < 0.5), dice


def counted(kind: str, seeds: range, write: Drawing) -> Counts:
    """Return the counts of files of one kind."""
    total = Counts()
    for seed in seeds:
        report, dice = drawn(kind, seed)
        total = total.plus(compared(write(report, dice), report))
    return total


def damaged_texts(seeds: range) -> Counts:
    """Return the counts of texts of converters in which a line, a separator or a cell is dropped or doubled."""
    total = Counts()
    for seed in seeds:
        report, dice = drawn("damaged text", seed)
        damage = damaged(CONVERTED[dice.choice(list(CONVERTED))](sheet_of(report)), dice)
        total = total.plus(compared(damage.text.encode(), report, dropped="dropped" in damage.what))
    return total


def _written(report: Drawn, dice: random.Random) -> bytes:
    return rendered(report, dice.choice((*TEXTS, *PAGES, *FILES)))


def _converted(report: Drawn, dice: random.Random) -> bytes:
    return CONVERTED[dice.choice(list(CONVERTED))](sheet_of(report)).encode()


def _damaged_page(name: str) -> Drawing:
    def write(report: Drawn, dice: random.Random) -> bytes:
        page = rendered(report, dice.choice([kind for kind in PAGES if kind != "gb18030"])).decode()
        return DAMAGES[name](page, dice).encode()

    return write


def _by_office(seeds: range) -> Iterator[tuple[str, Counts]]:
    """Count what an office program prints of Word files and sheets, and the Word files that it writes again."""
    kind = "printed by an office program"
    reports = [drawn(kind, seed)[0] for seed in seeds]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, report in enumerate(reports):
            ending = ("docx", "sheet")[number % 2]
            file = Path(folder, f"{number}.{'docx' if ending == 'docx' else 'xlsx'}")
            file.write_bytes(rendered(report, ending))
            files.append(file)
        total = Counts()
        for pdf, report in zip(converted(files, "pdf", Path(folder, "pdf")), reports, strict=True):
            total = total.plus(compared(pdf.read_bytes(), report))
        yield kind, total
        texts = [file for file in files if file.suffix == ".docx"]
        total = Counts()
        for again, report in zip(converted(texts, WORD, Path(folder, "word")), reports[::2], strict=True):
            total = total.plus(compared(again.read_bytes(), report))
        yield "written again by an office program", total


def _by_browser(path: str, seeds: range) -> Counts:
    with ExitStack() as stack:
        printed = stack.enter_context(browser_printer(path))

        def write(report: Drawn, dice: random.Random) -> bytes:
            way = drawn_print(dice.randrange(10**6))
            return printed(page_to_print(report, way), way.paper)

        return counted("printed by a browser", seeds, write)


def all_counts(share: float, first: int) -> Iterator[tuple[str, Counts]]:
    """Yield the counts of each kind of file; ``share`` is how many files there are, 1 being 20 000."""

    def seeds(number: int) -> range:
        return range(first, first + max(1, round(number * share)))

    yield "as offices write them", counted("written", seeds(5000), _written)
    yield "as converters write them", counted("converted", seeds(3000), _converted)
    for name in DAMAGES:
        yield f"pages, damaged: {name}", counted(name, seeds(1000), _damaged_page(name))
    yield "converters' texts, damaged", damaged_texts(seeds(4500))
    if (browser := browser_path()) is not None:
        yield "printed by a browser", _by_browser(browser, seeds(1000))
    if shutil.which("soffice") is not None:
        yield from _by_office(seeds(500))


def line(name: str, counts: Counts) -> str:
    """Return a line of the table."""
    cells = sum(counts[1:])
    return f"| {name} | {counts.files} | {cells} | {' | '.join(map(str, counts[1:]))} |\n"


def main() -> int:
    """Print the counts, or write them into the docs; 1 if any cell has a figure that does not stand in its file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="how many files, as a part of 20 000 (default: 1)")
    parser.add_argument("--first", type=int, default=0, help="the first seed (default: 0)")
    parser.add_argument("--write", action="store_true", help="replace the table in docs/reading.md")
    options = parser.parse_args()
    total = Counts()
    lines = [HEAD, RULE]
    for name, counts in all_counts(options.share, options.first):
        total = total.plus(counts)
        lines.append(line(name, counts))
        print(lines[-1], end="", flush=True)
    lines.append(line("all", total))
    print(lines[-1], end="")
    if options.write:
        page = ROOT / "docs" / "reading.md"
        page.write_text(TABLE.sub("".join(lines), page.read_text(encoding="utf-8")), encoding="utf-8")
    return int(total.wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
