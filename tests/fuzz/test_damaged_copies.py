"""Copies of damaged files are made, or refused with one clear line; nothing else ever happens.

``NIANBAO_FUZZ`` and ``NIANBAO_FUZZ_SEED`` are those of the other tests with damaged files.
"""

from __future__ import annotations

import os
import random
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.fuzz.damage import damaged
from tests.fuzz.test_damaged_files import bounded
from tests.support.drawing import draw_report
from tests.support.editing import on_bytes
from tests.support.rendering import FILES, rendered
from tests.support.thinning import scaled

from nianbao.editing.editor import Correction, Note
from nianbao.errors import InputError
from nianbao.forms.loading import builtin_forms
from nianbao.model.document import Table
from nianbao.model.location import NOWHERE
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.model.document import Document

WORD, SHEET = on_bytes("word"), on_bytes("sheet")
_COPIES = int(os.environ.get("NIANBAO_FUZZ") or 0)
_SEED = os.environ.get("NIANBAO_FUZZ_SEED") or "1"
EDITORS = {"word": WORD, "sheet": SHEET}


def opened(data: bytes) -> Document | None:
    """Read bytes, if they are of a format whose copies are made by parts."""
    try:
        document = document_from_bytes(data, "damaged")
    except InputError:
        return None
    return document if document.format in EDITORS else None


def try_copies(data: bytes, dice: random.Random) -> int:
    """Annotate bytes and put a figure of theirs right; count the copies that came of it."""
    document = opened(data)
    if document is None:
        return 0
    editor = EDITORS[document.format]
    annotate, correct = editor.annotate, editor.correct
    assert annotate is not None
    assert correct is not None
    cells = [cell for block in document.blocks if isinstance(block, Table) for cell in block.cells]
    chosen = dice.sample(cells, min(len(cells), 4))
    notes = [Note(one, "error", "甲", "乙") for one in (NOWHERE, *(cell.location for cell in chosen))]
    copy = told(lambda: annotate(data, notes))
    assert copy is None or document_from_bytes(copy, "copy").blocks == document.blocks
    fixed = [told(partial(correct, data, [Correction(one.location, one.text, "4711")])) for one in chosen]
    for some in filter(None, fixed):
        document_from_bytes(some, "copy")
    return (copy is not None) + sum(one is not None for one in fixed)


def told(make: Callable[[], bytes]) -> bytes | None:
    """Make a copy, or be told in one line why there is none."""
    try:
        return make()
    except InputError as error:
        assert error.message.zh  # noqa: PT017 - either way is right
        assert "\n" not in error.message.zh + error.message.en  # noqa: PT017 - the same
        return None


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("kind", FILES)
def test_copies_of_damaged_files(kind: str, again: bool) -> None:  # noqa: FBT001
    """Of files as they are written, and of copies with notes."""
    data = rendered(draw_report(builtin_forms()[0], 1), kind)
    editor = WORD if kind in {"docx", "wps"} else SHEET
    if again:
        assert editor.annotate is not None
        data = editor.annotate(data, [Note(NOWHERE, "error", "甲", "乙")])
    assert try_copies(data, random.Random(1))
    for number in range(_COPIES or scaled(1)):
        seed = f"{_SEED}/{kind}/{again}/{number}"
        dice = random.Random(seed)
        try:
            with bounded():
                try_copies(damaged(data, dice), dice)
        except BaseException as error:
            error.add_note(f"copy {seed}")
            raise
