"""What was fetched is kept under a safe name, and nothing is written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.errors import UsageError
from nianbao.inputs.keeping import file_name, keep

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = frozenset((".html", ".pdf"))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://www.linjiang.gov.cn/gk/a.html", "www.linjiang.gov.cn_gk_a.html"),
        ("http://name:secret@www.linjiang.gov.cn:80/a?id=3&x=%2e%2e/#b", "www.linjiang.gov.cn_80_a_id_3_x_._"),
        ("http://www.linjiang.gov.cn/../../etc/passwd", "www.linjiang.gov.cn_._._etc_passwd"),
        ("http://www.linjiang.gov.cn/%E5%B9%B4%E6%8A%A5\n.pdf", "www.linjiang.gov.cn_年报.pdf"),
        ("http:///", "page"),
    ],
)
def test_names_are_made_of_addresses(address: str, name: str) -> None:
    """Readable, and without a way out of the folder."""
    assert file_name(address) == name.rstrip("._")


@given(st.text(max_size=400))
def test_any_address_gives_a_name_that_systems_take(rest: str) -> None:
    """Short, in one part, neither hidden nor a folder."""
    name = file_name(f"http://www.linjiang.gov.cn/{rest}")

    assert 0 < len(name.encode()) <= 150
    assert not set(name) & set('/\\\0\n:*?"<>|')
    assert not name.startswith(".")


def test_addresses_that_differ_late_have_names_that_differ() -> None:
    """Where a name is cut, a mark of the whole address is added."""
    long = "http://www.linjiang.gov.cn/" + "a" * 500
    assert file_name(long + "1") != file_name(long + "2")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """Another page of the same name gets a number; the same page again is there already."""

    def kept(data: bytes) -> str:
        return keep(data, "http://a.cn/b", folder=str(tmp_path / "new"), endings=ENDINGS, suffix=".html")

    first, second, again = kept(b"1"), kept(b"2"), kept(b"1")

    assert [one.rpartition("/")[2] for one in (first, second, again)] == ["a.cn_b.html", "a.cn_b-2.html", "a.cn_b.html"]
    assert {one.name: one.read_bytes() for one in (tmp_path / "new").iterdir()} == {
        "a.cn_b.html": b"1",
        "a.cn_b-2.html": b"2",
    }


def test_a_link_that_lies_there_is_not_followed(tmp_path: Path) -> None:
    """Neither to write through it, nor to make what it names."""
    (tmp_path / "a.cn_b.pdf").symlink_to(tmp_path / "elsewhere")

    kept = keep(b"1", "http://a.cn/b.pdf", folder=str(tmp_path), endings=ENDINGS, suffix=".html")

    assert kept.endswith("a.cn_b-2.pdf")
    assert not (tmp_path / "elsewhere").exists()


def test_names_that_are_all_taken_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that changes each time it is asked for does not fill a disk unnoticed."""
    monkeypatch.setattr("nianbao.inputs.keeping._MAX_NAMES_TRIED", 2)
    for data in (b"1", b"2"):
        keep(data, "http://a.cn/b", folder=str(tmp_path), endings=ENDINGS, suffix=".html")
    with pytest.raises(UsageError):
        keep(b"3", "http://a.cn/b", folder=str(tmp_path), endings=ENDINGS, suffix=".html")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """That is a mistake of the call, and not of an input."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError):
        keep(b"1", "http://a.cn/b", folder=str(tmp_path / "file"), endings=ENDINGS, suffix="")
