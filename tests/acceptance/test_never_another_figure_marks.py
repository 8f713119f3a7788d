"""What stands beside a figure never makes another figure of it: note marks, struck-out and unseen words, spaces."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.support.drawing import draw_report
from tests.support.libreoffice import WORD as WORD_2007
from tests.support.libreoffice import converted, needs_office
from tests.support.marking import MARKDOWN, PAGES, SHEETS, SIGNS, WORD, dressed, in_runs
from tests.support.rendering import PROSE as RENDERED
from tests.support.rendering import html_clean
from tests.support.thinning import scaled, thinned

from nianbao.catalogue import builtin_pack, load_pack
from nianbao.engine import Engine
from nianbao.extraction import extract
from nianbao.forms.loading import form_by_id
from nianbao.model.outcome import FAIL, PASS
from nianbao.readers import document_from_bytes, read_document

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.marking import Dress, Dressed

    from nianbao.model.report import Report

RULE = """\
- code: Q001
  claim: {patterns: ["申请(?P<value>)件"], equals: 新收.总计}
  within: applications
"""
CLAIM = "全年新收政府信息公开申请{figure}{mark}件。"
PROSE = {
    "circled": "①",
    "a raised sign": "²",
    "a bracket": "[1]",
    "sup": "<sup>1</sup>",
    "struck": "<s>7</s>",
    "raised by style": '<span style="vertical-align:super">3</span>',
    "unseen": '<span style="font-size:0">3</span>',
}
ENGINE = Engine([builtin_pack()])
NOT_FIGURES = {"A010", "D001", "L010"}
CASES = [
    *(("clean", name, dress) for name, dress in {**SIGNS, **PAGES}.items()),
    *(("docx", name, dress) for name, dress in WORD.items()),
    *(("docx", name, in_runs(dress, "docx")) for name, dress in SIGNS.items()),
    *(("sheet", name, dress) for name, dress in SHEETS.items()),
    *(("sheet", name, in_runs(dress, "sheet")) for name, dress in SIGNS.items()),
    *(("bars", name, dress) for name, dress in SIGNS.items()),
    *(("markdown", name, dress) for name, dress in MARKDOWN.items()),
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
    for seed in range(scaled(1)):
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


@pytest.fixture(scope="module")
def judging(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Return an engine with a rule on a figure of the prose."""
    file = tmp_path_factory.mktemp("pack") / "claims.yaml"
    file.write_text(RULE, encoding="utf-8")
    return Engine([load_pack(file)])


@pytest.mark.parametrize("mark", PROSE.values(), ids=PROSE)
@pytest.mark.parametrize("seed", range(3))
def test_a_mark_is_never_part_of_a_figure_of_the_prose(judging: Engine, mark: str, seed: int) -> None:
    """A figure of the prose agrees with the tables, or does not, whatever mark stands beside it."""
    drawn = draw_report(form_by_id("zfxxgk-2021"), f"claim/{seed}")
    total = drawn.cells["applications.new.total"]

    for figure, outcomes in ((total, []), (f"{total}4", [FAIL])):
        page = html_clean(drawn).replace(RENDERED["overview"], CLAIM.format(figure=figure, mark=mark))
        findings = judging.judge(extract(document_from_bytes(page.encode(), "dressed"))).findings
        assert [one.outcome for one in findings if one.outcome != PASS] == outcomes


SAVED = {  # by an office program: as a file of its own, which is then read by way of the usual one
    "old sheet": (["xls"], {name: dress for name, dress in SHEETS.items() if "formula" not in name}),
    "docx": (["odt", WORD_2007], {**WORD, **{name: in_runs(dress, "docx") for name, dress in SIGNS.items()}}),
    "sheet": (["ods", "xlsx"], {name: dress for name, dress in SHEETS.items() if "formula" not in name}),
}


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("name", thinned(SAVED, len(SAVED)))
def test_marks_are_kept_apart_in_what_an_office_program_saves(name: str, tmp_path: Path) -> None:
    """Formats of OpenDocument files and old sheets are those of the file that was saved."""
    targets, cases = SAVED[name]
    kind = "docx" if name == "docx" else "sheet"
    made = {f"{number:02}": dressed(kind, dress, f"{name}/{number}") for number, dress in enumerate(cases.values())}
    files = [tmp_path / f"{stem}.{'docx' if kind == 'docx' else 'xlsx'}" for stem in made]
    for file in files:
        file.write_bytes(made[file.stem].data)
    for target in targets:
        files = converted(files, target, tmp_path / target.partition(":")[0])
    assert len(files) == len(made)

    for file, (case, dress) in zip(files, cases.items(), strict=True):
        report = extract(read_document(str(file)))
        one = made[file.stem]
        assert wrong(one, report) == {}, case
        assert (one.key in report.cells) is dress.read, case
