"""Possible corrections of a report, of figures and of missing sentences, and the corrected copy of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.editing import EDITORS, editor_for
from nianbao.editing.drafting import insertions, prose
from nianbao.editing.editor import Amendment, Correction
from nianbao.editing.figure_places import cell_of, place_in_data
from nianbao.editing.marking import marked
from nianbao.errors import InputError, UsageError
from nianbao.extraction import extract
from nianbao.messages import Text
from nianbao.model.explanation import Change
from nianbao.model.own_work import corrected_copy_of
from nianbao.model.rule import HIGH
from nianbao.model.slip import BLANKED
from nianbao.readers import READERS, document_from_bytes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from nianbao.editing.drafting import Insertion
    from nianbao.editing.editor import Editor
    from nianbao.model.explanation import Component, Explanation
    from nianbao.model.form import Form
    from nianbao.model.location import Location
    from nianbao.model.report import Report
    from nianbao.model.result import Checked
    from nianbao.readers import Reader, Source

ALL_HIGH, ALL_BLANKS = "high", "blanks"
_NOT_CORRECTED = Text(
    "这种文件（{format}）里的数字改不了；请在生成它的 Word、WPS 文件里改，再重新导出",
    "is a file ({format}) in which no figure can be changed: change the Word file that it was made from, and export it "
    "again",
)
_NO_SENTENCES = Text(
    "这种文件（{format}）里加不了句子；请自己在“{heading}”里写上",
    "is a file ({format}) to which no sentence can be added: write it under “{heading}” yourself",
)
_NOT_TRACKED = Text(
    "只有 Word 文件能用修订方式改；请去掉 --tracked",
    "cannot have tracked changes, which are for Word files alone: leave out --tracked",
)
_OTHERWISE = Text(
    "改后读出来的和要改的不一样，没有写副本；请手工修改",
    "would not be read as meant with the figures changed, and no copy was made: change them by hand",
)
_NO_SUCH = Text(
    "--accept：没有第 {number} 处（有 1 至 {most}）", "--accept: there is no {number} (1 to {most} are there)"
)
_NONE = Text("--accept：没有可以改的数字", "--accept: there is no figure to put right")
_WORD = Text(
    "--accept 要写编号（1,3）、high（把握高的全部）或 blanks（可推得的空格全部）：{word}",
    "--accept takes numbers (1,3), high (all of high confidence) or blanks (all blanks that follow): {word}",
)
_ONE_OF = Text("--accept：第 {one} 处和第 {other} 处只能选一", "--accept: {one} and {other} exclude each other")
_REFUSED = Text("--accept：第 {number} 处写不进去：{reason}", "--accept: {number} cannot be put in: {reason}")
_BY_HAND = Text(
    "--accept：第 {number} 处不在这个文件的表格里，请手工改",
    "--accept: {number} is not in a table of this file and is to be changed by hand",
)


class Proposal(NamedTuple):
    """A correction that the user may accept: what explains an error, a blank that follows, or a missing sentence.

    Attributes:
        number: Its number, from 1.
        changes: The figures that it corrects in the tables of the file.
        by_hand: The figures that people must correct: in the prose, or in another report.
        component: The component that it explains, ``None`` for a blank.
        explanation: The explanation, ``None`` for a blank.
        insertion: The missing sentence, for one.
    """

    number: int
    changes: tuple[Change, ...]
    by_hand: tuple[Change, ...] = ()
    component: Component | None = None
    explanation: Explanation | None = None
    insertion: Insertion | None = None

    @property
    def can_write(self) -> bool:
        """Whether it changes the file."""
        return bool(self.changes) or (self.insertion is not None and self.insertion.refusal is None)

    @property
    def is_open(self) -> bool:
        """Whether people must decide: between this and other explanations, or what is true."""
        return self.insertion is not None or self._is_unlikely

    @property
    def _is_unlikely(self) -> bool:
        return self.explanation is not None and self.explanation.confidence != HIGH

    def excludes(self, other: Proposal) -> bool:
        """Whether only one of two may be accepted: they explain the same component, or change the same cell."""
        if self.component is not None and self.component is other.component:
            return True
        return not {change.key for change in self.changes}.isdisjoint(change.key for change in other.changes)


def choices(checked: Checked) -> tuple[Proposal, ...]:
    """Return the possible corrections of a report: explanations of each component, blanks that follow, sentences."""
    report = checked.report
    if report is None:
        return ()
    proposals: list[Proposal] = []
    for component in checked.components:
        for explanation in component.explanations:
            here = [change for change in explanation.changes if cell_of(change, report) is not None]
            others = tuple(change for change in explanation.changes if change not in here)
            proposals.append(Proposal(len(proposals) + 1, tuple(here), others, component, explanation))
    for following in checked.following:
        change = Change(
            following.cell.key, following.cell.value, following.value, BLANKED, 0, following.cell.location, report.year
        )
        proposals.append(Proposal(len(proposals) + 1, (change,)))
    for insertion in insertions(report, checked.findings):
        proposals.append(Proposal(len(proposals) + 1, (), insertion=insertion))
    return tuple(proposals)


def accepted(words: Iterable[str], known: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Return the choices that a user names: numbers separated by commas, ``high`` and ``blanks``.

    Raises:
        UsageError: there is no such choice, it does not change this file, or two of them exclude each other.
    """
    chosen: dict[int, Proposal] = {}
    for word in (part.strip() for text in words for part in text.replace("，", ",").split(",")):
        if word:
            chosen.update({proposal.number: proposal for proposal in _named(word, known)})
    ordered = tuple(chosen[number] for number in sorted(chosen))
    for place, proposal in enumerate(ordered):
        other = next((later for later in ordered[place + 1 :] if proposal.excludes(later)), None)
        if other is not None:
            raise UsageError(_ONE_OF.format(one=proposal.number, other=other.number))
    return ordered


def _named(word: str, known: Sequence[Proposal]) -> Iterator[Proposal]:
    if word == ALL_HIGH:
        yield from (
            proposal
            for proposal in known
            if proposal.explanation is not None and not proposal.is_open and proposal.changes
        )
    elif word == ALL_BLANKS:
        yield from (proposal for proposal in known if proposal.explanation is None and proposal.insertion is None)
    elif not word.isascii() or not word.isdigit():
        raise UsageError(_WORD.format(word=word[:40]))
    else:
        chosen = next((proposal for proposal in known if str(proposal.number) == word), None)
        if chosen is None:
            raise UsageError(_NO_SUCH.format(number=word[:9], most=len(known)) if known else _NONE)
        if chosen.insertion is not None and chosen.insertion.refusal is not None:
            raise UsageError(_REFUSED.format(number=chosen.number, reason=chosen.insertion.refusal))
        if not chosen.can_write:
            raise UsageError(_BY_HAND.format(number=chosen.number))
        yield chosen


class Accepted(NamedTuple):
    """What is changed in a copy: figures, and sentences; with a day, as tracked changes of that day."""

    changes: Sequence[Change] = ()
    insertions: Sequence[Insertion] = ()
    tracked: dt.date | None = None

    @classmethod
    def of(cls, proposals: Iterable[Proposal], tracked: dt.date | None = None) -> Accepted:
        """Return what proposals change."""
        chosen = tuple(proposals)
        sentences = tuple(proposal.insertion for proposal in chosen if proposal.insertion is not None)
        return cls(tuple(change for proposal in chosen for change in proposal.changes), sentences, tracked)


class OwnFile(NamedTuple):
    """A report's own file, and the editor that corrects it."""

    source: Source
    editor: Editor


class CorrectedFile(NamedTuple):
    """A copy of a file with corrected figures, and the report that was read from the copy."""

    data: bytes
    report: Report


def own_file(source: Source, *, readers: Sequence[Reader] = READERS, editors: Sequence[Editor] = EDITORS) -> OwnFile:
    """Return a report's own file, to correct figures in a copy of it.

    Args:
        source: The file.
        readers: The readers, to recognise the format.
        editors: The editors, one for each format that is written.

    Raises:
        InputError: no figure in it can be changed; the message has an alternative.
    """
    editor = editor_for(source, readers=readers, editors=editors)
    if editor.correct is None:
        raise InputError("not-written", _NOT_CORRECTED.format(format=editor.format))
    return OwnFile(source, editor)


def corrected(
    file: OwnFile,
    report: Report,
    *,
    wanted: Accepted,
    forms: Sequence[Form],
    readers: Sequence[Reader] = READERS,
) -> CorrectedFile:
    """Return a copy of a file with corrected figures and new sentences, which has been read again and verified.

    Args:
        file: The file.
        report: The report that was read from it.
        wanted: The changes.
        forms: The forms that it may follow.
        readers: The readers, to recognise the format of the copy.

    Raises:
        InputError: it cannot be written, or the copy would have other differences.
    """
    figures = {change.key: change for change in wanted.changes}
    as_data = file.editor.format == "report"
    corrections = [
        Correction(place_in_data(key) if as_data else change.location, report.cells[key].raw, _plain(change.new))
        for key, change in figures.items()
    ]
    work = corrected_copy_of(file.source.data)
    made = marked(_amended(file, report, corrections, wanted), work, form=file.editor.format)
    expected = {key: cell.value for key, cell in report.cells.items()}
    expected |= {key: change.new for key, change in figures.items()}
    try:
        document = document_from_bytes(made, report.name, readers=readers)
        again = extract(document, forms).exact(document.text)
    except InputError as error:
        raise InputError("reads-otherwise", _OTHERWISE) from error
    said = prose(report.sections, wanted.insertions)
    if {key: cell.value for key, cell in again.cells.items()} != expected or prose(again.sections) != said:
        raise InputError("reads-otherwise", _OTHERWISE)
    return CorrectedFile(made, again)


def _amended(file: OwnFile, report: Report, corrections: Sequence[Correction], wanted: Accepted) -> bytes:
    """Return the file with changes.

    Raises:
        InputError: its format has no such changes, or the editor refuses them.
    """
    editor = file.editor
    if wanted.tracked is not None and not editor.tracks:
        raise InputError("not-tracked", _NOT_TRACKED)
    if not wanted.insertions and wanted.tracked is None and editor.correct is not None:
        return editor.correct(file.source, corrections)
    if editor.amend is None:
        heading = wanted.insertions[0].heading if wanted.insertions else ""
        raise InputError("no-sentences", _NO_SENTENCES.format(format=editor.format, heading=heading))

    def exact(location: Location) -> Location:
        return location if report.places is None else report.places.exact(file.source.text, location)

    additions = [insertion.addition(exact) for insertion in wanted.insertions]
    return editor.amend(file.source, Amendment(corrections, additions, wanted.tracked))


def _plain(figure: int | Decimal) -> str:
    return str(figure) if isinstance(figure, int) else f"{figure:f}"
