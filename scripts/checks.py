"""Run the checks of the repository and say which failed, and which tests were left out.

Without arguments, what a person waits for; with ``--all``, the tests that take long too. Any other arguments are those
of pytest, which is run alone with them.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

import environment

EVERYTHING = "--all"
TESTS = "pytest"
CHECKS = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"),
    "coverage: erase": ("-m", "coverage", "erase"),
    TESTS: ("-m", "coverage", "run", "-m", "pytest", "-n", "auto"),
    "coverage: combine": ("-m", "coverage", "combine", "--quiet"),
    "coverage": ("-m", "coverage", "report"),
}


def main(arguments: list[str]) -> int:
    """Run the checks; 0 when all passed."""
    environment.ensure(tools=True)
    if arguments not in ([], [EVERYTHING]):
        return environment.run("-m", "pytest", *arguments)
    with tempfile.TemporaryDirectory() as folder:
        left_out = Path(folder, "left-out.json")
        checks = {**CHECKS, TESTS: (*CHECKS[TESTS], *arguments)}
        results = {name: _timed(name, command, left_out=left_out) for name, command in checks.items()}
        print("\nSummary")
        for name, (code, seconds) in results.items():
            print(f"  {'failed' if code else 'ok':<6}  {name:<18} {seconds:6.1f} s")
        print("\nTests left out")
        for line in _lines(left_out):
            print(f"  {line}")
    return int(any(code for code, _ in results.values()))


def _timed(name: str, command: tuple[str, ...], *, left_out: Path) -> tuple[int, float]:
    print(f"\n== {name}", flush=True)
    start = time.perf_counter()
    code = environment.run(*command, NIANBAO_LEFT_OUT=os.fspath(left_out))
    return code, time.perf_counter() - start


def _lines(left_out: Path) -> list[str]:
    """Return what the tests have told of those that were left out."""
    try:
        lines: list[str] = json.loads(left_out.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ["unknown: the tests did not come to their end"]
    return lines or ["none"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
