"""Tables that are alike but for their figures are placed alike, and no kept plan ever changes what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import draw_report
from tests.support.rendering import PAGES, TEXTS, rendered

from nianbao.extraction import extract
from nianbao.extraction.tables.labels import labels_of
from nianbao.extraction.tables.plans import Plans
from nianbao.forms.loading import builtin_forms
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.report import Report

KINDS = [*TEXTS, *PAGES]


def forget() -> None:
    """Throw all plans away."""
    for form in builtin_forms():
        for table in form.tables.values():
            labels_of(table).plans = Plans()


def read(text: bytes) -> Report:
    """Read a source."""
    return extract(document_from_bytes(text, "drawn"))


@pytest.mark.parametrize("kind", KINDS)
@given(seeds=st.lists(st.integers(0, 2**20), min_size=2, max_size=4), cut=st.integers(0, 40), form=st.integers(0, 1))
def test_a_plan_changes_nothing(kind: str, seeds: list[int], cut: int, form: int) -> None:
    """Reports read one after the other say what each says when it is read alone; damaged ones too."""
    sources = [rendered(draw_report(builtin_forms()[form], seed), kind) for seed in seeds]
    sources += [
        source.replace(b">0<", b"><", cut).replace(b"| 0", b"|", cut).replace(b"\t0", b"\t", cut) for source in sources
    ]
    alone = []
    for source in sources:
        forget()
        alone.append(read(source))

    forget()
    first = [read(source) for source in sources]
    together = [read(source) for source in sources]  # what is met again has a plan

    assert [one.cells for one in first] == [one.cells for one in alone]
    assert [one.cells for one in together] == [one.cells for one in alone]
    assert [one.unread for one in together] == [one.unread for one in alone]


@pytest.mark.parametrize("row", ["规章 | 1 |", "规章 | 123 |"])
def test_a_figure_that_may_be_several_is_never_placed_by_another_s_plan(row: str) -> None:
    """One digit is one figure; three in the only cell of a row with three columns may be one each."""
    head = "二、主动公开政府信息情况\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n"
    rest = "\n行政规范性文件 | 3 | 1 | 8\n三、收到和处理政府信息公开申请情况\n"
    forget()
    first = read((head + row + rest).encode())
    for _time in range(2):
        read((head + "规章 | 4 |" + rest).encode())

    again = read((head + row + rest).encode())

    assert (again.cells, again.unread) == (first.cells, first.unread)


SPANNED = (
    "<p>二、主动公开政府信息情况</p><table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td>"
    "<td colspan=2>现行有效件数</td></tr><tr><td>规章</td><td>1</td><td>2</td><td>3</td><td>{figure}</td></tr></table>"
    "<p>三、收到和处理政府信息公开申请情况</p>"
)
STRIP = "行政复议 | \n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计\n1 | 2 | 3 | 4 | {figure}\n"
TWICE = f"四、政府信息公开行政复议、行政诉讼情况\n{STRIP.format(figure=10)}\n五、存在的主要问题及改进情况\n好。\n"
TWICE += f"四、政府信息公开行政复议、行政诉讼情况\n{STRIP}"


@pytest.mark.parametrize(
    ("source", "same", "other"), [(SPANNED, "3", "7"), (TWICE, "10", "11")], ids=["spanned", "twice"]
)
def test_figures_that_agree_are_no_plan_for_those_that_do_not(source: str, same: str, other: str) -> None:
    """A cell that is given twice is read where both say the same, and only there."""
    forget()
    for _time in range(3):  # so often that a plan would be kept
        agreed = read(source.format(figure=same).encode())
    differing = read(source.format(figure=other).encode())
    forget()

    assert len(agreed.cells) > len(differing.cells)
    assert differing.cells == read(source.format(figure=other).encode()).cells
