"""Pictures and voices in talk: the one who handles a matter sees and hears them, writes down what a voice says, and
what the platform no longer had is asked for again."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.matters import Matter
from domain.organisation import STAFF, Person
from handlers import proof
from handlers.context import Context
from handlers.filing import UNKNOWN_TOPIC, title_of
from handlers.matter_lookup import in_charge
from handlers.registry import every, intent
from handlers.texts import delivery as texts
from nlp.words import classify
from storage.media import NOBODY, Medium

# What the platform takes as a voice; other recordings are listened to by calling the person.
PLAYABLE = (".amr", ".mp3")
SHORT = 3
# What the fetcher notes of a file nobody could keep.
TOO_LARGE = "too_large"
_HEAD = re.compile(r"^(?:语音)?听写[\s:：]*|^\d{1,6}号?(?:的)?(?:听写|语音(?:是|说的?是?))[\s:：]*")
_NUMBER = re.compile(r"^(?:[A-Za-z]{1,6}-\d{6}-)?\d{1,6}号?[\s，,:：]*")


@every(minutes=1)
def show_what_came(ctx: Context) -> None:
    """Hand what has arrived to the one who handles the matter; ask again for what could not be had."""
    for medium in ctx.store.media.to_show():
        matter = ctx.store.matters.get(medium.matter_id) if medium.matter_id else None
        if matter is not None:
            _show(ctx, medium, matter)
        ctx.store.media.close(medium, "kept")
    for medium in ctx.store.media.lost(ctx.now):
        _ask_again(ctx, medium)
        ctx.store.media.close(medium, "lost")
    for medium in ctx.store.media.idle(ctx.now):
        ctx.store.media.close(medium, "kept")


def _show(ctx: Context, medium: Medium, matter: Matter) -> None:
    owner = ctx.store.people.person(matter.owner_id) if matter.owner_id else None
    if owner is None or proof.show(ctx, medium, matter):
        return
    tail = matter.number.rpartition("-")[2]
    image, text = medium.path, texts.picture_for_keeper(matter.number)
    if medium.kind == "voice":
        is_playable = medium.path.endswith(PLAYABLE)
        text = (texts.voice_for_keeper if is_playable else texts.voice_not_playable)(matter.number, tail)
        image = medium.path if is_playable else ""
    elif medium.kind == "video":
        text, image = texts.video_for_keeper(matter.number), ""
    _tell(ctx, owner, text, f"media:{medium.id}", matter, image)


def _tell(ctx: Context, owner: Person, text: str, once: str, matter: Matter, image: str = "") -> None:
    """A letter about a sealed matter is sealed too: no page shows its picture to whoever holds a link."""
    before, ctx.is_secret = ctx.is_secret, ctx.is_secret or matter.is_sealed
    ctx.tell(owner, text, "media", once=once, image=image, village_id=matter.village_id)
    ctx.is_secret = before


def _ask_again(ctx: Context, medium: Medium) -> None:
    once = f"media:{medium.id}:again"
    if medium.contact_id != NOBODY:
        ctx.tell_contact(
            medium.contact_id, texts.send_again(medium.kind, is_large=medium.why == TOO_LARGE), "media", once=once
        )
    matter = ctx.store.matters.get(medium.matter_id) if medium.matter_id else None
    owner = ctx.store.people.person(matter.owner_id) if matter is not None and matter.owner_id else None
    if matter is not None and owner is not None:
        _tell(ctx, owner, texts.lost_for_keeper(matter.number, medium.kind), f"media:{medium.id}:lost", matter)


@intent("transcribe", who=STAFF, needs_proof=True)
def transcribe(ctx: Context) -> None:
    """听写 007 水管漏了: the words of a voice, written down by who listened; they become the matter's own."""
    number = _said_number(ctx.said)
    words = _NUMBER.sub("", _HEAD.sub("", ctx.said)).strip()
    if not number or len(words) < SHORT - 1:
        return ctx.reply(texts.ask_transcript())
    matter, voice = _voice_of(ctx, number)
    if matter is None or voice is None:
        return ctx.reply(texts.no_voice(number))
    ctx.store.media.transcribe(voice, words)
    ctx.store.matters.add_note(matter, "transcript", words, ctx.sender.contact.id, ctx.now)
    reading = classify(ctx.words.lexicon, words)
    code = reading.code if matter.code == UNKNOWN_TOPIC and reading.code and not reading.sealed else matter.code
    changed = replace(ctx.store.matters.held(matter), text=f"[语音] {words}", code=code)
    ctx.store.matters.change(matter, changed, ctx.step("transcribed", ctx.role_in(STAFF)))
    if matter.contact_id is not None:
        heard = texts.transcript_for_reporter(matter.number, words)
        ctx.tell_contact(matter.contact_id, heard, "media", once=f"media:{voice.id}:heard")
    return ctx.reply(texts.transcribed(matter.number, title_of(ctx.words.lexicon, code)))


def _said_number(said: str) -> str:
    found = re.search(r"[A-Za-z]{1,6}-\d{6}-\d{1,6}|\d{1,6}", said)
    return found[0] if found else ""


def _voice_of(ctx: Context, number: str) -> tuple[Matter | None, Medium | None]:
    for matter in in_charge(ctx, number):
        voice = next((m for m in ctx.store.media.of_matter(matter.id) if m.kind == "voice"), None)
        if voice is not None:
            return matter, voice
    return None, None
