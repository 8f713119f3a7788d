"""Workbooks made to harm are refused or read within limits, in few steps and in one line."""

from __future__ import annotations

import io
import random
import struct
import sys
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.counting import steps
from tests.support.oldoffice import ole, record, records
from tests.support.parts import drawn
from tests.support.sheeting import raw_workbook
from tests.support.thinning import examples

from nianbao.errors import InputError
from nianbao.readers import document_from_bytes
from nianbao.readers.sheets.workbook import ref

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = "<row><c><v>1</v></c><c><v>2</v></c></row>"
MOST_STEPS = 1_000_000
LIMITS = {"MAX_CELLS": 2_000, "MAX_TAGS": 10_000, "MAX_TREE_TAGS": 5_000, "MAX_RECORDS": 10_000}


@pytest.fixture
def low_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let fewer cells, tags and records be too many, so that going on behind a limit is seen from the steps."""
    for workbook in (raw_workbook(data(TABLE)), old()):  # what is imported later would keep the low limits
        document_from_bytes(workbook, "invented")
    for name, module in list(sys.modules.items()):
        if name.startswith("nianbao."):
            for limit in LIMITS.keys() & vars(module).keys():
                monkeypatch.setattr(module, limit, LIMITS[limit])


def data(*rows: str) -> str:
    """Return the data of a sheet."""
    return f"<sheetData>{''.join(rows)}</sheetData>"


def words(reference: str, text: str) -> str:
    """Return a row with one cell."""
    return f'<row><c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def laughs() -> bytes:
    """Return a sheet with entities that expand to a thousand million letters, and one that names a file."""
    entities = '<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">'
    entities += "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    part = f'<!DOCTYPE worksheet [{entities}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    part += f"<worksheet>{data(words('A1', '甲&a8;&file;'))}</worksheet>"
    return raw_workbook("", parts={"xl/worksheets/sheet1.xml": part})


def scattered(rows: int) -> str:
    """Return cells on a diagonal, two in each row."""
    return data(*(f"<row>{words(ref(n, n), '甲')[5:-6]}{words(ref(n, n + 1), '1')[5:-6]}</row>" for n in range(rows)))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a million cells": (
        lambda: raw_workbook(data(*["<row>" + "<c><v>1</v></c>" * 1000 + "</row>"] * 300)),
        "too-many-cells",
    ),
    "a few cells far apart in each row": (lambda: raw_workbook(scattered(1000)), "too-many-cells"),
    "millions of tags": (lambda: raw_workbook(data("<row/>" * 1_100_000)), "too-many-tags"),
    "millions of strings": (lambda: raw_workbook(data(TABLE), strings="<si/>" * 1_100_000), "too-many-tags"),
    "ranges over each other": (
        lambda: raw_workbook(
            data(*(words(f"A{n}", "甲") for n in range(1, 500)))
            + f"<mergeCells>{'<mergeCell ref=`A1:XFD1048576`/>'.replace('`', chr(34)) * 1000}</mergeCells>"
        ),
        "too-many-cells",
    ),
    "entities": (laughs, "broken-sheet"),
    "no end": (lambda: raw_workbook("<sheetData><row>"), "broken-sheet"),
    "no workbook": (lambda: raw_workbook(data(TABLE), parts={"xl/workbook.xml": "<"}), "broken-sheet"),
    "hundreds of sheets": (
        lambda: raw_workbook(data(TABLE), parts={"xl/workbook.xml": f"<w><sheets>{'<sheet/>' * 200}</sheets></w>"}),
        "too-many-sheets",
    ),
    "more than it unpacks to": (
        lambda: raw_workbook(data(TABLE), strings=f"<si><t>{' ' * (130 * 2**20)}</t></si>"),
        "too-large",
    ),
}
READ: dict[str, tuple[Callable[[], bytes], list[str | list[str]]]] = {
    "a dimension of everything": (
        lambda: raw_workbook('<dimension ref="A1:XFD1048576"/>' + data(words("A1", "甲"), words("XFD1048576", "末"))),
        ["甲", "末"],
    ),
    "no dimension and no names": (lambda: raw_workbook(data(TABLE)), [["1", "2"]]),
    "a range of everything": (
        lambda: raw_workbook(data(words("A1", "甲")) + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        ["甲"],
    ),
    "ranges that are none": (
        lambda: raw_workbook(
            data(TABLE) + '<mergeCells><mergeCell ref="A0:ZZZZ9"/><mergeCell/><mergeCell ref="B1:A1"/></mergeCells>'
        ),
        ["1"],
    ),
    "places that are none": (lambda: raw_workbook(data('<row r="x"><c r="XFE1"><v>7</v></c></row>')), ["7"]),
    "a hundred thousand tags inside each other": (
        lambda: raw_workbook(data(TABLE) + "<x>" * 100_000 + "</x>" * 100_000),
        [["1", "2"]],
    ),
}


@pytest.mark.parametrize(("make", "code"), REFUSED.values(), ids=REFUSED)
@pytest.mark.usefixtures("low_limits")
def test_too_much_is_refused(make: Callable[[], bytes], code: str) -> None:
    """With a code and a text in both languages, as soon as the limit is passed."""
    error, count = refused(make())

    assert (error.code, bool(error.message.zh)) == (code, True)
    assert "\n" not in error.message.en
    assert count <= MOST_STEPS


def refused(source: bytes) -> tuple[InputError, int]:
    """Return the error that a workbook is refused with, and how many steps that takes."""
    errors: list[InputError] = []

    def read() -> None:
        with pytest.raises(InputError) as caught:
            document_from_bytes(source, "invented")
        errors.append(caught.value)

    count = steps(read)
    return errors[0], count


@pytest.mark.parametrize(("make", "blocks"), READ.values(), ids=READ)
def test_what_only_looks_like_much_is_read(make: Callable[[], bytes], blocks: list[str | list[str]]) -> None:
    """Sheets that claim to be endless are read by what they hold."""
    source = make()

    assert drawn(document_from_bytes(source, "invented")) == blocks
    assert steps(lambda: document_from_bytes(source, "invented")) <= MOST_STEPS


def old(extra: bytes = b"", globals_: bytes = b"") -> bytes:
    """Return an old workbook with more records in its sheet or before its sheets."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["子", 1])
    return ole({"Workbook": records(book, extra=extra, globals_=globals_)})


OLD_REFUSED = {
    "blanks by the hundred": (lambda: old(record(0xBE, bytes(4) + bytes(512) + b"\xff\x00") * 800), "too-many-cells"),
    "a million records": (lambda: old(record(0x1234) * 1_000_001), "too-many-tags"),
    "a password": (lambda: old(globals_=record(0x2F, bytes(6))), "locked"),
    "nothing after its head": (lambda: ole({"Workbook": record(0x809, bytes(16))}), "broken-sheet"),
    "hundreds of sheets": (
        lambda: old(globals_=record(0x85, struct.pack("<IBB", 0, 0, 0) + b"\x01\x00A") * 300),
        "too-many-sheets",
    ),
}


@pytest.mark.parametrize(("make", "code"), OLD_REFUSED.values(), ids=OLD_REFUSED)
@pytest.mark.usefixtures("low_limits")
def test_too_much_in_an_old_workbook_is_refused(make: Callable[[], bytes], code: str) -> None:
    """The records are counted before a library reads them."""
    error, count = refused(make())

    assert error.code == code
    assert count <= MOST_STEPS


@examples(40)
@given(seed=st.integers(0, 2**32), count=st.sampled_from([1, 3, 20]))
def test_a_damaged_old_workbook_is_read_or_refused(seed: int, count: int) -> None:
    """Whatever bytes of it are changed, there is a document or an InputError, never another exception."""
    dice = random.Random(seed)
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["标题"], ["项", "甲", "乙"], ["子", 1, 2.5], ["丑", True, "#REF!"]):
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    damaged = bytearray(records(book))
    for _time in range(count):
        at = dice.randrange(len(damaged))
        damaged[at : at + dice.randrange(4)] = dice.randbytes(dice.randrange(4))

    for source in (ole({"Workbook": bytes(damaged)}), ole({"Workbook": records(book)})[: dice.randrange(9000)]):
        try:
            document_from_bytes(source, "invented")
        except InputError as error:
            assert error.message.zh  # noqa: PT017 - both ways out are right


@examples(30)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_sheet_is_read_or_refused(seed: int) -> None:
    """The same of the parts of a new workbook."""
    dice = random.Random(seed)
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["标题"], ["项", "甲", "乙"], ["子", 1, 2.5], ["丑", True, "=A1"]):
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    stream = io.BytesIO()
    book.save(stream)

    try:
        document_from_bytes(spoilt(stream.getvalue(), dice), "invented")
    except InputError as error:
        assert error.message.zh  # noqa: PT017 - both ways out are right


def spoilt(source: bytes, dice: random.Random) -> bytes:
    """Return a workbook with bytes changed in one part."""
    import zipfile  # noqa: PLC0415 - here alone

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(stream, "w") as after:
        chosen = dice.choice(before.namelist())
        for name in before.namelist():
            content = bytearray(before.read(name))
            for _time in range(dice.randrange(1, 6) if name == chosen else 0):
                at = dice.randrange(len(content))
                content[at : at + dice.randrange(4)] = dice.randbytes(dice.randrange(4))
            after.writestr(name, bytes(content))
    return stream.getvalue()
