"""What the tool itself says, in both languages; what rules and readers say comes with them."""

from __future__ import annotations

from nianbao.messages import Text

PHRASES = {
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "info": Text("提示", "info"),
    "high": Text("高", "high"),
    "medium": Text("中", "medium"),
    "low": Text("低", "low"),
    "rule-level": Text("级别：{severity}　把握：{confidence}", "severity: {severity}; confidence: {confidence}"),
    "rule-fail": Text("不通过的例子：{given}", "fails, for example: {given}"),
    "rule-pass": Text("通过的例子：{given}", "passes, for example: {given}"),
    "rule-nothing": Text("一份前后一致的报告", "a consistent report"),
    "rule-since": Text("规则库 {version} 版起有此规则", "in the pack since version {version}"),
    "rule-span": Text("适用于 {first} 至 {last} 的报告", "for reports on {first} to {last}"),
    "rule-origin": Text("写在：{file}:{line}", "written in {file}:{line}"),
    "holds": Text("成立", "holds"),
    "fails": Text("不成立", "does not hold"),
    "cannot-tell": Text("无法判断：{reason}", "cannot be told: {reason}"),
    "pack-tested": Text(
        "{pack}：{rules} 条规则，{good} 个例子相符，{bad} 个不符",
        "{pack}: {rules} rules, {good} examples as they say, {bad} not",
    ),
    "pack-untested": Text(
        "{pack}：这些规则缺少通过或不通过的例子：{codes}", "{pack}: without a passing and a failing example: {codes}"
    ),
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
    "blank-rows": Text("其余 {count} 行为 0 或未填", "{count} other rows are 0 or blank"),
    "blank-columns": Text("其余 {count} 列为 0 或未填", "{count} other columns are 0 or blank"),
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
