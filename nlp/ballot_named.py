"""A ballot said of somebody by name: 刘满仓 投1, 上门问了刘满仓 投东路, 张桂兰 2. Whether the village knows the name is asked there."""

from __future__ import annotations

from nlp.lazy import regex
from nlp.numbers import WIDE

SHORTEST_NAMED, LONGEST_NAMED = 3, 32
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛"
    "闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍"
    "涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商"
)
# 刚上门问到了, 去了: what a keeper did before he tells a ballot.
_VISITED = r"(?:我|刚|已经|才|今天)*(?:(?:上门|入户|打电话|打了电话|去)*(?:问|收|访|见)(?:了|过|到|好|完)*|(?:去|到|走)(?:了|过))[\s,，:：]*"
_NAMED = regex(
    rf"(?:{_VISITED}|代收|替收|收票|[代替帮])?\s*(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?:家|本人)?(?:了)?"
    r"(?:[\s,，]*(?:他|她)?(?:说|要|想|也)*(?P<said>(?:改?投|改?选|弃权).{1,16}|\d{1,2})|[\s,，]+(?P<bare>[一二三四五六七八九十]))"
)
# 全家人 投1, 方便点 选东路: words that begin like a name.
_NO_NAME = regex(r"[人点些的了都就要想也们路边头]$")
_ROUND = " \t\r\n。.!！,，"


def sounds_like_name(text: str, name: str) -> bool:
    """May it be a name nobody here bears, heard or written down wrong? 马上 and 全家人 are none."""
    is_asked = text.translate(WIDE).strip(_ROUND)[:1] != name[:1]
    return is_asked or (len(name) == 3 and _NO_NAME.search(name) is None)


def ballot_named(text: str) -> tuple[str, str] | None:
    """Give the name a whole message begins with and the vote said behind it; None for other words."""
    if not SHORTEST_NAMED <= len(text) <= LONGEST_NAMED:
        return None
    match = _NAMED.fullmatch(text.translate(WIDE).strip(_ROUND))
    return (match["name"], match["said"] or match["bare"]) if match else None


_TOLD_ROUND = regex(
    rf"{_VISITED}|(?:他|她|人家|本人|老人家?)(?:自己)?|(?:说|讲|的意见)(?:的|是|了|要|想)*|的票|(?:也)?(?:已经|刚|都)*(?:上门|打电话|当面|亲自)*(?:问|收|去)(?:过|了|好|清楚)+|代收|替收|收票|家里?|[\s,，:：。]+"
)


def ballot_of(text: str, who: str) -> str:
    """The vote a keeper tells of the one he was asked to see (问到了 周奶奶 投2, 周奶奶投2 已经问了); "" where he names another."""
    plain = text.translate(WIDE).strip(_ROUND)
    if not who or who not in plain or len(plain) > LONGEST_NAMED:
        return ""
    return _TOLD_ROUND.sub(" ", plain.replace(who, " ", 1)).strip().removeprefix("了").strip()
