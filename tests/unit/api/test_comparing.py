"""Two readings of one report: what differs, and what is no difference."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.language.making import report

from nianbao.engine.comparing import compare
from nianbao.model.document import Paragraph
from nianbao.model.location import Location
from nianbao.model.report import Issuer

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from nianbao.model.report import Report

    Run = Callable[..., subprocess.CompletedProcess[str]]

SAID: dict[str, Any] = {"新收.自然人": 12, "sections": {"overview": "全年收到 １２ 件。"}}


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, []),
        ({"sections": {"overview": "全年收到12件。"}}, []),
        ({"新收.自然人": 21}, [("cell", "applications.new.natural_person", "12", "21")]),
        ({"新收.自然人": ""}, [("cell", "applications.new.natural_person", "12", "")]),
        ({"新收.自然人": "十二"}, [("cell", "applications.new.natural_person", "12", "十二")]),
        (
            {"sections": {"overview": "全年收到13件。"}},
            [("section", "overview", "全年收到 １２ 件。", "全年收到13件。")],
        ),
        ({"without": ["overview"]}, [("section", "overview", "全年收到 １２ 件。", None)]),
        (
            {"年度": 2023},
            [
                ("fact", "year", "2024", "2023"),
                ("fact", "period", "2024-01-01 – 2024-12-31", "2023-01-01 – 2023-12-31"),
            ],
        ),
    ],
)
def test_what_differs_is_told_with_both_sides(
    other: dict[str, Any], found: list[tuple[str, str, str, str | None]]
) -> None:
    """Width and white space are none; a figure is not its words."""
    one, two = report(SAID, "applications"), report({**SAID, **other}, "applications")

    assert [(d.kind, d.key, d.first.text, d.second.text) for d in compare(one, two)] == found
    assert [(d.kind, d.key, d.second.text, d.first.text) for d in compare(two, one)] == found


def saying(lines: Sequence[str]) -> Report:
    """Return a report whose overview has these paragraphs."""
    made = report({"sections": {"overview": "x"}}, "applications")
    prose = tuple(Paragraph(text, Location(line)) for line, text in enumerate(lines, 1))
    changed = (one._replace(paragraphs=prose) if one.id == "overview" else one for one in made.sections)
    return made._replace(sections=tuple(changed))


def test_prose_is_quoted_from_its_paragraph_in_its_own_signs() -> None:
    """Not from the joined text of the section, and at the place where the paragraphs begin to differ."""
    lines = ("主动公开（含网站）〔2024〕 ①全年有序。", "Ｗｅｂ站 改版１次，新增栏目“政策问答”。", "共办理③。")
    longer = (*lines[:1], lines[1].replace("１次", " 2 次"), *lines[2:])
    one, two, three = map(saying, (lines, longer, lines[:2]))

    (found,) = compare(one, two)
    (cut,) = compare(one, three)

    assert (found.first.text, found.second.text) == (lines[1], longer[1])
    assert (found.first.location.line, cut.second.location.line) == (2, 2)
    assert (cut.first.text, cut.second.text) == (lines[2], lines[1])


def test_cells_that_one_of_them_lacks_and_other_issuers_are_told() -> None:
    """What only one says of its title is none."""
    one = report(SAID, "applications")
    cells = {key: cell for key, cell in one.cells.items() if not key.startswith("disputes.")}
    two = one._replace(cells=cells, issuer=Issuer("别的机关", "other"), published=one.day)

    found = compare(one, two)
    assert {(d.kind, d.second.text) for d in found if d.kind == "cell"} == {("cell", None)}
    assert len([d for d in found if d.kind == "cell"]) == 15
    assert [(d.key, d.second.text) for d in found if d.kind == "fact"] == [("issuer", "别的机关")]


def test_the_command_compares_two_files(nianbao: Run, tmp_path: Path) -> None:
    """Each difference with its places; as JSON too; exit code 1 where there is one."""
    text = "examples/linjiang-2024.txt"
    changed = tmp_path / "changed.txt"
    from tests.conftest import ROOT  # noqa: PLC0415 - the file is read here alone

    changed.write_text((ROOT / text).read_text(encoding="utf-8").replace("| 88 |", "| 98 |", 1), encoding="utf-8")

    same = nianbao("diff", text, text)
    assert (same.returncode, same.stdout) == (0, "两份报告一致\n")
    differ = nianbao("diff", text, changed, "--lang", "en")
    assert differ.returncode == 1
    assert f"    88  {text}:41:" in differ.stdout
    assert f"    98  {changed}:41:" in differ.stdout
    data = json.loads(nianbao("diff", text, changed, "--format", "json").stdout)
    assert [one["second"]["text"] for one in data["differences"]] == ["98"]
    assert nianbao("diff", text, tmp_path / "gone.txt").returncode == 3


def test_strict_reading_fails_where_a_cell_was_not_read(nianbao: Run, tmp_path: Path) -> None:
    """Without it, what was not read leaves rules undecided alone."""
    from tests.conftest import ROOT  # noqa: PLC0415 - the file is read here alone

    lines = (ROOT / "examples/linjiang-2024.txt").read_text(encoding="utf-8").splitlines()
    torn = tmp_path / "torn.txt"
    torn.write_text("\n".join(line for line in lines if "重复申请" not in line), encoding="utf-8")

    assert nianbao("check", torn, "--select", "S001").returncode == 0
    assert nianbao("check", torn, "--select", "S001", "--strict-reading").returncode == 1
    assert nianbao("check", "examples/linjiang-2024.txt", "--select", "S001", "--strict-reading").returncode == 0
