"""What belongs to last year's report: it goes there whole, and joins what was found there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.drawing import ISSUERS, draw_report
from tests.support.trials import engine, report_of

from nianbao.engine import checking
from nianbao.engine.checking import RelatedReports
from nianbao.engine.handing import hand_over, receive
from nianbao.forms.loading import form_by_id
from nianbao.model.outcome import FAIL
from nianbao.model.report import Issuer
from nianbao.model.result import Checked

if TYPE_CHECKING:
    import pytest

    from nianbao.model.report import Report

FORM = form_by_id("zfxxgk-2021")
LAST = draw_report(FORM, "last")
THIS = draw_report(FORM, "this", prior=LAST)
KEY, OWN = "applications.carried_out.total", "applications.granted.total"


def checked(report: Report, prior: Report | None) -> Checked:
    """Judge a report, and return it as a run does."""
    judgement = engine().judge(report, prior)
    rules = {finding.rule: engine().summaries[finding.rule] for finding in judgement.findings}
    return Checked(report.name, report, prior, judgement.findings, components=judgement.components, rules=rules)


def test_a_cause_in_last_years_report_leaves_and_joins_the_same_cause() -> None:
    """The later report is left with its own mistake; the earlier one has one cause, of three findings."""
    before = report_of(LAST.with_cell(KEY, int(LAST.cells[KEY] or 0) + 5))._replace(name="last")
    report = report_of(THIS.with_cell(OWN, int(THIS.cells[OWN] or 0) + 7))._replace(name="this")

    later, handed = hand_over(checked(report, before))
    earlier = receive(checked(before, None), handed)

    assert [change.key for one in later.explanations for change in one.changes] == [OWN]
    assert [one.component for one in later.explanations] == [0]
    assert not any(finding.rule == "Y001" and finding.outcome == FAIL for finding in later.findings)
    (component,) = earlier.components
    assert [change.source for one in earlier.explanations for change in one.changes] == [None]
    assert len(component.findings) == 3
    carried = next(one for one in earlier.findings if one.rule == "Y001" and one.outcome == FAIL)
    assert carried.fingerprint in component.findings
    assert carried.fingerprint in earlier.explanations[0].findings
    assert {(ref.key, ref.source, ref.year) for ref in carried.cells} == {
        ("applications.carried_in.total", "this", THIS.year),
        (KEY, None, LAST.year),
    }
    assert "Y001" in earlier.rules


def test_what_stands_in_both_years_stays() -> None:
    """Nothing is handed over where this year's figures may be the wrong ones."""
    shift = {f"applications.{row}.{column}": 2 for row in ("carried_in", "new") for column in ("legal", "total")}
    cells = {**THIS.cells, **{key: int(THIS.cells[key] or 0) + by for key, by in shift.items()}}
    report = report_of(THIS, cells)._replace(name="this")

    before = checked(report, report_of(LAST)._replace(name="last"))
    later, handed = hand_over(before)

    assert handed == ()
    assert later is before
    assert receive(later, handed) is later


def test_reports_judged_before_their_turn_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many wait for their turn, each report says the same, and a cause is handed over once."""
    reports = []
    for number, organ in enumerate(ISSUERS[:3]):
        issuer = Issuer(organ, "government")
        before = report_of(LAST.with_cell(KEY, int(LAST.cells[KEY] or 0) + 5))
        reports.append(before._replace(name=f"last {number}", sha256=f"last {number}", issuer=issuer))
        reports.append(report_of(THIS)._replace(name=f"this {number}", sha256=f"this {number}", issuer=issuer))
    by_year = sorted(reports, key=lambda report: report.year or 0)

    def judged(order: list[Report], ahead: int) -> list[Checked]:
        monkeypatch.setattr(checking, "_MAX_AHEAD", ahead)
        return list(checking.judge_all(order, engine(), related=RelatedReports(), exact=lambda _report: lambda at: at))

    every = judged(by_year, 64)

    assert judged(by_year, 0) == judged(by_year, 1) == every
    assert {one.path: one for one in judged(by_year[::-1], 0)} == {one.path: one for one in every}
    assert [len(one.explanations) for one in every] == [1, 1, 1, 0, 0, 0]
