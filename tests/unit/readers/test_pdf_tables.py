"""Tables of PDFs that have lines: cells, spans, and tables that pages break."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.parts import drawn
from tests.support.pdffiles import area, cells, pages, rule, ruled, say, upright

from nianbao.model.document import Table
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nianbao.model.document import TableCell

COLUMNS, ROWS = (60, 160, 260, 360), (100, 120, 140, 160)
TEXTS = (("内容", "制作", "公开"), ("规章", "1", "20"), ("文件", "3.5", ""))
FLAT = [text for row in TEXTS for text in row]


def only_table(data: bytes) -> Table:
    """Read a file that holds one table and nothing else."""
    (table,) = document_from_bytes(data, "drawn").blocks
    assert isinstance(table, Table)
    return table


def rows(table: Table) -> list[list[str]]:
    """Return the texts of a table by rows, with a question mark behind those in doubt."""
    found: dict[int, list[TableCell]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).append(cell)
    return [[cell.text + "?" * (cell.doubt is not None) for cell in found[row]] for row in sorted(found)]


def spans(table: Table) -> list[tuple[str, int, int, int, int]]:
    """Return text, row, column and spans of each cell."""
    return [(one.text, one.row, one.column, one.rowspan, one.colspan) for one in table.cells]


def test_cells_are_read_in_order_with_their_places() -> None:
    """Each cell has its page, its box on it, and its place among tables, rows and cells."""
    document = document_from_bytes(
        pages(say(60, 60, "年度报告") + ruled(COLUMNS, ROWS) + cells(COLUMNS, ROWS, TEXTS)), "x"
    )

    assert drawn(document) == ["年度报告", FLAT]
    table = document.blocks[1]
    assert isinstance(table, Table)
    place = table.cells[4].location
    assert (place.page, place.table, place.row, place.cell) == (1, 1, 2, 2)
    assert place.box == pytest.approx((160, 120, 260, 140))
    assert table.shape == "grid"


def thin(columns: Sequence[float], heights: Sequence[float]) -> bytes:
    """Draw the lines of a table as thin areas, each a little apart from the next, as office programs do."""
    level = b"".join(area(x, y - 0.3, end + 0.4, y + 0.3, paint="0 g") for y in heights for x, end in pairwise(columns))
    return level + b"".join(
        area(x - 0.3, y, x + 0.3, end + 0.4, paint="0 g") for x in columns for y, end in pairwise(heights)
    )


@pytest.mark.parametrize(
    "lines",
    [
        ruled(COLUMNS, ROWS),
        ruled(COLUMNS, ROWS) + ruled([x + 1.5 for x in COLUMNS], [y + 1.5 for y in ROWS]),
        thin(COLUMNS, ROWS),
        b"".join(f"{x} {842 - y - 20} 100 20 re S\n".encode() for x in COLUMNS[:3] for y in ROWS[:3]),
        ruled(COLUMNS, ROWS) + rule(60, 100, 160, 120),
        ruled(COLUMNS, ROWS) + rule(210, 120, 210, 126),
        area(60, 100, 360, 120) + ruled(COLUMNS, ROWS) + area(163, 122, 200, 138, paint="1 1 0 rg"),
    ],
    ids=["lines", "double lines", "thin areas", "boxes", "a slanting line in the corner", "stubs", "shades"],
)
def test_lines_of_every_kind_make_the_same_cells(lines: bytes) -> None:
    """However a program draws them; shades behind text are no lines."""
    assert rows(only_table(pages(lines + cells(COLUMNS, ROWS, TEXTS)))) == [list(row) for row in TEXTS]


def test_spans_are_where_no_line_parts_cells() -> None:
    """A head over two columns, a label beside two rows."""
    lines = b"".join(
        (
            rule(60, 100, 360, 100),
            rule(160, 120, 360, 120),
            rule(160, 140, 360, 140),
            rule(60, 160, 360, 160),
            rule(60, 100, 60, 160),
            rule(160, 100, 160, 160),
            rule(260, 120, 260, 160),
            rule(360, 100, 360, 160),
        )
    )

    table = only_table(pages(lines + cells(COLUMNS, ROWS, (("甲", "乙和丙"), ("", "1", "2"), ("", "3", "4")))))

    assert spans(table) == [
        ("甲", 0, 0, 3, 1),
        ("乙和丙", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
        ("3", 2, 1, 1, 1),
        ("4", 2, 2, 1, 1),
    ]


def test_a_box_in_the_corner_of_a_cell_loses_nothing() -> None:
    """A cell that is no longer a rectangle is given with all that it spans, once."""
    lines = ruled(COLUMNS, ROWS) + rule(230, 120, 230, 128) + rule(230, 128, 260, 128)

    texts = [cell.text for cell in only_table(pages(lines + cells(COLUMNS, ROWS, TEXTS))).cells if cell.text]

    assert sorted(texts) == sorted(text for text in FLAT if text)


def test_a_table_without_outer_lines_keeps_its_outer_cells() -> None:
    """Where the lines at its edges were left out, cells go as far as the other lines."""
    lines = b"".join(rule(60, y, 360, y) for y in ROWS) + b"".join(rule(x, 100, x, 160) for x in COLUMNS[1:3])

    assert rows(only_table(pages(lines + cells(COLUMNS, ROWS, TEXTS)))) == [list(row) for row in TEXTS]


def test_a_frame_around_text_is_no_table() -> None:
    """One cell alone is prose in a frame, and what has one column is a list."""
    framed = pages(ruled((60, 500), (100, 200)) + say(70, 120, "本页有框，框里是正文。"))

    assert drawn(document_from_bytes(framed, "x")) == ["本页有框，框里是正文。"]


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        (say(170, 113, "公开政\n府信息"), "公开政府信息"),
        (upright(200, 102, "三本年度"), "三本年度"),
        (upright(220, 102, "三本年") + upright(200, 102, "度办理"), "三本年度办理"),
        (say(163, 113, "总 计"), "总计"),
        (say(163, 113, "12 3"), "12 3"),
        (say(163, 113, "1") + say(163.4, 113, "1") + say(168.6, 113, "2"), "12"),
        (say(163, 113, "12") + say(163.4, 113.2, "12"), "12"),
        (say(163, 113, "1234"), "1234"),
        (say(163, 113, "12") + say(174.12, 113, "34", size=10.2), "1234"),
        (say(163, 113, "annual\nreport"), "annual report"),
        (say(163, 113, "２０"), "２０"),
        (say(163, 113, "⼈⺠"), "人民"),
    ],
    ids=[
        "lines",
        "from top to bottom",
        "columns from right to left",
        "a wide label",
        "digits apart",
        "bold by drawing digits twice",
        "bold by drawing a number twice",
        "a number",
        "a number in two fonts",
        "words of letters",
        "wide digits",
        "radicals for characters",
    ],
)
def test_what_a_cell_says(mark: bytes, text: str) -> None:
    """Lines are joined, labels from top to bottom read, digits neither doubled nor glued."""
    table = only_table(pages(ruled((60, 160, 260), (90, 150, 170)) + mark + cells((60, 160), (150,), (("甲", "乙"),))))

    assert table.cells[1].text == text


TEXT = st.one_of(
    st.just(""), st.integers(0, 10**6).map(str), st.text("规章文件许可处罚强制公开（）、", min_size=1, max_size=6)
)


@given(
    rows=st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=12),
    cut=st.integers(0, 11),
    kind=st.sampled_from([ruled, thin]),
)
def test_whatever_stands_in_a_table_is_read_where_it_stands(
    rows: list[tuple[str, str]], cut: int, kind: Callable[[Sequence[float], Sequence[float]], bytes]
) -> None:
    """Any texts, on one page or two: each row has its cells, and no text is lost, doubled or moved."""
    wanted = [(f"{number}.甲", *row) for number, row in enumerate(rows, 1)]
    halves = [half for half in (wanted[: cut % len(rows)], wanted[cut % len(rows) :]) if half]
    tops = [700 - 20 * len(halves[0]), 60] if len(halves) > 1 else [60]
    drawn_pages = []
    for half, top in zip(halves, tops, strict=True):
        heights = [top + 20 * place for place in range(len(half) + 1)]
        drawn_pages.append(kind(COLUMNS, heights) + cells(COLUMNS, heights, half))

    table = only_table(pages(*drawn_pages))

    found = {(cell.row, cell.column): cell.text for cell in table.cells}
    assert found == {(row, column): text for row, texts in enumerate(wanted) for column, text in enumerate(texts)}


@pytest.mark.parametrize(
    ("width", "written", "expected"),
    [(30, "1234\n5", ["甲", "12345"]), (90, "12\n34", ["甲", "12\n34?"])],
    ids=["a narrow cell", "a wide one"],
)
def test_a_number_goes_on_only_where_its_line_is_full(width: float, written: str, expected: list[str]) -> None:
    """Two numbers in one cell are no longer one: their row is in doubt."""
    columns = (60, 160, 160 + width)

    table = only_table(
        pages(ruled(columns, (100, 140, 160)) + cells(columns, (100, 140), (("甲", written), ("乙", "6"))))
    )

    assert rows(table) == [expected, ["乙", "6"]]


@pytest.mark.parametrize("end", [352, 372], ids=["within the page", "over its edge"])
def test_a_number_too_wide_for_its_cell_is_whole(end: float) -> None:
    """A number that crosses a line is not cut; one that goes over the edge of the page is in doubt, with its row."""
    off = 595 - 360 if end > 360 else 0
    columns = tuple(column + off for column in COLUMNS)
    texts = (("甲", "乙", "丙"), ("丁", "1", ""), ("戊", "3", "4"))

    table = only_table(
        pages(ruled(columns, ROWS) + cells(columns, ROWS, texts) + say(end + off - 50, 133, "123456789"))
    )

    assert rows(table)[1] == (["丁", "1?", "123456789?"] if off else ["丁", "1", "123456789"])


def two_pages(upper: bytes, lower: bytes) -> list[list[str]]:
    """Read a table that stands on two pages."""
    return rows(only_table(pages(upper + say(290, 810, "- 1 -"), lower + say(290, 810, "- 2 -"))))


BOTTOM, TOP = (740, 760, 780), (60, 80, 100)
HEAD = ("内容", "制作", "公开")


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ((HEAD, ("规章", "1", "2")), (("文件", "3", "4"), ("许可", "5", "6")), None),
        ((HEAD, ("规章", "1", "2")), (HEAD, ("许可", "5", "6")), [HEAD, ("规章", "1", "2"), ("许可", "5", "6")]),
        (
            (HEAD, ("申请人无正当理由逾", "1", "2")),
            (("期不补正", "", ""), ("许可", "5", "6")),
            [HEAD, ("申请人无正当理由逾期不补正", "1", "2"), ("许可", "5", "6")],
        ),
        (
            (HEAD, ("2.重", "1", "2")),
            (("复", "", ""), ("3.要", "5", "6")),
            [HEAD, ("2.重复", "1", "2"), ("3.要", "5", "6")],
        ),
        (
            (HEAD, ("（区分处理", "", "")),
            (("的）", "1", "2"), ("许可", "5", "6")),
            [HEAD, ("（区分处理的）", "1", "2"), ("许可", "5", "6")],
        ),
        (
            (HEAD, ("1.其他", "", "")),
            (("", "1", "2"), ("2.许可", "5", "6")),
            [HEAD, ("1.其他", "1", "2"), ("2.许可", "5", "6")],
        ),
        ((HEAD, ("规章", "", "")), (("文件", "3", "4"), ("许可", "5", "6")), None),
        ((HEAD, ("1.其他", "", "")), (("2.许可", "3", "4"), ("3.强制", "5", "6")), None),
        ((HEAD, ("规章", "1", "")), (("文件", "", "4"), ("许可", "5", "6")), None),
        ((HEAD, ("规章", "1", "2")), (("", "", ""), ("许可", "5", "6")), None),
        ((("甲", "乙", "丙"), ("子", "丑", "寅")), (("1", "", "3"), ("4", "5", "6")), None),
        ((HEAD, ("甲县", "当年一月二日和三日", "无")), (("乙县", "三月", "无"), ("丙县", "五月", "无")), None),
        (
            (HEAD, ("规章", "1234", "2")),
            (("", "5", ""), ("许可", "5", "6")),
            [HEAD, ("规章", "1234\n5?", "2"), ("许可", "5", "6")],
        ),
    ],
    ids=[
        "rows go on",
        "the head is said again",
        "a label that filled its line",
        "a numbered label",
        "an open bracket",
        "figures alone on the next page",
        "a row without figures",
        "the next item",
        "figures in other columns",
        "a blank row",
        "figures below heads",
        "rows of words",
        "a number cut in two",
    ],
)
def test_a_table_over_two_pages_is_one(
    upper: Sequence[Sequence[str]], lower: Sequence[Sequence[str]], expected: Sequence[Sequence[str]] | None
) -> None:
    """A row that the page cuts is one again where words or figures go on; other rows stay as they are."""
    found = two_pages(
        ruled(COLUMNS, BOTTOM) + cells(COLUMNS, BOTTOM, upper), ruled(COLUMNS, TOP) + cells(COLUMNS, TOP, lower)
    )

    assert found == [list(row) for row in (expected or (*upper, *lower))]


def test_a_label_beside_rows_of_two_pages_is_one() -> None:
    """A label that spans rows goes on over the page; its text may be cut in two."""
    columns = (60, 90, 200, 260)
    upper = ruled(columns, (740, 760, 780)) + cells(
        columns, (740, 760), (("内", "内容", "制作"), ("（四", "1.掌握", "3"))
    )
    lower = (
        ruled(columns[1:], TOP)
        + rule(60, 60, 60, 100)
        + rule(60, 100, 90, 100)
        + say(63, 73, "）无")
        + cells(columns, TOP, (("", "2.制作", "4"), ("", "3.补正", "5")))
    )

    table = only_table(pages(upper, lower))

    assert [one for one in spans(table) if one[1]] == [
        ("（四）无", 1, 0, 3, 1),
        ("1.掌握", 1, 1, 1, 1),
        ("3", 1, 2, 1, 1),
        ("2.制作", 2, 1, 1, 1),
        ("4", 2, 2, 1, 1),
        ("3.补正", 3, 1, 1, 1),
        ("5", 3, 2, 1, 1),
    ]


def test_columns_of_two_pages_may_differ_a_little() -> None:
    """By less than any column is wide, they are the same; and tables may stand elsewhere across the page."""
    lower = tuple(column + shift for column, shift in zip(COLUMNS, (20, 22, 18, 20), strict=True))

    table = only_table(
        pages(
            ruled(COLUMNS, BOTTOM) + cells(COLUMNS, BOTTOM, (HEAD, ("规章", "1", "2"))),
            ruled(lower, TOP) + cells(lower, TOP, (("文件", "3", "4"), ("许可", "5", "6"))),
        )
    )

    assert {(cell.column, cell.colspan) for cell in table.cells} == {(0, 1), (1, 1), (2, 1)}


def test_lines_missing_at_a_page_break_lose_no_row() -> None:
    """Some programs draw no line below the last row of a page, nor above the first of the next."""
    upper = ruled(COLUMNS, BOTTOM).replace(rule(60, 780, 360, 780), b"")
    lower = ruled(COLUMNS, TOP).replace(rule(60, 60, 360, 60), b"")

    found = two_pages(
        upper + cells(COLUMNS, BOTTOM, (HEAD, ("规章", "1", "2"))),
        lower + cells(COLUMNS, TOP, (("文件", "3", "4"), ("许可", "5", "6"))),
    )

    assert found == [list(HEAD), ["规章", "1", "2"], ["文件", "3", "4"], ["许可", "5", "6"]]


@pytest.mark.parametrize(
    ("columns", "between"),
    [((60, 160, 260, 420), b""), (COLUMNS, say(60, 50, "三、另一张表"))],
    ids=["wider", "prose between"],
)
def test_other_tables_stay_apart(columns: Sequence[float], between: bytes) -> None:
    """A table of another width, or behind prose, is a table of its own."""
    upper = ruled(COLUMNS, BOTTOM) + cells(COLUMNS, BOTTOM, TEXTS[:2])
    lower = between + ruled(columns, TOP) + cells(columns, TOP, TEXTS[:2])

    blocks = document_from_bytes(pages(upper, lower), "x").blocks

    assert len([block for block in blocks if isinstance(block, Table)]) == 2


def test_lines_of_other_tables_move_no_line() -> None:
    """Tables below each other have lines at nearly the same places; figures close to their own line stay beside it."""
    middles = (160, 162.5, 165, 167.5)
    content = b""
    for number, middle in enumerate(middles):
        columns, rows = (60, middle, 260), tuple(100 + 120 * number + 20 * row for row in range(3))
        content += ruled(columns, rows) + cells(columns, rows, (("内容", "制作"), ("规章", "")))
        content += say(middle - 6, rows[1] + 13, "7") + say(middle + 1, rows[1] + 13, "8")

    tables = document_from_bytes(pages(content), "drawn").blocks

    assert len(tables) == len(middles)
    for table in tables:
        assert isinstance(table, Table)
        texts = {(cell.row, cell.column): cell.text for cell in table.cells}
        assert texts[1, 0].split() in (["规章", "7"], ["规章7"])
        assert texts[1, 1].strip() == "8"
