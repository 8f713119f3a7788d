"""Reports as they really come: each difference from the official print is read exactly, or not read and told why."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pytest
from tests.sheets import distinct_report, sheet_of, written
from tests.variations import VARIATIONS

from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.extraction import extract
from nianbao.formats import builtin_forms
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.drawing import Drawn
    from tests.varying import Variation

FORMS = {form.id: form for form in builtin_forms()}
CASES = [
    pytest.param(one, form, kind, id=f"{one.id}-{form[-4:]}-{kind}")
    for one in VARIATIONS
    for form in one.forms
    for kind in one.kinds
]


def matching(key: str, patterns: Iterable[str]) -> str | None:
    """Return the first pattern that a key fits, or ``None``."""
    return next((pattern for pattern in patterns if fnmatchcase(key, pattern)), None)


def blanked(drawn: Drawn, patterns: tuple[str, ...]) -> Drawn:
    """Return a report in which the cells that fit patterns are blank."""
    for key in drawn.form.slots:
        if matching(key, patterns):
            drawn = drawn.with_cell(key, None)
    return drawn


@pytest.mark.parametrize(("variation", "form_id", "kind"), CASES)
def test_what_is_read_is_right_and_what_is_not_is_told(variation: Variation, form_id: str, kind: str) -> None:
    """Every cell has its own figure, but for those that the variation takes away, which have the reason it gives."""
    drawn = blanked(distinct_report(FORMS[form_id]), variation.blanks)
    sheet = sheet_of(drawn)
    variation.change(sheet, drawn.form)
    source = variation.text(written(sheet, kind))

    for key, value in variation.values.items():
        drawn = drawn.with_cell(key, value)
    report = extract(document_from_bytes(source.encode(), "varied"))

    lost = {key: pattern for key in drawn.form.slots if (pattern := matching(key, variation.unread))}
    words = {key for key in drawn.form.slots if matching(key, variation.words)}
    assert report.form.id == form_id
    assert {
        key: cell.value for key, cell in report.cells.items() if key not in words and cell.value != drawn.cells.get(key)
    } == {}, "wrong figures"
    assert {key for key in report.cells if key not in drawn.form.slots} == set()
    assert set(report.unread) == set(lost)
    assert {key: report.cells[key].state for key in words} == dict.fromkeys(words, "text")
    assert {
        key: (str(report.unread[key]), lost[key])
        for key in lost
        if not re.search(variation.unread[lost[key]], str(report.unread[key]))
    } == {}, "other reasons"
    assert not variation.unread or lost
