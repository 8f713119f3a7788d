"""One finding for the terminal: what is wrong, the cells that show it, the authority, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text as Line

from nianbao.messages import clean
from nianbao.outputs.terminal.excerpts import draw
from nianbao.outputs.terminal.styles import SEVERITY
from nianbao.outputs.terminal.wrapping import hang, hang_line
from nianbao.outputs.wording.arithmetic import formula
from nianbao.outputs.wording.labels import cell_labels, place
from nianbao.outputs.wording.phrases import join, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.finding import Finding
    from nianbao.model.rule import Basis
    from nianbao.outputs.terminal.frame import Frame

_INDENT = "  "
_DEEPER = "    "
_MOST_NAMED = 6


def trouble(finding: Finding, frame: Frame) -> list[Line]:
    """Return the lines for a failing finding; one that only informs takes two."""
    lang, width = frame.lang, frame.width
    title = clean(frame.checked.rules[finding.rule].title.get(lang))
    where = place(frame.checked.path, finding.location, lang=lang)
    lines = headline(finding.severity, (finding.rule, finding.name, title), where=where, width=width, lang=lang)
    lines += hang(clean(finding.texts.get(lang)), _INDENT, width=width)
    if finding.severity == "info" and not frame.full:
        return lines
    return [*lines, *_cells(finding, frame), *authority((finding,), width=width, lang=lang)]


def headline(severity: str, told: tuple[str, str, str], *, where: str, width: int, lang: str) -> list[Line]:
    """Return a line with severity and place; the place at the right edge, or on a line of its own.

    Args:
        severity: How bad it is.
        told: Code, name of the rule or "", and title.
        where: The place.
        width: Cells that may be used.
        lang: ``zh`` or ``en``.
    """
    code, name, title = told
    head = Line.assemble((say(severity, lang), SEVERITY[severity]), " ", (code, "bold"))
    if name:
        head.append(" ").append(name, "dim")
    head.append("  ").append(title)
    gap = width - head.cell_len - cell_len(where)
    if gap >= len(_INDENT):
        return [head.append(" " * gap).append(where, "cyan")]
    return [*hang_line(head, "", width=width), *hang(where, _INDENT, width=width, style="cyan")]


def authority(findings: Sequence[Finding], *, width: int, lang: str) -> list[Line]:
    """Return the texts that findings rest on and what to do about them, each once, with the codes it is of."""
    bases = [(finding.rule, _basis(basis, lang)) for finding in findings for basis in finding.basis]
    helps = [(finding.rule, clean(finding.help_texts.get(lang))) for finding in findings]
    return [
        line
        for phrase, told, style in (("basis", bases, "dim"), ("help", helps, ""))
        for text, codes in _by_text(told).items()
        for line in hang(_of(phrase, codes, findings, text=text, lang=lang), _INDENT, width=width, style=style)
    ]


def _by_text(told: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the codes that each text is said of, empty texts left out."""
    found: dict[str, list[str]] = {}
    for code, text in dict.fromkeys(told):
        if text:
            found.setdefault(text, []).append(code)
    return found


def _of(phrase: str, codes: Sequence[str], findings: Sequence[Finding], *, text: str, lang: str) -> str:
    """Return a text with the codes it is of, where it is not of all."""
    if len({finding.rule for finding in findings}) == len(codes):
        return say(phrase, lang, text=text)
    return say(f"{phrase}-of", lang, codes=join(list(codes), lang), text=text)


def _cells(finding: Finding, frame: Frame) -> list[Line]:
    form = frame.form_of(None)
    if form is None or not finding.cells:
        return []
    arithmetic = formula(finding, frame.lang)
    if not arithmetic:
        if not frame.full and not 1 < len(finding.cells) <= _MOST_NAMED:
            return []  # one cell is in the message; many would hide it
        most = len(finding.cells) if frame.full else _MOST_NAMED
        named = cell_labels(form, [one.cell.key for one in finding.cells], lang=frame.lang, most=most)
        return hang(say("cells", frame.lang, cells=named), _INDENT, width=frame.width)
    return [*draw(finding, frame), *hang(arithmetic, _DEEPER, width=frame.width, style="bold")]


def _basis(basis: Basis, lang: str) -> str:
    quote = say("quote", lang, text=clean(basis.quote)) if basis.quote else ""
    return " ".join(part for part in (clean(basis.document), clean(basis.part), quote) if part)
