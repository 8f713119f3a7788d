"""``nianbao test``: run the examples that the rules of packs carry."""

from __future__ import annotations

import click

from nianbao.api import builtin_pack, known_forms, load_pack
from nianbao.catalogue.testing import try_examples, untested
from nianbao.cli import ExitCode
from nianbao.cli.options import LANG, language
from nianbao.cli.plugging import plugged
from nianbao.outputs.phrases import join, say

_HELP = """用规则自带的例子检验规则；不给出 PACK 时检验自带的规则。

Run the examples that rules carry: each must pass or fail as it says. Without PACK, those of the pack that ships.
"""


@click.command("test", help=_HELP, short_help="检验规则 test rules by their examples")
@click.argument("paths", nargs=-1, metavar="[PACK…]")
@LANG
def command(paths: tuple[str, ...], *, lang: str | None) -> int:
    """Print the examples that do not do what they say, and a summary; return the exit code."""
    chosen = language(lang)
    plugins = plugged()
    forms = known_forms(plugins)
    failed = 0
    for pack in [load_pack(path, plugins=plugins) for path in paths] or [builtin_pack()]:
        verdicts = list(try_examples(pack, forms, kinds=plugins.kinds))
        faults = [verdict for verdict in verdicts if verdict.fault]
        failed += len(faults)
        for verdict in faults:
            place = f"{verdict.rule.origin.file}:{verdict.example.line}"
            click.echo(f"{place}: {verdict.rule.code}: {verdict.fault}")
        if bare := untested(pack):
            codes = join([rule.code for rule in bare], chosen)
            click.echo(say("pack-untested", chosen, pack=pack.id, codes=codes))
        good = len(verdicts) - len(faults)
        click.echo(say("pack-tested", chosen, pack=pack.id, rules=len(pack.rules), good=good, bad=len(faults)))
    return ExitCode.FINDINGS if failed else ExitCode.CLEAN
