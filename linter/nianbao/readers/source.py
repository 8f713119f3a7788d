"""A source: bytes under a name, with what is made of them once and when it is first asked for."""

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
    """One source as it came.

    Args:
        name: Its name as the user gave it; ``-`` for standard input.
        data: Its bytes.
        charset: The encoding that a server says they are in, or "".
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
        """What its bytes say, with line ends made line feeds.

        Raises:
            InputError: code ``unreadable-encoding``.
        """
        return decode(self.data, charset=self._charset)

    @property
    def zipped(self) -> Zipped:
        """The zip file that its bytes are.

        Raises:
            InputError: they are none, or it is broken.
        """
        if isinstance(self._opened, tuple):
            raise InputError(*self._opened)
        return self._opened

    @cached_property
    def ole(self) -> OleFile:
        """The old Office file that its bytes are."""
        from nianbao.containers.ole import OleFile  # noqa: PLC0415 - only for old Office files

        return OleFile(self.data)

    @cached_property
    def _opened(self) -> Zipped | tuple[str, Text]:
        """The zip file, or code and text of the error that it is none; an error itself would keep what raised it."""
        from nianbao.containers.zipped import Zipped  # noqa: PLC0415 - only for zip files

        try:
            return Zipped(self.data)
        except InputError as error:
            return error.code, error.message
