"""Tables of PDFs that the end of a page cuts: between rows, inside rows and heads, and with heads printed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.pdffiles import cells, pages, rule, ruled, say

from nianbao.model.document import Table
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = (60, 160, 260, 360)


def walls(top: float, bottom: float, columns: Iterable[float] = COLUMNS) -> bytes:
    """Draw the vertical lines of a table."""
    return b"".join(rule(column, top, column, bottom) for column in columns)


def spans(data: bytes) -> list[tuple[str, int, int, int, int]]:
    """Return text, row, column and spans of each cell of the only table of a file."""
    (table,) = document_from_bytes(data, "drawn").blocks
    assert isinstance(table, Table)
    return [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in table.cells]


def texts(data: bytes) -> list[str]:
    """Return the texts of the only table of a file, with a question mark behind those in doubt."""
    (table,) = document_from_bytes(data, "drawn").blocks
    assert isinstance(table, Table)
    return [cell.text + "?" * (cell.doubt is not None) for cell in table.cells]


def test_a_cell_without_a_line_at_the_end_of_a_page_goes_on() -> None:
    """Its words go on below the last line of the page; the cell beside it ends there, and heads begin below it."""
    upper = walls(740, 780, (60, 160, 360)) + rule(60, 740, 360, 740) + rule(160, 780, 360, 780)
    lower = walls(60, 120) + rule(60, 80, 360, 80) + rule(60, 120, 360, 120)

    found = spans(
        pages(
            upper + say(63, 776, "自然") + say(63, 791, "人") + say(163, 760, "其他组织"),
            lower + say(163, 74, "商业") + say(263, 74, "科研") + cells(COLUMNS, (85, 100), (("1", "2", "3"),)),
        )
    )

    assert found == [
        ("自然人", 0, 0, 2, 1),
        ("其他组织", 0, 1, 1, 2),
        ("商业", 1, 1, 1, 1),
        ("科研", 1, 2, 1, 1),
        ("1", 2, 0, 1, 1),
        ("2", 2, 1, 1, 1),
        ("3", 2, 2, 1, 1),
    ]


def test_a_row_without_lines_at_the_end_of_a_page_goes_on() -> None:
    """Figures may be on either page; nothing but the missing lines says that it is one row."""
    upper = walls(740, 790) + rule(60, 740, 360, 740) + rule(60, 760, 360, 760)
    lower = walls(60, 100) + rule(60, 80, 360, 80) + rule(60, 100, 360, 100)

    found = spans(
        pages(
            upper + cells(COLUMNS, (740, 760), (("内容", "制作", "公开"),)) + say(63, 776, "规章") + say(163, 776, "5"),
            lower + cells(COLUMNS, (60, 80, 100), (("和文件", "", "7"), ("许可", "8", "9"))),
        )
    )

    assert [text for text, *_place in found] == ["内容", "制作", "公开", "规章和文件", "5", "7", "许可", "8", "9"]


def test_lines_beyond_the_end_of_a_page_are_not_there() -> None:
    """Some programs draw the whole table on each page, and show the part of it that is on the page."""
    table = ruled(COLUMNS, (800, 820, 880, 900))
    below = ruled(COLUMNS, (-42, -22, 38, 58))

    found = spans(
        pages(
            table + cells(COLUMNS, (800, 820, 880), (("内容", "制作", "公开"), ("规章", "", ""))),
            below
            + say(63, 20, "文件")
            + say(163, 20, "1")
            + say(263, 20, "2")
            + say(63, 50, "许可")
            + say(163, 50, "3"),
        )
    )

    assert [(text, row) for text, row, *_spans in found] == [
        *(("内容", 0), ("制作", 0), ("公开", 0), ("规章文件", 1), ("1", 1), ("2", 1)),
        *(("许可", 2), ("3", 2), ("", 2)),
    ]


def test_figures_that_touch_are_two_where_a_line_is_between_them() -> None:
    """A figure too wide for its cell reaches the figure in the next cell."""
    narrow = ruled((60, 80, 100), (100, 120))
    beside = texts(pages(narrow + say(55.4, 114, "12345") + say(82.4, 114, "678")))
    exactly = texts(pages(narrow + say(55.4, 114, "12345") + say(83.2, 114, "678")))
    digits = [
        say(x, 114, digit) for x, digit in zip((55.4, 61, 66.5, 72.1, 77.7, 83.2, 88.8, 94.4), "12345678", strict=True)
    ]
    blank = texts(pages(narrow + b"".join(digits)))

    assert beside == ["12345", "678"]
    assert exactly == ["12345\n?", "678?"]
    assert blank == ["12345678?", "?"]


def test_figures_that_touch_are_one_within_a_cell() -> None:
    """Programs draw a figure in parts, where its font changes."""
    found = spans(pages(ruled(COLUMNS, (100, 120)) + say(63, 114, "12") + say(74.1, 114, "345") + say(163, 114, "6")))

    assert [text for text, *_place in found] == ["12345", "6", ""]


def test_figures_over_each_other_are_no_figure() -> None:
    """Neither is one of two sizes; the whole row is in doubt."""
    over = say(163, 114, "88") + say(166, 114, "77")
    sizes = say(163, 114, "88") + say(174.1, 112, "1", size=6)

    for drawn in (over, sizes):
        found = texts(pages(ruled(COLUMNS, (100, 120)) + drawn + say(263, 114, "5")))
        assert (len(found), found[0], found[1][-1], found[2]) == (3, "?", "?", "5?")


def test_note_marks_stay_beside_their_figures() -> None:
    """A raised digit makes the figure doubtful; a raised circled one is given as what it is."""
    digit = say(163, 114, "88") + say(174.1, 110, "1", size=6)
    circled = say(163, 114, "88") + say(174.1, 110, "①", size=6)

    assert texts(pages(ruled(COLUMNS, (100, 120)) + say(63, 114, "规章") + digit))[1] == "88\n1?"
    assert texts(pages(ruled(COLUMNS, (100, 120)) + say(63, 114, "规章") + circled))[1] == "88①"


def test_a_head_printed_over_the_rows_below_it_is_left_out() -> None:
    """A page repeats the first row of the heads, with the whole words of a cell that spans more rows."""
    note = ("本列数据的", "勾稽关系为", "两项之和")
    columns = (60, 120, 180, 240, 300)
    upper = walls(700, 780, (60, 180, 300)) + walls(720, 780, (240,)) + walls(760, 780, (120,))
    upper += b"".join(rule(60 if y in {700, 760, 780} else 180, y, 300, y) for y in (700, 720, 760, 780))
    lower = walls(60, 80, (60, 180, 300)) + walls(80, 140, columns) + rule(60, 60, 300, 60)
    lower += b"".join(rule(60, y, 300, y) for y in (80, 110, 140))

    found = spans(
        pages(
            upper
            + b"".join(say(63, 714 + 15 * line, words) for line, words in enumerate(note))
            + cells((180, 240), (700, 720), (("申请人",),))
            + cells((180, 240, 300), (720, 760), (("自然人", "总计"),))
            + cells(columns, (760, 780), (("办理", "公开", "1", "2"),)),
            lower
            + b"".join(say(63, 74 + 15 * line, words) for line, words in enumerate(note))
            + say(183, 74, "申请人")
            + say(63, 91, "部分")
            + cells(columns, (80, 110, 140), (("", "不予", "3", "4"), ("无法", "提供", "5", "6"))),
        )
    )

    words = [text for text, *_place in found]
    assert words == [
        "".join(note),
        "申请人",
        "自然人",
        "总计",
        "办理",
        "公开",
        "1",
        "2",
        *("部分", "不予", "3", "4"),
        *("无法", "提供", "5", "6"),
    ]
