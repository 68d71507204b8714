"""What was decided, put right while the minutes are written: another who does it, another day, or not decided at all."""

from __future__ import annotations

from dataclasses import replace

from domain.meetings import Meeting
from domain.organisation import Person
from handlers import minute_words
from handlers.context import Context
from handlers.texts import minutes as texts
from nlp.lazy import regex
from nlp.time_slips import impossible
from nlp.when import find
from storage.meetings import Decision

_LAST = r"(?:刚才|刚刚|上面|上一|最后|那|这|前面)?(?:那|这|一)?(?:的|个|条|项)?"
_TAKEN_BACK = regex(
    rf"(?:把)?(?:撤掉?|撤销|去掉|删掉?|取消|不要|作废|划掉){_LAST}(?:决定|决议|定的(?:那个|事)?)(?:吧|了)?"
    rf"|(?:把)?{_LAST}(?:决定|决议|定的(?:那个|事)?)(?:给我)?(?:撤(?:掉|销|了)?|去掉|删(?:掉|了)?|取消|不要|作废|不算|划掉)(?:吧|了)?"
)
_AMENDS = r"(?:不对|错了|说错了|记错了|弄错了|更正(?:一下)?|改一下|换人|换一下|[\s,，:：])*"
_ANOTHER = regex(
    rf"{_AMENDS}(?:(?:负责(?:的)?人?|牵头的?人?)?(?:改成|改为|换成|改由|换|应该是|应该由|还是|是|由)|不是[^\s,，]{{2,6}}?(?:负责)?[\s,，]*(?:而?是|应该是|由|归))"
    r"(?P<who>(?!没|谁|大家|归|不|都|有|咱|我们|说)[\u4e00-\u9fff]{2,4}?)(?:来|去)?(?:负责|牵头|承办|去办|来办|办理|管|抓)?[。.]*"
)
_KEEPS = regex("负责|牵头|承办|去办|来办|办理|管|抓|不是")
_ANOTHER_DAY = regex(
    rf"{_AMENDS}(?:办完的?)?(?:日期|时间|期限|日子|截止(?:时间|日期)?|几号)(?:不对|错了|[\s,，])*(?:改到|改成|改为|换成|推到|提到|应该是|定在|是|到)(?P<when>.{{2,16}})"
    rf"|{_AMENDS}(?:改到|改成|推到|延到|提前到)(?P<then>.{{2,14}}?)(?:之前|以前|前)?(?:办完|完成|办好|弄完)"
)


def put_right(ctx: Context, meeting: Meeting, said: str) -> bool:
    """改成小陈负责, 日期改到冬月二十, 撤掉刚才的决定: of what was decided last. False for other words, and where nothing was."""
    said = said.strip(" 。！!,，?？")
    decisions = ctx.store.meetings.decisions(meeting.id)
    if not decisions:
        return False
    last = decisions[-1]
    if _TAKEN_BACK.fullmatch(said):
        ctx.store.meetings.save_decision(replace(last, status="void"))
        ctx.reply(texts.decision_taken_back(last.text))
        return True
    another = _ANOTHER.fullmatch(said)
    if another is not None and _KEEPS.search(said):
        return _keep(ctx, meeting, last, who=another["who"])
    day = _ANOTHER_DAY.fullmatch(said)
    when = (day["when"] or day["then"]) if day else ""
    return _is_a_day(ctx, when) and _keep(ctx, meeting, last, when=when)


_BEHIND_A_DAY = regex("(?:之前|以前|前|办完|完成|办好|弄完|吧|了)*")


def _is_a_day(ctx: Context, when: str) -> bool:
    """腊月二十 is nothing else; 腊月谁都方便 is what somebody said."""
    found = find(when, ctx.now, ctx.words.calendar)
    begin, end = found.at
    is_all = found.kind is not None and not begin and _BEHIND_A_DAY.fullmatch(when[end:]) is not None
    return is_all or bool(impossible(when))


def _keep(ctx: Context, meeting: Meeting, last: Decision, *, who: str = "", when: str = "") -> bool:
    """Write the one thing that became another; False where it names neither anybody nor a day."""
    owner = owner_of(ctx, meeting, who)
    read = minute_words.with_owner(ctx, f"{when}前") if when else None
    if who:
        last = replace(last, owner=owner.name if owner else who, owner_id=owner.id if owner else None)
    elif read is not None and read.due_at is not None:
        last = replace(last, due_at=read.due_at)
    elif read is None or not read.wrong:
        return False
    ctx.store.meetings.save_decision(last)
    is_known = owner is not None or not who
    wrong = read.wrong if read else ""
    ctx.reply(texts.decided(last.text, last.owner, last.due_at, wrong=wrong, is_known=is_known))
    return True


def owner_of(ctx: Context, meeting: Meeting, said: str) -> Person | None:
    """The one of that name in the village; of namesakes the one with an office, else the only one on the roll."""
    found = ctx.store.people.named(said, ctx.village.id) if said else []
    officers = [person for person in found if ctx.directory.roles_of(person.id)]
    called = [person for person in found if len(found) > 1 and ctx.store.meetings.line(meeting.id, person.id)]
    only = next((people for people in (found, called) if len(people) == 1), [])
    return next(iter(officers or only), None)
