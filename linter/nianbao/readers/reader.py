"""The interface of readers: a format, a function that recognises it by its content, and a function that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.model.document import Document
    from nianbao.readers.source import Source


class Reader(NamedTuple):
    """Reads one format.

    Attributes:
        format: Id of the format; its documents have it too.
        recognises: Whether a source is of the format, by its content and not by its name.
        read: Makes a document from a recognised source; raises InputError.
        suffixes: Endings of files that are read when a folder is checked, such as ``.html``.
        binary: Whether it reads bytes that are not text; binary readers are tried before the readers of text.
    """

    format: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Document]
    suffixes: tuple[str, ...] = ()
    binary: bool = False
