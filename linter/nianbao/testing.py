"""Helpers for tests of packs and plugins: a test for each example of a pack, and reports made from names.

Three lines in a file of tests run a pack's examples under pytest::

    from nianbao.testing import pack_tests

    test_examples = pack_tests("my-rules")
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from nianbao.errors import UsageError
from nianbao.language.mistakes import Mistake
from nianbao.linter import Linter
from nianbao.messages import Text
from nianbao.model.rule import Applies, Grade, Origin, Rule
from nianbao.packtests.examples import build
from nianbao.packtests.running import fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from nianbao.model.report import Report
    from nianbao.model.rule import Example, Pack
    from nianbao.packtests.examples import ExampleReports
    from nianbao.plugins.registry import Plugins


def pack_tests(path: str | Path, *, plugins: Plugins | None = None) -> Callable[..., None]:
    """Return a test for pytest that runs once for each example of a pack, and is named after rule and outcome.

    Args:
        path: The pack's folder or file.
        plugins: The contributions of plugins; those of all installed ones when ``None``.

    Raises:
        SourceError, SourceErrors: the pack is missing or wrong; every mistake with file, line and a way out.
    """
    import pytest  # noqa: PLC0415 - what else is here works without it

    linter = Linter(plugins=plugins)
    pack = linter.load_pack(path)

    def test_example(rule: Rule, example: Example) -> None:
        """The rule has the outcome that the example expects."""
        wrong = fault(rule, example, pack=pack, forms=linter.forms, kinds=linter.kinds)
        if wrong is not None:
            pytest.fail(f"{rule.origin.file}:{example.line}: {rule.code}: {wrong.en}", pytrace=False)

    cases = [pytest.param(rule, example, id=name) for name, rule, example in _named(pack)]
    marked: Callable[..., None] = pytest.mark.parametrize(("rule", "example"), cases)(test_example)
    return marked


def make_report(
    given: Mapping[str, Any] | None = None, *, within: str | None = None, plugins: Plugins | None = None
) -> Report:
    """Return a report with only zeros, except for the values in ``given``, which are written as in a rule's examples.

    Args:
        given: Cells by name, years and dates, ``sections``, ``form`` (an id), and so on.
        within: The table that names belong to.
        plugins: The contributions of plugins, including forms; those of all installed ones when ``None``.

    Raises:
        UsageError: a name is not the name of a cell, or a key is unknown.
    """
    return make_reports(given, within=within, plugins=plugins).report


def make_reports(
    given: Mapping[str, Any] | None = None, *, within: str | None = None, plugins: Plugins | None = None
) -> ExampleReports:
    """Return the same report, with that of the year before if ``given`` contains ``prior`` (or ``去年``)."""
    try:
        return build(given or {}, _stand_in(within), forms=Linter(plugins=plugins).forms)
    except Mistake as mistake:
        raise UsageError(mistake.reason) from mistake


def _named(pack: Pack) -> Iterator[tuple[str, Rule, Example]]:
    for rule in pack.rules:
        times: Counter[str] = Counter()
        for example in rule.examples:
            times[example.expect] += 1
            yield f"{rule.code}-{example.expect}-{times[example.expect]}", rule, example


def _stand_in(within: str | None) -> Rule:
    """Return a rule without a particular form, in whose table names are looked up."""
    return Rule(
        code="Z000",
        name="stand-in",
        kind="equation",
        title=Text(),
        message={"": Text()},
        help=Text(),
        grades=(Grade("info"),),
        confidence="low",
        persona="drafting",
        waivable=True,
        applies=Applies(),
        basis=(),
        covers=(),
        options={} if within is None else {"within": within},
        examples=(),
        origin=Origin("", 0),
    )
