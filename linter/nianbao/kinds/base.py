"""What every kind of rule has: a name, a schema of its options, and a way to compile a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.model.finding import Outcome

if TYPE_CHECKING:
    from nianbao.language.evaluate import Sums
    from nianbao.messages import Text
    from nianbao.model.form import Form
    from nianbao.model.report import Report
    from nianbao.model.rule import Rule


class Subject(NamedTuple):
    """What a check looks at: a report, the report of the year before if there is one, and why there is none."""

    report: Report
    prior: Report | None = None
    prior_reason: Text | None = None


Check = Callable[[Subject], Iterable[Outcome]]


class Compiled(NamedTuple):
    """A rule made ready for one form: its check, and its equations where it is made of such."""

    check: Check
    sums: tuple[Sums, ...] = ()


class Kind(NamedTuple):
    """A kind of rule.

    Attributes:
        name: The key that a rule of this kind has.
        schema: JSON Schema of its options, by option; the kind's own key among them.
        compile: Makes a rule ready for a form, given the groups that stand as one row in the report; raises Mistake.
    """

    name: str
    schema: dict[str, Any]
    compile: Callable[[Rule, Form, frozenset[str]], Compiled]
