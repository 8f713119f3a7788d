"""What ``extract`` prints is an input like any other: the same report comes back, and the same is found in it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT
from tests.support.drawing import drawn_reports
from tests.support.rendering import rendered
from tests.support.thinning import examples

from nianbao.api import check, load_pack, read
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms, load_form
from nianbao.outputs.json import render_report
from nianbao.readers import document_from_bytes
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from nianbao.model.form import Form
    from nianbao.model.report import Report
    from nianbao.model.rule import Pack

    Run = Callable[..., subprocess.CompletedProcess[str]]

FORMS = builtin_forms()
QUARTERLY = ROOT / "examples" / "quarterly"


class _Plain(yaml.SafeDumper):
    """Writes exact numbers as they are."""


_Plain.add_representer(Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", str(value)))


def as_yaml(text: str) -> str:
    """Write JSON as YAML, key by key."""
    return yaml.dump(json.loads(text, parse_float=Decimal), Dumper=_Plain, allow_unicode=True, sort_keys=False)


def again(text: str, forms: Sequence[Form] = FORMS) -> Report:
    """Read a report from its data."""
    document = document_from_bytes(text.encode(), "data")
    assert document.format == "report"
    return extract(document, forms)


def found_in(report: Report, *packs: Pack) -> list[tuple[object, ...]]:
    """Return what is found in a report, without the places."""
    return [
        (
            *(one.rule, one.outcome, one.texts, one.help_texts, one.reason, one.left, one.right, one.fingerprint),
            [(involved.key, involved.value, involved.role) for involved in one.cells],
        )
        for one in check(report, packs=packs).findings
    ]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
@examples(4)
@given(data=st.data(), kind=st.sampled_from(["flow", "clean", "sheet"]), blanks=st.booleans())
def test_a_report_comes_back_from_its_data(form: Form, data: st.DataObject, kind: str, blanks: bool) -> None:  # noqa: FBT001
    """Cell by cell, with places, sections, facts and reasons; and printed again, it is the same letter by letter."""
    drawn = data.draw(drawn_reports(form, blanks=blanks))
    document = document_from_bytes(rendered(drawn, kind), "drawn")
    first = extract(document).exact(document.text)
    text = render_report(CHINESE, first)

    second = again(text)

    assert render_report(CHINESE, second) == text
    assert render_report(CHINESE, again(as_yaml(text))) == text
    assert dict(second.cells) == {
        key: cell._replace(location=cell.location._replace(anchor=None)) for key, cell in first.cells.items()
    }
    assert (second.issuer, second.period, second.published) == (first.issuer, first.period, first.published)


@examples(6)
@given(data=st.data())
def test_the_same_is_found_in_the_data(data: st.DataObject) -> None:
    """Every rule says of the data what it says of the report, but for the places in its prose."""
    drawn = data.draw(drawn_reports(FORMS[0], blanks=data.draw(st.booleans())))
    key = data.draw(st.sampled_from(sorted(drawn.cells)))
    report = extract(document_from_bytes(rendered(drawn.with_cell(key, 987_654), "clean"), "drawn"))

    assert found_in(again(render_report(CHINESE, report))) == found_in(report)


@pytest.mark.parametrize("name", ["linjiang-2023.txt", "linjiang-2024.html", "linjiang-2024-draft.txt"])
def test_the_same_is_found_in_the_data_of_the_examples(name: str) -> None:
    """Claims in the prose, terms and dates among it."""
    report = read(ROOT / "examples" / name)

    assert len(found_in(report)) > 0
    assert found_in(again(render_report(CHINESE, report))) == found_in(report)


@pytest.mark.parametrize("name", ["huaian-2024.pdf", "shanghai-office-2019.html", "hongze-2024.pdf", "qindu-2024.txt"])
def test_real_reports_come_back_from_their_data(corpus: Path, name: str) -> None:
    """Whatever format they came in, blanks, merged rows, unread cells and all."""
    report = read(corpus / name)
    text = render_report(CHINESE, report)

    assert render_report(CHINESE, again(text)) == text
    assert found_in(again(text)) == found_in(report)


def test_members_and_facts_of_a_form_come_back_with_the_data() -> None:
    """The rows that a report brings have their names, and what it says beside its tables is kept."""
    form = load_form(QUARTERLY / "forms" / "fee-quarter.yaml")
    pack = load_pack(QUARTERLY)
    wrong = (QUARTERLY / "statement.md").read_text(encoding="utf-8").replace("| 21 | 19 |", "| 21 | 18 |")
    report = extract(document_from_bytes(wrong.encode(), "statement"), [form])
    text = render_report(CHINESE, report)

    second = again(text, [form])

    assert render_report(CHINESE, second) == text
    assert {name: fact.value for name, fact in second.facts.items()} == {
        name: fact.value for name, fact in report.facts.items()
    }
    assert found_in(report, pack)
    assert found_in(second, pack) == found_in(report, pack)


SHORT = """
schema: nianbao/report/1
form: zfxxgk-2021
title: 临江区人民政府2024年政府信息公开工作年度报告
cells:
  applications.new.natural_person: 12
  applications.new.total: 13
"""


def test_a_report_written_by_hand_is_checked(nianbao: Run, tmp_path: Path) -> None:
    """The place of a finding is the line of the cell among the data."""
    file = tmp_path / "by-hand.yaml"
    columns = ("enterprise", "research", "welfare", "legal", "other_org")
    file.write_text(SHORT + "".join(f"  applications.new.{name}: 0\n" for name in columns), encoding="utf-8")

    done = nianbao("check", file, "--select", "A003", "--format", "json")

    (report,) = json.loads(done.stdout)["reports"]
    failed = [finding for finding in report["findings"] if finding["outcome"] == "fail"]
    assert done.returncode == 1
    assert (report["year"], report["issuer"]["kind"]) == (2024, "government")
    assert [finding["rule"] for finding in failed] == ["A003"]
    assert {cell["location"]["line"] for cell in failed[0]["cells"]} == {6, 7, 8, 9, 10, 11, 12}


@pytest.mark.parametrize("command", ["extract", "diff"])
def test_wrong_data_get_one_line(nianbao: Run, tmp_path: Path, command: str) -> None:
    """With the path of the value, whichever command reads them."""
    file = tmp_path / "wrong.yaml"
    file.write_text(SHORT.replace(": 12", ": '12件'").replace("total: 13", "totl: 13"), encoding="utf-8")

    done = nianbao(command, *([file, file] if command == "diff" else [file]))

    assert done.returncode == 3
    assert "cells.applications.new.totl" in done.stderr
    assert "Traceback" not in done.stderr
