"""A pack of rules is proved: what ships is sound, and what is wrong with a broken pack is told at its line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from nianbao.catalogue import builtin_pack, load_pack
from nianbao.forms.loading import builtin_forms
from nianbao.model.slip import MOVED
from nianbao.packtests import Options, prove

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from nianbao.model.proof import Proof

    Run = Callable[..., subprocess.CompletedProcess[str]]

FORM = """\
schema: nianbao/form/1
id: harbour-year
title: Yearly statement of a harbour
years: {first: 2020}
sections:
  - {id: ships, heading: 1. Ships}
  - {id: money, heading: 2. Money}
  - {id: remarks, heading: 3. Remarks}
tables:
  - id: ships
    name: Ships
    section: ships
    columns:
      - id: flags
        label: Flag
        in_key: false
        members: [{id: home, label: Home}, {id: abroad, label: Abroad}]
      - {id: every, label: Every flag, total_of: flags}
    rows:
      - id: halves
        label: Half
        in_key: false
        members: [{id: spring, label: Spring}, {id: autumn, label: Autumn}]
      - {id: year, label: Year, total_of: halves}
  - id: money
    name: Money
    section: money
    layout: strip
    columns:
      - {id: dues, label: Dues, value: amount}
      - {id: fines, label: Fines, value: amount}
    rows:
      - {id: gross, label: Gross}
      - {id: net, label: Net}
patterns:
  title: ['(?P<issuer>[a-z]+)harbour,statementof(?P<year>20\\\\d\\\\d)']
issuer_kinds:
  - {kind: other, pattern: .}
"""
RULES = """\
- code: H001
  title: wrong total of flags
  equation: every = sum(flags)
  within: ships
  help: count again
  tests:
    - pass: {spring.home: 2, spring.every: 2}
    - fail: {spring.home: 2, spring.every: 3}
- code: H002
  title: wrong total of the year
  equation: year = sum(halves)
  within: ships
  help: count again
  tests:
    - pass: {spring.home: 2, year.home: 2}
    - fail: {spring.home: 2, year.home: 3}
"""
MONEY = """\
- code: H003
  title: more net than gross
  inequality: net <= gross
  within: money
  help: look at the accounts
  tests:
    - pass: {gross.dues: 2.5, net.dues: 1}
    - fail: {gross.dues: 2.5, net.dues: 3}
"""


@pytest.fixture(scope="module")
def shipped() -> Proof:
    """Prove the pack that ships."""
    return prove(builtin_pack(), forms=builtin_forms())


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a pack of the harbour's: files by name beside its rules."""

    def write(rules: str, head: str = "id: harbour\n") -> Path:
        (tmp_path / "forms").mkdir()
        (tmp_path / "forms" / "harbour-year.yaml").write_text(FORM, encoding="utf-8")
        (tmp_path / "pack.yaml").write_text(head, encoding="utf-8")
        (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
        return tmp_path

    return write


def proved(folder: Path, reports: int = 10) -> Proof:
    """Prove a pack on a few reports."""
    return prove(load_pack(folder), forms=builtin_forms(), options=Options(reports=reports))


def errors(proof: Proof) -> list[tuple[str, int | None, str]]:
    """Return code, line and text of all that is wrong."""
    every = (*proof.examples.remarks, *(one for remarks in proof.remarks.values() for one in remarks))
    assert all((one.file or "").endswith((".yaml", "harbour")) for one in every)
    return [(one.code, one.line, one.text.en) for one in every if one.level == "error"]


def test_the_pack_that_ships_is_sound(shipped: Proof) -> None:
    """All examples pass, no rule fails on a consistent report of either form, no equation contradicts others."""
    proof = shipped

    assert proof.sound
    assert errors(proof) == []
    assert proof.examples.bad == 0
    assert proof.examples.good == sum(len(rule.examples) for rule in builtin_pack().rules)
    assert [(one.form.id, one.reports, one.undecided) for one in proof.consistent] == [
        ("zfxxgk-2021", 50, 0),
        ("zfxxgk-2019", 50, 0),
    ]
    assert [(one.form.id, one.equations, one.rank) for one in proof.dependence] == [
        ("zfxxgk-2021", 51, 49),
        ("zfxxgk-2019", 47, 45),
    ]
    assert proof.remarks["metadata"] == ()


def test_every_changed_figure_of_tables_three_and_four_is_noticed(shipped: Proof) -> None:
    """What goes unnoticed there takes two cells: a figure that slid within the sum that it belongs to."""
    proof = shipped

    missed = [one for one in proof.missed if one.key.startswith(("applications.", "disputes."))]

    assert {(one.key.split(".")[0], *one.slips) for one in missed} == {("disputes", MOVED)}
    assert all(score.alone.of > 2000 for score in proof.scores if score.table != "disclosure")


def test_what_no_rule_notices_in_table_two_is_listed(shipped: Proof) -> None:
    """The stock of documents is noticed with last year's report alone; figures that nothing adds up never are."""
    proof = shipped

    missed = {
        with_prior: {one.key.removeprefix("disclosure.") for one in proof.missed if single(one.slips, with_prior, one)}
        for with_prior in (False, True)
    }

    never = {"licensing.decisions", "penalties.decisions", "coercion.decisions", "fees.amount"}
    stock = {f"{row}.{column}" for row in ("regulations", "normative_documents") for column in STOCK}
    assert missed == {False: never | stock, True: never}


STOCK = ("made", "repealed", "in_force")


def single(slips: Any, with_prior: bool, one: Any) -> bool:  # noqa: FBT001 - a condition of the set above
    """Whether a slip in one cell of Table 2 of the form in force is missed under that condition."""
    return (
        one.form.id == "zfxxgk-2021"
        and one.key.startswith("disclosure.")
        and one.with_prior is with_prior
        and set(slips) != {MOVED}
    )


def test_a_small_pack_with_a_form_of_its_own_is_proved(written: Callable[..., Path]) -> None:
    """Nothing of it needs Python: the form's totals and the rules' sums are enough to draw reports."""
    proof = proved(written(RULES + MONEY))

    assert proof.sound
    assert proof.examples.completed == proof.examples.good == 6
    assert [(one.equations, one.rank) for one in proof.dependence] == [(6, 5)]
    assert [(one.code, one.from_rules) for one in proof.dependence[0].follows] == [("H002", {"H001": 3, "H002": 2})]


def test_contradictory_equations_are_told(written: Callable[..., Path]) -> None:
    """The rule that cannot hold with others is named at its line, with those that it contradicts."""
    wrong = "- code: H009\n  title: a year with a ship more\n  equation: year = sum(halves) + 1\n  within: ships\n"

    proof = proved(written(RULES + wrong))

    assert not proof.sound
    told = errors(proof)
    assert ("H009", 17, "harbour-year: H009[Home] contradicts H002[Home]: no figures satisfy them all") in told
    assert any("no consistent report was found" in text for _code, _line, text in told)


def test_a_pass_example_that_no_report_can_have_is_told(written: Callable[..., Path]) -> None:
    """The figures of a passing example break another rule, whatever the rest of the report says."""
    figures = "{spring.home: 2, spring.every: 2, year.home: 1, year.every: 1}"
    wrong = RULES.replace("{spring.home: 2, spring.every: 2}", figures)

    told = errors(proved(written(wrong)))

    assert [(code, line) for code, line, _text in told] == [("H001", 7)]
    assert "no consistent report has the figures" in told[0][2]
    assert "H002[Home]" in told[0][2]


def test_a_pass_example_that_another_rule_faults_is_told(written: Callable[..., Path]) -> None:
    """Blank cells are well with one rule and not with the other; the example may say so itself."""
    filled = (
        "- code: H004\n  title: a blank cell\n  cell-state: filled\n  within: ships\n  help: put 0\n"
        "  tests:\n    - pass: {}\n    - fail: {spring.home: ''}\n"
    )
    wrong = RULES.replace("{spring.home: 2, spring.every: 2}", "{spring.home: 2, spring.every: 2, spring.abroad: ''}")

    told = errors(proved(written(wrong + filled)))

    assert [(code, line) for code, line, _text in told] == [("H001", 7)]
    assert "made a whole report, this passing example fails H004" in told[0][2]


def test_an_example_may_name_who_else_fails(written: Callable[..., Path]) -> None:
    """What is named under 'also' is expected; a rule named there that is silent is told as a warning."""
    also = RULES.replace("spring.every: 2}\n", "spring.every: 2}\n      also: [H002]\n")

    proof = proved(written(also))

    assert proof.sound
    assert [(one.level, one.code, one.line, one.text.en) for one in proof.examples.remarks] == [
        ("warning", "H001", 7, "H002 should fail on this example too, but do not")
    ]


SAID = """\
- code: H005
  title: nothing is said of the weather
  disclosure: {sections: [remarks], patterns: [weather]}
  help: say it
  tests:
    - pass: {sections: {remarks: the weather was fair}}
    - fail: {sections: {remarks: nothing}}
"""


def test_a_rule_that_fails_on_consistent_reports_is_told(written: Callable[..., Path]) -> None:
    """Rule, count, seed and message are there, and the way to have the report again."""
    proof = proved(written(RULES + SAID))

    told = [text for code, _line, text in errors(proof) if code == "H005"]
    assert not proof.sound
    assert any("fails on consistent reports (10 of 10, seed 1 for one)" in text for text in told)


def test_the_base_of_a_pack_says_what_its_rules_want_said(written: Callable[..., Path]) -> None:
    """With the sentence in the base, examples and drawn reports have it."""
    head = "id: harbour\nbase:\n  sections: {remarks: the weather was fair}\n"

    assert proved(written(RULES + SAID, head)).sound


def test_a_base_with_a_wrong_section_is_told(written: Callable[..., Path]) -> None:
    """A section that no form has is an error of the pack."""
    head = "id: harbour\nbase:\n  sections: {remark: the weather was fair}\n"

    assert ("", None, "remark under 'base' is a section of no form") in errors(proved(written(RULES, head)))


def test_a_base_that_fits_no_form_stops_the_proof(nianbao: Run, written: Callable[..., Path]) -> None:
    """A cell that is none is a mistake of the pack, exit code 2."""
    done = nianbao("test", written(RULES, "id: harbour\nbase: {summer: 3}\n"), "--lang", "en")

    assert done.returncode == 2
    assert "harbour: the base does not fit harbour-year: no row or column 'summer'" in done.stderr


def test_rules_that_cannot_hold_together_are_told(written: Callable[..., Path]) -> None:
    """Inequalities that leave no figure at all stand against every report."""
    wrong = (
        "- code: H006\n  title: too little\n  inequality: gross > 5\n  within: money\n"
        "- code: H007\n  title: too much\n  inequality: gross < 4\n  within: money\n"
    )

    told = [(code, text) for code, _line, text in errors(proved(written(RULES + wrong))) if "no consistent" in text]

    assert [code for code, _text in told] in (["H006"], ["H007"])


def test_cells_in_no_rule_are_listed(written: Callable[..., Path]) -> None:
    """Without a rule on money every slip there goes unnoticed; with one, some are noticed."""
    folder = written(RULES)
    bare = proved(folder)
    (folder / "rules.yaml").write_text(RULES + MONEY, encoding="utf-8")
    watched = proved(folder)

    cells = {"money.gross.dues", "money.gross.fines", "money.net.dues", "money.net.fines"}
    assert {one.key for one in bare.missed if one.with_prior and set(one.slips) != {MOVED}} == cells
    scores = [next(one for one in proof.scores if one.table == "money") for proof in (bare, watched)]
    assert scores[0].alone.noticed == 0
    assert 0 < scores[1].alone.noticed < scores[1].alone.of


def test_a_broken_pack_is_printed_with_file_and_line(nianbao: Run, written: Callable[..., Path]) -> None:
    """The command says where, and ends with 1; as JSON it has the same."""
    wrong = "- code: H009\n  title: a year with a ship more\n  equation: year = sum(halves) + 1\n  within: ships\n"
    folder = written(RULES + wrong)

    text = nianbao("test", folder, "--reports", "3", "--lang", "en")
    data = nianbao("test", folder, "--reports", "3", "--lang", "en", "--format", "json")

    assert text.returncode == data.returncode == 1
    assert f"{folder}/rules.yaml:17: H009: harbour-year: H009[Home] contradicts H002[Home]" in text.stdout
    assert text.stdout.endswith("harbour: not sound\n")
    (proof,) = json.loads(data.stdout)
    assert proof["sound"] is False
    assert {one["line"] for one in proof["elimination"]["remarks"]} == {17}


def test_the_same_seed_gives_the_same_proof(nianbao: Run, written: Callable[..., Path]) -> None:
    """All but the time taken is the same again; another seed draws other reports."""
    folder = written(RULES + MONEY)

    def scores(seed: int) -> Any:
        done = nianbao("test", folder, "--seed", str(seed), "--reports", "5", "--format", "json")
        assert done.returncode == 0, done.stdout
        return json.loads(done.stdout)[0]["mutation"]

    assert scores(7) == scores(7) != scores(8)


def test_rules_for_some_issuers_do_not_part_what_is_told(tmp_path: Path) -> None:
    """Reports are drawn for each kind of issuer; each table and cell is told of once."""
    rules = "- code: H001\n  equation: 总计 = 合计(申请人)\n  within: 表三\n  applies: {issuers: [township]}\n"
    (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
    proof = proved(tmp_path)

    tables = [(one.form.id, one.table) for one in proof.scores]
    cells = [(one.form.id, one.key, one.with_prior) for one in proof.missed]
    assert len(tables) == len(set(tables)) == 6
    assert len(cells) == len(set(cells))


def test_reports_of_other_organs_stay_with_an_example(tmp_path: Path) -> None:
    """Also when it is made a whole report."""
    rules = """\
- code: H001
  rollup: 新收 = 下级.新收
  within: 表三
  tests:
    - pass: {新收: 5, 办理总计: 5, 下级: [{新收: 2}, {新收: 3}]}
    - fail: {新收: 5, 办理总计: 5, 下级: [{新收: 2}, {新收: 4}]}
"""
    (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
    examples = proved(tmp_path, reports=1).examples

    assert (examples.good, examples.bad, [one.text.en for one in examples.remarks]) == (2, 0, [])
