"""What no phone took (没送到的): the report a cadre reads and acts on, who is told of it, and what was sent to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from domain.messages import Kind
from domain.organisation import STAFF, VILLAGE_STAFF, Person, Role, first_receiver
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.filing import chief_of, villages_in
from handlers.registry import every, intent, on
from handlers.texts import delivery as texts
from storage.letters import Priority
from storage.undelivered import Undelivered

SHOWN = 4
HISTORY = 5
# Letters about what was not delivered are in the report too, but nobody is told of them: that would never end.
PURPOSE = "undelivered"
# Once late, no use: the report itself (it is asked for), answers to what was said long ago, what was to be forwarded.
_STALE = (PURPOSE, "reply", "relay")
_NUMBER = re.compile(r"\d{1,6}")
_TOLD = re.compile("[说讲告传念喊通知打送见去到]|电话|上门|当面")
_SEEN = re.compile(
    r"(送达|发送|通知)(记录|情况)|发过(啥|什么)|收到(了)?没(有)?|给|帮我|看看|看一下|看下|查一下|查下|查|的|都|[\s，,。:：?？]"
)


# -- the report


@intent("undelivered", who=STAFF)
def report(ctx: Context) -> None:
    """没送到的: the people nobody's phone reached, with phone and reason. 没送到的 3: that letter whole, to read out."""
    found = _open(ctx)
    number = _number(ctx.said)
    if number is not None:
        row = next((row for row in found if row.number == number), None)
        return ctx.reply(texts.whole(number, _name(ctx, row), row.text) if row else texts.no_such_undelivered(number))
    groups, waits = _by_recipient(found), _waits(ctx)
    if not groups:
        return ctx.reply(texts.all_delivered(waits))
    lines = [_line(ctx, rows) for rows in groups[:SHOWN]]
    return ctx.reply(texts.undelivered(lines, len(groups) - len(lines), groups[0][0].number, waits))


@intent("undelivered.done", who=STAFF, needs_proof=True)
def told_in_person(ctx: Context) -> None:
    """通知到了 3: he called or went there; everything open for that person is done."""
    if not (ctx.understanding.certain or _TOLD.search(ctx.said)):
        raise NotUnderstood("undelivered.done")  # xuan 1 sounds like it
    found, number = _open(ctx), _number(ctx.said)
    groups = _by_recipient(found)
    if number is None and len(groups) == 1:
        number = groups[0][0].number
    rows = next((rows for rows in groups if any(row.number == number for row in rows)), None)
    if rows is None and number is None:
        rows = next((rows for rows in groups if _is_named(ctx, rows[0])), None)
    if rows is None:
        which = texts.no_such_undelivered(number) if number is not None else texts.which_undelivered()
        return ctx.reply(which if groups else texts.all_delivered())
    ctx.store.stuck.end(rows, "told", ctx.person.id if ctx.person else None, ctx.now)
    return ctx.reply(texts.noted_told(_name(ctx, rows[0]), len(rows), len(groups) - 1))


def _open(ctx: Context) -> list[Undelivered]:
    """What is open where he answers for it: his grid's people, or the whole village."""
    if ctx.person is None:
        return []
    return [row for row in ctx.store.stuck.open_in(_villages(ctx)) if _is_mine(ctx, ctx.person, row)]


def _waits(ctx: Context) -> str:
    """What of his villages waits because the account may not send."""
    villages = _villages(ctx)
    mine = [backlog for backlog in ctx.store.stuck.backlogs(ctx.now) if backlog.village_id in villages]
    return texts.waits(sum(one.tomorrow for one in mine), sum(one.resting for one in mine))


def _is_mine(ctx: Context, cadre: Person, row: Undelivered) -> bool:
    person = ctx.store.people.person(row.person_id) if row.person_id else None
    place = person.micro_grid_id if person is not None and person.micro_grid_id else row.village_id
    return ctx.directory.serves(cadre.id, STAFF, place)


def _by_recipient(rows: Iterable[Undelivered]) -> list[list[Undelivered]]:
    """The rows of each recipient together, in the order of the most urgent of each."""
    together: dict[tuple[int | None, ...], list[Undelivered]] = {}
    for row in rows:
        key = (row.person_id,) if row.person_id else (None, row.contact_id, row.group_id)
        together.setdefault(key, []).append(row)
    return list(together.values())


def _line(ctx: Context, rows: list[Undelivered]) -> str:
    first = rows[0]
    person = ctx.store.people.person(first.person_id) if first.person_id else None
    what = texts.opening(first.text) if first.text else texts.SEALED
    return texts.undelivered_line(
        first.number, _name(ctx, first), person.phone if person else "", what, len(rows), first.why
    )


def _name(ctx: Context, row: Undelivered) -> str:
    if row.group_id is not None:
        return texts.a_group()
    person = ctx.store.people.person(row.person_id) if row.person_id else None
    if person is None:
        return texts.SOMEBODY
    area = ctx.directory.areas.get(person.group_id or 0)
    return f"{person.name}（{area.name}）" if area else person.name


def _is_named(ctx: Context, row: Undelivered) -> bool:
    person = ctx.store.people.person(row.person_id) if row.person_id else None
    return person is not None and person.name in ctx.said


def _number(said: str) -> int | None:
    found = _NUMBER.search(said)
    return int(found[0]) if found else None


# -- the clock tells the keepers


@every(minutes=10)
def tell_keepers(ctx: Context) -> None:
    """Whoever answers for a person hears that a notice did not reach him: a call or a visit does."""
    rows = ctx.store.stuck.untold()
    ctx.store.stuck.told(rows, ctx.now)
    meant = [(keeper, row) for row in rows if row.purpose != PURPOSE and (keeper := _keeper(ctx, row)) is not None]
    for keeper_id, pairs in groupby(sorted(meant, key=lambda pair: pair[0].id), key=lambda pair: pair[0].id):
        mine = list(pairs)
        groups = _by_recipient(row for _, row in mine)
        names = [_name(ctx, group[0]) for group in groups]
        once = f"undelivered:{keeper_id}:{ctx.now:%y%m%d%H%M}"
        village = ctx.directory.areas.get(mine[0][1].village_id, ctx.village)
        ctx.tell(mine[0][0], texts.for_keeper(names), PURPOSE, once=once, village_id=village.id)


@every(minutes=10)
def tell_of_a_backlog(ctx: Context) -> None:
    """The account may send no more today, or the platform makes it rest: the clerk hears of it, once a day.

    As an answer, for notices are what has no room left.
    """
    for backlog in ctx.store.stuck.backlogs(ctx.now):
        clerk = _of_the_office(ctx, backlog.village_id)
        village = ctx.directory.areas.get(backlog.village_id)
        if clerk is not None and village is not None:
            once = f"backlog:{village.id}:{ctx.now:%y%m%d}"
            text = texts.backlog(village.name, texts.waits(backlog.tomorrow, backlog.resting))
            ctx.tell(clerk, text, PURPOSE, once=once, priority=Priority.REPLY, village_id=village.id)


def _of_the_office(ctx: Context, village_id: int) -> Person | None:
    return ctx.directory.holder_upwards(Role.CLERK, village_id) or chief_of(ctx.directory, village_id)


@every(minutes=1)
def send_what_waited(ctx: Context) -> None:
    """Who writes to us after all gets what had not reached him; nobody need call him any more."""
    if ctx.store.stuck.send_again(ctx.now, _STALE):
        ctx.store.outbox.has_news = True


def _keeper(ctx: Context, row: Undelivered) -> Person | None:
    """The keeper of his place; where he is the keeper himself, the chief, else the town."""
    person = ctx.store.people.person(row.person_id) if row.person_id else None
    chain = (
        first_receiver(ctx.directory, person.micro_grid_id if person else None, row.village_id),
        chief_of(ctx.directory, row.village_id),
        ctx.directory.holder_upwards(Role.CLERK, row.village_id),
        ctx.directory.holder_upwards(Role.TOWN_LEADER, row.village_id),
    )
    return next((keeper for keeper in chain if keeper is not None and keeper.id != row.person_id), None)


# -- history


@intent("delivery.history", who=VILLAGE_STAFF)
def history(ctx: Context) -> None:
    """送达记录 王德福: the last letters to someone he answers for, and how each went."""
    name = _SEEN.sub("", ctx.said)
    people = [
        person
        for village in _villages(ctx)
        for person in ctx.store.people.named(name, village)
        if ctx.person is not None and ctx.directory.serves(ctx.person.id, STAFF, person.micro_grid_id or village)
    ]
    if not people:
        return ctx.reply(texts.nobody_called(name))
    lines = []
    for person in people[:2]:
        contacts = [sender.contact.id for sender in ctx.store.people.contacts_of([person.id])]
        found = ctx.store.stuck.history(person.id, contacts, HISTORY if len(people) == 1 else 2)
        area = ctx.directory.areas.get(person.group_id or 0)
        lines.append(texts.history_of(f"{person.name}（{area.name}）" if area else person.name, found, ctx.now))
    return ctx.reply("\n".join(lines))


def _villages(ctx: Context) -> set[int]:
    offices = ctx.directory.offices_of(ctx.person.id) if ctx.person else ()
    return {v for office in offices if office.role in STAFF for v in villages_in(ctx.directory, office.area_id)}


# -- what the platform tells of it


@on(Kind.RECEIPT)
def receipt(ctx: Context) -> None:
    """The platform says what became of a notice; one that failed is left to a person after all."""
    if not ctx.is_proven:
        return
    data = ctx.incoming.data
    for name in [name for name in data if name.partition(".")[0] == "message_id"] or ["message_id"]:
        tail = name.removeprefix("message_id")  # a second receipt in one event stands under `.2`
        status = str(data.get(f"status{tail}", "")).lower()
        is_well = status in ("success", "ok", "") and str(data.get(f"error_code{tail}", "0")) in ("0", "")
        failed = "" if is_well else status or "failed"
        is_template = data.get("event") == "templatesendjobfinish"
        message_id = str(data.get(name, ""))
        ctx.store.stuck.receipt(ctx.sender.contact.id, message_id, failed, ctx.now, is_template=is_template)
        if "block" in failed:
            ctx.store.windows.lose(ctx.sender.contact.id, failed, ctx.now)


@on(Kind.GRANT)
def grant(ctx: Context) -> None:
    """He allowed notices in a pop-up, or took them back in his settings."""
    if not ctx.is_proven:
        return
    is_change = "change" in str(ctx.incoming.data.get("event", ""))
    for name, answer in ctx.incoming.data.items():
        kind, _, template = name.partition(":")
        if kind != "grant" or not template:
            continue
        if answer == "accept":
            ctx.store.windows.allow(ctx.sender.contact.id, template, ctx.now)
        elif is_change:  # a pop-up refused takes back nothing that was allowed before
            ctx.store.windows.revoke(ctx.sender.contact.id, template, ctx.now)
