"""Posting to the village's groups unasked, within the budget of three a day (rulings, Group budget).

Answers to somebody who called us are replies and do not pass here.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection
from datetime import datetime, timedelta

from domain.organisation import Area
from domain.posts import DIGESTED, QUIET_UNTIL, PostKind, awake, day_number, is_quiet, place
from handlers.context import Context
from handlers.registry import every
from handlers.texts import posts as texts
from storage.groups import Group
from storage.outbox import Priority, Repeat


def groups_for(ctx: Context, area: Area) -> list[Group]:
    """The groups a word for that area belongs in: its own, else those of the nearest area above that has any."""
    for outer in ctx.directory.upwards(area.id):
        if found := ctx.store.groups.of_area(outer.id):
            return found
    return []


def is_forwarded(ctx: Context, area: Area) -> bool:
    """Does a cadre have to forward what is posted for that area? Then it is not in the group before he has."""
    return any(not group.is_heard for group in groups_for(ctx, area))


def leaves_at(ctx: Context) -> datetime | None:
    """When what is told now leaves, to groups and to persons: None at once, at night in the morning."""
    return awake(PostKind.NOTICE, ctx.now, ctx.now) if is_quiet(ctx.now) else None


def next_digest(now: datetime) -> datetime:
    """When what a full day leaves over is posted: the next morning, as soon as it is no longer quiet."""
    morning = now.replace(hour=QUIET_UNTIL.hour, minute=QUIET_UNTIL.minute, second=0, microsecond=0)
    return morning if morning > now else morning + timedelta(days=1)


def post_to_groups(
    ctx: Context,
    area: Area,
    text: str,
    kind: PostKind,
    *,
    once: str,
    due_at: datetime | None = None,
    not_after: datetime | None = None,
    among: Collection[int] | None = None,
    image: str = "",
    may_wait: bool = True,
) -> list[Group]:
    """Post to every group of the area that has room for it that day; return the groups that have none.

    `once` names the fact and is decided once for each group, however often this is called. What a full day leaves of
    notices, changes and results goes into the next morning's digest by itself; of reminders the caller tells persons.
    `not_after`: what would come later than that is not posted at all. `among`: only these groups (those that were told
    before). `image`: as in the outbox. `may_wait`: does it still mean something in the next morning's digest?
    """
    return [
        group
        for group in groups_for(ctx, area)
        if (among is None or group.id in among)
        and not _post(ctx, group, text, kind, f"{once}:group:{group.id}", due_at or ctx.now, not_after, image, may_wait)
    ]


def _post(
    ctx: Context,
    group: Group,
    text: str,
    kind: PostKind,
    once: str,
    due_at: datetime,
    not_after: datetime | None,
    image: str = "",
    may_wait: bool = True,
) -> bool:
    """Decide for one group. True where it is posted, or was decided before."""
    posts = ctx.store.posts
    if posts.is_known(once):
        return True
    at = awake(kind, due_at.astimezone(ctx.now.tzinfo), ctx.now)
    if at is None or (not_after is not None and at > not_after):
        return False
    placed = place(kind, at, ctx.now, posts.of_day(group.id, at))
    if placed.instead_of is not None:
        if not ctx.store.outbox.recall_letter(placed.instead_of.once, ctx.now):
            return False  # it is being sent just now
        posts.displace(group.id, placed.instead_of, "waiting" if placed.instead_of.kind in DIGESTED else "displaced")
    if placed.at is None:
        if kind in DIGESTED and may_wait:
            posts.add(group.id, kind, once, text, at, "waiting")
        return False
    posts.add(group.id, kind, once, text, at)
    priority = Priority.LIFE if kind is PostKind.LIFE else Priority.NOTICE
    # A group reads a second time what was said twice: what may have arrived is not said again.
    ctx.tell_group(
        group,
        text,
        f"post.{kind}",
        once=once,
        due_at=at,
        not_after=not_after,
        priority=priority,
        repeat=Repeat.NEVER,
        image=image,
    )
    return True


@every(minutes=1)
def morning_digest(ctx: Context) -> None:
    """From seven o'clock on: what a full day left over, as one post a group."""
    if is_quiet(ctx.now):
        return
    waiting = ctx.store.posts.waiting(ctx.now)
    for group_id, left in itertools.groupby(waiting, key=lambda row: row.group_id):
        rows = list(left)
        once = f"digest:{day_number(ctx.now)}:group:{group_id}"
        group = Group(group_id, 0, "")  # only its number is needed to reach it
        _post(ctx, group, texts.digest([row.text for row in rows]), PostKind.NOTICE, once, ctx.now, None)
        ctx.store.posts.told([row.id for row in rows])
