"""Tables laid out as their forms print them: every cell once, no holes, heads over what they head."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conftest import ROOT
from tests.support.drawing import boxes

from nianbao.api import load_pack
from nianbao.forms.loading import form_by_id
from nianbao.forms.open_axes import sample_of, with_members
from nianbao.outputs.html.layout import lay_out

if TYPE_CHECKING:
    from nianbao.model.form import Form, TableForm
    from nianbao.outputs.html.layout import Laid, LayoutBox

OFFICIAL = ("zfxxgk-2019", "zfxxgk-2021")


def quarterly() -> Form:
    """Return the form of the example in another language, as it is."""
    return load_pack(ROOT / "examples" / "quarterly").own_forms[0]


def forms() -> list[Form]:
    """Return the official forms, and the one with open rows: with offices, with one, and without any."""
    form = quarterly()
    one = with_members(form, {"requests.offices": ("Pier",), "fees.offices": ("Pier",)})
    return [*(form_by_id(name) for name in OFFICIAL), sample_of(form, ("Harbour", "Market", "Boats")), one, form]


TABLES = [(form, table) for form in forms() for table in form.tables.values()]
every_table = pytest.mark.parametrize(
    ("form", "table"), TABLES, ids=[f"{form.id}-{number}-{table.id}" for number, (form, table) in enumerate(TABLES)]
)


def rows_of(laid: Laid) -> list[tuple[LayoutBox, ...]]:
    """Return all rows of a table, those of its head first."""
    return [*laid.head, *(row for body in laid.bodies for row in body)]


def covered(laid: Laid) -> list[list[LayoutBox]]:
    """Return the grid that the boxes of a table cover, each box at all of its places; fails where two overlap."""
    taken: dict[tuple[int, int], LayoutBox] = {}
    for row, line in enumerate(rows_of(laid)):
        column = 0
        for box in line:
            while (row, column) in taken:
                column += 1
            for place in ((row + down, column + right) for down in range(box.rowspan) for right in range(box.colspan)):
                assert place not in taken
                taken[place] = box
    width = 1 + max(column for _, column in taken)
    height = 1 + max(row for row, _ in taken)
    return [[taken[row, column] for column in range(width)] for row in range(height)]


@every_table
def test_every_cell_stands_once(form: Form, table: TableForm) -> None:
    """Each key of the form has one place in its table, and none has another form's."""
    keys = [box.key for row in rows_of(lay_out(table)) for box in row if box.key is not None]

    assert sorted(keys) == sorted(table.slots)


@every_table
def test_a_table_is_a_rectangle(form: Form, table: TableForm) -> None:
    """The spans leave no hole and nothing hangs over."""
    grid = covered(lay_out(table))

    assert len({len(row) for row in grid}) == 1
    assert len(grid) == len(rows_of(lay_out(table)))


@every_table
def test_heads_stand_over_what_they_head(form: Form, table: TableForm) -> None:
    """Each figure has its column's label above it, and its row's label beside it, or above it in a strip."""
    grid = covered(lay_out(table))
    for number, row in enumerate(grid):
        for place, box in enumerate(row):
            if box.key is None:
                continue
            slot = table.slots[box.key]
            above = {other[place].label.zh for other in grid[:number]}
            beside = {other.label.zh for other in row}
            assert slot.column.label in above
            assert slot.row.label in (above if table.layout == "strip" else beside)


@pytest.mark.parametrize("name", OFFICIAL)
def test_official_tables_are_as_printed(name: str) -> None:
    """Rows, spans and words are those of the official forms, as the tests draw them."""
    for table in form_by_id(name).tables.values():
        drawn = [[(box.text, box.rowspan, box.colspan, box.key) for box in row] for row in boxes(table)]
        laid = [[(box.label.zh, box.rowspan, box.colspan, box.key) for box in row] for row in rows_of(lay_out(table))]

        assert laid == drawn


def test_a_merged_group_takes_the_place_of_its_members() -> None:
    """Its row stands where theirs would, under the same groups, and the table is still a rectangle."""
    form = form_by_id("zfxxgk-2021")
    table = form.tables["applications"]
    laid = lay_out(form.with_merged(frozenset({"applications.other"})).tables["applications"])
    keys = {box.key for row in rows_of(laid) for box in row}

    assert "applications.other.total" in keys
    assert "applications.other.unpaid.total" not in keys
    assert len(covered(laid)) == len(covered(lay_out(table))) - 2


def test_a_group_whose_members_the_report_brings_has_no_head() -> None:
    """Offices stand as rows of their own; a cell that a row does not have is an empty box."""
    form = sample_of(quarterly(), ("Harbour", "Market"))
    (body,) = lay_out(form.tables["fees"]).bodies

    assert [row[0].label.en for row in body] == ["Harbour", "Market", "All offices"]
    assert [box.key for box in body[-1]][-1] is None


def test_scopes_say_what_a_head_is_of() -> None:
    """Groups head several rows or columns, others one; captions and figures head nothing."""
    for _, table in TABLES:
        for row in rows_of(lay_out(table)):
            for box in row:
                assert (box.scope == "") == (box.key is not None or box.label.zh in ("", *table.captions))
                assert box.scope in {"", "col", "colgroup", "row", "rowgroup"}
