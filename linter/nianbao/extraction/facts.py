"""Title, issuer, year, statistics period and date of publication."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from nianbao.bounds.alarm import Alarm, OverrunError
from nianbao.dates import day_of, read_date
from nianbao.errors import InputError
from nianbao.extraction.numbers import read_number
from nianbao.messages import Text
from nianbao.model.document import Paragraph, Table
from nianbao.model.folding import as_written, fold, half_width, without_marks
from nianbao.model.location import NOWHERE
from nianbao.model.problem import RULE_CRASHED, Problem
from nianbao.model.report import Fact, Issuer, Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from nianbao.model.document import Block, Document
    from nianbao.model.form import Form, FormFact
    from nianbao.model.location import Location

Found = TypeVar("Found")

_TITLE_LENGTH = 70
_MARKS = "#*_~`>=\\ \t\u3000"  # of markup around a title, where a text has more of it than its reader knows
_SENTENCE_LENGTH = 4000
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


@lru_cache(maxsize=128)
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _patterns(form: Form, name: str) -> Iterator[re.Pattern[str]]:
    return (_pattern(source) for source in form.patterns.get(name, ()))


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
    pairs = _label_pairs(document.blocks)
    facts_read: dict[str, Fact] = {}
    with Alarm().set() as alarm:
        search = _Search(alarm)
        title = search.find("patterns.title", _title, document, paragraphs, pairs, form)
        if title is not None:
            facts_read["title"] = Fact(title.text, title.text, title.location)
            facts_read["title_year"] = Fact(title.year, title.text, title.location)
        period = search.find("patterns.period", _period, paragraphs, form)
        if period is not None:
            facts_read["period"] = period
        published = search.find("patterns.published", _published, document, paragraphs, pairs, form)
        if published is not None:
            facts_read["published"] = published
        name, place = _issuer(title, pairs, form)
        if name:
            facts_read["issuer"] = Fact(name, name, place)
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
        _bounded("patterns.title", form, pattern.search, folded) for pattern in _patterns(form, "title")
    )


def has_title(document: Document, form: Form) -> bool:
    """Whether a page has the title of a report.

    Raises:
        InputError: the form's patterns took too long.
    """
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    pairs = _label_pairs(document.blocks)
    return _bounded("patterns.title", form, _title, document, paragraphs, pairs, form) is not None


def find_published(document: Document, form: Form) -> Fact | None:
    """Read only the date of publication.

    Raises:
        InputError: the form's patterns took too long.
    """
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    return _bounded("patterns.published", form, _published, document, paragraphs, _label_pairs(document.blocks), form)


def _bounded(what: str, form: Form, action: Callable[..., Found | None], *arguments: object) -> Found | None:
    try:
        with Alarm().set() as alarm:
            return alarm.run(lambda: action(*arguments))
    except OverrunError as error:
        raise InputError(RULE_CRASHED, _OVERRUN.format(form=form.id, what=what)) from error


def issuer_kind(name: str, form: Form) -> str:
    """Return the kind of an issuer, from its name."""
    folded = fold(name)
    return next((kind for kind, pattern in form.issuer_kinds if _pattern(pattern).search(folded)), OTHER_KIND)


class _Pair(NamedTuple):
    label: str
    text: str
    location: Location


def _label_pairs(blocks: Iterable[Block]) -> list[_Pair]:
    """Return adjacent cells of small tables as label and text: the metadata that a page shows."""
    pairs = []
    for block in blocks:
        if isinstance(block, Table) and len(block.cells) <= 60:
            pairs += [
                _Pair(fold(label_cell.text).rstrip(":"), value_cell.text, value_cell.location)
                for label_cell, value_cell in zip(block.cells, block.cells[1:], strict=False)
                if label_cell.row == value_cell.row
            ]
    return pairs


def _title(document: Document, paragraphs: Sequence[Paragraph], pairs: Sequence[_Pair], form: Form) -> Title | None:
    """Find the title: first in headings and metadata, then in any short line; one with issuer and year wins."""
    best: Title | None = None
    for written, location in _title_places(document, paragraphs, pairs):
        text = written.strip(_MARKS)
        folded = fold(text)
        for pattern in _patterns(form, "title"):
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
    document: Document, paragraphs: Sequence[Paragraph], pairs: Sequence[_Pair]
) -> Iterator[tuple[str, Location]]:
    short = [paragraph for paragraph in paragraphs if len(paragraph.text) <= _TITLE_LENGTH]
    yield from ((line.text, line.location) for line in short if line.heading)
    yield from ((line.text, line.location) for line in short)
    for number in range(min(len(short), 12)):
        for length in range(2, _SPLIT_LINES + 1):
            yield "".join(line.text for line in short[number : number + length]), short[number].location
    if document.title:
        yield document.title, NOWHERE
    yield from ((pair.text, pair.location) for pair in pairs if len(pair.text) <= _TITLE_LENGTH)


def _issuer(title: Title | None, pairs: Sequence[_Pair], form: Form) -> tuple[str, Location]:
    if title is not None and title.issuer:
        return title.issuer, title.location
    words = set(map(fold, form.patterns.get("issuer_words", ())))
    return next(((fold(p.text), p.location) for p in pairs if p.label in words and p.text.strip()), ("", NOWHERE))


def _period(paragraphs: Iterable[Paragraph], form: Form) -> Fact | None:
    """Find the first statement of the statistics period with two valid dates."""
    for paragraph in paragraphs:
        folded = fold(paragraph.text[:_SENTENCE_LENGTH])
        for pattern in _patterns(form, "period"):
            match = pattern.search(folded)
            if match is None:
                continue
            part = match.groupdict()
            first, last = part["from_year"] or part["to_year"], part["to_year"] or part["from_year"]
            start = day_of(first, part["from_month"], day=part["from_day"])
            end = day_of(last, part["to_month"], day=part["to_day"])
            if start is not None and end is not None:
                return Fact(Period(start, end), match[0], paragraph.location)
    return None


def _published(document: Document, paragraphs: Iterable[Paragraph], pairs: Iterable[_Pair], form: Form) -> Fact | None:
    """Find the date of publication: first in the page's metadata, by the most reliable label, then in lines."""
    ranks = {fold(word): rank for rank, word in enumerate(form.patterns.get("published_words", ()))}
    stated = [_Pair(fold(name), value, NOWHERE) for name, value in document.metadata.items()]
    stated = sorted((pair for pair in (*stated, *pairs) if pair.label in ranks), key=lambda pair: ranks[pair.label])
    for _label, text, location in stated:
        match = re.search(r"(20\d\d)\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})", fold(text))
        date = day_of(match[1], match[2], day=match[3]) if match else None
        if date is not None:
            return Fact(date, text.strip(), location)
    for paragraph in paragraphs:
        if len(paragraph.text) <= 4 * _TITLE_LENGTH:
            for pattern in _patterns(form, "published"):
                match = pattern.search(fold(paragraph.text))
                date = day_of(match["year"], match["month"], day=match["day"]) if match else None
                if match is not None and date is not None:
                    return Fact(date, match[0], paragraph.location)
    return None


def _form_fact(fact: FormFact, paragraphs: Iterable[Paragraph]) -> Fact | None:
    """Find the first match for a form's own fact, in the text as it is written or in half-width signs."""
    for paragraph in paragraphs:
        written = paragraph.text[:_SENTENCE_LENGTH]
        for source, text in product(fact.patterns, (written, half_width(without_marks(written)))):
            match = _pattern(source).search(text)
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
