"""``--output``: a file is written as a whole or not at all, and an input of the run is never overwritten."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from nianbao.errors import UsageError, unwritable
from nianbao.messages import Text
from nianbao.readers import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OVER_INPUT = Text(
    "--output“{path}”是这次要读的文件，不能写在它上面；请换一个名字",
    "--output {path!r} is a file that this run reads, which is not written over: choose another name",
)
_PACK_FILES = "**/*.y*ml"


@contextmanager
def open_output(path: str | None, inputs: Iterable[str | None] = ()) -> Iterator[IO[str]]:
    """Give the stream to write to: standard output, or the file at a path.

    Args:
        path: The path; a file appears there only when all of it has been written.
        inputs: The inputs of the run, which must not be overwritten.

    Raises:
        UsageError: the path cannot be written.
    """
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    from nianbao.files.atomic import whole  # noqa: PLC0415 - most runs write no file

    refuse_inputs(path, inputs)
    try:
        with whole(Path(path)) as data:
            stream = io.TextIOWrapper(data, encoding="utf-8", errors="replace", newline="\n", write_through=True)
            yield stream
            stream.detach()  # everything has been passed on, and the file stays open
    except OSError as error:
        raise unwritable(path, error) from error


def refuse_inputs(output: str | None, inputs: Iterable[str | None]) -> None:
    """Refuse to overwrite a file that the run reads, even under another name.

    Args:
        output: The path of the output.
        inputs: Paths that the run reads: files, files in archives, ``-``, and folders of packs.

    Raises:
        UsageError: the file is one of them.
    """
    if output is None or not os.path.isfile(output):  # noqa: PTH113 - takes any name, however long
        return
    target = os.stat(output)  # noqa: PTH116 - the same
    if any(os.path.samestat(target, other) for path in inputs if path for other in _files(path)):
        raise UsageError(_OVER_INPUT.format(path=output))


def _files(path: str) -> Iterator[os.stat_result]:
    """Give the system's data on the files of a path."""
    if path == STDIN:
        yield os.fstat(0)
        return
    place = Path(path)
    for file in (place, *place.parents):  # the path of a file in an archive contains that of the archive
        with suppress(OSError, ValueError):
            yield file.stat()
            break
    if place.is_dir():
        with suppress(OSError):
            yield from (file.stat() for file in place.glob(_PACK_FILES))
