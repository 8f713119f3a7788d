"""What notes and corrections say of their own, in both languages."""

from __future__ import annotations

from nianbao.messages import Text, filled

PHRASES = {
    "should-high": Text("{old} 很可能应为 {new}（{slip}）", "{old} should very likely be {new} ({slip})"),
    "should-medium": Text("{old} 可能应为 {new}（{slip}）", "{old} should probably be {new} ({slip})"),
    "should-low": Text("{old} 或应为 {new}（{slip}）", "{old} may have to be {new} ({slip})"),
    "should": Text("{cell}：{old} 应为 {new}", "{cell}: {old} should be {new}"),
    "severity": Text("{severity}：{title}", "{severity}: {title}"),
    "fails": Text("{code} {title}：{message}", "{code} {title}: {message}"),
    "then": Text("这样改后，有关表格的 {of} 个等式有 {held} 个成立。", "With that, {held} of {of} equations hold."),
    "then-all": Text("这样改后，有关表格的 {of} 个等式全部成立。", "With that, all {of} equations hold."),
    "together": Text("要一起改：{changes}", "To be changed with it: {changes}"),
    "instead": Text("也可能是：{changes}", "It may also be: {changes}"),
    "reading-high": Text("很可能是：{changes}", "Very likely: {changes}"),
    "reading-medium": Text("可能是：{changes}", "Probably: {changes}"),
    "reading-low": Text("或是：{changes}", "Perhaps: {changes}"),
    "more-readings": Text("另外还有 {count} 种同样简单的解释。", "There are {count} more readings as simple."),
    "basis": Text("依据：{text}", "Basis: {text}"),
    "follows": Text("此格未填；由其他各格推得应为 {value}", "left blank: from the other cells it must be {value}"),
    "prose": Text("正文的数字", "figure in the prose"),
    "other-report": Text("{source} 的{cell}", "{cell} in {source}"),
    "more": Text("共 {count} 处", "{count} in all"),
    "list": Text("；", "; "),
    # Choices of a correction.
    "confidence": Text("把握{confidence}：{slips}", "confidence {confidence}: {slips}"),
    "choice-blank": Text("未填，可由其他各格推得", "blank, and follows from the other cells"),
    "gone": Text("改后不再有：{findings}", "then gone: {findings}"),
    "either": Text("与 {numbers} 只能选一", "instead of {numbers}, not with it"),
    "by-hand": Text(
        "这一处不在表格里，或在另一份报告里，请手工改：{cell} {old} → {new}",
        "not in a table of this file, to be changed by hand: {cell} {old} → {new}",
    ),
    "no-choices": Text("没有可以改的数字", "there is no figure to put right"),
    "unexplained": Text("{codes}：{note}", "{codes}: {note}"),
    "ask": Text(
        "{number} 改吗？[y]改 [n]不改 [a]后面没有歧义的都改 [q]到此为止",
        "{number}: change it? [y]es [n]o [a]ll that follow and are not open [q]uit",
    ),
    "how-to": Text(
        "用 --accept {numbers} 接受，写出改好的副本", "--accept {numbers} accepts and writes a corrected copy"
    ),
    "nothing": Text("没有改动", "nothing was changed"),
    "written": Text("改好的副本：{path}（改了 {count} 格）", "corrected copy: {path} (cells changed: {count})"),
    "left-none": Text(
        "再查副本：原有 {before} 项不符，现在没有了", "checked again: {before} findings before, none now"
    ),
    "left": Text(
        "再查副本：原有 {before} 项不符，还有 {after} 项", "checked again: {before} findings before, {after} left"
    ),
    # Copies with notes.
    "copies": Text("带批注的副本 {count} 份：{names}", "copies with notes ({count}): {names}"),
    "copies-none": Text("没有要批注的，没有写副本", "nothing to note: no copy was made"),
    "no-copy": Text("没有写 {path} 的副本：{reason}", "no copy of {path}: {reason}"),
}


def told(phrase: str, lang: str, **arguments: object) -> str:
    """Return a phrase in a language, its places filled.

    Raises:
        KeyError: no such phrase, or a place has no argument.
    """
    return filled(PHRASES[phrase].get(lang), arguments, language=lang) if arguments else PHRASES[phrase].get(lang)
