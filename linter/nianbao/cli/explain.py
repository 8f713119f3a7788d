"""``nianbao explain``: print what a rule checks, its authority, and how to correct its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nianbao.cli import ExitCode
from nianbao.cli.options import LANG, OUTPUT, voice_of
from nianbao.cli.output_file import open_output, refuse_inputs
from nianbao.cli.plugging import make_linter
from nianbao.outputs.commands import rules
from nianbao.settings import Settings

if TYPE_CHECKING:
    from nianbao.messages import Language

_HELP = """解释一条规则：查什么、依据、例子、怎样改正。

Explain rules, by code or name: what they check, on what authority, examples, and how to put things right.
"""


@click.command("explain", help=_HELP, short_help="解释规则 explain a rule")
@click.argument("codes", nargs=-1, required=True, metavar="CODE…")
@click.option("--pack", "packs", multiple=True, metavar="PATH", help="另加的规则 a folder of further rules")
@OUTPUT
@LANG
def command(codes: tuple[str, ...], *, packs: tuple[str, ...], output: str | None, lang: Language | None) -> int:
    """Print the descriptions of rules and return the exit code."""
    refuse_inputs(output, packs)
    linter = make_linter(Settings(packs=packs))
    explained = linter.explain(codes)
    with open_output(output, linter.pack_paths) as stream:
        voice, kinds = voice_of(lang), linter.kinds
        stream.write(
            "\n".join(rules.render_rule(voice, rule, patterns=kinds[rule.kind].patterns) for rule in explained)
        )
    return ExitCode.CLEAN
