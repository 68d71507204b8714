"""What people say of a meeting they are called to, besides 我去 and 来不了: must I, what is paid, I would but, another day.

Read only where a notice stands open to whoever speaks, and of whole messages: 垃圾车不来咋办 asks about no meeting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from nlp.lazy import regex
from nlp.time_slips import DAY_WORDS
from nlp.when import Calendar, Found, find


class Says(StrEnum):
    """What a message says of a meeting."""

    MUST = "must"  # 不去罚钱不: is one obliged
    FACTS = "facts"  # 几点, 在哪开, 说啥: what the notice says
    ASKS = "asks"  # 给误工费不, 开多久, 能改到晚上不: what only whoever called it knows
    WOULD = "would"  # 想去，没车: would come, were it not for something
    GRUMBLES = "grumbles"  # 又开会，烦死了
    YES = "yes"  # 明天有事，后天行, of a meeting on that day
    NO = "no"
    OTHER_TIME = "other_time"  # 明天有事, of a meeting on another day


@dataclass(frozen=True, slots=True)
class Attending:
    """`why` is what stands in his way, in his own words."""

    says: Says
    why: str = ""


# 我人在新疆: whoever is away does not come.
AWAY = (
    r"(?:我|俺|我们|我家)(?:人)?(?:还|现在|都|这会儿)*在(?:外地|外头|外面|外省|外县|城里|县城|县里|县上|市里|省城|新疆|西藏|内蒙古?|北京|上海|天津|广东|深圳|广州|东莞|兰州|西安|成都|重庆|"
    r"浙江|江苏|福建|山东|青海|宁夏|银川|乌鲁木齐)(?:打工|上班|干活|看娃|带娃|念书|住|呢|哩|里|了)*"
)
# 全家都不在: nobody is there to come; 都不在了 tells of a death.
_NOBODY_HOME = r"(?:我们?|俺们?|咱们?)?(?:全家|一家(?:人|子)?|家里(?:人)?|家|两口子)(?:人)?(?:都|现在|这会儿|最近)*(?:(?:不在|没在)(?:家|村里|村上|村子里?|屋里|老家|本地)?(?:呢|哩|着呢)?|(?:出门|出去|在外[头面地省])(?:打工)?(?:了|呢|哩)?)"
_AWAY = regex(rf"{_NOBODY_HOME}|{AWAY}(?:[\s,，]*(?:来|去|回|赶)不(?:来|去|了|成|及))?")
# 谁家都没人去我也不去.
_NOT_I = regex(r".{0,4}(?:谁|别人|人家|[她他]们|都).{0,8}(?:我|俺|我家)(?:也|就|都)*不(?:去|来)(?:了)?")
_SELF = (
    r"(?:那|要是|如果|万一|假如|就是|我们?家?|俺们?家?|咱们?家?|家里|一家|真|实在|这次|这回|这个|这|那个|开会|会议?|会上|明天|后天|今晚|今天|"
    r"明晚|一次|人|都|也|可以|书记|[\s,，])*"
)
_ASKED = r"(?:[吗么嘛没呢]|[?？]|不$|啊$|呀$|行不|咋|怎|啥|什么|几|多|能不能|可不可以|可以不|是不是|要不要|行吗|得不得)"
_MUST = regex(
    rf"^{_SELF}(?:必须|非得?|非要|一定(?:得|要)|强制|硬性|都得|得|要|是不是都?(?:得|要))(?:都|亲自|本人|户主|男人|女人|当家的|老人|大人)?(?:去|来|参加|到)(?:开会|会|人|不可|不行)?(?:吗|么|嘛|不|没|呀|啊)*[?？]?$"
    rf"|^{_SELF}(?:不|没|不能|没法|不想)(?:去|来|参加|到)(?!人|电|水|钱|车|信)(?:开会|参加|会|了|的话|要是|就|得|是)*[\s,，]*(?:又|都)?(?:要|会|能|得)?(?:不要|不)?"
    r"(?:被|给|挨)?(?:行不行|行不|行吗|行么|可以吗|可以不|可不可以|中不中?|成不成?|得行不|好不好|咋样|咋办|咋整|咋了|怎么样|怎样|怎么办|会?咋|要紧不|要不要紧|要紧吗|有没有事|没事吧|"
    r"有啥|有什么|罚|扣|通报|处分|挨批|批评|影响|记上|取消|算不算|少不少).{0,6}$"
    rf"|^{_SELF}(?:能不能|可不可以|可以|能|想)?不(?:去|来|参加)(?:开会)?(?:吗|么|不|行不|行吗|可以吗)[?？]?$|^{_SELF}(?:去|来)不(?:去|来)(?:都)?(?:行|可以|要紧|随便|一样)(?:吗|不|么|吧|啊)+[?？]?$"
    rf"|^{_SELF}不(?:去|来|参加)(?:开会|会)?(?:呢|会怎样)[?？]?$"
    rf"|^{_SELF}(?:要不要|用不用|该不该|得不得|必不必须|是不是(?:必须|一定|非)得?)(?:都|我)?(?:去|来|参加|到)(?:开会|会)?(?:呢|啊|吗)?[?？]?$"
)
# Asked of what was told just now: 能不能晚点, 管饭不.
_ASKS_LATELY = regex(
    r"(?:能不能|可不可以|能|可以)(?:改?)(?:晚|迟|早|提前|推迟|推后)(?:一?点儿?|一?会儿?|几天|一天|半天)?(?:开|去|来)?(?:不|吗|么|行不)?"
    r"|(?:会上)?(?:管不管|管|有没有|有|给不给|给|发)(?:午|晚|早)?(?:饭|吃的|烟|礼品?|东西|车费|路费|车接|钱)(?:吃|喝)?(?:不|吗|没|么|没有)?"
)
_FACTS = regex(
    r"(?:[那请问书记你好的,，\s]|这个|这|明天|后天|今天|今晚|那天)*(?:"
    r"(?:叫我去|让我去)?(?:是|有)?(?:啥|什么|么子)(?:要紧)?(?:事情?|事儿|内容)|(?:这个?|刚才的?|你?发的)?通知(?:是|说|写)?(?:的)?(?:啥|什么|么子)(?:事|内容|意思)?|(?:啥|什么)通知|"
    r"(?:开?(?:的)?(?:啥|什么|么子)会|为啥开会|(?:开?会|会上|会议)?(?:都|是|要|又)?(?:说|讲|议|商量|讨论|研究|弄)(?:个|些|点)?(?:啥|什么|么子)(?:事情?|事儿|内容)?)"
    r"|(?:会|会议|开会)?(?:是|在)?(?:啥时候|什么时候|多会儿|多咱|几时|哪天|哪一天|几号|几点钟?|啥时间|什么时间|几点几分)(?:去|来|开会?|到|开始)?"
    r"|(?:会|会议|开会)?(?:是)?(?:在|去|到)?(?:哪达|哪搭|哪儿|哪里|哪|啥地方|什么地方|那达)(?:去|来|开会?|集合|啊)?|(?:地点|时间|地方)(?:是|在)?(?:哪里?|哪儿|啥|什么|几点)?"
    r")(?:来着|呀|啊|呢|了|的|嘛|哩|咧)*[?？]?"
)
_ASKS = regex(
    rf"^(?:(?=.*(?:误工|工钱|补贴|补助))|(?=.*[去来到会]))(?!.*(?:低保|修|路|水|电)){_SELF}(?:去了?|来了?|参加了?|到了|会上|开完会?)?(?:给|发|有没有|有|管不管|管|领|补|算不算|算|加不加|加|记不记|记)(?:不给|不发)?(?:点|个|些|啥|什么)?(?:人)?"
    r"(?:钱|误工|补助|补贴|工钱|工分|东西|礼|饭|好处|奖|积分|分|鸡蛋|米|面|油|车|接送|纪念品|用).{0,6}(?:吗|么|不|没|啥|不发|不给|[?？])?$"
    rf"|^{_SELF}(?:得)?(?:要)?开?(?:多长时间|多久|多大工夫|多半天|几个(?:小时|钟头)|几点(?:散|完|结束|能完)|啥时候(?:散|完|结束))"
    rf"|^{_SELF}(?:能不能|能|可不可以|可以|想|给)?(?:改个?|换个?|挪个?|推个?|另定个?)(?:到|成|一下|个)?(?:时间|日子|地方|地点|点|晚上|下午|上午|早上|中午|[后明]天|周.|晚些|早点|晚点).{{0,6}}$"
    rf"|^.{{0,12}}(?:能不能|能|可不可以|可以|有没有)(?:用|在|打)?(?:视频|线上|网上|微信|电话|语音|手机|远程|群里)(?:开会|参加|听听?|开|看|参会|说)?.{{0,4}}$"
    rf"|^{_SELF}(?:能不能|能|可不可以|可以|让不让|要不要)(?:带|领|抱)(?:个)?(?:娃|孩子|人|凳子|板凳|东西|身份证|户口本).{{0,6}}$|^{_SELF}(?:要|用|得|要不要|用不用)?带(?:啥|什么|身份证|户口本|凳子|板凳|本子|笔).{{0,3}}$"
    # 带我爸去行不, 能晚到一会不, 雨下大了还开不
    rf"|^{_SELF}带[^\s,，]{{1,4}}(?:去|来)(?:行|可以|能|成|中)?(?:不行|吗|不|么)$"
    rf"|^{_SELF}(?:能不能|能|可不可以|可以|想|要是)?(?:稍微?|稍)?(?:晚|迟)(?:一?点儿?|一?会儿?|几分钟)?(?:到|来|去)(?:一?点儿?|一?会儿?|几分钟|半个?(?:钟头|小时)|一步)?(?:行|可以|能|成|中)?(?:不行|吗|不|么)$"
    r"|^(?:要是|万一|那天|明天|后天|今天)?(?:雨|雪|风|天气)?(?:下|刮)?(?:大|不好|下雨|下雪|刮风|下大)了?(?:的话)?[\s,，]*(?:会)?还?(?:照常)?(?:开|去|来)(?:会)?(?:不开|吗|不|么|不去)$"
)
_NOT_ASKED = regex(r"^(?:没|不)")
_WISH = regex(
    r"^(?:我们?|俺|咱|我家|也|是|倒|挺|很|真|本来|书记|都|那天|明天|后天|今晚|会)*(?:想|愿意|打算|准备|想着|有心)(?:去|来|参加|到|开会)(?:开会|参加|听听?|的|呢|看看)*"
    r"[\s,，。]*(?:(?:但是?|可是?|可惜|就是|不过|只是|奈何|然而|就怕|怕)[\s,，]*)?(?P<why>.{2,40})$"
)
_BARS = regex(r"没|不|怕|走不|要(?:接|看|上|给|去|喂)|腿|病|疼|老了|太远|远|黑|忙|咋|怎么|晚|娃|孩子|车|路滑|雪|雨")
_AIM = regex(r"^(?:县|镇|城|医院|看病|看看|办|买|学校|外地|打工|西|北|南|东)")
_GRUMBLES = regex(
    r"(?:又|净|光|老|整天|天天|成天|一天到晚|尽)(?:是)?(?:在)?(?:叫|让|喊)?(?:人|我们)?开会.{0,10}|.{0,6}开(?:这|那|个|啥)*会(?:还?有|能)?(?:啥|什么|个?屁|个?球)?(?:有啥|有什么|没啥|没)?(?:用|意思|意义)[处吗呢啊]?.{0,4}"
    r"|.{0,4}开会.{0,4}(?:烦|没意思|没用|白搭|走过场|耽误|折腾|浪费).{0,8}|(?:烦死了?|没意思)[\s,，]*(?:又|老|净)?开会.{0,4}"
)
# 明天我要去镇上上访 is no reason not to come.
_PETITIONS = regex("上访|信访|告状|举报|反映")
_CLAUSES = regex(r"[\s,，。;；!！]+|但是?|可是?(?!以)|不过|那就")
_CAN = regex(
    r"(?:我|俺|我们|我家|家里|倒|都|就|可|还|也|是)*(?:行|可以|能行|能(?:来|去|到|成|参加)|成|中|有空|有时间|有工夫|没事|得闲|方便|在家|闲着|去|来|到)(?:的|吧|了|啊|呀|哩|呢|就)*"
)
_CANNOT = regex(
    r"(?:我|俺|我们|我家|家里|都|也|是|真|实在|得|要)*(?:不行|不成|不中|有事|没空|没时间|没工夫|忙|不得闲|不方便|不在家|不在|上班|(?:去|来|到|赶|参加)不(?:了|成|上|到)|不(?:能)?(?:去|来|到)|出门|要?接娃|接孩子|(?:得|要)(?:去|接|送|看|上)\S{1,5})"
    r"(?:的|吧|了|啊|呀|呢)*"
)


def is_away(text: str) -> bool:
    """我人在新疆: does the whole say that he is away, and so does not come?"""
    return _AWAY.fullmatch(text.strip(" 。！!,，")) is not None


def attending(text: str, starts_at: datetime, now: datetime, calendar: Calendar, *, is_fresh: bool) -> Attending | None:
    """Read a whole message about the meeting that begins at `starts_at`; None where it says none of this.

    `is_fresh`: the notice was heard lately, so that a bare 几点 is about it.
    """
    plain = text.strip(" 。！!,，~～")
    if not 2 <= len(plain) <= 40 or _PETITIONS.search(plain):
        return None
    if _MUST.match(plain):
        return Attending(Says.MUST)
    if _FACTS.fullmatch(plain) and (is_fresh or "会" in plain or "通知" in plain):
        return Attending(Says.FACTS)
    if is_fresh and _ASKS_LATELY.fullmatch(plain.rstrip("?？")) and re.search("[不吗没么]", plain):
        return Attending(Says.ASKS)
    if _ASKS.match(plain) and not _NOT_ASKED.match(plain) and re.search(_ASKED, plain):
        return Attending(Says.ASKS)
    if _AWAY.fullmatch(plain) or _NOT_I.fullmatch(plain):
        return Attending(Says.NO)
    if _GRUMBLES.fullmatch(plain):
        return Attending(Says.GRUMBLES)
    wish = _WISH.match(plain)
    if wish is not None and _BARS.search(wish["why"]) and not _AIM.match(wish["why"]):
        return Attending(Says.WOULD, wish["why"].strip(" ,，。"))
    says = _by_time(plain, starts_at.astimezone(now.tzinfo), now, calendar)
    return Attending(says) if says else None


def _by_time(text: str, starts_at: datetime, now: datetime, calendar: Calendar) -> Says | None:
    """明天有事，后天行: yes or no where the meeting's own time is named, OTHER_TIME where only others are."""
    said: list[tuple[bool, bool]] = []  # can he, at the meeting's time
    for clause in _CLAUSES.split(text):
        found = find(clause, now, calendar) if clause else None
        if found is None or found.kind is None or found.start is None:
            if clause and not (_CAN.fullmatch(clause) or _CANNOT.fullmatch(clause)):
                return None
            continue
        begin, end = found.at
        stance = f"{clause[:begin]}{clause[end:]}".strip()
        can, cannot = _CAN.fullmatch(stance) is not None, _CANNOT.fullmatch(stance) is not None
        if not (can or cannot):
            return None
        said.append((can, _covers(found, DAY_WORDS.search(clause[begin:end]) is not None, starts_at)))
    if not said:
        return None
    then = [can for can, is_then in said if is_then]
    if not then or (not then[-1] and _LATER.search(text)):
        return Says.OTHER_TIME
    return Says.YES if then[-1] else Says.NO


# 三点去不了，四点能到: he may come late.
_LATER = regex(r"[\d一二三四五六七八九十]点半?(?:钟)?(?:才)?(?:能|可以)?(?:到|来|去)(?:得了)?$")


_PART = regex("早上|早晨|上午|中午|晌午|下午|晚上|(?<=[今明])晚")
_HOURS = {
    "早": range(5, 10),
    "上": range(6, 12),
    "中": range(11, 14),
    "晌": range(11, 14),
    "下": range(12, 19),
    "晚": range(17, 24),
}
_CLOCK = regex("[点时:：]")


def covers(words: str, starts_at: datetime, now: datetime, calendar: Calendar) -> bool:
    """Do the words for a time (上午, 周二, 明天下午三点) hold the moment a meeting starts?"""
    part = None if _CLOCK.search(words) else _PART.search(words)
    if part is not None and starts_at.hour not in _HOURS[part[0][0]]:
        return False
    if part is not None:
        words = re.sub("(?<=[今明])晚", "天", words) if part[0] == "晚" else words.replace(part[0], "")
        if not words:
            return True
    found = find(words, now, calendar)
    if found.start is None:
        return False
    begin, end = found.at
    return _covers(found, DAY_WORDS.search(words[begin:end]) is not None, starts_at)


_NEAR = timedelta(minutes=45)


def _covers(found: Found, has_day: bool, starts_at: datetime) -> bool:
    """Does the time named hold the meeting's start? A part of the day alone is that of the meeting's day."""
    start, end = found.start, found.end
    if start is None:
        return False
    if not has_day:
        away = starts_at.date() - start.date()
        start, end = start + away, end + away if end else None
    if found.kind == "instant" or end is None:
        return abs(start - starts_at) <= _NEAR or abs(start + timedelta(hours=12) - starts_at) <= _NEAR
    return start <= starts_at <= end
