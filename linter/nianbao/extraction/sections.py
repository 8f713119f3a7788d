"""Headings of a report, and the prose and tables under each."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.words import bare, fold, ordinal
from nianbao.model.document import Paragraph, Table
from nianbao.model.report import Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nianbao.model.document import Block
    from nianbao.model.form import Form

_HEADING_LENGTH = 45
_FUZZY_SCORE = 78
_FUZZY_LEAD = 8
_TOP_ORDINALS = frozenset("一二三四五六七八九十")


class Part(NamedTuple):
    """A stretch of the source: a section's heading (or none, before the first) and the blocks under it."""

    id: str | None
    heading: Paragraph | None
    blocks: tuple[Block, ...]


class Headed(NamedTuple):
    """The source cut at its headings, and headings that look like sections but are none of the form's."""

    parts: tuple[Part, ...]
    extra: tuple[Paragraph, ...]


def cut(blocks: Iterable[Block], form: Form) -> Headed:
    """Cut blocks at the form's section headings; a list of contents before the text is passed over."""
    parts: list[tuple[str | None, Paragraph | None, list[Block]]] = [(None, None, [])]
    extra: list[Paragraph] = []
    index = _heading_index(form)
    for block in blocks:
        if isinstance(block, Table):
            parts[-1][2].append(block)
            continue
        section, rest = _heading(block, index, form, {part[0] for part in parts})
        if section is None:
            if _looks_like_heading(fold(block.text)):
                extra.append(block)
            parts[-1][2].append(block)
            continue
        heading = block if rest is None else block._replace(text=block.text[: len(block.text) - len(rest)].strip())
        parts.append((section, heading, [] if rest is None else [block._replace(text=rest.strip(), heading=0)]))
    return Headed(tuple(Part(one, head, tuple(inner)) for one, head, inner in _without_contents(parts)), tuple(extra))


def sections_of(headed: Headed) -> tuple[Section, ...]:
    """Return the sections found, each with its prose."""
    return tuple(
        Section(
            part.id,
            " ".join(part.heading.text.split()),
            tuple(block for block in part.blocks if isinstance(block, Paragraph)),
            part.heading.location,
        )
        for part in headed.parts
        if part.id is not None and part.heading is not None
    )


@lru_cache(maxsize=16)
def _heading_index(form: Form) -> Mapping[str, str]:
    """Return section ids by the words of their headings, without ordinals."""
    return {bare(fold(words)): section.id for section in form.sections for words in (section.heading, *section.variants)}


def _heading(
    paragraph: Paragraph, index: Mapping[str, str], form: Form, seen: set[str | None]
) -> tuple[str | None, str | None]:
    """Return the section that a paragraph heads, and the prose that follows on the same line, if any."""
    text = paragraph.text
    if len(text) > _HEADING_LENGTH:
        return _run_in(text, index) if ordinal(fold(text[:6])) else (None, None)
    folded = fold(text)
    section = index.get(bare(folded.rstrip(":。;、.")))
    if section is not None:
        return section, None
    if not _looks_like_heading(folded):
        return None, None
    run_in = _run_in(text, index)
    return run_in if run_in[0] else (_closest(folded, form, seen), None)


def _run_in(text: str, index: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Find a heading that its prose follows on the same line (``六、… 无。``): the longest that fits."""
    for end in range(min(len(text) - 1, _HEADING_LENGTH), 3, -1):
        section = index.get(bare(fold(text[:end])))
        if section is not None and (text[end - 1 : end + 1].strip() != text[end - 1 : end + 1] or text[end - 1] in ":：。"):
            return section, text[end:]
    return None, None


def _looks_like_heading(folded: str) -> bool:
    return len(folded) <= _HEADING_LENGTH and ordinal(folded)[:1] in _TOP_ORDINALS and not folded.endswith((";", "。", ","))


def _closest(folded: str, form: Form, seen: set[str | None]) -> str | None:
    """Return the section whose heading a reworded one means, or ``None`` when in doubt."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only for headings in other words

    scores = sorted(
        (
            (max(ratio(bare(folded), bare(fold(words))) for words in (section.heading, *section.variants)), section.id)
            for section in form.sections
            if section.id not in seen
        ),
        reverse=True,
    )
    if not scores or scores[0][0] < _FUZZY_SCORE:
        return None
    return None if len(scores) > 1 and scores[0][0] - scores[1][0] < _FUZZY_LEAD else scores[0][1]


def _without_contents(
    parts: list[tuple[str | None, Paragraph | None, list[Block]]],
) -> list[tuple[str | None, Paragraph | None, list[Block]]]:
    """Drop headings with nothing under them that stand again further on."""
    return [
        part
        for number, part in enumerate(parts)
        if part[2] or part[0] is None or all(part[0] != later[0] for later in parts[number + 1 :])
    ]
