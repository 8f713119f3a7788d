"""Breaking paragraphs to a width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text as Line

from nianbao.outputs.terminal.wrapping import hang, hang_line

_CHARACTERS = "年报数据abc019（），。：“” -–·./"
paragraphs = st.text(_CHARACTERS, max_size=200)
widths = st.integers(min_value=16, max_value=120)


@given(text=paragraphs, width=widths)
def test_no_line_is_wider_and_nothing_is_lost(text: str, width: int) -> None:
    """Every line fits, and together the lines hold all that is not a blank, in order."""
    lines = [line.plain for line in hang(text, "  ", width=width)]

    assert max(map(cell_len, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(characters=st.text("年报数据，。、：", min_size=1, max_size=100), width=widths)
def test_a_line_begins_with_no_closing_sign(characters: str, width: int) -> None:
    """A comma or a full stop stays with the character before it, unless signs alone fill a line."""
    text = "年" + characters
    lines = [line.plain.strip() for line in hang(text, "", width=width)]
    heaped = any(sign * 3 in text for sign in "，。、：") or any(
        all(one in "，。、：" for one in text[start : start + 3]) for start in range(len(text))
    )

    assert heaped or all(line[0] not in "，。、：" for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 20, [""]),
        ("用 --prior 给出上一年", 14, ["用 --prior 给", "  出上一年"]),
        ("一二三四五六七八", 12, ["一二三四五六", "  七八"]),
        ("一二三四五（六）", 12, ["一二三四五", "  （六）"]),
        ("abcdefghijklmnopqrstuvwxyz", 12, ["abcdefghijkl", "  mnopqrstuv", "  wxyz"]),
    ],
)
def test_where_lines_break(text: str, width: int, expected: list[str]) -> None:
    """Words stay whole, Chinese breaks anywhere, what is wider than a line is parted."""
    assert [line.plain for line in hang(text, "", width=width)] == expected


def test_styles_stay_with_their_words() -> None:
    """A style that begins in one line goes on in the next."""
    line = Line.assemble("一二三四五", ("六七八", "red"))

    lines = hang_line(line, "", width=12)

    assert [(one.plain[span.start : span.end], span.style) for one in lines for span in one.spans] == [
        ("六", "red"),
        ("七八", "red"),
    ]
