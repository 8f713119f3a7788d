"""Tracked changes: text that is deleted and inserted, for people to accept or reject in their own program."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from nianbao.editing.note_words import AUTHOR, word_date
from nianbao.editing.office import numbered
from nianbao.editing.signs import write_text
from nianbao.editing.word.filling import put_run
from nianbao.editing.word.ranges import PROPERTIES, RUN_PROPERTIES, TEXT, before, behind, run_of
from nianbao.readers.word.xml_names import W

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from nianbao.editing.signs import Sign

_ID, _INSERTED, _DELETED, _DELETED_TEXT = W + "id", W + "ins", W + "del", W + "delText"
_NEW = frozenset((_INSERTED, W + "moveTo"))
_LAST_PROPERTIES = frozenset((W + "sectPr", W + "pPrChange"))


class Tracker:
    """Makes tracked changes of a day in a text; their ids continue from the highest one.

    Args:
        root: The text.
        day: The day.
    """

    def __init__(self, root: Any, day: dt.date) -> None:
        self._root = root
        self._date = word_date(day)
        self._last = max(numbered(element.get(_ID) for element in root.iter(f"{W}*")), default=0)

    def replace(self, stretch: Sequence[Sign], new: str) -> None:
        """Delete characters of runs, and insert a text behind them that looks like the first digit of them."""
        home = next((sign for sign in stretch if sign.char.isdigit()), stretch[0])
        look = run_of(home.element).find(RUN_PROPERTIES)
        deleted: list[Any] = []
        for element in reversed({id(sign.element): sign.element for sign in stretch}.values()):
            own = [sign for sign in stretch if sign.element is element]
            behind(own[-1])
            parent, index = before(own[0])
            deleted.append(self._around(parent[index], _DELETED))
            for text in list(parent[index].iter(TEXT)):
                text.tag = _DELETED_TEXT
                write_text(text, text.text or "")
        mark = self._mark(_INSERTED)
        put_run(mark, new, look=look)
        _put_behind(deleted[0], mark)

    def mark_inserted(self, run: Any) -> None:
        """Mark a run as inserted."""
        self._around(run, _INSERTED)

    def mark_paragraph(self, paragraph: Any) -> None:
        """Mark the end of a paragraph as inserted: rejected, the paragraph is joined with the one behind it."""
        properties = paragraph.find(PROPERTIES)
        if properties is None:
            properties = paragraph.makeelement(PROPERTIES)
            paragraph.insert(0, properties)
        look = properties.find(RUN_PROPERTIES)
        if look is None:
            look = properties.makeelement(RUN_PROPERTIES)
            at = next((place for place, child in enumerate(properties) if child.tag in _LAST_PROPERTIES), None)
            properties.insert(len(properties) if at is None else at, look)
        if look.find(_INSERTED) is None:
            look.insert(0, self._mark(_INSERTED))

    def _around(self, run: Any, name: str) -> Any:
        mark = self._mark(name)
        run.getparent().replace(run, mark)
        mark.append(run)
        return mark

    def _mark(self, name: str) -> Any:
        self._last += 1
        attributes = {_ID: str(self._last), W + "author": AUTHOR, W + "date": self._date}
        return self._root.makeelement(name, attributes)


def _put_behind(element: Any, mark: Any) -> None:
    """Put a mark behind an element, and outside of other people's insertions, which are split there."""
    while (parent := element.getparent()).tag in _NEW:
        rest = copy.copy(parent)
        rest[:] = list(element.itersiblings())
        if len(rest):
            parent.addnext(rest)
        element = parent
    element.addnext(mark)
