"""What is wrong with an expression, before it is known in which file the expression stands."""

from __future__ import annotations

_MOST_NAMES = 12


class Mistake(Exception):  # noqa: N818 - caught where the file is known, and raised again as a SourceError
    """An expression, or another option of a rule, is wrong.

    Args:
        reason: What is wrong and the way out, lower case, no full stop.
        at: Offset in the expression, in characters from 0, that the caret points at.
        path: Keys and indexes that lead from the rule to the value, where the one who raises knows them.
    """

    def __init__(self, reason: str, at: int | None = None, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at
        self.path = path

    def under(self, *path: str | int) -> Mistake:
        """Return the same mistake, told to stand under ``path``."""
        return Mistake(self.reason, self.at, (*path, *self.path))


def nearest(word: str, known: list[str]) -> str:
    """Return a hint at the known word nearest to ``word``, to go at the end of a reason."""
    import difflib  # noqa: PLC0415 - only for mistakes

    near = difflib.get_close_matches(word, known, 1, 0.5)
    if near:
        return f"; did you mean {near[0]!r}?"
    names = list(dict.fromkeys(known))
    if not names:
        return ""
    more = f", … ({len(names)} in all)" if len(names) > _MOST_NAMES else ""
    return f"; known here: {', '.join(names[:_MOST_NAMES])}{more}"
