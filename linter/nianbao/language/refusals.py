"""What an expression cannot say: types that do not go together, kinds of issuer that there are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.language.facts import TEXT, TRUTH, type_name
from nianbao.language.mistakes import Mistake, nearest
from nianbao.messages import Text
from nianbao.model.issuer_kind import ISSUER_KINDS, issuer_kind_named, issuer_kind_words

if TYPE_CHECKING:
    from nianbao.language.answering import Typed
    from nianbao.language.syntax import Binary, QuotedText
    from nianbao.model.function import ValueType


def issuer_kind(written: QuotedText) -> str:
    """Return the kind of issuer that a text means.

    Raises:
        Mistake: there is none of that name.
    """
    kind = issuer_kind_named(written.value)
    if kind not in ISSUER_KINDS:
        reason = Text(f"没有机关类别“{written.value}”", f"no kind of issuer {written.value!r}")
        raise Mistake(reason + nearest(written.value, list(issuer_kind_words())), written.at)
    return kind


def of_several(name: str) -> Text:
    """Return the reason why something is refused that several reports state."""
    return Text(
        f"“{name}”是几份报告的；几份报告之间只有数能加起来",
        f"{name!r} is of several reports; only their figures can be added up",
    )


def refuse_other(typed: Typed, wanted: ValueType, *, at: int) -> None:
    """Refuse a part of another type than the one that is due at its place."""
    if typed.type != wanted:
        actual, due = type_name(typed.type), type_name(wanted)
        raise Mistake(Text(f"这里要写{due.zh}，写的却是{actual.zh}", f"expected a {due.en}, found a {actual.en}"), at)


def refuse_unlike(node: Binary, *, left: ValueType, right: ValueType) -> None:
    """Refuse a relation between values of two types, or an order of texts or statements."""
    if left != right:
        sides = type_name(left).zh, type_name(right).zh
        raise Mistake(Text(f"{sides[0]}和{sides[1]}不能比较", f"a {left} cannot be compared with a {right}"), node.at)
    if left in {TEXT, TRUTH} and node.operator not in {"=", "!="}:
        reason = Text(f"{type_name(left).zh}只能用 = 和 ≠ 比较", f"a {left} can only be compared by = and ≠")
        raise Mistake(reason, node.at)
