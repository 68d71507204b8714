"""Slots of village life: households, points, boards, charter articles, weddings and funerals, what is asked for."""

from __future__ import annotations

import re

from nlp.lazy import regex
from nlp.numbers import number
from nlp.said import Reader, Said, trimmed
from nlp.when_shared import HAN

_NUMBER = rf"(?:\d{{1,4}}|[{HAN}百俩仨]{{1,4}})"


def _int(text: str | None) -> int | None:
    value = number(text) if text else None
    return value if isinstance(value, int) else None


def _counted(text: str, units: str) -> int | None:
    match = re.search(rf"({_NUMBER})\s*(?:来|多|几)?(?:{units})", text)
    return _int(match[1]) if match else None


_HOUSEHOLD = regex(
    r"(?P<it>(?:老|小)?[\u4e00-\u9fff]{1,3}?(?:大爷|大妈|大娘|奶奶|爷爷|老汉|叔|婶|嫂|大哥|大姐)?家)(?![里户庭])"
)
_BEFORE_NAME = regex(
    rf"^(?:(?:第)?(?:\d{{1,2}}|[{HAN}]{{1,3}})(?:社|组|队)|登记|一下|今天|昨天|上午|下午|刚才|刚|走访了?|入户|"
    r"去了?|看了?|到了?|在|和|给|记|把|跟|说|谁|有|我|我们|他|她)+"
)


def household(said: Said) -> str | None:
    """Give whose house: 王家, 张大爷家."""
    for match in _HOUSEHOLD.finditer(_BEFORE_NAME.sub("", said.text)):
        name = _BEFORE_NAME.sub("", match["it"])
        if len(name) >= 2 and name not in (
            "大家",
            "国家",
            "公家",
            "老家",
            "人家",
            "谁家",
            "几家",
            "两家",
            "邻家",
            "回家",
        ):
            return name
    return None


def household_count(said: Said) -> int | None:
    """Give how many households were visited."""
    return _counted(said.text, "户|家(?!里)")


_GIVEN_TO = regex(
    r"(?:给|为|帮|把|奖励)\s*(?P<name>[\u4e00-\u9fff]{2,4}?)(?:家)?(?:家)?\s*(?:加|记|扣|减|奖|添|打|上|的分|\d)"
)
_NAMED = regex(
    r"(?:加分|扣分|记分|加积分|扣积分|积分)\s*(?:给)?\s*(?P<name>[\u4e00-\u9fff]{2,4}?)(?=\s|\d|"
    r"[一二两三四五六七八九十]+分|加|扣|$)"
)


def points_person(said: Said) -> str | None:
    """Give to whom the points go."""
    match = _GIVEN_TO.search(said.text) or _NAMED.search(said.text)
    if match is None or match["name"] in ("加分", "扣分", "积分", "错了", "记错人了", "记错了"):
        lead = re.match(r"(?P<name>[\u4e00-\u9fff]{2,3}?)(?:家)?(?:加|扣|记|减)\s*\d", said.text)
        lead = lead or re.match(
            r"(?:扣|加|减|记)(?P<name>[\u4e00-\u9fff]{2,3}?)\s*(?:\d|[一二两三四五六七八九十]+分)", said.text
        )
        return lead["name"] if lead else None
    return match["name"]


_POINTS = regex(
    rf"(?P<n>{_NUMBER})\s*(?:个)?(?:积)?分|(?:加分|扣分|记分|加|扣|"
    rf"减)\s*(?:[\u4e00-\u9fff]{{2,4}}\s+)?(?P<m>\d{{1,3}})(?!\d)"
)
_LESS = regex(r"扣|减|倒扣")


def points(said: Said) -> int | None:
    """Give how many points, less than nothing for a deduction."""
    match = _POINTS.search(said.text)
    value = _int(match["n"] or match["m"]) if match else None
    return None if value is None else -value if _LESS.search(said.text) else value


_EVENT_CUT = regex(
    rf"(?:给|为|帮|把)?\s*[\u4e00-\u9fff]{{0,4}}?(?:家)?(?:加|记|扣|减|奖励?|打)(?:上|"
    rf"了)?\s*(?:{_NUMBER})?\s*(?:个)?(?:积)?分|\d{{1,3}}(?:\s|$)|因为|由于|理由|原因|,|，|:|："
)


def points_event(said: Said) -> str | None:
    """Give what the points are for."""
    text = said.without_time(said.text)
    person = points_person(said)
    text = _EVENT_CUT.sub(" ", text)
    return trimmed(text.replace(person, " ", 1) if person else text)


def board_kind(said: Said) -> str | None:
    """Give red or black."""
    red, black = "红" in said.text, "黑" in said.text
    return None if red == black else "red" if red else "black"


_ARTICLE = regex(rf"第\s*({_NUMBER})\s*条")


def article(said: Said) -> int | None:
    """Give the number of an article of the charter."""
    match = _ARTICLE.search(said.text)
    return _int(match[1]) if match else None


_AGAINST = regex(r"不行|不同意|反对|不赞成|不合理|不公平|不好|不妥|不能要|删掉|取消|不要")
_CHANGE = regex(r"太|改|应该|应当|建议|最好|少|多|高|低|重|轻|松|严|加上|补|不够|不清")
_FOR = regex(r"同意|赞成|支持|没意见|可以|挺好|合理|好")


def stance(said: Said) -> str | None:
    """Give against, change or for."""
    text = _ARTICLE.sub("", said.text)
    if _AGAINST.search(text):
        return "against"
    if _CHANGE.search(text):
        return "change"
    return "for" if _FOR.search(text) else None


_LIFE = regex(
    r"娶媳妇|娶亲|娶儿媳|结婚|嫁女儿?|嫁闺女|嫁姑娘|出嫁|订婚|满月酒?|百天|周岁|过寿|祝寿|做寿|老人走了?|"
    r"老人去世|老人过世|过世|老人不在了|办丧事|丧事|白事|埋人|发送|出殡|过三年|"
    r"升学宴|升学|搬家|乔迁|上梁|盖房|参军|当兵|红事|喜事|过事|办酒席|办酒|办事|待客"
)


_LIFE_COMMAND = regex(r"红白喜?事|红事登记|白事登记|(?:红|白)事(?=\s|报备|登记|备案)")


def life_event(said: Said) -> str | None:
    """Give which feast or funeral, in the words said."""
    match = _LIFE.search(_LIFE_COMMAND.sub(" ", said.text)) or _LIFE.search(said.text)
    return None if match is None else match[0].removesuffix("了")


_FAMILY = regex(
    rf"(?:^|[\s,，]|登记|报备|备案|[{HAN}]社|[{HAN}]组)(?P<it>老[\u4e00-\u9fff]家|[\u4e00-\u9fff]{{1,3}}家)(?!里)"
)
_NO_FAMILY = frozenset(("我家", "咱家", "大家", "他家", "谁家", "我们家", "俺家"))


def family(said: Said) -> str | None:
    """Give whose feast: 老赵家."""
    names = (_BEFORE_NAME.sub("", match["it"]) for match in _FAMILY.finditer(said.text))
    return next((name for name in names if len(name) > 1 and name not in _NO_FAMILY), None)


def tables(said: Said) -> int | None:
    """Give how many tables."""
    return _counted(said.text, "桌|席(?!地)")


_STAYS_AWAY = regex(
    r"来不了|去不(?:成|了)|来不成|不去|不来|没空|没时间|有事|参加不了|不参加|请假|不能(?:去|来|参加)|到不了|"
    r"走不开|回不(?:来|去)|赶不(?:上|回)|没人(?:能|会|可以)?(?:去|来)"
)
_SUBSTITUTE = regex(
    r"(?:媳妇|老婆|老公|男人|儿子|女儿|爸|妈|他爸|娃他妈|老伴|父亲|母亲|兄弟|哥|弟|替|代)[^,，。]{0,4}(?:去|来|参加|开)"
)


def coming(said: Said) -> bool | None:
    """Give True when somebody of the household comes, False when nobody does."""
    if _STAYS_AWAY.search(said.text):
        return bool(_SUBSTITUTE.search(_STAYS_AWAY.sub("", said.text)))
    return True


def people(said: Said) -> int | None:
    """Give how many come."""
    return _counted(said.text, "个人|口人|人|口|个|位")


_SUPPORTED = regex(rf"(?:议题|第|支持)\s*(?P<n>{_NUMBER})(?:号|个)?(?:议题)?")


def supported_topic(said: Said) -> str | None:
    """Give the number of the topic supported, as typed."""
    match = _SUPPORTED.search(said.text)
    if match is None:
        return None
    return match["n"] if match["n"].isdigit() else str(number(match["n"]))


_ITEM_LEAD = regex(r"^.*?(?:兑换|兑|换|领)(?:个|一个|点|一|一下|一些)?\s*")


def reward(said: Said) -> str | None:
    """Give what the points are exchanged for."""
    if not re.search(r"兑|换|领", said.text):
        return None
    text = re.sub(
        rf"{_NUMBER}\s*(?:袋|包|瓶|桶|个|斤|盒|件|条|块|提|双|把)(?:的)?|(?:吧|呗|不|行不行|吗)$", "", said.text
    )
    found = trimmed(_ITEM_LEAD.sub("", text))
    return None if found is None or re.search(r"啥|什么|东西|积分|哪", found) else found


def quantity(said: Said) -> int | None:
    """Give how many of it."""
    if not re.search(r"兑|换|领", said.text):
        return None
    said_one = re.search(r"(?:兑|换|领)(?:个|袋|包|瓶|桶|盒)(?![一二三四五六七八九十])", said.text)
    return _counted(said.text, "袋|包|瓶|桶|个|斤|盒|件|条|块|提|双|把") or (1 if said_one else None)


_QUERY_CUT = regex(
    r"村规民约|村规|民约|规约|规定|里面|里头|里|上|是?(?:怎么|咋|如何)(?:说|写|规定|定|处理|罚|办|管|算)?的?|"
    r"有(?:啥|什么|没有)(?:规定|要求|说法)?|要?(?:罚|扣)(?:多少|几|钱)*|(?:规定)?(?:是|要)?多少钱?|允许|让不让|"
    r"能不能|可以|吗|么|不|的|查(?:一下|下)?|问(?:一下|下)?|请问|看看?|一下|关于|对|[,，。?？:：\s]"
)


def charter_query(said: Said) -> str | None:
    """Give what is looked up in the charter (养狗 of 养狗咋罚)."""
    known: list[str] = _REGULATED.findall(said.text)
    if known:
        return next((word for word in known if word not in _BROAD), known[0])
    return trimmed(_QUERY_CUT.sub("", said.text))


_BROAD = frozenset(("婚事", "丧事", "红白事", "垃圾"))  # a narrower word beside them is what is asked for
_REGULATED = regex(
    r"养狗|遛狗|彩礼|酒席|红白事|随礼|份子钱?|礼金|烟酒|放鞭炮|放炮|鞭炮|烧秸秆|秸秆|赌博|打麻将|占道|柴草|"
    r"乱倒垃圾|乱扔垃圾|倒垃圾|垃圾|放羊|散养|砍树|婚事|丧事|桌数|升学宴|满月酒|烧纸|迁坟|浇地|宅基地|养老"
)

_AFFAIRS = regex(
    r"低保|账目|账|收支|工程款|扶贫款|征地款|补助|补贴|集体收入|公示|招待费|合同|报账|收入|支出|开支|那笔钱|村务|"
    r"财务|会议|分红|捐款"
)


def affairs_item(said: Said) -> str | None:
    """Give which part of the village's affairs is asked for."""
    match = _AFFAIRS.search(said.text.replace("村务公开", ""))
    return match[0] if match else None


_WORK = regex(
    r"打扫(?:卫生|街道|广场|村道)?|扫地|扫雪|清雪|巡逻|植树|栽树|志愿服务|志愿者?|值班|义务劳动|清渠|捡垃圾|"
    r"清垃圾|防火|照顾老人|理发|宣传|社火|秧歌|唱戏|修路|清理[\u4e00-\u9fff]{2}|送饭|服务"
)


def volunteer_event(said: Said) -> str | None:
    """Give what somebody volunteers for."""
    match = _WORK.search(said.text)
    return None if match is None or match[0] in ("志愿", "志愿者") else match[0]


_ORDERED = regex(
    r"(?:说说|说一下|商量(?:一下)?|议议|议一议|讨论(?:一下)?|解决|说|议|关于|就)(?P<it>[^,，。\s]{2,16}?)(?:的事|"
    r"的问题|问题|事)?(?:吧|呗)?(?=$|[,，。\s])"
)


def ordered_topic(said: Said) -> str | None:
    """Give what a villager wants to talk over on the bench."""
    match = _ORDERED.search(said.without_time(said.text))
    return trimmed(match["it"]) if match else None


_YARD = regex(
    r"(?:在|到|给|去)\s*(?P<it>(?:我们?|我家|俺们?|咱们?)?(?:[\u4e00-\u9fff]{0,4})(?:院子|院里|院坝|地头|门口|"
    r"广场|活动室|村口|树下|巷子|家里|村委会))"
)


def ordered_venue(said: Said) -> str | None:
    """Give where he wants it."""
    match = _YARD.search(said.text)
    return match["it"] if match else None


_OFFICE = regex(
    r"微网格长|总网格长|党小组长|网格长|网格员|村民代表|代表|文书|会计|社长|组长|管理员|联系人|主任|副书记|书记|"
    r"保洁员|护林员|监委主任|监委"
)
_PUT_IN = regex(
    r"(?:把|将|让|由|叫|请|绑定|解绑|任命|选|推|换成|改成|设为|设成|设|给|长|员|书|计|代表|管理员|：|:|"
    r"\s)\s*(?P<name>(?!换|改|设|当|由|让|候)[\u4e00-\u9fff]{2,4}?)(?=当|为|任|做|担任|换成|设为|设成|改成|调成|"
    r"接|\s|$|[,，]|"
    r"[一二三四五六七八九十\d]+(?:网格|社|组|微网格))"
)


def office(said: Said) -> str | None:
    """Give the office (网格长, 文书), in the words said."""
    match = _OFFICE.search(said.text)
    return match[0] if match else None


def admin_person(said: Said) -> str | None:
    """Give who is put into or taken out of an office."""
    for match in _PUT_IN.finditer(_OFFICE.sub(lambda it: "长" if it[0].endswith("长") else "员", said.text)):
        if match["name"] not in ("绑定", "解绑", "设置", "网格", "本村", "换成", "设为") and not re.search(
            r"网格|社$|长|员", match["name"]
        ):
            return match["name"]
    return None


def excel_or_csv(said: Said) -> str | None:
    """Give xlsx or csv where a form of file is named."""
    if re.search(r"csv", said.text, re.IGNORECASE):
        return "csv"
    return "xlsx" if re.search(r"表格|excel|xlsx|电子表", said.text, re.IGNORECASE) else None


VILLAGE_READERS: dict[str, Reader] = {
    "household": household,
    "household_count": household_count,
    "points_person": points_person,
    "points": points,
    "points_event": points_event,
    "board_kind": board_kind,
    "article": article,
    "stance": stance,
    "life_event": life_event,
    "family": family,
    "tables": tables,
    "coming": coming,
    "people": people,
    "supported_topic": supported_topic,
    "reward": reward,
    "quantity": quantity,
    "charter_query": charter_query,
    "affairs_item": affairs_item,
    "volunteer_event": volunteer_event,
    "ordered_topic": ordered_topic,
    "ordered_venue": ordered_venue,
    "office": office,
    "admin_person": admin_person,
    "format": excel_or_csv,
}
