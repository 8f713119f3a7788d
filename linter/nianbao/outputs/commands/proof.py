"""What proving packs gave, as people read it and as JSON."""

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

_MOST_CELLS = 8
_MOST_FOLLOW = 12


def render_proof(voice: Voice, proof: Proof, *, quick: bool = False) -> str:
    """Write a proof for people, a section after the other; only examples where nothing else was proved."""
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
    for one in proof.dependence:
        lines += _dependence(voice, one)
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
    for one in proof.consistent:
        yield voice.say(phrases.PROOF_DRAWN, form=one.form.id, reports=one.reports, undecided=one.undecided)
    yield from (_remark(voice, remark) for remark in proof.remarks["consistent"])


def _scores(voice: Voice, proof: Proof) -> Iterator[str]:
    """Give the score in all, and a line a table."""
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
    """Return a share in per cent; 100 only where nothing is missing."""
    if tally.noticed == tally.of:
        return "100%"
    return f"{int(1000 * tally.noticed / tally.of) / 10}%"


def _missed(voice: Voice, proof: Proof, *, with_prior: bool) -> Iterator[str]:
    """Give the slips that no rule notices, cells of a table with the same kinds of slips on one line."""
    hopeless = {(one.form.id, one.key): set(one.slips) for one in proof.missed if one.with_prior}
    groups: dict[tuple[str, str, tuple[SlipKind, ...]], list[Missed]] = {}
    for one in proof.missed:
        known = set() if with_prior else hopeless.get((one.form.id, one.key), set())
        kinds = tuple(kind for kind in SLIPS if kind in one.slips and kind not in known)
        if one.with_prior is with_prior and kinds:
            groups.setdefault((one.form.id, one.key.split(".", 1)[0], kinds), []).append(one)
    if groups:
        yield voice.say(phrases.PROOF_MISSED if with_prior else phrases.PROOF_MISSED_ALONE)
    for (form, _table, kinds), group in groups.items():
        named = _cells(voice, group)
        missed = sum(one.slips[kind][0] for one in group for kind in kinds)
        of = sum(one.slips[kind][1] for one in group for kind in kinds)
        every = set(SLIPS) - {MOVED} <= set(kinds)
        names = [SLIP_ANY] if every else [SLIP_NAMES[kind] for kind in kinds]
        slips = voice.join(map(voice.say, names))
        yield "  " + voice.say(phrases.PROOF_MISSED_LINE, form=form, cells=named, slips=slips, missed=missed, of=of)


def _cells(voice: Voice, group: Sequence[Missed]) -> str:
    """Name the cells of one table, the table but once."""
    form = group[0].form
    table = voice.say(form.tables[group[0].key.split(".", 1)[0]].name)
    names = [cell_label(voice, form, key=one.key).removeprefix(f"{table} ") for one in group[:_MOST_CELLS]]
    more = f" {voice.say(phrases.AND_MORE, count=len(group))}" if len(group) > _MOST_CELLS else ""
    return f"{table} {voice.join(names)}{more}"


def _dependence(voice: Voice, one: Dependence) -> Iterator[str]:
    if not one.equations:
        return
    yield voice.say(phrases.PROOF_EQUATIONS, form=one.form.id, equations=one.equations, rank=one.rank)
    for follows in one.follows[:_MOST_FOLLOW]:
        sources = [
            voice.say(phrases.PROOF_SOURCE, code=code, count=count) for code, count in follows.from_rules.items()
        ]
        yield "  " + voice.say(phrases.PROOF_FOLLOWS, equation=voice.say(follows.equation), sources=voice.join(sources))
    if len(one.follows) > _MOST_FOLLOW:
        yield "  " + voice.say(phrases.PROOF_MORE, count=len(one.follows) - _MOST_FOLLOW)


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
            "missed": [_missed_data(one) for one in proof.missed],
        },
        "elimination": {
            "forms": [_dependence_data(voice, one) for one in proof.dependence],
            "remarks": _remarks(voice, proof.remarks.get("elimination", ())),
        },
        "metadata": {"remarks": _remarks(voice, proof.remarks.get("metadata", ()))},
        "seconds": {name: round(time, 3) for name, time in proof.seconds.items()},
    }


def _remarks(voice: Voice, remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    return [
        {
            "level": one.level,
            "rule": one.code or None,
            "file": one.file or None,
            "line": one.line,
            "text": voice.say(one.text),
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


def _dependence_data(voice: Voice, one: Dependence) -> dict[str, Any]:
    follows = [
        {"equation": voice.say(each.equation), "rule": each.code, "line": each.line, "from": dict(each.from_rules)}
        for each in one.follows
    ]
    return {"form": one.form.id, "equations": one.equations, "rank": one.rank, "follows": follows}
