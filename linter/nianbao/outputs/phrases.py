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
    "diff-same": Text("两份报告一致", "both reports say the same"),
    "diff-all": Text(
        "两份报告有 {cells} 格、{sections} 个栏目、{others} 项其他内容不同",
        "{cells} cells, {sections} sections and {others} other things differ",
    ),
    "diff-missing": Text("（没有）", "(not there)"),
    "fact-form": Text("格式", "form"),
    "fact-year": Text("年度", "year"),
    "fact-issuer": Text("发布机关", "issuer"),
    "fact-period": Text("统计期限", "period"),
    "fact-published": Text("公布日期", "date of publication"),
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
    "proof-completed": Text(
        "{count} 个例子补成完整报告，请全部规则看过", "{count} examples were made whole reports and shown to all rules"
    ),
    "proof-drawn": Text(
        "{form}：{reports} 份前后一致的报告，未判 {undecided} 项",
        "{form}: {reports} consistent reports, undecided {undecided}",
    ),
    "proof-score": Text(
        "{of} 处笔误：只看一份报告发现 {alone}，连同上年报告发现 {both}",
        "{of} slips: {alone} noticed in the report alone, {both} with last year's",
    ),
    "proof-table": Text(
        "{form} {table}：{of} 处，{alone}，连同上年 {both}（其中 {undecided} 处使规则无法判断）",
        "{form} {table}: {of} slips, {alone}, with last year's {both} (of these, {undecided} leave a rule undecided)",
    ),
    "proof-missed": Text("没有规则发现的笔误：", "slips that no rule notices:"),
    "proof-missed-alone": Text(
        "没有上年报告时不能发现的笔误：", "slips that no rule notices without last year's report:"
    ),
    "proof-missed-line": Text(
        "{form} {cells}：{slips}（{of} 处中的 {missed} 处）", "{form} {cells}: {slips} ({missed} of {of})"
    ),
    "proof-equations": Text(
        "{form}：{equations} 个等式，其中 {rank} 个互相独立",
        "{form}: {equations} equations, {rank} of them independent",
    ),
    "proof-follows": Text("{equation}可由{sources}推出", "{equation} follows from {sources}"),
    "proof-more": Text("另有 {count} 个", "{count} more"),
    "proof-source": Text("{code}（{count} 个）", "{code} ({count})"),
    "proof-metadata": Text("元数据：{count} 处待补", "metadata: {count} to be mended"),
    "proof-metadata-good": Text("元数据齐全", "metadata complete"),
    "proof-part-examples": Text("例子", "examples"),
    "proof-part-consistent": Text("一致的报告", "consistent reports"),
    "proof-part-mutation": Text("笔误", "slips"),
    "proof-part-elimination": Text("消元", "elimination"),
    "proof-part-metadata": Text("元数据", "metadata"),
    "proof-spent": Text("{what} {time} 秒", "{what} {time} s"),
    "proof-time": Text("用时：{spent}", "time: {spent}"),
    "proof-sound": Text("{pack}：可以使用", "{pack}: sound"),
    "proof-unsound": Text("{pack}：有错误", "{pack}: not sound"),
    "slip-any": Text("各种笔误", "slips of all kinds"),
    "slip-transposed-digits": Text("数字颠倒", "digits transposed"),
    "slip-wrong-digit": Text("错一位数字", "one digit wrong"),
    "slip-dropped-digit": Text("漏一位数字", "digit dropped"),
    "slip-doubled-digit": Text("重复一位数字", "digit doubled"),
    "slip-added-digit": Text("多写一位数字", "digit added"),
    "slip-extra-zero": Text("多一个零", "zero added"),
    "slip-wrong-unit": Text("单位不对", "wrong unit"),
    "slip-zero-for-figure": Text("数字成了 0", "0 in place of a figure"),
    "slip-left-blank": Text("漏填", "left blank"),
    "slip-figure-for-zero": Text("应为 0 却填了数", "a figure in place of 0"),
    "slip-copied-neighbour": Text("照抄了相邻格", "copied from the cell beside"),
    "slip-other-figure": Text("数字不对", "another figure"),
    "slip-moved-to-neighbour": Text("错填到相邻格", "moved to the cell beside"),
    "slip-exchanged-neighbours": Text("相邻两格填反", "neighbours exchanged"),
    "slip-torn-number": Text("一个数拆成了两格", "one number torn in two"),
    "slip-joined-numbers": Text("两个数并成了一格", "two numbers run together"),
    "slip-shifted-row": Text("整行错格", "row shifted"),
    "slip-shifted-column": Text("整列错格", "column shifted"),
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
    "note": Text("注意：{note}", "note: {note}"),
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
