"""What is noted of a checked report, and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.support.explaining import explained, following

from nianbao.editing.noting import notes_for
from nianbao.messages import Text
from nianbao.model.location import NOWHERE, Location
from nianbao.model.outcome import FAIL
from nianbao.model.result import Checked
from nianbao.model.rule import HIGH
from nianbao.voice import CHINESE, ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.model.finding import Finding

WRONG = "applications.unavailable.not_held.natural_person"
TOTAL = "applications.unavailable.not_held.total"


def test_one_note_on_the_wrong_cell_says_it_all(draft: Checked) -> None:
    """What it should be, by which slip, what does not hold, what would, and the authority; other cells have none."""
    (note,) = notes_for(CHINESE, draft)

    assert (note.location.line, note.severity) == (53, "error")
    assert note.title == "错误：72 很可能应为 27（数字颠倒）"
    lines = note.body.split("\n")
    assert lines[0].startswith("表三")
    assert lines[1] == "建议：对照台账，把 72 改成 27"
    assert ["A002" in lines[2], "A003" in lines[3]] == [True, True]
    assert "少 45" in lines[2]
    assert lines[4] == "这样改后，有关表格要核对的 39 处全部对得上。"
    assert all(line.startswith("依据：") for line in lines[5:])
    assert len(lines) == len(set(lines))


def test_notes_speak_both_languages(draft: Checked) -> None:
    """English has the same lines."""
    (zh,), (en,) = notes_for(CHINESE, draft), notes_for(ENGLISH, draft)

    assert en.title == "error: 72 should very likely be 27 (digits transposed)"
    assert en.body.count("\n") == zh.body.count("\n")
    assert en.location == zh.location


def test_open_readings_have_a_note_on_each_candidate(draft: Checked) -> None:
    """Each says what else it may be, and why the figures cannot tell."""
    open_one = explained(draft, {WRONG: 27}, {TOTAL: 75}, note=Text("决定不了", "cannot decide"))

    first, second = notes_for(CHINESE, open_one)

    assert "27" in first.title
    assert "75" in second.title
    assert "或应为" in first.title
    assert "总计：30 应为 75" in first.body
    assert "自然人：72 应为 27" in second.body
    assert "决定不了" in first.body
    assert (first.location, second.location) == (
        open_one.report.cells[WRONG].location,  # type: ignore[union-attr]
        open_one.report.cells[TOTAL].location,  # type: ignore[union-attr]
    )


def test_figures_that_change_together_name_each_other(draft: Checked) -> None:
    """A note on each of them."""
    notes = notes_for(CHINESE, explained(draft, {WRONG: 27, TOTAL: 31}))

    assert ["30 应为 31" in one.body for one in notes] == [True, False]
    assert [one.body.count("要一起改") for one in notes] == [1, 1]


def test_a_sure_reading_has_notes_alone(draft: Checked) -> None:
    """The others stand in its note."""
    open_one = explained(draft, {WRONG: 27}, {TOTAL: 75})
    (component,) = open_one.components
    first, second = component.explanations
    sure = component._replace(explanations=(first._replace(confidence=HIGH), second))

    (note,) = notes_for(CHINESE, open_one._replace(components=(sure,)))

    assert "很可能应为 27" in note.title
    assert "也可能是" in note.body
    assert "30 应为 75" in note.body


def test_many_figures_are_not_all_named(draft: Checked) -> None:
    """Of a column that slipped, the first few, and how many there are."""
    assert draft.report is not None
    keys = [key for key in draft.report.cells if key.startswith("applications") and key.endswith(".enterprise")]

    notes = notes_for(ENGLISH, explained(draft, dict.fromkeys(keys, 7)))

    assert len(notes) == len(keys)
    assert {one.body.count("should be 7") for one in notes} == {6}
    assert all(f"{len(keys) - 1} in all" in one.body for one in notes)


def test_a_cell_of_several_readings_has_one_note(draft: Checked) -> None:
    """Under the title of the likelier one."""
    (note,) = notes_for(CHINESE, explained(draft, {WRONG: 27}, {WRONG: 28}))

    assert "27" in note.title
    assert note.body.count("错误：72 或应为 28") == 1


def test_findings_without_explanation_stand_where_they_were_found(draft: Checked) -> None:
    """With message, arithmetic, and why there is no reading."""
    plain = draft._replace(components=())
    failing = [one for one in draft.findings if one.outcome == FAIL]
    unexplained = explained(draft, note=Text("太多", "too many"))

    notes = notes_for(ENGLISH, plain)

    assert all(one.body.split("\n")[1].startswith("Suggested: ") for one in notes)
    assert [one.location for one in notes] == [
        one.location for one in sorted(failing, key=lambda one: one.location.line or 0)
    ]
    assert all(re.search(r"\d (less|more)", one.body) and "Basis" in one.body for one in notes)
    assert all("too many" in one.body for one in notes_for(ENGLISH, unexplained))


def test_what_holds_or_is_undecided_is_not_noted(draft: Checked) -> None:
    """A consistent report has no notes."""
    others = tuple(one for one in draft.findings if one.outcome != FAIL)

    assert others
    assert notes_for(CHINESE, draft._replace(findings=others, components=())) == ()
    assert notes_for(CHINESE, Checked("gone.txt")) == ()


def test_the_words_that_a_message_quotes_are_marked(draft: Checked, said: Callable[[Location, str], Finding]) -> None:
    """Where they stand in the paragraph of the finding; other quotes, and words of other paragraphs, are not."""
    assert draft.report is not None
    place = next(one for section in draft.report.sections for one in section.paragraphs if "103" in one.text).location
    findings = [
        said(place, "“总计”是 101，正文说“全年新收政府信息公开申请103件”"),
        said(place, "正文说“制发行政规范性文件3件”"),
        said(NOWHERE, "“全年新收政府信息公开申请103件”"),
    ]

    notes = [notes_for(ENGLISH, draft._replace(findings=(one,), components=())) for one in findings]

    assert [one.quote for (one,) in notes] == ["全年新收政府信息公开申请103件", "", ""]


def test_blanks_that_follow_are_told(draft: Checked) -> None:
    """With their value; what is said of the cell anyway comes first."""
    (note,) = notes_for(CHINESE, following(draft._replace(findings=()), {TOTAL: 30})._replace(components=()))

    assert note.title == "提示：此格未填；由其他各格推得应为 30"
    assert note.severity == "info"


def test_a_figure_of_last_year_is_told_at_this_years(check_text: Callable[..., Checked]) -> None:
    """There is no place for it in this file."""
    checked = check_text(
        name="linjiang-2024.txt", prior=(("| 6 | 1 | 0 | 0 | 0 | 0 | 7", "| 9 | 1 | 0 | 0 | 0 | 0 | 7"),)
    )

    (note,) = notes_for(CHINESE, checked)

    assert checked.explanations[0].changes[0].source is not None
    assert note.location.line == 42
    assert "linjiang-2023.txt 的表三" in note.body
    assert "9 应为 6" in note.body


def test_cells_of_data_are_noted_under_their_keys(draft: Checked) -> None:
    """Whatever place the data state."""
    explained_ones = notes_for(CHINESE, draft, as_data=True)
    plain = notes_for(CHINESE, draft._replace(components=()), as_data=True)

    assert [one.location for one in explained_ones] == [Location(anchor=f"cells\n{WRONG}")]
    assert {(one.location.anchor or "").partition("\n")[0] for one in plain} == {"cells"}


def test_notes_come_in_reading_order(check_text: Callable[..., Checked]) -> None:
    """Whatever the order of findings; those without a place, such as what is missing, come last."""
    checked = check_text(("五、存在", "五、有哪些"), ("六、其他", "六、别的"))

    lines = [one.location.line for one in notes_for(CHINESE, checked)]

    assert lines == [53, 74, 82, None]
