"""Sheets of ``.xlsx`` files: notes on cells of a copy, and figures put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.editing.editor import Correction, Note
    from nianbao.readers.source import Source


def annotate(source: Source, notes: Sequence[Note]) -> bytes:
    """Return a workbook with a note on each cell concerned; several on a cell are paragraphs of one.

    A place that the file does not have is the first cell of its sheet, or of the first sheet, that shows something.

    Raises:
        InputError: the file cannot be read or carries a digital signature.
    """
    from nianbao.editing.sheet.comments import noted  # noqa: PLC0415 - lxml is needed for such files alone

    return noted(source.zipped, notes)


def correct(source: Source, corrections: Sequence[Correction]) -> bytes:
    """Return a workbook with figures written in place of what cells say; figures stay figures, texts texts.

    Raises:
        InputError: the file cannot be read or carries a digital signature; a cell is not found,
            does not say what it should, or is calculated by a formula that does not come to the figure.
    """
    from nianbao.editing.sheet.figures import corrected  # noqa: PLC0415 - lxml is needed for such files alone

    return corrected(source.zipped, corrections)
