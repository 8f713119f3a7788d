"""What stands under a finding: its arithmetic, the cells that it names, those of other years, authority and advice."""

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

_MOST_NAMED = 6
_SIGN = re.compile("( [≠<>] )")


def evidence(finding: Finding, sheet: MarkedReport) -> Iterator[Html]:
    """Give the arithmetic of a finding, or the cells that it names, those of other reports, and the details."""
    if finding.left is not None and finding.right is not None:
        yield el("p", joined([_sum(voice, finding) for voice in (CHINESE, ENGLISH)]), class_="sum")
    elif 1 < len(finding.cells) <= _MOST_NAMED:
        keys = [one.key for one in finding.cells]
        named = each(lambda voice: cell_labels(voice, sheet.report.form, keys=keys))
        yield el("p", phrases.CELLS.format(cells=named), class_="small")
    elsewhere = [one for one in finding.cells if one.source is not None and one.value]
    if elsewhere:
        yield el("ul", *(el("li", _elsewhere(one, sheet)) for one in elsewhere[:_MOST_NAMED]), class_="cells")
    yield details(finding)


def _sum(voice: Voice, finding: Finding) -> Html:
    """Return the arithmetic of a finding in a language, its two sides told apart as the cells are that light up."""
    text = formula(voice, finding)
    parted = _SIGN.split(text, maxsplit=1)
    if len(parted) == 1:
        return el("span", text, class_=voice.lang)
    left, sign, right = parted
    figures, gap, difference = right.partition("  ")
    sides = [el("span", left, class_="side left"), sign, el("span", figures, class_="side right"), gap, difference]
    return el("span", *sides, class_=voice.lang)


def _elsewhere(one: CellRef, sheet: MarkedReport) -> Text:
    """Return a cell of another report: its year, name, figure and place."""
    prior = sheet.checked.prior
    form = prior.form if prior is not None and prior.name == one.source else sheet.report.form

    def worded(voice: Voice) -> str:
        where = voice.place(one.source or "", one.location)
        return f"{cell_label(voice, form, key=one.key)} = {shown(voice, one.cell)}  {where}"

    return words.OF_YEAR.format(year=one.year or "", cell=each(worded))


def details(finding: Finding) -> Html:
    """Return authority and advice, each with its word."""
    rows = [(words.BASIS, [_basis(basis) for basis in finding.basis])]
    rows.append((words.HELP, [finding.help_texts] if finding.help_texts else []))
    drawn = [joined([el("dt", name), *(el("dd", text) for text in texts)]) for name, texts in rows if texts]
    return el("dl", *drawn, class_="details") if drawn else NOTHING


def _basis(basis: Basis) -> Text:
    quote = phrases.QUOTE.format(text=clean(basis.quote)) if basis.quote else Text()
    parts = [Text(part, part) for part in (basis.document, basis.part) if part]
    return each(lambda voice: " ".join(voice.say(part) for part in (*parts, quote) if part))
