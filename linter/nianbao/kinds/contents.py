"""Judges the prose of one section for the kind ``content``: its length, and what it must say or must not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nianbao.kinds.prose import first_match
from nianbao.kinds.sentences import plain
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.kinds.sentences import Prose
    from nianbao.model.form import Form
    from nianbao.model.report import Section

_MAX_EMPTY_WORD_CHARS = 40  # a longer paragraph cannot be an empty phrase
_NOT_READ = Text(
    "这一栏目只有图片或表格，里面的文字没有读到",
    "the section has nothing but a picture or a table; its words were not read",
)
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def empty_words(words: Iterable[str]) -> frozenset[str]:
    """Return words as ``judge_section`` wants them."""
    return frozenset(_EDGES.sub("", plain(word)) for word in words)


def judge_section(sections: tuple[Section, ...], asked: Mapping[str, Any], *, prose: Prose, form: Form) -> Outcome:
    """Return whether a section of a report has what is asked for; its parts are given where it is there in several.

    Where nothing but a picture or a table stands in it, what it lacks is not known. That it is empty is for rules that
    ask for a length: what words it then lacks is not a finding beside that. Nor is what it lacks where nothing but
    placeholders stand in it, which are for rules on these.
    """
    name, at = sections[0].id, sections[0].location
    for sentence in prose.matching(asked["none"], name):
        if bad := first_match(asked["none"], sentence):
            quoted = {**_places(sections, asked), "quote": sentence.quote(*bad.span())}
            return Outcome(FAIL, "forbidden", quoted, location=sentence.location, subject=name)
    variant = _lack(sections, asked, prose)
    if variant in {"short", "missing"} and not any(_texts(sections)):
        if any(one.has_more for one in sections):
            return Outcome(UNDECIDED, location=at, reason=_NOT_READ, subject=name)
        if variant == "missing":
            return Outcome(NOT_APPLICABLE, location=at, subject=name)
    elif variant in {"short", "missing"} and all(map(form.is_placeholder, _texts(sections))):
        return Outcome(NOT_APPLICABLE, location=at, subject=name)
    if variant:
        return Outcome(FAIL, variant, _places(sections, asked), location=at, subject=name)
    return Outcome(PASS, "", {"heading": sections[0].heading}, location=at, subject=name)


def _lack(sections: tuple[Section, ...], asked: Mapping[str, Any], prose: Prose) -> str:
    """Return the variant of the message for what a section lacks, or ""."""
    least, most = asked.get("min_length"), asked.get("max_length")
    if least or most or asked["empty_words"]:
        length = _length(sections, asked)
        if length < (least or 1) and (least or asked["empty_words"]):
            return "short"
        if most and length > most:
            return "long"
    groups = [group for group in (asked["any"], *((pattern,) for pattern in asked["all"])) if group]
    name = sections[0].id
    has_all = all(any(prose.says(pattern, name) for pattern in group) for group in groups)
    return "" if has_all else "missing"


def _places(sections: tuple[Section, ...], asked: Mapping[str, Any]) -> dict[str, object]:
    length = _length(sections, asked)
    least, most = asked.get("min_length", 1), asked.get("max_length")
    wanted = most if most and length > most else least
    return {"heading": sections[0].heading, "length": length, "wanted": wanted}


def _length(sections: tuple[Section, ...], asked: Mapping[str, Any]) -> int:
    empty = asked["empty_words"]
    return sum(
        len(text)
        for text in _texts(sections)
        if not empty or len(text) > _MAX_EMPTY_WORD_CHARS or _EDGES.sub("", text) not in empty
    )


def _texts(sections: tuple[Section, ...]) -> Iterator[str]:
    return (plain(paragraph.text) for section in sections for paragraph in section.paragraphs)
