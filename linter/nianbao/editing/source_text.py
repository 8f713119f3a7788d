"""Edits text files: the unchanged parts stay byte for byte, in their own encoding."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from nianbao.errors import InputError
from nianbao.messages import Text
from nianbao.readers.decode import decode, decoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.location import Location

_CHUNK = 2048
_SHORTENED = re.compile("\r(\0*)\n|\0")
_ENCODING = Text(
    "文字编码（{encoding}）不便改动；请另存为 UTF-8 再试",
    "its encoding ({encoding}) leaves no room for changes: save it as UTF-8 and try again",
)


class Edit(NamedTuple):
    """A range of a text, and its replacement."""

    begin: int
    end: int
    new: str


class SourceText:
    """The bytes of a text, with access by positions in the decoded text, whose line ends are line feeds.

    Args:
        data: The bytes.

    Raises:
        InputError: their encoding is unknown.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._decoded = decoded(data)
        self.text = decode(data)

    @property
    def is_ascii(self) -> bool:
        """Whether it contains only ASCII, so that its encoding may be any."""
        return self._decoded.text.isascii()

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the first character of each line."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def offset(self, location: Location) -> int | None:
        """Return the offset of a place, ``None`` if line and column are unknown or do not exist."""
        line, column = location.line, location.column
        if line is None or column is None or not 1 <= line <= len(self.line_starts):
            return None
        at = self.line_starts[line - 1] + column - 1
        return at if at <= len(self.text) else None

    def edited(self, edits: Iterable[Edit], *, references: bool = False) -> bytes:
        """Return the edited bytes; edits at the same position are applied one after the other.

        Args:
            edits: The edits, which do not overlap.
            references: Whether characters that the encoding lacks are written as character references.

        Raises:
            InputError: the encoding lacks a character, or the result would be decoded differently.
        """
        ordered = sorted(edits, key=lambda edit: (edit.begin, edit.end))
        encoding = "ascii" if references and self.is_ascii and not self._is_wide else self._decoded.encoding
        errors = "xmlcharrefreplace" if references else "strict"
        try:
            new = [self._with_line_ends(edit.new).encode(encoding, errors) for edit in ordered]
        except UnicodeEncodeError as error:
            raise self._refusal() from error
        made = self._joined(ordered, new)
        if decode(made) != self._expected(ordered, [piece.decode(encoding) for piece in new]):
            raise self._refusal()
        return made

    @property
    def _is_wide(self) -> bool:
        return self._decoded.encoding.startswith("utf-16")

    def _with_line_ends(self, new: str) -> str:
        text = self._decoded.text
        return new.replace("\n", "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n")

    def _joined(self, edits: Sequence[Edit], new: Sequence[bytes]) -> bytes:
        places = [place for edit in edits for place in (edit.begin, edit.end)]
        at = self._bytes_of(sorted(set(places)))
        pieces, done = [], 0
        for edit, written in zip(edits, new, strict=True):
            pieces += [self._data[done : at[edit.begin]], written]
            done = at[edit.end]
        return b"".join([*pieces, self._data[done:]])

    def _expected(self, edits: Sequence[Edit], new: Sequence[str]) -> str:
        pieces, done = [], 0
        for edit, written in zip(edits, new, strict=True):
            pieces += [self.text[done : edit.begin], written.replace("\r\n", "\n").replace("\r", "\n")]
            done = edit.end
        return "".join([*pieces, self.text[done:]])

    def _bytes_of(self, places: Sequence[int]) -> dict[int, int]:
        """Return the byte offsets of positions in the text, in order."""
        shortened, removed = self._shortened
        raw = [place + removed[bisect_right(shortened, place)] for place in places]
        ends = _byte_offsets(self._data, self._decoded.encoding, raw, mark=self._decoded.mark)
        return dict(zip(places, ends, strict=True))

    @cached_property
    def _shortened(self) -> tuple[list[int], list[int]]:
        """Positions behind which the text is shorter than the decoded bytes, each with the total difference so far."""
        ends, removed = [], [0]
        for match in _SHORTENED.finditer(self._decoded.text):
            total = removed[-1] + len(match[0]) - (1 if match[0].endswith("\n") else 0)
            ends.append(match.end() - total)
            removed.append(total)
        return ends, removed

    def _refusal(self) -> InputError:
        return InputError("cannot-write", _ENCODING.format(encoding=self._decoded.encoding))


def _byte_offsets(data: bytes, encoding: str, places: Sequence[int], *, mark: int) -> Iterator[int]:
    """Give the number of bytes for increasing numbers of characters."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    characters, at = 0, mark
    for place in places:
        while characters < place and at < len(data):
            state = decoder.getstate()
            step = len(decoder.decode(data[at : at + _CHUNK]))
            if characters + step <= place:
                characters, at = characters + step, at + _CHUNK
                continue
            decoder.setstate(state)
            while characters < place:
                characters += len(decoder.decode(data[at : at + 1]))
                at += 1
        yield min(at, len(data))
