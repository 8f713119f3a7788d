"""Shapes over the cells of a sheet: pictures, and text boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.errors import InputError
from nianbao.readers.sheets.workbook import MAX_COLUMNS, MAX_ROWS, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.containers.package import Package

MAX_SHAPES = 2_000


def shapes_of(package: Package, part: str) -> list[Shape]:
    """Return the pictures and text boxes of a drawing; empty if the drawing cannot be read."""
    try:
        root = package.tree(part)
    except InputError:
        return []
    return [] if root is None else list(_shapes(root))[:MAX_SHAPES]


def _shapes(root: Any) -> Iterator[Shape]:
    for anchor in root:
        corner = anchor.find("{*}from")
        row, column = _corner(corner, "row", MAX_ROWS), _corner(corner, "col", MAX_COLUMNS)
        for picture in anchor.iter("{*}pic"):
            named = picture.find("{*}nvPicPr/{*}cNvPr")
            yield Shape(row, column, "" if named is None else named.get("descr", ""))
        for box in anchor.iter("{*}txBody"):
            lines = ("".join(run.text or "" for run in line.iter("{*}t")) for line in box.iter("{*}p"))
            words = "\n".join(line for line in lines if line.strip())
            if words:
                yield Shape(row, column, words, is_text=True)


def _corner(corner: Any, name: str, most: int) -> int:
    written = "0" if corner is None else corner.findtext(f"{{*}}{name}", "0").strip()
    return min(int(written), most - 1) if written.isascii() and written.isdigit() and len(written) < 8 else 0
