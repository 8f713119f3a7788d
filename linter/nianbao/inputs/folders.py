"""The files of a folder that may be reports."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from nianbao.containers import limits
from nianbao.inputs.passing_over import is_lock_file
from nianbao.messages import Text
from nianbao.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ARCHIVES = frozenset((".zip",))
DOCUMENTS = frozenset((".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ofd"))
OTHER_ENDINGS = DOCUMENTS | {".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff"}  # reported if no reader reads them
_MAX_FILES = 100_000
_TOO_MANY = Text(
    "文件夹里超过 {limit} 个文件；请分批检查", "the folder holds more than {limit} files: check them in parts"
)
_NO_FILES = Text(
    "里面没有可以检查的年报（{endings}）；请检查是否选对", "holds no report to check ({endings}): is it the right one?"
)


class Input(NamedTuple):
    """A file to read; ``folder`` is the folder that was searched for it, if any; ``read``: a reader reads it."""

    path: str
    folder: str | None = None
    read: bool = True


def inputs_in(folder: str, endings: Collection[str]) -> Iterator[Input | Problem]:
    """Give the files in a folder and its subfolders that may be reports, by their endings, without hidden ones.

    Args:
        folder: The folder.
        endings: Endings of the files that are read; files with other usual endings of reports are marked as not read.
    """
    closed: list[Problem] = []
    files = sorted(islice(_files_in(folder, endings, closed), _MAX_FILES + 1))
    yield from closed
    if len(files) > _MAX_FILES:
        yield Problem(folder, "too-many-files", _TOO_MANY.format(limit=_MAX_FILES))
    elif files:
        yield from (Input(file, folder, read=ending(file) in endings) for file in files)
    elif not closed:
        yield no_reports(folder, endings)


def no_reports(place: str, endings: Collection[str]) -> Problem:
    """Return the problem that a folder or an archive contains no report."""
    return Problem(place, "no-reports", _NO_FILES.format(endings=" ".join(sorted(endings))))


def ending(name: str) -> str:
    """Return the ending of a file's name, in lower case."""
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - of a name


def _files_in(folder: str, endings: Collection[str], closed: list[Problem]) -> Iterator[str]:
    """Give the files that may be reports; folders that cannot be listed are added to ``closed``."""

    def shut(error: OSError) -> None:
        reason = error.strerror or type(error).__name__
        closed.append(Problem(str(error.filename), "cannot-open", limits.CANNOT_OPEN.format(reason=reason)))

    for place, folders, files in os.walk(folder, onerror=shut):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            may_be = not name.startswith(".") and (ending(name) in endings or ending(name) in OTHER_ENDINGS)
            if may_be or is_lock_file(name):
                yield os.path.join(place, name)  # noqa: PTH118 - the path begins as the user wrote it
