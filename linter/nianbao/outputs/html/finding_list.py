"""The entries of the list: a sentence on the fault, its explanations and findings, and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL, PASS
from nianbao.model.place import line_or_spot
from nianbao.outputs.html import words
from nianbao.outputs.html.entries import FOLLOWS, changed, pointed
from nianbao.outputs.html.evidence import details, evidence
from nianbao.outputs.html.headlines import headline, is_open, note, others, reading, then
from nianbao.outputs.html.markup import NOTHING, el, joined
from nianbao.outputs.html.words import each
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.labels import cell_label, cell_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.model.explanation import Component, Explanation, ImpliedValue
    from nianbao.model.finding import Finding
    from nianbao.model.location import Location
    from nianbao.outputs.html.entries import Entry
    from nianbao.outputs.html.marks import MarkedReport
    from nianbao.outputs.html.markup import Child, Html

_MAX_CELLS = 6
_SIGNS = {"error": "✗", "warning": "▲", "info": "ℹ", "undecided": "?", "unread": "…", "follows": "+", "pass": "✓"}


def draw_entry(entry: Entry, sheet: MarkedReport, *, passage: str | None) -> Html:
    """Return an entry of the list.

    Args:
        entry: The entry.
        sheet: The report that it is about.
        passage: Id of the first passage of the report that it refers to.
    """
    name = sheet.entry_id(entry.number)
    kind = entry.severity or entry.outcome
    targets = _targets(entry.roles, sheet) + ([f"p:{passage}"] if passage else [])
    return el(
        "li",
        _top(entry, kind),
        _title(entry, sheet, targets),
        *_body(entry, sheet),
        id=name,
        class_=f"entry hot {kind}",
        tabindex="-1",
        data_severity=entry.severity or None,
        data_outcome=entry.outcome,
        data_codes=" ".join(entry.codes) or None,
        data_on=" ".join(targets) or None,
    )


def draw_entry_across(entry: Entry, *, name: str) -> Html:
    """Return an entry about several reports; it has no links into them.

    Args:
        entry: The entry.
        name: Its id on the page.
    """
    kind = entry.severity or entry.outcome
    return el(
        "li",
        _top(entry, kind),
        el("h4", entry.reason or entry.findings[0].texts, id=f"{name}-h"),
        *(details(finding) for finding in entry.findings if entry.outcome == FAIL),
        id=name,
        class_=f"entry {kind}",
        tabindex="-1",
        data_severity=entry.severity or None,
        data_outcome=entry.outcome,
        data_codes=" ".join(entry.codes),
    )


def _targets(roles: Mapping[str, str] | Iterable[tuple[str, str]], sheet: MarkedReport) -> list[str]:
    """Return the cells that are highlighted with an entry: pairs of a role and the id of a cell."""
    return [f"{role}:{sheet.cell_id(key)}" for key, role in dict(roles).items() if key in sheet.places]


def _top(entry: Entry, kind: str) -> Html:
    number = el("span", str(entry.number), class_="number", aria_hidden="true")
    heard = el("span", words.ITEM.format(number=entry.number), class_="vh")
    sign = el("span", _SIGNS[kind], aria_hidden="true")
    codes = joined([el("code", code) for code in entry.codes], " ")
    parts = [number, heard, el("span", sign, " ", words.KIND_NAMES[kind], class_="kind"), codes]
    where = entry.location if entry.outcome in (FAIL, PASS) else NOWHERE
    return el("p", joined(parts, " "), *_spot(where), class_="top")


def _spot(location: Location) -> Iterator[Html]:
    """Give a place in the file, if it is known."""
    spot = line_or_spot(location)
    if spot:
        yield joined([" ", el("span", spot, class_="spot")])


def _title(entry: Entry, sheet: MarkedReport, targets: list[str]) -> Html:
    """Return the sentence of an entry; if it refers to a place in the report, it is a link."""
    sentence = _sentence(entry, sheet)
    return el("h4", _linked(sentence, targets), id=f"{sheet.entry_id(entry.number)}-h")


def _linked(sentence: Child, targets: list[str]) -> Child:
    """Return a sentence as a link to the first of the places that are highlighted with it."""
    return el("a", sentence, href="#" + targets[0].partition(":")[2]) if targets else sentence


def _sentence(entry: Entry, sheet: MarkedReport) -> Child:
    if entry.component is not None:
        return headline(entry.component, sheet.checked)
    if entry.outcome == FOLLOWS:
        return words.FOLLOWING.format(count=len(entry.following))
    if entry.reason is not None and not entry.findings:
        return words.UNREAD_CELLS.format(count=len(entry.unread), reason=entry.reason)
    return entry.reason or entry.findings[0].texts


def _body(entry: Entry, sheet: MarkedReport) -> Iterator[Html]:
    if entry.component is not None:
        yield from _component(entry.component, entry.findings, sheet=sheet)
    elif entry.outcome == FAIL:
        yield from evidence(entry.findings[0], sheet)
        if entry.leaves:
            yield el("p", phrases.NOT_JUDGED_FOR_IT.format(codes="、".join(entry.leaves)), class_="small")
    elif entry.following:
        yield from _following(entry, sheet)
    elif entry.unread:
        yield el("p", each(lambda voice: cell_labels(voice, sheet.report.form, keys=entry.unread)), class_="small")


def _following(entry: Entry, sheet: MarkedReport) -> Iterator[Html]:
    """Give the blanks that follow: those with a figure by name; many zeros are only counted."""
    shown = [implied for implied in entry.following if implied.value or len(entry.following) <= _MAX_CELLS]
    if shown:
        yield el("ul", *(el("li", _follows(implied, sheet)) for implied in shown), class_="cells")
    if zeros := len(entry.following) - len(shown):
        yield el("p", phrases.FOLLOWING_ZEROS.format(count=zeros), class_="small")


def _follows(implied: ImpliedValue, sheet: MarkedReport) -> Html:
    name = each(lambda voice: cell_label(voice, sheet.report.form, key=implied.cell.key))
    return joined([name, " = ", el("b", sheet.voice.figure(implied.value))])


def _component(component: Component, findings: Sequence[Finding], *, sheet: MarkedReport) -> Iterator[Html]:
    """Give the explanations of a component, why they are open, and its findings."""
    alone = len(findings) == 1
    readings = component.explanations
    if readings and not is_open(component):
        yield _then(readings[0], component, sheet=sheet)
        readings = readings[1:]
        if readings:
            yield el("p", phrases.READINGS_REST, class_="label")
    if readings:
        yield el("ol", *(_reading(reading, component, sheet=sheet) for reading in readings), class_="readings")
    for text in (others(component, sheet.checked), note(component)):
        if text is not None:
            yield el("p", text, class_="small")
    if not alone:
        yield el("p", words.ITS_FINDINGS, class_="label")
    yield el("ul", *(_inner(finding, sheet, alone=alone) for finding in findings), class_="inner")


def _then(explanation: Explanation, component: Component, *, sheet: MarkedReport) -> Html:
    whole = explanation.holding[0] == explanation.holding[1]
    held = then(explanation, component, checked=sheet.checked)
    return el("p", held, class_="holds" if whole else "holds partly")


def _reading(explanation: Explanation, component: Component, *, sheet: MarkedReport) -> Html:
    role = changed(explanation, component)
    keys = [change.key for change in explanation.changes if change.key and change.source is None]
    targets = _targets(dict.fromkeys(keys, role), sheet)
    sentence = _linked(reading(explanation, sheet.checked), targets)
    held = _then(explanation, component, sheet=sheet)
    return el("li", sentence, held, class_="hot", value=str(explanation.rank), data_on=" ".join(targets) or None)


def _inner(finding: Finding, sheet: MarkedReport, *, alone: bool) -> Html:
    """Return a finding of an entry; if it is the only one, its code and place are in the entry's head."""
    targets = _targets(pointed(finding), sheet)
    head = NOTHING if alone else el("p", el("code", finding.rule), *_spot(finding.location), class_="top")
    return el(
        "li",
        head,
        el("p", _linked(finding.texts, targets)),
        *evidence(finding, sheet),
        class_="hot",
        data_on=" ".join(targets) or None,
    )
