"""What is counted as noticed is what the engine says of the changed report."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.forms.loading import builtin_forms
from nianbao.language.names import THIS
from nianbao.model.report import BLANK, Cell
from nianbao.packtests import mutation
from nianbao.packtests.cases import base_of, cases_of
from nianbao.packtests.generation import Drawn, draw, number_cell
from nianbao.packtests.mutation import mutate
from nianbao.packtests.slips import neighbours, slips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.report import Report
    from nianbao.packtests.slips import Slip

PACK = builtin_pack()
ENGINE = Engine([PACK])
REPORTS = 1
SAMPLED = 6  # one slip in so many, where not everything is run


def _failing(report: Report, prior: Report | None) -> set[str]:
    return {finding.rule for finding in ENGINE.judge(report, prior).findings if finding.outcome == "fail"}


@pytest.mark.parametrize("form_id", [form.id for form in builtin_forms()])
def test_the_short_way_counts_what_the_engine_says(
    form_id: str, *, everything: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slips of a drawn report are shown to the engine as whole reports, alone and with the year before."""
    step = 1 if everything else SAMPLED

    def some_slips(*args: Any, **options: Any) -> Iterator[Slip]:
        return (slip for slip in slips(*args, **options) if crc32(repr(slip).encode()) % step == 0)

    monkeypatch.setattr(mutation, "slips", some_slips)
    form = next(form for form in builtin_forms() if form.id == form_id)
    case, *_others = cases_of(form, ENGINE.rules, base=base_of([PACK]))
    reports = [drawn for seed in range(REPORTS) if isinstance(drawn := draw(case, seed), Drawn)]

    loud = frozenset(code for drawn in reports for code in _failing(drawn.report, drawn.prior))

    scores, _missed = mutate(case, reports, loud=loud)

    failed = [0, 0]
    made = 0
    for drawn in reports:
        dice = random.Random(f"slips/{drawn.seed}")
        values = {key: drawn.values[key, THIS] for key in form.slots}
        beside = neighbours(form)
        for key in values:
            for slip in some_slips(key, values, neighbour=beside.get(key), dice=dice):
                cells = dict(drawn.report.cells)
                for one, value in slip.cells.items():
                    cells[one] = Cell(one, None, BLANK, "") if value is None else number_cell(cells[one], value)
                report = drawn.report._replace(cells=cells)
                made += 1
                for number, prior in enumerate((None, drawn.prior)):
                    failed[number] += not _failing(report, prior) <= loud
    assert len(reports) == REPORTS
    assert sum(score.alone.of for score in scores) == made
    assert [sum(score.alone.failed for score in scores), sum(score.with_prior.failed for score in scores)] == failed


def test_a_rule_that_was_not_silent_notices_nothing() -> None:
    """With hints and the rules on Table 4 out of the way, its slips go unnoticed but for what is no count."""
    case, *_others = cases_of(builtin_forms()[0], ENGINE.rules, base=base_of([PACK]))
    drawn = draw(case, 3)
    assert isinstance(drawn, Drawn)

    loud = frozenset(one.code for one in PACK.rules if one.code.startswith("L") or set(one.severities) == {"info"})
    scores, missed = mutate(case, [drawn], loud=loud)

    (disputes,) = (score for score in scores if score.table == "disputes")
    assert disputes.alone.noticed == 0 < disputes.alone.of
    assert {one.key for one in missed if one.key.startswith("disputes.")} == {
        key for key in case.form.slots if key.startswith("disputes.")
    }
