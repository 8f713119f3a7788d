"""Markup from plain text: everything but markup is cleaned and escaped, so that no text can become markup."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from nianbao.messages import Text, clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.voice import Voice

_NO_CHARACTERS = re.compile("[\ufdd0-\ufdef]|[\ufffe\uffff\U0001fffe\U0001ffff]")
_VOID = frozenset({"br", "input", "meta"})


class Html(str):
    """A piece of markup: it is put into the page unchanged."""

    __slots__ = ()


Child = Html | Text | str
NOTHING = Html()


def el(tag: str, *children: Child, **attributes: str | bool | None) -> Html:
    """Return an element.

    Args:
        tag: Its name.
        children: Markup, texts in two languages, and strings, which are escaped.
        attributes: ``class_`` is ``class``, other ``_`` are ``-``; ``None`` and ``False`` leave an attribute out.
    """
    inner = "".join(piece(child) for child in children)
    end = "" if tag in _VOID else f"</{tag}>"
    return Html(f"<{tag}{_attributes(attributes)}>{inner}{end}")


def piece(child: Child) -> Html:
    """Return markup unchanged, a string escaped, and a text in both languages, of which the page shows one."""
    if isinstance(child, Html):
        return child
    if isinstance(child, Text):
        return both(child)
    return Html(escape(plain(child), quote=False))


def plain(text: str) -> str:
    """Return text without characters that a page must not contain: control and direction characters, noncharacters."""
    return text if text.isprintable() else _NO_CHARACTERS.sub("", clean(text))


def both(text: Text) -> Html:
    """Return a text in both languages; only once if they are the same."""
    zh, en = piece(text.get("zh")), piece(text.get("en"))
    return zh if zh == en else Html(f'<span class="zh">{zh}</span><span class="en">{en}</span>')


def joined(parts: Iterable[Child], between: Child = NOTHING) -> Html:
    """Return pieces one after the other."""
    return Html(piece(between).join(piece(part) for part in parts))


def spoken(voice: Voice, name: str, *, text: Text) -> dict[str, str | bool | None]:
    """Return attributes with a text in one language, and with both languages for the switch between them."""
    return {name: voice.say(text), "data_say": name, "data_zh": text.get("zh"), "data_en": text.get("en")}


def switched(voice: Voice, tag: str, *, text: Text, **attributes: str | bool | None) -> Html:
    """Return an element that cannot contain elements, with a text in one language, and with both for the switch."""
    return el(tag, voice.say(text), data_say="text", data_zh=text.get("zh"), data_en=text.get("en"), **attributes)


def _attributes(attributes: dict[str, str | bool | None]) -> str:
    return "".join(
        f" {name.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(plain(str(value)))}"')
        for name, value in attributes.items()
        if value is not None and value is not False
    )
