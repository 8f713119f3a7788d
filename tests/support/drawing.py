"""Consistent reports drawn by a form, and their tables laid out as the official forms print them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.form import Form, Item, TableForm

Value = int | Decimal | None

ISSUERS = ("临江区人民政府", "青柳县发展和改革局", "云岭市水务局", "白石镇人民政府", "松溪区教育局", "南麓街道办事处")

SPARSE, DENSE = (0.02, 0.1), (0.3, 0.9)
DENSITIES = (*SPARSE, *DENSE)  # from offices that hear of hardly anybody to those with a figure everywhere


@dataclass(frozen=True)
class Drawn:
    """A report as it ought to be read: cells by key, and what stands around the tables."""

    form: Form
    issuer: str
    year: int
    cells: Mapping[str, Value]

    def with_cell(self, key: str, value: Value) -> Drawn:
        """Return a copy in which one cell reads otherwise, and nothing else."""
        return replace(self, cells={**self.cells, key: value})


class Box(NamedTuple):
    """One cell of a printed table; ``key`` is set where a figure stands."""

    text: str = ""
    rowspan: int = 1
    colspan: int = 1
    key: str | None = None


@st.composite
def drawn_reports(
    draw: st.DrawFn, form: Form, *, prior: Drawn | None = None, year: int | None = None, blanks: bool = False
) -> Drawn:
    """Draw a report whose equations all hold; after ``prior``, carried on from it.

    Figures come from a drawn seed: two hundred separate draws would cost more than the checks they serve.
    """
    dice = random.Random(draw(st.integers(0, 2**32)))
    density = draw(st.sampled_from(DENSITIES))
    issuer = prior.issuer if prior else draw(st.sampled_from(ISSUERS))
    first = form.first_year or 2019
    chosen = prior.year + 1 if prior else (year or draw(st.integers(first, form.last_year or first + 4)))
    return Drawn(form, issuer, chosen, _figures(form, dice, density, prior=prior, blanks=blanks))


def draw_report(
    form: Form,
    seed: int | str,
    *,
    prior: Drawn | None = None,
    blanks: bool = False,
    densities: tuple[float, ...] = DENSITIES,
) -> Drawn:
    """Draw a report from a seed, as full as one of ``densities``; for tests that want many: see ``drawn_reports``."""
    dice = random.Random(f"report/{seed}")
    density = dice.choice(densities)
    issuer = prior.issuer if prior else dice.choice(ISSUERS)
    first = form.first_year or 2019
    year = prior.year + 1 if prior else dice.randint(first, form.last_year or first + 4)
    return Drawn(form, issuer, year, _figures(form, dice, density, prior=prior, blanks=blanks))


def _figures(form: Form, dice: random.Random, density: float, *, prior: Drawn | None, blanks: bool) -> dict[str, Value]:
    """Draw figures that all equations hold for, carried on from the year before."""
    cells: dict[str, Value] = {}
    for table in form.tables.values():
        for key, slot in table.slots.items():
            if not slot.is_total:
                cells[key] = _amount(dice) if slot.column.value == "amount" else _count(dice, density)
        _add_totals(table, cells)
    _balance(cells, dice, prior)
    _stock(cells, dice, prior)
    if blanks:
        _blank_columns(form, cells, dice)
    return cells


def _count(dice: random.Random, density: float) -> int:
    return 0 if dice.random() > density else int(10 ** dice.uniform(0, 3.2))


def _amount(dice: random.Random) -> Value:
    precise = Decimal(dice.randrange(1, 10**7)) / Decimal(10 ** dice.randrange(1, 5))
    choices: list[Value] = [0, dice.randrange(9000), precise]
    return dice.choice(choices)


def _add_totals(table: TableForm, cells: dict[str, Value]) -> None:
    """Derive the totals of a table from its parts, columns before rows."""
    for row in table.rows.leaves:
        for name in row.columns:
            column = table.columns.items[name]
            if column.total_of is not None and row.total_of is None:
                parts = table.columns.items[column.total_of].members
                cells[f"{table.id}.{row.id}.{name}"] = sum(cells[f"{table.id}.{row.id}.{part}"] or 0 for part in parts)
    for row in table.rows.leaves:
        if row.total_of is not None:
            for name in row.columns:
                parts = table.rows.items[row.total_of].members
                cells[f"{table.id}.{row.id}.{name}"] = sum(cells[f"{table.id}.{part}.{name}"] or 0 for part in parts)


def _balance(cells: dict[str, Value], dice: random.Random, prior: Drawn | None) -> None:
    """Make what came in equal what was handled and what is left, column by column; carry on from the year before."""
    columns = [key.rsplit(".", 1)[1] for key in cells if key.startswith("applications.new.")]
    parts = [column for column in columns if column != "total"]
    for column in parts:
        handled = cells[f"applications.total.{column}"] or 0
        left = int(dice.choice([0, 0, dice.randrange(40)]))
        carried = (
            prior.cells[f"applications.carried_out.{column}"] if prior else dice.randrange(int(handled) + left + 1)
        )
        short = int(carried or 0) - int(handled) - left
        left += max(short, 0)
        cells[f"applications.carried_out.{column}"] = left
        cells[f"applications.carried_in.{column}"] = carried or 0
        cells[f"applications.new.{column}"] = handled + left - (carried or 0)
    for row in ("new", "carried_in", "carried_out"):
        cells[f"applications.{row}.total"] = sum(cells[f"applications.{row}.{column}"] or 0 for column in parts)


def _stock(cells: dict[str, Value], dice: random.Random, prior: Drawn | None) -> None:
    """Make documents in force agree with those made and repealed, and with the year before."""
    for row in ("regulations", "normative_documents"):
        if (key := f"disclosure.{row}.in_force") in cells:
            made, repealed = (int(cells[f"disclosure.{row}.{name}"] or 0) for name in ("made", "repealed"))
            before = int(prior.cells[key] or 0) if prior else repealed + dice.randrange(200)
            repealed = min(repealed, before + made)
            cells[f"disclosure.{row}.repealed"] = repealed
            cells[key] = before + made - repealed


def _blank_columns(form: Form, cells: dict[str, Value], dice: random.Random) -> None:
    """Leave the cells of columns blank that hold nothing but zeros, as many offices do."""
    for table in form.tables.values():
        for column in table.columns.leaves:
            keys = [key for key, slot in table.slots.items() if slot.column.id == column.id]
            if column.total_of is None and dice.random() < 0.7 and not any(cells[key] for key in keys):
                cells.update(dict.fromkeys(keys))


def boxes(table: TableForm) -> list[list[Box]]:
    """Lay a table out as the official form prints it: rows of cells with their spans."""
    if table.layout == "strip":
        return _strip(table)
    whole = tuple(column.id for column in table.columns.leaves)
    if all(row.columns == whole for row in table.rows.leaves):
        return [*_heads(table), *_body(table)]
    return _blocks(table)


def _blocks(table: TableForm) -> list[list[Box]]:
    """Lay out a table of blocks, each under its own heads."""
    widest = max(len(row.columns) for row in table.rows.leaves)
    rows: list[list[Box]] = []
    for group in table.rows.groups:
        heads = [table.columns.items[name].label for name in group.columns]
        spread = _spread(widest, len(heads))
        rows.append([Box(group.label, 1, widest + 1)])
        rows.append([Box(table.captions[0]), *(Box(head, 1, span) for head, span in zip(heads, spread, strict=True))])
        for name in group.members:
            keys = [f"{table.id}.{name}.{column}" for column in group.columns]
            figures = [Box("", 1, span, key) for key, span in zip(keys, spread, strict=True)]
            rows.append([Box(table.rows.items[name].label), *figures])
    return rows


def _spread(width: int, parts: int) -> list[int]:
    return [width // parts + (1 if number < width % parts else 0) for number in range(parts)]


def _depth(axis: Mapping[str, Item], item: Item) -> int:
    return 0 if item.parent is None else 1 + _depth(axis, axis[item.parent])


def _heads(table: TableForm) -> list[list[Box]]:
    """Lay out the heads of a table, a level a row, with the caption in the corner."""
    axis = table.columns.items
    levels = 1 + max(_depth(axis, item) for item in axis.values())
    corner = 1 + max(_depth(table.rows.items, item) for item in table.rows.items.values())
    rows: list[list[Box]] = [[] for _level in range(levels)]
    rows[0].append(Box(table.captions[0] if table.captions else "", levels, corner))
    for item in axis.values():
        depth = _depth(axis, item)
        rows[depth].append(Box(item.label, 1 if item.members else levels - depth, max(1, len(item.members))))
    return rows


def _body(table: TableForm) -> list[list[Box]]:
    """Lay out the rows of a table under their groups."""
    axis = table.rows.items
    width = 1 + max(_depth(axis, item) for item in axis.values())
    rows: list[list[Box]] = []
    pending: list[Box] = []
    for item in axis.values():
        depth = _depth(axis, item)
        if item.members:
            pending.append(Box(item.label, len(item.members), 1))
            continue
        figures = [Box("", 1, 1, f"{table.id}.{item.id}.{column}") for column in item.columns]
        rows.append([*pending, Box(item.label, 1, width - depth), *figures])
        pending = []
    return rows


def _strip(table: TableForm) -> list[list[Box]]:
    """Lay out a strip: row labels as upper heads, column labels below, one row of figures."""
    axis = table.rows.items
    levels = 1 + max(_depth(axis, item) for item in axis.values())
    heads: list[list[Box]] = [[] for _level in range(levels + 1)]
    for item in axis.values():
        depth = _depth(axis, item)
        leaves = [axis[name] for name in item.members] or [item]
        heads[depth].append(Box(item.label, 1, sum(len(leaf.columns) for leaf in leaves)))
        if not item.members:
            heads[depth + 1] += [Box(table.columns.items[name].label, levels - depth, 1) for name in item.columns]
    return [*heads, [Box(key=key) for key in table.slots]]
