"""Kind ``deadline``: the last day that a date of the report may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.kinds.days import is_day, last_day
from nianbao.kinds.kind import Compiled, Kind, need_one, options_of
from nianbao.language.facts import DATE, facts_of
from nianbao.language.mistakes import Mistake, nearest
from nianbao.messages import Text
from nianbao.model.location import NOWHERE
from nianbao.model.outcome import FAIL, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_PLACES = {"": frozenset(("date", "deadline", "days", "year"))}
_USUAL = "published"
_NO_DATE = Text("报告里没有读到要核对的日期", "the date to be checked was not read")
_NO_DEADLINE = Text("没有读到算期限所需的年度或统计期限", "year or period, on which the last day rests, was not read")
_NO_FACT = Text("没有日期“{named}”", "no date {named!r}")
_NO_DAY = Text("没有“{day}”这一天；写 MM-DD（如 03-31），月末写 L-MM", "no such day {day!r}; write MM-DD, or L-MM")
_CLASH = Text("不能和 days_after 同用；去掉其中一个", "does not go with days_after; leave out one of them")


def _compile(rule: Rule, form: Form) -> Compiled:
    option, facts = rule.options["deadline"], facts_of(form)
    days = [name for name, fact in facts.items() if fact.type == DATE]
    if (named := option.get("fact", _USUAL)) not in days:
        raise Mistake(_NO_FACT.format(named=named) + nearest(named, days), path=("deadline", "fact"))
    need_one("deadline", option, of=("day", "days_after"))
    if "days_after" in option and (clash := {"day", "years_after"} & option.keys()):
        raise Mistake(_CLASH, path=("deadline", min(clash)))
    if "day" in option and not is_day(option["day"]):
        raise Mistake(_NO_DAY.format(day=option["day"]), path=("deadline", "day"))
    return Compiled(lambda subject: _check(option, subject), _PLACES)


def _check(option: Mapping[str, Any], subject: RuleContext) -> Iterator[Outcome]:
    report, fact = subject.report, facts_of(subject.report.form)[option.get("fact", _USUAL)]
    date: Any = fact.read(report)
    last = last_day(option, report)
    location = report.facts[fact.source].location if fact.source in report.facts else NOWHERE
    if date is None or last is None:
        yield Outcome(UNDECIDED, reason=_NO_DATE if date is None else _NO_DEADLINE, location=location)
        return
    places = {"date": date, "deadline": last, "days": (date - last).days, "year": report.year or ""}
    yield Outcome(FAIL if date > last else PASS, arguments=places, location=location)


DEADLINE = Kind("deadline", options_of("deadline"), _compile)
