"""Settings of a run: from a file, overridden by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao.errors import SourceError, UsageError, unreadable
from nianbao.messages import LANGUAGES, Text
from nianbao.model.closed_words import word_of
from nianbao.model.rule import LEVELS, PERSONAS, SHOWN
from nianbao.yamlfiles.source import parse, validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nianbao.messages import Language
    from nianbao.model.closed_words import Word
    from nianbao.model.rule import FailLevel, Persona, Rule, ShowLevel


class Settings(NamedTuple):
    """Settings of a run; ``lang``, ``fail_on``, ``show`` and ``persona`` are ``None`` if they are not set.

    ``plugins`` are those that the run requires; ``today`` is the day of the check, if it is not that of the run.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailLevel | None = None
    lang: Language | None = None
    packs: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    show: ShowLevel | None = None
    persona: Persona | None = None
    today: str | None = None

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Settings:
        """Return the settings from data that ``plain`` returned."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        return cls(**values)

    def plain(self) -> dict[str, Any]:
        """Return the settings as plain data for JSON."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self._asdict().items()}


def load_settings(path: str) -> Settings:
    """Read a settings file; the folders of packs in it are relative to its own folder.

    Raises:
        SourceError, SourceErrors: it cannot be read, or has an unknown setting or value.
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
        fail_on=_chosen(data, "fail_on", LEVELS),
        lang=_chosen(data, "lang", LANGUAGES),
        packs=tuple(str(file.parent / folder) for folder in data.get("packs", ())),
        plugins=tuple(data.get("plugins", ())),
        show=_chosen(data, "show", SHOWN),
        persona=_chosen(data, "persona", PERSONAS),
        today=data.get("today"),
    )


def split_codes(values: Iterable[str]) -> tuple[str, ...]:
    """Return the codes in texts that may have several, separated by commas."""
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())


def _chosen(data: Mapping[str, Any], name: str, words: tuple[Word, ...]) -> Word | None:
    return word_of(data[name], words) if name in data else None


def choose_codes(rules: Sequence[Rule], *, select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """Return the codes of the rules that run.

    Args:
        rules: All rules.
        select: Codes, or beginnings of codes, that run; all when empty.
        ignore: Codes, or beginnings of codes, that do not run.

    Raises:
        UsageError: no rule has one of the codes.
    """
    known = [rule.code for rule in rules]
    renamed = {old: rule.code for rule in rules for old in rule.replaces}
    chosen = _matching(select, known, renamed) if select else set(known)
    return frozenset(chosen - _matching(ignore, known, renamed))


def _matching(wanted: Iterable[str], known: Sequence[str], renamed: dict[str, str]) -> set[str]:
    codes: set[str] = set()
    for prefix in wanted:
        code = renamed.get(prefix, prefix)
        matches = {rule for rule in known if code and rule.startswith(code)}
        if not matches:
            raise UsageError(
                Text(f"没有编号为“{prefix}”的规则", f"no rule has the code {prefix!r}") + _nearest(prefix, known)
            )
        codes |= matches
    return codes


def _nearest(code: str, known: Sequence[str]) -> Text:
    from difflib import get_close_matches  # noqa: PLC0415 - only for mistakes

    near = get_close_matches(code.upper(), known, 1, 0.5)
    if near:
        return Text(f"；是不是 {near[0]}？", f"; did you mean {near[0]}?")
    return Text(f"；有：{'、'.join(sorted(known))}", f"; known: {', '.join(sorted(known))}")
