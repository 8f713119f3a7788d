"""A name that rules may use for something of a form, or of every report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from nianbao.messages import Text

NameKind = Literal["table", "row", "rows", "column", "columns", "section", "fact", "issuer"]


class FormName(NamedTuple):
    """A name in both languages, and what it stands for.

    Attributes:
        kind: What it names: a table, a row or column or a group of them, a section, a fact, a kind of issuer.
        zh: Its Chinese name in rules, such that it means nothing else within its table.
        en: Its English name in rules.
        table: The name of its table, empty for what stands outside tables.
        printed: The words for it in reports, or "".
        value: The type of what it holds, or "".
    """

    kind: NameKind
    zh: str
    en: str
    table: Text
    printed: str = ""
    value: str = ""
