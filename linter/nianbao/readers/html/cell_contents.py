"""What stands in the cells of a page besides words: fields with values, pictures, and links that may be note marks."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.messages import Text
from nianbao.model.lazy_pattern import deferred
from nianbao.readers.html.elements import CELLS, PICTURE
from nianbao.readers.html.media import is_spacer
from nianbao.readers.left_out import RAISED, UNSURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from nianbao.readers.left_out import Format

IN_PICTURE = Text(
    "里有图片，图片里的数字读不出来；请用有文字的原文件检查",
    "has a picture, whose figures cannot be read: check the original file, which has them as text",
)
_FIELDS = ("input", "select", "textarea")
_PICTURES = (PICTURE, "svg", "canvas", "object", "embed", "iframe", "math", "video", "meter", "progress")
_WITHOUT_WORDS = frozenset(
    ("hidden", "checkbox", "radio", "button", "submit", "reset", "image", "file", "password", "color", "range")
)
_NOTE = deferred(r"[^#]*#_?(?:ftn|edn|fn|en|foot|end|note|cite|zhu)(?!\w*ref)[\w-]*", re.IGNORECASE)
_MARK = deferred(r"\D{0,3}\d{1,3}\D{0,3}")
_MAX_MARK_CHARS = 8
_MAX_LOOKED_AT = 5000  # links, fields and pictures
_MAX_CELL_TEXTS = 60
_MAX_VALUE_CHARS = 100


class CellContents(NamedTuple):
    """What was found.

    Attributes:
        links: Links that are note marks, or may be.
        pictured: Cells with a picture that may hold the figure.
    """

    links: Mapping[Any, Format]
    pictured: frozenset[Any]


def contents_of(root: Any, hidden: AbstractSet[Any]) -> CellContents:
    """Find links and pictures in cells, and turn fields in cells into their values."""
    links: dict[Any, Format] = {}
    pictured: set[Any] = set()
    fields: list[Any] = []
    for element in islice(root.iter("a", *_FIELDS, *_PICTURES), _MAX_LOOKED_AT):
        tag = element.tag
        if tag == "a":
            if element.get("href") and (format_ := _format_of(element)) is not None:
                links[element] = format_
        elif (cell := next(element.iterancestors(*CELLS), None)) is None or _is_hidden(element, hidden):
            continue
        elif tag in _FIELDS:
            fields.append(element)
        elif not is_spacer(element) and _may_be_figure(cell, element):
            pictured.add(cell)
    for field in fields:
        _write_value(field)
    return CellContents(links, frozenset(pictured))


def _is_hidden(element: Any, hidden: AbstractSet[Any]) -> bool:
    return bool(hidden) and (element in hidden or any(around in hidden for around in element.iterancestors()))


def _may_be_figure(cell: Any, picture: Any) -> bool:
    """Whether a picture in a cell without words may be its figure or a part of it, and is no seal behind the figure."""
    letters = list(_letters(cell, picture))
    if any(letter.isalpha() for letter in letters):
        return False
    digits = sum(letter.isdigit() for letter in letters)
    behind = "".join([picture.tail or "", *(text for later in picture.itersiblings() for text in _texts(later))])
    return not digits or any(letter.isdigit() for letter in behind)


def _texts(element: Any) -> Iterator[str]:
    yield from element.itertext()
    yield element.tail or ""


def _letters(cell: Any, without: Any) -> Iterator[str]:
    """Give the letters of a cell but those inside one of its elements."""
    inside = set(without.iter()) if len(without) or without.text else ()
    for element in islice(cell.iter(), _MAX_CELL_TEXTS):
        if element not in inside:
            yield from element.text or ""
        if element is not cell and (element is without or element not in inside):
            yield from element.tail or ""


def _format_of(link: Any) -> Format | None:
    """Return the format of a link that is a note mark, or may be one: a short one with digits beside others."""
    text = link.text or ""
    if len(text) > _MAX_MARK_CHARS or (len(link) and len(text := "".join(link.itertext())) > _MAX_MARK_CHARS):
        return None
    if _MARK.fullmatch(text := text.strip()) is None:
        return None
    if _NOTE.fullmatch(link.get("href")):
        cell = next(link.iterancestors(*CELLS), None)
        return RAISED if cell is None or _has_more(cell, text) else None
    cell = next(link.iterancestors(*CELLS), None)
    if cell is None or any(letter.isalpha() for letter in _letters(cell, link)):
        return None
    return UNSURE if any(letter.isdigit() for letter in _letters(cell, link)) else None


def _has_more(cell: Any, text: str) -> bool:
    return len("".join("".join(cell.itertext()).split())) > len(text)


def _write_value(field: Any) -> None:
    """Turn a field into words: what it shows before anybody fills it in."""
    tag = field.tag
    if tag == "input":
        value = "" if field.get("type", "").strip().lower() in _WITHOUT_WORDS else field.get("value", "")
    elif tag == "textarea":
        value = "".join(field.itertext())
    else:
        options = list(field.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        chosen = chosen or ([] if field.get("multiple") is not None else options[:1])
        value = " ".join("".join(option.itertext()) for option in chosen)
    for inner in list(field):
        field.remove(inner)
    field.tag = "span"
    field.text = f" {value[:_MAX_VALUE_CHARS]} " if value.strip() else None
