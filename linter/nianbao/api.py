"""The one place where reading and judging meet: files in, results out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from nianbao import catalogue
from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.engine.prior_year import NO_PRIOR, choose_prior
from nianbao.errors import SourceError
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms
from nianbao.inputs import InputOptions, ReadContext, gather, read_one
from nianbao.kinds.kind import RuleContext
from nianbao.messages import Text
from nianbao.model.problem import Problem
from nianbao.model.result import Checked, Result
from nianbao.plugins.host import load as load_plugins

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from nianbao.model.explanation import Change, Component
    from nianbao.model.finding import Finding
    from nianbao.model.form import Form
    from nianbao.model.outcome import Reply
    from nianbao.model.report import Cell, Report
    from nianbao.model.rule import Pack
    from nianbao.plugins.registry import Plugins

One = TypeVar("One")

_CRASH = Text(
    "规则 {code} 运行出错（{error}），其余规则照常检查", "rule {code} failed in itself ({error}); the others ran"
)


class RelatedReports(NamedTuple, Generic[One]):
    """What is given beside the reports that are checked: their paths, or the reports themselves.

    ``priors`` are reports of earlier years, of which each report finds its year before; ``parents`` holds the report of
    the organ above, if there is one, and ``children`` those of the organs below.
    """

    priors: Sequence[One] = ()
    parents: Sequence[One] = ()
    children: Sequence[One] = ()


def first(some: Sequence[One]) -> One | None:
    """Return the first of some, ``None`` of none."""
    return some[0] if some else None


def read(
    path: str | os.PathLike[str],
    forms: Sequence[Form] | None = None,
    *,
    taking: InputOptions = InputOptions(),  # noqa: B008 - it is frozen
    plugins: Plugins | None = None,
) -> Report:
    """Read one report.

    Args:
        path: A file, an ``http`` or ``https`` address, or ``-`` for standard input; of an archive the one report in it,
            and of a page that only leads to its report, that report.
        forms: The forms it may follow; those that plugins bring or that ship with nianbao when ``None``.
        taking: How it is fetched, if it is at an address.
        plugins: What plugins give; that of all installed ones when ``None``.

    Raises:
        InputError: it cannot be read, or is no report.
    """
    known = known_plugins(plugins)
    given = known_forms(known) if forms is None else forms
    return read_one(os.fspath(path), ReadContext(given, known.readers, taking))


def load_pack(
    path: str | Path, forms: Sequence[Form] | None = None, *, plugins: Plugins | None = None, trusting: bool = True
) -> Pack:
    """Load a pack from a folder, or from one file of rules.

    Args:
        path: A folder with files of rules, and ``pack.yaml`` if it wants a name and version of its own; or one file.
        forms: The forms that its rules may speak of beside the pack's own (its folder ``forms``); those that plugins
            bring or that ship with nianbao when ``None``.
        plugins: What plugins give, kinds of rule among it; that of all installed ones when ``None``.
        trusting: Whether a pack that was found good before, with the same content, is not checked again.

    Raises:
        SourceError, SourceErrors: the pack is missing or wrong; every mistake with file, line and a way out.
    """
    known = known_plugins(plugins)
    known_or_given = known_forms(known) if forms is None else forms
    return catalogue.load_pack(path, known_or_given, kinds=known.kinds, trusting=trusting)


def make_engine(
    packs: Sequence[Pack] = (),
    codes: Collection[str] | None = None,
    *,
    plugins: Plugins | None = None,
    settings: Mapping[str, object] | None = None,
) -> Engine:
    """Make an engine that judges by the rules that ship, those of plugins, and further ones.

    Args:
        packs: Further packs of rules.
        codes: Rules that run; all when ``None``.
        plugins: What plugins give; that of all installed ones when ``None``.
        settings: The settings of the run, for checks that ask for them.
    """
    known = known_plugins(plugins)
    return Engine((builtin_pack(), *known.packs, *packs), codes, kinds=known.kinds, settings=settings or {})


def known_plugins(plugins: Plugins | None = None) -> Plugins:
    """Return the plugins given, else all installed ones, with a warning of each that is broken."""
    if plugins is not None:
        return plugins
    found = load_plugins()
    if found.broken:
        import warnings  # noqa: PLC0415 - only for trouble

        for one in found.broken:
            warnings.warn(
                f"plugin {one.name!r} is broken and gives nothing: {one.error.en}", RuntimeWarning, stacklevel=3
            )
    return found


def known_forms(plugins: Plugins, packs: Sequence[Pack] = ()) -> tuple[Form, ...]:
    """Return the forms that reports may follow: those of packs, those that ship, and those of plugins.

    What is for no form in particular takes the first one, whichever plugins are installed.
    """
    own, others = ((form for pack in some for form in pack.own_forms) for some in (packs, plugins.packs))
    return (*own, *builtin_forms(), *others, *plugins.forms)


def check(
    *reports: Report,
    prior: Report | None = None,
    parent: Report | None = None,
    children: Sequence[Report] = (),
    packs: Sequence[Pack] = (),
    plugins: Plugins | None = None,
) -> Result:
    """Check reports.

    Args:
        reports: The reports; each finds its report of the year before among them, unless ``prior`` is given.
        prior: The report of the year before.
        parent: The report of the organ above.
        children: The reports of the organs below.
        packs: Further packs of rules.
        plugins: What plugins give, packs among it; that of all installed ones when ``None``.
    """
    given = RelatedReports(() if prior is None else (prior,), () if parent is None else (parent,), children)
    return judge(reports, make_engine(packs, plugins=plugins), beside=given)


def ask(
    expression: str,
    report: Report,
    *,
    beside: RelatedReports[Report] = RelatedReports(),  # noqa: B008 - it is frozen
    within: str | None = None,
    plugins: Plugins | None = None,
) -> tuple[Reply, ...]:
    """Ask an expression of the rule language of a report.

    Args:
        expression: A relation, a statement or a value, over cells, years and dates.
        report: The report.
        beside: The reports that names with ``去年.``, ``上级.`` and ``下级.`` reach.
        within: The table that names belong to, by id or name.
        plugins: What plugins give, functions among it; that of all installed ones when ``None``.

    Raises:
        SourceError: the expression is wrong, with the place.
    """
    from nianbao.language import questions  # noqa: PLC0415 - no other call needs it
    from nianbao.language.evaluate import Sources  # noqa: PLC0415 - the same
    from nianbao.language.mistakes import Mistake  # noqa: PLC0415 - the same

    sources = Sources(report, first(beside.priors), first(beside.parents), tuple(beside.children))
    functions = known_plugins(plugins).functions
    try:
        return questions.ask(expression, sources, within=within, merged=report.merged_groups, functions=functions)
    except Mistake as mistake:
        raise SourceError(
            mistake.reason,
            file="expression",
            line=1,
            column=(mistake.at or 0) + 1,
            excerpt=expression,
            caret=mistake.at,
        ) from mistake


def run(
    paths: Sequence[str],
    *,
    beside: RelatedReports[str] = RelatedReports(),  # noqa: B008 - it is frozen
    engine: Engine | None = None,
    taking: InputOptions = InputOptions(),  # noqa: B008 - it is frozen
    progress: Callable[[int, int], None] | None = None,
    plugins: Plugins | None = None,
) -> Result:
    """Check files and folders; an input that cannot be read becomes a problem, and the run goes on.

    Args:
        paths: Files, archives, folders, addresses, and ``-`` for standard input.
        beside: Paths of reports of earlier years, to find the year before in, and of the organs above and below.
        engine: Holds the rules; all that ship or come from plugins when ``None``.
        taking: How addresses are fetched, and whether files that are no reports are passed over.
        progress: Told how many inputs are done, of how many.
        plugins: What plugins give; that of all installed ones when ``None``.
    """
    known = known_plugins(plugins)
    judging = engine or make_engine(plugins=known)
    forms = known_forms(known._replace(packs=()), judging.packs)  # plugins' packs are among the engine's

    reading = ReadContext(forms, known.readers, taking)
    found = gather(paths, reading, progress=progress)
    named = reading._replace(taking=taking._replace(only_reports=False))
    others = [gather(paths, named).inputs for paths in beside]
    given = RelatedReports(*(tuple(one for one in some if not isinstance(one, Problem)) for some in others))
    result = judge(found.inputs, judging, beside=given)
    problems = tuple(one for some in others for one in some if isinstance(one, Problem))
    return result._replace(problems=problems, skipped=found.skipped)


def judge(
    reports: Sequence[Report | Problem],
    engine: Engine,
    *,
    beside: RelatedReports[Report] = RelatedReports(),  # noqa: B008 - it is frozen
) -> Result:
    """Judge reports that have been read; problems are passed on in their places."""
    known = [one for one in reports if not isinstance(one, Problem)]
    checked = tuple(
        Checked(one.path, problems=(one,)) if isinstance(one, Problem) else _judged(one, engine, beside, known)
        for one in reports
    )
    return Result(checked, tuple((pack.id, pack.version) for pack in engine.packs))


def _judged(report: Report, engine: Engine, beside: RelatedReports[Report], known: Sequence[Report]) -> Checked:
    choice = choose_prior(report, given=beside.priors, others=[one for one in known if one is not report])
    subject = RuleContext.of(report, choice.prior, prior_reason=choice.reason or NO_PRIOR)
    subject = subject._replace(parent=first(beside.parents), children=tuple(beside.children))
    judgement = engine.judge_subject(subject)
    crashes = (
        Problem(report.name, "rule-crashed", _CRASH.format(code=crash.rule.code, error=crash.error))
        for crash in judgement.crashes
    )
    others = {one.name: one for one in (choice.prior, subject.parent, *subject.children) if one is not None}
    findings = tuple(_with_places(finding, report, others) for finding in judgement.findings)
    components = tuple(_with_change_places(component, report, others) for component in judgement.components)
    return Checked(
        report.name,
        report,
        choice.prior,
        findings,
        (*report.problems, *crashes),
        judgement.equations,
        components,
        tuple(one._replace(cell=_placed(one.cell, report)) for one in judgement.following),
    )


def _with_places(finding: Finding, report: Report, others: Mapping[str, Report]) -> Finding:
    """Give a finding exact places; they cost a second look at the source, and are made for what is shown alone."""
    cells = tuple(
        one._replace(cell=_placed(one.cell, report if one.source is None else others[one.source]))
        for one in finding.cells
    )
    return finding._replace(location=report.refine(finding.location), cells=cells)


def _placed(cell: Cell, source: Report) -> Cell:
    return cell._replace(location=source.refine(cell.location))


def _with_change_places(component: Component, report: Report, others: Mapping[str, Report]) -> Component:
    def placed(changes: Sequence[Change]) -> tuple[Change, ...]:
        return tuple(
            one._replace(location=(report if one.source is None else others[one.source]).refine(one.location))
            for one in changes
        )

    explanations = tuple(one._replace(changes=placed(one.changes)) for one in component.explanations)
    return component._replace(explanations=explanations, others=placed(component.others))


__all__ = [
    "InputOptions",
    "RelatedReports",
    "ask",
    "builtin_forms",
    "builtin_pack",
    "check",
    "extract",
    "judge",
    "known_forms",
    "known_plugins",
    "load_pack",
    "make_engine",
    "read",
    "run",
]
