"""Tracked changes of Word files: read as accepted, and nothing is lost when they are rejected."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from lxml import etree
from tests.support.copying import W, text_of
from tests.support.wordfiles import cell, para, row, run, table, word_file

from nianbao.editing.editor import Addition, Amendment, Correction
from nianbao.editing.word import amend
from nianbao.errors import InputError
from nianbao.model.document import Paragraph, Table
from nianbao.model.location import Location
from nianbao.readers import document_from_bytes
from nianbao.readers.source import Source

DAY = dt.date(2025, 1, 20)
FIRST = Location(table=1, row=1, cell=2)
THEIRS = 'w:id="90" w:author="x" w:date="2024-01-01T00:00:00Z"'
RUBY = f"<w:r><w:ruby><w:rt>{run('x')}</w:rt><w:rubyBase>{run('84')}</w:rubyBase></w:ruby></w:r>"
OURS = f".//*[@{W}author='nianbao']"
FILLED: dict[str, tuple[str, str, str]] = {
    "a figure": (run("84", "<w:b/>"), "84", "48"),
    "a figure with a unit": ("84件", "84件", "48件"),
    "one of two figures": ("84（含上年结转1件）", "84", "48（含上年结转1件）"),
    "a figure torn over runs": (run("8") + run("", "<w:b/>") + run("4", "<w:b/>"), "84", "48"),
    "pieces in one run": ("<w:r><w:t>共8</w:t><w:t>4</w:t><w:t>件</w:t></w:r>", "共84件", "共48件"),
    "somebody's insertion": (f"<w:ins {THEIRS}>{run('共84件')}{run('。')}</w:ins>", "共84件。", "共48件。"),
    "a link": (f'<w:hyperlink w:anchor="x">{run("84")}</w:hyperlink>', "84", "48"),
    "a blank": ("<w:r/>", "", "48"),
    "a sign": ("/", "/", "48"),
}


def holding(content: str) -> bytes:
    """Return a Word file with a table, in which a cell holds what is given."""
    return word_file(para("甲") + table(row("a", cell(para(content)), "9"), row("b", "3", "4")) + para("乙"))


def shown(data: bytes) -> list[str]:
    """Return what a file says, as it is read."""
    blocks = document_from_bytes(data, "x").blocks
    held = [[one.text for one in block.cells] if isinstance(block, Table) else [block.text] for block in blocks]  # type: ignore[union-attr]
    return [text for texts in held for text in texts]


def tracked(data: bytes, *, corrections: tuple[Correction, ...] = (), additions: tuple[Addition, ...] = ()) -> bytes:
    """Return a copy with tracked changes."""
    return amend(Source("x", data), Amendment(corrections, additions, DAY))


def is_inserted(text: Any) -> bool:
    """Whether the tool inserted a text."""
    return any(mark.get(W + "author") == "nianbao" for mark in text.iterancestors(W + "ins"))


def rejected(data: bytes) -> list[str]:
    """Return the text of each paragraph after the tool's own changes have been rejected."""
    root: Any = copy.deepcopy(text_of(data))
    for one in root.iter(W + "delText"):
        one.tag = W + "t"
    lines, begun = [], ""
    for line in root.iter(W + "p"):
        begun += "".join(text.text or "" for text in line.iter(W + "t") if not is_inserted(text))
        if line.find(f"{W}pPr/{W}rPr/{W}ins") is None:
            lines.append(begun)
            begun = ""
    return lines


@pytest.mark.parametrize(("content", "old", "new"), FILLED.values(), ids=FILLED)
def test_a_figure_is_deleted_and_another_inserted(content: str, old: str, new: str) -> None:
    """The copy is read with the new one; rejected, it is the file; the ids of changes are their own."""
    data = holding(content)
    made = tracked(data, corrections=(Correction(FIRST, old, "48"),))

    assert shown(made) == ["甲", "a", new, "9", "b", "3", "4", "乙"]
    assert rejected(made) == [("".join(one.itertext())) for one in text_of(data).iter(W + "p")]
    ours = text_of(made).findall(OURS)
    assert len({one.get(W + "id") for one in ours} | {"90"}) == len(ours) + 1
    assert {one.get(W + "date") for one in ours} == {"2025-01-20T00:00:00Z"}
    inserted = [one for one in ours if one.tag == W + "ins"]
    assert all(next(one.iterancestors(W + "ins"), None) is None for one in inserted)


def test_the_look_of_the_figure_is_kept() -> None:
    """That of its first digit, for both."""
    made = tracked(holding(run("8", "<w:b/>") + run("4")), corrections=(Correction(FIRST, "84", "48"),))

    inserted = text_of(made).find(f".//{W}ins/{W}r")
    assert [one.tag for one in inserted.find(W + "rPr")] == [W + "b"]


def test_a_reading_over_a_figure_is_refused() -> None:
    """It cannot be deleted in part."""
    with pytest.raises(InputError):
        tracked(holding(RUBY), corrections=(Correction(FIRST, "x84", "48"),))


@pytest.mark.parametrize("behind", ["", para("丙"), table(row("a", "b"))])
@pytest.mark.parametrize("look", ["", '<w:numPr><w:numId w:val="1"/></w:numPr><w:jc w:val="center"/>'])
def test_a_paragraph_is_added_behind_another(behind: str, look: str) -> None:
    """Before a paragraph, a table, or at the end: accepted it stands there, rejected the text is what it was."""
    data = word_file(para("甲") + para(run("乙。", "<w:b/>"), look) + behind)
    place = Location(paragraph=2)

    made = tracked(data, additions=(Addition(place, "乙。", "新的一句。", place),))

    before = shown(data)
    assert shown(made) == [*before[:2], "新的一句。", *before[2:]]
    assert [line for line in rejected(made) if line] == ["".join(one.itertext()) for one in text_of(data).iter(W + "p")]
    added = next(one for one in text_of(made).iter(W + "p") if "新的" in "".join(one.itertext()))
    assert added.find(f".//{W}r/{W}rPr/{W}b") is not None
    assert added.find(f"{W}pPr/{W}numPr") is None
    assert (added.find(f"{W}pPr/{W}jc") is not None) is bool(look)


def test_a_paragraph_that_is_not_there_takes_none() -> None:
    """Nor one with other words."""
    data = word_file(para("甲"))
    for place, after in ((Location(paragraph=3), "甲"), (Location(paragraph=1), "丁")):
        with pytest.raises(InputError, match="找不到"):
            tracked(data, additions=(Addition(place, after, "新。", place),))
    assert [one.text for one in document_from_bytes(data, "x").blocks if isinstance(one, Paragraph)] == ["甲"]
    assert etree.tostring(text_of(amend(Source("x", data), Amendment()))) == etree.tostring(text_of(data))
