"""Kind ``check``: what a function is given, what it may say, and how a wrong one is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.language.making import NEW, reports, rule

from nianbao.engine import Engine
from nianbao.kinds import RuleKinds
from nianbao.kinds.check import check_kind
from nianbao.kinds.fixtures import FIXTURES
from nianbao.kinds.kind import RuleContext
from nianbao.language.mistakes import Mistake
from nianbao.messages import Text
from nianbao.model.location import Location
from nianbao.model.outcome import Outcome
from nianbao.model.rule import Pack
from nianbao.plugin import fail, passed, undecided

if TYPE_CHECKING:
    from collections.abc import Callable

CELL = "applications.new.total"


def say(function: Callable[..., Any], given: dict[str, Any] | None = None, **options: Any) -> list[Outcome]:
    """Return what a rule of a function says of a report."""
    made = reports(given or {}, "applications")
    judged = rule("check", "own", **options)
    compiled = check_kind({"own": function}).compile(judged, NEW)
    return list(compiled.check(RuleContext.of(made.report, made.prior)))


def test_a_function_is_given_what_its_parameters_name() -> None:
    """Each name that there is stands for one thing; a parameter with a default and another name is left alone."""
    seen: dict[str, object] = {}

    def own(
        *,
        report: Any,
        prior: Any,
        form: Any,
        cells: Any,
        sections: Any,
        settings: Any,
        options: Any,
        parent: Any,
        children: Any,
        claims: Any,
        other: int = 7,
    ) -> None:
        given = dict(locals())
        seen.update({name: given[name] for name in (*FIXTURES, "other")})

    made = reports({"新收": 3, "去年": {"新收": 2}})
    judged = rule("check", "own")._replace(options={"check": "own", "options": {"least": 2}})
    subject = RuleContext.of(made.report, made.prior)._replace(settings={"lang": "en"}, parent=made.prior)
    said = list(check_kind({"own": own}).compile(judged, NEW).check(subject))

    assert [one.outcome for one in said] == ["pass"]
    assert seen.pop("other") == 7
    assert set(seen) == set(FIXTURES)
    assert (seen["report"], seen["prior"], seen["form"]) == (made.report, made.prior, made.report.form)
    assert (seen["cells"], seen["sections"]) == (made.report.cells, made.report.sections)
    assert (seen["settings"], seen["options"]) == ({"lang": "en"}, {"least": 2})
    assert (seen["parent"], seen["children"]) == (made.prior, ())
    assert seen["claims"] == ()


def test_a_check_is_given_the_figures_of_the_prose() -> None:
    """Each with its value and the sentence it stands in."""
    seen: list[Any] = []
    made = reports({"sections": {"overview": "全年收到申请1,205件，其中网上１０５件。"}})

    def own(claims: Any) -> None:
        seen.extend(claims)

    compiled = check_kind({"own": own}).compile(rule("check", "own"), NEW)
    list(compiled.check(RuleContext.of(made.report)))

    assert [one.value for one in seen] == [1205, 105]
    assert "1,205" in seen[0].quote


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (lambda celsl: None, "asks for 'celsl', which there is not; did you mean 'cells'?; there are report, prior"),
        (lambda *cells: None, "takes *cells: it gets what it asks for by name"),
        (lambda **cells: None, "takes **cells: it gets what it asks for by name"),
        (lambda cells, /: None, "gets what it asks for by name"),
    ],
)
def test_a_function_that_asks_for_what_there_is_not_is_told(function: Any, reason: str) -> None:
    """The mistake names the parameter, and what may be asked for."""
    with pytest.raises(Mistake) as mistake:
        say(function)

    assert reason in mistake.value.reason.en
    assert mistake.value.path == ("check",)


@pytest.mark.parametrize(
    ("functions", "hint"),
    [({"owl": print}, "did you mean 'owl'?"), ({}, "a plugin has to bring it, and none here brings any")],
)
def test_a_check_that_nobody_brings_is_told(functions: Any, hint: str) -> None:
    """With the nearest name, or with what is missing."""
    with pytest.raises(Mistake, match=r"no check 'own'") as mistake:
        check_kind(functions).compile(rule("check", "own"), NEW)

    assert hint in mistake.value.reason.en


@pytest.mark.parametrize(
    ("function", "outcomes"),
    [
        (lambda: None, ["pass"]),
        (lambda: (), ["pass"]),
        (passed, ["pass"]),
        (lambda: fail(subject="x"), ["fail"]),
        (lambda: [fail(subject="x"), undecided("不清楚"), passed()], ["fail", "undecided", "pass"]),
        (lambda: iter([fail()]), ["fail"]),
    ],
)
def test_what_a_function_may_say(function: Any, outcomes: list[str]) -> None:
    """One outcome, several, or nothing, which means that the rule holds."""
    assert [one.outcome for one in say(function)] == outcomes


@pytest.mark.parametrize(
    ("function", "error"),
    [
        (lambda: True, "not iterable"),
        (lambda: ["wrong"], r"gave 'wrong'; give fail\(…\), undecided\(…\) or passed\(\)"),
        (lambda: Outcome("undecided"), "undecided without a reason"),
        (lambda: fail(variant="other"), "variant 'other', for which the rule has no message"),
    ],
)
def test_what_a_function_must_not_say(function: Any, error: str) -> None:
    """It is the fault of the check, which is then named like any rule that fails in itself."""
    with pytest.raises((TypeError, ValueError), match=error):
        say(function)


def test_a_message_gets_what_it_speaks_of() -> None:
    """The places of the message are those of the rule; an argument that is missing is the fault of the check."""
    message = {"message": {"": Text("{count} 格", "{count} cells"), "few": Text("少", "few")}}

    assert say(lambda: fail(count=3), **message)[0].arguments == {"count": 3}
    assert say(lambda: fail(variant="few"), **message)[0].variant == "few"
    with pytest.raises(ValueError, match="gave no count, of which the rule's message speaks"):
        say(lambda: fail(number=3), **message)


def test_cells_bring_place_and_subject_with_them() -> None:
    """The first cell is looked at first; a cell of the year before is told to stand in that report."""

    def own(cells: Any, prior: Any) -> Outcome:
        return fail(cells[CELL], prior.cells[CELL])

    one = say(own, {"新收": 3, "去年": {"新收": 2}})[0]

    assert one.subject == f"{CELL}|{CELL}"
    assert one.location == one.cells[0].location
    assert [(cell.value, cell.year, cell.source) for cell in one.cells] == [(3, 2024, None), (2, 2023, "example")]
    assert fail(at=Location(line=7)).location.line == 7


def test_settings_of_the_run_and_a_crash_go_through_the_engine() -> None:
    """The engine hands its settings on; of two checks that fail in themselves the other rules know nothing."""
    functions: dict[str, Any] = {"own": lambda settings: fail(lang=settings["lang"]), "bad": lambda: 1 / 0}
    shown = rule("check", "own", message={"": Text("{lang}", "{lang}")})
    pack = Pack("own", "1", Text(), (), (rule("check", "bad", code="Z002"), shown))

    judgement = Engine((pack,), kinds=RuleKinds({"check": check_kind(functions)}), settings={"lang": "en"}).judge(
        reports({}).report
    )

    assert [finding.message for finding in judgement.findings] == ["en"]
    assert [(one.rule.code, one.error) for one in judgement.crashes] == [
        ("Z002", Text.of("ZeroDivisionError: division by zero"))
    ]
