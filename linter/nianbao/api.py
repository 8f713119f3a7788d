"""The one place where reading and judging meet: files in, results out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nianbao.catalogue import builtin_pack, load_pack
from nianbao.engine import Engine, merged_groups
from nianbao.errors import SourceError
from nianbao.extraction import extract
from nianbao.formats import builtin_forms
from nianbao.inputs import gather
from nianbao.messages import Text
from nianbao.model.finding import Checked, Problem, Result
from nianbao.priors import NO_PRIOR, choose_prior
from nianbao.readers import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from nianbao.model.finding import Finding, Reply
    from nianbao.model.form import Form
    from nianbao.model.report import Report
    from nianbao.model.rule import Pack

_CRASH = Text(
    "规则 {code} 运行出错（{error}），其余规则照常检查", "rule {code} failed in itself ({error}); the others ran"
)


def read(path: str | os.PathLike[str], forms: Sequence[Form] | None = None) -> Report:
    """Read one report.

    Args:
        path: A file, or ``-`` for standard input.
        forms: The forms it may follow; those that ship with nianbao when ``None``.

    Raises:
        InputError: it cannot be read, or is no report.
    """
    return extract(read_document(os.fspath(path)), forms)


def check(*reports: Report, prior: Report | None = None, packs: Sequence[Pack] = ()) -> Result:
    """Check reports.

    Args:
        reports: The reports; each finds its report of the year before among them, unless ``prior`` is given.
        prior: The report of the year before.
        packs: Further packs of rules.
    """
    return judge(reports, Engine((builtin_pack(), *packs)), priors=() if prior is None else (prior,))


def ask(
    expression: str, report: Report, *, prior: Report | None = None, within: str | None = None
) -> tuple[Reply, ...]:
    """Ask an expression of the rule language of a report.

    Args:
        expression: A relation, a statement or a value, over cells, years and dates.
        report: The report.
        prior: The report of the year before, for names with ``去年.`` or ``prior.``.
        within: The table that names belong to, by id or name.

    Raises:
        SourceError: the expression is wrong, with the place.
    """
    from nianbao.language import questions  # noqa: PLC0415 - no other call needs it
    from nianbao.language.evaluate import Sources  # noqa: PLC0415 - the same
    from nianbao.language.mistakes import Mistake  # noqa: PLC0415 - the same

    try:
        return questions.ask(expression, Sources(report, prior), within=within, merged=merged_groups(report))
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
    priors: Sequence[str] = (),
    packs: Sequence[Pack] = (),
    codes: Collection[str] | None = None,
    only_reports: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """Check files and folders; an input that cannot be read becomes a problem, and the run goes on.

    Args:
        paths: Files, folders, and ``-`` for standard input.
        priors: Reports of earlier years, to find the year before in.
        packs: The packs of rules; the one that ships is always first.
        codes: Rules that run; all when ``None``.
        only_reports: Whether files that are no reports are passed over; in folders they always are.
        progress: Told how many inputs are done, of how many.
    """
    engine = Engine((builtin_pack(), *packs), codes)
    forms = (*(form for pack in engine.packs for form in pack.own_forms), *builtin_forms())
    found = gather(paths, lambda path: read(path, forms), only_reports=only_reports, progress=progress)
    before = gather(priors, lambda path: read(path, forms)).inputs
    result = judge(found.inputs, engine, priors=tuple(one for one in before if not isinstance(one, Problem)))
    return result._replace(problems=tuple(one for one in before if isinstance(one, Problem)), skipped=found.skipped)


def judge(reports: Sequence[Report | Problem], engine: Engine, *, priors: Sequence[Report] = ()) -> Result:
    """Judge reports that have been read; problems are passed on in their places."""
    known = [one for one in reports if not isinstance(one, Problem)]
    checked = tuple(
        Checked(one.path, problems=(one,)) if isinstance(one, Problem) else _judged(one, engine, priors, known)
        for one in reports
    )
    return Result(checked, tuple((pack.id, pack.version) for pack in engine.packs))


def _judged(report: Report, engine: Engine, priors: Sequence[Report], known: Sequence[Report]) -> Checked:
    choice = choose_prior(report, given=priors, others=[one for one in known if one is not report])
    judgement = engine.judge(report, choice.prior, prior_reason=choice.reason or NO_PRIOR)
    crashes = (
        Problem(report.name, "rule-crashed", _CRASH.format(code=crash.rule.code, error=crash.error))
        for crash in judgement.crashes
    )
    findings = tuple(_with_places(finding, report, choice.prior) for finding in judgement.findings)
    return Checked(report.name, report, choice.prior, findings, tuple(crashes), judgement.equations)


def _with_places(finding: Finding, report: Report, prior: Report | None) -> Finding:
    """Give a finding exact places; they cost a second look at the source, and are made for what is shown alone."""
    cells = tuple(
        one._replace(cell=one.cell._replace(location=source.refine(one.cell.location)))
        for one in finding.cells
        if (source := report if one.source is None else prior) is not None
    )
    return finding._replace(location=report.refine(finding.location), cells=cells)


__all__ = ["ask", "builtin_forms", "builtin_pack", "check", "extract", "judge", "load_pack", "read", "run"]
