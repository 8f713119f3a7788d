"""The tables of a report, laid out by its form: each cell as printed, with the marks of the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nianbao.messages import Text
from nianbao.model.report import BLANK, MARK, ZERO
from nianbao.outputs.html import words
from nianbao.outputs.html.layout import lay_out
from nianbao.outputs.html.marks import MARKED, PART
from nianbao.outputs.html.markup import NOTHING, el, joined, spoken
from nianbao.outputs.html.words import each, enumerated
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.labels import cell_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.form import TableForm
    from nianbao.model.report import Cell
    from nianbao.outputs.html.entries import MarkRole
    from nianbao.outputs.html.layout import Laid, LayoutBox
    from nianbao.outputs.html.marks import CellMark, MarkedReport
    from nianbao.outputs.html.markup import Html
    from nianbao.voice import Voice

_MAX_NUMBERS = 3
_CIRCLED = 20  # circled numbers that every font with Chinese has
_DIM = frozenset(MARKED) - {PART}  # marks that are visible even without a sign that links to an entry
_DULL = (ZERO, BLANK, MARK)


def draw_table(table: TableForm, sheet: MarkedReport) -> Html:
    """Return a table in a box that scrolls by itself if the page is narrow."""
    laid = lay_out(table)
    name = f"t{sheet.number}-{list(sheet.report.form.tables).index(table.id)}"
    title = each(lambda voice: " ".join(dict.fromkeys((voice.say(table.name), voice.say(table.title)))))
    drawn = el("table", el("caption", title, id=name), _head(laid), *_bodies(laid, sheet), class_=table.layout)
    return el("div", drawn, class_="scroll", role="group", tabindex="0", aria_labelledby=name)


def draw_others(sheet: MarkedReport) -> Html:
    """Return the cells without a place in any table, as a list."""
    laid = map(lay_out, sheet.report.printed_form.tables.values())
    drawn = {box.key for table in laid for body in table.bodies for row in body for box in row}
    rows = [_other(key, sheet) for key in sheet.report.cells if key not in drawn]
    if not rows:
        return NOTHING
    return el("div", el("table", el("caption", words.ELSEWHERE), el("tbody", *rows)), class_="scroll")


def _other(key: str, sheet: MarkedReport) -> Html:
    name = each(lambda voice: cell_label(voice, sheet.report.form, key=key))
    return el("tr", el("th", name, scope="row"), _cell(key, sheet))


def _head(laid: Laid) -> Html:
    return el("thead", *(el("tr", *(_label(box) for box in row)) for row in laid.head)) if laid.head else NOTHING


def _bodies(laid: Laid, sheet: MarkedReport) -> Iterator[Html]:
    for body in laid.bodies:
        yield el("tbody", *(el("tr", *(_box(box, sheet) for box in row)) for row in body))


def _box(box: LayoutBox, sheet: MarkedReport) -> Html:
    if box.key is not None:
        return _cell(box.key, sheet, colspan=box.colspan)
    return _label(box) if box.scope or box.label else el("td", class_="none")


def _label(box: LayoutBox) -> Html:
    spans = {"rowspan": _span(box.rowspan), "colspan": _span(box.colspan)}
    if not box.scope:
        return el("td", box.label, class_="caption", **spans)
    return el("th", box.label, scope=box.scope, **spans)


def _span(size: int) -> str | None:
    return str(size) if size > 1 else None


def _cell(key: str, sheet: MarkedReport, *, colspan: int = 1) -> Html:
    """Return a cell: its text, its signs with the numbers of its entries, and its expected figure."""
    cell, mark = sheet.report.cells.get(key), sheet.marks.get(key)
    shown = "" if cell is None else printed(sheet.voice, cell)
    span = _span(colspan)
    dull = "zero" if cell is not None and cell.state in _DULL else None
    if mark is None:
        return el("td", shown, colspan=span, class_=dull)
    names = f"mark {mark.role}" if mark.loud else f"mark {mark.role} dim" if mark.role in _DIM else dull
    place = sheet.cell_id(key)
    return el("td", *_marked(shown, mark, sheet), id=place, colspan=span, class_=names, tabindex="-1")


def printed(voice: Voice, cell: Cell) -> str:
    """Return the text of a cell in the source."""
    return " ".join(cell.raw.split()) or voice.figure(cell.value)


def _marked(shown: str, mark: CellMark, sheet: MarkedReport) -> Iterator[Html]:
    yield el("span", shown, class_="raw")
    if mark.new:
        unsure = "?" if mark.role == "maybe" else ""
        yield joined([" ", el("ins", "→ " + " ".join(sheet.voice.figure(value) + unsure for value in mark.new))])
    if mark.loud:
        yield joined([" ", tag(mark.role, mark.entries, sheet=sheet)])


def tag(role: MarkRole | Literal["part", "passage"], numbers: tuple[int, ...], *, sheet: MarkedReport) -> Html:
    """Return a sign that links to an entry: its meaning, and the numbers of the entries."""
    few = enumerated(Text.of(str(number)) for number in numbers[:_MAX_NUMBERS])
    few += Text.of("…") if len(numbers) > _MAX_NUMBERS else Text()
    meaning = words.MARK_NAMES[role] + phrases.CLAUSES + words.SEE.format(numbers=few)
    sign = el("sup", note_sign(numbers), aria_hidden="true")
    return el(
        "a",
        sign,
        el("span", meaning, class_="vh"),
        class_="tag",
        href=f"#{sheet.entry_id(numbers[0])}",
        data_entries=" ".join(sheet.entry_id(number) for number in numbers),
        aria_describedby=f"{sheet.entry_id(numbers[0])}-h",
        **spoken(sheet.voice, "title", text=meaning),
    )


def note_sign(numbers: Sequence[int]) -> str:
    """Return the sign of a note, which nobody takes for a figure: ``①``, beyond the circled numbers ``〔注21〕``."""
    shown = numbers[:_MAX_NUMBERS]
    signs = [chr(ord("①") + number - 1) if number <= _CIRCLED else f"〔注{number}〕" for number in shown]
    return "".join(signs) + ("…" if len(shown) < len(numbers) else "")
