"""Markdown with tables in HTML, as converters write it: its lines of prose become elements of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.readers.plain.markdown import as_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = re.compile(
    r"^#{1,6}[ \t]{0,20}[^\s#]|\*\*\S|__\S|^[ \t]{0,20}\|?[ \t]{0,20}:?-{3,200}:?[ \t]{0,20}\||\\[.\-_*#]",
    re.MULTILINE,
)
_MAX_HEADING_LEVEL = 6
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")


def has_markdown(text: str) -> bool:
    """Whether a text has marks of Markdown outside its tables in HTML."""
    return _SIGNS.search(text) is not None


def as_page(text: str) -> str:
    """Return Markdown with tables in HTML as a page with the same lines."""
    return "\n".join(_lines(text.split("\n")))


def _lines(lines: list[str]) -> Iterator[str]:
    depth = 0
    barred = False
    for line in lines:
        words = line.strip()
        inside = depth > 0
        depth = max(0, depth + sum(-1 if match[1] else 1 for match in _TABLE.finditer(line)))
        in_table = not inside and words.startswith("|") and words.count("|") > 1
        begun = "<table>" if in_table and not barred else "</table>" if barred and not in_table else ""
        barred = in_table
        if in_table:
            yield begun if _is_rule(words) else begun + _row(words)
        elif inside or not words or words.startswith("<"):
            yield begun + line
        else:
            yield begun + _prose(words)
    if barred:
        yield "</table>"


def _row(words: str) -> str:
    cells = _BAR.split(words.strip("|") if not words.endswith("\\|") else words.lstrip("|"))
    return f"<tr>{''.join(f'<td>{as_markup(cell.strip())}</td>' for cell in cells)}</tr>"


def _is_rule(words: str) -> bool:
    """Whether a line of a table is the rule below its heads."""
    return "-" in words and not set(words) - set("|:- \t")


def _prose(words: str) -> str:
    level = len(words) - len(words.lstrip("#"))
    if not 1 <= level <= _MAX_HEADING_LEVEL:
        return f"<p>{as_markup(words)}</p>"
    return f"<h{level}>{as_markup(words[level:].rstrip('#').strip())}</h{level}>"
