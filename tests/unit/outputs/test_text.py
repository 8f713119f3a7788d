"""Results for the terminal: what they show, at every width, with and without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from nianbao.model.location import Location
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    from nianbao.model.result import Result

    Printed = Callable[..., str]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [100, 60, 40])
@pytest.mark.parametrize("colour", [False, True], ids=["plain", "colour"])
def test_a_draft_with_a_slip(
    draft: Result, printed: Printed, snapshot: SnapshotAssertion, *, width: int, lang: str, colour: bool
) -> None:
    """Both equations that the slip breaks are shown with the cells that take part."""
    assert printed(draft, width=width, lang=lang, colour=colour) == snapshot


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_without_faults(consistent: Result, printed: Printed, snapshot: SnapshotAssertion, lang: str) -> None:
    """A report without faults takes a few lines."""
    text = printed(consistent, lang=lang)

    assert text == snapshot
    assert len(text.splitlines()) <= 10


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_odd_pieces(odd: Result, printed: Printed, snapshot: SnapshotAssertion, lang: str) -> None:
    """Last year's cells, marks, broken rules and inputs that cannot be read each have their words."""
    assert printed(odd, lang=lang) == snapshot


@pytest.mark.parametrize("which", ["draft", "consistent", "odd"])
@given(width=st.integers(min_value=40, max_value=130), lang=st.sampled_from(["zh", "en"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_no_line_is_wider_than_the_terminal(
    request: pytest.FixtureRequest, printed: Printed, which: str, width: int, lang: str
) -> None:
    """At any width from 40 on every line fits, wide characters counted as two."""
    result = request.getfixturevalue(which)

    assert [line for line in printed(result, width=width, lang=lang).splitlines() if cell_len(line) > width] == []


def test_text_of_a_report_is_printed_as_it_is(odd: Result, printed: Printed) -> None:
    """What looks like markup in names and cells stands literally; control characters are gone."""
    text = printed(odd)

    assert "a[bold]b.txt" in text
    assert "临江[red]区" in text
    assert "“未收取”[/bold]" in text
    assert "gone[i].txt" in text
    assert "\x1b" not in text


def test_a_terminal_without_colours_gets_text_alone(draft: Result, printed: Printed) -> None:
    """With NO_COLOR nothing but text is written, on a terminal too; sides are still told apart."""
    text = printed(draft, terminal=True)

    assert "\x1b" not in text
    assert "72 右" in text
    assert "86 左" in text


def test_colours_change_nothing_but_colours(draft: Result, printed: Printed) -> None:
    """The text without its escape sequences is that of a plain console."""
    import re  # noqa: PLC0415 - here alone

    coloured = printed(draft, colour=True)

    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == printed(draft)


def test_a_reason_is_said_once(odd: Result, printed: Printed) -> None:
    """Rules that cannot be judged for one reason stand together."""
    text = printed(odd)

    assert text.count("没有上一年度的年报") == 1
    assert "未判 Y002、Y003：" in text


def test_an_information_takes_one_line(odd: Result, printed: Printed) -> None:
    """No title, authority, cells or help go with what is for information alone."""
    lines = printed(odd).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("提示 S003"))

    assert lines[start] == "提示 S003 有错  a[bold]b.txt:10"
    assert lines[start + 1] == ""


def test_a_crashed_rule_is_no_unreadable_input(odd: Result, printed: Printed) -> None:
    """Two inputs could not be read, and one rule failed in itself."""
    last = printed(odd).splitlines()[-1]

    assert "2 个无法读取" in last
    assert "1 条规则出错" in last


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (Location(line=3, column=4, table=1, row=2, cell=3), "a:3:4"),
        (Location(table=2, row=5, cell=1), "a 第 2 张表第 5 行第 1 格"),
        (Location(page=4, table=2, row=5, cell=1, box=(1, 2, 3, 4)), "a 第 4 页 第 2 张表第 5 行第 1 格"),
        (Location(page=4), "a 第 4 页"),
        (Location(paragraph=7), "a 第 7 段"),
        (Location(sheet="表三", ref="B7"), "a:表三!B7"),
        (Location(), "a"),
    ],
)
def test_a_place_is_told_in_the_terms_of_its_format(location: Location, shown: str) -> None:
    """Lines where there are any, else pages, tables, paragraphs or cells of a sheet."""
    assert CHINESE.place("a", location) == shown
