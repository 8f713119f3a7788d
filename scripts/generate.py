"""Write what follows from other files: the pages on rules, and the schema of rule packs.

``python scripts/generate.py`` after a change of ``rules/`` or ``linter/nianbao/kinds/``; tests find what is stale.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from nianbao.catalogue import builtin_pack
from nianbao.catalogue.schema import rule_pack_schema

if TYPE_CHECKING:
    from nianbao.model.rule import Example, Rule

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "rules"
SCHEMA = ROOT / "schemas" / "rule-pack.schema.json"
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


def main() -> None:
    """Write all of it, and take away pages of rules that are no more."""
    schema = json.dumps(rule_pack_schema(), ensure_ascii=False, indent=2) + "\n"
    SCHEMA.write_text(schema, encoding="utf-8", newline="\n")
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for file in FOLDER.glob("*.md"):
        if file.name not in wanted:
            file.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
