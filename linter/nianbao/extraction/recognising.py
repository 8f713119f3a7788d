"""Recognises the form of a document, and the table of a form that a source table is, by their labels."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.tables.labels import labels_of
from nianbao.model.document import Paragraph, Table
from nianbao.model.folding import fold
from nianbao.model.ordinals import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.model.document import Block
    from nianbao.model.form import Form

LABEL_LENGTH = 90


class Known(NamedTuple):
    """A label of a form: the tables that have it, and its official words."""

    tables: tuple[str, ...]
    label: str


def short_texts(blocks: Iterable[Block]) -> set[str]:
    """Return the texts that may be labels: paragraphs and cells that are short enough."""
    texts: set[str] = set()
    for block in blocks:
        if isinstance(block, Table):
            texts.update(cell.text for cell in block.cells)
        elif isinstance(block, Paragraph):
            texts.add(block.text)
    return {text for text in texts if len(text) <= LABEL_LENGTH and not text.isdecimal()}


def best_forms(blocks: Iterable[Block], forms: Sequence[Form]) -> list[Form]:
    """Return the form with most labels in the blocks; several forms if they have equally many."""
    if len(forms) < 2:
        return list(forms)
    folded = {fold(text) for text in short_texts(blocks)}
    scores = [_score(known_labels(form), folded) for form in forms]
    if scores.count(max(scores)) > 1:
        plain = {bare(words) for words in folded}
        scores = [_score(bare_labels(form), plain) for form in forms]
    return [form for form, score in zip(forms, scores, strict=True) if score == max(scores)]


def _score(labels: Mapping[str, Known], texts: set[str]) -> int:
    return len({(labels[text].tables, labels[text].label) for text in texts & labels.keys()})


@lru_cache(maxsize=64)
def known_labels(form: Form) -> Mapping[str, Known]:
    """Return the labels of a form's rows and columns, by their folded words."""
    labels_known: dict[str, Known] = {}
    for table in form.tables.values():
        labels = labels_of(table)
        for index in (labels.columns.exact, labels.rows.exact):
            for folded, item in index.items():
                tables = labels_known[folded].tables if folded in labels_known else ()
                labels_known[folded] = Known(tuple(dict.fromkeys((*tables, table.id))), item.label)
    return labels_known


@lru_cache(maxsize=64)
def bare_labels(form: Form) -> Mapping[str, Known]:
    """Return the labels of a form, by their words without ordinals and punctuation."""
    plain_labels: dict[str, Known] = {}
    for folded, known in known_labels(form).items():
        plain = bare(folded)
        tables = plain_labels[plain].tables if plain in plain_labels else ()
        plain_labels[plain] = Known(tuple(dict.fromkeys((*tables, *known.tables))), known.label)
    return plain_labels
