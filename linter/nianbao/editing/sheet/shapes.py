"""The boxes of notes: shapes in VML, the old drawing language, which every program reads."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.editing.office import broken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.editing.sheet.sizes import Corners
    from nianbao.readers.sheets.workbook import Place

_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
EMPTY = (f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>').encode(
    "ascii"
)
_KIND = (
    '<v:shapetype{spaces} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape{spaces} id="_x0000_s{number}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:60pt;margin-top:2pt;width:220pt;height:80pt;z-index:{layer};'
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})\b")
_DATA = re.compile(rb"<(?:\w+:)?ClientData\b")
_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor>)[^<>]*")
_ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d{1,7})\s*<")
_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d{1,5})\s*<")
_END = re.compile(rb"</(?:\w+:)?xml\s*>\s*$")
_FIRST = 1025
_TAG = 200


def _notes(drawing: bytes) -> Iterator[tuple[Place, int, int]]:
    """Give the cells that have boxes for notes in a drawing, each with the range of the box's data in it."""
    starts = [match.start() for match in _DATA.finditer(drawing)]
    for start, end in pairwise([*starts, len(drawing)]):
        row, column = _ROW.search(drawing, start, end), _COLUMN.search(drawing, start, end)
        if row is not None and column is not None and b"Note" in drawing[start : start + _TAG]:
            yield (int(row[1]), int(column[1])), start, end


def with_boxes(drawing: bytes, boxes: Mapping[Place, Corners], *, name: str) -> bytes:
    """Return a drawing with boxes for notes on cells; the rest of it stays byte for byte.

    Args:
        drawing: The present drawing.
        boxes: The cell of each note, and the position of its box; an existing box is resized.
        name: The name of the drawing's part.

    Raises:
        InputError: it is not a drawing of this kind.
    """
    there = [note for note in _notes(drawing) if note[0] in boxes]
    for place, start, end in reversed(there):
        grown = _ANCHOR.sub(rb"\g<1>" + boxes[place].written().encode("ascii"), drawing[start:end], count=1)
        drawing = drawing[:start] + grown + drawing[end:]
    known = {place for place, _start, _end in there}
    return _added(drawing, {place: box for place, box in boxes.items() if place not in known}, name=name)


def _added(drawing: bytes, boxes: Mapping[Place, Corners], *, name: str) -> bytes:
    end = _END.search(drawing)
    if end is None:
        raise broken(name)
    first = max((int(number) for number in _NUMBER.findall(drawing)), default=_FIRST - 1) + 1
    spaces = "" if all(space.encode("ascii") in drawing for space in _SPACES.split()) else f" {_SPACES}"
    made = [] if b"_x0000_t202" in drawing else [_KIND.format(spaces=spaces)]
    made += [
        _SHAPE.format(
            spaces=spaces, number=first + count, layer=count + 1, anchor=corners.written(), row=row, column=column
        )
        for count, ((row, column), corners) in enumerate(boxes.items())
    ]
    return drawing[: end.start()] + "".join(made).encode("ascii") + drawing[end.start() :]
