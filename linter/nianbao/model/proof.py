"""What proving a pack of rules gives: its examples, consistent reports, slips, equations and metadata."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from nianbao.model.rule import ERROR
from nianbao.model.slip import BLANKED, DOUBLED, DROPPED, MOVED, OTHER_DIGIT, TRANSPOSED, ZERO_ADDED, ZEROED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.messages import Text
    from nianbao.model.form import Form
    from nianbao.model.rule import Severity
    from nianbao.model.slip import SlipKind

# Those that are tried.
SLIPS: tuple[SlipKind, ...] = (TRANSPOSED, OTHER_DIGIT, DROPPED, DOUBLED, ZERO_ADDED, ZEROED, BLANKED, MOVED)


class Remark(NamedTuple):
    """One thing to say of a pack; an ``error`` means that the pack is not sound."""

    level: Severity
    text: Text
    code: str = ""
    file: str = ""
    line: int | None = None


class Examples(NamedTuple):
    """How many examples do what they say; ``completed`` of them were made whole reports and shown to all rules."""

    good: int
    bad: int
    completed: int
    untested: tuple[str, ...]
    remarks: tuple[Remark, ...]


class Consistent(NamedTuple):
    """Consistent reports drawn by a form; ``undecided`` is how many instances of rules could not judge theirs."""

    form: Form
    reports: int
    undecided: int


class Tally(NamedTuple):
    """How many slips were made, how many of them made a rule fail, and how many left a rule unable to judge."""

    of: int = 0
    failed: int = 0
    undecided: int = 0

    @property
    def noticed(self) -> int:
        """How many slips somebody is told of."""
        return self.failed + self.undecided

    def plus(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(*map(sum, zip(self, other, strict=True)))


class TableScore(NamedTuple):
    """How many slips in a table are noticed in the report alone, and with the report of the year before."""

    form: Form
    table: str
    alone: Tally
    with_prior: Tally

    def plus(self, other: TableScore) -> TableScore:
        """Return both together."""
        return self._replace(alone=self.alone.plus(other.alone), with_prior=self.with_prior.plus(other.with_prior))


class Missed(NamedTuple):
    """Slips in one cell that no rule notices, by kind of slip; ``with_prior`` says under which of the two conditions.

    ``slips`` gives for each kind how many were not noticed, of how many.
    """

    form: Form
    key: str
    with_prior: bool
    slips: Mapping[SlipKind, tuple[int, int]]

    def plus(self, other: Missed) -> Missed:
        """Return both together."""
        kinds = dict.fromkeys((*self.slips, *other.slips))
        pairs = {kind: (self.slips.get(kind, (0, 0)), other.slips.get(kind, (0, 0))) for kind in kinds}
        slips = {kind: (one[0] + two[0], one[1] + two[1]) for kind, (one, two) in pairs.items()}
        return self._replace(slips=slips)


class Follows(NamedTuple):
    """An equation that follows from others: its rule and instance, and from which rules, with how many of each."""

    equation: Text
    code: str
    from_rules: Mapping[str, int]
    line: int
    file: str


class Dependence(NamedTuple):
    """The equations of a form: how many, and how many of them say something that the others do not."""

    form: Form
    equations: int
    rank: int
    follows: tuple[Follows, ...]


class Proof(NamedTuple):
    """All that proving a pack gives; sections that were not asked for are empty.

    ``seconds`` is how long each section took.
    """

    pack: tuple[str, str]
    rules: int
    examples: Examples
    consistent: tuple[Consistent, ...] = ()
    scores: tuple[TableScore, ...] = ()
    missed: tuple[Missed, ...] = ()
    dependence: tuple[Dependence, ...] = ()
    remarks: Mapping[str, tuple[Remark, ...]] = MappingProxyType({})
    seconds: Mapping[str, float] = MappingProxyType({})

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        every = (*self.examples.remarks, *(remark for section in self.remarks.values() for remark in section))
        return not self.examples.bad and all(remark.level != ERROR for remark in every)
