"""This year's report against that of the year before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import drawn_reports
from tests.support.rendering import TEXTS, rendered
from tests.support.thinning import examples

import nianbao as package
from nianbao.extraction import extract
from nianbao.forms.loading import form_by_id
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.drawing import Drawn

    from nianbao import Finding, Report

    Run = Callable[..., subprocess.CompletedProcess[str]]

FORM = form_by_id("zfxxgk-2021")


@st.composite
def two_years(draw: st.DrawFn) -> tuple[Drawn, Drawn]:
    """Draw two years of one issuer that carry on."""
    first = draw(drawn_reports(FORM))
    return first, draw(drawn_reports(FORM, prior=first))


def read(drawn: Drawn, kind: str = "bars") -> Report:
    """Write a drawn report as a file of some kind and read it."""
    return extract(document_from_bytes(rendered(drawn, kind), f"{drawn.year}.{kind}"))


def years_findings(*reports: Report, prior: Report | None = None) -> list[Finding]:
    """Return what the rules over two years say."""
    return [finding for finding in package.check(*reports, prior=prior).findings if finding.rule.startswith("Y")]


@given(years=two_years(), kind=st.sampled_from([*TEXTS]))
@examples(10)
def test_two_years_that_carry_on_are_silent(years: tuple[Drawn, Drawn], kind: str) -> None:
    """Given as the report of the year before, or found among the reports of the run: nothing is said."""
    before, this = (read(one, kind) for one in years)

    assert years_findings(this, prior=before) == []
    assert [finding.outcome for finding in years_findings(before, this)] == ["undecided", "undecided"]


@pytest.mark.parametrize(
    ("key", "rule", "other"),
    [
        ("applications.carried_in.total", "Y001", "applications.carried_out.total"),
        ("applications.carried_in.enterprise", "Y001", "applications.carried_out.enterprise"),
        ("disclosure.regulations.in_force", "Y002", "disclosure.regulations.in_force"),
        ("disclosure.normative_documents.in_force", "Y002", "disclosure.normative_documents.in_force"),
    ],
)
@given(years=two_years())
@examples(5)
def test_a_break_is_found_with_the_cells_of_both_years(
    key: str, rule: str, other: str, years: tuple[Drawn, Drawn]
) -> None:
    """A figure that does not carry on fails its rule; both reports' cells and places are given."""
    first, second = years
    value = second.cells[key]
    assert value is not None
    before, this = read(first), read(second.with_cell(key, value + 1))

    found = [finding for finding in years_findings(this, prior=before) if finding.outcome == "fail"]

    assert [finding.rule for finding in found] == [rule]
    cells = {(one.cell.key, one.year): one for one in found[0].cells}
    assert cells[key, second.year].cell.location.line
    assert cells[other, first.year].cell.location.line
    assert cells[other, first.year].source == before.name
    assert found[0].difference == 1


def test_the_command_finds_the_year_before_either_way(nianbao: Run, repo: Path) -> None:
    """``--prior`` and both files together come to the same; without either it is said once that there is none."""
    this, before = repo / "examples" / "linjiang-2024.txt", repo / "examples" / "linjiang-2023.txt"

    given_prior = _reports(nianbao("check", this, "--prior", before, "--format", "json"))
    together = _reports(nianbao("check", this, before, "--format", "json"))
    alone = nianbao("check", this)

    assert given_prior[0]["prior"]["year"] == together[0]["prior"]["year"] == 2023
    assert not [finding for finding in given_prior[0]["findings"] if finding["rule"].startswith("Y")]
    assert alone.returncode == 0
    assert alone.stdout.count("没有上一年度") == 1


def _reports(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.returncode == 0
    found: list[dict[str, Any]] = json.loads(done.stdout)["reports"]
    return found


@pytest.mark.parametrize(
    ("issuer", "year", "used"),
    [
        ("云岭市临江区人民政府", 2023, True),
        ("云岭市临江区政府", 2023, True),
        ("云岭市临江区", 2023, True),
        ("云岭市临江区教育局", 2023, False),
        ("云岭市", 2023, False),
        ("云岭市松溪区人民政府", 2023, False),
        ("云岭市临江区人民政府", 2022, False),
    ],
)
def test_small_differences_of_name_are_allowed(repo: Path, issuer: str, year: int, used: bool) -> None:  # noqa: FBT001
    """A short form of the name is the same issuer; another office, another place or another year is not."""
    text = (repo / "examples" / "linjiang-2023.txt").read_text(encoding="utf-8")
    other = text.replace("云岭市临江区人民政府2023年", f"{issuer}{year}年", 1)
    before = extract(document_from_bytes(other.encode(), "before"))
    this = package.read(repo / "examples" / "linjiang-2024.txt")

    result = package.check(this, before)

    assert (result.reports[0].prior is not None) == used
