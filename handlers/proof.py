"""The keeper's picture of what he has done: whoever told of the matter sees it (scenario E07, copy page [办结回访])."""

from __future__ import annotations

from datetime import timedelta

from domain.matters import Matter
from domain.messages import Kind
from domain.questions import LIFE
from handlers.context import Context
from handlers.matter_lookup import HANDLERS
from handlers.matters import CHOICE_FOR
from handlers.registry import claims
from handlers.texts import in_hand as texts
from storage.media import Medium

# A picture sent so soon after 办好了 is of it.
BELONGS_FOR = timedelta(minutes=30)
# With one of these open to him the picture is of something else.
_OTHERS = LIFE | {"sealed.more", "anonymous"}


@claims(Kind.IMAGE)
def take_picture(ctx: Context) -> bool:
    """A picture from one with matters in his hands: of what he has just finished, else it waits for his words. False from
    anybody else, and where he has told of a matter of his own within the hour."""
    media = ctx.incoming.media
    if ctx.person is None or media is None or not ctx.roles & HANDLERS or _speaks_of_his_own(ctx):
        return False
    done = ctx.store.matters.done_of_owner(ctx.person.id, ctx.now - BELONGS_FOR)
    if done:
        _keep(ctx, done[0], [media.media_id])
        ctx.store.media.expect(ctx.incoming, ctx.sender.contact.id, done[0].id, ctx.now)
        ctx.reply(texts.proof_sent(done[0].number))
        return True
    mine = ctx.store.matters.living_of_owner(ctx.person.id)
    if not mine:
        return False
    ctx.store.media.expect(ctx.incoming, ctx.sender.contact.id, None, ctx.now)
    asked = ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)
    waiting = [question.data for question in asked if question.kind == "picture"]
    ctx.ask("picture", 0, (), CHOICE_FOR, data="\n".join([*waiting, media.media_id]))
    ctx.reply(texts.proof_waits(mine[0].number))
    return True


def _speaks_of_his_own(ctx: Context) -> bool:
    asked = ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)
    told = ctx.store.matters.reported_by(ctx.sender.contact.id)
    is_fresh = any(m.is_living and ctx.now - m.filed_at < timedelta(hours=1) for m in told)
    return is_fresh or any(question.kind in _OTHERS for question in asked)


def attach(ctx: Context, matter: Matter) -> bool:
    """Give the matter the pictures he has sent just before he says that it is done; True where there are any."""
    asked = ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)
    waiting = [question for question in asked if question.kind == "picture"]
    for question in waiting:
        ctx.store.questions.close(question, ctx.now)
        kept = question.data.split("\n")
        ctx.store.media.attach(ctx.sender.contact.id, kept, matter.id)
        _keep(ctx, matter, kept)
    return bool(waiting)


def _keep(ctx: Context, matter: Matter, kept: list[str]) -> None:
    for media_id in kept:
        ctx.store.matters.add_note(matter, Kind.IMAGE, media_id, ctx.sender.contact.id, ctx.now)


def show(ctx: Context, medium: Medium, matter: Matter) -> bool:
    """Show it to whoever told of the matter; False where it is no picture of its keeper's."""
    if medium.kind != "image" or matter.contact_id in (None, medium.contact_id) or matter.is_sealed:
        return False
    sender = ctx.store.people.contact(medium.contact_id)
    if sender is None or sender.person is None or sender.person.id != matter.owner_id or matter.contact_id is None:
        return False
    text = texts.proof_for_reporter(matter.number)
    once = f"media:{medium.id}:proof"
    ctx.tell_contact(
        matter.contact_id, text, "media", once=once, image=medium.path, village_id=matter.village_id,
    )  # fmt: skip
    return True
