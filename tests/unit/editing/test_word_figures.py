"""Figures in Word files are put right where they stand, in the look of what stood there, and nothing else changes."""

from __future__ import annotations

import pytest
from tests.support.copying import MARK_PARTS, other, text_of
from tests.support.editing import on_bytes
from tests.support.wordfiles import abstract, cell, listed, num, para, row, run, span, table, word_file

from nianbao.editing.editor import Correction
from nianbao.errors import InputError
from nianbao.model.document import Table
from nianbao.model.location import NOWHERE, Location
from nianbao.readers import document_from_bytes

correct = on_bytes("word").correct
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIRST = Location(table=1, row=1, cell=2)
CENTRED, BIG = '<w:jc w:val="center"/>', '<w:sz w:val="32"/>'
FOOTNOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
INSERTED = f'<w:ins w:id="90" w:author="x">{run("84")}</w:ins>'
DELETED = '<w:del w:id="91" w:author="x"><w:r><w:delText>79</w:delText></w:r></w:del>'


def field(code: str, shown: str) -> str:
    """Return the runs of a field with its result."""
    parts = ("begin", "separate", "end")
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in parts)
    return f"{begin}<w:r><w:instrText> {code} </w:instrText></w:r>{separate}{run(shown)}{end}"


def holding(content: str) -> bytes:
    """Return a Word file with a table, in which a cell holds what is given."""
    return word_file(para("甲") + table(row("a", cell(content), "9"), row("b", "3", "4")))


def cells(data: bytes) -> list[str]:
    """Return the texts of the cells of the first table of a file."""
    found = next(block for block in document_from_bytes(data, "x").blocks if isinstance(block, Table))
    return [one.text for one in found.cells]


def runs(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """Return the runs with text of a file's first cell of figures, each with the names of its properties."""
    second = list(text_of(data).iter(W + "tc"))[1]
    return [
        (one.findtext(W + "t"), tuple(look.tag.removeprefix(W) for look in one.iterfind(f"{W}rPr/*")))
        for one in second.iter(W + "r")
        if one.findtext(W + "t")
    ]


WRITTEN: dict[str, tuple[str, str, str, str]] = {
    "a figure": ("84", "84", "48", "48"),
    "a longer one": ("84", "84", "1048", "1048"),
    "a figure torn over runs": (para(run("8") + run("", "<w:b/>") + run("4", "<w:b/>")), "84", "48", "48"),
    "a figure with a unit": ("84件", "84件", "48", "48件"),
    "a figure named without its unit": ("84件", "84", "48", "48件"),
    "one of two figures": ("84（含上年结转1件）", "84", "48", "48（含上年结转1件）"),
    "the other of two figures": ("84（含上年结转1件）", "1", "2", "84（含上年结转2件）"),
    "a figure of which the other is a part": ("84（含8件）", "8", "9", "84（含9件）"),
    "full-width digits": ("８４", "84", "48", "４８"),
    "separators": ("1,284", "1284", "1248", "1,248"),
    "decimals": ("12.50", "12.5", "12.05", "12.05"),
    "a sign": ("-84", "-84", "84", "84"),
    "a mark": ("/", "/", "0", "0"),
    "a long dash": ("——", "——", "0", "0"),
    "a word for nothing": ("无", "无", "3", "3"),
    "digits that stand apart": ("8 4", "8 4", "84", "84"),
    "spaces around": (" 84 ", "84", "48", "48"),
    "a figure beside a footnote": (para(run("84") + FOOTNOTE), "84", "48", "48"),
    "a figure that was brought in by a change": (para(INSERTED + DELETED), "84", "48", "48"),
    "a figure in a control": (
        para(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('84')}</w:sdtContent></w:sdt>"),
        "84",
        "48",
        "48",
    ),
    "a figure in a link": (para(f'<w:hyperlink w:anchor="x">{run("84")}</w:hyperlink>'), "84", "48", "48"),
    "a figure typed into a form": (para(field("FORMTEXT", "84")), "84", "48", "48"),
    "a figure in a formula's place": (para(field("=SUM(LEFT)", "3") + run("含84件")), "84", "48", "3含48件"),
    "a figure in a link by code": (
        para('<w:fldSimple w:instr="HYPERLINK x">' + run("84") + "</w:fldSimple>"),
        "84",
        "48",
        "48",
    ),
    "a figure in the second paragraph": (para("合计") + para("84"), "84", "48", "合计\n48"),
    "a figure below a table": (table(row("1", "2")) + para("84"), "84", "48", "1\n2\n48"),
    "a figure in a table in it": (table(row("1", "84")) + para("x"), "84", "48", "1\n48\nx"),
    "a figure behind a number of a list": (para("84", listed(1)), "84", "48", "1. 48"),
    "a blank": ("", "", "48", "48"),
    "a blank of spaces": (" ", "", "48", "48"),
    "a blank of two paragraphs": (para() + para(), "", "48", "48"),
    "a blank in a control": (para("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>"), "", "48", "48"),
    "a zero": ("0", "0", "48", "48"),
    "a figure that stays": ("84", "84", "84", "84"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_figure_is_written_over_another(name: str) -> None:
    """The other words of the cell stay, and so do all other cells, paragraphs and parts."""
    content, old, new, shown = WRITTEN[name]
    body = para("甲") + table(row("a", cell(content), "9"), row("b", "3", "4"), row("c", "5", "6"))
    data = word_file(body, numbering=abstract(1, ("decimal", "%1.")) + num(1, 1))

    copy = correct(data, [Correction(FIRST, old, new)])

    assert cells(copy) == ["a", shown, "9", "b", "3", "4", "c", "5", "6"]
    assert other(data, copy) - MARK_PARTS <= {"word/document.xml"}


LOOKS: dict[str, tuple[str, str, list[tuple[str, tuple[str, ...]]]]] = {
    "of the first run with digits": (
        para(run("共", "<w:u/>") + run("8", "<w:b/>") + run("4件", "<w:i/>")),
        "84",
        [("共", ("u",)), ("48", ("b",)), ("件", ("i",))],
    ),
    "not of the run with the sign": (para(run("-", "<w:u/>") + run("84", "<w:b/>")), "-84", [("48", ("b",))]),
    "of the mark of a blank paragraph": (para("<w:r/>", "<w:rPr><w:b/><w:ins/></w:rPr>"), "", [("48", ("b",))]),
    "of an empty run": (para(run("", "<w:i/>"), "<w:rPr><w:b/></w:rPr>"), "", [("48", ("i",))]),
}


@pytest.mark.parametrize("name", LOOKS)
def test_a_figure_has_the_look(name: str) -> None:
    """As its name says."""
    content, old, shown = LOOKS[name]

    assert runs(correct(holding(content), [Correction(FIRST, old, "48")])) == shown


def test_a_blank_that_says_nothing_looks_as_the_figures_beside_it() -> None:
    """Letters and paragraph both, as those of the nearest figure of its row."""
    far, near = (cell(para(run(figure, BIG if figure == "7" else "<w:b/>"), CENTRED)) for figure in ("9", "7"))
    data = word_file(table(row("a", far, "", cell("<w:p></w:p>"), near), row("b", *"3456")))

    copy = correct(data, [Correction(Location(table=1, row=1, cell=4), "", "48")])

    paragraph = list(text_of(copy).iter(W + "tc"))[3].find(W + "p")
    assert [one.tag.removeprefix(W) for one in paragraph.iter()] == ["p", "pPr", "jc", "r", "rPr", "sz", "t"]
    assert paragraph.find(f"{W}r/{W}rPr/{W}sz").get(W + "val") == "32"


REFUSED: dict[str, tuple[str, Correction, str, str]] = {
    "another figure": ("85", Correction(FIRST, "84", "48"), "cell-differs", "says “85” and not “84”"),
    "a figure where a blank should be": ("84", Correction(FIRST, "", "48"), "cell-differs", "says “84” and not “”"),
    "a blank where a figure should be": ("", Correction(FIRST, "84", "48"), "cell-differs", "says “” and not “84”"),
    "a longer figure": ("840", Correction(FIRST, "84", "48"), "cell-differs", "and not “84”"),
    "the same figure twice": ("84（84）", Correction(FIRST, "84", "48"), "cell-unclear", "which figure"),
    "two figures named by all words": ("84（1）", Correction(FIRST, "84（1）", "48"), "cell-unclear", "which figure"),
    "words without a figure": ("详见附件", Correction(FIRST, "详见附件", "48"), "cell-unclear", "by hand"),
    "two lines": (para("8") + para("4"), Correction(FIRST, "8\n4", "84"), "cell-unclear", "by hand"),
    "a result of a field": (para(field("=SUM(LEFT)", "84")), Correction(FIRST, "84", "48"), "computed-cell", "field"),
    "a result of a simple field": (
        para(f'<w:fldSimple w:instr="=SUM(LEFT)">{run("84")}</w:fldSimple>'),
        Correction(FIRST, "84", "48"),
        "computed-cell",
        "field",
    ),
    "data of the file": (
        para(f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{run('84')}</w:sdtContent></w:sdt>"),
        Correction(FIRST, "84", "48"),
        "computed-cell",
        "control",
    ),
    "data of the file that are blank": (
        para("<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent/></w:sdt>"),
        Correction(FIRST, "", "48"),
        "computed-cell",
        "control",
    ),
    "a field whose result is blank": (
        para(field("=SUM(LEFT)", "")),
        Correction(FIRST, "", "48"),
        "computed-cell",
        "field",
    ),
    "a field in a field": (
        para(field("IF 1 = 1", field("HYPERLINK x", "84"))),
        Correction(FIRST, "84", "48"),
        "computed-cell",
        "field",
    ),
    "a sign of a font": (
        para('<w:r><w:sym w:font="Symbol" w:char="F038"/><w:t>4</w:t></w:r>'),
        Correction(FIRST, "84", "48"),
        "cell-not-text",
        "no plain text",
    ),
    "a number of a list": (para("", listed(1)), Correction(FIRST, "1", "2"), "cell-not-text", "an automatic number"),
    "a cell that is not there": ("84", Correction(Location(table=1, row=1, cell=9), "84", "48"), "no-cell", "cell 9"),
    "a paragraph": ("84", Correction(Location(paragraph=1), "84", "48"), "no-cell", "has no paragraph 1"),
    "no place": ("84", Correction(NOWHERE, "84", "48"), "no-cell", "has no"),
    "words to be written": ("84", Correction(FIRST, "84", "四十八"), "not-a-figure", "“四十八”"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_written_is_told(name: str) -> None:
    """What, where, and what to do, in one line of each language."""
    content, correction, code, words = REFUSED[name]
    body = para("甲") + table(row("a", cell(content), "9"), row("b", "3", "4"))
    data = word_file(body, numbering=abstract(1, ("decimal", "%1.")) + num(1, 1))

    with pytest.raises(InputError) as caught:
        correct(data, [correction])

    assert (caught.value.code, words in caught.value.message.en) == (code, True), caught.value.message.en
    assert "\n" not in caught.value.message.zh + caught.value.message.en


def test_merged_cells_are_told_apart() -> None:
    """By their numbers in the row as the file has them."""
    data = word_file(
        table(
            row(cell("a", span(2)), cell("84", '<w:vMerge w:val="restart"/>'), "1"),
            row("b", "2", cell("", "<w:vMerge/>"), "84"),
            row("c", "3", "5", "6"),
        )
    )

    copy = correct(data, [Correction(FIRST, "84", "48"), Correction(Location(table=1, row=2, cell=4), "84", "49")])

    assert cells(copy) == ["a", "48", "1", "b", "2", "49", "c", "3", "5", "6"]


def test_a_cell_without_a_paragraph_gets_one_only_for_a_figure() -> None:
    """Other such cells stay as they are."""
    data = word_file(table(row("a", "<w:tc/>", "<w:tc/>"), row("b", "3", "4")))

    copy = correct(data, [Correction(FIRST, "", "48")])

    assert [len(one) for one in text_of(copy).iter(W + "tc")][:3] == [2, 1, 0]
    assert cells(copy)[1] == "48"


def test_several_figures_are_written_at_once() -> None:
    """Also two in one cell, one after the other; none gives the file itself."""
    data = holding("84（含1件）")

    assert cells(correct(data, [Correction(FIRST, "84", "48"), Correction(FIRST, "1", "2")]))[1] == "48（含2件）"
    assert correct(data, []) is data


@pytest.mark.parametrize("content", [para("84"), table(row("a", "84"), row("b", "3"))])
def test_a_figure_in_a_text_box_is_not_written(content: str) -> None:
    """It stands in the file twice, for old programs and new ones; a table in a box is a table of its own."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    boxed = para(f"<w:r><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>")
    data = word_file(boxed) if content.startswith("<w:tbl>") else holding(boxed)

    with pytest.raises(InputError) as caught:
        correct(data, [Correction(FIRST, "84", "48")])

    assert cells(data)[1] == "84"
    assert caught.value.code == "cell-not-text"
