"""The report itself in the order of its sections: headings and prose with their marks, and its tables between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import clean
from nianbao.outputs.html.form_tables import draw_others, draw_table, tag
from nianbao.outputs.html.marks import PASSAGE
from nianbao.outputs.html.markup import el, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.model.document import Paragraph
    from nianbao.model.finding import Finding
    from nianbao.model.location import Location
    from nianbao.model.report import Section
    from nianbao.outputs.html.entries import Entry
    from nianbao.outputs.html.marks import MarkedReport
    from nianbao.outputs.html.markup import Html

_STOPS = "。；;！!\n"
_MIN_QUOTE_CHARS = 6  # of a quoted sentence
_MAX_QUOTE_CHARS = 80  # of a quoted sentence


class Passages:
    """Assigns ids to the marked passages of a report; ``first`` is the first passage of each entry, by number."""

    def __init__(self, sheet: MarkedReport) -> None:
        self._sheet = sheet
        self._next = 0
        self.first: dict[int, str] = {}

    def draw(self, name: str, text: str, *, location: Location) -> Html:
        """Return a paragraph or heading, with marks if entries refer to it."""
        entries = self._sheet.about(location)
        if not entries:
            return el(name, text, lang=tongue(text))
        place = f"p{self._sheet.number}-{self._next}"
        self._next += 1
        for entry in entries:
            self.first.setdefault(entry.number, place)
        words = joined(_marked(text, [finding for entry in entries for finding in entry.findings]))
        new = [
            joined([" ", el("ins", "→ ", self._sheet.voice.figure(value))]) for value in self._sheet.proposed(location)
        ]
        sign = tag(PASSAGE, tuple(entry.number for entry in entries), sheet=self._sheet)
        kind = f"passage {_kind(entries)}"
        return el(name, words, *new, " ", sign, id=place, class_=kind, tabindex="-1", lang=tongue(text))


def draw_report(sheet: MarkedReport, passages: Passages) -> Html:
    """Return the report: its facts, the prose before its sections, these with their tables, and other tables."""
    left = list(sheet.report.printed_form.tables.values())
    pieces = [*_facts(sheet, passages), *_prose(sheet.report.preamble, passages)]
    for section in sheet.report.sections:
        own = [table for table in left if table.section == section.id]
        left = [table for table in left if table not in own]
        pieces += [*_section(section, passages), *(draw_table(table, sheet) for table in own)]
    pieces += [draw_table(table, sheet) for table in left]
    return joined([*pieces, draw_others(sheet)])


def _facts(sheet: MarkedReport, passages: Passages) -> Iterator[Html]:
    """Give the title, and the source texts of other facts if an entry refers to them and no prose holds them."""
    report = sheet.report
    prose = (report.preamble, *(section.paragraphs for section in report.sections))
    drawn = {paragraph.location.key for paragraphs in prose for paragraph in paragraphs}
    for name, fact in report.facts.items():
        words = " ".join(fact.raw.split())
        is_told = sheet.about(fact.location) and fact.location.key not in drawn
        if words and (name == "title" or is_told):
            yield passages.draw("h4" if name == "title" else "p", words, location=fact.location)


def _section(section: Section, passages: Passages) -> Iterator[Html]:
    yield passages.draw("h4", section.heading, location=section.location)
    yield from _prose(section.paragraphs, passages)


def _prose(paragraphs: Iterable[Paragraph], passages: Passages) -> Iterator[Html]:
    for paragraph in paragraphs:
        if paragraph.text.strip():
            yield passages.draw("p", paragraph.text, location=paragraph.location)


def _kind(entries: Iterable[Entry]) -> str:
    """Return the kind of a passage's mark: that of the first failed entry, else evidence."""
    return next((entry.severity for entry in entries if entry.severity), "pass")


def _marked(text: str, findings: Iterable[Finding]) -> Iterator[Html]:
    """Give a text with marks on the sentences that a finding quotes; on all of it if none is quoted."""
    messages = [clean(words) for finding in findings for words in finding.texts.by_language.values()]
    sentences = list(_sentences(text))
    quoted = [_is_quoted(sentence, messages) for sentence in sentences]
    if not any(quoted):
        yield el("mark", text)
        return
    for sentence, is_quoted in zip(sentences, quoted, strict=True):
        yield el("mark", sentence) if is_quoted else joined([sentence])


def _sentences(text: str) -> Iterator[str]:
    """Give the sentences of a text with their full stops; joined, they are the whole text."""
    start = 0
    for place, sign in enumerate(text):
        if sign in _STOPS:
            yield text[start : place + 1]
            start = place + 1
    if start < len(text):
        yield text[start:]


def _is_quoted(sentence: str, messages: Iterable[str]) -> bool:
    words = clean(sentence).strip().rstrip(_STOPS)[:_MAX_QUOTE_CHARS]
    return len(words) >= _MIN_QUOTE_CHARS and any(words in message for message in messages)


def tongue(text: str) -> str | None:
    """Return the language of a text by its script, for screen readers."""
    if any("\u4e00" <= sign <= "\u9fff" for sign in text):
        return "zh"
    return "en" if any(sign.isalpha() and sign.isascii() for sign in text) else None
