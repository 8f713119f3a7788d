"""Reports as they really come: each difference from the official print is read exactly, or not read and told why."""

from __future__ import annotations

import re
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pytest
from tests.support.sheets import DUMPS, KINDS, Sheet, consistent, distinct_report, grid_of, sheet_of, written
from tests.support.thinning import left_to_all
from tests.support.variations import VARIATIONS
from tests.support.varying import without_repeats, without_rows
from tests.support.writing import data_of

from nianbao import check
from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.readers import document_from_bytes
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.support.drawing import Drawn
    from tests.support.varying import Variation

ENGINE = Engine([builtin_pack()])
FORMS = {form.id: form for form in builtin_forms()}
CASES = [
    case if number == turn % len(one.kinds) else left_to_all(case)
    for turn, (one, form) in enumerate((one, form) for one in VARIATIONS for form in one.forms)
    for number, case in enumerate(
        pytest.param(one, form, kind, id=f"{one.id}-{form[-4:]}-{kind}") for kind in one.kinds
    )
]


def matching(key: str, patterns: Iterable[str]) -> str | None:
    """Return the first pattern that a key fits, or ``None``."""
    return next((pattern for pattern in patterns if fnmatchcase(key, pattern)), None)


def blanked(drawn: Drawn, patterns: tuple[str, ...]) -> Drawn:
    """Return a report in which the cells that fit patterns are blank."""
    for key in drawn.form.slots:
        if matching(key, patterns):
            drawn = drawn.with_cell(key, None)
    return drawn


@pytest.mark.parametrize(("variation", "form_id", "kind"), CASES)
def test_what_is_read_is_right_and_what_is_not_is_told(variation: Variation, form_id: str, kind: str) -> None:
    """Every cell has its own figure, but for those that the variation takes away, which have the reason it gives."""
    drawn = blanked(distinct_report(FORMS[form_id]), variation.blanks)
    sheet = sheet_of(drawn)
    variation.change(sheet, drawn.form)
    source = variation.text(written(sheet, kind))

    for key, value in variation.values.items():
        drawn = drawn.with_cell(key, value)
    report = extract(document_from_bytes(source.encode(), "varied"))

    lost = {key: pattern for key in drawn.form.slots if (pattern := matching(key, variation.unread))}
    words = {key for key in drawn.form.slots if matching(key, variation.words)}
    assert report.form.id == form_id
    assert {
        key: cell.value for key, cell in report.cells.items() if key not in words and cell.value != drawn.cells.get(key)
    } == {}, "wrong figures"
    assert {key for key in report.cells if key not in drawn.form.slots} == set()
    assert set(report.unread) == set(lost)
    assert {key: report.cells[key].state for key in words} == dict.fromkeys(words, "text")
    assert {
        key: (str(report.unread[key]), lost[key])
        for key in lost
        if not re.search(variation.unread[lost[key]], str(report.unread[key]))
    } == {}, "other reasons"
    assert not variation.unread or lost


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("dump", DUMPS)
def test_dumps_of_tables_are_read(dump: str, form_id: str) -> None:
    """However a table was flattened, a report without blanks is read exactly."""
    drawn = distinct_report(FORMS[form_id])

    report = extract(document_from_bytes(DUMPS[dump](sheet_of(drawn)).encode(), "dumped"))

    assert {key: cell.value for key, cell in report.cells.items()} == dict(drawn.cells)
    assert report.unread == {}


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("dump", DUMPS)
@pytest.mark.parametrize("repeats", [True, False], ids=["repeats", "no repeats"])
def test_dumps_that_lost_cells_are_never_misread(dump: str, form_id: str, *, repeats: bool) -> None:
    """Blanks that left no trace, and figures that an extractor dropped because they repeat, move no other figure."""
    drawn = blanked(distinct_report(FORMS[form_id]), ("applications.*.enterprise", "applications.*.total", "*.pending"))
    for number, key in enumerate(drawn.form.slots):
        if drawn.cells[key] is not None and number % 7:
            drawn = drawn.with_cell(key, 0)
    text = DUMPS[dump](sheet_of(drawn))

    report = extract(document_from_bytes((text if repeats else without_repeats(text)).encode(), "dumped"))

    assert {key: cell.value for key, cell in report.cells.items() if cell.value != drawn.cells[key]} == {}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("form_id", "table_id"), [("zfxxgk-2019", "zfxxgk-2021"), ("zfxxgk-2021", "zfxxgk-2019")])
def test_a_report_of_two_forms_is_read_by_the_one_that_more_of_it_follows(
    form_id: str, table_id: str, kind: str
) -> None:
    """With Table 2 of the one form and Table 3 of the other, rows that the forms do not share are all that differs."""
    drawn, other = (distinct_report(FORMS[name]) for name in (form_id, table_id))
    sheet = sheet_of(drawn)
    sheet.put(sheet.grid("disclosure"), grid_of(other, "disclosure"))

    report = extract(document_from_bytes(written(sheet, kind).encode(), "mixed"))

    true = {key: value for key, value in drawn.cells.items() if not key.startswith("disclosure.")}
    true |= {key: value for key, value in other.cells.items() if key.startswith("disclosure.")}
    assert report.form.id == table_id
    assert {key: cell.value for key, cell in report.cells.items() if cell.value != true.get(key)} == {}
    assert {key.rpartition(".")[0] for key in report.unread} <= {"applications.other"}
    assert {key for key in true if key not in report.cells and not key.startswith("applications.other.")} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_the_older_form_in_a_later_year_is_told_once(kind: str) -> None:
    """A report on 2022 by the form of 2019 is read by that form; that this is the wrong one is all that is found."""
    drawn = replace(consistent(FORMS["zfxxgk-2019"]), year=2022)

    report = extract(document_from_bytes(written(sheet_of(drawn), kind).encode(), "late"))
    judgement = ENGINE.judge(report)

    assert (report.form.id, report.year) == ("zfxxgk-2019", 2022)
    assert {key: cell.value for key, cell in report.cells.items()} == dict(drawn.cells)
    graver = [one.rule for one in judgement.findings if one.outcome == "fail" and one.severity != "info"]
    assert graver == ["S006"]


@pytest.mark.parametrize("kind", KINDS)
def test_tables_printed_twice_are_read_once(kind: str) -> None:
    """As on pages that have their text once more for small screens; where the two differ, neither is taken."""
    drawn = distinct_report(FORMS["zfxxgk-2021"])
    other = drawn.with_cell("applications.new.total", 7).with_cell("disputes.review.total", 8)
    sheet, again = sheet_of(drawn), sheet_of(other)

    once = extract(document_from_bytes(written(Sheet(sheet.parts * 2), kind).encode(), "twice"))
    both = extract(document_from_bytes(written(Sheet(sheet.parts + again.parts), kind).encode(), "twice"))

    assert {key: cell.value for key, cell in once.cells.items()} == dict(drawn.cells)
    assert set(both.unread) == {"applications.new.total", "disputes.review.total"}
    assert all("出现两次" in str(why) for why in both.unread.values())


def test_two_reports_in_one_file_are_told_in_one_line_for_each_table() -> None:
    """Where most cells differ, one reason names both places, and not one for each cell."""
    form = FORMS["zfxxgk-2021"]
    both = Sheet(sheet_of(distinct_report(form, 1)).parts + sheet_of(distinct_report(form, 2)).parts)

    report = extract(document_from_bytes(written(both, "page").encode(), "both"))

    assert report.cells == {}
    assert len({why.zh for why in report.unread.values()}) == len(form.tables)
    assert all("出现两次" in why.zh for why in report.unread.values())


def test_all_cells_are_counted() -> None:
    """What is read and what is not make up the form; a group that stands as one row counts as the row it is."""
    drawn = distinct_report(FORMS["zfxxgk-2021"])
    sheet = sheet_of(drawn)
    without_rows(applications=("other.unpaid", "other.other", "denied.state_secret"))(sheet, drawn.form)
    sheet.grid("applications").label_of("other.uncorrected").text = "（六）其他处理"

    report = extract(document_from_bytes(written(sheet, "page").encode(), "counted"))
    data = data_of(CHINESE, check(report))

    assert data["reports"][0]["cells"] == {"read": 200 - 3 * 7 + 7 - 7, "expected": 200 - 3 * 7 + 7}
