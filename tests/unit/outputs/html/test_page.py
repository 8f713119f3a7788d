"""The page as a file: whole, valid, closed to the outside, and readable in both colour schemes."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from tests.conftest import ROOT
from tests.support import pages
from tests.support.pages import HOSTILE
from tests.support.writing import page_of

from nianbao.api import check, load_pack, read
from nianbao.messages import Text
from nianbao.model.document import Paragraph
from nianbao.model.explanation import ImpliedValue
from nianbao.model.location import Location
from nianbao.model.result import Result
from nianbao.outputs.html.form_tables import note_sign
from nianbao.outputs.html.report_section import draw_checked
from nianbao.voice import ENGLISH, Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    from nianbao.messages import Language
    from nianbao.model.result import Checked

FILES = ROOT / "linter" / "nianbao" / "outputs" / "html"
STYLE = (FILES / "page.css").read_text(encoding="utf-8")
SCRIPT = (FILES / "page.js").read_text(encoding="utf-8")
VOID = {"br", "input", "meta"}
PHRASING = {"p", "h1", "h2", "h3", "h4", "a", "span", "code", "label", "button", "option", "caption", "summary"}
BLOCKS = {"p", "div", "ul", "ol", "dl", "table", "section", "h1", "h2", "h3", "h4", "form", "fieldset"}
RESULTS: dict[str, Callable[[], Result]] = {
    "explained": lambda: pages.result(pages.explained()),
    "open": lambda: pages.result(pages.open_question()),
    "half": lambda: pages.result(pages.half_filled()),
    "hostile": lambda: pages.result(pages.hostile()),
    "everything": pages.everything,
    "nothing": lambda: Result(()),
}
every_result = pytest.mark.parametrize("name", RESULTS)


def page(result: Result, *, lang: Language = "zh") -> str:
    """Return the page of a result."""
    return page_of(Voice(lang), result)


def parsed(text: str) -> Any:
    """Return the tree of a page."""
    return html.document_fromstring(text)


def statement(*, old: str = "", new: str = "") -> Checked:
    """Return what the quarterly pack says of its example, with one thing in it written otherwise."""
    pack = load_pack(ROOT / "examples" / "quarterly")
    report = read(ROOT / "examples" / "quarterly" / "statement.md", pack.own_forms)._replace(name="statement.md")
    cells = {key: cell for key, cell in report.cells.items() if cell.raw != old}
    cells |= {key: cell._replace(value=int(new), raw=new) for key, cell in report.cells.items() if cell.raw == old}
    return check(report._replace(cells=cells), packs=(pack,)).reports[0]._replace(components=())


class Strict(HTMLParser):
    """Reads a page and notes what is not as HTML demands: tags out of order, blocks in lines, attributes twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a tag must not begin."""
        if len({name for name, _ in attrs}) < len(attrs):
            self.faults.append(f"{tag}: an attribute twice")
        if tag in BLOCKS and PHRASING & set(self.open):
            self.faults.append(f"{tag} in {self.open}")
        if tag == "a" and "a" in self.open:
            self.faults.append("a in a")
        parent = self.open[-1] if self.open else ""
        wanted = {"li": {"ul", "ol"}, "tr": {"thead", "tbody"}, "td": {"tr"}, "th": {"tr"}, "dd": {"dl", "div"}}
        if parent not in wanted.get(tag, {parent}):
            self.faults.append(f"{tag} in {parent}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note a tag that ends before what is in it."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"/{tag} out of order")


@every_result
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_valid(name: str, lang: Language) -> None:
    """Every element ends where it should, no block stands in a line, and nothing is left open."""
    parser = Strict()
    parser.feed(page(RESULTS[name](), lang=lang))

    assert parser.faults == []
    assert parser.open == []


@every_result
def test_names_are_unique_and_all_links_lead_somewhere(name: str) -> None:
    """Ids stand once; what links, labels and lists of targets name is there."""
    tree = parsed(page(RESULTS[name]()))
    ids = Counter(tree.xpath("//@id"))
    named = {link.removeprefix("#") for link in tree.xpath("//@href")}
    named |= {
        one
        for value in tree.xpath("//@aria-labelledby | //@aria-describedby | //@data-entries")
        for one in value.split()
    }
    named |= {one.partition(":")[2] for value in tree.xpath("//@data-on") for one in value.split()}

    assert [one for one, count in ids.items() if count > 1] == []
    assert named - set(ids) == set()
    assert all(link.startswith("#") for link in tree.xpath("//@href"))


@every_result
def test_nothing_comes_from_outside_and_nothing_else_runs(name: str) -> None:
    """Style and script are the page's own, by their hashes; no address, no handler, no style beside them."""
    text = page(RESULTS[name]())
    tree = parsed(text)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    allowed = set(re.findall(r"'sha256-([^']+)'", policy))
    inline = [element.text for element in tree.xpath("//style | //script")]
    digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in inline]

    assert inline == [STYLE, SCRIPT]
    assert allowed == set(digests)
    assert policy.startswith("default-src 'none';")
    assert (
        tree.xpath("//@src | //@style | //@*[starts-with(name(), 'on')] | //link | //img | //iframe | //object") == []
    )
    assert not re.search(r"url\(|@import|https?:", STYLE + SCRIPT)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", SCRIPT)


def test_hostile_words_stay_words() -> None:
    """Where names, cells, messages, paths and rule codes hold markup, the page holds the same elements as without."""
    tree = parsed(page(RESULTS["hostile"]()))
    words = "<script>alert(1)</script>\"'&x]"

    assert len(tree.xpath("//script")) == 1
    assert words in tree.xpath("string(//h2)")
    assert words in [" ".join(cell.split()) for cell in tree.xpath("//td//text()")]
    assert not {"\u202e", "\u2066", "\x1b", "\uffff"} & set(page(RESULTS["hostile"]()))
    assert HOSTILE not in page(RESULTS["hostile"]())


@every_result
def test_cells_of_the_form_stand_in_the_tables(name: str) -> None:
    """Each report has as many figures in its tables as its form asks for, and each table has a caption and scopes."""
    result = RESULTS[name]()
    tree = parsed(page(result))
    drawn = tree.xpath("//section[@data-number]")

    for one, section in zip(result.reports, drawn, strict=True):
        if one.report is not None:
            tables = section.xpath(".//div[contains(@class, 'paper')]//table")
            figures = section.xpath(".//div[contains(@class, 'paper')]//td[not(contains(@class, 'caption'))]")
            assert len(figures) == len(one.report.form.slots)
            assert all(table.xpath("caption") for table in tables)
    assert tree.xpath("//th[not(@scope)]") == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_language_asked_for_comes_first(lang: Language) -> None:
    """The page says so of itself, and what a switch cannot reach by style is in that language."""
    tree = parsed(page(RESULTS["explained"](), lang=lang))

    assert (tree.get("data-lang"), tree.get("lang")) == (lang, {"zh": "zh-CN", "en": "en"}[lang])
    assert tree.findtext(".//title").endswith({"zh": "年报检查结果", "en": "Annual reports, checked"}[lang])
    for one in tree.xpath("//*[@data-say]"):
        name = one.get("data-say")
        assert one.get(f"data-{lang}") == (one.text_content() if name == "text" else one.get(name))


def test_a_statement_of_another_kind(snapshot: SnapshotAssertion) -> None:
    """A form in English with rows that the report brings, its message, arithmetic and marked cells."""
    one = statement(old="28", new="82")

    assert draw_checked(ENGLISH, 0, checked=one).replace("><", ">\n<") == snapshot


def test_a_passage_is_marked_by_what_a_message_quotes() -> None:
    """The sentence that evidence was found in is marked, not the paragraph; the entry leads there."""
    tree = parsed(page(RESULTS["explained"]()))
    (mark,) = tree.xpath("//mark")
    (entry,) = tree.xpath("//li[@data-outcome='pass']")

    assert "未收取" in mark.text_content()
    assert entry.xpath(".//h4/a/@href") == ["#" + mark.getparent().get("id")]


def test_a_figure_of_the_prose_has_what_it_should_be_beside_it() -> None:
    """Where a reading changes what the prose states, its paragraph is marked; the entry leads there."""
    one = pages.explained()
    assert one.report is not None
    paragraph = one.report.section("overview").paragraphs[2]  # type: ignore[union-attr]
    told = one.components[0].explanations[0]
    stated = told.changes[0]._replace(key="", old=103, new=104, location=paragraph.location)
    component = one.components[0]._replace(explanations=(told._replace(changes=(stated,)),))
    tree = parsed(page(pages.result(one._replace(components=(component,)))))
    (passage,) = tree.xpath("//p[ins]")

    assert passage.xpath("string(ins)") == "→ 104"
    assert paragraph.text in passage.text_content()
    assert passage.get("id") in tree.xpath("string(//li[@id='e0-1']/@data-on)")
    assert "正文写的是 103，很可能应为 104" in tree.xpath("string(//li[@id='e0-1']/h4)")


def test_a_heading_in_other_words_is_marked() -> None:
    """A finding about a heading marks the heading."""
    tree = parsed(page(RESULTS["open"]()))

    assert tree.xpath("//h4[contains(@class, 'passage')]/mark/text()") == ["五、问题和打算"]


def test_what_stands_outside_the_tables_is_listed() -> None:
    """A cell read that no table has a place for is not lost."""
    one = pages.half_filled()
    assert one.report is not None
    key = "applications.other.total"
    cells = {**one.report.cells, key: one.report.cells["applications.new.total"]._replace(key=key, raw="99")}
    tree = parsed(page(pages.result(one._replace(report=one.report._replace(cells=cells)))))

    assert tree.xpath("//table[caption/span='不在表中的格']//td/text()") == ["99"]


# ---- colours


def schemes() -> dict[str, dict[str, str]]:
    """Return the colours of both schemes, by variable."""
    light, dark, chosen = (
        dict(re.findall(r"--([\w-]+): (#\w{6})", block))
        for block in re.findall(r"\{([^{}]*--ground: #\w{6}[^{}]*)\}", STYLE)
    )
    assert dark == chosen
    return {"light": light, "dark": dark}


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG has it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


TONES = ("error", "warning", "info", "pass", "follows", "unread")
ON = [
    *product(("ink", "soft", "link", *TONES), ("ground", "paper")),
    *((tone, f"{tone}-ground") for tone in (*TONES, "left", "right", "head")),
    ("soft", "head-ground"),
    *product((*TONES, "soft"), ("left-ground", "right-ground")),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), ON)
def test_words_stand_out_from_their_ground(scheme: str, ink: str, ground: str) -> None:
    """Every colour of words has the contrast of WCAG AA on every ground that it is used on."""
    colours = schemes()[scheme]

    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_stands_out(scheme: str) -> None:
    """The ring around what is chosen has the contrast that WCAG asks of controls."""
    colours = schemes()[scheme]

    assert (
        min(contrast(colours["lit"], colours[one]) for one in ("ground", "paper", "left-ground", "right-ground")) >= 3
    )


def test_the_contrast_is_measured_as_it_should_be() -> None:
    """Black on white is 21, a colour on itself 1."""
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert contrast("#777777", "#777777") == 1
    assert 4.47 < contrast("#777777", "#ffffff") < 4.49


def test_reports_of_one_name_are_told_apart() -> None:
    """Where several reports have the same name, the filter gives their files."""
    tree = parsed(page(RESULTS["everything"]()))
    names = tree.xpath("//select[@name='report']/option/text()")

    assert len(set(names)) >= 4
    assert any("examples/linjiang-2024-draft.txt" in name for name in names)
    assert "reports/gone.docx" in names


def test_of_many_blanks_few_are_signs_to_tab_through() -> None:
    """A hundred are marked; those with a figure lead to their entry, and the first of the zeros, which are counted."""
    one = pages.checked(pages.example("linjiang-2024.txt"))
    assert one.report is not None
    blanks = [cell._replace(state="blank", raw="", value=None) for cell in one.report.cells.values()]
    follows = tuple(ImpliedValue(cell, int(number < 3)) for number, cell in enumerate(blanks[:100]))
    tree = parsed(page(pages.result(one._replace(following=follows))))

    assert len(tree.xpath("//td[contains(@class, 'follows')]")) == 100
    assert len(tree.xpath("//td[contains(@class, 'follows')]/a")) == 4
    assert "97 格没有填，应填 0" in tree.xpath("string(//li[@id='e0-4'])")
    assert tree.xpath("//h3/span[@class='zh']/text()")[:2] == ["你要改的 3 处", "没有填的格"]


def test_cells_not_read_are_told_with_their_reason() -> None:
    """Where no rule asks for them, as an entry of its own; their places in the table say so too."""
    tree = parsed(page(pages.result(pages.half_filled()._replace(findings=(), components=(), equations=(0, 0)))))
    (entry,) = tree.xpath("//li[@data-outcome='unread']")

    assert "没有读出 5 格：表四的第一行断开了" in entry.xpath("string(.//h4)")
    assert len(tree.xpath("//td[contains(@class, 'unread')]/a")) == 5
    assert "sums" not in tree.xpath("string(//ul[@class='facts'])")


def test_a_finding_without_figures_names_its_cells() -> None:
    """Those that it is about, up to six; authority and advice where it has them."""
    one = pages.half_filled()
    (blank,) = (finding for finding in one.findings if finding.rule == "A011")
    bare = blank._replace(basis=(), help_texts=Text())
    named, silent = (
        parsed(page(pages.result(one._replace(findings=(finding,), components=())))) for finding in (blank, bare)
    )

    assert "涉及：表三 （一）予以公开 · 自然人、表三 （一）予以公开 · 总计" in named.xpath(
        "string(//li[@data-codes='A011'])"
    )
    assert len(named.xpath("//dl[@class='rules']//dd")) == 1
    assert silent.xpath("//dl[@class='rules']//dd") == []


def test_advice_and_authority_stand_once_for_each_rule() -> None:
    """Though it fails twice in a report; the codes stand there, and nowhere before."""
    one = pages.open_question()
    tree = parsed(page(pages.result(one)))
    advice = tree.xpath("//details[@class='advice']//dt/code/text()")

    assert sorted(advice) == sorted({finding.rule for finding in one.findings if finding.outcome == "fail"})
    assert tree.xpath("//li[@data-outcome='fail']//code | //li[contains(@class, 'cause')]//code") == []


def test_a_clean_report_is_short() -> None:
    """Its name, what was checked, and that nothing is to be changed; the report itself is folded."""
    one = pages.checked(pages.example("linjiang-2024.txt"), pages.example("linjiang-2023.txt"))
    clean = one._replace(findings=tuple(finding for finding in one.findings if finding.outcome == "pass"))
    tree = parsed(page(pages.result(clean)))

    assert tree.xpath("string(//p[@class='fine']/span[@class='zh'])") == "没有发现要改的地方"
    assert tree.xpath("//details[@class='whole' and not(@open)]//table")


def test_the_prose_before_the_first_section_is_shown() -> None:
    """Between the title and the first heading; it can be marked as other prose."""
    one = pages.explained()
    assert one.report is not None
    words = "根据《中华人民共和国政府信息公开条例》要求，编制本报告。"
    report = one.report._replace(preamble=(Paragraph(words, Location(paragraph=1)),))
    (found,) = parsed(page(pages.result(one._replace(report=report)))).xpath("//p[text()=$words]", words=words)

    assert found.getprevious().tag == "h4"
    assert "一、总体情况" in found.getnext().text_content()


def test_no_word_of_the_trade_stands_on_the_page() -> None:
    """Nor are the sides of a sum called left and right, nor is a difference told alone."""
    for name in ("explained", "open", "half"):
        tree = parsed(page(RESULTS[name]()))
        for basis in tree.xpath("//details[@class='advice']"):  # quotes the form, which speaks of a corner
            basis.drop_tree()
        shown = tree.xpath("string(//main)")
        assert [word for word in ("等式", "component", "左", "右", "差 −") if word in shown] == []


def test_reports_are_listed_by_weight_and_in_a_grid() -> None:
    """What was not read and the most errors come first; several years make a grid that leads to each report."""
    good = pages.checked(pages.example("linjiang-2023.txt"))
    found = pages.everything()
    tree = parsed(page(found._replace(reports=(good, *found.reports))))
    rows = tree.xpath("//table[@class='reports']/tbody/tr")
    errors = [int(row.xpath("string(td[2])")) for row in rows]
    years = tree.xpath("//table[@class='years']//th[@scope='col']/text()")

    assert rows[0].get("data-number") == "5"
    assert errors[1:] == sorted(errors[1:], reverse=True)
    assert [row.get("data-rank") for row in rows] == [str(number) for number in range(len(rows))]
    assert years == ["2023", "2024"]
    assert tree.xpath("//table[@class='years']//a/@href") == ["#r0", "#r1", "#r2", "#r3", "#r4"]
    assert parsed(page(found)).xpath("//table[@class='years']") == []


@pytest.mark.parametrize(
    ("numbers", "sign"), [((1,), "①"), ((2, 20), "②⑳"), ((21,), "〔注21〕"), ((1, 2, 3, 4), "①②③…")]
)
def test_signs_of_notes_are_no_figures(numbers: tuple[int, ...], sign: str) -> None:
    """Nobody reads one as a part of the figure that it stands behind."""
    assert note_sign(numbers) == sign


def test_the_strict_reader_notices_faults() -> None:
    """What the test of validity rests on: tags out of order, blocks in lines, links in links."""
    for text in (
        "<p><div></div></p>",
        "<a><a></a></a>",
        "<b></i>",
        "<p a='1' a='2'></p>",
        "<ul><p></p><li></ul>",
        "<td></td>",
    ):
        parser = Strict()
        parser.feed(text)
        assert parser.faults, text
