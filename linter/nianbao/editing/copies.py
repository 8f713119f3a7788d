"""Copies with notes of the reports of a run, in a folder; nothing that is there is written over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nianbao.editing import EDITORS, editor_for
from nianbao.editing.noting import notes_for
from nianbao.errors import InputError, UsageError, unwritable
from nianbao.files.atomic import whole
from nianbao.messages import Text
from nianbao.model.address import is_address
from nianbao.model.problem import Problem
from nianbao.readers import READERS, STDIN
from nianbao.readers.originals import original

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


class Copies(NamedTuple):
    """The copies that were written, and why others were not."""

    written: tuple[str, ...]
    problems: tuple[Problem, ...]


def refuse_inside(folder: str, paths: Iterable[str]) -> None:
    """Refuse a folder for copies that is, or lies in, a folder that is checked.

    Raises:
        UsageError: it is or does.
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


def write_copies(
    voice: Voice,
    reports: Sequence[Checked],
    *,
    folder: str,
    paths: Sequence[str],
    readers: Sequence[Reader] = READERS,
    editors: Sequence[Editor] = EDITORS,
) -> Copies:
    """Write a copy with notes of each report of a run in which something was found.

    Args:
        voice: The language of the notes.
        reports: The reports.
        folder: The folder, which is made if it is not there.
        paths: The files and folders that were checked: below a folder, copies are where the reports are.
        readers: The readers that are asked what a file is.
        editors: The editors, one for each format that is written.

    Raises:
        UsageError: the folder cannot be written into.
    """
    sources = {os.path.realpath(one.path) for one in reports}
    written, problems = [], []
    for checked in reports:
        try:
            made = annotated(voice, checked, readers=readers, editors=editors)
        except InputError as error:
            problems.append(Problem(checked.path, error.code, error.text))
        else:
            if made is not None:
                target = Path(folder) / _name(checked.path, paths)
                written.append(write_new(made, target, avoiding=sources))
    return Copies(tuple(written), tuple(problems))


def annotated(
    voice: Voice, checked: Checked, *, readers: Sequence[Reader] = READERS, editors: Sequence[Editor] = EDITORS
) -> bytes | None:
    """Return the bytes of a report's copy with notes; ``None`` where there is nothing to say.

    Args:
        voice: The language of the notes.
        checked: The report and what was found in it.
        readers: The readers that are asked what its file is.
        editors: The editors, one for each format that is written.

    Raises:
        InputError: its file cannot be had, or not be written.
    """
    report = checked.report
    notes = () if report is None else notes_for(voice, checked)
    if report is None or not notes:
        return None
    source = original(report.name, sha256=report.sha256)
    editor = editor_for(source, readers=readers, editors=editors)
    if editor.annotate is None:
        raise InputError("no-notes", _NO_NOTES)
    return editor.annotate(source, notes_for(voice, checked, as_data=True) if editor.format == "report" else notes)


def write_new(data: bytes, target: Path, *, avoiding: Iterable[str] = ()) -> str:
    """Write a file as a whole and return its path: under its name, else with a number, where that is taken.

    Args:
        data: What is written.
        target: The path that is wanted.
        avoiding: Real paths of files beside which the copy gets a name that says what it is.

    Raises:
        UsageError: it cannot be written.
    """
    if os.path.realpath(target) in set(avoiding):
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
    """Write a file that is put in place only when all of it has been written."""
    with whole(file) as stream:
        stream.write(data)


def _name(path: str, paths: Sequence[str]) -> Path:
    """Return the name of a report's copy: below a folder that was checked, with the folders on the way to it."""
    for one in paths:
        if Path(one).is_dir() and Path(path).is_relative_to(one):
            return Path(path).relative_to(one)
    return Path(Path(path).name)
