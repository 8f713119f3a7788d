"""Word files: prose in reading order, as it is printed."""

from __future__ import annotations

import base64
import io

import docx
import pytest
from tests.support.parts import drawn, parts
from tests.support.wordfiles import STYLES, cell, para, row, run, table, word_file

from nianbao.containers.zipped import Zipped
from nianbao.model.document import Paragraph, Picture
from nianbao.readers import document_from_bytes
from nianbao.readers.word import WordWalk, open_word

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DELETED_MARK = "<w:rPr><w:del/></w:rPr>"
BLIP = (
    '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill></pic:pic>'
    "</a:graphicData></a:graphic>"
)


def texts(body: str, **parts_: str) -> list[str | list[str]]:
    """Read a body and show what it holds."""
    return drawn(document_from_bytes(word_file(body, **parts_), "report.docx"))


def field(*pieces: str) -> str:
    """Return the runs of a field: ``(``, ``|`` and ``)`` are its marks, ``#…`` its code."""
    marks = {"(": "begin", "|": "separate", ")": "end"}
    return "".join(
        f'<w:r><w:fldChar w:fldCharType="{marks[one]}"/></w:r>'
        if one in marks
        else f"<w:r><w:instrText>{one[1:]}</w:instrText></w:r>"
        if one.startswith("#")
        else run(one)
        for one in pieces
    )


def box(content: str, shape: str = "wps") -> str:
    """Return a run that holds a text box, as newer or as older programs write it."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    if shape == "wps":
        inside = f"<a:graphic><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphic>"
        return f"<w:r><w:drawing><wp:anchor>{inside}</wp:anchor></w:drawing></w:r>"
    return f"<w:r><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>"


def either(choice: str, fallback: str) -> str:
    """Return content that is there in two ways."""
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("1") + run("2", "<w:b/>") + run("") + run("5"), "125"),
        (run(" 甲 ") + "<w:r><w:tab/></w:r>" + run("乙"), "甲 乙"),
        ("<w:r><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t><w:softHyphen/></w:r>", "甲-乙"),
        ("<w:r><w:t>甲\n乙</w:t></w:r>", "甲 乙"),
        (run("甲") + run("乙", "<w:vanish/>"), "甲"),
        (run("甲") + run("乙", '<w:vanish w:val="0"/>'), "甲乙"),
        (run("甲") + run("乙", '<w:rStyle w:val="hid"/>'), "甲"),
        (field("(", "#REF a", "|", "甲", ")") + run("乙"), "甲乙"),
        (field("(", "#IF ", "(", "#REF a", "|", "3", ")", " = 3", "|", "甲", ")"), "甲"),
        (field("(", "#TC x", ")") + run("甲"), "甲"),
        (field("(", "#x") + run("甲"), "甲"),
        (field("|", ")") + run("甲"), "甲"),
        ('<w:fldSimple w:instr="PAGE">' + run("甲") + "</w:fldSimple>", "甲"),
        ("<w:hyperlink>" + run("甲") + "</w:hyperlink>", "甲"),
        ("<w:smartTag><w:smartTagPr/>" + run("甲") + "</w:smartTag>", "甲"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("甲") + "</w:sdtContent></w:sdt>", "甲"),
        ("<w:ins>" + run("甲") + "</w:ins><w:del><w:r><w:delText>乙</w:delText></w:r></w:del>", "甲"),
        ("<w:moveTo>" + run("甲") + "</w:moveTo><w:moveFrom>" + run("乙") + "</w:moveFrom>", "甲"),
        ("<w:ins><w:del>" + run("乙") + "</w:del></w:ins>" + run("甲"), "甲"),
        ('<w:r><w:t>甲</w:t><w:footnoteReference w:id="2"/><w:commentReference w:id="3"/></w:r>', "甲"),
        (
            "<w:r><w:ruby><w:rt>" + run("jiǎ") + "</w:rt><w:rubyBase>" + run("甲") + "</w:rubyBase></w:ruby></w:r>",
            "甲",
        ),
        ("<m:oMath><m:r><m:t>3</m:t></m:r><m:r><m:t>5</m:t></m:r></m:oMath>", "35"),
        ('<w:r><w:sym w:font="宋体" w:char="2460"/></w:r>', "①"),
        ('<w:r><w:sym w:font="Symbol" w:char="F035"/></w:r>', "5"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "□"),
        ('<w:r><w:sym w:font="x" w:char="no"/></w:r>', "□"),
        ('<w:r><w:sym w:font="x" w:char="D800"/></w:r>', "□"),
        ("<w:r>" + either("<w:t>甲</w:t>", "<w:t>乙</w:t>") + "</w:r>", "甲"),
    ],
)
def test_a_paragraph_reads_as_it_is_printed(content: str, text: str) -> None:
    """Runs are one text; what is hidden, deleted, a note or the code of a field is none of it."""
    hiding = '<w:style w:type="character" w:styleId="hid"><w:rPr><w:vanish/></w:rPr></w:style>'

    assert texts(para(content), styles=STYLES + hiding) == [text]


def test_lines_of_a_paragraph_are_paragraphs_of_one_place() -> None:
    """A line break parts prose as a paragraph does; a short heading stays whole."""
    broken = run("甲") + "<w:r><w:br/></w:r>" + run("乙") + "<w:r><w:cr/></w:r>"
    document = document_from_bytes(word_file(para(broken) + para(broken, '<w:pStyle w:val="1"/>')), "x")

    assert [(p.text, p.location.paragraph) for p in parts(document)] == [("甲", 1), ("乙", 1), ("甲 乙", 2)]


@pytest.mark.parametrize(
    ("style", "properties", "level"),
    [
        ('<w:name w:val="heading 2"/>', "", 2),
        ('<w:name w:val="Heading 9"/>', "", 6),
        ('<w:name w:val="标题 3"/>', "", 3),
        ('<w:name w:val="Title"/>', "", 1),
        ('<w:name w:val="公文标题"/><w:basedOn w:val="1"/>', "", 1),
        ('<w:name w:val="公文标题"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr>', "", 4),
        ('<w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>', "", 0),
        ('<w:name w:val="正文缩进"/><w:basedOn w:val="s"/>', "", 0),
        ('<w:name w:val="正文缩进"/>', '<w:outlineLvl w:val="0"/>', 1),
        ('<w:name w:val="heading 1"/>', '<w:outlineLvl w:val="9"/>', 0),
    ],
)
def test_headings_are_known_by_style_and_outline(style: str, properties: str, level: int) -> None:
    """The name of a style, its outline level, or those of its base; the paragraph's own level before them."""
    styles = STYLES + f'<w:style w:type="paragraph" w:styleId="s">{style}</w:style>'
    document = document_from_bytes(
        word_file(para("甲", f'<w:pStyle w:val="s"/>{properties}'), styles=styles), "report.docx"
    )

    assert [block.heading for block in document.blocks if isinstance(block, Paragraph)] == [level]


@pytest.mark.parametrize("style_id", ["Heading1", "标题1"])
def test_headings_are_known_by_the_id_of_a_style_without_name(style_id: str) -> None:
    """As programs write it that keep no names."""
    styles = f'<w:style w:type="paragraph" w:styleId="{style_id}"/>'
    document = document_from_bytes(word_file(para("甲", f'<w:pStyle w:val="{style_id}"/>'), styles=styles), "x")

    assert document.blocks[0].heading == 1  # type: ignore[union-attr]


def test_paragraphs_are_numbered_outside_tables() -> None:
    """Empty ones count, those in tables do not."""
    body = para("甲") + para() + table(row("1", "2")) + para("乙")
    document = document_from_bytes(word_file(body), "report.docx")

    assert [part.location.as_json() for part in parts(document)] == [
        {"paragraph": 1},
        {"table": 1, "row": 1, "cell": 1},
        {"table": 1, "row": 1, "cell": 2},
        {"paragraph": 3},
    ]


def test_deleted_marks_join_paragraphs() -> None:
    """The text stands at the first that has any; the last says what it is."""
    body = (
        para("<w:del>" + run("旧") + "</w:del>", DELETED_MARK)
        + para("甲", DELETED_MARK)
        + para("乙", '<w:pStyle w:val="1"/>')
        + para("丙")
    )
    document = document_from_bytes(word_file(body), "report.docx")
    blocks = [block for block in document.blocks if isinstance(block, Paragraph)]

    assert [(one.text, one.location.paragraph, one.heading) for one in blocks] == [("甲乙", 2, 1), ("丙", 4, 0)]


def test_a_hidden_mark_between_styles_joins_a_heading_with_its_prose() -> None:
    """As Word parts the two without ending the line."""
    body = para("六、无。", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + para("完。")

    assert texts(body) == ["六、无。完。"]


def test_moved_paragraphs_and_what_ends_a_file_are_whole() -> None:
    """A paragraph that was moved away leaves nothing; one whose deleted mark ends a cell or the file stands alone."""
    gone = para("<w:moveFrom>" + run("甲") + "</w:moveFrom>", "<w:rPr><w:moveFrom/></w:rPr>")

    assert texts(gone + para("乙", DELETED_MARK) + table(row(cell(para("1", DELETED_MARK)), "2"))) == ["乙", ["1", "2"]]
    assert texts(para("乙", DELETED_MARK)) == ["乙"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (para("<w:ins>" + run("甲") + "</w:ins>"), True),
        (table(row("甲", "乙", properties="<w:ins/>")), True),
        (para(run("甲", "<w:rPrChange><w:rPr/></w:rPrChange>")), False),
    ],
)
def test_tracked_changes_are_told(body: str, told: bool) -> None:  # noqa: FBT001
    """A note says that the file was read as if all were accepted; changes of looks are none."""
    document = document_from_bytes(word_file(body), "report.docx")

    assert [note.en for note in document.notes] == (
        ["the file has tracked changes: it was read as if all were accepted"] if told else []
    )


@pytest.mark.parametrize("shape", ["wps", "pict"])
def test_text_boxes_are_read_in_place(shape: str) -> None:
    """Their paragraphs and tables come behind the paragraph that they hang on, each once."""
    content = para("框内") + table(row("1", "2")) + para()
    held = box(content, shape)
    body = para(run("甲") + either(held, box(para("旧"), "pict")) if shape == "wps" else run("甲") + held) + para("乙")
    document = document_from_bytes(word_file(body), "report.docx")

    assert drawn(document) == ["甲", "框内", ["1", "2"], "乙"]
    assert [p.location.paragraph for p in parts(document) if isinstance(p, Paragraph)] == [1, 2, 4]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (f'<w:r><w:drawing><wp:inline><wp:docPr descr="表三"/>{BLIP}</wp:inline></w:drawing></w:r>', ["[picture]"]),
        ('<w:r><w:pict><v:shape alt="表"><v:imagedata r:id="rId9"/></v:shape></w:pict></w:r>', ["[picture]"]),
        ('<w:r><w:object><v:shape><v:imagedata r:id="r"/></v:shape><o:OLEObject/></w:object></w:r>', ["[picture]"]),
        ("<w:r><w:pict><v:line/></w:pict></w:r>", []),
        (f"<w:del><w:r><w:drawing>{BLIP}</w:drawing></w:r></w:del>", []),
        (box(para("框内")).replace("<wps:wsp>", f"<wps:wsp>{BLIP}"), ["框内"]),
        (box(para()).replace("<wps:wsp>", f"<wps:wsp>{BLIP}"), ["[picture]"]),
    ],
)
def test_drawings_without_text_are_pictures(content: str, shown: list[str]) -> None:
    """Lines and shapes are nothing; one that holds text is that text."""
    assert texts(para(content)) == shown


def test_what_is_said_of_a_picture_is_kept() -> None:
    """The description, as people who cannot see it are told it."""
    body = para(f'<w:r><w:drawing><wp:inline><wp:docPr descr="表三 截图"/>{BLIP}</wp:inline></w:drawing></w:r>')
    (picture,) = document_from_bytes(word_file(body), "report.docx").blocks

    assert isinstance(picture, Picture)
    assert (picture.words, picture.location.paragraph) == ("表三 截图", 1)


def test_a_picture_in_a_cell_comes_behind_its_table() -> None:
    """At the place of the cell."""
    body = table(row("1", "2"), row("3", cell(para(f"<w:r><w:drawing>{BLIP}</w:drawing></w:r>"))))
    document = document_from_bytes(word_file(body), "report.docx")

    assert drawn(document) == [["1", "2", "3", ""], "[picture]"]
    assert document.blocks[1].location.as_json() == {"table": 1, "row": 2, "cell": 2}


def test_wrappers_of_paragraphs_are_seen_through() -> None:
    """Content controls, custom XML, and content that is there in two ways."""
    body = (
        f"<w:sdt><w:sdtContent>{para('甲')}{table(row('1', '2'))}</w:sdtContent></w:sdt>"
        f"<w:customXml><w:customXmlPr/>{para('乙')}</w:customXml>" + either(para("丙"), para("丁"))
    )

    assert texts(body) == ["甲", ["1", "2"], "乙", "丙"]
    assert texts("<mc:AlternateContent><mc:Fallback>" + para("丁") + "</mc:Fallback></mc:AlternateContent>") == ["丁"]
    assert texts(para("甲") + "<mc:AlternateContent/>") == ["甲"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("某某局2024年政府信息公开工作年度报告", "某某局2024年政府信息公开工作年度报告"),
        ("", None),
        ("Microsoft Word - 年报.doc", None),
        ("文档1", None),
        ("Document 2", None),
        ("新建 Microsoft Word 文档", None),
        ("无标题", None),
    ],
)
def test_the_title_of_the_properties_is_kept_if_it_says_something(written: str, title: str | None) -> None:
    """What programs put there by themselves is no title."""
    document = document_from_bytes(word_file(para("甲"), core=f"<dc:title>{written}</dc:title>"), "report.docx")

    assert document.title == title


def test_the_days_of_the_properties_are_kept() -> None:
    """When the file was made and last changed, as far as it says so."""
    core = "<dcterms:created>2025-01-17T08:00:00Z</dcterms:created><dcterms:modified>yesterday</dcterms:modified>"
    document = document_from_bytes(word_file(para("甲"), core=core), "report.docx")

    assert dict(document.metadata) == {"created": "2025-01-17"}


def test_a_file_made_by_python_docx_is_read() -> None:
    """Headings, merged cells and a picture, as that library writes them."""
    made = docx.Document()
    made.add_heading("年度报告", level=0)
    made.add_heading("一、情况", level=1)
    made.add_paragraph("一段话。")
    grid = made.add_table(rows=3, cols=3)
    for place, one in enumerate(one for line in grid.rows for one in line.cells):
        one.text = str(place)
    grid.cell(0, 0).merge(grid.cell(1, 0))
    grid.cell(2, 1).merge(grid.cell(2, 2))
    made.add_picture(io.BytesIO(PIXEL))
    saved = io.BytesIO()
    made.save(saved)
    document = document_from_bytes(saved.getvalue(), "report.docx")

    assert document.format == "word"
    assert drawn(document) == [
        "年度报告",
        "一、情况",
        "一段话。",
        ["0\n3", "1", "2", "4", "5", "6", "7\n8"],
        "[picture]",
    ]
    assert [one.heading for one in document.blocks if isinstance(one, Paragraph)] == [1, 1, 0]


def test_the_walk_gives_the_elements_that_hold_what_was_read() -> None:
    """Who walks the tree of another library gets the same blocks, with its own elements."""
    data = word_file(para("甲") + table(row("1", "2")) + para(box(para("乙"))))
    package = open_word(Zipped(data))
    tree = docx.Document(io.BytesIO(data)).element
    walked = list(WordWalk(package._replace(document=tree)))

    assert [piece.block for piece in walked] == list(document_from_bytes(data, "x").blocks)
    held = [one.text for piece in walked for element in piece.elements for one in element.iter("{*}t")]
    assert held == ["甲", "1", "2", "乙"]
    assert {element.getroottree().getroot() for piece in walked for element in piece.elements} == {tree}
