"""``nianbao eval``: evaluate an expression of the rule language, or a rule of any kind, on a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nianbao.cli import ExitCode
from nianbao.cli.options import LANG, PACK, refuse_repeated_stdin, tell_unreadable, voice_of
from nianbao.cli.plugging import make_linter
from nianbao.engine.checking import RelatedReports
from nianbao.errors import InputError, SourceError, unreadable
from nianbao.outputs.commands import replies
from nianbao.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.messages import Language

_HELP = """在一份报告上试一个算式，例如 nianbao eval '新收[总计] + 上年结转[总计]' 2024.html

Ask an expression of a report: a relation, a statement, or a value, over its cells, years and dates. It is shown with
its value, the cells that take part and where each stands. In its place may stand a rule of any kind, as YAML or as the
name of a file with rules: what the rule says of the report is shown.
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
def command(expression: str, path: str, *, lang: Language | None, **options: Any) -> int:
    """Print the result of the expression on the report and return the exit code."""
    voice = voice_of(lang)
    refuse_repeated_stdin((path, *(name for field in RelatedReports._fields for name in options[field])))
    linter = make_linter(Settings(packs=options["packs"]))
    try:
        report = linter.read(path, exact=True)
        related = RelatedReports(
            *(tuple(linter.read(name, exact=True) for name in options[field]) for field in RelatedReports._fields)
        )
    except InputError as error:
        tell_unreadable(voice, path, error=error)
        return ExitCode.UNREADABLE
    rules = _rules_in(expression, linter.kinds)
    if rules is None:
        answers = linter.ask(expression, report, related=related, within=options["within"])
        click.echo(replies.render_replies(voice, answers, report=report), nl=False)
        return ExitCode.CLEAN
    from nianbao.outputs.commands.trials import render_trials  # noqa: PLC0415 - only for rules

    text, name = rules
    trials = linter.trial(text, report, name=name, related=related)
    click.echo(render_trials(voice, trials, report=report), nl=False)
    return ExitCode.CLEAN


def _rules_in(expression: str, kinds: Iterable[str]) -> tuple[str, str] | None:
    """Return the text of rules and its name: of a file with rules, or of the argument itself; ``None`` for expressions.

    Raises:
        SourceError: the file cannot be read.
    """
    from nianbao.catalogue.trying_text import is_rule  # noqa: PLC0415 - it compiles patterns

    if expression.endswith((".yaml", ".yml")):
        try:
            return Path(expression).read_text(encoding="utf-8-sig"), expression
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(unreadable(error), file=expression) from error
    return (expression, "rule") if is_rule(expression, kinds) else None
