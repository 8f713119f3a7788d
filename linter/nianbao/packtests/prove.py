"""The proof of a pack of rules, section by section."""

from __future__ import annotations

import time
from contextlib import contextmanager
from decimal import localcontext
from typing import TYPE_CHECKING, NamedTuple

from nianbao.catalogue import flattened
from nianbao.engine import Engine
from nianbao.errors import SourceError
from nianbao.forms.open_axes import sample_of
from nianbao.kinds import KINDS
from nianbao.language.linear import EXACT
from nianbao.language.mistakes import Mistake
from nianbao.messages import Text
from nianbao.model.proof import Examples, Proof, Remark
from nianbao.model.rule import ERROR, INFO
from nianbao.packtests.cases import base_of, cases_of, forms_of
from nianbao.packtests.completing import show_to_all
from nianbao.packtests.consistent import show
from nianbao.packtests.dependence import depend
from nianbao.packtests.examples import base_report
from nianbao.packtests.metadata import check_metadata
from nianbao.packtests.mutation import mutate
from nianbao.packtests.patterns import check_patterns
from nianbao.packtests.running import try_examples, untested

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.kinds.kind import RuleKinds
    from nianbao.model.form import Form
    from nianbao.model.proof import Consistent, Dependence, Missed, TableScore
    from nianbao.model.rule import Pack, Severity
    from nianbao.packtests.running import Verdict

_LONG_AFTER = "2090-12-31"  # the day of the check: drawn reports are of any year, and none is of the future


class Options(NamedTuple):
    """Options of a proof: only examples, the seed, and the number of consistent reports for each form."""

    quick: bool = False
    seed: int = 1
    reports: int = 50


def prove(
    pack: Pack,
    *,
    under: Sequence[Pack] = (),
    forms: Sequence[Form],
    kinds: RuleKinds = KINDS,
    options: Options = Options(),
) -> Proof:
    """Prove a pack.

    Args:
        pack: The pack.
        under: The packs below it, whose rules run with its own.
        forms: The known forms beside those of the packs.
        kinds: The known kinds of rules.
        options: Options of the proof.

    Raises:
        SourceError, SourceErrors: the packs cannot be combined, or a base does not fit their forms.
    """
    every = (*under, pack)
    known = tuple(
        {
            form.id: form for form in (*(form for member in reversed(every) for form in member.own_forms), *forms)
        }.values()
    )
    if options.quick:
        verdicts = list(try_examples(pack, known, kinds=kinds, base=base_of(flattened(every))))
        return Proof((pack.id, pack.version), len(pack.rules), _counted(pack, verdicts))
    return _Prover(Engine(every, kinds=kinds, settings={"today": _LONG_AFTER}), pack, known, options).proof()


def _counted(pack: Pack, verdicts: Sequence[Verdict]) -> Examples:
    faults = tuple(_remark(verdict, verdict.fault) for verdict in verdicts if verdict.fault is not None)
    notes = tuple(_remark(verdict, verdict.note, level=INFO) for verdict in verdicts if verdict.note is not None)
    good = len(verdicts) - len(faults)
    return Examples(good, len(faults), 0, tuple(rule.code for rule in untested(pack)), (*faults, *notes))


def _remark(verdict: Verdict, text: Text, *, level: Severity = ERROR) -> Remark:
    rule = verdict.rule
    return Remark(level, text, rule.code, rule.origin.file, verdict.example.line)


class _Prover:
    """One run of all sections, each timed."""

    def __init__(self, engine: Engine, pack: Pack, forms: Sequence[Form], options: Options) -> None:
        self.engine, self.pack, self.options = engine, pack, options
        self.forms = tuple(map(sample_of, forms))
        self.under = tuple(member for member in engine.packs if member.id != pack.id)
        self.base = base_of(engine.packs)
        self.seconds: dict[str, float] = {}

    def proof(self) -> Proof:
        """Run the sections one after the other."""
        forms = forms_of(self.pack.rules, self.forms, kinds=self.engine.kinds) or self.forms[:1]
        for form in forms:
            self.check_base(form)
        with self.timed("examples"):
            examples = self.examples()
        remarks: dict[str, tuple[Remark, ...]] = {"consistent": (), "elimination": ()}
        consistent: list[Consistent] = []
        scores: dict[tuple[str, str], TableScore] = {}
        missed: dict[tuple[str, str, bool], Missed] = {}
        dependence: list[Dependence] = []
        for form in forms:
            with self.timed("consistent"):
                cases = cases_of(form, self.engine.rules, base=self.base, kinds=self.engine.kinds)
                shown = show(form, cases, engine=self.engine, reports=self.options.reports, seed=self.options.seed)
            consistent.append(shown.counted)
            remarks["consistent"] += tuple(self.own(shown.remarks))
            with self.timed("mutation"), localcontext(EXACT):
                for case, drawn in shown.drawn:
                    table_scores, lost = mutate(case, drawn, loud=shown.loud)
                    # Cases differ in issuer and year; results are reported for the form.
                    for score in table_scores:
                        key = (form.id, score.table)
                        scores[key] = scores[key].plus(score) if key in scores else score
                    for missed_slips in lost:
                        place = (form.id, missed_slips.key, missed_slips.with_prior)
                        missed[place] = missed[place].plus(missed_slips) if place in missed else missed_slips
            with self.timed("elimination"):
                dependence_of_form, wrong = depend(form, cases, codes={rule.code for rule in self.pack.rules})
            dependence.append(dependence_of_form)
            remarks["elimination"] += wrong
        with self.timed("metadata"):
            remarks["metadata"] = check_metadata(self.pack, under=self.under, forms=self.forms)
            remarks["metadata"] += check_patterns(self.pack, forms=self.forms, kinds=self.engine.kinds)
        return Proof(
            (self.pack.id, self.pack.version),
            len(self.pack.rules),
            examples,
            tuple(consistent),
            tuple(scores.values()),
            tuple(missed.values()),
            tuple(dependence),
            remarks,
            self.seconds,
        )

    def own(self, remarks: Iterable[Remark]) -> Iterator[Remark]:
        """Yield remarks without those on hints of other packs."""
        codes = {rule.code for rule in self.pack.rules}
        yield from (remark for remark in remarks if remark.level != INFO or remark.code in codes)

    def check_base(self, form: Form) -> None:
        """Refuse a base that does not fit a form."""
        try:
            base_report(form, form.last_year or form.first_year or 2020, base=self.base)
        except (Mistake, ValueError) as error:
            why = error.reason if isinstance(error, Mistake) else Text.of(str(error))
            reason = Text(f"base 不合 {form.id}：", f"the base does not fit {form.id}: ") + why
            raise SourceError(reason, file=self.pack.id) from error

    def examples(self) -> Examples:
        """Test each example on its own rule, and those with the expected outcome on all rules."""
        verdicts = list(try_examples(self.pack, self.forms, kinds=self.engine.kinds, base=self.base))
        running = {rule.code for rule in self.engine.rules}
        shown = [
            show_to_all(verdict.rule, verdict.example, engine=self.engine, forms=self.forms, base=self.base)
            for verdict in verdicts
            if verdict.fault is None and verdict.rule.code in running
        ]
        tried = _counted(self.pack, verdicts)
        remarks = (*tried.remarks, *(remark for whole in shown for remark in whole.remarks))
        return tried._replace(completed=sum(whole.completed for whole in shown), remarks=remarks)

    @contextmanager
    def timed(self, section: str) -> Iterator[None]:
        """Add the time of a block to that of its section."""
        start = time.perf_counter()
        yield
        self.seconds[section] = self.seconds.get(section, 0) + time.perf_counter() - start
