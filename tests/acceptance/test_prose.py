"""What the rules on prose find: nothing in complete reports of any organ, and each slip that is put into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support.phrasing import WRITERS, as_pdf, as_text, phrased
from tests.support.thinning import left_to_all, scaled

from nianbao import Linter
from nianbao.catalogue import builtin_pack
from nianbao.engine import Engine
from nianbao.extraction import extract
from nianbao.forms.loading import builtin_forms, form_by_id
from nianbao.model.document import Paragraph
from nianbao.model.outcome import FAIL, UNDECIDED
from nianbao.model.report import Issuer
from nianbao.packtests.examples import base_report
from nianbao.readers import document_from_bytes

if TYPE_CHECKING:
    from tests.support.phrasing import Phrased

LINTER = Linter()
FORM = form_by_id("zfxxgk-2021")
NEW = {f"N{number:03}" for number in (1, 2, 3, 4, 5, 10, 11, 12, 13, 15, 16)}
WORDS = {"X016", "X018", "X019", "X020", "X021", "X022", "X024", "S009", "S020", "S021"}
ENGINE = Engine([builtin_pack()], {*NEW, *WORDS})
OVERVIEW = "全年公开信息320条，公开工作列入考核。"
PROBLEMS = "更新不够及时，答复文书不够规范。下一步逐月核对栏目，组织业务培训，开展考核评议。"


def found(content: bytes, name: str = "report") -> list[tuple[str, str, str]]:
    """Return the rules that fail on a report, with severity and message."""
    (judged,) = LINTER.judge([extract(document_from_bytes(content, name))]).reports()
    return [(one.rule, one.severity, one.texts.zh) for one in judged.findings if one.outcome == FAIL]


def drawn(seed: int) -> Phrased:
    """Draw a report, every seventh by the older form."""
    older, newer = sorted(builtin_forms(), key=lambda form: form.id)
    return phrased(older if seed % 7 == 6 else newer, seed)


@pytest.mark.parametrize("kind", [*WRITERS, left_to_all("pdf")])
def test_complete_reports_of_every_kind_of_organ_have_nothing_but_hints(kind: str) -> None:
    """As text, page, Word file and PDF, in the phrasings of many offices; of the rules on prose there is no hint."""
    for seed in range(scaled(20)):
        report = drawn(seed)
        content = as_pdf(report.outline) if kind == "pdf" else WRITERS[kind](report.outline)

        told = found(content)

        assert [one for one in told if one[1] != "info"] == [], seed
        assert [one for one in told if one[0] in NEW | WORDS] == [], seed


def changed(report: Phrased, change: dict[str, list[str]]) -> bytes:
    """Return a report whose sections have other prose, by the first sign of their headings."""
    parts: list[object] = []
    skip = False
    for part in report.outline:
        if isinstance(part, tuple) and part[0] == "heading":
            lines = change.get(part[1][0])
            skip = lines is not None
            parts += [part, *(("prose", line) for line in lines or ())]
        elif not skip or not isinstance(part, tuple):
            parts.append(part)
    return as_text(parts)  # type: ignore[arg-type]


SLIPS = [
    ("N010", "error", {"五": ["无。"]}),
    ("N010", "error", {"五": []}),
    ("N010", "error", {"五": ["（一）存在的主要问题：", "无", "（二）改进情况：", "无"]}),
    ("N013", "warning", {"一": ["全年公开信息320条。"], "五": ["更新不够及时。下一步逐月核对。"]}),
    ("N015", "warning", {"一": []}),
    ("N015", "warning", {"六": []}),
    ("X021", "warning", {"一": ["依据《中华人民共和国政府信息公开条例》（国务院令第492号），公开信息320条。"]}),
    ("S009", "warning", {"一": ["全年培训XX次，待填。"]}),
    ("S009", "warning", {"一": ["这一项报告本机关政府信息公开工作总体情况。", "公开信息320条。"]}),
    ("S021", "info", {"一": ["公开信息320条，，解读12篇。"]}),
    ("X018", "info", {"一": ["{before}年，我市公开信息320条。"]}),
    ("X019", "info", {"五": ["更新不够及时。", "{year}年，我市将进一步加强培训。"]}),
    ("X020", "info", {"一": ["我局公开信息320条。"]}),
    ("X022", "info", {"一": ["按照国办公开办函〔2019〕60号编制，公开信息320条。"]}),
    ("S020", "info", {"六": ["未收取信息处理费。{{{{ content }}}}"]}),
]


@pytest.mark.parametrize(("rule", "severity", "change"), SLIPS)
def test_each_slip_in_a_complete_report_is_found(rule: str, severity: str, change: dict[str, list[str]]) -> None:
    """As one finding of its rule."""
    report = phrased(FORM, 0)
    years = {"year": report.drawn.year, "before": report.drawn.year - 1}
    prose = {name: [line.format(**years) for line in lines] for name, lines in change.items()}

    told = found(changed(report, prose))

    assert [one[:2] for one in told if one[0] == rule] == [(rule, severity)]


def outcomes(kind: str, **prose: str) -> dict[str, str]:
    """Return the outcomes that are shown, by rule, where an organ of a kind says something in its sections."""
    report = base_report(FORM, 2024, base={})
    said = {"overview": OVERVIEW, "problems": PROBLEMS, "other_matters": "无。", **prose}
    sections = tuple(
        section._replace(paragraphs=tuple(map(Paragraph, filter(None, said.get(section.id, "").split("|")))))
        for section in report.sections
    )
    names = {"department": "云岭市水务局", "government": "云岭市人民政府", "township": "白石镇人民政府"}
    issuer = Issuer(names[kind], kind)
    findings = ENGINE.judge(report._replace(sections=sections, issuer=issuer)).findings
    return {finding.rule: finding.outcome for finding in findings}


@pytest.mark.parametrize(
    ("rule", "kind", "words"),
    [
        ("X018", "department", "2024年，我局公开信息320条，2023年我局公开300条。"),
        ("X018", "department", "较2023年全区公开数增长三成。"),
        ("X018", "department", "{2023年度政府信息公开工作年度报告}按时公布。"),
        ("X019", "department", "2024年，我局将政府信息公开列入目标管理，2025年我局将继续完善。"),
        ("X020", "government", "市统计局、市教育局为本局部门网站维护责任单位。"),
        ("X020", "government", "供水格局不断优化，交由我局域网统一发布。"),
        ("X020", "department", "我局公开信息320条。"),
        ("X024", "department", "指导各镇、街道公开信息320条。"),
        ("X024", "township", "我镇公开信息320条。"),
        ("X021", "government", "依据条例（2007年4月5日国务院令第492号公布，2019年4月3日国务院令第711号修订）编制。"),
        ("X021", "government", "依据《中华人民共和国政府信息公开条例》第三十一条确定收到申请之日。"),
        ("X021", "government", "征求第三方意见按《中华人民共和国政府信息公开条例》第三十二条办理。"),
        ("X022", "government", "对照国办公开办函〔2019〕61号完善信息公开专栏，按国办公开办函〔2021〕30号编制。"),
        ("S021", "government", "信息……仍需核对——见附件。"),
        ("S021", "government", "“我要问。”“怎么公开？”等栏目，（含解读。）全部更新。"),
        ("S020", "government", "网址www.example.gov.cn，邮箱a@example.cn，占比<5%。"),
        ("S009", "government", "坚持应公开尽公开，主要包括主动公开、依申请公开两类。"),
    ],
)
def test_what_is_said_rightly_is_let_be(rule: str, kind: str, words: str) -> None:
    """Words that look like the fault that a rule is for."""
    assert rule not in outcomes(kind, overview=f"{OVERVIEW}|{words}")


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("无。", FAIL),
        ("（无）", FAIL),
        ("五、 暂无", None),
        ("", FAIL),
        ("没有", FAIL),
        ("无明显问题。|", FAIL),
        ("更新慢。", None),
        ("无专职人员。", None),
        ("问题：无专人负责。", None),
        ("无|一是更新不够及时", None),
    ],
)
def test_section_five_is_empty_or_not(said: str, outcome: str | None) -> None:
    """A word for nothing that makes up the section; any other words are something."""
    assert outcomes("department", problems=said).get("N010") == outcome


def test_a_section_that_is_a_picture_was_not_read() -> None:
    """Whether it is empty is not known, and is no finding."""
    page = (
        "<h1>云岭市水务局2024年政府信息公开工作年度报告</h1><h2>一、总体情况</h2><p>公开信息320条。</p>"
        "<h2>五、存在的主要问题及改进情况</h2><p><img src='5.png'></p>"
        "<h2>六、其他需要报告的事项</h2><table><tr><td>未收取信息处理费。</td></tr></table>"
    )
    report = extract(document_from_bytes(f"<html><body>{page}</body></html>".encode(), "page.html"))

    outcomes = {one.rule: one.outcome for one in ENGINE.judge(report).findings if one.rule in {"N010", "N015"}}

    assert outcomes == {"N010": UNDECIDED, "N015": UNDECIDED}


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        ("government", "云岭市人民政府", True),
        ("township", "白石镇人民政府", True),
        ("township", "临江区人民政府南麓街道办事处", False),
        ("government", "云岭经济开发区", False),
        ("department", "云岭市水务局", False),
    ],
)
def test_results_of_supervision_are_asked_of_governments_alone(kind: str, name: str, *, told: bool) -> None:
    """The offices of subdistricts, managers of zones and departments need not report them."""
    report = base_report(FORM, 2024, base={})._replace(issuer=Issuer(name, kind))

    assert ("N013" in {one.rule for one in ENGINE.judge(report).findings}) is told
