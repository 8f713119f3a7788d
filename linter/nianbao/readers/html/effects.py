"""What a style makes of words: hidden, raised, lowered, struck out, or put elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nianbao.model.lazy_pattern import deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Effect = Literal["gone", "unseen", "veiled", "tiny", "raised", "struck", "moved", "shown"]

GONE: Effect = "gone"  # takes no place
HIDDEN: Effect = "unseen"
VEILED: Effect = "veiled"  # except what is shown in it
TINY: Effect = "tiny"  # unless a part of it has a size of its own
LIFTED: Effect = "raised"
CROSSED: Effect = "struck"
MOVED: Effect = "moved"  # stands elsewhere, so that it may be a mark
VISIBLE: Effect = "shown"  # even inside what is veiled

_TINY = deferred(r"[0.]+(?:[a-z]+|%)?|(?:1(?:\.0*)?|0?\.\d+)(?:px|pt)|0?\.0\d*r?em")
_TINY_FONT = deferred(r"(?:(?:normal|bold|italic|[1-9]00) )*+(?:0|[01](?:\.0)?(?:px|pt)|0r?em)(?:[/ ]|$)")
_CLEAR = deferred(r"0*\.?0*%?|0?\.0\d*|\d(?:\.\d*)?%")
_CLEAR_FILTER = deferred(r"opacity\((?:0*\.?0*%?|0?\.0\d*|\d%)\)")
_LENGTH = deferred(r"(-?)(\d*\.?\d+)(px|pt|r?em|ex|%|cm|mm|in|vw|vh)?")
_NOWHERE = deferred(r"(?:-(?:[5-9]\d\d|\d{4,})|9\d{3}|\d{5,})(?:\.\d*)?(?:px|pt|%)|-(?:\d{2,}r?em|1\d\dv[wh])")
_FAR_LEFT = deferred(r"-(?:[2-9]\d{3}|\d{5,})(?:\.\d*)?(?:px|pt)|-\d{3,}r?em")  # pages in the middle have less
_PUSHED_OUT = deferred(r"[1-9]\d{2,}%")
_NO_BOX = deferred(r"[01](?:\.0*)?(?:px|pt)|[0.]+[a-z%]*")
_NO_CLIP = frozenset(("", "auto", "none", "initial", "unset"))
_CLIPPED = deferred(r"rect\((?:[01](?:px|pt)?[, ]?){4}\)|inset\((?:50|100)%.*|(?:circle|ellipse)\(0.*")
_LIFTS = deferred(r"sup(?:er)?|sub|-?\d*\.?\d+(?:px|pt|r?em|ex|%|cm|mm|in)")
_SMALL_LIFTS = frozenset(("top", "bottom", "text-top", "text-bottom"))
_SHIFT = deferred(r"translate(?:y|3d)?\(.*-?[1-9.].*\)|matrix.*")
_AWAY = deferred(r"(?:scale[xy]?\(0[,)]|translate[xy]?\(.*-?\d{4}|rotate[xy]\(90deg)")
_BOXES = frozenset(("block", "inline-block", "flex", "inline-flex", "grid", "inline-grid", "flow-root"))
_TAKEN_OUT = frozenset(("absolute", "fixed"))
_POSITIONS = _TAKEN_OUT | {"relative", "sticky"}
_SIDES = ("left", "right", "top", "bottom")
_ZERO_SIZES = ("width", "height", "max-width", "max-height")


def effects_of(style: Mapping[str, str], *, block: bool = False, cell: bool = False) -> frozenset[Effect]:
    """Return what a style makes of the words of an element.

    Args:
        style: The declarations that hold for it.
        block: Whether its tag is that of a block.
        cell: Whether it is a cell, a row or another part of a table, which no size hides.
    """
    return frozenset(_effects(style, block=block, cell=cell))


def _effects(style: Mapping[str, str], *, block: bool, cell: bool) -> Iterator[Effect]:
    get = style.get
    if get("display") == "none":
        yield GONE
    if get("visibility") in {"hidden", "collapse"}:
        yield VEILED
    elif get("visibility") == "visible":
        yield VISIBLE
    if "line-through" in get("text-decoration", "") + get("text-decoration-line", ""):
        yield CROSSED
    if _TINY.fullmatch(get("font-size", "-")) or _TINY_FONT.match(get("font", "")):
        yield TINY
    if _is_clear(style):
        yield HIDDEN
    if not block and _is_lifted(style):
        yield LIFTED
    box = (block and not cell) or get("display") in _BOXES or get("position") in _TAKEN_OUT
    yield from _placed(style, box=box, block=block)
    yield from _cut(style, box=box, block=block)


def _is_clear(style: Mapping[str, str]) -> bool:
    """Whether nothing is drawn."""
    return (
        ("opacity" in style and _CLEAR.fullmatch(style["opacity"]) is not None)
        or _CLEAR_FILTER.search(style.get("filter", "")) is not None
        or style.get("content-visibility") == "hidden"
    )


def _is_lifted(style: Mapping[str, str]) -> bool:
    align = style.get("vertical-align", "")
    if align in _SMALL_LIFTS:
        return "font-size" in style
    lifted = _LIFTS.fullmatch(align) and not _is_zero(align)
    variant = style.get("font-variant-position", "") + style.get("font-variant", "")
    return bool(lifted) or variant in {"super", "sub"}


def _placed(style: Mapping[str, str], *, box: bool, block: bool) -> Iterator[Effect]:
    """Give what the place of an element makes of its words."""
    position = style.get("position", "")
    sides = [style[side] for side in _SIDES if side in style and not _is_zero(style[side])]
    if position in _POSITIONS:
        if any(map(_NOWHERE.fullmatch, sides)):
            yield HIDDEN
        elif position in _TAKEN_OUT:
            yield MOVED
        elif not block and any(map(_LENGTH.fullmatch, sides)):
            yield LIFTED if any(side in style and not _is_zero(style[side]) for side in _SIDES[2:]) else MOVED
    if _FAR_LEFT.fullmatch(style.get("margin-left", "")):
        yield HIDDEN
    transform = style.get("transform", "") if box else ""
    if _AWAY.match(transform):
        yield HIDDEN
    elif not block and _SHIFT.match(transform):
        yield LIFTED


def _cut(style: Mapping[str, str], *, box: bool, block: bool) -> Iterator[Effect]:
    """Give what is cut off from an element."""
    overflow = style.get("overflow", "") + style.get("overflow-x", "") + style.get("overflow-y", "")
    is_cut = "hidden" in overflow or "clip" in overflow
    indent = style.get("text-indent", "")
    if (box or block) and (_NOWHERE.fullmatch(indent) or (is_cut and _PUSHED_OUT.fullmatch(indent))):
        yield HIDDEN
    if box and is_cut and any(_NO_BOX.fullmatch(style[side]) for side in _ZERO_SIZES if side in style):
        yield HIDDEN
    clips = [style.get("clip-path", ""), style.get("clip", "") if style.get("position") in _TAKEN_OUT else ""]
    if any(map(_CLIPPED.fullmatch, clips)):
        yield HIDDEN
    elif any(clip not in _NO_CLIP for clip in clips):
        yield MOVED


def _is_zero(length: str) -> bool:
    match = _LENGTH.fullmatch(length)
    return match is not None and float(match[2]) == 0
