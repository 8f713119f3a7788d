"""Kind ``similarity``: prose that is nearly the same as last year's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.kinds.kind import Compiled, Kind, options_of
from nianbao.kinds.prose import sections_of, wanted_sections
from nianbao.kinds.sentences import plain
from nianbao.language.evaluate import NO_PRIOR
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form
    from nianbao.model.report import Section
    from nianbao.model.rule import Rule

_PLACES = {"": frozenset(("heading", "percent", "prior_year"))}
_MAX_PROSE_CHARS = 20_000


def _compile(rule: Rule, form: Form) -> Compiled:
    option = rule.options["similarity"]
    wanted = wanted_sections("similarity", option, form=form)
    return Compiled(lambda subject: _check(option, wanted, subject), _PLACES)


def _check(option: Mapping[str, Any], wanted: frozenset[str], subject: RuleContext) -> Iterator[Outcome]:
    from rapidfuzz import fuzz  # noqa: PLC0415 - not needed by most rules

    prior = subject.prior
    if prior is None:
        yield Outcome(UNDECIDED, reason=subject.prior_reason or NO_PRIOR)
        return
    for name in sorted(wanted):
        sections, nothing = sections_of(subject, frozenset((name,)))
        words, before = _words(sections), _words(section for section in prior.sections if section.id == name)
        if nothing is not None or min(len(words), len(before)) < option.get("min_length", 80):
            yield (nothing or Outcome(NOT_APPLICABLE))._replace(subject=name)
            continue
        score = fuzz.ratio(words, before)
        places = {"heading": sections[0].heading, "percent": int(score), "prior_year": prior.year or ""}
        alike = score >= 100 * option.get("ratio", 0.9)
        yield Outcome(FAIL if alike else PASS, "", places, location=sections[0].location, subject=name)


def _words(sections: Iterable[Section]) -> str:
    """Return the prose of sections without its numbers, shortened to a length that can be compared quickly."""
    from nianbao.kinds.numerals import without_numbers  # noqa: PLC0415 - not needed by most rules

    return without_numbers(plain("".join(section.text for section in sections)))[:_MAX_PROSE_CHARS]


SIMILARITY = Kind("similarity", options_of("similarity"), _compile)
