"""Dates of publication, and links that lead to a report, by the words of the form."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from nianbao.extraction.facts import find_published
from nianbao.extraction.leads import links_to_report
from nianbao.forms.loading import builtin_forms
from nianbao.model.document import Document, Link, Paragraph
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from nianbao.model.form import Form

FORMS = builtin_forms()
TITLE = "云岭市临江区2024年政府信息公开工作年度报告"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
@pytest.mark.parametrize(
    "head",
    [
        '<meta name="PubDate" content="2025-01-17 09:30">',
        '<meta name="publishdate" content="2025/1/17">',
        '<meta name="firstpublishedtime" content="2025-01-17-09:30:00">',
        '<meta property="article:published_time" content="2025-01-17T09:30:00+08:00">',
        '<meta property="og:article:published_time" content="2025-01-17T09:30:00+08:00">',
        '<meta property="bytedance:published_time" content="2025-01-17T09:30:00+08:00">',
        '<meta name="createDate" content="2025-01-17 09:30:00">',
        '<meta name="createDate" content="2025-01-02"><meta name="PubDate" content="2025-01-17">',
        '<meta name="PubDate" content="soon"><meta name="publishdate" content="2025-01-17">',
        '<meta name="createDate" content="2025-01-02"><table><tr><td>发布日期</td><td>2025年1月17日</td></tr></table>',
    ],
)
def test_the_date_of_publication_stands_in_the_head_of_a_page(form: Form, head: str) -> None:
    """Under many names; the surest is believed first."""
    found = find_published(document_from_bytes(f"<html>{head}<p>甲</p></html>".encode(), "page"), form)

    assert found is not None
    assert found.value == dt.date(2025, 1, 17)


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="lastmodifiedtime" content="2025-05-28-15:46:43">',
        '<meta name="others" content="页面生成时间 2025-05-28 15:46:43">',
        '<meta name="PubDate" content="2025-13-41">',
        '<meta http-equiv="Last-Modified" content="2025-05-28">',
    ],
)
def test_other_dates_of_a_page_are_not_that_of_publication(head: str) -> None:
    """When it was changed or made, or no day at all."""
    page = document_from_bytes(f"<html>{head}<p>甲</p></html>".encode(), "page")
    assert find_published(page, FORMS[0]) is None


def page(*texts: str, title: str | None = None) -> Document:
    """Return a page of some paragraphs."""
    return Document("page", "html", "", tuple(map(Paragraph, texts)), title)


@pytest.mark.parametrize(
    ("document", "links", "chosen"),
    [
        (page(), [("a.pdf", f"{TITLE}.pdf"), ("b.pdf", "办事指南")], ["a.pdf"]),
        (page(), [("a.pdf", "附件：年度报告"), ("b.pdf", "2024年年报")], ["a.pdf", "b.pdf"]),
        (page(), [("2024%E5%B9%B4%E6%8A%A5.pdf", "下载")], ["2024%E5%B9%B4%E6%8A%A5.pdf"]),
        (page(), [("a.pdf", "下载")], []),
        (page(TITLE), [("a.pdf", "下载"), ("b.pdf", "附件")], ["a.pdf", "b.pdf"]),
        (page(title=TITLE), [("a.pdf", "下载")], ["a.pdf"]),
        (page(TITLE), [("a.pdf", "下载"), ("b.pdf", "年度报告")], ["b.pdf"]),
        (page(TITLE), [(f"{number}.pdf", "下载") for number in range(6)], []),
        (page(TITLE), [], []),
    ],
)
def test_links_that_lead_to_a_report_are_told(
    document: Document, links: list[tuple[str, str]], chosen: list[str]
) -> None:
    """By their words or the name of the file; else, below the title of a report, the few that there are."""
    given = [Link(*one) for one in links]
    assert [link.address for link in links_to_report(document, given, forms=FORMS)] == chosen
