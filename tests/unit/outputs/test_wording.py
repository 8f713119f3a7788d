"""What slips are called, in sentences of both languages, and equations with their cells named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.outputs.explaining import THIS, judged, person, reading, report_of

from nianbao.forms.loading import form_by_id
from nianbao.model import slip
from nianbao.model.explanation import Change
from nianbao.model.location import Location
from nianbao.model.outcome import CellRef
from nianbao.model.report import Cell, Report
from nianbao.model.result import Checked
from nianbao.outputs.terminal.equations import NOTHING, Corrected, spelled
from nianbao.outputs.wording.sentences import holding, step
from nianbao.outputs.wording.sums import plain_sum, strip_of
from nianbao.voice import CHINESE, ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nianbao.model.finding import Finding
    from nianbao.model.slip import SlipKind

    Made = Callable[..., Finding]

FORM = form_by_id("zfxxgk-2021")
CHECKED = Checked("a.txt", Report("a.txt", "0" * 64, FORM, year=2024), Report("b.txt", "1" * 64, FORM, year=2023))
GRANTED, PARTIAL = "（一）予以公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"


def change(key: str, old: int | None, new: int, name: SlipKind = slip.UNCLEAR) -> Change:
    """Return a change of a cell of this year's report."""
    return Change(key, old, new, name, location=Location(7, 9))


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        pytest.param(
            [change(person("granted"), 84, 48, slip.TRANSPOSED)],
            f"表三“{GRANTED}”行“自然人”列：填的是 84，很可能应为 48（数字颠倒）",
            "Table 3, row “granted”, column “natural persons” says 84 and should very likely be 48 (digits transposed)",
            id="one figure",
        ),
        pytest.param(
            [change(person("granted"), 84, 48)],
            f"表三“{GRANTED}”行“自然人”列：填的是 84，很可能应为 48",
            "Table 3, row “granted”, column “natural persons” says 84 and should very likely be 48",
            id="no known slip",
        ),
        pytest.param(
            [change(person("granted"), None, 48, slip.BLANKED)],
            f"表三“{GRANTED}”行“自然人”列：没有填，很可能应为 48",
            "Table 3, row “granted”, column “natural persons” is blank and should very likely be 48",
            id="a blank",
        ),
        pytest.param(
            [change("disputes.review.total", 0, 11, slip.ZEROED)],
            "表四“行政复议”的“总计”：填的是 0，很可能应为 11（数字成了 0）",
            "Table 4, “reviews”, “total” says 0 and should very likely be 11 (0 in place of a figure)",
            id="a table that stands across",
        ),
        pytest.param(
            [change(person("carried_out"), 60, 6)._replace(source="b.txt", year=2023)],
            "2023 年度报告表三“四、结转下年度继续办理”行“自然人”列：填的是 60，很可能应为 6",
            "Table 3, row “carried out”, column “natural persons” of the report of 2023 says 60 and should very likely "
            "be 6",
            id="another report",
        ),
        pytest.param(
            [change("", 12, 21, slip.TRANSPOSED)],
            "正文写的是 12，很可能应为 21（数字颠倒）",
            "the text says 12 and should very likely be 21 (digits transposed)",
            id="the prose",
        ),
        pytest.param(
            [change("no.such.cell", 1, 2)],
            "no.such.cell：填的是 1，很可能应为 2",
            "no.such.cell says 1 and should very likely be 2",
            id="a cell that no form has",
        ),
        pytest.param(
            [change(person("granted"), 5, 6, slip.EXCHANGED), change(person("partial"), 6, 5, slip.EXCHANGED)],
            f"表三“{GRANTED}”行“自然人”列的 5 与“{PARTIAL}”行的 6 很可能填反了",
            "5 in Table 3, row “granted”, column “natural persons” and 6 in row “partly granted” are very likely "
            "exchanged",
            id="exchanged in a column",
        ),
        pytest.param(
            [change(person("granted"), 0, 6, slip.MOVED), change(person("partial"), 6, 0, slip.MOVED)],
            f"表三“{PARTIAL}”行“自然人”列的 6 很可能应填在“{GRANTED}”行",
            "6 in Table 3, row “partly granted”, column “natural persons” very likely belongs in row “granted”",
            id="moved",
        ),
        pytest.param(
            [
                change("applications.granted.enterprise", 126, 12, slip.JOINED),
                change("applications.granted.research", 0, 6, slip.JOINED),
            ],
            f"表三“{GRANTED}”行“商业企业”列的 126 很可能是并在一格里的两个数：“商业企业”列应为 12、“科研机构”列应为 6",
            "126 in Table 3, row “granted”, column “enterprises” is very likely two numbers run together: "
            "column “enterprises” should be 12, column “research bodies” should be 6",
            id="joined",
        ),
        pytest.param(
            [change(f"disputes.review.{one}", 1, 2, slip.TORN) for one in ("upheld", "other")],
            "表四“行政复议”的“维持”的 1 与“其他”的 1 很可能是拆开的一个数：“维持”应为 2、“其他”应为 2",
            "1 in Table 4, “reviews”, “upheld” and 1 in “other” are very likely one number torn in two: "
            "“upheld” should be 2, “other” should be 2",
            id="torn in a table that stands across",
        ),
        pytest.param(
            [
                change(person("granted"), 5, 6, slip.EXCHANGED),
                change("applications.partial.enterprise", 6, 5, slip.EXCHANGED),
            ],
            f"表三“{GRANTED}”行“自然人”列的 5 与表三“{PARTIAL}”行“商业企业”列的 6 很可能填反了",
            "5 in Table 3, row “granted”, column “natural persons” and 6 in Table 3, row “partly granted”, column "
            "“enterprises” are very likely exchanged",
            id="exchanged across",
        ),
        pytest.param(
            [
                change(person("granted"), 5, 6, slip.EXCHANGED),
                change("disputes.review.total", 6, 5, slip.EXCHANGED),
            ],
            f"表三“{GRANTED}”行“自然人”列的 5 与表四“行政复议”的“总计”的 6 很可能填反了",
            "5 in Table 3, row “granted”, column “natural persons” and 6 in Table 4, “reviews”, “total” are very "
            "likely exchanged",
            id="exchanged between tables",
        ),
        pytest.param(
            [
                change(f"applications.granted.{one}", old, new, slip.SHIFTED_ROW)
                for one, old, new in (("enterprise", 0, 3), ("research", 3, 1), ("welfare", 1, 0))
            ],
            f"表三“{GRANTED}”行很可能有误（整行错格）：商业企业 0 → 3、科研机构 3 → 1、社会公益组织 1 → 0",
            "Table 3, row “granted”: very likely wrong (row shifted): enterprises 0 → 3, research bodies 3 → 1, "
            "public welfare bodies 1 → 0",
            id="a row shifted",
        ),
        pytest.param(
            [
                change(f"applications.{row}.{one}", old, new, slip.SHIFTED_COLUMN)
                for row in ("granted", "partial", "carried_in", "carried_out")
                for one, old, new in (("enterprise", 0, 3), ("research", 3, 0))
            ],
            "表三“商业企业”列、“科研机构”列很可能有误（整列错格）：予以公开 · 商业企业 0 → 3、"
            "予以公开 · 科研机构 3 → 0、"
            "部分公开 · 商业企业 0 → 3、部分公开 · 科研机构 3 → 0、上年结转 · 商业企业 0 → 3、"
            "上年结转 · 科研机构 3 → 0 等 8 格",
            "Table 3, column “enterprises”, column “research bodies”: very likely wrong (column shifted): "
            "granted · enterprises 0 → 3, granted · research bodies 3 → 0, partly granted · enterprises 0 → 3, "
            "partly granted · research bodies 3 → 0, carried in · enterprises 0 → 3, "
            "carried in · research bodies 3 → 0 "
            "and others, 8 in all",
            id="a column in its neighbour's place",
        ),
        pytest.param(
            [change(f"no.such.{one}", 1, 2, slip.SHIFTED_ROW) for one in ("a", "b", "c")],
            "no.such.a很可能有误（整行错格）：no.such.a 1 → 2、no.such.b 1 → 2、no.such.c 1 → 2",
            "no.such.a: very likely wrong (row shifted): no.such.a 1 → 2, no.such.b 1 → 2, no.such.c 1 → 2",
            id="cells that no form has",
        ),
    ],
)
def test_each_slip_has_its_sentence(changes: list[Change], zh: str, en: str) -> None:
    """It names the cells by what sets them apart, what stands there, and what should."""
    assert step(CHINESE, tuple(changes), checked=CHECKED, confidence="high") == zh
    assert step(ENGLISH, tuple(changes), checked=CHECKED, confidence="high") == en


@pytest.mark.parametrize(
    ("held", "of", "zh", "en"),
    [
        (39, 39, "改为 27 后，表三的 39 项加总都对得上。", "with 27 there, all 39 sums of Table 3 add up"),
        (
            37,
            39,
            "改为 27 后，以上都对得上（表三还有 2 项加总因别的原因对不上）。",
            "with 27 there, the above agree (2 other sums of Table 3 do not add up, for other causes)",
        ),
        (0, 0, "改为 27 后，以上都对得上。", "with 27 there, all of the above agree"),
    ],
)
def test_what_holds_then(held: int, of: int, *, zh: str, en: str) -> None:
    """All equations of the tables concerned, or the ones at hand where others fail for other causes."""
    key = person("unavailable.not_held")
    checked = judged(report_of(THIS, slips={key: 72}))
    told = reading(checked, (slip.TRANSPOSED, {key: 27}), holding=(held, of))

    assert holding(CHINESE, told, checked=checked, alone=False) == zh
    assert holding(ENGLISH, told, checked=checked, alone=False) == en


def equation(made: Made, figures: list[int], *, total: int, constant: int = 0) -> Finding:
    """Return a finding that a row's total is not the sum of its parts and a constant."""
    columns = ("total", *FORM.tables["applications"].columns.items["applicants"].members)
    cells = [
        Cell(f"applications.granted.{name}", value, "number" if value else "zero", str(value))
        for name, value in zip(columns, (total, *figures), strict=False)
    ]
    involved = [CellRef(cell, "right" if number else "left") for number, cell in enumerate(cells)]
    return made(*involved, sides=(total, sum(figures) + constant))


@given(
    figures=st.lists(st.integers(0, 99), min_size=2, max_size=6),
    total=st.integers(0, 99),
    constant=st.integers(-3, 3),
)
def test_a_spelled_equation_adds_up(figures: list[int], *, total: int, constant: int) -> None:
    """Both sides have the values behind them, and the sign and the difference are theirs."""
    from tests.unit.outputs.conftest import make_finding  # noqa: PLC0415 - fixtures and Hypothesis do not go together

    finding = equation(make_finding, figures, total=total, constant=constant)
    strip = strip_of(ENGLISH, finding, form=FORM)
    assert strip is not None
    text = spelled(ENGLISH, finding, strip=strip, figures=NOTHING)

    sides = re.split(" (?:≠|=) ", re.sub(r" \[[^\]]*\]", "", text.partition("  ")[0].replace("−", "-")))
    values = [eval(side) for side in sides]  # noqa: S307 - digits and signs
    right = sum(figures) + constant
    assert set(values) == {total, right}
    assert values[0] == total
    assert values[-1] == right
    assert ("≠" in text) is (total != right)
    assert text.endswith(("less", "more")) is (total != right)


def test_each_cell_is_named_and_the_figures_may_be_put_right(made: Made) -> None:
    """As they are, and as they should be."""
    finding = equation(made, [84, 0], total=48)
    strip = strip_of(CHINESE, finding, form=FORM)
    assert strip is not None
    figures = Corrected({(None, "applications.granted.natural_person"): 48})

    assert strip.line == f"“{GRANTED}”行"
    assert spelled(CHINESE, finding, strip=strip) == "48 [总计] ≠ 84 [自然人] + 0 [商业企业] = 84  少 36"
    assert spelled(CHINESE, finding, strip=strip, figures=figures) == "48 [总计] = 48 [自然人] + 0 [商业企业] = 48"


def summed(
    made: Made, *, left: Sequence[str], right: Sequence[str], figures: Sequence[int], weight: int = 1
) -> Finding:
    """Return a finding that cells of table 3 on two sides do not agree; the last cell has a weight."""
    keys = [*left, *right]
    weights = [1] * (len(keys) - 1) + [weight]
    refs = [
        CellRef(Cell(f"applications.{key}", value, "number", str(value)), "left" if key in left else "right", weighed)
        for key, value, weighed in zip(keys, figures, weights, strict=True)
    ]
    sides = [sum(ref.coefficient * (ref.value or 0) for ref in refs if ref.role == role) for role in ("left", "right")]
    return made(*refs, sides=tuple(sides), message="不等。")


NEW, CARRIED, TOTAL, REST = (f"{row}.natural_person" for row in ("new", "carried_in", "total", "carried_out"))
ACROSS = ("granted.natural_person", "granted.enterprise", "granted.research", "granted.legal")


@pytest.mark.parametrize(
    ("sides", "figures", "weight", "zh", "en"),
    [
        pytest.param(
            (["granted.total"], ACROSS),
            (48, 84, 1, 2, 3),
            1,
            f"“{GRANTED}”行：各项加起来是 90，“总计”填的是 48，少 42",
            "row “granted”: the parts add up to 90, “total” says 48, 42 less",
            id="a total",
        ),
        pytest.param(
            (ACROSS[:2], ["granted.total"]),
            (1, 2, 48),
            1,
            f"“{GRANTED}”行：“自然人”加“商业企业”是 3，“总计”填的是 48，多 45",
            "row “granted”: “natural persons” and “enterprises” make 3, “total” says 48, 45 more",
            id="a total of two, on the right",
        ),
        pytest.param(
            ([NEW, CARRIED], [TOTAL, REST]),
            (5, 1, 5, 2),
            1,
            "“自然人”列：“一、本年新收政府信息公开申请数量”加“二、上年结转政府信息公开申请数量”是 6，"
            "“（七）总计”加“四、结转下年度继续办理”是 7，相差 1",
            "column “natural persons”: “new” and “carried in” make 6, “total handled” and “carried out” make 7, "
            "1 apart",
            id="sums on both sides",
        ),
        pytest.param(
            ([TOTAL], [NEW, REST]),
            (5, 9, 3),
            -1,
            "“自然人”列：算下来是 6，“（七）总计”填的是 5，少 1",
            "column “natural persons”: the parts come to 6, “total handled” says 5, 1 less",
            id="a difference",
        ),
        pytest.param(([NEW], [TOTAL]), (5, 9), 1, "“自然人”列：", "column “natural persons”: ", id="two cells"),
        pytest.param(([NEW], ["granted.total", REST]), (5, 9, 1), 1, "不等", "en 不等", id="no row and no column"),
    ],
)
def test_a_sum_is_said_in_words(
    made: Made,
    sides: tuple[Sequence[str], Sequence[str]],
    figures: Sequence[int],
    weight: int,
    zh: str,
    en: str,
) -> None:
    """What the parts add up to, what is stated, and how much less or more that is; else what the rule says."""
    finding = summed(made, left=sides[0], right=sides[1], figures=figures, weight=weight)

    assert plain_sum(CHINESE, finding, form=FORM).startswith(zh)
    assert plain_sum(ENGLISH, finding, form=FORM).startswith(en)


def test_what_is_no_equation_of_cells_alone_has_the_words_of_its_rule(made: Made) -> None:
    """An inequality, and a sum with a constant."""
    finding = equation(made, [1, 2], total=9)
    constant = equation(made, [1, 2], total=9, constant=1)

    assert plain_sum(CHINESE, finding._replace(kind="inequality"), form=FORM) == "有错"
    assert plain_sum(CHINESE, constant, form=FORM) == "有错"


@pytest.mark.parametrize(
    "keys",
    [
        ["applications.granted.total"],
        ["applications.granted.total", "applications.partial.enterprise"],
        ["applications.granted.total", "disputes.review.total"],
        ["applications.granted.total", "no.such.cell"],
    ],
)
def test_cells_of_no_one_row_have_no_strip(made: Made, keys: list[str]) -> None:
    """One cell alone, cells of several rows and columns, of several tables, or of none."""
    cells = [CellRef(Cell(key, 1, "number", "1"), "left") for key in keys]

    assert strip_of(CHINESE, made(*cells, sides=(1, 2)), form=FORM) is None
