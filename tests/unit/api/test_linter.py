"""The linter: a run as one value."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.support.writing import json_of

from nianbao.engine.checking import RelatedReports
from nianbao.errors import SourceError, UsageError
from nianbao.inputs import gathering
from nianbao.linter import Linter
from nianbao.messages import Text
from nianbao.model.report import PackedReport, Report
from nianbao.plugins.host import load
from nianbao.settings import Settings
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.engine import Judgement
    from nianbao.kinds.kind import RuleContext


@pytest.fixture
def folder(repo: Path, tmp_path: Path) -> Path:
    """A folder with two years, a page, a draft and what cannot be read."""
    for name in ("linjiang-2023.txt", "linjiang-2024-draft.txt", "linjiang-2024.html"):
        shutil.copy(repo / "examples" / name, tmp_path / name)
    (tmp_path / "z.html").write_text("nothing", encoding="utf-8")
    return tmp_path


def test_reports_of_a_long_run_are_packed_and_judged_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their cells and prose are unpacked when they are judged, also as the year before; places are exact."""
    paths, related = [str(folder)], RelatedReports([str(folder / "linjiang-2023.txt")])
    usual = [Linter().check(paths, related=beside).result() for beside in (RelatedReports(), related)]
    monkeypatch.setattr(gathering, "_MAX_UNPACKED_REPORTS", 0)

    runs = [Linter().check(paths, related=beside) for beside in (RelatedReports(), related)]

    packed = [item for run in runs for item in (*run.inputs, *run.related.priors) if isinstance(item, PackedReport)]
    assert len(packed) == 7
    assert not any(item.head.cells or item.head.sections for item in packed)
    for run, expected in zip(runs, usual, strict=True):
        assert json_of(CHINESE, run.result()) == json_of(CHINESE, expected)


def test_one_path_is_checked_like_several(repo: Path) -> None:
    """A text is one path, and not as many as it has characters; a path is one too."""
    path = repo / "examples" / "linjiang-2024.html"

    runs = [Linter().check(one) for one in (str(path), path, [path])]

    assert {run.paths for run in runs} == {(str(path),)}


def test_a_report_is_the_same_once_it_is_unpacked(repo: Path) -> None:
    """With its form, places and cells."""
    report = Linter().read(repo / "examples" / "linjiang-2024.html")

    assert PackedReport.of(report).unpack() == report
    bare = Report("a", "0", report.form)
    assert PackedReport.of(bare).unpack() == bare


def test_reports_are_judged_as_they_are_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All are read before, since each finds its year before among the others; a report waits for its years after."""
    linter = Linter()
    judged: list[str] = []
    usual = linter.engine.judge_context

    def judging(context: RuleContext) -> Judgement:
        judged.append(context.report.name)
        return usual(context)

    monkeypatch.setattr(linter.engine, "judge_context", judging)

    run = linter.check([str(folder)])
    reports = run.reports()

    assert judged == []
    assert next(reports).path == judged[-1]
    names = ["linjiang-2024-draft.txt", "linjiang-2024.html", "linjiang-2023.txt"]
    assert judged == [str(folder / name) for name in names]
    assert len(list(reports)) == len(run.inputs) - 1


def test_a_rule_that_does_not_fit_is_told_before_any_report_is_judged(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a result would be printed otherwise."""
    linter = Linter(Settings(select=("Y002",)))
    (rule,) = linter.engine.rules
    wrong = rule._replace(options={**rule.options, rule.kind: "没有这一行 = 1"})
    monkeypatch.setattr(linter.engine, "rules", (wrong,))
    old = linter.read(repo / "examples" / "linjiang-2023.txt")
    fine = old._replace(form=next(form for form in linter.forms if form.id not in wrong.applies.forms))

    with pytest.raises(SourceError, match="Y002"):
        next(linter.judge([fine, old]).reports())


def test_rules_are_explained_by_code_beginning_or_name() -> None:
    """As packs that change them want them; an unknown code is refused with the nearest one."""
    linter = Linter()

    assert [rule.code for rule in linter.explain(["A001"])] == ["A001"]
    assert linter.explain(["unbalanced-column"]) == linter.explain(["A001"])
    assert {rule.code[0] for rule in linter.explain(["S"])} == {"S"}
    with pytest.raises(UsageError, match="A001"):
        linter.explain(["A0001"])


def test_forms_of_packs_come_first(repo: Path) -> None:
    """Then those that ship."""
    linter = Linter(Settings(packs=(str(repo / "examples" / "quarterly"),)))

    assert [form.id for form in linter.forms[:2]] == ["fee-quarter", Linter().forms[0].id]


def test_plugins_that_settings_require_must_be_there() -> None:
    """From Python as on the command line."""
    with pytest.raises(UsageError, match="'gone' is needed"):
        Linter(Settings(plugins=("gone",)))


def test_what_cannot_be_made_again_is_told() -> None:
    """A pack that was not loaded from a path, and plugins that are not those installed."""
    pack = Linter().packs or Linter().engine.packs

    with pytest.raises(UsageError, match="not loaded from a path"):
        Linter(packs=[pack[0]._replace(id="own", title=Text())]).plain()
    with pytest.raises(UsageError, match="not those"):
        Linter(plugins=load()._replace(external=None)).plain()


def test_a_run_over_reports_keeps_them_as_they_are(repo: Path) -> None:
    """What was read before is judged in order."""
    linter = Linter()
    reports = [linter.read(repo / "examples" / f"linjiang-{year}.txt") for year in (2024, 2023)]

    run = linter.judge(reports)

    assert all(isinstance(item, Report) for item in run.inputs)
    assert [one.prior and one.prior.year for one in run.reports()] == [2023, None]
