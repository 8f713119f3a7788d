"""Word files: comments at places of a copy, and figures of its tables put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.editing.editor import Correction, Note
    from nianbao.readers.source import Source


def annotate(source: Source, notes: Sequence[Note]) -> bytes:
    """Return a Word file with a comment for each note, on the words of its cell, paragraph or passage.

    A place that the file does not have is its beginning: of the row, the table, the text.

    Raises:
        InputError: the file cannot be read, or carries a digital signature.
    """
    from nianbao.editing.word.comments import commented  # noqa: PLC0415 - lxml is needed for such files alone

    return commented(source.zipped, notes)


def correct(source: Source, corrections: Sequence[Correction]) -> bytes:
    """Return a Word file with figures written in place of what cells say, as those were printed.

    Raises:
        InputError: the file cannot be read or carries a digital signature; a cell is not found, does not say what it
            should, or its figure is put there by a field.
    """
    from nianbao.editing.word.figures import corrected  # noqa: PLC0415 - lxml is needed for such files alone

    return corrected(source.zipped, corrections)
