"""Texts in two languages: a class of their own, added, compared and carried to other processes as such."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.messages import Text

TEXTS = st.builds(Text, st.text(), st.text())


@given(TEXTS, TEXTS)
def test_texts_are_added_language_by_language(first: Text, second: Text) -> None:
    """The sum of two texts is a text, with the words of each language one behind the other."""
    assert first + second == Text(first.zh + second.zh, first.en + second.en)


@pytest.mark.parametrize("other", ["b", ("a", "b"), None])
def test_a_text_is_added_to_texts_alone(other: object) -> None:
    """A string, a pair or nothing is not a text."""
    with pytest.raises(TypeError):
        Text("a", "b") + other


@pytest.mark.parametrize(
    ("text", "is_true"), [(Text(), False), (Text("是"), True), (Text("", "yes"), True), (Text("是", "yes"), True)]
)
def test_a_text_is_false_when_it_is_empty(text: Text, is_true: bool) -> None:  # noqa: FBT001 - a column of the table
    """Words in one language are enough to be true."""
    assert bool(text) is is_true


@pytest.mark.parametrize("other", [("是", "yes"), "是", Text("是", "no"), None])
def test_a_text_equals_texts_alone(other: object) -> None:
    """A pair of the same words is something else."""
    assert Text("是", "yes") == Text("是", "yes")
    assert Text("是", "yes") != other


@given(TEXTS)
def test_a_text_survives_pickling(text: Text) -> None:
    """With its equality, its hash, and what it prints."""
    copy = pickle.loads(pickle.dumps(text))

    assert (copy, hash(copy), str(copy)) == (text, hash(text), str(text))


def test_a_text_cannot_be_changed() -> None:
    """Neither its words nor anything that is added to it."""
    text = Text("是", "yes")

    for name in ("zh", "other"):
        with pytest.raises((AttributeError, TypeError)):
            setattr(text, name, "否")


def test_places_are_filled_in_each_language() -> None:
    """An argument that is a text gives the words of the language that it stands in."""
    filled = Text("{what}不对", "{what} is wrong").format(what=Text("数", "a figure"))

    assert filled == Text("数不对", "a figure is wrong")


def test_a_language_left_empty_falls_back_on_the_other() -> None:
    """Both when one is asked for by name and in ``str()``."""
    assert [Text("是").get("en"), Text("", "yes").get("zh"), str(Text("", "yes"))] == ["是", "yes", "yes"]


def test_one_line_is_cut_where_it_is_long() -> None:
    """Breaks become blanks, and the sign of what is left out is one character more."""
    assert Text("一\n二", "a \t b").in_one_line() == Text("一 二", "a b")
    assert Text("一二三").in_one_line(2) == Text("一二…")
