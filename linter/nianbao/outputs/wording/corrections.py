"""The list of a report: what is to be changed in it and what to look at, place by place, in the order of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from nianbao.model.rule import HIGH, INFO, SEVERITIES
from nianbao.outputs.wording.components import Explained, parts_of, steps_of
from nianbao.outputs.wording.reading_order import ReadingOrder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.model.explanation import Change, Component, Explanation, ImpliedValue
    from nianbao.model.finding import Finding
    from nianbao.model.location import Location
    from nianbao.model.result import Checked
    from nianbao.model.rule import Confidence, Severity
    from nianbao.outputs.wording.components import Plain

Action = Literal["change", "choose", "fill", "look"]

CHANGE: Final = "change"  # a figure that is wrong, and what it should be
CHOOSE: Final = "choose"  # one of several figures is wrong, and only the records can tell which
FILL: Final = "fill"  # a blank whose figure follows from the rest of the report
LOOK: Final = "look"  # anything else that is wrong


class Todo(NamedTuple):
    """One entry of the list.

    Attributes:
        number: Its number in the report, from 1; 0 for a hint, which is no correction.
        action: ``change``, ``choose``, ``fill`` or ``look``.
        findings: The findings that it answers, those of its component if it has one.
        component: The component with its explanations, or ``None``.
        changes: For ``change``, the figures of one slip, put right; for ``choose``, all figures that may be wrong.
        implied: For ``fill``, the blank and its figure.
    """

    number: int
    action: Action
    findings: tuple[Finding, ...] = ()
    component: Component | None = None
    changes: tuple[Change, ...] = ()
    implied: ImpliedValue | None = None

    @property
    def severity(self) -> Severity | None:
        """The highest severity of its findings; ``None`` for a blank that follows, which no rule need find."""
        return max((finding.severity for finding in self.findings), key=SEVERITIES.index, default=None)

    @property
    def confidence(self) -> Confidence | None:
        """How sure the new figures are; ``None`` where it tells none."""
        if self.action == FILL:
            return HIGH
        return self.component.explanations[0].confidence if self.component and self.changes else None

    @property
    def is_hint(self) -> bool:
        """Whether it is mere information, which need not be wrong."""
        return self.severity == INFO and self.action == LOOK

    @property
    def source(self) -> str | None:
        """The name of the report with its place, ``None`` for the one that is checked."""
        return self.changes[0].source if self.changes else None

    @property
    def location(self) -> Location:
        """Its place: that of the first figure to change, else that of its finding."""
        if self.implied is not None:
            return self.implied.cell.location
        return self.changes[0].location if self.changes else self.findings[0].location

    @property
    def key(self) -> str:
        """The key of the first cell at its place; "" for prose."""
        if self.implied is not None:
            return self.implied.cell.key
        if self.changes:
            return self.changes[0].key
        here = (ref.key for ref in self.findings[0].cells if ref.source is None and ref.location == self.location)
        return next(here, "")


def corrections_of(checked: Checked) -> tuple[Todo, ...]:
    """Return the corrections of a report in the order of the report, numbered, and then the hints.

    A slip that changed several figures together is one entry; so are figures between which nothing decides. Blanks
    that must be 0 are none: they are many, and a rule counts them.
    """
    place_of = ReadingOrder(checked.report).place_of
    parts = parts_of(checked)
    entries = [entry for part in parts for entry in _of_part(part)]
    entries += (Todo(0, FILL, implied=implied) for implied in checked.following if implied.value)
    ordered = sorted(
        entries,
        key=lambda entry: (entry.is_hint, entry.source is not None, place_of(entry.location, entry.key)),
    )
    return tuple(
        entry if entry.is_hint else entry._replace(number=number) for number, entry in enumerate(ordered, start=1)
    )


def is_open(component: Component) -> bool:
    """Whether the figures do not decide between several explanations."""
    return len(component.explanations) > 1 and component.explanations[0].confidence != HIGH


def _of_part(part: Explained | Plain) -> Iterator[Todo]:
    if not isinstance(part, Explained):
        yield from (Todo(0, LOOK, (finding,), part.component) for finding in part.findings)
    elif is_open(part.component):
        changes = _distinct(change for reading in part.component.explanations for change in reading.changes)
        yield Todo(0, CHOOSE, part.findings, part.component, changes)
    else:
        first: Explanation = part.component.explanations[0]
        for changes in steps_of(first):
            yield Todo(0, CHANGE, part.findings, part.component, changes)


def _distinct(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes to other figures or other cells, each once."""
    return tuple({(change.source, change.key, change.location, change.new): change for change in changes}.values())
