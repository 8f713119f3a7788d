"""Which form a document follows, and which of its tables a source table is: by the labels that stand there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.ordinals import bare
from nianbao.extraction.tables.labels import labels_of
from nianbao.model.document import Paragraph, Table
from nianbao.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.model.document import Block
    from nianbao.model.form import Form

LABEL_LENGTH = 90


class Known(NamedTuple):
    """A label of a form: the tables it may stand in, and the words that are official for it."""

    tables: tuple[str, ...]
    label: str


def short_texts(blocks: Iterable[Block]) -> set[str]:
    """Return what may be labels: paragraphs and cells that are no longer than labels are."""
    texts: set[str] = set()
    for block in blocks:
        if isinstance(block, Table):
            texts.update(cell.text for cell in block.cells)
        elif isinstance(block, Paragraph):
            texts.add(block.text)
    return {text for text in texts if len(text) <= LABEL_LENGTH and not text.isdecimal()}


def best_forms(blocks: Iterable[Block], forms: Sequence[Form]) -> list[Form]:
    """Return the form most of whose labels stand in the blocks; several where that does not tell them apart."""
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
    """Return the labels of a form's rows and columns by their folded words."""
    found: dict[str, Known] = {}
    for table in form.tables.values():
        labels = labels_of(table)
        for index in (labels.columns.exact, labels.rows.exact):
            for folded, item in index.items():
                tables = found[folded].tables if folded in found else ()
                found[folded] = Known(tuple(dict.fromkeys((*tables, table.id))), item.label)
    return found


@lru_cache(maxsize=64)
def bare_labels(form: Form) -> Mapping[str, Known]:
    """Return the labels of a form by their words without numbers and punctuation."""
    found: dict[str, Known] = {}
    for folded, known in known_labels(form).items():
        plain = bare(folded)
        tables = found[plain].tables if plain in found else ()
        found[plain] = Known(tuple(dict.fromkeys((*tables, *known.tables))), known.label)
    return found
