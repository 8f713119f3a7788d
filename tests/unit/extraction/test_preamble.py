"""The prose before the first section of a report, without what a page has around its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conftest import ROOT

from nianbao.api import read
from nianbao.model.report import PackedReport

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "根据《中华人民共和国政府信息公开条例》要求，现公布2024年度报告。"
EXAMPLE = (ROOT / "examples" / "linjiang-2024.txt").read_text(encoding="utf-8")


def with_words(*, above: str = "", below: str = "") -> str:
    """Return the example with paragraphs above and below its title."""
    title, _, rest = EXAMPLE.partition("\n")
    return "\n\n".join(part for part in (above, title, below, rest) if part)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (EXAMPLE, []),
        (with_words(below=WORDS), [WORDS]),
        (with_words(below="来源：区政府办 字号：大 中 小"), []),
        (with_words(above="欢迎光临，今天是星期一。"), []),
        (
            with_words(above="欢迎光临，今天是星期一。", below=f"{WORDS}\n\n联系电话：12345，邮编：654321。"),
            [WORDS, "联系电话：12345，邮编：654321。"],
        ),
    ],
)
def test_the_preamble_is_the_prose_behind_the_title(tmp_path: Path, text: str, found: list[str]) -> None:
    """Menus, labels and what stands above the title are none of it; it is kept with the report, each at its place."""
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    report = read(path)

    assert [paragraph.text for paragraph in report.preamble] == found
    assert PackedReport.of(report).unpack().preamble == report.preamble
    lines = text.splitlines()
    assert [lines[(paragraph.location.line or 0) - 1] for paragraph in report.preamble] == found
