"""Style sheets of pages are followed as a browser follows them: no digit is read that it hides, and none is lost."""

from __future__ import annotations

import random

import pytest
from tests.support.printing import browser_path

from nianbao.model.document import Table
from nianbao.readers import document_from_bytes

COMPOUNDS = (
    "i", "b", ".x", ".y", "#n", "[data-h]", "[data-h=a]", "i.x", ".x.y", "td", "tbody", "*", ".x:hover", "i:not(.x)",
    "i:first-child", ".x::before", ":is(.x,.y)", "[class~=y]", "[data-h^=a]", r"\.x",
)  # fmt: skip
DECLARATIONS = (
    "display:none", "display:none!important", "display:inline", "display:inline!important", "visibility:hidden",
    "visibility:visible", "opacity:0", "font-size:0", "color:red",
)  # fmt: skip
AROUND = (
    "{}",
    "{}",
    "{}",
    "{}",
    "@media screen{{{}}}",
    "@media print{{{}}}",
    "@media (min-width:9px){{{}}}",
    "b{{& {}}}",
)
SEEN = """() => {
  const shown = (node, gone) => {
    const style = getComputedStyle(node);
    if (gone || style.display == 'none' || style.opacity == '0') return '';
    const veiled = style.visibility == 'hidden' || style.fontSize == '0px';
    return [...node.childNodes].map(inner =>
      inner.nodeType == 1 ? shown(inner, false) : veiled ? '' : inner.data).join('');
  };
  const cell = document.querySelector('#cell');
  let gone = false;
  for (let around = cell.parentElement; around; around = around.parentElement) {
    const style = getComputedStyle(around);
    gone = gone || style.display == 'none' || style.opacity == '0';
  }
  return shown(cell, gone);
}"""


def drawn_rule(dice: random.Random) -> str:
    """Draw a rule."""
    selector = "".join(
        dice.choice(COMPOUNDS) + dice.choice((" ", " > ", " + ", "~")) for _ in range(dice.choice((0, 0, 1, 2)))
    )
    declarations = ";".join(dice.sample(DECLARATIONS, dice.choice((1, 2))))
    return dice.choice(AROUND).format(f"{selector}{dice.choice(COMPOUNDS)}{{{declarations}}}")


def drawn_part(dice: random.Random, digit: int) -> str:
    """Draw an element with a digit, and perhaps with another one inside."""
    attributes = (
        f' class="{dice.choice(("x", "y", "x y", "z"))}"' * (dice.random() < 0.6)
        + " id=n" * (dice.random() < 0.2)
        + f" data-h={dice.choice(('a', 'ab'))}" * (dice.random() < 0.2)
        + f' style="{dice.choice(DECLARATIONS)}"' * (dice.random() < 0.1)
        + " hidden" * (dice.random() < 0.1)
    )
    tag = dice.choice(("i", "b"))
    inner = drawn_part(dice, digit + 1) if dice.random() < 0.3 else ""
    return f"<{tag}{attributes}>{digit}{inner}</{tag}>"


@pytest.mark.slow
@pytest.mark.skipif(browser_path() is None, reason="no browser is installed")
def test_a_page_is_read_as_a_browser_shows_it() -> None:
    """A cell has the digits that are seen, or is in doubt; most are not."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is used

    doubts = 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        view = browser.new_page()
        for seed in range(200):
            dice = random.Random(f"sheets/{seed}")
            rules = " ".join(drawn_rule(dice) for _ in range(dice.choice((1, 2, 3))))
            cell = f"9{drawn_part(dice, 1)}{'8' * dice.choice((0, 1))}{drawn_part(dice, 5)}"
            page = (
                f"<!DOCTYPE html><style>{rules}</style><p>甲乙丙丁</p><table><tr><td>甲<td>乙<tr><td>丙"
                f"<td id=cell>{cell}</td></tr></table>"
            )
            view.set_content(page)
            seen = view.evaluate(SEEN)

            blocks = document_from_bytes(page.encode(), "page").blocks
            cells = [cell for block in blocks if isinstance(block, Table) for cell in block.cells]
            if seen and cells[-1].doubt is None:  # a table that is hidden as a whole is shown by a script
                assert "".join(cells[-1].text.split()) == seen, page
            doubts += any(cell.doubt is not None for cell in cells)
        browser.close()
    assert doubts < 60
