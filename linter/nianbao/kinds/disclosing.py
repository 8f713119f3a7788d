"""DisclosureSearch that the prose must have: what says them, what voids a sentence, and what may mean them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.kinds.prose import compiled_patterns, wanted_sections
from nianbao.kinds.sentences import plain
from nianbao.messages import Text
from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from nianbao.kinds.rule_patterns import RulePattern
    from nianbao.kinds.sentences import Sentence
    from nianbao.model.form import Form
    from nianbao.model.report import Section

_BLANK = "□"
_IN_TABLE = Text(
    "“{heading}”里有一张表格像是说这件事的，表格没有读",
    "under “{heading}” stands a table that seems to say it; it was not read",
)


class DisclosureSearch(NamedTuple):
    """What is looked for.

    Attributes:
        patterns: They say it.
        ignore: Words that are no part of a statement.
        unless: They void a sentence.
        unclear: They may say it.
        in_tables: In the words of a table, they may say it.
        sections: Where it belongs.
        headings: The headings of these sections.
    """

    patterns: tuple[RulePattern, ...]
    ignore: tuple[RulePattern, ...]
    unless: tuple[RulePattern, ...]
    unclear: tuple[RulePattern, ...]
    in_tables: tuple[RulePattern, ...]
    sections: frozenset[str]
    headings: str

    @classmethod
    def of(cls, kind: str, option: Mapping[str, Any], *, form: Form) -> DisclosureSearch:
        """Read it from the option of a kind.

        Raises:
            Mistake: a pattern is not valid, or the form has no such section.
        """
        sections = wanted_sections(kind, option, form=form)
        headings = "、".join(section.heading for section in form.sections if section.id in sections)
        patterns, ignore, unless, unclear, in_tables = (
            compiled_patterns(kind, option, key=key) for key in ("patterns", "ignore", "unless", "unclear", "in_tables")
        )
        return cls(patterns, ignore, unless, unclear, in_tables, sections, headings)

    @property
    def every_pattern(self) -> tuple[RulePattern, ...]:
        """All regular expressions."""
        return (*self.patterns, *self.ignore, *self.unless, *self.unclear, *self.in_tables)

    def silence(self, sections: Sequence[Section]) -> Outcome:
        """Return the outcome where no sentence says it: undecided if a table may."""
        own = [section for section in sections if section.id in self.sections]
        for section in own:
            if any(pattern.search(plain(words)) for words in section.tables for pattern in self.in_tables):
                return Outcome(UNDECIDED, reason=_IN_TABLE.format(heading=section.heading), location=section.location)
        return Outcome(FAIL, "", {"heading": self.headings}, location=own[0].location if own else NOWHERE)

    def meaning(self, sentence: Sentence) -> str:
        """Return whether a sentence says it (``pass``), may say it (``undecided``), or does not (nothing)."""
        text = sentence.plain
        if any(pattern.search(text) for pattern in self.unless):
            return ""
        for pattern in self.ignore:
            text = pattern.compiled.sub(_blanked, text) if pattern.may_match(text) else text
        if any(pattern.search(text) for pattern in self.patterns):
            return PASS
        return UNDECIDED if any(pattern.search(text) for pattern in self.unclear) else ""


def _blanked(words: re.Match[str]) -> str:
    return _BLANK * len(words[0])
