"""Which cell is wrong: real reports, what last year's report and the prose decide, and drafts with blanks."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.drawing import draw_report
from tests.support.rendering import FILES, rendered
from tests.support.trials import report_of

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.forms.loading import builtin_forms
from nianbao.model.outcome import FAIL

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

FORM = next(form for form in builtin_forms() if form.id == "zfxxgk-2021")
ENGINE = Engine([builtin_pack()])
TOTAL = "disputes.review.total"
SUMS = {"A001", "A002", "A003", "L001", "Y001", "Y002"}

FURTHER = """\
- code: Q001
  continuity: 复议.总计 − 复议后起诉.总计 = 去年.复议.尚未审结
  within: disputes
- code: Q002
  claim: {patterns: ["复议(?P<value>)件"], equals: 复议.总计}
  within: disputes
"""


def told(run: Run, *arguments: object) -> dict[str, Any]:
    """Return what ``check`` says of a report, as data."""
    report: dict[str, Any] = json.loads(run("check", *arguments, "--format", "json").stdout)["reports"][0]
    return report


def changes(explanation: dict[str, Any]) -> list[tuple[str, int | None, int, str]]:
    """Return the changes of an explanation: cell, figure, true figure, slip."""
    return [(one["key"], one["from"], one["to"], one["slip"]) for one in explanation["changes"]]


def test_totals_that_are_zero_are_explained_as_far_as_the_figures_go(corpus: Path, nianbao: Run) -> None:
    """The first total should be 11, alone; of the second, total and part may be wrong, and that is said."""
    report = told(nianbao, corpus / "hongze-2023.pdf")

    first, *others = report["explanations"]
    assert changes(first) == [("disputes.review.total", 0, 11, "zero-for-figure")]
    assert [changes(one)[0][:3] for one in others] == [
        ("disputes.litigation_after_review.total", 0, 5),
        ("disputes.litigation_after_review.upheld", 5, 0),
    ]
    assert [one["component"] for one in report["explanations"]] == [0, 1, 1]
    assert all(one["confidence"] != "high" for one in others)
    assert "不能断定" in report["components"][1]["note"]


def test_exchanged_digits_are_one_explanation_of_both_findings(corpus: Path, nianbao: Run, tmp_path: Path) -> None:
    """A row and a column fail; one sentence accounts for them, and everything adds up with it."""
    lines = (corpus / "qindu-2024.txt").read_text(encoding="utf-8").split("\n")
    place = next(number for number, line in enumerate(lines) if line.split(" |")[0] == "48")
    lines[place] = lines[place].replace("48", "84")
    (tmp_path / "report.txt").write_text("\n".join(lines), encoding="utf-8")

    report = told(nianbao, tmp_path / "report.txt")

    (explanation,) = report["explanations"]
    key = "applications.unavailable.not_held.natural_person"
    assert changes(explanation) == [(key, 84, 48, "transposed-digits")]
    assert explanation["confidence"] == "high"
    assert explanation["equations"] == {"hold": 39, "of": 39}
    assert explanation["changes"][0]["location"]["line"] == place + 1
    failed = [one for one in report["findings"] if one["outcome"] == "fail" and one["explanations"] == [0]]
    assert sorted(one["rule"] for one in failed) == ["A002", "A003"]
    assert sorted(one["fingerprint"] for one in failed) == sorted(explanation["findings"])


@pytest.mark.parametrize(("with_prior", "with_claim", "sure"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1)])
def test_further_equations_decide_a_total_of_table_four(
    nianbao: Run, tmp_path: Path, with_prior: int, with_claim: int, sure: int
) -> None:
    """One equation over five cells is open; last year's figure, a figure of the prose, or both fix the total."""
    drawn = draw_report(FORM, 1)
    own = {**drawn.cells, **dict.fromkeys((key for key in drawn.cells if key.startswith("disputes")), 0)}
    before = own | {"disputes.review.pending": 9, "disputes.review.total": 9}
    own |= {"disputes.litigation_after_review.upheld": 3, "disputes.litigation_after_review.total": 3}
    own |= {"disputes.review.upheld": 6, "disputes.review.corrected": 2, "disputes.review.pending": 4, TOTAL: 12}
    for name, cells, year in (("this", own | {TOTAL: 21}, 2024), ("last", before, 2023)):
        report = {
            "schema": "nianbao/report/1",
            "form": FORM.id,
            "year": year,
            "issuer": {"name": "临江区人民政府", "kind": "government"},
            "cells": {key: {"value": None if value is None else float(value)} for key, value in cells.items()},
            "sections": [{"id": "disputes", "heading": "四", "text": "全年复议12件。" if with_claim else "略。"}],
        }
        (tmp_path / f"{name}.json").write_text(json.dumps(report), encoding="utf-8")
    (tmp_path / "further.yaml").write_text(FURTHER, encoding="utf-8")
    prior = ("--prior", tmp_path / "last.json") if with_prior else ()

    result = told(nianbao, tmp_path / "this.json", "--pack", tmp_path / "further.yaml", "--select", "L,Q", *prior)

    first, *others = result["explanations"]
    assert [one[:3] for one in changes(first)] == [(TOTAL, 21, 12)]
    assert (first["confidence"] == "high") is bool(sure)
    assert bool(others) is not bool(sure)


@pytest.mark.parametrize("seed", range(12))
def test_a_draft_has_no_error_that_is_not_certain(nianbao: Run, tmp_path: Path, seed: int) -> None:
    """Thirty cells of a consistent report are still blank: no sum fails, and what follows for blanks is true."""
    drawn = draw_report(FORM, f"draft/{seed}")
    counted = [key for key in drawn.cells if not key.startswith("disclosure")]
    blank = random.Random(seed).sample(counted, 30)
    draft = report_of(drawn, {**drawn.cells, **dict.fromkeys(blank)})

    judgement = ENGINE.judge(draft)

    assert [one.rule for one in judgement.findings if one.outcome == FAIL and one.severity == "error"] == []
    assert not judgement.components
    followed = {one.cell.key: one.value for one in judgement.following}
    assert followed
    assert followed == {key: drawn.cells[key] for key in followed}
    assert followed.keys() <= set(blank)


def test_what_no_figures_for_blanks_can_mend_is_one_error() -> None:
    """Two rows leave 30 for a blank each, and their column has but 59: each may still hold, not all together."""
    drawn = draw_report(FORM, "draft/hopeless")
    zeros = dict.fromkeys((key for key in drawn.cells if key.startswith("applications")), 0)
    cells = {**drawn.cells, **zeros}
    cells |= {f"applications.{row}.total": 30 for row in ("granted", "partial")}
    cells |= {f"applications.{row}.research": 59 for row in ("new", "total")}
    cells |= {f"applications.{row}.total": 60 for row in ("new", "total")}
    blank = ["granted.research", "partial.research", "new.natural_person", "total.natural_person"]

    judgement = ENGINE.judge(report_of(drawn, {**cells, **{f"applications.{name}": None for name in blank}}))

    failed = [one for one in judgement.findings if one.outcome == FAIL and one.rule in SUMS]
    assert 1 <= len(failed) <= 2
    assert any("无论空格填什么数" in one.message for one in failed)
    assert any(one.outcome == "undecided" and one.rule in SUMS for one in judgement.findings)


@pytest.mark.parametrize("kind", ["word", "docx"])
def test_a_draft_says_what_follows(nianbao: Run, tmp_path: Path, kind: str) -> None:
    """From a file: cells with their figures and places, in the result and on the terminal."""
    drawn = draw_report(FORM, "draft/said")
    blank = [f"applications.{name}" for name in ("granted.total", "total.total", "new.natural_person")]
    draft = replace(drawn, cells={**drawn.cells, **dict.fromkeys(blank)})
    path = tmp_path / ("draft.docx" if kind in FILES else "draft.html")
    path.write_bytes(rendered(draft, kind))

    report = told(nianbao, path)

    assert {one["key"]: one["value"] for one in report["following"]} == {key: drawn.cells[key] for key in blank}
    assert all(one["location"] for one in report["following"])
    assert [one["key"] for one in report["following"]] == [key for key in FORM.slots if key in blank]
    assert [one for one in report["findings"] if one["outcome"] == "fail" and one["rule"] in SUMS] == []
    said = nianbao("check", path).stdout
    assert all(str(drawn.cells[key]) in said for key in blank)
