"""``nianbao extract``: print the data that were read from a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nianbao.cli import ExitCode
from nianbao.cli.options import LANG, OUTPUT, PACK, SAVE, TIMEOUT, tell_unreadable, voice_of
from nianbao.cli.output_file import open_output, refuse_inputs
from nianbao.cli.plugging import make_linter
from nianbao.errors import InputError
from nianbao.inputs.options import InputOptions
from nianbao.settings import Settings

if TYPE_CHECKING:
    from nianbao.model.report import Report
    from nianbao.voice import Voice

FORMATS = ("json", "text")
_HELP = """读出一份年度报告（文件、网址，或 - 表示标准输入）的栏目、日期和每一格数据。

Print the sections, dates and cells of one annual report: a file, an address, or - for standard input.
"""


@click.command("extract", help=_HELP, short_help="读出报告的数据 print a report as data")
@click.argument("path")
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True, help="输出格式 output")
@SAVE
@TIMEOUT
@PACK
@OUTPUT
@LANG
def command(path: str, *, form: str, packs: tuple[str, ...], output: str | None, **options: Any) -> int:
    """Read one report, print it and return the exit code."""
    voice = voice_of(options["lang"])
    refuse_inputs(output, (path, *packs))
    linter = make_linter(Settings(packs=packs))
    try:
        report = linter.read(path, exact=True, options=InputOptions(options["seconds"], options["save"]))
    except InputError as error:
        tell_unreadable(voice, path, error=error)
        return ExitCode.UNREADABLE
    with open_output(output, linter.pack_paths) as stream:
        stream.write(_rendered(voice, report, form))
    return ExitCode.CLEAN


def _rendered(voice: Voice, report: Report, form: str) -> str:
    if form == "json":
        from nianbao.outputs.json import render_report  # noqa: PLC0415 - one output a run

        return render_report(voice, report)
    from nianbao.outputs.commands.cells import render_cells  # noqa: PLC0415 - one output a run

    return render_cells(voice, report)
