"""Editors as tests use them: from bytes to bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.editing import EDITORS
from nianbao.editing.fixing import Accepted, corrected, own_file
from nianbao.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nianbao.editing.editor import Correction, Note
    from nianbao.model.explanation import Change
    from nianbao.model.form import Form
    from nianbao.model.report import Report


class BytesEditor(NamedTuple):
    """An editor that takes bytes; what the format has no place for raises ``TypeError``."""

    format: str
    annotate: Callable[[bytes, Sequence[Note]], bytes]
    correct: Callable[[bytes, Sequence[Correction]], bytes]


def on_bytes(form: str) -> BytesEditor:
    """Return the editor of a format."""
    editor = next(editor for editor in EDITORS if editor.format == form)
    return BytesEditor(form, _on_bytes(editor.annotate), _on_bytes(editor.correct))


def _on_bytes(edit: Callable[[Source, Any], bytes] | None) -> Callable[[bytes, Any], bytes]:
    def edited(data: bytes, changes: Any) -> bytes:
        if edit is None:
            raise TypeError("the format has no place for it")
        return edit(Source("copy", data), changes)

    return edited


def corrected_bytes(data: bytes, report: Report, *, changes: Iterable[Change], forms: Sequence[Form]) -> bytes:
    """Return a copy of a file with figures put right."""
    return corrected(own_file(Source(report.name, data)), report, wanted=Accepted(tuple(changes)), forms=forms).data
