"""A cell missing or doubled in a report's tables makes cells undecided, and never somebody's error."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.drawing import Drawn, drawn_reports
from tests.rendering import rendered

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.extraction import extract
from nianbao.formats import form_by_id
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from pathlib import Path

ENGINE = Engine([builtin_pack()])
CELL = re.compile(r"<td\b.*?</td>", re.DOTALL)
FIGURE = re.compile(r"[\d.]+( \|+.*)?")


def errors(source: str) -> list[str]:
    """Return the errors found in a report."""
    judgement = ENGINE.judge(extract(document_from_bytes(source.encode(), "torn")))
    return [f.message for f in judgement.findings if f.outcome == "fail" and f.severity == "error"]


def torn(source: str, start: int, end: int) -> dict[str, str]:
    """Return a source without a piece of it, and with the piece twice."""
    return {"missing": source[:start] + source[end:], "doubled": source[:end] + source[start:end] + source[end:]}


@given(data=st.data(), blanks=st.booleans())
@pytest.mark.parametrize("kind", ["clean", "word"])
def test_a_torn_page_is_never_faulted(kind: str, data: st.DataObject, *, blanks: bool) -> None:
    """Whichever cell of a consistent report's page is missing or doubled, no error is made of it."""
    drawn = data.draw(drawn_reports(form_by_id("zfxxgk-2021"), blanks=blanks))
    page = rendered(drawn, kind).decode()
    cell = data.draw(st.sampled_from(list(CELL.finditer(page))))

    for how, source in torn(page, *cell.span()).items():
        assert errors(source) == [], how


def test_a_doubled_head_of_a_strip_moves_no_figure() -> None:
    """A head that stands twice shifts those behind it; the figures then have heads of their own, but not theirs."""
    form = form_by_id("zfxxgk-2021")
    figures = {"disputes.litigation_after_review.pending": 236, "disputes.litigation_after_review.total": 236}
    page = rendered(Drawn(form, "临江区人民政府", 2024, {**dict.fromkeys(form.slots, 0), **figures}), "word").decode()

    for cell in list(CELL.finditer(page))[-40:]:
        assert errors(torn(page, *cell.span())["doubled"]) == []


@pytest.mark.parametrize("name", ["shuyang-development-2023.html", "shanghai-office-2019.html"])
def test_torn_pages_of_real_reports_are_never_faulted(corpus: Path, name: str) -> None:
    """The same with every fifth cell of real pages, heads and labels too."""
    page = (corpus / name).read_text(encoding="utf-8")
    for cell in list(CELL.finditer(page))[::5]:
        for how, source in torn(page, *cell.span()).items():
            assert errors(source) == [], (how, cell[0])


def test_a_torn_flow_is_never_faulted(corpus: Path) -> None:
    """The same with every third figure of a flattened report."""
    lines = (corpus / "qindu-2024.txt").read_text(encoding="utf-8").split("\n")
    figures = [number for number, line in enumerate(lines) if FIGURE.fullmatch(line.strip())]
    for number in figures[::3]:
        assert errors("\n".join([*lines[:number], *lines[number + 1 :]])) == []
        assert errors("\n".join([*lines[: number + 1], *lines[number:]])) == []
