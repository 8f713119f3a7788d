"""The names of slips, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text
from nianbao.model import slip

if TYPE_CHECKING:
    from collections.abc import Mapping

SLIP_ANY = Text("各种笔误", "slips of all kinds")
SLIP_NAMES: Mapping[slip.SlipKind, Text] = {
    slip.TRANSPOSED: Text("数字颠倒", "digits transposed"),
    slip.OTHER_DIGIT: Text("错一位数字", "one digit wrong"),
    slip.DROPPED: Text("漏一位数字", "digit dropped"),
    slip.DOUBLED: Text("重复一位数字", "digit doubled"),
    slip.ADDED: Text("多写一位数字", "digit added"),
    slip.ZERO_ADDED: Text("多一个零", "zero added"),
    slip.UNIT: Text("单位不对", "wrong unit"),
    slip.ZEROED: Text("数字成了 0", "0 in place of a figure"),
    slip.BLANKED: Text("漏填", "left blank"),
    slip.STRAY: Text("应为 0 却填了数", "a figure in place of 0"),
    slip.COPIED: Text("照抄了相邻格", "copied from the cell beside"),
    slip.UNCLEAR: Text("数字不对", "another figure"),
    slip.MOVED: Text("错填到相邻格", "moved to the cell beside"),
    slip.EXCHANGED: Text("相邻两格填反", "neighbours exchanged"),
    slip.TORN: Text("一个数拆成了两格", "one number torn in two"),
    slip.JOINED: Text("两个数并成了一格", "two numbers run together"),
    slip.SHIFTED_ROW: Text("整行错格", "row shifted"),
    slip.SHIFTED_COLUMN: Text("整列错格", "column shifted"),
    slip.EXCHANGED_APART: Text("两格填反", "two cells exchanged"),
    slip.COPIED_ROW: Text("像是抄了上年报告的同一行", "looks like the same row of last year's report"),
    slip.SAME_AMOUNT: Text("相差同一个数，像是记错了格", "off by the same amount, as if counted in another cell"),
    slip.WITH_TOTAL: Text("总计是按错数加出来的", "the total was added up with the wrong figure"),
}
