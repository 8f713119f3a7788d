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
from nianbao.readers.sheets.dateformats import shown_moment
from nianbao.readers.sheets.drawings import shapes_of
from nianbao.readers.sheets.numberformats import BUILTIN, read_stored, shown
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
    span_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.containers.zipped import Zipped
    from nianbao.readers.sheets.workbook import MergedRange, Place

MAX_TAGS = 1_000_000
_MAX_SPANS = 100_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
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
    return Workbook(tuple(sheets), () if styles is not None else (_NO_STYLES,), main)


def _strings(package: Package, name: str) -> list[str]:
    root = package.tree(name) if name else None
    return [] if root is None else [_words(item) for item in root.iter("{*}si")]


def _words(item: Any) -> str:
    """Return the text of a string, its runs joined, without phonetic readings."""
    runs = item.iter("{*}t", "{*}rPh")
    return _unescaped("".join(run.text or "" for run in runs if local(run.tag) == "t" and not _is_reading(run)))


def _is_reading(run: Any) -> bool:
    parent = run.getparent()
    return parent is not None and local(parent.tag) == "rPh"


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
    borders = [_has_lines(entry) for entry in root.iterfind("{*}borders/{*}border")]
    styles: dict[int, CellStyle] = {}
    for number, entry in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        code = entry.get("numFmtId", "0")
        border = _number(entry.get("borderId"))
        ruled = border is not None and border < len(borders) and borders[border]
        styles[number] = CellStyle(codes.get(code) or BUILTIN.get(_number(code) or 0, ""), ruled)
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

    def sheet(self, part: str, name: str, *, hidden: bool) -> Sheet:
        content = _Cells(self)
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
        )

    def text(self, written: str, kind: str, style: CellStyle) -> str:
        """Return the visible text of a cell, from its content in the file."""
        if kind == "s":
            number = _number(written.strip())
            return self.strings[number] if number is not None and number < len(self.strings) else ""
        if kind in {"str", "inlineStr"}:
            return _unescaped(written)
        if kind == "b":
            return "TRUE" if written.strip() in {"1", "true"} else "FALSE"
        if kind == "d":
            return shown_moment(written)
        if kind == "e":
            return written.strip()
        value = read_stored(written)
        return written.strip() if value is None else shown(value, style.code, from_1904=self.from_1904)


class _Cells:
    """Receives the tags of a sheet's part one by one, and keeps the visible text of its cells."""

    def __init__(self, reading: _Reading) -> None:
        self.reading = reading
        self.texts: dict[Place, str] = {}
        self.spans: list[MergedRange] = []
        self.ruled: set[Place] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.uncounted: list[Place] = []
        self.drawing = ""
        self.counting = Counting()
        self.place: Place = (0, 0)
        self.kind = ""
        self.style = CellStyle()
        self.inside = ""
        self.written: dict[str, list[str]] = {}

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
            self.written.setdefault(name, [])
        elif name == "rPh":
            self.inside = name
        elif name == "mergeCell":
            span = span_of(attributes.get("ref", ""))
            if span is not None and len(self.spans) < _MAX_SPANS:
                self.spans.append(span)
        elif name == "col":
            self.take_column(attributes)
        elif name == "drawing":
            self.drawing = next((value for key, value in attributes.items() if local(key) == "id"), "")

    def end(self, tag: str) -> None:
        """Receive an end tag."""
        name = local(tag)
        if name == "c":
            self.end_cell()
        elif name == "rPh" or (name in {"v", "f", "t"} and self.inside == name):
            self.inside = ""

    def data(self, text: str) -> None:
        """Receive text."""
        if self.inside in self.written:
            self.written[self.inside].append(text)

    def close(self) -> None:
        """End; there is no result to return."""

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

    def end_cell(self) -> None:
        place = self.place
        if self.style.ruled:
            self.ruled.add(place)
        written = "".join(self.written.get("t" if self.kind == "inlineStr" else "v", ()))
        formula = self.written.get("f")
        if formula is not None and not written and not (self.kind == "str" and "v" in self.written):
            self.uncounted.append(place)
            text = "=" + "".join(formula)
        else:
            text = self.reading.text(written, self.kind, self.style) if written else ""
        if text.strip():
            self.reading.cells += 1
            if self.reading.cells > MAX_CELLS:
                raise InputError("too-many-cells", TOO_MANY_CELLS.format(limit=MAX_CELLS))
            self.texts[place] = text
        self.written = {}
