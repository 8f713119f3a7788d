"""An input that could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nianbao.messages import Text

RULE_CRASHED = "rule-crashed"  # a fault of a rule or a form; all other problems are inputs that could not be read


class Problem(NamedTuple):
    """An input that could not be read: its path, the kind of problem, and what to do."""

    path: str
    code: str
    text: Text
