"""Drawn reports whose prose is put together from phrasings of many kinds of organ, in agreement with their tables."""

from __future__ import annotations

import html
import random
from typing import TYPE_CHECKING, NamedTuple

from tests.support.drawing import SPARSE, draw_report
from tests.support.pdfreports import Setting, outline_pdf
from tests.support.rendering import expanded, filled
from tests.support.wordfiles import as_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.support.drawing import Box, Drawn

    from nianbao.model.form import Form

_PDF_LINE = 48  # characters
Outline = list[tuple[str, str] | list[list["Box"]]]

# An organ: its name, what it calls itself, and its kind.
ORGANS = (
    ("云岭市人民政府", "我市", "government"),
    ("青柳县人民政府", "我县", "government"),
    ("云岭市临江区人民政府", "我区", "government"),
    ("松溪省人民政府", "我省", "government"),
    ("赤岭旗人民政府", "我旗", "government"),
    ("青柳县发展和改革局", "我局", "department"),
    ("云岭市水务局", "本局", "department"),
    ("松溪省林业厅", "我厅", "department"),
    ("云岭市卫生健康委员会", "我委", "department"),
    ("临江区城市管理委员会", "本机关", "department"),
    ("青柳县白石镇人民政府", "我镇", "township"),
    ("云岭市临江区南麓街道办事处", "我街道", "township"),
    ("青柳县杉树乡人民政府", "本乡", "township"),
    ("云岭经济开发区管委会", "管委会", "other"),
    ("云岭市人民政府办公室", "本办公室", "other"),
)
TITLES = (
    "{organ}{year}年政府信息公开工作年度报告",
    "{organ}{year}年政府信息公开年度报告",
    "{organ}{year}年度政府信息公开工作年度报告",
    "{organ}关于{year}年度政府信息公开工作的年度报告",
    "{year}年{organ}政府信息公开工作年度报告",
    "{organ}{year}年信息公开年度报告",
    "{organ}{year}年度信息公开工作报告",
)
PERIODS = (
    "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    "本年报统计期限为{year}年1月1日至{year}年12月31日。",
    "报告中的数据统计时间从{year}年1月1日起，到{year}年12月31日止。",
    "所列数据的统计期限为{year}年1月1日至12月31日。",
    "本报告数据统计期限：{year}年1月1日-{year}年12月31日。",
    "",
)
BASES = (
    "根据《中华人民共和国政府信息公开条例》第五十条的规定，编制本报告。",
    "按照《中华人民共和国政府信息公开条例》（国务院令第711号）和{number}的要求，编制本报告。",
    "依据《中华人民共和国政府信息公开条例》（2007年4月5日国务院令第492号公布，2019年4月3日国务院令第711号修订），现公布本报告。",
    "本报告由{organ}编制，如有疑问，请与{organ}联系。",
    "",
    "按照《条例》和{number}规定的格式编制，电子版可从网站（http://www.yunling.gov.cn/zwgk/xxgk/a__1.html）下载，如有疑问请来电。",
    "本报告依据现行条例第四十九条、第五十条编制（2019年5月15日起施行）。",
    "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
)
OPENINGS = (
    "{year}年，{self}认真贯彻条例和上级部署，围绕群众关心的事项做好公开。",
    "{year}年以来，在市政府办公室的指导下，{self}稳步推进政府信息公开工作。",
    "过去一年，{self}按照省、市和区政府办公室的要求，把公开作为转变作风的抓手，与上年相比进步明显。",
    "{self}对照{year}年政务公开工作要点，逐项分解任务，与宣传部门、统计局、教育局等单位协同落实。",
    "{year}年，{self}在{before}年工作的基础上，继续完善工作机制。",
    "{year}年度，{self}把信息公开作为年度重点工作，主要领导亲自过问，一些做法得到上级肯定。",
    "在省、市、县三级的统一部署下，{self}坚持公开为常态、不公开为例外，较{before}年同期有新的进展。",
    "{self}牢牢把握{year}年政府信息公开工作要点要求，推动公开与业务同部署、同落实。",
    "{before}年底，{self}完成了机构改革；{year}年，公开工作随职能调整同步到位。",
    "{self}与县财政局、县审计局建立协作，对照县政府办公室印发的{year}年度政务公开工作方案抓好落实。",
)
HEADS = (
    ("（一）主动公开。", "（二）依申请公开。", "（三）政府信息管理。", "（四）平台建设。", "（五）监督保障。"),
    (
        "（一）主动公开情况\n",
        "（二）依申请公开情况\n",
        "（三）政府信息管理情况\n",
        "（四）政府信息公开平台建设情况\n",
        "（五）监督保障情况\n",
    ),
    ("1.主动公开方面。", "2.依申请公开方面。", "3.信息管理方面。", "4.平台建设方面。", "5.监督保障方面。"),
    ("一是", "二是", "三是", "四是", "五是"),
)
DISCLOSED = (
    "通过门户网站主动公开各类信息{n}条，其中政策文件{m}条、工作动态{k}条。",
    "全年主动发布信息{n}余条，解读政策{m}篇，比{before}年多{k}条。",
    "坚持以公开为常态，及时公布机构职能、财政预决算和重大项目信息，共计{n}条。",
    "发布行政处罚、行政许可等结果信息{n}条，回应群众关切{m}次。",
    "主动公开工作取得新进展，公开条目{n}项，图文解读{m}篇。",
    "聚焦民生实事，更新教育、医疗、社保等领域内容{n}条，公开建议提案办理结果{k}件。",
    "网站全年推送稿件{n}篇，公告公示{m}条，会议信息{k}期。",
    "全面公布权责清单、办事指南和收费目录，主动公开率保持较高水平。",
    "召开新闻发布会{k}场，刊发政策图解{m}个，参加在线访谈{k}次。",
)
MANAGED = (
    "落实“先审查、后公开”，发布前由经办科室、分管领导逐级把关。",
    "修订公开指南和目录，对规范性文件实行动态清理，标明效力状态。",
    "健全信息发布审核制度，明确属性源头认定，全年清理过时信息{m}条。",
    "加强政府信息日常管理，对存量文件逐件核对。",
    "推行三审三校，谁公开谁负责，未发生泄密情况。",
    "按季度清查过期、失效内容，动态调整主动公开目录。",
    "制定公开工作台账，由专人登记、统一编号、按月归档。",
    "严把政治关、文字关、保密关，信息发布前均经审签。",
    "对历年文件开展公开属性评估，依法应当公开的一律转为公开。",
)
PLATFORMS = (
    "优化网站栏目设置，新增专栏{k}个，政务新媒体推送文章{n}篇。",
    "推进政府网站集约化建设，设立查阅点{k}处，方便群众查询。",
    "编发公报{k}期，升级政策文件库的检索功能。",
    "依托微信公众号和公示栏公开信息，平台运行平稳。",
    "加强门户网站和政务新媒体矩阵的日常维护，关停僵尸账号{k}个。",
    "线下设政务公开专区{k}处，配备自助查询设备。",
    "完善网上办事大厅和“12345”热线渠道，接受咨询{n}人次。",
    "微博、微信、客户端同步更新，累计发布{n}条。",
    "在村务公开栏、便民服务大厅张贴公告{m}份，打通公开最后一公里。",
)
SUPERVISED = (
    "召开专题会议{k}次，组织业务培训{m}人次，将公开工作纳入年度考核。",
    "明确专人负责，定期自查；开展社会评议，群众满意度较高；全年没有发生责任追究的情形。",
    "把政务公开列入绩效考评，委托第三方评估{k}次，未发生被追责问责的情况。",
    "接受市政府办公室的检查和考核，对发现的{k}个问题即时整改，通报结果。",
    "健全领导小组，压实责任，每季度抽查通报一次，纳入目标责任制考核。",
    "聘请社会监督员{k}名，征求意见建议{m}条；对工作不力的单位约谈提醒。",
    "建立例会和督办机制，年终考核结果为优秀，群众评议满意率较高，无责任追究。",
    "参加市里组织的培训{k}次，第三方测评位次提升，没有因公开不力被问责。",
)
NONE_RECEIVED = (
    "全年未收到政府信息公开申请。",
    "{year}年没有收到公民、法人和其他组织提出的政府信息公开申请。",
    "本年度未接到依申请公开政府信息的申请。",
    "无依申请公开事项，畅通网上、信函等渠道。",
    "{self}未收到依申请公开政府信息申请。",
    "全年未收到政府信息公开的申请，也没有结转的申请。",
    "未收到任何政府信息公开申请，申请渠道保持畅通。",
    "新收申请{new}件（其中网上提交的占多数），结转上年{carried_in}件，均已依规答复或按期办理。",
    "共接到信息公开申请{new}件，与{before}年相比有所变化，全部在法定期限内作出处理。",
    "收到申请{new}宗，均为群众通过网络和信函提出，按规定程序办理。",
    "{year}年全年受理申请{new}件，结转下年度继续办理{carried_out}件，答复率百分之百。",
)
RECEIVED = (
    "全年新收政府信息公开申请{new}件，上年结转{carried_in}件，均依法依规办理。",
    "共收到公开申请{new}件，另有上年结转{carried_in}件；办结{total}件，结转下年度继续办理{carried_out}件。",
    "{year}年受理政府信息公开申请{new}件，12月份未收到申请，其余月份均按期答复。",
    "办理申请{total}件，无一超期；其中3个部门未收到政府信息公开申请。",
)
PROBLEMS = (
    "一是信息更新还不够及时；二是解读形式较为单一；三是经办人员业务水平有待提高。",
    "对照上级要求和群众期盼，还有差距：公开的深度不够，个别栏目更新滞后。",
    "存在的主要问题是：一些科室主动公开意识不强，公开内容与群众需求之间还有不足。",
    "仍存在以下不足：人员变动频繁，培训没有跟上，答复文书需进一步规范。",
    "主要不足有：政策解读的质量不高，线下公开渠道偏少，个别单位对条例理解不深。",
    "信息发布数量与群众期待仍有距离，基层力量薄弱，兼职人员较多。",
    "公开工作发展不平衡，有的科室报送不及时，重发布、轻解读的现象仍存在。",
    "经过自查，还存在标准化程度不够、互动回应不及时等短板。",
    "在{year}年的工作中，我们也清醒地看到：新媒体运用能力需要进一步提升，依申请公开的办理流程需进一步规范。",
    "目前工作中的困难是专业人员缺乏，档案数字化率低。",
)
PLANS = (
    "下一步，{self}将从以下方面改进：一是加强培训；二是丰富解读形式；三是完善审核制度。",
    "{after}年，{self}将进一步健全工作机制，加大主动公开力度，提升答复质量。",
    "针对上述问题，已采取的改进措施有：建立台账，逐月核对，年内整改到位；{after}年继续巩固。",
    "今后将继续加强与有关单位的沟通，按季度通报，持续提高公开水平。",
    "{self}计划{after}年重点抓好三件事：开展专题培训、升级网站检索、规范答复文书。",
    "改进情况：{year}年，{self}将公开职责写入各科室岗位说明，新设专栏{k}个，过期内容全部清理完毕。",
    "对以上不足，{self}已制定整改清单，明确时限和责任人，力争{after}年上半年全部销号。",
    "一要提高认识，健全制度；二要突出重点，深化公开；三要强化督查，务求实效。",
    "我们将以群众需求为导向，优化服务方式，并加强对乡镇、街道和各部门的指导。",
)
OTHERS = (
    "{year}年未收取政府信息公开信息处理费。",
    "本年度未收取信息处理费，没有其他需要报告的事项。",
    "{year}年，{self}无收取信息处理费情况。无其他需要报告的事项。",
    "依据《政府信息公开信息处理费管理办法》，全年收取信息处理费0元。",
    "本年度未发生政府信息公开收费事项，无其他需报告的事项。",
    "{self}{year}年未收取信息处理费，依法保障申请人权利。",
    "全年没有收取政府信息公开信息处理费的情况。\n{organ}\n{after}年1月20日",
)
HEADINGS = {
    "overview": ("一、总体情况", "一、概述", "一、工作开展情况"),
    "disclosure": ("二、主动公开政府信息情况", "二、行政机关主动公开政府信息情况"),
    "applications": ("三、收到和处理政府信息公开申请情况", "三、依申请公开政府信息情况"),
    "disputes": ("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开行政复议和行政诉讼情况"),
    "problems": ("五、存在的主要问题及改进情况", "五、存在问题及改进情况", "五、存在的主要问题及改进措施"),
    "other_matters": ("六、其他需要报告的事项", "六、其它需要报告的事项", "六、其他事项"),
}
NUMBERS = {"zfxxgk-2021": "国办公开办函〔2021〕30号", "zfxxgk-2019": "国办公开办函〔2019〕60号"}


class Phrased(NamedTuple):
    """A drawn report with its prose: what it is laid out from, and its organ's kind."""

    drawn: Drawn
    outline: Outline
    kind: str


def phrased(form: Form, seed: int) -> Phrased:
    """Draw a complete report of some organ."""
    dice = random.Random(f"phrased/{seed}")
    name, own, kind = ORGANS[seed % len(ORGANS)]
    drawn = draw_report(form, f"phrased/{seed}", densities=(0.0, *SPARSE, 0.3))
    words = {
        "organ": name,
        "self": own,
        "year": drawn.year,
        "before": drawn.year - 1,
        "after": drawn.year + 1,
        "number": NUMBERS[form.id],
        "n": dice.randrange(200, 9000),
        "m": dice.randrange(10, 200),
        "k": dice.randrange(2, 30),
        **{row: drawn.cells[f"applications.{row}.total"] for row in ("new", "carried_in", "carried_out", "total")},
    }

    def say(*choices: Sequence[str]) -> str:
        return "".join(dice.choice(one) for one in choices).format(**words)

    topics = (DISCLOSED, RECEIVED if words["new"] else NONE_RECEIVED, MANAGED, PLATFORMS, SUPERVISED)
    overview = [say(OPENINGS, BASES)]
    heads = dice.choice(HEADS)
    for head, topic in zip(heads, topics, strict=True):
        overview += f"{head}{say(topic)}".split("\n")
    prose = {
        "overview": overview,
        "problems": [f"（一）主要问题。{say(PROBLEMS)}", f"（二）改进情况。{say(PLANS)}"]
        if dice.random() < 0.5
        else [say(PROBLEMS), say(PLANS)],
        "other_matters": say(OTHERS).split("\n"),
    }
    outline: Outline = [("title", say(TITLES)), ("prose", say(PERIODS))]
    for section in drawn.form.sections:
        outline.append(("heading", say(HEADINGS[section.id])))
        outline += [("prose", line) for line in prose.get(section.id, ()) if line]
        outline += [filled(drawn, table) for table in drawn.form.tables.values() if table.section == section.id]
    return Phrased(drawn, outline, kind)


def as_text(outline: Outline) -> bytes:
    """Return a report as a text with tabs between the cells of its tables."""
    lines: list[str] = []
    for part in outline:
        lines += [part[1]] if isinstance(part, tuple) else ["\t".join(row) for row in expanded(part)]
    return "\n".join([*lines, ""]).encode()


def as_pdf(outline: Outline) -> bytes:
    """Return a report as a PDF, its prose broken into lines."""
    return outline_pdf([line for part in outline for line in _broken(part)], Setting())


def _broken(part: tuple[str, str] | list[list[Box]]) -> list[tuple[str, str] | list[list[Box]]]:
    if isinstance(part, list) or part[0] != "prose":
        return [part]
    return [("prose", part[1][at : at + _PDF_LINE]) for at in range(0, len(part[1]), _PDF_LINE)]


def as_page(outline: Outline) -> bytes:
    """Return a report as a plain page."""
    tags = {"title": "h1", "heading": "h2", "prose": "p"}
    parts = [
        f"<{tags[part[0]]}>{html.escape(part[1])}</{tags[part[0]]}>" if isinstance(part, tuple) else _table(part)
        for part in outline
    ]
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(parts)}</body></html>'.encode()


def _table(rows: Sequence[Sequence[Box]]) -> str:
    cells = [
        "".join(f'<td rowspan="{box.rowspan}" colspan="{box.colspan}">{html.escape(box.text)}</td>' for box in row)
        for row in rows
    ]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


WRITERS: dict[str, Callable[[Outline], bytes]] = {"text": as_text, "page": as_page, "word": as_word}
