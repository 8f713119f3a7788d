"""Packs and rules that a command is told to use."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.api import InputOptions, builtin_pack, known_forms, load_pack, read
from nianbao.catalogue import combine, flattened
from nianbao.settings import choose_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.report import Report
    from nianbao.model.rule import Pack, Rule
    from nianbao.plugins.registry import Plugins


class Chosen(NamedTuple):
    """Packs that users brought, and the rules chosen from these, those of plugins and the pack that ships."""

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]


def choose(paths: Sequence[str], *, select: Sequence[str], ignore: Sequence[str], plugins: Plugins) -> Chosen:
    """Load packs and choose rules by code.

    Args:
        paths: Folders or files of packs beside the one that ships.
        select: Codes, or beginnings of codes, parted by commas; all rules when empty.
        ignore: The same, for rules to leave out.
        plugins: What plugins give.

    Raises:
        SourceError, SourceErrors, UsageError: a pack is wrong, or no rule has such a code.
    """
    packs = tuple(load_pack(path, plugins=plugins) for path in paths)
    rules = combine((builtin_pack(), *plugins.packs, *packs), kinds=plugins.kinds)
    codes = choose_codes(rules, select=split(select), ignore=split(ignore))
    return Chosen(packs, tuple(rule for rule in rules if rule.code in codes))


def read_by(
    path: str,
    packs: Sequence[str],
    *,
    plugins: Plugins,
    taking: InputOptions = InputOptions(),  # noqa: B008 - it is frozen
) -> Report:
    """Read a report by the forms of packs, of plugins, and those that ship.

    Args:
        path: The report.
        packs: Folders or files of packs.
        plugins: What plugins give.
        taking: How it is fetched, if it is at an address.

    Raises:
        SourceError, SourceErrors, InputError: a pack is wrong, or the report cannot be read.
    """
    brought = flattened(load_pack(pack, plugins=plugins) for pack in packs)
    return read(path, known_forms(plugins, brought), taking=taking, plugins=plugins)


def split(values: Sequence[str]) -> tuple[str, ...]:
    """Return the codes in options that may hold several, parted by commas."""
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())
