"""``nianbao check``: check reports and print the findings."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from nianbao.cli import ExitCode
from nianbao.cli.annotating import ANNOTATE, copies_into, noting, tell_copies
from nianbao.cli.options import (
    LANG,
    MAX_LINES,
    OUTPUT,
    PACK,
    PERSONA,
    QUIET,
    SAVE,
    SHOW,
    STATISTICS,
    TIMEOUT,
    VERBOSE,
    refuse_repeated_stdin,
    speak,
)
from nianbao.cli.output_file import open_output, refuse_inputs
from nianbao.cli.plugging import make_linter
from nianbao.cli.showing import Showing, exit_code
from nianbao.engine.checking import RelatedReports
from nianbao.inputs.options import InputOptions
from nianbao.messages import Text
from nianbao.model.rule import ERROR, LEVELS
from nianbao.settings import Settings, load_settings, split_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nianbao.voice import Voice

_HELP = """检查年度报告：文件、压缩包、文件夹、网址，或 - 表示标准输入。

Check annual reports: files, zip archives, folders, addresses, or - for standard input.
"""
_MIN_INPUTS_FOR_PROGRESS = 5
_READING = Text("读取", "reading")


@click.command("check", help=_HELP, short_help="检查报告 check reports")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--prior", "priors", multiple=True, metavar="PATH", help="上一年度的报告 the report of the year before")
@click.option("--parent", "parents", multiple=True, metavar="PATH", help="上级机关的报告 the report of the organ above")
@click.option("--children", multiple=True, metavar="PATH", help="下级机关的报告 reports of the organs below")
@click.option("--select", multiple=True, metavar="CODES", help="只用这些规则 only these rules, as in A,S003")
@click.option("--ignore", multiple=True, metavar="CODES", help="不用这些规则 all but these rules")
@click.option("--fail-on", type=click.Choice(LEVELS), help="从哪一级起退出码为 1 severity that makes the exit code 1")
@click.option("--format", "form", default="text", show_default=True, metavar="text|html|json|…", help="输出格式 output")
@SHOW
@PERSONA
@STATISTICS
@QUIET
@VERBOSE
@MAX_LINES
@click.option("--only-reports", is_flag=True, help="跳过不是年报的文件 pass over files that are no reports")
@click.option("--strict-reading", is_flag=True, help="有没读出的格就不通过 fail where a cell was not read")
@SAVE
@TIMEOUT
@PACK
@click.option("--settings", "settings_file", metavar="FILE", help="设置文件 a file of settings")
@click.option("--plugin", "plugins", multiple=True, metavar="NAME", help="须有的插件 a plugin that must be there")
@click.option("--no-plugins", is_flag=True, help="不用另装的插件 without plugins that are installed")
@ANNOTATE
@OUTPUT
@LANG
def command(paths: tuple[str, ...], *, form: str, output: str | None, **options: Any) -> int:
    """Check files and folders, print the result and return the exit code."""
    settings = _settings(**options)
    voice = speak(settings.lang)
    others = [path for name in ("priors", "parents", "children") for path in options[name]]
    refuse_repeated_stdin((*paths, *others))
    refuse_inputs(output, (*paths, *others, *settings.packs, options["settings_file"]))
    linter = make_linter(settings, external=False if options["no_plugins"] else None)
    verbosity = {name: options[name] for name in ("quiet", "verbose", "statistics", "max_lines")}
    showing = Showing.of(linter.plugins.output(form), settings, **verbosity)
    related = RelatedReports(options["priors"], options["parents"], options["children"])
    wanted = InputOptions(options["seconds"], options["save"], options["only_reports"])
    with _progress(voice) as progress:
        run = linter.check(paths, related=related, options=wanted, progress=progress)
    copies = copies_into(options["annotate"], voice, run=run, paths=paths, linter=linter)
    with open_output(output, (*run.files, *linter.pack_paths)) as stream:
        reports = noting(run.reports(), copies, showing=showing)
        totals = showing.write(voice, run.info, reports=reports, stream=stream)
    if copies is not None:
        tell_copies(voice, copies)
    code = exit_code(totals, settings.fail_on or ERROR)
    is_incomplete = options["strict_reading"] and totals.unread > 0
    return ExitCode.FINDINGS if is_incomplete and code is ExitCode.CLEAN else code


def _settings(**options: Any) -> Settings:
    """Return the settings of the file, overridden by the options of the command line."""
    base = load_settings(options["settings_file"]) if options["settings_file"] else Settings()
    return Settings(
        select=split_codes(options["select"]) or base.select,
        ignore=(*base.ignore, *split_codes(options["ignore"])),
        fail_on=options["fail_on"] or base.fail_on,
        lang=options["lang"] or base.lang,
        packs=(*base.packs, *options["packs"]),
        plugins=(*base.plugins, *options["plugins"]),
        show=options["show"] or base.show,
        persona=options["persona"] or base.persona,
    )


@contextmanager
def _progress(voice: Voice) -> Iterator[Callable[[int, int], None] | None]:
    """Show a progress bar on a terminal while many inputs are read; give the function that moves it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import Progress  # noqa: PLC0415 - only on a terminal

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(voice.say(_READING), visible=False)
        yield lambda done, total: bar.update(
            task, completed=done, total=total, visible=total > _MIN_INPUTS_FOR_PROGRESS
        )
