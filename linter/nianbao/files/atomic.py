"""Files that are written as a whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def whole(file: Path) -> Iterator[IO[bytes]]:
    """Give a stream for a file that is put in place only when all of it has been written.

    It may be read by whoever may read other new files of the user.

    Raises:
        OSError: it cannot be written.
    """
    import tempfile  # noqa: PLC0415 - slow to import, and most runs write no file

    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".nianbao-", delete=False) as stream:
        draft = Path(stream.name)
        try:
            yield stream
        except BaseException:
            stream.close()
            draft.unlink()
            raise
    try:
        draft.chmod(0o666 & ~_umask())
        draft.replace(file)
    except OSError:
        draft.unlink()
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
