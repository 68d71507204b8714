"""Sealed matters (密件): what the village may not see. No number of the village's sequence, no name, a token instead.

The text is encrypted, the inbox text blanked and the stored reply encrypted in the same commit (rulings, Sealed and
anonymous matters). Who receives it: blame of cadres goes to discipline inspection; violence at home to the women's
federation; despair to the secretary and the women's federation, the village's trained contacts.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from domain.matters import Matter, Urgency, day_of, matter_number
from domain.organisation import AreaKind, Directory, Person, Role
from handlers.context import Context
from handlers.filing import ROLE_OF_CODE, Draft, answer_by, title_of
from handlers.texts import matters as texts
from storage.ids import new_id

# No 0 O 1 I L: read over the phone they are taken for one another. Nine of 31 signs are 44 bits.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LOOKUPS_A_DAY = 20


def new_token() -> str:
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(9))
    return f"{signs[:3]}-{signs[3:6]}-{signs[6:]}"


def token_digest(ctx: Context, token: str) -> str:
    return ctx.store.vault.digest("lookup token", token.upper().replace("-", "").replace(" ", ""))


def receivers(directory: Directory, code: str, village_id: int, kind: str = "") -> list[Person]:
    """Who may read it. Never anybody of the village where a cadre is blamed."""
    roles = ROLE_OF_CODE.get(code, (Role.DISCIPLINE,))
    if kind == "suicide":
        roles = (Role.SECRETARY, Role.WOMEN)
    found = [directory.holder_upwards(role, village_id) for role in roles]
    people = [person for person in found if person is not None]
    if people:
        return people
    leader = directory.holder_upwards(Role.TOWN_LEADER, village_id)
    return [leader] if leader else []


def receiver_words(directory: Directory, person: Person | None) -> str:
    if person is None:
        return "镇上"
    for office in directory.offices_of(person.id):
        if name := texts.ROLE_NAMES.get(office.role):
            return name
    return "镇上"


def file_sealed(ctx: Context, draft: Draft, kind: str = "") -> tuple[Matter, str]:
    """File it out of the village's sight; return the matter and the token the reporter keeps. Makes no reply."""
    ctx.is_secret = True
    readers = receivers(ctx.directory, draft.code, ctx.village.id, kind)
    town = ctx.directory.above(ctx.village.id, AreaKind.TOWN)
    sequence_of = f"{(town or ctx.village).code}S"
    number = matter_number(sequence_of, ctx.now, ctx.store.matters.next_sequence(sequence_of, day_of(ctx.now)))
    token = new_token()
    matter = Matter(
        id=new_id(),
        number=number,
        village_id=ctx.village.id,
        code=draft.code,
        urgency=draft.urgency,
        text=draft.text,
        filed_at=ctx.now,
        source_channel=ctx.incoming.channel,
        owner_id=readers[0].id if readers else None,
        request_type=draft.request_type,
        due_at=answer_by(draft.urgency, ctx.now, ctx.words.calendar),
        is_sealed=True,
        token_hash=token_digest(ctx, token),
    )
    ctx.store.matters.add(matter, replace(ctx.step("filed", "sealed"), by_id=None))
    if draft.urgency is not Urgency.P0:  # danger to life has an alarm of its own
        text = texts.new_sealed(matter, title_of(ctx.words.lexicon, matter.code))
        for reader in readers:
            ctx.tell(reader, text, "matter.sealed", once=f"matter:{matter.id}:sealed:{reader.id}")
    return matter, token


def may_read(ctx: Context, matter: Matter) -> bool:
    """Only those of the receiving channel, and nobody else whatever his office."""
    readers = receivers(ctx.directory, matter.code, matter.village_id)
    return ctx.person is not None and (matter.owner_id == ctx.person.id or ctx.person.id in {p.id for p in readers})
