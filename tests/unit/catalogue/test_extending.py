"""Packs that stand on others: what they add, weaken, set and translate, and from which day on."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.language.making import NEW, report

from nianbao.catalogue import builtin_pack, combine, flattened, load_pack
from nianbao.engine import Engine
from nianbao.errors import SourceError, SourceErrors

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao import Pack

RULE = """\
- code: Z001
  title: 期限
  deadline: {fact: published, day: 01-31, years_after: 1}
  message: {zh: 晚于 {deadline}。, en: after {deadline}}
- code: Z002
  inequality: 新收 ≥ 0
  within: 表三
  severity: error
  waivable: false
"""
RULES = RULE.replace(
    "{zh: 晚于 {deadline}。, en: after {deadline}}", '{zh: "晚于 {deadline}。", en: "after {deadline}"}'
)


def write(folder: Path, head: str, rules: str = "", **texts: str) -> Path:
    """Write a pack into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(f"id: {folder.name}\n{head}\n", encoding="utf-8")
    if rules:
        (folder / "rules.yaml").write_text(rules, encoding="utf-8")
    for language, text in texts.items():
        (folder / "messages").mkdir(exist_ok=True)
        (folder / "messages" / f"{language}.yaml").write_text(text, encoding="utf-8")
    return folder


def wrong(folder: Path) -> str:
    """Load a pack that is wrong and return all that is told of it."""
    with pytest.raises((SourceError, SourceErrors)) as caught:
        combine([builtin_pack(), load_pack(folder)])
    return str(caught.value)


class TestExtends:
    """A pack runs with the packs that it names, whichever are given."""

    def test_packs_travel_with_equality(self, tmp_path: Path, repo: Path) -> None:
        """With all that they extend, change and bring."""
        write(tmp_path / "base", "", RULES, en="Z001: {title: late}")
        head = "extends: ../base\nwithout: [S003]\nseverity: {Z002: error}\noptions: {Z001: {deadline: {day: 01-30}}}"
        for pack in (load_pack(write(tmp_path / "city", head)), load_pack(repo / "examples" / "quarterly")):
            assert pickle.loads(pickle.dumps(pack)) == pack
        assert pickle.loads(pickle.dumps(builtin_pack())) == builtin_pack()

    def test_the_packs_below_run_with_it(self, tmp_path: Path) -> None:
        """Each once, those below first."""
        write(tmp_path / "base", "", RULES)
        mine = load_pack(write(tmp_path / "city", "extends: [../base, zfxxgk]\nwithout: [S003]"))

        assert [pack.id for pack in flattened([builtin_pack(), mine])] == ["zfxxgk", "base", "city"]
        codes = {rule.code for rule in Engine([mine]).rules}
        assert {"Z001", "A001"} <= codes
        assert "S003" not in codes

    def test_options_are_set_in_part(self, tmp_path: Path) -> None:
        """A city's own day; what is not spoken of stays."""
        write(tmp_path / "base", "", RULES)
        mine = load_pack(write(tmp_path / "city", "extends: ../base\noptions: {Z001: {deadline: {day: 02-15}}}"))

        late = report({"年度": 2024, "公布日期": "2025-02-10"})
        said = {pack.id: Engine([pack], ["Z001"]).judge(late).findings for pack in (mine.bases[0], mine)}
        assert [len(findings) for findings in said.values()] == [1, 0]

    def test_other_options_may_rest_on_other_texts(self, tmp_path: Path) -> None:
        """A city's own day is its own rule's."""
        write(tmp_path / "base", "", RULES + "  basis: [{document: 条例}]\n")
        local = "options: {Z001: {deadline: {day: 02-15}, basis: [{document: 本市办法, part: 第三条}]}}"
        rules = combine([load_pack(write(tmp_path / "city", f"extends: ../base\n{local}"))])

        assert [(one.document, one.part) for one in rules[0].basis] == [("本市办法", "第三条")]
        assert [one.document for one in rules[1].basis] == ["条例"]

    def test_two_packs_of_one_id_do_not_run_together(self, tmp_path: Path) -> None:
        """One would silently take the place of the other; the same pack twice is one."""
        first, second = (
            load_pack(write(tmp_path / name / "own", "", rules)) for name, rules in (("a", RULES), ("b", RULES + "\n"))
        )

        assert flattened([first, first]) == (first,)
        with pytest.raises(SourceError) as caught:
            Engine([first, second])
        assert "two packs have the id 'own'" in str(caught.value)
        assert caught.value.file.endswith("b/own/rules.yaml")

    @pytest.mark.parametrize(
        ("head", "told"),
        [
            ("extends: ../gone", "no pack '../gone'"),
            ("extends: ../city", "extends this pack in its turn"),
            (
                "extends: ../base\noptions: {Z001: {dedline: {}}}",
                "Z001 has no option 'dedline'; did you mean 'deadline'?",
            ),
            ("extends: ../base\noptions: {Z002: {inequality: 1 = 1}}", "Z002 cannot be changed"),
            ("extends: ../base\nwithout: [Z002]", "Z002 cannot be switched off"),
            ("extends: ../base\nseverity: {Z002: [{is: error, from: 2030}, {is: info}]}", "Z002 cannot be made milder"),
            ("extends: ../base\nseverity: {Z001: [{is: eror}]}", "'eror' is none of"),
            ("extend: ../base", "unknown key 'extend'; did you mean 'extends'?"),
        ],
    )
    def test_what_cannot_be_is_told_at_its_line(self, tmp_path: Path, head: str, told: str) -> None:
        """In the file of the pack that wants it."""
        write(tmp_path / "base", "", RULES)
        said = wrong(write(tmp_path / "city", head))
        assert told in said
        assert "city/pack.yaml:" in said

    @pytest.mark.parametrize(
        ("option", "told"),
        [
            ("{deadline: {day: soon}}", "deadline.day: 'soon' does not match"),
            ("{deadline: {dey: 01-31}}", "deadline.dey: unknown key 'dey'; did you mean 'day'?"),
        ],
    )
    def test_wrong_options_are_told_where_they_stand(self, tmp_path: Path, option: str, told: str) -> None:
        """They follow the schema of the rule's kind."""
        write(tmp_path / "base", "", RULES)
        said = wrong(write(tmp_path / "city", f"extends: ../base\noptions:\n  Z001: {option}"))
        assert told in said
        assert "city/pack.yaml:4: " in said

    @pytest.mark.parametrize(
        ("head", "told"),
        [
            ("options:\n  Z002: {inequality: 新受 ≥ 0}", "Z002 as changed here: no row or column '新受'"),
            ("severity:\n  Z003: error", "Z003 as changed here: an outlier is no error"),
        ],
    )
    def test_a_change_that_no_form_bears_is_told_where_it_stands(self, tmp_path: Path, head: str, told: str) -> None:
        """What only compiling shows is told at load too: a rule that silently does not run is the worst."""
        outlier = (
            "- code: Z003\n  outlier: {compare: prior, factor: 9, at_least: 9}\n  confidence: low\n  severity: info\n"
        )
        write(tmp_path / "base", "", RULES.replace("  waivable: false\n", "") + outlier)
        said = wrong(write(tmp_path / "city", f"extends: ../base\n{head}"))
        assert told in said
        assert "city/pack.yaml:4: " in said


class TestEffect:
    """Rules and severities hold from a day to a day; a report is judged by those of its own days."""

    @pytest.mark.parametrize(
        ("effective", "years"),
        [
            ("{from: 2023}", [2023, 2024]),
            ("{to: 2022}", [2021, 2022]),
            ("{from: 2022-06-30, to: 2023-12-31}", [2022, 2023]),
            ("{from: 2022-12-31}", [2022, 2023, 2024]),
            ("{from: 2023-01-01}", [2023, 2024]),
        ],
    )
    def test_a_rule_runs_on_reports_of_its_days(self, tmp_path: Path, effective: str, years: list[int]) -> None:
        """The last day that a report reports on counts; the head's days are those of rules without their own."""
        for head, rules in (
            ("", RULES.replace("  within", f"  effective: {effective}\n  within")),
            (f"effective: {effective}", RULES),
        ):
            engine = Engine([load_pack(write(tmp_path / "own", head, rules))], ["Z002"])
            ran = [year for year in (2021, 2022, 2023, 2024) if engine.judge(report({"年度": year})).counts["pass"]]
            assert ran == years

    def test_severity_changes_from_a_day_on(self, tmp_path: Path) -> None:
        """The first that holds counts, then the last."""
        graded = "severity: [{is: info, to: 2021}, {is: warning, forms: [zfxxgk-2021], to: 2022-12-31}, {is: error}]"
        (rule,) = load_pack(
            write(tmp_path / "own", "", RULES.split("- code: Z002", maxsplit=1)[0] + f"  {graded}\n")
        ).rules

        by_year = [rule.severity_for("zfxxgk-2021", dt.date(year, 12, 31)) for year in (2021, 2022, 2023)]
        assert by_year == ["info", "warning", "error"]
        assert rule.severity_for("zfxxgk-2019", dt.date(2022, 12, 31)) == "error"
        assert rule.severities == ("info", "error", "warning")

    @pytest.mark.parametrize(
        ("effective", "told"),
        [
            ("{from: 2024, to: 2023}", "ends on 2023-12-31, before it begins on 2024-01-01"),
            ("{from: 2024-13-01}", "is neither a year nor a day such as 2021-01-31"),
            ("{from: soon}", "'soon' does not match"),
            ("{since: 2024}", "unknown key 'since'"),
        ],
    )
    def test_days_that_are_none_are_told(self, tmp_path: Path, effective: str, told: str) -> None:
        """At their line."""
        said = wrong(write(tmp_path / "own", "", RULES.replace("  within", f"  effective: {effective}\n  within")))
        assert told in said
        assert "rules.yaml:" in said


class TestMessages:
    """Texts in files of their own, a language each."""

    ENGLISH = "Z001: {title: late, message: 'later than {deadline}', help: be early}\n"

    def test_they_are_laid_over_those_of_the_rules(self, tmp_path: Path) -> None:
        """What is given in one language stays in the other."""
        rule = load_pack(write(tmp_path / "own", "", RULES, en=self.ENGLISH)).rules[0]

        assert (rule.title.zh, rule.title.en, rule.help.zh, rule.help.en) == ("期限", "late", "", "be early")
        assert (rule.message[""].zh, rule.message[""].en) == ("晚于 {deadline}。", "later than {deadline}")

    @pytest.mark.parametrize(
        ("texts", "told"),
        [
            ({"fr": "{}"}, "no language 'fr'; known here: zh, en"),
            ({"en": "Z009: {title: a}"}, "no rule 'Z009'; did you mean 'Z00"),
            ({"en": "Z001: {titel: a}"}, "unknown key 'titel'; did you mean 'title'?"),
            ({"en": "Z001: {message: 'after {deadlin}'}"}, "no place {deadlin}; did you mean 'deadline'?"),
        ],
    )
    def test_texts_for_nothing_are_told(self, tmp_path: Path, texts: dict[str, str], told: str) -> None:
        """A language, a code, a key or a place that there is not."""
        assert told in wrong(write(tmp_path / "own", "", RULES, **texts))


class TestTrust:
    """A pack that was found good is not looked over again while its content is the same."""

    @pytest.fixture
    def looked(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
        """Count how often packs are looked over, with a cache of their own."""
        from nianbao.catalogue import checking  # noqa: PLC0415 - what is counted

        calls: list[str] = []
        original = checking.check_rules

        def counted(*given: Any, **more: Any) -> None:
            calls.append("")
            original(*given, **more)

        monkeypatch.setattr(checking, "check_rules", counted)
        monkeypatch.setenv("NIANBAO_CACHE", str(tmp_path / "cache"))
        return calls

    def test_the_same_content_is_trusted_and_other_content_is_not(self, tmp_path: Path, looked: list[str]) -> None:
        """Any file of the pack, or of one below it, counts."""
        write(tmp_path / "base", "", RULES)
        city = write(tmp_path / "city", "extends: ../base\nwithout: [Z001]")

        def loaded() -> tuple[int, Pack]:
            looked.clear()
            pack = load_pack(city)
            return len(looked), pack

        first, again = loaded(), loaded()
        assert (first[0], again[0]) == (2, 0)
        assert again[1] == first[1]
        (tmp_path / "base" / "rules.yaml").write_text(RULES.replace("期限", "限期"), encoding="utf-8")
        assert loaded()[0] == 2
        looked.clear()
        assert load_pack(city, trusting=False)
        assert len(looked) == 2

    def test_a_broken_cache_does_no_harm(self, tmp_path: Path, looked: list[str]) -> None:
        """What cannot be read is made anew."""
        city = write(tmp_path / "city", "", RULES)
        good = load_pack(city)
        for file in (tmp_path / "cache").iterdir():
            file.write_bytes(b"\0broken")

        assert load_pack(city) == good
        assert len(looked) == 2

    def test_what_is_wrong_stays_wrong(self, tmp_path: Path, looked: list[str]) -> None:
        """Nothing is kept of a pack with a mistake."""
        city = write(tmp_path / "city", "", RULES.replace("新收", "新受"))
        for _time in range(2):
            assert "did you mean '新收'?" in wrong(city)
        assert len(looked) == 2


def test_the_form_of_a_report_without_a_year_decides(tmp_path: Path) -> None:
    """It is judged by the rules of the day from which its form is used."""
    rules = RULES.replace("  within", "  effective: {to: 2020}\n  within")
    engine = Engine([load_pack(write(tmp_path / "own", "", rules))], ["Z002"])
    undated = report({})._replace(year=None, period=None)

    assert NEW.first_year == 2021
    assert engine.judge(undated).counts["not-applicable"] == 1
