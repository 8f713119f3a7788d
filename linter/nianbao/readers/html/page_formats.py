"""Superscript and the like, strikethrough and unseen words of a page: its tree with the marks of such formats."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from nianbao.readers.html.effects import CROSSED, GONE, HIDDEN, LIFTED, MOVED, TINY, VEILED, VISIBLE, effects_of
from nianbao.readers.html.elements import BLOCKS, CELLS, GROUPS
from nianbao.readers.html.grounds import Grounds
from nianbao.readers.html.page_statements import candidates, sets_display
from nianbao.readers.left_out import FAINT, RAISED, STRUCK, UNSEEN, UNSURE, marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from nianbao.readers.html.effects import Effect
    from nianbao.readers.html.page_statements import Statements
    from nianbao.readers.left_out import Format

_MAX_WHITE = 1000  # elements whose ground is looked for
_MAX_INNER = 50  # elements inside another one that are looked at
_MAX_CELL_CHARS = 300  # a cell with more lays out the page
_TAGS: Mapping[str, Format] = {
    "sup": RAISED, "sub": RAISED, "rt": RAISED, "s": STRUCK, "strike": STRUCK, "del": STRUCK, "rp": UNSEEN,
}  # fmt: skip
_ROWS = frozenset(("tr", *CELLS, *GROUPS))
_TABLE_PARTS = _ROWS | {"table"}
_ORDER: tuple[Format, ...] = (UNSURE, FAINT, RAISED, STRUCK, UNSEEN)  # a later one counts where several meet


def mark_formats(
    root: Any, statements: Statements, *, hidden: AbstractSet[Any], links: Mapping[Any, Format]
) -> frozenset[Any]:
    """Mark the words of a page that have another format than the usual one; return the elements that take no place.

    Args:
        root: The tree of the page.
        statements: What the page states.
        hidden: The elements that their tags hide.
        links: The links that are note marks, or may be.
    """
    formats = _Formats(statements)
    for link, format_ in links.items():
        formats.found[format_].append(link)
    kept = formats.still_hidden(hidden)
    for element in dict.fromkeys(candidates(root, statements)):
        if element not in kept and isinstance(element.tag, str):
            formats.take(element)
    left = _left_out((formats.gone, formats.found[UNSEEN], formats.veiled), root)
    gone, formats.found[UNSEEN], formats.veiled = left
    _write(_spread(formats))
    return kept.union(gone)


_UNSEEN_WAYS: frozenset[Effect] = frozenset((HIDDEN, VEILED, GONE))


class _Formats:
    """Gathers the formats of elements.

    Attributes:
        found: The elements of each format.
        veiled: Those that are unseen except for what is shown in them.
        shown: Those that are shown.
        seen: Those with a colour of their own inside what has the colour of its ground.
        gone: Those that take no place.
    """

    def __init__(self, statements: Statements) -> None:
        self.found: dict[Format, list[Any]] = {format_: [] for format_ in _ORDER}
        self.veiled: list[Any] = []
        self.shown: list[Any] = []
        self.seen: list[Any] = []
        self.gone: list[Any] = []
        self._by_effect: Mapping[Effect, list[Any]] = {
            CROSSED: self.found[STRUCK],
            LIFTED: self.found[RAISED],
            HIDDEN: self.found[UNSEEN],
            VEILED: self.veiled,
            VISIBLE: self.shown,
            GONE: self.gone,
        }
        self._grounds = Grounds(statements)
        self._sets_display = statements.sheets.declarations(sets_display)
        self._looked_at = 0
        self._short: dict[Any, bool] = {}

    def still_hidden(self, hidden: AbstractSet[Any]) -> frozenset[Any]:
        """Return the elements that stay hidden by their tags, and that no rule shows again."""
        if not hidden or not self._sets_display:
            return frozenset(hidden)
        shown = set()
        for element in hidden:
            style, others = self._grounds.styles(element)
            if style.get("display", "none") != "none":
                shown.add(element)
            elif any(one.get("display", "none") != "none" for one in others) and self._is_small(element):
                shown.add(element)
                self.found[UNSURE].append(element)
        return frozenset(hidden - shown)

    def take(self, element: Any) -> None:
        """Gather the formats of an element; where it is not certain whether a rule holds, its figures are in doubt."""
        style, others = self._grounds.styles(element)
        tag = element.tag
        effects = _effects(tag, style)
        if others:
            possible = [_effects(tag, other) for other in others]
            kept = effects.intersection(*possible)
            added = effects.union(*possible) - kept - {VISIBLE}
            whole = added <= _UNSEEN_WAYS - effects and self._is_whole(element)
            if (added - {MOVED} and not whole and self._is_small(element)) or (
                (added or self._grounds.may_fade(style, others)) and self._is_beside(element)
            ):
                self.found[UNSURE].append(element)
                return
            effects = kept
        by_tag = _TAGS.get(tag)
        if by_tag is not None and not (by_tag == RAISED and style.get("vertical-align") == "baseline"):
            self.found[by_tag].append(element)
        self._take_effects(element, effects)
        if self._looked_at < _MAX_WHITE and self._grounds.is_suspect(element):
            self._looked_at += 1
            self._take_colour(element)

    def _take_effects(self, element: Any, effects: AbstractSet[Effect]) -> None:
        for effect, parts in self._by_effect.items():
            if effect in effects:
                parts.append(element)
        if TINY in effects:
            self._take_tiny(element)
        if MOVED in effects and self._is_beside(element):
            self.found[UNSURE].append(element)

    def _is_small(self, element: Any) -> bool:
        """Whether an element is a part of a figure or of a line, or a row or a cell of a table of data."""
        tag = element.tag
        cell = element if tag in CELLS else _cell_of(element)
        if next(element.iter("table") if tag in _ROWS else element.iter("tr", *CELLS), None) is not None:
            return False
        return self._is_short(cell) if cell is not None else tag in _ROWS or tag not in BLOCKS

    def _is_beside(self, element: Any) -> bool:
        """Whether an element with digits stands in a cell with others."""
        cell = _cell_of(element)
        return cell is not None and self._is_short(cell) and 0 < _digits(element) < _digits(cell)

    def _is_whole(self, element: Any) -> bool:
        """Whether an element has all the digits of its cell, which shows this figure or none."""
        cell = _cell_of(element)
        return cell is not None and self._is_short(cell) and 0 < _digits(element) == _digits(cell)

    def _is_short(self, cell: Any) -> bool:
        """Whether a cell holds no more than those of tables of data."""
        if cell not in self._short:
            self._short[cell] = _length(cell) <= _MAX_CELL_CHARS
        return self._short[cell]

    def _take_tiny(self, element: Any) -> None:
        """Gather an element without size; where a part of it may have a size, its figures are in doubt."""
        sized = self._grounds.sets_sizes(element)
        if not sized:
            self.found[UNSEEN].append(element)
        elif self._is_beside(element):
            self.found[UNSURE].append(element)

    def _take_colour(self, element: Any) -> None:
        """Gather an element whose words may have the colour of their ground."""
        unseen = self._grounds.is_unseen(element)
        if unseen:
            self.found[FAINT].append(element)
            self.seen += [
                part for part in islice(element.iterdescendants(), _MAX_INNER) if self._grounds.is_unseen(part) is False
            ]
        elif unseen is None and self._is_beside(element):
            self.found[UNSURE].append(element)


def _effects(tag: str, style: Mapping[str, str]) -> frozenset[Effect]:
    return effects_of(style, block=tag in BLOCKS, cell=tag in _TABLE_PARTS)


def _cell_of(element: Any) -> Any:
    """Return the cell that an element is in, or ``None``."""
    return next(element.iterancestors(*CELLS), None)


def _digits(element: Any) -> int:
    return sum(letter.isdigit() for text in element.itertext() for letter in text)


def _left_out(hidden: Sequence[list[Any]], root: Any) -> list[list[Any]]:
    """Return those elements that stay hidden, and not those that a script shows when the page is loaded.

    These hold most of the text of a page, or most of the cells of its tables, each or together.
    """
    if not any(hidden):
        return list(hidden)
    half = _length(root) / 2
    counts = {element: _cells(element) for elements in hidden for element in elements if element.tag not in _ROWS}
    wide = {element: cells for element, cells in counts.items() if cells > 1}
    outer = [wide[element] for element in wide if not any(around in wide for around in element.iterancestors())]
    shown = wide if sum(outer) * 2 > _cells(root) else ()
    return [[part for part in elements if part not in shown and _length(part) <= half] for elements in hidden]


def _cells(element: Any) -> int:
    return sum(1 for _cell in element.iter(*CELLS))


def _spread(formats: _Formats) -> dict[Any, Format]:
    """Return the formats of elements and of all inside them, except those that are shown or seen in them."""
    spread: dict[Any, Format] = {}
    _add(spread, formats.found, _ORDER[:-1])
    _clear(spread, formats.seen, FAINT)
    _add(spread, {UNSEEN: formats.veiled}, (UNSEEN,))
    _clear(spread, formats.shown, UNSEEN)
    _add(spread, formats.found, (UNSEEN,))
    return spread


def _add(spread: dict[Any, Format], found: Mapping[Format, Iterable[Any]], order: Iterable[Format]) -> None:
    """Add formats of elements and of all inside them."""
    for format_ in order:
        for element in found[format_]:
            if spread.get(element) != format_:  # else it is inside one of the same format
                spread |= dict.fromkeys(element.iter(), format_)


def _clear(spread: dict[Any, Format], elements: Iterable[Any], format_: Format) -> None:
    """Take a format away from elements and all inside them."""
    for element in elements:
        if spread.get(element) == format_:  # else it is inside one that was cleared
            for inner in element.iter():
                spread.pop(inner, None)


def _write(formats: Mapping[Any, Format]) -> None:
    """Mark the texts of elements, and those behind elements inside them."""
    for element, format_ in formats.items():
        if text := element.text:
            element.text = marked(text, format_)
        if (tail := element.tail) and (around := formats.get(element.getparent())) is not None:
            element.tail = marked(tail, around)


def _length(element: Any) -> int:
    return sum(len(text.strip()) for text in element.itertext())
