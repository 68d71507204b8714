"""Whom a poll asks: 全村, 九社, 七社和八社, 一网格, 党员, 代表, or a list of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.organisation import TOWN_STAFF, VILLAGE_STAFF, Area, AreaKind, Directory, Person, Role
from domain.polls import Poll, Reason, Scope, Unit
from domain.refusals import Refused
from handlers.context import Context
from nlp.poll_whom import OWN_AREA
from nlp.slots_poll import ONE_AREA

# Who may ask the village, each for what he answers for; the supervisors look on.
ORGANISERS = VILLAGE_STAFF | TOWN_STAFF
_OF_THE_VILLAGE = frozenset({Role.SECRETARY, Role.VC, Role.CLERK, Role.GRID_CHIEF, *TOWN_STAFF})
_WHOLE = re.compile(r"全村|村里|大家|大伙儿?|全体村民|所有人|各社|各组")
_PARTY = re.compile(r"党员")
_REPS = re.compile(r"代表")
_BOTH = re.compile(r"党员们?[、,，和及跟\s]+(?:村民)?代表|代表们?[、,，和及跟\s]+党员")
_LIST = re.compile(r"^(?:名单|这些人|这几户)\s*[:：]?\s*(?P<names>.+)$")
_DIGITS = str.maketrans("123456789", "一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Asked:
    """A scope with the area it belongs to (whose groups are told), its village, and how it is called."""

    scope: Scope
    area_id: int
    village_id: int
    unit: Unit
    words: str
    entries: tuple[int, ...] = ()


def default_scope(ctx: Context, unit: Unit) -> Asked:
    """What the organiser answers for: the village, or a grid keeper's own grid."""
    return _asked(ctx, [own_area(ctx)], unit)


def own_area(ctx: Context) -> Area:
    person = ctx.person
    if person is not None and ctx.directory.serves(person.id, _OF_THE_VILLAGE, ctx.village.id):
        return ctx.village
    for office in ctx.directory.offices_of(person.id if person else None):
        if office.role in ORGANISERS and office.area_id in ctx.directory.areas:
            return ctx.directory.areas[office.area_id]
    return ctx.village


def resolve(ctx: Context, said: str, unit: Unit) -> Asked:
    """Find whom the words mean. Raises Refused for a name nobody knows and for an area that is not the sender's."""
    if listed := _LIST.match(said):
        return _named_people(ctx, listed["names"], unit)
    if _REPS.search(said):
        unit = Unit.REPRESENTATIVE
    if _BOTH.search(said):  # 党员和代表: one roll is of one or of the other
        raise Refused(Reason.NO_SUCH_SCOPE, said=said)
    areas = _areas_named(ctx, said)
    if not areas:
        if not (_WHOLE.search(said) or _PARTY.search(said) or _REPS.search(said)):
            raise Refused(Reason.NO_SUCH_SCOPE, said=said)
        areas = [ctx.village]
    asked = _asked(ctx, areas, unit)
    if _PARTY.search(said):
        scope = Scope(asked.scope.areas, party_only=True)
        unit = Unit.PERSON if asked.unit is Unit.HOUSEHOLD else asked.unit
        return Asked(scope, asked.area_id, asked.village_id, unit, f"{asked.words}党员")
    return asked


def _areas_named(ctx: Context, said: str) -> list[Area]:
    """八社九社, 七社和八社, 我网格: every area that is named. Raises Refused where one of them is none."""
    found = []
    for part in filter(None, re.split(r"[、,，\s和及跟]+", said)):
        if area := area_named(ctx, part):
            found.append(area)
            continue
        for name in _ONE.findall(part):
            if (area := area_named(ctx, name)) is None:
                raise Refused(Reason.NO_SUCH_SCOPE, said=name)
            found.append(area)
    return list(dict.fromkeys(found))


def left_without(ctx: Context, said: str, less: str, unit: Unit) -> str:
    """Name who is left of those asked without some of them: 全村 without 九社 is 七社、八社."""
    asked = resolve(ctx, said, unit) if said else default_scope(ctx, unit)
    areas = [ctx.directory.areas[area] for area in asked.scope.areas if area in ctx.directory.areas]
    if any(area.kind is AreaKind.VILLAGE for area in areas):
        areas = [area for area in ctx.directory.children(asked.village_id) if area.kind is AreaKind.GROUP]
    out = _areas_named(ctx, less)
    left = [area.name for area in areas if area not in out]
    if not out or (len(left) == len(areas) and {area.kind for area in out} != {area.kind for area in areas}):
        raise Refused(Reason.NO_SUCH_SCOPE, said=less)
    if len(left) == len(areas):  # they are not asked anyway
        return said
    if not left:
        raise Refused(Reason.EMPTY_ROLL)
    return "、".join(left) + ("党员" if asked.scope.party_only else "")


_ONE = re.compile(rf"{ONE_AREA}|{OWN_AREA}")
_OWN = re.compile(OWN_AREA)


def _own_named(ctx: Context, said: str) -> Area | None:
    """我网格, 我们社: the area of that kind he answers for, or lives in."""
    office = own_area(ctx)
    person = ctx.person
    if "网格" in said and office.kind in (AreaKind.GRID, AreaKind.MICRO_GRID):
        return office
    home = person.micro_grid_id if person and "网格" in said else person.group_id if person else None
    return ctx.directory.areas.get(home) if home else None


def area_named(ctx: Context, said: str) -> Area | None:
    """Find an area of the village by its name: 九社, 9社, 第九社, 一网格."""
    plain = said.strip().translate(_DIGITS).removeprefix("第").removeprefix("只").removesuffix("的")
    if plain == ctx.village.name:
        return ctx.village
    if _OWN.fullmatch(plain):
        return _own_named(ctx, plain)
    return next((area for area in below(ctx.directory, ctx.village.id) if area.name == plain), None)


def below(directory: Directory, area_id: int) -> Iterator[Area]:
    for child in directory.children(area_id):
        yield child
        yield from below(directory, child.id)


def _asked(ctx: Context, areas: list[Area], unit: Unit) -> Asked:
    for area in areas:
        if ctx.person is None or not ctx.directory.serves(ctx.person.id, ORGANISERS, area.id):
            raise Refused(Reason.NOT_YOUR_AREA, said=area.name, may=own_area(ctx).name)
    village = ctx.directory.above(areas[0].id, AreaKind.VILLAGE)
    if village is None:
        raise Refused(Reason.NO_SUCH_SCOPE, said=areas[0].name)
    own = areas[0].id if len(areas) == 1 else village.id
    words = "全村" if areas[0].id == village.id else "、".join(area.name for area in areas)
    ids = tuple(dict.fromkeys(lowest for area in areas for lowest in _lowest(ctx.directory, area, unit)))
    return Asked(Scope(ids), own, village.id, unit, words)


def _lowest(directory: Directory, area: Area, unit: Unit) -> list[int]:
    """The areas households name (village, 社, micro-grid); offices of representatives hang on the 社."""
    ids = [area.id]
    if area.kind is AreaKind.GRID or unit is Unit.REPRESENTATIVE:
        ids += [part.id for part in below(directory, area.id)]
    return ids


def _named_people(ctx: Context, said: str, unit: Unit) -> Asked:
    """名单 王德福 九社张桂兰; `#12` is how a list that was made before names its people."""
    people = [_person(ctx, name) for name in re.split(r"[、,，\s和及跟]+", said) if name]
    whole = _asked(ctx, [own_area(ctx)], unit)
    for person in people:
        if not ctx.directory.within(person.group_id or person.village_id, whole.area_id) and not ctx.directory.within(
            person.micro_grid_id, whole.area_id
        ):
            raise Refused(Reason.NOT_YOUR_AREA, said=person.name)
    scope = Scope(whole.scope.areas, people=tuple(person.id for person in people))
    return Asked(scope, whole.area_id, whole.village_id, unit, "名单上")


def _person(ctx: Context, said: str) -> Person:
    """The one of that name, or the one of that name in the 社 said before it."""
    if said.startswith("#") and said[1:].isdigit():
        found = ctx.store.people.person(int(said[1:]))
        people = [found] if found else []
    else:
        place = re.match(r"(?:第)?[\d一二三四五六七八九十]{1,3}(?:社|组|网格)", said)
        area = area_named(ctx, place.group()) if place else None
        name = said[place.end() :] if place and area else said
        people = [p for p in ctx.store.people.named(name, ctx.village.id) if area is None or _lives_in(ctx, p, area)]
    if not people:
        raise Refused(Reason.NO_SUCH_SCOPE, said=said)
    if len(people) > 1:
        raise Refused(Reason.SEVERAL_CALLED, said=said)
    return people[0]


def _lives_in(ctx: Context, person: Person, area: Area) -> bool:
    return any(ctx.directory.within(place, area.id) for place in (person.group_id, person.micro_grid_id))


def scope_words(directory: Directory, poll: Poll) -> str:
    """Say whom a poll asks, as people read it."""
    if poll.scope.people:
        return "名单上"
    areas = [directory.areas[area] for area in poll.scope.areas if area in directory.areas]
    tops = [area for area in areas if area.parent_id not in poll.scope.areas]
    whole = not tops or any(area.kind is AreaKind.VILLAGE for area in tops)
    words = "全村" if whole else "、".join(area.name for area in tops)
    return f"{words}党员" if poll.scope.party_only else words


def scope_said(directory: Directory, poll: Poll) -> str:
    """Say whom a poll asks, as `resolve` reads it back."""
    if poll.scope.people:
        return "名单 " + " ".join(f"#{person_id}" for person_id in poll.scope.people)
    return scope_words(directory, poll)
