"""交办: a matter passes into other hands. Within the village its secretary, chief and clerk may give it to whoever holds
an office there; a department is given work by the town only, and the village asks the town for it (organisation page §2.3).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from domain import matters as rules
from domain.matters import Matter, Reason
from domain.organisation import TOWN_STAFF, Area, Office, Person, Role
from domain.refusals import NotUnderstood, Refused
from handlers.context import Context
from handlers.filing import office_of, tell_owner, title_of_matter
from handlers.matter_lookup import HANDLERS, in_charge, newest, which
from handlers.matter_news import tell_reporter
from handlers.registry import intent
from handlers.texts import in_hand as texts
from handlers.texts.matters import who
from nlp.lazy import regex

GIVERS = frozenset({Role.GRID_CHIEF, Role.SECRETARY, Role.VC, Role.CLERK}) | TOWN_STAFF
# Whoever watches over the others' work is given none.
TAKERS = HANDLERS - {Role.SUPERVISOR, Role.DISCIPLINE}
# A department works for the town; these may only be asked for.
_OUTSIDE = frozenset({Role.DEPT}) | TOWN_STAFF
_TITLES: tuple[tuple[str, Role | None], ...] = (
    ("监委", None), ("妇联", Role.WOMEN), ("总网格", Role.GRID_CHIEF), ("微网格", Role.GRID_MICRO),
    ("网格", Role.GRID_HEAD), ("文书", Role.CLERK), ("书记", Role.SECRETARY), ("支书", Role.SECRETARY), ("主任", Role.VC),
)  # fmt: skip
_TOWN = regex("镇上|镇里|镇政府|乡上|乡里|上级")
_GIVES = regex(
    r"(?:转|派|交|分|批)(?:给|到|办)|交办|[转派](?=[\u4e00-\u9fff]{2,5}(?:所|站|局|办|院|中心))|(?:让|叫|请|由|安排|通知|给).{1,8}?(?:办|处理|修|弄|看|管|负责|落实|跟进)"
)

# 转给张三, 派给供电所: a name and no more.
_GIVEN_TO = regex(
    r"[\s,，]*(?:(?:转|派|分|批)给|转交给?)\s*(?P<who>[\u4e00-\u9fff]{2,8}?)(?:吧|办|处理|去办|来办)?[\s。！!]*$"
    r"|[\s,，]*交办(?:给)?\s*(?P<office>[\u4e00-\u9fff]{1,6}[所站局办院心])(?![\u4e00-\u9fff])"
)


@intent("assign", who=GIVERS, needs_proof=True)
def assign(ctx: Context) -> None:
    """007 转给文书, 交办 水管所 三天: by its number, or the only one in his own hands."""
    number = str(ctx.understanding.slots.get("number") or "")
    found = in_charge(ctx, number) if number else []
    if number and not found:
        raise Refused(Reason.NO_SUCH, digits=number)
    if not number and ctx.person is not None:
        found = ctx.store.matters.living_of_owner(ctx.person.id)
        if len(found) != 1:
            raise which(ctx, found)
    if not found or not take(ctx, newest(found, number) if number else found[0], ctx.said):
        raise NotUnderstood("assign")


def take(ctx: Context, matter: Matter, words: str) -> bool:
    """Give it to whom the words name; False where they hand nothing over, name nobody, or he may not."""
    if not ctx.roles & GIVERS or not matter.is_living or matter.is_sealed or not _GIVES.search(words):
        return False
    person = named_for(ctx, matter, words)
    if person is None:
        return says_nobody(ctx, matter, words)
    return person.id != matter.owner_id and hand(ctx, matter, person, words)


def says_nobody(ctx: Context, matter: Matter, words: str) -> bool:
    """Say of 转给张三 that nobody, or more than one, is called so: nothing is handed on. False for other words."""
    called = _GIVEN_TO.match(words)
    if called is None or named_for(ctx, matter, words) is not None:
        return False
    ctx.reply(texts.nobody_called(matter.number, called["who"] or called["office"]))
    return True


def hand(ctx: Context, matter: Matter, person: Person, words: str) -> bool:
    """Give it to that person, or ask the town to, where only the town may; False where there is nobody to ask."""
    is_outside = bool(ctx.directory.roles_of(person.id) & _OUTSIDE)
    if is_outside and not ctx.roles & TOWN_STAFF:
        return ask_town(ctx, matter, words)
    _give(ctx, ctx.store.matters.held(matter), person)
    return True


def _give(ctx: Context, matter: Matter, person: Person) -> None:
    before = ctx.directory.officer(matter.owner_id)
    given = ctx.store.matters.change(
        matter, rules.assign(matter, person.id, _due(ctx, matter)), ctx.step("assigned", ctx.role_in(GIVERS))
    )
    title, fact = title_of_matter(ctx.words.lexicon, matter), f"assigned:{ctx.incoming.digest}"
    name = who(person, office_of(ctx.directory, person, matter.village_id))
    tell_owner(ctx, given, person, ctx.person.name if ctx.person else "")
    if before is not None and ctx.person is not None and before.id != ctx.person.id:
        once = f"matter:{matter.id}:{fact}:before"
        ctx.tell(before, texts.taken_away(matter.number, title, name), "matter.update", once=once)
    tell_reporter(ctx, given, texts.given_for_reporter(matter.number, title, name), fact)
    ctx.reply(texts.gave(matter.number, name))


def ask_town(ctx: Context, matter: Matter, words: str) -> bool:
    """Put it to the town, in the words of whoever asks for it."""
    found = (ctx.directory.holder_upwards(role, matter.village_id) for role in (Role.TOWN_CLERK, Role.TOWN_LEADER))
    town = next((person for person in found if person is not None), None)
    if town is None or ctx.person is None:
        return False
    title = title_of_matter(ctx.words.lexicon, matter)
    text = texts.asks_town(matter.number, ctx.village.name, title, ctx.person.name, words)
    ctx.tell(town, text, "matter.update", once=f"matter:{matter.id}:asked:{ctx.incoming.digest}")
    ctx.store.matters.add_note(matter, "keeper", words, ctx.sender.contact.id, ctx.now)
    ctx.reply(texts.asked_town(matter.number, town.name))
    return True


def _due(ctx: Context, matter: Matter) -> datetime | None:
    """What he sets may be sooner than what the reporter was promised, never later."""
    slots = ctx.understanding.slots
    asked = datetime.fromisoformat(str(slots["due"])) if slots.get("due") else None
    if asked is None and slots.get("days"):
        asked = ctx.now + timedelta(days=float(str(slots["days"])))
    known = [at for at in (asked, matter.due_at) if at is not None]
    return min(known) if known else None


def named_for(ctx: Context, matter: Matter, words: str) -> Person | None:
    """Return who is meant: a name, 小陈, a department, an office; None where nobody or several are."""
    offices = _offices_near(ctx, matter.village_id)
    by_name = _by_name(ctx, offices, words)
    if by_name:
        return by_name[0] if len(by_name) == 1 else None
    if _TOWN.search(words):
        roles: tuple[Role, ...] = (Role.TOWN_CLERK, Role.TOWN_LEADER)
        return next((p for r in roles if (p := ctx.directory.holder_upwards(r, matter.village_id))), None)
    role = next((role for title, role in _TITLES if title in words), None)
    return ctx.directory.holder_upwards(role, matter.place_id or matter.village_id) if role else None


def named(ctx: Context, village: Area, words: str) -> Person | None:
    """Return who of those that are given work is meant; None where nobody or several are."""
    people = _by_name(ctx, _offices_near(ctx, village.id), words)
    return people[0] if len(people) == 1 else None


def _by_name(ctx: Context, offices: Sequence[Office], words: str) -> list[Person]:
    """Who is called so: by his name, as 小陈, as the department he stands for."""
    people = {office.person.id: office.person for office in offices}
    found = [person for person in people.values() if person.name in words]
    if not found and (called := re.search(r"[小老]([\u4e00-\u9fff])", words)):
        found = [person for person in people.values() if person.name.startswith(called[1])]
    departments = [] if found else [office for office in offices if office.role is Role.DEPT]
    for office in departments:
        area = ctx.directory.areas.get(office.area_id)
        if area and area.name and area.name in words:
            return [office.person]
    return found


def _offices_near(ctx: Context, village_id: int) -> list[Office]:
    """Those that are given work in that village, in what lies above it, and the departments there."""
    above = {area.id for area in ctx.directory.upwards(village_id)}

    def is_near(area_id: int) -> bool:
        area = ctx.directory.areas.get(area_id)
        return ctx.directory.within(area_id, village_id) or area_id in above or bool(area and area.parent_id in above)

    return [office for office in ctx.directory.offices if office.role in TAKERS and is_near(office.area_id)]
