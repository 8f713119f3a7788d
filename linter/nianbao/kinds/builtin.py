"""The kinds of rule that ship with nianbao, as a plugin gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds import KINDS
from nianbao.language.functions import BUILT_IN
from nianbao.plugins.markers import hookimpl

if TYPE_CHECKING:
    from nianbao.kinds import Kind
    from nianbao.model.function import Function


@hookimpl
def nianbao_kinds() -> tuple[Kind, ...]:
    """Give all kinds that ship."""
    return tuple(KINDS.values())


@hookimpl
def nianbao_functions() -> tuple[Function, ...]:
    """Give the functions of the rule language."""
    return BUILT_IN
