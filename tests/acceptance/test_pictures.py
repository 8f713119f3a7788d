"""A page that shows a table as a picture is read as far as it goes, and says which figures nobody can check."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.support.pdffiles import PIXEL, pages, say

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
PICTURED = {
    "alone": '<p style="text-align:center"><img src="W020250117.png" width="640"></p>',
    "within a table": '<table width="100%"><tr><td><img src="/upload/1.jpg" alt=""></td></tr></table>',
    "in parts": '<img src="1.png"><img src="2.png">',
}


def _page(repo: Path, instead: str) -> str:
    """Return the example page with something else where its Table 3 stands, the largest of its tables."""
    page = (repo / "examples" / "linjiang-2024.html").read_text(encoding="utf-8")
    return page.replace(max(TABLE.findall(page), key=len), instead)


@pytest.mark.parametrize("picture", PICTURED.values(), ids=PICTURED)
def test_a_table_that_is_a_picture_is_a_problem(nianbao: Run, repo: Path, tmp_path: Path, picture: str) -> None:
    """The problem names the table; its equations are not judged, and those of the other tables are."""
    (tmp_path / "page.html").write_text(_page(repo, picture), encoding="utf-8")

    done = nianbao("check", tmp_path / "page.html", "--format", "json")

    (report,) = json.loads(done.stdout)["reports"]
    assert done.returncode == 3
    assert [problem["code"] for problem in report["problems"]] == ["table-is-picture"]
    assert "表三" in json.dumps(report["problems"], ensure_ascii=False)
    assert report["cells"]["read"] == 25
    assert {finding["outcome"] for finding in report["findings"] if finding["rule"] == "A001"} == {"undecided"}
    assert not [finding for finding in report["findings"] if finding["rule"] == "L001"]


@pytest.mark.parametrize("instead", ["", '<p><img src="icon_pdf.gif" width="16"></p>'], ids=["nothing", "an icon"])
def test_a_table_that_is_missing_is_no_picture(nianbao: Run, repo: Path, tmp_path: Path, instead: str) -> None:
    """Without a picture that could be the table, the report lacks it, and that is all."""
    (tmp_path / "page.html").write_text(_page(repo, instead), encoding="utf-8")

    done = nianbao("check", tmp_path / "page.html", "--format", "json")

    (report,) = json.loads(done.stdout)["reports"]
    assert done.returncode == 1
    assert report["problems"] == []
    assert [one["rule"] for one in report["findings"] if one["outcome"] == "fail"] == ["S007"]


def test_pictures_beside_the_tables_change_nothing(nianbao: Run, repo: Path, tmp_path: Path) -> None:
    """A chart between the paragraphs, a seal in a cell: all cells are read, with the findings of the page without."""
    page = (repo / "examples" / "linjiang-2024.html").read_text(encoding="utf-8")
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    shown = re.sub(r"(<table|</td>|。)", r'<img src="chart.png">\1', page)
    (tmp_path / "shown.html").write_text(shown, encoding="utf-8")

    done = nianbao("check", tmp_path / "page.html", tmp_path / "shown.html", "--format", "json")

    without, with_pictures = json.loads(done.stdout)["reports"]
    assert with_pictures["problems"] == []
    assert with_pictures["cells"] == without["cells"] == {"read": 200, "expected": 200}
    messages = [[finding["message"] for finding in report["findings"]] for report in (without, with_pictures)]
    assert messages[0] == messages[1]


def test_a_table_that_is_a_picture_of_a_pdf_is_a_problem(nianbao: Run, tmp_path: Path) -> None:
    """As in a page: the problem names the table, and where it is missing without a picture there is none."""
    heads = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、行政复议、行政诉讼情况",
    ]
    prose = [say(60, 100 + 180 * place, head + "\n本年度的情况如下表所列。") for place, head in enumerate(heads)]
    picture = b"q 400 0 0 120 60 240 cm /I Do Q "
    file = tmp_path / "2024.pdf"

    for shown, codes in ((picture, ["table-is-picture"]), (b"", [])):
        file.write_bytes(pages(b"".join(prose) + shown, resources=b"/XObject<</I 6 0 R>>", more=[PIXEL]))
        (report,) = json.loads(nianbao("check", file, "--format", "json").stdout)["reports"]
        assert [problem["code"] for problem in report["problems"]] == codes
        assert ("表三" in json.dumps(report["problems"], ensure_ascii=False)) == bool(codes)
