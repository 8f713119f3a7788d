"""Labels that name a year, in the words that the form has for it: 2024年 in a report on 2024 is 本年."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.model.document import Table

_FIRST = -1  # the words are for the year before the report's, its own, and the next
_MAX_LABEL_CHARS = 120


def with_year_words(
    pieces: Mapping[str, Sequence[Table]], year: int | None, *, words: Sequence[str]
) -> Mapping[str, Sequence[Table]]:
    """Return source tables in whose labels a year near the report's is the form's word for it.

    A part of a year (2024年1—6月, 2024年末) and a year behind an open bracket, which is a note, are left as they are.
    """
    if year is None or not words:
        return pieces
    names = {str(year + number): word for number, word in enumerate(words, _FIRST)}
    signs = tuple(f"{name}年" for name in names)
    stated = re.compile(rf"(?<![\d(（])({'|'.join(names)})年度?(?![\d\s]*[\d月季上下前后第底末中初])")

    def mended(table: Table) -> Table:
        if not any(sign in cell.text for cell in table.cells for sign in signs):
            return table
        return table._replace(
            cells=tuple(
                cell._replace(text=stated.sub(lambda match: names[match[1]], cell.text))
                if len(cell.text) <= _MAX_LABEL_CHARS
                else cell
                for cell in table.cells
            )
        )

    return {name: [mended(table) for table in tables] for name, tables in pieces.items()}
