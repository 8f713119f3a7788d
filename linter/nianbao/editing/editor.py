"""The interface of editors: a function that adds notes to a file, and a function that corrects its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from nianbao.model.location import Location
    from nianbao.model.rule import Severity
    from nianbao.readers.source import Source


class Note(NamedTuple):
    """A note at a place of a file.

    ``severity`` is that of its finding, ``title`` a single line, ``body`` the complete text in lines; in prose,
    ``quote`` is the passage of the paragraph that the note is about, or "" for all of it. ``day`` is the day of the
    run, for formats whose notes have a date.
    """

    location: Location
    severity: Severity
    title: str
    body: str
    quote: str = ""
    day: dt.date | None = None


class Correction(NamedTuple):
    """A new figure for a cell; ``old`` is the present text of the cell in the file, "" for a blank."""

    location: Location
    old: str
    new: str


class Addition(NamedTuple):
    """A new paragraph of prose behind the paragraph at a place, which now has the text ``after``.

    It looks like the paragraph at ``like``, which is that paragraph itself unless it is a heading.
    """

    location: Location
    after: str
    text: str
    like: Location


class Amendment(NamedTuple):
    """What is changed in one copy; with a day, as changes of that day that are tracked."""

    corrections: Sequence[Correction] = ()
    additions: Sequence[Addition] = ()
    tracked: dt.date | None = None


class Editor(NamedTuple):
    """Makes copies of files of one format.

    Attributes:
        format: The format, by the id of its reader.
        annotate: Returns a file's bytes with notes; ``None`` if the format has no place for notes.
        correct: Returns a file's bytes with corrected figures; ``None`` if figures cannot be written; it raises
            ``InputError`` if a place is not found or has another text than expected.
        amend: The same for an amendment, which may have new paragraphs; ``None`` if these cannot be written.
        tracks: Whether an amendment may be tracked.
    """

    format: str
    annotate: Callable[[Source, Sequence[Note]], bytes] | None = None
    correct: Callable[[Source, Sequence[Correction]], bytes] | None = None
    amend: Callable[[Source, Amendment], bytes] | None = None
    tracks: bool = False
