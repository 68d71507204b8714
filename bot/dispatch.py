"""Dispatch: what a message sets off, in the order of design §2. Refused and NotUnderstood are caught once, here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

import handlers
from bot.bell import Bell
from bot.ticks import play_tick
from bot.turn import Outcome
from domain.contacts import Contact, Sender
from domain.matters import Reason
from domain.messages import SPOKEN, Actor, Incoming, Kind
from domain.organisation import Area, AreaKind
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers import (
    afterwards,
    answering,
    danger,
    danger_again,
    danger_check,
    danger_safety,
    discreet,
    in_hand,
    interrupting,
    long_story,
    overhearing,
    poll_commands,
    remarks,
    rereading,
    rsvp,
    talk,
    undecided,
)
from handlers.context import Context, Words, role_spoken_in, village_of
from handlers.filing import NO_MATTER, chief_of, clear_topic, office_of
from handlers.listening import Ears
from handlers.registry import CLAIMS, INTENTS, KINDS, Bound
from handlers.takers import TAKERS
from handlers.texts import matters as matter_texts
from handlers.texts import people as people_texts
from nlp.words import Reading
from storage.outbox import Priority
from storage.store import Store

log = structlog.get_logger()

VILLAGE_TIME = ZoneInfo("Asia/Shanghai")
CLOCK = Actor("clock", "clock", "clock")
_NOBODY = Sender(Contact(0, "clock", "clock", "clock"))
# In a group these answers may be read by all; everything else goes to the person's private chat.
PUBLIC = frozenset({"help", "who", "scam", "chat"})
# Words that only mean something where something was asked.
ANSWER_WORDS = ("confirm", "change", "cancel", "vote")
# Questions about the house itself, and the codes of such words: 支书电话是多少 without a word of trouble blames nobody.
ASKING = frozenset({"who", "help", "proxy"})
ABOUT_ONE = frozenset({"urge", "track", "withdraw", "rate"})
ABOUT_US = frozenset({"OT01", "GO02"})
# 狂犬疫苗多少钱 is a question for a person, whatever it is about.
OTHERS = frozenset({"danger", "consult"})
# What a call for a meeting is about, as the topics see it.
MEETINGS = "GO05"
# What a few words that go on with a matter may resemble (去年就这样, 是老李家的, 啥时候能来).
GOES_ON = frozenset(
    {None, "report", "consult", "chat", "anonymous", "support", "confirm", "bind", "read.large", "order", "points",
     "affairs", "rsvp", "opinion", "checkin", "vote", "read.aloud"}
)  # fmt: skip
# A word of three characters tells nobody anything more of his matter.
LEAST = 4
BARE = 6  # characters of a command that is one word and no question: 村规民约
VAGUE = 0.15  # below this share the best topic is no more likely than the four after it
_CALLED = re.compile(r"^\s*@?(?:小议|有事好商量|村里小议)[\s,，:：]*")

Accounts = Mapping[tuple[str, str], str]  # the area code of every (channel, account)

handlers.load()


class Dispatch:
    """Plays one message against the store. Pure of channels: it makes texts, never bytes."""

    def __init__(
        self, words: Callable[[], Words], accounts: Accounts, public_url: str = "", *, overhears: bool = False
    ) -> None:
        """`public_url` is where links lead; `overhears`: keepers are asked about what is said in a group to nobody."""
        self._words = words
        self._accounts = accounts
        self._public_url = public_url.rstrip("/")
        self._overhears = overhears
        self.bell = Bell()

    def listen_ahead(self, store: Store, incomings: Sequence[Incoming], now: datetime) -> None:
        ears = Ears(self._words(), now.astimezone(VILLAGE_TIME))
        ears.listen_ahead(
            [
                (_said(incoming), role_spoken_in(store.people.sender(incoming.actor)))
                for incoming in incomings
                if incoming.addressed and incoming.text and incoming.kind in (Kind.TEXT, Kind.VOICE)
            ]
        )
        store.batch.remember("ears", None, ears)

    def __call__(self, store: Store, incoming: Incoming, now: datetime) -> Outcome:
        ctx = self._context(store, incoming, now.astimezone(VILLAGE_TIME))
        is_public = False
        try:
            is_public = self._act(ctx)
        except Refused as refused:
            self._begin_again(ctx)
            handlers.which_meeting.say_why(ctx, refused)
        except NotUnderstood:
            self._begin_again(ctx)
            answering.say_not_understood(ctx)
        if ctx.interrupted is not None:
            interrupting.mention_waiting(ctx)
        if ctx.replies and not ctx.is_direct and not is_public:
            _answer_in_private(ctx)
        if ctx.again_at is not None:
            self.bell.set(ctx.again_at)
        return self._outcome(ctx)

    def apology(self, store: Store, incoming: Incoming) -> str:
        village = self._area(store, incoming)
        chief = chief_of(store.directory, village.id)
        words = matter_texts.who(chief, office_of(store.directory, chief, village.id)) if chief else ""
        return matter_texts.parked(words)

    # -- the frame

    def _begin_again(self, ctx: Context) -> None:
        """Forget what the turn wanted written and said; who speaks is known all the same."""
        ctx.store.batch.forget_turn()
        ctx.replies.clear()
        ctx.kept_reply = None
        if ctx.incoming.kind is not Kind.TICK:
            ctx.sender = ctx.store.people.sender(ctx.incoming.actor)

    def _area(self, store: Store, incoming: Incoming) -> Area:
        code = self._accounts.get((incoming.channel, incoming.account), "")
        area = store.directory.area(code)
        if area is None:
            area = next((a for a in store.directory.areas.values() if a.kind is AreaKind.VILLAGE), None)
        return area or Area(0, AreaKind.VILLAGE, "本村", "CUN", None)

    def _context(self, store: Store, incoming: Incoming, now: datetime) -> Context:
        area = self._area(store, incoming)
        ears = store.batch.recall("ears", None) or Ears(self._words(), now)
        if incoming.kind is Kind.TICK:
            return Context(store, incoming, now, ears, area, _NOBODY, public_url=self._public_url)
        sender = store.people.sender(incoming.actor)
        group = None
        if incoming.group:
            group = store.groups.of_chat(incoming.channel, incoming.account, incoming.group)
            area = store.directory.areas.get(group.area_id, area) if group else area
        return Context(
            store, incoming, now, ears, village_of(store.directory, sender, area), sender, group, _said(incoming),
            public_url=self._public_url,
        )  # fmt: skip

    def _outcome(self, ctx: Context) -> Outcome:
        reply = "\n".join(text for text in ctx.replies if text) or None
        if reply is None and ctx.is_direct and ctx.incoming.addressed and ctx.incoming.kind in SPOKEN:
            reply = people_texts.unknown_kind()  # nobody ever hears silence in a private chat
        overheard = not ctx.is_direct and not ctx.incoming.addressed
        return Outcome(reply, is_secret=ctx.is_secret or overheard, kept=ctx.kept_reply)

    # -- the order of design §2.4

    def _act(self, ctx: Context) -> bool:
        """Do what the message asks for; return whether a group may read what is answered."""
        if ctx.incoming.kind is Kind.TICK:
            play_tick(ctx)
            return True
        if ctx.said and self._endangered(ctx):
            return True
        if not ctx.incoming.addressed:  # overheard in a group, or an event of the platform nobody made
            return self._overhear(ctx)
        is_spoken = ctx.incoming.kind is Kind.TEXT or (ctx.incoming.kind is Kind.VOICE and bool(ctx.said))
        if is_spoken:
            return self._talk(ctx)
        act = KINDS.get(ctx.incoming.kind)
        if any(claim(ctx) for claim in CLAIMS.get(ctx.incoming.kind, ())):
            return False
        if act is not None:
            act(ctx)
        return False

    def _overhear(self, ctx: Context) -> bool:
        """Group talk that calls nobody leaves nothing but its event key; an answer to our own question is taken."""
        is_answer = answering.answer_quoted(ctx) or danger_safety.take_over(ctx)
        if not is_answer and not (self._overhears and overhearing.offer(ctx)):
            ctx.store.batch.forget_turn()
        return not is_answer

    def _endangered(self, ctx: Context) -> bool:
        """Danger to life comes before everything, in every scene."""
        found = handlers.danger_over.heard_behind(ctx)
        if found is None or (not found.is_named and ctx.is_direct and rsvp.is_an_answer(ctx)):
            return False
        if handlers.meeting_special.take(ctx, found):
            return True
        if found.certain:
            is_new = danger.is_new(ctx, found)
            if is_new and not danger_again.goes_on(ctx, found):
                danger.raise_alarm(ctx, found, handlers.voting_secret.without_choice(ctx).said)
            return is_new
        asked = any(q.kind in ("safety", "danger.check") for q in self._open(ctx))
        is_hidden = danger.is_hidden(ctx, found)
        is_certain = ctx.understanding.certain and not handlers.danger_over.is_told_all_the_same(ctx, found)
        is_meant = not is_certain and not rereading.is_asked(ctx)  # 我妈看不清: of a poll, no illness
        is_meant = is_meant and not in_hand.is_about_work(ctx) and not handlers.errands.is_an_answer(ctx)  # 001料还没到
        is_meant = is_meant and (is_hidden or not discreet.is_unfit(ctx, ctx.said))  # blame alarms nobody
        is_meant = is_meant and not (interrupting.tells_many(ctx) and self._bound(ctx, ctx.understanding.intent or ""))
        if (asked and not is_hidden) or not is_meant:
            return False
        if not ctx.is_direct:
            return danger_check.ask_apart(ctx, found)
        # 老婆子叫我投上段 answers what stands open, though it sounds a little of something else.
        is_first = found.is_named and not answering.votes_beside(ctx)
        if (is_first or not answering.answer(ctx)) and not danger_again.goes_on(ctx, found):
            danger_check.ask_first(handlers.voting_secret.without_choice(ctx), found)
        return True

    def _open(self, ctx: Context) -> tuple[OpenQuestion, ...]:
        return ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)

    def _talk(self, ctx: Context) -> bool:
        if not ctx.said:
            talk.offer_readings(ctx)
        elif not (answering.answer(ctx) or talk.hint_to_cadre(ctx) or any(take(ctx) for take in TAKERS)):
            return self._listen(ctx)
        return False

    def _listen(self, ctx: Context) -> bool:
        """Read words that answer nothing as a command, a story, or free words."""
        understood = ctx.understanding
        if talk.take_who(ctx) or handlers.matters.take_polite(ctx):
            return False
        if remarks.opens(ctx.said):
            ctx.reply(people_texts.go_on())
            return False
        is_public = understood.intent in PUBLIC
        is_vague = understood.certain or understood.intent == "rate"
        if is_vague and understood.intent in ("chat", "rate", *ANSWER_WORDS) and answering.remind(ctx):
            return False
        if understood.intent in ("bind", "proxy") and self._is_story(ctx):
            return self._free_words(ctx)
        if understood.certain and understood.intent and (bound := self._bound(ctx, understood.intent)):
            self._obey(ctx, bound)
            return is_public
        if answering.story(ctx) or afterwards.take_short(ctx) or self._goes_on(ctx):
            return False
        # What merely sounds like a report or like small talk is judged by what it is about.
        is_meant = understood.certain or understood.intent not in ("chat", "report")
        bound = self._bound(ctx, understood.intent or "")
        if understood.intent and is_meant and ((bound and bound.wins) or not self._is_contradicted(ctx)):
            if bound:
                return self._try_to_obey(ctx, bound) and is_public
            if understood.intent in ANSWER_WORDS:
                if not answering.remind_of_rating(ctx) and (len(ctx.said) <= BARE or not afterwards.join(ctx)):
                    ctx.reply(people_texts.nothing_asked())
                return False
            if understood.intent == "consult" and afterwards.join_unless_other(ctx):
                return False
            if understood.certain and understood.intent not in OTHERS and not self._is_to_be_filed(ctx):
                ctx.reply(people_texts.not_yet())
                return False
        return self._free_words(ctx)

    def _goes_on(self, ctx: Context) -> bool:
        """Take a few words said right after a matter as part of it."""
        may = not ctx.understanding.certain and ctx.understanding.intent in GOES_ON
        return may and afterwards.continues(ctx) and afterwards.join(ctx)

    def _try_to_obey(self, ctx: Context, bound: Bound) -> bool:
        """Obey what is probably a command; where a rule refuses it, it was a story after all. False then."""
        try:
            self._obey(ctx, bound)
        except Refused as refused:
            is_unclear = _is_vague(ctx.reading) or _is_of_none(ctx.reading)
            is_meant = not ctx.in_trouble and (bound.wins or is_unclear or self._is_for_us(ctx))
            is_meant = is_meant or self._is_about_a_poll(ctx) or afterwards.is_of_something_told(ctx)
            if refused.reason in (Reason.PLAIN_MODE, Reason.NOT_YOURS, Reason.URGED_TODAY) or is_meant:
                raise
            self._take_anew(ctx)
            return False
        except NotUnderstood:  # it merely sounded like that command
            self._take_anew(ctx)
            return False
        return True

    def _take_anew(self, ctx: Context) -> None:
        self._begin_again(ctx)
        ctx.is_secret = False
        self._free_words(ctx)

    def _bound(self, ctx: Context, intent: str) -> Bound | None:
        return next((b for b in INTENTS.get(intent, ()) if b.who is None or b.who & ctx.roles), None)

    def _obey(self, ctx: Context, bound: Bound) -> None:
        if bound.needs_proof and not ctx.is_proven:
            raise Refused(Reason.PLAIN_MODE)
        bound.act(ctx)

    def _is_contradicted(self, ctx: Context) -> bool:
        """A message that sounds like a command but is about something broken is a matter: 投票箱坏了."""
        if ctx.understanding.certain or ctx.understanding.intent in ("report", "anonymous", "add", "scam"):
            return False
        if self._is_about_a_poll(ctx):
            return False
        if ctx.understanding.intent == "proxy" and ctx.said.startswith(("代", "替")):
            return False
        if ctx.understanding.intent in ABOUT_ONE and self._is_of_his(ctx):
            return False
        if not ctx.in_trouble and self._is_for_us(ctx):
            return False
        return ctx.reading.is_founded and not ctx.reading.ask and ctx.reading.code != NO_MATTER

    @staticmethod
    def _is_for_us(ctx: Context) -> bool:
        """A question we answer, or a meeting that is called (明晚七点广场开会 说修渠), and not one that is complained of."""
        if ctx.understanding.intent == "meeting.create":
            return ctx.reading.code == MEETINGS and "starts_at" in ctx.understanding.slots
        return ctx.understanding.intent in (*ASKING, "track") and ctx.reading.code in ABOUT_US

    def _is_story(self, ctx: Context) -> bool:
        """我是八社的李秀兰 我家门口的水沟堵了, 周奶奶家停水了 她没手机: what is told counts, not who tells it for whom."""
        if ctx.understanding.intent == "proxy" and (
            ctx.said.startswith(("代", "替")) or clear_topic(ctx.reading) is None
        ):
            return False
        return ctx.in_trouble and ctx.reading.is_founded and ctx.reading.code != NO_MATTER

    def _is_of_his(self, ctx: Context) -> bool:
        """催一下路灯, where a lamp is what he has told of."""
        return any(matter.code == ctx.reading.code for matter in afterwards.all_living(ctx))

    def _is_to_be_filed(self, ctx: Context) -> bool:
        """低保一个月多少钱 is a question to somebody, even where the command it resembles is none of ours yet."""
        reading = ctx.reading
        is_told = len(ctx.said) > BARE and role_spoken_in(ctx.sender) == "villager"
        return is_told and reading.is_founded and not reading.ask and reading.code != NO_MATTER

    def _is_about_a_poll(self, ctx: Context) -> bool:
        if answering.names_a_poll(ctx.said):  # 投 2 is a vote, open or not; never a matter about elections
            return True
        intent = ctx.understanding.intent or ""
        return intent.startswith(("poll.", "vote")) and poll_commands.is_about_one(ctx, intent)

    def _free_words(self, ctx: Context) -> bool:
        reading = ctx.reading
        if handlers.matters.take_petition(ctx):
            return False
        is_talk = reading.code == NO_MATTER and not (reading.ask or ctx.in_trouble)
        if (is_talk and ctx.understanding.intent in ("chat", None)) or not any(map(str.isalnum, ctx.heard.said)):
            return answering.remind_of_rating(ctx) or talk.chat(ctx) is None  # 👍
        is_empty = not reading.is_founded or reading.code is None
        is_of_none = is_empty or reading.ask or reading.code in ABOUT_US
        may_join = is_of_none and len(ctx.said) >= LEAST and not (ctx.in_trouble or reading.sealed or reading.danger)
        if (may_join and afterwards.join_unless_other(ctx)) or afterwards.join_before(ctx):
            return False
        is_idle = reading.code == NO_MATTER and (not reading.ask or len(reading.choices) < 2)
        if is_empty or is_idle or (_is_vague(reading) and not ctx.in_trouble):
            if not (answering.remind_of_rating(ctx) or long_story.take(ctx)):
                talk.offer_readings(ctx)
        else:
            undecided.file_story(ctx)
        return False


def _is_of_none(reading: Reading) -> bool:
    """Are the words about no matter at all? Then what sounded like a command, though refused, was no story (等了半个月了)."""
    return reading.code == NO_MATTER and reading.danger is None and not reading.sealed


def _is_vague(reading: Reading) -> bool:
    """Do the words say next to nothing of what it is about? Choices among topics would be taken out of the air."""
    return reading.ask and reading.danger is None and not reading.sealed and reading.confidence < VAGUE


def _said(incoming: Incoming) -> str:
    """What was said, without the name we are called by in a group."""
    return _CALLED.sub("", incoming.said).strip() if incoming.group else incoming.said


def _answer_in_private(ctx: Context) -> None:
    """What concerns a person goes to that person's private chat, at any hour; the group only sees 已私信您."""
    text = "\n".join(ctx.replies)
    if ctx.person is not None:
        ctx.tell(ctx.person, text, "private", priority=Priority.REPLY)
    else:
        ctx.tell_contact(ctx.sender.contact.id, text, "private", priority=Priority.REPLY)
    ctx.replies[:] = [people_texts.went_private()]
