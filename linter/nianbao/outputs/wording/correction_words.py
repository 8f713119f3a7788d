"""The entries of the list in words: where, what stands there, and what it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.model.explanation import Change
from nianbao.model.rule import HIGH
from nianbao.model.slip import BLANKED
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.corrections import CHANGE, CHOOSE
from nianbao.outputs.wording.sentences import old_of, step, where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.model.explanation import Component, ImpliedValue
    from nianbao.model.result import Checked
    from nianbao.outputs.wording.corrections import Todo
    from nianbao.voice import Voice

_MAX_CELLS = 3


def words_of(voice: Voice, entry: Todo, *, checked: Checked) -> str:
    """Return an entry of the list in one line, without its number, severity and place."""
    if entry.implied is not None:
        return due(voice, entry.implied, checked=checked)
    if entry.component is not None and entry.action == CHANGE:
        text = step(voice, entry.changes, checked=checked, confidence=entry.confidence)
        return text if entry.confidence == HIGH else voice.say(phrases.TO_CHECK, text=text)
    if entry.component is not None and entry.action == CHOOSE:
        return _choice(voice, entry.component, checked)
    text = voice.clean(entry.findings[0].texts).removesuffix("。")
    return text if entry.component is None else voice.say(phrases.CANNOT_TELL_WHICH, text=text)


def due(voice: Voice, implied: ImpliedValue, *, checked: Checked) -> str:
    """Return a sentence that says what a blank cell must hold."""
    change = Change(implied.cell.key, None, implied.value, BLANKED, location=implied.cell.location)
    place, value = where(voice, change, checked=checked), voice.figure(implied.value)
    return voice.say(phrases.FOLLOWING_CELL, where=place, value=value)


def _choice(voice: Voice, component: Component, checked: Checked) -> str:
    """Return the figures of which one is wrong; if several may be wrong together, all that are concerned."""
    readings = component.explanations
    count = max(component.readings, len(readings))
    if all(len(reading.changes) == 1 for reading in readings):
        changes = [reading.changes[0] for reading in readings] + list(component.others)
        return _one_of(voice, changes, checked, whole=count == len(changes))
    changes = [change for reading in readings for change in reading.changes] + list(component.others)
    places = {where(voice, change, checked=checked): old_of(voice, change) for change in changes}
    told = [voice.say(phrases.NOW, where=place, old=old) for place, old in list(places.items())[:_MAX_CELLS]]
    text = voice.join(told, phrases.CLAUSES)
    if len(places) > _MAX_CELLS:
        text = voice.say(phrases.AND_OTHERS, cells=text)
    return voice.say(phrases.ONE_OF_WAYS, count=count, cells=text)


def _one_of(voice: Voice, changes: Iterable[Change], checked: Checked, *, whole: bool) -> str:
    """Return the cells of which one is wrong, each with what it may have to be; ``whole`` if these are all."""
    cells: dict[str, list[Change]] = {}
    for change in changes:
        cells.setdefault(where(voice, change, checked=checked), []).append(change)
    named = [(place, old_of(voice, own[0]), _values(voice, own)) for place, own in cells.items()]
    if len(named) == 1 and whole:
        place, old, new = named[0]
        return voice.say(phrases.ONE_OF_VALUES, where=place, old=old, new=new)
    told = [voice.say(phrases.MAYBE, where=place, old=old, new=new) for place, old, new in named[:_MAX_CELLS]]
    text = voice.join(told, phrases.CLAUSES)
    if len(named) > _MAX_CELLS or not whole:
        text = voice.say(phrases.AND_OTHERS, cells=text)
    return voice.say(phrases.ONE_OF_CELLS if whole else phrases.ONE_OF_SEVERAL, count=len(named), cells=text)


def _values(voice: Voice, changes: Iterable[Change]) -> str:
    return voice.join(dict.fromkeys(voice.figure(change.new) for change in changes), phrases.EITHER)
