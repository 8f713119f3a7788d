"""Places of a file in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.messages import Text

if TYPE_CHECKING:
    from nianbao.model.location import Location

_SHEET = Text("工作表“{sheet}”的 {ref} 格", "cell {ref} of sheet {sheet}")
_CELL = Text("第 {table} 个表第 {row} 行第 {cell} 格", "cell {cell} of row {row} in table {table}")
_PARAGRAPH = Text("第 {paragraph} 段", "paragraph {paragraph}")
_UNKNOWN = Text("这一处", "the place named")
_NO_CELL = Text(
    "文件里没有{where}，没有改动；文件可能已改过，请重新检查后再改",
    "has no {where}, and was not changed: it may have been changed since, so check it again first",
)

_NO_PARAGRAPH = Text(
    "文件里找不到{where}原来的文字，没有加句子；请手工加",
    "no longer has the text of {where}, and no sentence was added: add it by hand",
)


def where(location: Location) -> Text:
    """Return a place in words, to be used within a sentence."""
    known = location._asdict()
    for wording, names in ((_SHEET, ("sheet", "ref")), (_CELL, ("table", "row", "cell")), (_PARAGRAPH, ("paragraph",))):
        if all(known[name] is not None for name in names):
            return wording.format(**known)
    return _UNKNOWN


def no_cell(location: Location) -> InputError:
    """Return the error for a cell that the file does not have."""
    return InputError("no-cell", _NO_CELL.format(where=where(location)))


def no_paragraph(location: Location) -> InputError:
    """Return the error for a paragraph that the file does not have, or behind which nothing can be added."""
    return InputError("no-paragraph", _NO_PARAGRAPH.format(where=where(location)))
