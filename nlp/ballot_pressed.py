"""Whether somebody presses for votes or buys them: 陈小军逼我投东路, 给每户发了一桶油让选东路, 不投东路就停我低保.

Such a sentence ends like a vote, and is none. Who asks whether one may, supposes it or forbids it tells of nobody.
"""

from __future__ import annotations

from nlp.lazy import regex
from nlp.remembered import remembered

# One of these stands in everything that presses or buys; looked for before anything is matched.
_CUE = regex(
    "[逼迫拉买贿]|票[给卖换值出算]|[改换偷塞撕扔藏造].{0,6}票|票.{0,5}[作造舞]|威胁|吓唬|恐吓|[让叫劝喊要求催]|就[停取扣断不收撤罚整卡]"
)
_VOTES = r"(?:投|选|不?同意|反对|不?赞成|不?支持|弃权)"
# 投诉, 投资, 选种 choose nothing; 叫我投票, 让我选哪条 and 选低保还是特困 name no choice.
_A_CHOICE = (
    r"(?:(?:投(?![诉资保钱入标稿靠奔降案毒放递产])|选(?![址购课菜种品]))(?=[\u4e00-\u9fffA-Za-z\d])|不?同意|反对|不?赞成|不?支持|弃权)"
    r"(?!票|一票|个票|[了的]?(?:哪|谁|啥|什么)|出|举|一下|一个|个|我?就|[^\s,，。]{0,8}还是)"
)
_KIN = r"(?:妈|爸|爹|娘|爷爷|奶奶|公公|婆婆|老伴|老头子?|媳妇|婆娘|老婆子?|男人|老公|丈夫|当家的|儿子|女儿|闺女|女婿|哥|姐|弟|妹|娃|儿|掌柜的)"
_ALL = r"(?:我们?|俺们?|咱们?|大家|大伙儿?|他们|人家?|群众|村民|老百姓|各户|每户|家家|户户|社员|老人|邻居|[我俺咱]家)"
_FORCES = regex(
    rf"(?:逼着?|强迫|胁迫|威逼|威胁|恐吓|吓唬|硬(?:让|叫|要|压着?)|非(?:让|叫|要|逼)(?=[我俺咱大人他各村]))[^,，。;；!！?？就]{{0,8}}?{_A_CHOICE}"
)
_OR_ELSE = regex(
    rf"不{_VOTES}[^,，。;；]{{0,8}}[\s,，]*就(?:要|会|把|给|先)?[^\s,，]{{0,5}}?(?:停|取消|扣|断|不给|不让|不办|收拾|收回|撤|罚|整|卡|没收)"
)
_BUYS = regex(
    r"拉票|贿选|收买(?:人心|选票|村民|大家)"
    rf"|(?:花钱|出钱|掏钱|拿钱|使钱|有人|偷偷|私下|挨家|挨户|一家一家)[^\s,，。]{{0,6}}买[^\s,，。]{{0,3}}票|买(?:选票|[我俺咱人大别]们?家?的?票)"
    rf"|(?:给|发|送|塞|递|请)[^。;；?？]{{0,8}}?(?:钱|[块元烟酒油米面肉蛋奶糖礼饭桶袋箱]|红包|东西|好处)[^。;；?？]{{0,6}}?(?:让|叫|要求|喊|劝){_ALL}?(?:都|去|给|帮)*{_A_CHOICE}"
    r"|一?张?票(?:给|卖|换|值|出|算)\s*[\d一二三四五六七八九十两]+[百千十]?\s*(?:块|元)"
)
_TAMPERS = regex(
    r"(?:有人|书记|支书|主任|文书|会计|网格[长员]|干部|村里|村上|他们|组织的人)[^\s,，。;；?？帮替给我俺能咋怎]{0,6}?(?:(?:改|换|偷|塞|撕|扔|藏|造)(?:了|掉)?[^\s,，。;；]{0,4}?票(?![价房据子箱])|(?:投票|选票|计票|唱票|票数|选举)[^\s,，。;；]{0,3}(?:作假|造假|作弊|舞弊))"
)
_FROM_DOOR_TO_DOOR = regex(
    rf"(?:挨家挨户|挨家|挨户|挨个|一家一家|一户一户|到处|上门|打电话|私下|偷偷)(?:地|来|去|跑)?[^\s,，。;；]{{0,4}}?(?:让|叫|劝|喊|要求|要|求|催|动员|说){_ALL}?(?:都|去|给)*{_A_CHOICE}"
)
_TELLS = regex(
    rf"(?P<who>[\u4e00-\u9fff]{{1,8}}?)(?:非|硬|就|都|也|老|今天|昨天|刚才)*(?:让|叫|喊|要求|通知|命令|指示){_ALL}(?:都|去|必须|一定|全|给)*{_A_CHOICE}"
)
_NOT_TOLD = regex(
    "要是|如果|万一|假如|会不会|能不能|可不可以|可以.{0,6}吗|算不算|是不是|违法不|违不违|犯法不|没(?:有)?(?:人|谁)|没(?:有)?(?:逼|拉|买)|(?:别|不要|不许|不准|不能|不得|严禁|禁止|防止|谨防|杜绝|抵制|反对|拒绝|举报)[^\\s,，]{0,4}(?:逼|拉票|买|贿选|给钱)"
)
_BY_KIN = regex(rf"{_KIN}(?:又|老|硬|非|就|都|也|在家|天天|一直)*$")


_OF_CHOICES = frozenset("投选意对成持权票贿买举")
"""One of these stands in every choice (同意, 反对, 赞成, 支持, 弃权) and in whatever is bought or forged."""


def may_press(text: str) -> bool:
    """Whether a text speaks of a choice at all: what presses for one or buys it does."""
    return not _OF_CHOICES.isdisjoint(text)


@remembered
def presses_votes(text: str) -> bool:
    """Does the text tell that somebody forces, threatens, buys, tampers, or goes from door to door for a choice?"""
    return pressing_begins(text) is not None


@remembered
def pressing_begins(text: str) -> int | None:
    """Where such words begin; None for other words, and where it is his own family that presses."""
    if len(text) < 4 or not _CUE.search(text) or _NOT_TOLD.search(text):
        return None
    found = next(
        filter(None, (each.search(text) for each in (_FORCES, _OR_ELSE, _BUYS, _TAMPERS, _FROM_DOOR_TO_DOOR))), None
    )
    return None if found is None or _BY_KIN.search(text, 0, found.start()) else found.start()


LONGEST = 200
"""A longer text is a story, and is read as one."""


def told_by(text: str) -> str | None:
    """Who tells others what to choose (书记 of 书记让我选东路), where it is not his own family; None where nobody does."""
    told = _TELLS.search(text) if 5 < len(text) <= LONGEST and not _NOT_TOLD.search(text) else None
    return None if told is None or _BY_KIN.search(told["who"]) or "谁" in told["who"] else told["who"]


_TITLES = regex(
    r"(?:书记|支书|主任|文书|会计|网格长|网格员|社长|队长|组长|村长|所长|站长|镇长|干部|领导|老板|村委会?|村里|村上|上头|上面|镇上|镇里)$"
)


def holds_title(who: str) -> bool:
    """王书记, 村干部, 村上: does the word name somebody in office, or whoever speaks for an office?"""
    return _TITLES.search(who) is not None
