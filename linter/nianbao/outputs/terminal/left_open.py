"""What could not be judged, what was not read, and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nianbao.messages import NotRead
from nianbao.model.outcome import UNDECIDED
from nianbao.outputs.terminal import captions
from nianbao.outputs.terminal.limiting import Block
from nianbao.outputs.terminal.numbers import numbers_of
from nianbao.outputs.terminal.wrapping import hang
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.components import reasons_told
from nianbao.outputs.wording.labels import cell_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.text import Text as Line

    from nianbao.messages import Text
    from nianbao.model.finding import Finding
    from nianbao.model.report import Report
    from nianbao.outputs.terminal.frame import Frame
    from nianbao.outputs.wording.corrections import Todo

_INDENT, _DEEPER = "  ", "    "
_MAX_REASONS = 3  # why rules could not be judged, for the same rules


def left_open(entries: Sequence[Todo], frame: Frame) -> Iterator[Block]:
    """Give each reason once, with the number of rules that could not be judged because of it; then cells not read."""
    checked, width, voice = frame.checked, frame.width, frame.voice
    told = reasons_told(checked.findings)
    undecided = [finding for finding in checked.findings if finding.outcome == UNDECIDED and finding.reason is not None]
    yield from _because_of(entries, [finding for finding in undecided if finding.reason in told], frame)
    reasons: dict[Text, list[Finding]] = {}
    for finding in undecided:
        if finding.reason is not None and finding.reason not in told:
            reasons.setdefault(finding.reason, []).append(finding)
    times: Counter[tuple[str, ...]] = Counter()
    for reason, findings in _merged(reasons).items():
        codes = _codes(findings)
        times[codes] += 1
        if times[codes] > _MAX_REASONS and not frame.full:
            continue
        named = _bracketed(codes, frame) if frame.full else ""
        text = voice.say(phrases.NOT_JUDGED, count=len(findings), reason=voice.clean(reason), codes=named)
        lines = hang(text, _INDENT, width=width, style="dim")
        if frame.full and checked.report is not None:
            lines += _cells_of(findings, checked.report, frame)
        yield Block(lines)
    for count in times.values() if not frame.full else ():
        if count > _MAX_REASONS:
            text = voice.say(phrases.MORE_REASONS, count=count - _MAX_REASONS)
            yield Block(hang(text, _INDENT, width=width, style="dim"))
    if checked.report is not None and checked.report.unread:
        yield from _unread(checked.report, frame, known=told | reasons.keys())


def _because_of(entries: Sequence[Todo], findings: Sequence[Finding], frame: Frame) -> Iterator[Block]:
    """State how much could not be judged because of what the list tells."""
    if not findings:
        return
    numbers = {entry.number for entry in entries if entry.number and any(one.leaves for one in entry.findings)}
    phrase = captions.FOR_THAT if numbers else captions.FOR_HINTS
    named = _bracketed(_codes(findings), frame) if frame.full else ""
    text = frame.voice.say(phrase, count=len(findings), numbers=numbers_of(frame.voice, numbers), codes=named)
    yield Block(hang(text, _INDENT, width=frame.width, style="dim"))


def _codes(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(sorted({finding.rule for finding in findings}))


def _bracketed(codes: Iterable[str], frame: Frame) -> str:
    return frame.voice.say(captions.CODE, codes=frame.voice.join(codes))


def _merged(reasons: Mapping[Text, list[Finding]]) -> dict[Text, list[Finding]]:
    """Return findings by their reasons, with one reason for all that the report does not say."""
    unsaid = [reason for reason in reasons if isinstance(reason, NotRead)]
    if not unsaid:
        return dict(reasons)
    merged = NotRead.of_each(*dict.fromkeys(reason.what for reason in unsaid))
    others = {reason: findings for reason, findings in reasons.items() if reason not in unsaid}
    return {merged: [finding for reason in unsaid for finding in reasons[reason]], **others}


def _cells_of(findings: Sequence[Finding], report: Report, frame: Frame) -> list[Line]:
    """Name the cells because of which rules were not judged: those without a figure, else all that take part."""
    cells = {ref.key: ref for finding in findings for ref in finding.cells if ref.source is None}
    keys = [key for key, ref in cells.items() if ref.value is None] or list(cells)
    if not keys:
        return []
    named = cell_labels(frame.voice, report.form, keys=keys, most=len(keys))
    return hang(frame.voice.say(phrases.CELLS, cells=named), _DEEPER, width=frame.width, style="dim")


def _unread(report: Report, frame: Frame, *, known: frozenset[Text]) -> Iterator[Block]:
    """Give the reasons why cells were not read, unless a rule that needs them has the same reason."""
    voice = frame.voice
    reasons: dict[Text, list[str]] = {}
    for key, reason in report.unread.items():
        if reason not in known:
            reasons.setdefault(reason, []).append(key)
    for reason, keys in reasons.items():
        cells = cell_labels(voice, report.form, keys=keys[:1] if len(keys) > 1 else keys)
        if len(keys) > 1:
            cells = f"{cells} {voice.say(phrases.AND_MORE, count=len(keys))}"
        text = voice.say(phrases.NOT_READ, cells=cells, reason=voice.clean(reason))
        yield Block(hang(text, _INDENT, width=frame.width, style="dim"))
