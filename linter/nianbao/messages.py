"""Texts in the languages of the people who read them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("zh", "en")


class Text(NamedTuple):
    """One text in Chinese and in English; ``str()`` gives the Chinese.

    A language left empty falls back on the other: a pack may be written in one language alone.
    """

    zh: str = ""
    en: str = ""

    def get(self, language: str) -> str:
        """Return the text in ``language`` (``zh`` or ``en``), else in the other."""
        return (self.en or self.zh) if language == "en" else (self.zh or self.en)

    def format(self, **arguments: object) -> Text:
        """Fill ``{name}`` places in each language; a ``Text`` argument is taken in the same language.

        Raises:
            KeyError: a place has no argument.
        """
        return Text(*(self._filled(language, arguments) for language in LANGUAGES))

    def said(self, language: str, **arguments: object) -> str:
        """Return the text in a language, its places filled; without arguments, braces stand for themselves.

        Raises:
            KeyError: a place has no argument.
        """
        return (self.format(**arguments) if arguments else self).get(language)

    def _filled(self, language: str, arguments: Mapping[str, object]) -> str:
        template = self.zh if language == "zh" else self.en
        chosen = {name: value.get(language) if isinstance(value, Text) else value for name, value in arguments.items()}
        return template.format(**chosen)

    def then(self, more: Text) -> Text:
        """Return this text with another one behind it, in each language."""
        return Text(self.zh + more.zh, self.en + more.en)

    def in_one_line(self, longest: int = 300) -> Text:
        """Return this text without line breaks, cut where it is long: what it quotes may be anything."""
        lines = (" ".join(part.split()) for part in (self.zh, self.en))
        return Text(*(line if len(line) <= longest else f"{line[:longest]}…" for line in lines))

    def __str__(self) -> str:
        return self.get("zh")

    @classmethod
    def of(cls, value: str | Mapping[str, str] | Text) -> Text:
        """Take a text from data: a mapping of languages, or one string that serves for both; a text is one already."""
        if isinstance(value, Text):
            return value
        if isinstance(value, str):
            return cls(value, value)
        return cls(value.get("zh", ""), value.get("en", ""))


def clean(text: str) -> str:
    """Return text without control, direction and surrogate characters; breaks and tabs become blanks."""
    if text.isprintable():
        return text
    spaced = "".join(" " if one.isspace() else one for one in text)
    kept = (one for one in spaced if unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co"})
    return " ".join("".join(kept).split())
