"""What somebody says of his matter afterwards: 补充, 催一下, 撤回."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain import matters as rules
from domain.matters import Matter, Reason, Status, Urgency
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers import discreet, manners, remarks, sealed_more
from handlers.alerting import keep_apart
from handlers.context import Context
from handlers.filing import (
    NO_MATTER,
    UNKNOWN_TOPIC,
    answer_by,
    chief_of,
    clear_topic,
    copy_to_chiefs,
    notice_fields,
    owner_words_known,
    place_name,
    title_of_matter,
)
from handlers.matter_lookup import HANDLERS, is_own, own
from handlers.matter_news import doubt_it_is_done, said_by, tell_handler
from handlers.matters import CHOICE_FOR, take_words
from handlers.registry import answers, intent
from handlers.texts import matters as texts
from handlers.texts import people as people_texts
from handlers.tracking import track
from nlp.lazy import regex
from nlp.numbers import option_number
from nlp.words import classify

# So long after a matter was filed what is said without a topic of its own is taken to be about it.
JOINS_FOR = timedelta(days=3)
# So soon after it a few words go on with it, also where they would be asked about on any other day.
CONTINUES_FOR, CONTINUES_CHARS = timedelta(minutes=30), 12
# The top of the codes that are about no thing of the village; from this share on words sound rather like a matter.
OTHER, SOUNDS_LIKE = "OT", 0.25
# Three or four characters (合同丢了, 在后山) resemble much; they must be surely of another.
FEW_CHARS, SURE = 5, 0.6
# A word of thanks and a question how far it is may be a little longer.
SHORT_CHARS = 16


@intent("add")
def add(ctx: Context) -> None:
    """补充 …: the words join the matter and always reach the one who handles it. 还有个事 may begin a new story."""
    number = str(ctx.understanding.slots.get("number") or "")
    words = remarks.addition(ctx.said, is_named=bool(number))
    if not number and sealed_more.take_addition(ctx, words):
        return None
    if living(ctx) is None:
        # 2号机井抽不上水了 merely resembles an addition to a matter 2.
        story = words if ctx.understanding.certain else ctx.said
        return take_words(ctx, story) if words else ctx.reply(texts.nothing_yet())
    matter = own(ctx)
    if not words:
        ctx.ask("addition", matter.id, (), CHOICE_FOR)
        return ctx.reply(texts.ask_addition(matter.number))
    begins_anew = remarks.begins_anew(ctx.said) or (ctx.in_trouble and not remarks.supplements(ctx.said))
    if not number and begins_anew and _is_another_story(ctx, matter, words):
        return take_words(ctx, words)
    return add_to(ctx, matter, words)


def _is_another_story(ctx: Context, matter: Matter, words: str) -> bool:
    reading = classify(ctx.words.lexicon, words)
    return len(reading.parts) > 1 or clear_topic(reading) not in (None, matter.code)


@answers("addition")
def take_addition(ctx: Context, question: OpenQuestion, said: str) -> None:
    if ctx.understanding.certain and ctx.understanding.intent not in (None, "report", "add"):
        raise NotUnderstood("addition")
    if question.data and clear_topic(ctx.reading) not in (None, question.data):
        raise NotUnderstood("addition")  # 垃圾没人拉, while a keeper waits to hear which lamp it is
    matter = ctx.store.matters.get(question.thing_id)
    ctx.store.questions.close(question, ctx.now)
    if matter is None:
        return take_words(ctx, said)
    return add_to(ctx, matter, said)


def add_to(ctx: Context, matter: Matter, words: str, kind: str = "text", reply: str = "") -> None:
    if not matter.is_sealed and discreet.take_aside(ctx, words):
        return None
    matter = keep_apart(ctx, matter, words)
    ctx.store.matters.add_note(matter, kind, words, ctx.sender.contact.id, ctx.now)
    if _makes_urgent(ctx, matter, words):
        return _raise(ctx, ctx.store.matters.held(matter), words)
    tell_handler(ctx, matter, texts.addition_for_owner(matter.number, words), f"note:{ctx.incoming.digest}")
    return ctx.reply(reply or texts.added(matter.number))


_NEARLY, _SAFETY = regex("差[点些]|险些"), "SA"
_HARM = regex("差[点些]|险些|[摔跌绊砸塌]|掉[进下]|漏电|冒烟")


def _makes_urgent(ctx: Context, matter: Matter, words: str) -> bool:
    """昨天我孙子差点掉进去, of a hole in the road."""
    if (
        _HARM.search(words) is None
        or _HURT_BEFORE.match(words)
        or not matter.is_living
        or matter.is_sealed
        or matter.urgency <= Urgency.P1
    ):
        return False
    return classify(ctx.words.lexicon, words).urgency == Urgency.P1


def _raise(ctx: Context, matter: Matter, words: str) -> None:
    due_at = answer_by(Urgency.P1, ctx.now, ctx.words.calendar)
    due_at = due_at if matter.due_at is None else min(due_at, matter.due_at)
    raised = replace(matter, urgency=Urgency.P1, due_at=due_at)
    ctx.store.matters.change(matter, raised, ctx.step(f"raised:{matter.urgency}>{raised.urgency}"))
    tell_handler(ctx, raised, texts.raised_for_owner(raised, words), f"note:{ctx.incoming.digest}")
    if owner := ctx.directory.officer(raised.owner_id):
        place = place_name(ctx.directory, ctx.person, raised.place_id, raised.place_text)
        copy_to_chiefs(ctx, raised, title_of_matter(ctx.words.lexicon, raised), place, owner)
    ctx.reply(texts.raised(raised))


def all_living(ctx: Context) -> list[Matter]:
    """The sender's matters that are not ended, the newest first."""
    return [matter for matter in ctx.store.matters.reported_by(ctx.sender.contact.id) if matter.is_living]


def living(ctx: Context, within: timedelta | None = None) -> Matter | None:
    """The sender's newest matter that is not ended, filed within so long."""
    return next((m for m in all_living(ctx) if within is None or ctx.now - m.filed_at <= within), None)


def continues(ctx: Context) -> bool:
    """Do a few words, said right after his matter, go on with it: 停了两天了, 就我一家, 门锁着?

    Topics would be taken out of the air; a word of another matter (电费咋这么高) is asked about.
    """
    reading = ctx.reading
    if len(ctx.said) > CONTINUES_CHARS or reading.sealed or reading.danger:
        return False
    is_clear = not (reading.ask or reading.code in (None, UNKNOWN_TOPIC, NO_MATTER))
    if is_clear and ctx.in_trouble:  # 路灯坏了 once more is another lamp
        return False
    matter = living(ctx, CONTINUES_FOR)  # asked last: it is read from the database for the whole batch
    if matter is None:
        return False
    return reading.code == matter.code if is_clear else not _is_of_another(ctx, matter)


def _is_of_another(ctx: Context, matter: Matter) -> bool:
    """Do the words name something of another matter, or sound rather like one?"""
    reading = ctx.reading
    if matter.code in (reading.code, *reading.choices) or (reading.code or OTHER).startswith(OTHER):
        return False
    if _NEARLY.search(ctx.said) and (reading.code or "").startswith(_SAFETY) and matter.code.startswith(_HAZARDS):
        return False  # what nearly happened there, not the safety of children
    sounds_like = SOUNDS_LIKE if len(ctx.said) > FEW_CHARS else SURE
    return reading.confidence >= sounds_like or ctx.words.intents.words["matters"].search(ctx.said) is not None


def join_unless_other(ctx: Context) -> bool:
    """需要啥材料, 什么时候修: of the matter he has told of. False where he has none, and of another (电费咋这么高)."""
    matter = living(ctx, JOINS_FOR)
    return matter is not None and not _is_of_another(ctx, matter) and join(ctx)


def take_short(ctx: Context) -> bool:
    """来电了, 排上队没, 要得, while a matter of his is fresh: it is over, he asks how far it is, or says nothing at all.

    催一下路灯的事 presses for it.
    """
    if manners.presses_for(ctx.said) and ctx.is_direct and _is_of_one_told(ctx):
        urge_matter(ctx, ctx.store.matters.held(own(ctx)), "")
        return True
    if not ctx.is_direct or ctx.understanding.certain or len(ctx.said) > SHORT_CHARS:
        return False
    rests = manners.lets_it_rest(ctx.said)
    is_over, asks, is_small = (
        rests or manners.says_settled(manners.without_politeness(ctx.said)), manners.asks_progress(ctx.said), manners.is_small_talk(ctx.said)
    )  # fmt: skip
    is_calm = manners.behind_no_hurry(ctx.said) == ""
    matter = living(ctx, JOINS_FOR) if is_over or asks or is_small or is_calm else None
    if matter is None and rests:
        ctx.reply(people_texts.hello())  # nothing of his is known, and there is nothing to do
        return True
    if matter is None:
        return False
    if is_over and ctx.is_proven and is_own(ctx, matter):
        ask_back(ctx, matter)
    elif is_calm:
        _take_no_hurry(ctx, matter, "")
    elif asks:
        track(ctx)
    elif is_small:
        ctx.reply(people_texts.hello())
    else:
        return False
    return True


def _is_of_one_told(ctx: Context) -> bool:
    """Is there an open matter of his that 路灯的事催一下 can be about?"""
    codes = {matter.code for matter in all_living(ctx)}
    named = None if ctx.reading.ask else clear_topic(ctx.reading)
    return bool(codes) and (named is None or named.startswith(OTHER) or named in codes)


def is_of_something_told(ctx: Context) -> bool:
    """没人管吗到底, 昨天说的那个事咋样了, 给我撤了 弄错了: it is about what he has told of, or nothing; no matter is named."""
    if ctx.understanding.intent == "withdraw":
        return ctx.reading.ask and not ctx.in_trouble
    if ctx.understanding.intent == "track" and ctx.in_trouble and len(ctx.reading.choices) > 1:
        return False  # 小陈啥时候来我屋里看看漏雨
    return ctx.understanding.intent in ("urge", "track") and ctx.reading.code == NO_MATTER and ctx.reading.ask


def join(ctx: Context) -> bool:
    """Words that are about nothing by themselves (下午再来, 钥匙在邻居家), said while a matter of his is fresh, go to the
    one who handles it. False where he has none."""
    matter = living(ctx, JOINS_FOR)
    if matter is None:
        return False
    add_to(ctx, matter, ctx.said, reply=texts.joined(matter.number, title_of_matter(ctx.words.lexicon, matter)))
    return True


# 上个月张老汉就是因为黑摔断了腿: what it did to somebody before.
_HURT_BEFORE = regex(
    "(?:上个?[月周]|上[次回]|去年|前年|大前年|以前|那年|前几[天年]|前阵子|早先|有一[次回年]).{0,14}(?:摔|撞|绊|跌|掉|滚|栽|磕|崴|伤|死|出过事)"
)
_HAZARDS = ("RC", "SA", "EN")
_OF_PEOPLE = ("SS", "PS")
"""上回李大爷就在这儿摔断了腿 sounds like the care of the old."""


def join_before(ctx: Context) -> bool:
    """What a thing he has told of did to somebody before goes with it, and makes nothing urgent (conversation page §6.5)."""
    reading = ctx.reading
    if _HURT_BEFORE.match(ctx.said) is None or reading.sealed or (reading.danger and reading.danger.is_named):
        return False
    matter = living(ctx, JOINS_FOR)
    if matter is None or not matter.code.startswith(_HAZARDS):
        return False
    named = clear_topic(reading)
    return (named in (None, matter.code) or named.startswith(_OF_PEOPLE)) and join(ctx)


_SHOWS = regex(
    r"(?:这|那|刚才|刚发|上面|前面)(?:个|张|几张|的)?(?:图片?|照片|相片)?(?:是|拍的是|说的是)(?P<what>[^\s,，。]{1,8}?)(?:的|那边|那里|那儿)(?:图片?|照片|事)?(?:啊|呀|哈)?"
)


def take_what_it_shows(ctx: Context) -> bool:
    """这是垃圾的, behind a picture: of that one of his matters, and no question where it stands."""
    met = _SHOWS.fullmatch(ctx.said.strip(" 。！!")) if len(ctx.said) <= SHORT_CHARS and ctx.is_direct else None
    code = clear_topic(classify(ctx.words.lexicon, met["what"])) if met else None
    matter = next((m for m in all_living(ctx) if m.code == code and not m.is_sealed), None) if code else None
    if matter is not None:
        add_to(ctx, matter, ctx.said)
    return matter is not None


@intent("urge")
def urge(ctx: Context) -> None:
    """催一下: the one who handles it is asked for an answer today; his chief is told once the date has passed.

    What is said beside it (三个人来了也没修好) goes along.
    """
    matter = ctx.store.matters.held(own(ctx))
    if (more := manners.behind_no_hurry(ctx.said)) is not None and not remarks.is_impatient(more):
        return _take_no_hurry(ctx, matter, more)
    if not ctx.understanding.certain and _speaks_of_another(ctx, matter):
        return take_words(ctx, ctx.said)
    if matter.status is Status.DONE:
        if not (ctx.understanding.certain or remarks.is_impatient(ctx.said)):
            raise NotUnderstood("urge")
        return ask_how_it_is(ctx, matter)
    if not (ctx.understanding.certain or remarks.is_impatient(ctx.said)) and join(ctx):  # 抓住了
        return None
    return urge_matter(ctx, matter, "" if ctx.understanding.certain else ctx.said)


def _take_no_hurry(ctx: Context, matter: Matter, more: str) -> None:
    """不急 慢慢来 presses for nothing; what stands behind it goes to the keeper like any other word."""
    if more:
        return add_to(ctx, matter, ctx.said)
    return ctx.reply(texts.no_hurry(matter.number, owner_words_known(ctx, matter), texts.by(matter)))


def urge_matter(ctx: Context, matter: Matter, words: str) -> None:
    """Ask the one who handles it for an answer today, with the words that go along. At most once in so long."""
    changed = ctx.store.matters.change(matter, rules.urge(matter, ctx.now), ctx.step("urged"))
    title, days = title_of_matter(ctx.words.lexicon, matter), (ctx.now - matter.filed_at).days
    if words:
        ctx.store.matters.add_note(matter, "urged", words, ctx.sender.contact.id, ctx.now)
    is_over_him = bool(ctx.roles & HANDLERS) and not is_own(ctx, matter)
    text = texts.urge_for_owner(matter.number, title, days, words, said_by(ctx, matter) if is_over_him else "")
    tell_handler(ctx, changed, text, f"urge:{ctx.now:%y%m%d%H}")
    chief = chief_of(ctx.directory, matter.village_id)
    if matter.due_at is not None and ctx.now > matter.due_at and chief and chief.id != matter.owner_id:
        once, fields = f"matter:{matter.id}:urged:{ctx.now:%y%m%d}", notice_fields(ctx, matter, "overdue")
        ctx.tell(chief, text, "matter.overdue", once=once, fields=fields)
    return ctx.reply(texts.urged(matter.number, owner_words_known(ctx, matter)))


def ask_how_it_is(ctx: Context, matter: Matter) -> None:
    """催一下, 撤回, of what its keeper says is done: it waits for nothing but how it is, and what he says reaches him."""
    if discreet.take_aside(ctx, ctx.said):
        return
    doubt_it_is_done(ctx, matter)


def _speaks_of_another(ctx: Context, matter: Matter) -> bool:
    """到今天还没人来修水管, while his only matter is a lamp: a story of its own, not impatience."""
    heard = {ctx.reading.code, *ctx.reading.choices}
    if ctx.reading.code == NO_MATTER and not ctx.in_trouble:  # 三天了咋还没动静 你们是不是把我忘了
        return False
    return ctx.reading.is_founded and len(ctx.said) > 8 and matter.code not in heard


@intent("withdraw", needs_proof=True)
def withdraw(ctx: Context) -> None:
    """撤回 007: asked back once, since a slip must not end a matter. 已经搬出来了 merely sounds like it."""
    if not ctx.understanding.certain and not remarks.takes_back(ctx.said):
        if not join(ctx):
            raise NotUnderstood("withdraw")
        return None
    matter = own(ctx)
    if not is_own(ctx, matter):
        raise Refused(Reason.NOT_YOURS, number=matter.number)
    return ask_back(ctx, matter)


def ask_back(ctx: Context, matter: Matter) -> None:
    if matter.status is Status.DONE:
        return ask_how_it_is(ctx, matter)
    rules.withdraw(matter, ctx.now)
    ctx.ask("withdraw", matter.id, ("1", "2"), CHOICE_FOR)
    return ctx.reply(texts.confirm_withdraw(matter.number, title_of_matter(ctx.words.lexicon, matter)))


_YES = regex(
    "(?:嗯+|哎|对)?[\\s,，]*(?:是|对|撤|撤回|撤了|行|中|成|可以|要得|得行|嗯哪|对头|同意|确定|(?:真的?|就|那就|都)*不(?:说|告|报|反映|追究|计较)了)"
    "(?:的|吧|啊|了|呢|哩|咧|嘞)*"
)
_NO = regex(
    "(?:等等?(?:一?下)?|等一?等|慢着|算了)?[\\s,，]*(?:不|别|先别|莫|先莫|甭|不要|不用|先不|不是|不行|不中|不得|不可以)(?:撤|撤回|急)?(?:了|吧|咧|哩|嘞|啊|哈|嘛)*"
)


@answers("withdraw")
def confirm_withdraw(ctx: Context, question: OpenQuestion, said: str) -> None:
    chosen = option_number(said, ("撤回", "不撤"))
    if chosen is None:
        plain = said.strip(" 。！!,，")
        chosen = 1 if _YES.fullmatch(plain) else 2 if _NO.fullmatch(plain) else None
    if chosen is None:
        raise NotUnderstood("withdraw")
    ctx.store.questions.close(question, ctx.now)
    matter = ctx.store.matters.get(question.thing_id, to_change=True)
    if matter is None:
        raise Refused(Reason.NO_SUCH, digits="")
    if chosen == 2:
        return ctx.reply(texts.kept(matter.number))
    changed = ctx.store.matters.change(matter, rules.withdraw(matter, ctx.now), ctx.step("withdrawn"))
    tell_handler(ctx, changed, texts.withdrawn_for_owner(matter.number), "withdrawn")
    return ctx.reply(texts.withdrawn(matter.number))
