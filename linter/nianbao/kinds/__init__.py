"""The kinds of rule, each a small module that compiles a rule of its kind into a check; plugins may bring more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds import arithmetic, condition
from nianbao.kinds.cell_state import CELL_STATE
from nianbao.kinds.check import check_kind
from nianbao.kinds.claim import CLAIM
from nianbao.kinds.content import CONTENT
from nianbao.kinds.deadline import DEADLINE
from nianbao.kinds.disclosure import DISCLOSURE
from nianbao.kinds.kind import Check, Kind, RuleContext, RuleKinds
from nianbao.kinds.leftover import LEFTOVER
from nianbao.kinds.outlier import OUTLIER
from nianbao.kinds.section import SECTION
from nianbao.kinds.similarity import SIMILARITY
from nianbao.kinds.table import TABLE
from nianbao.kinds.term import TERM
from nianbao.language.functions import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.kinds.kind import Compiled, Limit
    from nianbao.model.form import Form
    from nianbao.model.function import Function
    from nianbao.model.rule import Rule

_TABLES = (CELL_STATE, TABLE)
_PROSE = (SECTION, CONTENT, DISCLOSURE, CLAIM, TERM, LEFTOVER)
_TIME = (DEADLINE, OUTLIER, SIMILARITY)


def language_kinds(functions: Mapping[str, Function]) -> dict[str, Kind]:
    """Return the kinds whose rules are expressions that may call the given functions."""
    return {kind.name: kind for kind in (*arithmetic.kinds(functions), *condition.kinds(functions))}


def limiting(functions: Mapping[str, Function]) -> Limit:
    """Return how the statement of a rule under ``applies.when`` is compiled, which may call the given functions."""

    def limit(made: Compiled, rule: Rule, form: Form) -> Compiled:
        from nianbao.kinds.applying import limited  # noqa: PLC0415 - few rules have such a statement

        return limited(made, rule, form=form, functions=functions)

    return limit


KINDS = RuleKinds(
    {
        **language_kinds(FUNCTIONS),
        **{kind.name: kind for kind in (*_TABLES, *_PROSE, *_TIME, check_kind({}))},
    },
    limit=limiting(FUNCTIONS),
)

__all__ = ["KINDS", "Check", "Kind", "RuleContext", "RuleKinds", "language_kinds", "limiting"]
