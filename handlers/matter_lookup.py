"""Which matter is meant: by its number or without one, the sender's own, or one in his charge."""

from __future__ import annotations

import re

from domain.matters import Matter, Reason, Urgency
from domain.organisation import STAFF, Person, Role
from domain.refusals import Refused
from handlers.context import Context
from handlers.filing import reporter_of, title_of_matter, villages_in
from handlers.sealing import may_read
from handlers.texts.matters import first_words

# A matter is known again by so many of its first letters.
TOLD_CHARS = 10
# Who may be given a matter: staff, and the women's federation for what happens at home.
HANDLERS = STAFF | {Role.WOMEN}


def named(ctx: Context, number: str) -> Matter:
    """Find the matter a number means: the sender's own newest ending so; for staff the newest in their charge.

    Raises Refused where there is none that he may see.
    """
    contact = ctx.sender.contact.id
    mine = [m for m in ctx.store.matters.reported_by(contact) if fits(m, number)]
    digits = number.rpartition("-")[2]
    if not mine and digits.isdecimal():
        mine = [m for m in ctx.store.matters.older_of(contact, digits) if fits(m, number)]
    return newest(mine or in_charge(ctx, number), number)


def newest(found: list[Matter], number: str) -> Matter:
    if not found:
        raise Refused(Reason.NO_SUCH, digits=number)
    return next((m for m in found if m.is_living), found[0])


def which(ctx: Context, meant: list[Matter]) -> Refused:
    """Ask which of several in hand he speaks of, each by its number and what it is about; with none he hears so."""
    return Refused(Reason.WHICH, numbers=[_told_apart(ctx, matter) for matter in meant[:4]])


def _told_apart(ctx: Context, matter: Matter) -> str:
    """XH-…-002 排水防洪沟渠 张桂兰“盖板断了…”: two of a kind differ by who told of them, and how."""
    title = title_of_matter(ctx.words.lexicon, matter)
    if matter.is_sealed:
        return f"{matter.number} {title}"
    reporter = reporter_of(ctx, matter)
    return f"{matter.number} {title} {reporter.name if reporter else ''}{first_words(matter.text, TOLD_CHARS)}"


def told_by_one_named(ctx: Context, meant: list[Matter], words: str) -> list[Matter]:
    """Those of them whose teller the words name (张婶家的盖板换了); all of them where they name nobody's."""
    by_name = [matter for matter in meant if not matter.is_sealed and _names(words, reporter_of(ctx, matter))]
    return by_name or meant


def _names(words: str, reporter: Person | None) -> bool:
    if reporter is None or not reporter.name:
        return False
    first = reporter.name[0]
    is_called = re.search(rf"[老小]{first}|{first}(?:大?[婶叔伯爷娘妈嫂哥姐姨婆奶]|大爷|家)", words)
    return reporter.name in words or is_called is not None


def in_charge(ctx: Context, number: str) -> list[Matter]:
    """The matters of that number the sender answers for, newest first: his own to handle, those of his area, sealed ones
    only where he may read them."""
    person = ctx.person
    if person is None or not ctx.roles & HANDLERS:
        return []
    return [m for m in _in_scope(ctx, person, number) if _answers_for(ctx, person, m)]


def _answers_for(ctx: Context, person: Person, matter: Matter) -> bool:
    alarm = ctx.store.alarms.of_matter(matter.id) if matter.urgency is Urgency.P0 else None
    if alarm is not None and person.id in alarm.kept_ids:
        return False
    if matter.is_sealed:
        return may_read(ctx, matter)
    place = matter.place_id or matter.village_id
    return matter.owner_id == person.id or ctx.directory.serves(person.id, STAFF - {Role.SUPERVISOR}, place)


def fits(matter: Matter, number: str) -> bool:
    """007 fits every number that ends so; a full number fits only itself."""
    tail = matter.number.rpartition("-")[2]
    return matter.number == number.upper() if "-" in number else number.isdigit() and int(tail) == int(number)


def _in_scope(ctx: Context, person: Person, number: str) -> list[Matter]:
    held = [o for o in ctx.directory.offices_of(person.id) if o.role in HANDLERS]
    areas = {village for office in held for village in villages_in(ctx.directory, office.area_id)}
    if "-" in number:
        matter = ctx.store.matters.with_number(number.upper())
        return [matter] if matter and (matter.village_id in areas or matter.owner_id == person.id) else []
    mine = [m for m in ctx.store.matters.living_of_owner(person.id) if fits(m, number)]
    return mine or (ctx.store.matters.ending_in(number, areas) if number.isdigit() else [])


def own(ctx: Context) -> Matter:
    """The matter meant: the one named, else the newest of the sender that still lives, else his newest."""
    number = str(ctx.understanding.slots.get("number") or "")
    if number:
        return named(ctx, number)
    mine = ctx.store.matters.reported_by(ctx.sender.contact.id)
    if not mine:
        raise Refused(Reason.NO_SUCH, digits="")
    alive = [matter for matter in mine if matter.is_living]
    said_of = (
        [matter for matter in alive if matter.code == ctx.reading.code]
        if len(alive) > 1 and ctx.reading.is_founded
        else []
    )
    if len(alive) > 1 and not said_of:
        said_of = named_by_letter(ctx, ctx.said, alive)
    return next(iter(said_of or alive), mine[0])  # 催一下路灯的事, of a lamp and a ditch


# Letters that stand in whatever is said of a matter.
_ANY = re.compile("[的了不没是还我满意好修行一有也就很都个在人来去看说事件那这催撤回家坏用算给吧要三天今明昨办管九社]")


def named_by_letter(ctx: Context, words: str, matters: list[Matter]) -> list[Matter]:
    """Those the words name by a letter only they have (灯的事, of a lamp and a pipe); [] where that is not one of them."""
    letters = {
        m.id: set(_ANY.sub("", m.text + title_of_matter(ctx.words.lexicon, m))) for m in matters if not m.is_sealed
    }
    said = set(words)
    met = [
        m for m in matters
        if m.id in letters and said & letters[m.id] - set[str]().union(*(letters[o] for o in letters if o != m.id))
    ]  # fmt: skip
    return met if len(met) == 1 else []


def is_own(ctx: Context, matter: Matter) -> bool:
    return matter.contact_id == ctx.sender.contact.id or (
        ctx.person is not None and matter.reporter_id == ctx.person.id
    )
