"""The pre-commit hooks: which files they take, and how they are run."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
from tests.acceptance.test_among_other_files import DRAFT, GOOD, LAST, POINTER, WRONG
from tests.support.committing import RUNNERS, Repository, has_runner, manifest
from tests.support.rendering import rendered

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

HOOKS = manifest()
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="the command of the hook here is one of POSIX")


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
    assert all("--max-lines 25" in hook["entry"] for hook in HOOKS.values())
    assert all(hook["verbose"] for hook in HOOKS.values()), "else the warnings of reports that pass are not shown"


def test_the_hook_for_all_reports_takes_a_folder() -> None:
    """The second hook does not wait for a changed file, and its folder can be set through ``args``."""
    hook = HOOKS["nianbao-all"]

    assert (hook["pass_filenames"], hook["always_run"], hook["args"]) == (False, True, ["."])


@needs_posix
@pytest.mark.parametrize("runner", RUNNERS)
def test_commits_are_stopped_by_what_is_wrong_in_reports_alone(nianbao: Run, tmp_path: Path, runner: str) -> None:
    """In a real repository, as people commit: one hook, once by each of the programs that run hooks."""
    if not has_runner(runner):
        pytest.skip(f"{runner} is not installed")
    repository = Repository(tmp_path, runner)
    (tmp_path / "2024.html").write_bytes(rendered(WRONG, "clean"))
    nianbao("check", "2024.html", "--annotate", "批注", "--format", "html", "--output", "结果.html", cwd=tmp_path)

    others = {
        "2023.docx": rendered(LAST, "docx"),
        "2024.html": rendered(GOOD, "clean"),
        "~$2023.docx": b"\x05clerk" + bytes(156),
        ".~lock.2023.docx#": b",clerk,pc,01.12.2024;",
        "空.txt": b"",
        "规则/pack.yaml": b"id: own\nversion: '1'\n",
        "readme.md": "# 说明\n".encode(),
    }
    passed = repository.commit(others)
    assert passed.returncode == 0, passed.stdout
    assert "跳过" in passed.stdout

    other_carry = GOOD
    for row, by in (("carried_in", 5), ("new", -5)):
        for column in ("natural_person", "total"):
            key = f"applications.{row}.{column}"
            other_carry = other_carry.with_cell(key, int(GOOD.cells[key] or 0) + by)
    for files, told in (
        ({"2024.html": rendered(other_carry, "clean")}, ["警告", "上年结转", "2023.docx"]),
        ({"2025.docx": POINTER, "草稿.txt": DRAFT.encode()}, ["gitlfspull", "草稿.txt", "错误"]),
    ):
        stopped = repository.commit(files)
        assert stopped.returncode != 0, stopped.stdout
        assert [words for words in told if words not in "".join(stopped.stdout.split())] == []


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (DRAFT.encode(), (1, 1)),
        (b"", (0, 0)),
        (POINTER, (3, 3)),
        (rendered(LAST, "flow"), (0, 0)),
        (rendered(LAST.with_cell("disclosure.penalties.decisions", 4321), "flow"), (1, 0)),
    ],
)
def test_what_stops_the_hook(nianbao: Run, tmp_path: Path, data: bytes, codes: tuple[int, int]) -> None:
    """Errors and warnings; with ``--fail-on error`` among its arguments, warnings are shown and pass."""
    (tmp_path / "2023.docx").write_bytes(rendered(LAST, "docx"))
    (tmp_path / "2023.txt").write_bytes(data)
    command = [*HOOKS["nianbao"]["entry"].split()[1:], "2023.docx", "2023.txt"]

    found = tuple(nianbao(*command, *level, cwd=tmp_path).returncode for level in ((), ("--fail-on", "error")))

    assert found == codes
