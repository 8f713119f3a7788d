"""What to do and by what rule: advice and authority, once for each rule, with the entries that it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Line

from nianbao.messages import clean
from nianbao.outputs.terminal import captions
from nianbao.outputs.terminal.limiting import Block
from nianbao.outputs.terminal.numbers import numbers_of
from nianbao.outputs.terminal.wrapping import hang_line
from nianbao.outputs.wording import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.finding import Finding
    from nianbao.outputs.terminal.frame import Frame
    from nianbao.outputs.wording.corrections import Todo
    from nianbao.voice import Voice

_INDENT = "  "


def advice(entries: Sequence[Todo], frame: Frame) -> Iterator[Block]:
    """Give a block for each text of the rules that are broken; for hints only in full."""
    voice = frame.voice
    counted = {entry.number for entry in entries if entry.number}
    above = (Line(), Line(voice.say(captions.ADVICE), "bold"))
    by_text: dict[str, tuple[list[str], set[int]]] = {}
    for code, own in _by_rule(entries if frame.full else [entry for entry in entries if entry.number]).items():
        text = _text(voice, [finding for entry in own for finding in entry.findings if finding.rule == code])
        codes, numbers = by_text.setdefault(text, ([], set()))
        codes.append(code)
        numbers.update(entry.number for entry in own if entry.number)
    for text, (codes, numbers) in by_text.items():
        line = Line(text)
        if numbers and numbers != counted:
            line = Line(voice.say(captions.ADVICE_OF, numbers=numbers_of(voice, numbers), text=text))
        line.append(voice.say(captions.CODE, codes=voice.join(codes)), "dim")
        yield Block(hang_line(line, _INDENT, width=frame.width), above=above)


def _by_rule(entries: Sequence[Todo]) -> dict[str, list[Todo]]:
    by_rule: dict[str, list[Todo]] = {}
    for entry in entries:
        for code in dict.fromkeys(finding.rule for finding in entry.findings):
            by_rule.setdefault(code, []).append(entry)
    return by_rule


def _text(voice: Voice, findings: Sequence[Finding]) -> str:
    """Return the advice of findings of a rule and their authority, each text once."""
    helps = "".join(dict.fromkeys(voice.clean(finding.help_texts) for finding in findings))
    basis = voice.join(_bases(voice, findings), captions.DOCUMENTS_BETWEEN)
    if helps and basis:
        return voice.say(captions.ADVICE_BASIS, help=helps.removesuffix("。"), basis=basis)
    return helps or (voice.say(captions.BASIS_ALONE, basis=basis) if basis else "")


def _bases(voice: Voice, findings: Sequence[Finding]) -> list[str]:
    """Return the authority of findings: each document with the parts that are cited of it."""
    parts: dict[str, dict[str, None]] = {}
    for basis in (basis for finding in findings for basis in finding.basis):
        quote = voice.say(phrases.QUOTE, text=clean(basis.quote)) if basis.quote else ""
        parts.setdefault(clean(basis.document), {})[" ".join(filter(None, (clean(basis.part), quote)))] = None
    return [
        " ".join(filter(None, (document, voice.join(cited, phrases.AND_PART)))) for document, cited in parts.items()
    ]
