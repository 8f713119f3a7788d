"""The names of elements in Word files, and access to child elements and properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

PARAGRAPH = W + "p"
TABLE = W + "tbl"
ROW = W + "tr"
CELL = W + "tc"
TEXT_BOX = W + "txbxContent"
FOREIGN_PART = W + "altChunk"
IMAGES = (
    f"{{{_DRAWING}/main}}blip",
    f"{{{_DRAWING}/chart}}chart",
    f"{{{_DRAWING}/diagram}}relIds",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
CHANGES = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"))

_WRAPPERS = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
)
_DELETED = frozenset((W + "del", W + "moveFrom"))
_ALTERNATES = _COMPATIBLE + "AlternateContent"
_VAL = W + "val"
_OFF = frozenset(("0", "false", "off"))


def inner(parent: Any) -> Iterator[Any]:
    """Give the child elements, including those in wrappers, without deleted ones.

    If content exists in two alternatives for different programs, only one of them is given.
    """
    for child in parent:
        tag = child.tag
        if tag in _WRAPPERS:
            yield from inner(child)
        elif tag == _ALTERNATES:
            branch = child.find(_COMPATIBLE + "Choice")
            branch = child.find(_COMPATIBLE + "Fallback") if branch is None else branch
            if branch is not None:
                yield from inner(branch)
        elif tag not in _DELETED:
            yield child


def value(parent: Any, name: str) -> str | None:
    """Return the value of a property; "" if it has no value, ``None`` if it is not set."""
    element = None if parent is None else parent.find(W + name)
    return None if element is None else element.get(_VAL, "")


def number(parent: Any, name: str, *, most: int) -> int | None:
    """Return the value of a property as a count, at most ``most``; ``None`` if it is not set or not a count."""
    written = (value(parent, name) or "").strip()[:9]
    return min(int(written), most) if written.isascii() and written.isdigit() else None


def switched(parent: Any, name: str) -> bool | None:
    """Whether a property is on or off; ``None`` if it is not set."""
    written = value(parent, name)
    return None if written is None else written not in _OFF
