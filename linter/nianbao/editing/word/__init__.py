"""Copies of Word files: with comments at places, or with corrected figures in tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.editing.editor import Amendment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.editing.editor import Correction, Note
    from nianbao.readers.source import Source


def annotate(source: Source, notes: Sequence[Note]) -> bytes:
    """Return a Word file with a comment for each note, on the text of its cell, paragraph or passage.

    If a place does not exist in the file, the comment is at the beginning of the row, of the table or of the text.

    Raises:
        InputError: the file cannot be read, or has a digital signature.
    """
    from nianbao.editing.word.comments import commented  # noqa: PLC0415 - lxml is needed for such files alone

    return commented(source.zipped, notes)


def correct(source: Source, corrections: Sequence[Correction]) -> bytes:
    """Return a Word file with new figures in cells, in the same style.

    Raises:
        InputError: the file cannot be read or has a digital signature; a cell is not found, has another text than
            expected, or its figure is the result of a field.
    """
    return amend(source, Amendment(corrections))


def amend(source: Source, amendment: Amendment) -> bytes:
    """Return a Word file with new figures in cells and new paragraphs, which may be tracked changes.

    Raises:
        InputError: the same as for ``correct``; or the paragraph before a new one is not found.
    """
    from nianbao.editing.word.amending import amended  # noqa: PLC0415 - lxml is needed for such files alone

    return amended(source.zipped, amendment)
