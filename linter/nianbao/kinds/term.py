"""Kind ``term``: words of the prose that should be replaced or removed."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from nianbao.kinds.kind import Compiled, Kind, need_one, options_of
from nianbao.kinds.prose import MAX_OUTCOMES, sections_of, wanted_sections
from nianbao.kinds.sentences import plain
from nianbao.language.mistakes import Mistake
from nianbao.messages import Text
from nianbao.model.lazy_pattern import LazyPattern
from nianbao.model.outcome import FAIL, PASS, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_SAME = Text("“{wrong}”与“{right}”只差全角半角和空白", "{wrong!r} is {right!r} but for width and white space")
_NAMES = frozenset(("wrong", "right", "heading", "quote"))
_PLACES = {"": _NAMES, "forbidden": _NAMES}


def _compile(rule: Rule, form: Form) -> Compiled:
    option = rule.options["term"]
    need_one("term", option, of=("substitute", "forbidden"))
    for wrong, right in option.get("substitute", {}).items():
        if plain(wrong) == plain(right) or not plain(wrong):
            raise Mistake(_SAME.format(wrong=wrong, right=right), path=("term", "substitute", wrong))
    wanted = wanted_sections("term", option, form=form)
    words = {plain(word): "" for word in option.get("forbidden", ())}
    words |= {plain(wrong): right for wrong, right in option.get("substitute", {}).items()}
    # The longest word comes first, so that a wrong word inside a longer known word does not match by itself.
    known = sorted({*words, *map(plain, words.values())} - {""}, key=len, reverse=True)
    pattern = LazyPattern("|".join(map(re.escape, known)), (known,) if known else ())
    return Compiled(lambda subject: _check(pattern, words, wanted, subject), _PLACES)


def _check(
    pattern: LazyPattern, words: Mapping[str, str], wanted: frozenset[str], subject: RuleContext
) -> Iterator[Outcome]:
    where = subject.prose.matching((pattern,), *wanted)
    matches = ((text, use) for text in where for use in pattern.finditer(text.plain) if use[0] in words)
    uses = tuple(islice(matches, MAX_OUTCOMES))
    for sentence, use in uses:
        wrong, right = use[0], words[use[0]]
        places = {"wrong": wrong, "right": right, "heading": sentence.section.heading}
        outcome = Outcome(FAIL, "" if right else "forbidden", places | {"quote": sentence.quote(*use.span())})
        yield outcome._replace(location=sentence.location, subject=f"{sentence.section.id}:{wrong}")
    if not uses:
        yield sections_of(subject, wanted)[1] or Outcome(PASS)


TERM = Kind("term", options_of("term"), _compile)
