"""Tables of Word files: every way in which cells are merged, nested and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.parts import drawn, parts
from tests.support.wordfiles import cell, para, row, run, span, table, word_file

from nianbao.model.document import Table
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.document import Document

BEGIN, GO_ON, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:vMerge w:val="continue"/>'
LONG = "一段很长的话，不是表格里的数。" * 30


def read(body: str) -> Document:
    """Read a body."""
    return document_from_bytes(word_file(body), "report.docx")


def grid(*rows: str) -> list[tuple[str, int, int, int, int]]:
    """Return text, row, column, rowspan and colspan of each cell of a table."""
    (found,) = (block for block in read(table(*rows)).blocks if isinstance(block, Table))
    return [(one.text, one.row, one.column, one.rowspan, one.colspan) for one in found.cells]


def wide(text: str, width: int, properties: str = "") -> str:
    """Return a cell with a width."""
    return cell(text, f'<w:tcW w:w="{width}" w:type="dxa"/>{properties}')


MERGED = {
    "across": ((row(cell("甲", span(2)), "乙"), row("1", "2", "3")), [(0, 0, 1, 2), (0, 2, 1, 1)]),
    "down, without a word": ((row(cell("甲", BEGIN), "乙"), row(cell("", GO_ON), "1")), [(0, 0, 2, 1), (0, 1, 1, 1)]),
    "down, with a word": ((row(cell("甲", BEGIN), "乙"), row(cell("旧", ON), "1")), [(0, 0, 2, 1), (0, 1, 1, 1)]),
    "both": (
        (row(cell("甲", span(2) + BEGIN), "乙"), row(cell("", span(2) + ON), "1")),
        [(0, 0, 2, 2), (0, 2, 1, 1)],
    ),
    "begun and not gone on with": ((row(cell("甲", BEGIN), "乙"), row("1", "2")), [(0, 0, 1, 1), (0, 1, 1, 1)]),
    "gone on with where nothing begins": (
        (row("甲", "乙"), row("1", cell("2", ON)), row("3", cell("", ON))),
        [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 2, 1)],
    ),
    "two, one under the other": (
        (row(cell("甲", BEGIN), "1"), row(cell("乙", BEGIN), "2"), row(cell("", ON), "3")),
        [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 2, 1)],
    ),
    "the old way across": (
        (row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "乙"), row("1", "2", "3")),
        [(0, 0, 1, 2), (0, 2, 1, 1)],
    ),
    "the old way across and down": (
        (
            row(
                cell("甲", f'<w:hMerge w:val="restart"/>{BEGIN}'),
                cell("", '<w:hMerge w:val="continue"/>' + BEGIN),
                "乙",
            ),
            row(cell("", f'<w:hMerge w:val="restart"/>{ON}'), cell("", '<w:hMerge w:val="continue"/>' + ON), "1"),
        ),
        [(0, 0, 2, 2), (0, 2, 1, 1)],
    ),
    "the old way, continued where nothing begins": (
        (row("甲", cell("乙", "<w:hMerge/>")), row("1", "2")),
        [(0, 0, 1, 1), (0, 1, 1, 1)],
    ),
    "columns left free before and behind": (
        (
            row("甲", "乙", "丙"),
            row("1", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        ),
        [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 1, 1, 1)],
    ),
    "a span of nonsense": (
        (row(cell("甲", '<w:gridSpan w:val="-3"/>'), cell("乙", '<w:gridSpan w:val="x"/>')), row("1", "2")),
        [(0, 0, 1, 1), (0, 1, 1, 1)],
    ),
    "a span without end": ((row(cell("甲", span(100_000)), "乙"),), [(0, 0, 1, 1000), (0, 1000, 1, 1)]),
    "cells without properties": (
        (row(cell("甲", '<w:hMerge w:val="restart"/>'), "<w:tc><w:p/></w:tc>", cell("乙", "<w:hMerge/>")),),
        [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1)],
    ),
    "rows in wrappers": (
        (
            f"<w:sdt><w:sdtContent>{row('甲', '乙')}</w:sdtContent></w:sdt>",
            f"<w:customXml>{row('丙', '<w:sdt><w:sdtContent>' + cell('丁') + '</w:sdtContent></w:sdt>')}</w:customXml>",
        ),
        [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)],
    ),
    "a change of merging, accepted": (
        (
            row(cell("甲", '<w:cellMerge w:vMerge="rest"/>'), "乙"),
            row(cell("", '<w:cellMerge w:vMerge="cont" w:vMergeOrig="rest"/>'), "1"),
        ),
        [(0, 0, 2, 1), (0, 1, 1, 1)],
    ),
    "rows of different length": (
        (row(cell("甲", span(3))), row("1", "2")),
        [(0, 0, 1, 3), (1, 0, 1, 1), (1, 1, 1, 1)],
    ),
    "widths where spans are missing": (
        (row(wide("甲", 3000), wide("乙", 1000)), row(wide("丙", 1980), wide("1", 1020), wide("2", 1000))),
        [(0, 0, 1, 2), (0, 2, 1, 1), (1, 0, 1, 1)],
    ),
    "widths that do not agree": (
        (row(wide("甲", 3000), wide("乙", 1000)), row(wide("丙", 900), wide("1", 900), wide("2", 900))),
        [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1)],
    ),
    "widths in percent": (
        (
            row(cell("甲", '<w:tcW w:w="5000" w:type="pct"/>')),
            row(cell("1", '<w:tcW w:w="2500" w:type="pct"/>'), cell("2", '<w:tcW w:w="50%" w:type="pct"/>')),
        ),
        [(0, 0, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)],
    ),
    "widths of nothing": (
        (row(wide("甲", 3000)), row(wide("1", 2990), wide("2", 10))),
        [(0, 0, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)],
    ),
}


@pytest.mark.parametrize("name", MERGED)
def test_merged_cells_have_their_true_spans(name: str) -> None:
    """Row, column and spans of a table's first cells, by every way to merge them."""
    rows, spots = MERGED[name]

    assert [spot for _text, *spot in map(tuple[Any, ...], grid(*rows))][: len(spots)] == [list(spot) for spot in spots]


def test_a_cell_that_goes_on_shows_the_text_of_the_first() -> None:
    """What is left in the others is not printed."""
    assert [one[0] for one in grid(row(cell("甲", BEGIN), "1"), row(cell("旧", ON), "2"))] == ["甲", "1", "2"]


@given(st.data())
def test_any_merging_is_read_back(data: st.DataObject) -> None:
    """Cells cut out of a grid at random, written with spans, are read with the same rows, columns and spans."""
    height, width = data.draw(st.integers(1, 6)), data.draw(st.integers(2, 6))
    taken: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for place in ((down, across) for down in range(height) for across in range(width)):
        if place in taken:
            continue
        free = next((n for n in range(1, width - place[1]) if (place[0], place[1] + n) in taken), width - place[1])
        spot = (*place, data.draw(st.integers(1, height - place[0])), data.draw(st.integers(1, free)))
        taken |= {(place[0] + down, place[1] + across): spot for down in range(spot[2]) for across in range(spot[3])}
    rows = []
    for down in range(height):
        cells = []
        for across in range(width):
            first, column, tall, long = taken[down, across]
            if column == across:
                merge = "" if tall == 1 else BEGIN if first == down else data.draw(st.sampled_from([GO_ON, ON]))
                cells.append(cell(f"{first}.{column}", span(long) + merge))
        rows.append(row(*cells))
    wanted = list(dict.fromkeys(taken[place] for place in sorted(taken)))
    if len(wanted) > 1:
        assert grid(*rows) == [(f"{spot[0]}.{spot[1]}", *spot) for spot in wanted]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (para("本年") + para("制发"), "本年\n制发"),
        (para(run("本年") + "<w:r><w:br/></w:r>" + run(" 制发 ")) + para(), "本年\n制发"),
        (para(run("1") + run("2") + run("5")), "125"),
        (para(run("3") + run("旧", "<w:vanish/>")), "3"),
        (para("<w:ins>" + run("4") + "</w:ins><w:del><w:r><w:delText>8</w:delText></w:r></w:del>"), "4"),
        (para("1", "<w:rPr><w:del/></w:rPr>") + para("2"), "12"),
        ("<w:sdt><w:sdtContent>" + para("7") + "</w:sdtContent></w:sdt>", "7"),
        (
            para(
                run("甲")
                + "<w:r><w:pict><v:textbox><w:txbxContent>"
                + para("9")
                + "</w:txbxContent></v:textbox></w:pict></w:r>"
            ),
            "甲\n9",
        ),
        (table(row("5")) + para(), "5"),
        (para("甲") + table(row("1", "2"), row("3", "4")), "甲\n1\n2\n3\n4"),
    ],
)
def test_the_text_of_a_cell(content: str, text: str) -> None:
    """Its paragraphs are lines, those of tables and text boxes in it too; empty ones are none."""
    assert grid(row(cell(content), "乙"), row("丙", "丁"), row("戊", "己"))[0][0] == text


def test_deleted_rows_and_cells_are_left_out() -> None:
    """Places count what stands in the file; the grid holds what is printed."""
    body = table(
        row("甲", "乙"),
        row("旧", "旧", properties="<w:del/>"),
        row("丙", cell("旧", "<w:cellDel/>"), cell("丁", "<w:cellIns/>")),
    )
    (found,) = (block for block in read(body).blocks if isinstance(block, Table))

    assert [(one.text, one.row, one.column, one.location.row, one.location.cell) for one in found.cells] == [
        ("甲", 0, 0, 1, 1),
        ("乙", 0, 1, 1, 2),
        ("丙", 1, 0, 3, 1),
        ("丁", 1, 1, 3, 3),
    ]


def test_a_table_that_was_deleted_is_none() -> None:
    """The next is the first."""
    document = read(table(row("旧", "旧", properties="<w:del/>")) + table(row("甲", "乙")))

    assert [part.location.table for part in parts(document)] == [1, 1]


def test_hidden_rows_are_told() -> None:
    """Those whose mark and text are hidden are not read, and a note says how many there are."""
    gone = cell(para(run("1", "<w:vanish/>")))
    body = table(
        row("甲", "乙"),
        row(gone, gone, properties="<w:hidden/>"),
        row("3", gone, properties="<w:hidden/>"),
        row(gone, gone, properties='<w:hidden w:val="0"/>'),
    )
    document = read(body)

    assert drawn(document) == [["甲", "乙", "3", "", "", ""]]
    assert [note.en for note in document.notes] == ["hidden rows of its tables were not read (1)"]


DATA = table(row("1", "2"), row("3", "4"))


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (table(row(cell(para("甲") + DATA + para("乙")))), ["甲", ["1", "2", "3", "4"], "乙"]),
        (table(row(cell(table(row(cell(para("甲") + DATA))) + para()))), ["甲", ["1", "2", "3", "4"]]),
        (table(row(cell(para("甲"))), row(cell(para("乙") + DATA))), ["甲", "乙", ["1", "2", "3", "4"]]),
        (table(row("左", cell(para("甲") + DATA))), ["左", "甲", ["1", "2", "3", "4"]]),
        (table(row("左", cell(para("甲") + para(LONG)))), ["左", "甲", LONG]),
        (table(row("甲")), ["甲"]),
        (table(row("甲", "乙")), [["甲", "乙"]]),
        (
            table(*[row("一", "二", "三")] * 2, row("四", "五", cell(table(row("5"))))),
            [["一", "二", "三"] * 2 + ["四", "五", "5"]],
        ),
    ],
)
def test_tables_that_lay_out_a_page_are_seen_through(body: str, shown: list[str | list[str]]) -> None:
    """One cell alone, tables in few cells, or a page of prose; a table in one of many cells is part of that cell."""
    assert drawn(read(body)) == shown


def test_what_stands_in_a_layout_table_has_the_places_of_what_stands_outside() -> None:
    """Its paragraphs are numbered on, and its tables from 1."""
    document = read(para("甲") + table(row(cell(para("乙") + DATA + para("丙")))))

    assert [part.location.as_json() for part in parts(document)] == [
        {"paragraph": 1},
        {"paragraph": 2},
        *({"table": 1, "row": line, "cell": number} for line in (1, 2) for number in (1, 2)),
        {"paragraph": 3},
    ]
