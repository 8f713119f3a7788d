"""Plugins: the example does from the command line what it promises, and a broken one is told by its name."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.support.installing import installed, with_plugins

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def nianbao(nianbao_process: Run) -> Run:
    """Run commands in processes of their own, which find the plugins that ``PYTHONPATH`` leads to."""
    return nianbao_process


SHEET = """\
sep=,
临江区图书馆2024年度报表
一、到馆人次
,少儿读者,成人读者,读者合计
到馆阅览,120,340,460
图书外借,80,{adults},{total}
二、服务情况
{services}
"""
GOOD = SHEET.format(adults=201, total=281, services="开放时间为每日九时至十七时。")
BAD = SHEET.format(adults=200, total=290, services="全年无休。")
HEAD = "from nianbao.plugin import *\n"
READER = "@hookimpl\ndef nianbao_readers():\n    return [Reader({}, lambda raw: True, lambda raw: 1 / 0)]\n"
BROKEN = {
    "import": ("import nowhere_to_be_found\n", "ModuleNotFoundError: No module named 'nowhere_to_be_found'"),
    "syntax": ("def (\n", "SyntaxError"),
    "exit": ("raise SystemExit('bye')\n", "SystemExit: bye"),
    "signature": (HEAD + "@hookimpl\ndef nianbao_kinds(config):\n    return []\n", "config"),
    "name": (
        HEAD + "@hookimpl\ndef nianbao_reader():\n    return []\n",
        "there is no hook 'nianbao_reader'; did you mean 'nianbao_readers'?",
    ),
    "raises": (
        HEAD + "@hookimpl\ndef nianbao_outputs():\n    return 1 / 0\n",
        "hook nianbao_outputs failed (ZeroDivisionError: division by zero)",
    ),
    "gives": (HEAD + "@hookimpl\ndef nianbao_outputs():\n    return ['csv']\n", "'csv' is no Output"),
    "no function": (HEAD + "@hookimpl\ndef nianbao_checks():\n    return {'x': 3}\n", "3 is no function"),
    "no name": (HEAD + READER.format("''"), "hook nianbao_readers gave the name '', which is none"),
    "type": (
        HEAD + "@hookimpl\ndef nianbao_functions():\n    return [Function(Text('一', ''), ('cell',), 'text', str)]\n",
        "no type 'cell'; known: number, text, truth, date",
    ),
    "kind twice": (
        HEAD + "@hookimpl\ndef nianbao_kinds():\n    return [Kind('section', {'section': {}}, print)]\n",
        "kind 'section' is there already, from nianbao.kinds; give it another name",
    ),
    "kind without key": (
        HEAD + "@hookimpl\ndef nianbao_kinds():\n    return [Kind('new', {}, print)]\n",
        "the schema of kind 'new' has no 'new'",
    ),
    "option of every rule": (
        HEAD + "@hookimpl\ndef nianbao_kinds():\n    return [Kind('new', {'new': {}, 'severity': {}}, print)]\n",
        "option 'severity' is a key of every rule",
    ),
    "option of another kind": (
        HEAD + "@hookimpl\ndef nianbao_kinds():\n    return [Kind('new', {'new': {}, 'within': {}}, print)]\n",
        "option 'within' means something else in another kind",
    ),
    "output twice": (
        HEAD + "@hookimpl\ndef nianbao_outputs():\n    return [Output('json', print)]\n",
        "output 'json' is there already, from nianbao.outputs; give it another name",
    ),
    "editor twice": (
        HEAD + "@hookimpl\ndef nianbao_editors():\n    return [Editor('word', print)]\n",
        "editor 'word' is there already, from nianbao.readers; give it another name",
    ),
    "form": (HEAD + "@hookimpl\ndef nianbao_forms():\n    return ['gone.yaml']\n", "gone.yaml: cannot be read"),
    "pack": (HEAD + "@hookimpl\ndef nianbao_packs():\n    return ['gone']\n", "gone: no such pack"),
    "pack of another type": (HEAD + "@hookimpl\ndef nianbao_packs():\n    return [3]\n", "3 is no path"),
}


@pytest.fixture(scope="module")
def site(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the example and return the folder that it is installed in."""
    folder = tmp_path_factory.mktemp("installed")
    copy = folder / "source"
    shutil.copytree(repo / "examples" / "plugin", copy, ignore=shutil.ignore_patterns("__pycache__"))
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check")
    command = [sys.executable, "-m", "pip", "install", *options, "--target", folder / "site", copy]
    subprocess.run([str(part) for part in command], check=True, timeout=120)
    return folder / "site"


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """Make a folder with a good sheet and one with a wrong total and no opening hours."""
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "good.csv").write_text(GOOD, encoding="utf-8")
    (folder / "bad.csv").write_text(BAD, encoding="utf-8")
    return folder


def test_the_example_is_listed_with_all_that_it_gives(nianbao: Run, site: Path) -> None:
    """What ships stands first; the example's gifts are listed by name, for people and for programs."""
    text = nianbao("plugins", "--lang", "en", PYTHONPATH=with_plugins(site))
    data = json.loads(nianbao("plugins", "--format", "json", PYTHONPATH=with_plugins(site)).stdout)

    assert text.stdout.splitlines()[0].startswith("nianbao.kinds ")
    assert text.stdout.splitlines()[-7:] == [
        "library 0.1.0",
        "  packs: library",
        "  readers: csv",
        "  kinds: mentions",
        "  functions: 整除, divides",
        "  outputs: csv",
        "  checks: rounded-figures",
    ]
    assert data["broken"] == []
    assert data["plugins"][-1]["gives"]["kinds"] == ["mentions"]


def test_a_folder_of_sheets_is_checked_by_what_the_example_brings(nianbao: Run, site: Path, sheets: Path) -> None:
    """Its reader reads, its form names the cells, its rules judge by its kind and function, its output writes."""
    done = nianbao("check", sheets, "--select", "LB", "--format", "csv", PYTHONPATH=with_plugins(site))
    lines = list(csv.DictReader(io.StringIO(done.stdout)))

    assert (done.returncode, done.stderr) == (1, "")
    assert {(line["path"], line["line"], line["rule"], line["severity"]) for line in lines} == {
        (str(sheets / "bad.csv"), "6", "LB001", "error"),
        (str(sheets / "bad.csv"), "7", "LB002", "warning"),
        (str(sheets / "bad.csv"), "5", "LB003", "warning"),
    }
    assert {line["message"] for line in lines} >= {"“二、服务情况”没有写开放时间。", "6 个数字都是 10 的倍数。"}


def test_the_other_commands_know_what_the_example_brings(nianbao: Run, site: Path, sheets: Path) -> None:
    """Rules are listed and explained, sheets are read, and the schema for editors has the new kind."""
    path = with_plugins(site)

    assert "LB003 " in nianbao("rules", PYTHONPATH=path).stdout
    assert "mentions: 开放时间" in nianbao("explain", "LB002", PYTHONPATH=path).stdout
    assert json.loads(nianbao("extract", sheets / "good.csv", PYTHONPATH=path).stdout)["year"] == 2024
    assert (
        "mentions" in json.loads(nianbao("schema", "rule-pack", PYTHONPATH=path).stdout)["$defs"]["rule"]["properties"]
    )
    assert "460" in nianbao("eval", "阅览[合计]", sheets / "good.csv", PYTHONPATH=path).stdout
    assert nianbao("test", site / "nianbao_library" / "pack", PYTHONPATH=path).returncode == 0


def test_the_tests_of_the_example_pass(repo: Path, site: Path, tmp_path: Path) -> None:
    """They are run as its author runs them, each example of its pack under a name of its own."""
    shutil.copy(repo / "examples" / "plugin" / "tests" / "test_library.py", tmp_path)

    done = run_pytest(tmp_path, with_plugins(site))

    assert done.returncode == 0, done.stdout
    assert "test_library.py::test_examples[LB003-fail-1] PASSED" in done.stdout


def run_pytest(folder: Path, path: str) -> subprocess.CompletedProcess[str]:
    """Run the tests in a folder, by themselves."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_official_reports_are_judged_as_without_the_example(nianbao: Run, repo: Path, site: Path) -> None:
    """Rules and forms of the example have no say in reports of another kind."""
    page = repo / "examples" / "linjiang-2024-draft.txt"
    without = json.loads(nianbao("check", page, "--format", "json").stdout)

    found = json.loads(nianbao("check", page, "--format", "json", PYTHONPATH=with_plugins(site)).stdout)

    assert found["reports"] == without["reports"]


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_plugin_is_told_and_the_run_goes_on(case: str, nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """Name and error stand on standard error; what was asked for is done without it."""
    source, error = BROKEN[case]
    path = installed(tmp_path, source)
    page = repo / "examples" / "linjiang-2024.txt"

    done = nianbao("check", page, "--format", "json", "--lang", "en", cwd=tmp_path, PYTHONPATH=path)

    assert done.returncode == 0
    english = {"cwd": tmp_path, "NIANBAO_LANG": "en"}
    assert done.stdout == nianbao("check", page, "--format", "json", NIANBAO_NO_PLUGINS="1", **english).stdout
    assert done.stderr.startswith("nianbao: plugin 'broken' is broken and gives nothing: ")
    assert error in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_plugin_that_is_needed_stops_the_run(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """By an option, by the settings, or because a format is wanted that is not there."""
    path = installed(tmp_path, BROKEN["raises"][0])
    (tmp_path / "settings.yaml").write_text("plugins: [broken]\n", encoding="utf-8")
    page = repo / "examples" / "linjiang-2024.txt"
    for options in (("--plugin", "broken"), ("--settings", tmp_path / "settings.yaml")):
        done = nianbao("check", page, *options, "--lang=en", PYTHONPATH=path)
        assert done.returncode == 2
        assert "plugin 'broken' is needed, but broken: hook nianbao_outputs failed" in done.stderr

    done = nianbao("check", page, "--format", "letter", PYTHONPATH=path, NIANBAO_LANG="en")

    assert done.returncode == 2
    assert "plugin 'broken' is broken" in done.stderr
    assert "no output 'letter'; known here: text, json" in done.stderr


def test_a_rule_of_a_kind_that_only_a_broken_plugin_has_stops_the_run(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """The rule is told at its place, and the plugin by its name."""
    path = installed(tmp_path, BROKEN["import"][0])
    (tmp_path / "rules.yaml").write_text("- {code: Z001, mentions: 费}\n", encoding="utf-8")
    page = repo / "examples" / "linjiang-2024.txt"

    done = nianbao("check", page, "--pack", tmp_path / "rules.yaml", "--lang", "en", PYTHONPATH=path)

    assert done.returncode == 2
    assert "plugin 'broken' is broken" in done.stderr
    assert "rules.yaml:1" in done.stderr


def test_a_plugin_that_is_not_installed_may_be_required(nianbao: Run, repo: Path) -> None:
    """The run stops instead of judging by less than was wanted."""
    done = nianbao("check", repo / "examples" / "linjiang-2024.txt", "--plugin", "libary", NIANBAO_LANG="en")

    assert done.returncode == 2
    assert "plugin 'libary' is needed, but not installed" in done.stderr


def test_installed_plugins_can_be_left_out(nianbao: Run, site: Path, sheets: Path) -> None:
    """With ``--no-plugins`` or ``NIANBAO_NO_PLUGINS`` only what ships is there."""
    path = with_plugins(site)

    assert (
        "'csv'" in nianbao("check", sheets, "--no-plugins", "--format", "csv", "--lang", "en", PYTHONPATH=path).stderr
    )
    assert "library" not in nianbao("plugins", PYTHONPATH=path, NIANBAO_NO_PLUGINS="1").stdout


def test_a_broken_plugin_makes_the_list_fail(nianbao: Run, tmp_path: Path) -> None:
    """It is listed last, with its error; two plugins that clash leave the first."""
    one = HEAD + "@hookimpl\ndef nianbao_outputs():\n    return [Output('letter', print)]\n"
    installed(tmp_path, one, "first")

    done = nianbao("plugins", "--lang", "en", PYTHONPATH=installed(tmp_path, one, "second"))

    assert done.returncode == 2
    assert done.stdout.splitlines()[-4:] == [
        "first 1.0",
        "  outputs: letter",
        "second",
        "  broken: output 'letter' is there already, from first; give it another name",
    ]


CRASHING = (
    HEAD
    + """\
def crash(*arguments):
    raise ValueError("oops")
@hookimpl
def nianbao_readers():
    return [Reader("odd", lambda raw: raw.text.startswith("odd"), crash, (".odd",)),
            Reader("bytes", lambda raw: raw.data[:1] == b"\\0", lambda raw: None, binary=True)]
@hookimpl
def nianbao_kinds():
    return [Kind("odd", {"odd": {"type": "string"}}, crash)]
@hookimpl
def nianbao_outputs():
    return [Output("odd", crash)]
@hookimpl
def nianbao_checks():
    return {"odd": lambda report: crash()}
"""
)


def test_what_fails_later_is_told_with_the_plugins_name(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """A reader spoils one input, an output or a kind stops the run, a check leaves the other rules running."""
    path, page = installed(tmp_path, CRASHING, "crashing"), repo / "examples" / "linjiang-2024.txt"
    (tmp_path / "a.odd").write_text("odd", encoding="utf-8")
    (tmp_path / "b.bin").write_bytes(b"\0\1")
    (tmp_path / "kind.yaml").write_text("- {code: Z001, odd: x}\n", encoding="utf-8")
    (tmp_path / "check.yaml").write_text("- {code: Z001, check: odd}\n", encoding="utf-8")

    reader = nianbao("check", tmp_path / "a.odd", page, "--lang", "en", PYTHONPATH=path)
    binary = nianbao("check", tmp_path / "b.bin", "--lang", "en", PYTHONPATH=path)
    output = nianbao("check", page, "--format", "odd", "--lang", "en", PYTHONPATH=path)
    kind = nianbao("check", page, "--pack", tmp_path / "kind.yaml", "--lang", "en", PYTHONPATH=path)
    check = nianbao("check", page, "--pack", tmp_path / "check.yaml", "-v", "--lang", "en", PYTHONPATH=path)

    assert [one.returncode for one in (reader, binary, output, kind, check)] == [3, 3, 2, 2, 2]
    assert "reader odd of plugin crashing failed in itself (ValueError: oops)" in " ".join(reader.stdout.split())
    assert "which is no Document" in " ".join(binary.stdout.split())
    assert "output 'odd' of plugin 'crashing' failed in itself (ValueError: oops)" in output.stderr
    assert "kind.yaml:1: Z001: kind 'odd' of plugin 'crashing' failed in itself (ValueError: oops)" in kind.stderr
    assert "Z001" in check.stdout
    assert "F001" in check.stdout


EDITING = (
    HEAD
    + """\
from nianbao.readers.plain.text_file import read_text
def read(source):
    return read_text(source.text, source.name, sha256=source.sha256)._replace(format="draft")
def annotate(source, notes):
    if b"crash" in source.data:
        raise ValueError("oops")
    return source.data + "".join("%" + note.title + "\\n" for note in notes).encode()
def correct(source, corrections):
    lines = source.text.split("\\n")
    for one in corrections:
        number = one.location.line - 1
        lines[number] = lines[number].replace(one.old, one.new, 1)
    return "\\n".join(lines).encode()
@hookimpl
def nianbao_readers():
    return [Reader("draft", lambda source: source.text.startswith("%draft"), read, (".draft",))]
@hookimpl
def nianbao_editors():
    return [Editor("draft", annotate, correct)]
"""
)


def test_copies_are_made_by_the_editor_of_a_plugin(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """With notes and with figures put right, of files that its reader reads; a failure of it is told with its name."""
    path = installed(tmp_path, EDITING, "drafting")
    text = (repo / "examples" / "linjiang-2024-draft.txt").read_text(encoding="utf-8")
    file = tmp_path / "a.draft"
    file.write_text(f"%draft\n{text}", encoding="utf-8")

    noted = nianbao("check", file, "--annotate", tmp_path / "notes", "--lang", "en", PYTHONPATH=path)
    fixed = nianbao("fix", file, "--accept", "1", "--lang", "en", PYTHONPATH=path)
    file.write_text(f"%draft crash\n{text}", encoding="utf-8")
    crashed = nianbao("check", file, "--annotate", tmp_path / "none", "--lang", "en", PYTHONPATH=path)
    listed = nianbao("plugins", "--lang", "en", PYTHONPATH=path)

    assert (noted.returncode, fixed.returncode, crashed.returncode) == (1, 0, 1)
    copy = (tmp_path / "notes" / "a.draft").read_text(encoding="utf-8")
    assert copy.startswith(f"%draft\n{text}%error: ")
    assert (tmp_path / "a.fixed.draft").read_text(encoding="utf-8").count("\n") == text.count("\n") + 1
    assert "editor draft of plugin drafting failed in itself (ValueError: oops)" in crashed.stderr
    assert listed.stdout.splitlines()[-3:] == ["drafting 1.0", "  readers: draft", "  editors: draft"]


def test_an_example_that_does_not_hold_fails_under_its_own_name(tmp_path: Path) -> None:
    """Three lines make every example of a pack a test; what is wrong is told with the file and line of the pack."""
    rules = "- code: Z001\n  inequality: 新收 ≥ 上年结转\n  tests:\n    - pass: {新收: 4}\n    - pass: {上年结转: 4}\n"
    (tmp_path / "own.yaml").write_text(rules, encoding="utf-8")
    test = f"from nianbao.testing import pack_tests\n\ntest_own = pack_tests({str(tmp_path / 'own.yaml')!r})\n"
    (tmp_path / "test_own.py").write_text(test, encoding="utf-8")

    done = run_pytest(tmp_path, with_plugins())

    assert done.returncode == 1
    assert "test_own.py::test_own[Z001-pass-1] PASSED" in done.stdout
    assert "test_own.py::test_own[Z001-pass-2] FAILED" in done.stdout
    assert "own.yaml:5: Z001: expected to pass, but the rule says fail" in done.stdout
