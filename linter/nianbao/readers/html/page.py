"""Web pages: prose and tables in reading order, as sites, Word and WPS write them."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from nianbao.containers.limits import MAX_CELLS, MAX_TAGS, TOO_MANY_ATTRIBUTES, TOO_MANY_CELLS, TOO_MANY_TAGS
from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.document import Document
from nianbao.readers.html.cell_contents import contents_of
from nianbao.readers.html.data_tables import too_deep
from nianbao.readers.html.elements import BLOCKS, SILENT, USUAL
from nianbao.readers.html.media import keep_pictures, links_of
from nianbao.readers.html.page_formats import mark_formats
from nianbao.readers.html.page_statements import hides, stated_formats, stated_styles
from nianbao.readers.html.places import HtmlPlaces
from nianbao.readers.html.walk import PageWalk

_CELL_TAG = re.compile(r"<t[dh][\s>]", re.IGNORECASE)
_HIDDEN = re.compile(rb"hidden[\s=>/]")
_KEPT = BLOCKS | SILENT
_CROWD = 1000
_PLAIN = "span"
_LARGE = 256 * 1024
_ATTRIBUTE = r"""[\s/]++[^\s/>=]{1,200}+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_ATTRIBUTES = re.compile(rf"<[a-zA-Z][^\s/>]{{0,200}}+(?:{_ATTRIBUTE}){{0,{_CROWD - 1}}}+(?P<more>{_ATTRIBUTE})?+")
_NO_PAGE = Text(
    "像网页，但读不出内容；请在浏览器里打开，另存为网页再检查",
    "looks like a page, but nothing can be read from it: open it in a browser, save it as a page and check that",
)


def read_html(text: str, name: str, *, sha256: str) -> Document:
    """Read a page.

    Raises:
        InputError: the text cannot be parsed as a page, or has more table cells than any report.
    """
    _refuse_flood(text)
    # Bytes in a known encoding: the page's own declaration does not matter any more.
    encoded = text.encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(encoded, parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError("unreadable-page", _NO_PAGE) from error
    if root is None:
        raise InputError("unreadable-page", _NO_PAGE)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise too_deep()
    title = root.findtext(".//title")
    metadata, links = _metadata(root), links_of(root)
    lowered = encoded.lower()  # a search of the source is far faster than one of the tree
    styles = stated_styles(lowered)
    hidden = _hidden(root) if _may_hide(lowered, styles) else frozenset()
    statements = stated_formats(root, lowered, styles=styles)
    contents = contents_of(root, hidden)
    if statements or contents.links or (hidden and statements.sheets):
        hidden = mark_formats(root, statements, hidden=hidden, links=contents.links)
    keep_pictures(root, hidden)
    _keep_blocks(root, hidden)
    walk = PageWalk(hidden, contents.pictured)
    walk.enter(root)
    return Document(
        name=name,
        format="html",
        sha256=sha256,
        blocks=tuple(walk.blocks),
        title=" ".join(title.split()) if title else None,
        metadata=metadata,
        places=HtmlPlaces(walk.counts),
        text=text,
        links=links,
        notes=walk.notes(),
    )


def _refuse_flood(text: str) -> None:
    """Refuse a page that is more complex than any report, before it is parsed.

    Raises:
        InputError: too many cells, tags, or attributes of one tag (they would take the parser minutes).
    """
    tags = text.count("<")
    if tags > MAX_CELLS and len(_CELL_TAG.findall(text)) > MAX_CELLS:
        raise InputError("too-many-cells", TOO_MANY_CELLS.format(limit=MAX_CELLS))
    if tags > MAX_TAGS:
        raise InputError("too-many-tags", TOO_MANY_TAGS.format(limit=MAX_TAGS))
    if len(text) > _LARGE and any(
        match["more"] and not _in_script(text, match) for match in _ATTRIBUTES.finditer(text)
    ):
        raise InputError("too-many-attributes", TOO_MANY_ATTRIBUTES.format(limit=_CROWD))


def _in_script(text: str, match: re.Match[str]) -> bool:
    """Whether an apparent tag is in a script, where a comparison may look like a tag."""
    return text.rfind("<script", 0, match.start()) > text.rfind("</script", 0, match.start())


def _may_hide(lowered: bytes, styles: str) -> bool:
    """Whether a page may have hidden elements, by its source in lower case and the styles of its tags."""
    return hides(styles) or (b"hidden" in lowered and _HIDDEN.search(lowered) is not None)


def _hidden(root: Any) -> frozenset[Any]:
    """Return the hidden elements; a page that is hidden as a whole is shown by its script."""
    candidates = root.xpath("//*[@hidden or contains(@style, 'isplay') or contains(@style, 'ISPLAY')]")
    return frozenset(
        element
        for element in candidates
        if element.tag not in ("html", "body")
        and (element.get("hidden") is not None or "display:none" in "".join(element.get("style", "").split()).lower())
    )


def _keep_blocks(root: Any, hidden: frozenset[Any]) -> None:
    """Dissolve all elements except blocks, dropped elements and pictures; each text in the tree is then one string."""
    for element in hidden:
        if element.tag not in BLOCKS:
            element.tag = "template"
    etree.strip_tags(root, *USUAL)  # all at once, so that few others remain
    others = [element for element in root.iter() if element.tag not in _KEPT]
    for element in others:
        element.tag = _PLAIN  # a damaged page has elements whose names cannot be read
    if others:
        etree.strip_tags(root, _PLAIN)


def _metadata(root: Any) -> dict[str, str]:
    fields: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = meta.get("name") or meta.get("property")
        content = meta.get("content")
        if key and content:
            fields.setdefault(key.lower(), content)
    return fields
