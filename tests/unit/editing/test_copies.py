"""Copies with notes in a folder: where they are, and that nothing is written over."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.support.copying import write_copies
from tests.support.drawing import draw_report
from tests.support.rendering import rendered

from nianbao.editing.copies import refuse_inside, write_new, write_whole
from nianbao.errors import UsageError
from nianbao.forms.loading import form_by_id
from nianbao.linter import Linter

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.copying import Copies


FORM = form_by_id("zfxxgk-2021")
KEY = "applications.granted.natural_person"


def damaged(kind: str = "clean", seed: int = 1) -> bytes:
    """Return a page of a report with one wrong figure."""
    drawn = draw_report(FORM, f"copies/{seed}")
    return rendered(drawn.with_cell(KEY, int(drawn.cells[KEY] or 0) + 9), kind)


def written(folder: Path, *paths: Path | str) -> Copies:
    """Check paths and write copies into a folder."""
    names = [str(path) for path in paths]
    return write_copies(list(Linter().check(names).reports()), str(folder), paths=names)


def test_a_copy_has_the_name_of_its_report(tmp_path: Path) -> None:
    """The report is left as it was, the folder is made, and nothing else is in it; again, the same copy is kept."""
    report, out = tmp_path / "年报.html", tmp_path / "a" / "b"
    report.write_bytes(damaged())
    before = hashlib.sha256(report.read_bytes()).hexdigest()

    first, second = written(out, report), written(out, report)

    assert first == second == ((str(out / "年报.html"),), ())
    assert [one.name for one in out.iterdir()] == ["年报.html"]
    assert b"nianbao-notes" in (out / "年报.html").read_bytes()
    assert hashlib.sha256(report.read_bytes()).hexdigest() == before


def test_below_a_folder_copies_keep_their_folders(tmp_path: Path) -> None:
    """However the folder was written."""
    for number, name in enumerate(("a/x.html", "b/x.html", "x.html")):
        file = tmp_path / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(damaged(seed=number))

    copies = written(tmp_path / "out", f"{tmp_path}/in/")

    assert [*copies.written] == [str(tmp_path / "out" / name) for name in ("a/x.html", "b/x.html", "x.html")]


def test_two_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """By a number; and what was there before is kept too."""
    for number, name in enumerate(("a", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.html").write_bytes(damaged(seed=number))
    out = tmp_path / "out"
    out.mkdir()
    (out / "x.html").write_text("mine", encoding="utf-8")

    copies = written(out, tmp_path / "a" / "x.html", tmp_path / "b" / "x.html")

    assert copies.written == (str(out / "x-2.html"), str(out / "x-3.html"))
    assert (out / "x.html").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("linked", [False, True])
def test_beside_its_report_a_copy_says_what_it_is(tmp_path: Path, linked: bool) -> None:  # noqa: FBT001
    """The report's own folder is no folder for a copy of its name, not by a link either."""
    report = tmp_path / "x.html"
    report.write_bytes(damaged())
    folder = tmp_path
    if linked:
        folder = tmp_path.parent / f"{tmp_path.name}-link"
        folder.symlink_to(tmp_path)

    copies = written(folder, report)

    assert copies.written == (str(folder / "x.nianbao.html"),)
    assert report.read_bytes() == damaged()


def test_reports_without_findings_have_no_copy(repo: Path, tmp_path: Path) -> None:
    """Nothing is written, not even the folder."""
    report = tmp_path / "x.html"
    report.write_bytes((repo / "examples" / "linjiang-2024.html").read_bytes())

    assert written(tmp_path / "out", report) == ((), ())
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_copied_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Texts, files that are gone or changed since, members of archives, standard input, addresses."""
    (tmp_path / "text.txt").write_bytes(damaged("bars"))
    (tmp_path / "gone.html").write_bytes(damaged(seed=2))
    (tmp_path / "changed.html").write_bytes(damaged(seed=3))
    (tmp_path / "page.html").write_bytes(damaged(seed=4))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("member.html", damaged(seed=5))
    names = [str(tmp_path / name) for name in ("text.txt", "gone.html", "changed.html", "all.zip", "page.html")]
    reports = list(Linter().check(names).reports())
    (tmp_path / "gone.html").unlink()
    (tmp_path / "changed.html").write_bytes(damaged(seed=6))
    for name in ("-", "http://example.org/a.html"):
        report = reports[-1].report
        assert report is not None
        reports.append(reports[-1]._replace(path=name, report=report._replace(name=name)))

    copies = write_copies(reports, str(tmp_path / "out"), paths=names)

    assert copies.written == (str(tmp_path / "out" / "page.html"),)
    assert [one.code for one in copies.problems] == ["no-notes", "no-file", "changed", "no-file", "no-file", "no-file"]
    reasons = [one.text.en for one in copies.problems]
    assert ["--format html" in reasons[0], "unpack" in reasons[3], "--save" in reasons[5]] == [True, True, True]


def test_a_folder_that_is_checked_takes_no_copies(tmp_path: Path) -> None:
    """They would be checked too, the next time."""
    (tmp_path / "in" / "deep").mkdir(parents=True)

    for folder in (tmp_path / "in", tmp_path / "in" / "deep" / "new"):
        with pytest.raises(UsageError, match="choose another"):
            refuse_inside(str(folder), ["-", "http://example.org/in", str(tmp_path / "in")])
    refuse_inside(str(tmp_path / "in2"), [str(tmp_path / "in")])
    refuse_inside(str(tmp_path), [str(tmp_path / "in"), "gone"])


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """In one line, with its name."""
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(UsageError, match="cannot write"):
        write_new(b"x", tmp_path / "file" / "copy.html")


def test_a_file_is_written_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    """Nothing is left of one that cannot be put in its place."""
    (tmp_path / "folder").mkdir()

    with pytest.raises(OSError, match="folder"):
        write_whole(b"x", tmp_path / "folder")

    assert [one.name for one in tmp_path.iterdir()] == ["folder"]
