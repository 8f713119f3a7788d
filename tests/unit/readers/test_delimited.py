"""Sheets saved as text: their rows, their prose, and what is no such sheet."""

from __future__ import annotations

import pytest
from tests.support.parts import drawn, parts

from nianbao.readers import document_from_bytes

ROWS = "项目,甲,乙\n子,1,2\n丑,3,4\n"
CASES = {
    "commas": (ROWS, [["项目", "甲", "乙", "子", "1", "2", "丑", "3", "4"]]),
    "semicolons": (ROWS.replace(",", ";"), [["项目", "甲", "乙", "子", "1", "2", "丑", "3", "4"]]),
    "quoted cells": (
        '项目,"甲\n一","乙 ""二"""\n子,"1,000",2\n丑,3,4\n',
        [["项目", "甲\n一", '乙 "二"', "子", "1,000", "2", "丑", "3", "4"]],
    ),
    "tabs and quoted cells": (
        '项目\t"甲\n一"\t乙\n子\t1\t2\n丑\t3\t4',
        [["项目", "甲\n一", "乙", "子", "1", "2", "丑", "3", "4"]],
    ),
    "prose as wide as the table": (
        f"标题,,\n一句话。,,\n{ROWS}小计,,\n又一句话。,,\n",
        ["标题", "一句话。", ["项目", "甲", "乙", "子", "1", "2", "丑", "3", "4", "小计", "", ""], "又一句话。"],
    ),
    "a row with a cell more": (
        f"{ROWS}寅,5,6,7\n",
        [["项目", "甲", "乙", "子", "1", "2", "丑", "3", "4", "寅", "5", "6", "7"]],
    ),
    "a sentence with commas": (
        "一句话,两句话,三句话。\n" + ROWS,
        ["一句话,两句话,三句话。", ["项目", "甲", "乙", "子", "1", "2", "丑", "3", "4"]],
    ),
    "a quotation mark that is never closed": (
        '项目,甲,"乙\n子,1,2\n丑,3,4\n',
        [["项目", "甲", '"乙', "子", "1", "2", "丑", "3", "4"]],
    ),
    "figures of thousands between spaces": (
        "项目 甲 乙\n子 1,234 5,678 9,012\n丑 1,234 5,678 9,012\n寅 1,234 5,678 9,012\n",
        [
            [*("项目", "甲", "乙"), *(cell for word in "子丑寅" for cell in (word, "1,234", "5,678", "9,012"))],
        ],
    ),
    "figures kept as text": (
        '项目,甲,乙\n子,="1,000","=""2"""\n丑,="3",4\n',
        [["项目", "甲", "乙", "子", "1,000", "2", "丑", "3", "4"]],
    ),
    "thousands between semicolons": (
        "项目;甲;乙;丙\n子;1,234;5,678;1,000,000\n丑;1,234;5,678;9\n寅;1,234;5,678;9,012\n",
        [
            [
                "项目",
                "甲",
                "乙",
                "丙",
                "子",
                "1,234",
                "5,678",
                "1,000,000",
                "丑",
                "1,234",
                "5,678",
                "9",
                "寅",
                "1,234",
                "5,678",
                "9,012",
            ]
        ],
    ),
    "rows and columns with numbers": (
        ",0,1,2\n0,标题,,\n1,项目,甲,乙\n2,子,1,2\n3,丑,3,4\n4,尾,,\n",
        ["标题", ["项目", "甲", "乙", "子", "1", "2", "丑", "3", "4", "尾", "", ""]],
    ),
    "rows with numbers, columns without names": (
        ",标题,Unnamed: 1,Unnamed: 2\n0,项目,甲,乙\n1,子,1,2\n2,丑,3,4\n3,寅,5,6\n",
        ["标题", ["项目", "甲", "乙", "子", "1", "2", "丑", "3", "4", "寅", "5", "6"]],
    ),
    "rows with numbers from 1": (
        "1,项目,甲,乙\n2,子,1,2\n3,丑,3,4\n4,寅,5,6\n",
        [["项目", "甲", "乙", "子", "1", "2", "丑", "3", "4", "寅", "5", "6"]],
    ),
    "a column of the table that counts": (
        "序号,甲,乙\n1,子,2\n2,丑,4\n3,寅,6\n4,卯,8\n",
        [[*("序号", "甲", "乙"), *("1", "子", "2"), *("2", "丑", "4"), *("3", "寅", "6"), *("4", "卯", "8")]],
    ),
    "sentences with commas alone": ("有甲,乙,丙\n有丁,戊,己\n有庚,辛,壬\n", ["有甲,乙,丙", "有丁,戊,己", "有庚,辛,壬"]),
}


@pytest.mark.parametrize(("text", "blocks"), CASES.values(), ids=CASES)
def test_rows_are_told_from_prose(text: str, blocks: list[str | list[str]]) -> None:
    """Records of one width with figures are a table; a sentence is prose, with or without delimiters behind it."""
    assert drawn(document_from_bytes(text.encode(), "case")) == blocks


@pytest.mark.parametrize(("text", "_blocks"), CASES.values(), ids=CASES)
def test_places_are_those_of_the_words(text: str, _blocks: object) -> None:
    """Line and column lead to the first character of each cell and paragraph."""
    lines = text.split("\n")
    for part in parts(document_from_bytes(text.encode(), "case")):
        line, column = part.location.line, part.location.column
        assert line is not None
        assert column is not None
        if part.text:
            assert lines[line - 1][column - 1] == part.text[0]
