"""Possible corrections, shown like a diff of texts: the present row, and the corrected row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from nianbao.editing import wording
from nianbao.editing.figure_places import is_here
from nianbao.messages import clean
from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.labels import cell_label, row_label, shown
from nianbao.outputs.wording.slip_names import SLIP_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.editing.drafting import Insertion
    from nianbao.editing.fixing import Proposal
    from nianbao.model.explanation import Change
    from nianbao.model.form import Form, Item
    from nianbao.model.report import Report
    from nianbao.model.result import Checked
    from nianbao.voice import Voice

HEAD, PLACE, OLD, NEW, PLAIN = "head", "place", "old", "new", "plain"
_MAX_COLUMNS = 9
_MAX_BEFORE_CHARS = 40


class DiffLine(NamedTuple):
    """A line, and its kind: a head, a place, a present or a corrected row, or plain words."""

    text: str
    kind: str = PLAIN


def difference(voice: Voice, choice: Proposal, *, checked: Checked, known: Sequence[Proposal]) -> Iterator[DiffLine]:
    """Show the effect of a choice on a report, row by row, its likelihood, and the findings that it removes.

    Args:
        voice: The language.
        choice: The correction to show.
        checked: The report.
        known: All choices, to show which exclude each other.
    """
    report = checked.report
    if report is None:
        return
    yield DiffLine(f"[{choice.number}] {_headline(voice, choice)}", HEAD)
    rows: dict[str, list[Change]] = {}
    for change in choice.changes:
        rows.setdefault(change.key.rpartition(".")[0], []).append(change)
    if choice.insertion is not None:
        yield from _sentence(voice, choice.insertion, report)
    for changes in rows.values():
        yield from _row(voice, changes, report)
    for change in choice.by_hand:
        yield DiffLine("  " + _by_hand(voice, change, report))
    gone = _gone(voice, choice, checked)
    if gone:
        yield DiffLine("  " + voice.say(wording.GONE, findings=gone))
    others = [str(other.number) for other in known if other is not choice and choice.excludes(other)]
    if others:
        yield DiffLine("  " + voice.say(wording.EITHER, numbers=voice.join(others)))
    if choice.component is not None and choice.component.note is not None:
        yield DiffLine("  " + voice.clean(choice.component.note))


def unexplained(voice: Voice, checked: Checked) -> Iterator[DiffLine]:
    """Return the reason why findings that share figures have no explanation."""
    rules = {finding.fingerprint: finding.rule for finding in checked.findings}
    for component in checked.components:
        if component.note is not None and not component.explanations:
            codes = voice.join(dict.fromkeys(rules[name] for name in component.findings if name in rules))
            yield DiffLine(voice.say(wording.UNEXPLAINED, codes=codes, note=voice.clean(component.note)))


def left_over(voice: Voice, checked: Checked) -> Iterator[DiffLine]:
    """Give a line for each finding of a report."""
    for finding in checked.findings:
        if finding.outcome == FAIL:
            where = voice.place(checked.path, finding.location)
            severity, message = voice.say(phrases.SEVERITY_NAMES[finding.severity]), voice.clean(finding.texts)
            yield DiffLine(f"  {severity} {finding.rule}  {message}  {where}")


def _sentence(voice: Voice, insertion: Insertion, report: Report) -> Iterator[DiffLine]:
    """Show a missing sentence and its place, and the reason if it cannot be put in."""
    yield DiffLine(f"  @@ {clean(insertion.heading)} @@  {voice.place(report.name, insertion.finding.location)}", PLACE)
    if insertion.after.text and insertion.refusal is None:
        yield DiffLine(f"    {clean(insertion.after.text)[-_MAX_BEFORE_CHARS:]}")
    yield DiffLine(f"  + {clean(insertion.text)}", NEW)
    yield DiffLine("  " + voice.say(insertion.refusal or wording.CONFIRM))


def _headline(voice: Voice, choice: Proposal) -> str:
    if choice.insertion is not None:
        return voice.say(wording.CHOICE_SENTENCE, finding=voice.clean(choice.insertion.finding.texts))
    if choice.explanation is None:
        return voice.say(wording.CHOICE_BLANK)
    slips = dict.fromkeys(voice.say(SLIP_NAMES[change.slip]) for change in choice.explanation.changes)
    confidence = voice.say(phrases.CONFIDENCE_NAMES[choice.explanation.confidence])
    return voice.say(wording.CONFIDENCE, confidence=confidence, slips=voice.join(slips))


def _row(voice: Voice, changes: Sequence[Change], report: Report) -> Iterator[DiffLine]:
    """Show a row before and after the correction, with brackets around the figures that change."""
    key = changes[0].key
    slot = report.form.slot(key)
    if slot is None:
        return
    where = voice.place(report.name, changes[0].location)
    table = voice.say(report.form.tables[slot.table].name)
    row = row_label(voice, report.form, table_id=slot.table, row=slot.row)
    yield DiffLine(f"  @@ {table} {row} @@  {where}", PLACE)
    made = {change.key: voice.figure(change.new) for change in changes}
    keys = _columns(slot.table, slot.row, report.form, made)
    heads = [voice.say(cell.column.name) for name in keys if (cell := report.form.slot(name)) is not None]
    before = [f"[{_figure(voice, name, report)}]" if name in made else _figure(voice, name, report) for name in keys]
    after = [f"[{made[name]}]" if name in made else _figure(voice, name, report) for name in keys]
    widths = [max(map(cell_len, column)) for column in zip(heads, before, after, strict=True)]
    yield DiffLine("    " + _aligned(heads, widths))
    yield DiffLine("  - " + _aligned(before, widths), OLD)
    yield DiffLine("  + " + _aligned(after, widths), NEW)


def _columns(table: str, row: Item, form: Form, made: Mapping[str, str]) -> list[str]:
    """Return the cells of a row to show: all, or in a wide row those that change and a few others."""
    keys = [f"{table}.{row.id}.{name}" for name in row.columns]
    room = _MAX_COLUMNS - len(made)
    others = [key for key in keys if key not in made]
    kept = {*made, *others[: max(room - 1, 0)], *others[-1:]}
    return [key for key in keys if key in kept and form.slot(key) is not None]


def _figure(voice: Voice, key: str, report: Report) -> str:
    cell = report.cells.get(key)
    return "?" if cell is None else shown(voice, cell)


def _aligned(words: Sequence[str], widths: Sequence[int]) -> str:
    parts = (" " * (width - cell_len(word)) + word for word, width in zip(words, widths, strict=True))
    return "  ".join(parts)


def _by_hand(voice: Voice, change: Change, report: Report) -> str:
    cell = cell_label(voice, report.form, key=change.key) if change.key else voice.say(wording.PROSE)
    source, location = change.source or str(change.year), change.location
    if is_here(change, report):
        source = report.name
    else:
        cell = voice.say(wording.OTHER_REPORT, source=clean(source), cell=cell)
    old = voice.figure(change.old) or voice.say(phrases.BLANK)
    where = "" if location == NOWHERE else f"  {voice.place(source, location)}"
    return voice.say(wording.BY_HAND, cell=cell, old=old, new=voice.figure(change.new)) + where


def _gone(voice: Voice, choice: Proposal, checked: Checked) -> str:
    names = choice.explanation.findings if choice.explanation is not None else ()
    findings = {finding.fingerprint: finding for finding in checked.findings}
    codes = (f"{findings[name].rule} {findings[name].name}" for name in names if name in findings)
    return voice.join(dict.fromkeys(codes))
