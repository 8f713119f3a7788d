"""Copies of people's own files: with notes at the places of findings, or with figures put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers import READERS, recognised

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nianbao.editing.base import Editor
    from nianbao.readers import Reader

_ZIP = b"PK"
_OLD = Text(
    "旧格式的文件不能改；请在 Word 或 WPS 里另存为 .docx 或 .xlsx 再试",
    "is of an old format, which cannot be written: save it as .docx or .xlsx and use that",
)
_FOREIGN = Text("这种文件（{format}）不能改；请另存为 .docx 再试", "is a file ({format}) that cannot be written")


def _word() -> Editor:
    from nianbao.editing.word import EDITOR  # noqa: PLC0415 - one editor a file

    return EDITOR


def _sheet() -> Editor:
    from nianbao.editing.sheet import EDITOR  # noqa: PLC0415 - one editor a file

    return EDITOR


def _pdf() -> Editor:
    from nianbao.editing.pdf import EDITOR  # noqa: PLC0415 - one editor a file

    return EDITOR


def _data() -> Editor:
    from nianbao.editing.data import EDITOR  # noqa: PLC0415 - one editor a file

    return EDITOR


def _page() -> Editor:
    from nianbao.editing.page import EDITOR  # noqa: PLC0415 - one editor a file

    return EDITOR


def _text() -> Editor:
    from nianbao.editing.text import EDITOR  # noqa: PLC0415 - one editor a file

    return EDITOR


_EDITORS: Mapping[str, Callable[[], Editor]] = {
    "word": _word,
    "sheet": _sheet,
    "pdf": _pdf,
    "report": _data,
    "html": _page,
    "text": _text,
}


def editor_for(data: bytes, name: str, *, readers: Sequence[Reader] = READERS) -> Editor:
    """Return what makes copies of a file, by what its bytes are.

    Args:
        data: The bytes of the file.
        name: Its name.
        readers: The readers that are asked what it is.

    Raises:
        InputError: it is of a format that is not written, with what to do instead.
    """
    reader = recognised(data, name, readers=readers)[1]
    if reader.format == "office" or (reader.format == "sheet" and not data.startswith(_ZIP)):
        raise InputError("old-format", _OLD)
    if reader.format not in _EDITORS:
        raise InputError("not-written", _FOREIGN.format(format=reader.format))
    return _EDITORS[reader.format]()
