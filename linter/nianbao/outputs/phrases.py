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
    "likely-high": Text("很可能", "very likely "),
    "likely-medium": Text("可能", "probably "),
    "likely-low": Text("也许", "perhaps "),
    "likely-": Text("", ""),
    "cause-one": Text("{count} 处不符，可能出自同一处", "{count} faults, one likely cause"),
    "cause-many": Text("{count} 处不符，可能出自 {slips} 处", "{count} faults, {slips} likely causes"),
    "cause-open": Text("{count} 处不符，有 {readings} 种可能", "{count} faults, {readings} possible causes"),
    "where": Text("{table}“{row}”行“{column}”列", "{table}, row “{row}”, column “{column}”"),
    "where-row": Text("“{row}”行", "row “{row}”"),
    "where-column": Text("“{column}”列", "column “{column}”"),
    "where-part": Text("“{name}”", "“{name}”"),
    "where-line": Text("{table}{line}", "{table}, {line}"),
    "where-strip": Text("{table}“{row}”的“{column}”", "{table}, “{row}”, “{column}”"),
    "where-prose": Text("正文", "the text"),
    "where-source": Text("{year} 年度报告{where}", "{where} of the report of {year}"),
    "change": Text("{where}填 {old}，{likely}应为 {new}", "{where} says {old} and should {likely}be {new}"),
    "change-blank": Text("{where}未填，{likely}应为 {new}", "{where} is blank and should {likely}be {new}"),
    "change-prose": Text("{where}写的是 {old}，{likely}应为 {new}", "{where} says {old} and should {likely}be {new}"),
    "because": Text("（{slip}）", " ({slip})"),
    "moved": Text("{where}的 {old} {likely}应填在{other}", "{old} in {where} {likely}belongs in {other}"),
    "exchanged": Text(
        "{where}的 {old} 与{other}的 {second} {likely}填反了",
        "{old} in {where} and {second} in {other} are {likely}exchanged",
    ),
    "torn": Text(
        "{where}的 {old} 与{other}的 {second} {likely}是拆开的一个数：{put}",
        "{old} in {where} and {second} in {other} are {likely}one number torn in two: {put}",
    ),
    "joined": Text(
        "{where}的 {old} {likely}是并在一格里的两个数：{put}",
        "{old} in {where} is {likely}two numbers run together: {put}",
    ),
    "together": Text("{where}{likely}有误（{slip}）：{put}", "{where}: {likely}wrong ({slip}): {put}"),
    "put": Text("{where}应为 {new}", "{where} should be {new}"),
    "put-short": Text("{where} {old} → {new}", "{where} {old} → {new}"),
    "slips-lead": Text("{likely}有 {count} 处填错：", "there are {likely}{count} slips:"),
    "after-one": Text("改为 {new} 后", "with {new} there"),
    "after-many": Text("照此改正后", "so corrected"),
    "holding-all": Text("{after}，{tables}全部 {of} 个等式成立", "{after}, all {of} equations of {tables} hold"),
    "holding-some": Text(
        "{after}，以上都相符（{tables}还有 {rest} 个等式因别的原因不成立）",
        "{after}, the above agree ({rest} other equations of {tables} fail for other causes)",
    ),
    "holding-these": Text("{after}，以上都相符", "{after}, all of the above agree"),
    "only-reading": Text("{text}；没有同样简单的其他解释", "{text}; no other explanation is as simple"),
    "reading": Text("[{number}] {text}{then}", "[{number}] {text}; {then}"),
    "readings": Text("有 {count} 种可能：", "{count} readings are possible:"),
    "readings-rest": Text("也可能是：", "less likely:"),
    "readings-more": Text("另有 {count} 种可能：{changes}", "{count} more readings: {changes}"),
    "readings-left": Text("另有 {count} 种可能从略", "{count} more readings left out"),
    "open-why": Text("为什么不能断定：{note}", "why it is open: {note}"),
    "unexplained": Text("以上 {codes}：{note}", "{codes} above: {note}"),
    "sentence": Text("{text}。", "{text}"),
    "table-plain": Text("{name}", "{name}"),
    "table-changes": Text("（→ 后是应填的数）", " (→ what it should be)"),
    "table-readings": Text(
        "（→ 后是可能应填的数，[1] [2] 各是一种）", " (→ what it may have to be, by readings [1], [2])"
    ),
    "equation-line": Text("{code} {line}：{formula}", "{code} {line}: {formula}"),
    "equation-after": Text("{code} {line}改后：{formula}", "{code} {line} then: {formula}"),
    "equation-by": Text("{code} {line}按 [{number}] 改后：{formula}", "{code} {line} by [{number}]: {formula}"),
    "equations-more": Text("另有 {count} 处同样不符", "{count} more do not agree"),
    "cells-more": Text("其余 {count} 格从略", "{count} other cells left out"),
    "zeros-rest": Text("其余 {count} 格 0", "{count} others 0"),
    "zeros-all": Text("{count} 格 0", "{count} cells 0"),
    "or": Text("；或：", "; or: "),
    "left-out": Text("未显示（--show、--persona）：{what}", "not shown (--show, --persona): {what}"),
    "left-out-error": Text("{count} 个错误", "errors {count}"),
    "left-out-warning": Text("{count} 个警告", "warnings {count}"),
    "left-out-info": Text("{count} 个提示", "info {count}"),
    "left-out-undecided": Text("{count} 项未判", "undecided {count}"),
    "left-out-pass": Text("{count} 项已说明", "found in order {count}"),
    "statistics-findings": Text("处数", "findings"),
    "statistics-reports": Text("份数", "reports"),
    "statistics-rule": Text("规则", "rule"),
    "statistics-severity": Text("级别", "severity"),
    "statistics-title": Text("名称", "title"),
    "following": Text(
        "由其他数据可以推出空格应填的数：", "from the other figures it follows what blank cells must be:"
    ),
    "following-cell": Text("{where}应填 {value}", "{where} must be {value}"),
    "following-zeros": Text("另有 {count} 格应填 0", "{count} more must be 0"),
    "following-all-zeros": Text("{count} 格空白应填 0", "{count} blank cells must be 0"),
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
    "basis-of": Text("依据 {codes}：{text}", "basis of {codes}: {text}"),
    "help-of": Text("建议 {codes}：{text}", "help for {codes}: {text}"),
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
    "clauses": Text("；", "; "),
    "summary": Text(
        "{reports} 份报告{faulty}，{error} 个错误{causes}，{warning} 个警告，{info} 个提示，"
        "{undecided} 项未判，{problems} 个无法读取",
        "reports {reports}{faulty}, errors {error}{causes}, warnings {warning}, "
        "info {info}, undecided {undecided}, unreadable {problems}",
    ),
    "summary-faulty": Text("（{count} 份有错误）", " (with errors {count})"),
    "summary-causes": Text("（可能出自 {count} 处）", " (likely causes {count})"),
    "summary-some-causes": Text("（其中 {part} 个可能出自 {count} 处）", " (of these {part}: likely causes {count})"),
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


def join(parts: list[str], lang: str, *, phrase: str = "separator") -> str:
    """Join the members of an enumeration, or clauses by ``clauses``."""
    return say(phrase, lang).join(parts)
