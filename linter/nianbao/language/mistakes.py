"""Mistakes in expressions, raised where the file of the expression is not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.messages import Text

if TYPE_CHECKING:
    from nianbao.model.rule import Origin

_MAX_NAMES_SHOWN = 12


class Mistake(Exception):  # noqa: N818 - caught where the file is known, and raised again as a SourceError
    """An expression, or another option of a rule, is wrong.

    Args:
        reason: What is wrong and how to correct it, lower case, without a full stop; a plain string is used for all
            languages.
        at: Offset in the expression, in characters from 0, of the caret.
        path: Keys and indexes from the rule to the value, where they are known.
    """

    def __init__(self, reason: Text | str, at: int | None = None, path: tuple[str | int, ...] = ()) -> None:
        self.reason = Text.of(reason)
        super().__init__(self.reason.get("en"))
        self.at = at
        self.path = path

    def under(self, *path: str | int) -> Mistake:
        """Return the same mistake, with ``path`` in front of its own path."""
        return Mistake(self.reason, self.at, (*path, *self.path))


def no_rule(code: str, known: list[str]) -> Text:
    """Return the reason that no rule has a code."""
    return Text(f"没有规则“{code}”", f"no rule {code!r}") + nearest(code, known)


def no_form(form: str, known: list[str]) -> Text:
    """Return the reason that no form has an id."""
    return Text(f"没有格式“{form}”", f"no form {form!r}") + nearest(form, known)


def code_in_use(code: str, first: Origin) -> Text:
    """Return the reason that another rule has this code already."""
    where = f"{first.file}:{first.line}"
    return Text(f"编号 {code} 已被占用：{where}", f"code {code} is taken: {where}")


def nearest(word: str, known: list[str]) -> Text:
    """Return a hint at the known word that is most similar to ``word``, for the end of a reason."""
    import difflib  # noqa: PLC0415 - only for mistakes

    near = difflib.get_close_matches(word, known, 1, 0.5)
    if near:
        return Text(f"；是不是“{near[0]}”？", f"; did you mean {near[0]!r}?")
    names = list(dict.fromkeys(known))
    if not names:
        return Text()
    shown, more = names[:_MAX_NAMES_SHOWN], Text()
    if len(names) > _MAX_NAMES_SHOWN:
        more = Text(f"……（共 {len(names)} 个）", f", … ({len(names)} in all)")
    return Text(f"；这里有：{'、'.join(shown)}", f"; known here: {', '.join(shown)}") + more
