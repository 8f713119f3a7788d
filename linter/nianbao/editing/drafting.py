"""Sentences that a report lacks, as drafts at the end of their sections, for people to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.editing.editor import Addition
from nianbao.language.mistakes import Mistake
from nianbao.language.section_names import section_named
from nianbao.messages import Text
from nianbao.model.document import Paragraph
from nianbao.model.folding import squeezed
from nianbao.model.outcome import FAIL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from nianbao.model.finding import Finding
    from nianbao.model.location import Location
    from nianbao.model.report import Report, Section
    from nianbao.model.rule import DraftSentence

_SENTENCE_ENDS = ("。", "！", "；", ".", ";", "!", "”", "）")
_NO_SECTION = Text(
    "报告里没有“{heading}”，不知道写在哪里；请先补上这一部分",
    "the report has no “{heading}”, so that there is no place for it: add that section first",
)
_IN_TABLE = Text(
    "“{heading}”后面是表格或图片，不知道写在哪里；请自己写上",
    "“{heading}” holds a table or a picture alone, so that there is no place for it: add it yourself",
)


class Insertion(NamedTuple):
    """A sentence that a report lacks.

    Attributes:
        finding: The finding that it is missing.
        section: The id of its section.
        heading: The heading of its section.
        text: The sentence.
        after: The paragraph behind which it belongs; the heading if the section has none.
        like: A paragraph that it should look like.
        refusal: The reason why it cannot be put in; else ``None``.
    """

    finding: Finding
    section: str
    heading: str
    text: str
    after: Paragraph = Paragraph("")
    like: Paragraph = Paragraph("")
    refusal: Text | None = None

    def addition(self, exact: Callable[[Location], Location]) -> Addition:
        """Return it for an editor, with exact places."""
        return Addition(exact(self.after.location), self.after.text, self.text, exact(self.like.location))


def insertions(report: Report, findings: Iterable[Finding]) -> tuple[Insertion, ...]:
    """Return the sentences that a report lacks, each once."""
    drafts: dict[DraftSentence, Finding] = {}
    for finding in findings:
        if finding.outcome == FAIL and finding.draft is not None:
            drafts.setdefault(finding.draft, finding)
    return tuple(_insertion(report, finding, draft) for draft, finding in drafts.items())


def _insertion(report: Report, finding: Finding, draft: DraftSentence) -> Insertion:
    try:
        known = section_named(report.form, draft.section)
    except Mistake:  # of a form that has no such section
        return Insertion(finding, "", draft.section, draft.text, refusal=_NO_SECTION.format(heading=draft.section))
    section = report.section(known.id)
    if section is None:
        return Insertion(finding, "", known.heading, draft.text, refusal=_NO_SECTION.format(heading=known.heading))
    if section.paragraphs:
        after = like = _last(section.paragraphs)
    elif section.has_more:
        refusal = _IN_TABLE.format(heading=section.heading)
        return Insertion(finding, section.id, section.heading, draft.text, refusal=refusal)
    else:
        after = Paragraph(section.heading, section.location)
        like = next((paragraph for other in report.sections for paragraph in other.paragraphs), after)
    return Insertion(finding, section.id, section.heading, draft.text, after, like)


def _last(paragraphs: Sequence[Paragraph]) -> Paragraph:
    """Return the last sentence, else the first line: at the end may be an organ, a date, or words of the page."""
    sentences = [paragraph for paragraph in paragraphs if paragraph.text.rstrip().endswith(_SENTENCE_ENDS)]
    return sentences[-1] if sentences else paragraphs[0]


def prose(sections: Iterable[Section], added: Iterable[Insertion] = ()) -> Mapping[str, str]:
    """Return the text of each section as it is compared, with sentences put in."""
    wanted = list(added)
    return {section.id: "".join(_texts(section, wanted)) for section in sections}


def _texts(section: Section, added: Sequence[Insertion]) -> Iterator[str]:
    own = [insertion for insertion in added if insertion.section == section.id]
    if not section.paragraphs:
        yield from (squeezed(insertion.text) for insertion in own)
    for paragraph in section.paragraphs:
        yield squeezed(paragraph.text)
        yield from (squeezed(insertion.text) for insertion in own if insertion.after == paragraph)
