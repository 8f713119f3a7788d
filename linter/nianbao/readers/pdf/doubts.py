"""Why a figure of a page cannot be read for certain: the ends of sentences about its cell."""

from __future__ import annotations

from nianbao.messages import Text

TOGETHER = Text(
    "所在一行有数字叠在一起、连在一起或伸到格外，分不清各是多少",
    "is in a row with figures over each other, joined, or beyond their cells: what each of them is cannot be told",
)
NO_COLUMN = Text(
    "所在一行的数字没有和各列对齐，分不清各属哪一列",
    "is in a row whose figures do not stand in the columns: which column each belongs to cannot be told",
)
STRUCK_THROUGH = Text(
    "的数字上有一条横线穿过，分不清是不是删除线",
    "has a line through its figure: whether it is struck out cannot be told",
)
