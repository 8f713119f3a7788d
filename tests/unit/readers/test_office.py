"""Files that take LibreOffice are known by their content, converted within limits, and read as what they become."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from tests.support.drawing import draw_report
from tests.support.libreoffice import converted, needs_office
from tests.support.oldoffice import ole
from tests.support.parts import drawn
from tests.support.rendering import rendered
from tests.support.sheeting import raw_workbook
from tests.support.thinning import left_to_all

from nianbao.errors import InputError
from nianbao.extraction import extract
from nianbao.forms.loading import form_by_id
from nianbao.model.document import Document, Paragraph
from nianbao.readers import document_from_bytes
from nianbao.readers.office.conversion import kind_of, read_office
from nianbao.readers.office.libreoffice import VARIABLE, convert, find_soffice
from nianbao.readers.reader import Reader
from nianbao.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Make = Callable[[str], str]

SHEET = raw_workbook("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>")
RTF = b"{\\rtf1\\ansi hello}"
TEXT = "application/vnd.oasis.opendocument.text"

posix = pytest.mark.skipif(os.name == "nt", reason="the programs of these tests are scripts")


def open_document(mimetype: str, content: str = "") -> bytes:
    """Return a file of the kind that LibreOffice itself writes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        zipped.writestr("mimetype", mimetype)
        zipped.writestr("content.xml", content)
        zipped.writestr("META-INF/manifest.xml", _MANIFEST.format(mimetype=mimetype))
    return stream.getvalue()


_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
KINDS = {
    "an old Word file": (ole({"WordDocument": b"", "1Table": b""}), (".doc", ".docx")),
    "an old Word file with a sheet beside": (ole({"Workbook": b"", "WordDocument": b""}), (".doc", ".docx")),
    "another old text": (ole({"MatOST": b""}), (".wps", ".docx")),
    "an old presentation": (ole({"PowerPoint Document": b""}), (".ppt", "")),
    "rich text": (RTF, (".rtf", ".docx")),
    "a text of LibreOffice": (open_document(TEXT), (".odt", ".docx")),
    "a template of LibreOffice": (open_document(TEXT + "-template\n"), (".odt", ".docx")),
    "a sheet of LibreOffice": (open_document(TEXT.replace("text", "spreadsheet")), (".ods", ".xlsx")),
    "a presentation of LibreOffice": (open_document(TEXT.replace("text", "presentation")), (".odp", "")),
    "a text kept as XML": (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>', (".xml", ".docx")),
    "a sheet kept as XML": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', (".xml", ".xlsx")),
    "slides kept as XML": (b'<?xml version="1.0"?><?mso-application progid="PowerPoint.Show"?>', None),
    "a page kept as XML": (b'<?xml version="1.0"?><html><p>hello</p></html>', None),
    "a drawing of LibreOffice": (open_document(TEXT.replace("text", "graphics")), None),
    "a book": (open_document("application/epub+zip"), None),
    "a workbook": (SHEET, None),
    "an old file that is broken": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), None),
    "a zip that is broken": (SHEET[:300], None),
    "text": (b"hello", None),
}


@pytest.mark.parametrize(("data", "kind"), KINDS.values(), ids=KINDS)
def test_kinds_are_told_by_content(data: bytes, kind: tuple[str, str] | None) -> None:
    """By streams, first bytes or the type that a zip names; never by the ending of the file."""
    assert kind_of(Source("x", data)) == kind


@pytest.mark.parametrize("name", ["an old Word file", "rich text", "a text of LibreOffice", "a sheet of LibreOffice"])
def test_without_libreoffice_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It names the kind of file, and both ways out."""
    monkeypatch.setenv(VARIABLE, "")
    data, kind = KINDS[name]

    with pytest.raises(InputError) as caught:
        document_from_bytes(data, "report.docx")

    assert caught.value.code == "needs-libreoffice"
    for text in caught.value.message.by_language.values():
        assert "LibreOffice" in text
        assert kind is not None
        assert kind[1] in text
        assert "\n" not in text


def test_a_presentation_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there is a LibreOffice or not."""
    monkeypatch.setenv(VARIABLE, "")
    with pytest.raises(InputError, match="演示文稿"):
        document_from_bytes(KINDS["an old presentation"][0], "slides.ppt")


def test_a_word_file_with_a_password_is_refused() -> None:
    """A bit at the beginning of its text says so."""
    with pytest.raises(InputError) as caught:
        document_from_bytes(ole({"WordDocument": bytes(11) + b"\x01"}), "report.doc")
    assert caught.value.code == "locked"


def test_the_program_is_that_of_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty one means none; a name that leads nowhere, too."""
    monkeypatch.setenv(VARIABLE, "")
    assert find_soffice() is None
    monkeypatch.setenv(VARIABLE, "no/such/program")
    assert find_soffice() is None
    monkeypatch.setenv(VARIABLE, sys.executable)
    assert find_soffice() == sys.executable


def test_a_program_on_the_path_is_found(monkeypatch: pytest.MonkeyPatch, program: Make) -> None:
    """By either of its names; else in the usual places, of which there are none in an empty house."""
    monkeypatch.delenv(VARIABLE, raising=False)
    path = program("pass")
    monkeypatch.setenv("PATH", os.path.dirname(path))  # noqa: PTH120 - of a name
    assert find_soffice() == path
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("ProgramFiles", os.path.dirname(path))  # noqa: PTH120 - a variable of Windows
    if sys.platform == "linux":
        assert find_soffice() is None


@pytest.fixture
def program(tmp_path: Path) -> Make:
    """Return a function that writes a program in the place of LibreOffice, from what it does with ``made``, a path."""

    def write(body: str) -> str:
        file = tmp_path / "soffice"
        lines = [
            f"#!{sys.executable}",
            "import os, pathlib, subprocess, sys, time",
            "folder = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])",
            "folder.mkdir()",
            "target = sys.argv[sys.argv.index('--convert-to') + 1].split(':')[0]",
            "made = folder / f'report.{target}'",
            body,
        ]
        file.write_text("\n".join(lines), encoding="utf-8")
        file.chmod(0o755)
        return str(file)

    return write


@posix
def test_the_copy_is_read_by_the_other_readers(monkeypatch: pytest.MonkeyPatch, program: Make, tmp_path: Path) -> None:
    """The document has the name and hash of the file itself, and a note that says how it was read."""
    (tmp_path / "copy").write_bytes(SHEET)
    monkeypatch.setenv(VARIABLE, program(f"made.write_bytes(pathlib.Path({str(tmp_path / 'copy')!r}).read_bytes())"))
    data = KINDS["a sheet of LibreOffice"][0]

    document = document_from_bytes(data, "report.ods")

    assert (document.name, document.format) == ("report.ods", "sheet")
    assert drawn(document) == [["1", "2"]]
    assert document.sha256 == document_from_bytes(data, "again").sha256 != document_from_bytes(SHEET, "copy").sha256
    assert "LibreOffice" in document.notes[0].zh
    assert ".xlsx" in document.notes[0].en


@posix
def test_readers_of_the_caller_read_the_copy(monkeypatch: pytest.MonkeyPatch, program: Make) -> None:
    """A file becomes what its kind asks for: a text a ``.docx``."""
    monkeypatch.setenv(VARIABLE, program("made.write_text(target)"))
    fake = Reader(
        "fake",
        lambda source: True,
        lambda source: Document(source.name, "fake", source.sha256, (Paragraph(source.data.decode()),)),
        binary=True,
    )

    document = read_office(Source("report.doc", KINDS["an old Word file"][0]), readers=[fake])

    assert drawn(document) == ["docx"]


FAILURES = {
    "no file": ("pass", "没有得到文件"),
    "an error": ("sys.exit(77)", "没有得到文件"),
    "too much": ("made.open('wb').truncate(2 ** 40)", "MB"),
    "too much, and no end": ("made.open('wb').truncate(2 ** 40); time.sleep(3600)", "MB"),
}


@posix
@pytest.mark.parametrize(("body", "reason"), FAILURES.values(), ids=FAILURES)
def test_what_goes_wrong_in_libreoffice_is_told(program: Make, body: str, reason: str) -> None:
    """That it made nothing, or more than it may."""
    with pytest.raises(InputError) as caught:
        convert(RTF, program(body), suffix=".rtf", target=".docx")

    assert caught.value.code == "cannot-convert"
    assert reason in caught.value.message.zh
    assert ".docx" in caught.value.message.en


@posix
def test_nothing_is_left_behind_by_what_takes_too_long(program: Make, tmp_path: Path) -> None:
    """Neither files nor processes: what it started ends with it. The time is up once it has told what it started."""
    pids = tmp_path / "pids"
    body = (
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3600)'])\n"
        f"pathlib.Path({str(pids)!r}).write_text(f'{{child.pid}} {{os.environ[\"TMPDIR\"]}} .')\n"
        "child.wait()"
    )

    def clock() -> float:
        return 61.0 if pids.exists() and pids.read_text().endswith(" .") else 0.0

    with pytest.raises(InputError) as caught:
        convert(RTF, program(body), suffix=".rtf", target=".docx", clock=clock)

    assert (caught.value.code, "60 秒" in caught.value.message.zh) == ("cannot-convert", True)
    pid, folder, _end = pids.read_text().split()
    assert not os.path.exists(folder)  # noqa: PTH110 - of a name
    assert not is_running(int(pid))


def is_running(pid: int) -> bool:
    """Whether a process runs; it is given a moment to end."""
    for _time in range(400):
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout
        if not state.strip() or state.startswith("Z"):
            return False
        time.sleep(0.05)
    return True


def test_a_program_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    """It may have been taken away meanwhile."""
    with pytest.raises(InputError) as caught:
        convert(RTF, str(tmp_path / "none"), suffix=".rtf", target=".docx")
    assert caught.value.code == "cannot-convert"


OLD = [  # what an old file is made of, and its ending
    *(("docx", "doc"), ("sheet", "ods")),
    *map(left_to_all, (("docx", "rtf"), ("docx", "odt"), ("sheet", "xls"))),
]


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize(("kind", "ending"), OLD)
def test_old_files_read_as_new_ones(kind: str, ending: str, tmp_path: Path) -> None:
    """LibreOffice makes an old file of a drawn report; read through it again, all 200 cells and the sections are there.

    The name of the file says something else: what counts is the content.
    """
    report_drawn = draw_report(form_by_id("zfxxgk-2021"), "old files", blanks=True)
    source = tmp_path / ("text.docx" if kind == "docx" else "sheet.xlsx")
    source.write_bytes(rendered(report_drawn, kind))

    (old,) = converted([source], ending, tmp_path / "old")
    report = extract(document_from_bytes(old.read_bytes(), "report.docx"))

    assert {key: cell.value for key, cell in report.cells.items()} == dict(report_drawn.cells)
    assert [section.id for section in report.sections] == [one.id for one in report_drawn.form.sections]
    assert any("LibreOffice" in note.zh for note in report.notes) is (ending != "xls")


@pytest.fixture
def visits() -> Iterator[tuple[str, list[str]]]:
    """Give the address of a server on this machine, and the list of what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815 - the same

        def log_message(self, *_arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@needs_office
@pytest.mark.slow
def test_nothing_outside_the_file_is_looked_at(visits: tuple[str, list[str]], tmp_path: Path) -> None:
    """Neither pictures at an address, which LibreOffice would fetch by itself, nor files of this machine."""
    address, asked = visits
    (tmp_path / "other.txt").write_text("别处的文字", encoding="utf-8")
    prefixes = {"office": "office", "text": "text", "draw": "drawing"}
    names = " ".join(f'xmlns:{short}="{_NAMES}:{long}:1.0"' for short, long in prefixes.items())
    sources = (f"{address}/b.txt", (tmp_path / "other.txt").as_uri())
    body = "<text:p>甲</text:p>" + "".join(
        f'<text:section text:name="{source[-5]}"><text:section-source xlink:href="{source}"/>'
        "<text:p>乙</text:p></text:section>"
        for source in sources
    )
    body += f'<text:p><draw:frame><draw:image xlink:href="{address}/a.png"/></draw:frame></text:p>'
    content = (
        f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )

    document = document_from_bytes(open_document(TEXT, content), "report.odt")

    assert [one for one in drawn(document) if one != "[picture]"] == ["甲", "乙", "乙"]
    assert asked == []
