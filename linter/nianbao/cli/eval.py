"""``nianbao eval``: ask an expression of the rule language of a report; the way to try a rule before writing it."""

from __future__ import annotations

from typing import Any

import click

from nianbao.api import RelatedReports, ask
from nianbao.cli import ExitCode
from nianbao.cli.choosing import read_by
from nianbao.cli.options import LANG, PACK, language, tell_unreadable
from nianbao.cli.plugging import plugged
from nianbao.errors import InputError
from nianbao.outputs.commands import replies

_HELP = """在一份报告上试一个算式，例如 nianbao eval '新收[总计] + 上年结转[总计]' 2024.html

Ask an expression of a report: a relation, a statement, or a value, over its cells, years and dates. It is shown with
its value, the cells that take part and where each stands.
"""


@click.command("eval", help=_HELP, short_help="在报告上试算式 try an expression")
@click.argument("expression")
@click.argument("path")
@click.option("--prior", "priors", multiple=True, metavar="PATH", help="上一年度的报告 the report of the year before")
@click.option("--parent", "parents", multiple=True, metavar="PATH", help="上级机关的报告 the report of the organ above")
@click.option("--children", multiple=True, metavar="PATH", help="下级机关的报告 reports of the organs below")
@click.option("--within", metavar="TABLE", help="算式里的名字属于哪张表 the table that names belong to")
@PACK
@LANG
def command(expression: str, path: str, *, lang: str | None, **options: Any) -> int:
    """Print what the expression says of the report and return the exit code."""
    chosen = language(lang)
    plugins = plugged()
    try:
        report = read_by(path, options["packs"], plugins=plugins)
        others = {
            name: [read_by(one, options["packs"], plugins=plugins) for one in options[name]]
            for name in ("priors", "parents", "children")
        }
    except InputError as error:
        tell_unreadable(path, error, lang=chosen)
        return ExitCode.UNREADABLE
    found = ask(expression, report, beside=RelatedReports(**others), within=options["within"], plugins=plugins)
    click.echo(replies.render_replies(found, report, lang=chosen), nl=False)
    return ExitCode.CLEAN
