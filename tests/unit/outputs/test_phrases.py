"""The phrases of all that is worded: both languages, the same places, one for each member of a closed set."""

from __future__ import annotations

import ast
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from nianbao.editing import wording
from nianbao.messages import Text
from nianbao.model.outcome import FAIL, PASS, UNDECIDED
from nianbao.model.rule import CONFIDENCES, HIGH, LOW, MEDIUM, SEVERITIES
from nianbao.model.slip import SLIPS
from nianbao.outputs.html import entries, marks, words
from nianbao.outputs.terminal import captions
from nianbao.outputs.wording import phrases, slip_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from types import ModuleType

MODULES = {"phrases": phrases, "captions": captions, "slip_names": slip_names, "words": words, "wording": wording}
every_module = pytest.mark.parametrize("module", MODULES.values(), ids=MODULES)


def constants(module: ModuleType) -> dict[str, Text | Mapping[str, Text]]:
    """Return what a module defines: phrases, and mappings of a closed set to phrases."""
    tree = ast.parse(str(module.__loader__.get_source(module.__name__)))  # type: ignore[union-attr]
    names = [
        target.id
        for node in tree.body
        for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
        if isinstance(target, ast.Name)
    ]
    return {name: getattr(module, name) for name in names}


def texts(module: ModuleType) -> Iterator[tuple[str, Text]]:
    """Give every phrase of a module, with the name that it is found under."""
    for name, value in constants(module).items():
        if isinstance(value, Text):
            yield name, value
        else:
            yield from ((f"{name}[{key}]", text) for key, text in value.items())


def places(template: str) -> list[str]:
    """Return the places of a template, each as often as it stands there."""
    return sorted(name for _, name, _, _ in Formatter().parse(template) if name)


@every_module
def test_every_phrase_has_both_languages_and_the_same_places(module: ModuleType) -> None:
    """No language falls back on the other, and both speak of the same."""
    faults = [name for name, text in texts(module) if not (text.zh and text.en)]
    faults += [name for name, text in texts(module) if places(text.zh) != places(text.en)]

    assert faults == []


@pytest.mark.parametrize("module", [words, wording], ids=["words", "wording"])
def test_no_phrase_says_again_what_all_outputs_share(module: ModuleType) -> None:
    """What the page or a note says in the same words as the terminal comes from the phrases that all share."""
    shared = {text for _, text in texts(phrases)}

    assert [name for name, text in texts(module) if text in shared and name not in OWN] == []


# Taken over from the phrases that all share.
OWN = {
    *(f"KIND_NAMES[{name}]" for name in (*SEVERITIES, "fail", "pass", "undecided")),
    "COUNT_NAMES[undecided]",
}


@every_module
def test_every_phrase_is_used(module: ModuleType, repo: Path) -> None:
    """A name that no other module speaks of is gone."""
    used = set(names_used(module, repo / "linter" / "nianbao"))

    assert [name for name in constants(module) if name not in used] == []


def names_used(module: ModuleType, package: Path) -> Iterator[str]:
    """Give the names that the modules of a package take from a module."""
    short = module.__name__.rpartition(".")[2]
    for file in package.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == short:
                yield node.attr
            elif isinstance(node, ast.ImportFrom) and node.module == module.__name__:
                yield from (alias.name for alias in node.names)


@pytest.mark.parametrize(
    ("mapping", "members"),
    [
        (phrases.SEVERITY_NAMES, SEVERITIES),
        (phrases.CONFIDENCE_NAMES, CONFIDENCES),
        (phrases.LIKELY, CONFIDENCES),
        (slip_names.SLIP_NAMES, SLIPS),
        (phrases.LEFT_OUT_COUNTS, (*SEVERITIES, UNDECIDED, PASS)),
        (words.KIND_NAMES, (*SEVERITIES, FAIL, UNDECIDED, entries.UNREAD, entries.FOLLOWS, PASS)),
        (words.MARK_NAMES, (*marks.MARKED, marks.PASSAGE)),
        (wording.SHOULD_BE, (HIGH, MEDIUM, LOW)),
        (wording.READING, (HIGH, MEDIUM, LOW)),
    ],
)
def test_a_mapping_has_a_phrase_for_each_member(mapping: Mapping[str, Text], members: Iterable[str]) -> None:
    """And for nothing else."""
    assert set(mapping) == set(members)
