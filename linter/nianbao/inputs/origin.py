"""Where a source came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nianbao.inputs.archive import Archive
    from nianbao.messages import Text
    from nianbao.readers.source import Source


class SourceOrigin(NamedTuple):
    """A source to read, and where it came from.

    Attributes:
        source: The source; its name is its path or address for display.
        base: The address, path or name in an archive to which links are relative; "" if links are not followed.
        inside: Whether it came from this machine or its own network, so that its links may lead there too.
        archive: The archive that contains it.
        holder: The name of that archive.
        is_file: Whether it is a file that can be read again.
        is_fetched: Whether it was fetched from an address.
        notes: Notes for people on how it was found.
    """

    source: Source
    base: str = ""
    inside: bool = False
    archive: Archive | None = None
    holder: str = ""
    is_file: bool = False
    is_fetched: bool = False
    notes: tuple[Text, ...] = ()

    @property
    def name(self) -> str:
        """The name of the source."""
        return self.source.name
