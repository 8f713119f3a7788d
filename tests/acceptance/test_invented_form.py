"""A report of another kind, by a form and rules of its own, without a line of Python for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

FORM = """\
schema: nianbao/form/1
id: pool-year
title: Yearly statement of a swimming pool
years: {first: 2020}
sections:
  - {id: visits, heading: 1. Visits, variants: [Number of visits]}
  - {id: income, heading: 2. Income}
  - {id: remarks, heading: 3. Remarks}
tables:
  - id: visits
    name: Table A
    section: visits
    columns:
      - id: ages
        label: Visitors
        in_key: false
        members: [{id: children, label: Children}, {id: adults, label: Adults}]
      - {id: total, name: all, label: Total, total_of: ages}
    rows:
      - id: seasons
        label: Season
        in_key: false
        members: [{id: summer, label: Summer}, {id: winter, label: Winter}]
      - {id: year, label: Whole year, total_of: seasons}
  - id: income
    name: Table B
    section: income
    layout: strip
    columns:
      - {id: tickets, label: Tickets, value: amount}
      - {id: courses, label: Courses, value: amount}
    rows:
      - {id: gross, label: Gross}
      - {id: net, label: Net}
patterns:
  title: ['(?P<issuer>[a-z]+)pool,statementof(?P<year>20\\d\\d)']
issuer_kinds:
  - {kind: other, pattern: .}
"""
RULES = """\
- code: P101
  name: wrong-visitors-total
  title: a row total is wrong
  equation: all = sum(ages)
  within: visits
  severity: error
  message: "{table}, {member}: {left} given, {right} due"
- code: P102
  name: wrong-year-total
  title: the year is not the sum of its seasons
  equation: year = sum(seasons)
  within: visits
  severity: error
- code: P103
  name: net-above-gross
  title: more net than gross
  inequality: net <= gross
  within: income
- code: P104
  name: missing-page
  title: a part is missing
  section: present
"""
STATEMENT = """\
Lido Pool, statement of 2023

1. Visits
| Season | Visitors | Visitors | Total |
| Season | Children | Adults | Total |
| --- | --- | --- | --- |
| Summer | 1,200 | 800 | 2,000 |
| Winter | 300 | 500 | 800 |
| Whole year | 1,500 | 1,300 | 2,800 |

2. Income
| Gross | Gross | Net | Net |
| --- | --- | --- | --- |
| Tickets | Courses | Tickets | Courses |
| 9000.50 | 700 | 8000.25 | 650 |

3. Remarks
Closed in March.
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Write a pack that brings its own form."""
    folder = tmp_path / "pool"
    (folder / "forms").mkdir(parents=True)
    (folder / "forms" / "pool-year.yaml").write_text(FORM, encoding="utf-8")
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    return folder


def checked(nianbao: Run, pack: Path, statement: str) -> dict[str, Any]:
    """Check a statement by the pack and return its part of the result."""
    file = pack.parent / "statement.md"
    file.write_text(statement, encoding="utf-8")
    done = nianbao("check", file, "--pack", pack, "--select", "P10", "--format", "json")
    assert done.returncode in {0, 1}, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)["reports"][0]
    return report


def test_a_statement_that_holds_is_silent(nianbao: Run, pack: Path) -> None:
    """Form, year, issuer and all cells are read by the pack's form; nothing is found."""
    report = checked(nianbao, pack, STATEMENT)

    assert (report["form"], report["year"], report["issuer"]["name"]) == ("pool-year", 2023, "Lido")
    assert report["cells"] == {"read": 13, "expected": 13}
    assert report["findings"] == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("| 300 | 500 | 800 |", "| 300 | 500 | 900 |"), [("P101", 900, 800), ("P102", 2800, 2900)]),
        (("| 1,500 | 1,300 |", "| 1,500 | 1,400 |"), [("P101", 2800, 2900), ("P102", 1400, 1300)]),
        (("| 650 |", "| 701 |"), [("P103", 701, 700)]),
        (("3. Remarks\n", ""), [("P104", None, None)]),
    ],
)
def test_what_is_wrong_is_found(
    nianbao: Run, pack: Path, change: tuple[str, str], found: list[tuple[str, int | None, int | None]]
) -> None:
    """Equations, inequalities and sections of the pack are judged, with both sides."""
    report = checked(nianbao, pack, STATEMENT.replace(*change))

    failed = [(one["rule"], one["left"], one["right"]) for one in report["findings"] if one["outcome"] == "fail"]
    assert sorted(failed) == found
