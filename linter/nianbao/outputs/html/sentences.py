"""Explanations as sentences: which cell says what, and what it should say."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.messages import Text, clean
from nianbao.model.slip import UNCLEAR
from nianbao.outputs.html.words import each, enumerated, say
from nianbao.outputs.labels import cell_label, figure

if TYPE_CHECKING:
    from decimal import Decimal

    from nianbao.model.explanation import Change, Component, Explanation
    from nianbao.model.form import Form

_MOST_OTHERS = 12


def headline(component: Component, form: Form) -> Text:
    """Return one sentence for all that a component holds."""
    if not component.explanations:
        return say("no-reading")
    if component.readings == 1:
        only = component.explanations[0]
        return reading(only, form, likely=only.confidence)
    return say("either", count=component.readings)


def reading(explanation: Explanation, form: Form, *, likely: str = "open") -> Text:
    """Return what an explanation changes, slip by slip, and what it takes each slip for."""
    steps = []
    for _, group in groupby(sorted(explanation.changes, key=lambda one: one.step), key=lambda one: one.step):
        changes = list(group)
        told = enumerated([_change(change, form, likely) for change in changes])
        slip = changes[0].slip
        steps.append(told if slip == UNCLEAR else told.then(say("slip", slip=say(f"slip-{slip}"))))
    text = steps[0] if steps else Text()
    for step in steps[1:]:
        text = text.then(say("and-then")).then(step)
    return text


def _change(change: Change, form: Form, likely: str) -> Text:
    return say(f"likely-{likely}", cell=cell_of(change, form), old=written(change.old), new=figure(change.new))


def cell_of(change: Change, form: Form) -> Text:
    """Return the name of what a change changes, with the year of another report."""
    name = each(lambda lang: cell_label(form, change.key, lang=lang)) if change.key else say("prose-figure")
    return name if change.source is None else say("of-year", year=change.year or clean(change.source), cell=name)


def written(value: int | Decimal | None) -> Text:
    """Return a figure, or a word for a blank."""
    return say("blank") if value is None else Text(figure(value), figure(value))


def others(component: Component, form: Form) -> Text | None:
    """Return what further readings change, or ``None`` where there are none."""
    if not component.others:
        return None
    named = [
        say("other", cell=cell_of(change, form), old=written(change.old), new=figure(change.new))
        for change in component.others[:_MOST_OTHERS]
    ]
    more = [Text("…", "…")] if len(component.others) > _MOST_OTHERS else []
    return say("others", cells=enumerated([*named, *more]))


def holding(explanation: Explanation) -> Text | None:
    """Return how much holds when an explanation's changes are made, or ``None`` where that is not known."""
    hold, of = explanation.holding
    if not of:
        return None
    return say("holds-all" if hold == of else "holds-some", hold=hold, of=of)
