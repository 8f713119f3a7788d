"""What copies say to people: dated notes with advice, marks that are no figures, drafts, and tracked changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pypdf
import pytest
from lxml import etree
from tests.support.copying import W, members, text_of
from tests.support.drawing import draw_report
from tests.support.libreoffice import converted, needs_office
from tests.support.pdfreports import Setting, report_pdf
from tests.support.rendering import PAGES, PROSE, TEXTS, rendered
from tests.support.thinning import thinned

from nianbao.catalogue.loading import builtin_pack
from nianbao.cli import ExitCode
from nianbao.extraction import extract
from nianbao.extraction.numbers import read_number
from nianbao.forms.loading import form_by_id
from nianbao.linter import Linter
from nianbao.model.folding import squeezed
from nianbao.model.outcome import FAIL
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from nianbao.model.report import Report

    Run = Callable[..., subprocess.CompletedProcess[str]]

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DELETION = TEXT + "deletion"
ENDINGS = dict.fromkeys(TEXTS, ".txt") | dict.fromkeys(PAGES, ".html") | {"docx": ".docx", "wps": ".docx"}
OTHER = "本年度没有其他需要说明的事项。"
KEY = "applications.new.natural_person"
FORM = form_by_id("zfxxgk-2021")
DRAWN = draw_report(FORM, "fix/words")
WRONG = DRAWN.with_cell(KEY, int(DRAWN.cells[KEY] or 0) + 9)
DAY = "2025-01-20"


def without_fees(kind: str, prose: str = OTHER) -> bytes:
    """Return a report with a slip, and without a sentence on fees."""
    with patch.dict(PROSE, other_matters=prose):
        return rendered(WRONG, kind)


def read(data: bytes) -> Report:
    """Read a report."""
    return extract(document_from_bytes(data, "report"))


def last_words(report: Report) -> list[str]:
    """Return the paragraphs of the last section."""
    section = report.section("other_matters")
    assert section is not None
    return [paragraph.text.strip() for paragraph in section.paragraphs]


def settings(folder: Path) -> Path:
    """Write settings with the day of the run."""
    file = folder / "settings.yaml"
    file.write_text(f"today: '{DAY}'\n", encoding="utf-8")
    return file


def draft() -> str:
    """Return the sentence that the shipped rules offer."""
    (rule,) = [rule for rule in builtin_pack().rules if rule.code == "F001"]
    assert rule.draft is not None
    return rule.draft.text


@pytest.mark.parametrize("kind", thinned(ENDINGS, every=3))
def test_a_missing_sentence_is_put_in_beside_cells(kind: str, nianbao: Run, tmp_path: Path) -> None:
    """Behind the last sentence of its section, marked as a draft, which the check of the copy still tells."""
    file = tmp_path / f"年报{ENDINGS[kind]}"
    file.write_bytes(without_fees(kind))

    shown = nianbao("fix", file)
    done = nianbao("fix", file, "--accept", "1,2")

    copy = tmp_path / f"年报.fixed{ENDINGS[kind]}"
    assert "[2] 缺一句（草稿）" in shown.stdout
    assert f"  + {draft()}" in shown.stdout
    assert done.stderr == ""
    again = read(copy.read_bytes())
    assert last_words(again)[:2] == [OTHER, draft()]
    assert {key: cell.value for key, cell in again.cells.items()} == dict(DRAWN.cells)
    (checked,) = Linter().check([str(copy)]).reports()
    assert {finding.rule for finding in checked.findings if finding.outcome == FAIL} >= {"F001", "S009"}


@pytest.mark.parametrize("kind", ["sheet"])
def test_a_workbook_takes_no_sentence(kind: str, nianbao: Run, tmp_path: Path) -> None:
    """One line says so; nothing is written."""
    file = tmp_path / "年报.xlsx"
    file.write_bytes(without_fees(kind))

    done = nianbao("fix", file, "--accept", "2")

    assert (done.returncode, done.stderr.count("\n")) == (ExitCode.USAGE, 1)
    assert "加不了句子" in done.stderr
    assert list(tmp_path.iterdir()) == [file]


def test_without_its_section_there_is_no_place(nianbao: Run, tmp_path: Path) -> None:
    """The reason is shown, and told again to those who accept it."""
    file = tmp_path / "年报.txt"
    file.write_bytes(rendered(DRAWN, "bars").partition("六、".encode())[0])

    done = nianbao("fix", file, "--accept", "1", "--lang", "en")

    assert done.returncode == ExitCode.USAGE
    assert "1 cannot be put in: the report has no “六、其他需要报告的事项”" in done.stderr


def test_a_section_of_a_heading_alone_takes_it(nianbao: Run, tmp_path: Path) -> None:
    """Behind the heading, and it looks like other prose."""
    for kind in ("clean", "markdown", "docx"):
        file = tmp_path / f"{kind}{ENDINGS[kind]}"
        file.write_bytes(without_fees(kind, ""))
        nianbao("fix", file, "--accept", "2")

        assert last_words(read((tmp_path / f"{kind}.fixed{ENDINGS[kind]}").read_bytes())) == [draft()]


def test_changes_are_tracked(nianbao: Run, tmp_path: Path) -> None:
    """By the tool, on the day of the run; read as accepted, and all else of the text stays."""
    file, copy = tmp_path / "年报.docx", tmp_path / "年报.fixed.docx"
    file.write_bytes(without_fees("docx"))

    done = nianbao("fix", file, "--accept", "1,2", "--tracked", "--settings", settings(tmp_path))

    assert "修订" in done.stdout
    root = text_of(copy.read_bytes())
    changes = [*root.iter(W + "ins", W + "del")]
    made = {(one.get(W + "author"), one.get(W + "date")) for one in changes}
    assert made == {("nianbao", f"{DAY}T00:00:00Z")}
    assert len({one.get(W + "id") for one in changes}) == len(changes)
    assert "".join(text.text for text in root.iter(W + "delText")) == str(WRONG.cells[KEY])
    again = read(copy.read_bytes())
    assert last_words(again) == [OTHER, draft()]
    assert again.cells[KEY].value == DRAWN.cells[KEY]
    assert rejected(copy.read_bytes()) == words(file.read_bytes())


def words(data: bytes) -> list[str]:
    """Return the text of each paragraph of a Word file."""
    return ["".join(one.text or "" for one in line.iter(W + "t")) for line in text_of(data).iter(W + "p")]


def rejected(data: bytes) -> list[str]:
    """Return the text of each paragraph with all tracked changes rejected."""
    root = text_of(data)
    for one in [*root.iter(W + "delText")]:
        one.tag = W + "t"
    lines, joined = [], ""
    for line in root.iter(W + "p"):
        texts = [one for one in line.iter(W + "t") if next(one.iterancestors(W + "ins"), None) is None]
        joined += "".join(one.text or "" for one in texts)
        if line.find(f"{W}pPr/{W}rPr/{W}ins") is None:
            lines.append(joined)
            joined = ""
    return lines


def test_only_word_files_have_tracked_changes(nianbao: Run, tmp_path: Path) -> None:
    """For others one line says so."""
    file = tmp_path / "年报.txt"
    file.write_bytes(without_fees("bars"))

    done = nianbao("fix", file, "--accept", "1", "--tracked")

    assert done.returncode == ExitCode.USAGE
    assert "只有 Word 文件能用修订方式改" in done.stderr


@pytest.mark.slow
@needs_office
def test_office_accepts_and_rejects_tracked_changes(nianbao: Run, tmp_path: Path) -> None:
    """What LibreOffice shows of the copy with all accepted is the copy without tracking; rejected, it is the file."""
    file = tmp_path / "年报.docx"
    file.write_bytes(without_fees("docx"))
    nianbao("fix", file, "--accept", "1,2", "--tracked", "--output", tmp_path / "tracked.docx")
    nianbao("fix", file, "--accept", "1,2", "--output", tmp_path / "plain.docx")

    made = [tmp_path / f"{name}.docx" for name in ("tracked", "plain", "年报")]
    tracked, plain, before = map(views, converted(made, "fodt", tmp_path / "made"))

    assert plain[0] == plain[1] != before[0] == before[1]
    assert tracked == (plain[0], before[0])


def views(file: Path) -> tuple[str, str]:
    """Return the words of an OpenDocument text with all changes accepted, and with all rejected."""
    root: Any = etree.parse(file, etree.XMLParser(huge_tree=True)).getroot()
    body = root.find(f".//{OFFICE}text")
    deletions = {one.get(TEXT + "id") for one in body.iter(TEXT + "changed-region") if len(one.findall(DELETION))}
    accepted, refused, now = [], [], ""
    for event, one in etree.iterwalk(body, events=("start", "end")):
        if event == "start" and one.tag in {TEXT + "change-start", TEXT + "change-end"}:
            kind = "deleted" if one.get(TEXT + "change-id") in deletions else "inserted"
            now = kind if one.tag == TEXT + "change-start" else ""
        if next(one.iterancestors(TEXT + "tracked-changes"), None) is None:
            shown = (one.text if event == "start" else one.tail) or ""
            accepted += [shown] if now != "deleted" else []
            refused += [shown] if now != "inserted" else []
    return ("".join("".join(accepted).split()), "".join("".join(refused).split()))


def test_notes_carry_the_day_of_the_run_and_advice(nianbao: Run, tmp_path: Path) -> None:
    """Comments of Word files and notes of PDFs."""
    for name, data in (("甲.docx", rendered(WRONG, "docx")), ("乙.pdf", report_pdf(WRONG, Setting()))):
        (tmp_path / name).write_bytes(data)
        nianbao("check", tmp_path / name, "--annotate", tmp_path / "out", "--settings", settings(tmp_path))

    comments: Any = etree.fromstring(members((tmp_path / "out" / "甲.docx").read_bytes())["word/comments.xml"])
    assert {(one.get(W + "author"), one.get(W + "date")) for one in comments} == {("nianbao", f"{DAY}T00:00:00Z")}
    assert all("建议：" in "".join(one.itertext()) for one in comments)
    pages = pypdf.PdfReader(tmp_path / "out" / "乙.pdf").pages
    notes = [note.get_object() for page in pages for note in page.get("/Annots", ())]
    assert notes
    assert {(note["/T"], note["/M"]) for note in notes} == {("nianbao", "D:20250120")}
    assert all("建议：" in note["/Contents"] for note in notes)


def test_marks_are_read_as_notes() -> None:
    """As a page prints them behind a figure, in a cell and in prose."""
    assert read_number("72〔注1〕") == read_number("72")._replace(mark="〔注1〕")
    assert squeezed("新收申请103〔注12〕件，办结98（注2）件") == squeezed("新收申请103件，办结98件")
