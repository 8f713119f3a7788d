"""The proof of a pack of rules: its examples, consistent reports, slips, equations and metadata."""

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

# The kinds of slips that are tried.
SLIPS: tuple[SlipKind, ...] = (TRANSPOSED, OTHER_DIGIT, DROPPED, DOUBLED, ZERO_ADDED, ZEROED, BLANKED, MOVED)


class Remark(NamedTuple):
    """One remark on a pack; an ``error`` means that the pack is not sound."""

    level: Severity
    text: Text
    code: str = ""
    file: str = ""
    line: int | None = None


class Examples(NamedTuple):
    """The number of examples with the expected outcome; ``completed`` of them became whole reports for all rules."""

    good: int
    bad: int
    completed: int
    untested: tuple[str, ...]
    remarks: tuple[Remark, ...]


class Consistent(NamedTuple):
    """Consistent reports drawn for a form; ``undecided`` is the number of instances of rules that could not judge."""

    form: Form
    reports: int
    undecided: int


class Tally(NamedTuple):
    """The number of slips, of those that make a rule fail, and of those that make a rule undecided."""

    of: int = 0
    failed: int = 0
    undecided: int = 0

    @property
    def noticed(self) -> int:
        """The number of slips that some rule notices."""
        return self.failed + self.undecided

    def plus(self, other: Tally) -> Tally:
        """Return the sum of both."""
        return Tally(*map(sum, zip(self, other, strict=True)))


class TableScore(NamedTuple):
    """The numbers of slips in a table that are noticed without and with last year's report."""

    form: Form
    table: str
    alone: Tally
    with_prior: Tally

    def plus(self, other: TableScore) -> TableScore:
        """Return the sum of both."""
        return self._replace(alone=self.alone.plus(other.alone), with_prior=self.with_prior.plus(other.with_prior))


class Missed(NamedTuple):
    """Slips in one cell that no rule notices, by kind of slip, without or (``with_prior``) with last year's report.

    ``slips`` has for each kind the number of unnoticed slips, and of all.
    """

    form: Form
    key: str
    with_prior: bool
    slips: Mapping[SlipKind, tuple[int, int]]

    def plus(self, other: Missed) -> Missed:
        """Return the sum of both."""
        kinds = dict.fromkeys((*self.slips, *other.slips))
        pairs = {kind: (self.slips.get(kind, (0, 0)), other.slips.get(kind, (0, 0))) for kind in kinds}
        slips = {kind: (ours[0] + theirs[0], ours[1] + theirs[1]) for kind, (ours, theirs) in pairs.items()}
        return self._replace(slips=slips)


class Follows(NamedTuple):
    """An equation that follows from others: its rule and instance, and the number of equations of each other rule."""

    equation: Text
    code: str
    from_rules: Mapping[str, int]
    line: int
    file: str


class Dependence(NamedTuple):
    """The equations of a form: their number, and the number of independent ones."""

    form: Form
    equations: int
    rank: int
    follows: tuple[Follows, ...]


class Proof(NamedTuple):
    """The proof of a pack; sections that were not requested are empty.

    ``seconds`` is the time of each section.
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
        """Whether there is no error."""
        every = (*self.examples.remarks, *(remark for section in self.remarks.values() for remark in section))
        return not self.examples.bad and all(remark.level != ERROR for remark in every)
