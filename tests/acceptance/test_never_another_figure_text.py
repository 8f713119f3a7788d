"""Texts that converters write: each cell that is read has its true figure, also where the text is damaged."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.support.converting import CONVERTED, damaged
from tests.support.drawing import draw_report
from tests.support.sheets import distinct_report, sheet_of
from tests.support.thinning import thinned

from nianbao.errors import InputError
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.drawing import Drawn

    from nianbao.model.report import Report

FORMS = builtin_forms()
_SEEDS = thinned(range(200), every=50)
_ZEROS = 0.1
_UNREAD = {
    kind: {"applications.total"} for kind in ("pipes shifted", "bars ruled")
}  # its label reaches over two places


def read(text: str) -> Report:
    """Read a text as a report."""
    return extract(document_from_bytes(text.encode(), "converted"), FORMS)


def partly_blank(drawn: Drawn, dice: random.Random) -> Drawn:
    """Return a report in which some cells are blank or zero, or none, or whole columns are blank."""
    blank = dice.choice([0, 0, 0.1, 0.4])
    columns = dice.choice([(), (), ("total",), ("natural_person",), ("enterprise", "repealed", "change", "pending")])
    cells = dict(drawn.cells)
    for key, slot in drawn.form.slots.items():
        if slot.column.id in columns or dice.random() < blank:
            cells[key] = None
        elif dice.random() < _ZEROS:
            cells[key] = 0
    return replace(drawn, cells=cells)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", CONVERTED)
def test_all_figures_are_read(kind: str, seed: int) -> None:
    """Every cell of a report without blanks is read with its figure, or in one row with a reason why not."""
    drawn = draw_report(FORMS[seed % len(FORMS)], f"converted/{seed}")

    report = read(CONVERTED[kind](sheet_of(drawn)))

    assert {key: cell.value for key, cell in report.cells.items()}.items() <= drawn.cells.items()
    assert set(report.unread) == drawn.cells.keys() - report.cells.keys()
    assert {key.rpartition(".")[0] for key in report.unread} <= _UNREAD.get(kind, set())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", CONVERTED)
def test_blanks_make_no_other_figure(kind: str, seed: int) -> None:
    """Where cells are blank, figures are read as they are, or have a reason why not."""
    drawn = draw_report(FORMS[seed % len(FORMS)], f"converted/{seed}", blanks=True)

    report = read(CONVERTED[kind](sheet_of(drawn)))

    assert {key: cell.value for key, cell in report.cells.items()}.items() <= drawn.cells.items()
    assert report.cells.keys() | report.unread.keys() == drawn.cells.keys()


_BOXES = str.maketrans("|-=", "│─═")


def with_numbers(text: str) -> str:
    """Return a sheet saved as text with numbers of its rows and columns, as a library for data writes it."""
    lines = text.splitlines()
    heads = range(lines[-2].count(",") + 1)
    return "\n".join(["," + ",".join(map(str, heads)), *(f"{number},{line}" for number, line in enumerate(lines))])


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        pytest.param("csv blank", with_numbers, id="rows and columns are numbered"),
        pytest.param("csv blank", lambda text: re.sub(r"\b(\d{3,4})\b(?=,|$)", r'="\1"', text), id="kept as text"),
        pytest.param("rst grid", lambda text: text.translate(_BOXES), id="boxes"),
        pytest.param("bars ruled", lambda text: text.replace("|", "｜"), id="bars of full width"),
    ],
)
def test_what_programs_add_is_no_figure(kind: str, change: Callable[[str], str]) -> None:
    """Numbers of rows, guards of texts, and bars and lines in other characters leave the figures as they are."""
    drawn = distinct_report(FORMS[-1])
    text = CONVERTED[kind](sheet_of(drawn))

    plain, changed = read(text), read(change(text))

    assert change(text) != text
    assert plain.cells.keys() == changed.cells.keys()
    assert {key: cell.value for key, cell in changed.cells.items()}.items() <= drawn.cells.items()
    assert [section.id for section in changed.sections] == [section.id for section in plain.sections]


@pytest.mark.parametrize("seed", _SEEDS)
@pytest.mark.parametrize("kind", CONVERTED)
def test_damage_makes_no_other_figure(kind: str, seed: int) -> None:
    """Where a line, a separator or a cell is lost or doubled, figures are read as they are, or not at all."""
    dice = random.Random(f"{kind}/{seed}")
    drawn = partly_blank(distinct_report(FORMS[seed % len(FORMS)], seed), dice)
    damage = damaged(CONVERTED[kind](sheet_of(drawn)), dice)

    try:
        report = read(damage.text)
    except InputError:
        return

    figures = {key: cell.value for key, cell in report.cells.items() if cell.value is not None}
    assert figures.items() <= drawn.cells.items(), damage.what
