"""A figure in a wrong column of a small table: other rows with such figures explain as much, so none is certain."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.support.drawing import draw_report
from tests.support.thinning import scaled
from tests.support.trials import engine, report_of

from nianbao.forms.loading import form_by_id
from nianbao.model.rule import HIGH

if TYPE_CHECKING:
    from tests.support.drawing import Drawn, Value

FORM = form_by_id("zfxxgk-2021")
TABLE = FORM.tables["applications"]
COLUMNS = [name for name, item in TABLE.columns.items.items() if not item.members and item.total_of is None]
ROWS = TABLE.rows.items["results"].members
FEW = 0.15  # of the cells have a figure


def key(row: str, column: str) -> str:
    """Return the key of a cell of Table 3."""
    return f"{TABLE.id}.{row}.{column}"


def small_office(drawn: Drawn, dice: random.Random) -> dict[str, Value]:
    """Return figures of an office with a few applications, of which each result was given once at most."""
    cells: dict[str, Value] = {name: 0 if name.startswith(f"{TABLE.id}.") else v for name, v in drawn.cells.items()}
    counts = {(row, column): int(dice.random() < FEW) for row in ROWS for column in COLUMNS}
    for (row, column), count in counts.items():
        for own, other in ((row, column), (row, "total"), ("total", column), ("new", column)):
            cells[key(own, other)] = int(cells[key(own, other)] or 0) + count
    cells[key("total", "total")] = cells[key("new", "total")] = sum(counts.values())
    return cells


def test_what_is_certain_of_a_misplaced_figure_is_right() -> None:
    """Whatever is called certain names the two cells between which the figure went, and no other row."""
    wrong = []
    for seed in range(scaled(60)):
        dice = random.Random(f"misplaced/{seed}")
        drawn = draw_report(FORM, f"misplaced/{seed}")
        cells = small_office(drawn, dice)
        row, column = dice.choice([(row, column) for row in ROWS for column in COLUMNS if cells[key(row, column)]])
        other = dice.choice([name for name in COLUMNS if not cells[key(row, name)]])
        cells |= {key(row, column): 0, key(row, other): 1}
        told = [one for part in engine().judge(report_of(drawn, cells)).components for one in part.explanations]
        changed = {change.key for one in told if one.confidence == HIGH for change in one.changes}
        wrong += sorted(changed - {key(row, column), key(row, other)})

    assert wrong == []
