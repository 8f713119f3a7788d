"""The way of the data: packs, rules, files and languages are each taken up once, and reports are plain data."""

from __future__ import annotations

import ast
import hashlib
import json
import pickle
import shutil
import zipfile
from collections import Counter
from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.support.drawing import draw_report
from tests.support.elsewhere import checked, checked_elsewhere, from_plain_elsewhere
from tests.support.packing import packed
from tests.support.rendering import FILES, PAGES, TEXTS, rendered
from tests.support.serving import serving

from nianbao.cli import run
from nianbao.forms.loading import builtin_forms
from nianbao.inputs.options import InputOptions
from nianbao.kinds import RuleKinds
from nianbao.linter import Linter
from nianbao.model.document import Document, Paragraph
from nianbao.model.report import Report
from nianbao.outputs.json import render_report
from nianbao.plugins.host import load
from nianbao.readers.reader import Reader
from nianbao.settings import Settings
from nianbao.voice import CHINESE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nianbao.kinds.kind import Compiled, Kind
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule
    from nianbao.readers.source import Source

REPORT = "report.md"
COMMANDS = [
    ("check", REPORT, "--prior", REPORT, "--pack", "city", "--pack", "left"),
    ("test", "city", "left", "--reports", "1"),
    ("test", "city", "left", "--quick"),
    ("rules", "--pack", "city", "--pack", "left"),
    ("explain", "Q001", "--pack", "city", "--pack", "left"),
    ("eval", "quarter = 1", REPORT, "--prior", REPORT, "--pack", "city", "--pack", "left"),
    ("extract", REPORT, "--pack", "city", "--pack", "left"),
    ("diff", REPORT, REPORT, "--pack", "city", "--pack", "left"),
]


@pytest.fixture
def packs(tmp_path: Path, repo: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Make a pack with two bases that stand on the same third one; return the text of each file of the four.

    The third one brings a form, and texts in a file of their own.
    """
    shutil.copytree(repo / "examples" / "quarterly", tmp_path / "base")
    (tmp_path / "base" / "statement.md").rename(tmp_path / REPORT)
    (tmp_path / "base" / "messages").mkdir()
    (tmp_path / "base" / "messages" / "en.yaml").write_text("Q001: {title: Told apart}\n", encoding="utf-8")
    heads = {
        "left": "extends: ../base\nseverity: {Q001: info}",
        "right": "extends: ../base\nseverity: {Q002: info}",
        "city": "extends: [../left, ../right]\nseverity: {Q003: info}",
    }
    for name, head in heads.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(f"id: {name}\n{head}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return [file.read_text(encoding="utf-8") for file in tmp_path.rglob("*.yaml")]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each text is parsed as YAML."""
    counts: Counter[str] = Counter()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    usual = loader.__init__

    def counted(self: Any, text: str) -> None:
        counts[text] += 1
        usual(self, text)

    monkeypatch.setattr(loader, "__init__", counted)
    return counts


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("cache", ["cache", ""], ids=["empty cache", "no cache"])
def test_a_file_of_a_pack_is_parsed_once(
    command: tuple[str, ...], cache: str, packs: list[str], parsed: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file of a pack and of those that it extends is parsed once in a whole run, with a cache or without."""
    monkeypatch.setenv("NIANBAO_CACHE", cache)

    assert run(list(command)) in (0, 1)

    assert len(packs) == 7
    assert {text: parsed[text] for text in packs} == dict.fromkeys(packs, 1)


def test_a_pack_that_was_found_good_is_not_parsed_again_until_it_changes(
    tmp_path: Path, packs: list[str], parsed: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept is known by its content: one changed file makes its pack, and those above it, be looked at anew."""
    monkeypatch.setenv("NIANBAO_CACHE", "cache")
    run(list(COMMANDS[0]))
    parsed.clear()

    run(list(COMMANDS[0]))
    assert [parsed[text] for text in packs] == [0] * 7

    file = tmp_path / "base" / "rules.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n- code: Q099\n  equation: no = such\n", encoding="utf-8")
    assert run(list(COMMANDS[0])) == 2
    assert parsed[file.read_text(encoding="utf-8")] == 1


@pytest.mark.parametrize("command", [*COMMANDS[:3], COMMANDS[5]], ids=" ".join)
@pytest.mark.usefixtures("packs")
def test_a_rule_is_compiled_once_for_a_form(command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading, judging and proving share what is compiled, and so do reports of forms that are equal."""
    monkeypatch.setenv("NIANBAO_CACHE", "")
    load()  # the kinds of plugins are put together before calls are counted
    compiled: list[tuple[Rule, Form]] = []
    usual = RuleKinds.__getitem__

    def counted(kinds: RuleKinds, name: str) -> Kind:
        kind = usual(kinds, name)

        def compile_rule(rule: Rule, form: Form) -> Compiled:
            compiled.append((rule, form))
            return kind.compile(rule, form)

        return kind._replace(compile=compile_rule)

    monkeypatch.setattr(RuleKinds, "__getitem__", counted)

    assert run(list(command)) in (0, 1)

    assert compiled
    assert len(compiled) == len({(id(rule), form) for rule, form in compiled})


@pytest.mark.parametrize("kind", ["data", *TEXTS, *PAGES, *FILES])
def test_a_report_is_plain_data(kind: str, tmp_path: Path, repo: Path) -> None:
    """It survives pickling with equality, whether it was read by itself or in a run, and has no text of its source."""
    drawn = draw_report(builtin_forms()[-1], 1)
    if kind == "data":
        data = render_report(CHINESE, Linter().read(repo / "examples" / "linjiang-2024.txt")).encode()
    else:
        data = rendered(drawn, kind)
    (tmp_path / "report").write_bytes(data)
    linter = Linter()

    reports = [linter.read(tmp_path / "report"), linter.check([str(tmp_path / "report")]).inputs[0]]

    for report in reports:
        assert isinstance(report, Report)
        assert pickle.loads(pickle.dumps(report)) == report
        assert not [value for value in within(report) if isinstance(value, bytes) or callable(value)]
        assert max(len(value) for value in within(report) if isinstance(value, str)) < len(data) / 4


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often zip files are opened, by how."""
    ways: list[str] = []
    usual = zipfile.ZipFile.__init__

    def counted(self: zipfile.ZipFile, *arguments: Any, **options: Any) -> None:
        ways.append("".join(str(one) for one in arguments[1:2]) or "r")
        usual(self, *arguments, **options)

    monkeypatch.setattr(zipfile.ZipFile, "__init__", counted)
    return ways


@pytest.mark.parametrize("kind", ["docx", "sheet"])
def test_the_zip_of_a_file_is_opened_once(kind: str, tmp_path: Path, opened: list[str]) -> None:
    """Once to check it; once more, and once to write, for a copy with notes, and the copy of ``fix`` is read once."""
    drawn = draw_report(builtin_forms()[-1], 1)
    wrong = drawn.with_cell("applications.total.total", (drawn.cells["applications.total.total"] or 0) + 90)
    file = tmp_path / f"report.{'docx' if kind == 'docx' else 'xlsx'}"
    file.write_bytes(rendered(wrong, kind))
    opened.clear()

    assert run(["check", str(file)]) == 1
    assert opened == ["r"]

    opened.clear()
    assert run(["check", str(file), "--annotate", str(tmp_path / "notes")]) == 1
    assert opened == ["r", "r", "w"]

    opened.clear()
    assert run(["fix", str(file), "--accept", "1"]) == 0
    assert opened == ["r", "r", "w", "r"] + (["r"] if kind == "sheet" else [])  # formulas are counted anew


@pytest.mark.parametrize("binary", [True, False])
def test_a_reader_is_asked_once_for_each_input(binary: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """With its name and the right hash: a file, an archive and what is in it, an address that is kept, a linked file.

    A reader of text is not asked for an archive.
    """
    asked: list[tuple[str, str]] = []

    def recognises(source: Source) -> bool:
        asked.append((source.name, source.sha256))
        return source.data.startswith(b"OWN")

    def read_none(source: Source) -> Document:
        return Document(source.name, "own", source.sha256, (Paragraph("nothing"),))

    shipped = load(external=False)
    own = Reader("own", recognises, read_none, (".own", ".doc"), binary)
    page = '<html><p><a href="linked.doc">2024年度报告</a></p></html>'.encode()
    archive = packed({"in.own": b"OWN 1", "in.txt": b"text"})
    files = {"a.own": b"OWN 2", "all.zip": archive, "page.html": page, "linked.doc": b"OWN 3"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    paths = [str(tmp_path / name) for name in ("a.own", "all.zip", "page.html")]

    with serving({"/b.own": b"OWN 4"}) as server:
        linter = Linter(plugins=shipped._replace(readers=(own, *shipped.readers)))
        linter.check([*paths, f"{server}/b.own"], options=InputOptions(save=str(tmp_path / "kept")))

    inputs = {str(tmp_path / name): data for name, data in files.items()}
    inputs |= {f"{paths[1]}/in.own": b"OWN 1", f"{paths[1]}/in.txt": b"text", f"{server}/b.own": b"OWN 4"}
    if not binary:
        del inputs[paths[1]]
    assert sorted(asked) == sorted((name, hashlib.sha256(data).hexdigest()) for name, data in inputs.items())


def within(value: object) -> Iterator[object]:
    """Give all that a value is made of."""
    if isinstance(value, Mapping):
        for pair in value.items():
            yield from within(pair)
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from within(part)
    elif hasattr(value, "__dict__"):
        yield from within(vars(value))
    else:
        yield value


LANGUAGE_NAMES = {"lang", "language"}
BOUND_IN = {"voice.py", "messages.py", "api.py", "__init__.py", "testing.py"}  # below a voice, or for callers in Python
NAMED_IN = {"catalogue/texts.py"}  # the language that a file of messages is in is data


def test_language_is_bound_once(repo: Path) -> None:
    """No function takes a language but those that make a voice, public ones, and commands from their option."""
    package = repo / "linter" / "nianbao"
    offenders = [
        f"{file.relative_to(package).as_posix()}:{function.lineno}"
        for file in package.rglob("*.py")
        if file.relative_to(package).as_posix() not in BOUND_IN | NAMED_IN
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        and LANGUAGE_NAMES & {argument.arg for argument in parameters(function)}
        and not (file.parent.name == "cli" and getattr(function, "name", "") == "command")
    ]

    assert offenders == []


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> list[ast.arg]:
    """Return the parameters of a function that have a name of their own."""
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


EXAMPLES = ["linjiang-2023.txt", "linjiang-2024.txt", "linjiang-2024-draft.txt", "linjiang-2024.html"]
QUARTERLY = "quarterly/statement.md"


def settings_for(repo: Path, name: str) -> Settings:
    """Return the settings that an example is checked with."""
    return Settings(packs=(str(repo / "examples" / "quarterly"),)) if name == QUARTERLY else Settings()


def test_a_linter_made_again_in_another_process_says_the_same(repo: Path) -> None:
    """From plain data, as JSON keeps them, or by pickling, with packs by path and with packs that were loaded."""
    paths = [str(repo / "examples" / name) for name in EXAMPLES]
    linter = Linter(Settings(ignore=("S",), lang="en"))

    assert json.loads(checked(linter, paths))["summary"]["error"]
    assert checked_elsewhere(linter, paths) == checked(linter, paths)
    assert from_plain_elsewhere(json.loads(json.dumps(linter.plain())), paths) == checked(linter, paths)

    by_path = Linter(settings_for(repo, QUARTERLY))
    loaded = Linter(packs=[by_path.load_pack(repo / "examples" / "quarterly")])
    paths = [str(repo / "examples" / QUARTERLY)]
    assert '"fee-quarter"' in checked(by_path, paths)
    assert {checked_elsewhere(one, paths) for one in (by_path, loaded)} == {checked(by_path, paths)}


@pytest.mark.parametrize("name", [*EXAMPLES, QUARTERLY])
def test_what_a_run_gives_survives_pickling_with_equality(name: str, repo: Path) -> None:
    """Forms, reports, findings, explanations and whole results: a result is small, and names rules by code and pack."""
    linter = Linter(settings_for(repo, name))
    before = [str(repo / "examples" / "linjiang-2023.txt")] if "2024" in name else []

    result = linter.check([str(repo / "examples" / name), *before]).result()

    for value in (result, *result.reports, *result.findings, *linter.forms, *map(attrgetter("report"), result.reports)):
        assert pickle.loads(pickle.dumps(value)) == value
    assert not [value for value in within(result) if isinstance(value, bytes) or callable(value)]
    assert {(one.pack, one.rule) for one in result.findings} == {(one.pack, one.code) for one in result.rules.values()}
    if "draft" in name:
        explanations = result.reports[0].explanations
        assert explanations
        assert pickle.loads(pickle.dumps(explanations)) == explanations
