"""The linter: settings and plugins, with all that depends on them, as one value for one run or for many."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from nianbao import catalogue
from nianbao.catalogue import builtin_pack, combine, flattened
from nianbao.engine import Engine
from nianbao.engine.checking import RelatedReports, judge_all
from nianbao.engine.duplicates import RUN_CODES, duplicates, summaries
from nianbao.engine.prior_year import is_year_before
from nianbao.errors import SourceError, UsageError
from nianbao.forms.loading import builtin_forms
from nianbao.inputs.options import InputOptions
from nianbao.messages import Text
from nianbao.model.problem import Problem
from nianbao.model.report import head_of
from nianbao.model.result import Result, RunInfo
from nianbao.plugins.host import load as load_plugins
from nianbao.settings import Settings, choose_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from nianbao.editing.editor import Editor
    from nianbao.inputs.opening import ReadContext
    from nianbao.kinds.kind import RuleKinds
    from nianbao.model.finding import Finding
    from nianbao.model.form import Form
    from nianbao.model.outcome import Reply
    from nianbao.model.report import KeptReport, Report
    from nianbao.model.result import Checked
    from nianbao.model.rule import Pack, Rule
    from nianbao.model.trial import Trial
    from nianbao.plugins.registry import Plugins
    from nianbao.readers.reader import Reader

_NO_PATH = Text(
    "规则包“{name}”不是从文件读入的，不能在别的进程里再用",
    "pack {name!r} was not loaded from a path, and cannot be loaded elsewhere",
)
_BY_HAND = Text(
    "插件不是装在这里的那些，不能在别的进程里再用",
    "the plugins are not those installed, and cannot be loaded elsewhere",
)


class CheckRun(NamedTuple):
    """Reports that have been read, to be judged one after the other as they are asked for; nothing keeps them all.

    Attributes:
        engine: The rules.
        inputs: The reports, and the inputs that could not be read, in order; of many reports, most are packed.
        related: The reports beside them.
        problems: The reports beside them that could not be read.
        skipped: The files that were passed over.
        beside: Reports that lie beside the inputs and are not judged, among which these find their year before, too.
        findings: What is to be said of several inputs at once.
    """

    engine: Engine
    inputs: Sequence[KeptReport | Problem]
    related: RelatedReports[KeptReport] = RelatedReports()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[str, ...] = ()
    beside: tuple[KeptReport, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The inputs by path, in order."""
        return tuple(item.path if isinstance(item, Problem) else head_of(item).name for item in self.inputs)

    @property
    def files(self) -> tuple[str, ...]:
        """What the run has read, by path, also where it could not be read: inputs and the reports beside them."""
        beside = (head_of(item).name for items in (*self.related, self.beside) for item in items)
        return (*self.paths, *beside, *(problem.path for problem in self.problems))

    @property
    def info(self) -> RunInfo:
        """What is known of the run before its first report is judged."""
        packs = tuple((pack.id, pack.version) for pack in self.engine.packs)
        return RunInfo(packs, self.problems, self.skipped, self.findings, summaries(self.findings))

    def reports(self) -> Iterator[Checked]:
        """Judge the reports, one after the other.

        Raises:
            SourceError: a rule speaks of what its form does not have.
        """
        from nianbao.inputs.reopening import exact_places  # noqa: PLC0415 - not for commands that read no report

        return judge_all(self.inputs, self.engine, related=self.related, exact=exact_places, beside=self.beside)

    def result(self) -> Result:
        """Judge all reports and return the result of the run.

        Raises:
            SourceError: a rule speaks of what its form does not have.
        """
        return Result(tuple(self.reports()), self.info)


class Linter:
    """Reads reports and judges them; rules are loaded and compiled once, when they are first needed.

    Args:
        settings: Which rules run, further packs by path, and what checks may ask for.
        plugins: The contributions of plugins; those of all installed ones when ``None``.
        packs: Further packs that are loaded already.

    Raises:
        UsageError: a plugin that the settings require is missing or broken.
    """

    def __init__(
        self, settings: Settings = Settings(), *, plugins: Plugins | None = None, packs: Sequence[Pack] = ()
    ) -> None:
        self.settings = settings
        self.plugins = _installed() if plugins is None else plugins
        self.plugins.require(settings.plugins)
        self._given = tuple(packs)

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Self:
        """Make a linter again, in any process, from what ``plain`` gave."""
        linter = cls(Settings.from_plain(data["settings"]), plugins=load_plugins(external=data["external_plugins"]))
        linter._given = linter.load_packs(data["packs"])
        return linter

    def plain(self) -> dict[str, Any]:
        """Return plain data, as JSON has it, from which the linter can be made again in another process.

        Paths of packs are as they were given.

        Raises:
            UsageError: a pack has no path, or its plugins were put together by hand.
        """
        unknown = [pack.id for pack in self._given if not pack.path]
        if unknown:
            raise UsageError(_NO_PATH.format(name=unknown[0]))
        if self.plugins.external is None:
            raise UsageError(_BY_HAND)
        packs = [pack.path for pack in self._given]
        return {"settings": self.settings.plain(), "packs": packs, "external_plugins": self.plugins.external}

    def __reduce__(self) -> tuple[Callable[[Mapping[str, Any]], Linter], tuple[dict[str, Any]]]:
        """Return how the linter is made again."""
        return type(self).from_plain, (self.plain(),)

    @property
    def readers(self) -> Sequence[Reader]:
        """The readers, in the order in which they are asked."""
        return self.plugins.readers

    @property
    def editors(self) -> Sequence[Editor]:
        """The editors, one for each format that is written."""
        return self.plugins.editors

    @property
    def kinds(self) -> RuleKinds:
        """The kinds that rules may be of."""
        return self.plugins.kinds

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """The packs of settings and those given, with the packs that they extend.

        Raises:
            SourceError, SourceErrors: one is missing or wrong.
        """
        return flattened((*self.load_packs(self.settings.packs), *self._given))

    @property
    def pack_paths(self) -> tuple[str, ...]:
        """The folders and files of all packs that were loaded by path, with those that they extend.

        Raises:
            SourceError, SourceErrors: a pack is missing or wrong.
        """
        return tuple(pack.path for pack in self.packs if pack.path)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms that reports may follow: those of packs, those that ship, and those of plugins.

        Operations without a particular form use the first one; it does not depend on the installed plugins.
        """
        return (*(form for pack in self.packs for form in pack.own_forms), *self._known_forms)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that run: those of settings among those that ship, those of plugins and those of packs.

        Raises:
            SourceError, SourceErrors, UsageError: a pack is wrong, or no rule has a code that settings name.
        """
        rules = combine((builtin_pack(), *self.plugins.packs, *self.packs), kinds=self.kinds)
        codes = choose_codes(rules, select=self.settings.select, ignore=set(self.settings.ignore) - RUN_CODES)
        return tuple(rule for rule in rules if rule.code in codes)

    @cached_property
    def engine(self) -> Engine:
        """The engine that judges by these rules.

        Raises:
            SourceError, SourceErrors, UsageError: a pack is wrong, or no rule has a code that settings name.
        """
        packs = (builtin_pack(), *self.plugins.packs, *self.packs)
        codes = {rule.code for rule in self.rules}
        return Engine(packs, codes, kinds=self.kinds, settings=self.settings._asdict())

    def load_pack(self, path: str | Path, *, trusting: bool = True) -> Pack:
        """Load a pack whose rules may be of all kinds, and for all forms, that ship or come from plugins.

        Args:
            path: A folder with files of rules, and ``pack.yaml`` if it wants a name of its own; or one file of rules.
            trusting: Whether a pack that was found good before, with the same content, is not checked again.

        Raises:
            SourceError, SourceErrors: the pack is missing or wrong; every mistake with file, line and a way out.
        """
        return self.load_packs((path,), trusting=trusting)[0]

    def load_packs(self, paths: Iterable[str | Path], *, trusting: bool = True) -> tuple[Pack, ...]:
        """Load packs as ``load_pack`` does; a pack that several of them extend is loaded once.

        Raises:
            SourceError, SourceErrors: a pack is missing or wrong; every mistake with file, line and a way out.
        """
        return catalogue.load_packs(paths, self._known_forms, kinds=self.kinds, trusting=trusting)

    def read(
        self, path: str | os.PathLike[str], *, exact: bool = False, options: InputOptions = InputOptions()
    ) -> Report:
        """Read one report.

        Args:
            path: A file, an ``http`` or ``https`` address, or ``-`` for standard input; of an archive the one report in
                it, and of a page that only leads to its report, that report.
            exact: Whether all places in a page are exact, with line and column; in findings they always are.
            options: How it is fetched, if it is at an address.

        Raises:
            InputError: it cannot be read, or is not a report.
            SourceError, SourceErrors: a pack of the settings is missing or wrong.
        """
        from nianbao.inputs.gathering import read_one  # noqa: PLC0415 - not for commands that read no report

        return read_one(os.fspath(path), self._context(options), exact=exact)

    def check(
        self,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        related: RelatedReports[str] = RelatedReports(),
        options: InputOptions = InputOptions(),
        progress: Callable[[int, int], None] | None = None,
    ) -> CheckRun:
        """Read files and folders, to judge each report; an input that cannot be read is a problem of its own.

        Args:
            paths: Files, archives, folders, addresses, and ``-`` for standard input; one of them or several.
            related: Paths of reports of earlier years, to find the year before in, and of the organs above and below.
            options: How addresses are fetched, and whether files that are not reports are skipped.
            progress: Called with how many inputs are done, and of how many.

        Raises:
            SourceError, SourceErrors, UsageError: a pack is wrong, or no rule has a code that settings name.
        """
        from nianbao.inputs.gathering import gather  # noqa: PLC0415 - not for commands that read no report

        engine = self.engine
        context = self._context(options)
        several = (paths,) if isinstance(paths, str | os.PathLike) else paths
        gathered = gather([os.fspath(path) for path in several], context, progress=progress)
        others = [gather(wanted, self._context(options._replace(only_reports=False))) for wanted in related]
        problems = tuple(problem for other in others for problem in other.problems)
        found = RelatedReports(*(other.reports for other in others))
        run = CheckRun(engine, gathered.inputs, found, problems, gathered.skipped)
        if options.prior_beside and not found.priors:
            from nianbao.inputs.beside import find_beside  # noqa: PLC0415 - only where it is asked for

            run = run._replace(beside=find_beside(gathered.reports, context, fits=is_year_before))
        return run._replace(findings=duplicates(gathered.reports, corrected=gathered.corrected, settings=self.settings))

    def judge(self, reports: Iterable[Report], *, related: RelatedReports[KeptReport] = RelatedReports()) -> CheckRun:
        """Judge reports that have been read; each finds its year before among them, unless reports are given for it.

        Args:
            reports: The reports.
            related: Reports of earlier years, and of the organs above and below.

        Raises:
            SourceError, SourceErrors, UsageError: a pack is wrong, or no rule has a code that settings name.
        """
        return CheckRun(self.engine, tuple(reports), related)

    def ask(
        self,
        expression: str,
        report: Report,
        *,
        related: RelatedReports[Report] = RelatedReports(),
        within: str | None = None,
    ) -> tuple[Reply, ...]:
        """Evaluate an expression of the rule language on a report.

        Args:
            expression: A relation, a statement or a value, over cells, years and dates.
            report: The report.
            related: The reports that names with ``去年.``, ``上级.`` and ``下级.`` reach.
            within: The table that names belong to, by id or name.

        Raises:
            SourceError: the expression is wrong, with the place.
        """
        from nianbao.language import questions  # noqa: PLC0415 - no other call needs it
        from nianbao.language.evaluate import Sources  # noqa: PLC0415 - the same
        from nianbao.language.mistakes import Mistake  # noqa: PLC0415 - the same

        prior = related.priors[0] if related.priors else None
        sources = Sources(report, prior, related.parent, tuple(related.children))
        try:
            return questions.ask(expression, sources, within=within, functions=self.plugins.functions)
        except Mistake as mistake:
            raise SourceError(
                mistake.reason,
                file="expression",
                line=1,
                column=(mistake.at or 0) + 1,
                excerpt=expression,
                caret=mistake.at,
            ) from mistake

    def trial(
        self, text: str, report: Report, *, name: str = "rule", related: RelatedReports[Report] = RelatedReports()
    ) -> tuple[Trial, ...]:
        """Judge a report by rules that stand in no pack yet, each alone.

        Args:
            text: YAML: one rule, or a list of rules.
            report: The report.
            name: The name of the text in messages.
            related: The report of the year before, of the organ above, and those of organs below.

        Raises:
            SourceError, SourceErrors: a rule is wrong, with the place.
        """
        from nianbao.catalogue.trying_text import pack_of_text  # noqa: PLC0415 - no other call needs it
        from nianbao.engine.trying import try_rules  # noqa: PLC0415 - the same
        from nianbao.kinds.kind import RuleContext  # noqa: PLC0415 - the same

        forms = tuple({form.id: form for form in (report.form, *self.forms)}.values())
        pack = pack_of_text(text, name=name, forms=forms, kinds=self.kinds)
        context = RuleContext.of(report, related.priors[0] if related.priors else None)
        context = context._replace(parent=related.parent, children=tuple(related.children))
        return try_rules(pack, context, kinds=self.kinds, settings=self.settings._asdict())

    def explain(self, codes: Iterable[str]) -> tuple[Rule, ...]:
        """Return the rules of these codes or names, as packs that change them want them.

        Args:
            codes: Codes, beginnings of codes, or names.

        Raises:
            SourceError, SourceErrors, UsageError: a pack is wrong, or no rule has such a code.
        """
        by_name = {rule.name: rule.code for rule in self.rules}
        wanted = choose_codes(self.rules, select=[by_name.get(code, code) for code in codes], ignore=())
        return tuple(rule for rule in self.rules if rule.code in wanted)

    @cached_property
    def _known_forms(self) -> tuple[Form, ...]:
        """The forms that ship and those of plugins."""
        own = (form for pack in flattened(self.plugins.packs) for form in pack.own_forms)
        return (*builtin_forms(), *own, *self.plugins.forms)

    def _context(self, options: InputOptions) -> ReadContext:
        from nianbao.inputs.opening import ReadContext  # noqa: PLC0415 - not for commands that read no report

        return ReadContext(self.forms, self.readers, options)


def _installed() -> Plugins:
    """Return what all installed plugins contribute, with a warning of each that is broken."""
    plugins = load_plugins()
    if plugins.broken:
        import warnings  # noqa: PLC0415 - only for trouble

        for broken in plugins.broken:
            message = f"plugin {broken.name!r} is broken and gives nothing: {broken.error.en}"
            warnings.warn(message, RuntimeWarning, stacklevel=4)
    return plugins
