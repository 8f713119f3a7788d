"""Reports and rules made by hand, for tests of all that judges them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.forms.loading import builtin_forms, form_by_id
from nianbao.messages import Text
from nianbao.model.rule import Applies, Grade, Origin, Rule
from nianbao.packtests.examples import build

if TYPE_CHECKING:
    from nianbao.model.report import Report
    from nianbao.packtests.examples import ExampleReports

NEW, OLD = form_by_id("zfxxgk-2021"), form_by_id("zfxxgk-2019")


def rule(kind: str, option: Any, *, code: str = "Z001", **given: Any) -> Rule:
    """Return a rule of a kind; what is not given has no bearing on it."""
    options = {kind: option, **({"within": given.pop("within")} if "within" in given else {})}
    usual: dict[str, Any] = {
        "name": code.lower(),
        "title": Text.of(code),
        "message": {"": Text.of("wrong")},
        "help": Text(),
        "grades": (Grade("warning"),),
        "confidence": "high",
        "persona": "drafting",
        "waivable": True,
        "applies": Applies(),
        "basis": (),
        "covers": (),
        "examples": (),
        "origin": Origin("rules.yaml", 1),
    }
    return Rule(code=code, kind=kind, options=options, **{**usual, **given})


def reports(given: dict[str, Any], within: str | None = None) -> ExampleReports:
    """Return the reports that an example describes: zeros everywhere, but for what is given."""
    options = {} if within is None else {"within": within}
    return build(given, rule("equation", "", **options), forms=builtin_forms())


def report(given: dict[str, Any], within: str | None = None) -> Report:
    """Return the report that an example describes."""
    return reports(given, within).report
