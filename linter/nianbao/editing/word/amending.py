"""Amendments of Word files: figures of cells, and new paragraphs, on request as tracked changes."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from nianbao.editing.marking import mark_office
from nianbao.editing.place_words import no_paragraph
from nianbao.editing.word.figures import put_right
from nianbao.editing.word.filling import put_run, without
from nianbao.editing.word.ranges import PROPERTIES, RUN, RUN_PROPERTIES, TEXT
from nianbao.editing.word.tracking import Tracker
from nianbao.editing.word.tree import WordText
from nianbao.model.folding import squeezed
from nianbao.model.own_work import corrected_copy_of
from nianbao.readers.word.xml_names import PARAGRAPH, TABLE, TEXT_BOX, W

if TYPE_CHECKING:
    from nianbao.containers.zipped import Zipped
    from nianbao.editing.editor import Addition, Amendment

_OF_ITS_OWN = tuple(
    W + name for name in ("numPr", "sectPr", "pPrChange", "rPr", "pageBreakBefore", "framePr", "outlineLvl", "keepNext")
)
_BLOCKS = frozenset((PARAGRAPH, TABLE, W + "sdt", W + "sectPr"))


def amended(zipped: Zipped, amendment: Amendment) -> bytes:
    """Return a Word file with new figures in cells and new paragraphs.

    Raises:
        InputError: it cannot be read or has a signature; a place is not found, or has another text than expected.
    """
    text = WordText(zipped)
    tracker = None if amendment.tracked is None else Tracker(text.root, amendment.tracked)
    for correction in amendment.corrections:
        put_right(text, correction, tracker=tracker)
    for addition in amendment.additions:
        _add(text, addition, tracker)
    if not amendment.corrections and not amendment.additions:
        return zipped.data
    mark_office(text.parts, corrected_copy_of(zipped.data))
    return text.packed()


def _add(text: WordText, addition: Addition, tracker: Tracker | None) -> None:
    """Put a new paragraph behind another one."""
    place, like = text.prose(addition.location), text.prose(addition.like)
    if place is None or like is None or squeezed(addition.after) not in squeezed(place.text):
        raise no_paragraph(addition.location)
    anchor, model = place.held[-1], like.held[-1]
    if next(anchor.iterancestors(TEXT_BOX), None) is not None:  # which is in the file twice
        raise no_paragraph(addition.location)
    following = next((block for block in anchor.itersiblings() if block.tag in _BLOCKS), None)
    made = anchor.makeelement(PARAGRAPH)
    properties = without(model.find(PROPERTIES), _OF_ITS_OWN)
    made[:] = [properties] if len(properties) else []
    run = put_run(made, addition.text, look=_look(model))
    anchor.addnext(made)
    if tracker is not None:
        tracker.mark_inserted(run)
        # A mark at the end of the text, or before a table, cannot be rejected: that of the paragraph before can.
        tracker.mark_paragraph(made if following is not None and following.tag == PARAGRAPH else anchor)


def _look(paragraph: Any) -> Any:
    """Return the properties of the last run of a paragraph with text, ``None`` without any."""
    runs = [run for run in paragraph.iter(RUN) if run.find(TEXT) is not None]
    return copy.deepcopy(runs[-1].find(RUN_PROPERTIES)) if runs else None
