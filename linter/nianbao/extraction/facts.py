"""Title, issuer, year, statistics period and date of publication."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from nianbao.bounds.alarm import Alarm, OverrunError
from nianbao.dates import day_of, read_date
from nianbao.errors import InputError
from nianbao.extraction import dated
from nianbao.extraction.form_patterns import (
    MAX_SENTENCE_CHARS,
    MAX_TITLE_CHARS,
    label_pairs,
    pattern_of,
    patterns_of,
)
from nianbao.extraction.numbers import read_number
from nianbao.messages import Text
from nianbao.model.document import Paragraph
from nianbao.model.folding import as_written, fold, half_width, without_marks
from nianbao.model.location import NOWHERE
from nianbao.model.problem import RULE_CRASHED, Problem
from nianbao.model.report import Fact, Issuer, Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from nianbao.extraction.form_patterns import LabelPair
    from nianbao.model.document import Document
    from nianbao.model.form import Form, FormFact
    from nianbao.model.location import Location

Found = TypeVar("Found")

_MARKS = "#*_~`>=\\ \t\u3000"  # of markup around a title, where a text has more of it than its reader knows
_SPLIT_LINES = 3
OTHER_KIND = "other"
_OVERRUN = Text(
    "格式 {form} 的 {what} 运行超时，已中断，这一项没有读；正则表达式可能拖垮，可用 nianbao test 检查",
    "{what} of form {form} timed out and was broken off; what it looks for was not read. 'nianbao test' names patterns "
    "that may explode",
)


class Title(NamedTuple):
    """A title: its words, the issuer and the year in it, and its place."""

    text: str
    issuer: str
    year: int
    location: Location


class Facts(NamedTuple):
    """The facts that a report states outside its tables."""

    title: Title | None
    issuer: Issuer | None
    period: Period | None
    published: dt.date | None
    found: dict[str, Fact]
    overruns: tuple[str, ...] = ()  # facts that were not read because their patterns took too long


class _Search:
    """Searches for facts with the patterns of a form, each within a time limit.

    Args:
        alarm: The time limit.
    """

    def __init__(self, alarm: Alarm) -> None:
        self._alarm = alarm
        self.overruns: list[str] = []

    def find(self, what: str, action: Callable[..., Found | None], *arguments: object) -> Found | None:
        """Return the result of a search, ``None`` if it took too long."""
        try:
            return self._alarm.run(lambda: action(*arguments))
        except OverrunError:
            self.overruns.append(what)
            return None


def find_facts(document: Document, form: Form) -> Facts:
    """Read title, issuer, year, period and publication date with the form's patterns, each within a time limit."""
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    pairs = label_pairs(document.blocks)
    facts_read: dict[str, Fact] = {}
    with Alarm().set() as alarm:
        search = _Search(alarm)
        title = search.find("patterns.title", _title, document, paragraphs, pairs, form)
        if title is not None:
            facts_read["title"] = Fact(title.text, title.text, title.location)
            facts_read["title_year"] = Fact(title.year, title.text, title.location)
        period = search.find("patterns.period", dated.find_period, paragraphs, form)
        if period is not None:
            facts_read["period"] = period
        printed = search.find("patterns.published", _printed, paragraphs, pairs, form)
        in_metadata = dated.find_in_metadata(document, form)
        published = printed or in_metadata
        if published is not None:
            facts_read["published"] = published
        if in_metadata is not None:
            facts_read["metadata_date"] = in_metadata
        signed = search.find("patterns.signed", _signed, paragraphs, pairs, form)
        if signed is not None:
            facts_read["signed"] = signed
        file_date = dated.find_file_date(document)
        if file_date is not None:
            facts_read["file_date"] = file_date
        issuer = _issuer(title, pairs, form) or search.find("patterns.issuer", _issuer_in_prose, paragraphs, form)
        if issuer is not None:
            facts_read["issuer"] = issuer
        name = "" if issuer is None else str(issuer.value)
        for fact in form.facts:
            if (read := search.find(f"facts.{fact.id}", _form_fact, fact, paragraphs)) is not None:
                facts_read[fact.id] = read
        kind = search.find("issuer_kinds", issuer_kind, name, form) if name else None
    return Facts(
        title,
        Issuer(name, kind or OTHER_KIND) if name else None,
        period.value if period is not None and isinstance(period.value, Period) else None,
        published.value if published is not None and isinstance(published.value, dt.date) else None,
        facts_read,
        tuple(search.overruns),
    )


def problems_of(overruns: Iterable[str], form: Form, *, name: str) -> tuple[Problem, ...]:
    """Return the problems of a report on which patterns of its form took too long."""
    return tuple(Problem(name, RULE_CRASHED, _OVERRUN.format(form=form.id, what=what)) for what in overruns)


def names_report(text: str, form: Form) -> bool:
    """Whether the words of a link, or the name of a file, are the title of a report.

    Raises:
        InputError: the form's patterns took too long.
    """
    folded = fold(text)
    return any(fold(word) in folded for word in form.patterns.get("link_words", ())) or any(
        _bounded("patterns.title", form, pattern.search, folded) for pattern in patterns_of(form, "title")
    )


def has_title(document: Document, form: Form) -> bool:
    """Whether a page has the title of a report.

    Raises:
        InputError: the form's patterns took too long.
    """
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    pairs = label_pairs(document.blocks)
    return _bounded("patterns.title", form, _title, document, paragraphs, pairs, form) is not None


def find_published(document: Document, form: Form) -> Fact | None:
    """Read only the date of publication: the one that is printed, else that of the page's metadata.

    Raises:
        InputError: the form's patterns took too long.
    """
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    printed = _bounded("patterns.published", form, _printed, paragraphs, label_pairs(document.blocks), form)
    return printed or dated.find_in_metadata(document, form)


def _bounded(what: str, form: Form, action: Callable[..., Found | None], *arguments: object) -> Found | None:
    try:
        with Alarm().set() as alarm:
            return alarm.run(lambda: action(*arguments))
    except OverrunError as error:
        raise InputError(RULE_CRASHED, _OVERRUN.format(form=form.id, what=what)) from error


def issuer_kind(name: str, form: Form) -> str:
    """Return the kind of an issuer, from its name."""
    folded = fold(name)
    return next((kind for kind, pattern in form.issuer_kinds if pattern_of(pattern).search(folded)), OTHER_KIND)


def _title(document: Document, paragraphs: Sequence[Paragraph], pairs: Sequence[LabelPair], form: Form) -> Title | None:
    """Find the title: first in headings and metadata, then in any short line; one with issuer and year wins."""
    best: Title | None = None
    for written, location in _title_places(document, paragraphs, pairs):
        text = written.strip(_MARKS)
        folded = fold(text)
        for pattern in patterns_of(form, "title"):
            match = pattern.search(folded)
            if match is None:
                continue
            groups = match.groupdict()
            issuer = as_written(text, match.span("issuer")) if groups.get("issuer") else ""
            title = Title(as_written(text, match.span()), issuer, int(groups["year"]), location)
            if title.issuer:
                return title
            best = best or title
            break
    return best


def _title_places(
    document: Document, paragraphs: Sequence[Paragraph], pairs: Sequence[LabelPair]
) -> Iterator[tuple[str, Location]]:
    short = [paragraph for paragraph in paragraphs if len(paragraph.text) <= MAX_TITLE_CHARS]
    yield from ((line.text, line.location) for line in short if line.heading)
    yield from ((line.text, line.location) for line in short)
    for number in range(min(len(short), 12)):
        for length in range(2, _SPLIT_LINES + 1):
            yield "".join(line.text for line in short[number : number + length]), short[number].location
    if document.title:
        yield document.title, NOWHERE
    yield from ((pair.text, pair.location) for pair in pairs if len(pair.text) <= MAX_TITLE_CHARS)


def _issuer(title: Title | None, pairs: Sequence[LabelPair], form: Form) -> Fact | None:
    if title is not None and title.issuer:
        return Fact(title.issuer, title.issuer, title.location)
    words = set(map(fold, form.patterns.get("issuer_words", ())))
    named = ((fold(pair.text), pair.location) for pair in pairs if pair.label in words and pair.text.strip())
    return next((Fact(name, name, location) for name, location in named), None)


def _issuer_in_prose(paragraphs: Iterable[Paragraph], form: Form) -> Fact | None:
    """Find a sentence that says whose report it is, where no title does."""
    for paragraph in paragraphs:
        written = paragraph.text[:MAX_SENTENCE_CHARS]
        for pattern in patterns_of(form, "issuer"):
            if match := pattern.search(fold(written)):
                sentence = as_written(written, match.span())
                return Fact(as_written(written, match.span("issuer")), sentence, paragraph.location)
    return None


def _printed(paragraphs: Sequence[Paragraph], pairs: Sequence[LabelPair], form: Form) -> Fact | None:
    return dated.find_published(paragraphs, pairs=pairs, form=form)


def _signed(paragraphs: Sequence[Paragraph], pairs: Sequence[LabelPair], form: Form) -> Fact | None:
    under = dated.find_signed(paragraphs, form)
    return under or dated.find_labelled_signature(paragraphs, pairs=pairs, form=form)


def _form_fact(fact: FormFact, paragraphs: Iterable[Paragraph]) -> Fact | None:
    """Find the first match for a form's own fact, in the text as it is written or in half-width signs."""
    for paragraph in paragraphs:
        written = paragraph.text[:MAX_SENTENCE_CHARS]
        for source, text in product(fact.patterns, (written, half_width(without_marks(written)))):
            match = pattern_of(source).search(text)
            value = _fact_value(fact.type, match.groupdict()) if match is not None else None
            if match is not None and value is not None:
                return Fact(value, match[0], paragraph.location)
    return None


def _fact_value(kind: str, parts: Mapping[str, str | None]) -> object:
    """Return the value of the groups of a pattern: a date, a number, or words; ``None`` if they are not valid."""
    if kind == "date":
        if parts.get("year"):
            return day_of(parts["year"], parts.get("month"), day=parts.get("day"))
        return read_date(parts.get("value") or "")
    value = (parts.get("value") or "").strip()
    return (read_number(value).value if kind == "number" else value) if value else None
