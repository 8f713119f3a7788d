"""The kinds of issuers: the word for each in rules and results, and its name for people."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

ISSUER_KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "government": Text("政府", "government"),
        "department": Text("部门", "department"),
        "township": Text("乡镇", "township"),
        "other": Text("其他", "other"),
    }
)


def issuer_kind_words() -> tuple[str, ...]:
    """Return all words for kinds of issuers that packs may use: Chinese and English names."""
    return (*ISSUER_KINDS, *(name.zh for name in ISSUER_KINDS.values()))


def issuer_kind_named(word: str) -> str:
    """Return the kind of issuer that a word means; an unknown word is returned unchanged."""
    return next((kind for kind, name in ISSUER_KINDS.items() if word == name.zh), word)
