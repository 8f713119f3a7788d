"""Reports as data: notes are comments, and figures are put right where they stand."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support.editing import on_bytes

from nianbao.editing.editor import Correction, Note
from nianbao.errors import InputError
from nianbao.model.location import NOWHERE, Location, path_anchor
from nianbao.readers import document_from_bytes
from nianbao.yamlfiles.parsing import parse_marked

annotate, correct = on_bytes("report")[1:]
HEAD = "schema: nianbao/report/1  # 报告\nform: zfxxgk-2021\ncells:\n"
KEY = "disputes.review.total"


def at(*path: str) -> Location:
    """Return the place of a value."""
    return Location(anchor=path_anchor(path or ("cells", KEY)))


@pytest.mark.parametrize(
    ("value", "old", "new", "made"),
    [
        ("84", "84", "48", "48"),
        ("84   # 核对过", "84", "48", "48   # 核对过"),
        ("'84'", "84", "48", "'48'"),
        ('"84件"', "84件", "48", '"48件"'),
        ("12.50", "12.50", "12.05", "12.05"),
        ("null", "", "5", "5"),
        ("~", "", "5", "5"),
        ("", "", "5", " 5"),
        ("  ", "", "5", " 5"),
        ('""', "", "5", '"5"'),
        ('"/"', "/", "0", '"0"'),
        ("{value: 84, state: number, raw: '84'}", "84", "48", "{value: 48, state: number, raw: '48'}"),
        ("{raw: '84 件', value: 84}", "84 件", "0", "{raw: '0 件', value: 0}"),
        ("{value: null, state: blank, raw: ''}", "", "5", "{value: 5, state: number, raw: '5'}"),
        ("\n    value: 84\n    location: {line: 84}\n", "84", "48", "\n    value: 48\n    location: {line: 84}\n"),
        ("\n    raw: 无\n    state: mark\n", "无", "0", "\n    raw: 0\n    state: zero\n"),
    ],
)
def test_a_figure_is_put_right_where_it_stands(value: str, old: str, new: str, made: str) -> None:
    """In every way that a cell may be written; comments, quotes and layout stay."""
    source = f"{HEAD}  applications.new.total: 84\n  {KEY}: {value}\nyear: 84\n"
    wanted = source.replace(f"{KEY}: {value}", f"{KEY}: {made}".replace(":  5", ": 5"))

    copy = correct(source.encode(), [Correction(at(), old, new)]).decode()

    assert "".join(copy.split()) == "".join(wanted.split())
    assert copy.count("\n") == source.count("\n")
    assert yaml.safe_load(copy) == yaml.safe_load(wanted)


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json_keeps_its_layout(indent: int | str | None) -> None:
    """Whatever it is indented with."""
    cells = {KEY: {"value": 84, "state": "number", "raw": "84"}, "applications.new.total": 7}
    data = {"schema": "nianbao/report/1", "form": "zfxxgk-2021", "cells": cells}
    source = json.dumps(data, indent=indent)

    copy = correct(
        source.encode(), [Correction(at(), "84", "48"), Correction(at("cells", "applications.new.total"), "7", "9")]
    )

    assert copy.decode() == source.replace("84", "48").replace(" 7", " 9")


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        (Correction(at("cells", "disputes.review.upheld"), "84", "48"), "place-not-found"),
        (Correction(NOWHERE, "84", "48"), "place-not-found"),
        (Correction(at("year"), "2024", "48"), "cell-differs"),
        (Correction(at(), "85", "48"), "cell-differs"),
        (Correction(at("cells"), "84", "48"), "place-not-found"),
        (Correction(at(), "84", "a: b"), "not-a-figure"),
    ],
)
def test_what_is_not_there_is_not_put_right(correction: Correction, code: str) -> None:
    """A value that is not there, or says something else, is told."""
    with pytest.raises(InputError) as caught:
        correct(f"{HEAD}  {KEY}: 84\nyear: 2023\n".encode(), [correction])

    assert caught.value.code == code


@pytest.mark.parametrize("source", ["cells: [", "- 1\n- 2\n", "# nothing\n", "a: &x 1\nb: *y\n"])
def test_what_is_no_data_is_refused(source: str) -> None:
    """It would not have been read."""
    with pytest.raises(InputError):
        correct(source.encode(), [Correction(at(), "84", "48")])


def test_broken_data_take_no_notes() -> None:
    """In one line."""
    with pytest.raises(InputError) as caught:
        annotate(b"cells: [", [Note(at(), "error", "x", "")])

    assert caught.value.code == "cannot-write"


def test_a_list_is_no_figure() -> None:
    """Where a cell's value should be."""
    with pytest.raises(InputError) as caught:
        correct(f"{HEAD}  {KEY}: {{value: [84]}}\n".encode(), [Correction(at(), "84", "48")])

    assert caught.value.code == "place-not-found"


def test_notes_are_comments_above_their_values() -> None:
    """With the indentation of the line; notes without a value stand at the top."""
    source = f"{HEAD}  {KEY}: 84\nsections:\n- {{id: overview, text: 一}}\n"
    notes = [
        Note(NOWHERE, "info", "提示", ""),
        Note(at(), "error", "错误：应为 48", "表四\n依据"),
        Note(at("sections", "0"), "info", "节", ""),
    ]

    copy = annotate(source.encode(), notes).decode()

    assert copy == (
        f"# nianbao: 提示\n{HEAD}  # nianbao: 错误：应为 48\n  #   表四\n  #   依据\n  {KEY}: 84\nsections:\n"
        "# nianbao: 节\n- {id: overview, text: 一}\n"
    )


@pytest.mark.parametrize(
    "source",
    [
        f"{{schema: nianbao/report/1,\n form: zfxxgk-2021, title: 'a\n  b', cells: {{{KEY}: 84}}}}\n",
        f"schema: nianbao/report/1\r\nform: zfxxgk-2021\r\ntitle: |\r\n  a\r\n  b\r\ncells: {{{KEY}: 84}}\r\n",
        f"%YAML 1.1\n---\nschema: nianbao/report/1\nform: zfxxgk-2021\ncells: {{{KEY}: 84}}\n",
    ],
)
def test_a_comment_is_no_part_of_a_value(source: str) -> None:
    """Where the line above a value is inside another one, notes stand at the top."""
    copy = annotate(source.encode(), [Note(at(), "error", "错误", "一\n二")])

    assert parse_marked(copy.decode(), "")[0] == parse_marked(source, "")[0]
    assert document_from_bytes(copy, "copy").format == "report"
    assert b"# nianbao" in copy


def test_json_has_no_room_for_notes() -> None:
    """It is told what has."""
    with pytest.raises(InputError, match="YAML"):
        annotate(b'{"schema": "nianbao/report/1"}', [Note(at(), "error", "x", "")])


@given(title=st.text(max_size=30), body=st.text(max_size=60))
def test_whatever_notes_say_is_a_comment(title: str, body: str) -> None:
    """Nothing in them becomes data."""
    source = f"{HEAD}  {KEY}: 84\n"

    copy = annotate(source.encode(), [Note(at(), "error", title, body)])

    assert parse_marked(copy.decode(), "")[0] == parse_marked(source, "")[0]
