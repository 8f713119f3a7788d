"""Files beside reports that are none: lock files of office programs, and what nianbao itself has written."""

from __future__ import annotations

import hashlib
import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.own_work import ANNOTATED_COPY, CORRECTED_COPY, RESULT_PAGE, find_mark
from nianbao.model.report import head_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.model.own_work import OwnWork, WorkKind
    from nianbao.model.report import KeptReport
    from nianbao.readers.source import Source

_PROPERTIES = "docprops/app.xml"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_MAX_PROPERTIES_BYTES = 2**20
_MAX_SIBLINGS = 50
_FIXED = ".fixed"
LOCK_FILE = Text(
    "是办公软件打开文件时留下的锁文件，不是年报；请检查文件本身",
    "is a lock file that an office program leaves while a file is open, not a report: check the file itself",
)
_RESULT_PAGE = Text(
    "是 nianbao 写的结果网页，不是年报；请检查年报本身",
    "is a page of results that nianbao wrote, not a report: check the report itself",
)
_SAYS: dict[WorkKind, Text] = {
    ANNOTATED_COPY: Text(
        "这是 nianbao 写的带批注的副本；要交的是年报本身",
        "this is a copy with notes that nianbao wrote; the report itself is what counts",
    ),
    CORRECTED_COPY: Text("这是 nianbao fix 改好的副本", "this is a corrected copy that nianbao fix wrote"),
}


class CorrectedCopy(NamedTuple):
    """A corrected copy among the reports of a run: its path, and what it is a copy of."""

    path: str
    work: OwnWork


def is_lock_file(path: str) -> bool:
    """Whether a file's name is that of a lock file: ``~$2024.docx``, ``.~lock.2024.docx#``."""
    name = os.path.basename(path)  # noqa: PTH119 - of a name
    return name.startswith(("~$", ".~lock."))


def own_work(source: Source) -> OwnWork | None:
    """Return what a source is if nianbao wrote it and it has not been saved by another program since."""
    data = source.data
    try:
        if data.startswith(b"PK"):
            return find_mark(_properties(source))
        return find_mark(source.text.encode() if data.startswith(_WIDE) else data)
    except InputError:
        return None


def refuse_page(work: OwnWork | None) -> None:
    """Refuse a page of results: its tables are those of a report, but it is none.

    Raises:
        InputError: code ``own-page``.
    """
    if work is not None and work.kind == RESULT_PAGE:
        raise InputError("own-page", _RESULT_PAGE)


def note_on(work: OwnWork | None) -> tuple[Text, ...]:
    """Return the note for people on a copy that is read like a report."""
    return () if work is None or work.kind not in _SAYS else (_SAYS[work.kind],)


def passed_over(copies: Iterable[CorrectedCopy], reports: Iterable[KeptReport]) -> set[str]:
    """Return the paths of those corrected copies whose originals, unchanged, are in the run or beside them."""
    known = {head_of(report).sha256 for report in reports}
    return {copy.path for copy in copies if any(map(copy.work.is_of, known)) or _is_beside(copy)}


def corrected_by_name(paths: Iterable[str]) -> set[str]:
    """Return the paths that ``fix`` gives to copies of other paths: formats without metadata carry no mark."""
    known = set(paths)
    parts = ((path, *os.path.splitext(path)) for path in known)  # noqa: PTH122 - of a name
    return {path for path, stem, last in parts if stem.endswith(_FIXED) and stem.removesuffix(_FIXED) + last in known}


def _properties(source: Source) -> bytes:
    """Return the properties of an Office file, which name the program that wrote it; empty if it has none."""
    zipped = source.zipped
    name = next((info.filename for info in zipped.members if info.filename.lower() == _PROPERTIES), None)
    return b"" if name is None else zipped.limited().read(name, most=_MAX_PROPERTIES_BYTES)


def _is_beside(copy: CorrectedCopy) -> bool:
    """Whether the original of a copy stands in the same folder."""
    path = Path(copy.path)
    try:
        siblings = islice((file for file in path.parent.glob(f"*{path.suffix}") if file != path), _MAX_SIBLINGS)
        return any(copy.work.is_of(hashlib.sha256(file.read_bytes()).hexdigest()) for file in siblings)
    except (OSError, ValueError):
        return False
