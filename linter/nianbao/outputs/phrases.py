"""What the tool itself says, in both languages; what rules and readers say comes with them."""

from __future__ import annotations

from nianbao.messages import Text

PHRASES = {
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "info": Text("提示", "info"),
    "left": Text("左", "L"),
    "right": Text("右", "R"),
    "subject": Text("*", "*"),
    "blank": Text("空", "blank"),
    "year": Text("{year} 年度", "{year}"),
    "form": Text("格式 {form}", "form {form}"),
    "unknown-year": Text("年度不明", "year unknown"),
    "unknown-issuer": Text("机关不明", "issuer unknown"),
    "prior": Text("上一年度 {path}", "last year's {path}"),
    "table": Text("{name}（左、右：等式两边）", "{name} (L, R: the sides of the equation)"),
    "table-prior": Text("{year} 年度{name}，见 {place}", "{name} of {year}, in {place}"),
    "zero-rows": Text("其余 {count} 行为 0", "{count} other rows are 0"),
    "zero-columns": Text("其余 {count} 列为 0", "{count} other columns are 0"),
    "difference": Text("差 {difference}", "difference {difference}"),
    "cells": Text("涉及：{cells}", "cells: {cells}"),
    "and-more": Text("等 {count} 格", "and others, {count} in all"),
    "basis": Text("依据：{text}", "basis: {text}"),
    "quote": Text("“{text}”", "“{text}”"),
    "help": Text("建议：{text}", "help: {text}"),
    "undecided": Text("未判 {codes}：{reason}", "undecided {codes}: {reason}"),
    "unread": Text("未读出 {cells}：{reason}", "not read, {cells}: {reason}"),
    "cells-read": Text("读出 {read}/{expected} 格", "{read}/{expected} cells read"),
    "equations-hold": Text("{held}/{of} 个等式成立", "{held}/{of} equations hold"),
    "unreadable": Text("无法读取 {path}：{reason}", "cannot read {path}: {reason}"),
    "broken-rule": Text("规则出错 {path}：{reason}", "broken rule {path}: {reason}"),
    "broken-rules": Text("，{count} 条规则出错", ", broken rules {count}"),
    "skipped": Text(
        "跳过 {count} 个不是年报、或这一版不能读的文件：{names}",
        "passed over, no reports or not read by this version ({count}): {names}",
    ),
    "separator": Text("、", ", "),
    "summary": Text(
        "{reports} 份报告，{error} 个错误，{warning} 个警告，{info} 个提示，{undecided} 项未判，{problems} 个无法读取",
        "reports {reports}, errors {error}, warnings {warning}, "
        "info {info}, undecided {undecided}, unreadable {problems}",
    ),
    "extracted": Text("{read}/{expected} 格", "{read}/{expected} cells"),
    "section": Text("{id}  {heading}（{count} 字）", "{id}  {heading} ({count} characters)"),
    "period": Text("统计期限 {start} 至 {end}", "figures from {start} to {end}"),
    "published": Text("发布日期 {date}", "published {date}"),
}


def say(phrase: str, lang: str, **arguments: object) -> str:
    """Return a phrase in a language, its places filled.

    Raises:
        KeyError: no such phrase, or a place has no argument.
    """
    text = PHRASES[phrase]
    return (text.format(**arguments) if arguments else text).get(lang)


def join(parts: list[str], lang: str) -> str:
    """Join the members of an enumeration."""
    return say("separator", lang).join(parts)
