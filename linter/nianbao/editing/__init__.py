"""Copies of people's own files: with notes at the places of findings, or with corrected figures."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from nianbao.editing.editor import Editor
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers import READERS
from nianbao.readers.sniffing import recognised

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nianbao.readers import Reader, Source

_ZIP = b"PK"
_OLD = Text(
    "旧格式的文件不能改；请在 Word 或 WPS 里另存为 .docx 或 .xlsx 再试",
    "is of an old format, which cannot be written: save it as .docx or .xlsx and use that",
)
_FOREIGN = Text("这种文件（{format}）不能改；请另存为 .docx 再试", "is a file ({format}) that cannot be written")


def _lazy(module: str, name: str) -> Callable[[Source, Any], bytes]:
    """Return a function of an editor; its module is imported on the first call."""

    def call(source: Source, changes: Any) -> bytes:
        made: bytes = getattr(import_module(f"nianbao.editing.{module}"), name)(source, changes)
        return made

    return call


def _editor(form: str, module: str, *names: str, tracks: bool = False) -> Editor:
    return Editor(form, **{name: _lazy(module, name) for name in names}, tracks=tracks)


EDITORS = (
    _editor("word", "word", "annotate", "correct", "amend", tracks=True),
    _editor("sheet", "sheet", "annotate", "correct"),
    _editor("pdf", "pdf", "annotate"),
    _editor("report", "report_data", "annotate", "correct"),
    _editor("html", "html_page", "annotate", "correct", "amend"),
    _editor("text", "plain_text", "correct", "amend"),
)


def editor_for(source: Source, *, readers: Sequence[Reader] = READERS, editors: Sequence[Editor] = EDITORS) -> Editor:
    """Return the editor for a file, by its content.

    Args:
        source: The file.
        readers: The readers, to recognise the format.
        editors: The editors, one for each format that is written.

    Raises:
        InputError: its format is not written; the message has an alternative.
    """
    form = recognised(source, readers=readers).format
    if form == "office" or (form == "sheet" and not source.data.startswith(_ZIP)):
        raise InputError("old-format", _OLD)
    editor = next((editor for editor in editors if editor.format == form), None)
    if editor is None:
        raise InputError("not-written", _FOREIGN.format(format=form))
    return editor
