"""The parts of an Office file that is a zip of XML, read within limits, by whichever edition of the standard."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.sheets.workbook import broken

if TYPE_CHECKING:
    from nianbao.containers.zipped import Zipped

MAX_TREE_TAGS = 500_000
_CHUNK = 2**16

_CROWD = Text(
    "工作簿里的标签超过 {limit} 个，不像年度报告；请只保存年报正文再检查",
    "holds more than {limit} tags, which no annual report does: save the report itself and check that",
)


class Relation(NamedTuple):
    """What a part says of another one: of what kind it is (the last word of its type), and its name in the zip."""

    kind: str
    target: str


class SheetPackage:
    """The parts of a zip by name, whatever case and slashes the zip writes them in."""

    def __init__(self, zipped: Zipped) -> None:
        self._zipped = zipped
        self._names = {_normal(info.filename): info.filename for info in zipped.members}

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._names

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; nothing where there is no such part."""
        written = self._names.get(_normal(name))
        return b"" if written is None else self._zipped.read(written)

    def tree(self, name: str) -> Any | None:
        """Return the root of a part; ``None`` where there is no such part.

        Raises:
            InputError: it is no XML, or has more tags than any report.
        """
        data = self.read(name)
        if not data:
            return None
        if data.count(b"<") > 2 * MAX_TREE_TAGS:
            raise crowd(MAX_TREE_TAGS)
        try:
            root = etree.fromstring(data, parser())
        except (etree.LxmlError, ValueError) as error:
            raise broken(posixpath.basename(name)) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise broken(posixpath.basename(name))
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """Return what a part refers to, by id; what lies outside the zip is left out."""
        folder, file = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, Relation] = {}
        for entry in () if root is None else root.iter("{*}Relationship"):
            target = entry.get("Target")
            if target and entry.get("TargetMode") != "External":
                kind = entry.get("Type", "").rpartition("/")[2]
                found[entry.get("Id", "")] = Relation(kind, posixpath.normpath(posixpath.join("/", folder, target)))
        return found


def parser(**options: Any) -> etree.XMLParser:
    """Return a parser that takes nothing from outside and expands nothing."""
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True, **options
    )


def feed(data: bytes, target: Any, *, part: str) -> None:
    """Give the tags and texts of a part to a target one by one, so that no tree of it is made.

    Raises:
        InputError: it is no XML, or what the target raises.
    """
    reading = parser(target=target)
    try:
        for start in range(0, len(data), _CHUNK):
            reading.feed(data[start : start + _CHUNK])
        reading.close()
    except (etree.LxmlError, ValueError) as error:
        raise broken(posixpath.basename(part)) from error


def local(tag: str) -> str:
    """Return the name of a tag without its namespace."""
    return tag.rpartition("}")[2]


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its name without namespace: editions of the standard differ in it; "" for none."""
    value = element.get(name)
    if value is None:
        value = next((value for key, value in element.attrib.items() if local(key) == name), "")
    return str(value)


def crowd(limit: int) -> InputError:
    """Return the error that there are more tags than in any report."""
    return InputError("too-many-tags", _CROWD.format(limit=limit))


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
