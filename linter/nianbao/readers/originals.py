"""Files that are read a second time: for copies of them, and for exact places."""

from __future__ import annotations

from pathlib import Path

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.model.address import is_address
from nianbao.readers import STDIN, Source, load

_NO_FILE = Text(
    "来自标准输入，没有文件可以改；请存成文件再试", "came from standard input: save it as a file and use that"
)
_NO_ADDRESS = Text(
    "来自网址，没有文件可以改；请用 --save 存下来，再用存下的文件",
    "came from an address: keep it with --save and use the file that is kept",
)
_NO_MEMBER = Text("在压缩包里，不能改；请解压后再用", "is in an archive, which is not written: unpack it and use that")
_CHANGED = Text("检查之后文件又变了；请再运行一次", "has changed since it was read: run this again")


def original(name: str, *, sha256: str) -> Source:
    """Return a file that was read before.

    Args:
        name: The name of the input: it must be a file, and not standard input, an address or a member of an archive.
        sha256: The hash of its bytes.

    Raises:
        InputError: the input was not a file, or the file has changed.
    """
    if name == STDIN:
        raise InputError("no-file", _NO_FILE)
    if is_address(name):
        raise InputError("no-file", _NO_ADDRESS)
    if not Path(name).is_file():
        raise InputError("no-file", _NO_MEMBER)
    source = Source(name, load(name))
    if source.sha256 != sha256:
        raise InputError("changed", _CHANGED)
    return source
