"""Looks for reports of the year before beside the files of a run: in their folders and in neighbouring ones."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.inputs.folders import ending
from nianbao.inputs.opening import Opener
from nianbao.inputs.passing_over import is_lock_file
from nianbao.model.report import PackedReport, Report, head_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from nianbao.inputs.opening import ReadContext
    from nianbao.model.report import KeptReport

_OFFICE = "office"  # its files take another program
_MAX_BYTES = 8 * 2**20
_MAX_NAMES = 1000
_MAX_READ_EACH, _MAX_READ_FURTHER, _MAX_READ = 8, 2, 100
_SECONDS = 20.0
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_DIGITS = re.compile(r"[\d〇零一二三四五六七八九十]+")


class BesideFinder:
    """Finds reports of the year before; it reads a bounded number of small files, each once.

    Args:
        reading: How files are read.
        known: The files of the run itself, which are not read again.
        fits: Whether a report is that of the year before of another one.
        clock: Returns the time in seconds.

    Attributes:
        found: The reports found, by path, packed.
    """

    def __init__(
        self,
        reading: ReadContext,
        known: Iterable[str],
        *,
        fits: Callable[[Report, Report], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        readers = [reader for reader in reading.readers if reader.format != _OFFICE]
        self._endings = frozenset(suffix for reader in readers for suffix in reader.suffixes)
        self._opener = Opener(reading._replace(readers=readers))
        self._known = {os.path.realpath(path) for path in known}
        self._fits = fits
        self._clock, self._until = clock, clock() + _SECONDS
        self._read: dict[str, tuple[Report, ...]] = {}
        self.found: dict[str, KeptReport] = {}

    @property
    def seen(self) -> tuple[str, ...]:
        """The files that were read."""
        return tuple(self._read)

    def look_for(self, report: Report) -> None:
        """Look for the report of the year before of one whose source is a file; what is found is added to ``found``."""
        if report.year is None or report.issuer is None or not os.path.isfile(report.name):  # noqa: PTH113 - any name
            return
        most = _MAX_READ_EACH
        for number, path in enumerate(_likely_first(report, self._candidates(report))):
            if number >= most or (path not in self._read and not self._may_read):
                break
            fitting = [other for other in self._reports(path) if self._fits(other, report)]
            self.found.update((other.name, PackedReport.of(other)) for other in fitting)
            if fitting:  # the same may lie beside it in another format, or in another version
                most = min(most, number + 1 + _MAX_READ_FURTHER)

    @property
    def _may_read(self) -> bool:
        return len(self._read) < _MAX_READ and self._clock() < self._until

    def _reports(self, path: str) -> tuple[Report, ...]:
        if path not in self._read:
            outcomes = self._opener.open(path, loose=True)
            self._read[path] = tuple(outcome for outcome in outcomes if isinstance(outcome, Report))
        return self._read[path]

    def _candidates(self, report: Report) -> Iterator[str]:
        """Give the files in the folder of a report, and in neighbouring folders named for the year before."""
        folder = Path(report.name).parent
        own = folder.resolve()
        before = str((report.year or 0) - 1)
        yield from self._files(folder)
        for neighbour in _entries(own.parent):
            if before in neighbour.name and neighbour.name != own.name and neighbour.is_dir():
                yield from self._files(Path(neighbour.path if folder.is_absolute() else os.path.relpath(neighbour)))

    def _files(self, folder: Path) -> Iterator[str]:
        for entry in _entries(folder):
            path = str(folder / entry.name)
            is_likely = ending(entry.name) in self._endings and not is_lock_file(path) and _is_small(entry)
            if is_likely and os.path.realpath(path) not in self._known:
                yield path


def find_beside(
    reports: Sequence[KeptReport], reading: ReadContext, *, fits: Callable[[Report, Report], bool]
) -> tuple[KeptReport, ...]:
    """Return reports of the year before that lie beside the files of those whose year before is not among the others.

    Args:
        reports: The reports of a run.
        reading: How files are read.
        fits: Whether a report is that of the year before of another one.
    """
    heads = list(map(head_of, reports))
    finder = BesideFinder(reading, [head.name for head in heads], fits=fits)
    by_year: dict[int | None, list[Report]] = {}
    for head in heads:
        by_year.setdefault(head.year, []).append(head)
    for head in heads:
        if head.year is not None and not any(fits(other, head) for other in by_year.get(head.year - 1, ())):
            finder.look_for(head)
    return tuple(finder.found.values())


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return the entries of a folder that are not hidden; none if it cannot be listed, or holds very many."""
    try:
        with os.scandir(folder) as entries:
            named = [entry for entry, _number in zip(entries, range(_MAX_NAMES), strict=False)]
    except OSError:
        return []
    return sorted((entry for entry in named if not entry.name.startswith(".")), key=lambda entry: entry.name)


def _is_small(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file() and entry.stat().st_size <= _MAX_BYTES
    except OSError:
        return False


def _likely_first(report: Report, paths: Iterable[str]) -> list[str]:
    """Order paths: those that name the year before, then those that name no year; the most similar names first."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only where reports are looked for

    before = str((report.year or 0) - 1)
    own = _DIGITS.sub("", os.path.basename(report.name))  # noqa: PTH119 - of a name

    def rank(path: str) -> tuple[int, float, str]:
        name = os.path.basename(path)  # noqa: PTH119 - of a name
        years = _YEAR.findall(name) or _YEAR.findall(os.path.basename(os.path.dirname(path)))  # noqa: PTH119, PTH120
        return 0 if before in years else 2 if years else 1, -ratio(own, _DIGITS.sub("", name)), path

    return sorted(paths, key=rank)
