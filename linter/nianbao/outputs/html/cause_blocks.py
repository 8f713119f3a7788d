"""Why something is to be changed: the sums that do not agree, what then holds, and what else is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.outputs.html import words
from nianbao.outputs.html.cell_links import linked, targets_of
from nianbao.outputs.html.entries import changed, pointed
from nianbao.outputs.html.headlines import note, others, reading, then
from nianbao.outputs.html.labelled_sums import draw_sum
from nianbao.outputs.html.markup import NOTHING, el
from nianbao.outputs.html.words import each
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.corrections import is_open
from nianbao.outputs.wording.sums import plain_sum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.explanation import Component, Explanation
    from nianbao.model.finding import Finding
    from nianbao.outputs.html.causes import SharedCause
    from nianbao.outputs.html.marks import MarkedReport
    from nianbao.outputs.html.markup import Html


def draw_whys(causes: Sequence[SharedCause], sheet: MarkedReport) -> Html:
    """Return the causes below their title; of several, each says for which entries it is."""
    if not causes:
        return NOTHING
    name = f"w{sheet.number}"
    drawn = [_cause(cause, sheet, alone=len(causes) == 1) for cause in causes]
    return el(
        "section",
        el("h3", words.WHY, id=name),
        el("ol", *drawn, class_="causes", role="list"),
        class_="why",
        aria_labelledby=name,
    )


def cause_id(cause: SharedCause, sheet: MarkedReport) -> str:
    """Return the id of a cause on the page."""
    return f"w{sheet.number}-{cause.number}"


def _cause(cause: SharedCause, sheet: MarkedReport, *, alone: bool) -> Html:
    numbers = "、".join(str(entry.number) for entry in cause.entries)
    title = NOTHING if alone else el("p", words.FOR.format(numbers=numbers), class_="label")
    roles = {key: role for entry in cause.entries for key, role in entry.roles.items()}
    return el(
        "li",
        title,
        el("ul", *(_sum(finding, sheet) for finding in cause.findings), class_="inner"),
        *(_readings(cause.component, sheet) if cause.component is not None else ()),
        id=cause_id(cause, sheet),
        class_="cause hot",
        tabindex="-1",
        data_entries=" ".join(sheet.entry_id(entry.number) for entry in cause.entries),
        data_on=" ".join(targets_of(roles, sheet)) or None,
    )


def _sum(finding: Finding, sheet: MarkedReport) -> Html:
    """Return a sum that does not agree: in words, and with its figures beside their names."""
    said = each(lambda voice: plain_sum(voice, finding, form=sheet.report.form))
    targets = targets_of(pointed(finding), sheet)
    drawn = draw_sum(finding, sheet) if finding.left is not None and finding.right is not None else NOTHING
    return el("li", el("p", linked(said, targets)), drawn, class_="hot", data_on=" ".join(targets) or None)


def _readings(component: Component, sheet: MarkedReport) -> Iterator[Html]:
    """Give what holds after the first explanation, or all explanations if none is surely right, and why."""
    readings = component.explanations
    if is_open(component):
        count = max(component.readings, len(readings))
        yield el("p", phrases.READINGS.format(count=count), class_="label")
    elif readings:
        yield _then(readings[0], component, sheet=sheet)
        readings = readings[1:]
        if readings:
            yield el("p", phrases.READINGS_REST, class_="label")
    if readings:
        yield el("ol", *(_reading(one, component, sheet=sheet) for one in readings), class_="readings")
    for text in (others(component, sheet.checked), note(component)):
        if text is not None:
            yield el("p", text, class_="small")


def _then(explanation: Explanation, component: Component, *, sheet: MarkedReport) -> Html:
    whole = explanation.holding[0] == explanation.holding[1]
    held = then(explanation, component, checked=sheet.checked)
    return el("p", held, class_="holds" if whole else "holds partly")


def _reading(explanation: Explanation, component: Component, *, sheet: MarkedReport) -> Html:
    role = changed(explanation, component)
    keys = [change.key for change in explanation.changes if change.key and change.source is None]
    targets = targets_of(dict.fromkeys(keys, role), sheet)
    sentence = reading(explanation, sheet.checked)
    held = _then(explanation, component, sheet=sheet)
    on = " ".join(targets) or None
    return el("li", linked(sentence, targets), held, class_="hot", value=str(explanation.rank), data_on=on)
