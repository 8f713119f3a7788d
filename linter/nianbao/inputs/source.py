"""Bytes under a name, and where they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nianbao.inputs.archive import Archive
    from nianbao.messages import Text


class Source(NamedTuple):
    """Something to read.

    Attributes:
        name: Its path or address, as it may be shown.
        data: Its bytes.
        charset: The encoding that a server says they are in, or "".
        base: The address, the path or the name in an archive that links are written from; "" if they are not followed.
        inside: Whether it came from this machine or its own network, so that its links may lead there too.
        archive: The archive it was in.
        holder: The name of that archive.
        is_file: Whether it is a file, which can be read again.
        notes: What people should know of how it was found.
    """

    name: str
    data: bytes
    charset: str = ""
    base: str = ""
    inside: bool = False
    archive: Archive | None = None
    holder: str = ""
    is_file: bool = False
    notes: tuple[Text, ...] = ()
