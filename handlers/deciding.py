"""请您定怎么办: a keeper wants more time, or the matter is not his. Whoever is over him answers 1, 2, or in his own words.

More time needs a reason and a new date, and whoever told of it hears both (scenario E08, copy page [延期]).
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from domain import matters as rules
from domain.matters import Matter, Reason
from domain.organisation import TOWN_STAFF, Person, Role, first_receiver
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers import assigning, remarks
from handlers.assigning import GIVERS
from handlers.context import Context
from handlers.filing import chief_of, office_of, title_of_matter
from handlers.matter_lookup import fits
from handlers.matter_news import close_questions, said_by, tell_handler, tell_reporter
from handlers.registry import answers
from handlers.texts import deciding as texts
from handlers.texts.dates import day
from handlers.texts.matters import by, who
from nlp.lazy import regex
from nlp.numbers import said_number
from nlp.said import Said
from nlp.slots_time import days, until

DECIDE_WITHIN = timedelta(days=7)
JUST_ASKED = timedelta(minutes=30)
# Of what he says without a number only these are about it: 会议改到周五 is not.
_COMMANDS = frozenset({"assign", "dept.extend"})
# A day without an hour ends with its work.
DAY_ENDS = 18
# A reason to decline has so many letters: 找物业.
LEAST_REASON = 3
_WANTS_TIME = regex(
    r"延期|延[到长后迟至]|延[几一两三四五六七\d]|宽限|(?:再|多)(?:给|容|等|缓|要|得)(?:我|我们)?[几一两三四五六七八九十半\d]|"
    r"缓[几一两三四五六七\d到]|推[到迟]|[推缓]后|改到"
)
_DECLINES = regex(r"^[\s,，。]*(?:这事|这件事|村里)?(?:不(?:予|能)?受理|受理不了|办不了不受理)(?:了|的)?[\s,，。:：]*")
_AGREES = regex(
    r"(?:我|行|好|可以)?[\s,，]*(?:同意|准了?|批准了?|可以|照办|就这样办?|没意见)(?:延期?|转|他的?|的|了|吧|啊)*"
)
_DISAGREES = regex(
    r"(?:不同意|不准|不批|不可以|不行|不能(?:再)?[延拖等]|不延|不转|别拖)(?:延期?|转|的|了|吧)*(?:[\s,，]*(?:抓紧|尽快|赶紧|快点?|按时|必须).{0,6})?|(?:抓紧|尽快|赶紧|按时)[办弄修].{0,4}|"
    r"还是(?:让|叫|由)?[^\s,，]{0,5}(?:来)?(?:办|弄|管|修)(?:吧)?|"
    r"(?:让|叫|由)他(?:自己)?(?:接着|继续|来)?(?:办|弄|管|修)(?:吧)?|照(?:旧|原来的?|原样)(?:办|日子)?(?:吧)?"
)


def wants_time(words: str) -> bool:
    """延期到12月2日, 再给两天 配件没到."""
    return _WANTS_TIME.search(words) is not None


def asked_until(ctx: Context, matter: Matter, words: str) -> datetime | None:
    """Until when it is to be put off: a day he names, or so many days after the day it is due. None for no date."""
    said = Said(words, words, ctx.now, ctx.words.calendar)
    named = until(said)
    if named is not None:
        return at_end_of(named)
    count = days(said)
    if count is None:
        return None
    due_at = matter.due_at.astimezone(ctx.now.tzinfo) if matter.due_at else ctx.now
    return (max(due_at, ctx.now) + timedelta(days=count)).replace(hour=DAY_ENDS, minute=0, second=0, microsecond=0)


def at_end_of(named: str) -> datetime:
    """The end of the work of a day that was named."""
    return datetime.fromisoformat(named).replace(hour=DAY_ENDS, minute=0, second=0, microsecond=0)


RETURNED = "returned"


def over(ctx: Context, matter: Matter) -> Person | None:
    """Who decides what its keeper cannot: the village's chief, and of what the town gave a department the town (scenario E09:
    its clerk the first time, its leader the second)."""
    village = matter.village_id
    if Role.DEPT not in ctx.roles:
        return chief_of(ctx.directory, village)
    is_again = ctx.store.matters.is_noted(matter.id, RETURNED)
    roles = (Role.TOWN_LEADER,) if is_again else (Role.TOWN_CLERK, Role.TOWN_LEADER)
    found = (ctx.directory.holder_upwards(role, village) for role in roles)
    return next((person for person in found if person is not None), None) or chief_of(ctx.directory, village)


def bring(ctx: Context, matter: Matter, words: str, chief: Person) -> None:
    """Put it to whoever is over the keeper, with the two answers he is likeliest to give."""
    owner = ctx.person.name if ctx.person else ""
    due_at = asked_until(ctx, matter, words) if wants_time(words) else None
    is_declined = _DECLINES.match(words) is not None
    is_town = bool(ctx.directory.roles_of(chief.id) & TOWN_STAFF)
    other = None if due_at or is_declined else _meant(ctx, matter, words)
    if other is None and is_town:  # a department nobody is entered for: back to the keeper of the place
        other = first_receiver(ctx.directory, matter.place_id, matter.village_id)
    if due_at is not None:
        choices = (texts.put_off(day(due_at.date())), texts.not_put_off(by(matter)))
    elif is_declined:
        choices = (texts.DECLINE, texts.stays(owner))
    elif other is not None:
        asks_town = _is_outside(ctx, other) and not is_town
        choices = (texts.hand_to(_called(ctx, other, matter), asks_town=asks_town), texts.stays(owner))
    else:
        choices = (texts.REPORT, texts.stays(owner))
    if Role.DEPT in ctx.roles and due_at is None:
        ctx.store.matters.add_note(matter, RETURNED, words, ctx.sender.contact.id, ctx.now)
    kept = {
        "words": words, "said_by": said_by(ctx, matter), "owner": matter.owner_id,
        "until": due_at.isoformat() if due_at else "", "to": other.id if other else 0,
    }  # fmt: skip
    for contact in ctx.store.people.contacts_of([chief.id]):
        data = json.dumps(kept, ensure_ascii=False)
        ctx.ask("decide", matter.id, ("1", "2"), DECIDE_WITHIN, to=contact.contact.id, data=data)
    title = title_of_matter(ctx.words.lexicon, matter)
    text = texts.ask_decision(matter.number, title, str(kept["said_by"]), words, choices)
    ctx.tell(chief, text, "matter.update", once=f"note:{ctx.incoming.digest}")


_TOLD_BEFORE = regex("(?:报|反映|说)过|重复")


def _meant(ctx: Context, matter: Matter, words: str) -> Person | None:
    """Whom the keeper's words name for it, if not himself."""
    if _TOLD_BEFORE.search(words):
        return None  # 重复了 老王报过 names who told of it
    person = assigning.named_for(ctx, matter, words)
    return person if person is not None and person.id != matter.owner_id else None


def _called(ctx: Context, person: Person, matter: Matter) -> str:
    """水管所罗涛（电话…）, 文书赵敏（电话…）."""
    offices = [office for office in ctx.directory.offices_of(person.id) if office.role is Role.DEPT]
    department = ctx.directory.areas.get(offices[0].area_id) if offices else None
    return (department.name if department else "") + who(person, office_of(ctx.directory, person, matter.village_id))


def _is_outside(ctx: Context, person: Person) -> bool:
    return bool(ctx.directory.roles_of(person.id) & (TOWN_STAFF | {Role.DEPT}))


@answers("decide")
def decide(ctx: Context, question: OpenQuestion, said: str) -> None:
    """1, 2, 同意, 还是小陈办, 转给文书, 延期到12月2日."""
    kept = json.loads(question.data)
    matter = ctx.store.matters.get(question.thing_id, to_change=True)
    number, words = remarks.split_number(said)
    is_open = matter is not None and matter.is_living and matter.owner_id == kept["owner"]
    if matter is None or not is_open or (number and not fits(matter, number)):
        raise NotUnderstood("decide")
    if not ctx.is_proven:
        raise Refused(Reason.PLAIN_MODE)
    if assigning.says_nobody(ctx, matter, words):
        return None  # nothing is decided yet
    chosen, plain = said_number(words), words.strip(" 。！!,，")
    if chosen is None and not number and not _is_for_it(ctx, question):
        raise NotUnderstood("decide")
    if _DISAGREES.fullmatch(plain) or chosen == 2:
        _leave(ctx, matter)
    elif _AGREES.fullmatch(plain) or chosen == 1:
        _grant(ctx, matter, kept)
    elif kept["until"] and (at := _other_day(ctx, matter, words)) is not None:
        put_off(ctx, matter, at, str(kept["said_by"]), str(kept["words"]))
    elif not (number or ctx.understanding.intent in _COMMANDS) or not (
        assigning.take(ctx, matter, words) or take(ctx, matter, words)
    ):
        raise NotUnderstood("decide")
    return _close(ctx, matter)


_OTHER_DAY = regex(
    r"(?:那就|就|行|可以)?[\s,，]*(?:最多|最晚|最迟|顶多|只能|只给|给)(?:他|你们?)?(?:延|推|拖|宽限|给)?(?:到)?.{2,10}"
)


def _other_day(ctx: Context, matter: Matter, words: str) -> datetime | None:
    """最多到12月1号: later than it is due, and not as late as was asked for."""
    return asked_until(ctx, matter, words) if _OTHER_DAY.fullmatch(words.strip(" 。！!")) else None


def _is_for_it(ctx: Context, question: OpenQuestion) -> bool:
    """同意 without a number: where a poll is open to him, too, only right after the question."""
    polls = [other for other in ctx.standing or () if other.kind == "poll"]
    return not polls or ctx.now - question.asked_at <= JUST_ASKED


def _close(ctx: Context, matter: Matter) -> None:
    for contact in ctx.store.people.contacts_of([ctx.person.id]) if ctx.person else ():
        close_questions(ctx, matter, "decide", of=contact.contact.id)


def _grant(ctx: Context, matter: Matter, kept: dict[str, object]) -> None:
    words = str(kept["words"])
    if kept["until"]:
        return put_off(ctx, matter, datetime.fromisoformat(str(kept["until"])), str(kept["said_by"]), words)
    if _DECLINES.match(words):
        return decline(ctx, matter, words)
    person = ctx.store.people.person(int(str(kept["to"]))) if kept["to"] else None
    if not (assigning.hand(ctx, matter, person, words) if person else assigning.ask_town(ctx, matter, words)):
        raise NotUnderstood("decide")
    return None


def _leave(ctx: Context, matter: Matter) -> None:
    owner = ctx.directory.officer(matter.owner_id)
    title, name = title_of_matter(ctx.words.lexicon, matter), ctx.person.name if ctx.person else ""
    text = texts.stays_for_owner(matter.number, title, name, by(matter))
    tell_handler(ctx, matter, text, f"stays:{ctx.incoming.digest}")
    ctx.reply(texts.said_stays(matter.number, owner.name if owner else ""))


def take(ctx: Context, matter: Matter, words: str) -> bool:
    """001 延期到12月2日, 001 不受理 找物业, of who may decide it. False for other words, and from anybody else."""
    if not ctx.roles & GIVERS or matter.is_sealed or not matter.is_living:
        return False
    if _DECLINES.match(words):
        decline(ctx, ctx.store.matters.held(matter), words)
        return True
    if not wants_time(words):
        return False
    due_at = asked_until(ctx, matter, words)
    if due_at is None:
        ctx.reply(texts.ask_until(matter.number))
    elif matter.due_at is not None and due_at <= matter.due_at:
        ctx.reply(texts.no_need(matter.number, by(matter)))
    else:
        put_off(ctx, ctx.store.matters.held(matter), due_at, said_by(ctx, matter), words)
    return True


def decline(ctx: Context, matter: Matter, words: str) -> None:
    """Whoever told of it hears why, and where to go instead; without that nothing is declined."""
    why = _DECLINES.sub("", words).strip()
    if len(why) < LEAST_REASON:
        return ctx.reply(texts.ask_why_declined(matter.number))
    changed = ctx.store.matters.change(
        matter, rules.decline(matter, why, ctx.now), ctx.step("declined", ctx.role_in(GIVERS))
    )
    title, fact = title_of_matter(ctx.words.lexicon, matter), f"declined:{ctx.incoming.digest}"
    name = who(ctx.person, office_of(ctx.directory, ctx.person, matter.village_id)) if ctx.person else ""
    tell_reporter(ctx, changed, texts.declined_for_reporter(matter.number, title, name, why), fact)
    if ctx.person is not None and matter.owner_id != ctx.person.id:
        text = texts.declined_for_owner(matter.number, title, ctx.person.name, why)
        tell_handler(ctx, changed, text, f"{fact}:owner")
    return ctx.reply(texts.declined(matter.number))


def put_off(ctx: Context, matter: Matter, due_at: datetime, said: str, words: str) -> None:
    """It is due later: its keeper and whoever told of it hear until when, and who says why."""
    changed = ctx.store.matters.change(matter, rules.put_off(matter, due_at), ctx.step("put_off", ctx.role_in(GIVERS)))
    title, due = title_of_matter(ctx.words.lexicon, matter), by(changed)
    fact = f"put_off:{ctx.incoming.digest}"
    tell_reporter(ctx, changed, texts.put_off_for_reporter(matter.number, title, said, words, due), fact)
    if ctx.person is not None and matter.owner_id != ctx.person.id:
        text = texts.put_off_for_owner(matter.number, title, ctx.person.name, due)
        tell_handler(ctx, changed, text, f"{fact}:owner")
    ctx.reply(texts.was_put_off(matter.number, due, tells_reporter=changed.contact_id is not None))
