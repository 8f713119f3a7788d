"""Files of which no program can read the figures get a clear line each, and the rest of the run is unharmed."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

import pytest
from tests.conftest import ROOT
from tests.support.drawing import draw_report
from tests.support.oldoffice import ole
from tests.support.packing import packed
from tests.support.rendering import rendered

from nianbao.forms.loading import form_by_id

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

PAGE = (ROOT / "examples" / "linjiang-2024.html").read_text(encoding="utf-8")
GOOD = (ROOT / "examples" / "linjiang-2024.txt").read_bytes()


def picture_page() -> bytes:
    """Return a page whose second table is a picture."""
    begin = PAGE.index("<table", PAGE.index("<table") + 1)
    end = PAGE.index("</table>", begin) + len("</table>")
    return f'{PAGE[:begin]}<p><img src="3.png" width="700" height="900"></p>{PAGE[end:]}'.encode()


def scan() -> bytes:
    """Return a PDF of one page that is a picture and nothing else."""
    pixels = zlib.compress(bytes(600 * 850))
    drawing = b"q 600 0 0 850 0 0 cm /I Do Q"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 850]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Subtype/Image/Width 600/Height 850/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length %d>>"
        b"stream\n%s\nendstream" % (len(pixels), pixels),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    return b"%s%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (data, head, len(parts) + 1, len(data))


def word() -> bytes:
    """Return a Word file with a report."""
    return rendered(draw_report(form_by_id("zfxxgk-2021"), 1), "docx")


BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "picture.html": (picture_page, "table-is-picture", "表三"),
    "scan.pdf": (scan, "no-text", "扫描"),
    "locked.docx": (lambda: ole({"EncryptedPackage": bytes(5000)}), "locked", "密码"),
    "renamed.docx": (lambda: ole({"WordDocument": bytes(5000)}), "needs-libreoffice", "LibreOffice"),
    "truncated.docx": (lambda: word()[:3000], "broken-zip", "不完整"),
    "truncated.zip": (lambda: packed({"a.txt": GOOD})[:-30], "broken-zip", "不完整"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write each of them, and a good report beside."""
    for name, (make, _code, _words) in BAD.items():
        (tmp_path / name).write_bytes(make())
    (tmp_path / "good.txt").write_bytes(GOOD)
    return tmp_path


def test_each_is_a_problem_of_its_own(nianbao: Run, folder: Path) -> None:
    """The exit code is 3; the good report is judged, and so is what is left of the one with a picture."""
    done = nianbao("check", folder, "--format", "json", NIANBAO_SOFFICE="")

    reports = {one["path"].rsplit("/", 1)[-1]: one for one in json.loads(done.stdout)["reports"]}
    assert done.returncode == 3
    assert {name: [one["code"] for one in reports[name]["problems"]] for name in BAD} == {
        name: [code] for name, (_make, code, _words) in BAD.items()
    }
    assert (reports["good.txt"]["cells"]["read"], reports["good.txt"]["problems"]) == (200, [])
    assert reports["picture.html"]["cells"] == {"read": 25, "expected": 200}


@pytest.mark.parametrize("name", BAD)
def test_each_gets_one_clear_line(nianbao: Run, folder: Path, name: str) -> None:
    """It names the file, says what is the matter and what to do."""
    done = nianbao("check", folder / name, NIANBAO_SOFFICE="")

    told = "".join(line.strip() for line in done.stdout.splitlines()).partition("无法读取")[2]
    assert done.returncode == 3
    assert done.stderr == ""
    assert done.stdout.count("无法读取 ") == 1
    assert name in told
    assert BAD[name][2] in told
    assert "；" in told
