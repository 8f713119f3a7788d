"""The kinds of rule: a closed set, each a small module that compiles a rule of its kind into a check."""

from __future__ import annotations

from nianbao.kinds import arithmetic, condition
from nianbao.kinds.base import Check, Kind, Subject
from nianbao.kinds.cell_state import CELL_STATE
from nianbao.kinds.disclosure import DISCLOSURE
from nianbao.kinds.section import SECTION

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in (*arithmetic.kinds(), *condition.kinds(), CELL_STATE, SECTION, DISCLOSURE)
}

__all__ = ["KINDS", "Check", "Kind", "Subject"]
