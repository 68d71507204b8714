"""What stands around a danger: words that lead to it, and 火灭了, 找到了, 打错了 没着火: it is over, or was none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from domain.matters import Matter, Urgency
from handlers.accusing import blames_alone, harms
from handlers.context import Context
from handlers.danger_answers import clauses_of, nobody
from handlers.danger_before import beaten_again, of_what_he_told, told_at_home, worse_again
from handlers.danger_kinds import NOT_KNOWN, SURE
from handlers.filing import CONDUCT
from handlers.manners import lets_it_rest
from handlers.sealed_more import is_beaten_too, is_of_it
from nlp.danger import Danger
from nlp.lazy import regex
from nlp.words import look_for_danger

# Words that lead into what is meant; the first look for danger hears what comes behind them.
_LEAD = regex(
    r"^(?:补充|追加|转?人工|对了|(?:不说|不讲|算|不反映|不弄)了)[\s,，:：]+(?=.)|^.*(?:还有|另外|再就是)(?:个事|件事)?[\s,，:：]*(?=.{2})",
    re.DOTALL,
)
_OVER = regex(
    r"(?:(?:打错|发错|点错|说错|报错|看错|搞错|弄错)了?|误报|虚惊一场|气话|开玩笑(?:的|呢)?|假的|[他她](?:已经)?(?:走|睡|出去|跑)了|没着火|没有的事)?"
    r"[\s,，。]*(?:其实|是|根本)*(?:没着火|没有的事)?[\s,，。]*(?:人|火|我们?|娃|孩子|老人|[爸妈爹娘]|[他她]|都|已经|现在|刚|被|给)*"
    r"(?:找到|找着|回来|回家|扑灭|浇灭|灭|熄|没着火|没着|假的|误报|打错|发错|虚惊一场|气话|救出来|救上来|救下来|拉上来|爬上来|没事|平安|不烧|不着|不冒烟)(?:了|啦|咧|着呢)*"
    r"(?:[\s,，]*(?:人|都|我|大家)*(?:没人受伤|没伤(?:着|到)?人|没事|好好的|都好|平安)(?:了|的)*)?"
    r"(?:[\s,，]*(?:原来)?(?:就)?(?:在|去|到)了?[\u4e00-\u9fff]{0,4}(?:家里?|学校|同学那|屋里|炕上)(?:呢|耍|玩|睡着)*)?[\s,，。.!！]*(?:谢谢.*)?"
)
_WHO = r"(?:人|火|我们?|俺们?|娃|孩子|老人|大人|大家|[爸妈爹娘]|老汉|[他她它]|都|全|已经|现在|刚|也|还|倒|早|给|被|把|就|又)"
_END = r"(?:了|啦|咯|哒|哈|哩|咧|嘞|的|着呢|啊|呀|嘛|呢|喽|得很)*"
_ENDED = regex(
    rf"{_WHO}*(?:找到|找着|找见|寻到|寻着|回来|回家|到家|扑灭|浇灭|打灭|灭|熄|泼熄|救出来|救上来|救下来|拉上来|爬上来|没着火|不烧|不着|不冒烟|不冒火|醒过来|缓过来|送到?医院|送卫生院|120(?:接|拉)走){_END}"
)
# Who was got out may yet be hurt, and what he was got out of burns on: that alone ends nothing.
_OUT = regex(
    rf"{_WHO}*(?:苏?醒(?:过来)?|(?:跑|逃|撤|救|抬|拉|弄|捞|搬|背|抱|爬|走|拽|拖|扯|钻|转移|躲|挪)(?:到)?(?:出|上|下|回|起|开)?(?:来|去|外头|外面|安全的?地方)){_END}"
)
_WELL = regex(
    rf"{_WHO}*(?:(?:没(?:得|有|啥|什么|哪个|人)*|冇得?|莫得|无)(?:啥|什么)?(?:大)?(?:事|碍|危险|受伤|伤(?:着|到)?(?:人)?)|没伤(?:着|到)?(?:人)?|平安|安全|好好的|好着|活蹦乱跳|活得好好的){_END}"
    rf"|(?:人|娃|娃娃|孩子|老人|大人|大家|[爸妈爹娘他她]|老汉)(?:都|也|还|现在|倒)*好{_END}"
)
_BESIDE = regex(
    r"(?:(?:谢谢|多谢|感谢|辛苦|麻烦|打扰|对不住|对不起|不好意思|难为).{0,8}|吓(?:死|坏|到|着)?(?:人|我|俺|一跳|一大跳|死我|死人|坏我|得我.{0,4})(?:了|咯|哒)?|好险|(?:大家|你们|都)*[莫别](?:来|担心|急)了?|不用(?:来|管|担心)了?|放心(?:吧|嘛)?|哎呀|哎哟|哎|还好|幸好|万幸|老天保佑|阿弥陀佛)(?:了|啦|哈|啊|呀)*"
)
_ERRED = regex(
    r"(?:哎呀|哎|哦|我|俺|是|刚才|刚刚|前头|没得事|没事)*(?:(?:打|发|点|说|报|看|搞|弄|认|听|整|按|拨)错(?:了|咯|哒|啦|喽|的)*|眼花(?:了|咯)?|误会|误报|虚惊(?:一场)?)(?:了|的|嘛|啦|哈|呢|啊)*"
)
_FALSE = regex(
    r"(?:哎呀|哎|哦|我|俺|真的|其实|都|全|根本|就|原来|是|没事)*(?:假的|不是真的|没有的事|没得的事|(?:骗|哄|逗|耍|日弄)(?:你|您)(?:们)?(?:玩|耍)?的?|开(?:个)?玩笑的?|说(?:着|起)?(?:玩|耍)的|(?:说)?(?:的)?(?:是)?(?:句)?(?:气话|酒话)"
    r"|(?:没|没有|没得|冇)(?:着|燃|起火|着火|烧|落水|掉|触电|中毒|打架|出事|丢|走丢)(?:火|人)?)(?:了|的|嘛|啦|哈|呢|啊)*"
    r"|.{0,2}(?:娃|娃娃|小孩|孩子|细娃|伢|崽|孙子|孙女|孙娃).{0,6}(?:耍|玩|乱(?:按|发|打|点|说)|瞎(?:按|发|打|点)|发)(?:起)?的"
)
# 在他姑家: where who was looked for was found.
_THERE = regex(
    r"(?:原来|他|她)*(?:就)?(?:在|去|到)了?.{0,4}(?:家里?|屋里?|屋头|学校|炕上|床上)(?:呢|耍|玩|睡着|睡觉)*(?:了|的)?"
)
# 是锅烧糊了, 是别个烧荒: what it was instead, unless that did harm (是烧秸秆引起的).
_INSTEAD = regex(
    r"(?:哦|噢|哎呀|原来|其实|就|结果|人家|看了)*是.{0,6}(?:锅|菜|饭|馍|肉|粥|油|豆|红薯|水壶)?(?:烧糊|烧焦|糊锅|糊|焦|烧干|做饭|煮饭|炒菜|蒸馍|熏肉|熏腊肉|炕(?:腊)?肉|烧秸秆|烧荒|烧草|烧火粪|烧纸|烧柴|烧火|烧炕|烧垃圾|放炮|放鞭炮|放烟花|打药|施肥|雾|水汽|灰尘|猫|狗|鸡|羊|猪|牛|老鼠|路灯|车灯|演习|演戏|拍戏)(?!.{0,2}(?:引|惹|点着|过来|到))"
    r"(?:了|的|味|味道|烟|火|冒的?|冒烟|哩|咧|嘞|呢|嘛|啊)*"
)


def heard_behind(ctx: Context) -> Danger | None:
    """The danger a message tells of, for whoever has just told of something else."""
    found = beaten_again(ctx, worse_again(ctx, _heard_behind(ctx)))
    return of_what_he_told(ctx, found) if found else None


def _heard_behind(ctx: Context) -> Danger | None:
    """Also behind 补充 or a matter of its own: 补充 我男人打我. Blame of somebody in office that merely sounds like a cry
    (小陈吃了隔壁的席 只给他掏) is none."""
    found = ctx.heard.danger
    if found is not None and (is_beaten_too(ctx) or (not (found.is_named or found.sealed) and _is_talk(ctx, found))):
        return None
    if (found is None or not found.certain) and (lead := _LEAD.match(ctx.said)):
        return ctx.ears.heard(ctx.said[lead.end() :]).danger or found
    if found is not None or len(ctx.said) > _FEW:
        return found
    if ctx.is_direct and _CRY.fullmatch(ctx.said):
        return Danger(NOT_KNOWN, "110", False, (ctx.said,))
    return _fumes_at_work(ctx) if _FAINT.search(ctx.said) else None


# 救, SOS: more he may not be able to write.
_CRY = regex("(?:救+我?|sos)[。.!！~～]*", re.IGNORECASE)


_LEAVING = frozenset({"withdraw", "cancel", "chat", "urge", "track", "human", "help", "who", "add", "report"})


def tells_behind_leaving(ctx: Context) -> bool:
    """不说了 邻居把我打了: the word that leaves stands before what must not be left."""
    if ctx.understanding.intent not in _LEAVING:
        return False
    return any(look_for_danger(ctx.words.lexicon, clause) for clause in clauses_of(ctx.said)[1:])


_ASKS_ABOUT = frozenset({"track", "chat", "help", "who", "consult", "human"})


def is_told_all_the_same(ctx: Context, found: Danger) -> bool:
    """Is it told, though the message is surely something else as well? 吃了一整瓶安眠药会怎么样 is no question for the books, and
    别给我儿子说 他会打死我 no mere wish for silence."""
    if tells_behind_leaving(ctx):
        return True
    understood = ctx.understanding
    if found.kind == "suicide" and found.is_named:
        return understood.intent in _ASKS_ABOUT and not understood.slots.get("number")
    return understood.intent == "anonymous" and told_at_home(ctx) is not None


def _is_talk(ctx: Context, found: Danger) -> bool:
    """What merely sounds like a cry, and is blame, more of what was sealed just now, or lets something rest."""
    return (
        blames_alone(ctx, ctx.said)
        or is_of_it(ctx, is_sure=found.certain)
        or lets_it_rest(ctx.said)
        or (not found.certain and _is_conduct(ctx))
        or _FUNERAL.search(ctx.said) is not None
    )


# 我老汉今早上走了 要办后事: he is dead already, and nobody looks for him.
_FUNERAL = regex("(?:办|料理|操办|准备)(?:一下)?(?:他|她)?的?(?:后事|丧事|白事)")


def _is_conduct(ctx: Context) -> bool:
    """他们把危房指标给了有楼房的人: surely about those in office, who must not read it in an alarm, and about nobody's body; 我们
    几十个人明天去县上堵门 goes up, and has a way of its own."""
    reading = ctx.reading
    is_blame = reading.code in CONDUCT and reading.is_founded and reading.confidence >= SURE
    return (is_blame or reading.petition) and not harms(ctx.said)


_FEW = 14
_FAINT = regex("头.{0,2}(?:晕|昏|疼|痛)|恶心|想吐|吐了|站不稳|发软|没劲|喘不上|胸闷")
_FUMES = regex("煤气|燃气|天然气|液化气|气罐|炭|炉子|煤烟|沼气|农药")
_FUMES_LAST = timedelta(hours=3)


def _fumes_at_work(ctx: Context) -> Danger | None:
    """头晕, after 屋里一股煤气味: what he breathes is doing its work."""
    told = ctx.store.matters.reported_by(ctx.sender.contact.id) if ctx.is_direct else []
    recent = [m for m in told if m.is_living and ctx.now - m.filed_at <= _FUMES_LAST]
    breathed = any(_FUMES.search(matter.text) for matter in recent)
    return Danger("gas", "120", True, (ctx.said,)) if breathed else None


# One of these stands in all that ends something, and in all that tells of a mistake: most messages hold none, and need
# not be taken apart (measured: 8.6 → 4.6 µs a complaint for all of `take_over`).
MAY_END = regex(
    "[找寻回灭熄假误错惊话救事碍险伤安跳醒缓院]|(?<=[没不])[着烧冒]|(?<=[人娃子们家爸妈爹娘他她汉都也还在倒])好|好[好着]|上来|到家|120"
)
MAY_ERR = regex(
    "[错误惊假骗哄逗耍玩是]|[气酒]话|日弄|乱[按发打点说]|瞎[按发打点]|发起?的|眼花|的事|[没有得冇][着燃起烧落掉触中打出丢走]"
)
_TWICE = regex(r"([\u4e00-\u9fff]{1,4}[了啦])\1+")
"""灭了灭了."""
_CALM = (_ENDED, _WELL, _OUT, _BESIDE, _ERRED, _FALSE, _THERE)


def is_over(said: str) -> bool:
    """Whether the whole message says so: 火灭了, 捞上来了 人好的, 没得事 吓死人."""
    if MAY_END.search(said) is None:
        return False
    said = _TWICE.sub(r"\1", said.strip())
    if _OVER.fullmatch(said) is not None:
        return True
    clauses = clauses_of(said)
    is_said = any(_ENDED.fullmatch(each) or _WELL.fullmatch(each) for each in clauses)
    return is_said and all(any(form.fullmatch(each) for form in _CALM) for each in clauses)


def is_out(said: str) -> bool:
    """人都跑出来了: nobody is in it any more; whether it is over is not said."""
    clauses = clauses_of(said)
    return any(map(_OUT.fullmatch, clauses)) and all(
        _OUT.fullmatch(each) or _BESIDE.fullmatch(each) for each in clauses
    )


_HELPED = regex(
    "(?:打|叫|报|喊|拨)(?:过|了|通|完|的)+(?:电话)?(?:1(?:10|19|20|22)|12356|急救|救护车|警|消防)|(?:1(?:10|19|20|22)|救护车|警察?|消防车?|急救)(?:电话)?(?:我|已经|都|也|早)*(?:打|叫|报|喊|拨)(?:过|了|通)"
    "|(?:救护车|1(?:10|19|20|22)|警察|民警|派出所|消防车?|大夫|医生|村医)(?:的人|的)?(?:已经|都|也|刚)*(?:来|到|接走|拉走|在路上|过来)了"
    "|(?:在|到)[\u4e00-\u9fff]{0,4}(?:医院|卫生院|急诊|急救室|病房|派出所)|送(?:到|去|了)?[\u4e00-\u9fff]{0,4}(?:医院|卫生院)|住(?:上)?院|抢救"
)
_HELPED_CHARS = 16
_ASKS = regex("[吗嘛？?咋怎哪]|没(?!事)|不(?!用|要紧)")


def is_helped(said: str) -> bool:
    """打了120了, 救护车来了, 在县医院呢: somebody has called, or has come."""
    return len(said) <= _HELPED_CHARS and _HELPED.search(said) is not None and _ASKS.search(said) is None


def is_thanks(said: str) -> bool:
    """谢谢, 吓死我了: it tells nothing of the danger."""
    clauses = clauses_of(said)
    return bool(clauses) and all(map(_BESIDE.fullmatch, clauses))


def is_mistaken(ctx: Context, said: str) -> bool:
    """看错了 是烧柴冒烟, 骗你的, 是锅烧糊了: it was none, and what it was is no danger either."""
    if MAY_ERR.search(said) is None:
        return False
    clauses = [each for each in clauses_of(said) if not _BESIDE.fullmatch(each) and not _WELL.fullmatch(each)]
    if not clauses:
        return False
    erred = _ERRED.match(clauses[0]) or _FALSE.fullmatch(clauses[0]) or _INSTEAD.fullmatch(clauses[0])
    if erred is None:
        return False
    rest = " ".join([clauses[0][erred.end() :], *clauses[1:]]).strip()
    return not rest or ctx.ears.heard(rest).danger is None or _INSTEAD.fullmatch(clauses[-1]) is not None


def leaves(ctx: Context, said: str) -> bool:
    """没有 就是怕塌: nobody is in danger, and what follows tells of none."""
    rest = nobody(said)
    return rest is not None and (not rest or (danger := ctx.ears.heard(rest).danger) is None or not danger.certain)


def ends(ctx: Context, matter: Matter) -> bool:
    """Does its keeper say that the danger is over (火灭了 没人受伤)? Then nobody is alerted again."""
    if matter.urgency is not Urgency.P0 or not is_over(ctx.said) or ctx.person is None:
        return False
    for alarm in ctx.store.alarms.open(ctx.now):
        if alarm.matter_id == matter.id:
            ctx.store.alarms.save(replace(alarm, state="answered", answered_by=ctx.person.id, answered_at=ctx.now))
    return True
