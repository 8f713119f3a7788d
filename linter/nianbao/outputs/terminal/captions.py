"""The fixed texts of results on a terminal, in both languages; those shared with other outputs are elsewhere."""

from __future__ import annotations

from nianbao.messages import Text

CLEAN = Text("没有发现要改的地方", "nothing found to change")
CLEAN_PART = Text("查过的部分没有发现要改的地方", "nothing found to change in what was checked")
TO_CHANGE = Text("你要改的 {count} 处：", "{count} corrections to make:")
TO_CHANGE_ONE = Text("你要改的 1 处：", "1 correction to make:")
HINTS = Text("可以再看一眼的 {count} 处：", "{count} worth a second look:")
FILL = Text("可补", "blank")
NUMBERED = Text("{number}. ", "{number}. ")
WHY = Text("为什么：", "why:")
WHY_OF = Text("第 {numbers} 处，为什么：", "why {numbers}:")
ADVICE = Text("建议和依据：", "advice and authority:")
ADVICE_OF = Text("第 {numbers} 处：{text}", "{numbers}: {text}")
ADVICE_BASIS = Text("{help}。依据：{basis}", "{help}; basis: {basis}")
BASIS_ALONE = Text("依据：{basis}", "basis: {basis}")
CODE = Text("（{codes}）", " ({codes})")
DOCUMENTS_BETWEEN = Text("；", "; ")
RANGE = Text("{first}–{last}", "{first}–{last}")
FOR_THAT = Text("未判 {count} 项，因为第 {numbers} 处{codes}", "undecided {count}, because of {numbers}{codes}")
FOR_HINTS = Text("未判 {count} 项，因为上面所说{codes}", "undecided {count}, because of the above{codes}")
LEFT_OUT = Text(
    "还有 {count} 处没有列出；看全部：nianbao check {path}", "{count} more not listed; all: nianbao check {path}"
)
LEFT_OUT_ERRORS = Text(
    "还有 {count} 处没有列出，其中错误 {errors} 处；看全部：nianbao check {path}",
    "{count} more not listed, {errors} of them errors; all: nianbao check {path}",
)
DETAILS_LEFT_OUT = Text(
    "有些细节从略；看全部：nianbao check {path}", "some details left out; all: nianbao check {path}"
)
