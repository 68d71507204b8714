"""What a meeting came to, asked about afterwards (会上定了啥): as the group read it, and who does what was decided."""

from __future__ import annotations

from datetime import timedelta

from domain.meetings import Meeting, MeetingStatus
from handlers import minute_words
from handlers.context import Context
from handlers.meeting_lookup import contact_words
from handlers.minute_desk import DESK_FOR
from handlers.texts import minutes as texts

# So long after it a meeting's result is still asked for.
SPOKEN_OF = timedelta(days=30)


def tell(ctx: Context) -> bool:
    """会上定了啥, 会上定的事办了没: the result of the meeting held last, as the group read it; how far it is, its owner knows.

    False for other words, and of a topic (那个机井定了没) where no meeting decided it.
    """
    if not (ctx.is_direct or ctx.incoming.addressed):
        return False
    asks, topic = minute_words.asks_result(ctx.said), minute_words.topic_asked(ctx.said)
    if not (asks or topic):
        return False
    written_early = ctx.now + DESK_FOR  # its minutes were closed before the hour it was called for
    begun = ctx.store.meetings.begun([ctx.village.id], written_early, ctx.now - SPOKEN_OF)
    held = next((meeting for meeting in begun if meeting.status is MeetingStatus.HELD), None)
    is_his = held is not None and bool(
        ctx.store.meetings.groups(held.id) or (ctx.person and ctx.store.meetings.line(held.id, ctx.person.id))
    )
    if not asks and not (held is not None and is_his and _spoke_of(ctx, held, topic)):
        return False
    ctx.reply(held.result if held is not None and is_his else texts.no_result())
    if held is not None and is_his and (owners := _owners(ctx, held)):
        ctx.reply(texts.ask_owners(owners))
    return True


def _spoke_of(ctx: Context, held: Meeting, topic: str) -> bool:
    """Did that meeting decide something about it, or have it among its topics?"""
    titles = [item.title for item in ctx.store.meetings.items(held.id)]
    titles += [decision.text for decision in ctx.store.meetings.decisions(held.id)]
    return any(topic in title or title in topic for title in titles)


def _owners(ctx: Context, held: Meeting) -> list[str]:
    """Who does what was decided, as it was posted; each once, with his phone."""
    posted = (d for d in ctx.store.meetings.decisions(held.id) if f"定下：{d.text}" in held.result)
    ids = dict.fromkeys(d.owner_id for d in posted if d.owner_id)
    people = (ctx.store.people.person(owner) for owner in ids)
    return [contact_words(person) for person in people if person is not None]
