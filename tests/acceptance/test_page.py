"""The page in a browser: pointed at, tapped, tabbed through, narrowed down, switched over and printed."""

from __future__ import annotations

import io
import logging
import os
import re
import shutil
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import pdfplumber
import pytest
from playwright.sync_api import Error, expect, sync_playwright
from tests.support import pages
from tests.support.writing import page_of

from nianbao.messages import LANGUAGES
from nianbao.voice import CHINESE, Voice

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from nianbao.messages import Language
    from nianbao.model.result import Result

    Open = Callable[..., "Seen"]
    Run = Callable[..., subprocess.CompletedProcess[str]]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (360, 1280)
RESULTS: dict[str, Callable[[], Result]] = {
    "explained": lambda: pages.result(pages.explained()),
    "open": lambda: pages.result(pages.open_question()),
    "half": lambda: pages.result(pages.half_filled()),
    "hostile": lambda: pages.result(pages.hostile()),
    "many": pages.everything,
    "three": lambda: pages.result(pages.three_faults()),
    "clean": lambda: pages.result(pages.clean()),
}
HUNDREDS = 200
PATIENCE = 120_000  # milliseconds until something that does not come is missed


class Sheet(NamedTuple):
    """A printed sheet: its words without spaces, the shades of grey or colour that they are in, its right edge."""

    words: str
    shades: set[float]
    edge: float


class Seen(NamedTuple):
    """A page that is open, and what its console said."""

    page: Page
    said: list[str]

    def lit(self) -> set[str]:
        """Return what the cells that are lit up hold, without signs."""
        cells = self.page.locator("td.lit")
        return set(cells.evaluate_all("all => all.map(one => (one.querySelector('.raw') || one).textContent)"))

    def active(self) -> str:
        """Return the id of the entry or cell that the focus is in."""
        return str(self.page.evaluate("(document.activeElement.closest('li[id], td, .passage') || {}).id || ''"))


def browser_path() -> str | None:
    """Return the browser that is installed, if one is."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in (*found, *filter(os.path.exists, PLACES)) if path), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser for all tests; skip where none is installed."""
    path = browser_path()
    if path is None:
        pytest.skip("no browser is installed here")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Language], Path]:
    """Return a function that gives the file with the page of a result, beginning with a language."""
    folder = tmp_path_factory.mktemp("pages")

    def file(name: str, lang: Language) -> Path:
        path = folder / f"{name}-{lang}.html"
        if not path.exists():
            with path.open("w", encoding="utf-8", errors="replace") as stream:
                stream.write(page_of(Voice(lang), RESULTS[name]()))
        return path

    return file


@pytest.fixture
def opened(browser: Browser, files: Callable[[str, Language], Path]) -> Iterator[Open]:
    """Return a function that opens a page; whatever a test does with it, its console stays empty."""
    contexts, noted = [], []

    def opening(name: str, *, width: int = 1280, lang: Language = "zh", **options: object) -> Seen:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
        page.goto(files(name, lang).as_uri())
        noted.append(said)
        return Seen(page, said)

    yield opening
    for context in contexts:
        context.close()
    assert noted == [[]] * len(noted)


def entry(seen: Seen, number: int) -> Locator:
    """Return an entry of the first report's list."""
    return seen.page.locator(f"#e0-{number}")


def shown(seen: Seen) -> list[str]:
    """Return the ids of the entries that the filters let through."""
    ids: list[str] = seen.page.locator(".entry:visible").evaluate_all("all => all.map(one => one.id)")
    return ids


def with_filters(seen: Seen) -> Seen:
    """Unfold the filters, which are folded where there is one report."""
    seen.page.locator("#filters").evaluate("one => one.open = true")
    return seen


def reopen(seen: Seen) -> None:
    """Open the page again with what it has kept, which the browser would write down when it finds the time."""
    kept = seen.page.evaluate("JSON.stringify(window.localStorage)")
    seen.page.add_init_script(f"Object.assign(window.localStorage, {kept})")
    seen.page.reload()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", RESULTS)
def test_a_page_opens(opened: Open, name: str, width: int) -> None:
    """No error, nothing asked of the network, and no scrolling sideways but inside the tables' own boxes."""
    seen = opened(name, width=width)

    seen.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    for _ in LANGUAGES:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.page.locator("#filters").evaluate("one => one.scrollWidth <= one.clientWidth")
        seen.page.locator("#language").click()
    expect(seen.page.locator(".entry").first).to_be_visible()
    wide = seen.page.locator(".scroll table.grid").nth(1)
    box = seen.page.locator(".scroll:has(table.grid)").nth(1)
    assert width > 400 or wide.evaluate("one => one.scrollWidth") > box.evaluate("one => one.clientWidth")


def test_the_command_writes_the_page(opened: Open, nianbao: Run, tmp_path: Path) -> None:
    """What is found wrong with the example is marked in it, with what it should be."""
    target = tmp_path / "page.html"
    report, prior = "examples/linjiang-2024-draft.txt", "examples/linjiang-2023.txt"
    done = nianbao("check", report, "--prior", prior, "--format", "html", "--output", target, "--lang", "zh")
    seen = opened("explained")
    seen.page.goto(target.as_uri())

    assert (done.returncode, done.stderr.startswith(f"结果网页写在 {target}，")) == (1, True)
    expect(seen.page.locator("td.wrong")).to_have_text(re.compile("72 → 27 "))
    expect(entry(seen, 1).locator("h4")).to_contain_text("72，很可能应为 27")


def test_pointing_at_a_finding_lights_up_its_cells(opened: Open) -> None:
    """All of an explanation, or one finding of it; the cells come into view, and go dark when the pointer leaves."""
    seen = opened("explained")
    inner = seen.page.locator(".cause .inner > li").first
    inner.hover()

    assert seen.lit() == {"72", "2", "0", "1", "30"}
    expect(seen.page.locator("td.wrong.lit")).to_be_in_viewport()
    expect(inner.locator(".sum .zh")).to_be_visible()

    entry(seen, 1).locator("h4").hover()
    assert {"86", "38", "72"} <= seen.lit()

    seen.page.locator("h1").hover()
    assert seen.lit() == set()


def test_both_sides_of_an_equation_are_told_apart(opened: Open) -> None:
    """The cells of each side have the colour of that side of the arithmetic."""
    seen = opened("explained")
    inner = seen.page.locator(".cause .inner > li").first
    inner.hover()
    colour = "one => getComputedStyle(one).backgroundColor"

    for side in ("left", "right"):
        cell = seen.page.locator(f"td.lit-{side}").first
        assert cell.evaluate(colour) == inner.locator(f".zh .side.{side}").evaluate(colour)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_keyboard_alone_is_enough(opened: Open, width: int) -> None:
    """Tab comes to a finding and lights it up; Enter leads to its cell, Enter there back, Escape the same way."""
    seen = opened("explained", width=width)
    keyboard = seen.page.keyboard
    keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"
    keyboard.press("Enter")
    for _ in range(30):
        if seen.active() == "e0-1":
            break
        keyboard.press("Tab")

    assert seen.active() == "e0-1"
    assert "72" in seen.lit()
    assert seen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"

    keyboard.press("Enter")
    wrong = seen.page.locator("td.wrong")
    assert seen.active() == wrong.get_attribute("id")
    expect(wrong).to_be_in_viewport()

    keyboard.press("Enter")
    assert seen.active() == "e0-1"
    expect(entry(seen, 1).locator("h4")).to_be_in_viewport()

    keyboard.press("Escape")
    assert seen.active() == wrong.get_attribute("id")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_marked_cell_leads_to_its_findings(opened: Open, width: int) -> None:
    """By click to the first that speaks of it, again to the next; from there back to the very cell."""
    seen = opened("half", width=width)
    cell = seen.page.locator("td.follows").first
    numbers = (cell.locator(".tag").get_attribute("data-entries") or "").split()
    assert len(numbers) > 1

    for number in [*numbers, numbers[0]]:
        cell.click()
        assert seen.active() == number
        expect(seen.page.locator(f"#{number} h4")).to_be_in_viewport()
        assert seen.page.locator(f"#{number}").get_attribute("class", timeout=PATIENCE).endswith("lit")  # type: ignore[union-attr]
    seen.page.keyboard.press("Enter")
    assert seen.active() == cell.get_attribute("id")


def test_a_passage_leads_to_its_finding_and_back(opened: Open) -> None:
    """A heading in other words is marked; its mark leads to the finding, the finding to the heading."""
    seen = opened("open")
    heading = seen.page.locator("h4.passage")
    heading.locator(".tag").click()
    found = seen.page.locator(f"#{seen.active()}")

    assert found.get_attribute("data-codes") == "S003"
    seen.page.keyboard.press("Enter")
    assert seen.active() == heading.get_attribute("id")
    expect(heading).to_be_in_viewport()


def test_tapping_a_finding_shows_its_arithmetic_where_its_cells_are(opened: Open) -> None:
    """On a telephone the arithmetic stands below the cells, and nothing stands there before."""
    seen = opened("explained", width=360, has_touch=True, is_mobile=True)
    lens = seen.page.locator("#lens")
    expect(lens).to_be_hidden()
    entry(seen, 1).locator("h4 a").tap()

    expect(lens).to_contain_text(
        "总计 30 ≠ 自然人 72 + 商业企业 2 + 法律服务机构 1（另 3 格为 0） = 75", use_inner_text=True
    )
    expect(lens).to_be_in_viewport()
    expect(seen.page.locator("td.wrong")).to_be_in_viewport()
    assert "72" in seen.lit()


@pytest.mark.parametrize(
    ("do", "outcomes"),
    [
        (
            lambda page: page.get_by_role("checkbox", name="错误").uncheck(),
            {"fail", "follows", "undecided", "pass"},
        ),
        (lambda page: page.get_by_role("checkbox", name="未判").uncheck(), {"fail", "follows", "pass"}),
        (lambda page: page.get_by_role("combobox", name="规则").select_option("A011"), {"fail"}),
        (lambda page: page.get_by_role("combobox", name="规则").select_option("Y001"), {"undecided"}),
        (lambda page: page.get_by_role("searchbox", name="查找文字").fill("信息处理费"), {"pass"}),
        (lambda page: page.get_by_role("searchbox", name="查找文字").fill("没有这几个字"), set()),
    ],
)
def test_filters_narrow_the_list(opened: Open, do: Callable[[Page], object], outcomes: set[str]) -> None:
    """By severity, outcome, rule and words; how many are left is said to those who listen; one button takes it back."""
    seen = with_filters(opened("half"))
    everything = shown(seen)
    do(seen.page)
    left = shown(seen)

    assert {seen.page.locator(f"#{one}").get_attribute("data-outcome") for one in left} == outcomes
    assert len(left) < len(everything)
    expect(seen.page.get_by_role("status")).to_have_text(f"显示 {len(left)}/{len(everything)} 项", use_inner_text=True)
    expect(seen.page.locator("#nothing")).to_be_visible(visible=not left)

    seen.page.get_by_role("button", name="清除筛选").click()
    expect(seen.page.get_by_role("status")).to_have_text(
        f"显示 {len(everything)}/{len(everything)} 项", use_inner_text=True
    )
    assert shown(seen) == everything


def test_marks_of_findings_that_are_filtered_out_are_gone(opened: Open) -> None:
    """A cell is marked while one of its findings is shown."""
    seen = with_filters(opened("explained"))
    wrong = seen.page.locator("td.wrong")
    expect(wrong.locator("ins")).to_be_visible()
    seen.page.get_by_role("checkbox", name="错误").uncheck()

    expect(wrong.locator("ins")).to_be_hidden()
    for told in (".group.change", ".cause", ".advice"):
        expect(seen.page.locator(told)).to_be_hidden()
    expect(wrong.locator(".tag")).to_be_hidden()
    expect(seen.page.locator(".passage .tag")).to_be_visible()


def test_many_reports_are_found_one_by_one(opened: Open) -> None:
    """A line for each leads to it; the filters know them, and leave out those without anything to show."""
    seen = opened("many")
    reports = seen.page.locator(".report")
    assert reports.count() == 5
    expect(seen.page.locator(".counts .problems")).to_have_text(re.compile("1"))
    seen.page.locator(".reports tbody a").nth(2).click()
    expect(reports.nth(2).locator("h2")).to_be_in_viewport()

    seen.page.get_by_role("combobox", name="报告").select_option("1")
    assert [one.is_visible() for one in reports.all()] == [False, True, False, False, False]
    assert all(one.startswith("e1-") for one in shown(seen))

    seen.page.get_by_role("button", name="清除筛选").click()
    expect(reports.first).to_be_visible()
    seen.page.get_by_role("combobox", name="规则").select_option("S003")
    assert [one.is_visible() for one in reports.all()] == [False, True, False, False, False]
    expect(seen.page.locator(".reports tbody tr:visible")).to_have_count(1)


def test_hundreds_of_reports_open(opened: Open, tmp_path: Path) -> None:
    """Every one of them is a page of its own to scroll to, light up and filter for."""
    path = tmp_path / "hundreds.html"
    with path.open("w", encoding="utf-8") as stream:
        stream.write(page_of(CHINESE, pages.result(*[pages.explained()] * HUNDREDS)))
    seen = opened("explained")
    seen.page.goto(path.as_uri())
    last = HUNDREDS - 1
    seen.page.locator(f'.reports a[href="#r{last}"]').click()
    seen.page.locator(f"#e{last}-1 h4 a").click()

    expect(seen.page.locator(f"#r{last} td.wrong")).to_be_in_viewport()
    expect(seen.page.get_by_role("status")).to_have_text(f"显示 {2 * HUNDREDS}/{2 * HUNDREDS} 项", use_inner_text=True)
    seen.page.get_by_role("combobox", name="报告").select_option(str(last))
    expect(seen.page.get_by_role("status")).to_have_text(f"显示 2/{2 * HUNDREDS} 项", use_inner_text=True)
    expect(seen.page.locator(".report:visible")).to_have_count(1)


@pytest.mark.parametrize(("lang", "other"), [("zh", "en"), ("en", "zh")])
def test_the_language_is_switched_and_kept(opened: Open, lang: Language, other: str) -> None:
    """Words, tables, options, hints and the title of the page; when the page is opened again, too."""
    seen = opened("half", lang=lang)
    texts = {
        "zh": ("你要改的 4 处", "一、本年新收", "全部", "年报检查结果"),
        "en": ("4 corrections to make", "new", "all", "Annual reports"),
    }

    def assert_all_in(code: str) -> None:
        findings, row, every, title = texts[code]
        expect(seen.page.locator("html")).to_have_attribute("lang", {"zh": "zh-CN", "en": "en"}[code])
        expect(seen.page.locator(".list h3").first).to_have_text(findings, use_inner_text=True)
        expect(seen.page.get_by_role("rowheader", name=re.compile(f"^{row}")).first).to_be_visible()
        expect(seen.page.locator("select option").first).to_have_text(every)
        expect(seen.page).to_have_title(re.compile(title))
        gone = "en" if code == "zh" else "zh"
        assert seen.page.locator(f".{gone}:visible").count() == 0
        tag = seen.page.locator(".tag").first
        assert tag.get_attribute("title") == tag.get_attribute(f"data-{code}")

    assert_all_in(lang)
    seen.page.locator("#language").click()
    assert_all_in(other)
    reopen(seen)
    assert_all_in(other)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_follow_the_system_until_they_are_chosen(opened: Open, scheme: str) -> None:
    """Dark where the system is; the button turns it over, and that is kept."""
    seen = opened("explained", color_scheme=scheme)
    button = seen.page.locator("#theme")

    def is_dark() -> bool:
        colour: str = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3])) < 3 * 64

    assert is_dark() == (scheme == "dark")
    expect(button).to_have_attribute("aria-pressed", str(scheme == "dark").lower())
    button.click()
    assert is_dark() == (scheme == "light")
    expect(button).to_have_attribute("aria-pressed", str(scheme == "light").lower())
    reopen(seen)
    assert is_dark() == (scheme == "light")


def printed(seen: Seen) -> list[Sheet]:
    """Print a page, without the grounds of its colours."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it complains of every font of a browser
    with pdfplumber.open(io.BytesIO(seen.page.pdf(format="A4", print_background=False))) as paper:
        return [
            Sheet(
                squeezed("".join(char["text"] for char in sheet.chars)),
                {float(one) for char in sheet.chars for one in char["non_stroking_color"] or ()} | {0.0},
                max((char["x1"] for char in sheet.chars), default=0),
            )
            for sheet in paper.pages
        ]


def squeezed(text: str) -> str:
    """Return text without spaces, and with the usual character where fonts have another that looks like it."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def test_on_paper_everything_is_there_in_black(opened: Open) -> None:
    """All arithmetic and marks are printed, on white though the screen is dark, within the sheet; no switch is."""
    seen = opened("open", color_scheme="dark")
    sums = [squeezed(one.inner_text()) for one in seen.page.locator(".sum").all()]
    sheets = printed(seen)
    words = "".join(sheet.words for sheet in sheets)

    assert len(sums) == 4
    assert [one for one in sums if one not in words] == []
    assert "→6?" in words
    assert "筛选" not in words
    assert max(shade for sheet in sheets for shade in sheet.shades) <= 0.25
    assert max(sheet.edge for sheet in sheets) < 595 - 30  # points; a sheet has 595, its margin 34


def test_a_report_with_three_findings_takes_four_sheets(opened: Open) -> None:
    """What to change and why is on the first, and none is nearly empty before the last."""
    sheets = printed(opened("three"))

    assert len(sheets) <= 4
    assert "你要改的" in sheets[0].words
    assert "为什么" in sheets[0].words
    assert min(len(sheet.words) for sheet in sheets[:-1]) > 500


def test_a_clean_report_is_printed_in_a_few_lines(opened: Open) -> None:
    """Of a report without findings the verdict is printed, not the report."""
    (sheet,) = printed(opened("clean"))

    assert "没有发现要改的地方" in sheet.words
    assert "一、总体情况" not in sheet.words


def test_signs_on_paper_are_no_figures(opened: Open) -> None:
    """Behind a figure stands the sign of a note, no sign of arithmetic and no digit."""
    words = "".join(sheet.words for sheet in printed(opened("explained")))

    assert "72→27" in words
    assert not re.search(r"\d=1\b", words.partition("报告格式")[2].partition("由nianbao")[0].replace("=131", ""))


def test_reports_are_put_in_another_order(opened: Open) -> None:
    """The heaviest first; by a button, by organ and year, or as they were checked."""
    seen = opened("many")
    rows = seen.page.locator(".reports tbody tr")
    first = rows.evaluate_all("all => all.map(one => one.dataset.rank)")
    seen.page.get_by_role("button", name="检查顺序").click()
    second = rows.evaluate_all("all => all.map(one => one.dataset.number)")

    assert first == sorted(first)
    assert second == sorted(second)
    expect(seen.page.get_by_role("button", name="检查顺序")).to_have_attribute("aria-pressed", "true")


def test_tables_are_not_cut_on_paper(opened: Open) -> None:
    """A table that fits on a sheet stands on one."""
    sheets = printed(opened("explained"))
    whole = [("一、本年新收" in sheet.words, "四、结转下年度" in sheet.words) for sheet in sheets]

    assert max(whole) == (True, True)
    assert set(whole) == {(True, True), (False, False)}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_a_script_the_page_is_whole(opened: Open, lang: Language) -> None:
    """All is there to read in the language asked for, marks lead to findings, and no switch pretends to work."""
    seen = opened("explained", lang=lang, java_script_enabled=False)

    expect(seen.page.locator(".sum").first).to_be_visible()
    expect(seen.page.locator("td.wrong ins")).to_be_visible()
    expect(seen.page.locator("#filters")).to_be_hidden()
    expect(seen.page.locator(".switches")).to_be_hidden()
    assert seen.page.locator(f".{'en' if lang == 'zh' else 'zh'}:visible").count() == 0
    seen.page.locator("td.wrong .tag").click()
    expect(entry(seen, 1)).to_be_in_viewport()
    assert seen.page.url.endswith("#e0-1")


def test_hostile_words_do_nothing(opened: Open) -> None:
    """Markup in names, cells and messages is shown, and runs nothing; nor could it."""
    seen = opened("hostile")

    expect(seen.page.locator("h2").first).to_contain_text("<script>alert(1)</script>")
    with pytest.raises(Error, match="Content Security Policy"):
        seen.page.add_script_tag(content="window.ran = true")
    assert seen.page.evaluate("window.ran") is None
    assert all("Content Security Policy" in one for one in seen.said)
    seen.said.clear()


def test_those_who_listen_hear_what_others_see(opened: Open) -> None:
    """Landmarks, headings, tables with their names and heads, and what a mark means and leads to."""
    seen = opened("explained")
    get = seen.page.get_by_role

    expect(get("main")).to_have_count(1)
    with_filters(seen)
    expect(get("search")).to_be_visible()
    expect(get("heading", level=1)).to_have_text("年报检查结果", use_inner_text=True)
    expect(get("group", name="表三 收到和处理政府信息公开申请情况")).to_be_visible()
    expect(get("table", name="表三 收到和处理政府信息公开申请情况")).to_be_visible()
    expect(get("columnheader", name="自然人")).to_be_visible()
    expect(get("rowheader", name="（七）总计")).to_be_visible()
    expect(get("list", name="你要改的 1 处").get_by_role("listitem").first).to_contain_text(
        "第 1 项", use_inner_text=True
    )
    mark = seen.page.locator("td.wrong .tag")
    expect(mark).to_have_accessible_name("有误，箭头后是应填的数；见第 1 项")
    expect(mark).to_have_accessible_description(re.compile("72，很可能应为 27"))


def test_nothing_moves_for_those_who_do_not_want_it(opened: Open) -> None:
    """With less motion asked for there are no transitions, and the list jumps."""
    seen = opened("explained")
    still = seen.page.locator("td").first.evaluate("one => getComputedStyle(one).transitionDuration")
    seen.page.emulate_media(reduced_motion="no-preference")
    moving = seen.page.locator("td").first.evaluate("one => getComputedStyle(one).transitionDuration")

    assert still.startswith("0s")
    assert not moving.startswith("0s")
