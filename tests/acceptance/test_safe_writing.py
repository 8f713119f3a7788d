"""Writing is safe: to what is there, never over an input, and nothing is left behind."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nianbao.cli import ExitCode, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., subprocess.CompletedProcess[str]]

resource = pytest.importorskip("resource", reason="limits and devices here are those of POSIX")

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "examples" / "linjiang-2024.txt"
DRAFT = ROOT / "examples" / "linjiang-2024-draft.txt"
NOBODY = 65534
FAR = "x" * 300_000


@pytest.fixture
def place() -> Iterator[Path]:
    """Give a folder that anybody may write into."""
    folder = Path(tempfile.mkdtemp(prefix="nianbao-test-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def without_rights() -> Iterator[None]:
    """Let this process have no rights where it has all; what it still has to import, it has imported."""
    run(["rules", "--output", "/dev/null"])
    run(["check", str(REPORT), "--output", "/dev/null"])
    if os.geteuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def shell(command: str, *arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, in which ``$@`` is ``nianbao`` with arguments."""
    return subprocess.run(
        ["sh", "-c", command, "sh", sys.executable, "-m", "nianbao", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "NIANBAO_LANG": "en", **options.pop("variables", {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        **options,
    )


def drafts(folder: Path) -> list[Path]:
    """Return what was left behind in a folder."""
    return [one for one in folder.rglob("*") if one.name.startswith(".nianbao")]


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """Let no file grow beyond a size: what a full disk does to a program."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", str(REPORT)),
    "json": ("check", str(REPORT), "--format", "json"),
    "html": ("check", str(REPORT), "--format", "html"),
    "extract": ("extract", str(REPORT)),
    "diff": ("diff", str(REPORT), str(REPORT)),
    "rules": ("rules",),
    "explain": ("explain", "A001"),
    "schema": ("schema", "report"),
    "plugins": ("plugins",),
    "test": ("test", "--quick"),
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_device_is_written_into(arguments: tuple[str, ...]) -> None:
    """``/dev/full`` takes nothing, which is told; it is still there."""
    code = run([*arguments, "--output", "/dev/full", *(["--lang", "en"] if arguments[0] != "schema" else [])])

    assert code == ExitCode.USAGE
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)  # noqa: PTH116 - a device


def test_a_device_stays_one_whoever_writes(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Even for root, who could put a file in the place of ``/dev/null``."""
    device = place / "null"
    try:
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        device.write_bytes(b"")
    except PermissionError:
        pytest.skip("no device can be made here")

    code = run(["check", str(REPORT), "--output", str(device)])

    assert (code, *capsys.readouterr()) == (ExitCode.CLEAN, "", "")
    assert stat.S_ISCHR(device.stat().st_mode)
    assert list(place.iterdir()) == [device]


def test_without_rights_a_device_is_written_into_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    """No draft beside it is needed."""
    with without_rights():
        code = run(["check", str(REPORT), "--output", "/dev/null"])

    assert (code, *capsys.readouterr()) == (ExitCode.CLEAN, "", "")


def test_a_pipe_is_written_into(place: Path) -> None:
    """Whoever reads it gets all, and it stays."""
    pipe = place / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    reader.start()

    code = run(["check", str(REPORT), "--format", "json", "--output", str(pipe)])
    reader.join()

    assert code == ExitCode.CLEAN
    assert json.loads(got[0])["summary"]["reports"] == 1
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_pipe_that_nobody_reads_does_not_keep_the_run(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is waited for only so long, and then named."""
    pipe = place / "pipe"
    os.mkfifo(pipe)
    monkeypatch.setattr("nianbao.files.atomic.MAX_PIPE_SECONDS", 0.05)

    codes = [run(["rules", "--output", str(pipe), "--lang", lang]) for lang in ("zh", "en")]

    assert codes == [ExitCode.USAGE, ExitCode.USAGE]
    assert capsys.readouterr().err.splitlines() == [
        f"nianbao：无法写入“{pipe}”：没有程序在读这个管道，或没有这个设备",
        f"nianbao: cannot write '{pipe}': no program reads this pipe",
    ]


def test_a_pipe_that_is_read_no_more_is_no_error() -> None:
    """As for standard output: the exit code is that of the reports."""
    done = shell('"$@" --output /dev/fd/9 9>&1 | head -c 10', "check", DRAFT, "--format", "json")
    reports = [DRAFT] * 20
    codes = shell('{ "$@" --output /dev/fd/9 9>&1; echo $? >&2; } | head -c 10', "check", *reports, "--format", "json")

    assert (done.stdout, done.stderr) == ('{\n  "schem', "")
    assert codes.stderr == "1\n"


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_an_open_descriptor_is_written_into(place: Path, name: str) -> None:
    """A pipe or a file behind it: nothing takes its place, and what stands in the file stays."""
    if not Path(name).exists():
        pytest.skip(f"no {name} here")
    log = place / "log"
    log.write_text("before\n", encoding="utf-8")

    piped = shell('"$@" | cat', "explain", "A001", "--output", name)
    appended = shell(f'"$@" >>{log}; echo after >>{log}', "explain", "A001", "--output", name)

    assert (piped.stderr, appended.stderr) == ("", "")
    assert piped.stdout.startswith("A001")
    assert log.read_text(encoding="utf-8") == f"before\n{piped.stdout}after\n"
    assert list(place.iterdir()) == [log]


def test_links_are_followed(place: Path) -> None:
    """The file that they lead to is written, there or not, and they stay links."""
    (place / "deep").mkdir()
    target, link, dangling = place / "deep" / "target", place / "link", place / "dangling"
    target.write_text("before", encoding="utf-8")
    link.symlink_to("deep/target")
    dangling.symlink_to("deep/new")

    codes = [run(["rules", "--output", str(one)]) for one in (link, dangling)]

    assert codes == [ExitCode.CLEAN, ExitCode.CLEAN]
    assert link.is_symlink()
    assert dangling.is_symlink()
    assert "A001" in target.read_text(encoding="utf-8")
    assert "A001" in (place / "deep" / "new").read_text(encoding="utf-8")
    assert drafts(place) == []


def test_a_link_that_leads_to_itself_cannot_be_written(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named."""
    (place / "loop").symlink_to("loop")

    code = run(["rules", "--output", str(place / "loop"), "--lang", "zh"])

    assert (code, capsys.readouterr().err) == (
        ExitCode.USAGE,
        f"nianbao：无法写入“{place / 'loop'}”：链接绕成了圈\n",
    )


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_a_file_keeps_its_permissions(place: Path, mode: int) -> None:
    """What the owner closed stays closed, what he opened stays open."""
    file = place / "out"
    file.touch()
    file.chmod(mode)

    run(["rules", "--output", str(file)])

    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert "A001" in file.read_text(encoding="utf-8")


def test_a_file_keeps_its_owner(place: Path) -> None:
    """Where root writes for somebody else."""
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    file = place / "out"
    file.touch()
    os.chown(file, NOBODY, NOBODY)

    run(["rules", "--output", str(file)])

    assert (file.stat().st_uid, file.stat().st_gid) == (NOBODY, NOBODY)


def test_all_names_of_a_file_have_what_was_written(place: Path) -> None:
    """A hard link is the same file afterwards."""
    file, other = place / "out", place / "other"
    file.write_text(FAR, encoding="utf-8")
    other.hardlink_to(file)

    run(["rules", "--output", str(file)])

    assert file.samefile(other)
    assert other.read_text(encoding="utf-8").startswith("A001")
    assert "x" * 1000 not in other.read_text(encoding="utf-8")


def test_a_file_in_a_closed_folder_is_written(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who may write the file need not be able to write the folder; who may not write the file is told so."""
    for name, mode in (("open", 0o666), ("read", 0o444)):
        (place / name).write_text("before", encoding="utf-8")
        (place / name).chmod(mode)
    place.chmod(0o555)

    with without_rights():
        codes = [run(["rules", "--lang", "en", "--output", str(place / name)]) for name in ("open", "read", "new")]

    assert codes == [ExitCode.CLEAN, ExitCode.USAGE, ExitCode.USAGE]
    assert "A001" in (place / "open").read_text(encoding="utf-8")
    assert (place / "read").read_text(encoding="utf-8") == "before"
    assert capsys.readouterr().err.splitlines() == [
        f"nianbao: cannot write '{place / name}': Permission denied" for name in ("read", "new")
    ]
    assert sorted(one.name for one in place.iterdir()) == ["open", "read"]


def test_a_file_of_somebody_else_stays_theirs(place: Path) -> None:
    """Who may write it need not own it."""
    file = place / "out"
    file.touch()
    file.chmod(0o666)
    owner = file.stat().st_uid

    with without_rights():
        code = run(["rules", "--output", str(file)])

    assert (code, file.stat().st_uid, stat.S_IMODE(file.stat().st_mode)) == (ExitCode.CLEAN, owner, 0o666)
    assert "A001" in file.read_text(encoding="utf-8")


@pytest.fixture
def inputs(place: Path) -> Path:
    """Make a folder with a report under several names, in an archive too, with settings and a pack."""
    shutil.copy(REPORT, place / "report.txt")
    shutil.copy(DRAFT, place / "draft.txt")
    (place / "link.txt").symlink_to("report.txt")
    (place / "hard").hardlink_to(place / "report.txt")
    shutil.make_archive(str(place / "packed"), "zip", ROOT / "examples", "linjiang-2024.txt")
    (place / "settings.yaml").write_text("show: error\n", encoding="utf-8")
    run(["new", "pack", str(place / "own")])
    (place / "years").mkdir()
    (place / "years" / "older.txt").write_text(REPORT.read_text(encoding="utf-8").replace("2024", "2023"), "utf-8")
    (place / "mine").mkdir()
    (place / "mine" / "pack.yaml").write_text("extends: ../own\n", encoding="utf-8")
    rule = (place / "own" / "Z001.yaml").read_text(encoding="utf-8").replace("Z001", "Z002")
    (place / "mine" / "Z002.yaml").write_text(rule, encoding="utf-8")
    return place


OVER_INPUTS = {
    "itself": ("check report.txt", "report.txt"),
    "another spelling": ("check report.txt", "own/../report.txt"),
    "a link to it": ("check report.txt", "link.txt"),
    "it is read by a link": ("check link.txt", "report.txt"),
    "a hard link": ("check report.txt", "hard"),
    "an archive": ("check packed.zip", "packed.zip"),
    "a report in a folder": ("check .", "draft.txt"),
    "an archive in a folder": ("check .", "packed.zip"),
    "last year's": ("check draft.txt --prior report.txt", "report.txt"),
    "one of a folder of years before": ("check draft.txt --prior years", "years/older.txt"),
    "a pack that another extends": ("check draft.txt --pack mine", "own/Z001.yaml"),
    "rules that are listed with those they extend": ("rules --pack mine", "own/Z001.yaml"),
    "that of the organ above": ("check draft.txt --parent report.txt", "hard"),
    "those of the organs below": ("check draft.txt --children report.txt", "link.txt"),
    "settings": ("check draft.txt --settings settings.yaml", "settings.yaml"),
    "a file of a pack": ("check draft.txt --pack own", "own/Z001.yaml"),
    "what is extracted": ("extract report.txt", "hard"),
    "the first of two": ("diff report.txt draft.txt", "report.txt"),
    "the second of two": ("diff report.txt draft.txt", "draft.txt"),
    "a pack that is tested": ("test own", "own/pack.yaml"),
    "rules that are listed": ("rules --pack own", "own/Z001.yaml"),
    "a rule that is explained": ("explain Z001 --pack own", "own/Z001.yaml"),
    "what is put right": ("fix draft.txt --accept 1", "draft.txt"),
    "what it is put right by": ("fix draft.txt --prior report.txt --accept 1", "hard"),
}


@pytest.mark.parametrize(("command", "output"), OVER_INPUTS.values(), ids=OVER_INPUTS)
def test_an_input_is_never_written_over(
    inputs: Path,
    command: str,
    output: str,
    *,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever name it goes by; that is said in plain words, and it stays as it was."""
    monkeypatch.chdir(inputs)
    before = {one: one.read_bytes() for one in inputs.rglob("*") if one.is_file()}
    capsys.readouterr()

    code = run([*command.split(), "--output", output, "--lang", "en"])

    words = "is the file itself" if output == "draft.txt" and command.startswith("fix") else "is a file that this run"
    assert (code, capsys.readouterr().err.count(words)) == (ExitCode.USAGE, 1)
    assert {one: one.read_bytes() for one in inputs.rglob("*") if one.is_file()} == before


def test_standard_input_is_not_written_over(place: Path) -> None:
    """The file behind it is an input like any other."""
    file = place / "report.txt"
    shutil.copy(REPORT, file)

    done = shell(f'"$@" <{file}', "check", "-", "--output", file)

    assert done.returncode == ExitCode.USAGE
    assert "is a file that this run reads" in done.stderr
    assert file.read_bytes() == REPORT.read_bytes()


def test_results_of_an_earlier_run_are_replaced(inputs: Path) -> None:
    """A file in the folder that is no report is no input."""
    codes = [run(["check", str(inputs), "--format", "json", "--output", str(inputs / "result.json")]) for _ in range(2)]

    assert codes == [ExitCode.FINDINGS, ExitCode.FINDINGS]


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_a_full_disk_leaves_what_was_there(place: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing else."""
    file, other = place / "old", place / "other"
    file.write_text("before", encoding="utf-8")
    (place / "hard").write_text("before", encoding="utf-8")
    other.hardlink_to(place / "hard")
    call = ["check", str(DRAFT), "--format", form, "--lang", "zh", "--output"]

    with files_up_to(500):
        codes = [run([*call, str(one)]) for one in (file, place / "new", other)]

    assert codes == [ExitCode.USAGE] * 3
    assert capsys.readouterr().err.count("文件太大") == 3
    assert {one.name: one.read_text(encoding="utf-8") for one in place.iterdir()} == dict.fromkeys(
        ("old", "hard", "other"), "before"
    )


def test_a_small_disk_leaves_what_was_there(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A real one, where one may be mounted."""
    disk = place / "disk"
    disk.mkdir()
    if (
        shutil.which("mount") is None
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("no disk can be mounted here")
    try:
        (disk / "old").write_text("before", encoding="utf-8")
        (disk / "names").write_text("before", encoding="utf-8")
        (disk / "hard").hardlink_to(disk / "names")
        call = ["check", str(DRAFT), "--format", "html", "--lang", "zh", "--output"]
        codes = [run([*call, str(disk / name)]) for name in ("old", "new", "hard")]
        left = {one.name: one.read_text(encoding="utf-8") for one in disk.iterdir()}
    finally:
        subprocess.run(["umount", str(disk)], check=True)

    assert codes == [ExitCode.USAGE] * 3
    assert capsys.readouterr().err.count("磁盘已满") == 3
    assert left == dict.fromkeys(("old", "names", "hard"), "before")


def test_copies_and_new_files_are_whole_or_not_there(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--annotate``, ``fix`` and ``new`` leave nothing on a full disk either."""
    for file in (ROOT / "examples" / "linjiang-2024.html", DRAFT):
        shutil.copy(file, place)
    page = place / "linjiang-2024.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace('"EN-US">6<', '"EN-US">7<', 1), encoding="utf-8")
    before = sorted(place.rglob("*"))

    with files_up_to(50):
        codes = [
            run(["check", str(page), "--annotate", str(place / "copies"), "--lang", "en"]),
            run(["fix", str(place / DRAFT.name), "--accept", "1", "--lang", "en"]),
            run(["new", "pack", str(place / "own")]),
        ]

    assert codes == [ExitCode.USAGE] * 3
    assert capsys.readouterr().err.count("File too large") == 2
    assert [one for one in sorted(place.rglob("*")) if one.is_file()] == before


def test_fix_writes_into_a_device(capsys: pytest.CaptureFixture[str]) -> None:
    """What is left to find is told of the same bytes, since nothing can be read again."""
    code = run(["fix", str(DRAFT), "--accept", "1", "--output", "/dev/null", "--lang", "en"])

    assert code == ExitCode.CLEAN
    assert "/dev/null" in capsys.readouterr().out


STREAMS = {
    "full": ('"$@" >/dev/full', "No space left on device"),
    "closed": ('"$@" >&-', "Bad file descriptor"),
}


@pytest.mark.parametrize(("command", "reason"), STREAMS.values(), ids=STREAMS)
@pytest.mark.parametrize(
    "arguments",
    [COMMANDS["check"], COMMANDS["json"], ("--help",), ("fix", str(DRAFT))],
    ids=["check", "json", "help", "fix"],
)
def test_standard_output_that_cannot_be_written_is_told(arguments: tuple[str, ...], command: str, reason: str) -> None:
    """In one line; nothing is said of it again when the process ends."""
    done = shell(command, *arguments)

    assert (done.returncode, done.stderr) == (
        ExitCode.USAGE,
        f"nianbao: cannot write standard output: {reason}\n",
    )


def test_it_is_told_in_chinese_too() -> None:
    """As all that goes wrong."""
    done = [shell(command, "rules", variables={"NIANBAO_LANG": "zh"}) for command, _reason in STREAMS.values()]

    assert [one.stderr for one in done] == [
        "nianbao：无法写入标准输出：磁盘已满\n",
        "nianbao：无法写入标准输出：没有打开\n",
    ]


@pytest.mark.parametrize("command", ['"$@" 2>/dev/full', '"$@" 2>&-', '"$@" >/dev/full 2>&-', '"$@" >&- 2>/dev/full'])
@pytest.mark.parametrize("arguments", [("check", str(DRAFT)), ("check",)], ids=["findings", "usage"])
def test_standard_error_that_cannot_be_written_changes_no_exit_code(arguments: tuple[str, ...], command: str) -> None:
    """There is nobody left to tell."""
    expected = shell('"$@" >/dev/null', *arguments).returncode if ">" not in command[:6] else ExitCode.USAGE

    assert shell(command, *arguments).returncode == expected


def test_with_all_streams_closed_a_file_is_written(place: Path) -> None:
    """As some schedulers start programs; what is opened later is taken for none of them."""
    done = shell('"$@" <&- >&- 2>&-', "check", DRAFT, "--format", "json", "--output", place / "out")

    assert done.returncode == ExitCode.FINDINGS
    assert json.loads((place / "out").read_text(encoding="utf-8"))["summary"]["reports"] == 1


def test_a_pipe_that_does_not_block_gets_all(place: Path) -> None:
    """A terminal or a program that left its pipe so is waited for."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    got: list[bytes] = []

    def read() -> None:
        with os.fdopen(reader, "rb") as stream:
            got.append(stream.read())

    thread = threading.Thread(target=read)
    with subprocess.Popen(
        [sys.executable, "-m", "nianbao", "check", str(DRAFT), "--format", "html"], cwd=ROOT, stdout=writer
    ) as process:
        os.close(writer)
        thread.start()
    thread.join()

    assert process.returncode == ExitCode.FINDINGS
    assert got[0].endswith(b"</html>\n")
