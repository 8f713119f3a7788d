"""Results to print: of the examples that ship, and one put together by hand from odd pieces."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from tests.support.writing import write

from nianbao.api import read
from nianbao.forms.loading import form_by_id
from nianbao.messages import Text
from nianbao.model.finding import Finding
from nianbao.model.location import NOWHERE, Location
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, CellRef
from nianbao.model.problem import Problem
from nianbao.model.report import Cell, Issuer, Report
from nianbao.model.result import Checked, Result, RunInfo
from nianbao.model.rule import Applies, Basis, Grade, Origin, Rule, RuleSummary
from nianbao.outputs.output import Verbosity
from nianbao.outputs.terminal.printing import TerminalPrinter
from nianbao.outputs.terminal.text import TextWriter
from nianbao.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nianbao.messages import Language
    from nianbao.model.outcome import OutcomeWord
    from nianbao.model.report import CellState
    from nianbao.model.rule import Severity


def make_rule(code: str = "A002", *, kind: str = "equation", title: str = "试验规则") -> Rule:
    """Return a rule with texts in both languages and one authority."""
    return Rule(
        code=code,
        name=f"rule-{code.lower()}",
        kind=kind,
        title=Text(title, f"title of {code}"),
        message={"": Text("有错", "wrong")},
        help=Text("请核对", "check it"),
        grades=(Grade("error"),),
        confidence="high",
        persona="drafting",
        waivable=True,
        applies=Applies(),
        basis=(Basis("某文件", "第一条", "应当相等"),),
        covers=(),
        options={},
        examples=(),
        origin=Origin("rules.yaml", 1),
    )


def summaries(*rules: Rule) -> dict[str, RuleSummary]:
    """Return what a result carries of rules, by code."""
    return {rule.code: RuleSummary.of(rule, "trial") for rule in rules}


def make_finding(
    *cells: CellRef,
    rule: Rule | None = None,
    outcome: OutcomeWord = FAIL,
    severity: Severity = "error",
    message: str = "有错",
    sides: tuple[int, int] | None = None,
    reason: Text | None = None,
    location: Location = NOWHERE,
) -> Finding:
    """Return a finding about the cells given."""
    definition = rule or make_rule()
    left, right = sides or (None, None)
    return Finding(
        rule=definition.code,
        pack="trial",
        name=definition.name,
        kind=definition.kind,
        outcome=outcome,
        severity=severity,
        confidence="high",
        texts=Text(message, f"en {message}"),
        help_texts=definition.help,
        cells=cells,
        left=left,
        right=right,
        location=location,
        fingerprint="0123456789abcdef",
        reason=reason,
        basis=definition.basis,
    )


def make_cell(
    key: str, value: int | None, *, line: int = 1, raw: str | None = None, state: CellState | None = None
) -> Cell:
    """Return a cell as a reader gives it."""
    kind: CellState = state or ("blank" if value is None else "number" if value else "zero")
    return Cell(key, value, kind, ("" if value is None else str(value)) if raw is None else raw, Location(line, 5))


def _equation(report: Report, total: str, parts: list[str], *, rule: Rule) -> Finding:
    """Return what a rule says of a total that is not the sum of its parts."""
    left, right = report.cells[total], [report.cells[part] for part in parts]
    return make_finding(
        CellRef(left, "left", 1, report.year),
        *(CellRef(cell, "right", 1, report.year) for cell in right),
        rule=rule,
        message="总计与各项之和不相等。",
        sides=(int(left.value or 0), sum(int(cell.value or 0) for cell in right)),
        location=left.location,
    )


@pytest.fixture(scope="session")
def draft(repo: Path) -> Result:
    """The draft with one slip, in the two equations that it breaks, with the report of the year before."""
    path, before = "examples/linjiang-2024-draft.txt", "examples/linjiang-2023.txt"
    report, prior = read(repo / path)._replace(name=path), read(repo / before)._replace(name=before)
    table = report.form.tables["applications"]
    row, column = "unavailable.not_held", "natural_person"
    wide = make_rule("A003", title="行的总计不对")
    high = make_rule("A002", title="列的总计不对，而且标题很长，放不进一行里去")
    findings = (
        _equation(
            report,
            f"applications.{row}.total",
            [f"applications.{row}.{one}" for one in table.columns.items["applicants"].members],
            rule=wide,
        ),
        _equation(
            report,
            f"applications.total.{column}",
            [f"applications.{one}.{column}" for one in table.rows.items["results"].members],
            rule=high,
        ),
    )
    checked = Checked(path, report, prior, findings, (), (51, 53), rules=summaries(wide, high))
    return Result((checked,), RunInfo((("zfxxgk", "1.0"),)))


@pytest.fixture(scope="session")
def consistent(repo: Path) -> Result:
    """A report without faults, alone: what needs the year before cannot be judged."""
    path = "examples/linjiang-2023.txt"
    report = read(repo / path)._replace(name=path)
    missing = Text("没有上一年度的年报；可用 --prior 给出", "no report of the year before: give it with --prior")
    rules = [make_rule(code) for code in ("Y001", "Y002")]
    findings = tuple(make_finding(rule=rule, outcome=UNDECIDED, reason=missing) for rule in rules)
    checked = Checked(path, report, None, findings, (), (42, 42), rules=summaries(*rules))
    return Result((checked,), RunInfo((("zfxxgk", "1.0"),)))


@pytest.fixture
def odd() -> Result:
    """Hostile names and cells, last year's cells, a blank, an inequality, undecided rules, broken inputs and rules."""
    form = form_by_id("zfxxgk-2021")
    key = "applications.{}.natural_person".format
    ours = make_cell(key("carried_in"), 7, line=52)
    theirs = make_cell(key("carried_out"), 9, line=66)
    blank = make_cell(key("granted"), None, raw="[bold]无\x1b[31m", state="mark")
    report = Report(
        name="a[bold]b\x1b.txt",
        sha256="a" * 64,
        form=form,
        year=2024,
        issuer=Issuer("临江[red]区", "government"),
        cells={ours.key: ours, blank.key: blank},
        unread={key("new"): Text("没有这一行", "no such row"), key("total"): Text("没有这一行", "no such row")},
    )
    prior = Report(name="last.txt", sha256="b" * 64, form=form, year=2023, cells={theirs.key: theirs})
    carried = make_finding(
        CellRef(ours, "left", 1, 2024),
        CellRef(theirs, "right", 1, 2023, "last.txt"),
        rule=make_rule("Y001", kind="continuity"),
        sides=(7, 9),
        location=ours.location,
    )
    subject = make_finding(
        CellRef(blank, "subject"), CellRef(ours, "subject"), rule=make_rule("A011"), severity="warning"
    )
    missing = Text("没有上一年度的年报", "no report of the year before")
    undecided = [
        make_finding(rule=make_rule(code), outcome=UNDECIDED, reason=missing) for code in ("Y002", "Y003", "Y002")
    ]
    seen = make_finding(rule=make_rule("F001"), outcome=PASS, message="“未收取”[/bold]", location=Location(80, 1))
    informs = make_finding(rule=make_rule("S003"), severity="info", location=Location(10))
    crash = Problem(report.name, "rule-crashed", Text("规则 Z001 运行出错", "rule Z001 failed"))
    missing_file = Problem("gone[i].txt", "not-found", Text("没有这个文件", "no such file"))
    findings = (carried, subject, informs, *undecided, seen)
    rules = [make_rule(finding.rule, kind=finding.kind) for finding in findings]
    return Result(
        reports=(
            Checked(report.name, report, prior, findings, (crash,), (3, 4), rules=summaries(*rules)),
            Checked(missing_file.path, problems=(missing_file,)),
        ),
        run=RunInfo((("trial", "1"),), (Problem("prior.txt", "empty", Text("文件是空的", "the file is empty")),)),
    )


@pytest.fixture
def printed() -> Callable[..., str]:
    """Return a function that prints a result at a width, in a language, with or without colour."""

    def printing(
        result: Result,
        *,
        width: int = 100,
        lang: Language = "zh",
        colour: bool = False,
        terminal: bool = False,
        verbosity: Verbosity = Verbosity(),
        whole: Result | None = None,
    ) -> str:
        stream = io.StringIO()
        console = Console(
            file=stream,
            width=width,
            force_terminal=colour or terminal,
            color_system="standard" if colour else None,
            no_color=not colour,
            legacy_windows=False,
            _environ={},
        )
        write(TextWriter(TerminalPrinter(console), Voice(lang), verbosity), result, whole=whole)
        return stream.getvalue()

    return printing


@pytest.fixture
def made() -> Callable[..., Finding]:
    """Return the function that makes findings."""
    return make_finding
