"""DisclosureSearch that the prose must have: what says them, what voids a sentence, and what may mean them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.kinds.prose import compiled_patterns, wanted_sections
from nianbao.model.outcome import PASS, UNDECIDED

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from nianbao.kinds.rule_patterns import RulePattern
    from nianbao.kinds.sentences import Sentence
    from nianbao.model.form import Form

_BLANK = "□"


class DisclosureSearch(NamedTuple):
    """What is looked for.

    Attributes:
        patterns: They say it.
        ignore: Words that are no part of a statement.
        unless: They void a sentence.
        unclear: They may say it.
        sections: Where it belongs.
        headings: The headings of these sections.
    """

    patterns: tuple[RulePattern, ...]
    ignore: tuple[RulePattern, ...]
    unless: tuple[RulePattern, ...]
    unclear: tuple[RulePattern, ...]
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
        patterns, ignore, unless, unclear = (
            compiled_patterns(kind, option, key=key) for key in ("patterns", "ignore", "unless", "unclear")
        )
        return cls(patterns, ignore, unless, unclear, sections, headings)

    @property
    def every_pattern(self) -> tuple[RulePattern, ...]:
        """All regular expressions."""
        return (*self.patterns, *self.ignore, *self.unless, *self.unclear)

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
