"""Word files made by hand, part by part, as Word and WPS write them."""

from __future__ import annotations

import io
import random
import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.support.drawing import Box

    Outline = Sequence[tuple[str, str] | list[list[Box]]]

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": f"{_OFFICE}/relationships",
    "m": f"{_OFFICE}/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": f"{_DRAWING}/wordprocessingDrawing",
    "a": f"{_DRAWING}/main",
    "pic": f"{_DRAWING}/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
NAMED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN = f"{_KIND}document.main+xml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/><w:basedOn w:val="a"/></w:style>'
)
_PAGE = 9000  # twentieths of a point between the margins
_SMALL = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="18"/></w:rPr></w:rPrDefault></w:docDefaults>'
_AT_THE_EDGE = '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr>'
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return parts as a zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def parts_of(
    body: str, *, styles: str = STYLES, numbering: str = "", core: str = "", main: str = MAIN
) -> dict[str, str | bytes]:
    """Return the parts of a Word file with that body."""
    types = {
        "word/document.xml": main,
        "word/styles.xml": f"{_KIND}styles+xml",
        "word/numbering.xml": f"{_KIND}numbering+xml",
        "docProps/core.xml": _CORE,
    }
    kinds = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    links = "".join(
        f'<Relationship Id="r{name}" Type="{_OFFICE}/relationships/{name}" Target="{name}.xml"/>'
        for name in ("styles", "numbering")
    )
    about = (
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    )
    terms = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f"{kinds}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{about}<Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "word/document.xml": f"<w:document {NAMED}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMED}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMED}>{numbering}</w:numbering>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" {terms}>{core}'
        "</cp:coreProperties>",
    }


def word_file(body: str, *, styles: str = STYLES, numbering: str = "", core: str = "") -> bytes:
    """Return a Word file with that body."""
    return zipped(parts_of(body, styles=styles, numbering=numbering, core=core))


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    shown = f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""
    return f"<w:r><w:rPr>{properties}</w:rPr>{shown}</w:r>" if properties else f"<w:r>{shown}</w:r>"


def para(content: str = "", properties: str = "") -> str:
    """Return a paragraph: of a run, where the content is text, else of what is given."""
    inside = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>" if properties else f"<w:p>{inside}</w:p>"


def cell(content: str = "", properties: str = "") -> str:
    """Return a cell: of a paragraph, where the content is none, else of what is given."""
    inside = content if content.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else para(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells; those that are text become cells of it."""
    made = "".join(one if one.startswith("<") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>" if properties else f"<w:tr>{made}</w:tr>"


def table(*rows: str) -> str:
    """Return a table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    """Return the property of a cell that takes several columns."""
    return f'<w:gridSpan w:val="{columns}"/>'


def abstract(list_id: int, *levels: tuple[str, str], extra: str = "") -> str:
    """Return a list: how each of its levels counts, and what is written."""
    made = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{counting}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{written}"/>{_AT_THE_EDGE}</w:lvl>'
        for place, (counting, written) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{list_id}">{extra}{made}</w:abstractNum>'


def num(list_id: int, shares: int, extra: str = "") -> str:
    """Return the list that paragraphs name, which shares the counts of another."""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{shares}"/>{extra}</w:num>'


def listed(list_id: int, level: int = 0) -> str:
    """Return the property of a paragraph that a list numbers."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def as_word(outline: Outline) -> bytes:
    """Return a report as Word writes it: headings by style, cells merged by spans, a run a cell."""
    styles = {"title": '<w:pStyle w:val="a3"/>', "heading": '<w:pStyle w:val="1"/>', "prose": ""}

    def shown(box: Box, merge: str, width: int) -> str:
        said = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
        return cell("" if merge == "continue" else box.text, _size(box, width) + said)

    parts = [_ruled(block, shown) if isinstance(block, list) else para(block[1], styles[block[0]]) for block in outline]
    return word_file("".join(parts))


def as_wps(outline: Outline) -> bytes:
    """Return a report as WPS tends to write it.

    No styles, bold headings with automatic numbers, labels with them too, figures over several runs, and a word on
    merging in every cell.
    """
    dice = random.Random(str(outline))
    lists = [num(1, 1)]

    def shown(box: Box, merge: str, width: int) -> str:
        grown = merge == "continue"
        size = f'{_size(box, width)}<w:vMerge w:val="{merge or "restart"}"/>'
        if box.key is None and not grown and re.match(r"\d\.", box.text):
            if box.text.startswith("1."):
                lists.append(num(len(lists) + 1, 2, _ANEW))
            return cell(para(box.text[2:], listed(len(lists))), size)
        cut = dice.randrange(len(box.text) + 1)
        torn = run(box.text[:cut]) + run("") + run(box.text[cut:], "<w:b/>")
        return cell(para("" if grown else torn if box.key else box.text), size)

    parts = [_ruled(block, shown) if isinstance(block, list) else _bold(*block) for block in outline]
    counts = abstract(1, ("chineseCounting", "%1、")) + abstract(2, ("decimal", "%1."))
    return word_file("".join(parts), styles=_SMALL, numbering=counts + "".join(lists))


def _bold(kind: str, text: str) -> str:
    """Return a paragraph; the number of a heading is left to a list."""
    numbered = kind == "heading" and re.match("[一二三四五六]、", text)
    inside = run(text[2:] if numbered else text, "" if kind == "prose" else "<w:b/>")
    return para(inside, listed(1) if numbered else '<w:jc w:val="center"/>')


def _ruled(block: Sequence[Sequence[Box]], shown: Callable[[Box, str, int], str]) -> str:
    """Return a table with lines around its cells, as wide as the page; ``shown`` takes the width of a column."""
    columns = sum(box.colspan for box in block[0])
    width = _PAGE // columns
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4"/>' for edge in _EDGES)
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    rows = "".join(row(*(shown(*one, width) for one in line)) for line in _laid(block))
    return f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _size(box: Box, width: int) -> str:
    said = f'<w:tcW w:w="{width * box.colspan}" w:type="dxa"/>'
    return said + (span(box.colspan) if box.colspan > 1 else "")


def _laid(rows: Sequence[Sequence[Box]]) -> list[list[tuple[Box, str]]]:
    """Fill in the cells below those that take several rows, and say of each how it is merged; "" for one alone."""
    width = sum(box.colspan for box in rows[0])
    above: dict[tuple[int, int], Box] = {}
    laid = []
    for number, line in enumerate(rows):
        boxes = iter(line)
        full: list[tuple[Box, str]] = []
        column = 0
        while column < width:
            grown = above.get((number, column))
            box = grown or next(boxes)
            if grown is None:
                above |= {(number + down, column): box for down in range(1, box.rowspan)}
            full.append((box, "continue" if grown else "restart" if box.rowspan > 1 else ""))
            column += box.colspan
        laid.append(full)
    return laid
