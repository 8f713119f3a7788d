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
    FOLLOWS: Text("可补", "blank"),
    PASS: OUTCOME_NAMES[PASS],
}
COUNT_NAMES: Mapping[str, Text] = {
    "corrections": Text("处要改", "to change"),
    "error": Text("错误", "errors"),
    "warning": Text("警告", "warnings"),
    "info": Text("提示", "notices"),
    "undecided": KIND_NAMES[UNDECIDED],
    "problems": Text("无法读取", "unreadable"),
    "broken": Text("规则出错", "broken rules"),
    "reports": Text("份报告", "reports"),
}
TO_CHANGE = Text("要改", "to change")
REPORTS = Text("各份报告", "All reports")
GRID = Text("各机关各年度", "By organ and year")
ORGAN = Text("机关", "Organ")
NO_ORGAN = Text("机关不明", "organ unknown")
SORT = Text("排序：", "Sort by: ")
ORDERS: Mapping[str, Text] = {
    "rank": Text("问题轻重", "weight"),
    "organ": Text("机关", "organ"),
    "year": Text("年度先后", "year"),
    "number": Text("检查顺序", "order of the run"),
}
FILE = Text("文件", "File")
READ = Text("读出", "Cells read")
NO_PRIOR = Text("没有对照上年报告", "without last year's report")
COLON = Text("：", ": ")
ONE_TO_CHANGE = Text("你要改的 {count} 处", "{count} correction to make")
LIST_TITLES: Mapping[str, Text] = {
    "change": Text("你要改的 {count} 处", "{count} corrections to make"),
    "blank": Text("没有填的格", "Blank cells"),
    "look": Text("可以再看一眼的 {count} 处", "{count} worth a second look"),
    "open": Text("没能核对的 {count} 项", "{count} left open"),
    PASS: Text("已经说明的 {count} 项", "{count} found in order"),
}
CLEAN = Text("没有发现要改的地方", "Nothing found to change")
CLEAN_PART = Text("读到的部分没有发现要改的地方", "Nothing found to change in what was read")
WHY = Text("为什么", "Why")
ADVICE = Text("建议和依据", "Advice and authority")
FOR = Text("第 {numbers} 处", "for {numbers}")
LEAVES = Text("因此另有 {count} 项没能核对", "because of it, {count} other checks were left open")
ZEROS = Text("（另 {count} 格为 0）", " ({count} more cells are 0)")
NOTHING_SHOWN = Text("没有符合筛选条件的项。", "Nothing fits the filters.")
PAPER = Text("报告", "The report")
PAPER_WHOLE = Text("看报告", "Show the report")
ELSEWHERE = Text("不在表中的格", "Cells outside the tables")
MARK_NAMES: Mapping[str, Text] = {
    WRONG: Text("有误，箭头后是应填的数", "wrong; behind the arrow what it should be"),
    MAYBE: Text("可能有误，箭头后是可能应填的数", "perhaps wrong; behind the arrow what it might be"),
    SUBJECT: Text("有问题的格", "a cell with something wrong"),
    PART: Text("加总对不上的各格", "a cell of a sum that does not add up"),
    FOLLOWS: Text("没有填，箭头后是应填的数", "blank; behind the arrow what it must be"),
    UNREAD: Text("没有读出", "not read"),
    PASSAGE: Text("有关的文字", "the words concerned"),
}
NOTE_SIGNS = Text("见第几项", "the item that says more")
SEE = Text("见第 {numbers} 项", "see item {numbers}")
ITEM = Text("第 {number} 项", "item {number}")
OF_YEAR = Text("{year} 年度报告{cell}", "{cell} in the report on {year}")
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
