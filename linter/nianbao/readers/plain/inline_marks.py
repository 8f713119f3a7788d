"""Marks of Markdown whose content is not read as they are written: code, formulas, links and pictures."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from nianbao.readers.left_out import RAISED, marked

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDING = 0xE000  # private characters that stand for signs which are no marks, while the other marks are read
_HIDDEN = re.compile(f"[{chr(_HIDING)}-{chr(_HIDING + 0x7F)}]")
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<![\\`])(`{1,8})(?!`)([^\n]+?)(?<!`)\1(?!`)")
_FORMULA = re.compile(r"(?<![\\$])(\$\$?)(?![\s$])([^$\n]{1,200}?)(?<![\s\\])\1(?![\d$])")
_FONT = re.compile(r"\\(?:math[a-z]{1,10}|text[a-z]{0,10}|bm|boldsymbol)\{([^{}\\]*)\}")
_RAISED = re.compile(r"[\^_](?:\{([^{}\\]{0,20})\}|([\w*]))")
_SPACE = re.compile(r"\\[,;: !]|[{}](?=[,.])|(?<=[,.])[{}]|\\(?=%)|\{\}")
_PLACE = r"\(\s*(?:<[^<>\n]*>|(?!\d+\s*\))[!-'*-~]*(?:\([!-'*-~]*\)[!-'*-~]*)?)(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
_LINK = re.compile(rf"(?<!!)\[([^\[\]\n]*)\]{_PLACE}")
_ANCHOR = re.compile(r"<a(?:\s[^<>\n]{0,500})?>([^<\n]*)</a>", re.IGNORECASE)
_PICTURE = re.compile(rf"!\[[^\[\]\n]*\]{_PLACE}|<img(?:\s[^<>\n]{{0,500}})?>", re.IGNORECASE)
_OPENED, _CLOSED = "<!--", "-->"  # a comment
_LINE = re.compile(r"[^\n]")
_PART_OF_FIGURE = frozenset("0123456789.,０１２３４５６７８９．，")
_NOT_MADE_OUT = re.compile(r"[`{}\\]|==|\+\+|<[a-z/]|\[\[|\]\[|\^.*\^|~.*~|<!--|-->", re.DOTALL | re.IGNORECASE)


def has_picture(text: str) -> bool:
    """Whether a text shows a picture."""
    return _PICTURE.search(text) is not None


def without_comments(text: str) -> str:
    """Return a text with spaces in place of comments over several lines or cells, so that all else stays in place."""
    if _OPENED not in text:
        return text
    return "".join(
        _LINE.sub(" ", part) if part.startswith(_OPENED) and any(sign in part for sign in "|\t\n") else part
        for part in _parted(text)
    )


def _parted(text: str) -> Iterator[str]:
    """Yield the comments of a text and the parts between them; one that is not closed is none."""
    at = 0
    while (start := text.find(_OPENED, at)) >= 0 and (end := text.find(_CLOSED, start)) >= 0:
        yield text[at:start]
        at = end + len(_CLOSED)
        yield text[start:at]
    yield text[at:]


def without_spans(text: str, *, gap: str) -> str:
    """Return a text without code, formulas and links, in which private characters stand for signs that are no marks.

    Args:
        text: The text.
        gap: What is put between figures that they part.
    """
    if "`" in text:
        text = _CODE.sub(lambda match: _apart(match, hidden(_trimmed(match[2])), gap), text)
    if "$" in text:
        text = _FORMULA.sub(lambda match: _formula(match, gap), text)
    text = _ESCAPED.sub(lambda match: chr(_HIDING + ord(match[1])), text)
    return _LINK.sub(lambda match: _apart(match, match[1], gap), text) if "](" in text else text


def without_pictures(text: str, *, gap: str) -> str:
    """Return a text without pictures, comments and the tags of links; ``gap`` is put between figures that they part."""
    text = _PICTURE.sub(lambda match: _apart(match, "", gap), "".join(list(_parted(text))[::2]))
    return _ANCHOR.sub(lambda match: _apart(match, match[1], gap), text)


def hidden(text: str) -> str:
    """Return a text with private characters in place of the signs that may be marks."""
    return _SIGN.sub(lambda match: chr(_HIDING + ord(match[0])), text)


def seen(text: str) -> str:
    """Return a text with the signs for which private characters stand."""
    return _HIDDEN.sub(lambda match: chr(ord(match[0]) - _HIDING), text)


def escaped(text: str) -> str:
    """Return a text as markup, with entities of the signs for which private characters stand."""
    return _HIDDEN.sub(lambda match: escape(seen(match[0])), text)


def may_show_another(text: str) -> bool:
    """Whether a text without marks has a figure beside signs that may be marks which were not made out."""
    return _NOT_MADE_OUT.search(text) is not None and any(map(str.isdecimal, text))


def _trimmed(code: str) -> str:
    return code[1:-1] if code[0] == code[-1] == " " and code.strip() else code


def _apart(match: re.Match[str], words: str, gap: str) -> str:
    """Return the words of a mark, with gaps where they would be joined to the figures around it."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    start, end = (words[:1], words[-1:]) if words else (after, "")
    left = gap if before in _PART_OF_FIGURE and start in _PART_OF_FIGURE and before and start else ""
    right = gap if end in _PART_OF_FIGURE and after in _PART_OF_FIGURE and end and after else ""
    return f"{left}{words}{right}"


def _formula(match: re.Match[str], gap: str) -> str:
    """Return what a formula shows if it is plain, else the formula as it is written, its signs hidden."""
    plain = _SPACE.sub("", _FONT.sub(r"\1", match[2]))
    parts = _RAISED.split(plain)
    words = "".join(parts[::3])
    if "\\" in plain or "{" in words or "}" in words:
        return hidden(match[0])
    shown = "".join(
        hidden(part) if number % 3 == 0 else marked(part or "", RAISED) for number, part in enumerate(parts)
    )
    return _apart(match, shown, gap)
