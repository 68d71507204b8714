"""不解决我打12345, of what he has told of before: the secretary hears of it today, and he hears of his rights (topics page §5.2)."""

from __future__ import annotations

import re

from handlers.afterwards import living
from handlers.context import Context
from handlers.filing import chief_of, clear_topic, notice_fields, owner_words_known, reporter_words, title_of_matter
from handlers.matter_lookup import HANDLERS
from handlers.texts import discreet as texts

_UP = re.compile("12345|信访|上访|告你们|告到|去告|往上告|曝光|抖音|网上|记者|媒体|去(?:镇|县|市|省)")


def take(ctx: Context) -> bool:
    """Take it where a matter of his is open and the words are of no other one. False for all else."""
    if not ctx.is_direct or ctx.roles & HANDLERS or not _UP.search(ctx.said):
        return False
    matter = living(ctx) if ctx.reading.petition and not ctx.reading.danger else None
    if matter is None or clear_topic(ctx.reading) not in (None, matter.code):
        return False
    ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
    chief = chief_of(ctx.directory, matter.village_id)
    if chief is not None:
        title = title_of_matter(ctx.words.lexicon, matter)
        text = texts.goes_up(reporter_words(ctx), ctx.said, title, owner_words_known(ctx, matter), matter.number)
        once, fields = f"matter:{matter.id}:up:{ctx.now:%y%m%d}", notice_fields(ctx, matter, "overdue")
        ctx.tell(chief, text, "matter.overdue", once=once, fields=fields)
    ctx.reply(texts.petition_noted(matter, owner_words_known(ctx, matter)))
    return True
