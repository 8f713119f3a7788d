"""Texts that are changed in places: nothing else of their bytes changes, whatever their encoding and line ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.editing.source_text import Edit, SourceText
from nianbao.errors import InputError
from nianbao.model.location import Location

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
WORDS = "政府信息公开工作年度报告：申请、办理与结转，本年新收申请数量。"


@given(
    encoding=st.sampled_from(ENCODINGS),
    breaks=st.sampled_from(("\n", "\r\n", "\r")),
    lines=st.lists(st.text("年度报告申请0123456789 ab<>&|", max_size=12), min_size=1, max_size=20),
    dice=st.randoms(use_true_random=False),
    new=st.text("48件\n", max_size=4),
)
def test_what_is_not_changed_stays_byte_for_byte(
    encoding: str, breaks: str, lines: list[str], dice: object, new: str
) -> None:
    """The bytes before and behind a change are those of the file, and the text reads as with the change made."""
    whole = "\n".join([WORDS, *lines, WORDS])
    data = whole.replace("\n", breaks).encode(encoding)
    begin = dice.randrange(len(WORDS), len(whole) - len(WORDS) + 1)  # type: ignore[attr-defined]
    end = dice.randrange(begin, len(whole) - len(WORDS) + 1)  # type: ignore[attr-defined]
    source = SourceText(data)

    made = source.edited([Edit(begin, end, new)])

    assert source.text == whole
    assert SourceText(made).text == whole[:begin] + new + whole[end:]
    before, behind = (len(part.replace("\n", breaks).encode("gb18030")) for part in (whole[:begin], whole[end:]))
    if encoding == "gb18030":
        assert (made[:before], made[len(made) - behind :]) == (data[:before], data[len(data) - behind :])


@pytest.mark.parametrize(
    ("data", "new", "made"),
    [
        ("甲乙丙丁".encode("gb18030") * 9, "é", "&#233;"),
        (b"<p>84</p>", "应为", "&#24212;&#20026;"),
        ("<p>甲</p>".encode(), "应为", "应为"),
    ],
    ids=["gb18030 has it", "ascii", "utf-8"],
)
def test_references_stand_for_what_an_encoding_lacks(data: bytes, new: str, made: str) -> None:
    """A page in ASCII alone may be shown in any encoding, and gets references alone."""
    found = SourceText(data).edited([Edit(0, 0, new)], references=True)

    assert SourceText(found).text.startswith((new, made))
    assert len(found) > len(data)


def test_signs_that_an_encoding_lacks_are_refused_in_texts() -> None:
    """A text has no references."""
    data = ("政府資訊公開工作年度報告，本年新收申請數量與辦理情況。" * 4).encode("cp950")
    declared = b"charset=big5 " + data

    with pytest.raises(InputError, match="cp950"):
        SourceText(declared).edited([Edit(0, 0, "发")])


def test_broken_bytes_stay_as_they_are() -> None:
    """One byte that no encoding knows is replaced where the text is read, and kept where it is written."""
    data = WORDS.encode() * 40 + b"\xff" + WORDS.encode() * 40 + b" 84"
    source = SourceText(data)

    made = source.edited([Edit(len(source.text) - 2, len(source.text), "48")])

    assert made == data[:-2] + b"48"


def test_zero_bytes_and_mixed_line_ends_are_counted() -> None:
    """Places are those of the text that readers see."""
    data = "年报\r\0\n甲\0\r乙\r\n84 丙".encode()
    source = SourceText(data)
    at = source.offset(Location(4, 1))

    assert at is not None
    assert source.text[at:].startswith("84")
    assert source.edited([Edit(at, at + 2, "48")]) == data.replace(b"84", b"48")


@pytest.mark.parametrize("place", [Location(), Location(9, 1), Location(1), Location(1, 99)])
def test_places_that_are_not_there_are_none(place: Location) -> None:
    """Of a line or column beyond the end, or not known."""
    assert SourceText(b"one\ntwo").offset(place) is None
