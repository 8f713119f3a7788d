"""The patterns of a form, and the labels and texts that a page shows beside each other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.dates import with_days
from nianbao.model.document import Table
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.model.document import Block
    from nianbao.model.form import Form
    from nianbao.model.location import Location

MAX_TITLE_CHARS = 70
MAX_SENTENCE_CHARS = 4000  # of a paragraph in which facts are looked for
_MAX_METADATA_CELLS = 60


class LabelPair(NamedTuple):
    """A label, folded, and the text beside it."""

    label: str
    text: str
    location: Location


@lru_cache(maxsize=128)
def pattern_of(source: str) -> re.Pattern[str]:
    """Return a pattern of a form, compiled."""
    return re.compile(with_days(source))


def patterns_of(form: Form, name: str) -> Iterator[re.Pattern[str]]:
    """Give the patterns of a form that find something, compiled."""
    return (pattern_of(source) for source in form.patterns.get(name, ()))


def label_pairs(blocks: Iterable[Block]) -> list[LabelPair]:
    """Return adjacent cells of small tables as label and text: the metadata that a page shows."""
    pairs = []
    for block in blocks:
        if isinstance(block, Table) and len(block.cells) <= _MAX_METADATA_CELLS:
            pairs += [
                LabelPair(fold(label_cell.text).rstrip(":"), value_cell.text, value_cell.location)
                for label_cell, value_cell in zip(block.cells, block.cells[1:], strict=False)
                if label_cell.row == value_cell.row
            ]
    return pairs
