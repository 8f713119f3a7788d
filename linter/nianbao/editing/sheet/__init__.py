"""Copies of ``.xlsx`` files: with notes on cells, or with corrected figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.editing.editor import Correction, Note
    from nianbao.readers.source import Source


def annotate(source: Source, notes: Sequence[Note]) -> bytes:
    """Return a workbook with a note on each cell concerned; several notes on a cell become paragraphs of one.

    If a place does not exist in the file, its note is on the first cell with visible text of its sheet, or of the
    first sheet.

    Raises:
        InputError: the file cannot be read or has a digital signature.
    """
    from nianbao.editing.sheet.comments import noted  # noqa: PLC0415 - lxml is needed for such files alone

    return noted(source.zipped, notes)


def correct(source: Source, corrections: Sequence[Correction]) -> bytes:
    """Return a workbook with new figures in cells; numbers stay numbers, and texts stay texts.

    Raises:
        InputError: the file cannot be read or has a digital signature; a cell is not found, has another text than
            expected, or is calculated by a formula with another result.
    """
    from nianbao.editing.sheet.figures import corrected  # noqa: PLC0415 - lxml is needed for such files alone

    return corrected(source.zipped, corrections)
