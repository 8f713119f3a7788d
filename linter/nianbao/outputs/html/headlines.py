"""Sentences on explanations, in both languages, in the same words as on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.outputs.html.words import each, enumerated
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.corrections import is_open
from nianbao.outputs.wording.sentences import holding, sentence, short

if TYPE_CHECKING:
    from nianbao.model.explanation import Change, Component, Explanation
    from nianbao.model.result import Checked

_MAX_OTHERS = 12


def reading(explanation: Explanation, checked: Checked) -> Text:
    """Return the sentence on an explanation, its slips one after the other."""
    return each(lambda voice: sentence(voice, explanation, checked=checked))


def then(explanation: Explanation, component: Component, *, checked: Checked) -> Text:
    """State what holds after an explanation's changes, and whether another explanation is as simple."""
    alone = component.readings == 1 and component.note is None
    return each(lambda voice: holding(voice, explanation, checked=checked, alone=alone))


def others(component: Component, checked: Checked) -> Text | None:
    """Return the changes of further explanations, or ``None`` if there are none."""
    rest = component.readings - len(component.explanations)
    if rest <= 0:
        return None
    shown = component.others[:_MAX_OTHERS]
    if not shown:
        return phrases.READINGS_LEFT.format(count=rest)
    changes = enumerated([_short(change, checked) for change in shown])
    more = Text.of("…") if len(shown) < rest else Text()
    return phrases.READINGS_MORE.format(count=rest, changes=changes) + more


def _short(change: Change, checked: Checked) -> Text:
    return each(lambda voice: short(voice, change, checked=checked))


def note(component: Component) -> Text | None:
    """Return the reason why a component is open, or another note on it."""
    if component.note is None:
        return None
    return (phrases.OPEN_WHY if is_open(component) else phrases.NOTE).format(note=component.note)
