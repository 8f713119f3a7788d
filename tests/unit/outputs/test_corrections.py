"""The list of a report: an entry for each place to change or to look at, in the order of the report, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.outputs.explaining import CASES, THIS, result_of

from nianbao.api import read
from nianbao.messages import Text
from nianbao.model.finding import Finding
from nianbao.model.location import NOWHERE, Location
from nianbao.model.result import Checked
from nianbao.outputs.wording.correction_words import words_of
from nianbao.outputs.wording.corrections import corrections_of
from nianbao.outputs.wording.reading_order import ReadingOrder
from nianbao.voice import CHINESE, ENGLISH

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from nianbao.model.rule import Severity


def finding(name: str, location: Location, severity: Severity = "error") -> Finding:
    """Return a failure at a place."""
    text = Text(f"{name}。", name)
    return Finding("Z001", "zz", "name", "section", "fail", severity, "high", text, Text(), location=location)


@pytest.mark.parametrize("case", CASES)
def test_each_case(snapshot: SnapshotAssertion, case: str) -> None:
    """Every kind of slip, several readings, none, last year's report, the prose, and a draft with blanks."""
    (checked,) = result_of(case).reports

    assert [
        f"{entry.number} {entry.action} {entry.severity} {entry.confidence} {words_of(voice, entry, checked=checked)}"
        for entry in corrections_of(checked)
        for voice in (CHINESE, ENGLISH)
    ] == snapshot


def test_the_order_is_that_of_the_report() -> None:
    """Lines count where there are lines; what stands nowhere is last, and hints come behind without a number."""
    places = {"b": Location(line=9), "hint": Location(line=1), "nowhere": NOWHERE, "a": Location(line=9, column=2)}
    severities: dict[str, Severity] = {"hint": "info", "a": "warning"}
    findings = tuple(finding(name, at, severities.get(name, "error")) for name, at in places.items())

    entries = corrections_of(Checked("x", findings=findings))

    told = [(entry.number, words_of(CHINESE, entry, checked=Checked("x"))) for entry in entries]
    assert told == [(1, "b"), (2, "a"), (3, "nowhere"), (0, "hint")]


def test_without_lines_sections_and_their_tables_stand_in_order() -> None:
    """In a Word file, where tables and paragraphs are counted apart, a table stands behind the prose of its section."""
    report = read(THIS)
    sections = tuple(
        section._replace(location=Location(paragraph=10 * number))
        for number, section in enumerate(report.sections, start=1)
    )
    order = ReadingOrder(report._replace(sections=sections))
    numbers = {section.id: number for number, section in enumerate(sections, start=1)}
    table = report.form.tables["applications"]
    before = Location(paragraph=10 * numbers[table.section] + 3)
    behind = Location(paragraph=10 * numbers[table.section] + 10)
    cells = [order.place_of(Location(table=2, row=1, cell=1), key) for key in (*list(table.slots)[:2],)]

    assert order.place_of(Location(paragraph=1)) < order.place_of(before) < cells[0] < cells[1] < order.place_of(behind)
    assert order.place_of(behind) < order.place_of(NOWHERE)
