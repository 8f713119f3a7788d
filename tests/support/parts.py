"""What a document holds, for looking at: its paragraphs and the cells of its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.model.document import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.model.document import Document, TableCell


def parts(document: Document) -> Iterator[Paragraph | TableCell]:
    """Give paragraphs and cells in reading order."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            yield from block.cells


def drawn(document: Document) -> list[str | list[str]]:
    """Return prose as strings, tables as lists of the texts of their cells, pictures as "[picture]"."""
    shown: list[str | list[str]] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            shown.append(block.text)
        else:
            shown.append([cell.text for cell in block.cells] if isinstance(block, Table) else "[picture]")
    return shown
