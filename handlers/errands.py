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
from storage.ids import new_id
from storage.outbox import Priority
from storage.reach import Errand

THING = "meeting"
A_SLICE = 20
# So many lines of a roll cost as much as a letter.
LINES_A_LETTER = 8
_TOLD = re.compile(
    r"^(?P<how>走访了?|上门了?|去了|打了?电话了?|打了|说了|通知了|告诉了|说到了|通知到了|见了)?(?:给|跟|和)?[\s:：,，]*"
    r"(?P<names>[^\d?？]{2,60}?)(?P<after>家)?(?:都|也)?(?:说了|说到了|通知到了|通知了|知道了|告诉了|打了|走访了|去过了)?[。!！]?$"
)
_SPLIT = re.compile(r"[\s、,，和跟及;；]+|家(?=[\s、,，和跟及;；]|$)")
_ASKS_WHO = re.compile(
    r"(?:还有|还剩|我还|我)?(?:谁|哪几户|哪些户|哪几家|哪家|几户|多少户)?(?:家)?(?:还)?没(?:有)?(?:通知到?|说到?|得信儿?|打电话|上门|走访)(?:的)?(?:有)?(?:谁|哪几户|哪些|几户|多少)?(?:了|呢)?"
    r"|还(?:剩|差|有)(?:谁|哪几户|哪些|几户|多少户)(?:没说|没通知到?)?"
)
_ALL = re.compile(r"^(?:都|全|全都|全部|我都)?(?:说到|通知到|说|通知|走访|打|告诉|跑)(?:了|完了?|遍了)[。!！]?$")


def make(ctx: Context, meeting: Meeting, households: Sequence[int]) -> str:
    """Give each household to its keeper, tell each keeper his list once; return what the caller hears of it."""
    known = {errand.household_id for errand in ctx.store.reach.errands_about(THING, meeting.id)}
    homes = ctx.store.reach.homes([home for home in households if home not in known])
    if not homes:
        return ""
    lists: dict[int, tuple[Person, list[Errand]]] = {}
    keepers = _keepers(ctx, meeting)
    for home, (head, micro_grid) in sorted(homes.items()):
        keeper = keepers.of(micro_grid)
        if keeper is None:
            continue
        errand = Errand(new_id(), THING, meeting.id, home, keeper.id, head, "visit", ctx.now, meeting.starts_at)
        ctx.store.reach.add_errand(errand)
        lists.setdefault(keeper.id, (keeper, []))[1].append(errand)
    for keeper, errands in lists.values():
        _tell_keeper(ctx, meeting, keeper, errands, f"errands:{meeting.version}:{len(known)}")
    return texts.made(len(homes), [keeper.name for keeper, _ in lists.values()])


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
    """说了 王秀英家, 打了 老李 张婶, 都说到了: the households have heard; the list gets shorter."""
    person = ctx.person
    left = ctx.store.reach.errands_of(person.id, ctx.now) if person else []
    meeting = ctx.store.meetings.get(question.thing_id)
    if meeting is not None and _ASKS_WHO.fullmatch(said.strip(" 。！!?？")):
        return ctx.reply(texts.for_keeper(meeting, [e.head_name for e in left if e.thing_id == meeting.id]))
    if _ALL.match(said.strip()):
        done, how = left, "called" if "打" in said else "visited"
    else:
        done, how = _named(left, said)
    if not done:
        raise NotUnderstood("errands")
    for errand in done:
        ctx.store.reach.save_errand(replace(errand, done_at=ctx.now, done_how=how))
        ctx.store.reach.acknowledge(errand.thing, errand.thing_id, errand.household_id, how, ctx.now)
    still = [errand.head_name for errand in left if errand not in done]
    return ctx.reply(texts.noted([errand.head_name for errand in done], still))


def _named(left: Sequence[Errand], said: str) -> tuple[list[Errand], str]:
    """Give the households a sentence names, all of them on his list; none where any word is something else."""
    match = _TOLD.match(said.strip())
    if match is None or not (match["how"] or re.search(r"[了过][。!！]?$", said.strip())):
        return [], ""
    names = [name for name in _SPLIT.split(match["names"]) if name]
    done = [errand for errand in left if errand.head_name in names]
    if not names or len(done) < len(set(names)):
        return [], ""
    return done, "called" if "打" in said or "电话" in said else "visited"


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
