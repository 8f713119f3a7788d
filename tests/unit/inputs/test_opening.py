"""Inputs are opened one after the other, and what is in the way of one is told of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.packing import packed

from nianbao.errors import InputError
from nianbao.forms.loading import builtin_forms
from nianbao.inputs.archive import Archive
from nianbao.inputs.gathering import gather, read_one
from nianbao.inputs.opening import Opener, ReadContext
from nianbao.model.document import Document, Link, Paragraph
from nianbao.model.problem import Problem
from nianbao.readers.reader import Reader
from nianbao.readers.registry import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nianbao.inputs.archive import Member
    from nianbao.readers.source import Source

READING = ReadContext(builtin_forms())


def test_the_files_of_an_archive_are_read_one_by_one(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file is unpacked before what the one before it holds has been given."""
    taken: list[str] = []
    true = Archive.read

    def counting(self: Archive, member: Member, *, most: int) -> bytes:
        taken.append(member.name)
        return true(self, member, most=most)

    monkeypatch.setattr(Archive, "read", counting)
    report = (repo / "examples" / "linjiang-2024.txt").read_bytes()
    file = tmp_path / "a.zip"
    file.write_bytes(packed({f"{number}.txt": report for number in range(3)}))

    for number, _report in enumerate(Opener(READING).open(str(file)), 1):
        assert len(taken) == number


def test_a_folder_that_cannot_be_opened_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Itself or one inside it: reports may be in there."""
    (tmp_path / "closed").mkdir()
    true = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return true(path)

    monkeypatch.setattr(os, "scandir", scandir)
    for folder in (tmp_path, tmp_path / "closed"):
        (found,) = gather([str(folder)], READING).inputs
        assert isinstance(found, Problem)
        assert (found.path, found.code) == (str(tmp_path / "closed"), "cannot-open")
        assert "Permission denied" in found.text.en


def test_what_any_reader_knows_is_no_archive(tmp_path: Path) -> None:
    """A reader of a format that is packed as zip is asked first, and its files are looked for in folders."""

    def read_one(source: Source) -> Document:
        return Document(source.name, "packed", source.sha256, (Paragraph("没有年报"),))

    own = Reader("packed", lambda source: b"own.xml" in source.data, read_one, (".own",), binary=True)
    reading = READING._replace(readers=(own, *READERS))
    (tmp_path / "a.own").write_bytes(packed({"own.xml": b"", "b.txt": b""}))

    (found,) = gather([str(tmp_path / "a.own")], reading).inputs
    assert isinstance(found, Problem)
    assert found.code == "not-a-report"
    assert ".own" in reading.endings
    assert gather([str(tmp_path)], reading).skipped == (str(tmp_path / "a.own"),)


def test_the_links_of_any_document_are_followed(repo: Path, tmp_path: Path) -> None:
    """A document says where it leads; which format it is of does not matter."""

    def read_one(source: Source) -> Document:
        links = (Link("report.doc", "年度报告"), Link("report.doc#2", "同一份年报"), Link("photo.png", "年报"))
        return Document(source.name, "leading", source.sha256, (Paragraph("见附件"),), links=links)

    own = Reader("leading", lambda source: source.data.startswith(b"LEADS"), read_one, (".lead",), binary=True)
    (tmp_path / "a.lead").write_bytes(b"LEADS")
    (tmp_path / "report.doc").write_bytes((repo / "examples" / "linjiang-2024.txt").read_bytes())

    found = gather([str(tmp_path / "a.lead")], READING._replace(readers=(own, *READERS)))

    assert [getattr(one, "name", one) for one in found.inputs] == [str(tmp_path / "report.doc")]
    assert found.skipped == ()


def test_a_folder_of_very_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is to be checked in parts."""
    monkeypatch.setattr("nianbao.inputs.folders._MAX_FILES", 2)
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes(b"")

    (found,) = gather([str(tmp_path)], READING).inputs
    assert isinstance(found, Problem)
    assert found.code == "too-many-files"


@pytest.mark.parametrize(("name", "code"), [("", "cannot-open"), ("none.zip", "not-found"), ("none.txt", "not-found")])
def test_one_report_is_read_of_a_file(tmp_path: Path, name: str, code: str) -> None:
    """And of no folder, nor of what is not there."""
    with pytest.raises(InputError) as caught:
        read_one(str(tmp_path / name), READING)
    assert caught.value.code == code


def test_progress_counts_inputs(repo: Path) -> None:
    """One call for each, with how many are done and how many there are."""
    told: list[tuple[int, int]] = []
    paths = [str(repo / "examples" / name) for name in ("linjiang-2023.txt", "linjiang-2024.txt")]

    gather(paths, READING, progress=lambda done, of: told.append((done, of)))

    assert told == [(1, 2), (2, 2)]


INNER = packed({"年报.txt": "一、总体情况".encode(), "b.html": b"<p>b</p>" * 20})
WHOLE = packed({"a/letter.txt": b"letter" * 9, "inner.zip": INNER, "last.txt": b""})


@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6),
    st.integers(0, len(WHOLE)),
)
def test_a_damaged_archive_gives_problems_and_nothing_else(damage: list[tuple[int, int]], end: int) -> None:
    """Whatever of it is changed, and wherever it ends."""
    data = bytearray(WHOLE)
    for place, value in damage:
        data[place] = value
    for one in (bytes(data), bytes(data[:end])):
        with patch("nianbao.inputs.opening.load", lambda *_all, given=one, **_named: given):
            found = gather(["a.zip"], READING).inputs
        assert all(isinstance(problem, Problem) and problem.path.startswith("a.zip") for problem in found)
        assert found
