"""Formats that matter for reading, in the places where pages, Word files and sheets state them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.sheeting import raw_workbook
from tests.support.wordfiles import STYLES, abstract, cell, listed, num, para, row, run, table, word_file

from nianbao.model.document import Paragraph, Table
from nianbao.readers import document_from_bytes
from nianbao.readers.html.page_statements import stated_formats, stated_styles

if TYPE_CHECKING:
    from nianbao.model.document import Document

DOUBTFUL = "?"  # before a text that is in doubt


def drawn(document: Document) -> list[str | list[str]]:
    """Return paragraphs as texts, and tables as lists of them, those in doubt with a sign before."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [DOUBTFUL * (cell.doubt is not None) + cell.text for cell in block.cells]
        for block in document.blocks
        if isinstance(block, Paragraph | Table)
    ]


def page(body: str) -> Document:
    """Read the body of a page."""
    return document_from_bytes(f"<html><body>{body}</body></html>".encode(), "invented")


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<p>收到88<sup>1</sup>件，<s>办结7件，</s>办结77件。</p>", ["收到88件，办结77件。"]),
        ("<p><del>共7件。</del></p><p>共8件。</p>", ["共8件。"]),
        ("<p>共8<s>7</s>8件。</p>", ["共8、8件。"]),
        ("<p><sup>注1</sup></p>", ["注1"]),
        ("<p>甲</p><p><sup>88</sup></p><p>乙</p>", ["甲", "乙"]),
        ("<h1>年度报告<sup>①</sup></h1>", ["年度报告"]),
        ("<p style='text-decoration-line:line-through'>甲1</p><p>乙</p>", ["乙"]),
        ("<div style='visibility:hidden'>甲<p>1</p></div><p>乙丙丁戊</p>", ["乙丙丁戊"]),
        ("<p>甲</p><div style='visibility:hidden'>乙丙丁<p>1</p></div>", ["甲", "乙丙丁", "1"]),
        ("<div style='font-size:0'><p class=x>甲1</p></div>", ["甲1"]),
        ("<div style='font-size:0'>甲1<br>2</div><p>乙丙丁</p>", ["乙丙丁"]),
        ("<p>甲<span style='font-size:0.8em'>1</span></p>", ["甲1"]),
        ("<div class=bar><p>甲<span style='color:#FFF'>1</span></p></div>", ["甲1"]),
        ("<p>甲<span style='color:rgb(255, 255, 255)'>1</span></p>", ["甲"]),
        ("<p>甲<span style='color:rgb(255, 0, 0)'>1</span></p>", ["甲1"]),
        ("<p>甲<span style='background-color:#fff'>1</span></p>", ["甲1"]),
        ("<p>甲<sup style='vertical-align:baseline'>1</sup></p>", ["甲1"]),
        ("<table><tr><td>甲<td style='vertical-align:super'>88</table>", [["甲", "88"]]),
        ("<table style='text-decoration:line-through'><tr><td>甲<td>88</table>", [["甲", "?88"]]),
        ("<table><tr><th style='color:#fff'>1.甲<td bgcolor=red style='color:#fff'>88</table>", [["1.甲", "88"]]),
        ("<table><tr bgcolor='#FFFFFF'><td>甲<td style='color:white'>88</table>", [["甲", "?88"]]),
        ("<table><tr class=x><td>甲<td style='color:white'>88</table>", [["甲", "88"]]),
        ("<table><tr><td>甲<sup>1</sup><td>8<sup>8</sup>8</table>", [["甲", "8 8"]]),
        ("<table><tr><td>甲<td>88<b style='display:none'>7<i>7</i></b><tr><td hidden>1</table>", [["甲", "88"]]),
        ("<table><tr><td>甲<td><p hidden>8\n8</p><tr><td>乙<td><b hidden>其他</b></table>", [["甲", "?", "乙", ""]]),
        ("<table><tr><td>甲<td><s><sup>7</sup></s><sup>8</sup></table>", [["甲", "?78"]]),
    ],
)
def test_a_page_states_formats_by_tags_and_styles(body: str, blocks: list[str | list[str]]) -> None:
    """Marks, struck-out and unseen words are left out of prose and cells; what is alone in a cell is in doubt."""
    assert drawn(page(body)) == blocks


@pytest.mark.parametrize(
    ("source", "may"),
    [
        ("<p>甲<span style='color:#333'>1</span></p>", False),
        ("<style>a{color:#fff;vertical-align:super}</style><p>甲</p>", True),
        ("<style>a{color:#fff;background:#333}a:hover{display:none}</style><p>甲</p>", True),
        ("<style>.a{color:#333;position:relative}@media print{a{display:none}}</style><p>甲</p>", False),
        ("<style>.a{vertical-align:middle;visibility:visible}</style><p>甲</p>", False),
        ("<p style='position:relative;color:#eee'>甲</p>", False),
        ("<style>.a{vertical-align:super}</style><p>甲</p>", True),
        ("<p style='background-color:#fff'>甲</p>", False),
        ("<p style='white-space:nowrap;vertical-align:middle;overflow:hidden'>甲</p>", False),
        ("<p style='Color: White'>甲</p>", True),
        ("<font color=white>甲</font>", True),
        ("<STRIKE>甲</STRIKE>", True),
        ("<p style='visibility : hidden'>甲</p>", True),
    ],
)
def test_most_pages_are_not_searched_for_formats(source: str, may: bool) -> None:  # noqa: FBT001
    """Only tags, inline styles and rules that may hide or raise words matter."""
    from lxml import etree  # noqa: PLC0415 - for this test alone

    lowered = source.lower().encode()

    assert bool(stated_formats(etree.HTML(source), lowered, styles=stated_styles(lowered))) is may


RULES = """<style><!-- /* .a{vertical-align:sub} */
.Old, td.gone { TEXT-DECORATION: line-through !important }
span.n{vertical-align:super;color:#fff}
p .deep, .a:hover, #x.b {text-decoration:line-through}
@media print { .a{visibility:hidden} } @import url(x); .b{text-decoration:line-through}
.c{visibility:hidden} } .d { font-size:0 --></style>"""


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ("<td><span class='x Old'>77</span>88", "88"),
        ("<td class=gone>88", "?88"),
        ("<td><p class=gone>88</p>", "88"),
        ("<td>88<span class=n>1</span>", "88"),
        ("<td>88<b class=n>1</b>", "881"),
        ("<td>8<b class=old>8</b>", "88"),
        ("<td>8<b class='a deep d'>8</b>", "88"),
        ("<td>8<b class=b>8</b>", "8"),
        ("<td>8<b class=c>8</b>", "8"),
        ("<td>8<b class=c style='visibility:visible'>8</b>", "88"),
    ],
)
def test_rules_for_classes_count(cells: str, shown: str) -> None:
    """Rules for one class, with or without a tag, hold; those for other parts, another medium or a state do not."""
    assert drawn(page(f"{RULES}<table><tr><td>甲{cells}</table>")) == [["甲", shown]]


@pytest.mark.parametrize(
    ("rules", "cell", "shown"),
    [
        (".x{display:none}", "8<i class=x>1</i>", "8"),
        (".X{display:none}", "8<i class=x>1</i>", "81"),
        (".x{opacity:0}", "8<i class=x>1</i>", "8"),
        (".x{opacity:.9}", "8<i class=x>1</i>", "81"),
        (".x{font:0/0 a}", "8<i class=x>1</i>", "8"),
        (".x{position:absolute;left:-9999px}", "8<i class=x>1</i>", "8"),
        (".x{position:absolute;top:0;right:0}", "8<i class=x>1</i>", "?81"),
        (".x{position:absolute;top:0;right:0}", "<i class=x>81</i>", "81"),
        (".x{position:relative;top:-4px}", "8<i class=x>1</i>", "8"),
        (".x{position:absolute;width:1px;height:1px;overflow:hidden}", "8<i class=x>1</i>", "8"),
        (".x{display:block;text-indent:-9999px}", "8<i class=x>1</i>", "8"),
        (".x{position:absolute;clip:rect(0 0 0 0)}", "8<i class=x>1</i>", "8"),
        (".x{vertical-align:4px}", "8<i class=x>1</i>", "8"),
        (".x{vertical-align:top}", "8<i class=x>1</i>", "81"),
        (".x{vertical-align:top;font-size:60%}", "8<i class=x>1</i>", "8"),
        (".x{display:inline-block;transform:translateY(-4px)}", "8<i class=x>1</i>", "8"),
        ("td .x, .q{display:none}", "8<i class=x>1</i>", "8"),
        ("th .x{display:none}", "8<i class=x>1</i>", "81"),
        (".a.b{display:none}", "8<i class='b a'>1</i><i class=a>2</i>", "8 2"),
        ("td > i{display:none}", "8<i>1</i><b><i>2</i></b>", "8 2"),
        ("b + i{display:none}", "8<i>1</i><b></b><i>2</i>", "81"),
        ("b ~ i{display:none}", "8<b></b><u></u><i>2</i>", "8"),
        ("#n{display:none}", "8<i id=n>1</i>", "8"),
        ("[data-h]{display:none}", "8<i data-h>1</i>", "8"),
        ("i[data-h='x, y' i]{display:none}", "8<i data-h='X, Y'>1</i>", "8"),
        (".md\\:x{display:none}", "8<i class='md:x'>1</i>", "8"),
        (".x::before, .x:hover{display:none}", "8<i class=x>1</i>", "81"),
        (".x{display:none} .x{display:inline}", "8<i class=x>1</i>", "81"),
        ("i.x{display:none} .x{display:inline}", "8<i class=x>1</i>", "8"),
        (".x{display:none!important} i.x{display:inline}", "8<i class=x>1</i>", "8"),
        (".x{display:none}", "8<i class=x style='display:inline'>1</i>", "81"),
        (".x{display:inline}", "8<i class=x hidden>1</i>", "81"),
        (".x{color:red}", "8<i class=x hidden>1</i>", "8"),
        (".x{display:inline!important}", "8<i class=x style='display:none'>1</i>", "81"),
        ("@media (min-width:9px){.x{display:inline}}", "8<i class=x hidden>1</i>", "?81"),
        ("@media screen, print{.x{display:none}}", "8<i class=x>1</i>", "8"),
        ("@media print{.x{display:none}}", "8<i class=x>1</i>", "81"),
        ("@media (max-width:600px){.x{display:none}}", "8<i class=x>1</i>", "?81"),
        ("@media (max-width:600px){.x{display:none}}", "<i class=x>81</i>", "81"),
        ("@media (max-width:600px){.x{text-decoration:line-through}}", "<i class=x>81</i>", "?81"),
        (".x{display:none} @media (max-width:600px){.x{display:inline}}", "<i class=x>81</i>", "?81"),
        ("@media (max-width:600px){.menu .x{display:none}}", "8<i class=x>1</i>", "81"),
        ("@media (max-width:600px){.x{display:none}}", "8<i>1</i>", "81"),
        (".x{display:none} @media (min-width:9px){.x{display:inline}}", "8<i class=x>1</i>", "?81"),
        ("@supports (x:y){.x{display:none}}", "8<i class=x>1</i>", "?81"),
        ("i:nth-child(1){display:none}", "8<i class=x>1</i>", "?81"),
        ("td{& .x{display:none}}", "8<i class=x>1</i>", "?81"),
        ("tbody .x{display:none}", "8<i class=x>1</i>", "?81"),
        ("@media (prefers-color-scheme:dark){body{background:#000} td{color:#eee}}", "8<i class=x>1</i>", "81"),
        ("@media (prefers-color-scheme:dark){.x{color:#fff}}", "8<i class=x>1</i>", "?81"),
        (".x{color:#fff}", "8<i class=x>1</i>", "8"),
        (".x{color:#fff} td{background:#333}", "8<i class=x>1</i>", "81"),
        (".y{background:#ff0}", "<p class=y>8<font color=yellow>1</font></p>", "8"),
        (".y{background:#000}", "8<i class=y>1</i>", "8"),
        (".y{background:#000;color:#fff}", "8<i class=y>1</i>", "81"),
        (".y{color:transparent}", "8<i class=y>1<b style='color:red'>2</b></i>", "8 2"),
    ],
)
def test_rules_are_followed_or_in_doubt(rules: str, cell: str, shown: str) -> None:
    """A selector that can be followed is followed; where it may match, only what it may match is in doubt."""
    document = page(f"<style>{rules}</style><table><tr><td>甲<td>乙</td><tr><td>丙<td>{cell}</td></table>")

    assert drawn(document) == [["甲", "乙", "丙", shown]]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("8<i style='color:rgba(0, 0, 0, 0)'>1</i>", "8"),
        ("<p style='background:yellow'>8<font color=yellow>1</font></p>", "8"),
        ("<p style='background:url(x)'>8<font color=white>1</font></p>", "?81"),
        ("<p class=bar>8<font color=white>1</font></p>", "8"),
        ("<div class=bar>8<font color=white>1</font></div>", "?81"),
        ("<div class=bar><font color=white>81</font></div>", "81"),
        ("8<a href='#_ftn1' name='_ftnref1'>1</a>", "8"),
        ("8<a href='#note-1'>[1]</a>", "8"),
        ("8<a href='#x'>1</a>", "?81"),
        ("<a href='#_ftn1'>81</a>", "81"),
        ("<a href='list.html'>81</a>", "81"),
        ("<ruby>8<rp>(</rp><rt>1</rt><rp>)</rp></ruby>", "8"),
        ("<input value=81>", "81"),
        ("<input type=number value=81>", "81"),
        ("8<input value=1>", "8 1"),
        ("8<input type=hidden value=1><input type=checkbox value=2>", "8"),
        ("<select><option>5<option selected>81</select>", "81"),
        ("<select><option>81<option>5</select>", "81"),
        ("<textarea>\n81</textarea>", "81"),
        ("<img src=a.png>", "?"),
        ("<svg><text>81</text></svg>", "?"),
        ("<canvas></canvas>", "?"),
        ("<object data=x.svg></object>", "?"),
        ("8<img src=1.png>", "8"),  # a seal behind the figure
        ("8<img src=1.png>3", "?83"),
        ("8<img src=a.gif width=1 height=1>", "8"),
        ("<img src=spacer.gif>", ""),
        ("丁<img src=a.png>", "丁"),
    ],
)
def test_what_a_cell_shows_is_read(cell: str, shown: str) -> None:
    """Values of fields are figures; a link may be a note mark, and what stands in a picture cannot be read."""
    assert drawn(page(f"<table><tr><td>甲<td>乙</td><tr><td>丙<td>{cell}</td></table>")) == [["甲", "乙", "丙", shown]]


def test_a_figure_of_the_prose_that_may_not_be_seen_is_not_read() -> None:
    """The words around it are."""
    rules = "<style>@media (max-width:9px){i{display:none}}</style>"

    assert drawn(page(f"{rules}<p>收到147<i>9</i>件，办结7<i>（注）</i>件。</p>")) == ["收到\ufffd件，办结7（注）件。"]


def test_what_a_script_shows_is_read() -> None:
    """Parts that hold most cells of a page's tables are shown by a script, whatever its style sheets say."""
    table = "<table><tr><td>甲<td>1</table>"
    style = "<style>.tab{display:none}</style>"

    assert drawn(page(f"{style}{f'<div class=tab>{table}</div>' * 2}{table}")) == [["甲", "1"]] * 3
    assert drawn(page(f"{style}<div class=tab>{table}</div>{table * 2}")) == [["甲", "1"]] * 2


def test_places_of_a_page_are_those_of_its_source() -> None:
    """A cell and a paragraph with a mark are found where they begin, as those without are."""
    source = "<table><tr><td>甲\n<td><s>77</s>88<td>9</table>\n<p><del>收</del>到7<sup>1</sup>件</p>"
    document = document_from_bytes(source.encode(), "invented")
    cells = next(block.cells for block in document.blocks if isinstance(block, Table))
    places = [document.refine(cells[1].location), document.refine(document.blocks[-1].location)]

    assert [(place.line, place.column) for place in places] == [(2, 8), (3, 9)]


STYLED = (
    STYLES
    + '<w:style w:type="character" w:styleId="note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    + '<w:style w:type="paragraph" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
    + '<w:style w:type="table" w:styleId="dark"><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:style>'
)
COUNTS = abstract(1, ("decimal", "%1.")) + num(1, 1)
RAISED, STRUCK, WHITE = '<w:vertAlign w:val="superscript"/>', "<w:strike/>", '<w:color w:val="ffffff"/>'
SHADED = '<w:shd w:val="clear" w:fill="1F3864"/>'


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        (para(run("收到88") + run("1", RAISED) + run("件")), ["收到88件"]),
        (para(run("88") + run("1", '<w:rStyle w:val="note"/>')), ["88"]),
        (para(run("88") + run("1", '<w:rStyle w:val="note"/><w:vertAlign w:val="baseline"/>')), ["881"]),
        (para(run("共7", "<w:vanish/>") + run("共8件")), ["共8件"]),
        (para(run("第7页", "<w:vanish/>")) + para(run("甲", "<w:vanish/>") + run("乙")), ["乙"]),
        (para(run("7", "<w:vanish/>"), listed(1)) + para("乙"), ["乙"]),
        (table(row("甲", cell(para(run("77", "<w:vanish/>") + run("88"))))), [["甲", "88"]]),
        (table(row("甲", cell(para(run("88", "<w:vanish/>"))))), [["甲", "?"]]),
        (table(row("甲", cell(para(run("其他", "<w:vanish/>"))))), [["甲", ""]]),
        (para(run("共7件"), '<w:pStyle w:val="old"/>') + para("共8件"), ["共8件"]),
        (para(run("共7件", '<w:dstrike w:val="0"/>')), ["共7件"]),
        (para(run("8") + run("8", '<w:position w:val="2"/>')), ["88"]),
        (para(run("8") + run("1", '<w:position w:val="-6"/>')), ["8"]),
        (para(run("8") + run("1", '<w:position w:val="x"/>')), ["81"]),
        (
            para(
                "<m:oMath><m:sSup><m:e><m:r><m:t>8</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
                "</m:oMath>"
            ),
            ["8"],
        ),
        (table(row("甲", cell(para(run("77", STRUCK)) + para(run("88"))))), [["甲", "88"]]),
        (table(row("甲", cell(para(run("88", WHITE))))), [["甲", "?88"]]),
        (table(row("甲", cell(para(run("88", WHITE)), SHADED))), [["甲", "88"]]),
        (table(row("甲", cell(para(run("88", WHITE), SHADED)))), [["甲", "88"]]),
        (table(row("甲", cell(para(run("88", f'{WHITE}<w:highlight w:val="red"/>'))))), [["甲", "88"]]),
        (
            table(row(cell(para(run("1.甲", WHITE))), "8")).replace(
                "<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="dark"/></w:tblPr>'
            ),
            [["1.甲", "8"]],
        ),
    ],
)
def test_a_word_file_states_formats_by_runs_and_styles(body: str, blocks: list[str | list[str]]) -> None:
    """What a run does not say, its style says, and then the style of its paragraph."""
    assert drawn(document_from_bytes(word_file(body, styles=STYLED, numbering=COUNTS), "invented")) == blocks


FONTS = (
    '<fonts><font/><font><strike/></font><font><vertAlign val="superscript"/></font><font><color theme="0"/></font>'
    '<font><strike val="0"/><color theme="0" tint="-0.5"/></font></fonts>'
    '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/></patternFill></fill>'
    "<fill><gradientFill/></fill></fills><cellXfs>"
    + "".join(
        f'<xf fontId="{font}" fillId="{fill}"/>'
        for font, fill in [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (3, 2), (3, 3), (3, 4)]
    )
    + "</cellXfs>"
)


@pytest.mark.parametrize(
    ("style", "shown"), [(0, "8"), (1, "?8"), (2, "?8"), (3, "?8"), (4, "8"), (5, "8"), (6, "?8"), (7, "8")]
)
def test_the_font_of_a_cell_counts(style: int, shown: str) -> None:
    """A figure in a struck, raised or white font is in doubt; white on a ground with a colour is seen."""
    sheet = f'<sheetData><row><c t="str"><v>甲</v></c><c s="{style}"><v>8</v></c></row></sheetData>'

    assert drawn(document_from_bytes(raw_workbook(sheet, styles=FONTS), "invented")) == [["甲", shown]]


def test_runs_of_shared_strings_have_formats() -> None:
    """A run states its own format; readings are none of the text; the ground of the cell counts for white runs."""
    white = '<r><rPr><color indexed="9"/></rPr><t>1</t></r>'
    strings = (
        '<si><r><rPr><strike/></rPr><t>77</t></r><r><t xml:space="preserve">88</t></r><rPh><t>x</t></rPh></si>'
        f"<si><r><t>88</t></r>{white}</si>"
    )
    cells = '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s" s="5"><v>1</v></c>'
    document = document_from_bytes(
        raw_workbook(f"<sheetData><row>{cells}</row></sheetData>", styles=FONTS, strings=strings), "invented"
    )

    assert drawn(document) == [["88", "88", "881"]]
    assert [note.zh for note in document.notes] == [
        "有 1 处划了删除线的文字没有读，第一处：甲!A1“7788”读作“88”",
        "有 1 处和底色同色的文字没有读，第一处：甲!B1“881”读作“88”",
    ]


def test_a_sentence_that_is_struck_out_is_not_read() -> None:
    """One that stands alone in its row is prose; other words of such a cell are kept."""
    sheet = (
        '<sheetData><row><c t="str" s="1"><v>全年共收到申请7件。</v></c></row>'
        '<row><c t="str"><v>全年共收到申请8件。</v></c></row></sheetData>'
    )

    assert drawn(document_from_bytes(raw_workbook(sheet, styles=FONTS), "invented")) == ["全年共收到申请8件。"]
