"""The docs say what is so: the output they show, the links they give, and the examples they rest on."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.support.commandline import called

import nianbao
from nianbao.api import ask
from nianbao.catalogue.loading import builtin_pack, load_pack
from nianbao.forms.loading import builtin_forms
from nianbao.kinds import KINDS
from nianbao.kinds.fixtures import FIXTURES
from nianbao.packtests.running import try_examples, untested
from nianbao.plugins import hookspecs

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from types import ModuleType

    Nianbao = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"


def script(name: str) -> ModuleType:
    """Load one of the repository's scripts as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


pictures = script("pictures")
generate = script("generate")
PAGES: list[Path] = pictures.pages()


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the commands of pages in this process, which is faster and prints the same."""

    def execute(command: str, place: Path = ROOT, **variables: str) -> object:
        program, *arguments = shlex.split(command)
        assert program == "nianbao"
        wanted = {"NO_COLOR": None, "FORCE_COLOR": None, "NIANBAO_LANG": None, "COLUMNS": str(pictures.WIDTH)}
        done = called(*arguments, cwd=place, variables={**wanted, **variables}, together=True)
        return pictures.Ran(pictures.trimmed(done.stdout), done.returncode)

    monkeypatch.setattr(pictures, "execute", execute)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_console_examples_show_the_true_output(page: Path) -> None:
    """Every command in a console block prints what the page says it prints (`scripts/picture` writes it anew)."""
    text = page.read_text(encoding="utf-8")

    assert pictures.renewed(text) == text


def test_the_picture_shows_the_true_output() -> None:
    """The picture in the README shows what nianbao prints now (`scripts/picture` draws it anew)."""
    assert pictures.shown(pictures.PICTURE.read_text(encoding="utf-8")) == pictures.shown(pictures.drawn())


def test_wide_characters_have_the_room_of_two() -> None:
    """A text of a picture is cut into runs, each in its place, and none of its characters is lost."""
    text = '<text class="a" x="12" y="20" textLength="60" clip-path="c">表三&#160;&lt;1</text>'

    runs = pictures.spaced(text)

    assert pictures.shown(runs) == pictures.shown(text)
    assert [(float(x), float(length)) for x, length in re.findall('x="(.*?)" .*?textLength="(.*?)"', runs)] == [
        (12, 48),
        (60, 12),
        (72, 24),
    ]


def test_a_wrong_line_in_a_console_example_is_noticed() -> None:
    """Renewing a page replaces output that is not true, and leaves the text around it alone."""
    page = "before\n```console\n$ nianbao --version\nnianbao 0.0.0\n$ echo $?\n7\n```\nafter\n"

    renewed = pictures.renewed(page)

    assert "nianbao 0.0.0" not in renewed
    assert renewed.startswith("before\n```console\n$ nianbao --version\nnianbao")
    assert renewed.endswith("\n$ echo $?\n0\n```\nafter\n")


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        (["a", "…"], ["a", "…"]),
        (["…", "c", "…"], ["…", "c", "…"]),
        (["a", "…", "five 4"], ["a", "…", "five 5"]),
        (["a", "c"], ["a", "b", "c", "five 5"]),
        (["a", "…", "nothing like it"], ["a", "b", "c", "five 5"]),
        (["…", "c", "a", "…"], ["a", "b", "c", "five 5"]),
    ],
)
def test_folds_stay_where_they_are_true(shown: list[str], kept: list[str]) -> None:
    """Lines beside a fold are brought up to date; a fold that fits no more gives way to the whole output."""
    assert pictures.folded(["a", "b", "c", "five 5"], shown) == kept


def test_a_page_that_writes_files_is_followed_in_a_folder_of_its_own() -> None:
    """Its blocks are files, more of a file, and changes to one; its commands see them and the examples."""
    page = (
        "```yaml\n# own/pack.yaml\nid: own\n```\n"
        "```yaml\n# own/rules.yaml\n- code: Z001\n```\n"
        "```yaml\n# own/rules.yaml, continued\n  inequality: 结转下年 ≤ 新收\n  within: 表三\n```\n"
        "```diff\n--- own/rules.yaml\n+++ more/rules.yaml\n-Z001\n+Z002\n```\n"
        "```console\n$ nianbao rules --pack own --pack more --select Z\n"
        "$ nianbao check examples/linjiang-2024.txt\n```\n"
    )

    with pictures.followed(page) as (now, place):
        assert place != ROOT
        assert (place / "more" / "rules.yaml").read_text(encoding="utf-8").startswith("# own/rules.yaml\n- code: Z002")
    assert re.findall(r"^Z\d+", now, re.MULTILINE) == ["Z001", "Z002"]
    assert "1 份报告，0 个错误" in now
    assert not place.exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [("-nowhere\n+there\n", "is 0 times in"), ("-政府\n+机关\n", "times in"), (" 政府\n", "pairs of - and +")],
)
def test_a_change_that_cannot_be_made_is_refused(changes: str, reason: str) -> None:
    """What a page says to change must be in the file, once, and be written as pairs of lines."""
    page = f"```diff\n--- examples/linjiang-2024.txt\n+++ other.txt\n{changes}```\n"

    with pytest.raises(ValueError, match=re.escape(reason)):
        pictures.renewed(page)


@pytest.mark.parametrize("name", ["tutorial.zh.md", "tutorial.md"])
def test_the_hook_at_the_end_of_the_tutorial_is_a_command_that_it_shows(
    name: str, nianbao: Nianbao, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pre-commit would run is on the page, and it finds what the city asks for in the report with mistakes."""
    monkeypatch.setattr(pictures, "execute", lambda *_command, **_variables: pictures.Ran("", 0))
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    hooks = {one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    with pictures.followed(page) as (_now, place):
        config = yaml.safe_load((place / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
        [chosen] = config["repos"][0]["hooks"]
        command = [*hooks[chosen["id"]]["entry"].split(), *chosen["args"]]
        done = nianbao(*command[1:], "--format", "json", cwd=place)
    findings = json.loads(done.stdout)["reports"][0]["findings"]

    assert f"$ {' '.join(command)}\n" in page
    assert done.returncode == 1
    assert {one["rule"]: one["severity"] for one in findings if one["outcome"] == "fail"} == {
        "Z002": "warning",
        "Z003": "info",
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    """Every relative link and picture of a page is a file of the repository."""
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    relative = [target for target in targets if "://" not in target]

    assert [target for target in relative if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("name", ["linjiang-2024.txt", "linjiang-2024.html"])
def test_a_clean_example_passes_with_last_years_report(name: str, nianbao: Nianbao) -> None:
    """The clean examples have no error, no warning, and nothing undecided, beside last year's report."""
    done = nianbao("check", EXAMPLES / name, "--prior", EXAMPLES / "linjiang-2023.txt", "--format", "json")
    summary = json.loads(done.stdout)["summary"]

    assert (done.returncode, done.stderr) == (0, "")
    assert {key: summary[key] for key in ("error", "warning", "undecided", "problems")} == dict.fromkeys(
        ("error", "warning", "undecided", "problems"), 0
    )


def test_two_years_of_the_example_find_each_other(nianbao: Nianbao) -> None:
    """Given together, the two years are matched without being told, and only the first has no year before it."""
    done = nianbao("check", EXAMPLES / "linjiang-2023.txt", EXAMPLES / "linjiang-2024.txt", "--format", "json")
    reports = {report["year"]: report for report in json.loads(done.stdout)["reports"]}
    undecided = {
        year: {finding["rule"] for finding in report["findings"] if finding["outcome"] == "undecided"}
        for year, report in reports.items()
    }

    assert done.returncode == 0
    assert undecided == {2023: {"Y001", "Y002"}, 2024: set()}


def test_the_draft_has_one_wrong_cell_that_two_rules_see(nianbao: Nianbao) -> None:
    """The draft fails in the row and in the column of its wrong cell, and in nothing else."""
    done = nianbao(
        "check", EXAMPLES / "linjiang-2024-draft.txt", "--prior", EXAMPLES / "linjiang-2023.txt", "--format", "json"
    )
    findings: list[dict[str, Any]] = json.loads(done.stdout)["reports"][0]["findings"]
    failed = {finding["rule"]: finding for finding in findings if finding["outcome"] == "fail"}
    wrong = "applications.unavailable.not_held.natural_person"

    assert done.returncode == 1
    assert set(failed) == {"A002", "A003"}
    assert all(wrong in [cell["key"] for cell in finding["cells"]] for finding in failed.values())
    assert {abs(finding["difference"]) for finding in failed.values()} == {72 - 27}


def test_text_and_page_of_the_example_hold_the_same_cells(nianbao: Nianbao) -> None:
    """The text and the page of 2024 are one report: 200 cells with the same values."""
    cells = [
        {key: cell["value"] for key, cell in json.loads(done.stdout, parse_float=str)["cells"].items()}
        for done in (
            nianbao("extract", EXAMPLES / f"linjiang-2024.{ending}", "--format", "json") for ending in ("txt", "html")
        )
    ]

    assert cells[0] == cells[1]
    assert len(cells[0]) == 200
    assert cells[0]["disclosure.fees.amount"] == "912.57"


def test_pages_on_rules_are_those_of_the_pack() -> None:
    """``scripts/generate.py`` would change nothing, and no page is left of a rule that is no more."""
    written = {file.name: file.read_text(encoding="utf-8") for file in generate.FOLDER.glob("*.md")}

    assert written == generate.pages()


def test_the_page_on_coverage_is_that_of_the_pack() -> None:
    """``scripts/generate.py`` would change nothing."""
    assert generate.COVERAGE_PAGE.read_text(encoding="utf-8") == generate.coverage_page()


def test_every_requirement_is_covered_or_has_a_reason() -> None:
    """Every one has texts in both languages; the reasons and other means are those that the list has."""
    data, covering = generate.requirements(), generate.covering()
    assert len(data["requirements"]) == 163
    for name, text in data["requirements"].items():
        assert text["zh"], name
        assert text["en"], name
        assert text.get("by") in {None, *data["others"]}, name
        assert text.get("why") in {None, *data["reasons"]}, name
        assert name in covering or "why" in text, f"{name} has neither a rule nor a reason"


def test_rules_cover_what_there_is() -> None:
    """No rule names an id that the list lacks, or one that the list calls no check."""
    ids = generate.requirements()["requirements"]
    wrong = [
        (rule.code, one)
        for rule in builtin_pack().rules
        for one in rule.covers
        if one not in ids or ids[one].get("why") == generate.NO_CHECK
    ]
    assert wrong == []


def test_the_list_of_requirements_is_no_file_of_rules(tmp_path: Path) -> None:
    """A pack passes over it, also one that is a copy of the pack that ships."""
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "rules" / "zfxxgk", copy)
    assert (copy / "coverage" / "requirements.yaml").exists()
    assert [rule.code for rule in load_pack(copy).rules] == [rule.code for rule in builtin_pack().rules]


def test_code_in_the_page_on_plugins_is_that_of_the_example() -> None:
    """Each block of code stands as it is in a file of the example, which other tests run."""
    page = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:python|yaml|toml)\n(.*?)```", page, re.DOTALL)
    files = [path for path in (EXAMPLES / "plugin").rglob("*") if path.suffix in {".py", ".yaml", ".toml"}]
    sources = [path.read_text(encoding="utf-8") for path in files]

    assert len(blocks) >= 10
    assert [block for block in blocks if not any(block in source for source in sources)] == []


def test_the_page_on_plugins_names_every_hook_and_every_parameter() -> None:
    """No hook, and nothing that a check may ask for, is left unsaid."""
    page = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    hooks = [name for name in vars(hookspecs) if name.startswith("nianbao_")]

    assert len(hooks) == 8
    assert [name for name in (*hooks, *FIXTURES) if f"`{name}`" not in page] == []


def test_options_in_the_page_on_kinds_are_those_of_the_schemas() -> None:
    """``scripts/generate.py`` would change nothing, and every kind has its table."""
    page = generate.KINDS_PAGE.read_text(encoding="utf-8")

    assert generate.kinds_page(page) == page
    assert re.findall(r"<!-- options: (\S+) -->", page) == re.findall(r"^## (\S+)$", page, re.MULTILINE) == list(KINDS)


def test_the_table_of_floors_is_that_of_the_contracts() -> None:
    """``scripts/generate.py`` would change nothing on the page on architecture, and its table is there."""
    page = generate.ARCHITECTURE_PAGE.read_text(encoding="utf-8")

    assert generate.architecture_page(page) == page
    assert page.count("| floor | room |") == 1


def test_examples_in_the_page_on_kinds_do_what_they_say(tmp_path: Path) -> None:
    """Each rule of the page loads and passes and fails on its examples; there is one of every kind."""
    page = generate.KINDS_PAGE.read_text(encoding="utf-8")
    file = tmp_path / "rules.yaml"
    file.write_text("".join(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)), encoding="utf-8")
    pack = load_pack(file)

    assert {rule.kind for rule in pack.rules} == KINDS.keys() - {"check"}  # whose functions plugins bring
    assert untested(pack) == ()
    assert [
        (one.rule.code, one.example.line, one.fault) for one in try_examples(pack, builtin_forms()) if one.fault
    ] == []


def test_lines_in_the_page_on_the_language_are_understood() -> None:
    """Each line shown as one of the language is asked of an example report and has an answer."""
    page = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```nianbao\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    report = nianbao.read(ROOT / "examples" / "linjiang-2024.txt")

    assert len(lines) >= 8
    for line in lines:
        found = ask(line, report, within=None if "year" in line or "年度" in line else "applications")
        assert found
