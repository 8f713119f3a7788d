"""A block for findings with a common cause: the wrong figure, the cells that show it, and what holds afterwards."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.text import Text as Line

from nianbao.model.rule import HIGH, SEVERITIES
from nianbao.outputs.terminal.equations import Corrected, spelled, strip_of
from nianbao.outputs.terminal.excerpts import draw_changes
from nianbao.outputs.terminal.trouble import authority, headline
from nianbao.outputs.terminal.wrapping import hang, hang_line
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.arithmetic import formula
from nianbao.outputs.wording.sentences import holding, lead, sentence, short, step, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.messages import Text
    from nianbao.model.explanation import Change, Component, Explanation
    from nianbao.model.finding import Finding
    from nianbao.outputs.terminal.frame import Frame
    from nianbao.outputs.wording.components import Explained
    from nianbao.voice import Voice

_INDENT, _DEEPER = "  ", "    "
_MAX_EQUATIONS = 6  # of seven, all are shown: a line on the seventh would be as long
_MAX_OTHERS = 6


def explained(part: Explained, frame: Frame) -> list[Line]:
    """Return the lines for findings with a common cause."""
    component, findings = part
    is_open = len(component.explanations) > 1 and component.explanations[0].confidence != HIGH
    readings = component.explanations if is_open else component.explanations[:1]
    lines = _headline(component, findings, frame)
    lines += _open(component, frame) if is_open else _decided(readings[0], frame)
    lines += draw_changes(findings, frame, readings=readings)
    lines += _arithmetic(findings, readings, frame)
    if not is_open:
        lines += hang(_then(readings[0], component, frame), _INDENT, width=frame.width)
        lines += _rest(component, frame)
    lines += _others(component, frame)
    if component.note is not None:
        phrase = phrases.OPEN_WHY if is_open else phrases.NOTE
        note = frame.voice.say(phrase, note=frame.voice.clean(component.note))
        lines += hang(note, _INDENT, width=frame.width)
    return lines + authority(frame.voice, findings, width=frame.width)


def _then(reading: Explanation, component: Component, frame: Frame) -> str:
    """State what holds after the changes of an explanation, and whether another one is as simple."""
    alone = component.readings == 1 and component.note is None
    return holding(frame.voice, reading, checked=frame.checked, alone=alone)


def _headline(component: Component, findings: Sequence[Finding], frame: Frame) -> list[Line]:
    """Return severity, codes, the numbers of faults and causes, and the place of the first figure concerned."""
    severity = max((finding.severity for finding in findings), key=SEVERITIES.index)
    first = component.explanations[0].changes[0]
    where = _place(first, frame, path=frame.checked.path)
    if len(findings) == 1:
        title, name = frame.voice.clean(frame.checked.rules[findings[0].rule].title), findings[0].name
    else:
        title, name = _causes(frame.voice, component, len(findings)), ""
    return headline(frame.voice, severity, words=(codes(findings), name, title), where=where, width=frame.width)


def codes(findings: Sequence[Finding]) -> str:
    """Return the codes of findings, each once, with a number if there are several: ``A002 A003×6``."""
    counts = Counter(finding.rule for finding in findings)
    return " ".join(code if count == 1 else f"{code}×{count}" for code, count in counts.items())


def _causes(voice: Voice, component: Component, count: int) -> str:
    if len(component.explanations) > 1 and component.explanations[0].confidence != HIGH:
        return voice.say(phrases.CAUSE_OPEN, count=count, readings=max(component.readings, len(component.explanations)))
    slips = component.explanations[0].slips
    return voice.say(phrases.CAUSE_ONE if slips == 1 else phrases.CAUSE_MANY, count=count, slips=slips)


def _decided(reading: Explanation, frame: Frame) -> list[Line]:
    """Return the sentence of an explanation, or a sentence for each of its slips, each with its place."""
    steps = steps_of(reading)
    if len(steps) == 1:
        text = sentence(frame.voice, reading, checked=frame.checked)
        return hang(frame.voice.say(phrases.SENTENCE, text=text), _INDENT, width=frame.width, style="bold")
    lines = hang(lead(frame.voice, reading), _INDENT, width=frame.width, style="bold")
    for number, changes in enumerate(steps, 1):
        text = frame.voice.say(phrases.SENTENCE, text=step(frame.voice, changes, checked=frame.checked))
        at = _place(changes[0], frame)
        lines += hang_line(Line(f"{number}. {text}  ").append(at, "cyan"), _DEEPER, width=frame.width)
    return lines


def _place(change: Change, frame: Frame, *, path: str = "") -> str:
    return frame.voice.place(change.source or path, change.location).strip()


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


def _arithmetic(findings: Sequence[Finding], readings: Sequence[Explanation], frame: Frame) -> list[Line]:
    """Return each equation that does not hold, with the names of changed cells; of many equations, the first few."""
    wrong = Corrected.of(tuple(change for reading in readings for change in reading.changes))
    shown = findings if frame.full or len(findings) == _MAX_EQUATIONS + 1 else findings[:_MAX_EQUATIONS]
    lines = [line for finding in shown for line in _equation(finding, wrong, frame)]
    if len(shown) < len(findings):
        lines += hang(
            frame.voice.say(phrases.EQUATIONS_MORE, count=len(findings) - len(shown)), _DEEPER, width=frame.width
        )
    if frame.full:
        for reading in readings:
            phrase = phrases.EQUATION_BY if len(readings) > 1 else phrases.EQUATION_AFTER
            lines += [line for finding in findings for line in _after(finding, reading, frame, phrase=phrase)]
    return lines


def _equation(finding: Finding, wrong: Corrected, frame: Frame) -> list[Line]:
    form = frame.form_of(None)
    strip = None if form is None else strip_of(frame.voice, finding, form=form)
    if strip is not None:
        text = spelled(frame.voice, finding, strip=strip, wrong=wrong, full=frame.full)
        line = frame.voice.say(phrases.EQUATION_LINE, code=finding.rule, line=strip.line, formula=text)
        return hang(line, _DEEPER, width=frame.width, style="bold", lead=len(finding.rule))
    text = f"{finding.rule} {frame.voice.clean(finding.texts)}"
    lines = hang(text, _DEEPER, width=frame.width, style="bold", lead=len(finding.rule))
    text = formula(frame.voice, finding) if frame.full else ""
    return lines + (hang(text, _DEEPER + _INDENT, width=frame.width) if text else [])


def _after(finding: Finding, reading: Explanation, frame: Frame, *, phrase: Text) -> list[Line]:
    """Return an equation after the changes of an explanation."""
    form = frame.form_of(None)
    strip = None if form is None else strip_of(frame.voice, finding, form=form)
    if strip is None:
        return []
    wrong = Corrected.of(reading.changes)
    text = spelled(frame.voice, finding, strip=strip, wrong=wrong, right=True, full=True)
    line = frame.voice.say(phrase, code=finding.rule, line=strip.line, formula=text, number=reading.rank)
    return hang(line, _DEEPER, width=frame.width, style="green")
