"""The parts of a Word file that are read: its text, its styles, its lists and what it says of itself."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from nianbao.containers.limits import MAX_CELLS, MAX_TAGS, TOO_MANY_CELLS, TOO_MANY_TAGS
from nianbao.containers.zipped import Zipped
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.word.xml_names import CELL, PARAGRAPH

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES = "[Content_Types].xml"
_USUAL = "word/document.xml"
_MAX_UNPACKED_BYTES = 64 * 2**20
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
    """The parts that are read, each the root of its tree, ``None`` for those not there; and the name of the text's."""

    document: Any
    styles: Any = None
    numbering: Any = None
    core: Any = None
    name: str = _USUAL


def is_word(data: bytes) -> bool:
    """Whether bytes are a Word file; one that is cut off is known by the names of its parts."""
    try:
        file = Zipped(data)
        types = file.read(_TYPES) if _TYPES in file else b""
    except InputError:
        return _USUAL.encode() in data
    return _main_part(types) is not None or (bool(types) and _USUAL in file)


def open_word(data: bytes) -> WordPackage:
    """Open a Word file within limits.

    Only what is read is unpacked: a broken link or picture, for which Word opens the file all the same, does no harm.

    Raises:
        InputError: it is broken, has no text, or more in it than any report.
    """
    file = Zipped(data, max_unpacked=_MAX_UNPACKED_BYTES)
    name = _text_part(file)
    if name not in file:
        raise InputError("unreadable-word", _NO_TEXT)
    document = _parsed(file, name)
    if document.find(".//" + PARAGRAPH) is None:
        raise InputError("unreadable-word", _NO_TEXT)
    if sum(1 for _cell in document.iter(CELL)) > MAX_CELLS:
        raise InputError("too-many-cells", TOO_MANY_CELLS.format(limit=MAX_CELLS))
    parts = _linked(file, name)
    others = (parts.get("styles"), parts.get("numbering"), _linked(file, "").get("core-properties"))
    styles, numbering, core = (_parsed(file, part) if part in file else None for part in map(str, others))
    return WordPackage(document, styles, numbering, core, name)


def _text_part(file: Zipped) -> str:
    """Return the name of the part with the text: by its link, its type, or as it is usually called."""
    return _linked(file, "").get("officeDocument") or _main_part(file.read(_TYPES)) or _USUAL


def _main_part(types: bytes) -> str | None:
    """Return the name of the part with the text, as the list of types has it."""
    found = _MAIN_TYPE.search(types)
    return (found["name"] or found["behind"]).decode("utf-8", "replace").lstrip("/") if found else None


def _linked(file: Zipped, name: str) -> Mapping[str, str]:
    """Return the parts that a part is linked with, by the last word of the kind of link; "" for the file itself."""
    folder, base = posixpath.split(name)
    links = posixpath.join(folder, "_rels", f"{base}.rels")
    if links not in file:
        return {}
    found: dict[str, str] = {}
    for link in _parsed(file, links):
        kind = str(link.get("Type", "")).rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, str(link.get("Target", ""))))
        if link.get("TargetMode") != "External":
            found.setdefault(kind, target.lstrip("/"))
    return found


def _parsed(file: Zipped, name: str) -> Any:
    """Return the root of a part; nothing outside the file is looked at."""
    data = file.read(name)
    if data.count(b"<") - data.count(b"</") > MAX_TAGS or data.count(b"=") > 4 * MAX_TAGS:
        raise InputError("too-many-tags", TOO_MANY_TAGS.format(limit=MAX_TAGS))
    for strict, usual in STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        wording = _TOO_DEEP if "depth" in str(error) else _BROKEN
        raise InputError("unreadable-word", wording.format(part=name)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError("unreadable-word", _BROKEN.format(part=name))
    return root
