"""Measure one checkout in a process of its own, by the names that every version has: ``run.py --against`` asks.

Each line of standard input is a job as JSON: what to do, the file to do it with, and how often. The answer is a line
with the seconds of the processor that one time took.
"""

from __future__ import annotations

import json
import sys
import time
from functools import cache
from typing import TYPE_CHECKING

import nianbao

if TYPE_CHECKING:
    from collections.abc import Callable


def read(path: str) -> None:
    """Read a report."""
    nianbao.read(path)


def check(path: str) -> None:
    """Read a report and judge it, with explanations."""
    nianbao.check(nianbao.read(path))


def judge(path: str) -> None:
    """Judge a report that was read before by all rules, with explanations."""
    nianbao.check(read_before(path))


read_before = cache(nianbao.read)
JOBS: dict[str, Callable[[str], None]] = {"read": read, "check": check, "judge": judge}


def main() -> None:
    """Do the jobs."""
    for line in sys.stdin:
        name, path, times = json.loads(line)
        start = time.process_time()
        for _time in range(times):
            JOBS[name](path)
        print((time.process_time() - start) / times, flush=True)


if __name__ == "__main__":
    main()
