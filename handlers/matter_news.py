"""Who hears what has become of a matter: the one who handles it, and the one who told of it."""

from __future__ import annotations

from domain.matters import RATE_WITHIN, Matter
from handlers.context import Context
from handlers.filing import notice_fields, office_of, title_of_matter
from handlers.texts.matters import who
from handlers.texts.ratings import awaits_rating, doubted_for_owner
from storage.outbox import Priority


def tell_handler(ctx: Context, matter: Matter, text: str, fact: str) -> None:
    """Tell whoever handles it, once for each `fact` about the matter."""
    owner = ctx.store.people.person(matter.owner_id) if matter.owner_id else None
    if owner is not None:
        fields = notice_fields(ctx, matter, fact)
        ctx.tell(owner, text, "matter.update", once=f"matter:{matter.id}:{fact}", fields=fields)


def tell_reporter(ctx: Context, matter: Matter, text: str, fact: str) -> None:
    """Tell whoever told of it, once for each `fact`; of a sealed matter nobody knows who that was."""
    if matter.contact_id is not None:
        once, fields = f"matter:{matter.id}:{fact}", notice_fields(ctx, matter, fact)
        ctx.tell_contact(matter.contact_id, text, "matter.progress", once=once, priority=Priority.REPLY, fields=fields)


def expect_rating(ctx: Context, matter: Matter) -> None:
    """Let 1 2 3 of whoever told of it be an answer to how it was done, unless he is asked already."""
    asked = ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)
    if not any(question.kind == "rating" and question.thing_id == matter.id for question in asked):
        ctx.ask("rating", matter.id, ("1", "2", "3"), RATE_WITHIN)


def doubt_it_is_done(ctx: Context, matter: Matter) -> None:
    """What he says of one that is reported done, as if it were not: its keeper hears it, and he is asked how it is."""
    ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
    title = title_of_matter(ctx.words.lexicon, matter)
    tell_handler(ctx, matter, doubted_for_owner(matter.number, title, ctx.said), f"note:{ctx.incoming.digest}")
    if matter.contact_id == ctx.sender.contact.id:
        expect_rating(ctx, matter)
    ctx.reply(awaits_rating(matter.number, title))


def reporter_contacts(ctx: Context, matter: Matter) -> list[int]:
    """Every phone and chat of whoever told of it: what he told in the group he may answer for in private."""
    if matter.contact_id is None:
        return []
    reached = ctx.store.people.contacts_of([matter.reporter_id]) if matter.reporter_id else []
    others = [c.contact.id for c in reached if c.person is not None and c.person.id == matter.reporter_id]
    return list(dict.fromkeys([matter.contact_id, *others]))


def said_by(ctx: Context, matter: Matter) -> str:
    """Who speaks, as the reporter is told: 网格长陈小军，电话…."""
    return who(ctx.person, office_of(ctx.directory, ctx.person, matter.village_id)) if ctx.person else ""


def close_questions(ctx: Context, matter: Matter, kind: str, *, of: int | None = None) -> None:
    """Close what was asked about the matter: the sender, or another contact."""
    for question in ctx.store.questions.open_for(of or ctx.sender.contact.id, ctx.now):
        if question.kind == kind and question.thing_id == matter.id:
            ctx.store.questions.close(question, ctx.now)
