"""Reading who is called to a meeting, and what a correction makes of it. Raises NotUnderstood, has no effects.

A correction changes only what it names: another form keeps the 社, another 社 keeps the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.bodies import EVERYBODY, Body, MeetingRules, Members, Unit
from domain.organisation import Area, AreaKind, Directory
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.filing import places_in
from nlp.lazy import regex
from nlp.numbers import HAN, said_number
from nlp.places import told_among
from nlp.slots_meeting import convening

Who = dict[str, Any]
_CHOICES = (EVERYBODY, "rep_meeting", "party_meeting", "committee")
# 除了九社, 不要九社 叫全村: whom it leaves out is not whom it calls.
_BUT = regex(r"除(?:了|去|开)")
_LEFT_OUT = regex(r"(?:不要|不叫|不请|不通知|别叫|别请|不是|去掉)[^\s,，。;；]{2,8}?[\s,，。;；]+(?=\S)")
_OUR_OWN = regex(r"(?:我们|咱们?|俺们?|本|我)(?:这个|的)?[社组队](?![会织长员伍])")
_NUMBERED = regex(rf"第?(?!两)(?:\d{{1,2}}|[{HAN}]{{1,3}})(?:社|村民小组|组|生产队|队)(?![长员织区会])")
_ALL = regex(r"全村|全体村民|所有村民")


def read_who(ctx: Context, text: str) -> Who:
    """Read who is called: a body, an area, or both. 1 全村每户 2 代表 3 党员 4 干部 answer the question."""
    rules = ctx.words.meetings
    chosen = said_number(text)
    if chosen is not None:
        if not 1 <= chosen <= len(_CHOICES):
            raise NotUnderstood("meeting.who")
        return {"body": _CHOICES[chosen - 1], "area": ctx.village.id}
    text = _LEFT_OUT.sub("", text)
    if len(told_among(text, places_in(ctx.directory, ctx.village.id))) > 1 or _BUT.search(text):
        raise NotUnderstood("meeting.several")
    area = area_said(ctx, text)
    named = rules.body_in(text) or rules.body_of_people(text)
    if area is None and (place := nowhere(ctx, text)):
        raise NotUnderstood("meeting.nowhere", place=place, known=groups_of(ctx))
    if named is None and area is None:
        raise NotUnderstood("meeting.who")
    return {"body": _fitting(named, area) if named else "", "area": area.id if area else 0}


# The villagers' assembly of one 社 is its own assembly (村民委员会组织法 art. 32).
_OF_ONE_GROUP = {"villagers_assembly": "group_assembly"}


def _fitting(body: Body, area: Area | None) -> str:
    is_group = area is not None and area.kind is AreaKind.GROUP
    return _OF_ONE_GROUP.get(body.code, body.code) if is_group else body.code


_ONLY_OUT = regex(r"(?:不要|别叫|不叫|别请|不请|不通知|去掉)[^\s,，]{2,8}?(?:了|吧)?")
_ALSO = regex(r"也[都]?(?:叫|请|喊|通知|来|参加|算|加)|(?:再|还|另外)(?:叫|请|喊|通知|加)|加上|一起|一块")
# What of people says whom to call, behind the read-back: 大家带板凳 and 每户来一人就行 call nobody else.
_CALLS = regex(r"(?:请|叫|喊|通知|让|召集|范围|改成|改为|改|换成|换|只|就|都|是|给)|(?:参加|来|到会|来开会|的)$")
_ONE_EACH = regex(
    r"(?:每|各|一)(?:家|户)(?:只|就|都|出|来|派)*(?:一|1)(?:个)?(?:人|口|代表)?(?:就行|就够|即可|参加|来)*"
)
_FEW = 6
_REMARKS = regex(r"带[上好着]?|自[带备]|准时|不要?迟到|别迟到|别忘|记得|互相转告")


def changed_who(ctx: Context, slots: Mapping[str, Any], text: str) -> Who:
    """Read a correction of who is called. Raises NotUnderstood where it calls nobody else."""
    before = body_of(ctx.words.meetings, slots)
    now = dict(slots.get("who") or {})
    bare = text.strip(" 。！!,，")
    if _ONE_EACH.fullmatch(bare) and before.unit is Unit.HOUSEHOLD:
        return now
    if _REMARKS.search(text):
        raise NotUnderstood("meeting.note")
    if _ONLY_OUT.fullmatch(bare):
        raise NotUnderstood("meeting.whom")
    found = _read_one(ctx, text, now.get("area") or 0)
    is_named, is_all = ctx.words.meetings.body_in(text) is not None, _ALL.search(text) is not None
    is_loose = found["body"] == EVERYBODY and not (is_named or is_all or found["area"])
    if is_loose and len(bare) > _FEW and not _CALLS.search(bare):
        raise NotUnderstood("meeting.who")
    is_everybody = is_all and not is_named and found["body"] == EVERYBODY
    if not found["body"] or (is_everybody and before.members is Members.ADULTS and before.area != "group"):
        found["body"] = _fitting(before, ctx.directory.areas.get(found["area"]))
    if is_all:
        found["area"] = ctx.village.id
    return {**found, "area": found["area"] or now.get("area") or 0}


def _read_one(ctx: Context, text: str, before: int) -> Who:
    """Read whom a correction calls; two 社 cannot be called at once, and the numbers mean something else here."""
    try:
        found = read_who(ctx, text)
    except NotUnderstood as missed:
        raise (NotUnderstood("meeting.one_group") if missed.hint == "meeting.several" else missed) from None
    if _ALSO.search(text) and found["area"] != before:
        raise NotUnderstood("meeting.one_group")
    return found


def answered_who(ctx: Context, slots: Mapping[str, Any], text: str) -> Who:
    """Read the answer to “who is called?”: 1 全村每户 keeps a 板凳会 one."""
    found, asked = read_who(ctx, text), ctx.words.meetings.bodies.get(slots.get("body", ""))
    keeps = asked is not None and asked.area == "any" and found["body"] == EVERYBODY
    return {**found, "body": asked.code} if keeps and asked is not None else found


def first_who(ctx: Context) -> dict[str, Any]:
    """Who is called, as far as the first sentence says: 代表会 says it all, 九社 too, 开会 nothing.

    A 社 the agenda speaks of (说七社的路) is nobody's audience; where no other is named it is asked.
    """
    rules, text = ctx.words.meetings, _beside_venue(ctx, convening(ctx.said))
    scope = str(ctx.understanding.slots.get("scope") or "")
    if scope not in text and (elsewhere := area_said(ctx, text)) is not None:
        scope = elsewhere.name
    body = rules.body_in(text)
    if _LEAVES_OUT.search(text):
        return {}
    if place := nowhere(ctx, text):
        return {"nowhere": place} | ({"body": body.code} if body else {})
    if two := _two_bodies(rules, text, body):
        return {"two": two}
    try:
        if body is None:
            return {"who": read_who(ctx, scope)} if scope else {}
        _ = read_who(ctx, scope) if scope else None  # 八社和九社 are two
        area = area_said(ctx, text)
        is_spoken_of = area is None and area_said(ctx, ctx.said) is not None and not _ALL.search(text)
        if body.area == "any" and area is None and (body.code != EVERYBODY or is_spoken_of):
            raise NotUnderstood("meeting.who")
        body = rules.bodies[_fitting(body, area)]
        placed = place_body(ctx, body, area.id if area else 0)
    except NotUnderstood as missed:
        several = {"two": scope} if missed.hint == "meeting.several" else {}
        return several | ({"body": body.code} if body else {})
    return {"body": body.code, "who": {"body": body.code, "area": placed.id}}


def _beside_venue(ctx: Context, text: str) -> str:
    """八社老王家院子 is where 九社 meets: of a 社 in the name of the place only where no other is named."""
    venue = str(ctx.understanding.slots.get("venue") or "")
    if not venue or area_said(ctx, venue) is None:
        return text
    without = text.replace(venue, " ")
    return without if area_said(ctx, without) is not None or _ALL.search(without) else text


# 党员和村民代表会, 党员干部会: whoever stands before the name of another meeting is called as well.
_BEFORE = regex(r"(?P<who>党员|村民代表|代表|干部|群众)(?:和|、|及|与|跟)?$")


def _two_bodies(rules: MeetingRules, text: str, body: Body | None) -> str:
    """Who is called beside those of the body a text names: 党员和村民代表会; "" where nobody is."""
    word = max((w for w in body.words if w in text), key=len) if body else ""
    beside = _BEFORE.search(text[: text.find(word)]) if word else None
    other = rules.body_of_people(beside["who"]) if beside else None
    return f"{beside[0]}{word}" if beside and other is not None and body is not None and other.code != body.code else ""


# 家长会, 听证会: what a meeting of the people is called, where rules/meetings.yaml has no body of that name.
_NAMED = regex(
    r"(?:(?<=[\s,，开个社村场次])|^)(?P<it>[^\s,，。:：开个社在到说场次]{0,4}(?:座谈|听证|恳谈|动员|培训|宣讲|表彰|总结|家长|老年人|老人|妇女|组长|社长|碰头|交流|现场|联席|调解|推进|部署|通报|协调|征求意见)会)(?![议场计员])"
)


def name_said(text: str) -> str:
    """What the meeting is called (家长会); "" where it has no name of its own."""
    found = _NAMED.search(convening(text))
    return found["it"].removeprefix("全村") if found else ""


_LEAVES_OUT = regex("除(?:了|去|开).{1,6}(?:社|组|队|网格|党员|代表|干部)")


# -- where they meet


def place_body(ctx: Context, body: Body, area_id: int) -> Area:
    """Give where a body meets; NotUnderstood where its area must be asked."""
    area = ctx.directory.areas.get(area_id)
    if area is None and body.area in ("group", "any"):
        area = _own_area(ctx, body)
    if body.area == "group" and (area is None or area.id == ctx.village.id):
        raise NotUnderstood("meeting.group")
    return ctx.village if area is None or body.area == "village" else area


def body_of(rules: MeetingRules, slots: Mapping[str, Any]) -> Body:
    """Give the body of what was said: the people named last, else the meeting named first, else everybody."""
    return rules.bodies[(slots.get("who") or {}).get("body") or slots.get("body") or EVERYBODY]


def _own_area(ctx: Context, body: Body) -> Area | None:
    """The group he speaks in, or the unit he keeps, where that is narrower than the village."""
    if ctx.group is not None and ctx.group.area_id != ctx.village.id:
        return ctx.directory.areas.get(ctx.group.area_id)
    if body.area != "group" and ctx.person is not None:
        held = [o.area_id for o in ctx.directory.offices_of(ctx.person.id)]
        units = [ctx.directory.areas[a] for a in held if a in ctx.directory.areas]
        if units and all(unit.kind in (AreaKind.GRID, AreaKind.MICRO_GRID) for unit in units):
            return units[0]
    return None


def area_said(ctx: Context, text: str) -> Area | None:
    """The unit of the village a text names: 九社, 九组, 我们社, 全村."""
    if _OUR_OWN.search(text) and ctx.person is not None and (own := ctx.person.group_id) is not None:
        return ctx.directory.areas.get(own)
    found = area_named(ctx.directory, ctx.village, text)
    if found is None and (told := told_among(text, places_in(ctx.directory, ctx.village.id))):
        return ctx.directory.areas.get(told[0])
    return found


def area_named(directory: Directory, village: Area, text: str) -> Area | None:
    """Find the unit of the village a text names (九社, 二网格, 3号微网格); the longest name wins."""
    found = [a for a in directory.areas.values() if a.name in text and directory.within(a.id, village.id)]
    return max(found, key=lambda a: len(a.name)) if found else None


def nowhere(ctx: Context, text: str) -> str:
    """A numbered 社 the village does not have; "" where there is none."""
    met = _NUMBERED.search(text)
    return met[0] if met and area_said(ctx, met[0]) is None else ""


def groups_of(ctx: Context) -> list[str]:
    """The 社 of the village by name."""
    areas = ctx.directory.areas.values()
    return [a.name for a in areas if a.kind is AreaKind.GROUP and ctx.directory.within(a.id, ctx.village.id)]
