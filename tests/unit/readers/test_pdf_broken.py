"""PDFs that are broken, locked or made to do harm: each is refused with a code, one clear line, and within limits."""

from __future__ import annotations

import struct
import zlib
from hashlib import md5
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from pdfminer.arcfour import Arcfour
from tests.support.parts import drawn
from tests.support.pdffiles import PAGE, PIXEL, built, cells, pages, ruled, say, stream

from nianbao.errors import InputError
from nianbao.readers import document_from_bytes
from nianbao.readers.pdf import read_pdf
from nianbao.readers.pdf.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
GOOD = pages(say(60, 100, "一、总体情况"))
_PAD = b"(\xbfN^Nu\x8aAd\x00NV\xff\xfa\x01\x08..\x00\xb6\xd0h>\x80/\x0c\xa9\xfedSiz"


def one_page(content: bytes, resources: bytes = b"", *, more: Sequence[bytes] = ()) -> bytes:
    """Return a file of one page: its content is object 4, Helvetica object 5, what else there is comes behind."""
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 %d %d]>>" % PAGE
    page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<%s>>>>" % (resources or b"/Font<</L 5 0 R>>")
    return built([CATALOGUE, tree, page, content, HELVETICA, *more])


def packed(megabytes: int) -> bytes:
    """Return a stream that unpacks to that much."""
    engine = zlib.compressobj(9)
    return b"".join(engine.compress(b" " * 2**20) for _ in range(megabytes)) + engine.flush()


def locked(password: bytes) -> bytes:
    """Return a file that a password locks, as the first version of the standard has it."""

    def coded(key: bytes, data: bytes) -> bytes:
        return bytes(Arcfour(key).process(data))

    def digest(data: bytes) -> bytes:
        return md5(data, usedforsecurity=False).digest()

    padded = (password + _PAD)[:32]
    owner = coded(digest((b"owner" + _PAD)[:32])[:5], padded)
    key = digest(padded + owner + struct.pack("<l", -4) + b"id")[:5]
    content = coded(digest(key + b"\x04\0\0\0\0")[:10], b"BT /L 10 Tf 60 700 Td (annual report) Tj ET")
    entries = (owner.hex().encode(), coded(key, _PAD).hex().encode())
    security = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[(id)(id)]" % entries
    return one_page(stream(content)).replace(b"/Root 1 0 R", b"/Root 1 0 R" + security)


def refused(data: bytes, limits: Limits | None = None) -> str:
    """Return the code that a file is refused with, once it is seen that a line tells people why."""
    with pytest.raises(InputError) as caught:
        read_pdf(data, "x", sha256="", limits=limits)
    for line in caught.value.message.by_language.values():
        assert line
        assert "\n" not in line
    return caught.value.code


BROKEN = {
    "a head alone": b"%PDF-1.7\n" + bytes(100),
    "the first half": GOOD[: len(GOOD) // 2],
    "without its end": GOOD[:-60],
    "no pages": built([CATALOGUE, b"<</Type/Pages/Kids[]/Count 0>>"]),
    "a page that is missing": built([CATALOGUE, b"<</Type/Pages/Kids[9 0 R]/Count 1>>"]),
    "fewer pages than it says": GOOD.replace(b"/Count 1", b"/Count 2"),
    "pages in a circle": built([CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Pages/Kids[2 0 R]>>"]),
    "content that is cut off": one_page(stream(zlib.compress(b"0 g " * 99)[:-9], b"/Filter/FlateDecode")),
    "content that is not packed": one_page(stream(b"0 g", b"/Filter/FlateDecode")),
    "content of pictures": one_page(stream(b"0 g", b"/Filter/CCITTFaxDecode/DecodeParms<</Columns 99999999999>>")),
    "rows without end": one_page(
        stream(zlib.compress(b"0 g"), b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 99999999999>>")
    ),
    "an unknown filter": one_page(stream(b"0 g", b"/Filter/Unknown")),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_refused(data: bytes) -> None:
    """Nothing is read of a file of which anything is missing."""
    assert refused(data) == "broken-pdf"


def test_a_checksum_may_be_left_out_but_not_be_wrong() -> None:
    """Data that unpack to their end are whole; where they are not what was packed, a figure may be another."""
    content = zlib.compress(b"BT /L 10 Tf 60 700 Td (annual report) Tj ET")

    whole = one_page(stream(content[:-4], b"/Filter/FlateDecode"))
    assert drawn(read_pdf(whole, "x", sha256="")) == ["annual report"]
    assert refused(one_page(stream(content[:-4] + b"abcd", b"/Filter/FlateDecode"))) == "broken-pdf"


@pytest.mark.parametrize("before", [b"\n\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_file_may_begin_late(before: bytes) -> None:
    """Bytes before the head of the file are passed over."""
    assert drawn(document_from_bytes(before + GOOD, "x")) == ["一、总体情况"]


def test_a_file_that_a_password_locks_is_refused() -> None:
    """One that opens without asking is read."""
    assert refused(locked(b"secret")) == "locked"
    assert drawn(read_pdf(locked(b""), "x", sha256="")) == ["annual report"]
    assert refused(GOOD.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<</Filter/Adobe.PubSec/V 4>>")) == "locked"


FORMS = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
WIDE = b"/Font<</F<</Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Subtype/CIDFontType2%s>>]>>>>"
ENDLESS = (
    b"%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 9/W[1 1 1]/Root 5 0 R/Index[0 99999999999]/Length 0>>stream\n\nendstream"
    b"\nendobj\nstartxref\n9\n%%EOF"
)
SHOWN = stream(b"BT /F 10 Tf <0001> Tj ET")
HUGE = b"/MediaBox[0 -9000 9000 842]"
HARMFUL: dict[str, tuple[bytes, Limits, str]] = {
    "too many pages": (pages(*[b""] * 12), Limits(pages=11), "too-many-pages"),
    "a crowd of lines": (pages(b"0 0 m 9 9 l S " * 2000), Limits(marks=1000), "too-many-marks"),
    "a crowd of characters": (pages(b"BT /L 9 Tf " + b"(aaaaaaaaaa) Tj " * 200), Limits(marks=1000), "too-many-marks"),
    "a crowd of cells": (
        pages(
            ruled([5 * place for place in range(500)], [5 * place for place in range(500)]) + say(60, 100, "甲"),
            extra=HUGE,
        ),
        Limits(),
        "too-many-cells",
    ),
    "a crowd of crossings": (
        pages(ruled([4 * place for place in range(2100)], [4 * place for place in range(2100)]), extra=HUGE),
        Limits(),
        "too-many-cells",
    ),
    "a bomb": (one_page(stream(packed(9), b"/Filter/FlateDecode")), Limits(unpacked=2**23), "too-large"),
    "a bomb in a bomb": (
        one_page(stream(zlib.compress(packed(9), 9), b"/Filter[/FlateDecode/FlateDecode]")),
        Limits(unpacked=2**23),
        "too-large",
    ),
    "many small bombs": (
        one_page(b"[%s]" % (b"6 0 R 7 0 R 8 0 R"), more=[stream(packed(3), b"/Filter/FlateDecode")] * 3),
        Limits(unpacked=2**23),
        "too-large",
    ),
    "an object that is itself": (built([CATALOGUE, b"2 0 R"]), Limits(), "broken-pdf"),
    "forms in forms": (
        one_page(
            stream(b"/X Do /X Do"),
            b"/XObject<</X 6 0 R>>",
            more=[stream(b"/X Do /X Do", FORMS % (7 + place)) for place in range(40)],
        ),
        Limits(seconds=0.3),
        "too-slow",
    ),
    "endless tables of objects": (ENDLESS, Limits(), "broken-pdf"),
    "endless widths": (one_page(SHOWN, WIDE % b"/W[0 2000000000 500]"), Limits(megabytes=60), "unreadable-text"),
}


@pytest.mark.parametrize(("data", "limits", "code"), HARMFUL.values(), ids=HARMFUL)
def test_what_means_harm_is_stopped(data: bytes, limits: Limits, code: str) -> None:
    """Pages, marks, unpacked bytes, time and memory are bounded, whatever the file says of itself."""
    assert refused(data, limits) == code


def test_forms_that_show_themselves_are_shown_once() -> None:
    """A circle of forms ends by itself."""
    form = (FORMS % 6).replace(b"[0 0 9 9]", b"[0 0 600 800]")
    inner = stream(b"BT /L 10 Tf 60 700 Td (annual report) Tj ET /X Do", form)
    page = one_page(stream(b"/X Do"), b"/XObject<</X 6 0 R>>/Font<</L 5 0 R>>", more=[inner])

    assert drawn(
        read_pdf(
            page.replace(b"/Resources<</XObject<</X 6 0 R>>>>", b"/Resources<</XObject<</X 6 0 R>>/Font<</L 5 0 R>>>>"),
            "x",
            sha256="",
        )
    ) == ["annual report"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"q 500 0 0 700 40 40 cm /X Do Q",
        b"q 500 0 0 700 40 40 cm /X Do Q " + say(280, 810, "- 1 -"),
        b"0 0 m 9 9 l S",
    ],
    ids=["nothing", "a picture", "a picture and a page number", "a drawing"],
)
def test_pages_without_text_are_a_scan(content: bytes) -> None:
    """Whoever gives a scan is told to take the original file."""
    assert refused(pages(content, resources=b"/XObject<</X 6 0 R>>", more=[PIXEL])) == "no-text"


def with_figures(map_of_digits: bytes | None) -> bytes:
    """Return a table whose figures are in a font that does, or does not, say which characters it shows."""
    said = b"/ToUnicode 7 0 R" if map_of_digits is not None else b""
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Subtype/CIDFontType2/BaseFont/A>>]%s>>"
        % said
    )
    marks = ruled((60, 160, 260), (100, 120, 140)) + cells(
        (60, 160), (100, 120), (("内容内容内容内容", "制作制作制作制作"), ("规章规章规章规章", ""))
    )
    content = marks + b"BT /F 10 Tf 170 709 Td <0011> Tj ET"
    return pages(
        content,
        resources=b"",
        more=[font, stream(b"1 beginbfchar <0011> <%s> endbfchar" % (map_of_digits or b"0031"))],
    ).replace(b"/V 5 0 R>>", b"/V 5 0 R/F 6 0 R>>")


def test_figures_that_cannot_be_read_are_not_guessed() -> None:
    """A font that does not say what its characters are leaves no figure to read."""
    assert drawn(read_pdf(with_figures(b"0031"), "x", sha256=""))[0][-1] == "1"
    assert refused(with_figures(None)) == "unreadable-text"
    assert refused(with_figures(b"E011")) == "unreadable-text"


@pytest.mark.parametrize("code", [b"E011", b"0003"], ids=["private characters", "control characters"])
def test_text_that_is_none_is_refused(code: bytes) -> None:
    """Where most characters are private to a font or no characters at all, the text cannot be read."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/A/ToUnicode 6 0 R>>"
    content = stream(b"BT /L 10 Tf 60 700 Td (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET")
    data = built(
        [
            CATALOGUE,
            b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</L 5 0 R>>>>>>",
            content,
            font,
            stream(b"1 beginbfchar <61> <%s> endbfchar" % code),
        ]
    )

    assert refused(data) == "unreadable-text"


def test_a_bullet_does_not_spoil_the_text() -> None:
    """A few signs of their own among words are passed over."""
    assert drawn(read_pdf(pages(say(60, 100, "\uf06c一、总体情况以及其他各部分")), "x", sha256="")) != []


def test_packed_by_every_filter() -> None:
    """Text filters and packing, one over the other, are undone."""
    content = b"BT /L 10 Tf 60 700 Td (annual report) Tj ET"
    for data, filters in (
        (content.hex().encode() + b">", b"/ASCIIHexDecode"),
        (zlib.compress(content).hex().encode() + b">", b"[/ASCIIHexDecode/FlateDecode]"),
        (bytes([len(content) - 1]) + content + b"\x80", b"/RunLengthDecode"),
    ):
        assert drawn(read_pdf(one_page(stream(data, b"/Filter" + filters)), "x", sha256="")) == ["annual report"]
    rows = b"".join(
        b"\x02" + bytes((a - b) % 256 for a, b in zip(row, above, strict=True)) for row, above in _rows(content)
    )
    parms = b"/Filter/FlateDecode/DecodeParms<</Predictor %d/Columns %d>>"
    assert drawn(read_pdf(one_page(stream(zlib.compress(rows), parms % (12, 8))), "x", sha256="")) == ["annual report"]
    differences = bytes((after - before) % 256 for before, after in pairwise(b"\0" + content))
    packed_so = stream(zlib.compress(differences), parms % (2, len(content)))
    assert drawn(read_pdf(one_page(packed_so), "x", sha256="")) == ["annual report"]


def test_content_may_be_empty_or_of_an_old_kind() -> None:
    """An empty part beside others, and text that the older packing holds."""
    said = stream(b"BT /L 10 Tf 60 700 Td (annual report) Tj ET")
    parts = [stream(b"", b"/Filter/FlateDecode"), said]
    assert drawn(read_pdf(one_page(b"[6 0 R 7 0 R]", more=parts), "x", sha256="")) == ["annual report"]
    old = stream(bytes.fromhex("800b6050220c0c8501"), b"/Filter/LZWDecode")
    assert drawn(read_pdf(one_page(b"[6 0 R 7 0 R]", more=[old, said]), "x", sha256="")) == ["annual report"]


def _rows(content: bytes) -> list[tuple[bytes, bytes]]:
    padded = content + b" " * (-len(content) % 8)
    rows = [padded[place : place + 8] for place in range(0, len(padded), 8)]
    return list(zip(rows, [bytes(8), *rows], strict=False))
