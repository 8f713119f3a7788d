"""Packages of Office Open XML: zip files of parts, most of them XML; read within limits, written with changed parts."""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from nianbao.containers.limits import MAX_TAGS, TOO_MANY_TAGS
from nianbao.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nianbao.containers.zipped import Zipped

TYPES = "[Content_Types].xml"
MAX_UNPACKED_BYTES = 64 * 2**20
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_EMPTY_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_EMPTY_RELATIONS = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'


class Relation(NamedTuple):
    """A reference from a part to another one: its id, its type and its target; "" for a target outside the package."""

    id: str
    type: str
    target: str

    @property
    def kind(self) -> str:
        """The last word of its type; all editions of the standard have it in common."""
        return self.type.rpartition("/")[2]


def bounded(data: bytes) -> None:
    """Refuse a part with more tags or attributes than any report has, before it is parsed.

    Raises:
        InputError: code ``too-many-tags``.
    """
    if data.count(b"<") - data.count(b"</") > MAX_TAGS or data.count(b"=") > 4 * MAX_TAGS:
        raise InputError("too-many-tags", TOO_MANY_TAGS.format(limit=MAX_TAGS))


class PackageUse(NamedTuple):
    """How a package is opened: its limits, and the error for a broken part.

    Attributes:
        broken: Makes the error, from the name of the part and the message of the parser.
        bound: Refuses a part that is too complex.
        max_unpacked: The maximum size in bytes of all parts together.
        editions: Namespaces of one edition of the standard, each with the namespace that replaces it in trees.
    """

    broken: Callable[[str, str], InputError]
    bound: Callable[[bytes], None] = bounded
    max_unpacked: int = MAX_UNPACKED_BYTES
    editions: tuple[tuple[bytes, bytes], ...] = ()


class Package:
    """The parts of an Office file by name; case and the kind of slash make no difference.

    Args:
        zipped: The file.
        use: How it is opened.
    """

    def __init__(self, zipped: Zipped, use: PackageUse) -> None:
        self._use = use
        self._zipped = zipped.limited(use.max_unpacked)
        self._names = {_normal(info.filename): info.filename for info in zipped.members}
        self._changed: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; empty if there is no such part."""
        written = self._names.get(_normal(name))
        if written is None:
            return b""
        return self._changed[written] if written in self._changed else self._zipped.read(written)

    def tree(self, name: str) -> Any:
        """Return the root element of a part; ``None`` if there is no such part, or it is empty.

        Raises:
            InputError: it is not XML, or larger than any report.
        """
        data = self.read(name)
        return self._parsed(data, name) if data else None

    def relations(self, name: str) -> tuple[Relation, ...]:
        """Return the references of a part, in order; "" is the package itself.

        Raises:
            InputError: the part that lists them is broken.
        """
        folder = posixpath.dirname(name)
        relations = []
        for link in self._relations_tree(name):
            target = str(link.get("Target", "")) if link.get("TargetMode") != "External" else ""
            inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") if target else ""
            relations.append(Relation(str(link.get("Id", "")), str(link.get("Type", "")), inside))
        return tuple(relations)

    def linked(self, name: str, kind: str) -> str:
        """Return the first part of a kind that a part refers to, else ""."""
        return next(
            (relation.target for relation in self.relations(name) if relation.kind == kind and relation.target in self),
            "",
        )

    @cached_property
    def is_strict(self) -> bool:
        """Whether it follows the strict edition of the standard, which has its own namespaces."""
        return any("purl.oclc.org" in relation.type for relation in self.relations(""))

    def put(self, name: str, content: bytes) -> None:
        """Replace the bytes of a part, or add the part."""
        self._changed[self._names.setdefault(_normal(name), name)] = content

    def put_tree(self, name: str, root: Any) -> None:
        """Replace the content of a part by a tree, or add the part."""
        self.put(name, serialised(root))

    def link(self, name: str, target: str, *, kind: str) -> str:
        """Make a part refer to another, and return the id of the reference."""
        root = self._relations_tree(name)
        used = {link.get("Id") for link in root}
        number = next(number for number in range(1, len(used) + 2) if f"rIdNb{number}" not in used)
        etree.SubElement(
            root,
            tag_beside(root, "Relationship"),
            Id=f"rIdNb{number}",
            Type=f"{_STRICT_OFFICE if self.is_strict else _OFFICE}/{kind}",
            Target=posixpath.relpath("/" + target, "/" + posixpath.dirname(name)),
        )
        self.put_tree(_relations_part(name), root)
        return f"rIdNb{number}"

    def declare(self, name: str, content_type: str) -> None:
        """Declare the type of a new part."""
        root = self._types()
        etree.SubElement(root, tag_beside(root, "Override"), PartName="/" + name, ContentType=content_type)
        self.put_tree(TYPES, root)

    def declare_ending(self, ending: str, content_type: str) -> None:
        """Declare the type of parts with an ending, unless it is declared already."""
        root = self._types()
        known = (str(entry.get("Extension", "")).lower() for entry in root if _local(entry) == "Default")
        if ending not in known:
            root.insert(0, root.makeelement(tag_beside(root, "Default"), Extension=ending, ContentType=content_type))
            self.put_tree(TYPES, root)

    def free(self, pattern: str, *, first: str) -> str:
        """Return an unused name for a part, from a pattern with a place for a number and the first number to try."""
        numbers = (first, *map(str, range(2, len(self._names) + 3)))
        return next(name for number in numbers if (name := pattern.format(number)) not in self)

    def packed(self) -> bytes:
        """Return the file with its changes; all other members are copied byte for byte."""
        from nianbao.containers.rezip import rezipped  # noqa: PLC0415 - only for copies

        return rezipped(self._zipped, self._changed)

    def _parsed(self, data: bytes, name: str) -> Any:
        self._use.bound(data)
        for edition, usual in self._use.editions:
            data = data.replace(edition, usual)
        try:
            root = etree.fromstring(data, parser())
        except (etree.LxmlError, ValueError) as error:
            raise self._use.broken(name, str(error)) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._use.broken(name, "")
        return root

    def _types(self) -> Any:
        root = self.tree(TYPES)
        return etree.fromstring(_EMPTY_TYPES) if root is None else root

    def _relations_tree(self, name: str) -> Any:
        root = self.tree(_relations_part(name))
        return etree.fromstring(_EMPTY_RELATIONS) if root is None else root


def parser(**options: Any) -> etree.XMLParser:
    """Return a parser that loads nothing external and expands no entities."""
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True, **options
    )


def serialised(root: Any) -> bytes:
    """Return the bytes of a tree as Office writes them."""
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return made


def _local(element: Any) -> str:
    return etree.QName(element).localname


def tag_beside(root: Any, name: str) -> str:
    """Return a tag in the namespace of a root element; editions of the standard have different namespaces."""
    space = etree.QName(root).namespace
    return f"{{{space}}}{name}" if space else name


def _relations_part(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
