"""A report on a terminal: its head, what to change, why, by what rule, and what was left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Line

from nianbao.messages import clean
from nianbao.model.outcome import PASS
from nianbao.model.problem import RULE_CRASHED
from nianbao.outputs.terminal import captions
from nianbao.outputs.terminal.left_open import left_open
from nianbao.outputs.terminal.limiting import Block, limited
from nianbao.outputs.terminal.wrapping import hang, hang_line
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.corrections import corrections_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.problem import Problem
    from nianbao.model.report import Report
    from nianbao.model.result import Checked
    from nianbao.outputs.terminal.frame import Frame
    from nianbao.outputs.wording.corrections import Todo
    from nianbao.voice import Voice

_INDENT = "  "


def report_lines(frame: Frame, *, most: int | None) -> list[Line]:
    """Return the lines of a report, at most so many; those of an input that was not read are its problems."""
    blocks = list(_blocks(frame))
    if not blocks:
        return []
    lines = limited(blocks, frame, most=None if most is None else most - 1)
    has_report = frame.checked.report is not None or frame.checked.findings
    return [*lines, Line()] if has_report else lines


def _blocks(frame: Frame) -> Iterator[Block]:
    checked = frame.checked
    entries = corrections_of(checked)
    if checked.report is not None:
        yield Block(list(_head(checked.report, entries, frame)))
    elif checked.findings:
        yield Block(hang(frame.voice.say(phrases.ACROSS_REPORTS), "", width=frame.width, style="bold"))
    for problem in checked.problems:
        yield Block(problem_lines(frame.voice, problem, width=frame.width))
    if entries or checked.following:
        from nianbao.outputs.terminal.listing import listed  # noqa: PLC0415 - a clean report needs nothing of it

        yield from listed(entries, frame)
    if entries:
        from nianbao.outputs.terminal.advice import advice  # noqa: PLC0415 - the same
        from nianbao.outputs.terminal.why import whys  # noqa: PLC0415 - the same

        yield from whys(entries, frame)
        yield from advice(entries, frame)
    above = (Line(),) if entries or checked.following else ()
    yield from (block._replace(above=above) for block in left_open(entries, frame))
    if frame.full:
        yield from _evidence(frame)


def _head(report: Report, entries: Sequence[Todo], frame: Frame) -> Iterator[Line]:
    """Give the name of a report, whether nothing is to be changed, and the number of sums that agree."""
    checked, voice = frame.checked, frame.voice
    name = Line(clean(checked.path), "bold")
    if not checked.following and not any(entry.number for entry in entries):
        verdict = captions.CLEAN_PART if report.unread or checked.problems else captions.CLEAN
        name.append("  ").append(voice.say(verdict), "green")
    yield from hang_line(name, "", width=frame.width)
    yield from hang(
        " · ".join(_facts(voice, checked, report, full=frame.full)), _INDENT, width=frame.width, style="dim"
    )
    for note in report.notes:
        yield from hang(voice.say(phrases.NOTE, note=voice.clean(note)), _INDENT, width=frame.width, style="dim")


def _facts(voice: Voice, checked: Checked, report: Report, *, full: bool) -> Iterator[str]:
    yield clean(report.issuer.name) if report.issuer else voice.say(phrases.UNKNOWN_ISSUER)
    yield voice.say(phrases.YEAR, year=report.year) if report.year else voice.say(phrases.UNKNOWN_YEAR)
    if full:
        yield voice.say(phrases.FORM, form=report.form.id)
    elif not report.year:
        yield voice.say(phrases.FORM_OF_NO_YEAR, form=report.form.title)
    if report.unread or full:
        expected = len(report.cells) + len(report.unread)
        yield voice.say(phrases.CELLS_READ, read=len(report.cells), expected=expected)
    held, of = checked.equations
    if of:
        phrase = phrases.EQUATIONS_ALL_HOLD if held == of else phrases.EQUATIONS_HOLD
        yield voice.say(phrase, held=held, of=of)
    if checked.prior is not None:
        yield voice.say(phrases.PRIOR, path=clean(checked.prior.name))


def _evidence(frame: Frame) -> Iterator[Block]:
    above = (Line(),)
    for finding in frame.checked.findings:
        if finding.outcome == PASS:
            code = frame.voice.say(captions.CODE, codes=finding.rule)
            text = f"✓ {frame.voice.clean(finding.texts)}{code}  {frame.spot(finding.location)}".rstrip()
            yield Block(hang(text, _INDENT, width=frame.width, lead=1, style="green"), above=above)


def problem_lines(voice: Voice, problem: Problem, *, width: int) -> list[Line]:
    """Return the lines of an input that could not be read, or of a rule that failed in itself."""
    phrase = phrases.BROKEN_RULE if problem.code == RULE_CRASHED else phrases.UNREADABLE
    text = voice.say(phrase, path=clean(problem.path), reason=voice.clean(problem.text))
    return hang(text, "", width=width, style="bold red", lead=len(text.partition(" ")[0]))
