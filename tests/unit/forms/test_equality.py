"""Forms are equal by content: what is kept for one serves all that say the same."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest

from nianbao.forms.loading import builtin_forms, load_form
from nianbao.forms.open_axes import sample_of, with_members
from nianbao.model.form import Axis, Form

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "zfxxgk-2021": "schemas/forms/zfxxgk-2021.yaml",
    "zfxxgk-2019": "schemas/forms/zfxxgk-2019.yaml",
    "quarterly": "examples/quarterly/forms/fee-quarter.yaml",
}


class CountedId(str):
    """An id that counts how often its hash is made and how often it is compared."""

    __slots__ = ("compared", "hashed")
    compared: int
    hashed: int

    def __init__(self, _text: str) -> None:
        """Begin to count at nothing."""
        self.compared = self.hashed = 0

    def __hash__(self) -> int:
        self.hashed += 1
        return super().__hash__()

    def __eq__(self, other: object) -> bool:
        self.compared += 1
        return super().__eq__(other)


@pytest.fixture(params=[*FILES.values()], ids=[*FILES])
def form(request: pytest.FixtureRequest, repo: Path) -> Form:
    """Return an official form, or one with open axes."""
    return load_form(repo / request.param)


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_two_loads_of_a_file_give_equal_forms(file: str, repo: Path) -> None:
    """They have one hash, and so have their tables."""
    first, second = load_form(repo / file), load_form(repo / file)

    assert first is not second
    assert (first, hash(first)) == (second, hash(second))
    assert list(first.tables.values()) == list(second.tables.values())
    assert {first: "kept"}[second] == "kept"


def test_a_form_travels_with_equality(form: Form) -> None:
    """Also one whose members a report brought; of what is computed from a form, nothing travels."""
    opened = sample_of(form)
    assert hash(opened), opened.slots

    for one in (form, opened):
        again = pickle.loads(pickle.dumps(one))
        assert set(vars(again)) == {field.name for field in fields(Form)}
        assert again == one
        assert again.slots == one.slots


def test_forms_that_differ_in_anything_are_not_equal(form: Form) -> None:
    """A pattern, a name of a row, or the order of rows makes another form."""
    table = next(iter(form.tables.values()))
    first, *others = table.rows.items.values()
    other_axes = [
        Axis({item.id: item for item in (first._replace(label="another"), *others)}),
        Axis({item.id: item for item in (*others, first)}),
    ]
    others_of_it = [replace(form, tables={**form.tables, table.id: replace(table, rows=axis)}) for axis in other_axes]

    for other in (*others_of_it, replace(form, patterns={**form.patterns, "title": ()}), replace(form, id="another")):
        assert other != form
    assert form != table


def test_the_hash_is_made_once_and_parts_are_compared_where_it_is_the_same() -> None:
    """Forms serve as keys wherever a report is judged: a look-up must not walk through all their rows."""
    counted = CountedId("tiny")
    form = replace(builtin_forms()[0], id=counted)
    other = replace(form, first_year=1900)

    kept = {form: 1}
    assert kept[form] == 1
    assert counted.hashed == 1
    assert form != other
    assert counted.compared == 0
    assert form == replace(form)
    assert counted.compared == 0  # one and the same id is not looked at


def test_reports_with_the_same_members_share_a_form(repo: Path) -> None:
    """Of forms with open axes, those with other members are others."""
    form = load_form(repo / FILES["quarterly"])
    groups = ("requests.offices", "fees.offices")
    one, same, other = (
        with_members(form, dict.fromkeys(groups, labels)) for labels in (["A", "B"], ["A", "B"], ["A", "C"])
    )

    assert one is same
    assert one != other


def test_a_form_as_reports_print_it_is_made_once() -> None:
    """Reports that merge the same groups of rows share it; it is another than the form without merged groups."""
    form = builtin_forms()[0]
    groups = frozenset({"applications.other"})

    printed = form.with_merged(groups)

    assert printed is form.with_merged(frozenset({"applications.other"}))
    assert printed != form
    assert printed == pickle.loads(pickle.dumps(printed))
    assert form.with_merged(frozenset()) is form
    assert "other" in {row.id for row in printed.tables["applications"].printed_rows}
    assert printed.tables["disputes"] is form.tables["disputes"]
