"""Figures put right in copies: whatever the file, the copy says what was drawn."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.support.drawing import draw_report
from tests.support.editing import corrected_bytes
from tests.support.rendering import FILES, PAGES, TEXTS, rendered

from nianbao.cli import ExitCode
from nianbao.editing.fixing import choices
from nianbao.forms.loading import builtin_forms, form_by_id
from nianbao.linter import Linter
from nianbao.model.outcome import FAIL
from nianbao.model.rule import INFO

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from tests.support.drawing import Drawn

    from nianbao.model.result import Checked

    Run = Callable[..., subprocess.CompletedProcess[str]]

LINTER = Linter()
ENDINGS = {"docx": ".docx", "wps": ".docx", "sheet": ".xlsx", "sheets": ".xlsx"} | dict.fromkeys(PAGES, ".html")
SEEDS = range(5)


def slipped(drawn: Drawn, seed: int) -> tuple[str, Drawn]:
    """Exchange, drop or add a digit of a figure, and return its key and the report."""
    dice = random.Random(f"fix/{seed}")
    keys = [key for key, value in drawn.cells.items() if key.startswith("applications") and value and value >= 12]
    key = dice.choice(keys)
    digits = str(drawn.cells[key])
    ways = (digits[1] + digits[0] + digits[2:], digits[1:], digits + dice.choice("0123456789"), digits[0] + digits)
    return key, drawn.with_cell(key, int(dice.choice([way for way in ways if int(way) != drawn.cells[key]])))


def check(data: bytes, file: Path) -> Checked:
    """Write a file and check it."""
    file.write_bytes(data)
    (checked,) = LINTER.check([str(file)]).reports()
    return checked


def put_right(checked: Checked, key: str) -> bytes | None:
    """Return the file with the likeliest reading accepted, if that changes a cell."""
    first = next((one for one in choices(checked) if [each.key for each in one.changes] == [key]), None)
    if first is None or checked.report is None:
        return None
    data = Path(checked.path).read_bytes()
    return corrected_bytes(data, checked.report, changes=first.changes, forms=builtin_forms())


@pytest.mark.parametrize("kind", [*TEXTS, *PAGES, *FILES])
def test_what_was_drawn_is_what_the_copy_says(kind: str, tmp_path: Path) -> None:
    """One slip in each of several reports: the reading of it accepted, every cell is as it was drawn, and all holds."""
    mended = 0
    for seed in SEEDS:
        forms = builtin_forms()
        drawn = draw_report(forms[seed % len(forms)], f"fix/{seed}", blanks=seed % 2 == 0)
        if not any(key.startswith("applications") and value and value >= 12 for key, value in drawn.cells.items()):
            continue
        key, wrong = slipped(drawn, seed)
        file = tmp_path / f"{seed}{ENDINGS.get(kind, '.txt')}"
        made = put_right(check(rendered(wrong, kind), file), key)
        if made is None:
            continue
        mended += 1
        again = check(made, file)
        assert again.report is not None
        assert {name: cell.value for name, cell in again.report.cells.items()} == dict(drawn.cells)
        failing = [one for one in again.findings if one.outcome == FAIL and one.left is not None]
        assert [one for one in failing if one.severity != INFO] == []
        if kind in {*TEXTS, *PAGES} - {"wide-digits", "word", "site", "one-line", "gb18030"}:
            assert re.sub(
                rb'<meta name="generator" content="nianbao corrected copy of [0-9a-f]{16}">', b"", made
            ) == rendered(drawn, kind)

    assert mended >= 2


@pytest.mark.parametrize(
    ("kind", "suffix"), [("docx", ".docx"), ("sheet", ".xlsx"), ("flow", ".txt"), ("site", ".html")]
)
def test_from_check_to_copy(nianbao: Run, tmp_path: Path, kind: str, suffix: str) -> None:
    """``fix --accept high`` writes a copy whose check ends with 0, and leaves the file as it was."""
    drawn = draw_report(form_by_id("zfxxgk-2021"), "fix/whole")
    key, wrong = slipped(drawn, 1)
    file = tmp_path / f"年报{suffix}"
    file.write_bytes(rendered(wrong, kind))
    before = file.read_bytes()

    done = nianbao("fix", file, "--accept", "high", "--lang", "en")

    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, "")
    assert file.read_bytes() == before
    assert nianbao("check", tmp_path / f"年报.fixed{suffix}").returncode == ExitCode.CLEAN
    assert f"[{drawn.cells[key]}]" in done.stdout
