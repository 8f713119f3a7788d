"""The language of a run, bound once: everything that is worded for people is worded by a ``Voice``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.messages import Text, clean, filled
from nianbao.model.place import spot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from nianbao.messages import Language
    from nianbao.model.form import Item
    from nianbao.model.location import Location

SEPARATOR = Text("、", ", ")  # between the members of an enumeration


class Voice(NamedTuple):
    """Words texts, figures and places in one language, ``zh`` or ``en``."""

    lang: Language

    def say(self, text: Text, /, **arguments: object) -> str:
        """Return a text with its places filled; without arguments, braces stand for themselves.

        Raises:
            KeyError: a place has no argument.
        """
        words = text.get(self.lang)
        return filled(words, arguments, language=self.lang) if arguments else words

    def clean(self, text: Text) -> str:
        """Return a text that a rule, a reader or a plugin brought, made safe to print."""
        return clean(text.get(self.lang))

    def join(self, parts: Iterable[str], between: Text = SEPARATOR) -> str:
        """Join the members of an enumeration, or parts with another text between them."""
        return between.get(self.lang).join(parts)

    def label(self, item: Item) -> str:
        """Return the official words for a row or column in Chinese, its name in other languages."""
        return item.label if self.lang == "zh" else item.name.get(self.lang)

    def figure(self, value: int | Decimal | None, *, signed: bool = False) -> str:
        """Return a value with its own digits and a true minus sign; "" for none."""
        if value is None:
            return ""
        digits = "d" if isinstance(value, int) else "f"
        return f"{value:{'+' if signed else ''}{digits}}".replace("-", "−")

    def place(self, path: str, location: Location) -> str:
        """Return where something stands as far as it is known: ``path:line:column``, else page, sheet, table, row."""
        known = [str(part) for part in (location.line, location.column) if part is not None]
        where = ":".join([clean(path), *known])
        if known:
            return where
        words = self.clean(spot(location))
        return f"{where}:{words}" if location.ref is not None else f"{where} {words}".rstrip()


CHINESE, ENGLISH = Voice("zh"), Voice("en")
