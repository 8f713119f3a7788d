"""``nianbao fix``: correct a copy of a report's own file; every change must be accepted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nianbao.cli.accepting import ask, show, write
from nianbao.cli.options import LANG, PACK, refuse_repeated_stdin, speak, tell_unreadable
from nianbao.cli.output_file import refuse_inputs
from nianbao.cli.plugging import make_linter
from nianbao.cli.showing import exit_code
from nianbao.dates import day_of_run
from nianbao.editing import wording
from nianbao.editing.copies import write_new, write_whole
from nianbao.editing.diffs import left_over
from nianbao.editing.fixing import Accepted, accepted, choices, corrected, own_file
from nianbao.engine.checking import RelatedReports
from nianbao.errors import InputError, UsageError, unwritable
from nianbao.messages import Text, clean
from nianbao.model.outcome import FAIL
from nianbao.model.rule import ERROR
from nianbao.outputs.wording.totals import RunTotals
from nianbao.readers.originals import original
from nianbao.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.editing.fixing import CorrectedFile, OwnFile, Proposal
    from nianbao.linter import Linter
    from nianbao.model.report import Report
    from nianbao.model.result import Checked, Result
    from nianbao.voice import Voice

_HELP = """逐处显示报告里很可能填错的数字应该是多少、缺哪一句，问过之后写出改好的副本，再检查一遍；原文件不动。

Show which figures of a report are very likely wrong and what they should be, and which sentences it lacks; ask for
each, write a corrected copy and check it again; the file itself is left as it is. Without a terminal and without
--accept, nothing is written. A sentence is a draft, which you must check.

Exit codes are those of check: of the copy, where one was written.
"""
_ACCEPT = "不问，接受这几处：编号 1,3、high 或 blanks accept without asking: numbers, as in 1,3; high: all of high "
_ACCEPT += "confidence; blanks: all blanks whose figures follow"
_TRACKED = "Word 文件：写成修订，可以逐处接受或拒绝 Word files: as tracked changes, to be accepted or rejected"
_OUTPUT = "副本写到这里，默认是原名加 .fixed the copy, NAME.fixed.EXT unless given; never the file itself"
_FIXED = ".fixed"
_SEVERAL = Text("“{path}”里不止一份报告；请给出其中一份", "{path!r} holds several reports: give one of them")
_ELSEWHERE = Text(
    "报告不在“{path}”里，而在“{name}”里；请改用后者", "the report is not in {path!r} but in {name!r}: use that"
)
_REFUSED = Text("{path}：{reason}", "{path} {reason}")
_ITSELF = Text("--output 是原文件；请换一个名字", "--output is the file itself: choose another name")


@click.command("fix", help=_HELP, short_help="改正数字 put figures right in a copy")
@click.argument("file")
@click.option("--prior", "priors", multiple=True, metavar="PATH", help="上一年度的报告 the report of the year before")
@click.option("--accept", "words", multiple=True, metavar="N", help=_ACCEPT)
@click.option("--tracked", is_flag=True, help=_TRACKED)
@click.option("--output", metavar="FILE", help=_OUTPUT)
@PACK
@click.option("--settings", "settings_file", metavar="FILE", help="设置文件 a file of settings")
@LANG
def command(file: str, *, words: tuple[str, ...], output: str | None, **options: Any) -> int:
    """Show possible corrections, and write a copy with the accepted ones."""
    base = load_settings(options["settings_file"]) if options["settings_file"] else Settings()
    voice = speak(options["lang"] or base.lang)
    settings = base._replace(packs=(*base.packs, *options["packs"]))
    refuse_inputs(output, (*options["priors"], *settings.packs, options["settings_file"]))
    refuse_repeated_stdin((file, *options["priors"]))
    linter = make_linter(settings)
    related = RelatedReports(options["priors"])
    run = linter.check(file, related=related)
    refuse_inputs(output, (*run.files[1:], *linter.pack_paths))
    result = run.result()
    if _tell_problems(voice, result):
        return exit_code(RunTotals.of(result), ERROR)
    checked, report = _only(file, result)
    if output is not None and _is_same(output, report.name):
        raise UsageError(_ITSELF)
    known = choices(checked)
    proposals = accepted(words, known)
    own = _own_file(voice, report, linter, needed=bool(words))
    asking = own is not None and not words and sys.stdin.isatty() and sys.stdout.isatty()
    if asking:
        proposals = ask(voice, checked, known=known)
    else:
        show(voice, checked, known=known)
    if own is None or not proposals:
        click.echo(_nothing_done(voice, known, can_accept=own is not None and not asking))
        return exit_code(RunTotals.of(result), ERROR)
    wanted = Accepted.of(proposals, day_of_run(settings.today) if options["tracked"] else None)
    made = _made(own, report, wanted, linter)
    copy = _written(made.data, report.name, output)
    _tell_written(voice, copy, wanted)
    again = linter.judge([made.report.renamed(copy)], related=run.related).result()
    _tell_left(voice, checked, again)
    return exit_code(RunTotals.of(again), ERROR)


def _only(file: str, result: Result) -> tuple[Checked, Report]:
    """Return the only report in a file.

    Raises:
        UsageError: it contains several, or links to a report elsewhere.
    """
    if len(result.reports) != 1 or result.reports[0].report is None:
        raise UsageError(_SEVERAL.format(path=file))
    report = result.reports[0].report
    if report.name != file and Path(file).is_file() and Path(report.name).is_file():
        raise UsageError(_ELSEWHERE.format(path=file, name=report.name))
    return result.reports[0], report


def _own_file(voice: Voice, report: Report, linter: Linter, *, needed: bool) -> OwnFile | None:
    """Return a report's file; if its format is not written, report this and return ``None``.

    Raises:
        UsageError: its format is not written, and a correction was accepted.
    """
    try:
        source = original(report.name, sha256=report.sha256)
        return own_file(source, readers=linter.readers, editors=linter.editors)
    except InputError as error:
        if needed:
            raise UsageError(_REFUSED.format(path=report.name, reason=error.message)) from error
        click.echo(voice.say(wording.NO_COPY, path=clean(report.name), reason=voice.clean(error.message)), err=True)
        return None


def _tell_written(voice: Voice, copy: str, wanted: Accepted) -> None:
    """Report the copy and what was changed in it."""
    click.echo(voice.say(wording.WRITTEN, path=clean(copy), count=len(wanted.changes)))
    if wanted.insertions:
        click.echo(voice.say(wording.ADDED, count=len(wanted.insertions)))
    if wanted.tracked is not None:
        click.echo(voice.say(wording.TRACKED))


def _made(own: OwnFile, report: Report, wanted: Accepted, linter: Linter) -> CorrectedFile:
    """Return a copy of the file with the accepted corrections.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        return corrected(own, report, wanted=wanted, forms=linter.forms, readers=linter.readers)
    except InputError as error:
        raise UsageError(_REFUSED.format(path=report.name, reason=error.message)) from error


def _written(made: bytes, name: str, output: str | None) -> str:
    """Write the copy, beside the file unless another place is named, and return its path."""
    source = Path(name)
    if output is None:
        return write_new(made, source.with_name(f"{source.stem}{_FIXED}{source.suffix}"))
    try:
        write_whole(made, Path(output))
    except OSError as error:
        raise unwritable(output, error) from error
    return output


def _is_same(output: str, name: str) -> bool:
    """Whether two paths lead to the same file."""
    try:
        return Path(output).samefile(name)
    except OSError:
        return False


def _nothing_done(voice: Voice, known: Sequence[Proposal], *, can_accept: bool) -> str:
    if not known:
        return voice.say(wording.NO_CHOICES)
    if not can_accept or not any(proposal.can_write for proposal in known):
        return voice.say(wording.NOTHING)
    clear = ",".join(str(proposal.number) for proposal in known if proposal.changes and not proposal.is_open)
    return voice.say(wording.HOW_TO, numbers=clear or "N")


def _tell_left(voice: Voice, before: Checked, again: Result) -> None:
    """Report the findings that remain in the copy."""
    _tell_problems(voice, again)
    counts = [sum(finding.outcome == FAIL for finding in findings) for findings in (before.findings, again.findings)]
    click.echo(voice.say(wording.LEFT if counts[1] else wording.LEFT_NONE, before=counts[0], after=counts[1]))
    for checked in again.reports:
        write(left_over(voice, checked))


def _tell_problems(voice: Voice, result: Result) -> bool:
    """Report the problems; return whether the report itself could not be read."""
    for problem in (*result.run.problems, *(problem for checked in result.reports for problem in checked.problems)):
        tell_unreadable(voice, problem.path, error=InputError(problem.code, problem.text))
    return bool(result.run.problems) or any(checked.report is None for checked in result.reports)
