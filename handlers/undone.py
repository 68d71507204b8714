"""What sounds like 办好了 or 我来办 and is not: a question whether it is done, work under way, half of it, a refusal.

Pure functions, as in remarks.py. What is said last counts: 还是不亮 换了线 亮了 is done.
"""

from __future__ import annotations

import re

from nlp.lazy import regex

_DID = r"(?:[修办弄换装接补焊搞清掏拉通]|疏通|处理|解决|完成|恢复|清理)"
_WELL = r"(?:好|完|通|妥|走|亮|结|成|干净|到位)?"
_WHETHER = regex(
    rf"(?:{_DID}{_WELL}(?:了|过|完)?|[好亮]了|来[水电]了|有[水电]了)(?:没有?|吗|么|不|否|没{_DID}?{_WELL})[\s?？呢啊呀]*$"
    rf"|(?:是不是|是否|有没有)(?:都|已经?|给|把.{{1,4}})*.{{0,3}}{_DID}{_WELL}(?:了|过)?[\s?？呢啊呀]*$"
    rf"|{_DID}{_WELL}了[\s。]*[?？]+$"
)
_UNDER_WAY = regex(
    rf"(?<![现存不])(?:正)?在(?:抢|赶|加紧)?{_DID}(?!的|过)|快(?:要)?{_DID}(?:好|完|通|妥)|{_DID}着(?:呢|哩|咧)|"
    r"(?:处理|办理|修理|维修|施工|抢修|协调|核实|联系|办|修)(?:当|之)?中(?!心|间|午)"
)
_SHORT_OF = regex(
    r"还是?(?:不|没)[亮通行好热动成来有]|还是(?:老样子|那样|[坏黑漏堵臭停])|[又仍](?:不|没)[亮通行好]|另一|另外[一两几三]|其[他它余](?:的|[一两几三].)?(?:还|等|再|没[修换弄办好])|还[差剩缺欠少]|[但就只]是?(?:还)?[少差缺]|"
    r"(?<![不记觉舍懂晓值])得(?:再|重新|另外|先)?(?:[找请叫等买要报]|换(?!了)|申请)|[只才]"
    + _DID
    + r".{0,4}[一两二几半]"
)
_TRIED = regex(
    rf"[\s,，]*(?:我|俺|我们|已经?|刚|今天|上午|下午|刚才|电工|师傅)*(?:{_DID}{_WELL}了|[去到]?看(?:过|完)?了|试了)"
)
_TRIED_CHARS = 30
_ENDS = regex(rf"{_DID}(?:好|完|通|妥|走|亮)|{_DID}了|[亮通好行]了|来[水电]了|解决")
_REFUSES = regex(
    r"(?:我|俺|本人)[^\s,，]{0,4}?(?:不[去干管来修办弄在]|生病|病了|住院|请假|走不开|离不开|休假|辞职|调走|退休|出差|出门|外出)|"
    r"没(?:得)?(?:空|时间|工夫)|顾不上|[去来]不(?:了|成)|^(?:我|俺)?(?:可)?不管|我这?[几两]天(?:都)?不在|我(?:又|早)?不(?:是|当).{0,5}网格[长员]|"
    r"(?:换|另找|找)(?:个|别)?(?:的)?人(?!家)|找[\u4e00-\u9fff]{0,2}(?:书记|主任|支书)|[办修弄管搞](?:不了|不成|不定|不动)|(?:处理|解决)不了"
)


def asks_whether_done(words: str) -> bool:
    """修好了没, 是不是已经修好了, 办好了吗: nobody reports so what he has done."""
    return _WHETHER.search(words.strip()) is not None


def is_under_way(words: str) -> bool:
    """在修了, 快修好了, 处理中."""
    return _is_last(_UNDER_WAY, words)


def is_unfinished(words: str) -> bool:
    """Work under way, half of it, no success, or a question: 修好了一盏 另一盏等配件, 换了灯泡还是不亮, 是线断了 得找电工."""
    return is_under_way(words) or _is_last(_SHORT_OF, words) or asks_whether_done(words)


def tells_of_trying(words: str) -> bool:
    """换了灯泡还是不亮, 修好了一盏 另一盏等配件, in few words: what a keeper has tried, and what is left."""
    return len(words) <= _TRIED_CHARS and _TRIED.match(words) is not None and _is_last(_SHORT_OF, words)


def refuses(words: str) -> bool:
    """我不去, 我不在 换人, 我办不了, 我已经不干了 找李书记."""
    return _REFUSES.search(words) is not None


def _is_last(form: re.Pattern[str], words: str) -> bool:
    """Is it said, and nothing of an end behind it?"""
    found = form.search(words)
    return found is not None and _ENDS.search(words, found.end()) is None
