"""The parts of a Word file that are read: its text, its styles, its lists and its properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.containers.limits import MAX_CELLS, TOO_MANY_CELLS
from nianbao.containers.package import TYPES, Package, PackageUse
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.word.xml_names import CELL, PARAGRAPH

if TYPE_CHECKING:
    from nianbao.containers.zipped import Zipped
    from nianbao.readers.source import Source

_USUAL = "word/document.xml"
_MAIN_TYPE = re.compile(
    rb'PartName\s*=\s*["\'](?P<name>[^"\'<>]+)["\'][^<>]*(?:wordprocessingml|ms-word)[\w.]*\.main\+xml'
    rb'|(?:wordprocessingml|ms-word)[\w.]*\.main\+xml["\'][^<>]*PartName\s*=\s*["\'](?P<behind>[^"\'<>]+)["\']'
)
STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
_RESAVE = Text("请用 Word 或 WPS 打开，另存后再检查", "open it in Word or WPS, save it again and check that")
_NO_TEXT = Text("是 Word 文件，但里面没有正文；" + _RESAVE.zh, "is a Word file without its text: " + _RESAVE.en)
_BROKEN = Text(
    "是 Word 文件，但内容已损坏（{part}）；" + _RESAVE.zh,
    "is a Word file, but its content is broken ({part}): " + _RESAVE.en,
)
_TOO_DEEP = Text(
    "是 Word 文件，但层层嵌套太深（{part}）；请把年报正文复制到新文件再检查",
    "is a Word file, but nested too deep ({part}): copy the report into a new file and check that",
)


class WordPackage(NamedTuple):
    """The roots of the parts that are read, ``None`` for missing parts, and the name of the part with the text."""

    document: Any
    styles: Any = None
    numbering: Any = None
    core: Any = None
    name: str = _USUAL


def is_word(source: Source) -> bool:
    """Whether a source is a Word file; a truncated file is recognised by the names of its parts."""
    try:
        file = source.zipped.limited()
        types = file.read(TYPES) if TYPES in file else b""
    except InputError:
        return _USUAL.encode() in source.data
    return _main_part(types) is not None or (bool(types) and _USUAL in file)


def open_word(zipped: Zipped) -> WordPackage:
    """Open a Word file within limits.

    Only the parts that are read are unpacked: Word opens a file with a broken link or picture, and so does nianbao.

    Raises:
        InputError: it is broken, has no text, or is larger than any report.
    """
    package = Package(zipped, _USE)
    name = package.linked("", "officeDocument") or _main_part(package.read(TYPES)) or _USUAL
    if name not in package:
        raise InputError("unreadable-word", _NO_TEXT)
    document = _tree(package, name)
    if document.find(".//" + PARAGRAPH) is None:
        raise InputError("unreadable-word", _NO_TEXT)
    if sum(1 for _cell in document.iter(CELL)) > MAX_CELLS:
        raise InputError("too-many-cells", TOO_MANY_CELLS.format(limit=MAX_CELLS))
    others = (package.linked(name, "styles"), package.linked(name, "numbering"), package.linked("", "core-properties"))
    styles, numbering, core = (_tree(package, part) if part else None for part in others)
    return WordPackage(document, styles, numbering, core, name)


def _main_part(types: bytes) -> str | None:
    """Return the name of the part with the text, from the list of content types."""
    match = _MAIN_TYPE.search(types)
    return (match["name"] or match["behind"]).decode("utf-8", "replace").lstrip("/") if match else None


def _tree(package: Package, name: str) -> Any:
    """Return the root element of an existing part."""
    root = package.tree(name)
    if root is None:
        raise _broken(name, "")
    return root


def _broken(name: str, reason: str) -> InputError:
    wording = _TOO_DEEP if "depth" in reason else _BROKEN
    return InputError("unreadable-word", wording.format(part=name))


_USE = PackageUse(_broken, editions=STRICT)
