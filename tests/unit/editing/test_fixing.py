"""What may be put right in a report's own file, and the copy in which it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.editing import corrected_bytes
from tests.support.explaining import explained, following

from nianbao.editing.diffs import difference, left_over, unexplained
from nianbao.editing.fixing import accepted, choices, own_file
from nianbao.errors import InputError, UsageError
from nianbao.forms.loading import builtin_forms
from nianbao.messages import Text
from nianbao.model.explanation import Change
from nianbao.model.location import Location
from nianbao.model.result import Checked
from nianbao.model.slip import UNCLEAR
from nianbao.readers import Source
from nianbao.voice import CHINESE, ENGLISH

ROW = "applications.unavailable.not_held"
WRONG, TOTAL = f"{ROW}.natural_person", f"{ROW}.total"
BLANK = f"{ROW}.enterprise"


@pytest.fixture
def several(draft: Checked) -> Checked:
    """The draft with two readings of one component, one of another, and a blank that follows."""
    first = explained(
        draft, {WRONG: 27}, {TOTAL: 75, "applications.total.natural_person": 131}, note=Text("难", "hard")
    )
    second = explained(draft, {"disputes.review.total": 12})
    other = second.components[0]._replace(number=1)
    return following(first._replace(components=(*first.components, other)), {BLANK: 2})


def test_choices_are_numbered_through(several: Checked) -> None:
    """Readings of components in order, then blanks; readings of one component exclude each other."""
    known = choices(several)

    assert [[one.key for one in choice.changes] for choice in known] == [
        [WRONG],
        [TOTAL, "applications.total.natural_person"],
        ["disputes.review.total"],
        [BLANK],
    ]
    assert [one.number for one in known] == [1, 2, 3, 4]
    assert [[other.number for other in known if other is not one and one.excludes(other)] for one in known] == [
        [2],
        [1],
        [],
        [],
    ]
    assert [one.is_open for one in known] == [True, True, False, False]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ([], []),
        (["1"], [1]),
        (["3,1"], [1, 3]),
        (["2", " 3 ，4"], [2, 3, 4]),
        (["high"], [3]),
        (["blanks"], [4]),
        (["high", "blanks,1"], [1, 3, 4]),
        (["1,1"], [1]),
        ([","], []),
    ],
)
def test_words_name_choices(several: Checked, words: list[str], numbers: list[int]) -> None:
    """Numbers parted by commas, all of high confidence, all blanks."""
    assert [one.number for one in accepted(words, choices(several))] == numbers


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["5"], "there is no 5 "),
        (["0"], "there is no 0"),
        (["all"], "high"),
        (["-1"], "numbers"),
        (["１"], "numbers"),
        (["1,2"], "1 and 2 exclude each other"),
        (["2", "high", "1"], "exclude"),
        (["9" * 5000], "there is no"),
    ],
)
def test_words_that_name_none_are_refused(several: Checked, words: list[str], reason: str) -> None:
    """With what is there."""
    with pytest.raises(UsageError, match=reason):
        accepted(words, choices(several))


def test_without_choices_none_can_be_accepted(draft: Checked) -> None:
    """A number is no choice where there are none; all of none are none."""
    known = choices(draft._replace(components=()))

    assert accepted(["high", "blanks"], known) == ()
    with pytest.raises(UsageError, match="no figure"):
        accepted(["1"], known)


def test_figures_elsewhere_are_for_people(draft: Checked) -> None:
    """A figure of the prose, or of last year's report, is shown and cannot be accepted."""
    elsewhere = (
        Change("", 103, 130, UNCLEAR, 0, Location(15, 1)),
        Change(WRONG, 1, 2, UNCLEAR, 0, year=2023, source="2023.txt"),
    )
    component = explained(draft, {WRONG: 27}).components[0]
    explanation = component.explanations[0]._replace(changes=elsewhere)
    checked = draft._replace(components=(component._replace(explanations=(explanation,)),))

    (choice,) = choices(checked)
    shown = [line.text for line in difference(CHINESE, choice, checked=checked, known=[choice])]

    assert (choice.changes, choice.by_hand) == ((), elsewhere)
    assert accepted(["high"], [choice]) == ()
    with pytest.raises(UsageError, match="by hand"):
        accepted(["1"], [choice])
    assert sum("手工改" in line for line in shown) == 2
    assert shown[1].endswith("103 → 130  " + f"{draft.path}:15:1")
    assert "2023.txt 的表三" in shown[2]


def test_a_difference_shows_the_row_as_it_is_and_would_be(draft: Checked) -> None:
    """Place, heads, both rows with the cell between brackets, confidence and what goes away."""
    known = choices(draft)

    lines = [(line.kind, line.text) for line in difference(CHINESE, known[0], checked=draft, known=known)]

    kinds, texts = zip(*lines, strict=True)
    assert kinds == ("head", "place", "plain", "old", "new", "plain")
    assert texts[0] == "[1] 把握高：数字颠倒"
    assert texts[1].startswith("  @@ 表三")
    assert texts[1].endswith("draft.txt:53:28")
    assert texts[3].split() == ["-", "[72]", "2", "0", "0", "1", "0", "30"]
    assert texts[4].split() == ["+", "[27]", "2", "0", "0", "1", "0", "30"]
    assert texts[5] == "  改后不再有：A002 wrong-results-total、A003 wrong-row-total"


def test_open_and_unexplained_ones_say_why(several: Checked) -> None:
    """Readings name what they exclude; findings without a reading are named."""
    known = choices(several)
    nothing = explained(several, note=Text("太多", "too many"))

    first = [line.text for line in difference(ENGLISH, known[0], checked=several, known=known)]
    blank = [line.text for line in difference(ENGLISH, known[3], checked=several, known=known)]

    assert "  instead of 2, not with it" in first
    assert "  hard" in first
    assert blank[0] == "[4] blank, and follows from the other cells"
    assert [line.text for line in unexplained(ENGLISH, nothing)] == ["A003, A002: too many"]
    assert [line.text.split()[1] for line in left_over(ENGLISH, several)] == ["A003", "A002"]


def test_a_copy_says_what_was_accepted_and_nothing_else(several: Checked) -> None:
    """Several figures at once, of several tables."""
    assert several.report is not None
    data = Path(several.path).read_bytes()
    changes = [change for one in choices(several) if one.number != 1 for change in one.changes if change.key != BLANK]

    made = corrected_bytes(data, several.report, changes=changes, forms=builtin_forms())

    lines, before = made.decode().split("\n"), data.decode().split("\n")
    changed = [number for number, pair in enumerate(zip(lines, before, strict=True)) if pair[0] != pair[1]]
    assert len(changed) == 3
    assert lines[52].endswith("| 72 | 2 | 0 | 0 | 1 | 0 | 75")


def test_a_copy_that_would_not_be_read_as_meant_is_not_made(draft: Checked) -> None:
    """A report that says something else than its file is not written into it."""
    assert draft.report is not None
    other = draft.report._replace(cells={**draft.report.cells, TOTAL: draft.report.cells[TOTAL]._replace(value=31)})

    with pytest.raises(InputError) as caught:
        corrected_bytes(Path(draft.path).read_bytes(), other, changes=choices(draft)[0].changes, forms=builtin_forms())

    assert caught.value.code == "reads-otherwise"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n", "not-written"),
        (b"{\\rtf1 x}", "old-format"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", "not-text"),
    ],
)
def test_files_that_are_not_written_are_refused(data: bytes, code: str) -> None:
    """With what to do instead."""
    with pytest.raises(InputError) as caught:
        own_file(Source("file", data))

    assert caught.value.code == code


def test_nothing_may_be_chosen_of_what_was_not_read() -> None:
    """An input that could not be read has no choices, and nothing to show."""
    assert choices(Checked("gone.txt")) == ()
