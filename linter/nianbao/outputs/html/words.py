"""What the page itself says, in both languages; what the terminal says too comes from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import LANGUAGES, Text
from nianbao.outputs.wording.phrases import PHRASES, join

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = {
    "title": Text("年报检查结果", "Annual reports, checked"),
    "skip": Text("跳到检查结果", "Skip to the findings"),
    "language": Text("EN", "中文"),
    "language-help": Text("Switch to English", "改用中文"),
    "theme": Text("深浅色", "Dark or light"),
    "print": Text("打印", "Print"),
    "filters": Text("筛选", "Filters"),
    "severity": Text("级别", "Severity"),
    "outcome": Text("结果", "Outcome"),
    "code": Text("规则", "Rule"),
    "report": Text("报告", "Report"),
    "all": Text("全部", "all"),
    "search": Text("查找文字", "Find words"),
    "reset": Text("清除筛选", "Clear filters"),
    "shown": Text("显示 {shown}/{all} 项", "{shown} of {all} shown"),
    "fail": Text("不通过", "failed"),
    "undecided": Text("未判", "undecided"),
    "unread": Text("未读出", "not read"),
    "follows": Text("可推出", "can be filled in"),
    "pass": Text("通过", "passed"),
    "counts-error": Text("错误", "errors"),
    "counts-warning": Text("警告", "warnings"),
    "counts-info": Text("提示", "notices"),
    "counts-undecided": Text("未判", "undecided"),
    "counts-problems": Text("无法读取", "unreadable"),
    "counts-broken": Text("规则出错", "broken rules"),
    "counts-reports": Text("份报告", "reports"),
    "reports": Text("各份报告", "All reports"),
    "issuer": Text("机关", "Issuer"),
    "year": Text("年度", "Year"),
    "file": Text("文件", "File"),
    "form": Text("格式", "Form"),
    "read": Text("读出", "Cells read"),
    "cells-read": Text("{read}/{expected} 格", "{read} of {expected}"),
    "equations": Text("等式成立", "Equations that hold"),
    "equations-hold": Text("{held}/{of} 个", "{held} of {of}"),
    "prior": Text("上一年度报告", "Last year's report"),
    "no-prior": Text("没有", "none"),
    "year-of": Text("{year} 年度", "{year}"),
    "colon": Text("：", ": "),
    "findings": Text("检查结果", "Findings"),
    "nothing": Text("没有发现问题。", "Nothing was found to be wrong."),
    "nothing-shown": Text("没有符合筛选条件的项。", "Nothing fits the filters."),
    "paper": Text("报告", "The report"),
    "elsewhere": Text("不在表中的格", "Cells outside the tables"),
    "legend": Text("标记", "Marks"),
    "mark-wrong": Text("有误，旁边是应填的数", "wrong; beside it what it should be"),
    "mark-maybe": Text("可能有误，旁边是可能应填的数", "perhaps wrong; beside it what it might be"),
    "mark-subject": Text("有问题的格", "a cell with something wrong"),
    "mark-part": Text("参与没有对上的等式", "takes part in an equation that fails"),
    "mark-follows": Text("空格，数可由其余推出", "blank, but its figure follows"),
    "mark-unread": Text("没有读出", "not read"),
    "mark-passage": Text("有关的文字", "the words concerned"),
    "see": Text("见第 {numbers} 项", "see item {numbers}"),
    "item": Text("第 {number} 项", "item {number}"),
    "either": Text(
        "有数字对不上，有 {count} 种改法都说得通", "figures do not agree; {count} corrections would each account for it"
    ),
    "no-reading": Text("有数字对不上，看不出错在哪一格", "figures do not agree; which of them is wrong cannot be told"),
    "of-year": Text("{year} 年度报告 {cell}", "{cell} in the report on {year}"),
    "basis": Text("依据", "Basis"),
    "help": Text("建议", "What to do"),
    "its-findings": Text("其中的检查结果", "The findings"),
    "following": Text("{count} 个空格的数可由其余各格推出", "{count} blank cells follow from the others"),
    "unread-cells": Text("没有读出 {count} 格：{reason}", "{count} cells were not read: {reason}"),
    "unreadable": Text("无法读取", "Cannot be read"),
    "broken-rule": Text("规则出错", "A rule broke"),
    "skipped": Text("跳过 {count} 个不是年报的文件", "{count} files passed over that are no reports"),
    "made-by": Text("由 nianbao {version} 生成，规则库 {packs}", "made by nianbao {version} with {packs}"),
}


def say(phrase: str, **arguments: object) -> Text:
    """Return a phrase in both languages: the page's own, else one that all outputs share.

    Raises:
        KeyError: no such phrase, or a place has no argument.
    """
    text = WORDS[phrase] if phrase in WORDS else PHRASES[phrase]
    return text.format(**arguments) if arguments else text


def each(make: Callable[[str], str]) -> Text:
    """Return what a function gives for each language."""
    return Text(*(make(lang) for lang in LANGUAGES))


def enumerated(parts: list[Text]) -> Text:
    """Join the members of an enumeration."""
    return each(lambda lang: join([part.get(lang) for part in parts], lang))
