"""Tell the kind of a body by the shape of its name: a collective, a group, a hospital, a company and so on."""

from __future__ import annotations

from functools import lru_cache

from kg.grammar.pattern import Pattern
from kg.records import OrganizationKind

_LOW = r"(?:乡镇|镇乡|镇街|乡|镇|街道|社区|村)"
_LOCAL = rf"(?:省|市(?![场政容民])|区(?![域划块])|县(?![域志])|旗|州|盟|园区|开发区|{_LOW})"
_LOCALS = rf"{_LOCAL}(?:[、/和]?\(?{_LOCAL}(?:[、/和]{_LOCAL})*\)?)+"
_ATTRIBUTE = r"(?:有关|相关|其他|其它|涉及|责任|成员|职能|(?:行业|业务)?主管|牵头|配合|参与|监管|执法|所属|直属)"
_SORT = (
    r"(?:部门|部委|机关|机构|组织|团体|平台|科室|委办局|院校|学校|高校|医院|企业|公司|银行|养老院|敬老院"
    r"|幼儿园|家庭|社区|园区|开发区|地区|地方|乡镇|街道|镇街|镇乡|镇|乡|村|地)"
)
_FIELD = r"(?:养老|托育|医疗|卫生|金融|教育|社会|行业|基层|服务|婴幼儿照护|高等|职业|中小)"
_NOTE = r"(?:\([^()]+\))?"

SHAPES = (
    Pattern(
        OrganizationKind.GROUP,
        r".+(?:小组|专家组|专班|联席会议|协调会议|指挥部|工作组|专项组|协调组|(?:协调|工作|推进)机制)"
        r"(?:办公室|办|牵头单位|召集人单位|各?成员单位|\([^()]+\))*",
        ("市灯塔工作领导小组办公室", "灯塔保护专班牵头单位"),
        ("区政府办公室",),
    ),
    Pattern(
        OrganizationKind.COLLECTIVE,
        rf"各.+|(?!全州县)[全本我][省市区县州旗盟].+|.*单位|[省市区县州]级以上.+|驻.+(?:机构|部队)|属地.*|辖区.+|(?:.{{1,2}}地|地方|基层)(?:人民)?政府"
        rf"|[省市区县州](?:级|直|属).*(?:部门|机构|院校|学校|高校|医院|企业|机关)"
        rf"|{_ATTRIBUTE}(?:.*{_SORT}|{_LOCALS})|.*(?:有关|相关|各){_ATTRIBUTE}?{_SORT}"
        rf"|{_LOCALS}.*|{_LOCAL}两级.+|{_LOW}(?:人民)?政府{_NOTE}|街道办事处|{_LOW}"
        rf"|{_LOW}?(?:居委会|村委会)|(?:社区|村|居|村居|村\(居\))民?委员会"
        rf"|{_FIELD}*(?:机构|组织|院校|学校|企业|协会|商会|团体)|社会各界|社会力量",
        ("各岛县(市、区)人民政府", "市级有关部门"),
        ("区灯塔局", "市政府", "区灯塔协会", "县市场监管局"),
    ),
    Pattern(
        OrganizationKind.HOSPITAL,
        r".*(?:医院|卫生院|保健院|保健所|保健中心|卫生服务(?:中心|站)|卫生室|疗养院|门诊部|诊所"
        rf"|医学中心|医疗中心|医疗集团|医共体|医联体){_NOTE}",
        ("灯塔大学附属港湾医院", "区妇幼保健院"),
        ("区卫生健康委", "急救中心办公室"),
    ),
    Pattern(
        OrganizationKind.SCHOOL,
        r"(?!.*研究).*(?:大学|学院|学校|中学|小学|幼儿园|党校|干校|高中|初中|技校|职校|水电校|电大"
        rf"|职教中心|职业教育中心|师专|医专|高专|幼专|幼师){_NOTE}|.*(?:大学|学院).{{1,8}}(?:系|分院|校区|研究院)",
        ("灯塔职业技术学院", "区委党校"),
        ("区教育局", "老年大学协会"),
    ),
    Pattern(
        OrganizationKind.COMPANY,
        rf"(?!.*人民银行).*(?:公司|集团|银行|银行.*[分支]行|信用社|农信联社|农商行|厂|电网|企业|商场|超市){_NOTE}"
        r"|中国(?:电信|移动|联通|铁塔|邮政|石油|石化|人寿|人保)|电信|移动|联通|铁塔",
        ("区灯塔公司", "灯塔农村商业银行港湾支行"),
        ("中国人民银行灯塔支行", "区灯塔局"),
    ),
    Pattern(
        OrganizationKind.ASSOCIATION,
        r".*(?:协会|学会|商会|联合会|红十字会|基金会|促进会|研究会|慈善会|总会|妇联|残联|工会|团委|科协|工商联"
        rf"|侨联|文联|社科联|计生协|贸促会|作协|联盟|服务队|社工站|合作社){_NOTE}|共青团.*|团[省市区县州旗]委",
        ("区灯塔行业协会", "市总工会"),
        ("区灯塔委员会", "区灯塔局"),
    ),
    Pattern(
        OrganizationKind.GOVERNMENT,
        r".*(?:政府|行署|行政公署|街道(?:办事处|办)?|管委会|管理委员会|管理区|开发区|高新区|经开区|园区|新区|新城"
        rf"|示范区|试验区|度假区|保税区|合作区|产业园|科学城|科技城|林场|农场){_NOTE}"
        rf"|[\u4e00-\u9fff]{{2,}}[镇乡省市区县州旗盟]{_NOTE}|[\u4e00-\u9fff]+苏木",
        ("灯塔市人民政府", "渔网工业园区管委会"),
        ("区灯塔局", "乡"),
    ),
    Pattern(
        OrganizationKind.DEPARTMENT,
        r".*(?:局|委|厅|部|办|署|办公室|办公厅|委员会|法院|检察院|海关|中心|支队|大队|总队|队|馆|院|所|站|处|科|室"
        rf"|段|台|社|宫|园|场|军分区|警备区|部门|机关|政协|人大|[分支]行){_NOTE}",
        ("区灯塔局", "市渔网服务中心"),
        ("灯塔亮度", "灯塔农户"),
    ),
)
"""The shapes in the order in which they are tried; each is named after its kind and matched against the whole name."""


@lru_cache(maxsize=65536)
def shape_of(name: str) -> OrganizationKind:
    """Return the kind that the shape of a cleaned name shows; `OTHER` where none does."""
    for shape in SHAPES:
        if shape.regex.fullmatch(name):
            return OrganizationKind(shape.name)
    return OrganizationKind.OTHER


def kind_of_function(function: str, group: str) -> OrganizationKind:
    """Return the kind of the bodies of a function: 团委 is no department and 供电局 no office of government."""
    if group == "utilities":
        return OrganizationKind.COMPANY
    if group == "mass-organizations":
        return OrganizationKind.ASSOCIATION
    if function in ("general-government", "development-zone"):
        return OrganizationKind.GOVERNMENT
    if function == "party-school":
        return OrganizationKind.SCHOOL
    return OrganizationKind.DEPARTMENT
