"""Why something was not read, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text

if TYPE_CHECKING:
    from nianbao.model.location import Location

NO_TABLE = Text("没有找到{table}（{title}）", "{table} ({title}) was not found")
TABLE_IS_PICTURE = Text(
    "{table}（{title}）是一张图片，里面的数字读不出来；请用有文字的原文件检查",
    "{table} ({title}) is a picture whose figures cannot be read: check the original file, which has them as text",
)
NO_ROW = Text("{table}里没有找到这一行：{row}", "{table} has no row that reads “{row}”")
NO_COLUMN = Text("{table}里没有找到这一列：{column}", "{table} has no column that reads “{column}”")
ODD_ROW = Text(
    "{table}“{row}”一行{line}有 {found} 个数据格，应有 {expected} 个，分不清各属哪一列",
    "row “{row}” of {table}{line} has {found} cells where {expected} are due: "
    "which column each belongs to cannot be told",
)
ODD_STRIP = Text(
    "{table}{line}的数据有 {found} 格、表头认出 {heads} 格，应各有 {expected} 格，对不上",
    "{table}{line} has {found} figures under {heads} heads where {expected} of each are due: they cannot be matched",
)
NOT_IN_DATA = Text("数据里没有这一格", "the data have no such cell")
TWICE = Text(
    "{table}里这一格出现两次，数值不同：{first}、{second}", "this cell of {table} is given twice: {first}, {second}"
)
NOT_A_REPORT = Text(
    "没有找到年度报告的标题、栏目或表格：这不像一份政府信息公开工作年度报告；请检查文件是否选对，网页是否保存了正文",
    "no heading, section or table of an annual report was found: check that this is the right file, "
    "and that a saved page holds the text itself",
)
_LINE = Text("（第 {line} 行）", " (line {line})")


def at_line(location: Location) -> Text:
    """Return the line to look at, in brackets, or nothing where it is not known."""
    return Text() if location.line is None else _LINE.format(line=location.line)
