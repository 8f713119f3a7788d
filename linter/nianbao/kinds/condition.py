"""Kind ``condition``: a statement about cells, years and dates that must be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.kind import Kind, options_of
from nianbao.kinds.statements import checking, compiled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.kinds.kind import Compiled
    from nianbao.model.form import Form
    from nianbao.model.function import Function
    from nianbao.model.rule import Rule


def kinds(functions: Mapping[str, Function]) -> tuple[Kind, ...]:
    """Return the kind; its statements may call the given functions."""

    def compile_rule(rule: Rule, form: Form) -> Compiled:
        return checking(compiled(rule, form, functions=functions))

    return (Kind("condition", options_of("condition"), compile_rule),)
