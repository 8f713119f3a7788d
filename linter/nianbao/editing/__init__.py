"""Copies of people's own files: with notes at the places of findings, or with figures put right."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers import READERS
from nianbao.readers.sniffing import recognised

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.editing.editor import Editor
    from nianbao.readers import Reader

_ZIP = b"PK"
_OLD = Text(
    "旧格式的文件不能改；请在 Word 或 WPS 里另存为 .docx 或 .xlsx 再试",
    "is of an old format, which cannot be written: save it as .docx or .xlsx and use that",
)
_FOREIGN = Text("这种文件（{format}）不能改；请另存为 .docx 再试", "is a file ({format}) that cannot be written")


# Where each format's editor is, by the format's name; one is imported where a file needs it.
_HOMES: Mapping[str, str] = {
    "word": "word",
    "sheet": "sheet",
    "pdf": "pdf",
    "report": "report_data",
    "html": "html_page",
    "text": "plain_text",
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
    if reader.format not in _HOMES:
        raise InputError("not-written", _FOREIGN.format(format=reader.format))
    editor: Editor = import_module(f"nianbao.editing.{_HOMES[reader.format]}").EDITOR
    return editor
