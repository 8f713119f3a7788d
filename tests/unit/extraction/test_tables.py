"""Placing cells by the words around them, and saying why where they cannot be placed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nianbao.errors import InputError
from nianbao.extraction import extract
from nianbao.extraction.tables.labels import Labels
from nianbao.forms.loading import form_by_id
from nianbao.model.document import Document, Paragraph, Table, TableCell
from nianbao.model.form import Axis
from nianbao.model.location import Location
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
    head = f"<html><body><p>{HEAD.replace(chr(10), '</p><p>')}</p>" if text.startswith("<") else HEAD
    report = extract(document_from_bytes((head + text).encode(), "case"))
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


def on_its_side(*, count: int = 5) -> str:
    """Return a page with a strip that lies on its side, with as many heads below each upper one."""
    leaves = [item.label for item in form_by_id("zfxxgk-2021").tables["disputes"].columns.leaves][:count]
    uppers = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    rows = [(upper if not number else "", leaf) for upper in uppers for number, leaf in enumerate(leaves)]
    lines = [f"<tr><td>{upper}<td>{leaf}<td>{number}" for number, (upper, leaf) in enumerate(rows, 1)]
    return f"<p>四、政府信息公开行政复议、行政诉讼情况</p><table>{''.join(lines)}</table>"


def test_a_strip_that_lies_on_its_side_is_told_of() -> None:
    """If every head is there with a figure behind it: else other things may be wrong with it."""
    page = f"<p>{HEAD.replace(chr(10), '</p><p>')}</p>"

    whole, lacking = (
        extract(document_from_bytes((page + on_its_side(count=count)).encode(), "case")) for count in (5, 4)
    )

    assert not any(key.startswith("disputes.") for key in whole.cells)
    assert {
        "横竖对调了：“结果维持”“结果纠正”等列名" in str(whole.unread[key]) for key in whole.unread if "disputes" in key
    } == {True}
    assert not any("横竖对调" in str(reason) for reason in lacking.unread.values())


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


APPLICANTS = "自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计\n"


def test_a_line_with_the_head_of_a_group_alone_changes_nothing() -> None:
    """As on a second page that repeats no more than that."""
    found = cells(
        "三、收到和处理政府信息公开申请情况\n项目 | " + APPLICANTS + "（一）予以公开 | 1 | 2 | 3 | 4 | 5 | 6 | 21\n"
        "项目 | 申请人情况 | 法人或其他组织\n（七）总计 | 7 | 8 | 9 | 1 | 2 | 3 | 30\n"
    )

    assert found["applications.total.welfare"] == 1


def test_a_label_without_figures_is_told() -> None:
    """With its line; the rows around it are read."""
    flow = "信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n规章 |\n行政规范性文件 |\n1 |\n2 |\n3 |\n"
    report = extract(document_from_bytes((HEAD + flow).encode(), "case"))

    assert report.cells["disclosure.normative_documents.in_force"].value == 3
    assert str(report.unread["disclosure.regulations.made"]) == "表二“规章”一行（第 9 行）后面没有认出数据格"


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Location(page=2, table=1, row=2, cell=1, box=(1, 2, 3, 4)), "第 2 页 第 2 行第 1 格"),
        (Location(sheet="表二", ref="B7"), "表二!B7"),
        (Location(table=3, row=2, cell=2), "第 2 行第 2 格"),
        (Location(line=5, column=2), "第 5 行"),
    ],
)
def test_reasons_say_where_to_look_in_the_terms_of_the_source(place: Location, shown: str) -> None:
    """A page, a cell of a sheet or of a table, where there is no line."""
    rows = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "1", "2"]]
    cells = tuple(TableCell(text, r, c, location=place) for r, row in enumerate(rows) for c, text in enumerate(row))
    blocks = (Paragraph("二、主动公开政府信息情况"), Table(cells), Paragraph("三、收到和处理政府信息公开申请情况"))

    report = extract(Document("case", "test", "0", blocks))

    expected = f"表二“规章”一行（{shown}）有 2 个数据格，应有 3 个，分不清各属哪一列"
    assert str(report.unread["disclosure.regulations.made"]) == expected


def test_two_rows_may_stand_side_by_side() -> None:
    """A label behind figures begins another row."""
    found = cells(DOCUMENTS + "规章 | 1 | 2 | 3 | 行政规范性文件 | 4 | 5 | 6\n")

    assert [found[f"disclosure.{row}.repealed"] for row in ("regulations", "normative_documents")] == [2, 5]


BROKEN = """<p>三、收到和处理政府信息公开申请情况</p><table>
<tr><td>项目</td><td>自然人</td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td>
<td>总计</td></tr><tr><td>（七）总计</td><td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td></tr>
<tr><td>四、结转下年</td><td>5</td><td>0</td><td></td><td>0</td><td></td><td>UPPER</td><td>6</td></tr>
<tr><td>度继续办理</td><td></td><td></td><td>1</td><td></td><td>0</td><td>0</td><td></td></tr></table>"""


def test_figures_above_and_below_a_page_break_are_one_row() -> None:
    """A row is cut with its label, each figure whole on one of the pages; where two stand in a column, none is read."""
    whole, doubled = (cells(BROKEN.replace("UPPER", upper)) for upper in ("", "9"))

    names = ("natural_person", "enterprise", "research", "welfare", "legal", "other_org", "total")
    assert [whole[f"applications.carried_out.{name}"] for name in names] == [5, 0, 1, 0, 0, 0, 6]
    assert not any(key.startswith("applications.carried_out.") for key in doubled)


def test_labels_that_are_alike_but_for_their_numbers_are_told_by_them() -> None:
    """A label without its number may mean either, and is none of them."""
    form = form_by_id("zfxxgk-2021")
    table = form.tables["applications"]
    items = dict(table.rows.items)
    items["granted"] = items["granted"]._replace(label="（一）同样处理")
    items["partial"] = items["partial"]._replace(label="（二）同样处理", variants=())
    labels = Labels(replace(table, rows=Axis(items)))

    matches = [labels.match(text, among_values=True) for text in ("（一）同样处理", "(二) 同样处理", "同样处理")]
    assert [match.item.id if match and match.item else None for match in matches] == ["granted", "partial", None]


def test_labels_are_looked_up_alike_however_many_came_before() -> None:
    """What is remembered of texts is bounded, and changes no answer."""
    labels = Labels(form_by_id("zfxxgk-2021").tables["disclosure"])
    asked = [*(f"第{number}件事" for number in range(6000)), "规章"]

    assert [text for text in asked if labels.match(text, among_values=True)] == ["规章"]
