"""The differences from the official print that are known, and what is read of a report that has them."""

from __future__ import annotations

from decimal import Decimal

from tests.support.varying import (
    FORMS,
    LINED,
    SPANLESS,
    TRUE_GRIDS,
    Variation,
    apart,
    both,
    cut_label,
    exchanged,
    glued,
    longer_rows,
    merged,
    merged_down,
    nothing,
    one_table,
    paged,
    refigured,
    reordered,
    reworded,
    row_tables,
    small_tables,
    strip_lines,
    strip_parts,
    subtotal_column,
    subtotal_rows,
    torn_strip,
    turned_strip,
    unlabelled,
    with_rows,
    without_columns,
    without_gaps,
    without_group_cells,
    without_rows,
)

NO_ROW = "没有找到这一行"
NO_COLUMN = "没有找到这一列"
ODD = "分不清各属哪一列"
NEW = FORMS[1:]
OLD = FORMS[:1]
LONG = "partial"  # a row with a label of many words
RESULTS = ("denied.state_secret", "unavailable.not_held")

_ROWS = [
    Variation("as printed", nothing),
    Variation(
        "rows missing",
        without_rows(disclosure=("normative_documents",), applications=("carried_in", "denied.third_party_rights")),
        {
            f"{row}.*": NO_ROW
            for row in (
                "disclosure.normative_documents",
                "applications.carried_in",
                "applications.denied.third_party_rights",
            )
        },
    ),
    Variation(
        "rows added",
        with_rows(
            disclosure=(
                ("normative_documents", "其他主动公开文件"),
                ("coercion", "行政检查"),
                ("penalties", "行政确认"),
            ),
            applications=(
                ("denied.administrative_inquiry", "9.属于其他情形"),
                ("not_processed.confirmation", "6.其他"),
                ("granted", "其中：涉及部门较多的"),
            ),
        ),
    ),
    Variation("rows turned round", reordered),
    Variation("numbers with a comma", reworded(r"^(\d)\.", r"\1、")),
    Variation("numbers with a wide point", reworded(r"^(\d)\.", r"\1．")),
    Variation("numbers in circles", reworded(r"^(\d)\.", lambda match: chr(0x245F + int(match[1])))),
    Variation("numbers in brackets", reworded(r"^(\d)\.", r"(\1)")),
    Variation("numbers in wide brackets", reworded(r"^(\d)\.", r"（\1）")),
    Variation("numbers alone", reworded(r"^(\d)\.", r"\1 ")),
    Variation("no numbers", reworded(r"^(\d)\.", "")),
    Variation("groups in half-width brackets", reworded(r"^（(.)）", r"(\1)")),
    Variation("groups without the first bracket", reworded(r"^（(.)）", r"\1)")),
    Variation("groups with a comma", reworded(r"^（(.)）", r"\1、")),
    Variation("groups without numbers", reworded(r"^（(.)）", "")),
    Variation("first level without numbers", reworded("^[一二三四]、", "")),
    Variation("half-width signs", reworded("[，：；（）、]", lambda match: ",:;(),"["，：；（）、".index(match[0])])),
    Variation("spaces inside", reworded(r"^(.{2,}?)(..)$", r"\1 \2")),
    Variation("spaces everywhere", reworded(r"(.)", r"\1 ")),
    Variation("line breaks inside", reworded(r"^(..)(.+)$", "\\1\n\\2"), kinds=TRUE_GRIDS),
    Variation("straight quotes", reworded("[“”]", '"')),
    Variation("no quotes", reworded("[“”]", "")),
    Variation("other quotes", reworded("“(.*)”", r"「\1」")),
    Variation("bracket moved", reworded("第（(.)）项", r"第(\1项)")),
    Variation("second word of the paragraph missing", reworded("第（(.)）项", r"（\1）项")),
    Variation("the regulation named", reworded("^第二十条第", "中华人民共和国政府信息公开条例 第二十条  第")),
    Variation("spaces and breaks in words", reworded("^(自然)(人)$|^(社会公益)(组织)$", r"\1\3 \2\4")),
    Variation("a note behind a row", reworded("^(规章)$", r"\1（指本机关制定的）")),
    Variation(
        "a note behind a head", reworded("^(上一年项目数量|现行有效件数)$", r"\1 (指年末的数，含以前年度制定的)")
    ),
    Variation("the year in a head", reworded("^本年", "本年(2023)"), forms=NEW),
    Variation(
        "a legal definition behind a row",
        reworded(
            "^(规章|规范性文件|行政规范性文件)$",
            r"\1：" + "指依照法定权限和程序制定并公布的，涉及公民权利义务的文书；" * 5,
        ),
    ),
    Variation("words dropped", reworded("上年结转政府信息公开申请数量", "上年结转政府信息公开数量")),
    Variation("a misspelling", reworded("禁止公开$", "止公开")),
    Variation(
        "short words",
        reworded(
            "申请人无正当理由逾期不补正、.*|申请人逾期未按收费通知要求缴纳费用、.*",
            lambda match: match[0].split("、")[0],
        ),
        forms=NEW,
    ),
    Variation("no word of the kind", reworded("^行政规范性文件", "规范性文件"), forms=NEW),
    Variation("other words for total", reworded("^总计$|）总计$", lambda match: match[0].replace("总计", "合计"))),
    Variation(
        "traditional characters",
        reworded(
            "规章|行政强制|总计|结转",
            lambda match: {"规章": "規章", "行政强制": "行政強制", "总计": "總計", "结转": "結轉"}[match[0]],
        ),
    ),
]

_CUT = [
    Variation(
        f"label cut, figures {'first' if first else 'second'}{how}",
        both(
            cut_label("denied.security_stability", 4, figures_first=first),
            cut_label(LONG, 12, figures_first=first, pages="page" in how, heads="heads" in how),
        ),
    )
    for first in (True, False)
    for how in ("", ", on two pages", ", on two pages with heads")
] + [
    Variation(
        f"label cut behind words that are enough, figures {'first' if first else 'second'}",
        both(
            cut_label("other.uncorrected", 15, figures_first=first), cut_label("other.unpaid", 20, figures_first=first)
        ),
        forms=NEW,
    )
    for first in (True, False)
]

_CUT += [
    Variation(
        "the end of a label alone on the second page",
        cut_label("carried_out", 5, figures_first=True, pages=True),
        kinds=("page", "flow", "bars", "tabs"),
    ),
    Variation("words parted by spaces", reworded(r"^(.{4,}?)(..)$", r"\1 \2", "applications"), kinds=("spaces",)),
    Variation(
        "a blank total without its number",
        reworded("^（七）总计$", "总计"),
        blanks=("applications.total.*",),
        kinds=LINED,
    ),
]

_COLUMNS = [
    Variation("a subtotal column", subtotal_column),
    Variation("subtotals on rows of groups", subtotal_rows("")),
    Variation("subtotals on rows of their own", subtotal_rows("小计")),
    Variation("a column missing", without_columns("applications", "legal"), {"applications.*.legal": NO_COLUMN}),
    Variation(
        "a column of documents missing",
        without_columns("disclosure", "repealed", within="regulations"),
        {"disclosure.*.repealed": NO_COLUMN},
        forms=NEW,
        kinds=LINED,
    ),
    Variation(
        "the total column missing", without_columns("applications", "total"), {"applications.*.total": NO_COLUMN}
    ),
    Variation("the total column blank", nothing, blanks=("applications.*.total",)),
    Variation("totals blank", nothing, blanks=("*.total.*", "*.total")),
    Variation("columns exchanged", exchanged("applications", "legal", "welfare")),
    Variation("words lost in a head", reworded("^本年新.*", "本年新"), forms=OLD),
    Variation("a misspelt head", reworded("^社会公益组织$", "社会公益祖织")),
    Variation(
        "two heads misspelt alike",
        reworded("^(社会公益组织|法律服务机构)$", "社会法律服务"),
        {"applications.*.welfare": NO_COLUMN, "applications.*.legal": NO_COLUMN},
    ),
    Variation("another head misspelt", reworded("^科研机构$", "科研单位部门"), {"applications.*.research": NO_COLUMN}),
    Variation(
        "invented heads",
        reworded("^(自然人|总计|商业企业|科研机构|社会公益组织|法律服务机构|其他)$", "数据", "applications"),
        {"applications.*": NO_COLUMN},
    ),
    Variation("blank cells behind some rows", longer_rows("applications", RESULTS, more=2), kinds=("page", "bars")),
    Variation(
        "blank cells behind most rows",
        longer_rows("applications", ("new", "granted", "partial", "total", *RESULTS), more=1),
        kinds=("page", "bars"),
    ),
    Variation("labels of groups without spans", without_group_cells, kinds=("page", "flow", "bars")),
]

_STRIPS = [
    Variation("heads torn", torn_strip, kinds=SPANLESS),
    *(Variation(f"heads on {lines} lines", strip_lines(lines), kinds=SPANLESS) for lines in (1, 2, 3)),
    Variation("two strips", strip_parts(("review",), ("litigation_direct", "litigation_after_review"))),
    Variation("three strips", strip_parts(("review",), ("litigation_direct",), ("litigation_after_review",))),
    Variation(
        "two strips with row labels",
        strip_parts(("review",), ("litigation_direct", "litigation_after_review"), label="数量"),
    ),
    Variation(
        "a strip with a row label",
        strip_parts(("review", "litigation_direct", "litigation_after_review"), label="件数"),
    ),
    Variation(
        "a strip with a note",
        strip_parts(("review", "litigation_direct", "litigation_after_review"), note="注：本表数量含上年度结转数量。"),
    ),
    Variation("a strip turned round", turned_strip),
    Variation("a head misspelt", reworded("^行政复议$", "行政法复议", "disputes")),
    Variation(
        "a column of a strip missing", without_columns("disputes", "pending"), {"disputes.review.pending": NO_COLUMN}
    ),
    Variation("totals of a strip blank", nothing, blanks=("disputes.*.total",)),
]

_PAGES = [
    Variation("a page break", paged("applications", "denied.internal_affairs", heads=False)),
    Variation("a page break, heads again", paged("applications", "denied.internal_affairs", heads=True)),
    Variation(
        "a page break, groups not again",
        paged("applications", "denied.internal_affairs", heads=False, repeat=False),
        kinds=LINED,
    ),
    Variation(
        "a page break, groups not again, lines lost",
        paged("applications", "denied.internal_affairs", heads=False, repeat=False),
        {"applications.denied.third_party_rights.*": ODD},
        kinds=("flow",),
    ),
    Variation("a page number between", paged("applications", "not_processed.petition", heads=False, note="—3—")),
    Variation("three pages", paged("applications", "unavailable.not_held", "total", heads=False)),
    Variation("three pages with heads", paged("applications", "unavailable.not_held", "total", heads=True)),
    Variation("the last row alone", paged("applications", "carried_out", heads=False)),
    Variation("documents on two pages", paged("disclosure", "normative_documents", heads=False)),
    Variation("matters on two pages", paged("disclosure", "penalties", heads=False)),
    Variation("four small tables", small_tables),
    Variation("a table for each row", row_tables),
    Variation("two tables as one", one_table("disclosure", "applications")),
    Variation("two tables as one, with headings", one_table("disclosure", "applications", headings=True)),
    Variation("all tables as one", one_table("disclosure", "applications", "disputes")),
    Variation("all tables as one, with headings", one_table("disclosure", "applications", "disputes", headings=True)),
    Variation(
        "a subtotal column over a page break",
        both(subtotal_column, paged("applications", "unavailable.not_held", heads=False)),
    ),
    Variation(
        "a missing column over a page break",
        both(without_columns("applications", "legal"), paged("applications", "unavailable.not_held", heads=False)),
        {"applications.*.legal": NO_COLUMN},
    ),
]

_FIGURES = [
    Variation(
        "two figures a row",
        nothing,
        blanks=tuple(f"applications.*.{name}" for name in ("enterprise", "research", "welfare", "legal", "other_org")),
    ),
    Variation(
        "totals alone",
        nothing,
        blanks=tuple(
            f"applications.*.{name}"
            for name in ("natural_person", "enterprise", "research", "welfare", "legal", "other_org")
        ),
    ),
    Variation("a row of blanks", nothing, blanks=("applications.not_processed.petition.*", "disclosure.regulations.*")),
    Variation(
        "one zero for a row", merged("applications", "granted"), {"applications.granted.*": "跨"}, kinds=TRUE_GRIDS
    ),
    Variation(
        "one zero for a row, spans lost",
        merged("applications", "granted"),
        {"applications.granted.*": ODD},
        kinds=SPANLESS,
    ),
    Variation(
        "one figure for three rows",
        merged_down("enterprise", "denied.state_secret", "denied.prohibited_by_law"),
        {"applications.denied.state_secret.enterprise": "跨", "applications.denied.prohibited_by_law.enterprise": "跨"},
        kinds=TRUE_GRIDS,
    ),
    Variation(
        "rows without labels",
        unlabelled("disclosure.penalties", "applications.denied.internal_affairs"),
        {"disclosure.penalties.*": "没有行名", "applications.denied.internal_affairs.*": "没有行名"},
        kinds=("page", "bars", "tabs", "markdown"),
    ),
    Variation("a figure in two cells", apart("applications.granted.natural_person"), {"applications.granted.*": ODD}),
    Variation(
        "a figure of documents in two cells", apart("disclosure.regulations.made"), {"disclosure.regulations.*": ODD}
    ),
    Variation("a figure of a strip in two cells", apart("disputes.review.upheld"), {"disputes.*": "对不上"}),
    Variation(
        "figures run together",
        both(glued("applications", "granted"), glued("disclosure", "regulations")),
        {"applications.granted.*": "连在一起", "disclosure.regulations.*": "连在一起"},
    ),
    Variation(
        "figures run together behind the label",
        both(glued("applications", "granted", label=True), glued("disclosure", "regulations", label=True)),
        {"applications.granted.*": "连在一起", "disclosure.regulations.*": "连在一起"},
    ),
]

_WORDS = [
    Variation(
        "signs and words for more and less",
        refigured(
            {
                "disclosure.licensing.change": "+126",
                "disclosure.other_services.change": "-35",
                "disclosure.penalties.change": "增10",
                "disclosure.coercion.change": "减3",
                "disclosure.fees.change": "+0",
            }
        ),
        values={
            "disclosure.licensing.change": 126,
            "disclosure.other_services.change": -35,
            "disclosure.penalties.change": 10,
            "disclosure.coercion.change": -3,
            "disclosure.fees.change": 0,
        },
        forms=OLD,
    ),
    Variation(
        "signs that are in doubt",
        refigured(
            {
                "disclosure.licensing.change": "--253",
                "disclosure.other_services.change": "+(0)",
                "disclosure.penalties.change": "+(0) -(0)",
                "disclosure.fees.change": "增减10",
                "disclosure.coercion.prior_items": "增1423",
            }
        ),
        words=(
            "disclosure.licensing.change",
            "disclosure.other_services.change",
            "disclosure.penalties.change",
            "disclosure.fees.change",
            "disclosure.coercion.prior_items",
        ),
        forms=OLD,
    ),
    Variation(
        "an amount with a unit",
        refigured({"disclosure.procurement.amount": "251000元"}),
        values={"disclosure.procurement.amount": 251000},
        forms=OLD,
    ),
    Variation(
        "an amount with the unit of its column",
        refigured({"disclosure.fees.amount": "523.15万元"}),
        values={"disclosure.fees.amount": Decimal("523.15")},
        forms=NEW,
    ),
    Variation(
        "an amount with another unit",
        refigured({"disclosure.fees.amount": "70487元"}),
        words=("disclosure.fees.amount",),
        forms=NEW,
    ),
    Variation(
        "an amount with a remark",
        refigured({"disclosure.fees.amount": "13000000（预算数）"}),
        words=("disclosure.fees.amount",),
        forms=NEW,
    ),
    Variation(
        "figures with units", refigured({"disclosure.regulations.made": "{}件", "applications.new.total": "{}宗"})
    ),
    Variation(
        "remarks in cells",
        refigured(
            {
                "disclosure.normative_documents.made": "22（其中修订16件）",
                "disclosure.regulations.public_total": "55（含自然失效29件）",
                "disclosure.regulations.in_force": "55（含2件）",
                "applications.new.enterprise": "3（网络2件）",
                "disputes.review.upheld": "4（含上年1件）",
            }
        ),
        words=(
            "disclosure.normative_documents.made",
            "disclosure.regulations.public_total",
            "disclosure.regulations.in_force",
            "applications.new.enterprise",
            "disputes.review.upheld",
        ),
    ),
    Variation(
        "a remark in the first cell of a row",
        refigured({"applications.granted.natural_person": "9（网络2件）", "disclosure.regulations.made": "1（修订）"}),
        words=("applications.granted.natural_person", "disclosure.regulations.made"),
    ),
    Variation(
        "wide and odd spaces",
        refigured({"applications.new.enterprise": "\u3000{}", "disputes.review.upheld": " {}\u00a0"}),
    ),
    Variation(
        "a question mark for a space",
        refigured({"applications.new.enterprise": "? {}"}),
        words=("applications.new.enterprise",),
    ),
]

_WHOLE = [
    Variation("the whole report on one line", nothing, {"*": "连在一起"}, kinds=("flow",), text=without_gaps),
]

VARIATIONS = [*_WHOLE, *_WORDS, *_ROWS, *_CUT, *_COLUMNS, *_STRIPS, *_PAGES, *_FIGURES]
