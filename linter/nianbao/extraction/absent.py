"""The cells of a form that a report certainly does not have, apart from those that could not be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.extraction.recognising import known_labels, short_texts
from nianbao.model.document import Paragraph
from nianbao.model.folding import fold
from nianbao.model.ordinals import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.extraction.sections import Headed
    from nianbao.extraction.tables.cells import Tables
    from nianbao.model.document import Block, Document
    from nianbao.model.form import Form, TableForm

_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|rtf|csv|zip|rar|7z|jpe?g|png|gif|webp)(?:[?#]|$)", re.IGNORECASE)
_FEW = 2  # labels of a table that prove nothing, since prose has some of these words


def absent_of(
    document: Document, form: Form, *, tables: Tables, headed: Headed, unread: Iterable[str]
) -> frozenset[str]:
    """Return those of the unread cells, by key, that are not in the source at all.

    A row or column is absent if all else of its table was understood. A table is absent if the section where it belongs
    is there and holds nothing that might be it, in a source that leads to no files. In a text without any table that
    was understood, the section must also have prose, which does not hold the words of the table.

    Args:
        document: The source.
        form: The form.
        tables: What was read of its tables.
        headed: The source by sections.
        unread: The cells of the form that were not read.
    """
    lacking: dict[str, list[str]] = {}
    for key in unread:
        if key not in tables.odd:
            lacking.setdefault(key.partition(".")[0], []).append(key)
    if not lacking:
        return frozenset()
    shows_tables = bool(tables.clear) or document.format != "text"
    leads_on = _leads_to_files(document)
    found = {key.partition(".")[0] for key in (*tables.cells, *tables.rows, *tables.odd)}
    return frozenset(
        key
        for name, keys in lacking.items()
        if (
            name in tables.clear
            if name in found
            else not leads_on
            and _is_nowhere(form.tables[name], form, headed)
            and (shows_tables or _is_prose(form.tables[name], headed))
        )
        for key in keys
    )


def _leads_to_files(document: Document) -> bool:
    """Whether a page shows or links files that a table may stand in."""
    return any(_FILE.search(link.address) is not None for link in document.links)


def _is_nowhere(table: TableForm, form: Form, headed: Headed) -> bool:
    """Whether the section of a table holds nothing but prose, which names no other place, and no label is elsewhere."""
    parts = [part for part in headed.parts if part.id == table.section]
    blocks = [block for part in parts for block in part.blocks]
    if not parts or not all(isinstance(block, Paragraph) for block in blocks):
        return False
    words = [fold(block.text) for block in blocks if isinstance(block, Paragraph)]
    if any(word in text for word in map(fold, form.patterns.get("elsewhere_words", ())) for text in words):
        return False
    return len(set(_labels_in((block for part in headed.parts for block in part.blocks), table, form))) < _FEW


def _is_prose(table: TableForm, headed: Headed) -> bool:
    """Whether the section of a table has sentences that are not its cells run together."""
    words = [
        fold(block.text)
        for part in headed.parts
        if part.id == table.section
        for block in part.blocks
        if isinstance(block, Paragraph)
    ]
    labels = {bare(fold(item.label)) for axis in (table.rows, table.columns) for item in axis.leaves}
    named = sum(any(label in text for text in words) for label in labels)
    return any(words) and named * 2 < len(labels)


def _labels_in(blocks: Iterable[Block], table: TableForm, form: Form) -> Iterator[str]:
    """Yield the labels of a table, and of no other, that stand among blocks as paragraphs or cells of their own."""
    labels = known_labels(form)
    for text in short_texts(blocks):
        known = labels.get(fold(text))
        if known is not None and known.tables == (table.id,):
            yield known.label
