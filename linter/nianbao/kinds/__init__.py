"""The kinds of rule, each a small module that compiles a rule of its kind into a check; plugins may bring more."""

from __future__ import annotations

from nianbao.kinds.arithmetic import CONTINUITY, EQUATION, INEQUALITY
from nianbao.kinds.base import Check, Kind, Subject
from nianbao.kinds.cell_state import CELL_STATE
from nianbao.kinds.check import check_kind
from nianbao.kinds.condition import CONDITION
from nianbao.kinds.disclosure import DISCLOSURE
from nianbao.kinds.section import SECTION

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (EQUATION, INEQUALITY, CONTINUITY, CONDITION, CELL_STATE, SECTION, DISCLOSURE, check_kind({}))
}

__all__ = ["KINDS", "Check", "Kind", "Subject"]
