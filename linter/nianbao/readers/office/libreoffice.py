"""Finds an installed LibreOffice, and converts files with it within limits."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.messages import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VARIABLE = "NIANBAO_SOFFICE"
MAX_SECONDS = 60.0
MAX_BYTES = 32 * 2**20
_STEP = 0.05
_NAMES = ("soffice", "libreoffice")
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
_PROXY = "http://127.0.0.1:9"  # nothing listens there

_FAILED = Text(
    "LibreOffice 没能转换（{reason}）；请用原来的程序打开，另存为 {target} 再检查",
    "LibreOffice could not convert it ({reason}): open it in its own program, save it as {target} and check that",
)
_TOO_SLOW = Text("{seconds} 秒没有转换完", "it was not done in {seconds} seconds")
_TOO_LARGE = Text("转换出的文件超过 {limit} MB", "what it made is more than {limit} MB")
_NOTHING = Text("没有得到文件", "it made no file")

# Settings of a profile: no macros, no links, no search for updates, a proxy that leads nowhere.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def find_soffice() -> str | None:
    """Return the program of LibreOffice that ``NIANBAO_SOFFICE`` names ("" for none), else an installed one."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return shutil.which(named) if named else None
    program = next((path for path in map(shutil.which, _NAMES) if path is not None), None)
    return program or next((path for path in _usual_places() if Path(path).is_file()), None)


def _usual_places() -> Iterator[str]:
    if sys.platform == "darwin":
        yield _MAC
    for variable in ("ProgramFiles", "ProgramFiles(x86)"):
        if folder := os.environ.get(variable):
            yield str(Path(folder, "LibreOffice", "program", "soffice.exe"))


def convert(
    data: bytes,
    program: str,
    *,
    suffix: str,
    target: str,
    seconds: float = MAX_SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> bytes:
    """Convert a file with LibreOffice, and return the result.

    Args:
        data: The file.
        program: The program of LibreOffice.
        suffix: The file's ending.
        target: The ending of the target format, ``.docx`` or ``.xlsx``.
        seconds: The maximum time.
        clock: Returns the time, in seconds since any fixed moment.

    Raises:
        InputError: code ``cannot-convert``, with the reason.
    """
    with tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, f"report{suffix}"), Path(folder, "made", f"report{target}")
        source.write_bytes(data)
        reason = _run(_command(program, source, made), Path(folder), seconds=seconds, clock=clock)
        if reason is None and not made.is_file():
            reason = _NOTHING
        if reason is not None:
            raise InputError("cannot-convert", _FAILED.format(reason=reason, target=target))
        return made.read_bytes()


def _command(program: str, source: Path, made: Path) -> list[str]:
    profile = source.parent / "profile"
    _write_profile(profile)
    return [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nofirststartwizard",
        "--convert-to",
        _FILTERS[made.suffix],
        "--outdir",
        str(made.parent),
        str(source),
    ]


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def _run(command: list[str], folder: Path, *, seconds: float, clock: Callable[[], float]) -> Text | None:
    """Run LibreOffice in a folder; return the reason if it failed."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _PROXY)
    try:
        process = subprocess.Popen(  # noqa: S603 - the program is the user's own choice or that on the path
            command,
            cwd=folder,
            env={**os.environ, **proxies, "TMPDIR": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return Text.of(error.strerror or str(error))
    with process:
        try:
            return _watched(process, folder, seconds=seconds, clock=clock)
        finally:
            if process.poll() is None:
                _end(process)


def _watched(
    process: subprocess.Popen[bytes], folder: Path, *, seconds: float, clock: Callable[[], float]
) -> Text | None:
    """Wait for a process; return the reason if it took too long, or wrote too much into its folder."""
    end = clock() + seconds
    while process.poll() is None:
        if clock() > end:
            return _TOO_SLOW.format(seconds=f"{seconds:g}")
        if _size(folder / "made") > MAX_BYTES:
            break
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STEP)
    return _TOO_LARGE.format(limit=MAX_BYTES // 2**20) if _size(folder / "made") > MAX_BYTES else None


def _size(folder: Path) -> int:
    """Return the size of a folder in bytes; a file may vanish in the meantime."""
    size = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                size += entry.stat().st_size
    return size


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all its child processes."""
    with suppress(OSError):
        if sys.platform == "win32":
            subprocess.run(  # noqa: S603 - a program of the system
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607 - the same
                check=False,
                capture_output=True,
            )
        else:
            os.killpg(process.pid, signal.SIGKILL)
