"""Kinds of elements of a page: blocks, elements without text, and those whose tags are counted for places."""

from __future__ import annotations

_MEDIA = ("iframe", "svg", "object", "math", "audio", "video", "canvas", "meter", "progress", "datalist", "noembed")
_LISTS = ("ul", "ol", "li", "dl", "dt", "dd")
_TABLES = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")
_PARTS = ("html", "body", "div", "section", "article", "main", "aside", "header", "footer", "nav", "details", "summary")
_RUNS = ("p", "br", "hr", "center", "blockquote", "pre", "form", "fieldset", "address", "figure", "figcaption")

CELLS = frozenset(("td", "th"))
GROUPS = ("thead", "tbody", "tfoot")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset((*_LISTS, *_TABLES, *_PARTS, *_RUNS, *HEADINGS))
NOTES = "nianbao-notes"  # the element with the notes at the top of an annotated copy
DROPPED = frozenset(("script", "style", "noscript", "template", "select", "textarea", "head", "title", NOTES, *_MEDIA))
USUAL = ("span", "font", "b", "strong", "a", "o:p", "u", "i", "em", "meta", "link", "input", "col")  # parts of lines
RECORDED = ("td", "th", "p", "div", "li", *HEADINGS, "tr", "table", "dd", "dt", "br")
PICTURE = "img"
SILENT = DROPPED | {PICTURE}
MAX_DEPTH = 240
