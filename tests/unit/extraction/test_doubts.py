"""Texts in which the number of figures proves nothing: their rows are unread, with the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.converting import CONVERTED
from tests.support.sheets import distinct_report, sheet_of

from nianbao.extraction import extract
from nianbao.forms.loading import form_by_id
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.report import Report

FORM = form_by_id("zfxxgk-2021")
WAY_OUT = ("另存为网页或 Word", "save it as a page or Word file")
ROWS = ("applications.new", "applications.carried_in", "applications.granted")


def read(text: str) -> Report:
    """Read a text as a report."""
    return extract(document_from_bytes(text.encode(), "text"))


@pytest.mark.parametrize("kind", ["cell a line", "office text", "layout"])
def test_a_lost_blank_makes_the_table_doubtful(kind: str) -> None:
    """Where blanks leave no place, a row of as many figures as columns may have one twice and lack another."""
    drawn = distinct_report(FORM)
    for row in ROWS[:2]:
        drawn = drawn.with_cell(f"{row}.research", None)

    report = read(CONVERTED[kind](sheet_of(drawn)))

    reason = report.unread[f"{ROWS[2]}.total"]
    assert "空格没有留下位置" in reason.zh
    assert WAY_OUT[0] in reason.zh
    assert WAY_OUT[1] in reason.en


def test_one_row_with_too_few_figures_is_a_slip() -> None:
    """A single row that lacks a figure says nothing about the others."""
    drawn = distinct_report(FORM).with_cell(f"{ROWS[0]}.research", None)

    report = read(CONVERTED["cell a line"](sheet_of(drawn)))

    assert {key.rpartition(".")[0] for key in report.unread} == {ROWS[0]}


@pytest.mark.parametrize("head", ["科研机构", "总计"])
def test_a_lost_head_makes_the_table_doubtful(head: str) -> None:
    """Where blanks leave no place, heads that are not exactly those of the form are no order."""
    before, after = CONVERTED["repeated lines"](sheet_of(distinct_report(FORM))).split("自然人", 1)
    flow = "\n".join(dict.fromkeys(line for line in before.split("\n") if line))

    report = read(f"{flow}\n自然人{after.replace(head, '', 1)}")

    assert not any(key.startswith("applications.") for key in report.cells)


def test_blanks_of_merged_labels_are_told_from_blank_figures() -> None:
    """A blank figure behind the blanks that a merged label has left makes its row unread, and no other."""
    drawn = distinct_report(FORM).with_cell(f"{ROWS[2]}.natural_person", None)

    report = read(CONVERTED["pipes shifted"](sheet_of(drawn)))

    assert f"{ROWS[2]}.total" in report.unread
    assert f"{ROWS[1]}.total" in report.cells
