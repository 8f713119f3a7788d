"""The fixed texts of the page, in both languages; those shared with the terminal are in ``wording.phrases``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, UNDECIDED
from nianbao.model.rule import ERROR, INFO, WARNING
from nianbao.outputs.html.entries import FOLLOWS, MAYBE, SUBJECT, UNREAD, WRONG
from nianbao.outputs.html.marks import PART, PASSAGE
from nianbao.outputs.wording.phrases import OUTCOME_NAMES, SEVERITY_NAMES
from nianbao.voice import CHINESE, ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nianbao.voice import Voice

TITLE = Text("年报检查结果", "Annual reports, checked")
SKIP = Text("跳到检查结果", "Skip to the findings")
LANGUAGE = Text("EN", "中文")
LANGUAGE_HELP = Text("Switch to English", "改用中文")
THEME = Text("深浅色", "Dark or light")
PRINT = Text("打印", "Print")
FILTERS = Text("筛选", "Filters")
SEVERITY = Text("级别", "Severity")
OUTCOME = Text("结果", "Outcome")
CODE = Text("规则", "Rule")
REPORT = Text("报告", "Report")
ALL = Text("全部", "all")
SEARCH = Text("查找文字", "Find words")
RESET = Text("清除筛选", "Clear filters")
SHOWN = Text("显示 {shown}/{all} 项", "{shown} of {all} shown")
KIND_NAMES: Mapping[str, Text] = {
    ERROR: SEVERITY_NAMES[ERROR],
    WARNING: SEVERITY_NAMES[WARNING],
    INFO: SEVERITY_NAMES[INFO],
    FAIL: OUTCOME_NAMES[FAIL],
    UNDECIDED: OUTCOME_NAMES[UNDECIDED],
    UNREAD: Text("未读出", "not read"),
    FOLLOWS: Text("可推出", "can be filled in"),
    PASS: OUTCOME_NAMES[PASS],
}
COUNT_NAMES: Mapping[str, Text] = {
    "error": Text("错误", "errors"),
    "warning": Text("警告", "warnings"),
    "info": Text("提示", "notices"),
    "undecided": KIND_NAMES[UNDECIDED],
    "problems": Text("无法读取", "unreadable"),
    "broken": Text("规则出错", "broken rules"),
    "reports": Text("份报告", "reports"),
}
REPORTS = Text("各份报告", "All reports")
FILE = Text("文件", "File")
FORM = Text("格式", "Form")
READ = Text("读出", "Cells read")
CELLS_READ = Text("{read}/{expected} 格", "{read} of {expected}")
EQUATIONS = Text("等式成立", "Equations that hold")
EQUATIONS_HOLD = Text("{held}/{of} 个", "{held} of {of}")
PRIOR = Text("上一年度报告", "Last year's report")
NO_PRIOR = Text("没有", "none")
COLON = Text("：", ": ")
FINDINGS = Text("检查结果", "Findings")
NOTHING = Text("没有发现问题。", "Nothing was found to be wrong.")
NOTHING_SHOWN = Text("没有符合筛选条件的项。", "Nothing fits the filters.")
PAPER = Text("报告", "The report")
ELSEWHERE = Text("不在表中的格", "Cells outside the tables")
MARK_NAMES: Mapping[str, Text] = {
    WRONG: Text("有误，旁边是应填的数", "wrong; beside it what it should be"),
    MAYBE: Text("可能有误，旁边是可能应填的数", "perhaps wrong; beside it what it might be"),
    SUBJECT: Text("有问题的格", "a cell with something wrong"),
    PART: Text("参与没有对上的等式", "takes part in an equation that fails"),
    FOLLOWS: Text("空格，数可由其余推出", "blank, but its figure follows"),
    UNREAD: Text("没有读出", "not read"),
    PASSAGE: Text("有关的文字", "the words concerned"),
}
SEE = Text("见第 {numbers} 项", "see item {numbers}")
ITEM = Text("第 {number} 项", "item {number}")
EITHER = Text(
    "有数字对不上，有 {count} 种改法都说得通", "figures do not agree; {count} corrections would each account for it"
)
NO_READING = Text("有数字对不上，看不出错在哪一格", "figures do not agree; which of them is wrong cannot be told")
OF_YEAR = Text("{year} 年度报告 {cell}", "{cell} in the report on {year}")
BASIS = Text("依据", "Basis")
HELP = Text("建议", "What to do")
ITS_FINDINGS = Text("其中的检查结果", "The findings")
FOLLOWING = Text("{count} 个空格的数可由其余各格推出", "{count} blank cells follow from the others")
UNREAD_CELLS = Text("没有读出 {count} 格：{reason}", "{count} cells were not read: {reason}")
UNREADABLE = Text("无法读取", "Cannot be read")
BROKEN_RULE = Text("规则出错", "A rule broke")
SKIPPED = Text("跳过 {count} 个不是年报的文件", "{count} files passed over that are no reports")
MADE_BY = Text("由 nianbao {version} 生成，规则库 {packs}", "made by nianbao {version} with {packs}")


def each(make: Callable[[Voice], str]) -> Text:
    """Return the texts that a function makes in each language."""
    return Text(make(CHINESE), make(ENGLISH))


def enumerated(parts: Iterable[Text]) -> Text:
    """Join the members of an enumeration."""
    members = list(parts)
    return each(lambda voice: voice.join(map(voice.say, members)))
