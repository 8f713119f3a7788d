"""The parts of a workbook: their limits, and their tags in all editions of the standard."""

from __future__ import annotations

import posixpath
from typing import Any

from lxml import etree

from nianbao.containers.package import PackageUse, parser
from nianbao.containers.zipped import MAX_UNPACKED_BYTES
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.sheets.workbook import broken

MAX_TREE_TAGS = 500_000
_CHUNK = 2**16

_CROWD = Text(
    "工作簿里的标签超过 {limit} 个，不像年度报告；请只保存年报正文再检查",
    "holds more than {limit} tags, which no annual report does: save the report itself and check that",
)


def feed(data: bytes, target: Any, *, part: str) -> None:
    """Pass the tags and texts of a part to a target one by one, without making a tree.

    Raises:
        InputError: it is not XML, or the target raises it.
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
    """Return an attribute by its name without namespace, since editions of the standard differ in it; "" if missing."""
    value = element.get(name)
    if value is None:
        value = next((value for key, value in element.attrib.items() if local(key) == name), "")
    return str(value)


def crowd(limit: int) -> InputError:
    """Return the error for a part with more tags than any report has."""
    return InputError("too-many-tags", _CROWD.format(limit=limit))


def _bounded(data: bytes) -> None:
    if data.count(b"<") > 2 * MAX_TREE_TAGS:
        raise crowd(MAX_TREE_TAGS)


SHEETS = PackageUse(lambda part, _reason: broken(posixpath.basename(part)), _bounded, MAX_UNPACKED_BYTES)
