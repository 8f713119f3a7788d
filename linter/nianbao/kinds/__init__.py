"""The kinds of rule: a closed set, each a small module that compiles a rule of its kind into a check."""

from __future__ import annotations

from nianbao.kinds.arithmetic import CONTINUITY, EQUATION, INEQUALITY
from nianbao.kinds.base import Check, Kind, Subject
from nianbao.kinds.cell_state import CELL_STATE
from nianbao.kinds.claim import CLAIM
from nianbao.kinds.condition import CONDITION
from nianbao.kinds.content import CONTENT
from nianbao.kinds.deadline import DEADLINE
from nianbao.kinds.disclosure import DISCLOSURE
from nianbao.kinds.outlier import OUTLIER
from nianbao.kinds.section import SECTION
from nianbao.kinds.similarity import SIMILARITY
from nianbao.kinds.term import TERM

_ARITHMETIC = (EQUATION, INEQUALITY, CONTINUITY, CONDITION, CELL_STATE)
_PROSE = (SECTION, CONTENT, DISCLOSURE, CLAIM, TERM)
_TIME = (DEADLINE, OUTLIER, SIMILARITY)

KINDS: dict[str, Kind] = {kind.name: kind for kind in (*_ARITHMETIC, *_PROSE, *_TIME)}

__all__ = ["KINDS", "Check", "Kind", "Subject"]
