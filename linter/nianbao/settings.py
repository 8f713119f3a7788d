"""Settings of a run: from a file, with what the command line says on top."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nianbao.errors import SourceError, UsageError, unreadable
from nianbao.messages import Text
from nianbao.yamlfiles.source import parse, validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.model.rule import Rule

LEVELS = ("error", "warning", "info", "never")
SHOWN = ("error", "warning", "info", "all")


class Settings(NamedTuple):
    """What may be set for a run; ``lang``, ``fail_on``, ``show`` and ``persona`` are ``None`` where nothing was said.

    ``plugins`` are those that the run needs.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    lang: str | None = None
    packs: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    show: str | None = None
    persona: str | None = None


def load_settings(path: str) -> Settings:
    """Read a settings file; the folders of packs in it are taken from its own folder.

    Raises:
        SourceError, SourceErrors: it cannot be read, or says something that cannot be set.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(unreadable(error), file=path) from error
    source = parse(text, path)
    if source.data is None:
        return Settings()
    validate(source, "settings")
    data = source.data
    return Settings(
        select=split_codes(data.get("select", ())),
        ignore=split_codes(data.get("ignore", ())),
        fail_on=data.get("fail_on"),
        lang=data.get("lang"),
        packs=tuple(str(file.parent / one) for one in data.get("packs", ())),
        plugins=tuple(data.get("plugins", ())),
        show=data.get("show"),
        persona=data.get("persona"),
    )


def split_codes(values: Iterable[str]) -> tuple[str, ...]:
    """Return the codes in texts that may hold several, parted by commas."""
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())


def choose_codes(rules: Sequence[Rule], *, select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """Return the codes of the rules that run.

    Args:
        rules: All rules there are.
        select: Codes, or beginnings of codes, that run; all when empty.
        ignore: Codes, or beginnings of codes, that do not run.

    Raises:
        UsageError: a code that no rule has.
    """
    known = [rule.code for rule in rules]
    renamed = {old: rule.code for rule in rules for old in rule.replaces}
    chosen = _matching(select, known, renamed) if select else set(known)
    return frozenset(chosen - _matching(ignore, known, renamed))


def _matching(wanted: Sequence[str], known: Sequence[str], renamed: dict[str, str]) -> set[str]:
    found: set[str] = set()
    for one in wanted:
        code = renamed.get(one, one)
        matches = {rule for rule in known if code and rule.startswith(code)}
        if not matches:
            raise UsageError(Text(f"没有编号为“{one}”的规则", f"no rule has the code {one!r}") + _nearest(one, known))
        found |= matches
    return found


def _nearest(code: str, known: Sequence[str]) -> Text:
    from difflib import get_close_matches  # noqa: PLC0415 - only for mistakes

    near = get_close_matches(code.upper(), known, 1, 0.5)
    if near:
        return Text(f"；是不是 {near[0]}？", f"; did you mean {near[0]}?")
    return Text(f"；有：{'、'.join(sorted(known))}", f"; known: {', '.join(sorted(known))}")
