"""Data become a report as they stand; what is wrong with them is told with the path of the value."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from nianbao.errors import InputError
from nianbao.extraction import extract
from nianbao.forms.loading import form_by_id
from nianbao.model.document import Document
from nianbao.model.location import Location
from nianbao.model.report import Cell, Issuer, Period

if TYPE_CHECKING:
    from nianbao.model.report import Report

HEAD = {"schema": "nianbao/report/1", "form": "zfxxgk-2021"}
KEY = "applications.new.natural_person"
TITLE = "临江区人民政府2024年政府信息公开工作年度报告"


def report(**data: Any) -> Report:
    """Return the report of data."""
    return extract(Document("data", "report", "0" * 64, (), data={**HEAD, **data}))


CELLS = {
    "a figure": (12, Cell(KEY, 12, "number", "12")),
    "a figure with decimals": (Decimal("12.50"), Cell(KEY, Decimal("12.50"), "number", "12.50")),
    "a figure in another way of writing": (Decimal("1E+3"), Cell(KEY, 1000, "number", "1000")),
    "zero": (0, Cell(KEY, 0, "zero", "0")),
    "null": (None, Cell(KEY, None, "blank", "")),
    "a mark": ("/", Cell(KEY, None, "mark", "/")),
    "words": ("未统计", Cell(KEY, None, "text", "未统计")),
    "a figure as words": ("12", Cell(KEY, 12, "number", "12")),
    "a value alone": ({"value": 12}, Cell(KEY, 12, "number", "12")),
    "a blank value": ({"value": None}, Cell(KEY, None, "blank", "")),
    "a value and words": ({"value": 12, "raw": "12件"}, Cell(KEY, 12, "number", "12件")),
    "words alone": ({"raw": "—"}, Cell(KEY, None, "mark", "—")),
    "a state alone": ({"state": "blank"}, Cell(KEY, None, "blank", "")),
    "words that were no figure": ({"value": None, "raw": "1 2"}, Cell(KEY, None, "text", "1 2")),
    "all of it": ({"value": 0, "state": "zero", "raw": "０", "location": {}}, Cell(KEY, 0, "zero", "０")),
}


@pytest.mark.parametrize(("given", "cell"), CELLS.values(), ids=CELLS)
def test_a_cell_is_given_in_full_or_in_short(given: Any, cell: Cell) -> None:
    """What is left out follows from what is there."""
    found = report(cells={KEY: given}).cells[KEY]

    assert found._replace(location=Location()) == cell


def test_a_place_that_is_given_is_kept() -> None:
    """That of the original file; else the place is that of the value among the data."""
    given = {"sheet": "甲", "ref": "B7", "box": [Decimal("1.5"), 2, 3, 4]}
    cells = report(cells={KEY: {"value": 1, "location": given}, "applications.new.total": 1}).cells

    assert cells[KEY].location == Location(sheet="甲", ref="B7", box=(1.5, 2, 3, 4))
    assert cells["applications.new.total"].location.anchor == "cells\napplications.new.total"


def test_what_is_left_out_is_found_in_the_title() -> None:
    """Year and issuer, with its kind; what is null is not looked for."""
    found, bare = report(title=TITLE), report(title=TITLE, year=None, issuer=None)

    assert (found.year, found.issuer) == (2024, Issuer("临江区人民政府", "government"))
    assert (bare.year, bare.issuer) == (None, None)
    assert found.facts["title_year"].value == bare.facts["title_year"].value == 2024


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [
        ("白石镇人民政府", "township"),
        ({"name": "云岭市水务局"}, "department"),
        ({"name": "甲", "kind": "government"}, "government"),
    ],
)
def test_the_kind_of_an_issuer_follows_from_its_name(issuer: Any, kind: str) -> None:
    """Unless the data say it."""
    found = report(issuer=issuer).issuer

    assert found is not None
    assert found.kind == kind


def test_the_period_is_found_in_the_prose_where_the_data_do_not_say_it() -> None:
    """And the year in the period; days that the data say are taken."""
    prose = {"overview": "数据的统计期限自2023年1月1日起至2023年12月31日止。"}
    found = report(sections=prose)
    said = report(sections=prose, period={"from": "2022-01-01", "to": "2022-12-31"}, published="2023-01-20")

    assert (found.period, found.year) == (Period(dt.date(2023, 1, 1), dt.date(2023, 12, 31)), 2023)
    assert (said.period, said.year) == (Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31)), 2022)
    assert said.published == dt.date(2023, 1, 20)
    assert report(sections=prose, period=None).period is None


def test_sections_come_as_a_list_or_by_id() -> None:
    """A heading that is left out is the form's own; each line is a paragraph."""
    official = form_by_id("zfxxgk-2021").sections[0].heading
    by_id = report(sections={"overview": "甲。\n\n乙。"}).sections
    listed = report(sections=[{"id": "overview", "text": "甲。\n乙。"}, {"id": "problems", "heading": "问题"}]).sections

    assert [(one.id, one.heading, one.text) for one in by_id] == [("overview", official, "甲。\n乙。")]
    assert [(one.id, one.heading, one.text) for one in listed] == [
        ("overview", official, "甲。\n乙。"),
        ("problems", "问题", ""),
    ]


def test_cells_that_the_data_lack_have_a_reason() -> None:
    """That which the data give, else that they have none; a group that stands as one row has its members' place."""
    found = report(cells={"applications.other.total": 1}, unread={KEY: "看不清"})

    assert found.unread[KEY].zh == found.unread[KEY].en == "看不清"
    assert "没有这一格" in found.unread["applications.new.total"].zh
    assert not any(key.startswith("applications.other.") and key.endswith(".total") for key in found.unread)
    assert found.notes == ()


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "no form": ({"form": "zfxxgk-2020"}, "form", "zfxxgk-2021"),
    "another edition": ({"schema": "nianbao/report/2"}, "schema", "nianbao/report/1"),
    "an unknown key": ({"tittle": "甲"}, "tittle", "title"),
    "an unknown cell": ({"cells": {KEY + "s": 1}}, f"cells.{KEY}s", KEY),
    "an unknown cell that was not read": (
        {"unread": {"applications.nw.total": "?"}},
        "unread.applications.nw.total",
        "new",
    ),
    "a cell that is no key": ({"cells": {"applications": 1}}, "cells", "applications"),
    "a figure in words": ({"cells": {KEY: {"value": "12"}}}, f"cells.{KEY}.value", "“12”"),
    "true": ({"cells": {KEY: True}}, f"cells.{KEY}", "True"),
    "a list": ({"cells": {KEY: [1]}}, f"cells.{KEY}", "[1]"),
    "an empty cell": ({"cells": {KEY: {}}}, f"cells.{KEY}", "value"),
    "no such state": ({"cells": {KEY: {"value": 1, "state": "fine"}}}, f"cells.{KEY}.state", "number"),
    "a state without its value": ({"cells": {KEY: {"state": "number"}}}, f"cells.{KEY}", "value"),
    "a blank with a value": ({"cells": {KEY: {"value": 1, "state": "blank"}}}, f"cells.{KEY}.value", "空"),
    "a zero that is none": ({"cells": {KEY: {"value": 5, "state": "zero"}}}, f"cells.{KEY}.state", "zero"),
    "an absurd number": ({"cells": {KEY: 10**18}}, f"cells.{KEY}", "不像"),
    "an absurd exponent": ({"cells": {KEY: Decimal("1E+999999999")}}, f"cells.{KEY}", "不像"),
    "absurd decimals": ({"cells": {KEY: {"value": Decimal("1E-999999999")}}}, f"cells.{KEY}.value", "不像"),
    "no year": ({"year": "2024"}, "year", "整数"),
    "a year with decimals": ({"year": Decimal("2024.5")}, "year", "整数"),
    "no day": ({"published": "2025-02-30"}, "published", "2025-02-30"),
    "no day in a period": ({"period": {"from": "2024-01-01", "to": "2024-13-01"}}, "period.to", "2024-13-01"),
    "half a period": ({"period": {"from": "2024-01-01"}}, "period", "to"),
    "no such section": ({"sections": {"overvew": "甲"}}, "sections.overvew", "overview"),
    "no such section in a list": ({"sections": [{"id": "x"}]}, "sections.0", "overview"),
    "no kind of issuer": ({"issuer": {"name": "甲", "kind": "school"}}, "issuer.kind", "department"),
    "a place that is none": (
        {"cells": {KEY: {"value": 1, "location": {"line": 0}}}},
        f"cells.{KEY}.location.line",
        "1",
    ),
    "members of no group": ({"members": {"applications.rows": ["甲"]}}, "members.applications.rows", "没有"),
    "a fact of no form": ({"facts": {"quarter": 1}}, "facts.quarter", "没有"),
    "several mistakes": ({"year": "x", "title": 1}, "title", "另有 1 处"),
}


@pytest.mark.parametrize(("data", "path", "said"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_told_in_one_line_with_its_path(data: dict[str, Any], path: str, said: str) -> None:
    """And with the way out: the nearest name, or what may stand there."""
    with pytest.raises(InputError) as caught:
        report(**data)

    assert caught.value.code == "wrong-data"
    assert caught.value.message.zh.split("：")[0].split("（")[0] == path
    assert said in caught.value.message.zh
    assert "\n" not in caught.value.message.zh + caught.value.message.en
