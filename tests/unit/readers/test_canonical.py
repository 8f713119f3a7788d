"""Reports as data are known by their schema, and read with exact numbers, within limits."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.errors import InputError
from nianbao.model.location import Location, path_anchor
from nianbao.readers import document_from_bytes
from nianbao.readers.data import is_data

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = "schema: nianbao/report/1\n"
JSON = '{"schema": "nianbao/report/1", '

KNOWN = {
    "JSON": (JSON + '"form": "x"}', True),
    "JSON on many lines": ('\n{\n  "form": "x",\n  "schema": "nianbao/report/1"\n}', True),
    "YAML": (HEAD + "form: x", True),
    "YAML in quotes, behind a comment": ("# 数据\n---\nform: x\n'schema': 'nianbao/report/1'", True),
    "YAML in braces": ("{schema: nianbao/report/1, form: x}", True),
    "a later edition": ("schema: nianbao/report/2", True),
    "other JSON": (' [{"form": "x"}]\n', True),
    "other YAML": ("form: x", False),
    "prose in brackets": ("[甲] 乙", False),
    "prose about it": ("见 schema: nianbao/report/1", False),
    "a page about it": ("<p>schema: nianbao/report/1</p>", False),
}
WRONG = {
    "a number that is none": (JSON + '"cells": {"a.b": NaN}}', "NaN"),
    "an infinite number": (JSON + '"cells": {"a.b": -Infinity}}', "-Infinity"),
    "a number without end": (JSON + f'"year": {"9" * 5000}}}', "99999999999999999999"),
    "a key twice": (JSON + '"year": 1, "year": 2}', "year"),
    "a bracket too few": (JSON + '\n"year": [1}', "第 2 行"),
    "nested too deep": (JSON + '"year": ' + "[" * 100_000, "嵌套"),
    "YAML: a number that is none": (HEAD + "year: .nan", "第 2 行"),
    "YAML: an octal number": (HEAD + "year: 010", "010"),
    "YAML: a number with other digits": (HEAD + "year: 20:24", "20:24"),
    "YAML: a number without end": (HEAD + "year: " + "9" * 5000, "第 2 行"),
    "YAML: a key twice": (HEAD + "year: 1\nyear: 2", "第 3 行"),
    "YAML: nested too deep": (HEAD + "year: " + "[" * 100_000, "第 2 行"),
    "YAML: aliases that grow": (
        HEAD + "a0: &a0 [1, 1]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 9)),
        "别名",
    ),
    "YAML: an object of Python": (HEAD + "year: !!python/name:os.system x", "第 2 行"),
    "YAML: no keys at the top": ("---\n- " + HEAD, "键: 值"),
}


@pytest.mark.parametrize(
    "text", ["- 主动公开: 3 条\n- 其他: 2 条\n", "---\ntitle: 年报\n---\n\n# 年报\n", "# 一、总体情况\n\n- a\n"]
)
def test_words_with_colons_are_no_data(text: str) -> None:
    """Lists and headings of Markdown, and what may stand before them."""
    assert not is_data(text)


@pytest.mark.parametrize(("text", "known"), KNOWN.values(), ids=KNOWN)
def test_reports_as_data_are_known_by_their_schema(text: str, *, known: bool) -> None:
    """JSON and YAML alike, wherever the key stands; words about it are no data."""
    assert is_data(text) is known


RULES = "# rules\n- code: Z001\n  section: present\n  tests:\n    - fail: {headings: {overview: 一、工作概述}}\n"
OTHERS = ['{"schema": "nianbao/result/1"}', '{"a": "<p>甲</p>"}', "[1, 2]", "{}", RULES, f"---\n{RULES}"]
OTHERS += ["show: error\nselect: [A]\n", "id: ours\n\nrules:\n  - code: Z001\n"]


@pytest.mark.parametrize("text", OTHERS)
def test_other_data_are_no_report(text: str) -> None:
    """In a folder it is passed over, as other files that are none; it is never taken for a page or for prose."""
    with pytest.raises(InputError) as caught:
        document_from_bytes(text.encode(), "data.json")
    assert caught.value.code == "not-a-report"
    assert "nianbao/report/1" in caught.value.message.en


@pytest.mark.parametrize(
    "text",
    [
        JSON + '"money": 2090.60, "count": 12, "large": 123456789012345678, "none": null}',
        HEAD + "money: 2090.60\ncount: 12\nlarge: 123456789012345678\nnone: ~\n",
        "{schema: nianbao/report/1, money: 2090.60, count: 12, large: 123456789012345678, none: }",
    ],
    ids=["JSON", "YAML", "YAML in braces"],
)
def test_numbers_keep_their_digits(text: str) -> None:
    """Money keeps its last zero, whole numbers stay whole."""
    document = document_from_bytes(text.encode(), "data")

    assert document.format == "report"
    assert document.data == {
        "schema": "nianbao/report/1",
        "money": Decimal("2090.60"),
        "count": 12,
        "large": 123456789012345678,
        "none": None,
    }
    assert str(document.data["money"]) == "2090.60"


def test_days_stay_as_they_are_written() -> None:
    """YAML has days of its own; JSON has not."""
    data = document_from_bytes((HEAD + "published: 2025-01-20").encode(), "data").data

    assert data is not None
    assert data["published"] == "2025-01-20"


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_broken_data_get_one_line(text: str, said: str) -> None:
    """It says what is wrong, and where as far as the format tells."""
    with pytest.raises(InputError) as caught:
        document_from_bytes(text.encode(), "data")

    assert caught.value.code == "broken-data"
    assert said in caught.value.message.zh
    assert "\n" not in caught.value.message.en


CROWDS: dict[str, tuple[Mapping[str, object], str]] = {
    "unknown cells": ({"cells": {f"a.b.c{number}": 1 for number in range(200_000)}}, "cells has 200000 entries"),
    "unknown keys": ({f"key{number}": 1 for number in range(200_000)}, "/ has 200001 entries"),
    "notes": ({"notes": [""] * 50_001}, "notes has 50001 entries"),
    "keys of a cell": ({"cells": {"a.b.c": dict.fromkeys(map(str, range(50_001)))}}, "a.b.c has 50001 entries"),
}


@pytest.mark.parametrize(("data", "said"), CROWDS.values(), ids=CROWDS)
def test_more_than_in_any_report_is_refused_before_it_is_looked_at(data: Mapping[str, object], said: str) -> None:
    """In one line that says where; the reader refuses it, so that no value is compared with a schema or a form."""
    with pytest.raises(InputError) as caught:
        document_from_bytes(json.dumps({"schema": "nianbao/report/1", **data}).encode(), "data")

    assert caught.value.code == "too-many-values"
    assert said in caught.value.message.en
    assert "50000" in caught.value.message.zh
    assert "\n" not in caught.value.message.zh


def test_a_crowd_in_yaml_is_refused_as_well() -> None:
    """As in JSON; as many as a report may have are read."""
    text = HEAD + "notes:\n" + "- x\n" * 50_000
    data = document_from_bytes(text.encode(), "data").data

    assert data is not None
    assert len(data["notes"]) == 50_000
    with pytest.raises(InputError, match="50001"):
        document_from_bytes(f"{text}- x\n".encode(), "data")


@pytest.mark.parametrize(
    "text", [JSON + '\n"cells": {"a.b":\n 1}}', HEAD + "cells:\n  a.b: 1", "# 甲\n" + HEAD + "cells: {a.b: 1}"]
)
def test_places_are_found_when_asked_for(text: str) -> None:
    """A value's place is line and column of the value in the text."""
    document = document_from_bytes(text.encode(), "data")

    place = document.refine(Location(anchor=path_anchor(("cells", "a.b"))))

    assert place.line == 3
    assert text.split("\n")[2][(place.column or 0) - 1] == "1"
    assert document.refine(Location(line=7)) == Location(line=7)
    assert document.refine(Location(anchor="none")) == Location(anchor="none")


@given(st.text(max_size=60))
def test_any_text_behind_the_schema_is_read_or_refused(text: str) -> None:
    """Never another exception than InputError."""
    for head in (HEAD, JSON):
        try:
            document_from_bytes((head + text).encode("utf-8", "replace"), "data")
        except InputError as error:
            assert error.message.zh  # noqa: PT017 - both ways out are right
