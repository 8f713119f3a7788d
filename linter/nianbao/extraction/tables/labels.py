"""From a text to the row or column of a form that it names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.tables.plans import Plans
from nianbao.model.folding import fold
from nianbao.model.ordinals import bare, ordinal, ordinal_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.model.form import Item, TableForm

ROW, COLUMN, CAPTION = "row", "column", "caption"
_FUZZY_SCORE = 80
_FUZZY_LEAD = 6
_FUZZY_LENGTH = 4
_FUZZY_LONGEST = 120
_MAX_TEXT_CHARS = 1000
_USUAL = 100
_MAX_TEXTS_KEPT = 5000
_TORN_LENGTH = 2
_BRACKETS = re.compile(r"\([^()]*\)")
_NOTE = re.compile(r"[(:].*", re.DOTALL)


class Match(NamedTuple):
    """The meaning of a label: an item of an axis, or a caption of the form (then without an item).

    ``certain`` means that its words and its number are those of the form; else its position must agree too.
    """

    axis: str
    item: Item | None = None
    certain: bool = True


class Labels:
    """The labels of one table of a form, indexed for lookup."""

    def __init__(self, table: TableForm) -> None:
        self.table = table
        self.rows = _Index(table.rows.items.values())
        self.columns = _Index(table.columns.items.values())
        self.captions = {fold(caption) for caption in table.captions} | {
            bare(fold(caption)) for caption in table.captions
        }
        self.row_order = {item.id: place for place, item in enumerate(table.rows.items.values())}
        self.level_order = tuple(item.id for item in _by_level(table) if not item.is_group)
        self.leaf_columns = tuple(item.id for item in table.columns.leaves)
        self.plans = Plans()
        self._contrary_words = tuple(map(fold, table.contrary_words))
        self._known: dict[tuple[str, bool], Match | None] = {}

    def match(self, text: str, *, among_values: bool) -> Match | None:
        """Return the meaning of a cell's text, without guessing.

        Args:
            text: The cell's text.
            among_values: Whether figures follow it, so that it is more likely a row than a column.
        """
        if len(text) > _USUAL:
            return self._match(fold(text), among_values) if len(text) <= _MAX_TEXT_CHARS else None
        try:
            return self._known[text, among_values]
        except KeyError:
            if len(self._known) > _MAX_TEXTS_KEPT:
                self._known.clear()
        match = self._known[text, among_values] = self._match(fold(text), among_values)
        return match

    def _match(self, folded: str, among_values: bool) -> Match | None:  # noqa: FBT001 - passed on
        match = self.plain_match(folded, among_values=among_values)
        if match is not None or (words := without_notes(folded)) == folded:
            return match
        match = self.plain_match(words, among_values=among_values)
        if match is None or match.item is None:
            return match
        contrary = self._contrary(folded)
        return match if any(_has_all(label, contrary) for label in match.item.labels) else None

    def plain_match(self, folded: str, *, among_values: bool) -> Match | None:
        """Return the meaning of folded text as a whole, without removal of notes."""
        axes = ((ROW, self.rows), (COLUMN, self.columns))
        plain = bare(folded)
        for axis, index in axes if among_values else axes[::-1]:
            if (item := index.exact.get(folded)) is not None:
                if not among_values or axis == ROW or plain not in self.rows.bare:
                    return Match(axis, item)
                return self.rows.match(ROW, plain, folded)  # "总计" before figures is the row, not the column
        if folded in self.captions or plain in self.captions:
            return Match(CAPTION)
        for axis, index in axes:
            if plain in index.bare:
                return index.match(axis, plain, folded)
        return None

    def closest(self, text: str, candidates: Iterable[Item]) -> Item | None:
        """Return the item whose misspelt label a text is, or ``None`` if that is not clear.

        A text with a word that gives another meaning, as in the head of last year's figures, is no misspelt label.
        """
        wanted = bare(fold(text))
        if not _FUZZY_LENGTH <= len(wanted) <= _FUZZY_LONGEST:
            return None
        from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only for labels that are not found otherwise

        contrary = self._contrary(wanted)
        scores = sorted(
            (
                (ratio(wanted, bare(fold(label))), item.id, item)
                for item in candidates
                for label in item.labels
                if _has_all(label, contrary)
            ),
            reverse=True,
        )
        if not scores or scores[0][0] < _FUZZY_SCORE:
            return None
        best, others = scores[0], [score for score in scores if score[1] != scores[0][1]]
        return None if others and best[0] - others[0][0] < _FUZZY_LEAD else best[2]

    def _contrary(self, folded: str) -> list[str]:
        """Return the words of folded text that give a label another meaning."""
        return [word for word in self._contrary_words if word in folded]


def _has_all(label: str, words: Iterable[str]) -> bool:
    folded = fold(label)
    return all(word in folded for word in words)


class _Index:
    """Items of an axis by exact words, and by words without ordinals if these are unique."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.exact: dict[str, Item] = {}
        self.bare: dict[str, Item] = {}
        self.numbers: dict[str, int | None] = {}
        doubled: set[str] = set()
        for item in items:
            for label in item.labels:
                folded = fold(label)
                self.exact.setdefault(folded, item)
                plain = bare(folded)
                self.numbers.setdefault(plain, ordinal_number(folded))
                if self.bare.setdefault(plain, item) is not item:
                    doubled.add(plain)
        for plain in doubled:
            del self.bare[plain]

    def match(self, axis: str, plain: str, folded: str) -> Match:
        """Return the item of words without ordinals; it is certain if the number is also that of the form."""
        return Match(axis, self.bare[plain], self.numbers[plain] == ordinal_number(folded))


def _by_level(table: TableForm) -> Iterable[Item]:
    """Return the columns in the order of printed heads: the outer ones first, each level from left to right."""
    items = table.columns.items

    def depth(item: Item) -> int:
        return 0 if item.parent is None else 1 + depth(items[item.parent])

    return sorted(items.values(), key=depth)


def without_notes(folded: str) -> str:
    """Return folded text without the words in brackets, and without those behind a colon or an open bracket."""
    number = ordinal(folded)
    words = folded[len(number) :]
    return number + _NOTE.sub("", _BRACKETS.sub("", words))


def is_torn(text: str, item: Item) -> bool:
    """Whether a text is the beginning of a label, whose rest is lost."""
    words = fold(text)
    return len(words) >= _TORN_LENGTH and fold(item.label).startswith(words)


@lru_cache(maxsize=64)
def labels_of(table: TableForm) -> Labels:
    """Return the labels of a table; they are made once for each table form."""
    return Labels(table)
