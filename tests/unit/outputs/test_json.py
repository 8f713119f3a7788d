"""Results and reports as JSON: the shapes of their schemas, exact numbers, the form's order."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from tests.support.writing import data_of, json_of

from nianbao.api import read
from nianbao.forms.loading import form_by_id
from nianbao.model.report import Cell, Report
from nianbao.outputs.json import render_report, report_data
from nianbao.voice import CHINESE, Voice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nianbao.messages import Language
    from nianbao.model.result import Result


@pytest.fixture(scope="module")
def validators(repo: Path) -> Mapping[str, Draft202012Validator]:
    """The schemas of both outputs, themselves checked."""
    schemas = {
        name: json.loads((repo / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
        for name in ("result", "report")
    }
    for one in schemas.values():
        Draft202012Validator.check_schema(one)
    return {name: Draft202012Validator(one) for name, one in schemas.items()}


def mistakes(validator: Draft202012Validator, text: str) -> list[str]:
    """Return what a text has that its schema does not allow."""
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(text))]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("which", ["draft", "consistent", "odd"])
def test_results_follow_their_schema(
    request: pytest.FixtureRequest, validators: Mapping[str, Draft202012Validator], which: str, lang: Language
) -> None:
    """Failures, undecided rules, broken inputs and last year's cells all fit the schema."""
    assert mistakes(validators["result"], json_of(Voice(lang), request.getfixturevalue(which))) == []


@pytest.mark.parametrize("name", ["linjiang-2023.txt", "linjiang-2024.html", "linjiang-2024-draft.txt"])
def test_reports_follow_their_schema(validators: Mapping[str, Draft202012Validator], repo: Path, name: str) -> None:
    """What extract prints of texts and pages fits the schema."""
    assert mistakes(validators["report"], render_report(CHINESE, read(repo / "examples" / name))) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"schema": "nianbao/report/2"}, "$.schema"),
        ({"cells": {"a.b": {"value": None, "state": "number", "raw": "", "location": {}}}}, "$.cells['a.b'].value"),
        ({"cells": {"a.b": {"value": 0, "state": "blank", "raw": "", "location": {}}}}, "$.cells['a.b'].value"),
        ({"published": "2024/1/1"}, "$.published"),
        ({"extra": 1}, "$"),
    ],
)
def test_the_schema_refuses_what_is_wrong(
    validators: Mapping[str, Draft202012Validator], repo: Path, change: dict[str, Any], where: str
) -> None:
    """The schema is strict: a changed shape is told at its place."""
    data = json.loads(render_report(CHINESE, read(repo / "examples" / "linjiang-2023.txt"))) | change

    assert where in {error.json_path for error in validators["report"].iter_errors(data)}


def test_money_keeps_its_digits(repo: Path) -> None:
    """846.30 is written with its last zero."""
    assert '"disclosure.fees.amount": {' in render_report(CHINESE, read(repo / "examples" / "linjiang-2023.txt"))
    assert '"value": 846.30' in render_report(CHINESE, read(repo / "examples" / "linjiang-2023.txt"))


def test_the_summary_counts_what_the_result_holds(odd: Result) -> None:
    """A crashed rule is no unreadable input, and an undecided rule no failure."""
    assert data_of(CHINESE, odd)["summary"] == {
        "reports": 1,
        "error": 1,
        "warning": 1,
        "info": 1,
        "undecided": 3,
        "problems": 2,
        "broken_rules": 1,
    }


def test_an_unreadable_input_keeps_its_place(odd: Result) -> None:
    """It stands among the reports, with its problem and without data."""
    unread = data_of(CHINESE, odd)["reports"][1]

    assert (unread["path"], unread["sha256"], unread["cells"]) == ("gone[i].txt", None, {"read": 0, "expected": 0})
    assert unread["problems"] == [{"path": "gone[i].txt", "code": "not-found", "message": "没有这个文件"}]


def test_last_years_cells_name_their_report(odd: Result) -> None:
    """Year and source stand with cells of the other report alone."""
    ours, theirs = data_of(CHINESE, odd)["reports"][0]["findings"][0]["cells"]

    assert "source" not in ours
    assert (theirs["source"], theirs["year"], theirs["value"]) == ("last.txt", 2023, 9)


def test_differences_are_left_minus_right(odd: Result) -> None:
    """An equation has both sides and their difference; other findings have none."""
    first, second, *_ = data_of(CHINESE, odd)["reports"][0]["findings"]

    assert (first["left"], first["right"], first["difference"]) == (7, 9, -2)
    assert (second["left"], second["right"], second["difference"]) == (None, None, None)


@pytest.mark.parametrize(("lang", "message"), [("zh", "有错"), ("en", "en 有错")])
def test_texts_come_in_the_language_asked_for(odd: Result, lang: Language, message: str) -> None:
    """Messages and reasons follow the language, keys and names never."""
    finding = data_of(Voice(lang), odd)["reports"][0]["findings"][0]

    assert (finding["message"], finding["name"]) == (message, "rule-y001")


def test_cells_stand_in_the_forms_order() -> None:
    """Whatever the order of the source; a group that stands as one row comes where its members would."""
    form = form_by_id("zfxxgk-2021")
    keys = [
        f"applications.{row}.total" for row in ("carried_out", "total", "other", "not_processed.confirmation", "new")
    ]
    cells = {key: Cell(key, Decimal(1), "number", "1") for key in keys}

    data = report_data(CHINESE, Report(name="x", sha256="0" * 64, form=form, cells=cells))

    assert list(data["cells"]) == keys[::-1]
