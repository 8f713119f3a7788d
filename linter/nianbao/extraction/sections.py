"""Headings of a report, and the prose and tables under each."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao.extraction.headings import names_label
from nianbao.model.document import Paragraph, Table
from nianbao.model.folding import fold
from nianbao.model.ordinals import bare, ordinal
from nianbao.model.report import Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.model.document import Block
    from nianbao.model.form import Form
    from nianbao.model.location import Location

_HEADING_LENGTH = 45
_FUZZY_SCORE = 78
_FUZZY_LEAD = 8
_YEAR = re.compile(r"20\d\d年度?")
_MAX_WORDY_CELLS = 60  # of a table whose words are kept
_SENTENCE = re.compile(r"[，。；]|\w\.\s*$")
_TOP_ORDINALS = frozenset("一二三四五六七八九十")


class SectionPart(NamedTuple):
    """A part of the source: the heading of a section (or none, before the first) and the blocks under it."""

    id: str | None
    heading: Paragraph | None
    blocks: tuple[Block, ...]


class Headed(NamedTuple):
    """The source split at its headings, and headings that look like sections but are not in the form."""

    parts: tuple[SectionPart, ...]
    extra: tuple[Paragraph, ...]


def cut(blocks: Iterable[Block], form: Form) -> Headed:
    """Split blocks at the form's section headings; menus and a table of contents before the text are skipped."""
    heads, extra = _heads(tuple(blocks), form)
    parts: list[SectionPart] = []
    place, section, heading, rest = 0, None, None, None
    for head in [*heads, None]:
        end = head.place if head else None
        inner = tuple(blocks)[place:end]
        parts.append(SectionPart(section, heading, inner if rest is None else (rest, *inner)))
        if head:
            place, section, heading, rest = head.place + 1, head.section, head.heading, head.rest
    return Headed(tuple(parts), extra)


class _Head(NamedTuple):
    """A heading: its index among the blocks, its section, its words, and the prose behind it on the same line."""

    place: int
    section: str
    heading: Paragraph
    rest: Paragraph | None


def _heads(blocks: tuple[Block, ...], form: Form) -> tuple[list[_Head], tuple[Paragraph, ...]]:
    heads: list[_Head] = []
    extra: list[Paragraph] = []
    seen: set[str | None] = set()
    index = _heading_index(form)
    for place, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        section, rest = _heading(block, index, form, seen)
        seen.add(section)
        if section is not None and rest is not None:
            words = block._replace(text=block.text[: len(block.text) - len(rest)].strip())
            heads.append(_Head(place, section, words, block._replace(text=rest.strip(), heading=0)))
        elif section is not None:
            heads.append(_Head(place, section, block, None))
        elif _looks_like_heading(fold(block.text)):
            extra.append(block)
    return _true_heads(heads), tuple(extra)


def _true_heads(heads: list[_Head]) -> list[_Head]:
    """Drop entries of menus, which lack the ordinal of the heading, and of tables of contents."""
    numbered = {head.section for head in heads if ordinal(fold(head.heading.text))}
    kept = [head for head in heads if ordinal(fold(head.heading.text)) or head.section not in numbered]
    last = {head.section: number for number, head in enumerate(kept)}
    return [
        head
        for number, head in enumerate(kept)
        if head.rest is not None or last[head.section] == number or kept[number + 1].place > head.place + 1
    ]


def sections_of(headed: Headed, form: Form) -> tuple[Section, ...]:
    """Return the sections, each with its prose, without the matter that a page has behind the last one."""
    with_tables = {table.section for table in form.tables.values()}
    return tuple(
        Section(
            part.id,
            " ".join(part.heading.text.split()),
            _own(part, form) if part is headed.parts[-1] else _prose(part),
            part.heading.location,
            has_more=any(not isinstance(block, Paragraph) for block in part.blocks),
            tables=() if part.id in with_tables else tuple(_words_of_tables(part)),
        )
        for part in headed.parts
        if part.id is not None and part.heading is not None
    )


def preamble_of(headed: Headed, title: Location | None) -> tuple[Paragraph, ...]:
    """Return the prose before the first section and behind the title, without menus and labels of the page.

    Args:
        headed: The source by sections.
        title: The place of the title, if one was found.
    """
    if len(headed.parts) < 2:  # without sections, nothing is before one
        return ()
    before = _prose(headed.parts[0])
    start = next((number for number, block in enumerate(before, 1) if block.location == title), 0)
    return tuple(block for block in before[start:] if _SENTENCE.search(block.text))


def _prose(part: SectionPart) -> tuple[Paragraph, ...]:
    return tuple(block for block in part.blocks if isinstance(block, Paragraph))


def _words_of_tables(part: SectionPart) -> Iterator[str]:
    for block in part.blocks:
        if isinstance(block, Table) and len(block.cells) <= _MAX_WORDY_CELLS:
            yield ",".join(cell.text for cell in block.cells)


def _own(part: SectionPart, form: Form) -> tuple[Paragraph, ...]:
    """Return the prose of the last section up to the links, attachments and other matter of the page."""
    prose = _prose(part)
    behind = [re.compile(pattern) for pattern in form.patterns.get("behind", ())]
    for number, paragraph in enumerate(prose[1:], 1):
        words = fold(paragraph.text[:_HEADING_LENGTH]).lstrip("([")
        if any(pattern.search(words) for pattern in behind):
            return prose[:number]
    return prose


@lru_cache(maxsize=16)
def _heading_index(form: Form) -> Mapping[str, str]:
    """Return section ids, by the words of their headings without ordinals."""
    return {
        bare(fold(words)): section.id for section in form.sections for words in (section.heading, *section.variants)
    }


def _heading(
    paragraph: Paragraph, index: Mapping[str, str], form: Form, seen: set[str | None]
) -> tuple[str | None, str | None]:
    """Return the section of which a paragraph is the heading, and the prose that follows on the same line."""
    text = paragraph.text
    if len(text) > _HEADING_LENGTH:
        return _run_in(text, index) if ordinal(fold(text[:6])) else (None, None)
    folded = fold(text)
    if folded.startswith("("):
        return None, None
    words = folded.rstrip(":。;、.")
    section = index.get(bare(words)) or ("20" in words and index.get(bare(_YEAR.sub("", words)))) or None
    if section is not None and (ordinal(folded) or not names_label(words, form)):
        return section, None
    run_in = _run_in(text, index) if ordinal(folded) else (None, None)
    if run_in[0] or not _looks_like_heading(folded):
        return run_in
    return _closest(folded, form, seen), None


def _run_in(text: str, index: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Find a heading that is followed by its prose on the same line (``六、… 无。``): the longest that matches."""
    for end in range(min(len(text) - 1, _HEADING_LENGTH), 3, -1):
        section = index.get(bare(fold(text[:end])))
        if section is not None and (
            text[end - 1 : end + 1].strip() != text[end - 1 : end + 1] or text[end - 1] in ":：。"
        ):
            return section, text[end:]
    return None, None


def _looks_like_heading(folded: str) -> bool:
    return (
        len(folded) <= _HEADING_LENGTH
        and ordinal(folded)[:1] in _TOP_ORDINALS
        and not folded.endswith((";", "。", ","))
    )


def _closest(folded: str, form: Form, seen: set[str | None]) -> str | None:
    """Return the section of a reworded heading, or ``None`` if it is not clear."""
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
