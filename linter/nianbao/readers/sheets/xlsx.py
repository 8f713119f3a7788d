"""Sheets of ``.xlsx`` files: the visible text of each cell, read from the file's own parts.

The parts are read one by one. A library for editing workbooks would refuse broken styles or drawings, visit every cell
of a merged range, and could not distinguish a formula without a result from a blank cell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nianbao.containers.limits import MAX_CELLS, TOO_MANY_CELLS
from nianbao.containers.package import Package
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.location import Location
from nianbao.readers.left_out import FAINT, LeftOut, is_marked, marked_lines, on_ground
from nianbao.readers.sheets.dateformats import shown_moment
from nianbao.readers.sheets.drawings import shapes_of
from nianbao.readers.sheets.fonts import colours_of_fills, format_of_font, format_of_part, formats_of_fonts
from nianbao.readers.sheets.numberformats import BUILTIN, VisibleText, read_stored, shown, shown_words
from nianbao.readers.sheets.parts import SHEETS, attribute, crowd, feed, local
from nianbao.readers.sheets.workbook import (
    MAX_COLUMNS,
    NO_STYLES,
    CellStyle,
    Counting,
    Shape,
    Sheet,
    Workbook,
    broken,
    count_sheets,
    ref,
    span_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.containers.zipped import Zipped
    from nianbao.readers.left_out import Format
    from nianbao.readers.sheets.workbook import MergedRange, Place

MAX_TAGS = 1_000_000
_MAX_SPANS = 100_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = 40
_PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
_NOTHING = VisibleText("")
_UNCOUNTED = Text(
    "是公式“{text}”，文件里没有存下计算结果", "holds the formula “{text}”, whose result is not in the file"
)
_NO_STYLES = Text(
    "样式已损坏，数字按存储的值读，没有按显示格式取小数位",
    "its styles are broken: figures were read as they are stored, and not as their formats show them",
)


def read_xlsx(zipped: Zipped) -> Workbook:
    """Read the sheets of a workbook.

    Raises:
        InputError: it is broken, or has more cells than any report.
    """
    package = Package(zipped, SHEETS)
    main = package.linked("", "officeDocument") or "xl/workbook.xml"
    root = package.tree(main)
    if root is None:
        raise broken("workbook.xml")
    relations = {relation.id: relation for relation in package.relations(main)}
    parts = {relation.kind: relation.target for relation in relations.values() if relation.target}
    styles = _styles(package, parts.get("styles", ""))
    strings = _strings(package, parts.get("sharedStrings", ""))
    from_1904 = any(attribute(entry, "date1904") in {"1", "true"} for entry in root.iter("{*}workbookPr"))
    reading = _Reading(package, strings, styles or NO_STYLES, from_1904=from_1904)
    sheets: list[Sheet] = []
    entries = root.findall("{*}sheets/{*}sheet")
    count_sheets(len(entries))
    for entry in entries:
        relation = relations.get(attribute(entry, "id"))
        if relation is not None and relation.kind == "worksheet" and relation.target in package:
            hidden = entry.get("state", "visible") != "visible"
            sheets.append(reading.sheet(relation.target, entry.get("name", ""), hidden=hidden))
    notes = () if styles is not None else (_NO_STYLES,)
    return Workbook(tuple(sheets), (*notes, *reading.left_out.notes()), main)


def _strings(package: Package, name: str) -> list[str]:
    root = package.tree(name) if name else None
    return [] if root is None else [_words(item) for item in root.iter("{*}si")]


def _words(item: Any) -> str:
    """Return the text of a string, its runs joined and marked with their formats, without phonetic readings."""
    return _unescaped("".join(map(_shown, item.iter("{*}t"))))


def _shown(text: Any) -> str:
    """Return a text of a string, marked with the format of its run."""
    words, parent = text.text or "", text.getparent()
    holder = "" if parent is None else local(parent.tag)
    if holder == "rPh":
        return ""
    properties = parent.find("{*}rPr") if holder == "r" else None
    return words if properties is None else marked_lines(words, format_of_font(properties))


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _styles(package: Package, name: str) -> dict[int, CellStyle] | None:
    """Return the styles of cells by number; ``None`` if they cannot be read."""
    try:
        root = package.tree(name) if name else None
    except InputError:
        return None
    if root is None:
        return {}
    codes = {entry.get("numFmtId"): entry.get("formatCode", "") for entry in root.iter("{*}numFmt")}
    fonts = formats_of_fonts(root)
    fills = colours_of_fills(root)
    borders = [_has_lines(entry) for entry in root.iterfind("{*}borders/{*}border")]
    styles: dict[int, CellStyle] = {}
    for number, entry in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        code = entry.get("numFmtId", "0")
        border = _number(entry.get("borderId"))
        ruled = border is not None and border < len(borders) and borders[border]
        font, filled = fonts.get(entry.get("fontId", "0")), entry.get("fillId", "0") in fills
        if font == FAINT and filled:
            font = None
        styles[number] = CellStyle(codes.get(code) or BUILTIN.get(_number(code) or 0, ""), ruled, font, filled)
    return styles


def _has_lines(border: Any) -> bool:
    """Whether a border has a line at the left or the right."""
    return any(
        local(side.tag) in {"left", "right", "start", "end"} and side.get("style", "none") != "none" for side in border
    )


def _number(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 8 else None


class _Reading:
    """The common state of all sheets of a workbook; the number of all their cells is limited."""

    def __init__(
        self, package: Package, strings: list[str], styles: Mapping[int, CellStyle], *, from_1904: bool
    ) -> None:
        self.package = package
        self.strings = strings
        self.styles = styles
        self.from_1904 = from_1904
        self.cells = 0
        self.tags = 0
        self.left_out = LeftOut()

    def sheet(self, part: str, name: str, *, hidden: bool) -> Sheet:
        content = _Cells(self, name)
        feed(self.package.read(part), content, part=part)
        shapes, texts = [], content.texts
        for place in [place for place, text in texts.items() if _PICTURE.match(text)]:
            shapes.append(Shape(*place))
            del texts[place]
        drawings = [relation.target for relation in self.package.relations(part) if relation.id == content.drawing]
        if drawings:
            shapes += shapes_of(self.package, drawings[-1])
        return Sheet(
            name,
            texts,
            tuple(content.spans),
            frozenset(content.ruled),
            hidden,
            frozenset(content.hidden_rows),
            frozenset(content.hidden_columns),
            tuple(content.uncounted),
            tuple(shapes),
            part,
            content.doubts,
        )

    def text(self, written: str, kind: str, style: CellStyle) -> VisibleText:
        """Return the visible text of a cell, from its content in the file."""
        if kind == "n" and (value := read_stored(written)) is not None:
            return shown(value, style.code, from_1904=self.from_1904)
        return VisibleText(self.words(written, kind, style))

    def words(self, written: str, kind: str, style: CellStyle) -> str:
        """Return the visible text of a cell that holds no number."""
        if kind == "s":
            number = _number(written.strip())
            words = self.strings[number] if number is not None and number < len(self.strings) else ""
            return shown_words(words, style.code) if style.code else words
        if kind in {"str", "inlineStr"}:
            return shown_words(_unescaped(written), style.code)
        if kind == "b":
            return "TRUE" if written.strip() in {"1", "true"} else "FALSE"
        if kind == "d":
            return shown_moment(written)
        return written.strip()


class _Cells:
    """Receives the tags of a sheet's part one by one, and keeps the visible text of its cells."""

    def __init__(self, reading: _Reading, sheet: str) -> None:
        self.reading = reading
        self.sheet = sheet
        self.texts: dict[Place, str] = {}
        self.spans: list[MergedRange] = []
        self.ruled: set[Place] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.uncounted: list[Place] = []
        self.doubts: dict[Place, Text] = {}
        self.drawing = ""
        self.counting = Counting()
        self.place: Place = (0, 0)
        self.kind = ""
        self.style = CellStyle()
        self.inside = ""
        self.written: dict[str, list[str]] = {}
        self.run: Format | None = None
        self.begun = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Receive a start tag."""
        self.reading.tags += 1
        if self.reading.tags > MAX_TAGS:
            raise crowd(MAX_TAGS)
        name = local(tag)
        if name == "c":
            self.begin_cell(attributes)
        elif name == "row":
            self.begin_row(attributes)
        elif name in {"v", "f", "t"} and self.inside != "rPh":
            self.inside = name
            self.begun = len(self.written.setdefault(name, []))
        elif name in {"rPh", "rPr", "r"} or self.inside == "rPr":
            self.take_run(name, attributes)
        elif name == "mergeCell":
            self.take_span(attributes.get("ref", ""))
        elif name == "col":
            self.take_column(attributes)
        elif name == "drawing":
            self.drawing = next((value for key, value in attributes.items() if local(key) == "id"), "")

    def end(self, tag: str) -> None:
        """Receive an end tag."""
        name = local(tag)
        if name == "c":
            self.end_cell()
        elif name in {"rPh", "rPr"} or (name in {"v", "f", "t"} and self.inside == name):
            if name == "t" and self.run is not None:
                run = self.written["t"][self.begun :]
                self.written["t"][self.begun :] = [marked_lines("".join(run), self.run)]
            self.inside = ""

    def data(self, text: str) -> None:
        """Receive text."""
        if self.inside in self.written:
            self.written[self.inside].append(text)

    def close(self) -> None:
        """End; there is no result to return."""

    def take_run(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "r":
            self.run = None
        elif name in {"rPh", "rPr"}:
            self.inside = name
        else:
            self.run = format_of_part(name, attributes) or self.run

    def take_span(self, reference: str) -> None:
        span = span_of(reference)
        if span is not None and len(self.spans) < _MAX_SPANS:
            self.spans.append(span)

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        row = self.counting.enter_row(attributes.get("r"))
        if attributes.get("hidden") in {"1", "true"} or attributes.get("ht") == "0":
            self.hidden_rows.add(row)

    def take_column(self, attributes: Mapping[str, str]) -> None:
        first, last = _number(attributes.get("min")), _number(attributes.get("max"))
        if first and last and (attributes.get("hidden") in {"1", "true"} or attributes.get("width") == "0"):
            self.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        self.place = self.counting.enter_cell(attributes.get("r", ""))
        self.kind = attributes.get("t", "n")
        style = _number(attributes.get("s"))
        self.style = self.reading.styles.get(style or 0, CellStyle())
        self.written = {}
        self.inside = ""
        self.run = None

    def end_cell(self) -> None:
        place = self.place
        if self.style.ruled:
            self.ruled.add(place)
        written = "".join(self.written.get("t" if self.kind == "inlineStr" else "v", ()))
        formula = self.written.get("f")
        if formula is not None and not written and not (self.kind == "str" and "v" in self.written):
            self.uncounted.append(place)
            text = "=" + "".join(formula)
            self.doubts[place] = _UNCOUNTED.format(text=text[:_QUOTED])
        else:
            text, doubt = self.reading.text(written, self.kind, self.style) if written else _NOTHING
            if doubt is not None:
                self.doubts[place] = doubt
            if self.style.format is not None or is_marked(text):
                text = self.settled(text)
        if text.strip():
            self.reading.cells += 1
            if self.reading.cells > MAX_CELLS:
                raise InputError("too-many-cells", TOO_MANY_CELLS.format(limit=MAX_CELLS))
            self.texts[place] = text
        self.written = {}

    def settled(self, text: str) -> str:
        """Return what is read of a text with formats; those of its runs come before that of the cell."""
        formatted = text if is_marked(text) else marked_lines(text, self.style.format)
        if self.style.filled:
            formatted = on_ground(formatted)
        place = Location(sheet=self.sheet, ref=ref(*self.place))
        shown, doubt = self.reading.left_out.read_cell(formatted, place)
        if doubt is not None:
            self.doubts[self.place] = doubt
        return shown
