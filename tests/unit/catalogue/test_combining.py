"""A pack that changes what others check: a few lines, and never what must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nianbao.catalogue import builtin_pack, combine, load_pack
from nianbao.errors import SourceErrors

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao import Pack


def local(folder: Path, head: str) -> Pack:
    """Write and load a pack without rules of its own."""
    (folder / "pack.yaml").write_text(f"id: local\n{head}\n", encoding="utf-8")
    return load_pack(folder)


def test_rules_are_switched_off_and_graded(tmp_path: Path) -> None:
    """A rule switched off does not run; another severity holds for all forms."""
    rules = combine((builtin_pack(), local(tmp_path, "without: [S003]\nseverity: {A011: error, S006: info}")))

    by_code = {rule.code: rule for rule in rules}
    assert len(rules) == len(builtin_pack().rules) - 1
    assert "S003" not in by_code
    assert by_code["A011"].severity_for("zfxxgk-2021") == "error"
    assert by_code["S006"].severity_for("zfxxgk-2019") == "info"


@pytest.mark.parametrize(
    ("head", "line", "reason"),
    [
        ("without: [S003, S094]", 2, "no rule 'S094'; did you mean 'S00"),
        ("without: [A001]", 2, "A001 cannot be switched off: its pack says 'waivable: false'"),
        ("severity:\n  A001: warning", 3, "A001 cannot be made milder"),
        ("severity: {Q001: info}", 2, "no rule 'Q001'"),
    ],
)
def test_what_must_hold_cannot_be_weakened(tmp_path: Path, head: str, line: int, reason: str) -> None:
    """The mistake is told at its line in the pack that makes it."""
    with pytest.raises(SourceErrors) as caught:
        combine((builtin_pack(), local(tmp_path, head)))

    (error,) = caught.value.errors
    assert error.line == line
    assert reason in error.reason.en


def test_what_must_hold_may_stay_as_severe(tmp_path: Path) -> None:
    """Saying again what a rule is already does no harm."""
    rules = combine((builtin_pack(), local(tmp_path, "severity: {A001: error}")))

    assert len(rules) == len(builtin_pack().rules)
