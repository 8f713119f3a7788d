"""Writes figures of a workbook: a number stays a number, a text stays a text, each in its style."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.containers.package import tag_beside
from nianbao.containers.zipped import Zipped
from nianbao.editing.figure_spans import check_new, figure_in, in_short
from nianbao.editing.marking import mark_office
from nianbao.editing.place_words import no_cell, where
from nianbao.editing.sheet.book import WorkbookParts, cells_in
from nianbao.editing.sheet.formulas import calculated, count_anew, is_calculated
from nianbao.editing.sheet.recounting import Recounting
from nianbao.editing.signs import Sign, write
from nianbao.errors import InputError
from nianbao.extraction.numbers import read_number
from nianbao.messages import Text
from nianbao.model.location import Location
from nianbao.model.own_work import corrected_copy_of
from nianbao.model.report import BLANK, MARK
from nianbao.readers.sheets.parts import local
from nianbao.readers.sheets.workbook import place_of, ref
from nianbao.readers.sheets.xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.editing.editor import Correction
    from nianbao.readers.sheets.workbook import Place, Sheet

_NUMBERS, _TEXTS = frozenset(("", "n")), frozenset(("s", "str", "inlineStr"))
_OTHER = Text(
    "{where}写的是“{said}”，不是普通的数字或文字，没有改动；请在表格软件里自己改",
    "{where} says “{said}”, which is neither a plain figure nor plain text, and was not changed: put it right by hand",
)
_SHOWN = Text(
    "{where}的数字格式会把“{new}”显示成“{said}”，没有改动；请在表格软件里自己改",
    "the number format of {where} would show “{new}” as “{said}”, so that it was not changed: put it right by hand",
)


def corrected(zipped: Zipped, corrections: Sequence[Correction]) -> bytes:
    """Return a workbook with new figures in cells.

    Raises:
        InputError: it cannot be read or has a signature; a cell is not found, has another text than expected, or is
            calculated by a formula.
    """
    if not corrections:
        return zipped.data
    book = WorkbookParts(zipped)
    sheets: dict[str, _Sheet] = {}
    for correction in corrections:
        sheet, place = book.sheet(correction.location.sheet), place_of(correction.location.ref or "")
        if sheet is None or place is None:
            raise no_cell(correction.location)
        if sheet.name not in sheets:
            root = book.parts.tree(sheet.part)
            sheets[sheet.name] = _Sheet(sheet, root, Recounting(root), dict(sheet.cells), {}, {})
        _put_right(book, sheets[sheet.name], correction)
    for edited in sheets.values():
        edited.recounting.settle(edited.changed)
        book.parts.put_tree(edited.sheet.part, edited.root)
    count_anew(book, tuple(sheets))
    mark_office(book.parts, corrected_copy_of(zipped.data))
    made = book.parts.packed()
    _check(made, sheets.values())
    return made


class _Sheet(NamedTuple):
    """A sheet that is changed: its tree and formulas, and the present texts of its cells.

    Attributes:
        sheet: The sheet as it was read.
        root: Its tree.
        recounting: Its formulas.
        shown: The present visible texts of its cells.
        changed: The cells that were written, each with its number, or ``None`` for text.
        counted: The expected results of calculated cells after all changes.
    """

    sheet: Sheet
    root: Any
    recounting: Recounting
    shown: dict[Place, str]
    changed: dict[Place, Decimal | None]
    counted: dict[Place, Decimal]

    def numbers(self) -> list[tuple[Place, Decimal]]:
        """Return the cells that should show a number after all changes, each with the number."""
        written = [(place, value) for place, value in self.changed.items() if value is not None]
        return [*written, *self.counted.items()]


def _put_right(book: WorkbookParts, edited: _Sheet, correction: Correction) -> None:
    """Write a figure; a calculated cell is not written, its result is verified later."""
    check_new(correction.new)
    place, at = place_of(correction.location.ref or "") or (0, 0), where(correction.location)
    shown = edited.shown.get(place, "")
    cells = dict(cells_in(edited.root))
    cell = cells.get(place)
    if is_calculated(edited.root, place, cell=cell):
        edited.counted[place] = Decimal(correction.new)
        return
    figure = figure_in(shown, correction.old, new=correction.new, where=at)
    kind = "" if cell is None else cell.get("t", "")
    if cell is None or kind in _NUMBERS or read_number(shown).state in {BLANK, MARK}:
        if cell is None:
            cell = _new_cell(edited.root, place)
            _dress(cells, place, cell)
        _write_number(cell, correction.new)
        edited.changed[place] = Decimal(correction.new)
        return
    signs = list(_signs(_text_of(book, cell))) if kind in _TEXTS else []
    if "".join(sign.char for sign in signs) != shown:
        raise InputError("cell-unclear", _OTHER.format(where=at, said=in_short(shown)))
    write(signs[figure.start : figure.end], figure.new)
    edited.shown[place] = shown[: figure.start] + figure.new + shown[figure.end :]
    edited.changed[place] = None


def _write_number(cell: Any, figure: str) -> None:
    """Make a cell contain a number, in its present style."""
    for child in list(cell):
        if local(child.tag) in {"v", "is"}:
            cell.remove(child)
    cell.attrib.pop("t", None)
    value = cell.makeelement(tag_beside(cell, "v"))
    value.text = figure
    cell.insert(0, value)


def _text_of(book: WorkbookParts, cell: Any) -> Any:
    """Return the element with a cell's text; a text shared with other cells is copied into the cell."""
    if cell.get("t") != "s":
        return cell
    root = book.parts.tree(book.parts.linked(book.part, "sharedStrings"))
    strings = [] if root is None else list(root.iter("{*}si"))
    number = int((cell.findtext("{*}v") or "0").strip())
    own = cell.makeelement(tag_beside(cell, "is"))
    own.extend(copy.deepcopy(list(strings[number])) if number < len(strings) else ())
    for child in list(cell):
        cell.remove(child)
    cell.append(own)
    cell.set("t", "inlineStr")
    return own


def _signs(element: Any) -> Iterator[Sign]:
    """Give the characters of a cell's text, without phonetic readings."""
    for text in element.iter("{*}t", "{*}v"):
        if local(text.getparent().tag) != "rPh":
            for offset, char in enumerate(text.text or ""):
                yield Sign(char, text, offset)


def _new_cell(root: Any, place: Place) -> Any:
    """Insert a missing cell into its row, in order."""
    data = root.find("{*}sheetData")
    number, column = place
    rows = {at[0]: cell.getparent() for at, cell in cells_in(root)}
    line = rows.get(number)
    if line is None:
        line = next((row_element for row_element in data if row_element.get("r") == str(number + 1)), None)
    if line is None:
        line = data.makeelement(tag_beside(root, "row"), r=str(number + 1))
        below = (row for at, row in sorted(rows.items()) if at > number)
        first = next(below, None)
        data.append(line) if first is None else first.addprevious(line)
    line.attrib.pop("spans", None)
    cell = line.makeelement(tag_beside(root, "c"), r=ref(*place))
    behind = [other for (row, at), other in cells_in(root) if row == number and at > column]
    line.append(cell) if not behind else behind[0].addprevious(cell)
    return cell


def _dress(cells: dict[Place, Any], place: Place, cell: Any) -> None:
    """Give a new cell the style of the nearest figure in its row."""
    row, column = place
    beside = [(abs(at - column), other) for (line, at), other in cells.items() if line == row and _is_number(other)]
    style = min(beside, key=lambda pair: pair[0])[1].get("s") if beside else None
    if style is not None:
        cell.set("s", style)


def _is_number(cell: Any) -> bool:
    return cell.get("t", "") in _NUMBERS and bool(cell.findtext("{*}v"))


def _check(made: bytes, sheets: Iterable[_Sheet]) -> None:
    """Read the copy, and refuse it if a cell shows another figure than expected, by its format or its formula."""
    read = {sheet.part: sheet for sheet in read_xlsx(Zipped(made)).sheets}
    for edited in sheets:
        for place, value in edited.numbers():
            shown = read[edited.sheet.part].cells.get(place, "")
            at = where(Location(sheet=edited.sheet.name, ref=ref(*place)))
            try:
                figure_in(shown, f"{value:f}", new="0", where=at)
            except InputError as error:
                if place in edited.counted:
                    raise calculated(at) from error
                wording = _SHOWN.format(where=at, new=f"{value:f}", said=in_short(shown))
                raise InputError("cell-shown-otherwise", wording) from error
