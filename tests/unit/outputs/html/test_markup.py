"""Markup: no text becomes any, and both languages stand where they differ."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from nianbao.messages import Text
from nianbao.outputs.html.markup import Html, both, el, joined, plain, spoken, switched
from nianbao.voice import CHINESE, ENGLISH


@given(st.text())
def test_text_stays_text(text: str) -> None:
    """Whatever a text holds, the element has no element in it and says the same."""
    parsed = html.fragment_fromstring(el("p", f"|{text}|"))

    assert len(parsed) == 0
    assert " ".join(parsed.text_content().split()) == " ".join(plain(f"|{text}|").split())


@given(st.text())
def test_attributes_stay_attributes(text: str) -> None:
    """Whatever a value holds, the element has that attribute and no other."""
    parsed = html.fragment_fromstring(el("p", title=f"|{text}|"))

    assert list(parsed.attrib) == ["title"]


@given(st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Co", "Cn"])))
def test_no_character_that_misleads_gets_through(text: str) -> None:
    """Control, direction, surrogate and private characters, and code points that are none, are gone."""
    kept = {unicodedata.category(one) for one in plain(text)} - {"Zs"}

    assert kept <= {"Cn"}
    assert not {"\ufffe", "\uffff", "\ufdd0"} & set(plain(text))
    plain(text).encode()


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (el("br"), "<br>"),
        (el("p", "a<b", Html("<i>c</i>")), "<p>a&lt;b<i>c</i></p>"),
        (
            el("p", class_="x", data_on='"', hidden=True, lang=None, open=False),
            '<p class="x" data-on="&quot;" hidden></p>',
        ),
        (joined(["a&", Html("<br>"), "b"], ", "), "a&amp;, <br>, b"),
        (both(Text("相同", "相同")), "相同"),
        (both(Text("甲", "a")), '<span class="zh">甲</span><span class="en">a</span>'),
        (both(Text("甲")), "甲"),
        (
            switched(ENGLISH, "option", text=Text("甲", "a")),
            '<option data-say="text" data-zh="甲" data-en="a">a</option>',
        ),
        (
            el("b", **spoken(CHINESE, "title", text=Text("甲", "a"))),
            '<b title="甲" data-say="title" data-zh="甲" data-en="a"></b>',
        ),
    ],
)
def test_elements(made: Html, expected: str) -> None:
    """Children are escaped unless they are markup; a text has a span for each language."""
    assert made == expected
