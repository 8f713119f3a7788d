"""Copies of damaged files say what these say, or are refused with one clear line; and nothing hangs.

``NIANBAO_FUZZ`` is how many damaged copies are made of each file, and ``NIANBAO_FUZZ_SEED`` what they are drawn from.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.fuzz.damage import damaged
from tests.fuzz.test_damaged_files import _COPIES, _SEED, bounded
from tests.support.drawing import draw_report
from tests.support.editing import corrected_bytes
from tests.support.rendering import FILES, PAGES, TEXTS, rendered
from tests.support.thinning import scaled

from nianbao.editing import editor_for
from nianbao.editing.editor import Note
from nianbao.errors import InputError
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.model.explanation import Change
from nianbao.model.slip import UNCLEAR
from nianbao.readers import Source, document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from nianbao.model.report import Report

_REAL = ("hongze-2024.pdf", "shanghai-office-2019.html", "shuyang-development-2023.html")


def read(data: bytes) -> Report | None:
    """Read a report, if there is one."""
    try:
        document = document_from_bytes(data, "damaged")
        return extract(document).exact(document.text)
    except InputError:
        return None


def said(report: Report | None) -> Mapping[str, object]:
    """Return what the cells of a report say."""
    assert report is not None
    return {key: cell.raw for key, cell in report.cells.items()}


def notes(report: Report) -> Iterator[Note]:
    """Give a note on every cell, heading and paragraph."""
    places = [cell.location for cell in report.cells.values()]
    places += [section.location for section in report.sections]
    places += [paragraph.location for section in report.sections for paragraph in section.paragraphs]
    for place in places:
        yield Note(place, "error", "错误：应为 48", "第一行\n第二行")


def attempted(make: Callable[[], bytes]) -> bytes | None:
    """Make a copy, if it is not refused with one line."""
    told = ""
    try:
        return make()
    except InputError as error:
        told = error.message.zh + error.message.en
    assert told
    assert "\n" not in told
    return None


def try_notes(data: bytes, report: Report) -> None:
    """Put notes on everything; the copy reads the same."""
    source = Source(report.name, data)
    annotate = editor_for(source).annotate
    copy = None if annotate is None else attempted(lambda: annotate(source, list(notes(report))))
    if copy is not None:
        assert said(read(copy)) == said(report)


def try_figure(data: bytes, report: Report, dice: random.Random) -> None:
    """Put a figure right; the copy says it, and nothing else is changed."""
    figures = [cell for cell in report.cells.values() if cell.value is not None]
    if editor_for(Source(report.name, data)).correct is None or not figures:
        return
    cell = dice.choice(figures)
    change = Change(cell.key, cell.value, 4807, UNCLEAR, 0, cell.location)
    copy = attempted(lambda: corrected_bytes(data, report, changes=[change], forms=builtin_forms()))
    if copy is not None:
        assert {**said(report), cell.key: None} == {**said(read(copy)), cell.key: None}


def try_copies(data: bytes, name: str) -> None:
    """Damage a file again and again, and make copies of what is still a report."""
    for number in range(_COPIES or scaled(1)):
        seed = f"copies/{_SEED}/{name}/{number}"
        dice = random.Random(seed)
        try:
            hurt = damaged(data, dice)
            report = read(hurt)
            if report is None:
                continue
            with bounded():
                try_notes(hurt, report)
                try_figure(hurt, report, dice)
        except BaseException as error:
            error.add_note(f"copy {seed}")
            raise


@pytest.mark.parametrize("name", _REAL)
def test_copies_of_damaged_real_files(corpus: Path, name: str) -> None:
    """Published files in which something went wrong."""
    try_copies((corpus / name).read_bytes(), name)


@pytest.mark.parametrize("kind", [*TEXTS, *PAGES, *FILES])
def test_copies_of_damaged_drawn_reports(kind: str) -> None:
    """The same for every kind of file that reports are written as."""
    try_copies(rendered(draw_report(builtin_forms()[0], 0), kind), kind)
