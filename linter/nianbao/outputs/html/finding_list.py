"""The entries of the list: what to change in a sentence, its place, and the cells that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS
from nianbao.model.place import line_or_spot
from nianbao.outputs.html import words
from nianbao.outputs.html.causes import has_sum
from nianbao.outputs.html.cell_links import linked, targets_of
from nianbao.outputs.html.entries import SIGNS
from nianbao.outputs.html.markup import el, joined
from nianbao.outputs.html.words import each
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.correction_words import words_of
from nianbao.outputs.wording.labels import cell_label, cell_labels, cell_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.explanation import ImpliedValue
    from nianbao.model.finding import Finding
    from nianbao.model.result import Checked
    from nianbao.outputs.html.entries import Entry
    from nianbao.outputs.html.marks import MarkedReport
    from nianbao.outputs.html.markup import Html

_MAX_CELLS = 6


def draw_entry(entry: Entry, sheet: MarkedReport, *, passage: str | None, why: str | None) -> Html:
    """Return an entry of the list.

    Args:
        entry: The entry.
        sheet: The report that it is about.
        passage: Id of the first passage of the report that it refers to.
        why: Id of its cause on the page.
    """
    name = sheet.entry_id(entry.number)
    targets = targets_of(entry.roles, sheet) + ([f"p:{passage}"] if passage else [])
    sentence = linked(sentence_of(entry, sheet.checked), targets)
    return el(
        "li",
        _top(entry),
        el("h4", sentence, id=f"{name}-h"),
        *_body(entry, sheet),
        id=name,
        class_=f"entry hot {_kind(entry)}",
        tabindex="-1",
        data_severity=entry.severity or None,
        data_outcome=entry.outcome,
        data_codes=" ".join(entry.codes) or None,
        data_on=" ".join(targets) or None,
        data_why=why,
    )


def draw_entry_across(entry: Entry, checked: Checked, *, name: str) -> Html:
    """Return an entry about several reports; it has no links into them.

    Args:
        entry: The entry.
        checked: The findings about several reports.
        name: Its id on the page.
    """
    return el(
        "li",
        _top(entry),
        el("h4", sentence_of(entry, checked), id=f"{name}-h"),
        id=name,
        class_=f"entry {_kind(entry)}",
        tabindex="-1",
        data_severity=entry.severity or None,
        data_outcome=entry.outcome,
        data_codes=" ".join(entry.codes),
    )


def _kind(entry: Entry) -> str:
    return entry.severity or entry.outcome


def _top(entry: Entry) -> Html:
    kind = _kind(entry)
    number = el("span", str(entry.number), class_="number", aria_hidden="true")
    heard = el("span", words.ITEM.format(number=entry.number), class_="vh")
    sign = el("span", SIGNS[kind], aria_hidden="true")
    parts = [number, heard, el("span", sign, " ", words.KIND_NAMES[kind], class_="kind")]
    if entry.outcome != FAIL and entry.codes:
        parts.append(joined([el("code", code) for code in entry.codes], " "))
    return el("p", joined(parts, " "), *_spot(entry), class_="top")


def _spot(entry: Entry) -> Iterator[Html]:
    """Give the place of an entry in its file, if it is known."""
    spot = line_or_spot(entry.location)
    if not spot or (entry.outcome not in (FAIL, PASS) and entry.todo is None):
        return
    place = spot if entry.source is None else each(lambda voice: voice.place(entry.source or "", entry.location))
    yield joined([" ", el("span", place, class_="spot")])


def sentence_of(entry: Entry, checked: Checked) -> Text:
    """Return the sentence of an entry, in the words of the terminal's list."""
    todo = entry.todo
    if todo is not None:
        return each(lambda voice: words_of(voice, todo, checked=checked))
    if entry.following:
        return phrases.FOLLOWING_ALL_ZEROS.format(count=len(entry.following))
    if entry.reason is not None and not entry.findings:
        return words.UNREAD_CELLS.format(count=len(entry.unread), reason=entry.reason)
    return entry.reason or entry.findings[0].texts


def _body(entry: Entry, sheet: MarkedReport) -> Iterator[Html]:
    if entry.outcome == FAIL and entry.component is None:
        named = _cells(entry.findings[0], sheet)
        if named:
            yield el("p", phrases.CELLS.format(cells=named), class_="small")
    elif entry.following and entry.todo is None and len(entry.following) <= _MAX_CELLS:
        yield el("ul", *(el("li", _follows(implied, sheet)) for implied in entry.following), class_="cells")
    elif entry.outcome != FAIL and entry.unread:
        yield el("p", each(lambda voice: cell_labels(voice, sheet.report.form, keys=entry.unread)), class_="small")
    if entry.leaves:
        yield el("p", words.LEAVES.format(count=len(entry.leaves)), class_="small")


def _cells(finding: Finding, sheet: MarkedReport) -> Text:
    """Return the names of the cells of a finding, if there are few that its words need not name."""
    form = sheet.report.form
    if not finding.cells or has_sum(finding):
        return Text()
    if finding.left is not None or finding.kind == "condition":
        return each(lambda voice: cell_values(voice, form, cells=finding.cells, most=_MAX_CELLS))
    keys = [ref.key for ref in finding.cells]
    return each(lambda voice: cell_labels(voice, form, keys=keys)) if 1 < len(keys) <= _MAX_CELLS else Text()


def _follows(implied: ImpliedValue, sheet: MarkedReport) -> Html:
    name = each(lambda voice: cell_label(voice, sheet.report.form, key=implied.cell.key))
    return joined([name, " = ", el("b", sheet.voice.figure(implied.value))])
