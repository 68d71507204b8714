"""Who says he comes (报名): answers to the notice in words, and what people ask about the next meeting.

A notice stands open to everybody invited, without a row a villager. An answer is a promise; only a sign-in is presence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from domain.attendance import Invited
from domain.bodies import Unit
from domain.conversations import Conversation, Question
from domain.meetings import Coming, Meeting, MeetingStatus, Reason
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers import attending
from handlers.context import Context
from handlers.conversing import conversation_for, open_conversation
from handlers.kinship import FAMILY, KIN, kin
from handlers.meeting_lookup import CALLERS, called_words
from handlers.registry import answers, intent, standing
from handlers.texts import attendance as texts
from handlers.texts import meetings as texts_of_meetings
from nlp.attending import AWAY, Attending, Says
from nlp.intents import recognise
from nlp.numbers import option_number, said_number
from nlp.presence import is_here, is_on_the_way
from storage.meetings import speech

# Whoever has answered may change his mind by a bare number so long; by words until the meeting begins.
MIND_FOR = timedelta(minutes=30)
HEARD_FOR = timedelta(hours=24)
SAY_FOR = timedelta(minutes=30)
_NO = re.compile(
    r"(?:来|去|参加|到|赶)不(?:了|成|上|到|及|料|鸟)|不(?:来|去|参加|到)(?:了|啦|开会)?|没(?:空|时间|功夫)|(?:我家|家里|我们家)(?:都)?没人(?:能?[来去]|$|[\s,，。])|走不开|请(?:个)?假|"
    r"回不[来去]|不想(?:去|来|参加)|懒得(?:去|来)|有事(?:$|[,，。])|不能[来去]|去不[成了]"
)
_PLAIN_NO = re.compile(
    rf"(?:我|我们|俺|咱|我家|家里)*(?:明天|后天|今天|那天|今晚|明晚|周.|晚上|下午|上午)*(?:真|实在|可能|恐怕|怕|有事|在外|也|都)*[\s,，]*"
    rf"(?:{_NO.pattern})(?:开会|参加|啊|了|呀|哈|吧|哦)*"
)
_SENT = re.compile(
    rf"(?:让|叫|由|派|换)(?:我家|俺家|我们家)?(?P<who>{KIN})(?:去|来|参加|替我|代我)(?!看|修|拉|办|管|处理|人)"
)
# Of whom that is said, he comes for nobody.
_CANNOT = re.compile("去世|过世|走了|没了|瘫|住院|病|不在家|生娃|坐月子|摔|打工|上班|上学")
_EITHER = re.compile("来不来都|去不去都|来去都|看情况|说不准|说不好|不一定|再说吧?$")
_ASKS = re.compile(
    r"(?:几点|啥时候|什么时候|多会儿|哪天|在哪|哪里|哪儿|去哪|到哪).{0,4}(?:开会|开的?会|的会|会)|(?:开会|会|会议).{0,4}(?:几点|啥时候|什么时候|多会儿|哪天|在哪|哪里|哪儿|说啥|说什么|议啥|商量啥)|"
    r"(?:几点|啥时候|在哪儿?|哪儿|哪里)开(?:来着|呀|啊|呢)?[?？]?$|(?:是不是|到底是)(?:在|定在|改到)?[^\s,，]{1,8}(?:开会|的会)|"
    r"会(?:到底)?(?:还)?开不开|会(?:还|照常)开(?:吗|不)|(?:会)?(?:开|开始)了(?:没有?|吗)[?？]?$|"
    r"^(?:会|开会)?是?(?:在)?(?:周|星期|礼拜|[今明后]|晚上|下午|上午|早上|\d)[^\s,，]{0,8}(?:开会|的会|开)(?:吗|吧|是不是|对不对|对吧|没变吧)[?？]?$"
)
_PROXY = re.compile(
    rf"(?:让|叫|由|换|派|请)?(?P<who>{KIN})(?:就)?(?:替|代|帮)?(?:我|俺)?(?:去|来|参加|到)(?:会|吧|就行|了)?|"
    rf"(?P<who2>{KIN})(?:替|代)(?:我|俺)?"
)
_YES = re.compile(
    r"(?:好的?|行|嗯|知道了|收到)?[\s,，。]*(?:我|我们|俺|咱|我家|我们家|俺家)?(?:都)?(?:肯定|一定|必|准时|准备|准|打算|尽量|争取|大概|应该|估计|可能|"
    r"晚点儿?|晚一会儿?|迟点儿?|迟一会儿?|又|还是|可以|也|能|会|要|明天|后天|周.|到时候?|那天)*"
    r"(?:报(?:个)?名|去|来|到|参加)(?:参加|开会|的|会|啊|呀|吧|了|去|来|呢|哩|咧|嘞|呗|啦)*(?P<many>\d{1,2}|[一二两三四五俩仨])?(?:个|口)?(?:人)?[\s,，。!！]*"
)
_LEAD = re.compile(
    r"^(?:(?:还是(?=[我俺])|(?:我|俺)?改主意了|想了想|想好了|放心|晓得了|听见了|看到了|[中成](?=[\s,，])|那|哦|噢|好的?|行|嗯+|知道了|收到|书记|您好|你好|明天|后天|今天|开会|这个?会|会\d{1,5}|会上?|那天|到时候?)[\s,，。!！~]*)+(?=[我俺咱去来参报没走不请让叫有回能一家两全赶还又])"
)
# 我媳妇去: what the answer to 来不了 asks for.
_KIN_COMES = re.compile(
    rf"(?:就|让|叫|由)?(?:(?:我|俺|我们)家(?:里)?的?)?(?P<who>{FAMILY})(?:一个人|自己)?(?:去|来|到)(?:参加|开会|听听|就行|得了)?(?:吧|了|的|哈|呢)?"
)
_HEARD = re.compile(
    r"(?:收到|知道了|晓得了|看到了|明白了|记住了|知道啦|好的?|好嘞|行|中|成|嗯+|要得|没问题|[oO][kK]|👌|👍)[了啦谢您\s。!！~]*"
)
_UNSURE = re.compile(
    r"(?:我|俺)?(?:还|得|要)*(?:看看?情况|不一定|到时候再?[看说]|等会儿?再?[看说]|说不准|没定|定不了|不好说|看时间|不(?:去|来)白不(?:去|来)|能不(?:去|来)就不(?:去|来)|爱(?:去|来)不(?:去|来))[吧了呢啊。]*"
)
# 我可能来不了: no answer yet. 恐怕去不成 is a polite no, and 可能去不成，我媳妇去 an answer.
_MAYBE_NOT = re.compile(
    r"(?:我们?家?|俺们?家?|咱|家里|明天|后天|今天|今晚|明晚|那天|周.|晚上|下午|上午|有事|忙|[\s,，])*"
    r"(?:(?:可能|大概|估计|说不定|也许|弄不好|搞不好|多半|够呛)(?:我|就|也|还|是|要|会|真|有事)*[\s,，]*"
    rf"(?:{_NO.pattern})|(?:去|来|参加)(?:得了|成)?够呛|(?:不一定|未必|不见得|没准|说不准|不知道|不晓得)(?:我)?(?:能不能|能|会|可以)?(?:去|来|参加|到)(?:得了|成)?|"
    r"(?:要是)?(?:有空|有时间|有工夫|没事|不忙|得闲)(?:的话)?(?:我)?(?:就|再|才)(?:去|来))(?:开会|参加|会|了|啊|呀|哈|吧|哦|呢|哩|的)*"
)
# 我有几句话想在会上说: the third answer to a notice.
_HAS_WORDS = re.compile(
    r"(?:我|俺|我家|也|倒)*(?:(?:有|想|要)(?:几句|两句|句|些|点|个)?(?:话|意见|建议|想法)?)*(?:(?:在|到|拿到)?会上)?(?:我)?(?:也|想|要|先|再)*(?:说|讲|提)(?:上)?(?:几句|两句|一说|说|一下|个?意见|个?建议|个?话)?(?:话)?(?:行不|行吗|吧|呢)?"
)
# What only a promise says: 必到 and 我晚点到 are no sign-in.
_LATE = re.compile(
    r"(?:我|我们家?|俺|我家)?(?:可能|怕是|估计|要|得|会|恐怕)*(?:晚|迟)(?:一?点儿?|一?会儿?|几分钟|半个?(?:小时|钟头))?(?:到|来|去)?(?:一?点儿?|一?会儿?|几分钟|半个?(?:小时|钟头))?"
)
_WILL = re.compile(r"必|准|打算|尽量|争取|大概|应该|估计|可能|晚点|晚一会|迟")
_ARRIVED = re.compile(r"(?:(?:我|我们|俺|人|已经|都|也)*(?:到|来)(?:了|啦|咧|喽|哩|嘞)[\s,，。!！]*)+")
_NUMBERED = re.compile(r"^[123][\s、.．,，]+(?=\D)")
# 2 腿疼: the number, and why not.
_WITH_REASON = re.compile(
    r"2[\s、.．,，。:：]+(?:我|家里|那天|最近)*.{0,4}(?:病|疼|忙|有事|没空|走不|出门|外地|打工|看娃|接娃|带娃|浇水|上班|不在|没人|晕|来不|去不).{0,8}"
)
_MAY_HE = re.compile(
    rf"({FAMILY}(?:去|来|替我)?[^\s,，]{{0,4}}?)[\s,，]*(?:行不行|行不|行吗|可以吗|可以不|成不|中不|好不好|好吗|好不)[?？]?$"
)
_NO_NAME = re.compile(r"[今明后昨前]天|[也都还]$|[不没就能会点号了谁]|^白")
_SOMEBODY_ELSE = re.compile(
    r"(?:[她他]们?|人家|别人|邻居|隔壁.*|[老小][\u4e00-\u9fff]|[\u4e00-\u9fff][婶叔嫂爷奶伯哥姐姨])(?:也|又|都|[今明后]天)*"
)
_HOUSEHOLD_COMES = re.compile(
    rf"(?:我|俺)(?:和|跟|同|与|带|带着|陪)(?:{FAMILY}|娃)(?:两个|俩|一起|一块儿?|一同|都|也)*(?:去|来)(?:的|吧|了)?|"
    r"(?:我|我们|俺|咱)?(?:家|们)?(?:里)?(?:老?两口子?|俩口子|俩人|[两三四五六\d](?:口|个)人?|全家|一家(?:子|人)?)?(?:都|一起|一块儿?)*(?:去|来)(?:#|两|俩|\d)?(?:个|口)?人?"
)


# 来不了，叫我弟去: an answer to a notice and nothing else, though it sounds like a cry.
_ONLY_AN_ANSWER = re.compile(
    rf"{AWAY}|(?:(?:{FAMILY})?(?:[腿腰脚]疼|感冒了?|走不动)?[\s,，]*{_PLAIN_NO.pattern})?[\s,，。]*"
    rf"(?:(?:让|叫|由|换|派|请)?{FAMILY}(?:就|能)?(?:替|代|帮)?(?:我|俺)?(?:去|来|参加|到)?(?:开会|会)?(?:吧|就行|了)?)?"
)


# -- the notice stands open to everybody invited


def invited_to(ctx: Context) -> list[tuple[Meeting, Invited]]:
    return ctx.store.meetings.invited(ctx.sender.contact.id, ctx.now)


def is_an_answer(ctx: Context) -> bool:
    """Is the whole message an answer to a notice that stands open to him, or said at the meeting's door?"""
    said = ctx.said.strip(" 。！!")
    if is_here(said) or is_on_the_way(said) is not None:
        return bool(invited_to(ctx))
    is_whole = _ONLY_AN_ANSWER.fullmatch(said) or _HOUSEHOLD_COMES.fullmatch(said)
    return is_whole is not None and bool(open_notices(ctx))


@standing("rsvp", in_quote=lambda ctx, quote: _quoted(ctx, quote))
def open_notices(ctx: Context) -> list[OpenQuestion]:
    """Every meeting one is invited to takes an answer until it begins: no row a villager."""
    return [_question(ctx, meeting, line) for meeting, line in invited_to(ctx) if meeting.starts_at > ctx.now]


def _question(ctx: Context, meeting: Meeting, line: Invited | None) -> OpenQuestion:
    settled = line is not None and line.answered_at is not None and ctx.now - line.answered_at > MIND_FOR
    accepts = () if settled else ("1", "2", "3")
    return OpenQuestion(
        meeting.id, ctx.sender.contact.id, "rsvp", meeting.id, accepts, meeting.told_at, meeting.starts_at
    )


def _quoted(ctx: Context, quote: str) -> OpenQuestion | None:
    match = re.search(r"会(\d{1,5})\s*$", quote.strip())
    meeting = ctx.store.meetings.with_number(ctx.village.id, int(match[1])) if match else None
    if meeting is None:
        return None
    return _question(ctx, meeting, None)


# 3 水费太贵, 我想说两句：水费不能涨: what 3 asks for, said at once.
_SAYS_NOW = re.compile(
    r"3[\s,，.、。:：]+(?P<words>.{4,})|(?:我)?(?:也)?(?:想|要)?(?:先)?(?:说|讲)(?:两|几|一)句[\s,，:：]+(?P<more>.{4,})",
    re.DOTALL,
)


@answers("rsvp")
def take_answer(ctx: Context, question: OpenQuestion, said: str) -> None:
    """1 来 2 来不了 3 先说两句, or in words: 我去, 去不成我媳妇去, 报名."""
    meeting = ctx.store.meetings.get(question.thing_id)
    chosen = option_number(said, ("能来", "来不了", "想先说两句"))
    chosen = int(said.strip()[0]) if chosen is None and _WITH_REASON.fullmatch(said.strip()) else chosen
    if meeting is not None and chosen is None and (words := _SAYS_NOW.fullmatch(said.strip())):
        return _keep_words(ctx, meeting, words["words"] or words["more"])
    chosen = 3 if chosen is None and _wants_to_speak(said) else chosen
    said, rest = (said, "") if chosen else attending.split(ctx, said, lambda part: _is_answer(ctx, part))
    found = attending.read(ctx, meeting, said) if meeting is not None and chosen is None and not rest else None
    if meeting is not None and found is not None and found.says not in (Says.YES, Says.NO):
        return _say_of(ctx, meeting, found)
    coming, companion = (Coming.UNSAID, "") if chosen else answered(ctx, said)
    if found is not None:
        coming, companion = (Coming.YES if found.says is Says.YES else Coming.NO), ""
    if meeting is not None and chosen is None and _HEARD.fullmatch(said.strip()):
        return _note_heard(ctx, meeting, texts.heard)
    if meeting is not None and chosen is None and _UNSURE.fullmatch(said.strip()):
        return _note_heard(ctx, meeting, texts.unsure)
    if meeting is not None and chosen is None and _MAYBE_NOT.fullmatch(said.strip(" 。！!,，")):
        return _note_doubt(ctx, meeting)
    if meeting is not None and chosen is None and coming is Coming.UNSAID and asks_about(said):
        return tell_facts(ctx)
    if meeting is None or (chosen not in (1, 2, 3) and coming is Coming.UNSAID):
        raise NotUnderstood("rsvp")
    if chosen is None and _quoted(ctx, ctx.incoming.quote) is None:
        meant = _meant(ctx, meeting, said)
        if meant is None:
            return None
        meeting = meant
    line = _line_of(ctx, meeting)
    if line is None:
        return ctx.reply(texts.not_invited(meeting, is_bound=ctx.person is not None))
    if meeting.status is not MeetingStatus.CALLED or meeting.starts_at <= ctx.now:
        raise Refused(Reason.MEETING_OVER, meeting=meeting)
    if chosen == 3:
        ctx.ask("meeting.say", meeting.id, (), SAY_FOR)
        return ctx.reply(texts.ask_words(meeting))
    _note(ctx, meeting, line, {1: Coming.YES, 2: Coming.NO}.get(chosen or 0, coming), companion)
    return attending.take_rest(ctx, meeting, rest) if rest else None


def _wants_to_speak(said: str) -> bool:
    return "会上" in said and _HAS_WORDS.fullmatch(said.strip(" 。！!,，")) is not None


def _note_doubt(ctx: Context, meeting: Meeting) -> None:
    """我可能来不了: nothing is noted of coming; what he answered before stands, and he hears which."""
    line = _line_of(ctx, meeting)
    if line is None or meeting.starts_at <= ctx.now:
        raise NotUnderstood("rsvp")
    ctx.store.reach.acknowledge("meeting", meeting.id, line.unit, "answered", ctx.now, line.person_id)
    ctx.reply(texts.may_not_come(meeting, line.answer))


def _is_answer(ctx: Context, said: str) -> bool:
    return answered(ctx, said)[0] is not Coming.UNSAID


def _say_of(ctx: Context, meeting: Meeting, found: Attending) -> None:
    """Answer 不去罚钱不 and 我想去但是没车; 几点开 is answered by what the notice said."""
    line = _line_of(ctx, meeting)
    if line is None or meeting.starts_at <= ctx.now:
        raise NotUnderstood("rsvp")
    return tell_facts(ctx) if found.says is Says.FACTS else attending.reply(ctx, meeting, line, found)


def answered(ctx: Context, said: str) -> tuple[Coming, str]:
    """Read 我去, 来不了, 去不成我媳妇去; UNSAID for anything that merely sounds so."""
    text = _MAY_HE.sub(r"\1", _NUMBERED.sub("", _LEAD.sub("", said.strip(" 。！!,，~"))))
    own = ctx.understanding  # a cadre's 报名情况 is a command of his, whatever a villager would mean by it
    is_other = own.certain and own.intent not in ("rsvp", "chat", "confirm", "vote", None)
    if said == ctx.said and is_other and not (own.intent == "checkin" and _WILL.search(text)):
        return Coming.UNSAID, ""
    if (
        not text
        or len(text) > 30
        or re.search(r"^(?:谁|哪|多少|几[个户家])|[?？吗]$|去哪|去年|来信|过去|回去看|出去|下去|上去|到哪", text)
    ):
        return Coming.UNSAID, ""
    if _EITHER.search(text):
        return Coming.UNSAID, ""
    sent = _SENT.search(text)
    if sent is not None:
        return Coming.PROXY, kin(sent["who"])
    away = _NO.search(text)
    if away is not None:
        if _SOMEBODY_ELSE.fullmatch(text[: away.start()].strip()):
            return Coming.UNSAID, ""
        rest = (text[: away.start()] + " " + text[away.end() :]).strip()
        proxy = _PROXY.search(rest)
        if (
            proxy is not None
            and not _CANNOT.search(rest)
            and not _NO_NAME.search(proxy["who"] or proxy["who2"])
            and (who := proxy["who"] or proxy["who2"]) not in ("我", "我们", "我家")
        ):
            return Coming.PROXY, kin(who)
        is_meant = _understood_as(ctx, said, "rsvp") or _PLAIN_NO.fullmatch(text) is not None
        return (Coming.NO, "") if is_meant else (Coming.UNSAID, "")
    instead = rf"(?:让|叫|由)?(?P<who>{KIN})(?:替|代)(?:我|俺)?(?:去|来|参加)?(?:开会)?"
    proxy = re.fullmatch(rf"{instead}(?:[\s,，。].*)?", text)
    if proxy is not None:
        return Coming.PROXY, kin(proxy["who"])
    comes = _KIN_COMES.fullmatch(text)
    if comes is not None:
        return Coming.PROXY, kin(comes["who"])
    if (_YES.fullmatch(text) and not _ARRIVED.fullmatch(text)) or _LATE.fullmatch(text):
        return Coming.YES, ""
    if _HOUSEHOLD_COMES.fullmatch(text) or (_understood_as(ctx, said, "rsvp") and ctx.understanding.certain):
        return Coming.YES, ""
    return Coming.UNSAID, ""


def asks_about(said: str) -> bool:
    """会在哪开, 几点开会来着."""
    return len(said) <= 20 and _ASKS.search(said) is not None


def tell_facts(ctx: Context) -> None:
    """When and where the next meeting is; whoever asks has heard of it."""
    meeting, line = next((m, i) for m, i in invited_to(ctx) if m.starts_at > ctx.now)
    ctx.store.reach.acknowledge("meeting", meeting.id, line.unit, "answered", ctx.now, line.person_id)
    ctx.reply(texts_of_meetings.facts(meeting, ctx.store.meetings.items(meeting.id), called_words(ctx, meeting)))


def _note_heard(ctx: Context, meeting: Meeting, said: Callable[[Meeting], str]) -> None:
    """知道了 to a notice: his household has heard of it; whether he comes is still open. A keeper's 收到 is for a matter."""
    line = _line_of(ctx, meeting)
    is_fresh = ctx.now - meeting.told_at <= HEARD_FOR and meeting.starts_at > ctx.now
    if line is None or not is_fresh or line.answer is not Coming.UNSAID or ctx.roles & CALLERS:
        raise NotUnderstood("rsvp")
    ctx.store.reach.acknowledge("meeting", meeting.id, line.unit, "answered", ctx.now, line.person_id)
    ctx.reply(said(meeting))


def _understood_as(ctx: Context, said: str, name: str) -> bool:
    if said != ctx.said:
        return False
    if ctx.understanding.intent == name:
        return True
    return recognise(ctx.words.intents, said, "villager", ctx.now, ctx.words.calendar).intent == name


def _meant(ctx: Context, newest: Meeting, said: str) -> Meeting | None:
    """我去 with several meetings ahead: the only one still unanswered, else it is asked which (None)."""
    ahead = [(m, i) for m, i in invited_to(ctx) if m.starts_at > ctx.now]
    numbered = re.search(r"会(\d{1,5})(?!\d|[点月日:：])", said)
    if numbered and (named := next((m for m, _ in ahead if m.number == int(numbered[1])), None)):
        return named
    open_ = [m for m, i in ahead if i.answer is Coming.UNSAID] or [m for m, _ in ahead]
    open_ = list({m.id: m for m in open_}.values())
    if len(open_) < 2:
        return next(iter(open_), newest)
    slots = {"said": said, "meetings": [m.id for m in open_[:4]], "ask": texts.which_meeting(open_[:4])}
    open_conversation(ctx, "rsvp.which", slots)
    return None


def _which_shape(_ctx: Context) -> Conversation:
    return Conversation("rsvp.which", (Question("chosen", lambda slots: str(slots["ask"]), _a_number),))


def _a_number(text: str) -> int:
    chosen = said_number(text)
    if chosen is None or not 1 <= chosen <= 4:
        raise NotUnderstood("rsvp.which")
    return chosen


@conversation_for("rsvp.which", _which_shape)
def choose_meeting(ctx: Context, said: str, meetings: list[int], ask: str, chosen: int) -> None:
    """2 after 您说的是哪个会: what was answered goes to that meeting."""
    meeting = ctx.store.meetings.get(meetings[chosen - 1]) if chosen <= len(meetings) else None
    line = _line_of(ctx, meeting) if meeting else None
    coming, companion = answered(ctx, said)
    if meeting is None or line is None or coming is Coming.UNSAID:
        return ctx.reply(ask)
    return _note(ctx, meeting, line, coming, companion)


def _line_of(ctx: Context, meeting: Meeting) -> Invited | None:
    """The sender's own line, or that of another of his people (代 张桂兰) where he himself is not called."""
    own = ctx.store.meetings.line(meeting.id, ctx.person.id) if ctx.person else None
    if own is not None:
        return own
    return next((line for m, line in invited_to(ctx) if m.id == meeting.id), None)


def note_coming(ctx: Context, line: Invited) -> None:
    """He is on his way: that is a promise, and no presence."""
    ctx.store.meetings.save_line(replace(line, answer=Coming.YES, companion="", answered_at=ctx.now))
    ctx.store.reach.acknowledge("meeting", line.meeting_id, line.unit, "signed_up", ctx.now, line.person_id)


def _note(ctx: Context, meeting: Meeting, line: Invited, coming: Coming, companion: str) -> None:
    body = ctx.words.meetings.bodies[meeting.body]
    ctx.store.meetings.save_line(replace(line, answer=coming, companion=companion, answered_at=ctx.now))
    how = "answered" if coming is Coming.NO else "signed_up"
    ctx.store.reach.acknowledge("meeting", meeting.id, line.unit, how, ctx.now, line.person_id)
    in_person = coming is Coming.PROXY and body.unit is Unit.PERSON
    is_family = re.fullmatch(FAMILY, companion) is not None
    ctx.reply(texts.noted(meeting, coming, companion, is_family=is_family, must_be_himself=in_person))


@answers("meeting.say")
def take_words(ctx: Context, question: OpenQuestion, said: str) -> None:
    """What somebody wants said at the meeting goes into its minutes beforehand."""
    meeting = ctx.store.meetings.get(question.thing_id)
    if meeting is None or (
        ctx.understanding.certain and ctx.understanding.intent not in (None, "report", "opinion", "chat")
    ):
        raise NotUnderstood("meeting.say")
    ctx.store.questions.close(question, ctx.now)
    return _keep_words(ctx, meeting, said)


def _keep_words(ctx: Context, meeting: Meeting, said: str) -> None:
    name = ctx.person.name if ctx.person else ""
    by = ctx.person.id if ctx.person else None
    ctx.store.meetings.add_speech(speech(meeting.id, said, ctx.now, kind="before", speaker=name, by_id=by))
    line = _line_of(ctx, meeting)
    if line is not None:
        ctx.store.reach.acknowledge("meeting", meeting.id, line.unit, "answered", ctx.now, line.person_id)
    ctx.reply(texts.words_kept(meeting))


@intent("rsvp")
def rsvp(ctx: Context) -> None:
    """我去 to nothing: say so plainly."""
    if answered(ctx, ctx.said)[0] is Coming.UNSAID:
        raise NotUnderstood("rsvp")
    ctx.reply(texts.no_notice(is_bound=ctx.person is not None))
