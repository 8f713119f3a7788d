"""The fixed texts of notes and corrections, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model.rule import HIGH, LOW, MEDIUM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.model.rule import Confidence

SHOULD_BE: Mapping[Confidence, Text] = {
    HIGH: Text("{old} 很可能应为 {new}（{slip}）", "{old} should very likely be {new} ({slip})"),
    MEDIUM: Text("{old} 可能应为 {new}（{slip}）", "{old} should probably be {new} ({slip})"),
    LOW: Text("{old} 或应为 {new}（{slip}）", "{old} may have to be {new} ({slip})"),
}
SHOULD = Text("{cell}：{old} 应为 {new}", "{cell}: {old} should be {new}")
SEVERITY = Text("{severity}：{title}", "{severity}: {title}")
RULE = Text("{title}（{code}）", "{title} ({code})")
FAILS = Text("{rule}：{message}", "{rule}: {message}")
THEN = Text(
    "这样改后，有关表格要核对的 {of} 处有 {held} 处对得上。", "With that, {held} of {of} sums of the tables agree."
)
THEN_ALL = Text("这样改后，有关表格要核对的 {of} 处全部对得上。", "With that, all {of} sums of the tables agree.")
ADVICE = Text("建议：{text}", "Suggested: {text}")
ADVISED: Mapping[Confidence, Text] = {
    HIGH: Text("对照台账，把 {old} 改成 {new}", "check with your records, and change {old} to {new}"),
    MEDIUM: Text("对照台账核对这个数，是 {new} 就改", "check this figure with your records: change it if it is {new}"),
    LOW: Text("对照台账核对这个数，是不是 {new}", "check with your records whether this figure is {new}"),
}
ADVISED_BLANK = Text("对照台账核对后填 {value}", "check with your records, and fill in {value}")
ADVISED_CHECK = Text("对照台账核对这一处", "check this place with your records")
TOGETHER = Text("要一起改：{changes}", "To be changed with it: {changes}")
INSTEAD = Text("也可能是：{changes}", "It may also be: {changes}")
READING: Mapping[Confidence, Text] = {
    HIGH: Text("很可能是：{changes}", "Very likely: {changes}"),
    MEDIUM: Text("可能是：{changes}", "Probably: {changes}"),
    LOW: Text("或是：{changes}", "Perhaps: {changes}"),
}
MORE_READINGS = Text("另外还有 {count} 种同样简单的解释。", "There are {count} more readings as simple.")
BASIS = Text("依据：{text}", "Basis: {text}")
FOLLOWS = Text("此格未填；由其他各格推得应为 {value}", "left blank: from the other cells it must be {value}")
PROSE = Text("正文的数字", "figure in the prose")
OTHER_REPORT = Text("{source} 的{cell}", "{cell} in {source}")
MORE = Text("共 {count} 处", "{count} in all")

# Choices of a correction.
CONFIDENCE = Text("把握{confidence}：{slips}", "confidence {confidence}: {slips}")
CHOICE_BLANK = Text("未填，可由其他各格推得", "blank, and follows from the other cells")
CHOICE_SENTENCE = Text("缺一句（草稿）：{finding}", "a sentence is missing (a draft): {finding}")
CONFIRM = Text(
    "这是草稿，不是事实：写进去以后请核对、改成实际情况，并删去【】里的话",
    "a draft, and no fact: once it is in, check it, say what is true, and delete the words in 【 】",
)
GONE = Text("改后不再有：{findings}", "then gone: {findings}")
EITHER = Text("与 {numbers} 只能选一", "instead of {numbers}, not with it")
BY_HAND = Text(
    "这一处不在表格里，或在另一份报告里，请手工改：{cell} {old} → {new}",
    "not in a table of this file, to be changed by hand: {cell} {old} → {new}",
)
NO_CHOICES = Text("没有可以改的数字，也没有可以补的句子", "there is no figure to put right, and no sentence to add")
UNEXPLAINED = Text("{codes}：{note}", "{codes}: {note}")
ASK = Text(
    "{number} 改吗？[y]改 [n]不改 [a]后面没有歧义的都改 [q]到此为止",
    "{number}: change it? [y]es [n]o [a]ll that follow and are not open [q]uit",
)
HOW_TO = Text("用 --accept {numbers} 接受，写出改好的副本", "--accept {numbers} accepts and writes a corrected copy")
NOTHING = Text("没有改动", "nothing was changed")
ADDED = Text(
    "加了 {count} 句草稿，请打开副本核对后再用",
    "sentences added as drafts: {count}; check them in the copy before you use it",
)
TRACKED = Text(
    "都是修订：在 Word 或 WPS 里逐处接受或拒绝", "all are tracked changes: accept or reject them in your word processor"
)
WRITTEN = Text("改好的副本：{path}（改了 {count} 格）", "corrected copy: {path} (cells changed: {count})")
LEFT_NONE = Text("再查副本：原有 {before} 项不符，现在没有了", "checked again: {before} findings before, none now")
LEFT = Text("再查副本：原有 {before} 项不符，还有 {after} 项", "checked again: {before} findings before, {after} left")

# Copies with notes.
COPIES = Text("带批注的副本 {count} 份：{names}", "copies with notes ({count}): {names}")
COPIES_NONE = Text("没有要批注的，没有写副本", "nothing to note: no copy was made")
NO_COPY = Text("没有写 {path} 的副本：{reason}", "no copy of {path}: {reason}")
