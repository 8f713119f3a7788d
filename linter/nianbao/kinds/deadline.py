"""Kind ``deadline``: the last day that a date of the report may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.kinds.days import contrary_day, day_faults, last_day, stated_day
from nianbao.kinds.kind import Compiled, Kind, need_one, options_of
from nianbao.language.facts import facts_of
from nianbao.messages import NotRead, Text
from nianbao.model.outcome import FAIL, NOT_APPLICABLE, PASS, UNDECIDED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from nianbao.kinds.kind import RuleContext
    from nianbao.model.form import Form
    from nianbao.model.rule import Rule

_PLACES = {"": frozenset(("date", "deadline", "days", "year", "named", "quote"))}
_NO_DATE = NotRead.of_each(Text("要核对的日期", "the date to be checked"))
_NO_DEADLINE = Text("没有读到算期限所需的年度或统计期限", "year or period, on which the last day rests, was not read")
_HINT = Text(
    "没有读到{wanted}；{named}是 {date}，只能参考",
    "{wanted} was not read; {named} is {date}, which only hints at it",
)


def _compile(rule: Rule, form: Form) -> Compiled:
    option = rule.options["deadline"]
    need_one("deadline", option, of=("day", "days_after"))
    for fault in day_faults(option, facts_of(form)):
        raise fault
    return Compiled(lambda subject: _check(option, subject), _PLACES)


def _check(option: Mapping[str, Any], subject: RuleContext) -> Iterator[Outcome]:
    report = subject.report
    last = last_day(option, report, today=subject.settings.get("today"))
    day = stated_day(option, report)
    if day is None or last is None:
        is_silent = day is None and option.get("if_stated", False)
        yield Outcome(NOT_APPLICABLE if is_silent else UNDECIDED, reason=_NO_DATE if day is None else _NO_DEADLINE)
    elif day.is_certain and (contrary := contrary_day(option, report, last=last)):
        yield Outcome(UNDECIDED, reason=contrary, location=day.location)
    elif day.is_certain or (day.is_earlier and day.date > last):
        places = {"date": day.date, "deadline": last, "days": (day.date - last).days, "year": report.year or ""}
        places |= {"named": day.name, "quote": day.quote}
        yield Outcome(FAIL if day.date > last else PASS, arguments=places, location=day.location)
    elif option.get("if_stated", False) and day.date <= last:
        yield Outcome(NOT_APPLICABLE)
    else:
        reason = _HINT.format(wanted=day.wanted, named=day.name, date=day.date)
        yield Outcome(UNDECIDED, reason=reason, location=day.location)


DEADLINE = Kind("deadline", options_of("deadline"), _compile)
