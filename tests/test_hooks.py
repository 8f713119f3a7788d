"""The pre-commit hooks: which files they take, and how they are run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook
    for hook in yaml.safe_load(
        (Path(__file__).resolve().parents[1] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    )
}


@pytest.mark.parametrize(
    "path",
    [
        "2024.txt",
        "年报/临江区/2024年.html",
        "a/b.htm",
        "gov/art_12_3456.shtml",
        "x.xhtml",
        "reports/2023.md",
        "2024.pdf",
        "2024.docx",
        "a.xls",
    ],
)
def test_the_hook_takes_files_that_may_be_reports(path: str) -> None:
    """What is read without other programs is given to nianbao, in any folder and under Chinese names."""
    assert re.search(HOOKS["nianbao"]["files"], path)


@pytest.mark.parametrize(
    "path", ["2024.ofd", "2024.doc", "script.py", "txt", "notes.txt.bak", "page.html5", "data.json", "htm/readme"]
)
def test_the_hook_leaves_other_files_alone(path: str) -> None:
    """What is not read, or by another program alone, is not given to it."""
    assert not re.search(HOOKS["nianbao"]["files"], path)


def test_both_hooks_run_the_check_once() -> None:
    """Either hook is one process: reports of several years have to be seen together."""
    assert set(HOOKS) == {"nianbao", "nianbao-all"}
    assert all(hook["entry"].startswith("nianbao check") and hook["require_serial"] for hook in HOOKS.values())
    assert all(hook["language"] == "python" and hook["description"] for hook in HOOKS.values())


def test_the_hook_for_all_reports_takes_a_folder() -> None:
    """The second hook does not wait for a changed file, and its folder can be set through ``args``."""
    hook = HOOKS["nianbao-all"]

    assert (hook["pass_filenames"], hook["always_run"], hook["args"]) == (False, True, ["."])
