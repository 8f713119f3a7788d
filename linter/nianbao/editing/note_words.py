"""The text of notes in a file: lines without characters that are not allowed in files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.messages import clean

if TYPE_CHECKING:
    import datetime as dt

    from nianbao.editing.editor import Note

AUTHOR = "nianbao"
INITIALS = "nb"
_MAX_LINES = 300
_MAX_LINE_CHARS = 1000


class NoteWords(NamedTuple):
    """The text of a note: its title, and the lines below."""

    title: str
    lines: tuple[str, ...]


def words_of(note: Note) -> NoteWords:
    """Return the text of a note, without a first line that repeats the title and without superfluous empty lines."""
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


def word_date(day: dt.date) -> str:
    """Return a day as Word writes dates; without a time, so that equal copies of a day have equal bytes."""
    return f"{day.isoformat()}T00:00:00Z"


def _line(text: str) -> str:
    return clean(text)[:_MAX_LINE_CHARS]
