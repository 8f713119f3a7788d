"""The words of notes as they stand in a file: lines without signs that no file may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.messages import clean

if TYPE_CHECKING:
    from nianbao.editing.editor import Note

AUTHOR = "nianbao"
INITIALS = "nb"
DATE = "2000-01-01T00:00:00Z"  # the same at any time, so that copies are the same
_MAX_LINES = 300
_MAX_LINE_CHARS = 1000


class NoteWords(NamedTuple):
    """What a note says: its title, and the lines below."""

    title: str
    lines: tuple[str, ...]


def words_of(note: Note) -> NoteWords:
    """Return what a note says; a first line that says the title again is left out, and so are needless empty ones."""
    title = _line(note.title)
    lines: list[str] = []
    for line in map(_line, note.body.splitlines()[:_MAX_LINES]):
        if line or (lines and lines[-1]):
            lines.append(line)
    while lines and not lines[-1]:
        lines.pop()
    if lines and title in {"", lines[0]}:
        title = lines.pop(0)
    return NoteWords(title, tuple(lines))


def _line(text: str) -> str:
    return clean(text)[:_MAX_LINE_CHARS]
