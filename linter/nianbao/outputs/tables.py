"""The part of a table that a finding is about, drawn again from the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text as Line

from nianbao.model.report import BLANK, MARK, ZERO
from nianbao.outputs.labels import place, row_label, shown
from nianbao.outputs.phrases import say
from nianbao.outputs.wrapping import hang

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.model.finding import Finding, Involved
    from nianbao.model.form import Form, Slot

STYLES = {"left": "cyan", "right": "magenta", "subject": "yellow"}
_NARROWEST_LABEL = 16
_GAP = "  "
_INDENT = 4


class _Drawn(NamedTuple):
    """Cells to draw, by row and column id, and what was left out because it is zero, or some of it blank."""

    cells: dict[tuple[str, str], tuple[Slot, Involved]]
    zero_rows: int
    zero_columns: int
    blank: bool

    @property
    def rows(self) -> list[str]:
        return list(dict.fromkeys(row for row, _ in self.cells))

    @property
    def columns(self) -> list[str]:
        return list(dict.fromkeys(column for _, column in self.cells))


def draw(finding: Finding, form: Form, *, prior_form: Form | None, width: int, lang: str) -> list[Line]:
    """Return the lines of the tables that a finding's cells stand in, each no wider than ``width``.

    Args:
        finding: A finding about an equation.
        form: Form of the report checked.
        prior_form: Form of last year's report, for its cells.
        width: Cells of the terminal that may be used.
        lang: ``zh`` or ``en``.
    """
    lines: list[Line] = []
    for (source, table_id), cells in _by_table(finding.cells).items():
        own = form if source is None else prior_form or form
        placed = [(slot, one) for one in cells if (slot := own.slot(one.cell.key)) is not None]
        if placed:
            title = own.tables[table_id].name.get(lang)
            lines += hang(_heading(title, source, cells[0], lang), " " * _INDENT, width=width, style="dim")
            lines += _table(_folded(placed, finding.cells, own), own, width - _INDENT, lang)
    return lines


def _by_table(cells: Iterable[Involved]) -> dict[tuple[str | None, str], list[Involved]]:
    groups: dict[tuple[str | None, str], list[Involved]] = {}
    for one in cells:
        groups.setdefault((one.source, one.cell.key.partition(".")[0]), []).append(one)
    return groups


def _heading(name: str, source: str | None, first: Involved, lang: str) -> str:
    if source is None:
        return say("table", lang, name=name)
    return say("table-prior", lang, name=name, year=first.year, place=place(source, first.cell.location, lang=lang))


def _folded(placed: list[tuple[Slot, Involved]], cells: Sequence[Involved], form: Form) -> _Drawn:
    """Put cells in the form's order and leave out rows, then columns, that hold nothing but zeros of a longer sum."""
    sums = {role for role in STYLES if sum(one.role == role for one in cells) > 1}
    order = {key: number for number, key in enumerate(form.slots)}
    ordered = sorted(placed, key=lambda pair: order.get(pair[0].key, len(order)))
    drawn = {(slot.row.id, slot.column.id): (slot, one) for slot, one in ordered}
    dull = {at for at, (_, one) in drawn.items() if one.role in sums and one.cell.state in (ZERO, BLANK, MARK)}
    blank = any(drawn[at][1].cell.value is None for at in dull)
    rows = _all_within(dull, drawn, 0)
    drawn = {at: pair for at, pair in drawn.items() if at[0] not in rows}
    columns = _all_within(dull, drawn, 1)
    drawn = {at: pair for at, pair in drawn.items() if at[1] not in columns}
    return _Drawn(drawn, len(rows), len(columns), blank)


def _all_within(dull: set[tuple[str, str]], drawn: Iterable[tuple[str, str]], axis: int) -> set[str]:
    """Return the rows (axis 0) or columns (axis 1) whose cells are all dull, if there are several and others remain."""
    lively = {at[axis] for at in drawn if at not in dull}
    found = {at[axis] for at in drawn} - lively
    return found if lively and len(found) > 1 else set()


def _table(drawn: _Drawn, form: Form, width: int, lang: str) -> list[Line]:
    labels = {slot.row.id: row_label(form, slot.table, row=slot.row, lang=lang) for slot, _ in drawn.cells.values()}
    heads = {slot.column.id: slot.column.name.get(lang) for slot, _ in drawn.cells.values()}
    texts = {at: f"{shown(one.cell, lang)} {say(one.role, lang)}" for at, (_, one) in drawn.cells.items()}
    widths = {
        column: max(cell_len(one) for one in (heads[column], *(texts[at] for at in texts if at[1] == column)))
        for column in drawn.columns
    }
    room = width - sum(len(_GAP) + one for one in widths.values())
    widest = max(cell_len(label) for label in labels.values())
    label_width = min(widest, room)
    if label_width < min(widest, _NARROWEST_LABEL) or _same_when_cut(labels.values(), label_width):
        return [*_list(drawn, labels, heads, texts, width), *_remainders(drawn, lang)]
    lines = [_row("", label_width, [(heads[column], widths[column], "dim") for column in drawn.columns])]
    for row in drawn.rows:
        marked = [_marked(drawn, texts, (row, column), widths[column]) for column in drawn.columns]
        line = _row(labels[row], label_width, marked)
        where = _lines_of(one for at, (_, one) in drawn.cells.items() if at[0] == row)
        if line.cell_len + cell_len(where) <= width + _INDENT:
            line.append(where, "dim")
        lines.append(line)
    return [*lines, *_remainders(drawn, lang)]


def _same_when_cut(labels: Iterable[str], width: int) -> bool:
    """Whether two labels cannot be told apart in that width."""
    cut = [fitted(label, width) for label in labels]
    return len(set(cut)) < len(cut)


def _lines_of(cells: Iterable[Involved]) -> str:
    """Return the lines of the source that cells stand in: ``  :151``, or ``  :150–156`` for several."""
    found = sorted({one.cell.location.line for one in cells if one.cell.location.line is not None})
    if not found:
        return ""
    return f"{_GAP}:{found[0]}" if len(found) == 1 else f"{_GAP}:{found[0]}–{found[-1]}"


def _marked(drawn: _Drawn, texts: dict[tuple[str, str], str], at: tuple[str, str], width: int) -> tuple[str, int, str]:
    return (texts.get(at, ""), width, STYLES[drawn.cells[at][1].role] if at in drawn.cells else "")


def _row(label: str, label_width: int, cells: list[tuple[str, int, str]]) -> Line:
    line = Line(" " * _INDENT + fitted(label, label_width))
    for text, width, style in cells:
        line.append(_GAP + " " * (width - cell_len(text)))
        line.append(text, style)
    line.rstrip()
    return line


def fitted(text: str, width: int) -> str:
    """Return text in exactly ``width`` terminal cells, cut with an ellipsis or padded."""
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return set_cell_size(text, width)


def _list(
    drawn: _Drawn, labels: dict[str, str], heads: dict[str, str], texts: dict[tuple[str, str], str], width: int
) -> list[Line]:
    """Return a line or more for each cell, for terminals too narrow for columns."""
    lines: list[Line] = []
    for at, (_, one) in drawn.cells.items():
        label = f"{labels[at[0]]} · {heads[at[1]]}"
        lines += hang(
            f"{texts[at]}  {label}", " " * _INDENT, width=width + _INDENT, lead=len(texts[at]), style=STYLES[one.role]
        )
    return lines


def _remainders(drawn: _Drawn, lang: str) -> list[Line]:
    kind = "blank" if drawn.blank else "zero"
    counts = ((f"{kind}-rows", drawn.zero_rows), (f"{kind}-columns", drawn.zero_columns))
    return [Line(" " * _INDENT + say(phrase, lang, count=count), "dim") for phrase, count in counts if count]
