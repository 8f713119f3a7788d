"""A cell missing or doubled in a report's tables makes cells undecided, and never somebody's error."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import Drawn, draw_report, drawn_reports
from tests.support.rendering import rendered
from tests.support.sheets import KINDS, distinct_report, sheet_of, written
from tests.support.thinning import examples

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.extraction import extract
from nianbao.forms.loading import form_by_id
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.model.form import Form

ENGINE = Engine([builtin_pack()])
CELL = re.compile(r"<td\b.*?</td>", re.DOTALL)
SPANS = {
    "page": CELL,
    "flow": re.compile(r"^.*\|.*\n", re.MULTILINE),
    "bars": re.compile(r"(?:^|(?<=\|))[^|\n]*\|", re.MULTILINE),
    "tabs": re.compile(r"(?:^|(?<=\t))[^\t\n]*\t", re.MULTILINE),
    "markdown": re.compile(r"(?<=\|) [^|\n]* \|"),
}
MANY = 5
FIGURE = re.compile(r"[\d.]+( \|+.*)?")


@st.composite
def figured_reports(draw: st.DrawFn, form: Form) -> Drawn:
    """Draw a report in which every cell has a figure of its own, or is blank or zero, some columns throughout."""
    dice = random.Random(draw(st.integers(0, 2**32)))
    blank, zero = draw(st.sampled_from([(0, 0), (0.6, 0), (0, 0.7), (0.3, 0.3)]))
    columns = draw(
        st.sampled_from([(), ("total",), ("enterprise", "research", "total", "repealed", "change", "pending")])
    )
    drawn = distinct_report(form, dice.randrange(1000))
    cells = dict(drawn.cells)
    for key, slot in form.slots.items():
        if dice.random() < zero:
            cells[key] = 0
        if slot.column.id in columns or dice.random() < blank:
            cells[key] = None
    return replace(drawn, cells=cells)


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


@pytest.mark.parametrize("form_id", ["zfxxgk-2019", "zfxxgk-2021"])
@pytest.mark.parametrize("kind", ["clean", "word"])
def test_a_row_that_lost_its_label_is_not_missing(kind: str, form_id: str) -> None:
    """The label of the first row of a group is all that tells it from a row of the group itself."""
    form = form_by_id(form_id)
    page = rendered(draw_report(form, "a label less", blanks=False), kind).decode()
    firsts = {
        items[item.members[0]].label
        for items in (t.rows.items for t in form.tables.values())
        for item in items.values()
        if item.members
    }
    cells = [cell for cell in CELL.finditer(page) if re.sub(r"<[^>]*>|\s", "", cell[0]) in firsts]

    assert len(cells) >= MANY
    for cell in cells:
        assert errors(torn(page, *cell.span())["missing"]) == [], cell[0]


@examples(8)
@given(data=st.data())
@pytest.mark.parametrize("form_id", ["zfxxgk-2019", "zfxxgk-2021"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_tear_moves_a_figure(kind: str, form_id: str, data: st.DataObject) -> None:
    """Whichever cell is missing or doubled, in a page or a text, what is still read is what stood there."""
    drawn = data.draw(figured_reports(form_by_id(form_id)))
    source = written(sheet_of(drawn), kind)
    cell = data.draw(st.sampled_from(list(SPANS[kind].finditer(source))))

    for how, text in torn(source, *cell.span()).items():
        report = extract(document_from_bytes(text.encode(), "torn"))
        assert {key: one.value for key, one in report.cells.items() if one.value != drawn.cells.get(key)} == {}, how
        assert set(drawn.cells) - set(report.cells) <= set(report.unread), how


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
