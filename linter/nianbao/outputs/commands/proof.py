"""The proofs of packs, for people and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nianbao.model.proof import SLIPS, Tally
from nianbao.model.slip import MOVED
from nianbao.outputs.exactjson import escaped
from nianbao.outputs.wording import phrases
from nianbao.outputs.wording.labels import cell_label
from nianbao.outputs.wording.slip_names import SLIP_ANY, SLIP_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.model.proof import Dependence, Missed, Proof, Remark, TableScore
    from nianbao.model.slip import SlipKind
    from nianbao.voice import Voice

_MAX_CELLS = 8
_MAX_EQUATIONS = 12


def render_proof(voice: Voice, proof: Proof, *, quick: bool = False) -> str:
    """Write a proof for people, section by section; only examples if nothing else was proved."""
    lines = list(_examples(voice, proof))
    if quick:
        if proof.examples.untested:
            codes = voice.join(proof.examples.untested)
            lines.append(voice.say(phrases.PACK_UNTESTED, pack=proof.pack[0], codes=codes))
        return _text(lines)
    lines += _consistent(voice, proof)
    lines += _scores(voice, proof)
    for with_prior in (True, False):
        lines += _missed(voice, proof, with_prior=with_prior)
    for dependence in proof.dependence:
        lines += _dependence(voice, dependence)
    lines += (_remark(voice, remark) for remark in proof.remarks["elimination"])
    metadata = proof.remarks["metadata"]
    lines.append(voice.say(phrases.PROOF_METADATA if metadata else phrases.PROOF_METADATA_GOOD, count=len(metadata)))
    lines += (_remark(voice, remark) for remark in metadata)
    spent = [
        voice.say(phrases.PROOF_SPENT, what=voice.say(phrases.PROOF_PARTS[name]), time=f"{time:.1f}")
        for name, time in proof.seconds.items()
    ]
    lines.append(voice.say(phrases.PROOF_TIME, spent=voice.join(spent)))
    lines.append(voice.say(phrases.PROOF_SOUND if proof.sound else phrases.PROOF_UNSOUND, pack=proof.pack[0]))
    return _text(lines)


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _examples(voice: Voice, proof: Proof) -> Iterator[str]:
    examples = proof.examples
    yield voice.say(phrases.PACK_TESTED, pack=proof.pack[0], rules=proof.rules, good=examples.good, bad=examples.bad)
    if examples.completed:
        yield voice.say(phrases.PROOF_COMPLETED, count=examples.completed)
    yield from (_remark(voice, remark) for remark in examples.remarks)


def _remark(voice: Voice, remark: Remark) -> str:
    place = ":".join(str(part) for part in (remark.file, remark.line) if part)
    level = "" if remark.level == "error" else f" ({voice.say(phrases.SEVERITY_NAMES[remark.level])})"
    return ": ".join(part for part in (place, f"{remark.code}{level}".strip(), voice.say(remark.text)) if part)


def _consistent(voice: Voice, proof: Proof) -> Iterator[str]:
    for consistent in proof.consistent:
        yield voice.say(
            phrases.PROOF_DRAWN, form=consistent.form.id, reports=consistent.reports, undecided=consistent.undecided
        )
    yield from (_remark(voice, remark) for remark in proof.remarks["consistent"])


def _scores(voice: Voice, proof: Proof) -> Iterator[str]:
    """Give the total score, and a line for each table."""
    alone, both = (_sum(score.alone for score in proof.scores), _sum(score.with_prior for score in proof.scores))
    if not alone.of:
        return
    yield voice.say(phrases.PROOF_SCORE, of=alone.of, alone=_percent(alone), both=_percent(both))
    for score in proof.scores:
        table = voice.say(score.form.tables[score.table].name)
        yield "  " + voice.say(
            phrases.PROOF_TABLE,
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
    """Return a share in per cent; 100 only if nothing is missing."""
    if tally.noticed == tally.of:
        return "100%"
    return f"{int(1000 * tally.noticed / tally.of) / 10}%"


def _missed(voice: Voice, proof: Proof, *, with_prior: bool) -> Iterator[str]:
    """Give the slips that no rule detects; cells of a table with the same kinds of slips share a line."""
    hopeless = {
        (missed_cell.form.id, missed_cell.key): set(missed_cell.slips)
        for missed_cell in proof.missed
        if missed_cell.with_prior
    }
    groups: dict[tuple[str, str, tuple[SlipKind, ...]], list[Missed]] = {}
    for missed_cell in proof.missed:
        known = set() if with_prior else hopeless.get((missed_cell.form.id, missed_cell.key), set())
        kinds = tuple(kind for kind in SLIPS if kind in missed_cell.slips and kind not in known)
        if missed_cell.with_prior is with_prior and kinds:
            groups.setdefault((missed_cell.form.id, missed_cell.key.split(".", 1)[0], kinds), []).append(missed_cell)
    if groups:
        yield voice.say(phrases.PROOF_MISSED if with_prior else phrases.PROOF_MISSED_ALONE)
    for (form, _table, kinds), group in groups.items():
        named = _cells(voice, group)
        missed = sum(missed_cell.slips[kind][0] for missed_cell in group for kind in kinds)
        of = sum(missed_cell.slips[kind][1] for missed_cell in group for kind in kinds)
        every = set(SLIPS) - {MOVED} <= set(kinds)
        names = [SLIP_ANY] if every else [SLIP_NAMES[kind] for kind in kinds]
        slips = voice.join(map(voice.say, names))
        yield "  " + voice.say(phrases.PROOF_MISSED_LINE, form=form, cells=named, slips=slips, missed=missed, of=of)


def _cells(voice: Voice, group: Sequence[Missed]) -> str:
    """Name the cells of one table, after the name of the table."""
    form = group[0].form
    table = voice.say(form.tables[group[0].key.split(".", 1)[0]].name)
    names = [cell_label(voice, form, key=missed.key).removeprefix(f"{table} ") for missed in group[:_MAX_CELLS]]
    more = f" {voice.say(phrases.AND_MORE, count=len(group))}" if len(group) > _MAX_CELLS else ""
    return f"{table} {voice.join(names)}{more}"


def _dependence(voice: Voice, dependence: Dependence) -> Iterator[str]:
    if not dependence.equations:
        return
    yield voice.say(
        phrases.PROOF_EQUATIONS, form=dependence.form.id, equations=dependence.equations, rank=dependence.rank
    )
    for follows in dependence.follows[:_MAX_EQUATIONS]:
        sources = [
            voice.say(phrases.PROOF_SOURCE, code=code, count=count) for code, count in follows.from_rules.items()
        ]
        yield "  " + voice.say(phrases.PROOF_FOLLOWS, equation=voice.say(follows.equation), sources=voice.join(sources))
    if len(dependence.follows) > _MAX_EQUATIONS:
        yield "  " + voice.say(phrases.PROOF_MORE, count=len(dependence.follows) - _MAX_EQUATIONS)


def render_json(voice: Voice, proofs: Sequence[Proof]) -> str:
    """Write proofs as JSON, their texts in one language."""
    return escaped(json.dumps([_data(voice, proof) for proof in proofs], ensure_ascii=False, indent=2)) + "\n"


def _data(voice: Voice, proof: Proof) -> dict[str, Any]:
    examples = proof.examples
    return {
        "pack": {"id": proof.pack[0], "version": proof.pack[1], "rules": proof.rules},
        "sound": proof.sound,
        "examples": {
            "good": examples.good,
            "bad": examples.bad,
            "completed": examples.completed,
            "untested": list(examples.untested),
            "remarks": _remarks(voice, examples.remarks),
        },
        "consistent": {
            "forms": [{"form": c.form.id, "reports": c.reports, "undecided": c.undecided} for c in proof.consistent],
            "remarks": _remarks(voice, proof.remarks.get("consistent", ())),
        },
        "mutation": {
            "tables": [_score(score) for score in proof.scores],
            "missed": [_missed_data(entry) for entry in proof.missed],
        },
        "elimination": {
            "forms": [_dependence_data(voice, entry) for entry in proof.dependence],
            "remarks": _remarks(voice, proof.remarks.get("elimination", ())),
        },
        "metadata": {"remarks": _remarks(voice, proof.remarks.get("metadata", ()))},
        "seconds": {name: round(time, 3) for name, time in proof.seconds.items()},
    }


def _remarks(voice: Voice, remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    return [
        {
            "level": remark.level,
            "rule": remark.code or None,
            "file": remark.file or None,
            "line": remark.line,
            "text": voice.say(remark.text),
        }
        for remark in remarks
    ]


def _score(score: TableScore) -> dict[str, Any]:
    tallies = {"alone": score.alone, "with_prior": score.with_prior}
    return {
        "form": score.form.id,
        "table": score.table,
        "slips": score.alone.of,
        **{name: {"failed": tally.failed, "undecided": tally.undecided} for name, tally in tallies.items()},
    }


def _missed_data(missed_cell: Missed) -> dict[str, Any]:
    slips = {kind: {"missed": missed, "of": of} for kind, (missed, of) in missed_cell.slips.items()}
    return {"form": missed_cell.form.id, "cell": missed_cell.key, "with_prior": missed_cell.with_prior, "slips": slips}


def _dependence_data(voice: Voice, dependence: Dependence) -> dict[str, Any]:
    follows = [
        {
            "equation": voice.say(equation.equation),
            "rule": equation.code,
            "line": equation.line,
            "from": dict(equation.from_rules),
        }
        for equation in dependence.follows
    ]
    return {"form": dependence.form.id, "equations": dependence.equations, "rank": dependence.rank, "follows": follows}
