"""Reasons why something was not read: table, row or column, what is unusual, and where to look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.location import NOWHERE
from nianbao.model.place import line_or_cell, line_or_spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.extraction.tables.rows import LabelledRow
    from nianbao.model.document import TableCell
    from nianbao.model.form import Form, Item, TableForm
    from nianbao.model.location import Location

NO_TABLE = Text("没有找到{table}（{title}）", "{table} ({title}) was not found")
TABLE_IS_PICTURE = Text(
    "{table}（{title}）是一张图片，里面的数字读不出来；请用有文字的原文件检查",
    "{table} ({title}) is a picture whose figures cannot be read: check the original file, which has them as text",
)
TABLE_IS_PROSE = Text(
    "{table}（{title}）{line}的文字和数字连在一起，没有分开的格子，读不出来；请把原文件另存为网页或 Word 再检查",
    "{table} ({title}){line} has its words and figures run together, without cells: "
    "save the original file, which has a table, as a page or Word file and check that",
)
NO_ROW = Text("{table}里没有找到这一行：{row}", "{table} has no row that reads “{row}”")
NO_LABEL = Text(
    "{table}里没有找到这一行：{row}；{where}的数据没有行名，分不清是不是这一行",
    "{table} has no row that reads “{row}”; the figures at {where} have no label: whether they are it cannot be told",
)
NO_COLUMN = Text("{table}里没有找到这一列：{column}", "{table} has no column that reads “{column}”")
_ODD_ROW = Text(
    "{table}“{row}”一行{line}有 {found} 个数据格，应有 {expected} 个，分不清各属哪一列",
    "row “{row}” of {table}{line} has {found} cells where {expected} are due: "
    "which column each belongs to cannot be told",
)
_ODD_HEADS = Text(
    "{table}“{row}”一行{line}的 {found} 个数据格与上面的列名对不齐，分不清各属哪一列",
    "the {found} cells of row “{row}” of {table}{line} do not stand under its heads: "
    "which column each belongs to cannot be told",
)
FORM_ORDER = Text(
    "{table}表头合并有误，按官方格式的列序读",
    "the merged heads of {table} are broken: its columns were read in the order of the official form",
)
_BROKEN_ROW = Text(
    "{table}“{row}”一行{line}有文字落在单元格之外（网页的表格标记有误），分不清各属哪一列",
    "row “{row}” of {table}{line} has text outside its cells, since the markup of the table is broken: "
    "which column its figures belong to cannot be told",
)
_BROKEN_HEADS = Text(
    "{table}的列名{line}标记有误，看不出哪一列是哪一项",
    "the markup of the heads of {table}{line} is broken: which column is which cannot be told",
)
_HEADS_APART = Text(
    "{table}的列名{line}与下面各行的数据都对不齐{lacking}，所以这些行没有读；"
    "请检查表头的合并单元格，或用原来的 Word 文件再检查",
    "the heads of {table}{line} stand over no row of its figures{lacking}, so these rows were not read: "
    "check the merged cells of the heads, or the original Word file",
)
_LACKING = Text("（没有认出“{columns}”）", " (there is none for “{columns}”)")
_RUN_TOGETHER = Text(
    "{table}“{row}”一行{line}的数字连在一起（{text}），分不清各属哪一列",
    "the figures of row “{row}” of {table}{line} are run together ({text}): "
    "which column each belongs to cannot be told",
)
_NO_FIGURES = Text(
    "{table}“{row}”一行{line}后面没有认出数据格",
    "no figures were found behind the label of row “{row}” of {table}{line}",
)
_UNLABELLED = Text(
    "{table}“{row}”一行没有数据，旁边{line}的数据没有行名，分不清是不是这一行的",
    "row “{row}” of {table} has no figures, and those beside it{line} have no label: whose they are cannot be told",
)
_FOLLOWED = Text(
    "{table}“{row}”一行后面{line}还有没有行名的数据，分不清是不是这一行的",
    "row “{row}” of {table} is followed{line} by figures that have no label: whose they are cannot be told",
)
_MERGED = Text(
    "{table}这一格{line}是合并的单元格，一个“{text}”跨了 {found} 格，分不清各格的数值",
    "this cell of {table}{line} is a merged one: a single “{text}” stands for {found} cells",
)
_ODD_STRIP = Text(
    "{table}{line}的数据有 {found} 格、表头认出 {heads} 格，应各有 {expected} 格，对不上",
    "{table}{line} has {found} figures under {heads} heads where {expected} of each are due: they cannot be matched",
)
_ON_ITS_SIDE = Text(
    "{table}{line}横竖对调了：“{first}”“{second}”等列名竖排在一列里，每行一个数，没有按格式横排，所以没有读",
    "{table}{line} lies on its side: its heads, “{first}”, “{second}” and others, stand in one column with a figure "
    "behind each, and not in a row as in the form: it was not read",
)
_DOUBTFUL = Text("{table}这一格{line}{doubt}", "this cell of {table}{line} {doubt}")
_LONE_MARK = Text(
    "写的是“{text}”，分不清是数还是注号", "says “{text}”: whether it is a figure or a note mark cannot be told"
)
_UNREADABLE = Text("有读不出的字符（{text}）", "has characters that cannot be read ({text})")
_SEVERAL = Text(
    "写了几个数（{text}），分不清是几个数还是一个数",
    "has several figures ({text}): whether they are one cannot be told",
)
_OTHER_UNIT = Text(
    "按“{text}”是以“{printed}”为单位，格式的单位是“{due}”，没有换算",
    "is in {printed} by “{text}”, where the unit of the form is {due}: it was not converted",
)
_MARKS_LEFT_OUT = Text(
    "有 {count} 格的数字后面带注号，注号没有当作数字读，第一格：{where}“{text}”",
    "note marks behind the figures of {count} cells were not read as figures; the first: {where}, “{text}”",
)
NOT_IN_DATA = Text("数据里没有这一格", "the data have no such cell")
_TWICE = Text(
    "{table}里这一格出现两次，数值不同：{first}、{second}", "this cell of {table} is given twice: {first}, {second}"
)
_TABLE_TWICE = Text(
    "{table}有 {count} 格出现两次，数值不同，分不清以哪一张表为准；第一处：{where}写“{first}”，{again}写“{second}”",
    "{count} cells of {table} are given twice with different figures: which of the two tables holds cannot be told; "
    "the first: “{first}” at {where}, “{second}” at {again}",
)
_FEW_TWICE = 3  # cells that are each named with their two figures
NOT_A_REPORT = Text(
    "没有找到年度报告的标题、栏目或表格：这不像一份政府信息公开工作年度报告；请检查文件是否选对，网页是否保存了正文",
    "no heading, section or table of an annual report was found: check that this is the right file, "
    "and that a saved page holds the text itself",
)
_NO_FORM = Text(
    "这是 {year} 年度的报告，没有适用于这一年的格式（有 {years} 的格式），因此没有检查",
    "it is a report on {year}, for which no form is known (there are forms for {years}), so that it was not checked",
)
_SPAN = Text("{first} 年至 {last} 年", "{first} to {last}")
_FROM = Text("{first} 年起", "{first} on")
_AT = Text("（{where}）", " ({where})")
_MAX_QUOTED_CHARS = 40


def no_form(year: int, forms: Iterable[Form]) -> Text:
    """Return the reason why a report on a year for which no form is known is not read."""
    spans = [
        (_FROM if form.last_year is None else _SPAN).format(first=form.first_year, last=form.last_year)
        for form in sorted(forms, key=lambda form: form.first_year or 0)
        if form.first_year is not None
    ]
    years = Text("、".join(span.zh for span in spans), ", ".join(span.en for span in spans))
    return _NO_FORM.format(year=year, years=years)


def at_line(location: Location) -> Text:
    """Return the line of a place in a table that is named, else its page, sheet or cell, in brackets; or nothing."""
    where = line_or_cell(location)
    return _AT.format(where=where) if where.zh else where


def odd_row(table: TableForm, item: Item, *, row: LabelledRow) -> Text:
    """Return the reason why the figures of a row were not assigned to columns."""
    figures_count, expected = len(row.values), len(item.columns)
    names = {"table": table.name, "row": item.label, "line": at_line(_place(row))}
    filled = [cell.text.strip() for cell in row.values if cell.text.strip()]
    if len(filled) <= 1 < expected <= len(run := _digits(filled)):
        return _RUN_TOGETHER.format(**names, text=run[:_MAX_QUOTED_CHARS])
    if figures_count == expected:
        return _ODD_HEADS.format(**names, found=figures_count)
    return _ODD_ROW.format(**names, found=figures_count, expected=expected)


def run_together(table: TableForm, item: Item, *, row: LabelledRow) -> Text:
    """Return the reason that the figures of a row are joined to its label."""
    text = row.label.text if row.label is not None else ""
    return _RUN_TOGETHER.format(
        table=table.name, row=item.label, line=at_line(_place(row)), text=text[-_MAX_QUOTED_CHARS:]
    )


def broken_row(table: TableForm, item: Item, *, row: LabelledRow) -> Text:
    """Return the reason that text of a row stands outside its cells."""
    return _BROKEN_ROW.format(table=table.name, row=item.label, line=at_line(_place(row)))


def broken_heads(table: TableForm, at: Location) -> Text:
    """Return the reason that the heads of a table cannot be told apart."""
    return _BROKEN_HEADS.format(table=table.name, line=at_line(at))


def heads_apart(table: TableForm, at: Location, *, lacking: Sequence[Item]) -> Text:
    """Return the reason that the heads of a table stand over none of its rows; ``lacking`` columns have no head."""
    columns = _LACKING.format(columns="”“".join(item.label for item in lacking)) if lacking else ""
    return _HEADS_APART.format(table=table.name, line=at_line(at), lacking=columns)


def no_figures(table: TableForm, item: Item, *, row: LabelledRow) -> Text:
    """Return the reason that no figures follow a label."""
    return _NO_FIGURES.format(table=table.name, row=item.label, line=at_line(_place(row)))


def _digits(filled: Sequence[str]) -> str:
    """Return the only figure of a row, or ""."""
    return filled[0] if filled and re.sub(r"[\s.,+\-]", "", filled[0]).isdecimal() else ""


def _place(row: LabelledRow) -> Location:
    source = row.values[0] if row.values else row.label
    return NOWHERE if source is None else source.location


def unlabelled(table: TableForm, item: Item, *, row: LabelledRow, stray: LabelledRow) -> Text:
    """Return the reason that figures next to a row have no label, and may be its own."""
    reason = _FOLLOWED if row.filled else _UNLABELLED
    return reason.format(table=table.name, row=item.label, line=at_line(_place(stray)))


def merged(table: TableForm, cell: TableCell, *, found: int) -> Text:
    """Return the reason that one merged cell covers several cells."""
    return _MERGED.format(
        table=table.name, text=cell.text.strip()[:_MAX_QUOTED_CHARS], found=found, line=at_line(cell.location)
    )


def odd_strip(table: TableForm, values: Sequence[TableCell], *, heads: int, expected: int) -> Text:
    """Return the reason that a strip has different numbers of figures and heads."""
    return _ODD_STRIP.format(
        table=table.name, line=at_line(values[0].location), found=len(values), heads=heads, expected=expected
    )


def on_its_side(table: TableForm, heads: Sequence[TableCell]) -> Text:
    """Return the reason that the heads of a strip stand below each other, each with a figure behind it."""
    first, second = (" ".join(head.text.split())[:_MAX_QUOTED_CHARS] for head in heads[:2])
    return _ON_ITS_SIDE.format(table=table.name, line=at_line(heads[0].location), first=first, second=second)


def doubtful(table: TableForm, cell: TableCell, *, doubt: Text) -> Text:
    """Return the reason that the text of a cell cannot be taken for its figure."""
    return _DOUBTFUL.format(table=table.name, line=at_line(cell.location), doubt=doubt)


def lone_mark(text: str) -> Text:
    """Return the doubt about a cell that holds only a sign that usually marks notes."""
    return _LONE_MARK.format(text=text[:_MAX_QUOTED_CHARS])


def unreadable(text: str) -> Text:
    """Return the doubt about a cell with characters that no reader can make out."""
    shown = " ".join(text.split())[:_MAX_QUOTED_CHARS]
    return _UNREADABLE.format(text="".join(char if char.isprintable() else "□" for char in shown))


def several(figures: Sequence[str]) -> Text:
    """Return the doubt about a cell that holds several figures, or the digits of one with spaces between them."""
    return Text(
        _SEVERAL.zh.format(text="、".join(figures)[:_MAX_QUOTED_CHARS]),
        _SEVERAL.en.format(text=", ".join(figures)[:_MAX_QUOTED_CHARS]),
    )


def other_unit(text: str, *, printed: str, due: str) -> Text:
    """Return the doubt about a cell beside which a text prints another unit than that of the form."""
    return _OTHER_UNIT.format(text="".join(text.split())[:_MAX_QUOTED_CHARS], printed=printed, due=due)


def twice(table: TableForm, pairs: Mapping[str, tuple[TableCell, TableCell]]) -> dict[str, Text]:
    """Return the reasons that cells are given twice, by their keys; one for all of them if there are many."""
    if len(pairs) <= _FEW_TWICE:
        return {
            key: _TWICE.format(table=table.name, first=_quoted(one), second=_quoted(other))
            for key, (one, other) in pairs.items()
        }
    one, other = next(iter(pairs.values()))
    places = {"where": line_or_spot(one.location), "again": line_or_spot(other.location)}
    reason = _TABLE_TWICE.format(
        table=table.name, count=len(pairs), first=_quoted(one), second=_quoted(other), **places
    )
    return dict.fromkeys(pairs, reason)


def _quoted(cell: TableCell) -> str:
    return cell.text.strip()[:_MAX_QUOTED_CHARS]


def marks_left_out(cells: Sequence[TableCell]) -> Text:
    """Return the note that marks behind figures were left out."""
    first = cells[0]
    return _MARKS_LEFT_OUT.format(
        count=len(cells), where=line_or_spot(first.location), text=first.text.strip()[:_MAX_QUOTED_CHARS]
    )
