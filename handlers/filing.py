"""Filing: how words become a matter with a number, an owner and a date. Used by the talk, the clock and danger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar import Calendar
from domain.deadlines import Policy, due, wall_hours, worked_days
from domain.matters import Matter, Urgency, day_of, number_on
from domain.organisation import STAFF, Area, AreaKind, Directory, Person, Role, first_receiver
from handlers.context import Context
from handlers.texts import matters as texts
from handlers.texts import notices
from nlp.lazy import regex
from nlp.lexicon import Lexicon
from nlp.places import told_among
from nlp.words import Reading
from storage.ids import new_id
from storage.outbox import Priority

# Answer times by urgency (topics page §5.2; rulings: P1 on the wall clock, P2 and P3 on working days).
ANSWER: dict[Urgency, Policy] = {
    Urgency.P0: wall_hours(2),
    Urgency.P1: wall_hours(24),
    Urgency.P2: worked_days(5),
    Urgency.P3: worked_days(15),
}
# First contact with the reporter (defaults page §9).
CONTACT: dict[Urgency, Policy] = {
    Urgency.P0: wall_hours(0),
    Urgency.P1: wall_hours(2),
    Urgency.P2: worked_days(1),
    Urgency.P3: worked_days(1),
}
# Codes of no matter at all (rulings, Codes).
NO_MATTER = "OT04"
PRAISE = "OT03"
# Violence at home; how those in office behave, and what they are accused of.
AT_HOME, CONDUCT = "DS02", frozenset({"GO02", "GO03"})
# Who is out of his mind or wants to die.
OF_DESPAIR = "SA06"
# The code of an accusation whose words are of no matter of their own.
BY_CONDUCT = "GO02"
# A matter of no known topic still goes to a person; OT01 (asking) is the code of what the clerk reads first.
UNKNOWN_TOPIC = "OT01"
# The text of a matter that is a voice, until somebody has written down what it says.
UNHEARD = "[语音，请听]"
ASK_PLACE_FOR = timedelta(hours=24)
# Who reads a sealed matter of that code (topics page §5.4, rules 2 and 3; scenario E04).
ROLE_OF_CODE: dict[str, tuple[Role, ...]] = {
    "GO02": (Role.DISCIPLINE,),
    "GO03": (Role.DISCIPLINE,),
    AT_HOME: (Role.WOMEN,),
    OF_DESPAIR: (Role.SECRETARY, Role.WOMEN),  # despair: the village's trained contacts
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be filed: the words, and what they were read as.

    `is_unnamed`: sealed only because he does not want to be known; whoever mends such things reads it.
    """

    text: str
    code: str
    urgency: Urgency
    second_code: str = ""
    request_type: str = ""
    is_sealed: bool = False
    place_text: str = ""
    is_unnamed: bool = False


def draft_of(reading: Reading, text: str, code: str | None = None) -> Draft:
    chosen = code or reading.code or UNKNOWN_TOPIC
    return Draft(
        text,
        chosen,
        Urgency(reading.urgency or Urgency.P2),
        (reading.second or "") if reading.second != chosen else (reading.code or ""),
        reading.type or "",
        bool(reading.sealed),
    )


def clear_topic(reading: Reading) -> str | None:
    """The code of a matter the words are surely about, None for small talk, for doubt and for danger to life."""
    sure = reading.is_founded and not reading.ask and reading.danger is None
    return reading.code if sure and reading.code != NO_MATTER else None


def title_of(lexicon: Lexicon, code: str) -> str:
    topic = lexicon.topics.get(code)
    return topic.title if topic else texts.UNKNOWN_TITLE


def title_of_matter(lexicon: Lexicon, matter: Matter) -> str:
    """What it is called; a voice nobody has listened to yet is about nothing known."""
    return texts.UNHEARD_TITLE if matter.text == UNHEARD else title_of(lexicon, matter.code)


def place_name(directory: Directory, person: Person | None, place_id: int | None, place_text: str = "") -> str:
    """Name the place as villagers do: the 社 rather than the micro-grid."""
    group_id = person.group_id if person and person.micro_grid_id == place_id else None
    area = directory.areas.get(group_id or place_id or 0)
    return area.name if area else place_text


def answer_by(urgency: Urgency, now: datetime, calendar: Calendar) -> datetime:
    return due(now, ANSWER[urgency], calendar)


class Dates:
    """What is filed at one moment is due at the same few others: counted and put into words once a batch."""

    __slots__ = ("_answers", "_calendar", "_contacts", "_now", "day")

    def __init__(self, now: datetime, calendar: Calendar) -> None:
        self._now, self._calendar = now, calendar
        self.day = day_of(now)
        self._answers: dict[Urgency, datetime] = {}
        self._contacts: dict[Urgency, str] = {}

    def answer_by(self, urgency: Urgency) -> datetime:
        if urgency not in self._answers:
            self._answers[urgency] = answer_by(urgency, self._now, self._calendar)
        return self._answers[urgency]

    def contact_by(self, urgency: Urgency) -> str:
        if urgency not in self._contacts:
            first = due(self._now, CONTACT[urgency], self._calendar)
            self._contacts[urgency] = texts.first_contact_by(first)
        return self._contacts[urgency]


def dates_of(ctx: Context) -> Dates:
    """Those of the moment of this turn, which is that of its batch."""
    known: Dates | None = ctx.store.batch.recall("dates", ctx.now)
    if known is None:
        known = Dates(ctx.now, ctx.words.calendar)
        ctx.store.batch.remember("dates", ctx.now, known)
    return known


# The titles of offices, the highest first.
_TITLES = (
    Role.SECRETARY, Role.GRID_CHIEF, Role.GRID_HEAD, Role.GRID_MICRO, Role.CLERK, Role.WOMEN, Role.DISCIPLINE,
    Role.TOWN_CLERK, Role.TOWN_LEADER,
)  # fmt: skip


def office_of(directory: Directory, person: Person, area_id: int) -> Role | None:
    """The title people know him by: his highest post that answers for that area."""
    held = directory.roles_of(person.id)
    for role in _TITLES:
        if role in held:
            return role
    return None


def reporter_words(ctx: Context, matter: Matter | None = None) -> str:
    """Who says it, as the handler needs to know him: name and phone, or that he is not bound. Of a matter told before,
    whoever told it."""
    person = ctx.person if matter is None else reporter_of(ctx, matter)
    if matter is not None and person is None and matter.reporter_id is not None:
        return texts.WANTS_NO_NAME
    return f"{person.name}{person.phone}" if person else texts.UNBOUND


# The note of one who asked that nobody else be told who he is.
QUIET = "quiet"


def reporter_of(ctx: Context, matter: Matter) -> Person | None:
    """Who told of it, as others may know him: nobody, where he was promised that nobody else hears it."""
    return None if ctx.store.matters.is_noted(matter.id, QUIET) else teller_of(ctx, matter)


def teller_of(ctx: Context, matter: Matter) -> Person | None:
    """Who told of it, to find where he is at home; never to be named."""
    return ctx.store.people.person(matter.reporter_id) if matter.reporter_id else None


def file_matter(ctx: Context, draft: Draft, owner: Person | None = None) -> Matter:
    """Give the words a number, an owner and a date; tell the owner (and for P1 those above him). No reply is made."""
    matter = add_matter(ctx, draft, owner)
    owner = ctx.directory.officer(matter.owner_id) if owner is None else owner
    if owner is not None and draft.urgency is not Urgency.P0:  # danger to life has an alarm of its own
        tell_owner(ctx, matter, owner)
    return matter


def add_matter(ctx: Context, draft: Draft, owner: Person | None = None) -> Matter:
    """The same, telling nobody."""
    village, place, dates = ctx.village, place_of(ctx, draft.text), dates_of(ctx)
    owner = owner or first_receiver(ctx.directory, place, village.id)
    sequence = ctx.store.matters.next_sequence(village.code, dates.day)
    matter = Matter(
        id=new_id(),
        number=number_on(village.code, dates.day, sequence),
        village_id=village.id,
        code=draft.code,
        urgency=draft.urgency,
        text=draft.text,
        filed_at=ctx.now,
        source_channel=ctx.incoming.channel,
        contact_id=ctx.sender.contact.id,
        reporter_id=ctx.person.id if ctx.person else None,
        owner_id=owner.id if owner else None,
        place_id=place,
        place_text=draft.place_text,
        second_code=draft.second_code,
        request_type=draft.request_type,
        due_at=dates.answer_by(draft.urgency),
        is_proxy=is_proxy(ctx),
    )
    ctx.store.matters.add(matter, ctx.step("filed"))
    return matter


def place_of(ctx: Context, words: str) -> int | None:
    """Where it is: the 社 or grid the words name (八社的路灯坏了), else where the sender's matters are."""
    names = places_in(ctx.directory, ctx.village.id)
    told = told_among(words, names) if may_name(words, names) else ()
    if not told and (met := _FOR_ONE_OF.match(words)) is not None:  # 替九社老王反映
        told = told_among(met["where"], names)
    if not told and ctx.roles & STAFF and _FOR_ANOTHER.match(words):
        return None  # 张婶打电话说路灯坏了, of the clerk: at her house, and not at his
    if not told:
        return ctx.place_id
    own = {ctx.place_id, ctx.person.group_id if ctx.person else None}
    return told[0] if own.isdisjoint(told) else ctx.place_id


_FOR_ONE_OF = regex(r"我?(?:代|替|帮)\s*(?P<where>第?[一二三四五六七八九十\d]{1,3}[社组队])")
_CALLED = r"(?:[\u4e00-\u9fff]{1,2}(?:婶|叔|大?爷|奶奶?|嫂子?|伯|大?娘|大妈|哥|姐|姨|婆婆?)|老[\u4e00-\u9fff](?:家)?)"
_FOR_ANOTHER = regex(
    rf"(?:刚才?|今天|昨天|早上|上午|下午)?{_CALLED}(?:刚才?|今天|昨天|早上|上午|下午)?"
    r"(?:(?:来|到|上)(?:了)?(?:村部|村委会?|大队部?|办公室|我这[儿里]?)|来|找(?:到)?我|[给跟向]我|打(?:来|了)?(?:个)?电话(?:来|过来)?|来电(?:话)?|托我|让我|叫我)+(?:说|反映|反应|讲|报)"
    rf"|我?(?:代|替|帮)\s*{_CALLED}(?:反映|反应|说|报|[\s,，])"
)


def places_in(directory: Directory, village_id: int) -> Mapping[int, str]:
    """Return the names of the village's 社 and grids."""
    return directory.names_below(village_id)


def may_name(words: str, names: Mapping[int, str]) -> bool:
    """False where `told_among` finds none of the places for sure: it has their number before 社, 组 or 队, or the name
    up to that. Most stories name none (5.1 → 0.9 µs)."""
    if "社" in words or "组" in words or "队" in words:
        return True
    for name in names.values():  # noqa: SIM110 - a generator costs twice as much
        if name[:2] in words:
            return True
    return False


def is_proxy(ctx: Context) -> bool:
    binding = ctx.sender.binding
    return binding is not None and binding.proven_by == "proxy"


def tell_owner(ctx: Context, matter: Matter, owner: Person, giver: str = "") -> None:
    """Tell whoever has it now, and for P1 those above him; `giver` passed on to him what was told before."""
    title = title_of_matter(ctx.words.lexicon, matter)
    reporter = teller_of(ctx, matter) if giver else ctx.person
    place = place_name(ctx.directory, reporter, matter.place_id, matter.place_text)
    contact_by = dates_of(ctx).contact_by(matter.urgency)
    is_voice = matter.text == UNHEARD
    who = reporter_words(ctx, matter if giver else None)
    text = (texts.new_voice if is_voice else texts.new_for_owner)(matter, title, place, who, contact_by)
    if giver:
        text = texts.passed_on(giver, text)
    priority = Priority.LIFE if matter.urgency is Urgency.P0 else Priority.NOTICE
    again = f":{ctx.incoming.digest}" if giver else ""  # it may come back to the same hands
    once, fields = f"matter:{matter.id}:new:{owner.id}{again}", notice_fields(ctx, matter, "new", place)
    ctx.tell(owner, text, "matter.new", once=once, priority=priority, fields=fields)
    if matter.urgency is Urgency.P1:
        copy_to_chiefs(ctx, matter, title, place, owner)


def copy_to_chiefs(ctx: Context, matter: Matter, title: str, place: str, owner: Person) -> None:
    """Tell those above the owner of what is urgent, each of them once a matter."""
    name = texts.who(owner, office_of(ctx.directory, owner, matter.village_id))
    copy = texts.copy_for_chief(matter, title, place, name)
    for chief in chiefs(ctx.directory, matter.village_id, but=owner):
        once, fields = f"matter:{matter.id}:copy:{chief.id}", notice_fields(ctx, matter, "copy", place)
        ctx.tell(chief, copy, "matter.copy", once=once, fields=fields)


def notice_fields(ctx: Context, matter: Matter, fact: str, place: str = "") -> dict[str, str]:
    """What a notice of the platform shows of it; the contact is the one who handles it."""
    handler = ctx.directory.officer(matter.owner_id)
    return notices.of_matter(matter, fact, title_of_matter(ctx.words.lexicon, matter), ctx.now, handler, place)


def chiefs(directory: Directory, village_id: int, *, but: Person | None = None) -> list[Person]:
    """Those who are told of what is urgent: the secretary, and the town on duty."""
    told: dict[int, Person] = {}
    for role in (Role.SECRETARY, Role.TOWN_LEADER):
        person = directory.holder_upwards(role, village_id)
        if person is not None and (but is None or person.id != but.id):
            told[person.id] = person
    return list(told.values())


def chief_of(directory: Directory, village_id: int) -> Person | None:
    """The grid chief (总网格长), who hears of every dissatisfaction."""
    return directory.holder_upwards(Role.GRID_CHIEF, village_id) or directory.holder_upwards(Role.SECRETARY, village_id)


def filed_words(ctx: Context, matter: Matter, *, asks_place: bool = False) -> str:
    title = title_of_matter(ctx.words.lexicon, matter)
    place = place_name(ctx.directory, ctx.person, matter.place_id, matter.place_text)
    return texts.filed(matter, title, place, owner_words_known(ctx, matter), asks_place=asks_place)


def owner_words_known(ctx: Context, matter: Matter) -> str:
    """网格长陈小军，电话…, or "" where nobody is entered yet. From the directory in memory: owners of new matters hold an
    office."""
    owner = ctx.directory.officer(matter.owner_id)
    return texts.who(owner, office_of(ctx.directory, owner, matter.village_id)) if owner else ""


def villages_in(directory: Directory, area_id: int) -> list[int]:
    """The villages an office over that area reaches: the one it lies in, or every one below it."""
    village = directory.above(area_id, AreaKind.VILLAGE)
    if village is not None:
        return [village.id]
    return [found for child in directory.children(area_id) for found in _villages_below(directory, child)]


def _villages_below(directory: Directory, area: Area) -> list[int]:
    if area.kind is AreaKind.VILLAGE:
        return [area.id]
    return [found for child in directory.children(area.id) for found in _villages_below(directory, child)]
