"""``nianbao eval``: ask an expression of the rule language of a report; the way to try a rule before writing it."""

from __future__ import annotations

import click

from nianbao.api import ask, read
from nianbao.cli import ExitCode
from nianbao.cli.options import LANG, language
from nianbao.cli.plugging import plugged
from nianbao.errors import InputError
from nianbao.outputs import replies
from nianbao.outputs.phrases import say

_HELP = """在一份报告上试一个算式，例如 nianbao eval '新收[总计] + 上年结转[总计]' 2024.html

Ask an expression of a report: a relation, a statement, or a value, over its cells, years and dates. It is shown with
its value, the cells that take part and where each stands.
"""


@click.command("eval", help=_HELP, short_help="在报告上试算式 try an expression")
@click.argument("expression")
@click.argument("path")
@click.option("--prior", metavar="PATH", help="上一年度的报告 the report of the year before")
@click.option("--within", metavar="TABLE", help="算式里的名字属于哪张表 the table that names belong to")
@LANG
def command(expression: str, path: str, *, prior: str | None, within: str | None, lang: str | None) -> int:
    """Print what the expression says of the report and return the exit code."""
    chosen = language(lang)
    plugins = plugged()
    try:
        report = read(path, plugins=plugins)
        before = read(prior, plugins=plugins) if prior else None
    except InputError as error:
        click.echo(say("unreadable", chosen, path=path, reason=error.text.get(chosen)), err=True)
        return ExitCode.UNREADABLE
    found = ask(expression, report, prior=before, within=within)
    click.echo(replies.render_replies(found, report, lang=chosen), nl=False)
    return ExitCode.CLEAN
