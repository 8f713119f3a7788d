"""What stands beside a figure never makes another figure of it: note marks, struck-out and unseen words, spaces."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.support.marking import PAGES, SHEETS, SIGNS, WORD, dressed, in_runs
from tests.support.thinning import scaled

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.extraction import extract
from nianbao.model.outcome import FAIL
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from tests.support.marking import Dress, Dressed

    from nianbao.model.report import Report

ENGINE = Engine([builtin_pack()])
NOT_FIGURES = {"A010", "D001", "L010"}
CASES = [
    *(("clean", name, dress) for name, dress in {**SIGNS, **PAGES}.items()),
    *(("docx", name, dress) for name, dress in WORD.items()),
    *(("docx", name, in_runs(dress, "docx")) for name, dress in SIGNS.items()),
    *(("sheet", name, dress) for name, dress in SHEETS.items()),
    *(("sheet", name, in_runs(dress, "sheet")) for name, dress in SIGNS.items()),
    *(("bars", name, dress) for name, dress in SIGNS.items()),
]


def read(made: Dressed) -> Report:
    """Read a file."""
    return extract(document_from_bytes(made.data, "dressed"))


def wrong(made: Dressed, report: Report) -> dict[str, object]:
    """Return the cells that are read with another figure than the true one."""
    values = {key: cell.value for key, cell in report.cells.items()}
    return {key: value for key, value in values.items() if value is not None and value != made.drawn.cells[key]}


@pytest.mark.parametrize(("kind", "dress"), [pytest.param(k, d, id=f"{k}-{name}") for k, name, d in CASES])
def test_a_mark_is_never_part_of_a_figure(kind: str, dress: Dress) -> None:
    """The figure is read without what stands beside it, or the cell is unread with its reason; no rule faults it."""
    for seed in range(scaled(2)):
        made = dressed(kind, dress, seed)

        report = read(made)

        assert wrong(made, report) == {}
        if dress.read:
            assert report.cells[made.key].value == Decimal(made.figure)
            assert report.unread == {}
        else:
            assert list(report.unread) == [made.key]
        findings = ENGINE.judge(report).findings
        assert [one.message for one in findings if one.rule in NOT_FIGURES and one.outcome == FAIL] == []
