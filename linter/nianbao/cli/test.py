"""``nianbao test``: test packs of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nianbao.catalogue import builtin_pack, flattened
from nianbao.cli import ExitCode
from nianbao.cli.options import LANG, OUTPUT, voice_of
from nianbao.cli.output_file import open_output, refuse_inputs
from nianbao.cli.plugging import make_linter
from nianbao.engine import Engine
from nianbao.outputs.commands.proof import render_json, render_proof
from nianbao.packtests import Options, prove

if TYPE_CHECKING:
    from nianbao.messages import Language
    from nianbao.model.rule import Pack

_HELP = """检验规则：例子、前后一致的报告、笔误、算式和元数据；不给出 PACK 时检验自带的规则。

Prove rules: by the examples they carry, by consistent reports on which none may fail, by slips that some rule must
notice, by what equations follow from or contradict others, and by what rules say of themselves. Without PACK, those
of the pack that ships. Exit code 1 when something is wrong.
"""
_MAX_REPORTS = 10_000


@click.command("test", help=_HELP, short_help="检验规则 prove rules")
@click.argument("paths", nargs=-1, metavar="[PACK…]")
@click.option("--quick", is_flag=True, help="只看例子 examples alone")
@click.option("--seed", type=int, default=1, show_default=True, help="抽取报告的种子 where drawing begins")
@click.option(
    "--reports",
    type=click.IntRange(1, _MAX_REPORTS),
    default=50,
    show_default=True,
    help="每种格式的报告份数 consistent reports a form",
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="输出格式 output")
@OUTPUT
@LANG
def command(
    paths: tuple[str, ...], *, form: str, output: str | None, lang: Language | None, quick: bool, **numbers: int
) -> int:
    """Print the proof of packs and return the exit code."""
    refuse_inputs(output, paths)
    options = Options(quick=quick, **numbers)
    linter = make_linter()
    packs = linter.load_packs(paths, trusting=False) or (builtin_pack(),)
    voice = voice_of(lang)
    proofs = []
    with open_output(output) as stream:
        for pack in packs:
            under = _under(pack)
            # A code that a rule of another pack has is refused here, as it would be in a run.
            Engine((builtin_pack(), *linter.plugins.packs, pack), kinds=linter.kinds)
            proofs.append(prove(pack, under=under, forms=linter.forms, kinds=linter.kinds, options=options))
            if form == "text":
                stream.write(render_proof(voice, proofs[-1], quick=quick))
        if form == "json":
            stream.write(render_json(voice, proofs))
    return ExitCode.CLEAN if all(proof.sound for proof in proofs) else ExitCode.FINDINGS


def _under(pack: Pack) -> tuple[Pack, ...]:
    """Return the packs below a pack: those it extends, and, unless it has its own forms, nianbao's own pack."""
    shipped = () if pack.own_forms else (builtin_pack(),)
    return tuple(base for base in flattened((*shipped, pack)) if base.id != pack.id)
