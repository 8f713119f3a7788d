"""Measure how often the wrong cells of corrupted reports are found: ``python bench/localisation.py``.

Reports are drawn, corrupted in known ways (``tests/support/corrupting.py``) and judged; what is said of them is held
against the truth (``tests/support/trials.py``). The same seed gives the same trials; only the times differ. Nothing
here is a test.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.company import (  # noqa: E402 - once the repository's root is on the path
    CELL,
    FULLNESS,
    YEAR,
    is_first,
    is_told,
    pairs_with_a_wrong_digit,
    rectangles,
)
from tests.support.corrupting import AIMED, BESIDE, FAMILIES, HELD_OUT  # noqa: E402 - once the repository's root is on the path
from tests.support.trials import (  # noqa: E402 - the same
    FIRST,
    NONE,
    THIRD,
    Setting,
    corrupted,
    draw_case,
    engine,
    judged,
    report_of,
    settings_of,
    sound,
    upper_bound,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tests.support.company import Pair
    from tests.support.corrupting import Family
    from tests.support.trials import Case, Trial, Verdict

    from nianbao.engine import Judgement
    from nianbao.model.report import Report

COMPANY = "With last year's report, and more wrong than one thing"
Row = dict[str, float | int | str]


class TimedTrial(NamedTuple):
    """A trial and its times: seconds for judging the true report, and for judging the corrupted one.

    ``processing`` is the seconds of the processor that the latter takes more, which a busy machine disturbs less.
    """

    trial: Trial
    judging: float
    localising: float
    processing: float

    @property
    def setting(self) -> Setting:
        """What the trial was drawn from."""
        return self.trial.setting

    @property
    def case(self) -> Case:
        """The report, sound and corrupted."""
        return self.trial.case

    @property
    def verdict(self) -> Verdict:
        """How what is said compares with the truth."""
        return self.trial.verdict


def timed_trial(setting: Setting) -> TimedTrial | None:
    """Judge a report before and after its corruption; ``None`` where nothing is to be found."""
    case = draw_case(setting)
    if case is None:
        return None
    judging, before, _judgement = timed(*sound(case))
    localising, after, judgement = timed(*corrupted(case))
    trial = judged(setting, case, judgement)
    return None if trial is None else TimedTrial(trial, judging, localising, after - before)


def timed(report: Report, prior: Report | None) -> tuple[float, float, Judgement]:
    """Judge a report; return the seconds it takes, by the wall's clock and by the processor's, and what is said."""
    start, processor = time.perf_counter(), time.process_time()
    judgement = engine().judge(report, prior)
    return time.perf_counter() - start, time.process_time() - processor, judgement


def run(families: Sequence[Family], trials: int, seed: int) -> list[TimedTrial]:
    """Run all trials, telling on standard error how far they are."""
    timed_trial(Setting("wrong digit", "to warm up"))
    done: list[TimedTrial] = []
    for family in families:
        made = [timed_trial(setting) for setting in settings_of(family, trials, seed=seed)]
        found = [trial for trial in made if trial is not None]
        done += found
        first = sum(trial.verdict.outcome == FIRST for trial in found)
        wrong = sum(not one.right for trial in found for one in trial.verdict.sure)
        drawn = f"{len(made) - len(found)} not drawn, {sum(trial.case.redrawn for trial in found)} slips drawn again"
        print(f"{family.name}: {first} of {len(found)}, {wrong} high wrong; {drawn}", file=sys.stderr, flush=True)
    return done


def figures(trials: Sequence[TimedTrial]) -> Row:
    """Return the figures of some trials: shares in a hundred, counts of explanations, milliseconds."""
    outcomes = Counter(trial.verdict.outcome for trial in trials)
    told = Counter(
        (one.confidence, one.right)
        for trial in trials
        for component in trial.verdict.told
        for one in component
        if one.rank == 1 or one.confidence == "high"
    )
    times = [1e3 * (trial.localising - trial.judging) for trial in trials]
    share = 100 / len(trials)
    confidence = {
        f"{name} (wrong)": f"{told[name, True] + told[name, False]} ({told[name, False]})"
        for name in ("high", "medium", "low")
    }
    return {
        "trials": len(trials),
        "first": round(outcomes[FIRST] * share, 1),
        "in three": round((outcomes[FIRST] + outcomes[THIRD]) * share, 1),
        "none": round(outcomes[NONE] * share, 1),
        "fewer": round(sum(trial.verdict.fewer for trial in trials) * share, 1),
        **confidence,
        "p50": round(median(times), 2),
        "p95": part(times, 95),
    }


def part(times: Sequence[float], hundredth: int) -> float:
    """Return the time within which so many in a hundred are."""
    return round(quantiles(times, n=100, method="inclusive")[hundredth - 1] if len(times) > 1 else sum(times), 2)


def by(trials: Iterable[TimedTrial], key: Callable[[TimedTrial], str]) -> dict[str, Row]:
    """Return the figures of trials by what they have in common, in the order met."""
    groups: dict[str, list[TimedTrial]] = {}
    for trial in trials:
        groups.setdefault(key(trial), []).append(trial)
    return {name: figures(group) for name, group in groups.items()}


def of_group(trials: Iterable[TimedTrial], group: str) -> list[TimedTrial]:
    """Return the trials whose family is of a group."""
    return [trial for trial in trials if FAMILIES[trial.setting.family].group == group]


def tables(trials: Sequence[TimedTrial]) -> dict[str, dict[str, Row]]:
    """Return all tables of figures: what is aimed at, what is held out in one table, and by condition."""
    aimed, held, beside = (of_group(trials, group) for group in (AIMED, HELD_OUT, BESIDE))
    inside = [trial for trial in held if trial.setting.place == "applications"]
    made = {
        "Aimed at, in 表三": by(aimed, _family_and_all),
        "Held out, in 表三": by(inside, _family_and_all),
        "Held out, by table": by(held, lambda one: f"{one.setting.place}, {one.setting.k}"),
        "Held out, by condition": {
            **by(held, lambda one: "with last year's report" if one.case.prior else "without last year's report"),
            **by(held, lambda one: "blank columns" if one.setting.blanks else "no blanks"),
            **by(held, lambda one: one.setting.form),
            **by(held, lambda one: one.setting.fullness),
        },
        "For information": by(beside, _family_and_all),
    }
    return {title: rows for title, rows in made.items() if rows}


def _family_and_all(trial: TimedTrial) -> str:
    return f"{trial.setting.family}, {trial.setting.fullness}, {trial.setting.k}"


def company(trials: int, seed: int) -> dict[str, Row]:
    """Return the figures of reports that are wrong beside a break with last year's, and of requests in a wrong row."""
    kinds = {
        **{
            f"one wrong digit, {kind}, {fullness}": list(
                pairs_with_a_wrong_digit(kind, fullness, pairs=trials, seed=seed)
            )
            for kind in (CELL, YEAR)
            for fullness in FULLNESS
        },
        **{
            f"requests in the wrong row, {fullness}": list(rectangles(fullness, pairs=trials, seed=seed))
            for fullness in FULLNESS
        },
    }
    apart = {
        f"{name}{'' if beside else ', in the cell that breaks'}": [pair for pair in pairs if pair.is_beside is beside]
        for name, pairs in kinds.items()
        for beside in (True, False)
    }
    return {name: _company_row(pairs) for name, pairs in apart.items() if pairs}


def _company_row(pairs: Sequence[Pair]) -> Row:
    counts: Counter[str] = Counter()
    times = []
    for pair in pairs:
        _seconds, judging, _sound = timed(report_of(pair.drawn), None)
        _seconds, localising, judgement = timed(*pair.reports)
        times.append(1e3 * (localising - judging))  # of the processor
        first = is_first(pair, judgement)
        counts["first"] += first
        counts["told"] += is_told(pair, judgement)
        counts["lost"] += not first and is_first(pair, pair.judged(with_prior=False))
    share = 100 / len(pairs)
    return {
        "trials": len(pairs),
        "first": round(counts["first"] * share, 1),
        "in three": round(counts["told"] * share, 1),
        "lost by last year's report": counts["lost"],
        "p50": round(median(times), 2),
        "p95": part(times, 95),
    }


def summary(trials: Sequence[TimedTrial]) -> Row:
    """Return what it all comes to: explanations called certain and wrong, with a 95 % upper bound, and times."""
    held = of_group(trials, HELD_OUT) or list(trials)
    sure = [one.right for trial in held for one in trial.verdict.sure]
    wrong = sum(not right for right in sure)
    trials_wrong = sum(not all(one.right for one in trial.verdict.sure) for trial in held)
    said = sum(bool(trial.verdict.sure) for trial in held)
    times = [1e3 * (trial.localising - trial.judging) for trial in trials]
    return {
        "held-out trials": len(held),
        "high": len(sure),
        "high wrong": wrong,
        "high wrong per 100": round(100 * wrong / max(1, len(sure)), 2),
        "upper bound": round(100 * upper_bound(wrong, len(sure)), 2),
        "trials with high": said,
        "of these with a wrong one": trials_wrong,
        "per 100 trials": round(100 * trials_wrong / max(1, len(held)), 2),
        "said to follow for blanks": sum(sum(trial.verdict.follows) for trial in trials),
        "of these wrong": sum(trial.verdict.follows[1] for trial in trials),
        "trials with a wrong one": sum(trial.verdict.follows[1] > 0 for trial in trials),
        "p95 ms": part(times, 95),
        "p99 ms": part(times, 99),
        "p95 ms of the processor": part([1e3 * trial.processing for trial in trials], 95),
        "longest ms": round(max(times, default=0.0), 2),
        "times judging a sound report": round(median(t.localising / t.judging for t in trials), 2) if trials else 0.0,
    }


def causes(trials: Sequence[TimedTrial]) -> dict[str, dict[str, int]]:
    """Count what kept the truth from being said first in trials held out, and how often that was called certain."""
    held = of_group(trials, HELD_OUT) or list(trials)
    found: dict[str, dict[str, int]] = {}
    for trial in held:
        if trial.trial.cause:
            counts = found.setdefault(trial.trial.cause, {"trials": 0, "high wrong": 0})
            counts["trials"] += 1
            counts["high wrong"] += sum(not one.right for one in trial.verdict.sure)
    return found


def failures(trials: Iterable[TimedTrial], most: int) -> list[dict[str, object]]:
    """Return the first trials that went wrong, certain and wrong ones before all, with all that was said."""
    failed = [trial for trial in trials if trial.verdict.outcome != FIRST]
    failed.sort(key=lambda trial: all(one.right for one in trial.verdict.sure))
    return [_failure(trial) for trial in failed[:most]]


def _failure(trial: TimedTrial) -> dict[str, object]:
    old = trial.case.damaged.cells
    return {
        "setting": trial.setting._asdict(),
        "outcome": trial.verdict.outcome,
        "cause": trial.trial.cause,
        "truth": {key: f"{old[key]} → {value}" for key, value in trial.case.damaged.truth.items()},
        "components": [
            {
                "readings": component.readings,
                "note": "" if component.note is None else component.note.get("en"),
                "said": [
                    {
                        "rank": one.rank,
                        "confidence": one.confidence,
                        "right": told.right,
                        "changes": {
                            change.key or "prose": f"{change.old} → {change.new}, {change.slip}"
                            for change in one.changes
                        },
                    }
                    for one, told in zip(component.explanations, said, strict=True)
                ],
            }
            for component, said in zip(trial.verdict.components, trial.verdict.told, strict=True)
        ],
    }


def show(trials: Sequence[TimedTrial], beside: Mapping[str, Mapping[str, Row]]) -> None:
    """Print all tables in Markdown."""
    for title, rows in {**tables(trials), **beside}.items():
        heads = list(next(iter(rows.values()), ()))
        print(f"\n### {title}\n")
        print(f"| | {' | '.join(heads)} |")
        print(f"|---|{'---|' * len(heads)}")
        for name, row in rows.items():
            print(f"| {name} | {' | '.join(str(value) for value in row.values())} |")
    print("\n### What kept the truth from being said first, held out\n")
    for cause, counts in causes(trials).items():
        print(f"- {cause}: {counts['trials']}, {counts['high wrong']} called certain")
    print("\n### Summary\n")
    for name, value in summary(trials).items():
        print(f"- {name}: {value}")


def main() -> None:
    """Run the trials and print their figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=60, help="trials of each family, fullness and k (default 60)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--family", choices=[*FAMILIES], action="append", help="only this family; may be repeated")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="print the first N failures")
    options = parser.parse_args()
    chosen = [FAMILIES[name] for name in options.family or FAMILIES]
    trials = run(chosen, options.trials, options.seed)
    beside = {} if options.family else {COMPANY: company(options.trials, options.seed)}
    if options.json:
        everything = {
            "summary": summary(trials),
            "causes": causes(trials),
            "tables": tables(trials) | beside,
        }
        print(json.dumps(everything, ensure_ascii=False, indent=2))
    else:
        show(trials, beside)
    for failure in failures(trials, options.failures):
        print(json.dumps(failure, ensure_ascii=False), file=sys.stderr if options.json else sys.stdout)


if __name__ == "__main__":
    main()
