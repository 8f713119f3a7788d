"""What proving packs gave, as people read it and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nianbao.model.proof import SLIPS, Tally
from nianbao.model.slip import MOVED
from nianbao.outputs.wording.labels import cell_label
from nianbao.outputs.wording.phrases import join, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.proof import Dependence, Missed, Proof, Remark, TableScore

_MOST_CELLS = 8
_MOST_FOLLOW = 12


def render_proof(proof: Proof, *, lang: str, quick: bool = False) -> str:
    """Write a proof for people, a section after the other; only examples where nothing else was proved."""
    lines = list(_examples(proof, lang))
    if quick:
        if proof.examples.untested:
            codes = join(list(proof.examples.untested), lang)
            lines.append(say("pack-untested", lang, pack=proof.pack[0], codes=codes))
        return _text(lines)
    lines += _consistent(proof, lang)
    lines += _scores(proof, lang)
    for with_prior in (True, False):
        lines += _missed(proof, lang, with_prior=with_prior)
    for one in proof.dependence:
        lines += _dependence(one, lang)
    lines += (_remark(remark, lang) for remark in proof.remarks["elimination"])
    metadata = proof.remarks["metadata"]
    lines.append(say("proof-metadata" if metadata else "proof-metadata-good", lang, count=len(metadata)))
    lines += (_remark(remark, lang) for remark in metadata)
    spent = [
        say("proof-spent", lang, what=say(f"proof-part-{name}", lang), time=f"{time:.1f}")
        for name, time in proof.seconds.items()
    ]
    lines.append(say("proof-time", lang, spent=join(spent, lang)))
    lines.append(say("proof-sound" if proof.sound else "proof-unsound", lang, pack=proof.pack[0]))
    return _text(lines)


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _examples(proof: Proof, lang: str) -> Iterator[str]:
    examples = proof.examples
    yield say("pack-tested", lang, pack=proof.pack[0], rules=proof.rules, good=examples.good, bad=examples.bad)
    if examples.completed:
        yield say("proof-completed", lang, count=examples.completed)
    yield from (_remark(remark, lang) for remark in examples.remarks)


def _remark(remark: Remark, lang: str) -> str:
    place = ":".join(str(part) for part in (remark.file, remark.line) if part)
    level = "" if remark.level == "error" else f" ({say(remark.level, lang)})"
    return ": ".join(part for part in (place, f"{remark.code}{level}".strip(), remark.text.get(lang)) if part)


def _consistent(proof: Proof, lang: str) -> Iterator[str]:
    for one in proof.consistent:
        yield say("proof-drawn", lang, form=one.form.id, reports=one.reports, undecided=one.undecided)
    yield from (_remark(remark, lang) for remark in proof.remarks["consistent"])


def _scores(proof: Proof, lang: str) -> Iterator[str]:
    """Give the score in all, and a line a table."""
    alone, both = (_sum(score.alone for score in proof.scores), _sum(score.with_prior for score in proof.scores))
    if not alone.of:
        return
    yield say("proof-score", lang, of=alone.of, alone=_percent(alone), both=_percent(both))
    for score in proof.scores:
        table = score.form.tables[score.table].name.get(lang)
        yield "  " + say(
            "proof-table",
            lang,
            form=score.form.id,
            table=table,
            of=score.alone.of,
            alone=_percent(score.alone),
            both=_percent(score.with_prior),
            undecided=score.with_prior.undecided,
        )


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total = total.plus(tally)
    return total


def _percent(tally: Tally) -> str:
    """Return a share in per cent; 100 only where nothing is missing."""
    if tally.noticed == tally.of:
        return "100%"
    return f"{int(1000 * tally.noticed / tally.of) / 10}%"


def _missed(proof: Proof, lang: str, *, with_prior: bool) -> Iterator[str]:
    """Give the slips that no rule notices, cells of a table with the same kinds of slips on one line."""
    hopeless = {(one.form.id, one.key): set(one.slips) for one in proof.missed if one.with_prior}
    groups: dict[tuple[str, str, tuple[str, ...]], list[Missed]] = {}
    for one in proof.missed:
        known = set() if with_prior else hopeless.get((one.form.id, one.key), set())
        kinds = tuple(kind for kind in SLIPS if kind in one.slips and kind not in known)
        if one.with_prior is with_prior and kinds:
            groups.setdefault((one.form.id, one.key.split(".", 1)[0], kinds), []).append(one)
    if groups:
        yield say("proof-missed" if with_prior else "proof-missed-alone", lang)
    for (form, _table, kinds), group in groups.items():
        named = _cells(group, lang)
        missed = sum(one.slips[kind][0] for one in group for kind in kinds)
        of = sum(one.slips[kind][1] for one in group for kind in kinds)
        every = set(SLIPS) - {MOVED} <= set(kinds)
        slips = say("slip-any", lang) if every else join([say(f"slip-{kind}", lang) for kind in kinds], lang)
        yield "  " + say("proof-missed-line", lang, form=form, cells=named, slips=slips, missed=missed, of=of)


def _cells(group: Sequence[Missed], lang: str) -> str:
    """Name the cells of one table, the table but once."""
    form = group[0].form
    table = form.tables[group[0].key.split(".", 1)[0]].name.get(lang)
    names = [cell_label(form, one.key, lang=lang).removeprefix(f"{table} ") for one in group[:_MOST_CELLS]]
    more = f" {say('and-more', lang, count=len(group))}" if len(group) > _MOST_CELLS else ""
    return f"{table} {join(names, lang)}{more}"


def _dependence(one: Dependence, lang: str) -> Iterator[str]:
    if not one.equations:
        return
    yield say("proof-equations", lang, form=one.form.id, equations=one.equations, rank=one.rank)
    for follows in one.follows[:_MOST_FOLLOW]:
        sources = [say("proof-source", lang, code=code, count=count) for code, count in follows.from_rules.items()]
        yield "  " + say("proof-follows", lang, equation=follows.equation.get(lang), sources=join(sources, lang))
    if len(one.follows) > _MOST_FOLLOW:
        yield "  " + say("proof-more", lang, count=len(one.follows) - _MOST_FOLLOW)


def render_json(proofs: Sequence[Proof], *, lang: str) -> str:
    """Write proofs as JSON, their texts in ``lang``."""
    return json.dumps([_data(proof, lang) for proof in proofs], ensure_ascii=False, indent=2) + "\n"


def _data(proof: Proof, lang: str) -> dict[str, Any]:
    examples = proof.examples
    return {
        "pack": {"id": proof.pack[0], "version": proof.pack[1], "rules": proof.rules},
        "sound": proof.sound,
        "examples": {
            "good": examples.good,
            "bad": examples.bad,
            "completed": examples.completed,
            "untested": list(examples.untested),
            "remarks": _remarks(examples.remarks, lang),
        },
        "consistent": {
            "forms": [{"form": c.form.id, "reports": c.reports, "undecided": c.undecided} for c in proof.consistent],
            "remarks": _remarks(proof.remarks.get("consistent", ()), lang),
        },
        "mutation": {
            "tables": [_score(score) for score in proof.scores],
            "missed": [_missed_data(one) for one in proof.missed],
        },
        "elimination": {
            "forms": [_dependence_data(one, lang) for one in proof.dependence],
            "remarks": _remarks(proof.remarks.get("elimination", ()), lang),
        },
        "metadata": {"remarks": _remarks(proof.remarks.get("metadata", ()), lang)},
        "seconds": {name: round(time, 3) for name, time in proof.seconds.items()},
    }


def _remarks(remarks: Iterable[Remark], lang: str) -> list[dict[str, Any]]:
    return [
        {
            "level": one.level,
            "rule": one.code or None,
            "file": one.file or None,
            "line": one.line,
            "text": one.text.get(lang),
        }
        for one in remarks
    ]


def _score(score: TableScore) -> dict[str, Any]:
    tallies = {"alone": score.alone, "with_prior": score.with_prior}
    return {
        "form": score.form.id,
        "table": score.table,
        "slips": score.alone.of,
        **{name: {"failed": tally.failed, "undecided": tally.undecided} for name, tally in tallies.items()},
    }


def _missed_data(one: Missed) -> dict[str, Any]:
    slips = {kind: {"missed": missed, "of": of} for kind, (missed, of) in one.slips.items()}
    return {"form": one.form.id, "cell": one.key, "with_prior": one.with_prior, "slips": slips}


def _dependence_data(one: Dependence, lang: str) -> dict[str, Any]:
    follows = [
        {"equation": each.equation.get(lang), "rule": each.code, "line": each.line, "from": dict(each.from_rules)}
        for each in one.follows
    ]
    return {"form": one.form.id, "equations": one.equations, "rank": one.rank, "follows": follows}
