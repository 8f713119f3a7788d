"""Nothing incomplete passes: what a report lacks of its form is told, and nothing else."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.support.commandline import called
from tests.support.drawing import draw_report
from tests.support.rendering import PROSE, opening, outline, rendered, title
from tests.support.shortening import blanked, without_column, without_rows, without_table
from tests.support.thinning import left_to_all, scaled
from tests.support.wordfiles import as_word

from nianbao import Linter
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms, form_by_id
from nianbao.model.outcome import FAIL, UNDECIDED
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.drawing import Drawn

    from nianbao.model.finding import Finding
    from nianbao.model.form import Form
    from nianbao.model.result import Checked

FORM = form_by_id("zfxxgk-2021")
CLEAR = ["clean", "word", "site", left_to_all("one-line"), "docx", "sheet", left_to_all("sheets"), "markdown", "data"]
DOUBTFUL = ("flow", "bars", "tabs")
LINTER = Linter()


def written(drawn: Drawn, kind: str) -> bytes:
    """Return a drawn report as the bytes of a file, or as canonical data."""
    if kind != "data":
        return rendered(drawn, kind)
    prose = {section.id: PROSE.get(section.id, "略。") for section in drawn.form.sections}
    cells = {key: str(value) for key, value in drawn.cells.items()}
    data = {"form": drawn.form.id, "title": title(drawn), "year": drawn.year, "issuer": drawn.issuer, "sections": prose}
    return json.dumps({"schema": "nianbao/report/1", **data, "cells": cells}).encode()


def checked(content: bytes, name: str = "report") -> Checked:
    """Judge a report."""
    report = extract(document_from_bytes(content, name))
    (judged,) = LINTER.judge([report]).reports()
    return judged


def failures(judged: Checked) -> list[Finding]:
    """Return the findings of a report above mere information."""
    return [one for one in judged.findings if one.outcome == FAIL and one.severity != "info"]


def leaf_rows(form: Form) -> list[tuple[str, str]]:
    """Return the rows of a form, each with its table."""
    return [(table.id, row.id) for table in form.tables.values() for row in table.rows.leaves]


def leaf_columns(form: Form) -> list[tuple[str, str]]:
    """Return the columns whose rows keep several without them, each with its table: one figure alone may be a run."""
    return [
        (table.id, column.id)
        for table in form.tables.values()
        for column in table.columns.leaves
        if all(len(row.columns) > 2 for row in table.rows.leaves if column.id in row.columns)
    ]


def assert_told(judged: Checked, short: Drawn, *, of: Form) -> None:
    """The one finding is of what is missing, with the cells; what needs them is undecided for reasons it gives."""
    (finding,) = failures(judged)
    lacking = [key for key in of.slots if key not in short.cells]
    assert finding.rule == "S007"
    assert sorted(finding.absent) == sorted(lacking)
    assert judged.report is not None
    assert set(judged.report.unread) == set(lacking) == judged.report.absent
    reasons = {one.reason for one in judged.findings if one.outcome == UNDECIDED and one.rule[0] not in "YFP"}
    assert reasons <= set(finding.leaves)


@pytest.mark.parametrize("kind", CLEAR)
def test_a_row_that_is_missing_is_told(kind: str) -> None:
    """In pages, Word files, sheets and Markdown, whichever row it is."""
    for form in builtin_forms():
        rows = leaf_rows(form)
        for seed in range(scaled(4)):
            table, row = random.Random(f"{kind}/{seed}").choice(rows)
            short = without_rows(draw_report(form, seed), table, row)

            assert_told(checked(written(short, kind)), short, of=form)


@pytest.mark.parametrize("kind", CLEAR)
def test_a_column_that_is_missing_is_told(kind: str) -> None:
    """One finding, whatever the number of rows that lose a cell by it."""
    for form in builtin_forms():
        columns = leaf_columns(form)
        for seed in range(scaled(3)):
            table, column = random.Random(f"{kind}/{seed}").choice(columns)
            short = without_column(draw_report(form, seed), table, column)

            assert_told(checked(written(short, kind)), short, of=form)


@pytest.mark.parametrize("kind", CLEAR)
def test_a_table_or_a_block_of_table_two_that_is_missing_is_told(kind: str) -> None:
    """By the title of the table, or by the rows of the block."""
    for form in builtin_forms():
        drawn = draw_report(form, kind)
        for table in form.tables:
            short = without_table(drawn, table)
            assert_told(checked(written(short, kind)), short, of=form)
        for group in form.tables["disclosure"].rows.groups:
            short = without_rows(drawn, "disclosure", *group.members)
            assert_told(checked(written(short, kind)), short, of=form)


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_where_reading_is_in_doubt_nothing_is_said_to_be_missing_that_is_there(kind: str) -> None:
    """In texts a row may be told as missing or stay undecided; no cell is called missing that stands there."""
    for seed in range(scaled(6)):
        table, row = random.Random(f"{kind}/{seed}").choice(leaf_rows(FORM))
        short = without_rows(draw_report(FORM, seed), table, row)

        judged = checked(rendered(short, kind))

        assert judged.report is not None
        assert judged.report.absent.isdisjoint(short.cells)
        assert {one.rule for one in failures(judged)} <= {"S007"}


@pytest.mark.parametrize("kind", ["clean", "docx", "sheets", "flow"])
@pytest.mark.parametrize("by", [None, "XX", "____", "待填"], ids=str)
def test_a_table_left_blank_is_one_finding(kind: str, by: str | None) -> None:
    """Blank or filled with placeholders; its equations do not hold, and they are not counted."""
    drawn = draw_report(FORM, f"{kind}/{by}")
    due = {"disclosure": 39 + 3, "applications": 3, "disputes": 39}
    for table in FORM.tables if kind in {"clean", "docx"} else ["applications"]:
        judged = checked(rendered(blanked(drawn, table, by=by), kind))

        (finding,) = failures(judged)
        assert finding.rule == "S008"
        assert FORM.tables[table].name.zh in finding.texts.zh
        assert judged.equations == (due[table], due[table])


def test_blanks_agree_with_nothing_in_any_column() -> None:
    """A column of a table that is left blank is told as cells without a figure; its equation is undecided."""
    drawn = draw_report(FORM, 5)
    for column in FORM.tables["applications"].columns.leaves[:-1]:
        cells = {key: None if key.endswith(f".{column.id}") else value for key, value in drawn.cells.items()}
        own = [key for key in cells if key.startswith("applications.") and cells[key] is None]
        if any(drawn.cells[key] for key in own):
            continue
        blank = drawn.__class__(FORM, drawn.issuer, drawn.year, {**drawn.cells, **dict.fromkeys(own)})

        judged = checked(rendered(blank, "clean"))

        assert [one.rule for one in failures(judged)] == ["A011"]
        assert judged.equations == (40, 40)  # without the two of that column


@pytest.mark.parametrize("section", [section.id for section in FORM.sections])
def test_a_section_that_is_missing_is_one_finding(section: str) -> None:
    """With its table; the rules that need that are told under it."""
    drawn = draw_report(FORM, section)
    heads = {one.id: one.heading for one in FORM.sections}
    page = rendered(drawn, "clean").decode()
    start = page.index(f"<h2>{heads[section]}")
    end = page.find("<h2>", start + 1)
    rest = page[end:] if end > 0 else "</body></html>"

    judged = checked((page[:start] + rest).encode())

    assert [one.rule for one in failures(judged) if one.rule != "F001"] == ["S001"]
    (finding,) = (one for one in failures(judged) if one.rule == "S001")
    assert heads[section] in finding.texts.zh
    reasons = {one.reason for one in judged.findings if one.outcome == UNDECIDED and one.rule[0] not in "YFP"}
    assert reasons <= set(finding.leaves)


def test_a_report_of_a_year_without_a_form_is_not_judged_by_another(tmp_path: Path) -> None:
    """It is told that there is no form for the year, and for which years there are."""
    file = tmp_path / "old.txt"
    file.write_text(
        "白石镇2018年政府信息公开工作年度报告\n一、总体情况\n全年主动公开信息 30 条。\n二、存在问题\n更新慢。\n",
        "utf-8",
    )

    (judged,) = LINTER.check(file).reports()

    assert judged.report is None
    (problem,) = judged.problems
    assert problem.code == "no-form"
    assert "2018" in problem.text.zh


def test_a_report_without_a_year_is_judged_by_the_newest_form_and_that_is_said(tmp_path: Path) -> None:
    """A draft without a title."""
    drawn = draw_report(FORM, 3)
    page = rendered(drawn, "clean").decode().replace(title(drawn), "年度报告").replace(f"{drawn.year}年", "")

    judged = checked(page.encode())

    assert judged.report is not None
    assert judged.report.year is None
    assert judged.report.form.id == FORM.id
    (tmp_path / "draft.html").write_bytes(page.encode())
    told = called("check", "draft.html", cwd=tmp_path, variables={"COLUMNS": "120"}).stdout
    assert "年度不明 · 按《政府信息公开工作年度报告格式（2021年修订）》检查" in told


def test_the_official_form_left_blank_is_told_in_few_lines(tmp_path: Path) -> None:
    """One finding for each table, one for the instructions left in, and the missing statement on fees."""
    blank = draw_report(FORM, 1)
    for table in FORM.tables:
        blank = blanked(blank, table)
    parts = [("prose", "（文字描述）") if part[0] == "prose" else part for part in outline(blank)[1:]]
    (tmp_path / "form.docx").write_bytes(as_word(parts))

    done = called("check", "form.docx", cwd=tmp_path, variables={"COLUMNS": "80"})

    assert done.returncode == 1
    assert done.stdout.count("\n") <= 25
    assert re.findall(r"^  \d\. ((?:错误|警告) .{4})", done.stdout, re.MULTILINE) == [
        "警告 留有待填",
        "错误 表二（主",
        "错误 表三（收",
        "错误 表四（政",
        "警告 “六、其",
    ]


def test_a_title_and_one_section_are_a_report(tmp_path: Path) -> None:
    """A draft that has just been begun is told what is missing, also by the hook."""
    file = tmp_path / "draft.txt"
    file.write_text("临江区财政局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n全年主动公开信息 30 条。\n", "utf-8")

    (judged,) = LINTER.check(file).reports()

    assert {one.rule for one in failures(judged)} == {"S001", "F001"}
    assert sum(one.rule == "S001" for one in failures(judged)) == 5


def test_sections_of_a_report_in_one_line_are_found() -> None:
    """What copying out of a page may give: all headings follow other words directly, and none is called missing."""
    drawn = draw_report(FORM, 8)
    line = rendered(drawn, "flow").decode().replace("\n", "")

    judged = checked(line.encode())

    assert judged.report is not None
    assert [section.id for section in judged.report.sections] == [section.id for section in FORM.sections]
    assert {one.rule for one in failures(judged)} <= {"F001"}


@pytest.mark.parametrize("quiet", [False, True])
def test_a_blank_whose_value_follows_is_told_with_its_value(tmp_path: Path, *, quiet: bool) -> None:
    """At the default verbosity, and in one line a finding."""
    drawn = draw_report(FORM, 4, densities=(0.9,))
    key = "applications.new.total"
    (tmp_path / "one.html").write_bytes(rendered(drawn.with_cell(key, None), "clean"))

    done = called("check", "one.html", *(["-q"] if quiet else []), cwd=tmp_path)

    assert drawn.cells[key]
    assert f"列：没有填，应填 {drawn.cells[key]}" in done.stdout.replace("\n", "").replace("  ", "")


SOUND = {  # sentences of sound reports, by rules that might take them for a fault
    "X016": [
        "通过网上平台未收到政府信息公开申请，全部为信函申请。",
        "街道办事处未收到政府信息公开申请。",
        "没有收到政府信息公开申请收费的投诉。",
        "未收到信息公开申请行政诉讼。",
    ],
    "P002": ["本报告所列数据的统计期限自2023年12月1日起至2024年11月30日止。"],
}


@pytest.mark.parametrize(("rule", "said"), [(rule, said) for rule, sentences in SOUND.items() for said in sentences])
def test_sentences_of_sound_reports_are_no_fault_of_another_kind(rule: str, said: str) -> None:
    """Of a part of the year, a channel, another organ or another matter; a period over two years is for P001."""
    drawn = replace(draw_report(FORM, 6, densities=(0.9,)), year=2024)
    page = rendered(drawn, "clean").decode().replace(opening(drawn), said if rule == "P002" else opening(drawn))
    page = page.replace(PROSE["overview"], PROSE["overview"] + ("" if rule == "P002" else said))

    judged = checked(page.encode())

    assert rule not in {one.rule for one in judged.findings if one.outcome == FAIL}


@pytest.mark.parametrize("words", ["2025年临江区政府信息公开年度报告专栏", "临江区2025年政府信息公开工作年报栏目"])
def test_the_name_of_a_column_of_a_site_is_no_title(words: str) -> None:
    """It stands above the report, and names another year."""
    drawn = replace(draw_report(FORM, 6), year=2024)
    page = rendered(drawn, "clean").decode().replace("<h1>", f"<h2>{words}</h2><h1>", 1)

    judged = checked(page.encode())

    assert judged.report is not None
    assert judged.report.year == 2024
    assert failures(judged) == []


@pytest.mark.parametrize("instead", ['<iframe src="t3.pdf"></iframe>', '<a href="/f/b3.xls">表</a>', "<p>[图片]</p>"])
def test_a_table_that_may_stand_in_a_file_is_not_called_missing(instead: str) -> None:
    """Whether it is there is not known."""
    drawn = draw_report(FORM, 7)
    short = without_table(drawn, "applications")
    heading = next(one.heading for one in FORM.sections if one.id == "applications")
    page = rendered(short, "clean").decode().replace(f"{heading}</h2>", f"{heading}</h2>{instead}", 1)
    assert instead in page

    judged = checked(page.encode())

    assert failures(judged) == []
    assert judged.report is not None
    assert not judged.report.absent
