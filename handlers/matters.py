"""Matters in talk: what somebody tells becomes a matter, or one question about it; pictures, places and voices join."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from domain import matters as rules
from domain.matters import Matter, Status, Urgency, bare_words
from domain.messages import Kind
from domain.organisation import STAFF
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers import manners, remarks, sealed_more
from handlers.accusing import accuses_by_name
from handlers.complaining import complains, left_undone
from handlers.context import Context
from handlers.danger import is_new, raise_alarm
from handlers.danger_before import of_what_he_told
from handlers.filing import (
    ASK_PLACE_FOR,
    AT_HOME,
    BY_CONDUCT,
    CONDUCT,
    NO_MATTER,
    PRAISE,
    ROLE_OF_CODE,
    UNHEARD,
    UNKNOWN_TOPIC,
    Draft,
    add_matter,
    chief_of,
    draft_of,
    file_matter,
    filed_words,
    owner_words_known,
    reporter_words,
    title_of,
    title_of_matter,
)
from handlers.matter_news import doubt_it_is_done, tell_handler
from handlers.parting import announces, apart, counted
from handlers.pleas import unnamed_story
from handlers.question_kinds import WAITING_KINDS
from handlers.registry import answers, intent, on
from handlers.sealing import file_sealed, is_confidential, receiver_words
from handlers.story_pieces import clearest
from handlers.texts import discreet as discreet_texts
from handlers.texts import known as known_texts
from handlers.texts import matters as texts
from handlers.texts import sealed as sealed_texts
from nlp.lazy import regex
from nlp.words import GUESS, Reading, classify, has_mark, hear, tells_on

CHOICE_FOR = timedelta(minutes=30)
PLACE_CHARS = 20
# So long is a word or two, and a question (问个政策) is not shorter than that.
WORD_CHARS, QUESTION_CHARS = 6, 4
_TALK = 14  # So few letters may name an office without accusing anybody.
_OFFICE = regex(
    "(?:村里?的?)?(?:会计|出纳|文书|书记|支书|主任|村主任|村长|村医|社长|队长|组长|妇联主任|监委主任|干部|村干部)"
)

# The top of the codes that are about no thing of the village.
_OTHER = "OT"
# What a polite story may resemble; fewer letters than these tell none.
_POLITE, LEAST_STORY, SURE = frozenset({"chat", "report", "help", "human", "consult", "add"}), 3, 0.6


@intent("report")
def report(ctx: Context) -> None:
    """File what was said, or ask what it is about when the words could mean several things."""
    text = str(ctx.understanding.slots.get("text") or ctx.said)
    take_words(ctx, text)


def take_words(ctx: Context, text: str, *, may_ask: bool = True, most: Urgency = Urgency.P0) -> None:
    """Free words in a private chat: one matter, several, or a question which it is. Nothing said is ever lost.

    `most`: nothing of it is more urgent, since he has said so.
    """
    reading = ctx.reading if text == ctx.said else classify(ctx.words.lexicon, text)
    thing = left_undone(ctx, reading) if text == ctx.said else None
    if may_ask and text == ctx.said and thing is None and (_says_nothing(ctx) or _is_no_praise(ctx)):
        raise NotUnderstood("words")
    if not reading.sealed and (known := _told_already(ctx, text)) is not None:
        if known.status is Status.DONE:
            return doubt_it_is_done(ctx, known)
        title, owner = title_of_matter(ctx.words.lexicon, known), owner_words_known(ctx, known)
        return ctx.reply(known_texts.told_already(known.number, title, owner, texts.by(known)))
    if reading.sealed and len(parts := apart(ctx, text, reading)) > 1:
        for part in parts:  # 路灯坏了，还有书记贪钱: the lamp is for those who mend it, and nothing else is
            file_words(ctx, _at_most(draft_of(classify(ctx.words.lexicon, part), part), most))
    elif may_ask and len(parts := _stories_in(ctx, text, reading)) > 1 and not reading.sealed:
        _file_what_waits(ctx)
        ctx.ask("split", 0, ("1", "2"), CHOICE_FOR, data=json.dumps(parts, ensure_ascii=False))
        ctx.reply(texts.ask_split(parts))
    elif may_ask and thing is None and reading.ask and len(reading.choices) > 1 and not reading.sealed:
        _file_what_waits(ctx)
        _ask_which(ctx, text, reading)
    else:
        draft = draft_of(reading, text, thing)
        file_words(ctx, _at_most(replace(draft, second_code="") if thing else draft, most))
    return None


def _stories_in(ctx: Context, text: str, reading: Reading) -> list[str]:
    """The parts that tell something: 好 谢谢 and 我说几个事 before a story tell none."""
    bare = {part: manners.without_politeness(part) for part in reading.parts}
    told = [part for part in reading.parts if bare[part] and not (manners.is_small_talk(bare[part]) or announces(part))]
    return told if len(told) > 1 else counted(ctx, text)


def _at_most(draft: Draft, most: Urgency) -> Draft:
    return draft if draft.urgency >= most else replace(draft, urgency=most)


# Sent once more within these days, the same words are the same matter.
SAME_FOR = timedelta(days=3)


def _told_already(ctx: Context, text: str) -> Matter | None:
    """The matter he has told of in these very words, while nobody has said how it was done."""
    told = ctx.store.matters.told(ctx.sender.contact.id, text, ctx.now - SAME_FOR, ctx.ears.texts)
    if told is None or told.is_sealed or not (told.is_living or told.status is Status.DONE):
        return None
    return told if bare_words(told.text) == bare_words(text) else None


_LETTER = regex("[\u4e00-\u9fff]")


def take_polite(ctx: Context) -> bool:
    """我家水管漏 谢谢你啊, 在吗 我家停电了: a story with a greeting before it or thanks behind it is the story.

    So is 渠 alone, and what is told for somebody else (替我妈反映 她低保没了).
    """
    is_alone = _LETTER.fullmatch(ctx.said) is not None and ctx.understanding.intent == "vote" and ctx.reading.is_founded
    if is_alone or (ctx.understanding.intent == "proxy" and manners.tells_for_another(ctx.said)):
        take_words(ctx, ctx.said)
        return True
    bare = manners.without_politeness(ctx.said)
    if (
        len(bare) < LEAST_STORY
        or manners.says_settled(bare)
        or bare == ctx.said.strip(" ,，。!！~")
        or (ctx.understanding.intent or "chat") not in _POLITE
    ):
        return False
    reading = classify(ctx.words.lexicon, bare)
    is_sure = ctx.words.intents.words["trouble"].search(bare) is not None or reading.confidence >= SURE
    if not reading.is_founded or reading.code in (NO_MATTER, PRAISE) or not is_sure:
        return False
    take_words(ctx, bare)
    return True


_GOES_UP = regex("上访|信访|告|状|曝光|记者|媒体|堵|联名|签名|说法|反映|热线|12345|巡察|巡视|纪委")


def take_petition(ctx: Context) -> bool:
    """我要去省里, of nothing in particular: the secretary must know, and he hears of his rights (topics page §5.2)."""
    reading = ctx.reading
    is_of_none = reading.ask or (reading.code or _OTHER).startswith(_OTHER)
    is_meant = (
        reading.petition and is_of_none and _GOES_UP.search(ctx.said) is not None
    )  # 儿子去北京打工 is no petition
    if not is_meant or accuses_by_name(ctx, ctx.said):
        return False
    draft = replace(draft_of(reading, ctx.said, UNKNOWN_TOPIC), urgency=Urgency.P1, is_sealed=False)
    matter = file_matter(ctx, draft, chief_of(ctx.directory, ctx.village.id))
    ctx.reply(discreet_texts.petition_noted(matter, owner_words_known(ctx, matter)))
    return True


# 他们把危房指标给了有楼房的人 names no office, and blames one.
_GIVEN_AWAY = regex("把.{0,8}(?:指标|名额|低保|补[贴助]|救济|救灾|物资|项目|工程|岗位?|地|钱|款).{0,3}[给分批包租卖]")


def _says_nothing(ctx: Context) -> bool:
    """不要, 再说, 哪个都行: a word or two that answers something of which we know nothing, and no matter.

    An office named alone (会计) accuses nobody.
    """
    reading, says = ctx.reading, ctx.words.intents.words
    if not reading.ask and is_talk(ctx, reading) and not (ctx.in_trouble or ctx.understanding.certain):
        return True
    is_short = len(ctx.said) <= _TALK and not _GIVEN_AWAY.search(ctx.said)
    if is_short and reading.code in CONDUCT and not reading.sealed and not accuses_by_name(ctx, ctx.said):
        return True  # 没人接, 书记忙不忙: blame of nobody
    if len(ctx.said) > WORD_CHARS or ctx.in_trouble or reading.danger or says["matters"].search(ctx.said):
        return False
    asks = len(ctx.said) >= QUESTION_CHARS and says["asking"].search(ctx.said)
    is_of_none = reading.code in (UNKNOWN_TOPIC, NO_MATTER) and not asks
    return is_of_none or _OFFICE.fullmatch(ctx.said) is not None or (reading.ask and len(reading.choices) < 2)


def _is_no_praise(ctx: Context) -> bool:
    """定了 下周一开工 resembles praise, and praises nobody."""
    is_said = ctx.reading.code == PRAISE and not ctx.reading.ask and not ctx.in_trouble
    return is_said and not remarks.praises(ctx.said)


def _ask_which(ctx: Context, text: str, reading: Reading) -> None:
    kept = json.dumps({"text": text, "codes": list(reading.choices)}, ensure_ascii=False)
    accepts = tuple(str(n) for n in range(1, len(reading.choices) + 1))
    ctx.ask("topic", 0, accepts, CHOICE_FOR, data=kept)
    ctx.reply(texts.ask_which([choice(ctx, code) for code in reading.choices]))


def choice(ctx: Context, code: str) -> str:
    return texts.NO_MATTER_TITLE if code == NO_MATTER else title_of(ctx.words.lexicon, code)


def _file_what_waits(ctx: Context) -> None:
    """A second story is being asked about: the first, still unanswered, is filed now rather than forgotten."""
    for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        if question.kind in WAITING_KINDS:
            file_waiting(ctx, question)


def file_waiting(ctx: Context, question: OpenQuestion) -> None:
    """File the story that a question of WAITING_KINDS keeps as what it most likely is, without asking again."""
    kept = json.loads(question.data)
    ctx.store.questions.close(question, ctx.now)
    for story in [str(kept["text"])] if isinstance(kept, dict) else kept:
        if not is_talk(ctx, classify(ctx.words.lexicon, story)):
            file_story(ctx, story)


def is_talk(ctx: Context, reading: Reading) -> bool:
    """Small talk of which it was asked what it is about: nobody is to do anything for it."""
    is_sure = not reading.ask or not ctx.in_trouble
    return reading.code == NO_MATTER and is_sure and reading.danger is None and not reading.sealed


def file_words(ctx: Context, draft: Draft) -> Matter:
    """File a draft and say so; sealed where its content asks for it. A guest is asked for the place, once only.

    Nothing is filed as P0 here: what is danger to life goes the alarm's way, whatever it was said beside.
    """
    if draft.code == NO_MATTER and not draft.is_sealed:  # nobody reads 闲聊无关 of what is to be looked after
        draft = replace(draft, code=UNKNOWN_TOPIC)
    if draft.code == PRAISE and ctx.in_trouble and not remarks.praises(draft.text):
        draft = replace(draft, code=clearest(ctx, draft.text), urgency=min(draft.urgency, Urgency.P2))
    if draft.urgency is Urgency.P0:
        if (alarmed := _alarmed(ctx, draft)) is not None:
            return alarmed
        draft = replace(draft, urgency=Urgency.P1)
    is_blame = accuses_by_name(ctx, draft.text) or complains(ctx, draft.text)
    if draft.is_sealed or draft.code in CONDUCT or is_blame:
        heard = hear(ctx.words.lexicon, draft.text)
        is_at_home = has_mark(ctx.words.lexicon, heard, "violence")
        is_plain = draft.code not in ROLE_OF_CODE and not tells_on(ctx.words.lexicon, heard)
        is_plain = is_plain and not is_blame
        is_unnamed = is_plain and (draft.is_unnamed or has_mark(ctx.words.lexicon, heard, "anonymous"))
        code = AT_HOME if is_at_home else BY_CONDUCT if draft.code == NO_MATTER else draft.code
        urgency = min(draft.urgency, Urgency.P1) if is_at_home else draft.urgency
        draft = replace(draft, is_sealed=True, is_unnamed=is_unnamed, code=code, urgency=urgency)
        matter, token = file_sealed(ctx, draft)
        reader = ctx.directory.officer(matter.owner_id)
        title = title_of(ctx.words.lexicon, draft.code)
        if is_at_home:
            ctx.reply(sealed_texts.safe_first())
        said = sealed_texts.filed_unnamed if is_unnamed else sealed_texts.filed_sealed
        said = sealed_texts.filed_confidential if is_confidential(draft) else said
        ctx.reply(said(token, title, receiver_words(ctx.directory, reader)))
        _attach_pictures(ctx, matter)
        sealed_more.expect(ctx, matter)
        return matter
    if draft.code == PRAISE and not ctx.in_trouble and remarks.praises(draft.text):
        return _pass_on_praise(ctx, draft)
    matter = file_matter(ctx, draft)
    asks_place = matter.place_id is None and not _was_asked_place(ctx)
    if asks_place:
        ctx.ask("place", matter.id, (), ASK_PLACE_FOR, data=matter.code)
    ctx.reply(filed_words(ctx, matter, asks_place=asks_place))
    _attach_pictures(ctx, matter)
    return matter


def _alarmed(ctx: Context, draft: Draft) -> Matter | None:
    """Alarm for what is about to be filed. None where it goes on with a danger told already, and for blame that merely
    sounds like a cry: whoever may read that is told at once."""
    heard = ctx.ears.heard(draft.text).danger
    danger = of_what_he_told(ctx, heard) if heard is not None else None
    if danger is None or not danger.certain or not is_new(ctx, danger):
        return None
    if draft.is_sealed and not draft.is_unnamed and not (danger.is_named or danger.sealed):
        return None
    matter = raise_alarm(ctx, danger, unnamed_story(draft.text) if draft.is_unnamed else draft.text)
    if not matter.is_sealed:
        _attach_pictures(ctx, matter)
    return matter


def _pass_on_praise(ctx: Context, draft: Draft) -> Matter:
    """谢谢小陈 灯修好了: kept with a number like anything said, told to whom it concerns, and nothing to do."""
    filed = add_matter(ctx, draft)
    matter = ctx.store.matters.change(filed, rules.acknowledge(filed, ctx.now), ctx.step("acknowledged"))
    tell_handler(ctx, matter, texts.praise_for_owner(matter.number, reporter_words(ctx), draft.text), "praise")
    ctx.reply(texts.praised(matter.number, owner_words_known(ctx, matter)))
    _attach_pictures(ctx, matter)
    return matter


def _was_asked_place(ctx: Context) -> bool:
    return any(q.kind == "place" for q in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now))


def _attach_pictures(ctx: Context, matter: Matter) -> None:
    """A picture that came first belongs to the story that follows it; with a sealed one it loses who sent it."""
    sender = ctx.sender.contact.id
    for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        if question.kind == "picture":
            ctx.store.questions.close(question, ctx.now)
            ctx.store.media.attach(sender, question.data.split("\n"), matter.id, is_sealed=matter.is_sealed)
            for kept in question.data.split("\n"):
                by = None if matter.is_sealed else sender
                ctx.store.matters.add_note(matter, "image", kept, by, question.asked_at)


@answers("picture")
def describe_picture(ctx: Context, question: OpenQuestion, said: str) -> None:
    """What is said after a picture is read like anything else; filing takes the picture along."""
    raise NotUnderstood("picture")


def file_story(ctx: Context, story: str) -> None:
    """File a story as what it is most likely about; a mere guess (又堵了) is for a person to read, and alarms nobody."""
    reading = classify(ctx.words.lexicon, story)
    is_guess = reading.code == NO_MATTER or (reading.ask and reading.confidence < GUESS)
    is_guess = is_guess and not reading.sealed and reading.danger is None
    draft = draft_of(reading, story)
    file_words(ctx, replace(draft, code=UNKNOWN_TOPIC, urgency=max(draft.urgency, Urgency.P2)) if is_guess else draft)


# -- pictures and voice


@on(Kind.IMAGE, Kind.VIDEO, Kind.LOCATION, Kind.LINK)
def picture(ctx: Context) -> None:
    """A picture or a place joins the matter of the last hour; alone it is kept and asked about."""
    recent = [
        m for m in ctx.store.matters.reported_by(ctx.sender.contact.id)
        if m.is_living and ctx.now - m.filed_at < timedelta(hours=1)
    ]  # fmt: skip
    words = _described(ctx)
    ctx.store.media.expect(ctx.incoming, ctx.sender.contact.id, recent[0].id if recent else None, ctx.now)
    if recent:
        ctx.store.matters.add_note(recent[0], ctx.incoming.kind, words, ctx.sender.contact.id, ctx.now)
        tell_handler(
            ctx, recent[0], texts.addition_for_owner(recent[0].number, _shown(ctx)), f"note:{ctx.incoming.digest}"
        )
        return ctx.reply(texts.picture_added(recent[0].number, texts.THINGS[ctx.incoming.kind]))
    waiting = [q.data for q in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now) if q.kind == "picture"]
    ctx.ask("picture", 0, (), CHOICE_FOR, data="\n".join([*waiting, words]))
    return ctx.reply(texts.picture_alone(texts.THINGS[ctx.incoming.kind]))


def _shown(ctx: Context) -> str:
    """What the handler is told of it; a place in the words the phone put beside it."""
    label = ctx.incoming.place.label if ctx.incoming.place else ""
    title = ctx.incoming.data.get("title", "") if ctx.incoming.kind is Kind.LINK else ""
    return f"[{texts.THINGS[ctx.incoming.kind]}] {label or title}".strip()


def _described(ctx: Context) -> str:
    place, media = ctx.incoming.place, ctx.incoming.media
    if place is not None:
        return f"{place.label} {place.latitude},{place.longitude}".strip()
    return media.media_id if media else ctx.incoming.text


@on(Kind.VOICE)
def voice(ctx: Context) -> None:
    """A voice the platform could not read becomes a matter for a person to listen to; it is never `no complaint`."""
    if ctx.said:
        return take_words(ctx, ctx.said)
    media = ctx.incoming.media
    if (in_hand := _only_in_hand(ctx)) is not None:
        ctx.is_secret = ctx.is_secret or in_hand.is_sealed
        ctx.store.matters.add_note(in_hand, "voice", media.media_id if media else "", ctx.sender.contact.id, ctx.now)
        ctx.store.media.expect(ctx.incoming, ctx.sender.contact.id, in_hand.id, ctx.now)
        return ctx.reply(texts.keepers_voice(in_hand.number))
    matter = file_matter(ctx, Draft(UNHEARD, UNKNOWN_TOPIC, Urgency.P2))
    ctx.store.matters.add_note(matter, "voice", media.media_id if media else "", ctx.sender.contact.id, ctx.now)
    ctx.store.media.expect(ctx.incoming, ctx.sender.contact.id, matter.id, ctx.now)
    return ctx.reply(f"{texts.voice_kept()}\n编号 {matter.number}")


def _only_in_hand(ctx: Context) -> Matter | None:
    """The only matter in a keeper's hands, of one who has told of none himself: what he says unheard is about that."""
    if not ctx.roles & STAFF or ctx.person is None:
        return None
    mine = ctx.store.matters.living_of_owner(ctx.person.id)
    is_teller = any(matter.is_living for matter in ctx.store.matters.reported_by(ctx.sender.contact.id))
    return mine[0] if len(mine) == 1 and not is_teller else None
