"""Reports at addresses: fetched, kept, found by way of a page, and no server harms a run."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.support.packing import packed
from tests.support.serving import serving

from nianbao import cli
from nianbao.linter import Linter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]
    Check = Callable[..., dict[str, Any]]

OUTLASTED: list[str] = []  # answers without an end that were waited for


@pytest.fixture(scope="module")
def report(repo: Path) -> bytes:
    """Return a page that is a report."""
    return (repo / "examples" / "linjiang-2024.html").read_bytes()


@pytest.fixture(scope="module")
def undated(report: bytes) -> bytes:
    """Return a report that does not say when it was published, as a document has it."""
    text = report.decode().replace('<meta name="PubDate" content="2025-01-17 09:30">', "")
    return text.replace("发布日期：2025-01-17", "").encode()


def page(*links: str, date: str = "2025-01-20", title: str = "") -> bytes:
    """Return a page that is no report and leads to others."""
    head = f'<meta name="PubDate" content="{date}"><title>{title}</title>'
    return f"<html><head>{head}</head><body><h1>{title}</h1><p>附件：{'<br>'.join(links)}</p></body></html>".encode()


def link(address: str, words: str) -> str:
    """Return a link."""
    return f'<a href="{address}">{words}</a>'


@pytest.fixture(scope="module")
def site(repo: Path, report: bytes, undated: bytes) -> Iterator[str]:
    """Run a site with pages, documents, and what no site should have."""
    name = "云岭市临江区人民政府2024年政府信息公开工作年度报告"
    older = (repo / "examples" / "linjiang-2023.txt").read_bytes()
    files: dict[str, bytes | tuple[bytes, str]] = {
        "/report.html": report,
        "/gbk": (report.decode().replace("utf-8", "big5").encode("gb18030"), "text/html; charset=ISO-8859-1"),
        "/lie": (report, "application/pdf"),
        "/older": (older, "text/plain"),
        "/all.zip": (packed({"2023.txt": older, "2024.html": report}), "application/zip"),
        "/leads": page(
            link("files/a.doc", f"{name}.doc"), link("http://127.0.0.1:1/x.pdf", "年度报告"), link("/", "首页")
        ),
        "/files/a.doc": (undated, "application/msword"),
        "/files/a.doc?from=titled": (undated, "application/msword"),
        "/titled": page(link("/files/a.doc?from=titled", "点击下载"), title=name),
        "/many": page(*(link(f"/files/{number}.pdf", f"年度报告{number}") for number in range(9))),
        "/dead": page(link("/files/none.pdf", "年度报告")),
        "/others": page(link("/letter.doc", "年度报告的说明")),
        "/letter.doc": ("这是一封信。\n祝好。".encode(), "application/msword"),
        "/packed": page(link("/files.zip", "年度报告（压缩包）")),
        "/files.zip": (packed({"年报.html": undated}), "application/zip"),
        "/picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "text/html"),
    }
    with serving(files, outlasted=OUTLASTED) as address:
        yield address


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the site itself, whatever the environment of the tests says."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Return a function that checks and gives the result as data, with the exit code."""

    def checked(*arguments: str | Path) -> dict[str, Any]:
        code = cli.run(["check", *map(str, arguments), "--format", "json"])
        done = capsys.readouterr()
        assert done.err == ""
        result: dict[str, Any] = json.loads(done.out)
        return result | {"code": code}

    return checked


@pytest.fixture
def extract(capsys: pytest.CaptureFixture[str]) -> Check:
    """Return a function that extracts and gives the report as data."""

    def extracted(*arguments: str | Path) -> dict[str, Any]:
        assert cli.run(["extract", *map(str, arguments)]) == 0
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        return report

    return extracted


def problems(result: dict[str, Any]) -> list[tuple[str, str]]:
    """Return path and code of all problems."""
    of_reports = [problem for report in result["reports"] for problem in report["problems"]]
    return [(problem["path"], problem["code"]) for problem in of_reports + result["problems"]]


@pytest.mark.parametrize("path", ["report.html", "gbk", "lie"])
def test_a_page_is_checked_where_it_is(check: Check, site: str, path: str) -> None:
    """Whatever its server says of its encoding and its kind."""
    result = check(f"{site}/{path}")

    (found,) = result["reports"]
    assert (result["code"], len(result["problems"])) == (0, 0)
    assert found["path"] == f"{site}/{path}"
    assert found["cells"] == {"read": 200, "expected": 200}
    assert found["issuer"]["name"] == "云岭市临江区人民政府"


def test_addresses_stand_wherever_paths_do(check: Check, extract: Check, nianbao: Run, site: str, repo: Path) -> None:
    """For the report, the year before, the organ above and those below; for extract, diff and eval."""
    beside = ("--prior", f"{site}/older", "--parent", f"{site}/report.html", "--children", f"{site}/older")
    result = check(f"{site}/report.html", *beside)
    assert result["code"] == 0
    assert result["reports"][0]["prior"]["path"] == f"{site}/older"

    assert extract(f"{site}/report.html")["published"] == "2025-01-17"
    same = nianbao("diff", f"{site}/gbk", repo / "examples" / "linjiang-2024.html")
    assert same.returncode == 0
    assert cli.run(["eval", *map(str, ("新收[总计] ≥ 0", f"{site}/report.html"))]) == 0


BAD = {
    "round": "too-many-redirects",
    "local": "cannot-fetch",
    "missing": "cannot-fetch",
    "bomb": "too-large",
    "endless": "too-large",
    "huge": "too-large",
    "short": "cannot-fetch",
    "middle": "cannot-fetch",
    "closed": "cannot-fetch",
    "headlines": "cannot-fetch",
    "slowhead": "too-slow",
    "drops": "too-slow",
    "silent": "too-slow",
    "empty": "empty",
    "picture": "not-text",
}


@pytest.mark.parametrize(("slow", "timeout"), [(False, "60"), (True, "1")], ids=["wrong", "slow"])
def test_no_server_stops_a_run(check: Check, site: str, repo: Path, *, slow: bool, timeout: str) -> None:
    """Each bad answer is one line and one problem; the report between them is checked."""
    good = repo / "examples" / "linjiang-2024.txt"
    bad = {f"{site}/{path}": code for path, code in BAD.items() if (code == "too-slow") is slow}
    first, *rest = bad

    result = check(first, good, *rest, "--timeout", timeout)

    assert OUTLASTED == []
    assert (result["code"], result["problems"]) == (3, [])
    assert problems(result) == [*bad.items()]
    assert [one["path"] for one in result["reports"] if one["sha256"]] == [str(good)]


def test_what_a_server_does_wrong_is_one_line(nianbao: Run, site: str) -> None:
    """For people too: which address, what is wrong, what to do."""
    addresses = [f"{site}/{path}" for path, code in BAD.items() if code != "too-slow"]

    done = nianbao("check", *addresses, COLUMNS="300")

    lines = [line for line in done.stdout.splitlines() if line.startswith("无法读取")]
    assert [line.partition("：")[0] for line in lines] == [f"无法读取 {address}" for address in addresses]
    assert all("；请" in line for line in lines)


def test_ten_gigabytes_are_refused_soon(check: Check, site: str) -> None:
    """What comes is counted while it comes."""
    assert problems(check(f"{site}/endless")) == [(f"{site}/endless", "too-large")]
    assert OUTLASTED == []


def test_what_is_fetched_can_be_kept(check: Check, nianbao: Run, site: str, report: bytes, tmp_path: Path) -> None:
    """As it came, also what is no report; with a note, and read again it is the same."""
    kept = tmp_path / "kept"
    result = check(f"{site}/report.html", f"{site}/gbk", f"{site}/leads", f"{site}/picture", "--save", kept)

    host = site.partition("//")[2].replace(":", "_")
    names = {f"{host}_{name}" for name in ("report.html", "gbk.html", "leads.html", "files_a.doc", "picture")}
    assert {file.name for file in kept.iterdir()} == names
    assert (kept / f"{host}_report.html").read_bytes() == report
    assert result["reports"][0]["notes"] == [f"取到的内容已存为 {kept / f'{host}_report.html'}"]
    assert cli.run(["diff", *map(str, (kept / f"{host}_gbk.html", f"{site}/report.html"))]) == 0
    done = nianbao("extract", f"{site}/report.html", "--save", kept, "--format", "text")
    assert done.returncode == 0
    assert {file.name for file in kept.iterdir()} == names


@pytest.mark.parametrize(
    ("path", "found"),
    [("leads", "files/a.doc"), ("titled", "files/a.doc?from=titled"), ("packed", "files.zip/年报.html")],
)
def test_a_page_that_only_leads_to_its_report_is_followed(
    check: Check, extract: Check, site: str, path: str, found: str
) -> None:
    """To documents of its own site; the report has the date that the page was published on."""
    result = check(f"{site}/{path}")

    (one,) = result["reports"]
    assert result["code"] == 0
    assert (one["path"], one["cells"]["read"], result["skipped"]) == (f"{site}/{found}", 200, [])
    extracted = extract(f"{site}/{path}")
    assert extracted["published"] == "2025-01-20"


def test_a_page_tells_by_way_of_which_link(check: Check, site: str) -> None:
    """A note of the report names the page."""
    (one,) = check(f"{site}/leads", "--lang", "en")["reports"]
    assert one["notes"] == [f"found by way of the page {site}/leads"]


@pytest.mark.parametrize("paths", [("leads", "files/a.doc"), ("files/a.doc", "leads")])
def test_a_report_that_was_named_is_not_read_twice(site: str, paths: tuple[str, str]) -> None:
    """A page that leads to it gives it its date all the same, before it or behind it."""
    result = Linter().check([f"{site}/{path}" for path in paths]).result()

    assert [one.path for one in result.reports] == [f"{site}/files/a.doc"]
    assert [one.report and one.report.published for one in result.reports] == [dt.date(2025, 1, 20)]
    assert result.run.skipped == (f"{site}/leads",)


@pytest.mark.parametrize(
    ("path", "expected", "skipped"),
    [
        ("many", [("many", "not-a-report")], []),
        ("dead", [("dead", "not-a-report"), ("files/none.pdf", "cannot-fetch")], []),
        ("others", [("others", "not-a-report")], ["letter.doc"]),
    ],
)
def test_a_page_that_leads_to_no_report_is_a_problem(
    check: Check, site: str, path: str, expected: list[tuple[str, str]], skipped: list[str]
) -> None:
    """A list of many is not followed; what cannot be fetched is told; what is no report is passed over."""
    result = check(f"{site}/{path}")

    assert result["code"] == 3
    assert problems(result) == [(f"{site}/{name}", code) for name, code in expected]
    assert result["skipped"] == [f"{site}/{name}" for name in skipped]


def test_a_saved_page_leads_to_the_file_beside_it(check: Check, undated: bytes, tmp_path: Path) -> None:
    """Whether the page is named or its folder; a file of the folder is read once, and never the network asked."""
    words = link("附件/report.doc", "2024年政府信息公开工作年度报告")
    (tmp_path / "page.html").write_bytes(page(words, link("http://127.0.0.1:1/x.pdf", "年报")))
    (tmp_path / "附件").mkdir()
    (tmp_path / "附件" / "report.doc").write_bytes(undated)

    named = check(tmp_path / "page.html")
    assert [one["path"] for one in named["reports"]] == [str(tmp_path / "附件" / "report.doc")]
    assert named["code"] == 0

    (tmp_path / "附件" / "report.doc").rename(tmp_path / "附件" / "report.html")
    (tmp_path / "page.html").write_bytes(page(words.replace(".doc", ".html"), link("附件/report.html", "report.doc")))
    walked = check(tmp_path)
    assert [one["path"] for one in walked["reports"]] == [str(tmp_path / "附件" / "report.html")]
    assert walked["skipped"] == [str(tmp_path / "page.html")]


def test_a_name_and_password_are_never_shown(nianbao: Run, site: str) -> None:
    """Neither in results nor in what is told on standard error."""
    secret = site.replace("http://", "http://name:s3cret@")
    for arguments in (
        ("check", f"{secret}/report.html", f"{secret}/missing"),
        ("check", f"{secret}/report.html", f"{secret}/missing", "--format", "json"),
        ("extract", f"{secret}/missing"),
        ("diff", f"{secret}/missing", f"{secret}/report.html"),
    ):
        done = nianbao(*arguments)
        assert done.returncode == 3
        assert "s3cret" not in done.stdout + done.stderr
        assert f"{site}/missing" in done.stdout + done.stderr


def test_a_page_is_checked_without_what_fetches(repo: Path) -> None:
    """A file on the disk needs no network library."""
    script = "import sys; from nianbao.cli import run; run(['check', sys.argv[1]]); print('httpx' in sys.modules)"
    page = repo / "examples" / "linjiang-2024.html"
    done = subprocess.run([sys.executable, "-c", script, page], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.endswith("False\n")
