"""Pages of PDFs: what can be seen of them, turned pages, pictures, and text that was recognised from a scan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.parts import drawn
from tests.support.pdffiles import PAGE, PIXEL, area, cells, pages, ruled, say, stream

from nianbao.model.document import Picture, Table
from nianbao.readers import document_from_bytes
from nianbao.readers.pdf.glyphs import DOWNWARDS, UPWARDS, PageView
from nianbao.readers.pdf.page_content import PageContent

COLUMNS, ROWS = (60, 160, 260), (100, 120, 140)
TABLE = ruled(COLUMNS, ROWS) + cells(COLUMNS, ROWS, (("内容", "制作"), ("规章", "12")))
MASKED = PIXEL.replace(b"/Width", b"/SMask 6 0 R/Width")
SHOWN = b"/XObject<</I 6 0 R>>"


def picture(x0: float, y0: float, x1: float, y1: float) -> bytes:
    """Draw the picture between two places, counted from the upper left corner."""
    return f"q {x1 - x0} 0 0 {y1 - y0} {x0} {PAGE[1] - y1} cm /I Do Q\n".encode()


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (say(60, 100, "甲"), True),
        (say(60, 100, "甲", paint="1 g"), False),
        (say(60, 100, "甲", paint="1 1 1 rg"), False),
        (say(60, 100, "甲", paint="0 0 0 0 k"), False),
        (say(60, 100, "甲", paint="/Own cs 1 scn"), True),
        (area(50, 80, 200, 120, paint="0.2 0.3 0.6 rg") + say(60, 100, "甲", paint="1 g"), True),
        (area(50, 80, 200, 120, paint="1 g") + say(60, 100, "甲", paint="1 g"), False),
        (say(60, 100, "甲", paint="3 Tr"), False),
        (say(700, 100, "甲"), False),
        (say(60, -50, "甲"), False),
        (say(60, 100, "甲", size=0.5), False),
    ],
    ids=[
        "black",
        "grey",
        "RGB",
        "CMYK",
        "an ink of its own",
        "white on blue",
        "white on white",
        "invisible",
        "beside",
        "above",
        "tiny",
    ],
)
def test_only_what_can_be_seen_is_read(content: bytes, seen: bool) -> None:  # noqa: FBT001
    """Text without ink, of the colour of paper or off the page is not there for anyone who reads."""
    ink = b"<</FunctionType 2/Domain[0 1]/C0[1]/C1[0]/N 1>>"
    own = b"/ColorSpace<</Own[/Separation/Spot/DeviceGray%s]>>" % ink
    assert drawn(document_from_bytes(pages(say(60, 300, "可见的文字。") + content, resources=own), "x")) == [
        *(["甲"] if seen else []),
        "可见的文字。",
    ]


def test_a_page_that_its_file_turns_reads_upright() -> None:
    """``/Rotate`` says how a page is shown; text and lines are read as they are then seen."""
    content = f"0 1 -1 0 {PAGE[1]} 0 cm ".encode() + TABLE

    document = document_from_bytes(pages(content, extra=b"/Rotate 90"), "x")

    assert drawn(document) == [["内容", "制作", "规章", "12"]]


@pytest.mark.parametrize("turn", ["0 1 -1 0 842 0 cm ", "0 -1 1 0 -247 595 cm "], ids=["up", "down"])
def test_a_page_whose_text_runs_up_or_down_reads_upright(turn: str) -> None:
    """So a wide table on a high page is read; its places are those on the page as it is."""
    document = document_from_bytes(pages(turn.encode() + TABLE), "x")

    assert drawn(document) == [["内容", "制作", "规章", "12"]]
    (table,) = document.blocks
    assert isinstance(table, Table)
    x0, top, x1, bottom = table.cells[3].location.box or (0, 0, 0, 0)
    assert (round(x1 - x0), round(bottom - top)) == (20, 100)


@given(turn=st.sampled_from([0, UPWARDS, DOWNWARDS]), places=st.tuples(*[st.integers(0, 800)] * 4))
def test_places_of_a_turned_page_are_found_again(turn: int, places: tuple[int, int, int, int]) -> None:
    """Turning a place and turning it back gives the place."""
    box = (min(places[::2]), min(places[1::2]), max(places[::2]), max(places[1::2]))
    size = (842.0, 595.0) if turn else (595.0, 842.0)
    view = PageView(size, turn)

    assert PageContent(1, size, (), (), (), turn=turn).on_page(view.turned(box)) == box


def test_text_on_a_scan_is_read_and_said_to_be_recognised() -> None:
    """An invisible layer over a picture of the page is text, with a word of warning."""
    content = picture(0, 0, *PAGE) + TABLE.replace(b"BT ", b"BT 3 Tr ") + say(60, 60, "一、总体情况", paint="3 Tr")

    document = document_from_bytes(pages(content, resources=SHOWN, more=[PIXEL]), "x")

    assert [part for part in drawn(document) if part != "[picture]"] == ["一、总体情况", ["内容", "制作", "规章", "12"]]
    (note,) = document.notes
    assert "识别" in note.zh
    assert "recognised" in note.en


@pytest.mark.parametrize(("image", "notes"), [(PIXEL, 1), (MASKED, 0)], ids=["opaque", "a watermark"])
def test_text_below_a_picture_of_the_page_was_recognised_too(image: bytes, notes: int) -> None:
    """Unless the picture can be looked through."""
    content = say(60, 60, "一、总体情况\n过去一年，本机关按照要求做好各项公开工作。") + picture(0, 0, *PAGE)

    document = document_from_bytes(pages(content, resources=SHOWN, more=[image]), "x")

    assert "一、总体情况" in drawn(document)
    assert len(document.notes) == notes


@pytest.mark.parametrize(
    ("box", "shown"),
    [
        ((60, 120, 500, 400), True),
        ((60, 120, 500, 130), False),
        ((60, 120, 110, 170), False),
        ((0, 0, 595, 842), False),
    ],
    ids=["as a table", "a stripe", "a seal", "behind the text"],
)
def test_a_picture_that_may_hold_a_table_stands_in_its_place(box: tuple[float, ...], shown: bool) -> None:  # noqa: FBT001
    """Small ones do not count, nor what lies behind text."""
    content = (
        picture(*box) + say(60, 60, "三、收到和处理情况如下表所列") + say(60, 500, "四、其他部分的文字说明也在这里")
    )

    document = document_from_bytes(pages(content, resources=SHOWN, more=[PIXEL]), "x")

    assert drawn(document)[1:-1] == (["[picture]"] if shown else [])
    if shown:
        (found,) = (block for block in document.blocks if isinstance(block, Picture))
        assert found.location.page == 1
        assert found.location.box == pytest.approx(box)


def test_a_picture_in_strips_is_one() -> None:
    """Some programs cut pictures into strips."""
    strips = b"".join(picture(60, 100 + 20 * n, 500, 120 + 20 * n) for n in range(10))

    document = document_from_bytes(pages(say(60, 60, "甲乙丙") + strips, resources=SHOWN, more=[PIXEL]), "x")

    assert drawn(document) == ["甲乙丙", "[picture]"]


def test_what_is_typed_onto_a_page_is_read() -> None:
    """Fields that are filled in and text that a reader program puts on top stand in their cells."""
    shown = stream(
        b"BT /L 10 Tf 2 3 Td (42) Tj ET",
        b"/Type/XObject/Subtype/Form/BBox[0 0 50 15]/Resources<</Font<</L 3 0 R>>>>",
    )
    note = b"<</Type/Annot/Subtype/%s/Rect[165 705 215 720]/F %d/AP<</N 6 0 R>>>>"
    blank = ruled(COLUMNS, ROWS) + cells(COLUMNS, ROWS, (("内容", "制作"), ("规章", "")))

    placeless = b"<</Subtype/Widget/AP<</N 6 0 R>>>><</Subtype/Widget/Rect[1 1 9 9]/AP<</N 7 0 R>>>>"
    for kind, flags, text in ((b"Widget", 4, "42"), (b"FreeText", 4, "42"), (b"Widget", 2, ""), (b"Link", 4, "")):
        notes = b"/Annots[%s%s]" % (note % (kind, flags), placeless)
        data = pages(blank, extra=notes, more=[shown, shown.replace(b"[0 0 50 15]", b"[0 0 0 0]")])
        assert drawn(document_from_bytes(data, "x")) == [["内容", "制作", "规章", text]]


@pytest.mark.parametrize("marked", [b"/Span<</ActualText(99)>>BDC ", b"/Span/Other BDC "], ids=["beside", "apart"])
def test_what_a_text_stands_for_is_not_what_it_shows(marked: bytes) -> None:
    """A file may say of a text what a voice is to speak; a person sees the text itself."""
    shown = cells(COLUMNS[1:2], ROWS[1:2], (("12",),))
    content = ruled(COLUMNS, ROWS) + cells(COLUMNS, ROWS, (("内容", "制作"), ("规章", ""))) + marked + shown + b"EMC "

    document = document_from_bytes(pages(content, resources=b"/Properties<</Other<</ActualText(99)>>>>"), "x")

    assert drawn(document) == [["内容", "制作", "规章", "12"]]


@pytest.mark.parametrize("step", [6.1, 4.5, 3.4, 2.2])
def test_equal_figures_that_overlap_are_never_fewer(step: float) -> None:
    """Digits that a program draws one by one, and near each other, are all read, or the cell is not."""
    digits = b"".join(say(163 + step * place, 133, "1") for place in range(3))
    content = ruled(COLUMNS, ROWS) + cells(COLUMNS, ROWS, (("内容", "制作"), ("规章", ""))) + digits

    (table,) = document_from_bytes(pages(content), "x").blocks

    assert isinstance(table, Table)
    assert table.cells[3].text.replace("\n", "") == "111" or table.cells[3].doubt is not None


def described(properties: bytes) -> bytes:
    """Return a file with properties."""
    made = pages(say(60, 100, "甲"), more=[b"<<%s>>" % properties])
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R/Info 6 0 R")


def test_the_title_is_that_of_the_file() -> None:
    """What the file calls itself is its title, in either order of bytes."""
    for written in ("年报".encode("utf-16-be"), "年报".encode("utf-16-le")):
        mark = b"\xfe\xff" if written[:1] == b"\x5e" else b"\xff\xfe"
        data = described(b"/Title<%s>" % (mark + written).hex().encode())
        assert document_from_bytes(data, "x").title == "年报"


@pytest.mark.parametrize("encoding", ["ascii", "utf-16-be"])
def test_the_days_of_a_file_are_those_of_its_properties(encoding: str) -> None:
    """Created and last changed, in whatever encoding; what is no day is passed over."""
    mark = b"" if encoding == "ascii" else b"\xfe\xff"
    created = (mark + "D:20250117093000+08'00'".encode(encoding)).hex().encode()
    data = described(b"/CreationDate<%s>/ModDate(soon)" % created)

    assert document_from_bytes(data, "x").metadata == {"created": "2025-01-17"}
