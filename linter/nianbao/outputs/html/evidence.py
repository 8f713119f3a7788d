"""The details of a finding: its arithmetic, its cells, those of other reports, its authority and advice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.messages import Text, clean
from nianbao.outputs.html import words
from nianbao.outputs.html.markup import NOTHING, el, joined
from nianbao.outputs.html.words import each
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.arithmetic import formula
from nianbao.outputs.wording.labels import cell_label, cell_labels, shown
from nianbao.voice import CHINESE, ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.finding import Finding
    from nianbao.model.outcome import CellRef
    from nianbao.model.rule import Basis
    from nianbao.outputs.html.marks import MarkedReport
    from nianbao.outputs.html.markup import Html
    from nianbao.voice import Voice

_MAX_CELLS = 6
_SIGN = re.compile("( [≠<>] )")


def evidence(finding: Finding, sheet: MarkedReport) -> Iterator[Html]:
    """Give the arithmetic of a finding, or the cells that it names, those of other reports, and the details."""
    if finding.left is not None and finding.right is not None:
        yield el("p", joined([_sum(voice, finding) for voice in (CHINESE, ENGLISH)]), class_="sum")
    elif 1 < len(finding.cells) <= _MAX_CELLS:
        keys = [ref.key for ref in finding.cells]
        named = each(lambda voice: cell_labels(voice, sheet.report.form, keys=keys))
        yield el("p", phrases.CELLS.format(cells=named), class_="small")
    elsewhere = [ref for ref in finding.cells if ref.source is not None and ref.value]
    if elsewhere:
        yield el("ul", *(el("li", _elsewhere(ref, sheet)) for ref in elsewhere[:_MAX_CELLS]), class_="cells")
    yield details(finding)


def _sum(voice: Voice, finding: Finding) -> Html:
    """Return the arithmetic of a finding in a language, with both sides in the colours of their cells."""
    text = formula(voice, finding)
    parted = _SIGN.split(text, maxsplit=1)
    if len(parted) == 1:
        return el("span", text, class_=voice.lang)
    left, sign, right = parted
    figures, gap, difference = right.partition("  ")
    sides = [el("span", left, class_="side left"), sign, el("span", figures, class_="side right"), gap, difference]
    return el("span", *sides, class_=voice.lang)


def _elsewhere(ref: CellRef, sheet: MarkedReport) -> Text:
    """Return a cell of another report: its year, name, figure and place."""
    prior = sheet.checked.prior
    form = prior.form if prior is not None and prior.name == ref.source else sheet.report.form

    def worded(voice: Voice) -> str:
        where = voice.place(ref.source or "", ref.location)
        return f"{cell_label(voice, form, key=ref.key)} = {shown(voice, ref.cell)}  {where}"

    return words.OF_YEAR.format(year=ref.year or "", cell=each(worded))


def details(finding: Finding) -> Html:
    """Return authority and advice, each with its label."""
    rows = [(words.BASIS, [_basis(basis) for basis in finding.basis])]
    rows.append((words.HELP, [finding.help_texts] if finding.help_texts else []))
    drawn = [joined([el("dt", name), *(el("dd", text) for text in texts)]) for name, texts in rows if texts]
    return el("dl", *drawn, class_="details") if drawn else NOTHING


def _basis(basis: Basis) -> Text:
    quote = phrases.QUOTE.format(text=clean(basis.quote)) if basis.quote else Text()
    parts = [Text(part, part) for part in (basis.document, basis.part) if part]
    return each(lambda voice: " ".join(voice.say(part) for part in (*parts, quote) if part))
