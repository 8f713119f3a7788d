"""Writes annotated copies of the reports of a run into a folder; existing files are never overwritten."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nianbao.editing import EDITORS, editor_for
from nianbao.editing.marking import marked
from nianbao.editing.noting import notes_for
from nianbao.errors import InputError, UsageError, unwritable
from nianbao.files.atomic import whole
from nianbao.messages import Text
from nianbao.model.address import is_address
from nianbao.model.own_work import ANNOTATED_COPY, OwnWork
from nianbao.model.problem import Problem
from nianbao.readers import READERS, STDIN
from nianbao.readers.originals import original

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Sequence

    from nianbao.editing.editor import Editor
    from nianbao.model.result import Checked
    from nianbao.readers import Reader
    from nianbao.voice import Voice

_MAX_NAMES_TRIED = 1000
_MARK = ".nianbao"
_NO_NOTES = Text(
    "文本里没有地方写批注（写进去就会被当成正文）；请用 --format html 看结果，或改用 Word 文件",
    "is a text, where notes would be read as part of it: use --format html, or the Word file",
)
_INSIDE = Text(
    "放副本的文件夹“{folder}”在要检查的文件夹里，下次副本也会被检查；请换一个",
    "the folder for copies, {folder!r}, lies in a folder that is checked, where the copies would be checked too: "
    "choose another",
)


class CopyOptions(NamedTuple):
    """How copies are made.

    ``readers`` recognise the format of a file, ``editors`` are those of formats that are written, and ``day`` is the
    day of the run, for formats whose notes have a date.
    """

    readers: Sequence[Reader] = READERS
    editors: Sequence[Editor] = EDITORS
    day: dt.date | None = None


_USUAL = CopyOptions()


def refuse_inside(folder: str, paths: Iterable[str]) -> None:
    """Refuse a folder for copies that is a checked folder, or is inside one.

    Raises:
        UsageError: it is.
    """
    wanted = Path(folder).resolve()
    for path in paths:
        if (
            not is_address(path)
            and path != STDIN
            and Path(path).is_dir()
            and wanted.is_relative_to(Path(path).resolve())
        ):
            raise UsageError(_INSIDE.format(folder=folder))


class CopyWriter:
    """Writes an annotated copy of each report with findings, report by report.

    Args:
        voice: The language of the notes.
        folder: The folder for copies; it is created with the first copy.
        paths: The files and folders that are checked; copies have the same subfolders as the reports.
        sources: The paths of all reports of the run, which are never overwritten.
        options: How copies are made.

    Attributes:
        written: The paths of the copies.
        problems: The reasons why reports with findings have no copy.
    """

    def __init__(
        self,
        voice: Voice,
        folder: str,
        *,
        paths: Sequence[str],
        sources: Iterable[str],
        options: CopyOptions = _USUAL,
    ) -> None:
        self._voice, self._folder, self._paths = voice, Path(folder), paths
        self._options = options
        self._sources = frozenset(map(os.path.realpath, sources))
        self.written: list[str] = []
        self.problems: list[Problem] = []

    def add(self, checked: Checked) -> None:
        """Write the copy of a report, if there are notes for it.

        Raises:
            UsageError: the folder cannot be written into.
        """
        try:
            copy = annotated(self._voice, checked, options=self._options)
        except InputError as error:
            self.problems.append(Problem(checked.path, error.code, error.message))
            return
        if copy is not None:
            target = self._folder / _name(checked.path, self._paths)
            self.written.append(write_new(copy, target, avoiding=self._sources))


def annotated(voice: Voice, checked: Checked, *, options: CopyOptions = _USUAL) -> bytes | None:
    """Return the bytes of a report's annotated copy; ``None`` if there are no notes.

    Args:
        voice: The language of the notes.
        checked: The report and its findings.
        options: How copies are made.

    Raises:
        InputError: its file cannot be read again, or its format is not written.
    """
    report = checked.report
    notes = () if report is None else notes_for(voice, checked, day=options.day)
    if report is None or not notes:
        return None
    source = original(report.name, sha256=report.sha256)
    editor = editor_for(source, readers=options.readers, editors=options.editors)
    if editor.annotate is None:
        raise InputError("no-notes", _NO_NOTES)
    copy = editor.annotate(source, notes_for(voice, checked, as_data=True) if editor.format == "report" else notes)
    return marked(copy, OwnWork(ANNOTATED_COPY), form=editor.format)


def write_new(data: bytes, target: Path, *, avoiding: Collection[str] = ()) -> str:
    """Write a file as a whole and return its path: the name gets a number if it exists already.

    Args:
        data: The content.
        target: The wanted path.
        avoiding: Real paths of files; a copy beside one of them gets a name that shows that it is a copy.

    Raises:
        UsageError: it cannot be written.
    """
    if os.path.realpath(target) in avoiding:
        target = target.with_name(f"{target.stem}{_MARK}{target.suffix}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for number in range(1, _MAX_NAMES_TRIED + 1):
            file = target if number == 1 else target.with_name(f"{target.stem}-{number}{target.suffix}")
            if file.is_file() and file.read_bytes() == data:
                return str(file)
            if not os.path.lexists(file):
                write_whole(data, file)
                return str(file)
        raise FileExistsError(str(target))
    except OSError as error:
        raise unwritable(str(target), error) from error


def write_whole(data: bytes, file: Path) -> None:
    """Write a file that appears at its path only when all of it has been written."""
    with whole(file) as stream:
        stream.write(data)


def _name(path: str, paths: Sequence[str]) -> Path:
    """Return the name of a report's copy, with its subfolders below the checked folder."""
    for folder in paths:
        if Path(folder).is_dir() and Path(path).is_relative_to(folder):
            return Path(path).relative_to(folder)
    return Path(Path(path).name)
