"""Write what follows from other files: pages on rules and what they cover, options of kinds, schema, table of floors.

``python scripts/generate.py`` after a change of ``rules/``, ``schemas/kinds.schema.json``, the layers in
``pyproject.toml`` or the first line of a package; tests find what is stale.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from nianbao.catalogue import builtin_pack
from nianbao.catalogue.pack_schema import rule_pack_schema
from nianbao.yamlfiles.source import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.model.rule import Example, Rule

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "rules"
KINDS_PAGE = ROOT / "docs" / "kinds.md"
ARCHITECTURE_PAGE = ROOT / "docs" / "architecture.md"
PACKAGE = ROOT / "linter" / "nianbao"
COVERAGE_PAGE = ROOT / "docs" / "coverage.md"
REQUIREMENTS = ROOT / "rules" / "zfxxgk" / "coverage" / "requirements.yaml"
NO_CHECK = "no-check"  # the reason of ids that no rule can cover
SCHEMA = ROOT / "schemas" / "rule-pack.schema.json"
_OPTIONS = re.compile(r"(<!-- options: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
_FLOORS = re.compile(r"(<!-- floors -->\n).*?(<!-- end -->)", re.DOTALL)
_SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}


def pages() -> dict[str, str]:
    """Return the pages by file name: one a rule, and a list of all."""
    rules = builtin_pack().rules
    return {"README.md": _list(rules), **{f"{rule.code}.md": _page(rule) for rule in rules}}


def _list(rules: tuple[Rule, ...]) -> str:
    lines = [
        "# 规则 · Rules",
        "",
        "由 `python scripts/generate.py` 从 `rules/zfxxgk/` 生成。Made from the pack; do not edit.",
        "",
        "| 代码 | 名称 | 内容 | |",
        "|---|---|---|---|",
    ]
    lines.extend(
        f"| [{rule.code}]({rule.code}.md) | `{rule.name}` | {rule.title.zh} | {rule.title.en} |" for rule in rules
    )
    return "\n".join([*lines, ""])


def _page(rule: Rule) -> str:
    severities = "、".join(_SEVERITIES[one] for one in rule.severities)
    english = "、".join(rule.severities)
    options = dict(rule.options)
    expression = yaml.safe_dump(options, allow_unicode=True, sort_keys=False, width=110).strip()
    parts = [
        f"# {rule.code} `{rule.name}`",
        f"**{rule.title.zh}** · {rule.title.en}",
        f"级别 severity：{severities}（{english}）；把握 confidence：{rule.confidence}",
        *_in_force(rule),
        f"## 查什么 · What it checks\n\n```yaml\n{expression}\n```",
        "## 依据 · Basis\n\n" + ("\n".join(_basis(rule)) or "无明文依据。None in so many words."),
        "## 怎样改正 · What to do\n\n" + f"{rule.help.zh}\n\n{rule.help.en}",
        "## 例子 · Examples\n\n" + "\n".join(map(_example, rule.examples)),
    ]
    if rule.covers:
        parts.append("核对要求编号 Covers: " + ", ".join(rule.covers))
    return "\n\n".join(parts) + "\n"


def _in_force(rule: Rule) -> list[str]:
    lines = [f"规则库 {rule.since} 版起 · since version {rule.since} of the pack"] if rule.since else []
    if rule.span != (None, None):
        first, last = ("…" if day is None else day.isoformat() for day in rule.span)
        lines.append(f"适用于 {first} 至 {last} 的报告 · for reports on {first} to {last}")
    return lines


def _basis(rule: Rule) -> list[str]:
    return [f"- {one.document} {one.part}{f'：“{one.quote}”' if one.quote else ''}".rstrip() for one in rule.basis]


def _example(example: Example) -> str:
    verdict = {"pass": "通过 pass", "fail": "不通过 fail"}[example.expect]
    given = "；".join(f"`{name}: {_plain(value)}`" for name, value in example.given.items())
    also = f"（{'、'.join(example.also)} 不通过 fails）" if example.also else ""
    return f"- {verdict}：{given or '一份前后一致的报告 a consistent report'}{also}"


def _plain(value: Any) -> str:
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)


def kinds_page(page: str) -> str:
    """Return the page on kinds with the tables of their options made anew."""
    return _OPTIONS.sub(lambda place: place[1] + _options_table(place[2]) + place[3], page)


def _options_table(kind: str) -> str:
    rows = "".join(f"| `{name}` | {what} | {text} |\n" for name, what, text in _options(schema("kinds")[kind]))
    return f"| option | value | |\n|---|---|---|\n{rows}"


def _options(options: dict[str, Any], prefix: str = "", needed: tuple[str, ...] = ()) -> Iterator[tuple[str, str, str]]:
    """Give name, value and description of each option, those inside another behind it."""
    for name, one in options.items():
        default = f" Default: {_plain(one['default'])}." if "default" in one else ""
        must = " Required." if name in needed else ""
        yield prefix + name, _value(one), one["description"] + must + default
        yield from _options(one.get("properties", {}), f"{prefix}{name}.", tuple(one.get("required", ())))


def _value(one: dict[str, Any]) -> str:
    if "enum" in one:
        return ", ".join(f"`{value}`" for value in one["enum"])
    if "additionalProperties" in one and isinstance(one["additionalProperties"], dict):
        return "texts by key"
    words = {"array": "list of texts", "object": "options", "string": "text", "integer": "whole number"}
    types = [one["type"]] if isinstance(one["type"], str) else one["type"]
    return " or ".join(words.get(name, name) for name in types)


def requirements() -> dict[str, Any]:
    """Return what reports can be checked for, by id, with groups and reasons."""
    return yaml.safe_load(REQUIREMENTS.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def covering() -> dict[str, list[str]]:
    """Return the codes of the rules that cover each id, none where something else does, without what is no check."""
    ids = requirements()["requirements"]
    found: dict[str, list[str]] = {one: [] for one, text in ids.items() if "by" in text}
    for rule in builtin_pack().rules:
        for one in rule.covers:
            if ids.get(one, {}).get("why") != NO_CHECK:
                found.setdefault(one, []).append(rule.code)
    return found


def coverage_page() -> str:
    """Return the page on what the rules cover: a summary, and a table for each group."""
    data, covered = requirements(), covering()
    groups: dict[str, list[str]] = {name: [] for name in data["groups"]}
    for one in data["requirements"]:
        groups[one.partition("-")[0] if "-" in one else one[0]].append(one)
    total, count = len(data["requirements"]), sum(one in covered for one in data["requirements"])
    lines = [
        "# 核对了什么 · What is covered",
        "",
        "由 `python scripts/generate.py` 从 `rules/zfxxgk/` 生成。Made from the pack; do not edit.",
        "",
        f"年报可以核对的 {total} 项要求，核对其中 {count} 项；其余写明原因。",
        f"Of {total} requirements that a report can be checked for, {count} are covered; of the others it says why.",
        "",
        "| | | | 核对 covered | 共 of |",
        "|---|---|---|--:|--:|",
    ]
    for name, ids in groups.items():
        title, held = data["groups"][name], sum(one in covered for one in ids)
        lines.append(f"| {name} | {title['zh']} | {title['en']} | {held} | {len(ids)} |")
    for name, ids in groups.items():
        title = data["groups"][name]
        lines += ["", f"## {name} {title['zh']} · {title['en'].capitalize()}", ""]
        lines += ["| | 要求 | requirement | 规则 rule |", "|---|---|---|---|"]
        lines += [_requirement(one, data, covered.get(one)) for one in ids]
    return "\n".join([*lines, ""])


def _requirement(one: str, data: dict[str, Any], codes: Sequence[str] | None) -> str:
    text = data["requirements"][one]
    if codes is None:
        reason = data["reasons"][text["why"]]
        by = f"{reason['zh']} · {reason['en']}"
    else:
        other = [data["others"][text["by"]]] if "by" in text else []
        links = [f"[{code}](rules/{code}.md)" for code in codes]
        by = ", ".join([*links, *(f"[{each['zh']} · {each['en']}]({each['page']})" for each in other)])
    return f"| {one} | {text['zh']} | {text['en']} | {by} |"


def architecture_page(page: str) -> str:
    """Return the page on architecture with its table of floors made anew."""
    return _FLOORS.sub(lambda place: place[1] + _floors_table() + place[2], page)


def _floors_table() -> str:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    floors = [re.findall(r"(?<!\()\b\w+", layer) for layer in contracts[0]["layers"]]
    rows = (
        f"| {number} | `{room}` | {_first_line(room)} |\n"
        for number, rooms in zip(range(len(floors), 0, -1), floors, strict=True)
        for room in rooms
    )
    return "| floor | room | what it holds |\n|---|---|---|\n" + "".join(rows)


def _first_line(room: str) -> str:
    folder = PACKAGE / room
    module = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0].replace("``", "`")


def main() -> None:
    """Write all of it, and take away pages of rules that are no more."""
    schema = json.dumps(rule_pack_schema(), ensure_ascii=False, indent=2) + "\n"
    SCHEMA.write_text(schema, encoding="utf-8", newline="\n")
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for file in FOLDER.glob("*.md"):
        if file.name not in wanted:
            file.unlink()
    KINDS_PAGE.write_text(kinds_page(KINDS_PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    architecture = architecture_page(ARCHITECTURE_PAGE.read_text(encoding="utf-8"))
    ARCHITECTURE_PAGE.write_text(architecture, encoding="utf-8", newline="\n")
    COVERAGE_PAGE.write_text(coverage_page(), encoding="utf-8", newline="\n")
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
