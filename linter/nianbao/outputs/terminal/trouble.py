"""One finding for the terminal: the fault, the cells that show it, the authority, and the advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text as Line

from nianbao.messages import clean
from nianbao.model.location import NOWHERE
from nianbao.outputs.terminal.excerpts import draw
from nianbao.outputs.terminal.styles import SEVERITY
from nianbao.outputs.terminal.wrapping import hang, hang_line
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.arithmetic import formula
from nianbao.outputs.wording.components import undecided_by
from nianbao.outputs.wording.labels import cell_labels, cell_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.messages import Text
    from nianbao.model.finding import Finding
    from nianbao.model.rule import Severity
    from nianbao.outputs.terminal.frame import Frame
    from nianbao.voice import Voice

_INDENT = "  "
_DEEPER = "    "
_MAX_CELLS = 6
_BASIS = (phrases.BASIS, phrases.BASIS_OF)  # for all findings, and for some of them
_HELP = (phrases.HELP, phrases.HELP_OF)


def trouble(findings: Sequence[Finding], frame: Frame) -> list[Line]:
    """Return the lines for a failure, or for several of one rule, with their authority and advice."""
    voice, width, finding = frame.voice, frame.width, findings[0]
    title = voice.clean(frame.checked.rules[finding.rule].title)
    is_one = len(findings) == 1
    many = voice.say(phrases.TIMES, count=len(findings))
    where = frame.place(finding.location) if is_one else many
    lines = headline(voice, finding.severity, words=(finding.rule, finding.name, title), where=where, width=width)
    for each in findings:
        known = not is_one and each.location != NOWHERE
        place = f"  {frame.place(each.location)}" if known else ""
        lines += hang(f"{voice.clean(each.texts)}{place}", _INDENT, width=width)
        lines += _cells(each, frame)
    lines += authority(voice, findings, width=width)
    if codes := undecided_by(findings, frame.checked):
        lines += hang(voice.say(phrases.NOT_JUDGED_FOR_IT, codes=voice.join(codes)), _INDENT, width=width)
    return lines


def hints(findings: Sequence[Finding], frame: Frame) -> list[Line]:
    """Return the lines for mere information: its sentences, and the cells of a condition, which none of these names."""
    voice, lines = frame.voice, list[Line]()
    for finding in findings:
        place = frame.place(finding.location) if finding.location != NOWHERE else ""
        severity = (voice.say(phrases.SEVERITY_NAMES[finding.severity]), SEVERITY[finding.severity])
        head = Line.assemble(severity, " ", (finding.rule, "bold"), f" {voice.clean(finding.texts)}")
        if head.cell_len + len(_INDENT) + cell_len(place) <= frame.width:
            lines.append(head.append(f"  {place}" if place else "", "cyan"))
        else:
            lines += [*hang_line(head, "", width=frame.width), *hang(place, _INDENT, width=frame.width, style="cyan")]
        lines += _cells(finding, frame) if finding.kind == "condition" else []
    return lines


def headline(voice: Voice, severity: Severity, *, words: tuple[str, str, str], where: str, width: int) -> list[Line]:
    """Return a line with severity and place; the place is at the right edge, or on a separate line.

    Args:
        voice: The language.
        severity: The severity.
        words: Code, name of the rule or "", and title.
        where: The place, or "".
        width: The available width in cells.
    """
    code, name, title = words
    head = Line.assemble((voice.say(phrases.SEVERITY_NAMES[severity]), SEVERITY[severity]), " ", (code, "bold"))
    if name:
        head.append(" ").append(name, "dim")
    head.append("  ").append(title)
    gap = width - head.cell_len - cell_len(where)
    if where and gap >= len(_INDENT):
        return [head.append(" " * gap).append(where, "cyan")]
    lines = hang_line(head, "", width=width)
    return [*lines, *hang(where, _INDENT, width=width, style="cyan")] if where else lines


def authority(voice: Voice, findings: Sequence[Finding], *, width: int) -> list[Line]:
    """Return the authority and the advice of findings, each text once, with the codes that it belongs to."""
    bases = [(finding.rule, text) for finding in findings for text in _bases(voice, finding)]
    helps = [(finding.rule, voice.clean(finding.help_texts)) for finding in findings]
    return [
        line
        for wordings, pairs, style in ((_BASIS, bases, "dim"), (_HELP, helps, ""))
        for text, codes in _by_text(pairs).items()
        for line in hang(_of(voice, wordings, codes, findings, text=text), _INDENT, width=width, style=style)
    ]


def _by_text(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the codes for each text, without empty texts."""
    by_text: dict[str, list[str]] = {}
    for code, text in dict.fromkeys(pairs):
        if text:
            by_text.setdefault(text, []).append(code)
    return by_text


def _of(
    voice: Voice, wordings: tuple[Text, Text], codes: Sequence[str], findings: Sequence[Finding], *, text: str
) -> str:
    """Return a text, with the codes that it belongs to unless it belongs to all."""
    if len({finding.rule for finding in findings}) == len(codes):
        return voice.say(wordings[0], text=text)
    return voice.say(wordings[1], codes=voice.join(codes), text=text)


def _cells(finding: Finding, frame: Frame) -> list[Line]:
    form = frame.form_of(None)
    if form is None or not finding.cells:
        return []
    arithmetic = formula(frame.voice, finding)
    if not arithmetic and finding.kind == "condition":
        most = len(finding.cells) if frame.full else _MAX_CELLS
        named = cell_values(frame.voice, form, cells=finding.cells, most=most)
        return hang(frame.voice.say(phrases.CELLS, cells=named), _INDENT, width=frame.width)
    if not arithmetic:
        if not frame.full and not 1 < len(finding.cells) <= _MAX_CELLS:
            return []  # a single cell is in the message; many would hide it
        most = len(finding.cells) if frame.full else _MAX_CELLS
        named = cell_labels(frame.voice, form, keys=[ref.key for ref in finding.cells], most=most)
        return hang(frame.voice.say(phrases.CELLS, cells=named), _INDENT, width=frame.width)
    return [*draw(finding, frame), *hang(arithmetic, _DEEPER, width=frame.width, style="bold")]


def _bases(voice: Voice, finding: Finding) -> list[str]:
    """Return the authority of a finding: each document with the parts that are cited of it."""
    parts: dict[str, list[str]] = {}
    for basis in finding.basis:
        quote = voice.say(phrases.QUOTE, text=clean(basis.quote)) if basis.quote else ""
        parts.setdefault(clean(basis.document), []).append(" ".join(filter(None, (clean(basis.part), quote))))
    return [
        " ".join(filter(None, (document, voice.join(cited, phrases.AND_PART)))) for document, cited in parts.items()
    ]
