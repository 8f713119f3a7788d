"""Texts in the languages of the people who read them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
MAX_LINE_CHARS = 300


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Chinese and in English; ``str()`` gives the Chinese, and an empty one is false.

    A language left empty falls back on the other: a pack may be written in one language alone.
    """

    zh: str = ""
    en: str = ""

    @classmethod
    def of(cls, value: str | Mapping[str, str] | Text) -> Text:
        """Make a text from data: a mapping of languages, or one string that serves for both; a text stays as it is."""
        if isinstance(value, Text):
            return value
        if isinstance(value, str):
            return cls(value, value)
        return cls(value.get("zh", ""), value.get("en", ""))

    @property
    def by_language(self) -> dict[Language, str]:
        """The words of each language, empty ones too."""
        return {"zh": self.zh, "en": self.en}

    def get(self, language: Language) -> str:
        """Return the text in ``language`` (``zh`` or ``en``), else in the other."""
        return (self.en or self.zh) if language == "en" else (self.zh or self.en)

    def format(self, **arguments: object) -> Text:
        """Fill ``{name}`` places in each language; a ``Text`` argument is used in the same language.

        Raises:
            KeyError: a place has no argument.
        """
        return Text(filled(self.zh, arguments, language="zh"), filled(self.en, arguments, language="en"))

    def map(self, change: Callable[[str], str]) -> Text:
        """Return this text with the words of each language changed."""
        return Text(change(self.zh), change(self.en))

    def in_one_line(self, longest: int = MAX_LINE_CHARS) -> Text:
        """Return this text without line breaks, and shortened if it is long: its quotations may be anything."""
        line = self.map(lambda words: " ".join(words.split()))
        return line.map(lambda words: words if len(words) <= longest else f"{words[:longest]}…")

    def __add__(self, other: object) -> Text:
        if not isinstance(other, Text):
            return NotImplemented
        return Text(self.zh + other.zh, self.en + other.en)

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)

    def __str__(self) -> str:
        return self.get("zh")


_NOT_READ = Text("没有读到{what}", "the report does not say {what}")


@dataclass(frozen=True, slots=True)
class NotRead(Text):
    """The reason that a report does not say something; ``what`` is its name, so that several are told together."""

    what: Text = Text()

    @classmethod
    def of_each(cls, *what: Text) -> NotRead:
        """Return the reason that a report does not say some things."""
        names = Text("、".join(name.zh for name in what), ", ".join(name.en or name.zh for name in what))
        words = _NOT_READ.format(what=names)
        return cls(words.zh, words.en, names)


def filled(template: str, arguments: Mapping[str, object], *, language: Language) -> str:
    """Fill ``{name}`` places of a template; a ``Text`` argument is used in ``language``.

    Raises:
        KeyError: a place has no argument.
    """
    return template.format(
        **{name: value.get(language) if isinstance(value, Text) else value for name, value in arguments.items()}
    )


def clean(text: str) -> str:
    """Return text without control, direction and surrogate characters; breaks and tabs become spaces."""
    if text.isprintable():
        return text
    spaced = "".join(" " if char.isspace() else char for char in text)
    kept = (char for char in spaced if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"})
    return " ".join("".join(kept).split())
