"""Outputs stream: each report is written when it has been judged, and no writer holds on to all of them."""

from __future__ import annotations

import gc
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.drawing import ISSUERS, draw_report
from tests.support.rendering import rendered

from nianbao.cli import run
from nianbao.engine.checking import judge_all
from nianbao.errors import SourceError
from nianbao.forms.loading import builtin_forms
from nianbao.model.result import Checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Between = Callable[[Callable[[], None]], None]

COUNT = len(ISSUERS)
FORMATS = ("text", "json", "html")
every_format = pytest.mark.parametrize("form", FORMATS)


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Make a folder of reports with errors, each of another organ, and return their names in order."""
    monkeypatch.chdir(tmp_path)
    files = [f"{number}.html" for number in range(COUNT)]
    for number, file in enumerate(files):
        drawn = draw_report(builtin_forms()[-1], f"streaming/{number}").with_cell("applications.new.total", 999_999)
        drawn = replace(drawn, issuer=ISSUERS[number])
        (tmp_path / file).write_bytes(rendered(drawn, "clean"))
    return files


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Between:
    """Return a function that has another one called when a report has been judged, and dealt with."""

    def call(step: Callable[[], None]) -> None:
        def judged(*arguments: Any, **named: Any) -> Iterator[Checked]:
            for checked in judge_all(*arguments, **named):
                yield checked
                step()

        monkeypatch.setattr("nianbao.linter.judge_all", judged)

    return call


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_report_is_written_before_the_next_is_judged(
    form: str, names: list[str], between: Between, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the formats that need nothing of later reports; the parts together are what is written at once."""
    parts: list[str] = []
    between(lambda: parts.append(capsys.readouterr().out))

    assert run(["check", *names, "--no-plugins", "--format", form]) == 1

    assert [re.findall(r"\d\.html", part)[:1] for part in parts] == [[name] for name in names]
    parts.append(capsys.readouterr().out)
    if form == "json":
        assert [report["path"] for report in json.loads("".join(parts))["reports"]] == names


@every_format
def test_no_writer_keeps_what_was_judged(form: str, names: list[str], between: Between) -> None:
    """At any time there are as many judged reports as are being dealt with, however many the run has."""
    alive: list[int] = []
    between(lambda: alive.append(sum(type(value) is Checked for value in gc.get_objects())))
    before = sum(type(value) is Checked for value in gc.get_objects())

    run(["check", *names, "--no-plugins", "--format", form, "--output", "out"])

    assert len(alive) == COUNT
    assert max(alive) - before <= 4  # as judged and as shown, and the same of the report before


@every_format
def test_a_first_report_that_stops_the_run_leaves_nothing_written(
    form: str, names: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with a rule is told alone."""

    def judged(*arguments: Any, **named: Any) -> Iterator[Checked]:
        del arguments, named
        raise SourceError("a rule speaks of what its form does not have", file="rules.yaml", line=3)
        yield Checked("")

    monkeypatch.setattr("nianbao.linter.judge_all", judged)

    code = run(["check", *names, "--no-plugins", "--format", form])

    written = capsys.readouterr()
    assert (code, written.out) == (2, "")
    assert "rules.yaml:3: " in written.err


def test_copies_with_notes_are_written_report_by_report(
    names: list[str], between: Between, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy is there when its report has been dealt with, before the next one is judged."""
    counts: list[int] = []
    between(lambda: counts.append(len(list((tmp_path / "out").iterdir()))))

    run(["check", *names, "--no-plugins", "--annotate", "out", "--lang", "en"])

    assert counts == list(range(1, COUNT + 1))
    assert f"copies with notes ({COUNT})" in capsys.readouterr().err
