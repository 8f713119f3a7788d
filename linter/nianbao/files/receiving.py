"""Streams into what takes bytes and keeps none: pipes, devices, terminals."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Receiver(io.FileIO):
    """A stream without a buffer whose reader may go away: then it takes everything and gives it to nobody."""

    is_gone = False

    def write(self, data: ReadableBuffer, /) -> int:
        """Write bytes and return how many were taken; a pipe that is full is waited for.

        Raises:
            OSError: they cannot be written.
        """
        size = memoryview(data).nbytes
        if self.is_gone:
            return size
        try:
            return self._written(data)
        except BrokenPipeError:
            self.is_gone = True
            return size

    def _written(self, data: ReadableBuffer) -> int:
        while True:
            count: int | None = super().write(data)
            if count is not None:
                return count
            import select  # noqa: PLC0415 - few pipes do not block

            select.select([], [self], [])
