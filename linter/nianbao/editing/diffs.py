"""What may be put right, as people know it from differences of texts: the row as it is, and as it would be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from nianbao.editing.figure_places import is_here
from nianbao.editing.wording import told
from nianbao.messages import clean
from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL
from nianbao.outputs.wording.labels import cell_label, figure, place, row_label, shown
from nianbao.outputs.wording.phrases import join, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.editing.fixing import Proposal
    from nianbao.model.explanation import Change
    from nianbao.model.form import Form, Item
    from nianbao.model.report import Report
    from nianbao.model.result import Checked

HEAD, PLACE, OLD, NEW, PLAIN = "head", "place", "old", "new", "plain"
_MOST_COLUMNS = 9


class DiffLine(NamedTuple):
    """A line, and what it is: a head, a place, what is or would be, or plain words."""

    text: str
    kind: str = PLAIN


def difference(choice: Proposal, checked: Checked, *, known: Sequence[Proposal], lang: str) -> Iterator[DiffLine]:
    """Show what a choice makes of a report, row by row, how sure it is, and which findings go away.

    Args:
        choice: What may be accepted.
        checked: The report.
        known: All choices, to say which exclude each other.
        lang: ``zh`` or ``en``.
    """
    report = checked.report
    if report is None:
        return
    yield DiffLine(f"[{choice.number}] {_headline(choice, lang)}", HEAD)
    rows: dict[str, list[Change]] = {}
    for change in choice.changes:
        rows.setdefault(change.key.rpartition(".")[0], []).append(change)
    for changes in rows.values():
        yield from _row(changes, report, lang)
    for change in choice.by_hand:
        yield DiffLine("  " + _by_hand(change, report, lang))
    gone = _gone(choice, checked, lang)
    if gone:
        yield DiffLine("  " + told("gone", lang, findings=gone))
    others = [str(one.number) for one in known if one is not choice and choice.excludes(one)]
    if others:
        yield DiffLine("  " + told("either", lang, numbers=join(others, lang)))
    if choice.component is not None and choice.component.note is not None:
        yield DiffLine("  " + clean(choice.component.note.get(lang)))


def unexplained(checked: Checked, *, lang: str) -> Iterator[DiffLine]:
    """Say of findings that share figures why there is no reading of what is wrong with them."""
    found = {one.fingerprint: one.rule for one in checked.findings}
    for component in checked.components:
        if component.note is not None and not component.explanations:
            codes = join(list(dict.fromkeys(found[one] for one in component.findings if one in found)), lang)
            yield DiffLine(told("unexplained", lang, codes=codes, note=clean(component.note.get(lang))))


def left_over(checked: Checked, *, lang: str) -> Iterator[DiffLine]:
    """Give a line for each finding of a report."""
    for finding in checked.findings:
        if finding.outcome == FAIL:
            where = place(checked.path, finding.location, lang=lang)
            severity, message = say(finding.severity, lang), clean(finding.texts.get(lang))
            yield DiffLine(f"  {severity} {finding.rule}  {message}  {where}")


def _headline(choice: Proposal, lang: str) -> str:
    if choice.explanation is None:
        return told("choice-blank", lang)
    slips = dict.fromkeys(say(f"slip-{one.slip}", lang) for one in choice.explanation.changes)
    confidence = say(choice.explanation.confidence, lang)
    return told("confidence", lang, confidence=confidence, slips=join(list(slips), lang))


def _row(changes: Sequence[Change], report: Report, lang: str) -> Iterator[DiffLine]:
    """Show one row before and after, the figures that change between brackets."""
    key = changes[0].key
    slot = report.form.slot(key)
    if slot is None:
        return
    where = place(report.name, changes[0].location, lang=lang)
    table = report.form.tables[slot.table].name.get(lang)
    yield DiffLine(f"  @@ {table} {row_label(report.form, slot.table, row=slot.row, lang=lang)} @@  {where}", PLACE)
    made = {one.key: figure(one.new) for one in changes}
    keys = _columns(slot.table, slot.row, report.form, made)
    heads = [column.column.name.get(lang) for one in keys if (column := report.form.slot(one)) is not None]
    before = [f"[{_said(one, report, lang)}]" if one in made else _said(one, report, lang) for one in keys]
    after = [f"[{made[one]}]" if one in made else _said(one, report, lang) for one in keys]
    widths = [max(map(cell_len, column)) for column in zip(heads, before, after, strict=True)]
    yield DiffLine("    " + _aligned(heads, widths))
    yield DiffLine("  - " + _aligned(before, widths), OLD)
    yield DiffLine("  + " + _aligned(after, widths), NEW)


def _columns(table: str, row: Item, form: Form, made: Mapping[str, str]) -> list[str]:
    """Return the cells of a row that are shown: all, or of a wide one those that change and the first of the others."""
    keys = [f"{table}.{row.id}.{name}" for name in row.columns]
    room = _MOST_COLUMNS - len(made)
    others = [key for key in keys if key not in made]
    kept = {*made, *others[: max(room - 1, 0)], *others[-1:]}
    return [key for key in keys if key in kept and form.slot(key) is not None]


def _said(key: str, report: Report, lang: str) -> str:
    cell = report.cells.get(key)
    return "?" if cell is None else shown(cell, lang)


def _aligned(words: Sequence[str], widths: Sequence[int]) -> str:
    parts = (" " * (width - cell_len(word)) + word for word, width in zip(words, widths, strict=True))
    return "  ".join(parts)


def _by_hand(change: Change, report: Report, lang: str) -> str:
    cell = cell_label(report.form, change.key, lang=lang) if change.key else told("prose", lang)
    source, location = change.source or str(change.year), change.location
    if is_here(change, report):
        source = report.name
    else:
        cell = told("other-report", lang, source=clean(source), cell=cell)
    old = figure(change.old) or say("blank", lang)
    where = "" if location == NOWHERE else f"  {place(source, location, lang=lang)}"
    return told("by-hand", lang, cell=cell, old=old, new=figure(change.new)) + where


def _gone(choice: Proposal, checked: Checked, lang: str) -> str:
    names = choice.explanation.findings if choice.explanation is not None else ()
    found = {one.fingerprint: one for one in checked.findings}
    codes = (f"{found[name].rule} {found[name].name}" for name in names if name in found)
    return join(list(dict.fromkeys(codes)), lang)
