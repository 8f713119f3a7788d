"""Which report is that of the year before: never a guess between two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nianbao.engine.prior_year import choose_prior
from nianbao.forms.loading import form_by_id
from nianbao.model.report import Issuer, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

GOVERNMENT, DEPARTMENT = "government", "department"


def report(name: str | None, year: int | None, kind: str = GOVERNMENT, *, content: str = "") -> Report:
    """Return a report of an issuer and year; equal content means equal bytes."""
    issuer = None if name is None else Issuer(name, kind)
    sha256 = (content or f"{name}{year}").encode().hex().ljust(64, "0")[:64]
    return Report(name=f"{name}-{year}.txt", sha256=sha256, form=form_by_id("zfxxgk-2021"), year=year, issuer=issuer)


@pytest.mark.parametrize(
    ("own", "candidates", "chosen"),
    [
        ("临江区", [("临江区", 2023)], 0),
        ("临江区", [("临江区人民政府", 2023)], 0),
        ("临江区人民政府", [("临江区", 2023)], 0),
        ("临江区", [("临江区", 2022), ("临江区", 2024), ("临江区", 2023)], 2),
        ("临江区", [("临江区人民政府", 2023), ("临江区", 2023)], 1),
        ("临江区", [("临河区", 2023)], None),
        ("吉安省", [("吉安市", 2023)], None),
        ("临江区", [("云岭市", 2023)], None),
        ("临江区", [("临江区", 2022)], None),
        ("临江区", [("临江区", None)], None),
        ("临江区", [(None, 2023)], None),
    ],
)
def test_among_the_reports_of_a_run(own: str, candidates: list[tuple[str, int]], chosen: int | None) -> None:
    """The same issuer, by its full or short name, and the year before exactly."""
    others = [report(name, year) for name, year in candidates]

    choice = choose_prior(report(own, 2024), priors=(), others=others)

    assert choice.prior is (None if chosen is None else others[chosen])
    assert (choice.reason is None) is (chosen is not None)


def test_an_office_is_not_its_government() -> None:
    """Names that begin alike, of different kinds, are two issuers."""
    assert (
        choose_prior(report("临江区", 2024), priors=(), others=[report("临江区教育局", 2023, DEPARTMENT)]).prior is None
    )


def test_two_that_fit_are_no_choice() -> None:
    """Two different reports of the year before: the reason says so."""
    others = [report("临江区", 2023, content=content) for content in ("one", "two")]

    choice = choose_prior(report("临江区", 2024), priors=(), others=others)

    assert choice.prior is None
    assert choice.reason is not None
    assert "2" in choice.reason.zh


def test_the_same_bytes_twice_are_one_report() -> None:
    """A copy of a file is no second candidate."""
    others = [report("临江区", 2023, content="same") for _ in range(2)]

    assert choose_prior(report("临江区", 2024), priors=(), others=others).prior == others[0]


@pytest.mark.parametrize(
    ("own", "given", "words"),
    [
        (report("临江区", 2024), [report("临江区", 2022)], ("2022", "2023")),
        (report("临江区", 2024), [report("临江区", 2024)], ("2024", "2023")),
        (report("临江区", 2024), [report("云岭市", 2023)], ("云岭市", "临江区")),
        (report("临江区", None), [report("临江区", 2023)], ("年度",)),
    ],
    ids=["too old", "itself", "other issuer", "no year"],
)
def test_why_a_report_given_is_not_used(own: Report, given: Sequence[Report], words: tuple[str, ...]) -> None:
    """It is said what was given and what is needed, in both languages; others of the run are not taken instead."""
    choice = choose_prior(own, priors=given, others=[report("临江区", 2023)])

    assert choice.prior is None
    assert choice.reason is not None
    assert choice.reason.en
    assert all(word in choice.reason.zh for word in words)


def test_a_report_given_without_an_issuer_is_taken_at_the_users_word() -> None:
    """Only its year has to fit."""
    given = report(None, 2023)

    assert choose_prior(report("临江区", 2024), priors=[given], others=()).prior is given


@pytest.mark.parametrize(
    ("own", "other", "used"),
    [
        ("青柳县发展和改革局", "青柳县发改局", True),
        ("青柳县发改局", "青柳县发展和改革局", True),
        ("云岭市体育局", "云岭市体育局训练中心", False),
        ("云岭市临江区水务局", "临江区水务局", True),
        ("云岭市水务局", "水务局", False),
        ("云岭市江北区局", "云岭区局", False),
        ("云岭市水务局", "临江区水务局", False),
        ("云岭市水务局", "云岭市教育局", False),
    ],
)
def test_a_report_that_was_given_may_have_a_short_name(own: str, other: str, *, used: bool) -> None:
    """An abbreviation is taken from the user's hand alone; in a run of many it might be another office."""
    this, before = report(own, 2024, DEPARTMENT), report(other, 2023, DEPARTMENT)

    assert (choose_prior(this, priors=(before,), others=()).prior is before) == used
    assert choose_prior(this, priors=(), others=(before,)).prior is None
