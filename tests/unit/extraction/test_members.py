"""Rows and columns that a report brings itself: found where they stand, and nothing else taken for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nianbao.errors import SourceErrors
from nianbao.extraction import extract
from nianbao.forms.loading import load_form
from nianbao.forms.open_axes import member_id, sample_of, with_members
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.model.form import Form
    from nianbao.model.report import Report

FORM = """\
schema: nianbao/form/1
id: harbour
title: {zh: 港口报表, en: statement of a harbour}
sections: [{id: ships, heading: 一、船只}, {id: notes, heading: 二、说明}]
tables:
  - id: ships
    name: 船只表
    section: ships
    captions: [码头, 单位：艘]
    columns:
      - id: flags
        label: 旗籍
        open: OPEN_COLUMNS
        COLUMNS
      - {id: total, label: 合计, total_of: flags}
    rows:
      - id: quays
        label: 各码头
        open: true
        in_key: IN_KEY
      - {id: total, name: 总计, label: 全港, total_of: quays}
patterns: {title: ['(?P<issuer>.{2,9})(?P<year>20\\d\\d)年船只报表']}
"""
HEAD = "东湾港2025年船只报表\n\n一、船只\n\n"


def form(folder: Path, *, columns: bool = False, in_key: bool = True) -> Form:
    """Write and load the form, its columns open or listed."""
    listed = "members: [{id: home, label: 本国}, {id: abroad, label: 外国}]"
    text = FORM.replace("        open: OPEN_COLUMNS\n", "        open: true\n" if columns else "")
    text = text.replace("        COLUMNS\n", "" if columns else f"        {listed}\n").replace(
        "IN_KEY", str(in_key).lower()
    )
    file = folder / "harbour.yaml"
    file.write_text(text, encoding="utf-8")
    return load_form(file)


def read(text: str, by: Form) -> Report:
    """Read a text by the form."""
    return extract(document_from_bytes(text.encode(), "harbour"), [by])


def figures(report: Report) -> dict[str, object]:
    """Return the figures of a report by key."""
    return {key: cell.value for key, cell in report.cells.items()}


LINES = """\
| 码头 | 本国 | 外国 | 合计 |
| --- | --- | --- | --- |
| 单位：艘 | | | |
| 北 码头 | 3 | 1 | 4 |
| 南码头 | / |  | 0 |
| 注：本表含渡船 | | | |
| 全港 | 3 | 1 | 4 |
"""
FLOW = "码头\n本国\n外国\n合计\n北 码头\n3\n1\n4\n南码头\n/\n0\n0\n全港\n3\n1\n4"
HTML = (
    "<table><tr><td>码头</td><td>本国</td><td>外国</td><td>合计</td></tr>"
    "<tr><td>北 码头</td><td>3</td><td>1</td><td>4</td></tr><tr><td>南码头</td><td>/</td><td></td><td>0</td></tr>"
    "<tr><td colspan=4>注：本表含渡船</td></tr><tr><td>全港</td><td>3</td><td>1</td><td>4</td></tr></table>"
)


@pytest.mark.parametrize("text", [LINES, FLOW, HTML], ids=["lines", "flow", "page"])
def test_each_row_with_figures_below_the_heads_is_a_member(tmp_path: Path, text: str) -> None:
    """Notes, captions and rows of the form are none; the member is named as it is written."""
    report = read(HEAD + text, form(tmp_path))

    rows = report.form.tables["ships"].rows
    assert [item.label for item in rows.leaves] == ["北 码头", "南码头", "全港"]
    assert rows.items["quays"].members == ("quays.北_码头", "quays.南码头")
    assert figures(report)["ships.quays.北_码头.total"] == 4
    assert report.cells["ships.quays.南码头.flags.home"].state == "mark"
    assert len(report.cells) == len(report.form.slots) == 9
    assert report.unread == {}


def test_members_of_an_open_group_outside_keys_have_keys_of_their_own(tmp_path: Path) -> None:
    """So that they meet rows that another table lists."""
    report = read(HEAD + LINES, form(tmp_path, in_key=False))

    assert figures(report)["ships.南码头.total"] == 0


def test_columns_may_be_open_too(tmp_path: Path) -> None:
    """Heads that the form does not have, the first of the line left out."""
    text = LINES.replace("本国", "东海国").replace("外国", "西山国")
    report = read(HEAD + text, form(tmp_path, columns=True))

    assert [item.id for item in report.form.tables["ships"].columns.leaves] == ["flags.东海国", "flags.西山国", "total"]
    assert figures(report)["ships.quays.北_码头.flags.东海国"] == 3
    assert figures(report)["ships.total.total"] == 4


def test_a_member_that_stands_twice_with_other_figures_is_not_read(tmp_path: Path) -> None:
    """Which of the two is meant cannot be told."""
    report = read(HEAD + LINES.replace("南码头 | / |  | 0", "北　码头 | 2 | 2 | 4"), form(tmp_path))

    assert "ships.quays.北_码头.flags.home" in report.unread
    assert figures(report)["ships.total.total"] == 4


def test_a_report_without_members_has_none(tmp_path: Path) -> None:
    """And nothing is made of it."""
    report = read(
        HEAD + "| 码头 | 本国 | 外国 | 合计 |\n| --- | --- | --- | --- |\n| 全港 | 0 | 0 | 0 |\n", form(tmp_path)
    )

    assert report.form.tables["ships"].rows.items["quays"].members == ()
    assert list(figures(report).values()) == [0, 0, 0]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Harbour Office", "harbour_office"),
        ("ＡＢ　c", "ab_c"),
        ("a.b/c", "a_b_c"),
        ("——", "_"),
        ("某" * 90, "某" * 60),
    ],
)
def test_the_key_of_a_member_is_one_word(label: str, expected: str) -> None:
    """Whatever stands in the label: keys have dots of their own."""
    assert member_id(label) == expected


def test_labels_that_are_one_member_are_variants(tmp_path: Path) -> None:
    """Case, width and spaces apart."""
    filled = with_members(form(tmp_path), {"ships.quays": ["Quay A", "QUAY  a", "B"]})

    items = filled.tables["ships"].rows.items
    assert items["quays"].members == ("quays.quay_a", "quays.b")
    assert items["quays.quay_a"].labels == ("Quay A", "QUAY  a")
    assert len(sample_of(form(tmp_path)).slots) == 9


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("open: true", "open: true\n        members: [{id: a, label: A}]", "is open and lists members"),
        ("    section: ships", "    layout: strip\n    section: ships", "a strip cannot have the open group 'quays'"),
        (
            "- {id: total, name",
            "- {id: more, label: 另, open: true}\n      - {id: total, name",
            "2 open groups on one axis",
        ),
        ("(?P<year>20\\d\\d)", "20\\d\\d", "no group (?P<year>…); this pattern needs year"),
    ],
)
def test_what_an_open_group_cannot_be_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    """When the form is loaded, at its line."""
    form(tmp_path)
    file = tmp_path / "harbour.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(SourceErrors) as caught:
        load_form(file)
    assert told in str(caught.value)


def test_facts_of_a_form_are_read_as_what_they_are(tmp_path: Path) -> None:
    """Numbers, days and words, from the first passage that has them; what is no such thing is passed over."""
    facts = """\
facts:
  - {id: quays, type: number, patterns: ['共有码头(?P<value>[\\d,.]+)个']}
  - {id: opened, type: date, patterns: ['于(?P<year>\\d{4})年(?P<month>\\d+)月(?P<day>\\d+)', '港：(?P<value>\\S+)']}
  - {id: master, name: {zh: 港务长, en: harbour master}, patterns: ['港务长为(?P<value>[^，。]+)']}
"""
    form(tmp_path)
    file = tmp_path / "harbour.yaml"
    file.write_text(file.read_text(encoding="utf-8") + facts, encoding="utf-8")
    prose = "二、说明\n\n开于2025年2月30日。\n\n开港：2025-03-01\n\n本港共有码头1,２05个，港务长为林某，另有。\n"
    report = read(HEAD + LINES + "\n" + prose, load_form(file))

    found = {name: str(fact.value) for name, fact in report.facts.items() if name in {"quays", "opened", "master"}}
    assert found == {"quays": "1205", "opened": "2025-03-01", "master": "林某"}
    assert report.facts["opened"].location.line
