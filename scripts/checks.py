"""Run every check of the repository and say which failed; with arguments, run pytest alone with them."""

from __future__ import annotations

import sys
import time

import environment

CHECKS = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"),
    "coverage: erase": ("-m", "coverage", "erase"),
    "pytest": ("-m", "coverage", "run", "-m", "pytest", "-n", "auto"),
    "coverage: combine": ("-m", "coverage", "combine", "--quiet"),
    "coverage": ("-m", "coverage", "report"),
}


def main(arguments: list[str]) -> int:
    """Run the checks; 0 when all passed."""
    environment.ensure(tools=True)
    if arguments:
        return environment.run("-m", "pytest", *arguments)
    results = {name: _timed(name, command) for name, command in CHECKS.items()}
    print("\nSummary")
    for name, (code, seconds) in results.items():
        print(f"  {'failed' if code else 'ok':<6}  {name:<18} {seconds:6.1f} s")
    return int(any(code for code, _ in results.values()))


def _timed(name: str, command: tuple[str, ...]) -> tuple[int, float]:
    print(f"\n== {name}", flush=True)
    start = time.perf_counter()
    code = environment.run(*command)
    return code, time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
