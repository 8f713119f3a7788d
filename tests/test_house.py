"""The house rules: sizes, docstrings, whole imports, and no words of an official form in Python."""

from __future__ import annotations

import ast
import re
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


@every_module
def test_modules_and_functions_stay_small(path: Path) -> None:
    """A module has at most 400 lines; a function at most 60 lines and 6 parameters, keyword-only after the second."""
    source = path.read_text(encoding="utf-8")

    faults = [
        f"line {function.lineno}: {function.name}"
        for function in functions(ast.parse(source))
        if (function.end_lineno or 0) - function.lineno > MOST_FUNCTION_LINES
        or parameters(function)[0] > MOST_PARAMETERS
        or parameters(function)[1] > MOST_POSITIONAL + 1
    ]

    assert source.count("\n") <= MOST_LINES
    assert faults == []


@every_module
def test_everything_public_is_explained(path: Path) -> None:
    """Every module, and every class and function without a leading underscore, has a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = (node for node in tree.body if isinstance(node, ast.ClassDef | Function))
    public = [node for node in defined if not node.name.startswith("_")]
    methods = [
        method
        for node in public
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, Function) and not method.name.startswith("_")
    ]

    assert ast.get_docstring(tree)
    assert [node.name for node in (*public, *methods) if not ast.get_docstring(node)] == []


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


def test_the_repository_speaks_for_itself() -> None:
    """No file that people read names a path of somebody's machine."""
    readable = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *MODULES, *(ROOT / "scripts").glob("*")]
    pattern = re.compile(r"/(?:home|Users|work)/\w")

    assert [str(path) for path in readable if path.is_file() and pattern.search(path.read_text(encoding="utf-8"))] == []
