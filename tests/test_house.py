"""The house rules: sizes, docstrings, whole imports, and no words of an official form in Python."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "linter" / "nianbao").rglob("*.py"))
NAMES = [path.relative_to(ROOT).as_posix() for path in MODULES]
MOST_LINES, MOST_FUNCTION_LINES, MOST_PARAMETERS, MOST_POSITIONAL = 400, 60, 6, 2
Function = ast.FunctionDef | ast.AsyncFunctionDef

every_module = pytest.mark.parametrize("path", MODULES, ids=NAMES)


def functions(tree: ast.Module) -> Iterator[Function]:
    """Give every function of a module, nested ones and methods too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def public(tree: ast.Module) -> Iterator[ast.ClassDef | Function]:
    """Give the classes and functions that others may use: the module's, and the methods of its public classes."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield node
            methods = node.body if isinstance(node, ast.ClassDef) else ()
            yield from (inner for inner in methods if isinstance(inner, Function) and not inner.name.startswith("_"))


def parameters(function: Function) -> tuple[int, int]:
    """Count a function's parameters, all and positional ones, ``self`` and ``cls`` left out."""
    arguments = function.args
    positional = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    own = len(positional) - (positional[:1] in (["self"], ["cls"]))
    return own + len(arguments.kwonlyargs), own


def official_words() -> set[str]:
    """Collect the labels and headings of all forms, and the parts that their punctuation sets off."""
    words: set[str] = set()
    for file in (ROOT / "schemas" / "forms").glob("*.yaml"):
        collect(yaml.safe_load(file.read_text(encoding="utf-8")), words)
    parts = {part for word in words for part in re.split(r"[^\u4e00-\u9fff]+", word)}
    return {word for word in words | parts if len(re.findall(r"[\u4e00-\u9fff]", word)) >= 4}


def collect(value: object, words: set[str]) -> None:
    """Add the values of ``label``, ``heading`` and ``variants`` anywhere in parsed YAML to ``words``."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"label", "heading"}:
                words.add(str(inner))
            elif key == "variants":
                words.update(map(str, inner))
            else:
                collect(inner, words)
    elif isinstance(value, list):
        for inner in value:
            collect(inner, words)


REASON_AT = {"Mistake": 0, "SourceError": 0, "UsageError": 0, "error": 1, "wrong": 1}  # methods of sources and forms


def plain_reasons(tree: ast.Module) -> list[int]:
    """Give the lines on which a reason of an error is a string, which has one language, and no ``Text``."""
    named = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and is_string(node.value, frozenset())
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    calls = [(node, called(node.func)) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        call.lineno
        for call, name in calls
        if (place := REASON_AT.get(name)) is not None
        for reason in call.args[place : place + 1] + [one.value for one in call.keywords if one.arg == "reason"]
        if is_string(reason, frozenset(named))
    ]


def called(function: ast.expr) -> str:
    """Return the last part of the name of what is called."""
    return getattr(function, "attr", getattr(function, "id", ""))


def is_string(node: ast.expr, named: frozenset[str]) -> bool:
    """Whether an expression is a string by the look of it, or by the name of one."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if isinstance(node, ast.Name):
        return node.id in named
    if isinstance(node, ast.BinOp):
        return is_string(node.left, named) or is_string(node.right, named)
    if isinstance(node, ast.IfExp):
        return is_string(node.body, named) or is_string(node.orelse, named)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and is_string(node.func.value, frozenset())
    return isinstance(node, ast.JoinedStr)


@every_module
def test_mistakes_are_told_in_both_languages(path: Path) -> None:
    """What is wrong with rules, forms, settings and calls is a ``Text``."""
    assert plain_reasons(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("raise Mistake('no', 3)", [1]),
        ("raise errors.UsageError(f'no {x}')", [1]),
        ("why = 'no'\nself.wrong(path, why + x)", [2]),
        ("source.error((), '{}'.format(x))", [1]),
        ("SourceError(reason='a' if x else y, file=z)", [1]),
        ("raise Mistake(Text(f'不 {x}', 'no').then(nearest(x, y)), 3)", []),
        ("self.wrong(Text('名字', 'a name'))", []),
    ],
)
def test_a_reason_in_one_language_is_noticed(source: str, found: list[int]) -> None:
    """Of a call that makes an error, however the string comes about."""
    assert plain_reasons(ast.parse(source)) == found


@every_module
def test_modules_and_functions_stay_small(path: Path) -> None:
    """A module has at most 400 lines, a function at most 60 lines and 6 parameters."""
    source = path.read_text(encoding="utf-8")

    faults = [
        f"line {function.lineno}: {function.name}"
        for function in functions(ast.parse(source))
        if (function.end_lineno or 0) - function.lineno > MOST_FUNCTION_LINES
        or parameters(function)[0] > MOST_PARAMETERS
    ]

    assert source.count("\n") <= MOST_LINES
    assert faults == []


@every_module
def test_public_functions_name_their_arguments(path: Path) -> None:
    """What others call takes two arguments by position; the rest by name."""
    defined = [node for node in public(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, Function)]

    assert [node.name for node in defined if parameters(node)[1] > MOST_POSITIONAL] == []


@every_module
def test_everything_public_is_explained(path: Path) -> None:
    """Every module, and every class, function and method without a leading underscore, has a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert ast.get_docstring(tree)
    assert [node.name for node in public(tree) if not ast.get_docstring(node)] == []


@every_module
def test_python_knows_no_word_of_a_form(path: Path) -> None:
    """No row, column or heading of an official form stands in Python: a form is data."""
    source = path.read_text(encoding="utf-8")

    assert sorted(word for word in official_words() if word in source) == []


def test_the_official_words_are_those_of_the_forms() -> None:
    """The words looked for hold full labels, headings, and the bare words inside them."""
    words = official_words()

    assert {"一、总体情况", "总体情况", "（一）予以公开", "予以公开", "尚未审结"} <= words


def test_every_module_imports_in_a_fresh_interpreter() -> None:
    """All modules import, each with warnings as errors, in a Python that has loaded nothing else."""
    names = [".".join(path.relative_to(ROOT / "linter").with_suffix("").parts) for path in MODULES]
    wanted = [name.removesuffix(".__init__") for name in names if not name.endswith("__main__")]
    script = f"import importlib\nfor name in {wanted!r}: importlib.import_module(name)"

    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("readers/plain/text_file.py", "nianbao.engine"),
        ("readers/plain/text_file.py", "nianbao.forms.loading"),
        ("engine/__init__.py", "nianbao.extraction"),
        ("outputs/json.py", "nianbao.catalogue"),
        ("model/report.py", "nianbao.forms.loading"),
        ("api.py", "nianbao.cli"),
    ],
)
def test_the_layers_hold_against_a_wrong_import(importer: str, imported: str, tmp_path: Path) -> None:
    """An import against the order of the house is named by import-linter, whichever branch it starts from."""
    package = tmp_path / "linter" / "nianbao"
    shutil.copytree(ROOT / "linter" / "nianbao", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (package / importer).open("a", encoding="utf-8") as module:
        module.write(f"\nimport {imported}\n")
    script = "from importlinter.cli import lint_imports_command as run; run()"
    found = subprocess.run(
        [sys.executable, "-c", script, "--no-cache"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(package.parent), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    module_name = "nianbao." + importer.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert found.returncode == 1
    assert re.search(rf"{re.escape(module_name)} ->\s+{re.escape(imported)}", found.stdout)


def test_the_repository_speaks_for_itself() -> None:
    """No file that people read names a path of somebody's machine."""
    readable = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *MODULES, *(ROOT / "scripts").glob("*")]
    pattern = re.compile(r"/(?:home|Users|work)/\w")

    assert [str(path) for path in readable if path.is_file() and pattern.search(path.read_text(encoding="utf-8"))] == []
