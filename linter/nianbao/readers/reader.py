"""What every reader has: a format, a way to know it by its content, and a way to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.model.document import Document
    from nianbao.readers.source import Source


class Reader(NamedTuple):
    """Reads one format.

    Attributes:
        format: Id of the format, which its documents carry.
        recognises: Whether a source is of the format, by what it holds and not by its name.
        read: Makes a document of a source that was recognised; raises InputError.
        suffixes: Endings of files that are looked into when a folder is checked, such as ``.html``.
        binary: Whether it reads bytes that are no text, and is therefore asked before the readers of text.
    """

    format: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Document]
    suffixes: tuple[str, ...] = ()
    binary: bool = False
