"""The repository's own environment, ``.venv``: made when missing, installed again when ``pyproject.toml`` changes.

Needs nothing but Python itself, so that a fresh clone can run it.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
_STAMP = VENV / "nianbao.stamp"
_STRANGERS = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")


def ensure(*, tools: bool) -> None:
    """Make sure that ``.venv`` holds the project as it stands, with the development tools where ``tools`` is true.

    Raises:
        SystemExit: the environment cannot be made; the reason has been printed.
    """
    wanted = {"source": _digest(), "tools": tools}
    works = _works()
    found = _stamp() if works else {}
    if found.get("source") == wanted["source"] and (found.get("tools") or not tools):
        return
    if not works:
        print("making .venv", flush=True)
        _must([sys.executable, "-m", "venv", "--clear", str(VENV)], "on Debian and Ubuntu, install python3-venv first")
    print("installing nianbao" + (" and its development tools" if tools else ""), flush=True)
    target = f"{ROOT}[dev]" if tools else str(ROOT)
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", target]
    _must(install, "pip needs PyPI or a mirror of it (see `pip config set global.index-url`)")
    run("-m", "compileall", "-q", "linter")  # where Python is told not to keep byte code, each start would compile anew
    _STAMP.write_text(json.dumps(wanted), encoding="utf-8")


def run(*arguments: str, **variables: str) -> int:
    """Run the environment's Python at the root of the repository and return its exit code."""
    command = [str(PYTHON), *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean(**variables), stdin=subprocess.DEVNULL, check=False).returncode


def clean(**variables: str) -> dict[str, str]:
    """Return the process environment without what belongs to another Python, in UTF-8, with ``variables`` added."""
    kept = {name: value for name, value in os.environ.items() if name not in _STRANGERS}
    return {**kept, "PYTHONUTF8": "1", "PIP_NO_INPUT": "1", **variables}


def _digest() -> str:
    """What the installation depends on: the project's metadata, and where it stands."""
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + os.fsencode(ROOT)).hexdigest()


def _stamp() -> dict[str, object]:
    try:
        found = json.loads(_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _works() -> bool:
    """Whether the environment's Python starts and is new enough."""
    probe = [str(PYTHON), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    try:
        return subprocess.run(probe, env=clean(), capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _must(command: list[str], hint: str) -> None:
    done = subprocess.run(command, cwd=ROOT, env=clean(), stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise SystemExit(f"failed: {' '.join(command)}\n{hint}")


if __name__ == "__main__":
    ensure(tools=True)
    sys.exit(run(*sys.argv[1:]))
