"""Drawn reports as files: texts and pages of the kinds that real reports come as."""

from __future__ import annotations

import html
import random
from typing import TYPE_CHECKING

from tests.support.drawing import boxes
from tests.support.sheeting import Layout, workbook
from tests.support.wordfiles import as_word, as_wps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.support.drawing import Box, Drawn, Value

    from nianbao.model.form import TableForm

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

OPENING = "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
PROSE = {
    "overview": "过去一年，本机关主动公开信息三百余条，按时办理公开申请，在网站上更新目录，并开展考核，提高答复质量。",
    "problems": "公开内容的更新还不够及时，个别答复不够规范。下一年将按月核对栏目，补上缺漏，培训经办的人。",
    "other_matters": "本年度未收取政府信息公开信息处理费。",
}


def title(drawn: Drawn) -> str:
    """Return the report's title."""
    return f"{drawn.issuer}{drawn.year}年政府信息公开工作年度报告"


def opening(drawn: Drawn) -> str:
    """Return the sentence that states the statistics period."""
    return OPENING.format(year=drawn.year)


def figure(value: Value) -> str:
    """Return a figure as most offices print it."""
    return "" if value is None else str(value)


def _sections(drawn: Drawn) -> list[tuple[str, str, list[TableForm]]]:
    tables = drawn.form.tables.values()
    return [
        (section.heading, PROSE.get(section.id, ""), [table for table in tables if table.section == section.id])
        for section in drawn.form.sections
    ]


def outline(drawn: Drawn) -> list[tuple[str, str] | list[list[Box]]]:
    """Return a report as a list of titles, headings and prose, each with its kind, and tables."""
    parts: list[tuple[str, str] | list[list[Box]]] = [("title", title(drawn)), ("prose", opening(drawn))]
    for words, prose, tables in _sections(drawn):
        parts += [("heading", words), *([("prose", prose)] if prose else [])]
        parts += [filled(drawn, table) for table in tables]
    return parts


def filled(drawn: Drawn, table: TableForm) -> list[list[Box]]:
    """Return the rows of a table with their figures."""
    return [
        [box if box.key is None else box._replace(text=figure(drawn.cells[box.key])) for box in row]
        for row in boxes(table)
    ]


def _text(drawn: Drawn, table_lines: Callable[[list[list[Box]]], list[str]], heading: str = "") -> str:
    lines = [heading + title(drawn), "", opening(drawn)]
    for words, prose, tables in _sections(drawn):
        lines += [heading + words, *([prose] if prose else [])]
        for table in tables:
            lines += table_lines(filled(drawn, table))
    return "\n".join([*lines, ""])


def text_flow(drawn: Drawn) -> str:
    """A dump with a cell a line, rows not marked, spare bars where cells span columns."""

    def lines(rows: list[list[Box]]) -> list[str]:
        return [
            f"{box.text} |{' ' if box.colspan > 1 else ''}{'|' * (box.colspan - 1)}".lstrip()
            for row in rows
            for box in row
        ]

    return _text(drawn, lines)


def _lines(rows: list[list[Box]]) -> list[list[str]]:
    return [[box.text for box in row] for row in rows]


def text_bars(drawn: Drawn) -> str:
    """A row a line, cells parted by bars, no bars at the edges; spans leave no trace."""
    return _text(drawn, lambda rows: [" | ".join(row) for row in _lines(rows)])


def text_tabs(drawn: Drawn) -> str:
    """A row a line, cells parted by tabs, as pasted from a sheet; spanned places are empty."""
    return _text(drawn, lambda rows: ["\t".join(row) for row in expanded(rows)])


def text_markdown(drawn: Drawn) -> str:
    """Markdown pipe tables; spanned places are empty."""

    def lines(rows: list[list[Box]]) -> list[str]:
        full = expanded(rows)
        body = ["| " + " | ".join(row) + " |" for row in full]
        return ["", body[0], "|" + " --- |" * len(full[0]), *body[1:], ""]

    return _text(drawn, lines, "## ")


def expanded(rows: Sequence[Sequence[Box]]) -> list[list[str]]:
    """Return the grid of texts in which a spanning cell fills its first place and leaves the others empty."""
    taken: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        column = 0
        for box in row:
            while (number, column) in taken:
                column += 1
            for down in range(box.rowspan):
                for across in range(box.colspan):
                    taken[number + down, column + across] = box.text if (down, across) == (0, 0) else ""
            column += box.colspan
    width = 1 + max(column for _row, column in taken)
    return [[taken.get((number, column), "") for column in range(width)] for number in range(len(rows))]


def _html_table(drawn: Drawn, table: TableForm, cell: Callable[[Box], str]) -> str:
    rows = []
    for row in boxes(table):
        cells = []
        for box in row:
            spans = f' rowspan="{box.rowspan}"' * (box.rowspan > 1) + f' colspan="{box.colspan}"' * (box.colspan > 1)
            shown = box if box.key is None else box._replace(text=figure(drawn.cells[box.key]))
            cells.append(f"<td{spans}>{cell(shown)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "<table border=1><tbody>\n" + "\n".join(rows) + "\n</tbody></table>"


def _page(body: str, drawn: Drawn, charset: str = "utf-8") -> str:
    head = f'<meta charset="{charset}"><title>{title(drawn)}</title>'
    return f"<!DOCTYPE html>\n<html><head>{head}</head>\n<body>\n{body}\n</body></html>\n"


def html_clean(drawn: Drawn) -> str:
    """A plain page: h1, h2, p and tables."""
    parts = [f"<h1>{title(drawn)}</h1>", f"<p>{opening(drawn)}</p>"]
    for words, prose, tables in _sections(drawn):
        parts += [f"<h2>{words}</h2>", f"<p>{prose}</p>"]
        parts += [_html_table(drawn, table, lambda box: html.escape(box.text)) for table in tables]
    return _page("\n".join(parts), drawn)


def html_word(drawn: Drawn) -> str:
    """A page as Word saves it: figures torn over spans, empty paragraphs, labels broken, no headings but bold ones."""
    dice = random.Random(title(drawn))

    def cell(box: Box) -> str:
        if not box.text:
            return '<p class="MsoNormal"><span>&nbsp;<o:p></o:p></span></p>'
        cut = dice.randrange(len(box.text) + 1)
        first, second = html.escape(box.text[:cut]), html.escape(box.text[cut:])
        if box.key is None and 0 < cut < len(box.text) and not box.text[cut - 1].isascii():
            return (
                f"<p><span>{first}</span></p><p><span>{second}</span></p>"
                if cut % 2
                else f"<p>{first}<br/>{second}</p>"
            )
        return (
            f'<p class="MsoNormal"><span lang="EN-US">{first}</span><span><font>{second}</font></span><o:p> </o:p></p>'
        )

    parts = [f"<p><b><span>{title(drawn)}</span></b></p>", f"<p>{opening(drawn)}</p>"]
    for words, prose, tables in _sections(drawn):
        parts += [f"<p><strong><span>{words[:2]}</span><span>{words[2:]}</span></strong></p>", f"<p>&nbsp;{prose}</p>"]
        parts += [_html_table(drawn, table, cell) for table in tables]
    return _page("\n".join(parts), drawn)


def html_site(drawn: Drawn) -> str:
    """A page of a content system: menu, page data in a table, scripts, a layout table around the text, a footer."""
    inner = html_word(drawn).split("<body>")[1].split("</body>")[0]
    menu = "".join(f"<li><a href='#'>{word}</a></li>" for word in ("首页", "要闻", "公开", "年报"))
    facts = ("发布机构", drawn.issuer, "公开日期", f"{drawn.year + 1}-01-20")
    data = f"<table><tr>{''.join(f'<td>{fact}</td>' for fact in facts)}</tr></table>"
    body = (
        f"<div class=top><ul>{menu}</ul></div><script>var t = '<table><tr><td>1</td></tr></table>';</script>{data}"
        f"<table width=100%><tr><td width=200><ul>{menu}</ul></td><td>{inner}</td></tr></table>"
        "<div class=footer><p>主办：示例网站</p><p>备案号 000000</p></div><style>td { color: red }</style>"
    )
    return _page(body, drawn)


def html_one_line(drawn: Drawn) -> str:
    """The page of a content system without a single line break."""
    return html_site(drawn).replace("\n", "")


def html_wide_digits(drawn: Drawn) -> str:
    """A plain page with full-width digits and thousands separators."""
    parts = [f"<p>{title(drawn)}</p>", f"<p>{opening(drawn)}</p>"]

    def cell(box: Box) -> str:
        if box.key is None or not box.text:
            return html.escape(box.text)
        value = drawn.cells[box.key]
        return f"{value:,}" if len(box.text) > 4 else box.text.translate(_FULL_WIDTH)

    for words, prose, tables in _sections(drawn):
        parts += [f"<p>{words}</p><div>{prose}</div>", *(_html_table(drawn, table, cell) for table in tables)]
    return _page("\n".join(parts), drawn)


def html_gb18030(drawn: Drawn) -> bytes:
    """A page in a Chinese encoding that declares the older one."""
    return html_word(drawn).replace("utf-8", "gb2312").encode("gb18030")


TEXTS: dict[str, Callable[[Drawn], str]] = {
    "flow": text_flow,
    "bars": text_bars,
    "tabs": text_tabs,
    "markdown": text_markdown,
}
PAGES: dict[str, Callable[[Drawn], str | bytes]] = {
    "clean": html_clean,
    "word": html_word,
    "site": html_site,
    "one-line": html_one_line,
    "wide-digits": html_wide_digits,
    "gb18030": html_gb18030,
}


def sheet_laid_out(drawn: Drawn, layout: Layout) -> bytes:
    """A workbook in a layout of the caller's choice."""
    return workbook(outline(drawn), layout)


def sheet(drawn: Drawn) -> bytes:
    """A workbook with everything in one sheet: prose merged over its width, tables with lines, no empty rows."""
    return sheet_laid_out(drawn, Layout())


def sheets(drawn: Drawn) -> bytes:
    """A workbook with the prose in its first sheet, each table in a sheet of its own, no lines, figures as text."""
    return sheet_laid_out(drawn, Layout(apart=True, ruled=False, as_text=True))


FILES: dict[str, Callable[[Drawn], bytes]] = {
    "docx": lambda drawn: as_word(outline(drawn)),
    "wps": lambda drawn: as_wps(outline(drawn)),
    "sheet": sheet,
    "sheets": sheets,
}


def rendered(drawn: Drawn, kind: str) -> bytes:
    """Return a drawn report as the bytes of a file of that kind."""
    made = (TEXTS | PAGES | FILES)[kind](drawn)
    return made if isinstance(made, bytes) else made.encode()
