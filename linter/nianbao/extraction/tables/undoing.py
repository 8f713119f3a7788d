"""What programs do to tables, undone: labels broken over lines and cells, content repeated, spans lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.extraction.tables.doubts import with_doubts
from nianbao.extraction.tables.repeats import squared, without_repeats
from nianbao.extraction.tables.spans import without_spans
from nianbao.extraction.tables.torn_words import with_whole_lines, with_whole_words
from nianbao.extraction.tables.wrapped import unwrapped

if TYPE_CHECKING:
    from nianbao.extraction.tables.labels import Labels
    from nianbao.model.document import Table


def undone(table: Table, labels: Labels) -> Table:
    """Return a table with what programs have done to it undone as far as it is certain, and marked where it is not."""
    whole = with_whole_words(with_whole_lines(unwrapped(table, labels), labels), labels)
    spanned = without_spans(without_repeats(squared(whole, labels)), labels)
    return table if spanned is table and table.shape == "grid" else with_doubts(spanned, labels)
