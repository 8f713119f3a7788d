"""``nianbao schema``: print a JSON Schema, for editors and other programs."""

from __future__ import annotations

import json

import click

from nianbao.catalogue.pack_schema import rule_pack_schema
from nianbao.cli import ExitCode
from nianbao.cli.options import OUTPUT
from nianbao.cli.output_file import open_output
from nianbao.cli.plugging import make_linter
from nianbao.yamlfiles.source import schema

NAMES = ("rule-pack", "messages", "form", "report", "result", "settings")
_HELP = """打印 JSON Schema，供编辑器补全和检查规则、格式、设置文件。

Print a JSON Schema; with that of rule-pack, editors complete and check files of rules.
"""


@click.command("schema", help=_HELP, short_help="打印 JSON Schema print a JSON Schema")
@click.argument("name", type=click.Choice(NAMES))
@OUTPUT
def command(name: str, *, output: str | None) -> int:
    """Print the schema with a name and return the exit code."""
    content = rule_pack_schema(make_linter().kinds) if name == "rule-pack" else schema(name)
    with open_output(output) as stream:
        stream.write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    return ExitCode.CLEAN
