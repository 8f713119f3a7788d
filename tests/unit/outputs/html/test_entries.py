"""What is listed of a report, what its cells are to each entry, and how they are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support import pages
from tests.support.pages import NOT_HELD

from nianbao.messages import Text
from nianbao.outputs.html.causes import causes_of
from nianbao.outputs.html.entries import entries_of
from nianbao.outputs.html.finding_list import sentence_of
from nianbao.outputs.html.headlines import note, others, reading, then
from nianbao.outputs.html.marks import marks_of
from nianbao.outputs.wording.corrections import corrections_of, is_open

if TYPE_CHECKING:
    from nianbao.model.result import Checked


def entries(one: Checked) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return outcome, severity and codes of the entries of a report."""
    return [(entry.outcome, entry.severity, entry.codes) for entry in entries_of(one)]


def test_findings_that_one_change_explains_are_one_entry() -> None:
    """It stands where the first of them would, and has the codes of all."""
    assert entries(pages.explained()) == [("fail", "error", ("A003", "A002")), ("pass", "", ("F001",))]


def test_without_explanations_each_finding_is_an_entry() -> None:
    """A report whose components nobody looked for is listed finding by finding, each with its own cause."""
    bare = pages.explained()._replace(components=())

    assert entries(bare)[:2] == [("fail", "error", ("A003",)), ("fail", "error", ("A002",))]
    assert [len(cause.findings) for cause in causes_of(entries_of(bare))] == [1, 1]


def test_slips_of_one_explanation_are_entries_with_one_cause() -> None:
    """Each says what to change in one place; why is told once for all."""
    one = pages.explained()
    (component,) = one.components
    first = component.explanations[0]
    second = first.changes[0]._replace(key="applications.unavailable.not_held.total", old=30, new=75, step=1)
    told = first._replace(changes=(*first.changes, second))
    listed = entries_of(one._replace(components=(component._replace(explanations=(told,)),)))
    (cause,) = causes_of(listed)

    assert [entry.number for entry in cause.entries] == [1, 2]
    assert [len(entry.changes) for entry in cause.entries] == [1, 1]
    assert len(cause.findings) == 2


def test_entries_have_the_numbers_of_the_list() -> None:
    """What the page and the terminal call the first is the same."""
    for one in (pages.explained(), pages.open_question(), pages.half_filled()):
        todos = [todo for todo in corrections_of(one) if todo.number]
        assert [entry.todo for entry in entries_of(one)][: len(todos)] == todos
        assert [todo.number for todo in todos] == list(range(1, len(todos) + 1))


def test_what_could_not_be_judged_or_read_comes_after_what_failed() -> None:
    """Each reason once; cells not read for a reason that keeps a rule from judging belong to that entry."""
    listed = entries(pages.half_filled())
    outcomes = [outcome for outcome, _, _ in listed]
    torn = next(entry for entry in entries_of(pages.half_filled()) if entry.unread)

    order = {"fail": 0, "follows": 0, "undecided": 1, "unread": 2, "pass": 3}
    assert outcomes == sorted(outcomes, key=order.__getitem__)
    assert (torn.outcome, len(torn.unread)) == ("undecided", 5)


def test_cells_not_read_that_no_rule_needs_are_an_entry_of_their_own() -> None:
    """Their reason and their names are told."""
    one = pages.half_filled()._replace(findings=())

    assert [(entry.outcome, len(entry.unread)) for entry in entries_of(one)][-1] == ("unread", 5)


def test_the_place_of_an_entry_is_that_of_the_wrong_cell() -> None:
    """Where it is known; else that of the first finding."""
    one = pages.explained()
    assert one.report is not None
    wrong = one.report.cells[NOT_HELD].location

    assert entries_of(one)[0].location.line == wrong.line
    assert entries_of(one._replace(components=()))[1].location == one.findings[1].location


@pytest.mark.parametrize(
    ("which", "key", "role", "new"),
    [
        ("explained", NOT_HELD, "wrong", (27,)),
        ("explained", "applications.unavailable.not_held.total", "part", ()),
        ("open_question", "disputes.litigation_direct.total", "maybe", (4,)),
        ("open_question", "disputes.litigation_direct.corrected", "maybe", (6,)),
        ("open_question", "applications.carried_in.natural_person", "maybe", (6,)),
        ("half_filled", "applications.granted.natural_person", "follows", (38,)),
        ("half_filled", "disputes.review.total", "unread", ()),
    ],
)
def test_marks(which: str, key: str, role: str, new: tuple[int, ...]) -> None:
    """A cell is marked by the most telling of what entries say of it, with what it should be."""
    mark = marks_of(entries_of(getattr(pages, which)()))[key]

    assert (mark.role, mark.new, mark.loud) == (role, new, True)


def test_zeros_of_a_longer_sum_have_no_sign() -> None:
    """They light up with their finding, but would hide the others."""
    marks = marks_of(entries_of(pages.explained()))
    quiet = {key for key, mark in marks.items() if not mark.loud}
    report = pages.explained().report
    assert report is not None

    assert quiet
    assert {report.cells[key].value for key in quiet} == {0}


def test_cells_of_what_could_not_be_judged_light_up_without_a_mark() -> None:
    """They are known, so that pointing at the entry shows them; nothing is said to be wrong with them."""
    marks = marks_of(entries_of(pages.half_filled()))

    undecided = {entry.number for entry in entries_of(pages.half_filled()) if entry.outcome == "undecided"}
    assert any(mark.role == "about" for mark in marks.values())
    assert not any(undecided & set(mark.entries) for mark in marks.values() if mark.role not in {"about", "unread"})
    assert not any(mark.loud for mark in marks.values() if mark.role == "about")


def test_last_years_cells_are_no_marks() -> None:
    """A figure of another report with the same key leaves this one's cell alone."""
    one = pages.open_question()
    carried = "applications.carried_out.natural_person"
    (broken,) = (finding for finding in one.findings if finding.rule == "Y001")

    assert carried in {cell.key for cell in broken.cells if cell.source}
    assert carried not in marks_of(entries_of(one._replace(findings=(broken,), components=())))


def test_an_open_question_tells_how_many_readings_there_are() -> None:
    """Three of them in full, the figures of the others, and why it is open."""
    one = pages.open_question()
    component = one.components[0]
    more, why = others(component, one), note(component)

    assert is_open(component)
    assert more is not None
    assert more.en.count("→") == 2
    assert why is not None
    assert "one sum alone" in why.en


def test_a_reading_that_is_sure_is_the_headline() -> None:
    """Less likely ones stand below it, with what they would change; only the first is marked as wrong."""
    one = pages.explained()
    (component,) = one.components
    sure = component.explanations[0]
    total = "applications.unavailable.not_held.total"
    change = sure.changes[0]._replace(key=total, old=30, new=75)
    less = sure._replace(rank=2, confidence="low", changes=(change,))
    both = component._replace(explanations=(sure, less), readings=1)
    marks = marks_of(entries_of(one._replace(components=(both,))))

    assert not is_open(both)
    assert sentence_of(entries_of(one._replace(components=(both,)))[0], one) == reading(sure, one)
    assert others(both, one) is None
    assert (marks[NOT_HELD].role, marks[total].role, marks[total].new) == ("wrong", "maybe", (75,))


def test_what_holds_says_whether_another_reading_is_as_simple() -> None:
    """It is said where there is none, and nothing makes the figures doubtful."""
    one = pages.explained()
    (component,) = one.components
    sure = component.explanations[0]

    assert "no other correction" in then(sure, component, checked=one).en
    assert "no other correction" not in then(sure, component._replace(readings=2), checked=one).en


def test_without_a_reading_it_is_said_so() -> None:
    """Findings that nothing explains are listed one by one, and no figure is proposed."""
    one = pages.explained()
    bare = one.components[0]._replace(explanations=(), readings=0)
    left = one.components[0]._replace(readings=4)
    listed = entries_of(one._replace(components=(bare,)))

    assert "看不出错在哪一格" in sentence_of(listed[0], one).zh
    assert listed[0].changes == ()
    assert others(bare, one) is None
    assert note(bare) is None
    assert "3" in (others(left, one) or Text()).en
