"""Marks copies as work of nianbao, in the metadata of their formats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from nianbao.containers.package import tag_beside
from nianbao.editing.source_text import Edit, SourceText
from nianbao.model.own_work import APPLICATION, COMMENT, GENERATOR, find_mark

if TYPE_CHECKING:
    from nianbao.containers.package import Package
    from nianbao.model.own_work import OwnWork

_PROPERTIES = "docProps/app.xml"
_KIND = "extended-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_HEAD = re.compile(r"<head(?:\s[^<>]*)?>", re.IGNORECASE)


def marked(copy: bytes, work: OwnWork, *, form: str) -> bytes:
    """Return a copy of a page or of data with its mark; unchanged if it has no place for one, or has one already.

    Args:
        copy: The bytes of the copy; the editors of Office files and PDFs have marked theirs.
        work: What it is.
        form: Its format, by the id of its reader.
    """
    if form == "html":
        return copy if find_mark(copy) == work else _in_head(copy, work)
    if form == "report" and not copy.lstrip().startswith(b"{"):
        text = SourceText(copy)
        end = len(text.text)
        return text.edited([Edit(end, end, ("" if text.text.endswith("\n") else "\n") + COMMENT.format(work.mark))])
    return copy


def mark_office(package: Package, work: OwnWork) -> None:
    """Mark an Office file: the mark is the name of the program that wrote it.

    When a person saves the file in an office program, its own name takes that place, and the file is the person's.
    """
    name = package.linked("", _KIND)
    root = package.tree(name) if name else None
    if root is None:
        name = _PROPERTIES
        root = etree.fromstring(f'<Properties xmlns="{_SPACE}"/>')
        package.declare(name, _TYPE)
        package.link("", name, kind=_KIND)
    program = root.find(tag_beside(root, APPLICATION))
    if program is None:
        program = etree.SubElement(root, tag_beside(root, APPLICATION))
    program.text = work.mark
    package.put_tree(name, root)


def _in_head(copy: bytes, work: OwnWork) -> bytes:
    """Put the mark into the head of a page; a part of a page without a head stays unmarked."""
    page = SourceText(copy)
    head = _HEAD.search(page.text)
    if head is None:
        return copy
    return page.edited([Edit(head.end(), head.end(), GENERATOR.format(work.mark))])
