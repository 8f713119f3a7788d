"""A plugin that misbehaves is named, and the run goes on without it, in time and with clean output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.support.installing import installed

from nianbao.cli import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

REPORT = "examples/linjiang-2024.txt"
HEAD = "from nianbao.plugin import *\n"
HOOK = "@hookimpl\ndef nianbao_checks():\n    "
OWN = "class Own(BaseException):\n    pass\n"
NO_END = {
    "sleep": "import time\ntime.sleep(1e6)\n",
    "loop": "while True:\n    pass\n",
    "loop that catches": "while True:\n    try:\n        1 / 0\n    except Exception:\n        pass\n",
    "pattern": "import re\nre.search('(a+)+b', 'a' * 100)\n",
    "lock": "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n",
    "pipe": "import os\nos.read(os.pipe()[0], 1)\n",
    "hook": HEAD + HOOK + "while True:\n        pass\n",
}
ESCAPES = {
    "interrupt": ("raise KeyboardInterrupt\n", "KeyboardInterrupt"),
    "exit": ("import sys\nsys.exit(3)\n", "SystemExit: 3"),
    "generator": ("raise GeneratorExit('x')\n", "GeneratorExit: x"),
    "own": (OWN + "raise Own('bye')\n", "Own: bye"),
    "hook": (HEAD + OWN + HOOK + "raise Own('bye')\n", "Own: bye"),
    "hook interrupt": (HEAD + HOOK + "raise KeyboardInterrupt('now')\n", "KeyboardInterrupt: now"),
}
CHECK = """\
- code: Z001
  name: own-check
  title: {zh: 规则, en: rule}
  severity: warning
  message: {zh: 不对, en: wrong}
  check: own
"""


@pytest.mark.parametrize("source", NO_END.values(), ids=NO_END)
def test_one_that_does_not_end_is_named(nianbao_process: Run, tmp_path: Path, source: str) -> None:
    """After its time; the run goes on, and the process ends."""
    path = installed(tmp_path, source)

    done = nianbao_process(
        "check", REPORT, "--format", "json", "--lang", "zh", PYTHONPATH=path, NIANBAO_PLUGIN_SECONDS="0.3"
    )

    assert (done.returncode, done.stderr) == (
        ExitCode.CLEAN,
        "nianbao：插件“broken”坏了，不起作用：运行超时：超过 0.3 秒，已中断\n",
    )
    assert json.loads(done.stdout)["summary"]["reports"] == 1


def test_the_others_work(nianbao_process: Run, tmp_path: Path) -> None:
    """Each plugin has its own time."""
    good = HEAD + HOOK + "return {'own': print}\n"
    sources = {"a": NO_END["loop"], "b": good, "c": NO_END["sleep"], "d": good.replace("own", "other")}
    for name in sources:
        (tmp_path / name).mkdir()
    path = os.pathsep.join(installed(tmp_path / name, source, name) for name, source in sources.items())

    done = nianbao_process("plugins", "--format", "json", "--lang", "en", PYTHONPATH=path, NIANBAO_PLUGIN_SECONDS="0.3")
    data = json.loads(done.stdout)

    assert done.returncode == ExitCode.USAGE
    assert [one["name"] for one in data["plugins"][-2:]] == ["b", "d"]
    assert [(one["name"], one["error"]) for one in data["broken"]] == [
        (name, "timed out: broken off after 0.3 seconds") for name in ("a", "c")
    ]


@pytest.mark.parametrize(("source", "words"), ESCAPES.values(), ids=ESCAPES)
def test_one_that_would_end_the_run_is_named(nianbao_process: Run, tmp_path: Path, source: str, words: str) -> None:
    """Whatever it raises, it ends itself and nothing else."""
    done = nianbao_process("check", REPORT, "--format", "json", "--lang", "en", PYTHONPATH=installed(tmp_path, source))

    assert (done.returncode, done.stderr) == (
        ExitCode.CLEAN,
        f"nianbao: plugin 'broken' is broken and gives nothing: {words}\n",
    )
    assert json.loads(done.stdout)["summary"]["reports"] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals here are those of POSIX")
def test_an_interrupt_by_the_user_ends_the_run(repo: Path, tmp_path: Path) -> None:
    """Also while a plugin is loaded: it is the user's word, and not the plugin's."""
    source = "import os, time\nos.write(2, b'loading\\n')\ntime.sleep(1e6)\n"
    with subprocess.Popen(
        [sys.executable, "-m", "nianbao", "check", REPORT],
        cwd=repo,
        env={**os.environ, "PYTHONPATH": installed(tmp_path, source), "NIANBAO_PLUGIN_SECONDS": "600"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "loading\n"
        process.send_signal(signal.SIGINT)
        try:
            out, errors = process.communicate(timeout=120)
        finally:
            process.kill()

    assert (process.returncode, out, errors.strip()) == (ExitCode.INTERRUPTED, "", "")


def test_what_one_prints_is_no_output(nianbao_process: Run, tmp_path: Path) -> None:
    """Neither at import nor in its hooks: whoever reads standard output reads what nianbao says."""
    source = (
        "print('at import')\n" + HEAD + "@hookimpl\ndef nianbao_readers():\n    print('in a hook')\n    return []\n"
    )

    done = nianbao_process("check", REPORT, "--format", "json", PYTHONPATH=installed(tmp_path, source))

    assert json.loads(done.stdout)["summary"]["reports"] == 1
    assert (done.returncode, done.stderr) == (ExitCode.CLEAN, "at import\nin a hook\n")


READER = """\
@hookimpl
def nianbao_readers():
    def bad(raw):
        raise KeyboardInterrupt('mine')
    return [Reader('own', {recognises}, {read}, ('.txt',))]
"""


@pytest.mark.parametrize(
    ("recognises", "read"), [("bad", "bad"), ("lambda raw: True", "bad")], ids=["recognises", "reads"]
)
def test_a_reader_that_would_end_the_run_is_named(
    nianbao_process: Run, tmp_path: Path, recognises: str, read: str
) -> None:
    """With the input that it was asked to read."""
    source = HEAD + READER.format(recognises=recognises, read=read)

    done = nianbao_process("check", REPORT, "--format", "json", "--lang", "en", PYTHONPATH=installed(tmp_path, source))
    problem = json.loads(done.stdout)["reports"][0]["problems"][0]

    assert (done.returncode, problem["code"]) == (ExitCode.UNREADABLE, "reader-crashed")
    assert "of plugin broken failed in itself (KeyboardInterrupt: mine)" in problem["message"]


def test_an_output_that_would_end_the_run_is_named(nianbao_process: Run, tmp_path: Path) -> None:
    """As one that fails."""
    source = (
        HEAD + "import sys\n@hookimpl\ndef nianbao_outputs():\n    return [Output('own', lambda *a: sys.exit(0))]\n"
    )

    done = nianbao_process("check", REPORT, "--format", "own", "--lang", "en", PYTHONPATH=installed(tmp_path, source))

    assert (done.returncode, done.stderr) == (
        ExitCode.USAGE,
        "nianbao: output 'own' of plugin 'broken' failed in itself (SystemExit: 0)\n",
    )


KIND = """\
@hookimpl
def nianbao_kinds():
    def compile(rule, form):
        {body}
    return [Kind('own', {{'own': {{}}}}, compile)]
"""


@pytest.mark.parametrize(
    ("body", "words"),
    [("raise SystemExit(0)", "SystemExit: 0"), ("while True: pass", "timed out: broken off after 5 seconds")],
    ids=["exit", "loop"],
)
def test_a_kind_that_would_end_the_run_is_named(nianbao_process: Run, tmp_path: Path, body: str, words: str) -> None:
    """With the rule that it was to compile."""
    rules = tmp_path / "rules.yaml"
    rules.write_text(CHECK.replace("check: own", "own: 1"), encoding="utf-8")
    source = HEAD + KIND.format(body=body)

    done = nianbao_process(
        "check", REPORT, "--pack", rules, "--lang", "en", PYTHONPATH=installed(tmp_path, source), NIANBAO_CACHE=""
    )

    assert done.returncode == ExitCode.USAGE
    assert done.stderr == f"nianbao: {rules}:1: Z001: kind 'own' of plugin 'broken' failed in itself ({words})\n"


def test_a_check_that_would_end_the_run_is_named(nianbao_process: Run, tmp_path: Path) -> None:
    """As any rule that fails in itself."""
    rules = tmp_path / "rules.yaml"
    rules.write_text(CHECK, encoding="utf-8")
    source = HEAD + "import sys\n" + HOOK + "return {'own': lambda: sys.exit(1)}\n"

    done = nianbao_process(
        *("check", REPORT, "--pack", rules, "--format", "json", "--lang", "en"), PYTHONPATH=installed(tmp_path, source)
    )

    assert done.returncode == ExitCode.USAGE
    assert [one["message"] for one in json.loads(done.stdout)["reports"][0]["problems"]] == [
        "rule Z001 failed in itself (SystemExit: 1); the others ran"
    ]
