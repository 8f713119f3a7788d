"""Whatever happens to the markup of a page, no cell is read with a figure that does not stand there."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.support.comparing import compared
from tests.support.damaging import DAMAGES
from tests.support.drawing import draw_report
from tests.support.rendering import rendered
from tests.support.sheets import distinct_report
from tests.support.thinning import scaled

from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms, form_by_id
from nianbao.model.form import Axis
from nianbao.readers import document_from_bytes

PAGES = ("clean", "word", "site", "one-line")
FORM = form_by_id("zfxxgk-2021")
NOTE = "表三表头合并有误，按官方格式的列序读"
CORNER = '<td rowspan="3" colspan="3">'
TOTAL = '<td rowspan="3">总计</td>'
SLIPS = {
    "a span too short": (CORNER, '<td rowspan="2" colspan="3">'),
    "a row begun twice": ('<tr><td rowspan="2">自然人', '<tr><tr><td rowspan="2">自然人'),
    "an empty row": ('<tr><td rowspan="2">自然人', '<tr></tr>\n<tr><td rowspan="2">自然人'),
    "a lost span": ('<td colspan="5">法人', "<td>法人"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_no_damage_of_markup_moves_a_figure(damage: str) -> None:
    """Tags lost, doubled or astray, spans off by one, tables torn: a cell is right, unread, or what damage wrote."""
    for seed in range(scaled(15)):
        dice = random.Random(f"{damage}/{seed}")
        form = dice.choice(builtin_forms())
        drawn = distinct_report(form, seed) if seed % 2 else draw_report(form, seed, blanks=seed % 3 == 0)
        page = rendered(drawn, dice.choice(PAGES)).decode()

        counts = compared(DAMAGES[damage](page, dice).encode(), drawn)

        assert counts.wrong == 0, seed


@pytest.mark.parametrize(("old", "new"), SLIPS.values(), ids=SLIPS)
def test_the_order_of_the_form_is_taken_where_every_head_stands_once(old: str, new: str) -> None:
    """A slip in the spans of heads exchanges no columns, and the report says how they were read."""
    drawn = distinct_report(FORM)
    page = rendered(drawn, "clean").decode()
    assert old in page

    report = extract(document_from_bytes(page.replace(old, new, 1).encode(), "slip"))

    assert {key: cell.value for key, cell in report.cells.items()} == dict(drawn.cells)
    assert [note.zh for note in report.notes] == [NOTE]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("<td>科研机构</td>", "<td></td>", id="a head is missing"),
        pytest.param("<td>科研机构</td>", "<td>商业企业</td>", id="a head stands twice"),
        pytest.param("<td>科研机构</td>", "科研机构", id="a head stands outside its cell"),
        pytest.param(
            "<td>科研机构</td><td>社会公益组织</td>", "<td>科研机构社会公益组织</td>", id="two heads in a cell"
        ),
    ],
)
def test_the_order_of_the_form_is_never_taken_where_a_head_is_missing(old: str, new: str) -> None:
    """The same slip, and a head that is missing, stands twice, or is no longer a head of its own: nothing is read."""
    drawn = distinct_report(FORM)
    page = rendered(drawn, "clean").decode().replace(CORNER, '<td rowspan="2" colspan="3">', 1)
    assert old in page

    report = extract(document_from_bytes(page.replace(old, new, 1).encode(), "slip"))

    assert not any(key.startswith("applications.") for key in report.cells)
    assert all(key in report.unread for key in drawn.cells if key.startswith("applications."))
    assert report.notes == ()


def test_heads_of_two_tables_are_never_taken_in_one_order() -> None:
    """A page break tears the heads, and one stands astray on the first page: the rows are unread, for one reason."""
    drawn = distinct_report(FORM)
    page = rendered(drawn, "clean").decode()
    first, last = page.index("<tr><td>商业企业"), page.index("</tr>", page.index("<tr><td>商业企业"))
    heads = page[first:last].replace("<tr>", '<tr><td colspan="3"></td><td>自然人</td>') + "<td></td>"
    before = page[: page.index("<tr>" + CORNER)] + "<tr><td>申请人情况</td><td>总计</td></tr></tbody></table>\n"

    report = extract(document_from_bytes(f"{before}<table><tbody>{heads}{page[last:]}".encode(), "torn"))

    rows = {key for key in drawn.cells if key.startswith("applications.")}
    assert {key: cell.value for key, cell in report.cells.items()}.items() <= drawn.cells.items()
    assert report.unread.keys() == drawn.cells.keys() - report.cells.keys() == rows
    (reason,) = {str(reason) for reason in report.unread.values()}  # one for all rows, and not one for each
    assert "没有认出“总计”" in reason


HEAD = "本年收费金额（单位：万元）"


@pytest.mark.parametrize(
    ("old", "new", "figure", "is_read"),
    [
        (HEAD, "本年收费金额（单位：元）", "523.15", False),
        (HEAD, "本年收费金额（元）", "523.15", False),
        (HEAD, "本年收费金额（单位：百万元）", "523.15", False),
        (HEAD, "本年收费金额<br>单位：千元", "523.15", False),
        (HEAD, "本年收费金额元", "523.15", False),
        ("行政事业性收费", "行政事业性收费（元）", "523.15", False),
        ("<table", "<p>单位：件、元</p><table", "523.15", False),
        (HEAD, "本年收费金额（单位：元）", "5231500元", False),
        (HEAD, "本年收费金额（单位：元）", "523.15万元", True),
        (HEAD, "本年收费金额（单位：元）", "0", True),
        (HEAD, "本年收费金额（单位：元）", "/", True),
        (HEAD, "本年收费金额（万元）", "523.15", True),
        (HEAD, "本年收费金额", "523.15", True),
        ("<table", "<p>单位：件、万元</p><table", "523.15", True),
        ("<table", "<p>全年共收取5万元</p><table", "523.15", True),
    ],
)
def test_a_unit_that_is_not_that_of_the_form_is_noticed(old: str, new: str, figure: str, *, is_read: bool) -> None:
    """An amount under another unit is unread, and the reason names both; nothing stays nothing in any unit."""
    key = "disclosure.fees.amount"
    drawn = draw_report(FORM, 1)
    drawn = replace(drawn, cells={**drawn.cells, key: 523})
    page = rendered(drawn, "clean").decode().replace(">523<", f">{figure}<", 1)
    assert old in page
    assert f">{figure}<" in page

    report = extract(document_from_bytes(page.replace(old, new, 1).encode(), "unit"))

    assert (key in report.cells) is is_read
    assert report.cells.keys() | {key} == drawn.cells.keys()
    assert is_read or "格式的单位是“万元”" in str(report.unread[key])


def test_a_figure_outside_its_cell_makes_its_row_unread_and_no_other() -> None:
    """The figures behind it have moved, whatever stands over them."""
    drawn = distinct_report(FORM)
    key = "applications.granted.research"
    page = rendered(drawn, "clean").decode().replace(f"<td>{drawn.cells[key]}</td>", f"{drawn.cells[key]}", 1)

    report = extract(document_from_bytes(page.encode(), "slip"))

    assert {name for name in drawn.cells if name not in report.cells} == {
        name for name in drawn.cells if name.startswith("applications.granted.")
    }
    assert "单元格之外" in str(report.unread[key])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("本年制发件数", "上年制发件数"),
        ("本年制发件数", "本年制发件数同比增减"),
        ("本年废止件数", "累计废止件数"),
        ("现行有效件数", "现行无效件数"),
        ("本年处理决定数量", "上年处理决定数量"),
        ("本年处理决定数量", "占比"),
        ("本年收费金额（单位：万元）", "上年收费金额（单位：万元）"),
        ("本年收费金额（单位：万元）", "本年收费金额同比增长（单位：万元）"),
    ],
)
def test_a_column_with_other_words_over_it_is_not_that_of_the_form(old: str, new: str) -> None:
    """A head of last year's figures, of a share or a change has nearly the words of the form, and another meaning."""
    drawn = distinct_report(FORM)
    page = rendered(drawn, "clean").decode()
    assert f">{old}</" in page

    report = extract(document_from_bytes(page.replace(old, new).encode(), "other"))

    assert {key: cell.value for key, cell in report.cells.items()}.items() <= drawn.cells.items()
    assert not [key for key in report.cells if FORM.slots[key].column.label == old]


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        ("（一）予以公开", "（一）非予以公开", "granted"),
        ("一、本年新收政府信息公开申请数量", "一、上年新收政府信息公开申请数量", "received"),
        ("一、本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量（上半年）", "received"),
    ],
)
def test_a_label_of_another_meaning_is_not_that_of_the_form(old: str, new: str, row: str) -> None:
    """A row of last year or of half a year is no misspelling of the form's row."""
    drawn = distinct_report(FORM)
    page = rendered(drawn, "clean").decode()
    assert old in page

    report = extract(document_from_bytes(page.replace(old, new).encode(), "other"))

    assert {key: cell.value for key, cell in report.cells.items()}.items() <= drawn.cells.items()
    assert not [key for key in report.cells if key.startswith(f"applications.{row}.")]


@pytest.mark.parametrize("kind", ["clean", "word", "flow", "bars", "markdown", "docx", "sheets"])
@pytest.mark.parametrize(
    ("one", "other"),
    [("未经复议直接起诉", "复议后起诉"), ("行政复议", "行政诉讼")],
    ids=["direct and after", "review and suits"],
)
def test_upper_heads_in_another_order_are_not_read_in_that_of_the_form(kind: str, one: str, other: str) -> None:
    """Sums cannot notice that the figures of two groups are exchanged: they are unread, with the reason."""
    drawn = distinct_report(FORM)
    table = FORM.tables["disputes"]
    swapped = {one: other, other: one}
    items = {name: item._replace(label=swapped.get(item.label, item.label)) for name, item in table.rows.items.items()}
    tables = {**FORM.tables, "disputes": replace(table, rows=Axis(items))}
    printed = replace(drawn, form=replace(FORM, tables=tables))

    report = extract(document_from_bytes(rendered(printed, kind), "swapped"))

    assert not [key for key in report.cells if key.startswith("disputes.")]
    assert all(key in report.unread for key in table.slots)
