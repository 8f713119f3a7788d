"""``nianbao names``: the names that rules may use for the cells, sections and facts of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nianbao.cli import ExitCode
from nianbao.cli.options import LANG, OUTPUT, PACK, voice_of
from nianbao.cli.output_file import open_output, refuse_inputs
from nianbao.cli.plugging import make_linter
from nianbao.errors import UsageError
from nianbao.language.directory import names_of
from nianbao.language.mistakes import nearest, no_form
from nianbao.messages import Text
from nianbao.outputs.commands.name_list import names_json, render_names
from nianbao.settings import Settings

if TYPE_CHECKING:
    from nianbao.messages import Language
    from nianbao.model.form_name import FormName

_HELP = """列出规则里可以用的名字：表、行、列、栏目、日期等，中英文都有；写 WORD 就只列含有它的。

List the names that rules may use for a form: tables, rows, columns, sections, facts and kinds of issuer, in Chinese
and in English, with where each stands. With WORD, only those that hold all of these words.
"""
_NO_NAME = Text("没有含有“{word}”的名字", "no name holds {word!r}")


@click.command("names", help=_HELP, short_help="列出规则里的名字 list names for rules")
@click.argument("words", nargs=-1, metavar="[WORD…]")
@click.option("--form", "form_id", metavar="ID", help="哪种格式 the form; the newest when missing")
@click.option("--format", "output_format", type=click.Choice(("text", "json")), default="text", help="输出格式 output")
@PACK
@OUTPUT
@LANG
def command(
    words: tuple[str, ...],
    *,
    form_id: str | None,
    output_format: str,
    packs: tuple[str, ...],
    output: str | None,
    lang: Language | None,
) -> int:
    """Print the names that hold all words and return the exit code."""
    voice = voice_of(lang)
    refuse_inputs(output, packs)
    linter = make_linter(Settings(packs=packs))
    form = next((form for form in linter.forms if form_id in {None, form.id}), None)
    if form is None:
        raise UsageError(no_form(form_id or "", [form.id for form in linter.forms]))
    known = names_of(form)
    chosen = [name for name in known if all(_holds(name, word) for word in words)]
    if not chosen:
        word = " ".join(words)
        near = nearest(word, [each for name in known for each in (name.zh, name.en)])
        raise UsageError(_NO_NAME.format(word=word) + near)
    render = names_json if output_format == "json" else render_names
    with open_output(output, linter.pack_paths) as stream:
        stream.write(render(voice, chosen))
    return ExitCode.CLEAN


def _holds(name: FormName, word: str) -> bool:
    parts = (name.zh, name.en, name.printed, name.table.zh, name.table.en)
    return any(word.casefold() in part.casefold() for part in parts)
