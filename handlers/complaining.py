"""Is somebody in office complained of, in whatever words? handlers/accusing.py knows what is surely wrong (bribes, blows,
kin); here is what merely tells against him: 光抽烟, 不理我, 态度不好, 弄丢了, 跑了四趟.

He must not read it (topics page §5.4, rule 2). Where it is in doubt whether he is blamed it is kept from him too; nobody is
called, and no alarm withheld, for such words alone. Where no office is named nothing else is looked at.
"""

from __future__ import annotations

import re

from handlers.accusing import accused_in, accuses_by_name, is_unfit, named, people_called
from handlers.context import Context
from handlers.filing import CONDUCT
from nlp.lazy import regex
from nlp.words import Reading

LIKELY = 0.05
"""What share the thing must have beside the conduct it is told with."""
_NO_THING = "OT"

# 班主任, 施工队长, 会计证: no office of this village.
_ELSEWHERE = regex("(?:学校|医院|卫生院|银行|信用社|公司|厂里?|校|班|车间|施工队?|工程|包工|医疗|消防|运输|车)(?:的)?$")
_NEIGHBOUR = regex("(?:隔壁|邻居|邻家|对门|村民|外地|外村|老板|那户|一户|亲戚)(?:的|那个)?(?=姓)?$")
_NO_OFFICE = regex("员(?!工)|医|证|师|专业|班|事务|亲戚不")
_KIND = regex("谢|感激|辛苦|表扬|多亏|亏得|好干部|锦旗|夸|冤枉|别怪|不怪|没怪")
_TIMES = "(?:好|都|有|不下|足足)*(?:[几两三四五六七八九十百多]|\\d|无数)+(?:来|多)?(?:遍|次|回|趟|道)(?!电话)"
_ASKED_OFTEN = f"(?:说|讲|找|求|跑|催|反映|请|喊)(?:了|过|他|她|你|我|俺)*{_TIMES}"
_MANNER = (
    "态度.{0,4}(?:不|差|恶|横|坏|冷|硬|凶|问题)|(?:说话|讲话).{0,2}(?:冲|难听|不算|不中听|凶|硬|带刺|没准)"
    "|(?<![人被让叫遭])骂|(?<![培军集轮])训(?!练)|怼|吼|嚷|凶(?:我|人|得|巴)|发(?:火|脾气)|冲我|刁难|为难|报复|穿小鞋"
    "|爱理不理|不耐烦|脸色|甩脸|翻脸|摆架子|架子大|官架|官腔|官僚|看不起|瞧不起|看人下菜|欺负|欺压|霸|作威|仗势|仗着"
    "|偏(?:心|向|着|袒)|推(?:脱|三|来推|诿|卸)|踢皮球|打太极|扯皮|敷衍|应付|糊弄|忽悠|日弄|日鬼|撒谎|说谎|瞎说|胡说|说瞎话|吹牛"
    "|(?<![诈被受反])骗(?!子)|哄(?:我|人|鬼)|耍(?:我|人|赖|滑|嘴|威风|牌)|赖(?:账|皮)|装样子|摆样子|做样子|走过场|形式主义"
)
_SLACK = (
    "(?:从来?|一直|根本|压根|死活|硬是|一[次回趟天]都?|啥[都也]|什么[都也]|总|老是?|成天)(?:就|都|也)?(?:不|没)(?!是|用|事|错|空|在)"
    "|(?:不|没)(?:有)?(?:人影|露过?面|吭|搭理|理(?![解发赔财])|当回事|当人|上心|尽心|用心|认账|讲理|负责|公平|公道|公正"
    "|[办干][人实正]?事|干活|管(?:我|俺|咱|群众|老百姓|事|人)|像话|要脸|地道|作为|兑现|称职)|不下(?:来|村|队)"
    "|(?:光|净|尽|只知道|就知道|就会|只会|成天|整天|一天到晚|天天).{0,4}(?:抽烟|喝酒|打牌|麻将|睡|耍|吃|喝|聊|嘴|坐|转悠|收钱|骂|训)"
    "|抽烟|喝酒|喝醉|麻将|打牌|赌|嫖|乱搞|作风"
    "|(?:拍|照|看|瞅|转)(?:个|张|了|一|完|过)*(?:照片?|相|眼|圈|下)?就(?:走|跑|溜)|溜了|躲(?:着|我|起)|不见(?:人|影)|[找见]不[到着]"
    "|(?:说|答应|承诺).{0,6}(?:不算|没影|不作数|放屁)|光[说会]|空话|大话|嘴上|懒|混(?:子|日子|饭|账|蛋)|拖着不|(?:次次|回回|每次|趟趟).{0,6}[不没说推]"
)
_TOOK = (
    "[搞弄整]丢|把.{1,10}(?:弄没|搞没|丢|撕|藏|刷下|顶|挤)了|把(?:我|俺|咱|人家?|老百姓|群众|大家|村里).{0,10}(?:改|删|划|取消|停|扣|占|锁|拆|砍|断|退)了"
    "|克扣|扣(?:了|我|下|着|掉|住|押)|占(?:了|着|我|人)|锁(?:了|着|住|上)|瞒|私自|私下|偷偷|漏(?:报|了我|掉)|少[给发算报][我了人]|多[收扣算要][我了人]"
    "|白[拿占]|截[留下了]|吞|揣|腰包|捞(?:钱|油水|好处)|还(?:让|叫|要|说|找)(?:我|俺|咱)"
)
_JUDGED = (
    "不是(?:个|什么|啥)?(?:好|东西|人(?!家)|玩意|当.{0,3}料)|啥东西|什么东西|滑头|黑心|心黑|坏(?:蛋|怂|人|透)|缺德|没良心|良心|不要脸|没用|废物|饭桶"
    "|没(?:本事|水平|能力)|不够格|不配|吃闲饭|吃干饭|王八|狗(?:官|腿|日)|无赖|土皇帝|一手遮天|过分|太(?:黑|坏|狠|霸|牛|懒|差|偏|贪|过)"
    "|办过(?:啥|什么|几)|干过(?:啥|什么)|干啥吃|有(?:啥|什么)用|凭(?:啥|什么)|为(?:啥|什么)(?:只|光|偏|老)|眼里|(?:有|大|多).{0,2}意见|意见.{0,2}大|不满|不服|看不惯|受不了|换(?:了|掉)(?:他|她)"
)
_TELLS_AGAINST = regex(f"{_MANNER}|{_SLACK}|{_TOOK}|{_JUDGED}|{_ASKED_OFTEN}")
_OFTEN = regex(f"{_ASKED_OFTEN}|[找见]不[到着]|有.{{0,2}}意见|意见.{{0,2}}大|不满|不服")
# 凭啥小陈…, 我要投诉文书.
_BEFORE = regex("(?:凭啥|凭什么|[都全]怪|怨|恨|举报|检举|投诉|告发|要告)[^\\s,，。]{0,3}$")
# 叫小陈来, 给书记说: he is spoken to or sent for; what follows a pause is no word of him unless it says so.
_SENT_FOR = regex(
    "(?:叫|喊|请|让|麻烦|通知|告诉|联系|给|跟|向|找|问|对|和)(?:一?下|了|过)*(?:村里?的?|咱们?|我们|那个|他们|你们)?$"
)
_HAILED = regex(r"(?:您好|你好|好|啊|呀|在吗|同志|叔|哥|姐)*[\s,，。:：!！]+")
_AT_ONCE = regex("[你您他她这个人就也都真咋]{0,4}")
_STILL_OF_HIM = regex(
    "(?:他|她|人家|这个?人|一直|从来|根本|压根|死活|就是|也|都|次次|回回|还[让叫说要]|态度|说话|不理|不管)"
)
_GOES_ON = regex(
    "[他她一就还又也都光只才说来去到走回态不没从根压天次老总净尽啥什叫让把给连咋凭骗偏跟对收拿吃喝要打骂人这]"
)
_THING_OF_HIS = regex(
    "家(?!伙)|的(?!态度|脸|作风|心|人|话|事|账|嘴|工作|做法)|(?:他|她)?(?:婆娘|媳妇|老婆|儿子|女儿|娃|亲戚|弟|哥|姐|妹|侄|舅|爹|妈)"
)
_ACTS = regex(
    "把.{1,10}[锁占堵拆挖砍断卖抢撬]了|占(?:了|着|我)|锁(?:了|着|住|上)|霸|抢(?:了|我|占)|堵(?:着|住)(?:我|路|门|水)|打(?:我|人|了|伤)|骂|欺负|凭(?:啥|什么)|优先"
    r"|(?:都|先|早).{1,6}了[\s,，]*(?:我们|我家|俺|咱|老百姓|别人).{0,5}[不没]|吃(?:着)?低保|进了(?:他|她|自)|仗"
)
_PAUSE = regex(r"[\s,，。;；!！?？]+")


def complains(ctx: Context, words: str) -> bool:
    """Whether somebody in office, named or by his title, is complained of."""
    return bool(_complained(ctx, words))


def must_hide(ctx: Context, words: str) -> bool:
    """Whether nobody of the village may read it: he is accused, or complained of, or it tells on somebody."""
    return complains(ctx, words) or is_unfit(ctx, words)


def blamed_in(ctx: Context, words: str) -> frozenset[int]:
    """Who of those in office is accused or complained of; by ids of people."""
    known = people_called(ctx)
    return accused_in(ctx, words).union(*(known.get(name, ()) for name in _complained(ctx, words)))


def names_somebody(ctx: Context, words: str) -> bool:
    """Whether somebody in office is named at all. In why one is not satisfied that is blame enough."""
    return bool(named(ctx, words))


def without_him(ctx: Context, words: str) -> str:
    """灯还是不亮, of 小陈骗人 灯还是不亮: what of it names nobody in office, tells against nobody and says 他 of nobody."""
    clauses, shown, is_of_him = [clause for clause in _PAUSE.split(words) if clause], [], False
    for clause in clauses:
        is_of_him = names_somebody(ctx, clause) or (is_of_him and _GOES_ON.match(clause) is not None)
        if not (is_of_him or re.search("[他她]", clause) or must_hide(ctx, clause)):
            shown.append(clause)
    return "，".join(shown)


def _complained(ctx: Context, words: str) -> set[str]:
    met_names = named(ctx, words)
    if not met_names or _KIND.search(words):
        return set()
    return {met[0] for met in met_names if _tells_against(words[: met.start()], words[met.end() :])}


def _tells_against(before: str, after: str) -> bool:
    """Whether what stands before a name and behind it tells against him who is named."""
    if _ELSEWHERE.search(before) or _NEIGHBOUR.search(before) or _NO_OFFICE.match(after):
        return False
    if _BEFORE.search(before) or _TELLS_AGAINST.match(after):
        return True
    clauses = _PAUSE.split(after)
    if len(before.strip(" @")) <= 1 and (hailed := _HAILED.match(after)):
        behind = after[hailed.end() :]
        return _TELLS_AGAINST.match(behind, _AT_ONCE.match(behind).end()) is not None  # type: ignore[union-attr]
    if _SENT_FOR.search(before):
        said_of_him = (clause for clause in clauses[1:] if _STILL_OF_HIM.match(clause))
        return _OFTEN.search(clauses[0]) is not None or any(map(_TELLS_AGAINST.search, said_of_him))
    if _THING_OF_HIS.match(after):
        return _ACTS.search(after) is not None
    for place, clause in enumerate(clauses):
        if place and not _GOES_ON.match(clause):
            return False
        if _TELLS_AGAINST.search(clause):
            return True
    return False


def left_undone(ctx: Context, reading: Reading) -> str | None:
    """书记说了两个月路灯还没人来修: the lamp is to be mended, where somebody in office is named and accused of nothing."""
    if reading.code not in CONDUCT or reading.sealed or reading.danger or not ctx.in_trouble:
        return None
    is_blame = complains(ctx, ctx.said) or accuses_by_name(ctx, ctx.said)
    if is_blame or not ctx.words.intents.words["matters"].search(ctx.said):
        return None
    code, share = next(((code, share) for code, share in reading.alternatives if code not in CONDUCT), ("", 0.0))
    topic = ctx.words.lexicon.topics.get(code)
    return code if topic is not None and topic.top != _NO_THING and share >= LIKELY else None
