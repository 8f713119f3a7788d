"""What every format that copies can be made of has: notes put beside places, figures written over others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nianbao.model.location import Location
    from nianbao.model.rule import Severity
    from nianbao.readers.source import Source


class Note(NamedTuple):
    """What a copy says at a place of a file.

    ``severity`` is that of its finding, ``title`` a line, ``body`` all of it with lines of its own; for a passage of
    prose, ``quote`` are the words of the paragraph that are meant, or "" for all of it.
    """

    location: Location
    severity: Severity
    title: str
    body: str
    quote: str = ""


class Correction(NamedTuple):
    """A figure to be written in place of what a cell says: ``old`` is that as the file has it, "" for a blank."""

    location: Location
    old: str
    new: str


class Editor(NamedTuple):
    """A format that copies can be made of.

    Attributes:
        format: The format, by the id that its reader has.
        annotate: Returns a file's bytes with notes, or ``None`` where the format has no place for any.
        correct: Returns a file's bytes with figures put right, or ``None`` where it cannot be written; raises
            ``InputError`` where a place is not found or does not say what it should.
    """

    format: str
    annotate: Callable[[Source, Sequence[Note]], bytes] | None = None
    correct: Callable[[Source, Sequence[Correction]], bytes] | None = None
