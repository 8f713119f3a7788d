"""Drawn reports as printed pages: by a browser, and by an office program."""

from __future__ import annotations

import html
import io
import os
import random
import shutil
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.support.libreoffice import converted
from tests.support.rendering import outline
from tests.support.wordfiles import as_word, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.support.drawing import Box, Drawn

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_PAPERS = ("A4", "Letter", "Legal", "A3", "A5")
_BORDERS = {
    "collapsed": "table { border-collapse: collapse } td { border: 1px solid #000 }",
    "thick": "table { border-collapse: collapse; border: 2px solid #333 } td { border: 2px solid #666 }",
    "separate": "table { border-spacing: 2px; border: 1px outset #888 } td { border: 1px inset #888 }",
    "tight": "table { border-spacing: 0; border: 1px solid #000 } td { border: .5pt solid #000 }",
    "level": "table { border-collapse: collapse } td { border-bottom: 1px solid #999 }",
    "zebra": "table { border-collapse: collapse } td { border: 1px solid #ccc } tr:nth-child(2n) { background: #eee }",
    "striped": "table { border-collapse: collapse } tr:nth-child(2n) { background: #e8eef4 }",
    "none": "table { border-spacing: 2px }",
}
RULED = ("collapsed", "thick", "separate", "tight", "zebra")


@dataclass(frozen=True)
class Print:
    """How a page is set and printed.

    Attributes:
        border: The name of the borders of its tables.
        css: The rest of its style.
        repeated: The number of head rows that each page repeats; -1 for all.
        gaps: Heights of the empty space before its tables, in pixels.
        paper: The options of the printer.
    """

    border: str
    css: str
    repeated: int
    gaps: tuple[int, ...]
    paper: dict[str, Any]


def drawn_print(seed: int | str, borders: Sequence[str] = tuple(_BORDERS)) -> Print:
    """Draw a way to set and print a page."""
    dice = random.Random(f"print/{seed}")
    border = dice.choice(list(borders))
    size = dice.choice((9, 10, 12, 13, 14, 16))
    font = f"{dice.choice((12, 16))}px {dice.choice(('serif', 'sans-serif'))}"
    width, layout = dice.choice(("100%", "auto", "90%", "640px")), dice.choice(("auto", "auto", "fixed"))
    align, level = (
        dice.choice(("center", "center", "left", "right")),
        dice.choice(("middle", "middle", "top", "bottom")),
    )
    padding = dice.choice((0, 1, 2, 4, 8) if border in RULED else (4, 6, 8))
    css = (
        f"body {{ font: {font}; margin: {dice.choice((0, 8, 20))}px }}"
        f" table {{ width: {width}; font-size: {size}px; table-layout: {layout} }}"
        f" td {{ padding: {padding}px; text-align: {align}; vertical-align: {level} }}"
    )
    margin = {side: f"{dice.uniform(0.25, 1.1):.2f}in" for side in ("top", "bottom")}
    margin |= dict.fromkeys(("left", "right"), f"{dice.uniform(0.25, 0.9):.2f}in")
    paper: dict[str, Any] = {
        "format": dice.choice(_PAPERS[:4] if size > 10 else _PAPERS),
        "landscape": dice.random() < 0.25,
        "margin": margin,
        "scale": dice.choice((0.6, 0.75, 0.9, 1, 1, 1, 1.2)),
        "print_background": dice.random() < 0.7,
        "display_header_footer": dice.random() < 0.3,
    }
    return Print(border, css, dice.choice((0, 0, -1)), tuple(dice.randrange(900) for _table in range(9)), paper)


def page_to_print(drawn: Drawn, way: Print) -> str:
    """Return a page of a drawn report, with room before its tables so that pages end anywhere."""
    body = []
    gaps = iter(way.gaps)
    for part in outline(drawn):
        if isinstance(part, tuple):
            kind, words = part
            tag = {"title": "h1", "heading": "h2"}.get(kind, "p")
            body.append(f"<{tag}>{html.escape(words)}</{tag}>")
        else:
            body += [f'<div style="height: {next(gaps, 0)}px"></div>', _table(part, repeated=way.repeated)]
    style = f"<style>{_BORDERS[way.border]} {way.css}</style>"
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{style}</head><body>{"".join(body)}</body></html>'


def word_to_print(drawn: Drawn, way: Print) -> bytes:
    """Return a Word file of a drawn report for an office program to print: its first rows of heads are repeated."""
    dice = random.Random(str(way))
    size, margin = dice.choice((15, 18, 21, 24)), dice.choice((700, 1000, 1440))
    with zipfile.ZipFile(io.BytesIO(as_word(outline(drawn)))) as file:
        members = {name: file.read(name) for name in file.namelist()}
    before, *tables = members["word/document.xml"].decode().split("<w:tbl>")
    gaps = iter(way.gaps)
    for number, table in enumerate(tables):
        rows = table.split("<w:tr>")
        heads = 1 if way.repeated else 0
        rows[1 : 1 + heads] = [f"<w:trPr><w:tblHeader/></w:trPr>{row}" for row in rows[1 : 1 + heads]]
        tables[number] = "<w:tr>".join(rows)
    spaced = (f'<w:p><w:pPr><w:spacing w:before="{next(gaps, 0) * 15}"/></w:pPr></w:p>' for _table in tables)
    whole = before + "".join(f"{gap}<w:tbl>{table}" for gap, table in zip(spaced, tables, strict=True))
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    edges = f'<w:pgMar w:top="{margin}" w:right="{margin}" w:bottom="{margin}" w:left="{margin}"/></w:sectPr>'
    styles = f'<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="{size}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    document = whole.replace("<w:sectPr/>", page + edges)
    with_sizes = members["word/styles.xml"].decode().replace("<w:style ", f"{styles}<w:style ", 1)
    return zipped({**members, "word/document.xml": document, "word/styles.xml": with_sizes})


def printed_by_office(drawn: Mapping[str, tuple[Drawn, Print]], folder: Path) -> dict[str, bytes]:
    """Return PDFs that LibreOffice prints from pages, and from Word files where the name says so, all in one run."""
    pages: list[Path] = []
    words: list[Path] = []
    for name, (report, way) in drawn.items():
        is_word = name.startswith("word")
        path = folder / f"{name}.{'docx' if is_word else 'html'}"
        path.write_bytes(word_to_print(report, way) if is_word else page_to_print(report, way).encode())
        (words if is_word else pages).append(path)
    made = converted(pages, "pdf", folder, "--infilter=HTML (StarWriter)") if pages else []
    made += converted(words, "pdf", folder) if words else []
    return {path.stem: path.read_bytes() for path in made}


def _table(rows: list[list[Box]], *, repeated: int) -> str:
    heads = next(number for number, row in enumerate(rows) if any(box.key for box in row))
    heads = heads if repeated < 0 else min(repeated, heads)
    written = [f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows]
    thead = f"<thead>{''.join(written[:heads])}</thead>" if heads else ""
    return f"<table>{thead}<tbody>{''.join(written[heads:])}</tbody></table>"


def _cell(box: Box) -> str:
    spans = f' rowspan="{box.rowspan}"' * (box.rowspan > 1) + f' colspan="{box.colspan}"' * (box.colspan > 1)
    return f"<td{spans}>{html.escape(box.text)}</td>"


def browser_path() -> str | None:
    """Return the path of a browser, or ``None`` if none is installed."""
    wanted = os.environ.get("NIANBAO_CHROMIUM")
    return wanted or next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def browser_printer(path: str) -> Iterator[Callable[[str, dict[str, Any]], bytes]]:
    """Give a function by which a browser prints the text of a page as a PDF."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is used

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=_FLAGS)
        page = browser.new_page()

        def printed(text: str, paper: dict[str, Any]) -> bytes:
            page.set_content(text)
            return page.pdf(**paper)

        yield printed
        browser.close()
