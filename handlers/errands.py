"""Errands (上门任务): the households a notice has not reached are called or visited by their keeper.

Those without a phone from the start, the others when less than 60 % of the households have shown a sign (copy.md,
accessibility; rulings, Read receipts). The keeper answers in words: 说了 王秀英家, 都说到了.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.attendance import reached_share
from domain.meetings import Meeting, MeetingStatus, send_at
from domain.organisation import KEEPERS, Person, Role
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.meeting_lookup import notice_fields
from handlers.registry import answers, every, standing
from handlers.texts import errands as texts
from nlp.lazy import regex
from storage.ids import new_id
from storage.outbox import Priority
from storage.reach import Errand

THING = "meeting"
A_SLICE = 20
# So many lines of a roll cost as much as a letter.
LINES_A_LETTER = 8
# What is left of a keeper's words without the names of his list: 给…打电话了, …家都说到了.
_TOLD = regex("走访|上门|说|通知|告诉|打|电话|微信|见|去过|去了|知道|晓得")
_TELLS = regex(
    r"[我俺已经刚才今天都也全就是家里人的给跟和及打了过个跑趟次一电话微信发说到通知告诉走访上门去来道晓得见着面一声下好完回两三户们呢\s、,，。；;：:!！]*"
)
_NOT_REACHED = regex(
    r"没人|没在家?|不在|没接|不接|没打通|打不通|不通|停机|关机|空号|联系不上|没联系上|找不到|找不着|没找到|没找着|没见着|没见到|锁着门|门锁着|没说上|没说到|没通知到|没说成"
)
_ABOUT_PHONES = regex(
    r"[我都也又家里人的给跟打了过好几次回遍电话手机一直还现在去上门走访接不没通停关空号无听联系找到着见锁说知成是\s、,，。；;!！]*"
)
_PLACE = regex(r"第?[\d一二三四五六七八九十]{1,3}[社组队]的?")
_ASKS_WHO = regex(
    r"(?:还有|还剩|我还|我)?(?:谁|哪几户|哪些户|哪几家|哪家|几户|多少户)?(?:家)?(?:还)?没(?:有)?(?:通知到?|说到?|得信儿?|打电话|上门|走访)(?:的)?(?:有)?(?:谁|哪几户|哪些|几户|多少)?(?:了|呢)?"
    r"|还有(?:谁|哪几户|哪些户|哪几家|哪家)没(?:有)?(?:回话|回复|回音)(?:了|呢)?"
    r"|还(?:剩|差|有)(?:谁|哪几户|哪些户?|哪几家|几户|多少户)(?:没说|没通知到?)?"
    r"|(?:把|给我|看看?|要)?(?:剩下|剩的|余下|其余|没说到?|没通知到?|没得信儿?|没回话|没回复|没回音|上门|电话|全部|整个|完整)(?:的)?(?:名单|那些户?|户)(?:发我|发来|给我|看看|全部)?|(?:名单|那些户)(?:发|说|列)?(?:全|完)(?:了|发我|给我)?"
)
_ALL = regex(
    r"^(?:(?:打|电话|挨个|一户一户|上门|跑|走|我|都|完|了)+[\s,，]+)?(?:都|全|全都|全部|我都|挨个都)?(?:说到|通知到|说|通知|走访|打|告诉|跑|上门)(?:了|完了?|遍了|过了)[。!！]?$"
)


def make(ctx: Context, meeting: Meeting, households: Sequence[int]) -> str:
    """Give each household to its keeper, tell each keeper his list once; return what the caller hears of it."""
    known = {errand.household_id for errand in ctx.store.reach.errands_about(THING, meeting.id)}
    homes = ctx.store.reach.homes([home for home in households if home not in known])
    if not homes:
        return ""
    lists: dict[int, tuple[Person, list[Errand]]] = {}
    keepers = _keepers(ctx, meeting)
    caller = ctx.store.people.person(meeting.called_by)
    callers_home = caller.household_id if caller else None
    for home, (head, micro_grid) in sorted(homes.items()):
        keeper = keepers.of(micro_grid)
        if keeper is None or home in (keeper.household_id, callers_home):
            continue  # nobody is sent to himself, nor to whoever called it
        errand = Errand(new_id(), THING, meeting.id, home, keeper.id, head, "visit", ctx.now, meeting.starts_at)
        ctx.store.reach.add_errand(errand)
        lists.setdefault(keeper.id, (keeper, []))[1].append(errand)
    for keeper, errands in lists.values():
        _tell_keeper(ctx, meeting, keeper, errands, f"errands:{meeting.version}:{len(known)}")
    return texts.made(
        sum(len(errands) for _, errands in lists.values()) or len(homes), [keeper.name for keeper, _ in lists.values()]
    )


class _Keepers:
    """Who goes to a household: the keeper of its micro-grid, of its grid, the grid chief; one with a phone, if any."""

    def __init__(self, ctx: Context, village_id: int) -> None:
        self._directory, self._village = ctx.directory, village_id
        staff = [o.person.id for o in ctx.directory.offices if o.role in KEEPERS | {Role.CLERK, Role.SECRETARY}]
        self._phones = ctx.store.reach.phones_of(sorted(set(staff)))
        self._known: dict[int, Person | None] = {}

    def of(self, micro_grid: int) -> Person | None:
        if micro_grid not in self._known:
            found = [
                self._directory.holder_upwards(role, micro_grid)
                for role in (Role.GRID_MICRO, Role.GRID_HEAD, Role.GRID_CHIEF, Role.CLERK, Role.SECRETARY)
            ]
            keepers = [person for person in found if person is not None]
            with_phone = [person for person in keepers if person.id in self._phones]
            self._known[micro_grid] = next(iter(with_phone or keepers), None)
        return self._known[micro_grid]


def _keepers(ctx: Context, meeting: Meeting) -> _Keepers:
    return _Keepers(ctx, meeting.village_id)


def _tell_keeper(ctx: Context, meeting: Meeting, keeper: Person, errands: Sequence[Errand], fact: str) -> None:
    due = send_at(ctx.now, meeting.starts_at, ctx.words.meetings.quiet)
    words = texts.for_keeper(meeting, [errand.head_name for errand in errands])
    once = f"meeting:{meeting.id}:{fact}:{keeper.id}"
    ctx.tell(
        keeper, words, "meeting.errands", once=once, priority=Priority.NOTICE, due_at=due,
        not_after=meeting.starts_at, fields=notice_fields(ctx, meeting, "errands"),
    )  # fmt: skip


def send_again(ctx: Context, meeting: Meeting) -> str:
    """The meeting has changed: households that heard of it from a keeper hear of the change from him.

    Those not yet told lose their errand where the meeting is off: they never heard of it.
    """
    again: dict[int, list[Errand]] = {}
    for errand in ctx.store.reach.errands_about(THING, meeting.id):
        if errand.done_at is not None and errand.done_how in ("called", "visited"):
            reopened = replace(errand, done_at=None, done_how="", made_at=ctx.now, until_at=_until(ctx, meeting))
            ctx.store.reach.save_errand(reopened)
            again.setdefault(errand.keeper_id, []).append(reopened)
        elif errand.done_at is None and meeting.status is MeetingStatus.CANCELLED:
            ctx.store.reach.save_errand(replace(errand, done_at=ctx.now, done_how="void"))
        elif errand.done_at is None:
            ctx.store.reach.save_errand(replace(errand, until_at=meeting.starts_at))
    names = []
    for keeper_id, errands in again.items():
        keeper = ctx.store.people.person(keeper_id)
        if keeper is not None:
            _tell_keeper(ctx, meeting, keeper, errands, f"again:{meeting.version}")
            names.append(keeper.name)
    return texts.made_again(sum(map(len, again.values())), names) if again else ""


def done_for(ctx: Context, meeting: Meeting, household_id: int) -> None:
    """The household has answered by its keeper: nobody need call there any more."""
    for errand in ctx.store.reach.errands_about(THING, meeting.id):
        if errand.household_id == household_id and errand.done_at is None:
            ctx.store.reach.save_errand(replace(errand, done_at=ctx.now, done_how="called"))


def _until(ctx: Context, meeting: Meeting) -> datetime:
    return max(meeting.starts_at, ctx.now + timedelta(days=1))


# -- what the keeper answers


@standing("errands")
def open_errands(ctx: Context) -> list[OpenQuestion]:
    """A keeper's list stands open as long as something is left of it; by words only, a bare 1 is for what asks for it."""
    person = ctx.person
    if person is None or not ctx.roles & (KEEPERS | {Role.CLERK, Role.SECRETARY}):
        return []
    left = ctx.store.reach.errands_of(person.id, ctx.now)
    if not left:
        return []
    contact, first = ctx.sender.contact.id, left[0]
    made = max(errand.made_at for errand in left)
    until = max(errand.until_at for errand in left)
    return [OpenQuestion(first.thing_id, contact, "errands", first.thing_id, (), made, until)]


@answers("errands")
def take_told(ctx: Context, question: OpenQuestion, said: str) -> None:
    """说了 王秀英家, 给老李打电话了, 都说到了: the households have heard; 家里没人, 打不通: they stay on the list."""
    person = ctx.person
    left = ctx.store.reach.errands_of(person.id, ctx.now) if person else []
    meeting = ctx.store.meetings.get(question.thing_id)
    if meeting is not None and _ASKS_WHO.fullmatch(said.strip(" 。！!?？")):
        return ctx.reply(texts.whole_list(meeting, [e.head_name for e in left if e.thing_id == meeting.id]))
    if _ALL.match(said.strip()):
        return _done(ctx, left, left, "called" if "打" in said else "visited")
    if not (_TOLD.search(said) or _NOT_REACHED.search(said)):
        raise NotUnderstood("errands")
    mine = [errand for errand in ctx.store.reach.errands_about(THING, question.thing_id) if errand.head_name in said]
    named = [errand for errand in left if errand.head_name in said]
    rest = _without_names(said, [*mine, *named])
    names = list(dict.fromkeys(errand.head_name for errand in named or mine))
    if not names or not rest:
        raise NotUnderstood("errands")
    if _NOT_REACHED.search(rest) and _ABOUT_PHONES.fullmatch(rest):
        return ctx.reply(texts.not_reached(names))
    if not (_TOLD.search(rest) and _TELLS.fullmatch(rest)):
        raise NotUnderstood("errands")
    named = named or [errand for errand in mine if errand.done_at is None]  # on another's list: it is told all the same
    if not named:
        return ctx.reply(texts.noted_before(names, [errand.head_name for errand in left]))
    namesakes = _namesakes(ctx, named, said)
    if namesakes:
        return ctx.reply(texts.which_of_the_name(named[0].head_name, namesakes))
    return _done(ctx, left, _by_phone(ctx, named, said), "called" if "打" in said or "电话" in said else "visited")


def is_an_answer(ctx: Context) -> bool:
    """曹春生家没人接: does a keeper say of a household on his list that he did not reach it? It is no danger then."""
    if ctx.person is None or _NOT_REACHED.search(ctx.said) is None or not open_errands(ctx):
        return False
    named = [e for e in ctx.store.reach.errands_of(ctx.person.id, ctx.now) if e.head_name in ctx.said]
    return bool(named) and _ABOUT_PHONES.fullmatch(_without_names(ctx.said, named)) is not None


def _done(ctx: Context, left: Sequence[Errand], done: Sequence[Errand], how: str) -> None:
    for errand in done:
        ctx.store.reach.save_errand(replace(errand, done_at=ctx.now, done_how=how))
        ctx.store.reach.acknowledge(errand.thing, errand.thing_id, errand.household_id, how, ctx.now)
    still = [errand.head_name for errand in left if errand not in done]
    ctx.reply(texts.noted([errand.head_name for errand in done], still))


def _without_names(said: str, named: Sequence[Errand]) -> str:
    rest = _PLACE.sub("", said.strip(" 。！!"))
    for name in sorted({errand.head_name for errand in named}, key=len, reverse=True):
        rest = re.sub(rf"{re.escape(name)}(?:尾号)?(?:\d{{4}}(?!\d))?", "", rest)
    return rest


_EACH = regex("[两二三]家|[两二三]户|都")


def _namesakes(ctx: Context, named: Sequence[Errand], said: str) -> list[str]:
    """The ends of their phone numbers, where one name said once means several households."""
    one = [errand for errand in named if errand.head_name == named[0].head_name]
    is_plain = len(one) > 1 and len(one) == len(named)
    if not is_plain or _EACH.search(said) or len(_by_phone(ctx, one, said)) < len(one):
        return []
    return [_phone(ctx, errand)[-4:] for errand in one]


def _by_phone(ctx: Context, named: Sequence[Errand], said: str) -> Sequence[Errand]:
    """Of namesakes the one whose number's end was said."""
    if not re.search(r"\d{4}", said):
        return named
    return [errand for errand in named if _phone(ctx, errand)[-4:] in said] or named


def _phone(ctx: Context, errand: Errand) -> str:
    household = ctx.store.people.household_of(errand.household_id)
    return next((person.phone for person in household if person.name == errand.head_name), "")


# -- the clock


@every(minutes=1, in_slices=True)
def look_whom_it_has_not_reached(ctx: Context) -> None:
    """Halfway to a meeting: below 60 % a call or a visit for every household that has shown no sign yet."""
    meetings = ctx.store.meetings.reach_due(ctx.now, A_SLICE)
    for meeting in meetings:
        if ctx.room <= 0:
            return ctx.come_back()
        ctx.store.meetings.keep(replace(meeting, reach_due_at=None))
        if meeting.status is not MeetingStatus.CALLED or meeting.starts_at <= ctx.now:
            continue
        roll = ctx.store.meetings.roll(meeting.id)
        ctx.room -= 1 + len(roll) // LINES_A_LETTER
        reached = ctx.store.reach.reached(THING, meeting.id)
        if reached_share(roll, reached) < ctx.words.meetings.reach_share:
            silent = list(dict.fromkeys(line.unit for line in roll if line.unit > 0 and line.unit not in reached))
            ctx.room -= len(silent)
            make(ctx, meeting, silent)
    return ctx.come_back() if len(meetings) == A_SLICE else None
