"""Slots of a meeting: where, what kind, about what, who spoke; and of postings and topics."""

from __future__ import annotations

import re

from nlp.lazy import regex
from nlp.numbers import HAN, number
from nlp.said import Reader, Said, trimmed
from nlp.slots_poll import AREAS

_KINDS = (
    ("rep_meeting", r"村民代表(?:会议|大会|会)|代表(?:会议|大会|会)"),
    ("villagers_assembly", r"村民(?:会议|大会|会)|群众大会|全体村民(?:大会|会议)?|户主会|村民全会"),
    ("party_meeting", r"党员大会|党员(?:会议|会)|支部(?:党员)?(?:大会|会议|会)|全体党员(?:大会|会议|会)?|主题党日"),
    ("committee", r"支委会|两委(?:会议|会|班子会)?|村两委(?:会|会议)?|班子会|干部会|主任会"),
    ("council", r"协商议事会|议事会|协商会|说事会|议事协商会"),
    ("bandeng", r"板凳会|院坝会|院落会|屋场会|坝坝会|地头会"),
    ("group_assembly", r"社员(?:大会|会议|会)|小组会|村民小组会|社里会"),
)
_COMPILED = tuple((name, regex(expression)) for name, expression in _KINDS)

_PLACES = (
    r"村委会(?:大?院|会议室|二楼会议室|一楼|二楼|三楼|院子|门口|广场)?|大队(?:部|院|上|院里)?|村部(?:会议室)?|"
    r"党群(?:服务)?中心(?:会议室|二楼|一楼)?|便民服务中心|"
    r"(?:[一二三四五\d]楼)?(?:大|小)?会议室|文化广场|村广场|广场|活动室|党员活动室|老年活动室|文化活动室|老?祠堂|"
    r"[老大新]?戏台(?:子)?(?:底下|下|前|上)?|地头|田间地头|村口(?:大槐树下|大树下|广场)?|"
    r"学校(?:操场|教室)?|操场|[老大]{0,2}槐树(?:底)?下|[老大]{0,2}树(?:底)?下|礼堂|村史馆|议事亭|议事室|议事厅|凉亭|农家书屋|卫生室|"
    r"镇政府(?:会议室)?|"
    r"[\u4e00-\u9fff]{0,3}家(?:院子|院里|门口|大院|院坝)|院坝|院子里"
)
_PLACE = regex(_PLACES)
_IN_PLACE = regex(
    rf"(?:地点|(?:地方|会场)(?=[改换定变到在为成是:：\s]))(?:改|换|定|变)?(?:到|在|为|成|是)?\s*[:：]?\s*(?P<said>[^\s,，。;；:：]{{2,12}})"
    rf"|(?:在|到|去|来|改到|挪到|换到|换成|改在|移到)\s*(?P<place>(?:[一二三四五六七八九十\d]{{1,2}}(?:社|"
    rf"组))?(?:{_PLACES}))"
    r"|在(?P<any>(?!家|线|群|外|会|座|册|场|这|那|于|今|明|后|上午|下午|晚上|周|星期|礼拜|\d|"
    r"[一二三四五六七八九十]月)[^\s,，。;；:：在开]{2,8}?)(?=开(?:会|个|板凳|代表|党员|群众|大会|小会)|集合|召开|"
    r"举行|碰头|商量|议事|议一议)"
)
# 七社打麦场, 老王家门前: a place nobody listed, known by how it ends and by what stands around it.
_SOMEWHERE = regex(
    r"(?:在|到|去)(?P<place>(?!家里?(?:$|[\s,，])|线|群|外|会|座|册|场|这|那|于|今|明|后|了|上午|下午|晚上|早上|周|星期|礼拜|"
    r"\d{1,2}[点号月:：]|[一二三四五六七八九十]+[点月号])[^\s,，。;；:：在到开的碰]{1,9}?(?<![早晚会])"
    r"(?:场子?|院子?|院坝|房|室|厅|楼|底下|下|里|口|头|边|旁|台|家|庙|校|店|站|坝|坡|沟|桥|树|棚|中心|处|部|所|门|跟前|前|上))"
    r"(?=开?(?:$|[\s,，。;；])|开[会个板群党代大小院坝座听民村社]|集合|召开|举行|碰头|说|商量|讨论|研究|议|讲|拉呱)"
)
_SAME_PLACE = {"大队": "村委会", "大队部": "村委会", "大队院": "村委会", "大队上": "村委会", "大队院里": "村委会"}


def venue(said: Said) -> str | None:
    """Give where; 大队 is the village committee's house (村委会)."""
    match = _IN_PLACE.search(said.text)
    found = (match["said"] or match["place"] or match["any"]) if match else None
    somewhere = _SOMEWHERE.search(said.text)
    if somewhere is not None and not (match is not None and match["said"]):
        found = somewhere["place"]
    if found is None or (match is not None and match["said"] and not re.search(r"[\u4e00-\u9fff]{2}", found)):
        bare = _PLACE.search(said.text)
        found = bare[0] if bare else None
    found = None if found is None else re.sub(r"^(?:去|到|在)", "", found)
    if found in ("不变", "照旧", "不改", "还是老地方"):
        return None
    return None if found is None else _SAME_PLACE.get(found, found)


def is_place(text: str) -> bool:
    """Is a whole text the name of a place to meet at?"""
    return _PLACE.fullmatch(text) is not None


def kind(said: Said) -> str | None:
    """Give the kind of meeting (bandeng, rep_meeting, villagers_assembly, party_meeting, committee, council)."""
    return next((name for name, expression in _COMPILED if expression.search(said.text)), None)


_TOPICS = (
    regex(r"(?:议题|主题|内容|议程|事项|会议内容)(?:是|为|有)?\s*[:：]?\s*(?P<it>.+)$"),
    regex(
        r"(?:商量|讨论|研究|议一议|议一下|说说|说一下|谈谈|研讨|商议|协商|议议|通报|部署|宣布|评议|表决|审议|学习|拉呱(?:拉呱)?|唠一?唠|聊一?聊|谝一?谝|说|"
        r"(?<!会)议(?![室题事程])|讲)(?:一下|下|关于)?(?P<it>[^,，。;；\s]{2,24}?)(?:的?(?:事情|事儿|事|问题|"
        r"工作|情况))?(?:吧|呀|"
        r"啊)?(?=$|[,，。;；\s])"
    ),
    regex(r"(?:关于|为了?|就)(?P<it>[^,，。;；\s]{2,24}?)(?:的(?:事情|事儿|事|问题|会|会议)|开(?:会|个会)|召开|一事)"),
    regex(r"(?:^|[\s,，])(?P<it>[^\s,，。;；]{2,16}?)(?:的)?(?:事情|事儿|事)(?=$|[,，。;；\s])"),
)  # fmt: skip
_NOT_A_TOPIC = regex(r"^(?:会|开会|一声|明天|通知|大家|会议|代表会|板凳会|会吧|不开|重要|有)$|^(?:在|到|去|来)")


# 讨论三件事 修渠 低保 环境卫生; 说机井和路灯两件事.
_COUNTED = regex(r"[一二两三四五六七八九\d]{1,2}[件个项](?:事情?|事儿|议题|事项|议程|内容)?[\s,，:：]+(?P<items>\S.*)$")
_SO_MANY = regex(r"(?:这|那)?[两二三四五六七八几\d][件个项](?:事情?|事儿|议题)?$")
_NO_ITEM = regex(r"^(?:请|通知|让|叫|要求|各|都|到时|准时|参加|地点|时间|在)")
_LEAST = 2


def split_items(text: str) -> list[str]:
    """Give the items of 议题一修路 议题二水费, 1、修路 2、水费, 第一个修路 第二个水费, 机井和路灯两件事; [] for one item."""
    for marks in _MARKS:
        found = list(marks.finditer(text))
        if len(found) < _LEAST or [number(mark["n"]) for mark in found[:_LEAST]] != [1, 2]:
            continue
        ends = [*(mark.start() for mark in found[1:]), len(text)]
        return [item for mark, end in zip(found, ends, strict=True) if (item := _item(text[mark.end() : end]))]
    counted = None if re.search(r"[\s,，;；]", text) else _SO_MANY.search(text)
    parts = re.split(r"[和跟与及、]", text[: counted.start()]) if counted else []
    return parts if len(parts) >= _LEAST and all(len(part) >= _LEAST for part in parts) else []


_MARKS = tuple(
    regex(expression)
    for expression in (
        rf"议题\s*(?P<n>\d{{1,2}}|[{HAN}])\s*[.、．:：]?\s*",
        rf"第(?P<n>[{HAN}])(?:个|件|项|条)?(?:议题|事(?![故务业情]))?(?:是|[,，:：、])?\s*",
        rf"(?:^|[\s:：,，;；。、])(?P<n>[{HAN}])(?:是(?!否)|[、.．])\s*",
        r"(?:^|[\s:：,，;；。、]|(?<=[\u4e00-\u9fff]))(?P<n>\d{1,2})(?:[、.．)）:：](?!\d)|(?<!\S\S)(?=[\u4e00-\u9fff])(?![点号月日人户个家年社组队]))\s*",
    )
)


def _item(text: str) -> str:
    """One item without who is called behind it."""
    fields = text.strip(" ,，;；。、").split()
    kept = [
        field for n, field in enumerate(fields) if n == 0 or not (_NO_ITEM.search(field) or _OF_PEOPLE.fullmatch(field))
    ]
    return re.sub(r"的?(?:事情|事儿|事)$", "", " ".join(kept)) or " ".join(kept)


def _several(text: str) -> str | None:
    """Give the topics of a sentence that counts them, the way the agenda takes them."""
    items = split_items(text)
    if not items:
        counted = _COUNTED.search(text)
        items = [item for item in re.split(r"[\s,，、;；。]+", counted["items"]) if item] if counted else []
        items = [item for item in items if not _NO_ITEM.search(item)]
    return "、".join(re.sub(r"的?(?:事情|事儿|事)$", "", item) or item for item in items) or None


# 说机井怎么修，还有就是路灯的事: a second one behind.
_ALSO = regex(
    r"^[,，;；。\s]*(?:还有|再就是|另外|顺便|再一个)(?:就是|是|说说|说|一下|一个|个)*(?P<it>[^,，。;；\s]{2,20}?)"
    r"(?:的?(?:事情|事儿|事|问题))?(?=$|[,，。;；\s])"
)


def topic(said: Said) -> str | None:
    """Give what the meeting is about."""
    text = said.without_time(said.text)
    if several := _several(text):
        return several
    for expression in _TOPICS:
        for match in expression.finditer(text):
            found = trimmed(re.sub(r"^(?:一下|下|个|关于|是|:|：)|(?:的|吧)$", "", match["it"]))
            if found and not _NOT_A_TOPIC.search(found):
                found = re.sub(r"的?(?:事情|事儿|事)$", "", found) or found
                found = f"学习{found}" if match[0].startswith("学习") else found
                also = _ALSO.match(text[match.end() :])
                return f"{found}、{also['it']}" if also else found
    return None


_WHO = regex(AREAS.pattern)
_BUT = regex("除(?:了|去|开)?$")
_CALLED = regex(
    r"(?:通知|请|叫|让|召集|要求)(?P<who>全体[\u4e00-\u9fff]{2,4}|各位[\u4e00-\u9fff]{2,3}|"
    r"[\u4e00-\u9fff]{2,4}(?=参加|来开|到会|都来))"
)


_AGENDA = regex(
    r"(?:议题|主题|议程|会议内容)(?P<all>.*)$|(?:商量|讨论|研究|议一议|议一下|说说|说一下|通报|部署|评议|学习|说(?!事会|一声|好|今|明天|后天|下午|上午|晚上|周)|讲)[^\s,，。;；]*|关于[^\s,，。;；]{1,12}?的"
)
_OF_PEOPLE = regex(
    rf"(?:请|叫|通知|让|就|只)*(?:{AREAS.pattern}|各户|每户|大家)++(?:的)?(?:每户|各户|户主|户代表|村民|群众|人|都|来|一人|一个人|参加|派人|到会|开会)*"
)


def convening(text: str) -> str:
    """Take away what the meeting is about: a 社 or people its topics speak of are not who is called by it."""
    kept = _AGENDA.search(text)
    if kept is None or not kept["all"]:
        return _AGENDA.sub(" ", text)
    fields = [field for field in re.split(r"[\s,，。;；]+", kept["all"]) if field and _OF_PEOPLE.fullmatch(field)]
    return " ".join([_AGENDA.sub(" ", text[: kept.start()]), *fields])


def meeting_scope(said: Said) -> str | None:
    """Give who is called: 九社, 全村, 党员."""
    text = convening(said.text)
    for _, expression in _COMPILED:
        text = expression.sub(" ", text)
    called = _CALLED.search(text)
    if called is not None:
        return called["who"]
    match = _WHO.search(text)
    if match is None or _BUT.search(text[: match.start()]):  # 除了九社: whom it leaves out is not whom it calls
        return None
    return match[0].strip("、,，和及跟 ")


_SPEAKER = regex(
    r"(?:^|[\s,，。;；、]|记(?:一下|录)?)(?P<name>(?:老|小|大)?[\u4e00-\u9fff]{1,3}?)\s*(?:说|讲|认为|表示|提出|"
    r"建议|发言|觉得|[:：](?!\d)|(?=同意|反对|不同意))"
)
_NO_NAME = frozenset(
    (
        "会议",
        "记录",
        "一下",
        "会议记录",
        "内容",
        "议题",
        "大家",
        "他",
        "她",
        "纪要",
        "会议纪要",
        "就是",
        "时间",
        "地点",
        "主持",
        "记一下",
        "记",
        "下来",
        "结果",
        "决定",
        "不",
        "我",
    )
)


def speakers(said: Said) -> list[str] | None:
    """Give who spoke, in order, each once."""
    names = [match["name"] for match in _SPEAKER.finditer(said.text) if match["name"] not in _NO_NAME]
    return list(dict.fromkeys(names)) or None


_THIS = regex(r"^(?:把|将)(?P<it>.+?)(?:作为|当成|当|列入|列为|上会|交会|拿到会上|提交).*$")


def title(said: Said) -> str | None:
    """Give the title of a topic: what follows the command, or what 把…上会 holds."""
    held = _THIS.match(said.text)
    if held is not None:
        return trimmed(held["it"])
    text = re.sub(r"^(?:我)?(?:要|想)?(?:交|出|荐|提)(?:个|一个)?(?:议)?题\s*", "", said.rest)
    text = re.sub(r"^(?:一个|个|一下|下|是|说|叫|：|:|就是|关于|，|,|\s)+", "", text)
    return trimmed(re.sub(r"(?:这个|这件|的)?(?:议题|的事|的事情|上会)$", "", text))


_POSTED = regex(
    r"(?:公示期?|公布|张榜|挂(?:出去|出来|网|到公示栏|墙上)?|(?<!补)贴(?:出去|出来|到公示栏|到墙上|墙上)?|发(?:个|布|"
    r"一下)?(?=公示)|上墙|张贴|(?:做|弄|搞|出)个?(?=公示)|天$|把|将|一下|延(?:长|期)?(?:到|至)?(?=\s*$)|出去|"
    r"出来)"
)
_COUNT_OF_DAYS = regex(
    r"(?:为期|期限|时间|共)?(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})个?(?:工作日|天|周|星期|礼拜|月)|延(?:长|"
    r"期)?\s*$"
)


def post_title(said: Said) -> str | None:
    """Give what is posted."""
    text = _COUNT_OF_DAYS.sub(" ", said.without_time(said.text))
    return trimmed(_POSTED.sub(" ", text).replace("公示", " "))


MEETING_READERS: dict[str, Reader] = {
    "venue": venue,
    "kind": kind,
    "topic": topic,
    "meeting_scope": meeting_scope,
    "speakers": speakers,
    "title": title,
    "post_title": post_title,
}
