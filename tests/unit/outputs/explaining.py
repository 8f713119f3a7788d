"""Reports of an invented district with slips in them, judged by the rules that ship, and explained by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.api import read
from nianbao.linter import Linter
from nianbao.messages import Text
from nianbao.model import slip
from nianbao.model.explanation import Change, Component, Explanation, ImpliedValue
from nianbao.model.location import Location
from nianbao.model.outcome import FAIL
from nianbao.model.result import Checked, Result, RunInfo
from nianbao.model.rule import RuleSummary
from nianbao.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nianbao.model.report import CellState, Report
    from nianbao.model.rule import Confidence
    from nianbao.model.slip import SlipKind

ROOT = Path(__file__).resolve().parents[3]
THIS, LAST = "examples/linjiang-2024.txt", "examples/linjiang-2023.txt"
RULES = ("A001", "A002", "A003", "L001", "Y001")
TOTALS_AGREE = Text(
    "一个等式里有五格，改其中任何一格都能使它成立",
    "one equation holds five cells, and a change of any of them mends it",
)
TOO_MANY = Text(
    "在规定的步数内没有找到改动三处以内的解释", "no reading of up to three slips was found within the limits"
)
Step = tuple["SlipKind", "Mapping[str, int]"]


def person(row: str) -> str:
    """Return the key of a row's cell for natural persons."""
    return f"applications.{row}.natural_person"


def report_of(path: str, *, slips: Mapping[str, int | None]) -> Report:
    """Return an example report with other figures in some cells; ``None`` leaves a cell blank."""
    report = read(ROOT / path)._replace(name=path)
    cells = dict(report.cells)
    for key, value in slips.items():
        state: CellState = "blank" if value is None else "number" if value else "zero"
        raw = "" if value is None else str(value)
        cells[key] = cells[key]._replace(value=value, state=state, raw=raw)
    return report._replace(cells=cells)


def judged(report: Report, prior: Report | None = None, *, rules: tuple[str, ...] = RULES) -> Checked:
    """Return what a few rules say of a report, with exact places and no components."""
    engine = Linter(Settings(select=rules)).engine
    judgement = engine.judge(report, prior)
    return Checked(report.name, report, prior, judgement.findings, (), judgement.equations, rules=engine.summaries)


def reading(
    checked: Checked, *steps: Step, rank: int = 1, confidence: Confidence = "high", holding: tuple[int, int] = (39, 39)
) -> Explanation:
    """Return an explanation of all that fails: of each step its slip, and the figures that it puts right."""
    assert checked.report is not None
    cells = checked.report.cells
    changes = tuple(
        Change(key, _whole(cells[key].value), new, name, number, cells[key].location, 2024)
        for number, (name, figures) in enumerate(steps)
        for key, new in figures.items()
    )
    return Explanation(0, rank, confidence, changes, failing(checked), holding)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def failing(checked: Checked) -> tuple[str, ...]:
    """Return the fingerprints of what fails."""
    return tuple(one.fingerprint for one in checked.findings if one.outcome == FAIL)


def explained(
    checked: Checked, *readings: Explanation, note: Text | None = None, readings_there_are: int = 0
) -> Checked:
    """Return a report with one component of all that fails in it."""
    count = readings_there_are or len(readings)
    return checked._replace(components=(Component(0, failing(checked), readings, (), count, note),))


def one_digit() -> Checked:
    """A cell of table 3 with two digits exchanged breaks its row and its column."""
    key = person("unavailable.not_held")
    checked = judged(report_of(THIS, slips={key: 72}))
    return explained(checked, reading(checked, (slip.TRANSPOSED, {key: 27})))


def two_open() -> Checked:
    """A total of table 4 is 0 and a part of it is not: either may be wrong."""
    keys = {one: f"disputes.litigation_direct.{one}" for one in ("upheld", "corrected", "pending", "total")}
    checked = judged(
        report_of(THIS, slips={keys["upheld"]: 0, keys["corrected"]: 0, keys["pending"]: 5, keys["total"]: 0})
    )
    return explained(
        checked,
        reading(checked, (slip.ZEROED, {keys["total"]: 5}), confidence="medium", holding=(3, 3)),
        reading(checked, (slip.STRAY, {keys["pending"]: 0}), rank=2, confidence="low", holding=(3, 3)),
        note=TOTALS_AGREE,
    )


def many_open() -> Checked:
    """A total of table 4 is one too large: any of its parts may be wrong, and three readings are told in full."""
    keys = [f"disputes.review.{one}" for one in ("total", "upheld", "corrected", "other", "pending")]
    checked = judged(report_of(THIS, slips={keys[0]: 12}))
    told = [
        reading(checked, (slip.OTHER_DIGIT, {key: new}), rank=rank, confidence="low", holding=(3, 3))
        for rank, (key, new) in enumerate(zip(keys[:3], (11, 7, 3), strict=True), 1)
    ]
    others = [
        reading(checked, (slip.OTHER_DIGIT, {key: new})).changes[0] for key, new in zip(keys[3:], (2, 3), strict=True)
    ]
    done = explained(checked, *told, note=TOTALS_AGREE, readings_there_are=5)
    return done._replace(components=(done.components[0]._replace(others=tuple(others)),))


def likelier() -> Checked:
    """Two readings of which the first is nearly certain."""
    key, total = person("unavailable.not_held"), person("total")
    checked = judged(report_of(THIS, slips={key: 72}))
    second = reading(checked, (slip.UNCLEAR, {total: 131}), rank=2, confidence="low", holding=(38, 39))
    return explained(checked, reading(checked, (slip.TRANSPOSED, {key: 27})), second)


def shifted_column() -> Checked:
    """The figures of a column stand one row too low."""
    rows = ("third_party_rights", "internal_affairs", "process_information", "enforcement_files")
    keys = [person(f"denied.{row}") for row in rows]
    checked = judged(report_of(THIS, slips=dict(zip(keys, (0, 2, 1, 2), strict=True))))
    figures = dict(zip(keys, (2, 1, 2, 1), strict=True))
    return explained(checked, reading(checked, (slip.SHIFTED_COLUMN, figures), confidence="medium"))


def torn_number() -> Checked:
    """A number of two digits stands in two cells."""
    one, other = (f"applications.new.{column}" for column in ("enterprise", "research"))
    checked = judged(report_of(THIS, slips={one: 1, other: 1}))
    return explained(checked, reading(checked, (slip.TORN, {one: 11, other: 0})))


def exchanged() -> Checked:
    """Two neighbours have changed places."""
    one, other = (f"applications.granted.{column}" for column in ("natural_person", "enterprise"))
    checked = judged(report_of(THIS, slips={one: 5, other: 38}))
    return explained(checked, reading(checked, (slip.EXCHANGED, {one: 38, other: 5})))


def moved() -> Checked:
    """A figure stands in the row below its own."""
    one, other = person("unavailable.not_held"), person("unavailable.needs_creation")
    checked = judged(report_of(THIS, slips={one: 0, other: 27, person("total"): 84, person("new"): 86}))
    return explained(checked, reading(checked, (slip.MOVED, {one: 27, other: 2}), confidence="low"))


def three_changes() -> Checked:
    """Three cells are wrong, each by a slip of its own, and share equations."""
    figures = {
        person("unavailable.not_held"): (72, 27),
        person("granted"): (3, 38),
        "applications.partial.enterprise": (11, 1),
    }
    checked = judged(report_of(THIS, slips={key: wrong for key, (wrong, _) in figures.items()}))
    names: tuple[SlipKind, ...] = (slip.TRANSPOSED, slip.DROPPED, slip.DOUBLED)
    steps: list[Step] = [(name, {key: right}) for name, (key, (_, right)) in zip(names, figures.items(), strict=True)]
    return explained(checked, reading(checked, *steps, confidence="medium"))


def unexplained() -> Checked:
    """Findings that share figures, and no cause within the limits."""
    checked = judged(report_of(THIS, slips={person("unavailable.not_held"): 500}))
    return explained(checked, note=TOO_MANY)


def last_year() -> Checked:
    """What was carried in is not what last year's report carried out, and the cell wrong is last year's."""
    key = person("carried_out")
    prior = report_of(LAST, slips={key: 60})
    checked = judged(report_of(THIS, slips={}), prior, rules=("Y001",))
    cell = prior.cells[key]
    change = Change(key, 60, 6, slip.ZERO_ADDED, 0, cell.location, 2023, LAST)
    return explained(checked, Explanation(0, 1, "medium", (change,), failing(checked), (0, 0)))


def prose() -> Checked:
    """A figure of the prose is the one that is wrong."""
    checked = judged(report_of(THIS, slips={"applications.new.total": 130}), rules=("A003",))
    assert checked.report is not None
    cell = checked.findings[0].cells[0]
    cell = cell._replace(cell=cell.cell._replace(value=103, raw="103"), role="right")
    title = Text("正文与表三不一致", "the text does not agree with Table 3")
    rule = RuleSummary("X001", "zfxxgk", "received-claim", title, "claim", "drafting")
    claim = checked.findings[0]._replace(
        rule=rule.code,
        name=rule.name,
        kind=rule.kind,
        help_texts=Text("核对正文和表三", "check the text against Table 3"),
        basis=(),
        texts=Text("正文说新收申请 130 件，表三是 103 件。", "the text speaks of 130 applications, Table 3 of 103"),
        cells=(cell,),
        left=130,
        right=103,
        location=Location(12, 30),
    )
    checked = checked._replace(
        report=report_of(THIS, slips={}), findings=(claim,), equations=(42, 42), rules={rule.code: rule}
    )
    change = Change("", 130, 103, slip.TRANSPOSED, 0, Location(12, 30), 2024)
    return explained(checked, Explanation(0, 1, "medium", (change,), failing(checked)))


def half_filled() -> Checked:
    """A draft with blanks: two figures follow, and the other blanks must be zero."""
    keys = [person("granted"), "applications.total.total"]
    keys += [f"applications.{row}.welfare" for row in ("partial", "denied.state_secret", "denied.internal_affairs")]
    checked = judged(report_of(THIS, slips=dict.fromkeys(keys)), rules=("L001",))
    assert checked.report is not None
    cells = [checked.report.cells[key] for key in keys]
    return checked._replace(
        following=tuple(ImpliedValue(cell, value) for cell, value in zip(cells, (38, 101, 0, 0, 0), strict=True))
    )


CASES: Mapping[str, Callable[[], Checked]] = {
    case.__name__.replace("_", "-"): case
    for case in (
        *(one_digit, two_open, many_open, likelier, shifted_column, torn_number, exchanged, moved, three_changes),
        *(unexplained, last_year, prose, half_filled),
    )
}


def result_of(*names: str) -> Result:
    """Return the result of a run over some of the cases, each under a name of its own where there are several."""
    checked = [CASES[name]() for name in names]
    if len(checked) > 1:
        checked = [one._replace(path=f"reports/{name}.txt") for name, one in zip(names, checked, strict=True)]
    return Result(tuple(checked), RunInfo((("zfxxgk", "1.0"),)))
