"""What to do and by what rule: advice and authority, once for each rule, with the entries that it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text, clean
from nianbao.model.outcome import FAIL
from nianbao.outputs.html import words
from nianbao.outputs.html.markup import NOTHING, el, joined
from nianbao.outputs.html.words import each
from nianbao.outputs.wording import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.finding import Finding
    from nianbao.model.rule import Basis
    from nianbao.outputs.html.entries import Entry
    from nianbao.outputs.html.markup import Html


def draw_advice(entries: Iterable[Entry]) -> Html:
    """Return advice and authority of all failures, below a title that opens them."""
    failed = [entry for entry in entries if entry.outcome == FAIL]
    by_rule: dict[str, list[Entry]] = {}
    for entry in failed:
        for code in entry.codes:
            by_rule.setdefault(code, []).append(entry)
    if not by_rule:
        return NOTHING
    rows = [_rule(code, own, alone=len(own) == len(failed)) for code, own in by_rule.items()]
    return el("details", el("summary", words.ADVICE), el("dl", *rows, class_="rules"), class_="advice", open=True)


def _rule(code: str, entries: Sequence[Entry], *, alone: bool) -> Html:
    findings = [finding for entry in entries for finding in entry.findings if finding.rule == code]
    numbers = "、".join(str(entry.number) for entry in entries)
    head = el("dt", el("code", code), NOTHING if alone else joined([" ", words.FOR.format(numbers=numbers)]))
    return el("div", head, *_texts(findings), data_rule=code)


def _texts(findings: Sequence[Finding]) -> Iterator[Html]:
    """Give the advice and the authority of findings of one rule, each once."""
    helps = dict.fromkeys(finding.help_texts for finding in findings if finding.help_texts)
    yield from (el("dd", text) for text in helps)
    bases = dict.fromkeys(basis for finding in findings for basis in finding.basis)
    yield from (el("dd", phrases.BASIS.format(text=_basis(basis))) for basis in bases)


def _basis(basis: Basis) -> Text:
    quote = phrases.QUOTE.format(text=clean(basis.quote)) if basis.quote else Text()
    parts = [Text(part, part) for part in (basis.document, basis.part) if part]
    return each(lambda voice: " ".join(voice.say(part) for part in (*parts, quote) if part))
