"""Writes figures into blank cells, in the style of their surroundings."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from lxml import etree

from nianbao.editing.signs import write_text
from nianbao.editing.word.fields import computed, is_computed
from nianbao.editing.word.ranges import PROPERTIES, RUN, RUN_PROPERTIES, TEXT
from nianbao.readers.word.xml_names import CELL, PARAGRAPH, ROW, W, inner

if TYPE_CHECKING:
    from nianbao.editing.word.tree import WordPlace
    from nianbao.messages import Text

_OF_THE_MARK = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"))
_OF_ITS_OWN = tuple(W + name for name in ("numPr", "sectPr", "pPrChange", "rPr"))


def fill(place: WordPlace, figure: str, *, where: Text) -> Any:
    """Write a figure into a blank cell, in the style of its paragraph or of figures beside it, and return its run.

    Raises:
        InputError: the content of the cell is the result of a field, or bound to data.
    """
    paragraph = place.own_paragraphs()[0]
    home = next(paragraph.iter(W + "sdtContent"), paragraph)
    if is_computed(home if len(home) == 0 else home[-1], place.cell):
        raise computed(where)
    model = _model(place.cell)
    properties = paragraph.find(PROPERTIES)
    if properties is None and model is not None:
        beside = without(_paragraph_of(model).find(PROPERTIES), _OF_ITS_OWN)
        paragraph[:0] = [beside] if len(beside) else []
    return put_run(home, figure, look=_look(paragraph, properties, model))


def put_run(parent: Any, text: str, *, look: Any) -> Any:
    """Add a run of text at the end of a paragraph with the properties of another run, and return it."""
    run = etree.SubElement(parent, RUN)
    copied = without(look, _OF_THE_MARK)
    run[:] = [copied] if len(copied) else []
    write_text(etree.SubElement(run, TEXT), text)
    return run


def _look(paragraph: Any, properties: Any, model: Any) -> Any:
    """Return the properties of a run in the paragraph, else of its mark, else of the model run."""
    own = next((run.find(RUN_PROPERTIES) for run in paragraph.iter(RUN) if run.find(RUN_PROPERTIES) is not None), None)
    if own is None and properties is not None:
        own = properties.find(RUN_PROPERTIES)
    return model.find(RUN_PROPERTIES) if own is None and model is not None else own


def _model(cell: Any) -> Any:
    """Return the run with the nearest figure in a cell's row; ``None`` if there is none."""
    cells = [child for child in inner(next(cell.iterancestors(ROW))) if child.tag == CELL]
    own = cells.index(cell)
    for neighbour in sorted(cells, key=lambda other: abs(cells.index(other) - own)):
        for text in neighbour.iter(TEXT):
            if any(char.isdigit() for char in text.text or "") and text.getparent().tag == RUN:
                return text.getparent()
    return None


def _paragraph_of(run: Any) -> Any:
    return next(run.iterancestors(PARAGRAPH))


def without(element: Any, names: tuple[str, ...]) -> Any:
    """Return a copy of properties without some of them; empty if there is no element."""
    copied = [] if element is None else copy.deepcopy(element)
    for child in [child for child in copied if child.tag in names]:
        copied.remove(child)
    return copied
