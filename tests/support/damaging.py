"""Damage to the markup of a page's tables; every word and figure stays in the source, in its order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    Damage = Callable[[str, random.Random], str]

_TABLES = re.compile(r"<table\b.*</table>", re.DOTALL)
_TAG = re.compile(r"</?(?:table|tbody|tr|td|th)\b[^<>]*>")
_ROW = re.compile(r"<tr\b[^<>]*>")
_CELL = re.compile(r"<td\b[^<>]*>")
_SPAN = re.compile(r' (?:rowspan|colspan)="(\d+)"')
_ODD_TAGS = ("<tr>", "</tr>", "<tr></tr>", "<tr><td></td></tr>", "<td></td>", "</td>", "<td>", "</table><table>")
_HEAD_ROWS = 4


def _among(pattern: re.Pattern[str], page: str) -> list[re.Match[str]]:
    """Return the matches within the tables of a page."""
    tables = _TABLES.search(page)
    return [] if tables is None else list(pattern.finditer(page, *tables.span()))


def _replaced(page: str, match: re.Match[str], words: str) -> str:
    return page[: match.start()] + words + page[match.end() :]


def lost_tags(page: str, dice: random.Random) -> str:
    """Lose some tags of tables."""
    tags = _among(_TAG, page)
    chosen = dice.sample(tags, min(len(tags), dice.choice((1, 2, 3, 5, 12, 40))))
    for tag in sorted(chosen, key=re.Match.start, reverse=True):
        page = _replaced(page, tag, "")
    return page


def odd_spans(page: str, dice: random.Random) -> str:
    """Let spans be one more or one less, or none, mostly in heads."""
    for _ in range(dice.choice((1, 1, 2, 3))):
        spans = _among(_SPAN, page)
        if dice.random() < 0.7:
            heads = [(row.start(), row.start() + 1500) for row in _head_rows(page)]
            spans = [span for span in spans if any(low <= span.start() < high for low, high in heads)] or spans
        if spans:
            span = dice.choice(spans)
            count = dice.choice((int(span[1]) - 1, int(span[1]) + 1, 1, int(span[1]) + 2))
            page = _replaced(page, span, span[0].replace(span[1], str(count)) if count > 0 else "")
    return page


def added_spans(page: str, dice: random.Random) -> str:
    """Give a cell a span that it should not have."""
    for _ in range(dice.choice((1, 1, 2))):
        cell = dice.choice(_among(_CELL, page))
        name = dice.choice(("rowspan", "colspan"))
        if name not in cell[0]:
            page = _replaced(page, cell, cell[0].replace("<td", f'<td {name}="{dice.choice((2, 2, 3))}"', 1))
    return page


def odd_tags(page: str, dice: random.Random) -> str:
    """Put tags where none belong, mostly in heads."""
    for _ in range(dice.choice((1, 1, 2, 3))):
        tags = _among(_TAG, page)
        if dice.random() < 0.6:
            rows = [row.start() for row in _head_rows(page)]
            tags = [tag for tag in tags if any(row <= tag.start() < row + 1500 for row in rows)] or tags
        tag = dice.choice(tags)
        page = page[: tag.start()] + dice.choice(_ODD_TAGS) + page[tag.start() :]
    return page


def torn_tables(page: str, dice: random.Random) -> str:
    """End a table before some row and begin another, as a page break does."""
    for _ in range(dice.choice((1, 2))):
        row = dice.choice(_head_rows(page) if dice.random() < 0.5 else _among(_ROW, page))
        page = page[: row.start()] + "</tbody></table>\n<table><tbody>" + page[row.start() :]
    return page


def everything(page: str, dice: random.Random) -> str:
    """Damage a page in several ways."""
    for damage in dice.sample(list(_SINGLE.values()), 2):
        page = damage(page, dice)
    return page


def _head_rows(page: str) -> list[re.Match[str]]:
    """Return the first rows of each table."""
    rows = _among(_ROW, page)
    begins = [match.start() for match in _among(re.compile(r"<table\b"), page)]
    return [
        row
        for row in rows
        if any(begin < row.start() and page.count("<tr", begin, row.end()) <= _HEAD_ROWS for begin in begins)
    ]


_SINGLE: dict[str, Damage] = {
    "lost tags": lost_tags,
    "odd spans": odd_spans,
    "added spans": added_spans,
    "odd tags": odd_tags,
    "torn tables": torn_tables,
}
DAMAGES: dict[str, Damage] = {**_SINGLE, "several": everything}
