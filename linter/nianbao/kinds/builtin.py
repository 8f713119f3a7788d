"""The kinds of rule that ship with nianbao, as a plugin gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.hooks import hookimpl
from nianbao.kinds import KINDS

if TYPE_CHECKING:
    from nianbao.kinds import Kind


@hookimpl
def nianbao_kinds() -> tuple[Kind, ...]:
    """Give all kinds that ship."""
    return tuple(KINDS.values())
