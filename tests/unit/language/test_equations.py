"""Relations become equations by alignment; what does not fit is told, with its place."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.language.making import NEW, OLD

from nianbao.language.linear import Term, equations
from nianbao.language.mistakes import Mistake

if TYPE_CHECKING:
    from nianbao.model.form import Form

BALANCE, RESULTS, APPLICANTS = (
    "新收 + 上年结转 = 办理总计 + 结转下年",
    "办理总计 = 合计(办理结果)",
    "总计 = 合计(申请人)",
)
OTHER_ROW = frozenset({"applications.other"})


@pytest.mark.parametrize(
    ("source", "within", "form", "count"),
    [
        (BALANCE, "applications", NEW, 7),
        (BALANCE, "applications", OLD, 7),
        (RESULTS, "applications", NEW, 7),
        (RESULTS, "表三", OLD, 7),
        (APPLICANTS, "applications", NEW, 25),
        (APPLICANTS, "applications", OLD, 23),
        ("总计 = 合计(审理结果)", "disputes", NEW, 3),
        ("有效 − 制发 + 废止 ≥ 0", "disclosure", NEW, 2),
        ("上年结转 = 去年.结转下年", "applications", NEW, 7),
        ("新收[总计] = 合计(新收[申请人])", "applications", NEW, 1),
        ("表三.新收.总计 ≥ 复议.总计", None, NEW, 1),
        ("新收 <= 新收[总计]", "applications", NEW, 7),
    ],
)
def test_open_axis_is_instantiated_for_every_shared_member(
    source: str, within: str | None, form: Form, count: int
) -> None:
    """A relation stands once for each row or column that all its names share; once when nothing is open."""
    assert len(equations(source, form, within=within)) == count


def test_the_three_lines_and_the_disputes_give_every_equation_of_a_form() -> None:
    """The forms of 2021 and 2019 have 42 and 40 equations, no two of them the same."""
    lines = [(BALANCE, "applications"), (RESULTS, "applications"), (APPLICANTS, "applications")]
    lines.append(("总计 = 合计(审理结果)", "disputes"))
    for form, count in ((NEW, 42), (OLD, 40)):
        found = [one for source, within in lines for one in equations(source, form, within=within)]
        assert len(found) == len(set(found)) == count


@pytest.mark.parametrize(
    "source",
    [
        "新收 ＋ 上年结转 ＝ 办理总计 ＋ 结转下年",
        "新收+上年结转==办理总计+结转下年",
        "new + carried_in = rows.total + carried_out",
        "applications.new + 表三.上年结转 = 行.办理总计 + 结转下年",
        "（新收 + 上年结转） × 1 = 办理总计 + 结转下年",
        "新收 = 办理总计 + 结转下年 − 上年结转 + 2 × (上年结转 - 上年结转)",
    ],
)
def test_signs_languages_and_dotted_names_mean_the_same(source: str) -> None:
    """Full-width and ASCII signs, Chinese names and ids, and brackets give the same cells on balance."""

    def balance(text: str) -> list[dict[str, int | Decimal]]:
        found = []
        for one in equations(text, NEW, within="applications"):
            weights = {term.key: term.coefficient for term in one.left.terms}
            for term in one.right.terms:
                weights[term.key] = weights.get(term.key, 0) - term.coefficient
            found.append({key: weight for key, weight in weights.items() if weight})
        return found

    assert balance(source) == balance(BALANCE)


def test_an_equation_is_data() -> None:
    """Terms carry key, weight and period; the binding says for which member the instance stands."""
    (one,) = equations("2 × 新收[自然人] − 3 = 去年.新收[自然人] ÷ 4", NEW, within="applications")
    key = "applications.new.natural_person"
    assert one.left == ((Term(key, 2, "this"),), -3)
    assert one.right == ((Term(key, Decimal("0.25"), "prior"),), 0)
    assert (one.relation, one.binding, one.table, one.subject) == ("=", (), "applications", key)
    assert equations(BALANCE, NEW, within="applications")[1].binding == (("columns", "enterprise"),)


def test_a_group_that_stands_as_one_row_takes_the_place_of_its_members() -> None:
    """The sum over results takes the group's cell, the rows' equations the group's row, and the members' are gone."""
    results = equations(RESULTS, NEW.with_merged(OTHER_ROW), within="applications")
    keys = {term.key for term in results[0].terms}
    assert "applications.other.natural_person" in keys
    assert not any(key.startswith("applications.other.unpaid") for key in keys)
    rows = [one.binding[0][1] for one in equations(APPLICANTS, NEW.with_merged(OTHER_ROW), within="applications")]
    assert len(rows) == 23
    assert "other" in rows
    assert equations("其他情形 = 0", NEW.with_merged(OTHER_ROW), within="applications") == ()
    assert len(equations("其他处理 = 0", NEW.with_merged(OTHER_ROW), within="applications")) == 7


def test_an_id_goes_before_the_last_part_of_a_longer_one() -> None:
    """``other`` is the group of that id, not the member ``other.other``; the dotted name reaches the member."""
    (group,) = equations("sum(other[total]) = 0", NEW, within="applications")
    assert len(group.left.terms) == 3
    (member,) = equations("other.other.total = 0", NEW, within="applications")
    assert member.subject == "applications.other.other.total"


MISTAKES = [
    (
        "新收 + 上年结转 = 办理总计 + 结转下",
        "applications",
        19,
        "no row or column '结转下' in 表三; did you mean '结转下年'?",
    ),
    ("若新收 = 0", "applications", 0, "no row or column '若新收'; put a space behind '若'"),
    ("新收 = 总计", "applications", 5, "this name leaves the rows open and another the columns; pick one in [ ]"),
    ("total = sum(applicants)", "applications", 0, "'total' means more than one thing; write"),
    ("新收 + = 1", "applications", 5, "expected a name, a number or '(', found '='"),
    ("新收 = 1 + (2", "applications", 11, "expected ')', found the end"),
    ("新收 = 1 = 2", "applications", 7, "a relation cannot be chained; join two relations with 'and'"),
    ("新收 + 1", "applications", 0, "expected two sides joined by one of = ≠ < ≤ > ≥"),
    ("新收 × 上年结转 = 1", "applications", 3, "× needs a number on one side"),
    ("新收 ÷ 3 = 1", "applications", 3, "1 ÷ 3 has no exact decimal; multiply the other side instead"),
    ("新收 ÷ 0 = 1", "applications", 3, "÷ 0"),
    ("1 ÷ 新收 = 1", "applications", 2, "÷ needs a number behind it"),
    ("办理总计 = 不予公开", "applications", 7, "'不予公开' is a group; write 合计(不予公开) or sum(不予公开)"),
    ("办理总计 = 合计(新收)", "applications", 10, "'新收' is no group; groups here: 办理结果, 不予公开"),
    ("办理总计 = 平均(办理结果)", "applications", 7, "no function '平均' in a sum; known here: 合计 (sum)"),
    ("新收[总数] = 1", "applications", 3, "no column '总数' in 表三; did you mean '总计'?"),
    ("收费[有效] = 1", "disclosure", 0, "row 收费 has no column 有效; it has: 金额"),
    ("新收 = 1 # 2", "applications", 7, "unexpected '#'; expected a name, a number or a sign"),
    ("1 = 1", "applications", 2, "no cell takes part"),
    ("规章 = 1 + 许可", "disclosure", 0, "the names share no member of the columns of 表二"),
    ("新收 = 1 + 复议", None, 9, "the columns of 表三 and 表四 are not the same; pick cells"),
    ("(" * 70 + "新收" + ")" * 70 + " = 1", "applications", 60, "nested deeper than 60"),
    ("新收 = " + "1 + " * 300 + "1", "applications", 801, "more than the 400 names, numbers and signs allowed"),
]


@pytest.mark.parametrize(("source", "within", "at", "reason"), MISTAKES)
def test_a_mistake_says_what_was_expected_and_where(source: str, within: str | None, at: int, reason: str) -> None:
    """Every mistake has a reason with a way out, and the place in the expression that the caret points at."""
    with pytest.raises(Mistake) as caught:
        equations(source, NEW, within=within)
    assert caught.value.reason.en.startswith(reason)
    assert caught.value.at == at


def test_an_unknown_table_is_a_mistake_of_the_table_not_of_the_equation() -> None:
    """The mistake stands under ``within``, with the nearest table."""
    with pytest.raises(Mistake, match="did you mean 'applications'") as caught:
        equations(BALANCE, NEW, within="aplications")
    assert caught.value.path == ("within",)


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["新收", "总计", "合计", "(", ")", "[", "]", "+", "=", "×", "若", "则", "1", ".", "2", "且"])
    ).map(" ".join)
)
def test_any_text_is_an_equation_or_a_mistake(source: str) -> None:
    """Whatever is written, it compiles or is told to be wrong at a place inside it; nothing else is raised."""
    place = 0
    try:
        equations(source, NEW, within="applications")
    except Mistake as mistake:
        place = mistake.at or 0
    assert 0 <= place <= len(source)
