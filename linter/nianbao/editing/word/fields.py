"""Text that a program updates: results of fields, and controls that show data from another part of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.word.xml_names import W

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIELD, _CODE, _SIMPLE, _CONTROL = W + "fldChar", W + "instrText", W + "fldSimple", W + "sdt"
_BINDING = f"{W}sdtPr/{W}dataBinding"
_TYPED = frozenset(("FORMTEXT", "HYPERLINK"))  # fields whose results people type
_COMPUTED = Text(
    "{where}的数字是由域（公式）或绑定了数据的内容控件填入的，改了也会被盖掉；请改它取数的单元格，再更新域",
    "the figure in {where} is put there by a field (a formula) or a control with data of its own, which would write "
    "over it: put right the cells that it is taken from, and update the field",
)


def computed(where: Text) -> InputError:
    """Return the error for a figure that the program updates."""
    return InputError("computed-cell", _COMPUTED.format(where=where))


def is_computed(element: Any, within: Any) -> bool:
    """Whether an element is in the result of a field, or in a control that is bound to data.

    Args:
        element: A piece of text, or a paragraph.
        within: The paragraph or cell around it; only fields that begin in it are considered.
    """
    for ancestor in element.iterancestors(_SIMPLE, _CONTROL):
        if ancestor.tag == _CONTROL and ancestor.find(_BINDING) is not None:
            return True
        if ancestor.tag == _SIMPLE and _is_code(ancestor.get(W + "instr", "")):
            return True
    return any(map(_is_code, _open_fields(element, within)))


def _open_fields(element: Any, within: Any) -> Iterator[str]:
    """Return the codes of the fields that begin before an element and end after it."""
    codes: list[str] = []
    for part in within.iter(_FIELD, _CODE, element.tag):
        if part is element:
            break
        kind = part.get(W + "fldCharType") if part.tag == _FIELD else ""
        if kind == "begin":
            codes.append("")
        elif kind == "end" and codes:
            codes.pop()
        elif part.tag == _CODE and codes:
            codes[-1] += part.text or ""
    return iter(codes)


def _is_code(code: str) -> bool:
    return next(iter(code.split()), "").upper() not in _TYPED
