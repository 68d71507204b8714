"""Which danger a story tells of, as far as the first words to the teller depend on it: what kind it is, whom to call, and
whether he speaks of himself. The rules (rules/danger.csv) know words; here what stands around them counts."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.context import Context
from handlers.filing import AT_HOME
from nlp.danger import Danger
from nlp.lazy import regex
from nlp.words import classify, has_mark, hear

# The kinds only the two trained contacts hear of. Said in a group, these go to the person's private chat; the group reads nothing of them.
PRIVATE_KINDS = frozenset({"suicide", "domestic", "assault"})
NOT_KNOWN = "unknown"
"""Somebody is in danger, and the words do not say of what."""
CALLED_OFF = frozenset(
    {"fire", "gas", "drowning", "collapse", "flood", "landslide", "shock", "wire", "traffic", "missing", "poison", "medical", "machine", "stuck", "snake", NOT_KNOWN}
)  # fmt: skip
"""Kinds that end when the teller says so. Where somebody may stand beside him who wants it said, those alerted go on."""
FIGHTS = frozenset({"violence", "domestic"})
_ALSO = {
    "traffic": frozenset({"collapse", "medical"}),
    "fire": frozenset({"medical", "gas"}),
    "drowning": frozenset({"medical", "missing"}),
    "collapse": frozenset({"medical"}),
    "machine": frozenset({"medical", "collapse"}),
    "gas": frozenset({"medical", "poison"}),
    "poison": frozenset({"medical", "gas"}),
    "snake": frozenset({"medical", "poison"}),
    "shock": frozenset({"medical"}),
    "medical": frozenset({"poison"}),
    "domestic": frozenset({"medical", "violence", "assault"}),
    "assault": frozenset({"medical", "violence", "domestic"}),
    "violence": frozenset({"medical"}),
    "suicide": frozenset({"medical", "poison", "drowning"}),
}
"""What is heard next of the same danger: 人还压在里头 of a crash, 昏过去了 of a beating. It is no second alarm."""
_AT_HOME = frozenset({"domestic", "assault"})
_AFRAID = regex("不敢(?:回|进|睡|在家|出)|躲|藏|跑出来|逃出来")
_BUILDING = regex("[房屋墙楼棚窑]|厂|山|坡|土方")
SURE = 0.5
_KIN = regex(
    "男人|老公|丈夫|媳妇|老婆|爱人|婆婆?|公公|[爸爹妈娘爷奶]|后老汉|继[母父]|养[母父]|儿子|女儿|闺女|[娃孩]|当家的|掌柜的|女婿|[哥弟姐妹嫂]|两口子|家暴|家里人|打我|屋里|挨打|[叫让被]他"
)
# 你别给我儿子说 他会打死我.
_STRIKES_ME = regex(
    "^(?!.*(?:邻居|隔壁|有人|人家|别人)).*他(?:又|还|就|会|要|说要?|非要?)*[打杀砍捅掐](?:死|了|残)*[我俺]", re.DOTALL
)
_BODY = regex(
    "强奸|强暴|糟蹋|祸害|奸污|猥亵|性侵|非礼|耍流氓|动手动脚|占(?:我|她)便宜|摸(?:了|过)?(?:我|她|女|娃|孩|闺女)|(?:闺女|女儿|女娃|姑娘|丫头|女孩).{0,10}欺负"
)
# He has done it: the ambulance comes before all words of comfort.
_HURT = regex(
    "(?:喝|灌|吃|服|吞)(?:了|下|进|咯|哒)?.{0,6}(?:农药|百草枯|敌敌畏|甲胺磷|安眠|除草剂|老鼠药)|(?:喝|灌|服)(?:了|下|进).{0,6}药"
    "|(?:药|农药|百草枯|敌敌畏|老鼠药).{0,3}(?:喝|灌|吃|服)(?:了|下)|(?<!想)(?<!要)(?<!去)(?<!说)上(?:了)?吊了?|吊(?:着|在)|割(?:了)?(?:腕|脉|脖)"
)
_BY_MISTAKE = regex(
    "(?:娃|孩子|小孩|孙子|孙女|孙孙|宝宝|幼儿|丫头|小子).{0,8}(?:误)?(?:吃|喝|吞|咽|舔)|(?:吃|喝)错(?:了)?药|药(?:吃|喝)错|把药当"
)
_INTO_WATER = regex("跳(?:了|进|下)?(?:河|井|塘|水库|渠|江|水)(?:里)?(?:了|哒|咯)")
_OF_ANOTHER = regex(
    "^(?:[我俺咱额]|那|这|个|家)*(?:妈|娘|爸|爹|闺女|女儿|姑娘|媳妇|婆娘|老婆|儿子|男人|老公|老伴|女婿|孙[子女])(?![\\s,，:：!！])|人不见|不见人|我(?:妈|娘|爸|爹|爷|奶|婆|公|儿|女|闺|媳妇|老婆|男人|老公|丈夫|哥|姐|弟|妹|家|孙|侄|外甥|老伴|邻居|同学)|[他她]|有人|有个|那个?人|邻居|隔壁|小伙|姑娘|老[汉头太]|[大老小][\u4e00-\u9fff](?:要|在|说|又|把|给)|[婶叔嫂伯](?:要|在|说)"
)
_OF_ONESELF = regex("我(?:真的?|都|也|就|是|实在|现在|已经)*(?:不想|想死|要死|想走|要走|想去|要跳|活|撑|熬|割|喝|吃)")
_MACHINE = regex(
    "(?:机|器|皮带|搅拌|铡刀|旋耕|脱粒|粉碎|打谷).{0,10}(?:绞|卷|铡|轧|夹|搅|缠|咬)|(?:绞|卷|铡|搅|缠)(?:进|到|在).{0,6}(?:机|里|皮带)"
)
_STUCK = regex("卡(?:在|到|住).{0,8}(?:管|井|洞|缝|窟窿|栏杆|里头)")
_BURNS = regex("着(?:起|火|了)|火(?:苗|星|光)|烧(?:起|着)|冒(?:烟|火)")
_SHOCKED = regex(
    "触电|(?<!充)电(?:到|着|住|倒|死|晕|麻)|(?:人|娃|孩|爹|妈|爷|奶|他|她|我).{0,6}(?:倒|碰|摸|粘|抓|不动|没气)"
)
_CHARCOAL = regex("(?:烧|生|点|烤).{0,3}(?:炭|煤|炉)|(?:炭|煤)(?:盆|火|炉)")
_NO_ANSWER = regex("[喊叫敲](?:都|也)?(?:不应|不开|不醒|没人应|没动静|没人答)|没动静|昏|晕|不省人事")
_STILL = regex("不动了|没气|喊不应|叫不[醒应]|昏|晕|流血|起不来|断了")
_FAINTED = regex("^(?!.*[塌埋压砸垮]).*(?:晕|昏|抽搐|抽风|喘不|没气)", re.DOTALL)
_ACUTE = regex("昏|晕|没气|不动|喘|断|倒|吐|抽搐|抽风|醒|急救|120|流血不止")
_SLIDES = regex("(?:山|坡|崖|梁|塬).{0,6}(?:裂|滑|塌|垮|滚|响)")
_HELD = regex(
    "把(?:我|俺|她|他|娃|人).{0,3}(?:锁|关|绑|捆|拖|扣)|(?:要|扬言|说要)(?:点|烧)(?:了)?(?:我家|他家|自家)?(?:房|屋)|进(?:来)?(?:了)?.{0,3}(?:贼|小偷|歹徒|强盗)|(?:贼|小偷|歹徒|强盗).{0,4}(?:进|在|翻|闯)"
)
_SNAKE = regex("蛇|长虫|蜈蚣|马蜂|野蜂|蜂子")
_POLE = regex(
    "(?:电(?:线)?杆|高压线|电线|变压器)(?!.*(?<!怕)(?<!怕它)(?<!怕把)(?:砸|压|打)(?:着|住|到|了|伤|倒))", re.DOTALL
)
_GASES = regex("煤|炉|炭|火盆|炕|沼气|燃气|天然气|液化|热水器|窖|井|粪|烟|气味|漏气")
_POISONS = regex(
    "吃席|酒席|席上|吃(?:了|过|完|坏)|农药|打药|喷药|除草剂|老鼠药|敌敌畏|百草枯|甲胺磷|蘑菇|菌子|野菌|假酒|工业酒精|甲醇|酒精|药水|毒|蛇|蜂"
)
_BEATEN = regex(
    "(?:后妈|后娘|继母|晚娘|后爹|后爸|继父|后老子|[他她](?:[妈爸爹娘]|男人|老公|婆婆|公公|儿子)|我(?:男人|老公|儿子|爸|爹|妈|娘)).{0,6}(?:打|抽|掐|烫|揍|捶|捆)(?!.{0,1}(?:电话|工|针|药|牌|麻将|水|扫|听|招呼|滚|车|火|草))"
)
_MARKS = regex("[青紫肿血伤疤乌]")


# 救命啊 快来人, 出人命了: of what, it does not say.
_BARE_CRY = regex(
    r"(?:救命|救人|救我们?|来人|出(?:大)?(?:人命|事)|(?:要)?(?:死|出)人|快点?|赶紧|来|了|啊|呀|哪|呐|吧|[\s,，。!！~])+"
)


def is_hurt(story: str) -> bool:
    """敌敌畏灌了, 上吊了: somebody has harmed himself already."""
    return _HURT.search(story) is not None


def is_of_another(story: str) -> bool:
    """我闺女说不想活了: whoever writes it is with her, or looks for her."""
    return _OF_ANOTHER.search(story) is not None and _OF_ONESELF.search(story) is None


def lies_still(story: str) -> bool:
    """找到了 在沟里 不动了: whatever it was before, the ambulance is needed."""
    return _STILL.search(story) is not None


def is_private(danger: Danger) -> bool:
    return danger.sealed or danger.kind in PRIVATE_KINDS


def goes_with(alarmed: str, kind: str, said: str) -> bool:
    """Whether what is heard now is of the same danger as the alarm, in which he was asked whether he is safe."""
    if kind in (alarmed, NOT_KNOWN) or (kind == "missing" and alarmed in _AT_HOME and _AFRAID.search(said)):
        return True
    return kind in _ALSO.get(alarmed, ()) and not (kind == "collapse" and _BUILDING.search(said))


def of_story(ctx: Context, danger: Danger, story: str) -> Danger:
    """The danger with its kind, and the number to call, as the whole story tells them."""
    kind = kind_of(ctx, danger, story)
    number = _NUMBERS.get(kind, danger.number)
    if kind == "suicide":
        number = "120" if is_hurt(story) else "110" if is_of_another(story) else danger.number
    return replace(danger, kind=kind, number=number, sealed=danger.sealed and kind in PRIVATE_KINDS)


_NUMBERS = {
    "domestic": "110", "assault": "110", "violence": "110", "poison": "120", "machine": "120", "stuck": "119", "snake": "119",
    "medical": "120", "fire": "119", "gas": "119", "wire": "95598", "drowning": "119",
}  # fmt: skip


def number_of(kind: str) -> str:
    """Whom to call for a danger of which nothing but its kind is known."""
    return _NUMBERS.get(kind) or _OTHER_NUMBERS.get(kind, "120")


_OTHER_NUMBERS = {
    "suicide": "12356", "missing": "110", "traffic": "122", "collapse": "119", "flood": "119", "landslide": "119",
}  # fmt: skip


def kind_of(ctx: Context, danger: Danger, story: str) -> str:
    """Violence that is about the family is another thing than a fight: it is nobody's business but the two who help."""
    heard = ctx.heard if story == ctx.said else hear(ctx.words.lexicon, story)
    told = danger.kind
    if _BARE_CRY.fullmatch(story):
        return NOT_KNOWN
    if told in ("violence", "medical") and _BODY.search(story) and has_mark(ctx.words.lexicon, heard, "violence"):
        return "assault"
    if told == "suicide":
        if _BY_MISTAKE.search(story):
            return "poison"
        return "drowning" if _INTO_WATER.search(story) and is_of_another(story) else "suicide"
    if not danger.is_named and told in ("violence", "medical") and has_mark(ctx.words.lexicon, heard, "violence"):
        return "domestic"
    is_beaten = told == "medical" and _KIN.search(story) is not None and _ACUTE.search(story) is None
    if is_beaten and has_mark(ctx.words.lexicon, heard, "violence"):
        return "domestic"  # 隔壁娃天天遭他后妈打 身上青一块紫一块 is no illness
    if told == "medical" and not danger.is_named and _is_of_home(ctx, story):
        return "domestic"
    if told == "violence":
        return (
            "domestic"
            if _is_at_home(ctx, story, heard_violence=has_mark(ctx.words.lexicon, heard, "violence"))
            else told
        )
    if told == "gas" and _POISONS.search(story) and not _GASES.search(story):
        return "snake" if _SNAKE.search(story) else "poison"
    if told == "shock" and not _SHOCKED.search(story):
        return "fire" if _BURNS.search(story) else "wire"
    return next((kind for kind, of, words in _BETTER if told in of and _says(words, story)), told)


def _says(words: tuple[re.Pattern[str], ...], story: str) -> bool:
    return all(pattern.search(story) for pattern in words)


_BETTER: tuple[tuple[str, frozenset[str], tuple[re.Pattern[str], ...]], ...] = (
    ("machine", frozenset({"collapse", "medical", "shock", "traffic"}), (_MACHINE,)),
    ("domestic", frozenset({"medical"}), (_BEATEN, _MARKS)),
    ("snake", frozenset({"medical", "poison"}), (_SNAKE,)),
    ("wire", frozenset({"collapse", "medical"}), (_POLE,)),
    ("stuck", frozenset({"collapse", "medical", "drowning"}), (_STUCK,)),
    ("gas", frozenset({"fire", "medical"}), (_CHARCOAL, _NO_ANSWER)),
    ("violence", frozenset({"medical", "fire", "collapse", "missing"}), (_HELD,)),
    ("medical", frozenset({"missing"}), (_STILL,)),
    ("landslide", frozenset({"flood"}), (_SLIDES,)),
    ("medical", frozenset({"collapse"}), (_FAINTED,)),
)
"""Kinds that fit better than the one first heard, where their words are all in the story."""


_ILL = regex("[晕昏吐抽喘疼痛病烧瘫醒]|没气|不动|心口|胸|出血")


def _is_of_home(ctx: Context, story: str) -> bool:
    """我不想跟他过了 他拿娃威胁我: no illness is named, and it is surely about what happens between the two."""
    if _ILL.search(story):
        return False
    reading = ctx.reading if story == ctx.said else classify(ctx.words.lexicon, story)
    return reading.code == AT_HOME and reading.confidence >= SURE


def _is_at_home(ctx: Context, story: str, *, heard_violence: bool) -> bool:
    if _KIN.search(story) is not None and (heard_violence or _STRIKES_ME.search(story)):
        return True
    reading = ctx.reading if story == ctx.said else classify(ctx.words.lexicon, story)
    # 张家和李家又打起来了 sounds of a family a little, and is a fight all the same: where it is in doubt kin is named.
    return reading.code == AT_HOME and (reading.confidence >= SURE or _KIN.search(story) is not None)
