"""进度: where a matter stands, also a sealed one, by its token."""

from __future__ import annotations

import re

from domain.matters import Matter, Reason, Status
from domain.organisation import STAFF
from domain.refusals import Refused
from handlers.context import Context
from handlers.filing import owner_words_known, title_of_matter
from handlers.matter_lookup import named
from handlers.registry import intent
from handlers.sealing import LOOKUPS_A_DAY, token_digest
from handlers.texts import matters as texts

SHOWN = 3
_TOKEN = re.compile(r"[A-HJKMNP-Z2-9]{3}[- ]?[A-HJKMNP-Z2-9]{3}[- ]?[A-HJKMNP-Z2-9]{3}(?![A-Z0-9])")


@intent("track")
def track(ctx: Context) -> None:
    """进度: the newest matters; 进度 007: that one; 进度 K7Q-…: the sealed one of that token."""
    if token := _TOKEN.search(ctx.said.upper()):
        return _track_sealed(ctx, token.group())
    number = str(ctx.understanding.slots.get("number") or "")
    if number:
        matter = named(ctx, number)
        return ctx.reply(_progress_line(ctx, matter))
    mine = ctx.store.matters.reported_by(ctx.sender.contact.id)
    own = [m for m in mine if m.status is not Status.WITHDRAWN] or mine
    if not own and ctx.roles & STAFF and ctx.person:
        own = ctx.store.matters.living_of_owner(ctx.person.id)
    if not own:
        raise Refused(Reason.NO_SUCH, digits="")
    # A message has six lines: three matters, or two and how to see the rest.
    lines = [_progress_line(ctx, matter) for matter in own[: SHOWN if len(own) <= SHOWN else SHOWN - 1]]
    return ctx.reply(texts.progress(lines, len(own) - len(lines)))


def _progress_line(ctx: Context, matter: Matter) -> str:
    owner = owner_words_known(ctx, matter)
    return texts.progress_line(matter, title_of_matter(ctx.words.lexicon, matter), owner)


def _track_sealed(ctx: Context, token: str) -> None:
    tries = ctx.store.counters.count(f"lookup:{ctx.sender.contact.id}:{ctx.now:%y%m%d}")
    matter = ctx.store.matters.with_token(token_digest(ctx, token)) if tries <= LOOKUPS_A_DAY else None
    ctx.is_secret = True
    if matter is None:
        return ctx.reply(texts.no_such(token))
    return ctx.reply(texts.sealed_progress(token.upper(), matter))
