"""Reads the inputs of a run: files and folders, with the reports in them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from nianbao.containers import limits
from nianbao.errors import InputError
from nianbao.inputs.folders import Input, inputs_in, no_reports
from nianbao.inputs.opening import Opener, Skipped
from nianbao.inputs.passing_over import corrected_by_name, passed_over
from nianbao.messages import Text
from nianbao.model.address import is_address
from nianbao.model.problem import Problem
from nianbao.model.report import PackedReport, Report, head_of
from nianbao.readers import STDIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nianbao.inputs.opening import ReadContext
    from nianbao.model.report import KeptReport

_SEVERAL = Text(
    "里面有 {count} 份文件像年报（{names}）；请只给出其中一份",
    "holds {count} files that look like a report ({names}): give one of them",
)
_INSIDE = Text("{name}：{reason}", "{name}: {reason}")
_MAX_REPORTS_NAMED = 3
_MAX_UNPACKED_REPORTS = 64


class Gathered(NamedTuple):
    """The result of reading: reports and problems in order, and skipped files (not reports, or of formats not read).

    If there are many reports, all but the first ones are packed. ``corrected`` are the paths of those that are
    corrected copies of others.
    """

    inputs: tuple[KeptReport | Problem, ...]
    skipped: tuple[str, ...]
    corrected: frozenset[str] = frozenset()

    @property
    def reports(self) -> tuple[KeptReport, ...]:
        """The reports."""
        return tuple(item for item in self.inputs if not isinstance(item, Problem))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The inputs that could not be read."""
        return tuple(item for item in self.inputs if isinstance(item, Problem))


def gather(
    paths: Iterable[str],
    reading: ReadContext,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Gathered:
    """Read all inputs that paths name; an input that cannot be read is a problem of its own and stops nothing else.

    Args:
        paths: Files, folders, addresses, and ``-`` for standard input; files may be archives.
        reading: How they are read.
        progress: Called with the number of inputs that are done, and the number of all.
    """
    paths = tuple(paths)
    wanted = [item for path in paths for item in _inputs(path, reading)]
    opener = Opener(reading, [item.path for item in wanted if isinstance(item, Input)])
    gathered: list[KeptReport | Problem] = []
    skipped: list[str] = []
    fruitful: set[str | None] = set()
    for number, source in enumerate(wanted, 1):
        folder = source.folder if isinstance(source, Input) else None
        for outcome in _outcomes(source, opener, only_reports=reading.options.only_reports):
            if isinstance(outcome, Skipped):
                skipped.append(outcome.name)
            else:
                gathered.append(_kept(outcome, len(gathered)))
                fruitful.add(folder)
        if progress is not None:
            progress(number, len(wanted))
    reports = [item for item in gathered if not isinstance(item, Problem)]
    names = [head_of(report).name for report in reports]
    corrected = passed_over(opener.corrected, reports) | corrected_by_name(names)
    named = frozenset(() if reading.options.only_reports else paths)
    over = corrected - named
    if over:
        gathered = [item for item in gathered if isinstance(item, Problem) or head_of(item).name not in over]
        skipped += sorted(over)
    folders = dict.fromkeys(item.folder for item in wanted if isinstance(item, Input))
    empty = (no_reports(folder, reading.endings) for folder in folders if folder is not None and folder not in fruitful)
    return Gathered((*(_dated(item, opener) for item in gathered), *empty), tuple(skipped), frozenset(corrected))


def _kept(item: Report | Problem, before: int) -> KeptReport | Problem:
    return PackedReport.of(item) if isinstance(item, Report) and before >= _MAX_UNPACKED_REPORTS else item


def _dated(item: KeptReport | Problem, opener: Opener) -> KeptReport | Problem:
    if isinstance(item, PackedReport):
        return item._replace(head=opener.dated(item.head))
    return item if isinstance(item, Problem) else opener.dated(item)


def read_one(path: str, reading: ReadContext, *, exact: bool = False) -> Report:
    """Read the only report of a file, an address or standard input.

    Args:
        path: The file or address, or ``-``.
        reading: How it is read.
        exact: Whether places are made exact at once; in a page, this takes a second pass over its source.

    Raises:
        InputError: it cannot be read, or contains no report, or several.
    """
    if _is_folder(path):
        raise InputError("cannot-open", limits.DIRECTORY)
    opener = Opener(reading, exact=exact)
    items = [item for item in opener.open(path) if not isinstance(item, Skipped)]
    first = items[0] if items else no_reports(path, reading.endings)
    if len(items) > 1:
        names = "、".join(item.path if isinstance(item, Problem) else item.name for item in items[:_MAX_REPORTS_NAMED])
        raise InputError("several-reports", _SEVERAL.format(count=len(items), names=names))
    if isinstance(first, Problem):
        inside = first.path != path
        raise InputError(first.code, _INSIDE.format(name=first.path, reason=first.text) if inside else first.text)
    return opener.dated(first)


def _inputs(path: str, reading: ReadContext) -> Iterator[Input | Problem]:
    if _is_folder(path):
        yield from inputs_in(path, reading.endings)
    else:
        yield Input(path)


def _is_folder(path: str) -> bool:
    return path != STDIN and not is_address(path) and os.path.isdir(path)  # noqa: PTH112 - takes any name, however long


def _outcomes(item: Input | Problem, opener: Opener, *, only_reports: bool) -> Iterator[Report | Problem | Skipped]:
    if isinstance(item, Problem):
        yield item
    elif not item.read:
        yield Skipped(item.path)
    else:
        yield from opener.open(item.path, loose=only_reports or item.folder is not None)
