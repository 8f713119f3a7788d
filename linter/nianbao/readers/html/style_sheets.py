"""What the style sheets inside a page say of classes that strike words out, raise, lower or hide them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MAX_CHARS = 200_000
_MAX_RULES = 50
_COMMENT = re.compile(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/|<!--|-->")
_BRACE = re.compile(r"[{}]")
_CLASS = re.compile(r"\s*([A-Za-z][A-Za-z0-9]*)?\.([\w-]+)\s*")
_PROPERTIES = ("text-decoration", "text-decoration-line", "vertical-align", "visibility")
_STATED = re.compile(r"line-through|vertical-align|visibility", re.IGNORECASE)


class ClassRule(NamedTuple):
    """What a style sheet says of the elements of a class, or of those that also have a tag."""

    tag: str
    name: str
    style: Mapping[str, str]


def declared(written: str) -> dict[str, str]:
    """Return declarations by property, in lower case and without white space."""
    pairs = (part.partition(":") for part in "".join(written.lower().split()).split(";"))
    return {name: setting.removesuffix("!important") for name, _colon, setting in pairs if setting}


def class_rules(root: Any) -> tuple[ClassRule, ...]:
    """Return the rules of a page's own style sheets for single classes; those of media and of longer selectors are not.

    A rule that holds only in a part of the page could strike out words that are shown without a line.
    """
    rules: list[ClassRule] = []
    for sheet in root.iter("style"):
        text = _COMMENT.sub(" ", (sheet.text or "")[:_MAX_CHARS])
        for selectors, declarations in _rules(text):
            if not _STATED.search(declarations):
                continue
            style = {name: said for name, said in declared(declarations).items() if name in _PROPERTIES}
            classes = map(_CLASS.fullmatch, selectors.split(","))
            rules += [ClassRule((match[1] or "").lower(), match[2], style) for match in classes if match and style]
    return tuple(rules[:_MAX_RULES])


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Give the rules outside others, each with its selectors and its declarations."""
    depth = begun = opened = 0
    nested = False
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            depth += 1
            nested = depth > 1 or nested
            opened = brace.end() if depth == 1 else opened
            continue
        depth = max(0, depth - 1)
        if depth == 0:
            selectors = text[begun : max(begun, opened - 1)]
            if not nested and "@" not in selectors:
                yield selectors, text[opened : brace.start()]
            begun, nested = brace.end(), False
