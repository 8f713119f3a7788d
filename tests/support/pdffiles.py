"""PDF files made by hand, object by object, and the marks that stand on their pages."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PAGE = (595, 842)
_FONTS = {
    "latin": b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    "han": b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/%s/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    b"/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor"
    b"<</Type/FontDescriptor/FontName/SimSun/Flags 4/Ascent 880/Descent -120>>>>]>>",
}


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """Return a stream object of data as it is."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (extra, len(data), data)


def deflated(data: bytes) -> bytes:
    """Return a stream object of data, packed."""
    return stream(zlib.compress(data), b"/Filter/FlateDecode")


PIXEL = stream(b"\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")


def built(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a file of objects, numbered from 1; the first is its catalogue."""
    made = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    begun = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return bytes(made) + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, begun)


def pages(*contents: bytes, extra: bytes = b"", resources: bytes = b"", more: Iterable[bytes] = ()) -> bytes:
    """Return a file with a page for each content.

    Args:
        contents: What is drawn, as a stream of operators.
        extra: More entries of each page, such as ``/Rotate 90``.
        resources: More entries of the resources of each page.
        more: Objects that ``extra`` and ``resources`` refer to: they are numbered from 6.
    """
    others = list(more)
    first = 6 + len(others)
    kids = b" ".join(b"%d 0 R" % (first + 2 * place) for place in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 %d %d]>>" % (kids, len(contents), *PAGE),
        _FONTS["latin"],
        _FONTS["han"] % b"UniGB-UCS2-H",
        _FONTS["han"] % b"UniGB-UCS2-V",
        *others,
    ]
    shared = b"/Resources<</Font<</L 3 0 R/H 4 0 R/V 5 0 R>>%s>>" % resources
    for place, content in enumerate(contents):
        objects.append(b"<</Type/Page/Parent 2 0 R/Contents %d 0 R%s%s>>" % (first + 2 * place + 1, shared, extra))
        objects.append(deflated(content))
    return built(objects)


def say(x: float, y: float, words: str, *, size: float = 10, paint: str = "") -> bytes:
    """Draw words whose first line stands at a height from the top of the page; a line a line, 1.5 sizes apart."""
    made = b"BT %s " % paint.encode()
    for number, line in enumerate(words.split("\n")):
        at = x
        for run in _runs(line):
            high = PAGE[1] - y - number * size * 1.5
            han = ord(run[0]) > 0x2000
            font, code = ("H", f"<{run.encode('utf-16-be').hex()}>") if han else ("L", f"({_escaped(run)})")
            made += f"/{font} {size} Tf 1 0 0 1 {at:.2f} {high:.2f} Tm {code} Tj ".encode()
            at += size * (len(run) if han else sum(map(_width, run)))
    return made + b"ET\n"


def upright(x: float, y: float, words: str, *, size: float = 10) -> bytes:
    """Draw words from top to bottom, in a font for that."""
    code = words.encode("utf-16-be").hex()
    return f"BT /V {size} Tf 1 0 0 1 {x:.2f} {PAGE[1] - y:.2f} Tm <{code}> Tj ET\n".encode()


def rule(x0: float, y0: float, x1: float, y1: float) -> bytes:
    """Draw a line between two places, counted from the upper left corner."""
    return f"{x0:.2f} {PAGE[1] - y0:.2f} m {x1:.2f} {PAGE[1] - y1:.2f} l S\n".encode()


def area(x0: float, y0: float, x1: float, y1: float, *, paint: str = "0.8 g") -> bytes:
    """Fill an area without a border."""
    return f"{paint} {x0:.2f} {PAGE[1] - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f 0 g\n".encode()


def ruled(columns: Sequence[float], rows: Sequence[float]) -> bytes:
    """Draw the lines of a table, through its whole width and height."""
    across = b"".join(rule(columns[0], row, columns[-1], row) for row in rows)
    return across + b"".join(rule(column, rows[0], column, rows[-1]) for column in columns)


def cells(
    columns: Sequence[float], rows: Sequence[float], texts: Sequence[Sequence[str]], *, size: float = 10
) -> bytes:
    """Write texts into the places of a grid, row by row, from the left."""
    return b"".join(
        say(columns[place] + 3, rows[number] + size + 3, text, size=size)
        for number, row in enumerate(texts)
        for place, text in enumerate(row)
        if text
    )


def _runs(line: str) -> list[str]:
    runs: list[str] = []
    for char in line:
        if runs and (ord(char) > 0x2000) == (ord(runs[-1][0]) > 0x2000):
            runs[-1] += char
        else:
            runs.append(char)
    return runs


def _escaped(run: str) -> str:
    return run.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _width(char: str) -> float:
    """Return how wide a character is beside its size; those of figures and the signs among them are as the font's."""
    return 0.278 if char in " .,:;/" else 0.333 if char in "-()" else 0.556
