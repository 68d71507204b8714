"""Unasked posts to groups, by day: what the budget counts, and what waits for the morning digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, text, update

from domain.posts import Posted, PostKind, day_number
from storage import tables_posts
from storage.batch import Batch
from storage.ids import new_id

# Two workers that post to one group decide one after the other: an advisory lock, held until the batch commits.
_LOCK = text("select pg_advisory_xact_lock(:space + :group)")
_SPACE = 0x706F737400000000


class Posts:
    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def is_known(self, once: str) -> bool:
        """Has this fact been decided for the group before, posted or not?"""
        if self._batch.recall("posts.once", once):
            return True
        query = select(tables_posts.posts.c.id).where(tables_posts.posts.c.once == once)
        return self._batch.read(query).first() is not None

    def of_day(self, group_id: int, at: datetime) -> list[Posted]:
        """Return what counts for that day; from here on nobody else decides for this group until the batch is over."""
        if not self._batch.is_sqlite:
            self._batch.read(_LOCK, {"space": _SPACE, "group": group_id % 2**31})
        row = tables_posts.posts.c
        query = select(tables_posts.posts).where(
            row.group_id == group_id, row.day == day_number(at), row.state == "posted"
        )
        stored = [Posted(found.id, PostKind(found.kind), found.due_at, found.once) for found in self._batch.read(query)]
        mine: tuple[Posted, ...] = self._batch.recall("posts", (group_id, day_number(at))) or ()
        gone = self._batch.recall("posts.gone", group_id) or ()
        known = {post.id: post for post in (*stored, *mine)}
        return [post for post in known.values() if post.id not in gone]

    def newest(self, group_ids: Sequence[int], fact: str, since: datetime) -> str:
        """Return the words of the newest post to these groups whose fact begins so; "" where there is none since then."""
        row = tables_posts.posts.c
        query = select(row.text).where(
            row.group_id.in_(group_ids),
            row.once.startswith(fact),
            row.due_at >= since,
            row.state.in_(("posted", "digested")),
        )
        return str(self._batch.read(query.order_by(row.id.desc()).limit(1)).scalar() or "")

    def add(self, group_id: int, kind: PostKind, once: str, words: str, at: datetime, state: str = "posted") -> None:
        post = Posted(new_id(), kind, at, once)
        row = {
            "id": post.id, "group_id": group_id, "day": day_number(at), "kind": kind.value, "once": once,
            "state": state, "text": words, "due_at": at,
        }  # fmt: skip
        self._batch.add(tables_posts.posts, row)
        self._batch.remember("posts.once", once, True)
        if state == "posted":
            day = (group_id, day_number(at))
            self._batch.remember("posts", day, (*(self._batch.recall("posts", day) or ()), post))

    def displace(self, group_id: int, post: Posted, state: str) -> None:
        """Take a post's place from it; `state` says whether it waits for the digest or is gone."""
        self._batch.connection.execute(
            update(tables_posts.posts).where(tables_posts.posts.c.id == post.id).values(state=state)
        )
        self._batch.remember("posts.gone", group_id, (*(self._batch.recall("posts.gone", group_id) or ()), post.id))

    def waiting(self, before: datetime) -> list[Any]:
        """Return what earlier days left for the morning digest, by group and age."""
        row = tables_posts.posts.c
        query = select(tables_posts.posts).where(row.state == "waiting", row.day < day_number(before))
        return list(self._batch.read(query.order_by(row.group_id, row.id).limit(200)))

    def told(self, ids: list[int]) -> None:
        row = tables_posts.posts.c
        self._batch.connection.execute(update(tables_posts.posts).where(row.id.in_(ids)).values(state="digested"))
