"""Comments in Word files stand on the words that they are about, and nothing else of the file changes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from tests.support.copying import MARK_PARTS, Comment, comments, members, other, text_of
from tests.support.editing import on_bytes
from tests.support.parts import drawn
from tests.support.wordfiles import (
    MAIN,
    NAMED,
    abstract,
    cell,
    listed,
    num,
    para,
    parts_of,
    row,
    run,
    span,
    table,
    word_file,
    zipped,
)

from nianbao.editing.editor import Note
from nianbao.errors import InputError
from nianbao.model.location import NOWHERE, Location
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

annotate = on_bytes("word").annotate
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHANGED = {"[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml", "word/comments.xml"}
LINE = "全年收到申请84件，办结80件。"
FIRST = Location(table=1, row=1, cell=2)


def note(location: Location, quote: str = "", title: str = "应为48") -> Note:
    """Return a note."""
    return Note(location, "error", title, "第一行\n第二行", quote)


def inserted(text: str) -> str:
    """Return a run that a tracked change brought in."""
    return f'<w:ins w:id="90" w:author="x" w:date="2024-01-01T00:00:00Z">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    """Return a run that a tracked change took away."""
    return (
        f'<w:del w:id="91" w:author="x" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>{text}</w:delText></w:r></w:del>'
    )


def box(content: str) -> str:
    """Return a run that a text box hangs on, as Word 2010 and later write it."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def sdt(content: str) -> str:
    """Return a content control."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


MARKED: dict[str, tuple[str, Location, str, str, tuple[int, int, int] | None]] = {
    "a paragraph": (para("甲") + para(LINE), Location(paragraph=2), "", LINE, None),
    "words of a paragraph": (para(LINE), Location(paragraph=1), "申请84件", "申请84件", None),
    "its first words": (para(LINE), Location(paragraph=1), "全年", "全年", None),
    "its last words": (para(LINE), Location(paragraph=1), "80件。", "80件。", None),
    "words over runs": (
        para(run("全年收到", "<w:b/>") + run("申请8", "<w:i/>") + run("") + run("4件，") + run("办结80件。")),
        Location(paragraph=1),
        "到申请84件",
        "到申请84件",
        None,
    ),
    "words as they are quoted without spaces": (
        para("收到 8 4 件。"),
        Location(paragraph=1),
        "收到84件",
        "收到 8 4 件",
        None,
    ),
    "words that are not there": (para(LINE), Location(paragraph=1), "没有这些字", LINE, None),
    "words in a link": (
        para(run("见") + f'<w:hyperlink w:anchor="x">{run("附件一说明")}</w:hyperlink>' + run("。")),
        Location(paragraph=1),
        "附件一",
        "附件一",
        None,
    ),
    "words in a control, a change and behind": (
        para(sdt(run("全年收")) + inserted("到申请") + deleted("八") + run("84件")),
        Location(paragraph=1),
        "收到申请84",
        "收到申请84",
        None,
    ),
    "words beside a formula": (
        para("<m:oMath><m:r><m:t>甲乙</m:t></m:r></m:oMath>" + run("丙丁")),
        Location(paragraph=1),
        "乙丙",
        "丙",
        None,
    ),
    "words with a reading over them": (
        para(
            f"<w:r><w:ruby><w:rt>{run('x')}</w:rt><w:rubyBase>{run('甲乙')}</w:rubyBase></w:ruby></w:r>" + run("丙丁")
        ),
        Location(paragraph=1),
        "乙丙",
        "x甲乙丙",
        None,
    ),
    "words with a sign that is not seen": (
        para("收到\u200b申请84件"),
        Location(paragraph=1),
        "到申请",
        "到\u200b申请",
        None,
    ),
    "words behind a number of a list": (
        para("总体情况", listed(1)),
        Location(paragraph=1),
        "一、总体情况",
        "总体情况",
        None,
    ),
    "words with tabs and breaks": (
        para("<w:r><w:t>甲</w:t><w:tab/><w:t>乙丙</w:t><w:br/><w:t>丁</w:t></w:r>"),
        Location(paragraph=1),
        "丙丁",
        "丙丁",
        None,
    ),
    "a picture": (
        para("甲") + para('<w:r><w:pict><v:shape><v:imagedata r:id="x"/></v:shape></w:pict></w:r>') + para("乙"),
        Location(paragraph=2),
        "",
        "",
        None,
    ),
    "an empty paragraph is passed over": (para() + para(LINE), Location(paragraph=2), "", LINE, None),
    "a cell": (table(row("a", "84"), row("b", "3")), FIRST, "", "84", (1, 1, 2)),
    "a cell of two paragraphs": (
        table(row("a", cell(para("84") + para("（含转办）"))), row("b", "3")),
        FIRST,
        "",
        "84（含转办）",
        (1, 1, 2),
    ),
    "words of a cell": (table(row("a", "84（含上年结转1件）"), row("b", "3")), FIRST, "结转1件", "结转1件", (1, 1, 2)),
    "a blank cell": (table(row("a", cell()), row("b", "3")), FIRST, "", "", (1, 1, 2)),
    "a cell without a paragraph": (table(row("a", "<w:tc/>"), row("b", "3")), FIRST, "", "", (1, 1, 2)),
    "a cell merged down": (
        table(
            row(cell("甲", '<w:vMerge w:val="restart"/>'), "1"), row(cell("", "<w:vMerge/>"), "2"), row("b", cell("3"))
        ),
        Location(table=1, row=1, cell=1),
        "",
        "甲",
        (1, 1, 1),
    ),
    "a cell behind one merged across": (
        table(row(cell("a", span(2)), "84"), row("b", "3", "4")),
        FIRST,
        "",
        "84",
        (1, 1, 2),
    ),
    "a cell with a table in it": (
        table(row("a", cell(table(row("1", "2")) + para("84")), "9"), *[row("b", "3", "9")] * 3),
        FIRST,
        "",
        "84",
        (1, 1, 2),
    ),
    "a cell in the second table": (
        table(row("a", "1"), row("b", "3")) + para("x") + table(row("c", "5"), row("d", "84")),
        Location(table=2, row=2, cell=2),
        "",
        "84",
        (2, 2, 2),
    ),
    "a cell with a field": (
        table(row("a", cell(para('<w:fldSimple w:instr="=SUM(LEFT)">' + run("84") + "</w:fldSimple>"))), row("b", "3")),
        FIRST,
        "",
        "84",
        (1, 1, 2),
    ),
    "a cell in a control": (table(row("a", sdt(cell("84"))), row("b", "3")), FIRST, "", "84", (1, 1, 2)),
    "a table that the file does not have": (
        para(LINE) + table(row("a", "1"), row("b", "3")),
        Location(table=9),
        "",
        LINE,
        None,
    ),
    "a cell that its row does not have": (
        table(row("a", "1"), row("b", "3")),
        Location(table=1, row=2, cell=9),
        "",
        "b",
        (1, 2, 1),
    ),
    "no place": (para("标题") + para(LINE), NOWHERE, "", "标题", None),
}


@pytest.mark.parametrize("name", MARKED)
def test_a_comment_is_on_the_words_of_its_place(name: str) -> None:
    """And the file reads as before, its other parts byte for byte the same."""
    body, location, quote, marked, at = MARKED[name]
    data = word_file(body, numbering=abstract(1, ("chineseCounting", "%1、")) + num(1, 1))

    copy = annotate(data, [note(location, quote)])

    assert comments(copy) == {"0": Comment("nianbao", ("应为48", "第一行", "第二行"), marked, at)}
    assert document_from_bytes(copy, "x").blocks == document_from_bytes(data, "x").blocks
    assert other(data, copy) - MARK_PARTS <= CHANGED


def test_a_comment_on_a_text_box_stands_on_the_paragraph_that_it_hangs_on() -> None:
    """Word allows none inside."""
    body = para("甲") + para(run("乙") + box(para(LINE))) + para("丙")
    data = word_file(body)
    copy = annotate(data, [note(Location(paragraph=3), "84件")])

    root = text_of(copy)
    start = root.find(f".//{W}commentRangeStart")
    assert drawn(document_from_bytes(data, "x")) == drawn(document_from_bytes(copy, "x")) == ["甲", "乙", LINE, "丙"]
    assert start.getparent().getparent().tag == W + "body"
    assert start.getparent().find(W + "r").findtext(W + "t") == "乙"
    assert root.find(f".//{W}txbxContent//{W}commentReference") is None


def test_a_comment_on_a_picture_stands_in_its_paragraph() -> None:
    """A picture that is all of a paragraph has the comment to itself."""
    copy = annotate(word_file(MARKED["a picture"][0]), [note(Location(paragraph=2))])

    paragraphs = text_of(copy).findall(f"{W}body/{W}p")
    assert [one.find(f"{W}commentRangeStart") is not None for one in paragraphs] == [False, True, False]


def test_several_notes_at_one_place_are_several_comments() -> None:
    """In their order."""
    copy = annotate(
        word_file(table(row("a", "84"), row("b", "3"))),
        [note(FIRST, title="一"), note(FIRST, title="二"), note(NOWHERE)],
    )

    assert [(one.said[0], one.marked) for one in comments(copy).values()] == [
        ("一", "84"),
        ("二", "84"),
        ("应为48", "a"),
    ]


def test_split_runs_keep_their_look() -> None:
    """Each part of a run has the properties of the whole."""
    data = word_file(para(run("全年收到申请84件", '<w:b/><w:sz w:val="32"/>')))

    copy = annotate(data, [note(Location(paragraph=1), "申请")])

    runs = [one for one in text_of(copy).iter(W + "r") if one.find(W + "t") is not None]
    looks = [[(one.tag, *one.attrib.values()) for one in run.find(W + "rPr")] for run in runs]
    assert [one.findtext(W + "t") for one in runs] == ["全年收到", "申请", "84件"]
    assert looks == [[(W + "b",), (W + "sz", "32")]] * 3


OLD = (
    f'<w:comments {NAMED}><w:comment w:id="7" w:author="某人" w:date="2024-05-01T00:00:00Z" w:initials="m">'
    f"{para('原有的批注')}</w:comment></w:comments>"
)


def with_comment() -> dict[str, str | bytes]:
    """Return the parts of a Word file with a comment of somebody's."""
    mark = '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    body = para(f'<w:commentRangeStart w:id="7"/>{run("甲")}{mark}')
    made = parts_of(body + table(row("a", "84"), row("b", "3")))
    kind = MAIN.replace("document.main", "comments")
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    return {
        **made,
        "[Content_Types].xml": str(made["[Content_Types].xml"]).replace(
            "</Types>", f'<Override PartName="/word/comments.xml" ContentType="{kind}"/></Types>'
        ),
        "word/_rels/document.xml.rels": str(made["word/_rels/document.xml.rels"]).replace(
            "</Relationships>", f'<Relationship Id="r9" Type="{link}" Target="comments.xml"/></Relationships>'
        ),
        "word/comments.xml": OLD,
    }


def test_comments_of_others_stay() -> None:
    """New ones are put behind them in the same part, with ids of their own; types and links are not touched."""
    data = zipped(with_comment())
    copy = annotate(data, [note(FIRST)])

    assert {key: (one.author, one.said[0], one.marked) for key, one in comments(copy).items()} == {
        "7": ("某人", "原有的批注", "甲"),
        "8": ("nianbao", "应为48", "84"),
    }
    assert other(data, copy) - MARK_PARTS == {"word/document.xml", "word/comments.xml"}


def test_a_copy_can_be_annotated_again() -> None:
    """The comments of both times are there."""
    copy = annotate(annotate(word_file(para(LINE)), [note(NOWHERE, "84件")]), [note(NOWHERE, "84件"), note(NOWHERE)])

    assert [one.marked for one in comments(copy).values()] == ["84件", "84件", LINE]


def test_the_same_file_and_notes_give_the_same_copy() -> None:
    """Byte for byte, at any time; no notes give the file itself."""
    data = word_file(para(LINE))

    assert annotate(data, [note(NOWHERE)]) == annotate(data, [note(NOWHERE)])
    assert annotate(data, []) is data


def test_another_library_finds_the_comments() -> None:
    """With their author and text."""
    document = docx.Document(io.BytesIO(annotate(word_file(para(LINE)), [note(NOWHERE)])))

    assert [(one.author, one.text) for one in document.comments] == [("nianbao", "应为48\n第一行\n第二行")]


def test_signs_that_no_file_may_hold_are_left_out_of_comments() -> None:
    """Control characters and halves of pairs; long lines are cut."""
    copy = annotate(word_file(para(LINE)), [Note(NOWHERE, "error", "a\x00b\ud800c\u202e", "<&>\x0b" + "x" * 5000)])

    title, *lines = comments(copy)["0"].said
    assert title == "abc"
    assert lines[0] == "<&>"
    assert len(lines[1]) == 1000


def changed(name: str, change: Callable[[str], str]) -> bytes:
    """Return a Word file one part of which is otherwise."""
    made = parts_of(table(row("a", "84"), row("b", "3")))
    return zipped({**made, name: change(str(made[name]))})


TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
ODD: dict[str, Callable[[], bytes]] = {
    "a link to nothing": lambda: changed(
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace("</Rel", '<Relationship Id="rId99" Type="http://x/image" Target="../NULL"/></Rel'),
    ),
    "no types": lambda: changed("[Content_Types].xml", lambda xml: "<Types/>"),
    "no links": lambda: zipped(
        {name: part for name, part in parts_of(table(row("a", "84"), row("b", "3"))).items() if ".rels" not in name}
    ),
    "a part of comments that is not there": lambda: changed(
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace("</Rel", '<Relationship Id="c" Type="http://x/comments" Target="none.xml"/></Rel'),
    ),
    "macros": lambda: zipped(
        {
            **parts_of(
                table(row("a", "84"), row("b", "3")), main="application/vnd.ms-word.document.macroEnabled.main+xml"
            ),
            "word/vbaProject.bin": b"\x00\x01" * 50,
        }
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_are_annotated_too(name: str) -> None:
    """What the reader reads can be annotated, and is read as before."""
    data = ODD[name]()
    copy = annotate(data, [note(FIRST)])

    assert comments(copy)["0"].marked == "84"
    assert document_from_bytes(copy, "x").blocks == document_from_bytes(data, "x").blocks
    assert other(data, copy) - MARK_PARTS <= {*CHANGED}


def test_a_file_of_the_strict_edition_stays_one() -> None:
    """The text, and the comments with it, are written with the names of that edition."""
    data = changed("word/document.xml", lambda xml: xml.replace(TRANSITIONAL, STRICT))
    held = members(annotate(data, [note(FIRST)]))

    assert [STRICT.encode() in held[name] for name in ("word/document.xml", "word/comments.xml")] == [True, True]
    assert not any(TRANSITIONAL.encode() in held[name] for name in ("word/document.xml", "word/comments.xml"))


SIGNED: dict[str, dict[str, str | bytes]] = {
    "the parts": {"_xmlsignatures/sig1.xml": "<x/>"},
    "the link": {
        "_rels/.rels": str(parts_of("")["_rels/.rels"]).replace(
            "</Rel",
            '<Relationship Id="s" Target="_x/origin.sigs" '
            'Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"/></Rel',
        )
    },
}


@pytest.mark.parametrize("name", SIGNED)
def test_signed_files_are_refused(name: str) -> None:
    """A change would break the signature, and that is said in one line."""
    data = zipped({**parts_of(para(LINE)), **SIGNED[name]})
    with pytest.raises(InputError, match="数字签名") as caught:
        annotate(data, [note(NOWHERE)])

    assert caught.value.code == "signed"
    assert "\n" not in caught.value.message.en


def test_the_editor_is_called_as_the_reader() -> None:
    """By the format that documents carry."""
    assert document_from_bytes(word_file(para(LINE)), "x").format == "word"
