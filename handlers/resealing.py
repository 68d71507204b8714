"""A matter told openly that turns out to be one the village may not see (改类 001 DS02): from then on it is sealed, and its
first readers hear no more of it."""

from __future__ import annotations

from dataclasses import replace

from domain.matters import Matter, day_of, matter_number
from domain.organisation import AreaKind
from handlers.accusing import kept_from
from handlers.complaining import blamed_in
from handlers.context import Context
from handlers.filing import AT_HOME, CONDUCT, title_of
from handlers.sealing import new_token, receiver_words, receivers, token_digest
from handlers.texts import sealed as texts
from storage.outbox import Priority

SEALED_CODES = frozenset({*CONDUCT, AT_HOME})


def seal(ctx: Context, matter: Matter, code: str, why: str, by_role: str) -> str:
    """Seal it, give it to its readers and the token to whoever told of it; return who reads it. What went out in letters
    before cannot be called back."""
    readers = receivers(
        ctx.directory, code, matter.village_id, accused=blamed_in(ctx, matter.text) | kept_from(ctx, matter.text)
    )
    town = ctx.directory.above(matter.village_id, AreaKind.TOWN)
    sequence_of = f"{(town or ctx.village).code}S"
    number = matter_number(sequence_of, ctx.now, ctx.store.matters.next_sequence(sequence_of, day_of(ctx.now)))
    token = new_token()
    sealed = replace(
        matter, number=number, code=code, second_code="", is_sealed=True, contact_id=None, reporter_id=None,
        place_id=None, owner_id=readers[0].id if readers else None, token_hash=token_digest(ctx, token),
    )  # fmt: skip
    ctx.is_secret = True
    ctx.store.matters.change(matter, sealed, ctx.step(why, by_role))
    ctx.store.matters.seal_notes(sealed)
    title = title_of(ctx.words.lexicon, code)
    for reader in readers:
        once = f"matter:{matter.id}:sealed:{reader.id}"
        ctx.tell(reader, texts.new_sealed(sealed, title), "matter.sealed", once=once)
    receiver = receiver_words(ctx.directory, readers[0] if readers else None)
    if matter.contact_id is not None:
        once, text = f"matter:{matter.id}:resealed", texts.sealed_since(token, matter.number, receiver)
        ctx.tell_contact(matter.contact_id, text, "matter.progress", once=once, priority=Priority.REPLY)
    return receiver
