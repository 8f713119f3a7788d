"""Results for the terminal: what they show, at every width, with and without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from nianbao.model.location import Location
from nianbao.outputs.output import FULL, QUIET, Verbosity
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
    """Both sums that the slip breaks are shown with the cells that take part."""
    assert printed(draft, width=width, lang=lang, colour=colour) == snapshot


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_without_faults(consistent: Result, printed: Printed, snapshot: SnapshotAssertion, lang: str) -> None:
    """A report without faults takes three lines, with what could not be judged."""
    text = printed(consistent, lang=lang)

    assert text == snapshot
    assert text.splitlines()[3] == ""


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
    assert "“未收取”[/bold]" in printed(odd, verbosity=Verbosity(FULL))
    assert "gone[i].txt" in text
    assert "\x1b" not in text


def test_a_terminal_without_colours_gets_text_alone(draft: Result, printed: Printed) -> None:
    """With NO_COLOR nothing but text is written, on a terminal too."""
    text = printed(draft, terminal=True)

    assert "\x1b" not in text
    assert text == printed(draft)


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
    assert "未判 3 项：没有上一年度的年报" in text
    assert "没有上一年度的年报（Y002、Y003）" in printed(odd, verbosity=Verbosity(FULL))


def test_an_information_takes_one_line(odd: Result, printed: Printed) -> None:
    """No title, authority, cells or help go with what is for information alone."""
    lines = printed(odd).splitlines()
    start = lines.index("可以再看一眼的 1 处：")

    assert lines[start + 1 : start + 3] == ["  提示 有错  第 10 行", ""]
    assert "（S003）" not in "".join(lines)


def test_a_crashed_rule_is_no_unreadable_input(odd: Result, printed: Printed) -> None:
    """Two inputs could not be read, and one rule failed in itself."""
    last = printed(odd).splitlines()[-1]

    assert "2 个无法读取" in last
    assert "1 条规则出错" in last


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (Location(line=3, column=4, table=1, row=2, cell=3), "a:3:4"),
        (Location(table=2, row=5, cell=1), "a 文件里第 2 个表格第 5 行第 1 格"),
        (Location(page=4, table=2, row=5, cell=1, box=(1, 2, 3, 4)), "a 第 4 页 文件里第 2 个表格第 5 行第 1 格"),
        (Location(page=4), "a 第 4 页"),
        (Location(paragraph=7), "a 第 7 段"),
        (Location(sheet="表三", ref="B7"), "a:表三!B7"),
        (Location(), "a"),
    ],
)
def test_a_place_is_told_in_the_terms_of_its_format(location: Location, shown: str) -> None:
    """Lines where there are any, else pages, tables, paragraphs or cells of a sheet."""
    assert CHINESE.place("a", location) == shown


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("most", [6, 12, 25])
def test_a_report_in_few_lines(
    draft: Result, printed: Printed, snapshot: SnapshotAssertion, *, most: int, lang: str
) -> None:
    """At most so many lines for a report, the list first; what is left out is counted, and how to see it is said."""
    text = printed(draft, lang=lang, width=80, verbosity=Verbosity(max_lines=most))
    lines = text.splitlines()

    assert text == snapshot
    assert lines.index("") < most
    assert len(lines) - len(printed(draft, lang=lang, width=80, verbosity=Verbosity(QUIET)).splitlines()[2:]) <= most
    assert "nianbao check examples/linjiang-2024-draft.txt" in " ".join(text.split())


@given(width=st.integers(min_value=40, max_value=130), most=st.integers(1, 60), lang=st.sampled_from(["zh", "en"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_no_report_has_more_lines_than_wanted(
    draft: Result, printed: Printed, *, width: int, most: int, lang: str
) -> None:
    """Its head stands in any case, and the lines that say what is left out."""
    whole = printed(draft, width=width, lang=lang).splitlines()
    few = printed(draft, width=width, lang=lang, verbosity=Verbosity(max_lines=most)).splitlines()
    summary = len(whole) - whole.index("", whole.index("") + 1)
    head = 6 if width < 60 else 3

    assert len(few) <= max(most, head + 6) + summary
    assert few[-1] == whole[-1]


def test_quietly_a_report_has_no_more_lines_either(draft: Result, printed: Printed) -> None:
    """The last of them tells how many entries are not given."""
    first, *_ = printed(draft, verbosity=Verbosity(QUIET)).splitlines()
    text = printed(draft, verbosity=Verbosity(QUIET, max_lines=1))

    assert text.startswith("还有 2 处没有列出，其中错误 2 处；看全部：nianbao check examples/linjiang-2024-draft.txt\n")
    assert first not in text
    assert printed(draft, verbosity=Verbosity(QUIET, max_lines=2)).startswith(first)
