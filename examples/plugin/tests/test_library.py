"""The plugin's rules and functions do what they should."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from nianbao import check
from nianbao.plugin import Source
from nianbao.testing import make_report, pack_tests
from nianbao_library import divides, is_sheet, read_sheet

test_examples = pack_tests(Path(str(files("nianbao_library"))) / "pack")


def test_a_sheet_becomes_prose_and_a_table() -> None:
    """Lines of one cell are prose, lines of several are rows of a table."""
    text = "sep=;\n临江区图书馆2024年度报表\n;少儿读者\n到馆阅览;12\n"
    source = Source("sheet.csv", text.encode())

    title, table = read_sheet(source).blocks

    assert is_sheet(source)
    assert title.text == "临江区图书馆2024年度报表"
    assert [(cell.text, cell.row, cell.column) for cell in table.cells[2:]] == [("到馆阅览", 1, 0), ("12", 1, 1)]


def test_a_wrong_total_is_found() -> None:
    """A report made from names is judged by the plugin's rules, which are those of every check."""
    report = make_report({"form": "library-year", "阅览.少儿": 3, "阅览.合计": 4})

    assert "LB001" in [finding.rule for finding in check(report).findings]


def test_a_divisor_of_zero_divides_nothing() -> None:
    """Functions take whatever a report holds."""
    assert divides(5, 20)
    assert not divides(0, 20)
