"""Speaking without a name (匿名): it is said who will read it before a word of it is asked (rulings, Sealed matters)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

from domain.matters import Matter, Urgency
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers import sealed_more
from handlers.accusing import names_office
from handlers.afterwards import living
from handlers.alerting import alerted, helper_and_phone
from handlers.context import Context
from handlers.danger_over import is_over
from handlers.discreet import STORY_FOR, promise
from handlers.filing import NO_MATTER, draft_of
from handlers.matter_lookup import HANDLERS
from handlers.matters import file_words, take_words
from handlers.pleas import is_plea, waiting_story
from handlers.registry import answers, intent
from handlers.sealing import receiver_words
from handlers.texts import discreet as discreet_texts
from handlers.texts import sealed as sealed_texts
from nlp.lazy import regex
from nlp.words import classify
from storage.alarms import Alarm

_ALONE = regex("我?[要想]?(?:悄悄说|匿名(?:反映|反应|举报|投诉|说)?)(?:一?[个件]?事|一下)?[。.!！~～]*")
_ASKS = regex(
    "匿名[^，,。 ]*[吗不么？?]|不想(?:让|叫).*知道|能匿名|可以匿名|能不能匿名|[会能]不[会能].*(?:知道|看见|查|名字|是我)|报复|不敢说|得罪人"
    "|(?:哪|谁).{0,3}(?:告|举报)|(?:告|举报).*[去到找向](?:哪|谁)"
)
_QUESTION = 16
"""A longer message that asks so also tells its story."""
_LEAST = 4
"""What is shorter is a word of thanks or of doubt, and no story."""


@intent("anonymous")
def speak_unnamed(ctx: Context) -> None:
    """匿名反映 and a story: it is filed out of the village's sight. The word alone, and 能匿名吗, ask for the story."""
    if "匿名" in ctx.said and not ctx.reading.sealed:  # 评议匿名不匿名: a vote without names is no wish for it
        take_words(ctx, ctx.said)
    elif _ALONE.fullmatch(ctx.said) or (len(ctx.said) <= _QUESTION and _ASKS.search(ctx.said)):
        ctx.ask("anonymous", 0, (), STORY_FOR)
        ctx.reply(sealed_texts.ask_unnamed())
    elif ctx.understanding.certain:
        file_unnamed(ctx, ctx.said)
    else:
        take_words(ctx, ctx.said)


@answers("anonymous")
def take_unnamed(ctx: Context, question: OpenQuestion, said: str) -> None:
    if len(said) < _LEAST and (not ctx.reading.is_founded or ctx.reading.code == NO_MATTER):  # 水 says at least of what
        raise NotUnderstood("anonymous")
    ctx.store.questions.close(question, ctx.now)
    file_unnamed(ctx, said)


def file_unnamed(ctx: Context, story: str, code: str | None = None) -> None:
    reading = ctx.reading if story == ctx.said else classify(ctx.words.lexicon, story)
    file_words(ctx, replace(draft_of(reading, story, code), is_sealed=True, is_unnamed=True))


# -- said of it afterwards


_OF_HIM = regex("[别莫不甭勿保怕么休唔谢查匿名悄没敢会我举告进催撤辛感啥谁]")
"""One of these stands in all that is said so."""
MAY_BE = regex(
    "[别莫甭勿休怕唔匿悄举告谢址码]|保密|姓名|名(?!单)|不[要能许得可敢准想愿会]|辛苦|感[激恩]|多亏|磕头|作揖|担心|电话|手机|信息|身份"
)
"""And one of these where it is no command; many say 没, 不 and 我."""
_LONGEST = 28
_FEARS = regex(
    "(?:我|俺)?(?:就是|有点|还是|也|很|真)*(?:怕|担心|不敢).{0,8}(?:报复|晓得|知道|找我|整我|打我|收拾|穿小鞋|认出|猜到|查到|是我).{0,4}"
    "|(?:不会|会不会|不会让|千万莫让).{0,8}(?:晓得|知道|看见|查到|猜到|说出去|是我|报复|找我).{0,6}"
)
_WONT_YOU = regex(
    "(?:你们?|您|村里|他们?|小[\u4e00-\u9fff])?(?:该|可|就)?(?:不会|会不会|不得|莫不会)(?:给|跟|和|对|让|叫|告诉).{1,6}?(?:说|讲|晓得|知道|听见)?(?:出|出来)?是我(?:说|讲|告|报|反映)?的?(?:吧|吗|么|不)?"
)
_THANKS = regex("谢|辛苦|感激|感恩|多亏|磕头|作揖")
_JUSTICE = regex("做主|公道|伸冤|出气|撑腰|替我(?:们)?说话|青天|清白|讨回|管管他")
_AFTER = regex(
    "(?:我|俺)?们?(?:那个|那件|这个|上次|上回|前[天几]天?|昨天|昨儿|刚才|之前|先前|早上)*的?(?:匿名|没(?:写|留|露)名字?|不(?:写|留|露)名字?|悄悄|(?P<open>举报|告|检举))"
    "(?:给你们?|跟你们?)?(?:说|讲|反映|举报|投诉|告)?(?:过|了)?的(?:那个|那件|那|这)?(?:事(?:情|儿)?|件|人)?"
    "[^，,。]{0,4}(?:咋样|怎么样|怎样|咋个样|啥样|结果|消息|下文|进展|回音|动静|查|办|处理|到哪|有人管)[^，,。]{0,6}"
    "|.{0,6}查询码.{0,6}(?:忘|丢|找不|没记|没了|没有了|不见|删|啥|什么|哪|咋|怎么|做什么).{0,6}|.{0,4}(?:忘|丢|找不到|没记住?|弄没)(?:了)?.{0,4}查询码.{0,4}"
)
_MINE = "(?:我|俺|我们|我家)的?(?:电话(?!线)|手机(?!坏|没)|号码|名字|姓名|信息|身份证?|住址)"
_GIVEN = regex(
    f".{{0,8}}{_MINE}.{{0,4}}(?:给|告诉|漏|泄|透|说|传|卖)(?:了|过|露|出去)*.{{0,6}}"
    f"|.{{0,6}}(?:谁|哪个|哪些人|别人|人家|外人|[他她]们?|书记|村里人?|小[\u4e00-\u9fff]|办事的)(?:都|能|会|是不是|看不看得)*(?:看|知不知道|晓不晓得|晓得|知道|有没有).{{0,4}}{_MINE}.{{0,4}}"
)
# 我媳妇是不是给你们说啥了, 张婶说了我啥, 谁告的我: what others told, or whether, is said to nobody.
_KIN = "(?:我|俺)?(?:家)?(?:那口子|媳妇|老婆|老公|男人|老汉|老伴|婆婆?|公公|儿子?|女儿|闺女|娃|妈|爸|爹|娘|哥|姐|弟|妹|嫂子?|隔壁|邻居|邻家|对门)"
_OTHERS = rf"(?:{_KIN}|[老][\u4e00-\u9fff]|[\u4e00-\u9fff]{{1,2}}(?:婶|叔|大?爷|奶奶?|嫂子?|伯|大?娘|大妈|哥|姐|姨)(?:家)?|[他她]们?|谁|哪个|有人|有没有人|是谁|人家|别人)"
_WHAT_WAS_TOLD = regex(
    rf"{_OTHERS}(?:家)?(?:昨天|今天|刚才|前天|那天|上次)?(?:是不是|有没有|是否|到底|又|都|也)*(?:来)?(?:(?:给|跟|和|对|向|在|找)(?:你们?|您|村里|这儿?|书记|干部)(?:这儿?|那儿?)?)?(?:说|讲|反映|反应|告|举报|投诉)(?:了|过)*(?:我|俺)?(?:家|们)?(?:的)?"
    rf"(?:些)?(?:啥|什么|甚|么子|坏话|闲话|状|了?没有?|了?吗|的)+(?:话|事|坏话)?(?:了|没|吗|没有)*|(?:是)?(?:谁|哪个)(?:说|讲|告|举报|投诉|反映)(?:的)?(?:我|俺)(?:家)?(?:的)?"
)
# One of these stands in all that asks so.
_TELLING = frozenset("说讲映应告报诉")
_ASKS_IT = regex("谁|哪|[会能是]不[会能是]|知不知|[没吗么不]$|没有$")
_END = " 。.!！?？~啊呀哈呢哦噢嘛咯"


def take(ctx: Context) -> bool:
    """What he says of something that bears no name, and is no story: silence asked for, thanks, fear, what became of it.

    None of it reaches anybody.
    """
    said = ctx.said.strip(_END)
    if not ctx.is_direct or len(said) > _LONGEST or _OF_HIM.search(said) is None or ctx.roles & HANDLERS:
        return False
    if not _TELLING.isdisjoint(said) and _WHAT_WAS_TOLD.fullmatch(said):
        return _reply(ctx, discreet_texts.told_to_nobody())
    if MAY_BE.search(said) is None:
        return _asks_of_it(ctx) and _of_what_was_sealed(ctx, said)
    return _keeps_quiet(ctx) or _asks_after(ctx, said) or _of_what_was_sealed(ctx, said)


def _keeps_quiet(ctx: Context) -> bool:
    """别说是我讲的: of what was sealed it is so already; what is not filed yet bears no name; else it is too late."""
    if not (is_plea(ctx.said) or _WONT_YOU.fullmatch(ctx.said.strip(_END))):
        return False
    if (matter := sealed_more.told_just_now(ctx)) is not None:
        ctx.reply(stays(ctx, matter))
    elif (waiting := waiting_story(ctx)) is not None and _tells(ctx, waiting[1]):
        ctx.store.questions.close(waiting[0], ctx.now)
        file_unnamed(ctx, f"{waiting[1]}\n{ctx.said}", _likeliest(waiting[0]))
    elif (named := living(ctx)) is not None:
        promise(ctx, named)
    else:
        ctx.ask("anonymous", 0, (), STORY_FOR)
        ctx.reply(sealed_texts.ask_unnamed())
    return True


def _likeliest(question: OpenQuestion) -> str | None:
    """Of what he was asked to choose from the first: with the plea it would be read as about nothing."""
    kept = json.loads(question.data) if question.kind == "topic" else {}
    return next((code for code in kept.get("codes", ()) if code != NO_MATTER), None)


def _tells(ctx: Context, story: str) -> bool:
    reading = classify(ctx.words.lexicon, story)
    return reading.is_founded and reading.code != NO_MATTER


def stays(ctx: Context, matter: Matter) -> str:
    """Who reads it, to who asks for silence."""
    if matter.urgency is Urgency.P0:
        return discreet_texts.stays_with_helpers()
    return discreet_texts.stays_sealed(receiver_words(ctx.directory, ctx.directory.officer(matter.owner_id)))


def _asks_after(ctx: Context, said: str) -> bool:
    """我那个匿名的咋样了, 查询码搞忘了: who told it is written down nowhere."""
    if _ASKS_IT.search(said) and _GIVEN.fullmatch(said):  # 你们把我电话给别人了没
        return _reply(ctx, discreet_texts.who_sees_you())
    found = _AFTER.fullmatch(said)
    if found is None or (found["open"] and ctx.store.matters.reported_by(ctx.sender.contact.id)):
        return False
    return _reply(ctx, discreet_texts.only_by_token())


def _of_what_was_sealed(ctx: Context, said: str) -> bool:
    is_thanks = _THANKS.search(said) is not None and not (ctx.in_trouble or names_office(ctx, said))
    is_fear = _FEARS.fullmatch(said) is not None
    asks = _asks_of_it(ctx) and not _has_named(ctx)
    if not (is_thanks or is_fear or asks):
        return False
    matter = sealed_more.told_just_now(ctx)
    if matter is None and asks and (alarmed := _sealed_alarm(ctx)) is not None:
        people = alerted(ctx, *alarmed)
        helper = "".join(helper_and_phone(ctx, people)) or "村里"
        ctx.is_secret = True
        return _reply(ctx, discreet_texts.alarm_stands(helper, is_withdrawn=ctx.understanding.intent == "withdraw"))
    if matter is None:
        return is_thanks and _JUSTICE.search(said) is not None and _reply(ctx, discreet_texts.thanks_kept())
    if is_fear:
        return _reply(ctx, stays(ctx, matter))
    if is_thanks and matter.urgency is Urgency.P0 and is_over(ctx.said):
        return False  # 火灭了 谢谢: whoever is on his way hears it
    return _reply(ctx, discreet_texts.thanks_kept() if is_thanks else discreet_texts.about_sealed())


def _asks_of_it(ctx: Context) -> bool:
    return ctx.understanding.certain and ctx.understanding.intent in ("track", "urge", "withdraw")


def _sealed_alarm(ctx: Context) -> tuple[Alarm, Matter] | None:
    """What he cried today that only few may read: it stands under no number of his, and is not taken back."""
    for alarm in reversed(ctx.store.alarms.of_contact(ctx.sender.contact.id, ctx.now - timedelta(days=1))):
        matter = ctx.store.matters.get(alarm.matter_id)
        if matter is not None and matter.is_sealed:
            return alarm, matter
    return None


def _has_named(ctx: Context) -> bool:
    """Does he ask by a number or a token, or is there anything under his name?"""
    return re.search("[0-9A-Za-z]", ctx.said) is not None or bool(ctx.store.matters.reported_by(ctx.sender.contact.id))


def _reply(ctx: Context, text: str) -> bool:
    ctx.reply(text)
    return True
