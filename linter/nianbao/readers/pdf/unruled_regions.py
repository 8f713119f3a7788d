"""Finds tables without ruling lines on a page: texts that are beside each other in rows, with their heads."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.readers.pdf.paragraphs import TOP_ORDINAL, written
from nianbao.readers.pdf.patches import beside_others, patches_of
from nianbao.readers.pdf.text_lines import ORDINAL, lines_of
from nianbao.readers.pdf.unruled_grid import MIN_COLUMNS, columns_of, labels_end, reach, rows_of, share_x
from nianbao.readers.pdf.unruled_heads import reached
from nianbao.readers.pdf.unruled_tables import MARGIN, Loose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.readers.pdf.glyphs import Glyph
    from nianbao.readers.pdf.page_content import PageContent
    from nianbao.readers.pdf.patches import Patch

_NEAR = 5.0  # sizes between a head and what is below it, at most
_MAX_HEAD_SHARE = 0.6


def loose_tables(glyphs: Sequence[Glyph], sheet: PageContent) -> tuple[list[Loose], list[Glyph]]:
    """Return the tables without ruling lines among the characters of a page, and the characters outside of them."""
    patches = patches_of(glyphs, sheet)
    tables: list[Loose] = []
    placed: set[int] = set()
    flags = _in_tables(patches)
    heads = _first_of_last_heads(patches, flags)
    flags[heads:] = [True] * (len(flags) - heads)
    for beside, group in groupby(zip(flags, patches, strict=True), lambda item: item[0]):
        inner = [patch for _beside, patch in group]
        rows = _wide_rows([patch for patch, _run in inner]) if beside else 0
        if rows or (beside and inner[-1] is patches[-1]):
            run = [glyph for _patch, glyphs in inner for glyph in glyphs]
            prose = () if rows >= MIN_COLUMNS else tuple(written(line, sheet) for line in lines_of(run))
            texts = tuple(patch for patch, _run in inner)
            tables.append(Loose.of(texts, sheet, prose=prose))
            placed.update(map(id, run))
    return tables, [glyph for glyph in glyphs if placed.isdisjoint(map(id, (glyph, *glyph.parts)))]


def _in_tables(patches: Sequence[tuple[Patch, list[Glyph]]]) -> list[bool]:
    """Return for each text of a page whether it may be in a table: others are beside it, or it is a label between such.

    A label without figures differs from a heading: it ends to the left of the figures, and has no heading number. Heads
    are above the figures, right of the labels, and near other texts of the table.
    """
    beside = beside_others(patches)
    figures = min((patch.left for patch, _run in patches if patch.is_figure), default=0.0)
    for place in range(len(patches) - 1):
        patch = patches[place][0]
        label = patch.right < figures and not TOP_ORDINAL.match(patch.text)
        between = beside[place - 1] if place else ORDINAL.match(patch.text)
        if label and between and beside[place + 1]:
            beside[place] = True
    for start, stop in list(_true_runs(beside)):
        inner = [patch for patch, _run in patches[start:stop]]
        if any(patch.is_figure for patch in inner):
            for place in range(start - 1, -1, -1):
                patch = patches[place][0]
                if not _is_head_of(inner, patch, beside=beside[place]) and not (place == 0 and _is_rest(inner, patch)):
                    break
                beside[place] = True
                inner.append(patches[place][0])
    return beside


def _first_of_last_heads(patches: Sequence[tuple[Patch, list[Glyph]]], flags: Sequence[bool]) -> int:
    """Return where the heads at the end of a page begin, whose figures may be on the next page; else the end."""
    texts = [patch for patch, _run in patches]
    start = len(texts)
    while start and not texts[start - 1].is_figure and not TOP_ORDINAL.match(texts[start - 1].text):
        near = start == len(texts) or texts[start].first - texts[start - 1].last <= texts[start].size * _NEAR
        if not near or not (flags[start - 1] or _is_narrow(texts[start - 1])):
            break
        start -= 1
    return start if sum(flags[start:]) >= MIN_COLUMNS and (not start or not flags[start - 1]) else len(texts)


def _is_narrow(patch: Patch) -> bool:
    return patch.right - patch.left < patch.lines[0].sheet[0] * _MAX_HEAD_SHARE / 2


def _true_runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Give the first place and the end of each run of true flags."""
    places = range(len(flags))
    for is_true, group in groupby(places, flags.__getitem__):
        run = list(group)
        if is_true:
            yield run[0], run[-1] + 1


def _is_head_of(table: Sequence[Patch], patch: Patch, *, beside: bool) -> bool:
    """Whether a text above the texts of a table is a head of it, or, if others are beside it, a note beside heads."""
    if TOP_ORDINAL.match(patch.text) or patch.is_figure:
        return False
    left, right = reach(table)
    near = min(other.first for other in table) - patch.last <= patch.size * _NEAR
    inside = left - MARGIN <= patch.left and patch.right <= right + MARGIN
    labels = labels_end(table)
    over = patch.left > labels and patch.right - patch.left < (right - max(left, labels)) * _MAX_HEAD_SHARE
    return near and inside and (beside or over)


def _is_rest(table: Sequence[Patch], patch: Patch) -> bool:
    """Whether a figure above a table, in one of its columns, may be the rest of one on the page before."""
    near = min(other.first for other in table) - patch.last <= patch.size * _NEAR
    return near and patch.is_figure and any(other.is_figure and share_x(other, patch) for other in table)


def _wide_rows(patches: Sequence[Patch]) -> int:
    """Return the number of rows with texts in several columns; 0 if there are no figures."""
    if not any(patch.is_figure for patch in patches):
        return 0
    columns = columns_of(patches)
    rows = ({reached(patch, columns).start for patch in row} for _height, row in rows_of(patches))
    return sum(len(row) >= MIN_COLUMNS for row in rows)
