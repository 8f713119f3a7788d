"""The tool's own texts, in both languages; rules and readers have their own texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, UNDECIDED
from nianbao.model.rule import ERROR, HIGH, INFO, LOW, MEDIUM, WARNING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.form_name import NameKind
    from nianbao.model.outcome import OutcomeWord
    from nianbao.model.rule import Confidence, Severity

SEVERITY_NAMES: Mapping[Severity, Text] = {
    ERROR: Text("错误", "error"),
    WARNING: Text("警告", "warning"),
    INFO: Text("提示", "info"),
}
CONFIDENCE_NAMES: Mapping[Confidence, Text] = {
    HIGH: Text("高", "high"),
    MEDIUM: Text("中", "medium"),
    LOW: Text("低", "low"),
}
RULE_LEVEL = Text("级别：{severity}　把握：{confidence}", "severity: {severity}; confidence: {confidence}")
RULE_FAIL = Text("不通过的例子：{given}", "fails, for example: {given}")
RULE_PASS = Text("通过的例子：{given}", "passes, for example: {given}")
RULE_NOTHING = Text("一份前后一致的报告", "a consistent report")
NAME_KINDS: Mapping[NameKind, Text] = {
    "table": Text("表", "table"),
    "row": Text("行", "row"),
    "rows": Text("行组", "group of rows"),
    "column": Text("列", "column"),
    "columns": Text("列组", "group of columns"),
    "section": Text("栏目", "section"),
    "fact": Text("报告所述", "fact"),
    "issuer": Text("机关类别", "kind of issuer"),
}
DIFF_SAME = Text("两份报告一致", "both reports say the same")
DIFF_ALL = Text(
    "两份报告有 {cells} 格、{sections} 个栏目、{others} 项其他内容不同",
    "{cells} cells, {sections} sections and {others} other things differ",
)
DIFF_MISSING = Text("（没有）", "(not there)")
FACT_NAMES: Mapping[str, Text] = {
    "form": Text("格式", "form"),
    "year": Text("年度", "year"),
    "issuer": Text("发布机关", "issuer"),
    "period": Text("统计期限", "period"),
    "published": Text("公布日期", "date of publication"),
}
RULE_SINCE = Text("规则库 {version} 版起有此规则", "in the pack since version {version}")
RULE_SPAN = Text("适用于 {first} 至 {last} 的报告", "for reports on {first} to {last}")
RULE_WHEN = Text("只用于：{when}", "only where {when}")
RULE_ISSUERS = Text("只管：{issuers}", "only for {issuers}")
PATTERN_NUMBER = Text("〈数〉", "‹number›")
PATTERN_NOT_BEFORE = Text("（前面不是“{words}”）", "(not behind “{words}”)")
PATTERN_NOT_BEHIND = Text("（后面不是“{words}”）", "(not followed by “{words}”)")
RULE_ORIGIN = Text("写在：{file}:{line}", "written in {file}:{line}")
TRIAL = Text(
    "{code} {kind}：通过 {passed}，不通过 {failed}，不适用 {others}，未判 {open}",
    "{code} {kind}: {passed} passed, {failed} failed, {others} not applicable, {open} undecided",
)
OUTCOME_NAMES: Mapping[OutcomeWord, Text] = {
    FAIL: Text("不通过", "failed"),
    PASS: Text("通过", "passed"),
    UNDECIDED: Text("未判", "undecided"),
}
HOLDS = Text("成立", "holds")
FAILS = Text("不成立", "does not hold")
CANNOT_TELL = Text("无法判断：{reason}", "cannot be told: {reason}")
PACK_TESTED = Text(
    "{pack}：{rules} 条规则，{good} 个例子相符，{bad} 个不符",
    "{pack}: {rules} rules, {good} examples as they say, {bad} not",
)
PACK_UNTESTED = Text(
    "{pack}：这些规则缺少通过或不通过的例子：{codes}", "{pack}: without a passing and a failing example: {codes}"
)
PROOF_COMPLETED = Text(
    "{count} 个例子补成完整报告，请全部规则看过", "{count} examples were made whole reports and shown to all rules"
)
PROOF_DRAWN = Text(
    "{form}：{reports} 份前后一致的报告，未判 {undecided} 项",
    "{form}: {reports} consistent reports, undecided {undecided}",
)
PROOF_SCORE = Text(
    "{of} 处笔误：只看一份报告发现 {alone}，连同上年报告发现 {both}",
    "{of} slips: {alone} noticed in the report alone, {both} with last year's",
)
PROOF_TABLE = Text(
    "{form} {table}：{of} 处，{alone}，连同上年 {both}（其中 {undecided} 处使规则无法判断）",
    "{form} {table}: {of} slips, {alone}, with last year's {both} (of these, {undecided} leave a rule undecided)",
)
PROOF_MISSED = Text("没有规则发现的笔误：", "slips that no rule notices:")
PROOF_MISSED_ALONE = Text("没有上年报告时不能发现的笔误：", "slips that no rule notices without last year's report:")
PROOF_MISSED_LINE = Text(
    "{form} {cells}：{slips}（{of} 处中的 {missed} 处）", "{form} {cells}: {slips} ({missed} of {of})"
)
PROOF_EQUATIONS = Text(
    "{form}：{equations} 个等式，其中 {rank} 个互相独立",
    "{form}: {equations} equations, {rank} of them independent",
)
PROOF_FOLLOWS = Text("{equation}可由{sources}推出", "{equation} follows from {sources}")
PROOF_MORE = Text("另有 {count} 个", "{count} more")
PROOF_SOURCE = Text("{code}（{count} 个）", "{code} ({count})")
PROOF_METADATA = Text("元数据：{count} 处待补", "metadata: {count} to be mended")
PROOF_METADATA_GOOD = Text("元数据齐全", "metadata complete")
PROOF_PARTS: Mapping[str, Text] = {
    "examples": Text("例子", "examples"),
    "consistent": Text("一致的报告", "consistent reports"),
    "mutation": Text("笔误", "slips"),
    "elimination": Text("消元", "elimination"),
    "metadata": Text("元数据", "metadata"),
}
PROOF_SPENT = Text("{what} {time} 秒", "{what} {time} s")
PROOF_TIME = Text("用时：{spent}", "time: {spent}")
PROOF_SOUND = Text("{pack}：可以使用", "{pack}: sound")
PROOF_UNSOUND = Text("{pack}：有错误", "{pack}: not sound")
LIKELY: Mapping[Confidence, Text] = {
    HIGH: Text("很可能", "very likely "),
    MEDIUM: Text("可能", "probably "),
    LOW: Text("也许", "perhaps "),
}
WHERE = Text("{table}“{row}”行“{column}”列", "{table}, row “{row}”, column “{column}”")
WHERE_ROW = Text("“{row}”行", "row “{row}”")
WHERE_COLUMN = Text("“{column}”列", "column “{column}”")
WHERE_PART = Text("“{name}”", "“{name}”")
WHERE_LINE = Text("{table}{line}", "{table}, {line}")
WHERE_STRIP = Text("{table}“{row}”的“{column}”", "{table}, “{row}”, “{column}”")
WHERE_PROSE = Text("正文", "the text")
WHERE_SOURCE = Text("{year} 年度报告{where}", "{where} of the report of {year}")
CHANGE = Text("{where}：填的是 {old}，{likely}应为 {new}", "{where} says {old} and should {likely}be {new}")
CHANGE_BLANK = Text("{where}：没有填，{likely}应为 {new}", "{where} is blank and should {likely}be {new}")
CHANGE_PROSE = Text("{where}写的是 {old}，{likely}应为 {new}", "{where} says {old} and should {likely}be {new}")
TO_CHECK = Text("{text}，请核对", "{text}; look at the records")
ONE_OF_VALUES = Text(
    "{where}：填的是 {old}，应为 {new}，请核对", "{where} says {old} and should be {new}; look at the records"
)
ONE_OF_CELLS = Text(
    "这 {count} 格中有一格不对，请核对：{cells}", "one of these {count} cells is wrong; look at the records: {cells}"
)
ONE_OF_SEVERAL = Text("有一格不对，请核对：{cells}", "one cell is wrong; look at the records: {cells}")
ONE_OF_WAYS = Text(
    "有数字不对，{count} 种改法都说得通，请看这几格：{cells}",
    "some figures are wrong, and {count} corrections would mend them; look at these cells: {cells}",
)
NOW = Text("{where}（填 {old}）", "{where} ({old})")
MAYBE = Text("{where}（填 {old}，或应为 {new}）", "{where} ({old}, perhaps {new})")
AND_OTHERS = Text("{cells}等", "{cells} and others")
EITHER = Text(" 或 ", " or ")
CANNOT_TELL_WHICH = Text(
    "{text}；看不出错在哪一格，请逐格核对", "{text}; which figure is wrong cannot be told: look at each of them"
)
BECAUSE = Text("（{slip}）", " ({slip})")
MOVED = Text("{where}的 {old} {likely}应填在{other}", "{old} in {where} {likely}belongs in {other}")
EXCHANGED = Text(
    "{where}的 {old} 与{other}的 {second} {likely}填反了",
    "{old} in {where} and {second} in {other} are {likely}exchanged",
)
TORN = Text(
    "{where}的 {old} 与{other}的 {second} {likely}是拆开的一个数：{put}",
    "{old} in {where} and {second} in {other} are {likely}one number torn in two: {put}",
)
JOINED = Text(
    "{where}的 {old} {likely}是并在一格里的两个数：{put}",
    "{old} in {where} is {likely}two numbers run together: {put}",
)
TOGETHER = Text("{where}{likely}有误（{slip}）：{put}", "{where}: {likely}wrong ({slip}): {put}")
PUT = Text("{where}应为 {new}", "{where} should be {new}")
PUT_SHORT = Text("{where} {old} → {new}", "{where} {old} → {new}")
SLIPS_LEAD = Text("{likely}有 {count} 处填错：", "there are {likely}{count} slips:")
AFTER_ONE = Text("改为 {new} 后", "with {new} there")
AFTER_MANY = Text("照此改正后", "so corrected")
HOLDING_ALL = Text("{after}，{tables}的 {of} 项加总都对得上", "{after}, all {of} sums of {tables} add up")
HOLDING_SOME = Text(
    "{after}，以上都对得上（{tables}还有 {rest} 项加总因别的原因对不上）",
    "{after}, the above agree ({rest} other sums of {tables} do not add up, for other causes)",
)
HOLDING_THESE = Text("{after}，以上都对得上", "{after}, all of the above agree")
ONLY_READING = Text("{text}；没有同样简单的其他改法", "{text}; no other correction is as simple")
READING = Text("[{number}] {text}{then}", "[{number}] {text}; {then}")
READINGS = Text("有 {count} 种改法都说得通：", "{count} corrections are possible:")
READINGS_REST = Text("也可能是：", "less likely:")
READINGS_MORE = Text("另有 {count} 种改法：{changes}", "{count} more corrections: {changes}")
READINGS_LEFT = Text("另有 {count} 种改法从略", "{count} more corrections left out")
OPEN_WHY = Text("为什么不能断定：{note}", "why it is open: {note}")
SENTENCE = Text("{text}。", "{text}")
TABLE_PLAIN = Text("{name}", "{name}")
TABLE_CHANGES = Text("（→ 后是应填的数）", " (→ what it should be)")
TABLE_READINGS = Text(
    "（→ 后是可能应填的数，[1] [2] 各是一种改法）", " (→ what it may have to be, by corrections [1], [2])"
)
EQUATION_AFTER = Text("{line}改后：{formula}", "{line} then: {formula}")
EQUATION_BY = Text("{line}按 [{number}] 改后：{formula}", "{line} by [{number}]: {formula}")
EQUATIONS_MORE = Text("另有 {count} 处同样不符", "{count} more do not agree")
CELLS_MORE = Text("其余 {count} 格从略", "{count} other cells left out")
LEFT_OUT = Text("未显示（--show、--persona）：{what}", "not shown (--show, --persona): {what}")
LEFT_OUT_COUNTS: Mapping[str, Text] = {
    ERROR: Text("{count} 个错误", "errors {count}"),
    WARNING: Text("{count} 个警告", "warnings {count}"),
    INFO: Text("{count} 个提示", "info {count}"),
    UNDECIDED: Text("{count} 项未判", "undecided {count}"),
    PASS: Text("{count} 项已说明", "found in order {count}"),
}
STATISTICS_FINDINGS = Text("处数", "findings")
STATISTICS_REPORTS = Text("份数", "reports")
STATISTICS_RULE = Text("规则", "rule")
STATISTICS_SEVERITY = Text("级别", "severity")
STATISTICS_TITLE = Text("名称", "title")
FOLLOWING_CELL = Text("{where}：没有填，应填 {value}", "{where} is blank and must be {value}")
FOLLOWING_ZEROS = Text("另有 {count} 格没有填，应填 0", "{count} more cells are blank and must be 0")
FOLLOWING_ALL_ZEROS = Text("{count} 格没有填，应填 0", "{count} cells are blank and must be 0")
BLANK = Text("空", "blank")
YEAR = Text("{year} 年度", "{year}")
FORM = Text("格式 {form}", "form {form}")
UNKNOWN_YEAR = Text("年度不明", "year unknown")
FORM_OF_NO_YEAR = Text("按《{form}》检查", "checked by the {form}")
UNKNOWN_ISSUER = Text("机关不明", "issuer unknown")
PRIOR = Text("对照上年报告 {path}", "with last year's {path}")
TABLE_PRIOR = Text("{year} 年度{name}，见 {place}", "{name} of {year}, in {place}")
ZERO_ROWS = Text("其余 {count} 行为 0", "{count} other rows are 0")
BLANK_ROWS = Text("其余 {count} 行为 0 或未填", "{count} other rows are 0 or blank")
BLANK_COLUMNS = Text("其余 {count} 列为 0 或未填", "{count} other columns are 0 or blank")
ZERO_COLUMNS = Text("其余 {count} 列为 0", "{count} other columns are 0")
SUM_AGAINST_TOTAL = Text("{line}：{sum}，{total}，{gap}", "{line}: {sum}, {total}, {gap}")
SUM_AGAINST_SUM = Text("{line}：{left}，{right}，相差 {off}", "{line}: {left}, {right}, {off} apart")
SIDE_STATED = Text("{name}填的是 {value}", "{name} says {value}")
SIDE_SUM = Text("{names}是 {value}", "{names} make {value}")
SIDE_OF_MANY = Text("各项加起来是 {value}", "the parts add up to {value}")
SIDE_RECKONED = Text("算下来是 {value}", "the parts come to {value}")
PLUS = Text("加", " and ")
LESS = Text("少 {gap}", "{gap} less")
MORE = Text("多 {gap}", "{gap} more")
CELLS = Text("涉及：{cells}", "cells: {cells}")
AND_MORE = Text("等 {count} 格", "and others, {count} in all")
BASIS = Text("依据：{text}", "basis: {text}")
QUOTE = Text("“{text}”", "“{text}”")
HELP = Text("建议：{text}", "help: {text}")
AND_PART = Text("；", "; ")
MORE_REASONS = Text("还有 {count} 个这样的原因，加 -v 全部列出", "{count} more such reasons; -v lists all")
NOT_JUDGED = Text("未判 {count} 项：{reason}{codes}", "undecided {count}: {reason}{codes}")
NOT_READ = Text("没有读出 {cells}：{reason}", "not read, {cells}: {reason}")
CELLS_READ = Text("读出 {read}/{expected} 格", "{read}/{expected} cells read")
EQUATIONS_ALL_HOLD = Text("核对了 {of} 项加总，都对得上", "{of} sums checked, all add up")
EQUATIONS_HOLD = Text("核对了 {of} 项加总，{held} 项对得上", "{of} sums checked, {held} add up")
NOTE = Text("注意：{note}", "note: {note}")
UNREADABLE = Text("无法读取 {path}：{reason}", "cannot read {path}: {reason}")
BROKEN_RULE = Text("规则出错 {path}：{reason}", "broken rule {path}: {reason}")
BROKEN_RULES = Text("，{count} 条规则出错", ", broken rules {count}")
ACROSS_REPORTS = Text("各份报告之间", "Between the reports")
SKIPPED = Text(
    "跳过 {count} 个不是年报、或这一版不能读的文件：{names}",
    "passed over, no reports or not read by this version ({count}): {names}",
)
CLAUSES = Text("；", "; ")
SUMMARY = Text(
    "{reports} 份报告{faulty}，{error} 个错误{causes}，{warning} 个警告，{info} 个提示，"
    "{undecided} 项未判，{problems} 个无法读取{broken}",
    "reports {reports}{faulty}, errors {error}{causes}, warnings {warning}, "
    "info {info}, undecided {undecided}, unreadable {problems}{broken}",
)
SUMMARY_FAULTY = Text("（{count} 份有错误）", " (with errors {count})")
SUMMARY_CAUSES = Text("（可能出自 {count} 处）", " (likely causes {count})")
SUMMARY_SOME_CAUSES = Text("（其中 {part} 个可能出自 {count} 处）", " (of these {part}: likely causes {count})")
