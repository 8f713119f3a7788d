"""What is left out of a text because of its format, and what is in doubt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.model.location import Location
from nianbao.readers.left_out import (
    FAINT,
    RAISED,
    STRUCK,
    UNSEEN,
    LeftOut,
    is_marked,
    marked,
    marked_lines,
    on_ground,
    settled,
)

if TYPE_CHECKING:
    from nianbao.readers.left_out import Format

FORMATS: dict[str, Format] = {"^": RAISED, "~": STRUCK, "?": UNSEEN, "!": FAINT}
TABLE = Location(table=2, row=4, cell=2)


def text_of(written: str) -> str:
    """Return a text in which words such as ``{^1}`` are marked with a format."""
    return re.sub(r"\{(.)([^}]*)\}", lambda match: marked(match[2], FORMATS[match[1]]), written)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("88{^1}", "88"),
        ("88{^[12]}", "88"),
        ("88 {^注1}", "88 "),
        ("88{^a,b}", "88"),
        ("88{^件}", "88件"),
        ("88{^1件多}", "88 1件多"),
        ("{~77}88", "88"),
        ("88{~77}", "88"),
        ("{~77}\n88", "\n88"),
        ("8{~7}8", "8 8"),
        ("88{^1}件", "88件"),
        ("收到88{^1}件，办结77{^2}件", "收到88件，办结77件"),
        ("88{?1}", "88"),
        ("88{!1}", "88"),
        ("其他{^2}", "其他"),
        ("{~旧名}新名", "新名"),
        ("{!其他}", "其他"),
        ("{^其他}", "其他"),
        ("{?其他}", ""),
        ("88{~}", "88"),
        ("{^ }88", " 88"),
    ],
)
def test_what_stands_beside_others_is_left_out(written: str, read: str) -> None:
    """Marks, struck-out and unseen words are left out beside others, and parted figures stay parted."""
    result = settled(text_of(written))

    assert (result.text, result.doubt) == (read, None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{^88}", "88"),
        ("{~88}", "88"),
        ("{?88}", ""),
        ("{!88}", "88"),
        ("{~77}{^1}", "771"),
        ("{?77}{^1}", "1"),
        ("{^1}88", "88"),
        ("88{^123}", "88"),
        ("912.{^57}", "912."),
        ("{!1.其他}", "1.其他"),
    ],
)
def test_what_may_be_the_figure_is_in_doubt(written: str, read: str) -> None:
    """Digits that are alone in a format, before a figure, behind its point, or many, may be part of the figure."""
    result = settled(text_of(written))

    assert result.text == read
    assert result.doubt is not None
    assert result.doubt.zh
    assert result.doubt.en


@given(st.lists(st.tuples(st.sampled_from([None, *FORMATS.values()]), st.text("78. 件", max_size=4)), max_size=6))
def test_no_two_figures_become_one(pieces: list[tuple[Format | None, str]]) -> None:
    """Without a doubt, each figure that is read stands there as it is, in words of one format."""
    result = settled("".join(marked(words, format_) for format_, words in pieces))
    usual = "".join("|" if format_ and not words.isspace() and words else words for format_, words in pieces)
    raised = [words for format_, words in pieces if format_ == RAISED]

    if result.doubt is None:
        for figure in re.findall(r"\d+", result.text):
            assert any(figure in words for words in (usual, "".join(raised)))


def test_words_in_white_on_a_colour_are_seen() -> None:
    """The marks of white words go; others stay."""
    assert on_ground(text_of("8{!8}")) == "88"
    assert settled(on_ground(text_of("8{!8}{^1}"))).text == "88"


def test_text_of_the_usual_format_is_not_marked() -> None:
    """Neither white space nor text without a format has signs in it."""
    assert not is_marked(marked("88", None))
    assert not is_marked(marked(" \t", RAISED))
    assert is_marked(marked_lines("1\n2", STRUCK))
    assert settled(marked_lines("1\n\n2", STRUCK)).text == "1\n\n2"


def test_notes_count_what_was_left_out() -> None:
    """A note for each format says how many places there are, which is the first, and how it was read."""
    left_out = LeftOut()

    assert left_out.read_cell(text_of("88{^1}"), TABLE) == ("88", None)
    assert left_out.read_cell(text_of(" {~77}\n 89 "), Location(line=7)) == ("89", None)
    assert left_out.read_cell(text_of("9{^2}")) == ("9", None)
    assert left_out.read_cell(text_of("其他{^*}")) == ("其他", None)
    assert left_out.read_prose(text_of("{~共77件。}"), Location(line=9)) == ""
    assert left_out.read_prose(text_of("共{?7}8件")) == "共8件"

    assert [note.zh for note in left_out.notes()] == [
        "有 2 处上标、下标（注号）没有当作数字读，第一处：文件里第 2 个表格第 4 行第 2 格“881”读作“88”",
        "有 2 处划了删除线的文字没有读，第一处：第 7 行“77 89”读作“89”",
        "有 1 处看不见的文字没有读，第一处：“共78件”读作“共8件”",
    ]
    assert all(note.en for note in left_out.notes())
