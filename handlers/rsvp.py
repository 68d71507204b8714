"""Who says he comes (报名): answers to the notice in words, and what people ask about the next meeting.

A notice stands open to everybody invited, without a row a villager. An answer is a promise; only a sign-in is presence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from domain.attendance import Invited
from domain.bodies import Unit
from domain.conversations import Conversation, Question
from domain.meetings import Coming, Meeting, MeetingStatus, Reason
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers import asides, attending, danger_check
from handlers.coming_others import said_of_others
from handlers.context import Context
from handlers.conversing import conversation_for, open_conversation
from handlers.meeting_facts import asks_about, asks_whether, no_meeting, tell
from handlers.meeting_lookup import CALLERS, invited_to
from handlers.registry import answers, intent, standing
from handlers.texts import attendance as texts
from handlers.texts.matters import say_it_alone
from handlers.which_meeting import by_meeting, named_alone
from nlp.attending import Attending, Says, is_away
from nlp.coming import FAMILY, Answer, Comes, is_plain, kin, read
from nlp.intents import recognise
from nlp.lazy import regex
from nlp.numbers import option_number, said_number
from nlp.presence import is_here, is_on_the_way, signs_in
from storage.meetings import speech

# Whoever has answered may change his mind by a bare number so long; by words until the meeting begins.
MIND_FOR = timedelta(minutes=30)
HEARD_FOR = timedelta(hours=24)
SAY_FOR = timedelta(minutes=30)
_HEARD = regex(
    r"(?:收到|知道了|晓得了|看到了|明白了|记住了|知道啦|好的?|好嘞|行|中|成|嗯+|要得|没问题|[oO][kK]|👌|👍)[了啦谢您\s。!！~]*"
)
# 你们定吧我没意见: it is heard, and no matter.
_TRUSTS = regex(
    r"(?:(?:我|我家|俺)(?:都|也)?(?:没|没啥|没有|没什么)意见|(?:你们|大家|大伙儿?|村里|村上|书记|大多数)(?:看着|商量着|说了|看|先)?(?:定|办|商量|决定|做主|拿主意)(?:吧|就行|就好|就是|好了|算)*"
    r"|(?:我|我家)?(?:都)?(?:听|随|跟)(?:你们|大家|大伙儿?|村里|书记)(?:的|安排|定)?(?:吧|就行)?|咋(?:定|办)都(?:行|成)|我?(?:都|咋|怎么)(?:都)?(?:行|成|可以)|[\s,，、。])+"
)
_HEARD_IT = regex("收到|知道|晓得|看到|记住")
_UNSURE = regex(
    r"(?:我|俺)?(?:还|得|要)*(?:看看?情况|不一定|到时候再?[看说]|等会儿?再?[看说]|说不准|没定|定不了|不好说|看时间|不(?:去|来)白不(?:去|来)|能不(?:去|来)就不(?:去|来)|爱(?:去|来)不(?:去|来))[吧了呢啊。]*"
)
# 我有几句话想在会上说: the third answer to a notice.
_HAS_WORDS = regex(
    r"(?:我|俺|我家|也|倒)*(?:(?:有|想|要)(?:几句|两句|句|些|点|个)?(?:话|意见|建议|想法)?)*(?:(?:在|到|拿到)?会上)?(?:我)?(?:也|想|要|先|再)*(?:说|讲|提)(?:上)?(?:几句|两句|一说|说|一下|个?意见|个?建议|个?话)?(?:话)?(?:行不|行吗|吧|呢)?"
)
# What the notice offers, in its own words; 我想说两句 alone may begin a matter.
_SPEAKS_FIRST = regex("(?:我|俺|我家)?(?:也)?(?:想|要|得)?先(?:说|讲|提)(?:上)?(?:两|几|一)句(?:话)?(?:吧|行不|行吗)?")
# What only a promise says: 必到 and 我晚点到 are no sign-in.
_WILL = regex(r"必|准|打算|尽量|争取|大概|应该|估计|可能|晚点|晚一会|迟")
# 2 腿疼: the number, and why not.
_WITH_REASON = regex(
    r"2[\s、.．,，。:：]+(?:我|家里|那天|最近)*.{0,4}(?:病|疼|忙|有事|没空|走不|出门|外地|打工|看娃|接娃|带娃|浇水|上班|不在|没人|晕|来不|去不).{0,8}"
)

# -- the notice stands open to everybody invited


def is_an_answer(ctx: Context) -> bool:
    """Is the whole message an answer to a notice that stands open to him, or said at the meeting's door?"""
    said = ctx.said.strip(" 。！!")
    if is_here(said) or signs_in(said) or is_on_the_way(said) is not None:
        return bool(invited_to(ctx))
    return (is_plain(said) or is_away(said)) and bool(open_notices(ctx))


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
_SAYS_NOW = regex(
    r"3[\s,，.、。:：]+(?P<words>.{4,})|(?:我)?(?:也)?(?:想|要)?(?:先)?(?:说|讲)(?:两|几|一)句[\s,，:：]+(?P<more>.{4,})",
    re.DOTALL,
)


@answers("rsvp")
def take_answer(ctx: Context, question: OpenQuestion, said: str) -> None:
    """1 来 2 来不了 3 先说两句, or in words: 我去, 去不成我媳妇去, 报名."""
    meeting = ctx.store.meetings.get(question.thing_id)
    if meeting is None:
        raise NotUnderstood("rsvp")
    chosen = _chosen(said)
    if chosen is not None:
        return _take_number(ctx, meeting, chosen)
    if words := _SAYS_NOW.fullmatch(said.strip()):
        return _keep_words(ctx, meeting, words["words"] or words["more"])
    if _take_by_meeting(ctx, said):
        return None
    said, rest = attending.split(ctx, said, lambda part: _is_answer(ctx, part))
    found = None if rest else attending.read(ctx, meeting, said)
    if found is not None and found.says not in (Says.YES, Says.NO):
        return _say_of(ctx, meeting, found)
    if _HEARD.fullmatch(said.strip()):
        return _note_heard(ctx, meeting, texts.heard)
    if _TRUSTS.fullmatch(said.strip()):
        return _note_heard(ctx, meeting, texts.trusts)
    if _UNSURE.fullmatch(said.strip()):
        return _note_heard(ctx, meeting, texts.unsure)
    answer = Answer(Comes(found.says.value)) if found else answered(ctx, said)
    if answer is None and (asks_about(said) or asks_whether(said)):
        return tell(ctx, said)
    if answer is None:
        raise NotUnderstood("rsvp")
    return _take_words(ctx, meeting, answer, rest)


def _chosen(said: str) -> int | None:
    chosen = option_number(said, ("能来", "来不了", "想先说两句"))
    if chosen is None and _WITH_REASON.fullmatch(said.strip()):
        chosen = int(said.strip()[0])
    return 3 if chosen is None and _wants_to_speak(said) else chosen


def _take_number(ctx: Context, meeting: Meeting, chosen: int) -> None:
    if chosen not in (1, 2, 3):
        raise NotUnderstood("rsvp")
    line = _open_line(ctx, meeting)
    if line is None:
        return ctx.reply(texts.not_invited(meeting, is_bound=ctx.person is not None))
    if chosen == 3:
        ctx.ask("meeting.say", meeting.id, (), SAY_FOR)
        return ctx.reply(texts.ask_words(meeting))
    return _note(ctx, meeting, line, Coming.YES if chosen == 1 else Coming.NO, "")


def _take_words(ctx: Context, meeting: Meeting, answer: Answer, rest: str) -> None:
    """Note what he says of himself and of his own; what stands beside it (停水了去不了) is no less heard."""
    if answer.comes is Comes.DOUBT:
        return _note_doubt(ctx, meeting, answer)
    if answer.comes is not Comes.UNSAID and _quoted(ctx, ctx.incoming.quote) is None:
        meant = _meant(ctx, meeting, answer)
        if meant is None:
            return None
        meeting = meant
    line = _open_line(ctx, meeting)
    if line is None:
        return ctx.reply(texts.not_invited(meeting, is_bound=ctx.person is not None))
    of_others = said_of_others(ctx, meeting, line, answer)
    if answer.comes is not Comes.UNSAID:
        _note(ctx, meeting, line, Coming(answer.comes.value), kin(answer.companion))
    elif not of_others:
        raise NotUnderstood("rsvp")
    for words in of_others:
        ctx.reply(words)
    beside = rest or answer.why
    threat = ctx.ears.heard(beside).danger if beside else None
    if threat is not None and (
        threat.certain or threat.is_named
    ):  # 房子塌了去不了: before all else it is asked whether somebody is in danger
        danger_check.ask_first(ctx, threat)
    elif rest or (beside and asides.is_matter(ctx, beside)):
        attending.take_rest(ctx, meeting, beside)
    return None


def _open_line(ctx: Context, meeting: Meeting) -> Invited | None:
    """His line of a meeting that still takes answers; None where he is not called to it."""
    line = _line_of(ctx, meeting)
    if line is not None and (meeting.status is not MeetingStatus.CALLED or meeting.starts_at <= ctx.now):
        raise Refused(Reason.MEETING_OVER, meeting=meeting)
    return line


def _wants_to_speak(said: str) -> bool:
    plain = said.strip(" 。！!,，")
    return _SPEAKS_FIRST.fullmatch(plain) is not None or ("会上" in plain and _HAS_WORDS.fullmatch(plain) is not None)


def _note_doubt(ctx: Context, meeting: Meeting, answer: Answer) -> None:
    """我可能来不了, 可能去: nothing is noted of coming; what he answered before stands, and he hears which."""
    line = _line_of(ctx, meeting)
    is_stale = answer.why and (ctx.roles & CALLERS or ctx.now - meeting.told_at > HEARD_FOR)  # 忙着呢, to whom?
    if line is None or meeting.starts_at <= ctx.now or is_stale:
        raise NotUnderstood("rsvp")
    ctx.store.reach.acknowledge("meeting", meeting.id, line.unit, "answered", ctx.now, line.person_id)
    ctx.reply(texts.may_not_come(meeting, line.answer, likes_to=answer.likes_to))


def _is_answer(ctx: Context, said: str) -> bool:
    answer = answered(ctx, said)
    return answer is not None and answer.comes is not Comes.DOUBT


def _say_of(ctx: Context, meeting: Meeting, found: Attending) -> None:
    """Answer 不去罚钱不 and 我想去但是没车; 几点开 is answered by what the notice said."""
    line = _line_of(ctx, meeting)
    if line is None or meeting.starts_at <= ctx.now:
        raise NotUnderstood("rsvp")
    return tell(ctx, ctx.said) if found.says is Says.FACTS else attending.reply(ctx, meeting, line, found)


def answered(ctx: Context, said: str) -> Answer | None:
    """Read 我去, 来不了, 去不成我媳妇去; None for anything that merely sounds so, and for a cadre's command (报名情况)."""
    own = ctx.understanding
    is_other = own.certain and own.intent not in ("rsvp", "chat", "confirm", "vote", "cancel", None)
    if said == ctx.said and is_other and not (own.intent == "checkin" and _WILL.search(said)):
        return None
    return read(said, lambda: _understood_as(ctx, said, "rsvp"))


def _note_heard(ctx: Context, meeting: Meeting, said: Callable[[Meeting], str]) -> None:
    """知道了 to a notice: his household has heard of it; whether he comes is still open. A keeper's 收到 is for a matter."""
    line = _line_of(ctx, meeting)
    is_fresh = ctx.now - meeting.told_at <= HEARD_FOR and meeting.starts_at > ctx.now
    if line is None or not is_fresh or ctx.roles & CALLERS:
        raise NotUnderstood("rsvp")
    if line.answer is not Coming.UNSAID:
        if _HEARD_IT.match(ctx.said) is None:
            raise NotUnderstood("rsvp")
        return ctx.reply(texts.stands(meeting, line.answer, line.companion))
    ctx.store.reach.acknowledge("meeting", meeting.id, line.unit, "answered", ctx.now, line.person_id)
    return ctx.reply(said(meeting))


def _understood_as(ctx: Context, said: str, name: str) -> bool:
    if said != ctx.said:
        return False
    if ctx.understanding.intent == name:
        return True
    return recognise(ctx.words.intents, said, "villager", ctx.now, ctx.words.calendar).intent == name


def _meant(ctx: Context, newest: Meeting, answer: Answer) -> Meeting | None:
    """我去 with several meetings ahead: the only one still unanswered, else it is asked which (None)."""
    ahead = [(m, i) for m, i in invited_to(ctx) if m.starts_at > ctx.now]
    open_ = [m for m, i in ahead if i.answer is Coming.UNSAID] or [m for m, _ in ahead]
    open_ = list({m.id: m for m in open_}.values())
    if len(open_) < 2:
        return next(iter(open_), newest)
    slots = {
        "comes": str(answer.comes), "companion": kin(answer.companion),
        "meetings": [m.id for m in open_[:4]], "ask": texts.which_meeting(open_[:4]),
    }  # fmt: skip
    open_conversation(ctx, "rsvp.which", slots)
    return None


def _ahead(ctx: Context) -> list[Meeting]:
    return list({m.id: m for m, _ in invited_to(ctx) if m.starts_at > ctx.now}.values())


def _take_by_meeting(ctx: Context, said: str) -> bool:
    """机井的会我去, 上午的去 下午的去不成, 两个都去: each to the meeting it names. False where none is named."""
    ahead = _ahead(ctx)
    if len(ahead) < 2 and "会" not in said and "那个" not in said:
        return False
    told = [(meeting, answered(ctx, words)) for meeting, words in by_meeting(ctx, ahead, said)]
    if not told or not all(answer and answer.comes in _SETTLED and not answer.others for _, answer in told):
        told = _by_their_times(ctx, ahead, said)
    for meeting, answer in told:
        line = _line_of(ctx, meeting)
        if line is not None and answer is not None:
            _note(ctx, meeting, line, Coming(answer.comes.value), kin(answer.companion))
    return bool(told)


def _by_their_times(ctx: Context, ahead: Sequence[Meeting], said: str) -> list[tuple[Meeting, Answer | None]]:
    """明天有事，后天行, with a meeting on each of those days."""
    if len(ahead) < 2:
        return []
    read_of = [(meeting, attending.read(ctx, meeting, said)) for meeting in ahead]
    return [(m, Answer(Comes(found.says.value))) for m, found in read_of if found and found.says in (Says.YES, Says.NO)]


_SETTLED = (Comes.YES, Comes.NO, Comes.PROXY)


def _which_shape(ctx: Context) -> Conversation:
    return Conversation(
        "rsvp.which", (Question("chosen", lambda slots: str(slots["ask"]), lambda text: _chosen_of(ctx, text)),)
    )


def _chosen_of(ctx: Context, text: str) -> str:
    """2, 会2, 上午的那个, 都去; and a whole answer of its own (上午的去 下午的去不成), or a question about them."""
    bare = said_number(text)
    if bare is not None:
        return str(bare)
    said = text.strip(" 。！!")
    ahead = _ahead(ctx)
    told = by_meeting(ctx, ahead, said)
    is_whole = bool(told) and all(words and answered(ctx, words) for _, words in told)
    if is_whole or asks_about(said) or _by_their_times(ctx, ahead, said):
        return said
    named, words = named_alone(ctx, ahead, said)
    if not named or words:
        raise NotUnderstood("rsvp.which")
    return " ".join(f"会{meeting.number}" for meeting in named)


@conversation_for("rsvp.which", _which_shape)
def choose_meeting(ctx: Context, comes: str, companion: str, meetings: list[int], ask: str, chosen: str) -> None:
    """2 after 您说的是哪个会: what was answered goes to that meeting."""
    if asks_about(chosen):
        return tell(ctx, chosen)
    if _take_by_meeting(ctx, chosen):
        return None
    found = [m for m in _ahead(ctx) if f"会{m.number}" in chosen.split()]
    if chosen.isdigit() and 1 <= int(chosen) <= len(meetings):
        found = [m for m in [ctx.store.meetings.get(meetings[int(chosen) - 1])] if m is not None]
    for meeting in found:
        line = _open_line(ctx, meeting)
        if line is not None:
            _note(ctx, meeting, line, Coming(comes), companion)
    return None if found else ctx.reply(ask)


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
    line = _line_of(ctx, meeting)
    has_gone_on = line is not None and line.answered_at is not None and line.answered_at >= question.asked_at
    if has_gone_on and ctx.in_trouble:  # 3, 不去了, and then 我家门口下水道堵了: that is a matter
        raise NotUnderstood("meeting.say")
    ctx.store.questions.close(question, ctx.now)
    _keep_words(ctx, meeting, said)
    return ctx.reply(say_it_alone(said)) if asides.is_matter(ctx, said) else None


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
    answer = answered(ctx, ctx.said)
    if answer is None or answer.comes is Comes.UNSAID:
        raise NotUnderstood("rsvp")
    begun = [meeting for meeting, _ in invited_to(ctx) if meeting.starts_at <= ctx.now]
    if begun:
        return ctx.reply(texts.has_begun(begun[-1]))
    return no_meeting(ctx)
