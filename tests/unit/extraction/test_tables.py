"""Placing cells by the words around them, and saying why where they cannot be placed."""

from __future__ import annotations

import pytest

from nianbao.errors import InputError
from nianbao.extraction import extract
from nianbao.formats import form_by_id
from nianbao.readers import document_from_bytes

HEAD = "临江区2024年政府信息公开工作年度报告\n一、总体情况\n好。\n二、主动公开政府信息情况\n"
DOCUMENTS = "第二十条第（一）项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n"
STRIP_HEAD = (
    "四、政府信息公开行政复议、行政诉讼情况\n行政复议 | 行政诉讼\n"
    "结果维持 | 结果 | 其他 | 尚未 | 总计 | 未经复议直接起诉 | 复议后起诉\n"
    "结果 | 结果 | 其他 | 尚未 | 总计 | 结果 | 结果 | 其他 | 尚未 | 总计\n"
)


def cells(text: str) -> dict[str, object]:
    """Read text and return the values of the cells found."""
    report = extract(document_from_bytes((HEAD + text).encode(), "case"))
    return {key: cell.value if cell.value is not None else cell.state for key, cell in report.cells.items()}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param("规章 | 1 | 2 | 3\n", {"regulations.made": 1, "regulations.in_force": 3}, id="official words"),
        pytest.param("规章 | 1 | | 3\n", {"regulations.made": 1, "regulations.repealed": "blank"}, id="a blank"),
        pytest.param("规章 | 1 | / | 3\n", {"regulations.repealed": "mark"}, id="a mark"),
        pytest.param("规章 | 1 | 2件 | 3\n", {"regulations.repealed": 2}, id="a unit"),
        pytest.param("规章 | 1 | 2（修订） | 3\n", {"regulations.repealed": "text"}, id="a remark"),
        pytest.param("规范性文件 | 4 | 5 | 6\n", {"normative_documents.made": 4}, id="a known variant"),
        pytest.param("行政规范性文牛 | 4 | 5 | 6\n", {"normative_documents.made": 4}, id="a misspelling"),
        pytest.param("规章 | 1 | 2\n", {}, id="a cell short"),
        pytest.param("规章 | 1 | 2 | 3 | 4\n", {}, id="a cell too many"),
        pytest.param("本级文件 | 1 | 2 | 3\n", {}, id="a row of their own"),
    ],
)
def test_rows_are_placed_by_their_labels(table: str, expected: dict[str, object]) -> None:
    """A row whose cells do not fit the heads stays unread; others are read whatever its label's slips."""
    found = cells(DOCUMENTS + table + "行政许可 | 9\n")

    assert {key: value for key, value in found.items() if key.removeprefix("disclosure.") in expected} == {
        f"disclosure.{key}": value for key, value in expected.items()
    }
    assert expected or not any(key.startswith(("disclosure.regulations", "disclosure.normative")) for key in found)


def test_columns_in_another_order_are_followed() -> None:
    """Heads decide what a column is, not its place."""
    found = cells(
        "第二十条第（一）项\n信息内容 | 现行有效件数 | 本年制发件数 | 本年废止件数\n规章 | 3 | 1 | 2\n行政许可 | 9\n"
    )

    assert [found[f"disclosure.regulations.{name}"] for name in ("made", "repealed", "in_force")] == [1, 2, 3]


def test_a_torn_head_is_read_in_the_forms_order() -> None:
    """First words of labels are enough for a strip, when all of them stand in the form's order."""
    found = cells(STRIP_HEAD + " | ".join(map(str, range(1, 16))))

    assert [value for key, value in found.items() if key.startswith("disputes.")] == list(range(1, 16))


@pytest.mark.parametrize("figures", [14, 16])
def test_a_strip_that_does_not_fit_is_left_unread(figures: int) -> None:
    """With a figure too few or too many nothing is guessed, and the reason is given for every cell."""
    report = extract(
        document_from_bytes((HEAD + DOCUMENTS + STRIP_HEAD + " | ".join(["0"] * figures)).encode(), "case")
    )

    assert not any(key.startswith("disputes.") for key in report.cells)
    reasons = {str(text) for key, text in report.unread.items() if key.startswith("disputes.")}
    assert reasons == {f"表四（第 11 行）的数据有 {figures} 格、表头认出 15 格，应各有 15 格，对不上"}


def test_a_group_that_stands_as_one_row_is_read_under_its_own_key() -> None:
    """A report may give a group one row of its own: its members are then not missing."""
    form = form_by_id("zfxxgk-2021")
    rows = [item.label for item in form.tables["applications"].rows.leaves if not item.id.startswith("other.")]
    head = "三、收到和处理政府信息公开申请情况\n自然人 | 法人或其他组织 | 总计\n"
    head += "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他\n"
    lines = [f"{label} | 1 | 0 | 0 | 0 | 0 | 0 | 1" for label in rows]
    lines.insert(-2, "（六）其他处理 | 5 | 0 | 0 | 0 | 0 | 0 | 5")

    report = extract(document_from_bytes((HEAD + head + "\n".join(lines)).encode(), "case"))

    assert report.cells["applications.other.natural_person"].value == 5
    assert not any(key.startswith("applications.") for key in report.unread)


def test_a_missing_table_is_told_for_its_cells() -> None:
    """What was not found is not a zero: each cell says which table is missing."""
    report = extract(document_from_bytes((HEAD + DOCUMENTS + "规章 | 1 | 2 | 3\n").encode(), "case"))

    assert "表三" in str(report.unread["applications.new.total"])
    assert "表四" in str(report.unread["disputes.review.total"])
    assert "行政许可" in str(report.unread["disclosure.licensing.decisions"])


@pytest.mark.parametrize("text", ["今天天气很好。", "首页 | 新闻\n通知 | 公告", "<html><body><p>晴</p></body></html>"])
def test_what_is_no_report_is_refused(text: str) -> None:
    """A text without any heading or table of a form is no report."""
    with pytest.raises(InputError) as caught:
        extract(document_from_bytes(text.encode(), "case"))

    assert caught.value.code == "not-a-report"
