"""Rules of the kinds that look at prose, dates or two years, as their authors write them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nianbao.catalogue.loading import load_pack
from nianbao.errors import SourceErrors
from nianbao.forms.loading import builtin_forms
from nianbao.kinds import KINDS
from nianbao.kinds import kind as base
from nianbao.packtests.running import try_examples
from nianbao.yamlfiles.source import schema

if TYPE_CHECKING:
    from nianbao.packtests.running import Verdict

PACK = load_pack(Path(__file__).with_name("rules.yaml"))
VERDICTS = {f"{one.rule.code}-{one.example.line}": one for one in try_examples(PACK, builtin_forms())}


@pytest.mark.parametrize("verdict", VERDICTS.values(), ids=VERDICTS)
def test_every_example_does_what_it_says(verdict: Verdict) -> None:
    """Each rule passes and fails where its author says so."""
    assert verdict.fault is None


def test_the_options_of_every_kind_are_described() -> None:
    """The file of schemas has each kind, its own key among its options, and says what every option is for."""
    shipped = schema("kinds")

    assert shipped.keys() == KINDS.keys()
    for kind, options in shipped.items():
        own = options[kind]
        assert [name for name, one in {**options, **own.get("properties", {})}.items() if not one["description"]] == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("content: {sections: [problems]}", "add any or all or none"),
        ("content: {sections: [problem], min_length: 3}", "did you mean 'problems'"),
        ("content: {sections: [problems], all: ['(']}", "not a regular expression"),
        ("term: {sections: [problems]}", "add substitute or forbidden"),
        ("term: {substitute: {ＡＢ: AB}}", "but for width"),
        ("claim: {patterns: ['收到(.*)件'], equals: 新收.总计}", "no group (?P<value>)"),
        ("claim: {patterns: ['(?P<value>)件'], equals: 新收}", "leaves open which cell"),
        ("claim: {patterns: ['(?P<value>)件'], equals: [新收.总计, 新受.总计]}", "did you mean"),
        ("claim: {patterns: ['(?P<value>)件'], equals: 新收.总计 = 3}", "a sum of cells, without ="),
        ("deadline: {day: 02-30}", "no such day '02-30'"),
        ("deadline: {day: L-13}", "no such day 'L-13'"),
        ("deadline: {day: 31-03}", "31-03"),
        ("deadline: {day: 03-31, days_after: 3}", "does not go with days_after"),
        ("deadline: {fact: published}", "add day or days_after"),
        ("outlier: {compare: prior, factor: 3}\n  severity: error\n  confidence: low", "an outlier is no error"),
        ("outlier: {compare: prior, factor: 3}", "write confidence: low"),
        ("outlier: {compare: prior}\n  confidence: low", "add factor or repeated"),
        ("outlier: {compare: prior, factor: 3, cells: 3}\n  confidence: low", "repeated and cells"),
        ("outlier: {compare: prior, factor: 3}\n  within: 表九\n  confidence: low", "no table '表九'"),
        ("similarity: {sections: [overview], ratio: 90}", "maximum"),
    ],
)
def test_mistakes_of_authors_are_told_when_a_pack_is_loaded(rule: str, told: str, tmp_path: Path) -> None:
    """An option that cannot work is refused with its file, line and the way out."""
    file = tmp_path / "rules.yaml"
    file.write_text(f"- code: K999\n  {rule}\n", encoding="utf-8")

    with pytest.raises(SourceErrors) as caught:
        load_pack(file)

    assert told in str(caught.value)
    assert "rules.yaml:" in str(caught.value)


def test_modules_of_kinds_stay_small() -> None:
    """What stands behind one kind is at most sixty lines; what several share stands beside them."""
    folder = Path(base.__file__).parent
    mine = [name.replace("-", "_") for name in KINDS if name not in {"equation", "inequality", "continuity", "rollup"}]

    long = {name: len((folder / f"{name}.py").read_text(encoding="utf-8").splitlines()) for name in mine}
    assert {name: lines for name, lines in long.items() if lines > 60} == {}
