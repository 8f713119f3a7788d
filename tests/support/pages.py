"""Results for the page to show: with explanations, open questions, blanks that follow, passages, and hostile words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tests.conftest import ROOT

from nianbao.api import check, read
from nianbao.messages import Text
from nianbao.model.explanation import Change, Component, Explanation, ImpliedValue
from nianbao.model.outcome import FAIL
from nianbao.model.problem import Problem
from nianbao.model.report import BLANK, NUMBER, Cell, Issuer
from nianbao.model.result import Checked, Result, RunInfo
from nianbao.model.slip import OTHER_DIGIT, TRANSPOSED, UNCLEAR, ZEROED

if TYPE_CHECKING:
    from nianbao.model.report import CellState, Report
    from nianbao.model.rule import Confidence
    from nianbao.model.slip import SlipKind

HOSTILE = "<script>alert(1)</script>\"'&\u202e\u2066x\x1b]\ud800\uffff"
NOT_HELD = "applications.unavailable.not_held.natural_person"
_DIRECT = "disputes.litigation_direct.{}".format


@lru_cache
def example(name: str) -> Report:
    """Return one of the reports that ship as examples, named as from the root of the repository."""
    path = f"examples/{name}"
    return read(ROOT / path)._replace(name=path)


def with_cells(report: Report, **changes: int | None) -> Report:
    """Return a report in which cells say otherwise; keys with ``__`` for their full stops."""
    cells = dict(report.cells)
    for name, value in changes.items():
        key = name.replace("__", ".")
        state: CellState = BLANK if value is None else NUMBER if value else "zero"
        cells[key] = Cell(key, value, state, "" if value is None else str(value), report.cells[key].location)
    return report._replace(cells=cells)


def checked(report: Report, prior: Report | None = None) -> Checked:
    """Return what the rules say of a report, without explanations: each example brings its own."""
    return check(report, prior=prior).reports[0]._replace(components=(), following=())


def failures(one: Checked, *codes: str) -> tuple[str, ...]:
    """Return the fingerprints of what failed by these rules."""
    return tuple(finding.fingerprint for finding in one.findings if finding.outcome == FAIL and finding.rule in codes)


def change(report: Report, key: str, new: int, slip: SlipKind, *, step: int = 0) -> Change:
    """Return what puts a cell right."""
    cell = report.cells[key]
    return Change(key, cell.value, new, slip, step, cell.location, report.year)


def component(
    one: Checked, codes: tuple[str, ...], changes: list[Change], *, sure: Confidence, number: int = 0
) -> Component:
    """Return a component of which each change is a reading; three in full, the others by their figures."""
    findings = failures(one, *codes)
    readings = [Explanation(number, rank, sure, (each,), findings, (39, 39)) for rank, each in enumerate(changes, 1)]
    return Component(number, findings, tuple(readings[:3]), tuple(changes[3:]), len(changes))


@lru_cache
def explained() -> Checked:
    """Return the draft with one slip, its two findings explained by one change."""
    report = example("linjiang-2024-draft.txt")
    one = checked(report, example("linjiang-2023.txt"))
    told = component(one, ("A002", "A003"), [change(report, NOT_HELD, 27, TRANSPOSED)], sure="high")
    return one._replace(components=(told,))


@lru_cache
def open_question() -> Checked:
    """Return a report with a total that its parts cannot decide, a broken carry-over, and a heading in other words."""
    good = example("linjiang-2024.txt")
    report = with_cells(good, disputes__litigation_direct__total=9, applications__carried_in__natural_person=9)
    sections = [one._replace(heading="五、问题和打算") if one.id == "problems" else one for one in report.sections]
    one = checked(report._replace(sections=tuple(sections)), example("linjiang-2023.txt"))
    news = [("total", 4), ("other", 5), ("pending", 7), ("upheld", 6), ("corrected", 6)]
    changes = [change(report, _DIRECT(name), new, OTHER_DIGIT if new == 4 else UNCLEAR) for name, new in news]
    note = Text(
        "只有一项加总牵涉这些数，单看报告不能断定是哪一个",
        "these figures stand in one sum alone; the report cannot decide which of them is wrong",
    )
    told = component(one, ("L001", "L002"), changes, sure="low")._replace(note=note)
    carried = [change(report, "applications.carried_in.natural_person", 6, UNCLEAR)]
    other = component(one, ("A001", "A003", "Y001"), carried, sure="medium", number=1)
    return one._replace(components=(told, other))


@lru_cache
def half_filled() -> Checked:
    """Return a report with blanks, of which two follow, and cells that could not be read."""
    report = with_cells(
        example("linjiang-2024.txt"),
        applications__granted__natural_person=None,
        applications__granted__total=None,
        applications__new__total=0,
    )
    lost = [key for key in report.cells if key.startswith("disputes.review.")]
    reason = Text("表四的第一行断开了，认不出各格", "the first row of the table is torn: its cells cannot be told")
    kept = {key: cell for key, cell in report.cells.items() if key not in lost}
    one = checked(report._replace(cells=kept, unread=dict.fromkeys(lost, reason)))
    blanks = [(f"applications.granted.{name}", value) for name, value in (("natural_person", 38), ("total", 45))]
    zero = component(one, ("A001", "A003"), [change(report, "applications.new.total", 103, ZEROED)], sure="medium")
    return one._replace(
        components=(zero,), following=tuple(ImpliedValue(report.cells[key], value) for key, value in blanks)
    )


@lru_cache
def three_faults() -> Checked:
    """Return the draft with a slip, a heading in other words, and a sum of the fourth table that does not agree."""
    draft = with_cells(example("linjiang-2024-draft.txt"), disputes__review__total=12)
    sections = [one._replace(heading="五、问题和打算") if one.id == "problems" else one for one in draft.sections]
    report = draft._replace(sections=tuple(sections))
    one = checked(report, example("linjiang-2023.txt"))
    return one._replace(
        components=(component(one, ("A002", "A003"), [change(report, NOT_HELD, 27, TRANSPOSED)], sure="high"),)
    )


@lru_cache
def clean() -> Checked:
    """Return a report in which nothing is to be changed."""
    return checked(example("linjiang-2024.txt"), example("linjiang-2023.txt"))


@lru_cache
def hostile() -> Checked:
    """Return the draft with words that try to be markup wherever words of others stand."""
    one = explained()
    report = one.report
    assert report is not None
    bad = Text(HOSTILE, HOSTILE)
    cells = {**report.cells, NOT_HELD: report.cells[NOT_HELD]._replace(raw=HOSTILE)}
    sections = tuple(section._replace(heading=HOSTILE) for section in report.sections)
    paragraphs = [paragraph._replace(text=HOSTILE) for paragraph in sections[0].paragraphs]
    first = sections[0]._replace(paragraphs=tuple(paragraphs))
    issuer = Issuer(HOSTILE, "other")
    report = report._replace(
        name=HOSTILE, issuer=issuer, cells=cells, sections=(first, *sections[1:]), title=HOSTILE, notes=(bad,)
    )
    findings = [
        finding._replace(
            rule=f"A{number}{HOSTILE}", texts=bad, help_texts=bad, basis=(finding.basis[0]._replace(quote=HOSTILE),)
        )
        for number, finding in enumerate(one.findings)
        if finding.basis
    ]
    told = one.components[0]._replace(note=bad)
    problem = Problem(HOSTILE, "not-found", bad)
    return one._replace(path=HOSTILE, report=report, findings=tuple(findings), components=(told,), problems=(problem,))


def result(*some: Checked) -> Result:
    """Return the result of a run."""
    return Result(some, RunInfo((("zfxxgk", "1.0"),)))


def everything() -> Result:
    """Return a run over reports of every sort, one file that could not be read, and some passed over."""
    consistent = checked(example("linjiang-2024.txt"), example("linjiang-2023.txt"))
    missing = Problem("reports/gone.docx", "not-found", Text("没有这个文件", "there is no such file"))
    gone = Checked(missing.path, problems=(missing,))
    found = result(explained(), open_question(), half_filled(), consistent, gone)
    return found._replace(run=found.run._replace(skipped=("reports/menu.html", "reports/picture.png")))
