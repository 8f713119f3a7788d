"""Selectors of style sheets: whether one matches an element of a page, does not, or may."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.model.lazy_pattern import deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_STEPS = 1_000_000  # through a page, for all its selectors: such a page is made to exhaust, and no report
_MAX_CHARS = 20_000  # of the selectors of a rule
_MAX_PARTS = 60  # of a selector
_NAME = r"(?:[\w-]|[^\x00-\x7f]|\\[0-9a-fA-F]{1,6}\s?+|\\[^\n0-9a-fA-F])++"
_TEXT = rf"\"[^\"]*+\"|'[^']*+'|{_NAME}"
_PART = deferred(
    rf"(?P<joint>\s*+[>+~]\s*+|\s++)|\.(?P<name>{_NAME})|\#(?P<id>{_NAME})"
    rf"|\[\s*+(?P<field>{_NAME})\s*+(?:(?P<sign>[~|^$*]?=)\s*+(?P<value>{_TEXT})\s*+(?P<flag>[iIsS]?)\s*+)?\]"
    rf"|(?P<pseudo>::?{_NAME})(?P<inner>\((?:[^()]|\([^()]*+\))*+\))?+|(?P<tag>\*|{_NAME})"
)
_UNKNOWN = deferred(r"::?-(?!webkit)|::[\w-]++(?:\([^)]*+\))?+\s*+[\w.#>+~\[*]")  # to some browsers
_ESCAPE = deferred(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_UNUSUAL = frozenset(  # states of a page that nobody touches, and parts of elements that hold no words of the page
    (":hover", ":focus", ":active", ":focus-within", ":focus-visible", ":visited", ":target", ":before", ":after")
)
_LETTERS = frozenset(("::first-letter", "::first-line", ":first-letter", ":first-line"))
_ROOT = ":root"
_ADDED = "tbody"  # a browser puts it around rows that have none


class Compound(NamedTuple):
    """The part of a selector that is about one element.

    Attributes:
        joint: How the element stands to that of the part before it: ``" "``, ``">"``, ``"+"``, ``"~"``.
        tag: Its tag in lower case, or "".
        names: Its classes.
        ids: Its ids.
        fields: Its attributes: name, sign, value, and flag.
        certain: Whether nothing else is asked of it; else it may match.
    """

    joint: str = " "
    tag: str = ""
    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    fields: tuple[tuple[str, str, str, str], ...] = ()
    certain: bool = True

    def fits(self, element: Any) -> bool | None:
        """Whether it matches an element; ``None`` if it may."""
        if self.tag and element.tag != self.tag:
            return False
        if self.ids and any(element.get("id") != wanted for wanted in self.ids):
            return False
        if self.names:
            names = element.get("class", "").split()
            if any(name not in names for name in self.names):
                return False
        if any(not _has(element, field) for field in self.fields):
            return False
        return True if self.certain else None


class Selector(NamedTuple):
    """A selector: its parts from the last one to the first."""

    parts: tuple[Compound, ...]

    @property
    def last(self) -> Compound:
        """What it asks of the element itself."""
        return self.parts[0]

    @property
    def weight(self) -> tuple[int, int, int]:
        """How specific it is, by the rules of style sheets."""
        return (
            sum(len(part.ids) for part in self.parts),
            sum(len(part.names) + len(part.fields) for part in self.parts),
            sum(bool(part.tag) for part in self.parts),
        )


class Matcher:
    """Matches selectors with the elements of one page, in a bounded number of steps."""

    def __init__(self) -> None:
        self._steps = 0

    @property
    def is_exhausted(self) -> bool:
        """Whether it has made as many steps as it may: it matches nothing any more."""
        return self._steps > _MAX_STEPS

    def fits(self, selector: Selector, element: Any) -> bool | None:
        """Whether a selector matches an element; ``None`` if it may."""
        self._steps += 1
        if self.is_exhausted:
            return False
        fit = selector.last.fits(element)
        if fit is False or len(selector.parts) == 1:
            return fit
        around: dict[Any, bool | None] = {element: fit}
        for before, part in zip(selector.parts, selector.parts[1:], strict=False):
            if self.is_exhausted:
                return False
            around = self._joined(around, before, part)
            if not around:
                return False
        return True if True in around.values() else None

    def _joined(self, around: dict[Any, bool | None], before: Compound, part: Compound) -> dict[Any, bool | None]:
        """Return the elements that a part matches, beside or around those of the part before it."""
        found: dict[Any, bool | None] = {}
        for element, known in around.items():
            for other in _beside(element, before.joint):
                self._steps += 1
                fit = part.fits(other)
                if fit is not False and found.get(other) is not True:
                    found[other] = True if known and fit and _is_sure(element, before, part) else None
            if part.tag == _ADDED and not (part.names or part.ids or part.fields):
                found.setdefault(element, None)
        return found


def _beside(element: Any, joint: str) -> Iterator[Any]:
    """Give the elements that a joint leads to."""
    if joint == " ":
        yield from element.iterancestors()
    elif joint == "~":
        yield from element.itersiblings(preceding=True)
    elif (other := element.getparent() if joint == ">" else element.getprevious()) is not None:
        yield other


def _is_sure(element: Any, before: Compound, part: Compound) -> bool:
    """Whether a browser has an element directly inside the other one, too: it puts a body of a table around rows."""
    return before.joint != ">" or element.tag != "tr" or part.tag == _ADDED or element.getparent().tag != "table"


def _has(element: Any, field: tuple[str, str, str, str]) -> bool:
    """Whether an element has an attribute with the value that is asked for."""
    name, sign, wanted, flag = field
    stated = element.get(name)
    if stated is None or not sign:
        return stated is not None
    if flag in {"i", "I"} or name == "type":
        stated, wanted = stated.lower(), wanted.lower()
    if sign == "=":
        return bool(stated == wanted)
    if sign == "~=":
        return wanted in stated.split()
    if sign == "|=":
        return bool(stated == wanted or stated.startswith(f"{wanted}-"))
    if not wanted:
        return False
    return bool({"^=": stated.startswith, "$=": stated.endswith, "*=": stated.__contains__}[sign](wanted))


@lru_cache(maxsize=512)
def selectors_of(written: str) -> tuple[Selector, ...]:
    """Return the selectors of a rule that may match an element of a page that nobody touches.

    Some browsers leave a rule out if one of its selectors is not known to them; then the other ones may match.
    """
    parts = _divided(written[:_MAX_CHARS])
    selectors = tuple(selector for part in parts if (selector := _selector(part.strip())) is not None)
    if all(map(_is_known, parts)):
        return selectors
    return tuple(Selector((one.last._replace(certain=False), *one.parts[1:])) for one in selectors)


def _is_known(written: str) -> bool:
    """Whether every browser knows what a selector asks for."""
    return not _PART.sub("", written.strip()) and _UNKNOWN.search(written) is None


def _divided(written: str) -> list[str]:
    """Divide a list of selectors at its commas, except those in brackets."""
    if "(" not in written and "[" not in written:
        return written.split(",")
    depth, begin, parts = 0, 0, []
    for match in re.finditer(r"[(\[\])]|,", written):
        sign = match[0]
        if sign == "," and not depth:
            parts.append(written[begin : match.start()])
            begin = match.end()
        elif sign != ",":
            depth = max(0, depth + (1 if sign in "([" else -1))
    return [*parts, written[begin:]]


def _selector(written: str) -> Selector | None:
    """Parse a selector; one that is not valid matches nothing, as in a browser."""
    parts: list[Compound] = []
    current = Compound()
    end = 0
    for match in _PART.finditer(written):
        if match.start() != end or len(parts) > _MAX_PARTS:
            return None
        end = match.end()
        if match["joint"]:
            parts.append(current)
            current = Compound(match["joint"].strip() or " ")
        elif (changed := _with(current, match)) is not None:
            current = changed
        else:
            return None
    return Selector((current, *reversed(parts))) if 0 < end == len(written) else None


def _with(compound: Compound, match: re.Match[str]) -> Compound | None:
    """Return a part of a selector with one condition more; ``None`` if it holds for no words of the page."""
    if match["tag"]:
        return compound._replace(tag=match["tag"].lower().removeprefix("*"))
    if match["name"]:
        return compound._replace(names=(*compound.names, _plain(match["name"])))
    if match["id"]:
        return compound._replace(ids=(*compound.ids, _plain(match["id"])))
    if match["field"]:
        value = _plain((match["value"] or "").strip("\"'"))
        field = (match["field"].lower(), match["sign"] or "", value, match["flag"] or "")
        return compound._replace(fields=(*compound.fields, field))
    return _in_state(compound, match["pseudo"].lower())


def _in_state(compound: Compound, pseudo: str) -> Compound | None:
    if pseudo == _ROOT:
        return compound._replace(tag="html")
    if pseudo in _UNUSUAL or (pseudo.startswith("::") and pseudo not in _LETTERS):
        return None
    return compound._replace(certain=False)


def _plain(written: str) -> str:
    if "\\" not in written:
        return written
    return _ESCAPE.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)) if match[1] else match[2], written)
