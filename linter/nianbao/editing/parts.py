"""The parts of an Office file that is a zip of XML, changed in a copy: trees, links between parts, their types."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from nianbao.containers.limits import MAX_TAGS, TOO_MANY_TAGS
from nianbao.containers.rezip import rezipped
from nianbao.containers.zipped import Zipped
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.sheets.parts import parser

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_UNPACKED = 64 * 2**20
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TYPES = "[Content_Types].xml"
_EMPTY_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_EMPTY_LINKS = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'
_SIGNATURES = "_xmlsignatures/"
_ORIGIN = "digital-signature/origin"
_BROKEN = Text(
    "内容已损坏（{part}），不能写副本；请用原程序打开，另存后再试",
    "its content is broken ({part}), so that no copy can be written: open it in its program, save it again and retry",
)
_SIGNED = Text(
    "文件有数字签名，任何改动都会使签名失效，所以不写副本；请先另存一份去掉签名的文件再试",
    "carries a digital signature, which any change would break, so that no copy is written: "
    "save a copy without the signature and retry with that",
)


class PartRelation(NamedTuple):
    """What a part says of another: its id, of what kind it is (the last words of its type), and its name.

    ``target`` is "" for what lies outside the file.
    """

    id: str
    kind: str
    target: str


class Parts:
    """The parts of a file by name, in whatever case and with whatever slashes the zip writes them.

    Args:
        data: The file.

    Raises:
        InputError: it is no zip file within limits, or carries a digital signature.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._zipped = Zipped(data, max_unpacked=_MAX_UNPACKED)
        self._names = {_normal(info.filename): info.filename for info in self._zipped.members}
        self._changed: dict[str, bytes] = {}
        if any(name.startswith(_SIGNATURES) for name in self._names) or any(
            link.kind.endswith(_ORIGIN) for link in self.links("")
        ):
            raise InputError("signed", _SIGNED)
        links = self._links_tree("")
        self.is_strict = any("purl.oclc.org" in str(link.get("Type")) for link in links)

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._names

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; nothing where there is no such part."""
        written = self._names.get(_normal(name))
        if written is None:
            return b""
        return self._changed[written] if written in self._changed else self._zipped.read(written)

    def put(self, name: str, content: bytes) -> None:
        """Give a part other bytes, or add it."""
        self._changed[self._names.setdefault(_normal(name), name)] = content

    def tree(self, name: str) -> Any:
        """Return the root of a part; ``None`` where there is no such part, or nothing in it.

        Raises:
            InputError: it is no XML, or has more tags than any report.
        """
        data = self.read(name)
        return parsed(data, name) if data else None

    def put_tree(self, name: str, root: Any) -> None:
        """Give a part the content of a tree, or add it."""
        self.put(name, serialised(root))

    def links(self, name: str) -> tuple[PartRelation, ...]:
        """Return what a part refers to; "" stands for the file itself."""
        folder = posixpath.dirname(name)
        found = []
        for link in self._links_tree(name):
            outside = link.get("TargetMode") == "External"
            target = posixpath.normpath(posixpath.join("/", folder, str(link.get("Target", "")))).lstrip("/")
            kind = "/".join(str(link.get("Type", "")).split("/")[-2:])
            found.append(PartRelation(str(link.get("Id", "")), kind, "" if outside else target))
        return tuple(found)

    def linked(self, name: str, kind: str) -> str:
        """Return the first part of a kind (the last word of its type) that a part refers to; "" for none there is."""
        return next((link.target for link in self.links(name) if _last(link.kind) == kind and link.target in self), "")

    def link(self, name: str, target: str, *, kind: str) -> str:
        """Make a part refer to another, and return the id of the link."""
        part = _links_part(name)
        root = self._links_tree(name)
        taken = {link.get("Id") for link in root}
        number = next(number for number in range(1, len(taken) + 2) if f"rIdNb{number}" not in taken)
        etree.SubElement(
            root,
            _beside(root, "Relationship"),
            Id=f"rIdNb{number}",
            Type=f"{_STRICT_OFFICE if self.is_strict else _OFFICE}/{kind}",
            Target=posixpath.relpath("/" + target, "/" + posixpath.dirname(name)),
        )
        self.put_tree(part, root)
        return f"rIdNb{number}"

    def declare(self, name: str, content_type: str) -> None:
        """Say what type a new part is of."""
        root = self._types()
        etree.SubElement(root, _beside(root, "Override"), PartName="/" + name, ContentType=content_type)
        self.put_tree(_TYPES, root)

    def declare_ending(self, ending: str, content_type: str) -> None:
        """Say what type parts of an ending are of, where that is not said."""
        root = self._types()
        said = (str(one.get("Extension", "")).lower() for one in root if etree.QName(one).localname == "Default")
        if ending not in said:
            root.insert(0, root.makeelement(_beside(root, "Default"), Extension=ending, ContentType=content_type))
            self.put_tree(_TYPES, root)

    def free(self, pattern: str, *, first: str) -> str:
        """Return a name that no part has, by a pattern with a place for a number; the first number is given."""
        numbers = (first, *map(str, range(2, len(self._names) + 3)))
        return next(name for number in numbers if (name := pattern.format(number)) not in self)

    def packed(self) -> bytes:
        """Return the file with what was changed."""
        return rezipped(self._data, self._changed)

    def _types(self) -> Any:
        root = self.tree(_TYPES)
        return etree.fromstring(_EMPTY_TYPES) if root is None else root

    def _links_tree(self, name: str) -> Any:
        root = self.tree(_links_part(name))
        return etree.fromstring(_EMPTY_LINKS) if root is None else root


def parsed(data: bytes, name: str) -> Any:
    """Return the root of a part's bytes.

    Raises:
        InputError: it is no XML, or has more tags than any report.
    """
    if data.count(b"<") - data.count(b"</") > MAX_TAGS or data.count(b"=") > 4 * MAX_TAGS:
        raise InputError("too-many-tags", TOO_MANY_TAGS.format(limit=MAX_TAGS))
    try:
        root = etree.fromstring(data, parser())
    except (etree.LxmlError, ValueError) as error:
        raise broken(name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise broken(name)
    return root


def serialised(root: Any) -> bytes:
    """Return the bytes of a tree as Office writes them."""
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return made


def broken(name: str) -> InputError:
    """Return the error that a part is broken, so that no copy can be made."""
    return InputError("broken-part", _BROKEN.format(part=posixpath.basename(name)[:60]))


def numbered(written: Iterator[str | None]) -> Iterator[int]:
    """Give what is a number among ids as written."""
    return (int(one) for one in written if one and one.isascii() and one.isdigit() and len(one) < 10)


def _beside(root: Any, name: str) -> str:
    """Return a tag's name in the namespace of a root."""
    space = etree.QName(root).namespace
    return f"{{{space}}}{name}" if space else name


def _links_part(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _last(kind: str) -> str:
    return kind.rpartition("/")[2]


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
