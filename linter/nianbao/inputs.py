"""Which files a run is given: paths as they are, and folders as the reports in them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.finding import Problem
from nianbao.readers.builtin import READERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nianbao.model.report import Report

STDIN = "-"
NOT_A_REPORT = "not-a-report"
ENDINGS = frozenset(ending for reader in READERS for ending in reader.suffixes)
_OTHER_ENDINGS = frozenset((".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ofd", ".zip"))
_MAX_FILES = 100_000
_NO_FILES = Text(
    "文件夹里没有可以检查的年报（{endings}）；请检查路径",
    "the folder holds no report to check ({endings}): check the path",
)
_TOO_MANY = Text(
    "文件夹里超过 {limit} 个文件；请分批检查", "the folder holds more than {limit} files: check them in parts"
)


class Input(NamedTuple):
    """A file; ``folder`` is the folder it was found in, where it was not named itself, ``read`` whether it is read."""

    path: str
    folder: str | None = None
    read: bool = True


class Gathered(NamedTuple):
    """What reading gave: reports and problems in order, and files passed over (no reports, or not read so far)."""

    inputs: tuple[Report | Problem, ...]
    skipped: tuple[str, ...]


def gather(
    paths: Iterable[str],
    read: Callable[[str], Report],
    *,
    only_reports: bool = False,
    endings: frozenset[str] = ENDINGS,
    progress: Callable[[int, int], None] | None = None,
) -> Gathered:
    """Read what paths mean.

    Args:
        paths: Files, folders, and ``-`` for standard input.
        read: Reads one file; raises InputError.
        only_reports: Whether files that are no reports are passed over also where they were named; in folders they are.
        endings: Endings of the files in a folder that are read.
        progress: Told how many inputs are done, of how many.
    """
    wanted = list(_inputs(paths, endings))
    found: list[Report | Problem] = []
    skipped: list[str] = []
    fruitful: set[str | None] = set()
    for number, one in enumerate(wanted, 1):
        if isinstance(one, Input) and not one.read:
            skipped.append(one.path)
            continue
        result = one if isinstance(one, Problem) else _read(one.path, read)
        other = isinstance(result, Problem) and result.code == NOT_A_REPORT
        if other and isinstance(one, Input) and (only_reports or one.folder is not None):
            skipped.append(one.path)
        else:
            found.append(result)
            fruitful.add(one.folder if isinstance(one, Input) else None)
        if progress is not None:
            progress(number, len(wanted))
    folders = dict.fromkeys(one.folder for one in wanted if isinstance(one, Input))
    empty = (_no_reports(folder, endings) for folder in folders if folder is not None and folder not in fruitful)
    return Gathered((*found, *empty), tuple(skipped))


def _read(path: str, read: Callable[[str], Report]) -> Report | Problem:
    try:
        return read(path)
    except InputError as error:
        return Problem(path, error.code, error.text)


def _inputs(paths: Iterable[str], endings: frozenset[str]) -> Iterator[Input | Problem]:
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            yield Input(path)
            continue
        found = sorted(_files_in(path, endings))[: _MAX_FILES + 1]
        if not found:
            yield _no_reports(path, endings)
        elif len(found) > _MAX_FILES:
            yield Problem(path, "too-many-files", _TOO_MANY.format(limit=_MAX_FILES))
        else:
            yield from (Input(file, path, read=_ending(file) in endings) for file in found)


def _no_reports(folder: str, endings: frozenset[str]) -> Problem:
    return Problem(folder, "no-reports", _NO_FILES.format(endings=" ".join(sorted(endings))))


def _files_in(folder: str, endings: frozenset[str]) -> Iterator[str]:
    """Give the files in a folder and below it that may be reports, by their endings, without hidden ones."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if not name.startswith(".") and _ending(name) in endings | _OTHER_ENDINGS:
                yield os.path.join(place, name)  # noqa: PTH118 - keeps the path as the user began it


def _ending(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - of a name
