"""Equations on the page: each figure beside the name of its cell, both sides in the colours of their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.outputs.html import words
from nianbao.outputs.html.markup import el, joined
from nianbao.outputs.wording.arithmetic import compared, term
from nianbao.outputs.wording.labels import cell_label
from nianbao.outputs.wording.sums import strip_of
from nianbao.voice import CHINESE, ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from nianbao.model.finding import Finding
    from nianbao.model.outcome import CellRef
    from nianbao.outputs.html.marks import MarkedReport
    from nianbao.outputs.html.markup import Child, Html
    from nianbao.outputs.wording.sums import NamedLine
    from nianbao.voice import Voice


def draw_sum(finding: Finding, sheet: MarkedReport) -> Html:
    """Return an equation with its figures, zeros counted."""
    return el("p", joined([_equation(voice, finding, sheet) for voice in (CHINESE, ENGLISH)]), class_="sum")


def _equation(voice: Voice, finding: Finding, sheet: MarkedReport) -> Html:
    line = strip_of(voice, finding, form=sheet.report.form)
    sides = [
        _side(voice, [ref for ref in finding.cells if ref.role == role], value, line, sheet)
        for role, value in (("left", finding.left or 0), ("right", finding.right or 0))
    ]
    sign = f" {compared(finding, finding.difference or 0)} "
    drawn = [el("span", side, class_=f"side {role}") for role, side in zip(("left", "right"), sides, strict=True)]
    return el("span", drawn[0], sign, drawn[1], class_=voice.lang)


def _side(
    voice: Voice, refs: Sequence[CellRef], value: int | Decimal, line: NamedLine | None, sheet: MarkedReport
) -> Html:
    """Return one side; a side of one plain term is that term alone."""
    terms: list[Child] = list(_terms(voice, refs, line, sheet))
    constant = value - sum(ref.coefficient * (ref.value or 0) for ref in refs)
    if constant and refs:
        signed = voice.figure(constant, signed=True)
        terms.append(f"{signed[0]} {signed[1:]}" if terms else signed.removeprefix("+"))
    if not terms:
        return joined([voice.figure(value)])
    zeros = sum(not ref.value for ref in refs)
    whole = joined(terms, " ")
    rest: Child = words.ZEROS.format(count=zeros).get(voice.lang) if zeros else ""
    is_plain = len(refs) == 1 and refs[0].coefficient == 1 and not constant
    return whole if is_plain else joined([whole, rest, f" = {voice.figure(value)}"])


def _terms(voice: Voice, refs: Sequence[CellRef], line: NamedLine | None, sheet: MarkedReport) -> Iterator[Html]:
    """Give the figures of a side, each with its sign and the name of its cell; of several, no zeros."""
    is_first = True
    for ref in refs:
        if not ref.value and len(refs) > 1:
            continue
        signed = term(voice, ref.value or 0, coefficient=ref.coefficient)
        sign = "" if is_first and signed[0] == "+" else f"{signed[0]} "
        is_first = False
        yield el("span", sign, el("i", _name(voice, ref, line, sheet)), " ", el("b", signed[1:]), class_="term")


def _name(voice: Voice, ref: CellRef, line: NamedLine | None, sheet: MarkedReport) -> str:
    """Return the name of a cell: across its row or column if all are in one, else in full."""
    if line is not None:
        return line.names[ref.key]
    prior = sheet.checked.prior
    form = prior.form if prior is not None and prior.name == ref.source else sheet.report.form
    named = cell_label(voice, form, key=ref.key)
    is_other = ref.source is not None and ref.year is not None
    return voice.say(words.OF_YEAR, year=ref.year, cell=named) if is_other else named
