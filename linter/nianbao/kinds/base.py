"""What every kind of rule has: a name, a schema of its options, and a way to compile a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.language.evaluate import Sources, values_of
from nianbao.messages import Text
from nianbao.model.finding import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from nianbao.language.evaluate import Sums
    from nianbao.model.form import Form
    from nianbao.model.report import Report
    from nianbao.model.rule import Rule

NO_HEADINGS = Text("没有认出任何栏目标题", "no heading of a section was recognised")


class Subject(NamedTuple):
    """What a check looks at: a report, and those of the year before and of the organs above and below, if any.

    ``values`` are the report's cells that hold numbers, taken once for all rules; ``Subject.of`` takes them.
    ``prior_reason`` says why there is no report of the year before; ``settings`` are those of the run.
    """

    report: Report
    values: Mapping[str, int | Decimal]
    prior: Report | None = None
    prior_reason: Text | None = None
    parent: Report | None = None
    children: tuple[Report, ...] = ()
    settings: Mapping[str, object] = MappingProxyType({})

    @property
    def sources(self) -> Sources:
        """The reports, as the rule language reaches them."""
        return Sources(self.report, self.prior, self.parent, self.children, self.prior_reason)

    @classmethod
    def of(cls, report: Report, prior: Report | None = None, *, prior_reason: Text | None = None) -> Subject:
        """Return the subject that a report is."""
        return cls(report, values_of(report), prior, prior_reason)


Check = Callable[[Subject], Iterable[Outcome]]


class Compiled(NamedTuple):
    """A rule made ready for one form.

    Attributes:
        check: Judges a report.
        places: What the messages may speak of, by variant; the main message stands in for a variant without its own.
        sums: The rule's equations, where it is made of such.
    """

    check: Check
    places: Mapping[str, frozenset[str]]
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
