"""``nianbao rules``: list the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nianbao.cli import ExitCode
from nianbao.cli.options import LANG, OUTPUT, voice_of
from nianbao.cli.output_file import open_output, refuse_inputs
from nianbao.cli.plugging import make_linter
from nianbao.outputs.commands import rules
from nianbao.settings import Settings, split_codes

if TYPE_CHECKING:
    from nianbao.messages import Language

_HELP = """列出规则：代码、级别、名称和标题。

List the rules: code, severity, name and title.
"""


@click.command("rules", help=_HELP, short_help="列出规则 list the rules")
@click.option("--select", multiple=True, metavar="CODES", help="只列这些 only these, as in A,S003")
@click.option("--ignore", multiple=True, metavar="CODES", help="不列这些 all but these")
@click.option("--pack", "packs", multiple=True, metavar="PATH", help="另加的规则 a folder of further rules")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="输出格式 output")
@OUTPUT
@LANG
def command(*, form: str, output: str | None, lang: Language | None, **options: tuple[str, ...]) -> int:
    """Print the selected rules and return the exit code."""
    refuse_inputs(output, options["packs"])
    select, ignore = split_codes(options["select"]), split_codes(options["ignore"])
    linter = make_linter(Settings(select, ignore, packs=options["packs"]))
    chosen = linter.rules
    write = rules.render_json if form == "json" else rules.render_table
    with open_output(output, linter.pack_paths) as stream:
        stream.write(write(voice_of(lang), chosen))
    return ExitCode.CLEAN
