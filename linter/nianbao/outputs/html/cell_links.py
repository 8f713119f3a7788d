"""Links from the list to the cells and passages of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.outputs.html.markup import el

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nianbao.outputs.html.marks import MarkedReport
    from nianbao.outputs.html.markup import Child


def targets_of(roles: Mapping[str, str] | Iterable[tuple[str, str]], sheet: MarkedReport) -> list[str]:
    """Return the cells that are highlighted with an item: pairs of a role and the id of a cell."""
    return [f"{role}:{sheet.cell_id(key)}" for key, role in dict(roles).items() if key in sheet.places]


def linked(sentence: Child, targets: list[str]) -> Child:
    """Return a sentence as a link to the first of the places that are highlighted with it."""
    return el("a", sentence, href="#" + targets[0].partition(":")[2]) if targets else sentence
