"""``nianbao diff``: compare two files of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nianbao.cli import ExitCode
from nianbao.cli.options import LANG, OUTPUT, PACK, TIMEOUT, refuse_repeated_stdin, tell_unreadable, voice_of
from nianbao.cli.output_file import open_output, refuse_inputs
from nianbao.cli.plugging import make_linter
from nianbao.engine.comparing import compare
from nianbao.errors import InputError
from nianbao.inputs.options import InputOptions
from nianbao.inputs.reopening import exact_places
from nianbao.outputs.commands.differences import render_differences, render_json
from nianbao.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.model.difference import Difference
    from nianbao.model.report import Report

_HELP = """逐格、逐栏比较同一份报告的两个文件，例如网页和 Word。

Compare two files of one report, such as page and Word file, cell by cell and section by section. Exit code 1 where they
differ.
"""


@click.command("diff", help=_HELP, short_help="比较两份 compare two files")
@click.argument("first")
@click.argument("second")
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="输出格式 output"
)
@TIMEOUT
@PACK
@OUTPUT
@LANG
def command(first: str, second: str, *, form: str, packs: tuple[str, ...], output: str | None, **options: Any) -> int:
    """Print the differences between two reports and return the exit code."""
    refuse_repeated_stdin((first, second))
    refuse_inputs(output, (first, second, *packs))
    voice, linter = voice_of(options["lang"]), make_linter(Settings(packs=packs))
    reports = []
    for path in (first, second):
        try:
            reports.append(linter.read(path, options=InputOptions(options["seconds"])))
        except InputError as error:
            tell_unreadable(voice, path, error=error)
    if len(reports) < 2:
        return ExitCode.UNREADABLE
    pair = (reports[0], reports[1])
    differences = _exact(compare(*pair), pair)
    with open_output(output, linter.pack_paths) as stream:
        stream.write(
            render_json(differences, pair) if form == "json" else render_differences(voice, differences, reports=pair)
        )
    return ExitCode.FINDINGS if differences else ExitCode.CLEAN


def _exact(differences: Sequence[Difference], pair: tuple[Report, Report]) -> list[Difference]:
    """Return the differences with exact places; a source is read again only if there are any."""
    if not differences:
        return []
    first, second = map(exact_places, pair)
    return [
        difference._replace(
            first=difference.first._replace(location=first(difference.first.location)),
            second=difference.second._replace(location=second(difference.second.location)),
        )
        for difference in differences
    ]
