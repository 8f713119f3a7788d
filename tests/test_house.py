"""The house rules: sizes, docstrings, whole imports, no circles, and no words of an official form in Python.

Each rule is one test over all modules, and lists what breaks it.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
LINTER = ROOT / "linter"
MOST_LINES, MOST_FUNCTION_LINES, MOST_PARAMETERS, MOST_POSITIONAL = 400, 60, 6, 2
MOST_LOOSE_MODULES = 12
MOST_SHARED_NAMES = 0.15  # of all modules, those whose file name another one has too
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module(NamedTuple):
    """A module of the package: its file from the root of the repository, its dotted name, its text and its tree."""

    file: str
    name: str
    source: str
    tree: ast.Module


@cache
def modules() -> tuple[Module, ...]:
    """Return the modules of the package."""
    return tuple(map(parsed, sorted((LINTER / "nianbao").rglob("*.py"))))


def parsed(path: Path) -> Module:
    """Return a module from its file."""
    source = path.read_text(encoding="utf-8")
    parts = path.relative_to(LINTER).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(path.relative_to(ROOT).as_posix(), name, source, ast.parse(source))


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


def test_mistakes_are_told_in_both_languages() -> None:
    """What is wrong with rules, forms, settings and calls is a ``Text``."""
    assert [f"{module.file}:{line}" for module in modules() for line in plain_reasons(module.tree)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("raise Mistake('no', 3)", [1]),
        ("raise errors.UsageError(f'no {x}')", [1]),
        ("why = 'no'\nself.wrong(path, why + x)", [2]),
        ("source.error((), '{}'.format(x))", [1]),
        ("SourceError(reason='a' if x else y, file=z)", [1]),
        ("raise Mistake(Text(f'不 {x}', 'no') + nearest(x, y), 3)", []),
        ("self.wrong(Text('名字', 'a name'))", []),
    ],
)
def test_a_reason_in_one_language_is_noticed(source: str, found: list[int]) -> None:
    """Of a call that makes an error, however the string comes about."""
    assert plain_reasons(ast.parse(source)) == found


def test_modules_and_functions_stay_small() -> None:
    """A module has at most 400 lines, a function at most 60 lines and 6 parameters."""
    large = [module.file for module in modules() if module.source.count("\n") > MOST_LINES]
    large += [
        f"{module.file}:{function.lineno} {function.name}"
        for module in modules()
        for function in functions(module.tree)
        if (function.end_lineno or 0) - function.lineno > MOST_FUNCTION_LINES
        or parameters(function)[0] > MOST_PARAMETERS
    ]

    assert large == []


def test_public_functions_name_their_arguments() -> None:
    """What others call takes two arguments by position; the rest by name."""
    assert [
        f"{module.file}:{node.lineno} {node.name}"
        for module in modules()
        for node in public(module.tree)
        if isinstance(node, Function) and parameters(node)[1] > MOST_POSITIONAL
    ] == []


def test_everything_public_is_explained() -> None:
    """Every module, and every class, function and method without a leading underscore, has a docstring."""
    silent = [module.file for module in modules() if not ast.get_docstring(module.tree)]
    silent += [
        f"{module.file}:{node.lineno} {node.name}"
        for module in modules()
        for node in public(module.tree)
        if not ast.get_docstring(node)
    ]

    assert silent == []


def test_python_knows_no_word_of_a_form() -> None:
    """No row, column or heading of an official form stands in Python: a form is data."""
    words = official_words()

    assert [f"{module.file}: {word}" for module in modules() for word in words if word in module.source] == []


def test_few_modules_lie_loose_in_the_package() -> None:
    """What is neither a room nor in one can be read at a glance."""
    assert len(list((LINTER / "nianbao").glob("*.py"))) <= MOST_LOOSE_MODULES


def test_no_two_public_classes_have_one_name() -> None:
    """A name says which class is meant, wherever it stands."""
    files = defaultdict(list)
    for module in modules():
        for node in public(module.tree):
            if isinstance(node, ast.ClassDef):
                files[node.name].append(module.file)

    assert {name: where for name, where in files.items() if len(where) > 1} == {}


def test_few_modules_share_a_file_name() -> None:
    """The name of a file says what is in it, without that of its folder."""
    names = [Path(module.file).name for module in modules() if not module.file.endswith("/__init__.py")]
    counts = Counter(names)

    shared = sorted(name for name in names if counts[name] > 1)

    assert len(shared) <= MOST_SHARED_NAMES * len(names), shared


def imports_of(module: Module, names: frozenset[str]) -> set[str]:
    """Return the modules of the package that a module imports, anywhere in it: in functions and for types too."""
    package = module.name if module.file.endswith("/__init__.py") else module.name.rpartition(".")[0]
    wanted = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            wanted |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            source = resolve_name("." * node.level + (node.module or ""), package)
            inner = {f"{source}.{alias.name}" for alias in node.names}
            wanted |= (inner & names) | ({source} if inner - names else set())
    return wanted & names


def circle(imports: Mapping[str, set[str]]) -> list[str]:
    """Return modules that import each other in turn, the first of them again at the end; an empty list without any."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return [str(name) for name in error.args[1]]
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions and those for type checkers are counted; each module can be read after what it uses.

    The package itself is left out: it fetches its public names when they are asked for.
    """
    names = frozenset(module.name for module in modules()) - {"nianbao"}

    assert circle({module.name: imports_of(module, names) for module in modules() if module.name in names}) == []


@pytest.mark.parametrize(
    "source",
    [
        "from nianbao import a",
        "from nianbao.a import name",
        "def function():\n    from . import a",
        "if TYPE_CHECKING:\n    import nianbao.a",
    ],
)
def test_a_circle_is_noticed(source: str) -> None:
    """However and wherever the import that closes it is written."""
    names = frozenset({"nianbao.a", "nianbao.b"})
    pair = [
        Module("linter/nianbao/a.py", "nianbao.a", "", ast.parse("from nianbao.b import name")),
        Module("linter/nianbao/b.py", "nianbao.b", "", ast.parse(source)),
    ]

    found = circle({module.name: imports_of(module, names) for module in pair})

    assert set(found) == names


def test_the_official_words_are_those_of_the_forms() -> None:
    """The words looked for hold full labels, headings, and the bare words inside them."""
    words = official_words()

    assert {"一、总体情况", "总体情况", "（一）予以公开", "予以公开", "尚未审结"} <= words


def test_every_module_imports_in_a_fresh_interpreter() -> None:
    """All modules import, each with warnings as errors, in a Python that has loaded nothing else."""
    wanted = [module.name for module in modules() if not module.name.endswith("__main__")]
    script = f"import importlib\nfor name in {wanted!r}: importlib.import_module(name)"

    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


WRONG_IMPORTS = [  # the contract, the module that imports against it, and what it imports
    ("no floor looks up", "readers/plain/text_file.py", "nianbao.engine"),
    ("no floor looks up", "readers/plain/text_file.py", "nianbao.forms.loading"),
    ("no floor looks up", "model/report.py", "nianbao.forms.loading"),
    ("no floor looks up", "api.py", "nianbao.cli"),
    ("reading does not know judging, nor what is printed", "readers/plain/text_file.py", "nianbao.engine"),
    ("judging does not know reading, nor what is printed", "engine/__init__.py", "nianbao.extraction"),
    ("outputs know results alone", "outputs/json.py", "nianbao.catalogue"),
    ("readers know no form", "readers/plain/text_file.py", "nianbao.forms.loading"),
]


def broken_contracts(report: str) -> dict[str, str]:
    """Return what import-linter says of each contract that is broken."""
    _, _, broken = report.partition("Broken contracts\n")
    parts = re.split(r"^(.+)\n-+$", broken.partition("\n\n")[2], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_layers_hold_against_wrong_imports(tmp_path: Path) -> None:
    """An import against the order of the house is named by import-linter, whichever room it starts from."""
    package = tmp_path / "linter" / "nianbao"
    shutil.copytree(LINTER / "nianbao", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for importer, name in {(importer, name) for _contract, importer, name in WRONG_IMPORTS}:
        with (package / importer).open("a", encoding="utf-8") as module:
            module.write(f"\nimport {name}\n")
    script = "from importlinter.cli import lint_imports_command as run; run()"

    done = subprocess.run(
        [sys.executable, "-c", script, "--no-cache"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(package.parent), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    broken = broken_contracts(done.stdout)
    assert done.returncode == 1
    for contract, importer, name in WRONG_IMPORTS:
        module_name = "nianbao." + importer.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        assert re.search(rf"{re.escape(module_name)} ->\s+{re.escape(name)} ", broken[contract])
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert {contract["name"] for contract in configured["contracts"]} == {contract for contract, *_ in WRONG_IMPORTS}


CLOCKS = {"monotonic", "perf_counter", "process_time", "thread_time", "time", "getrusage", "times"}


def clocks(source: str) -> list[int]:
    """Give the lines on which a module reads a clock, or imports one by its own name."""
    nodes = list(ast.walk(ast.parse(source)))
    read = [
        node.lineno
        for node in nodes
        if isinstance(node, ast.Attribute)
        and getattr(node.value, "id", "") in {"time", "os", "resource"}
        and node.attr.removesuffix("_ns") in CLOCKS
    ]
    imported = [
        node.lineno
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        and node.module in {"time", "timeit"}
        and {alias.name.removesuffix("_ns") for alias in node.names} & {*CLOCKS, "timeit"}
    ]
    return read + imported


def test_no_test_measures_time() -> None:
    """What takes long on a busy machine is no fault: cells, tags and steps are counted, and clocks handed in."""
    files = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "examples").rglob("test_*.py")]

    assert [f"{path}:{line}" for path in files for line in clocks(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("source", ["time.monotonic()", "time.process_time_ns()", "from time import perf_counter"])
def test_a_clock_is_noticed(source: str) -> None:
    """Whichever it is; waiting is none."""
    assert clocks(source) == [1]
    assert clocks("time.sleep(1)") == []


def test_the_repository_speaks_for_itself() -> None:
    """No file that people read names a path of somebody's machine."""
    readable = [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(LINTER / "nianbao").rglob("*.py"),
        *(ROOT / "scripts").glob("*"),
    ]
    pattern = re.compile(r"/(?:home|Users|work)/\w")

    assert [str(path) for path in readable if path.is_file() and pattern.search(path.read_text(encoding="utf-8"))] == []
