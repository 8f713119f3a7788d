"""Every name that ``nianbao names`` lists means what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conftest import ROOT
from tests.unit.language.making import NEW, OLD

from nianbao.forms.loading import load_form
from nianbao.language.directory import names_of
from nianbao.language.expressions import compile_expression
from nianbao.language.facts import facts_of
from nianbao.language.names import Scope
from nianbao.language.section_names import section_facts
from nianbao.language.syntax import Name, parse

if TYPE_CHECKING:
    from nianbao.model.form import Form

QUARTER = load_form(ROOT / "examples" / "quarterly" / "forms" / "fee-quarter.yaml")


@pytest.mark.parametrize("form", [NEW, OLD, QUARTER], ids=lambda form: form.id)
def test_each_name_means_its_row_or_column(form: Form) -> None:
    """Within its table, in both languages; all rows and columns are there."""
    names = names_of(form)
    for table in form.tables.values():
        scope = Scope.of(form, table.id)
        listed = [name for name in names if name.table == table.name and name.kind != "table"]
        items = [*table.rows.items.values(), *table.columns.items.values()]
        assert [name.printed for name in listed] == [item.label for item in items]
        for name, item in zip(listed, items, strict=True):
            for way in (name.zh, name.en):
                node = parse(way)
                assert isinstance(node, Name)
                ref = scope.resolve(node)
                assert item in (ref.row, ref.column), way
        assert next(name for name in names if name.kind == "table" and name.en == table.id).table == table.name


@pytest.mark.parametrize("form", [NEW, OLD, QUARTER], ids=lambda form: form.id)
def test_sections_facts_and_issuers_are_there(form: Form) -> None:
    """By the names that rules may use; no name stands twice."""
    names = names_of(form)
    known = {**facts_of(form), **section_facts(form)}
    for kind in ("fact", "section"):
        listed = [name for name in names if name.kind == kind]
        assert listed
        assert all(known[name.zh] is known[name.en] or known[name.zh].id == known[name.en].id for name in listed)
    for name in names:
        if name.kind == "issuer":
            (made,) = compile_expression(
                f"机关类别 = “{name.zh}” 且 issuer_kind = “{name.en}”", Scope.of(form)
            ).instances
            assert made is not None
    assert len({(name.kind, name.zh, str(name.table)) for name in names}) == len(names)
