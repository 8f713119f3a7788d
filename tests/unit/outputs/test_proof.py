"""A proof as people read it, and as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from nianbao.forms.loading import builtin_forms
from nianbao.messages import Text
from nianbao.model.proof import (
    SLIPS,
    Consistent,
    Dependence,
    Examples,
    Follows,
    Missed,
    Proof,
    Remark,
    TableScore,
    Tally,
)
from nianbao.model.rule import ERROR, INFO
from nianbao.outputs.commands.proof import render_json, render_proof
from nianbao.voice import CHINESE, ENGLISH, Voice

if TYPE_CHECKING:
    from nianbao.messages import Language

FORM = builtin_forms()[0]
ALL = dict.fromkeys(SLIPS, (2, 2))
CELLS = [key for key in FORM.slots if key.startswith("disputes.")]
PROOF = Proof(
    ("own", "1"),
    3,
    Examples(5, 1, 4, ("Q003",), (Remark(ERROR, Text("不符", "wrong"), "Q001", "own.yaml", 7),)),
    (Consistent(FORM, 50, 2),),
    (
        TableScore(FORM, "disclosure", Tally(1000, 200), Tally(1000, 600, 1)),
        TableScore(FORM, "disputes", Tally(9, 8, 1), Tally(9, 8, 1)),
    ),
    (
        *(Missed(FORM, key, with_prior=True, slips=ALL) for key in CELLS),
        Missed(FORM, CELLS[0], with_prior=False, slips=ALL),
        Missed(FORM, "disclosure.fees.amount", with_prior=False, slips={"moved-to-neighbour": (3, 4)}),
    ),
    (Dependence(FORM, 20, 5, (Follows(Text("Q002[总计]", "Q002[total]"), "Q002", {"A001": 7}, 9, "own.yaml"),) * 15),),
    {
        "consistent": (),
        "elimination": (),
        "metadata": (Remark(INFO, Text("缺说明", "no help"), "Q001", "own.yaml", 2),),
    },
    {"examples": 0.25, "mutation": 1.75},
)
SOUND = PROOF._replace(examples=Examples(6, 0, 6, (), ()))


def test_errors_have_file_line_and_rule() -> None:
    """What is no error says how much it matters."""
    lines = render_proof(ENGLISH, PROOF).splitlines()

    assert "own.yaml:7: Q001: wrong" in lines
    assert "own.yaml:2: Q001 (info): no help" in lines
    assert lines[-1] == "own: not sound"
    assert render_proof(ENGLISH, SOUND).endswith("own: sound\n")


def test_scores_are_rounded_down() -> None:
    """All is 100 per cent, and nothing else is."""
    text = render_proof(ENGLISH, PROOF)

    assert "1009 slips: 20.7% noticed in the report alone, 60.4% with last year's" in text
    assert "zfxxgk-2021 Table 4: 9 slips, 100%, with last year's 100%" in text
    almost = TableScore(FORM, "disputes", Tally(100_000, 99_999), Tally(100_000, 99_999))
    assert "99.9%" in render_proof(ENGLISH, PROOF._replace(scores=(almost,)))


def test_cells_that_miss_the_same_slips_stand_on_one_line() -> None:
    """The first of many are named; what is never noticed is not said again of reports without last year's."""
    lines = render_proof(ENGLISH, PROOF).splitlines()

    never = lines[lines.index("slips that no rule notices:") + 1]
    alone = lines[lines.index("slips that no rule notices without last year's report:") + 1]
    assert never.startswith("  zfxxgk-2021 Table 4 reviews · upheld, reviews · corrected")
    assert never.endswith("and others, 15 in all: slips of all kinds (240 of 240)")
    assert alone == "  zfxxgk-2021 Table 2 fees · amount: moved to the cell beside (3 of 4)"


def test_of_many_equations_that_follow_a_few_are_shown() -> None:
    """The others are counted."""
    lines = render_proof(ENGLISH, PROOF).splitlines()

    assert lines.count("  Q002[total] follows from A001 (7)") == 12
    assert "  3 more" in lines


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_languages_fill_all_places(lang: Language) -> None:
    """No brace is left."""
    assert "{" not in render_proof(Voice(lang), PROOF)


def test_examples_alone_are_a_few_lines() -> None:
    """Rules without examples are named there."""
    lines = render_proof(CHINESE, PROOF, quick=True).splitlines()

    assert lines[0] == "own：3 条规则，5 个例子相符，1 个不符"
    assert lines[-1] == "own：这些规则缺少通过或不通过的例子：Q003"


def test_data_has_all_that_text_has() -> None:
    """Every cell, every kind of slip, every equation."""
    (data,) = json.loads(render_json(ENGLISH, [PROOF]))

    assert data["sound"] is False
    assert data["examples"]["remarks"] == [
        {"level": "error", "rule": "Q001", "file": "own.yaml", "line": 7, "text": "wrong"}
    ]
    assert len(data["mutation"]["missed"]) == len(CELLS) + 2
    assert data["mutation"]["tables"][0]["with_prior"] == {"failed": 600, "undecided": 1}
    assert len(data["elimination"]["forms"][0]["follows"]) == 15
    assert data["seconds"] == {"examples": 0.25, "mutation": 1.75}
