"""What stands under a finding: its arithmetic, the cells that it names, those of other years, authority and advice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.messages import LANGUAGES, Text, clean
from nianbao.outputs.html.markup import NOTHING, el, joined
from nianbao.outputs.html.words import each, say
from nianbao.outputs.wording.arithmetic import formula
from nianbao.outputs.wording.labels import cell_label, cell_labels, place, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.finding import Finding
    from nianbao.model.outcome import CellRef
    from nianbao.model.rule import Basis
    from nianbao.outputs.html.marks import MarkedReport
    from nianbao.outputs.html.markup import Html

_MOST_NAMED = 6
_SIGN = re.compile("( [≠<>] )")


def evidence(finding: Finding, sheet: MarkedReport) -> Iterator[Html]:
    """Give the arithmetic of a finding, or the cells that it names, those of other reports, and the details."""
    if finding.left is not None and finding.right is not None:
        yield el("p", joined([_sum(finding, lang) for lang in LANGUAGES]), class_="sum")
    elif 1 < len(finding.cells) <= _MOST_NAMED:
        keys = [one.key for one in finding.cells]
        named = each(lambda lang: cell_labels(sheet.report.form, keys, lang=lang))
        yield el("p", say("cells", cells=named), class_="small")
    elsewhere = [one for one in finding.cells if one.source is not None and one.value]
    if elsewhere:
        yield el("ul", *(el("li", _elsewhere(one, sheet)) for one in elsewhere[:_MOST_NAMED]), class_="cells")
    yield _details(finding)


def _sum(finding: Finding, lang: str) -> Html:
    """Return the arithmetic of a finding in a language, its two sides told apart as the cells are that light up."""
    text = formula(finding, lang)
    parted = _SIGN.split(text, maxsplit=1)
    if len(parted) == 1:
        return el("span", text, class_=lang)
    left, sign, right = parted
    figures, gap, difference = right.partition("  ")
    sides = [el("span", left, class_="side left"), sign, el("span", figures, class_="side right"), gap, difference]
    return el("span", *sides, class_=lang)


def _elsewhere(one: CellRef, sheet: MarkedReport) -> Text:
    """Return a cell of another report: its year, name, figure and place."""
    prior = sheet.checked.prior
    form = prior.form if prior is not None and prior.name == one.source else sheet.report.form

    def told(lang: str) -> str:
        where = place(one.source or "", one.location, lang=lang)
        return f"{cell_label(form, one.key, lang=lang)} = {shown(one.cell, lang)}  {where}"

    return say("of-year", year=one.year or "", cell=each(told))


def _details(finding: Finding) -> Html:
    """Return authority and advice, each with its word."""
    rows = [("basis", [_basis(basis) for basis in finding.basis])]
    rows.append(("help", [finding.help_texts] if finding.help_texts else []))
    drawn = [joined([el("dt", say(name)), *(el("dd", text) for text in texts)]) for name, texts in rows if texts]
    return el("dl", *drawn, class_="details") if drawn else NOTHING


def _basis(basis: Basis) -> Text:
    quote = say("quote", text=clean(basis.quote)) if basis.quote else Text()
    parts = [Text(part, part) for part in (basis.document, basis.part) if part]
    return each(lambda lang: " ".join(one.get(lang) for one in (*parts, quote) if one.get(lang)))
