"""What copies of Word files and workbooks hold, looked at by other means than those that made them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
from lxml import etree

from nianbao.editing.copies import CopyWriter
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from nianbao.model.problem import Problem
    from nianbao.model.result import Checked

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK_PARTS = frozenset(("docProps/app.xml", "_rels/.rels", "[Content_Types].xml"))  # the parts with the mark of a copy


class Comment(NamedTuple):
    """A comment of a Word file.

    Attributes:
        author: Who made it.
        said: Its lines.
        marked: The words that it is on.
        cell: Number of the outermost table, of the row and of the cell that they stand in; ``None`` outside tables.
    """

    author: str
    said: tuple[str, ...]
    marked: str
    cell: tuple[int, int, int] | None


class Copies(NamedTuple):
    """The copies of reports that were written, and why others were not."""

    written: tuple[str, ...]
    problems: tuple[Problem, ...]


def write_copies(reports: Sequence[Checked], folder: str, *, paths: Sequence[str]) -> Copies:
    """Write copies with notes of reports, found below paths, into a folder."""
    writer = CopyWriter(CHINESE, folder, paths=paths, sources=[checked.path for checked in reports])
    for checked in reports:
        writer.add(checked)
    return Copies(tuple(writer.written), tuple(writer.problems))


def members(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip file with what they hold."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {info.filename: file.read(info) for info in file.infolist()}


def other(first: bytes, second: bytes) -> set[str]:
    """Return the members that two zip files do not have alike."""
    one, two = members(first), members(second)
    return {name for name in one.keys() | two.keys() if one.get(name) != two.get(name)}


def text_of(data: bytes) -> Any:
    """Return the text of a Word file as a tree."""
    return etree.fromstring(members(data)["word/document.xml"])


def comments(data: bytes) -> dict[str, Comment]:
    """Return the comments of a Word file by id."""
    held = members(data)
    part = next(name for name in held if name.startswith("word/comments") and name.endswith(".xml"))
    text = etree.fromstring(held["word/document.xml"])
    found: dict[str, Comment] = {}
    for one in etree.fromstring(held[part]):
        lines = tuple("".join(piece.text or "" for piece in line.iter(W + "t")) for line in one.iter(W + "p"))
        number = one.get(W + "id", "")
        found[number] = Comment(one.get(W + "author", ""), lines, *_marked(text, number))
    return found


def _marked(root: Any, number: str) -> tuple[str, tuple[int, int, int] | None]:
    """Return the words between the marks of a comment, and the cell in which they begin."""
    words: list[str] = []
    cell = None
    inside = False
    for element in root.iter(W + "t", W + "commentRangeStart", W + "commentRangeEnd"):
        if element.tag == W + "t":
            words += [element.text or ""] if inside else []
        elif element.get(W + "id") == number:
            inside = element.tag == W + "commentRangeStart"
            cell = _cell(root, element) if inside else cell
    return "".join(words), cell


def _cell(root: Any, element: Any) -> tuple[int, int, int] | None:
    cells = list(element.iterancestors(W + "tc"))
    if not cells:
        return None
    row = next(cells[-1].iterancestors(W + "tr"))
    table = next(row.iterancestors(W + "tbl"))
    tables = [one for one in root.iter(W + "tbl") if next(one.iterancestors(W + "tbl"), None) is None]
    rows, own = _inside(table, "tr", of="tbl"), _inside(row, "tc", of="tr")
    return tables.index(table) + 1, rows.index(row) + 1, own.index(cells[-1]) + 1


def _inside(parent: Any, name: str, *, of: str) -> list[Any]:
    """Return the elements of a name that belong to a parent itself, and not to another such in it."""
    return [one for one in parent.iter(W + name) if next(one.iterancestors(W + of)) is parent]


def notes(data: bytes) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the notes of a workbook by sheet and cell, each with its author and what it says."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate): (cell.comment.author, cell.comment.text)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }
