"""Two things wrong at once: what the tables make certain is told whatever last year's report says beside it.

The seeds are fixed, so that the figures change with the program alone.
``python bench/localisation.py`` gives all figures.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.company import (
    CELL,
    FULLNESS,
    TABLE,
    YEAR,
    Pair,
    changes_of,
    is_first,
    is_told,
    pairs_with_a_wrong_digit,
    rectangles,
)
from tests.support.corrupting import FAMILIES
from tests.support.thinning import scaled, thinned
from tests.support.trials import Setting, corrupted, draw_case, engine, run_trial, settings_of

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.model.outcome import FAIL
from nianbao.model.slip import COPIED_ROW, SAME_AMOUNT, WITH_TOTAL

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from nianbao.engine import Judgement
    from nianbao.model.report import Report

    Run = Callable[..., subprocess.CompletedProcess[str]]

KEY = f"{TABLE}.unavailable.not_held.natural_person"
FIRST, EXPLAINED = 0.98, 0.95
CARRIED_OUT, RECEIVED = "四、结转下年度继续办理", "一、本年新收政府信息公开申请数量"
WITH_RULES = ("A", "A001", "Y", "L001")


def told(run: Run, *arguments: object) -> list[dict[str, Any]]:
    """Return what ``check`` says of reports, as data."""
    reports: list[dict[str, Any]] = json.loads(run("check", *arguments, "--format", "json").stdout)["reports"]
    return reports


def last_year(repo: Path, path: Path, rows: Iterable[str], *, by: int, total: int) -> Path:
    """Write last year's report of the examples with more natural persons in some rows, and more in all."""
    lines = (repo / "examples" / "linjiang-2023.txt").read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        label, *cells = line.split(" | ")
        if label in rows:
            figures = [int(cell) for cell in cells]
            figures[0] += by
            figures[-1] += total
            lines[number] = " | ".join((label, *map(str, figures)))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(("rows", "total", "broken"), [((CARRIED_OUT,), 0, 1), ((CARRIED_OUT, RECEIVED), 1, 2)])
def test_a_broken_carry_over_takes_no_explanation_away(
    nianbao: Run, repo: Path, tmp_path: Path, rows: tuple[str, ...], total: int, broken: int
) -> None:
    """27 typed as 72 is told as certain, as without last year's report; the carry-over is one cause beside it."""
    draft = repo / "examples" / "linjiang-2024-draft.txt"
    before = last_year(repo, tmp_path / "before.txt", rows, by=1, total=total)

    (alone,), (report,) = told(nianbao, draft), told(nianbao, draft, "--prior", before)

    first, *others = report["explanations"]
    assert [(one["key"], one["from"], one["to"], one["slip"]) for one in first["changes"]] == [
        (KEY, 72, 27, "transposed-digits")
    ]
    assert first == alone["explanations"][0]
    assert first["confidence"] == "high"
    carried = [finding["fingerprint"] for finding in report["findings"] if finding["rule"] == "Y001"]
    assert len(carried) == broken
    own, beside = report["components"]
    assert sorted(beside["findings"]) == sorted(carried)
    assert sorted(own["findings"]) == sorted(first["findings"])
    assert all(one["confidence"] != "high" and one["component"] == 1 for one in others)


def test_what_is_wrong_in_last_years_report_is_counted_there(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """Where both years are checked, in whatever order, the later one is left with its own mistake."""
    draft = repo / "examples" / "linjiang-2024-draft.txt"
    before = last_year(repo, tmp_path / "before.txt", (CARRIED_OUT,), by=-1, total=0)

    for paths in ((before, draft), (draft, before)):
        by_path = {report["path"]: report for report in told(nianbao, *paths)}
        earlier, later = by_path[str(before)], by_path[str(draft)]

        failed = [one for one in earlier["findings"] if one["outcome"] == "fail"]
        assert sorted(one["rule"] for one in failed) == ["A001", "A003", "Y001"]
        assert all(one["explanations"] == [0] for one in failed)
        (explanation,) = earlier["explanations"]
        assert [(one["key"], one["from"], one["to"]) for one in explanation["changes"]] == [
            (f"{TABLE}.carried_out.natural_person", 5, 6)
        ]
        carried = next(one for one in failed if one["rule"] == "Y001")
        assert [(cell["key"], cell.get("source")) for cell in carried["cells"]] == [
            (f"{TABLE}.carried_in.natural_person", str(draft)),
            (f"{TABLE}.carried_out.natural_person", None),
        ]
        assert [one["rule"] for one in later["findings"] if one["outcome"] == "fail"] == ["A003", "A002"]
        assert [one["changes"][0]["key"] for one in later["explanations"]] == [KEY]


@pytest.mark.parametrize("fullness", FULLNESS)
@pytest.mark.parametrize("kind", [CELL, YEAR])
@pytest.mark.parametrize("pairs", thinned([12, 250], every=2))
def test_one_wrong_digit_is_found_beside_a_break(kind: str, fullness: str, pairs: int) -> None:
    """The first explanation is the truth, and the two years that do not fit are one cause of their own."""
    drawn = list(pairs_with_a_wrong_digit(kind, fullness, pairs=pairs))
    judged = [(pair, pair.judged()) for pair in drawn]
    beside = [(pair, judgement) for pair, judgement in judged if pair.is_beside]

    assert len(beside) >= 0.9 * pairs
    assert sum(is_first(*one) for one in beside) >= FIRST * len(beside)
    assert sum(_is_one_cause(judgement) for _pair, judgement in beside) >= FIRST * len(beside)
    for pair, judgement in judged:
        assert is_first(pair, judgement) or not is_first(pair, pair.judged(with_prior=False))


@pytest.mark.parametrize("kind", [CELL, YEAR])
def test_blanks_beside_a_break_take_nothing_away(kind: str) -> None:
    """In a draft with cells to be filled in, what is told without last year's report is told with it."""
    alone = 0
    for number, pair in enumerate(pairs_with_a_wrong_digit(kind, "dense", pairs=scaled(8))):
        keys = [key for key in pair.drawn.cells if key.startswith(f"{TABLE}.") and key not in pair.truth]
        blank = random.Random(number).sample(keys, 3)
        draft = pair._replace(cells={**pair.cells, **dict.fromkeys(blank)})
        told_alone = is_first(draft, draft.judged(with_prior=False))
        assert is_first(draft, draft.judged()) or not told_alone
        alone += told_alone

    assert alone >= scaled(8) // 2


def _is_one_cause(judgement: Judgement) -> bool:
    carried = {finding.fingerprint for finding in judgement.findings if finding.rule == "Y001"}
    return [set(component.findings) <= carried for component in judgement.components] == [False, True]


@pytest.mark.parametrize("fullness", FULLNESS)
@pytest.mark.parametrize("pairs", thinned([12, 250], every=2))
def test_requests_in_the_wrong_row_are_explained_by_last_years_report(fullness: str, pairs: int) -> None:
    """All sums hold; what last year carried out says which cells are wrong, and these are off by one amount."""
    judged = [(pair, pair.judged()) for pair in rectangles(fullness, pairs=pairs)]

    assert sum(is_told(*one) for one in judged) >= EXPLAINED * pairs
    for pair, judgement in judged:
        for component in judgement.components:
            assert all(one.confidence == "low" for one in component.explanations)
            assert component.further == 0 or component.differing
            if is_told(pair, judgement) and len(component.explanations) > 1:
                assert component.differing
    told_as = {
        one.changes[0].slip
        for pair, judgement in judged
        for component in judgement.components
        for one in component.explanations
        if changes_of(one) == dict(pair.truth)
    }
    assert SAME_AMOUNT in told_as


def test_a_row_copied_from_last_year_is_one_cause() -> None:
    """Its sum holds, and the equations across it say what should stand there; it is told as such, and all of it."""
    found = 0
    for pair in pairs_with_a_wrong_digit(CELL, "dense", pairs=12):
        row = {f"{TABLE}.new.{column.id}" for column in pair.drawn.form.tables[TABLE].columns.leaves}
        before = pair.prior.cells
        cells = {**pair.drawn.cells, **{key: before[key] for key in row}}
        truth = {key: int(pair.drawn.cells[key] or 0) for key in row if pair.drawn.cells[key] != before[key]}
        copied = Pair(pair.drawn, cells, pair.prior, truth, frozenset())
        judgement = copied.judged()
        explanation = next(one for component in judgement.components for one in component.explanations)
        found += is_first(copied, judgement)
        if is_first(copied, judgement):
            assert {change.slip for change in explanation.changes} == {COPIED_ROW}
            assert explanation.slips == 1

    assert found >= 11


def test_a_total_added_up_with_a_wrong_part_is_one_cause() -> None:
    """The row agrees with itself; both its columns are off by the same amount, and that is told once."""
    pair = next(pairs_with_a_wrong_digit(CELL, "dense", pairs=1))
    changed = {f"{TABLE}.new.{column}": 5 for column in ("legal", "total")}
    cells = {**pair.drawn.cells, **{key: int(pair.drawn.cells[key] or 0) + by for key, by in changed.items()}}

    judgement = Pair(pair.drawn, cells, pair.prior, {}, frozenset()).judged(with_prior=False)

    (component,) = judgement.components
    own = {key: int(pair.drawn.cells[key] or 0) for key in changed}
    explanation = next(one for one in component.explanations if changes_of(one) == own)
    assert {change.slip for change in explanation.changes} == {WITH_TOTAL}
    assert explanation.slips == 1
    assert len(component.differing) >= len(changed)


@pytest.mark.parametrize(
    "setting",
    [
        Setting("digits transposed", "31/7", 3, fullness="sparse", form="zfxxgk-2019", with_prior=True),
        Setting("digits transposed", "31/37", 3, fullness="sparse", with_prior=True),
        Setting("exchanged apart", "31/17", fullness="sparse", with_prior=True, blanks=True),
        Setting("exchanged apart", "31/37", fullness="dense", with_prior=True),
    ],
    ids=lambda setting: f"{setting.family} {setting.seed}",
)
def test_a_reading_of_fewer_slips_is_not_certain(setting: Setting) -> None:
    """Figures carried in and out, or exchanged between far cells: as likely is what takes another slip."""
    trial = run_trial(setting)

    assert trial is not None
    assert all(told.right for told in trial.verdict.sure)


def test_what_is_reported_is_no_limit_to_the_evidence() -> None:
    """The explanations with some rules are those of the whole run that concern a finding of these rules."""
    whole = engine()
    chosen = {select: {rule.code for rule in whole.rules if rule.code.startswith(select)} for select in WITH_RULES}
    narrow = {select: Engine([builtin_pack()], codes) for select, codes in chosen.items()}
    met: Counter[str] = Counter()
    for report, prior in _wrong_reports(scaled(1)):
        every = whole.judge(report, prior)
        for select, codes in chosen.items():
            some = narrow[select].judge(report, prior)
            failed = {one.fingerprint for one in every.findings if one.outcome == FAIL and one.rule in codes}

            assert {one.fingerprint for one in some.findings if one.outcome == FAIL} == failed
            assert _said(some, failed) == _said(every, failed)
            assert len(some.components) == len(_said(every, failed))
            met[select] += bool(some.components)

    assert set(WITH_RULES) == {select for select, count in met.items() if count}


def _said(judgement: Judgement, failed: set[str]) -> list[object]:
    """Return what is said of the components that have one of some findings, without their numbers."""
    return [
        (
            failed.intersection(component.findings),
            component.readings,
            component.note,
            component.others,
            component.differing,
            [(one.rank, one.confidence, one.changes, one.holding) for one in component.explanations],
        )
        for component in judgement.components
        if failed.intersection(component.findings)
    ]


def _wrong_reports(each: int) -> Iterable[tuple[Report, Report | None]]:
    """Draw reports with slips of several kinds, with last year's report and without, and with breaks between them."""
    for family in ("mixed", "last year's figure", "row copied", "left blank", "exchanged down"):
        for setting in [*settings_of(FAMILIES[family], 4, seed=13)][:: 7 // min(each, 7)]:
            if (case := draw_case(setting)) is not None:
                yield corrupted(case)
    for kind in (CELL, YEAR):
        for pair in pairs_with_a_wrong_digit(kind, "dense", pairs=each, seed=13):
            yield pair.reports
