"""Sealed matters (密件): what the village may not see. No number of the village's sequence, no name, a token instead.

The text is encrypted, the inbox text blanked and the stored reply encrypted in the same commit (rulings, Sealed and
anonymous matters). Who receives it: blame of cadres goes to discipline inspection; violence at home to the women's
federation; despair to the secretary and the women's federation, the village's trained contacts; what is told without a
name and blames nobody to whoever mends such things.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from domain.matters import Matter, Urgency, day_of, matter_number
from domain.organisation import AreaKind, Directory, Person, Role, first_receiver
from handlers.accusing import NOT_TO, kept_from
from handlers.complaining import blamed_in
from handlers.context import Context
from handlers.filing import ROLE_OF_CODE, Draft, answer_by, place_name, place_of, reporter_words, title_of
from handlers.texts import matters as texts
from handlers.texts import sealed as sealed_texts
from nlp.lazy import regex
from storage.ids import new_id

# No 0 O 1 I L: read over the phone they are taken for one another. Nine of 31 signs are 44 bits.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LOOKUPS_A_DAY = 20
# Offences: whoever is meant may be the keeper's neighbour. What a keeper must know for whom he does.
_OFFENCES = ("SA04", "DS04", "LA", "EC", "GO")
_HIS_OWN = ("SS", "PS", "DS", "CU", "OT")


def new_token() -> str:
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(9))
    return f"{signs[:3]}-{signs[3:6]}-{signs[6:]}"


def token_digest(ctx: Context, token: str) -> str:
    return ctx.store.vault.digest("lookup token", token.upper().replace("-", "").replace(" ", ""))


def receivers(
    directory: Directory, code: str, village_id: int, kind: str = "", accused: frozenset[int] = frozenset()
) -> list[Person]:
    """Who may read it. Never anybody of the village where a cadre is blamed, nor whoever is `accused` himself."""
    roles = ROLE_OF_CODE.get(code, (Role.DISCIPLINE,))
    if kind == "suicide":
        roles = (Role.SECRETARY, Role.WOMEN)
    roles = (*roles, Role.DISCIPLINE) if accused and Role.DISCIPLINE not in roles else roles
    for order in (roles, (Role.DISCIPLINE,), (Role.TOWN_LEADER,), (Role.COUNTY,)):
        found = [directory.holder_upwards(role, village_id) for role in order]
        people = [person for person in found if person is not None and person.id not in accused]
        if people:
            return people
    return []


def receiver_words(directory: Directory, person: Person | None) -> str:
    if person is None:
        return "镇上"
    for office in directory.offices_of(person.id):
        if name := texts.ROLE_NAMES.get(office.role):
            return name
    return "镇上"


def file_sealed(
    ctx: Context, draft: Draft, kind: str = "", accused: frozenset[int] = frozenset()
) -> tuple[Matter, str]:
    """File it out of the village's sight, and of whom it accuses; return the matter and the token the reporter keeps. Makes
    no reply."""
    ctx.is_secret = True
    readers = _keepers(ctx, draft) if draft.is_unnamed else []
    hidden = accused | blamed_in(ctx, draft.text) | kept_from(ctx, draft.text)
    readers = readers or receivers(ctx.directory, draft.code, ctx.village.id, kind, hidden)
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
        title = title_of(ctx.words.lexicon, matter.code)
        text = sealed_texts.new_sealed(matter, title)
        if draft.is_unnamed:
            place = place_of(ctx, draft.text)
            where = (
                place_name(ctx.directory, None, place) if place != ctx.place_id else ""
            )  # his home would tell who he is
            text = sealed_texts.new_unnamed(matter, title, where)
            if is_confidential(draft):
                text = sealed_texts.new_confidential(matter, title, reporter_words(ctx))
        for reader in readers:
            ctx.tell(reader, text, "matter.sealed", once=f"matter:{matter.id}:sealed:{reader.id}")
    return matter, token


_SEVERAL = regex("还有|另外|再就是|再一个")


def _keepers(ctx: Context, draft: Draft) -> list[Person]:
    """Who mends what is told without a name: its keeper, else whoever is above him; nobody who is not to hear of it.

    Offences (gambling, mining, bad wares) go to the town: whoever is meant may be the keeper's neighbour. So does what
    tells of several things.
    """
    is_his = not draft.code.startswith(_OFFENCES) and not _SEVERAL.search(draft.text)
    keeper = first_receiver(ctx.directory, place_of(ctx, draft.text), ctx.village.id) if is_his else None
    roles = (Role.SECRETARY, Role.TOWN_LEADER) if is_his else (Role.TOWN_LEADER,)
    above = (ctx.directory.holder_upwards(role, ctx.village.id) for role in roles)
    hidden = kept_from(ctx, draft.text)
    return [person for person in (keeper, *above) if person is not None and person.id not in hidden][:1]


_QUIETLY = regex("保密|悄悄")
_NAMELESS = regex("匿名|名字?|是我|供出|捅出|透露")


def is_confidential(draft: Draft) -> bool:
    """不要叫别人知道, of what he needs himself (a paper, an allowance): whoever does it must know for whom."""
    asks = NOT_TO.search(draft.text) or _QUIETLY.search(draft.text)
    is_named = asks is not None and not _NAMELESS.search(draft.text)
    return draft.is_unnamed and is_named and draft.code.startswith(_HIS_OWN)


def may_read(ctx: Context, matter: Matter) -> bool:
    """Only those of the receiving channel whom it does not accuse, and nobody else whatever his office."""
    readers = receivers(ctx.directory, matter.code, matter.village_id, accused=blamed_in(ctx, matter.text))
    return ctx.person is not None and (matter.owner_id == ctx.person.id or ctx.person.id in {p.id for p in readers})
