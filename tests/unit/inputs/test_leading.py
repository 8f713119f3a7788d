"""Which documents the links of a page lead to, and that they lead nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.inputs.leading import beside, in_archive, is_document, on_site
from nianbao.model.document import Link

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "http://www.linjiang.gov.cn/gk/2024/page.html"


@pytest.mark.parametrize(
    ("address", "words", "document"),
    [
        ("a.pdf", "", True),
        ("A.DOCX", "", True),
        ("/download?file=a.pdf&id=3", "", True),
        ("/download.jsp?id=3", "年度报告.wps", True),
        ("%E5%B9%B4%E6%8A%A5%2Eofd", "", True),
        ("a.html", "年度报告", False),
        ("http://a.et/b.html", "", False),
        ("a.pdfx", "", False),
        ("javascript:void(0)", "年度报告", False),
        ("a.pdf" + "?" * 3000, "", False),
    ],
)
def test_documents_are_known_by_their_endings(*, address: str, words: str, document: bool) -> None:
    """In the address or in the words of the link."""
    assert is_document(Link(address, words)) is document


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("a.pdf", "http://www.linjiang.gov.cn/gk/2024/a.pdf"),
        (" ../a.pdf#page=2 ", "http://www.linjiang.gov.cn/gk/a.pdf"),
        ("//files.linjiang.gov.cn/a.pdf", "http://files.linjiang.gov.cn/a.pdf"),
        ("https://linjiang.gov.cn/a.pdf", "https://linjiang.gov.cn/a.pdf"),
        ("http://www.yunling.gov.cn/a.pdf", None),
        ("http://linjiang.gov.cn.evil.com/a.pdf", None),
        ("http://www.linjiang.gov.cn:8080/a.pdf", None),
        ("http://name@www.linjiang.gov.cn/a.pdf", None),
        ("http://[/a.pdf", None),
        ("http://www.linjiang.gov.cn:no/a.pdf", None),
        ("file:///etc/a.pdf", None),
        ("ftp://www.linjiang.gov.cn/a.pdf", None),
        ("javascript:a.pdf", None),
    ],
)
def test_links_of_a_page_stay_on_its_site(address: str, target: str | None) -> None:
    """The same host, or another of the name that was registered; and no other way than http."""
    assert on_site(PAGE)(address) == target


@pytest.mark.parametrize(
    ("page", "address", "same"),
    [
        ("http://127.0.0.1:81/a", "http://127.0.0.1:81/b.pdf", True),
        ("http://127.0.0.1:81/a", "http://127.0.0.1:82/b.pdf", False),
        ("http://10.0.0.1/a", "http://11.0.0.1/b.pdf", False),
        ("http://oa/a", "http://oa/b.pdf", True),
        ("http://oa/a", "http://ob/b.pdf", False),
        ("http://www.gov.cn/a", "http://www.moe.gov.cn/b.pdf", False),
        ("http://a.example.com/", "http://b.example.com/c.pdf", True),
        ("http://a.com.cn/", "http://b.com.cn/c.pdf", False),
    ],
)
def test_sites_are_told_apart(*, page: str, address: str, same: bool) -> None:
    """Numbers and names without a dot are sites of their own; what everybody registers under is none."""
    assert (on_site(page)(address) is not None) is same


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder of a saved page with files in it, beside it and around it."""
    (tmp_path / "outside.pdf").write_bytes(b"1")
    inner = tmp_path / "saved"
    (inner / "page_files").mkdir(parents=True)
    for name in ("a.pdf", "年报 1.pdf", "page_files/b.pdf"):
        (inner / name).write_bytes(b"1")
    (inner / "led.pdf").symlink_to(tmp_path / "outside.pdf")
    (inner / "loop.pdf").symlink_to(inner / "loop.pdf")
    return inner


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("a.pdf", "a.pdf"),
        ("./page_files/../a.pdf#2", "a.pdf"),
        ("page_files/b.pdf", "page_files/b.pdf"),
        ("%E5%B9%B4%E6%8A%A5%201.pdf", "年报 1.pdf"),
        ("%C4%EA%B1%A8 1.pdf", "年报 1.pdf"),
        ("nothing.pdf", None),
        ("../outside.pdf", None),
        ("%2e%2e/outside.pdf", None),
        ("led.pdf", None),
        ("loop.pdf", None),
        ("/etc/a.pdf", None),
        ("a%00.pdf", None),
        ("page_files", None),
        ("file:a.pdf", None),
        ("http://www.linjiang.gov.cn/a.pdf", None),
        ("http://[", None),
    ],
)
def test_links_of_a_saved_page_stay_in_its_folder(folder: Path, address: str, name: str | None) -> None:
    """A saved page leads to files beside it, and never to the network or out of its folder."""
    assert beside(str(folder / "page.html"))(address) == (None if name is None else str(folder / name))


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("a.pdf", "x.zip/in/a.pdf"),
        ("../a.pdf", "x.zip/a.pdf"),
        ("../../a.pdf", None),
        ("/a.pdf", None),
        ("", None),
    ],
)
def test_links_of_a_page_in_an_archive_stay_in_it(address: str, target: str | None) -> None:
    """By name: nothing is written anywhere."""
    assert in_archive("x.zip/in/page.html", archive="x.zip")(address) == target


@given(st.text(max_size=50))
def test_any_link_leads_into_the_site_or_nowhere(address: str) -> None:
    """Whatever stands in a page."""
    target = on_site(PAGE)(address)

    assert target is None or target.partition("://")[2].partition("/")[0].endswith("linjiang.gov.cn")
    assert beside("nowhere/page.html")(address) is None
    named = in_archive("x.zip/page.html", archive="x.zip")(address)
    assert named is None or (named.startswith("x.zip/") and ".." not in named.split("/"))
