"""The patterns by which names of bodies and regions are read, each with examples that the tests read."""

from __future__ import annotations

from kg.grammar.pattern import Pattern

RANKS = "省市区县州旗盟"

_HAN = r"[\u4e00-\u9fff]"
_ZONE_WORD = r"(?:新区|开发区|园区|高新区|经开区|示范区|试验区|度假区|保税区|合作区|产业园|科学城|科技城)"
_COMMITTEE_OF = r"(?:管委会|管理委员会)"
_INNER_UNIT = (
    r"(?:分局|支局|分中心|中心|支队|大队|总队|中队|队|所|站|处|科|室|股|(?<![学医])院|馆|分行|支行|营业部|管理部|分公司"
    r"|局集团(?:有限)?公司|监管局|管理局|税务局|调查队|党组|党委|机关党委|办事处|办公室|办)"
)
_TOWNSHIP_RANK = r"(?:乡镇街道|镇乡街道|乡镇|镇乡(?!村)|镇街|街道|镇(?!江)|乡(?!村))"
_NAMED_TOWNSHIP = rf"{_HAN}+(?:(?<![城乡集村小古])镇|(?<![城水家返下老])乡|街道)"

BUREAU = Pattern(
    "bureau",
    r"(?P<stem>.+?)(?:委员会|总局|局|厅|部|委|署)",
    ("灯塔局", "渔网管理委员会"),
    ("灯塔办公室", "灯塔中心"),
)
ANY_BUREAU = Pattern(
    "bureau named by its field only",
    r"(?P<stem>.+?)(?:(?:行政)?(?:主管)?部门|机关)",
    ("灯塔部门", "渔网行政主管部门"),
    ("灯塔局",),
)
OFFICE = Pattern(
    "office",
    r"(?P<stem>.+?)(?:工作)?(?:办公室|办公厅|办)",
    ("灯塔办", "渔网工作办公室"),
    ("灯塔局",),
)
INNER = Pattern(
    "what follows the name of a body in that of an office or branch of it",
    rf".{{0,14}}{_INNER_UNIT}",
    ("港湾分局", "中心支行港湾分行"),
    ("港湾小学", "学院"),
)
BRANCH_END = Pattern(
    "what is left of the name of a branch of a central body without body and place",
    r"(?:(?:安全)?(?:监管|监察|监督管理|管理|督察))?(?:分局|支局|局|分行|支行|中心支行|营业管理部|专员办|办事处|办)",
    ("局", "监管分局"),
    ("中心", "灯塔局"),
    whole=True,
)
LOCAL_BRANCH = Pattern(
    "end of the name of a branch that stands in some place",
    r".{2,}(?:局|分行|支行|中心支行|专员办|调查队|调查总队)",
    ("灯塔监管分局", "灯塔局"),
    ("办公厅", "局"),
    whole=True,
)
GENERIC_STEM = Pattern(
    "the stem of a name that says nothing of a field: 管理 of 管理委员会",
    r"(?:管理|街道|(?:人民)?政府|国务院|中央|党委|行署)",
    ("管理", "政府"),
    ("城市管理", "政府服务"),
    whole=True,
)
MANAGED = Pattern(
    "a stem with a word that says nothing of its field",
    r"(?!交通)(?P<stem>.{2,}?)(?:监督)?(?:管理|事务|事业)",
    ("灯塔管理", "渔网监督管理"),
    ("灯塔", "交通管理"),
    whole=True,
)
LOCAL_BUREAU = Pattern(
    "bureau of a field that no function names",
    rf"{_HAN}{{2,8}}[局委厅]",
    ("灯塔局", "渔网保护委"),
    ("灯塔协会", "局"),
    whole=True,
)
UNIT = Pattern(
    "unit of a bureau that only public bodies have",
    r"(?P<stem>.{2,}?)(?:事务(?:服务)?中心|(?:综合)?(?:行政)?执法(?:支队|大队|中队|总队|队))",
    ("灯塔事务中心", "渔网综合执法大队"),
    ("灯塔服务中心", "灯塔队"),
    whole=True,
)
SUB_BUREAU = Pattern(
    "branch of a bureau below it",
    r"(?P<stem>.+?)分局",
    ("灯塔分局", "渔网管理分局"),
    ("灯塔局", "灯塔支局"),
    whole=True,
)
BUREAU_END = Pattern(
    "end of a name that says what sort of body it is",
    r"(?:局|委|厅|部|署|办|室|会|院|联|队|中心|馆|府|行|关|公司)(?:\([^()]+\))?$",
    ("区灯塔局", "市灯塔委(渔网局)"),
    ("灯塔部门", "灯塔"),
)
JOINT = Pattern("word that joins two fields", r"[和与及]", ("灯塔和渔网", "灯塔与渔网"), ("灯塔渔网",))
LISTING = Pattern("sign between the ranks that a collective body names", r"[、/和]", ("市、县", "省和市"), ("市县",))
CLOSING_BRACKET = Pattern("bracket at the end", r"\([^()]*\)$", ("灯塔局(渔网局)", "乡镇(街道)"), ("各县(市)政府",))
BRACKET = Pattern("bracket", r"\([^()]*\)", ("灯塔局(渔网局)", "各县(市)政府"), ("灯塔局",))
NOISE = Pattern("white space and quotation marks", r"[\s“”\"'‘’「」]+", ("灯塔 局", "“灯塔”局"), ("灯塔局",))
NOT_LOCAL_NAME = Pattern(
    "characters that a Turtle local name would have to escape",
    r"[^0-9A-Za-z\u3007\u3400-\u4dbf\u4e00-\u9fff-]+",
    ("各县(市)政府", "灯塔·渔网"),
    ("灯塔局",),
)

COUNTRY_PREFIX = Pattern(
    "name of the country before a body",
    r"^(?:中华人民共和国|中华全国|国务院|中共中央|国家|中央|全国|中国)",
    ("国家灯塔局", "中央灯塔办"),
    ("灯塔部",),
)
CENTRAL_HEAD = Pattern(
    "a central body at the head of the name of its branch",
    r"^(?:国家|中国)[\u4e00-\u9fff]{2,8}?(?:总局|银行|统计局|局|会)(?=.)",
    ("国家灯塔总局港湾灯塔局", "中国渔网会港湾局"),
    ("国家灯塔总局",),
)
CENTRAL_BODY = Pattern(
    "a body of the country, written without 国家",
    r"^(?:国务院|党中央|中共中央|中央|全国|国家|中国(?!.*[公分支]?[司行]$)|最高人民|最高[法检]|团中央|共青团中央"
    r"|(?:国办|中办|中组部|中宣部|国台办|国管局|外交部|银保监会|证监会|银监会|保监会|海关总署|审计署|国铁集团"
    r"|国土资源部|文化部|铁道部|监察部|(?:工商|质检|安监|食药监|食品药品监管|食品药品监督管理|广电|体育|税务|环保)总局)$)",
    ("国务院办公厅", "最高人民法院"),
    ("灯塔局", "中国灯塔银行港湾分行"),
)
MINISTRY = Pattern("ministry", rf"{_HAN}+(?:部|总局|总署)", ("灯塔部", "渔网总局"), ("灯塔局",))
RANK_PREFIX = Pattern(
    "the rank of a region before a body",
    rf"(?:自治区|自治州|自治县|自治旗|地区|师市|兵团|[{RANKS}])级?",
    ("区灯塔局", "自治区级灯塔局"),
    ("灯塔局",),
)
RANK_WORD = Pattern(
    "a word that begins like a rank and is none, or that means all bodies of a rank",
    rf"^(?:市[场政民容区县]|区[域划块县]|县[域志市]|[省州]际|省市|旗县|[{RANKS}][属级直])",
    ("市场服务中心", "区域合作中心"),
    ("区灯塔局", "市灯塔中心"),
)
COMMITTEE_PREFIX = Pattern(
    "the committee or government that a body belongs to",
    r"(?:委|党委|党工委|工委|人民政府|政府|行署|办事处|管委会)(?=.{2})",
    ("委灯塔局", "政府灯塔办"),
    ("灯塔局",),
)
PARTY_PREFIX = Pattern("the party's name before a region", r"^中共", ("中共灯塔区委", "中共灯塔市委"), ("灯塔区委",))
UNKNOWN_PLACE = Pattern(
    "a place that the region table lacks, with its rank",
    rf"(?:(?![由与及在报]){_HAN})+[{RANKS}]|第[一二三四五六七八九十]+师|(?!.*[由与及在报各]){_NAMED_TOWNSHIP}",
    ("渔网市灯塔区", "灯塔镇"),
    ("灯塔", "经与市"),
)
TOWNSHIP_PREFIX = Pattern(
    "the rank of a township before an office of it",
    rf"^{_TOWNSHIP_RANK}",
    ("镇灯塔办", "街道灯塔队"),
    ("灯塔镇", "乡村灯塔办"),
)
YOUTH_LEAGUE = Pattern(
    "committee of the Youth League with its place inside",
    rf"(?:共青团|团)(?P<place>{_HAN}*[{RANKS}])委(?:员会)?",
    ("团市委", "共青团灯塔区委员会"),
    ("团委",),
)
TOWNSHIP = Pattern(
    "township or its government",
    rf"{_HAN}{{2,}}(?:街道(?:办事处|办)?|[镇乡](?:人民政府|政府)?|苏木(?:政府)?)",
    ("灯塔镇人民政府", "港湾街道"),
    ("镇人民政府",),
)
TWO_SEATS = Pattern(
    "party committee and government in one name",
    rf"(?:.*[{RANKS}])?(?:委|党委|党工委)[、和及]?(?:[{RANKS}]?(?:人民)?政府|管委会|行署|办事处)",
    ("区委区政府", "党工委管委会"),
    ("区政府", "区委"),
    whole=True,
)
TOWNSHIP_SEAT = Pattern(
    "the government of a township, written without its name",
    rf"{_TOWNSHIP_RANK}(?:(?:人民)?政府|办事处|办)",
    ("镇人民政府", "街道办"),
    ("灯塔镇人民政府", "镇民政办"),
    whole=True,
)
TOWNSHIP_ISSUER = Pattern(
    "a township that issues a document, at the end of what names it",
    rf"(?:.*[{RANKS}])?(?P<name>(?:(?![各在与和]){_HAN}){{1,8}}?(?:街道|(?<![城乡集村小])镇|乡))(?:办事处|人民政府|党委|党工委)?",
    ("灯塔区渔网镇人民政府", "港湾街道"),
    ("灯塔区人民政府", "各乡镇人民政府"),
    whole=True,
)
ZONE = Pattern(
    "development zone or its committee",
    rf"{_HAN}{{2,}}(?:{_ZONE_WORD}{_COMMITTEE_OF}?|(?<!社)[区城园]{_COMMITTEE_OF})",
    ("灯塔工业园区管委会", "港湾新区"),
    ("灯塔区", "灯塔社区管委会"),
)
SEAT = Pattern(
    "the office of a township or zone, which is the same body as the township or zone",
    rf"(?<=街道)(?:办事处|办)$|(?<=[镇乡])(?:人民)?政府$|(?<=[区园城]){_COMMITTEE_OF}$",
    ("港湾街道办事处", "灯塔园区管委会"),
    ("区政府", "灯塔管委会"),
)
COLLECTIVE_RANK = Pattern(
    "the rank of the region of which a collective body speaks",
    rf"^(?:全(?P<all>[{RANKS}])|(?P<rank>[{RANKS}])(?:级|直|属))",
    ("全市各部门", "省级有关部门"),
    ("各部门",),
)
LOCALS_ONLY = Pattern(
    "local governments of some ranks and nothing else",
    r"(?:各|有关|相关|全[省市区县州])*(?:[省市区县旗州盟镇乡级]|街道|乡镇|镇街)+",
    ("各镇乡街道", "各有关县市区"),
    ("各灯塔局", "各部门"),
)
NUMBER_YEAR = Pattern(
    "the year in a document's number",
    r"[〔\[(（](?P<year>(?:19|20)\d\d)[〕\])）]",
    ("灯塔政发〔2031〕5号", "灯塔办发(2031)7号"),
    ("灯塔公告2031年",),
)

CENTRAL_ISSUER = Pattern(
    "an issuer that speaks for the country",
    r"国务院|中共中央|党中央|全国人大|全国人民代表大会|中华人民共和国"
    r"|国家(?=[\u4e00-\u9fff]{2,14}(?:委|局|总局|署|办|部|会))"
    r"|^(?:教育|科技|科学技术|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|生态环境|住房和?城乡建设"
    r"|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|卫生|应急管理|退役军人事务)部(?!门)",
    ("国务院办公厅", "民政部"),
    ("民政部门", "省灯塔厅"),
)
TITLE_BREAK = Pattern(
    "where a title turns from its issuer to its subject",
    r"(?<=.)(?:关于|印发|转发)",
    ("灯塔市人民政府关于灯塔的通知", "灯塔市政府办公室印发"),
    ("关于灯塔的通知",),
)
PLACE_MAY_START = Pattern(
    "what a place name without its rank may follow, beside the beginning of the text",
    r"(?:关于印发|关于|印发|转发|[《》“”\"'「(（【〔、,，和与及])",
    ("关于灯塔", "《灯塔"),
    ("推进灯塔",),
)
WORD_GOES_ON = Pattern(
    "what shows that a place name was part of another word: 全州县市区 in an autonomous prefecture is no 全州县",
    r"域|(?<=县)[市区(（]",
    ("域经济", "全州县市区"),
    ("县政府",),
)
OTHER_RANK = Pattern(
    "a rank that makes another place of a short name: 灯塔区 is not 灯塔市",
    rf"(?!市[场政容民]|区域)[{RANKS}]|[镇乡](?![街乡镇村江])",
    ("区政府", "镇政府"),
    ("市场监管局", "区域"),
)
CORPS = Pattern(
    "the Xinjiang Production and Construction Corps, which is no region and lies in several",
    r"生产建设兵团",
    ("新疆生产建设兵团", "生产建设兵团办公厅"),
    ("兵团",),
)
GOVERNMENT = Pattern("government", r"(?:人民)?政府", ("人民政府", "政府办公室"), ("灯塔局",))
