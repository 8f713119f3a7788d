"""Why something is to be changed: the cells that show it, the sums, what then holds, and what else is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text as Line

from nianbao.outputs.terminal import captions
from nianbao.outputs.terminal.equations import Corrected, spelled
from nianbao.outputs.terminal.excerpts import draw_changes
from nianbao.outputs.terminal.limiting import Block
from nianbao.outputs.terminal.listing import has_equation
from nianbao.outputs.terminal.numbers import numbers_of
from nianbao.outputs.terminal.wrapping import hang
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.arithmetic import formula
from nianbao.outputs.wording.corrections import is_open
from nianbao.outputs.wording.sentences import holding, sentence, short
from nianbao.outputs.wording.sums import plain_sum, strip_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.messages import Text
    from nianbao.model.explanation import Component, Explanation
    from nianbao.model.finding import Finding
    from nianbao.outputs.terminal.frame import Frame
    from nianbao.outputs.wording.corrections import Todo

_INDENT, _DEEPER = "  ", "    "
_MAX_EQUATIONS = 6  # of seven, all are shown: a line on the seventh would be as long
_MAX_OTHERS = 6


class Cause(NamedTuple):
    """Findings that share figures, the entries of the list that answer them, and their component if they have one."""

    entries: tuple[Todo, ...]
    findings: tuple[Finding, ...]
    component: Component | None


def whys(entries: Sequence[Todo], frame: Frame) -> Iterator[Block]:
    """Give a block for each cause that figures show."""
    causes = causes_of(entries)
    counted = sum(bool(entry.number) for entry in entries)
    for cause in causes:
        numbers = [entry.number for entry in cause.entries if entry.number]
        title = frame.voice.say(captions.WHY)
        if counted > len(numbers) and numbers:
            title = frame.voice.say(captions.WHY_OF, numbers=numbers_of(frame.voice, numbers))
        table, sums, rest = _why(cause, frame)
        yield Block([*table, *sums, *rest], brief=(*sums, *rest), above=(Line(), Line(title, "bold")))


def causes_of(entries: Sequence[Todo]) -> list[Cause]:
    """Return the causes of entries with figures to show, in the order of the list."""
    causes: dict[object, Cause] = {}
    for number, entry in enumerate(entries):
        if entry.component is None and not any(map(has_equation, entry.findings)):
            continue
        key = ("alone", number) if entry.component is None else ("component", entry.component.number)
        cause = causes.get(key, Cause((), (), entry.component))
        new = tuple(finding for finding in entry.findings if finding not in cause.findings)
        causes[key] = Cause((*cause.entries, entry), (*cause.findings, *new), entry.component)
    return list(causes.values())


def _why(cause: Cause, frame: Frame) -> tuple[list[Line], list[Line], list[Line]]:
    """Return the table of a cause, its sums, and what the explanations say."""
    component, findings = cause.component, cause.findings
    readings = () if component is None else component.explanations
    open_ = component is not None and is_open(component)
    shown = readings if open_ else readings[:1]
    table = draw_changes(findings, frame, readings=shown)
    sums = _sums(findings, shown, frame)
    lines: list[Line] = []
    if component is None:
        return table, sums, lines
    if open_:
        lines += _open(component, frame)
    elif readings:
        lines += hang(_then(readings[0], component, frame), _INDENT, width=frame.width)
        lines += _rest(component, frame)
    lines += _others(component, frame)
    if component.note is not None:
        phrase = phrases.OPEN_WHY if open_ else phrases.NOTE
        note = frame.voice.say(phrase, note=frame.voice.clean(component.note))
        lines += hang(note, _INDENT, width=frame.width)
    return table, sums, lines


def _then(reading: Explanation, component: Component, frame: Frame) -> str:
    """State what holds after the changes of an explanation, and whether another one is as simple."""
    alone = component.readings == 1 and component.note is None
    return holding(frame.voice, reading, checked=frame.checked, alone=alone)


def _open(component: Component, frame: Frame) -> list[Line]:
    """Return the explanations between which the figures do not decide, each with what would hold."""
    count = max(component.readings, len(component.explanations))
    lines = hang(frame.voice.say(phrases.READINGS, count=count), _INDENT, width=frame.width, style="bold")
    for reading in component.explanations:
        lines += _numbered(reading, component, frame)
    return lines


def _rest(component: Component, frame: Frame) -> Iterator[Line]:
    """Give the explanations that are less likely than the first."""
    if len(component.explanations) > 1:
        yield from hang(frame.voice.say(phrases.READINGS_REST), _INDENT, width=frame.width)
        for reading in component.explanations[1:]:
            yield from _numbered(reading, component, frame)


def _numbered(reading: Explanation, component: Component, frame: Frame) -> list[Line]:
    text = frame.voice.say(phrases.SENTENCE, text=sentence(frame.voice, reading, checked=frame.checked))
    then = _then(reading, component, frame)
    return hang(frame.voice.say(phrases.READING, number=reading.rank, text=text, then=then), _DEEPER, width=frame.width)


def _others(component: Component, frame: Frame) -> list[Line]:
    """Return the changes of further explanations in one line."""
    rest = component.readings - len(component.explanations)
    if rest <= 0:
        return []
    if not component.others:
        return hang(frame.voice.say(phrases.READINGS_LEFT, count=rest), _INDENT, width=frame.width)
    shown = component.others if frame.full else component.others[:_MAX_OTHERS]
    changes = frame.voice.join([short(frame.voice, change, checked=frame.checked) for change in shown])
    text = frame.voice.say(phrases.READINGS_MORE, count=rest, changes=changes)
    return hang(text + ("…" if len(shown) < rest else ""), _INDENT, width=frame.width)


def _sums(findings: Sequence[Finding], readings: Sequence[Explanation], frame: Frame) -> list[Line]:
    """Return each sum that does not agree; of many, the first few."""
    shown = findings if frame.full or len(findings) == _MAX_EQUATIONS + 1 else findings[:_MAX_EQUATIONS]
    lines = [line for finding in shown for line in _sum(finding, frame)]
    if len(shown) < len(findings):
        more = frame.voice.say(phrases.EQUATIONS_MORE, count=len(findings) - len(shown))
        lines += hang(more, _DEEPER, width=frame.width)
    if frame.full:
        for reading in readings:
            phrase = phrases.EQUATION_BY if len(readings) > 1 else phrases.EQUATION_AFTER
            lines += [line for finding in findings for line in _after(finding, reading, frame, phrase=phrase)]
    return lines


def _sum(finding: Finding, frame: Frame) -> list[Line]:
    form = frame.form_of(None)
    if form is None:
        return []
    lines = hang(plain_sum(frame.voice, finding, form=form), _DEEPER, width=frame.width)
    if not frame.full:
        return lines
    strip = strip_of(frame.voice, finding, form=form)
    text = formula(frame.voice, finding)
    if strip is not None:
        text = spelled(frame.voice, finding, strip=strip)
    return lines + (hang(text, _DEEPER + _INDENT, width=frame.width, style="dim") if text else [])


def _after(finding: Finding, reading: Explanation, frame: Frame, *, phrase: Text) -> list[Line]:
    """Return an equation after the changes of an explanation."""
    form = frame.form_of(None)
    strip = None if form is None else strip_of(frame.voice, finding, form=form)
    if strip is None:
        return []
    text = spelled(frame.voice, finding, strip=strip, figures=Corrected.of(reading.changes))
    line = frame.voice.say(phrase, line=strip.line, formula=text, number=reading.rank)
    return hang(line, _DEEPER, width=frame.width, style="green")
