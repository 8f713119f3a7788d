"""The statistics period of a report, and its dates: of publication, under the signature, and of the file itself."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from nianbao.dates import day_of, end_of_month, first_day, in_digits, last_day
from nianbao.extraction.form_patterns import MAX_SENTENCE_CHARS, MAX_TITLE_CHARS, LabelPair, pattern_of, patterns_of
from nianbao.model.folding import fold
from nianbao.model.location import NOWHERE
from nianbao.model.report import Fact, Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.model.document import Document, Paragraph
    from nianbao.model.form import Form

_HALVES = {"first_half": ("1", "6"), "second_half": ("7", "12")}
_ANY_DAY = re.compile(r"(20\d\d)\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})")
_DAYISH = re.compile(r"\d")  # in forms of other languages, a day may be 14 April 2026
_ENDS_DATED = re.compile(r"\d[日号]?$")
_SENTENCE_END = re.compile("[。;!?]")
_CLAUSE = re.compile("[。;!?,]")
_FILE_DATES = ("modified", "created")  # metadata of Word files and PDFs: the last day on which the file was saved
_MAX_LINES_BEHIND_SIGNATURE = 30


def find_period(paragraphs: Iterable[Paragraph], form: Form) -> Fact | None:
    """Find the first statement of the statistics period with two valid days."""
    others = [fold(word) for word in form.patterns.get("other_year_words", ())]
    parts = [fold(word) for word in form.patterns.get("part_words", ())]
    texts = [(in_digits(fold(paragraph.text[:MAX_SENTENCE_CHARS])), paragraph) for paragraph in paragraphs]
    for pattern in patterns_of(form, "period"):  # the first is found in most reports, and the others not compiled
        for folded, paragraph in texts:
            for match in pattern.finditer(folded):
                period = _period_of(match.groupdict())
                if period is None or _is_of_another_report(folded, match, others):
                    continue
                if _is_whole_year(period) or not _is_of_a_part(folded, match, parts, form):
                    return Fact(period, match[0], paragraph.location)
    return None


def _is_whole_year(period: Period) -> bool:
    return period == (first_day(period.start.year), last_day(period.start.year))


def _is_of_a_part(text: str, match: re.Match[str], words: Sequence[str], form: Form) -> bool:
    """Whether a sentence speaks of the figures of a part of the report: by its words, or by the subject before them."""
    sentence = text[_clause_start(_SENTENCE_END, text, match) : match.end()]
    lead = text[_clause_start(_CLAUSE, text, match) : match.start()]
    leads = list(patterns_of(form, "whole_lead"))
    is_led = not leads or any(pattern.search(lead) for pattern in leads)
    return not is_led or any(word in sentence for word in words)


def _clause_start(sign: re.Pattern[str], text: str, match: re.Match[str]) -> int:
    return max((found.end() for found in sign.finditer(text, 0, match.start())), default=0)


def _period_of(parts: Mapping[str, str | None]) -> Period | None:
    """Return the period of a pattern's groups: of days, of months, of half a year, or of a whole year.

    A year that stands once is that of both days, if they then are in order.
    """
    stated = parts.get("from_year"), parts.get("to_year")
    first, last = stated[0] or stated[1], stated[1] or stated[0]
    half = next((months for name, months in _HALVES.items() if parts.get(name)), ("1", "12"))
    start = day_of(first, parts.get("from_month") or half[0], day=parts.get("from_day") or "1")
    to_month, to_day = parts.get("to_month") or half[1], parts.get("to_day")
    end = day_of(last, to_month, day=to_day) if to_day else end_of_month(last, to_month)
    if start is None or end is None or (start > end and None in stated):
        return None
    return Period(start, end)


def _is_of_another_report(text: str, match: re.Match[str], words: Sequence[str]) -> bool:
    """Whether the sentence speaks of the report of another year, before it states the period."""
    begin = _clause_start(_SENTENCE_END, text, match)
    return any(word in text[begin : match.start()] for word in words)


def find_published(paragraphs: Iterable[Paragraph], *, pairs: Iterable[LabelPair], form: Form) -> Fact | None:
    """Find the date of publication that is printed: by the most reliable label of a cell, then in lines."""
    if found := _labelled(pairs, form.patterns.get("published_words", ())):
        return found
    dated = _dated_lines(paragraphs)
    for pattern in patterns_of(form, "published") if dated else ():
        for text, line in dated:
            if found := _day_in(text, pattern, line):
                return found
    return None


def find_in_metadata(document: Document, form: Form) -> Fact | None:
    """Find the date of publication that the page gives for machines, which a move or a template of its site changes."""
    stated = (LabelPair(fold(name), value, NOWHERE) for name, value in document.metadata.items())
    return _labelled(stated, form.patterns.get("published_words", ()))


def find_labelled_signature(paragraphs: Iterable[Paragraph], *, pairs: Iterable[LabelPair], form: Form) -> Fact | None:
    """Find the day on which it was signed or sent, by a label at the head of a page."""
    words = form.patterns.get("signed_words", ())
    if not words or (found := _labelled(pairs, words)):
        return found if words else None
    pattern = pattern_of(rf"^[^,。;!?]{{0,80}}?(?:{'|'.join(map(re.escape, words))}):?(?P<date>)")
    lines = (_day_in(text, pattern, line) for text, line in _dated_lines(paragraphs))
    return next(filter(None, lines), None)


def _labelled(pairs: Iterable[LabelPair], words: Sequence[str]) -> Fact | None:
    """Return the first date beside one of some labels, the surest label first."""
    ranks = {fold(word): rank for rank, word in enumerate(words)}
    for _label, text, location in sorted(
        (pair for pair in pairs if pair.label in ranks), key=lambda pair: ranks[pair.label]
    ):
        match = _ANY_DAY.search(fold(text))
        date = day_of(match[1], match[2], day=match[3]) if match else None
        if date is not None:
            return Fact(date, text.strip(), location)
    return None


def _dated_lines(paragraphs: Iterable[Paragraph]) -> list[tuple[str, Paragraph]]:
    """Return the lines, folded, that may hold a date and are too short for prose."""
    lines = (paragraph for paragraph in paragraphs if len(paragraph.text) <= 4 * MAX_TITLE_CHARS)
    return [(text, line) for line in lines if _DAYISH.search(text := in_digits(fold(line.text)))]


def find_signed(paragraphs: Sequence[Paragraph], form: Form) -> Fact | None:
    """Find the date under the signature: near the end, in the line of an organ's name or the line below it."""
    latest = max(len(paragraphs) // 2, len(paragraphs) - _MAX_LINES_BEHIND_SIGNATURE, 1)
    for number in range(len(paragraphs) - 1, latest - 1, -1):
        line, above = paragraphs[number], paragraphs[number - 1]
        text = in_digits(fold(line.text)) if len(line.text) <= MAX_TITLE_CHARS else ""
        for pattern in patterns_of(form, "signed") if _ENDS_DATED.search(text) else ():
            match = pattern.search(text)
            organ = "" if match is None else match.groupdict().get("issuer") or fold(above.text[:MAX_TITLE_CHARS])
            if _is_organ(organ, form) and (found := _day_in(text, pattern, line)):
                return found
    return None


def _is_organ(folded: str, form: Form) -> bool:
    is_name = folded and not any(sign in folded for sign in "。,;:、")
    return bool(is_name) and any(pattern_of(pattern).search(folded) for _kind, pattern in form.issuer_kinds)


def _day_in(text: str, pattern: re.Pattern[str], line: Paragraph) -> Fact | None:
    match = pattern.search(text)
    date = day_of(match["year"], match["month"], day=match["day"]) if match else None
    return Fact(date, match[0], line.location) if match is not None and date is not None else None


def find_file_date(document: Document) -> Fact | None:
    """Return the day on which the file says that it was saved last, which only hints at when it was published."""
    for name in _FILE_DATES:
        match = _ANY_DAY.search(document.metadata.get(name, ""))
        date = day_of(match[1], match[2], day=match[3]) if match else None
        if match is not None and isinstance(date, dt.date):
            return Fact(date, match[0], NOWHERE)
    return None
