"""The words of notes as they stand in a file: lines without signs that no file may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.messages import clean

if TYPE_CHECKING:
    from nianbao.editing.base import Note

AUTHOR = "nianbao"
INITIALS = "nb"
DATE = "2000-01-01T00:00:00Z"  # the same at any time, so that copies are the same
_MOST_LINES = 60
_LONGEST_LINE = 1000


class Words(NamedTuple):
    """What a note says: its title, and the lines below."""

    title: str
    lines: tuple[str, ...]


def words_of(note: Note) -> Words:
    """Return what a note says; a first line that says the title again is left out."""
    title = _line(note.title)
    lines = [line for part in note.body.splitlines()[:_MOST_LINES] if (line := _line(part))]
    return Words(title or (lines[0] if lines else ""), tuple(lines[1:] if lines[:1] == [title] or not title else lines))


def _line(text: str) -> str:
    return clean(text)[:_LONGEST_LINE]
