"""A source: bytes with a name; their text and their container are computed once, on first use."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.readers.decode import decode

if TYPE_CHECKING:
    from nianbao.containers.ole import OleFile
    from nianbao.containers.zipped import Zipped
    from nianbao.messages import Text


class Source:
    """One source, unchanged.

    Args:
        name: Its name as the user wrote it; ``-`` for standard input.
        data: Its bytes.
        charset: The encoding that a server states, or "".
    """

    def __init__(self, name: str, data: bytes, charset: str = "") -> None:
        self.name = name
        self.data = data
        self._charset = charset

    @cached_property
    def sha256(self) -> str:
        """The hash of its bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def text(self) -> str:
        """Its text, with line feeds as line ends.

        Raises:
            InputError: code ``unreadable-encoding``.
        """
        return decode(self.data, charset=self._charset)

    @property
    def zipped(self) -> Zipped:
        """Its bytes as a zip file.

        Raises:
            InputError: they are not a zip file, or it is broken.
        """
        if isinstance(self._opened, tuple):
            raise InputError(*self._opened)
        return self._opened

    @cached_property
    def ole(self) -> OleFile:
        """Its bytes as an old Office file."""
        from nianbao.containers.ole import OleFile  # noqa: PLC0415 - only for old Office files

        return OleFile(self.data)

    @cached_property
    def _opened(self) -> Zipped | tuple[str, Text]:
        """The zip file, or code and text of an error; the exception itself would keep its stack frames in memory."""
        from nianbao.containers.zipped import Zipped  # noqa: PLC0415 - only for zip files

        try:
            return Zipped(self.data)
        except InputError as error:
            return error.code, error.message
