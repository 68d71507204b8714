"""The conversations a handler module offers, and how dispatch keeps them going."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.conversations import Conversation, Progress, Said, Turn, advance, is_forgotten, start
from domain.organisation import Role
from domain.refusals import NotUnderstood, Refused
from handlers.context import Context
from handlers.texts import people as texts
from nlp.lazy import regex
from nlp.numbers import option_number
from storage.questions import Running

Finish = Callable[..., None]
# What a conversation asks goes to the private chat, also when it was begun in a group; there it goes on.
PRIVATE = ""
BACK_WORDS = frozenset({"上一步", "返回", "上一个"})
LEAVE_WORDS = frozenset(
    {"取消", "算了", "退出", "不弄了", "不说了", "不办了", "不绑了", "算球了", "算求了", "不搞了", "不发了"}
)


@dataclass(frozen=True, slots=True)
class Offered:
    """`shape` makes the conversation for a message: some parse what depends on the present (周五, 初八).

    `takes` are intents whose words answer it while it runs (poll.options while a poll is being made); `claims` knows
    words that answer it whatever they sound like (议题 路灯坏了 while a meeting is read back). `is_choice`: it asks for
    one of two things, and a sentence of other words lets it fall.
    """

    name: str
    shape: Callable[[Context], Conversation]
    finish: Finish
    takes: frozenset[str]
    claims: Callable[[str], bool]
    is_choice: bool = False


CONVERSATIONS: dict[str, Offered] = {}


def conversation(shape: Conversation) -> Callable[[Finish], Finish]:
    """Bind the function that is called with the slots once the conversation is done."""
    return conversation_for(shape.name, lambda _ctx: shape)


def conversation_for(
    name: str,
    shape: Callable[[Context], Conversation],
    takes: frozenset[str] = frozenset(),
    claims: Callable[[str], bool] = lambda _text: False,
    *,
    is_choice: bool = False,
) -> Callable[[Finish], Finish]:
    """The same for a conversation whose questions and parsers depend on who is asked and when."""

    def bind(finish: Finish) -> Finish:
        CONVERSATIONS[name] = Offered(name, shape, finish, takes, claims, is_choice)
        return finish

    return bind


def open_conversation(ctx: Context, shape: Conversation | str, slots: dict[str, Any]) -> None:
    """Begin it, by its shape or its name, with what was said already."""
    offered = CONVERSATIONS[shape if isinstance(shape, str) else shape.name]
    _follow(ctx, offered, start(offered.shape(ctx), slots))


def said_as(ctx: Context) -> Said:
    """Does the whole message leave or go back? 算了吧 does, 取消低保凭啥 does not."""
    word = ctx.said.strip(" 。！!，,.")
    if word in LEAVE_WORDS or (ctx.understanding.certain and ctx.understanding.intent == "cancel"):
        return Said.LEAVE
    return Said.BACK if word in BACK_WORDS else Said.ANSWER


_GIVES_UP = regex(
    r"(?:算了|算球了|拉倒|那?算了吧)[\s,，]*(?:先|就)?(?:不|别)(?:开|投|发|弄|搞|办|要|通知)|(?:算了|算球了|拉倒|那)?[\s,，]*(?:这个?)?(?:会议?|票)?(?:先|就)?(?:不|别)(?:开|投|发|弄|搞|办|说|要|通知|报)了(?:吧)?(?:[\s,，]*(?:明天|后天|改天|回头|过几天|以后|下回)再(?:说|发|弄|开|商量)(?:吧)?)?"
    r"|(?:把)?(?:这个|那个|这次|刚才的?|刚弄的?|(?:今|明|后)天的?)?(?:投票|会议?|通知|开会)?(?:给我)?(?:取消|撤销|撤|作废|删|删掉|删除|不要)(?:了|掉)?(?:这个|那个|这次|刚才的?|刚弄的?|(?:今|明|后)天的?)?(?:投票|会议?|通知|开会)?(?:吧|了)?"
)


def said_inside(ctx: Context, running: Running) -> Said:
    """The same of words in the middle of a conversation: there 算了不开了 is about what is not sent yet. 会不开了 is not,
    where a poll is spoken of."""
    gives_up = _GIVES_UP.fullmatch(ctx.said.strip(" 。！!，,.")) is not None
    if names_the_other(ctx, running):
        return Said.ANSWER
    return Said.LEAVE if gives_up else said_as(ctx)


_MEETING, _VOTE = regex("会"), regex("[投票]")


def names_the_other(ctx: Context, running: Running) -> bool:
    """会取消 while a poll is spoken of, 投票取消 while a meeting is: meant of the one it names, where there is one."""
    of_meeting, of_poll = _MEETING.search(ctx.said) is not None, _VOTE.search(ctx.said) is not None
    if of_meeting == of_poll or not running.name.startswith("poll." if of_meeting else "meeting."):
        return False
    if of_meeting:
        return bool(ctx.store.meetings.living([ctx.village.id], ctx.now))
    return bool(ctx.store.polls.alive_in(ctx.village.id))


_NO_OFFICE = frozenset({Role.VILLAGER, Role.GUEST, Role.REP, Role.MEMBER})


def running_here(ctx: Context) -> Running | None:
    """His conversation; in a group only the one an officer began there, whose read-back stands in his private chat."""
    if ctx.is_direct:
        return ctx.store.conversations.running(ctx.sender.contact.id, PRIVATE)
    if not ctx.roles - _NO_OFFICE:
        return None
    running = ctx.store.conversations.running(private_contact(ctx), PRIVATE)
    return running if running is not None and running.progress.get("group") == ctx.incoming.group else None


def continue_conversation(ctx: Context, running: Running) -> None:
    """Give the running conversation what was said. Raises NotUnderstood where it answers nothing."""
    offered = CONVERSATIONS[running.name]
    progress = Progress(running.progress["slots"], running.progress["at"])
    _follow(ctx, offered, advance(offered.shape(ctx), progress, ctx.said, said_inside(ctx, running)))


def takes_any(ctx: Context, running: Running) -> bool:
    """Is what is asked just now answered by almost any words?"""
    at = running.progress["at"]
    return any(q.takes_any for q in CONVERSATIONS[running.name].shape(ctx).questions if q.slot == at)


# 不用啊, 好的: so few letters are a try to answer.
_TRY = 4


def only_chooses(ctx: Context, running: Running) -> bool:
    """Is one of two things asked, and this neither of them? 签到 王德福 is then what it is anywhere."""
    if not falls(running) or len(ctx.said) <= _TRY:
        return False
    asked = (q for q in CONVERSATIONS[running.name].shape(ctx).questions if q.slot == running.progress["at"])
    try:
        next(asked).parse(ctx.said)
    except NotUnderstood:
        return True
    return False


def falls(running: Running) -> bool:
    """Is it a choice that does not wait for its answer?"""
    return CONVERSATIONS[running.name].is_choice


def amends(ctx: Context, running: Running) -> bool:
    """Is it a change of what was said before, or 发吧 in whatever words? What a rule refuses is a change all the same."""
    shape, slots = CONVERSATIONS[running.name].shape(ctx), running.progress["slots"]
    asked = next((q for q in shape.questions if q.slot == running.progress["at"]), None)
    if asked is None and shape.choose is one_of_three and _SENDS.fullmatch(ctx.said.strip(" 。！!，,")):
        return True
    amend = shape.amend if asked is None else asked.aside
    if amend is None:
        return False
    try:
        amend(slots, ctx.said)
    except NotUnderstood:
        return asked is None and shape.is_about is not None and shape.is_about(slots, ctx.said)
    except Refused:
        return True
    return True


def is_over(ctx: Context, running: Running) -> bool:
    """Has it been forgotten, or does this version no longer know it?"""
    offered = CONVERSATIONS.get(running.name)
    return offered is None or is_forgotten(offered.shape(ctx), running.asked_at, ctx.now)


def ask_again(ctx: Context, running: Running) -> str:
    """The question that is waiting, in its own words."""
    shape = CONVERSATIONS[running.name].shape(ctx)
    at = running.progress["at"]
    if not at and shape.read_back is not None:
        return shape.read_back(running.progress["slots"])
    return next((q.words(running.progress["slots"]) for q in shape.questions if q.slot == at), "")


def label(running: Running) -> str:
    """How a conversation is called whose end sends something; "" for the others."""
    return texts.CONVERSATIONS.get(running.name, "")


def asked_shortly(ctx: Context, running: Running) -> str:
    """What a waiting conversation needs next, in one line."""
    return texts.CHOICES if not running.progress["at"] else ask_again(ctx, running)


def private_contact(ctx: Context) -> int:
    """Where the answer to what was begun in a group goes, and therefore where the conversation goes on."""
    if ctx.is_direct or ctx.person is None:
        return ctx.sender.contact.id
    reached = ctx.store.people.contacts_of([ctx.person.id])
    first = sorted(reached, key=lambda other: (other.contact.channel != "oa", other.contact.id))
    return first[0].contact.id if first else ctx.sender.contact.id


def _follow(ctx: Context, offered: Offered, turn: Turn) -> None:
    contact, group = private_contact(ctx), PRIVATE
    begun_in = "" if ctx.is_direct else ctx.incoming.group
    if turn.is_done or turn.is_left:
        ctx.store.conversations.end(contact, group)
    if turn.is_left:
        ctx.reply(offered.shape(ctx).left or texts.left())
    elif turn.is_done:
        offered.finish(ctx, **turn.progress.slots)
    else:
        before = ctx.store.conversations.running(contact, group)
        kept = Running(
            offered.name,
            {"slots": dict(turn.progress.slots), "at": turn.progress.at, "group": begun_in},
            ctx.now,
            before.version if before else 0,
        )
        ctx.store.conversations.keep(contact, group, kept)
        ctx.reply(turn.say or "")


_YES = r"(?:对|是|好|行|中|成|可以|没错|没问题|没毛病|就这样|就这么|确认|确定|同意|嗯|[oO][kK]|对头|要得|要的|得|劲|妥当?|没麻达|👍|👌)"
_SENDS = regex(
    rf"(?:{_YES}(?:的|着呢|着哩|了|吧|啊|呀|呢|哩|咧|嘞|嘛|定)*[\s,，。!！]*)*(?:(?:就|那就|可以|给我|赶紧|快)*(?:发|送)(?:出去|出|了|布|走)*(?:吧|了|就行)*)?"
)
_CHANGES = regex(r"(?:我)?(?:要|想|再|得)?改(?:一下|一改|改|下)?(?:吧)?|不对|有错|错了|写错了|不是")
# 1 发出, as the read-back says it.
_WITH_NUMBER = regex(
    r"(?:1[\s、.,，:：]*(?P<send>发出去?|发)|2[\s、.,，:：]*(?P<change>改)|3[\s、.,，:：]*(?P<leave>取消))(?:吧|了)?"
)
# 先别发 neither sends nor leaves: what was read back waits.
_WAITS = regex(
    r"(?:先|先等等|等等|等一下|等会儿?(?:再)?发?|慢着|暂时)?[\s,，]*(?:先)?(?:别|不|不要|不用)(?:急着)?发(?:出去)?|等(?:一)?会儿?(?:再)?发|(?:先)?(?:等等|等一下|等会儿?|慢着)(?:我(?:再)?看看?|再说)?"
)


def one_of_three(text: str) -> int:
    """Read the answer to `1 send, 2 change, 3 cancel`, as a number or in words: 发吧, 对着呢 发出去, 先别发."""
    plain = text.strip(" 。！!，,")
    if plain == "取消":
        return 3
    if numbered := _WITH_NUMBER.fullmatch(plain):
        return 1 if numbered["send"] else 2 if numbered["change"] else 3
    if _WAITS.fullmatch(plain):
        raise NotUnderstood("conversation.wait")
    if _CHANGES.fullmatch(plain):
        return 2
    if plain and _SENDS.fullmatch(plain):
        return 1
    chosen = option_number(text, ("", "", ""))
    if chosen is None:
        raise NotUnderstood("conversation.choose")
    return chosen
