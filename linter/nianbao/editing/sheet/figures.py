"""Figures of a workbook written over others: a number stays a number, a text a text, each in its style."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from nianbao.editing.figures import figure_in
from nianbao.editing.sheet.book import Book, cells_in, part_of, tag_beside
from nianbao.editing.sheet.formulas import recounted, refuse_formula
from nianbao.editing.signs import Sign, write
from nianbao.editing.where import no_cell, where
from nianbao.errors import InputError
from nianbao.extraction.numbers import read_number
from nianbao.messages import Text
from nianbao.model.report import BLANK, MARK
from nianbao.readers.sheets.base import place_of, ref
from nianbao.readers.sheets.parts import local
from nianbao.readers.sheets.xlsx import read_xlsx
from nianbao.readers.zipped import Zipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.editing.base import Correction
    from nianbao.readers.sheets.base import Place

_NUMBERS, _TEXTS = frozenset(("", "n")), frozenset(("s", "str", "inlineStr"))
_OTHER = Text(
    "{where}写的是“{said}”，不是普通的数字或文字，没有改动；请在表格软件里自己改",
    "{where} says “{said}”, which is neither a plain figure nor plain text, and was not changed: put it right by hand",
)
_SHOWN = Text(
    "{where}的数字格式会把“{new}”显示成“{said}”，没有改动；请在表格软件里自己改",
    "the number format of {where} would show “{new}” as “{said}”, so that it was not changed: put it right by hand",
)


def corrected(data: bytes, corrections: Sequence[Correction]) -> bytes:
    """Return a workbook with figures written in place of what cells say.

    Raises:
        InputError: it cannot be read, is an old ``.xls`` or carries a signature; a cell is not found, does not say what
            it should, or is calculated by a formula.
    """
    if not corrections:
        return data
    book = Book(data)
    trees: dict[str, Any] = {}
    for correction in corrections:
        sheet, place = book.sheet(correction.location.sheet), place_of(correction.location.ref or "")
        if sheet is None or place is None:
            raise no_cell(correction.location)
        part = part_of(sheet)
        root = trees[part] if part in trees else trees.setdefault(part, book.parts.tree(part))
        _put_right(book, root, correction, said=sheet.cells.get(place, ""))
    for part, root in trees.items():
        book.parts.put_tree(part, root)
    recounted(book)
    made = book.parts.packed()
    _check(made, corrections)
    return made


def _put_right(book: Book, root: Any, correction: Correction, *, said: str) -> None:
    place, at = place_of(correction.location.ref or "") or (0, 0), where(correction.location)
    cells = dict(cells_in(root))
    refuse_formula(root, place, cell=cells.get(place), where=at)
    figure = figure_in(said, correction.old, new=correction.new, where=at)
    cell = cells.get(place)
    kind = "" if cell is None else cell.get("t", "")
    state = read_number(said).state
    if cell is None or state in {BLANK, MARK} or kind in _NUMBERS:
        _write_number(_new_cell(root, place) if cell is None else cell, correction.new)
        if state == BLANK and cell is None:
            _dress(cells, place, dict(cells_in(root))[place])
        return
    if kind not in _TEXTS:
        raise InputError("cell-unclear", _OTHER.format(where=at, said=said))
    signs = list(_signs(_text_of(book, cell)))
    if "".join(sign.char for sign in signs) != said:
        raise InputError("cell-unclear", _OTHER.format(where=at, said=said))
    write(signs[figure.start : figure.end], figure.new)


def _write_number(cell: Any, figure: str) -> None:
    """Make a cell one that holds a number, in the style it has."""
    for child in list(cell):
        if local(child.tag) in {"v", "is"}:
            cell.remove(child)
    cell.attrib.pop("t", None)
    value = cell.makeelement(tag_beside(cell, "v"))
    value.text = figure
    cell.insert(0, value)


def _text_of(book: Book, cell: Any) -> Any:
    """Return the element that holds a cell's words; words shared with other cells become its own."""
    if cell.get("t") != "s":
        return cell
    strings = book.parts.tree(book.parts.linked(book.part, "sharedStrings"))
    number = int(cell.findtext("{*}v", "").strip())
    own = cell.makeelement(tag_beside(cell, "is"))
    own.extend(copy.deepcopy(list(strings.findall("{*}si")[number])))
    for child in list(cell):
        cell.remove(child)
    cell.append(own)
    cell.set("t", "inlineStr")
    return own


def _signs(element: Any) -> Iterator[Sign]:
    """Give the characters of a cell's words, without the readings that stand over them."""
    for text in element.iter("{*}t", "{*}v"):
        if local(text.getparent().tag) != "rPh":
            for offset, char in enumerate(text.text or ""):
                yield Sign(char, text, offset)


def _new_cell(root: Any, place: Place) -> Any:
    """Put a cell where the sheet has none, among those of its row in their order."""
    data = root.find("{*}sheetData")
    number, column = place
    rows = {at[0]: cell.getparent() for at, cell in cells_in(root)}
    line = rows.get(number)
    if line is None:
        line = next((one for one in data if one.get("r") == str(number + 1)), None)
    if line is None:
        line = data.makeelement(tag_beside(root, "row"), r=str(number + 1))
        below = (row for at, row in sorted(rows.items()) if at > number)
        first = next(below, None)
        data.append(line) if first is None else first.addprevious(line)
    cell = line.makeelement(tag_beside(root, "c"), r=ref(*place))
    behind = [one for (row, at), one in cells_in(root) if row == number and at > column]
    line.append(cell) if not behind else behind[0].addprevious(cell)
    return cell


def _dress(cells: dict[Place, Any], place: Place, cell: Any) -> None:
    """Give a new cell the style of the nearest figure in its row."""
    row, column = place
    beside = [(abs(at - column), one) for (line, at), one in cells.items() if line == row and _is_number(one)]
    style = min(beside, key=lambda pair: pair[0])[1].get("s") if beside else None
    if style is not None:
        cell.set("s", style)


def _is_number(cell: Any) -> bool:
    return cell.get("t", "") in _NUMBERS and bool(cell.findtext("{*}v"))


def _check(made: bytes, corrections: Sequence[Correction]) -> None:
    """Read the copy, and refuse it where a format shows a figure otherwise than it is written."""
    sheets = {sheet.name: sheet for sheet in reversed(read_xlsx(Zipped(made)).sheets)}
    for correction in corrections:
        place, at = place_of(correction.location.ref or "") or (0, 0), where(correction.location)
        said = sheets[correction.location.sheet or ""].cells.get(place, "")
        try:
            figure_in(said, correction.new, new=correction.new, where=at)
        except InputError as error:
            raise InputError("cell-shown-otherwise", _SHOWN.format(where=at, new=correction.new, said=said)) from error
