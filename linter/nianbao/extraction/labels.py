"""Which row or column of a form a piece of text names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.words import bare, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nianbao.model.form import Item, TableForm

ROW, COLUMN, CAPTION = "row", "column", "caption"
_FUZZY_SCORE = 80
_FUZZY_LEAD = 6
_FUZZY_LENGTH = 4
_FUZZY_LONGEST = 120


class Match(NamedTuple):
    """What a label names: an item of an axis, or a caption of the form (then without an item)."""

    axis: str
    item: Item | None = None


class Labels:
    """The labels of one table of a form, ready for looking up."""

    def __init__(self, table: TableForm) -> None:
        self.table = table
        self.rows = _Index(table.rows.items.values())
        self.columns = _Index(table.columns.items.values())
        self.captions = {fold(caption) for caption in table.captions} | {
            bare(fold(caption)) for caption in table.captions
        }
        self.strip_heads = tuple(
            fold(table.columns.items[column].label) for row in table.rows.leaves for column in row.columns
        )

    def match(self, text: str, *, among_values: bool) -> Match | None:
        """Return what a cell's text names, without guessing.

        Args:
            text: The cell's text as it stands.
            among_values: Whether figures follow it, so that a row is likelier than a column.
        """
        folded = fold(text)
        axes = ((ROW, self.rows), (COLUMN, self.columns))
        for axis, index in axes if among_values else axes[::-1]:
            if (item := index.exact.get(folded)) is not None:
                if not among_values or axis == ROW:
                    return Match(axis, item)
                likelier = self.rows.bare.get(bare(folded))  # "总计" before figures is the row, not the column
                return Match(ROW, likelier) if likelier is not None else Match(axis, item)
        plain = bare(folded)
        if folded in self.captions or plain in self.captions:
            return Match(CAPTION)
        for axis, index in axes:
            if (item := index.bare.get(plain)) is not None:
                return Match(axis, item)
        return None

    def closest_row(self, text: str, candidates: Iterable[Item]) -> Item | None:
        """Return the one row among ``candidates`` that a misspelt label means, or ``None`` when in doubt."""
        wanted = bare(fold(text))
        if not _FUZZY_LENGTH <= len(wanted) <= _FUZZY_LONGEST:
            return None
        from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only for labels that nothing else explains

        scores = sorted(
            ((max(ratio(wanted, bare(fold(label))) for label in item.labels), item.id, item) for item in candidates),
            reverse=True,
        )
        if not scores or scores[0][0] < _FUZZY_SCORE:
            return None
        return None if len(scores) > 1 and scores[0][0] - scores[1][0] < _FUZZY_LEAD else scores[0][2]

    def knows(self, folded: str) -> Item | None:
        """Return the item that folded text names exactly, on either axis."""
        return self.rows.exact.get(folded) or self.columns.exact.get(folded)


class _Index:
    """Items of an axis by exact words, and by words without ordinal where these are unique."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.exact: dict[str, Item] = {}
        self.bare: dict[str, Item] = {}
        doubled: set[str] = set()
        for item in items:
            for label in item.labels:
                folded = fold(label)
                self.exact.setdefault(folded, item)
                plain = bare(folded)
                if self.bare.setdefault(plain, item) is not item:
                    doubled.add(plain)
        for plain in doubled:
            del self.bare[plain]


@lru_cache(maxsize=64)
def labels_of(table: TableForm) -> Labels:
    """Return the labels of a table, made once for each table form."""
    return Labels(table)


def distinct(labels: Labels, texts: Iterable[str]) -> Mapping[str, Item]:
    """Return the items that folded texts name exactly, by axis-free identity; for telling tables and forms apart."""
    found: dict[str, Item] = {}
    for text in texts:
        item = labels.knows(text)
        if item is not None:
            found[item.label] = item
    return found
