"""Forms as data: those that ship, and how a broken one is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nianbao.errors import SourceError, SourceErrors
from nianbao.files.resources import data_dir
from nianbao.forms.loading import build_form, builtin_forms, form_by_id, load_form
from nianbao.yamlfiles.source import parse, validate

if TYPE_CHECKING:
    from pathlib import Path

SMALL = """\
schema: nianbao/form/1
id: tiny
title: Tiny statement
sections:
  - {id: figures, heading: Figures}
tables:
  - id: visits
    name: Table A
    section: figures
    columns:
      - {id: parts, label: By age, in_key: false, members: [{id: young, label: Young}, {id: old, label: Old}]}
      - {id: total, label: Total, total_of: parts}
    rows:
      - {id: north, label: North}
      - {id: south, label: South, columns: [total]}
"""


@pytest.mark.parametrize("name", [file.name for file in data_dir("schemas").joinpath("forms").iterdir()])
def test_forms_that_ship_follow_their_schema(name: str) -> None:
    """Start-up does not check the forms that ship; this does."""
    text = data_dir("schemas").joinpath("forms").joinpath(name).read_text(encoding="utf-8")

    validate(parse(text, name), "form")


@pytest.mark.parametrize(
    ("form_id", "tables"),
    [
        ("zfxxgk-2021", {"disclosure": 10, "applications": 175, "disputes": 15}),
        ("zfxxgk-2019", {"disclosure": 22, "applications": 161, "disputes": 15}),
    ],
)
def test_official_forms_have_all_their_cells(form_id: str, tables: dict[str, int]) -> None:
    """The form of 2021 asks for 200 cells, that of 2019 for 198."""
    form = form_by_id(form_id)

    assert {table.id: len(table.slots) for table in form.tables.values()} == tables


@pytest.mark.parametrize("form_id", [form.id for form in builtin_forms()])
def test_names_of_rows_and_columns_are_told_apart(form_id: str) -> None:
    """Rules use short names: within one axis of a table no two items share one, in either language."""
    for table in form_by_id(form_id).tables.values():
        for axis in (table.rows, table.columns):
            for language in ("zh", "en"):
                names = [item.name.get(language) for item in axis.items.values()]
                assert len(names) == len(set(names))


def test_a_form_of_ones_own_is_loaded_from_a_file(tmp_path: Path) -> None:
    """Rows may have only some of the columns; groups outside keys leave no trace in them."""
    file = tmp_path / "tiny.yaml"
    file.write_text(SMALL, encoding="utf-8")

    form = load_form(file)

    assert list(form.slots) == ["visits.north.young", "visits.north.old", "visits.north.total", "visits.south.total"]
    assert form.slots["visits.north.total"].is_total


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (("id: tiny", "id: Tiny!"), 2, "'Tiny!' does not match"),
        (("section: figures", "section: figurs"), 9, "no section 'figurs'; known: figures"),
        (("total_of: parts", "total_of: part"), 12, "no group 'part'; groups here: parts"),
        (("columns: [total]", "columns: [totl]"), 15, "no column 'totl'; known: young, old, total"),
        (("{id: south,", "{id: north,"), 15, "id 'north' stands twice"),
        (("name: Table A", "nmae: Table A"), 8, "unknown key 'nmae'; did you mean 'name'?"),
        (("- {id: figures, heading: Figures}", "- {id: figures}"), 5, "missing key 'heading'"),
        (("title: Tiny statement", "title: Tiny\nid: twice"), 4, "key 'id' stands twice"),
        (("    rows:", "    layout: stripe\n    rows:"), 13, "'stripe' is none of 'grid', 'strip'"),
        (("sections:", "patterns: {title: ['(']}\nsections:"), 4, "not a regular expression"),
        (("tables:", "tables: ["), 7, "not valid YAML"),
    ],
)
def test_a_broken_form_is_refused_at_its_line(tmp_path: Path, change: tuple[str, str], line: int, reason: str) -> None:
    """The message names file, line and reason, and the nearest name where a name is wrong."""
    file = tmp_path / "broken.yaml"
    file.write_text(SMALL.replace(*change), encoding="utf-8")

    with pytest.raises((SourceError, SourceErrors)) as caught:
        load_form(file)

    caught_errors = caught.value.errors if isinstance(caught.value, SourceErrors) else (caught.value,)
    errors = [error for error in caught_errors if isinstance(error, SourceError)]
    assert any(error.line == line and reason in error.reason.en and error.file == str(file) for error in errors), errors


def test_several_mistakes_are_told_together() -> None:
    """One reading of a form tells all that is wrong with its names."""
    text = SMALL.replace("total_of: parts", "total_of: p").replace("columns: [total]", "columns: [t]")

    with pytest.raises(SourceErrors) as caught:
        build_form(parse(text, "broken.yaml"))

    assert [error.line for error in caught.value.errors] == [12, 15]


@pytest.mark.parametrize("text", ["a: &a [1]\nb: " + "[" * 60 + "]" * 60, "a: &a [x]\n" + "b: {c: *a" * 100])
def test_hostile_yaml_is_refused(text: str) -> None:
    """Nesting is bounded, and an unfinished file is an error and no crash."""
    with pytest.raises(SourceError):
        parse(text, "hostile.yaml")


def test_aliases_do_not_explode() -> None:
    """A few lines of aliases of aliases do not fill the memory."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]

    with pytest.raises(SourceError, match="aliases expand"):
        parse("\n".join(lines), "bomb.yaml")
