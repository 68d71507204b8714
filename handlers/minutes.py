"""Minutes by conversation (会议记录): lines as they are said, votes, decisions with owner and date, pictures and voices.

会议记录 opens the desk of a meeting for whoever records; 记完了 reads it back, and 1 posts the result to the group. What
each person said stays in the minutes; the group reads the results only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.attendance import Tally, is_passed, is_quorate, tally
from domain.meetings import AgendaItem, Meeting, MeetingStatus
from domain.messages import Kind
from domain.organisation import Person
from domain.posts import PostKind
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers import interrupting, minute_edits, minute_words
from handlers.context import Context
from handlers.filing import clear_topic
from handlers.meeting_lookup import CALLERS, minutes_link, paper_link, pick, there
from handlers.minute_words import Decided, Votes
from handlers.posts import is_forwarded, post_to_groups
from handlers.registry import answers, claims, intent
from handlers.texts import minutes as texts
from nlp.numbers import option_number
from storage.ids import new_id
from storage.meetings import Decision, speech
from storage.outbox import Priority

# The desk stays open so long after the last line; minutes of a meeting may be written so long after it began.
DESK_FOR = timedelta(hours=2)
WRITE_WITHIN = timedelta(days=7)
ASK_FOR = timedelta(minutes=30)


@intent("minutes", who=CALLERS, needs_proof=True, wins=True)
def open_minutes(ctx: Context) -> None:
    """会议记录 opens the desk; 会议记录 张三:同意 李四:不同意 writes at once."""
    meeting = pick(ctx, _recordable(ctx))
    words = minute_words.body_of_line(ctx.said)
    _keep_open(ctx, meeting, None)
    if not words or not _take_all(ctx, meeting, None, words):
        ctx.reply(texts.desk_open(meeting, ctx.store.meetings.items(meeting.id)))


def _recordable(ctx: Context) -> list[Meeting]:
    """What is going on or has been held this week, the newest first; else what is about to begin."""
    begun = ctx.store.meetings.begun([ctx.village.id], ctx.now, ctx.now - WRITE_WITHIN)
    unwritten = [m for m in begun if m.status is MeetingStatus.CALLED]
    today = [m for m in unwritten if ctx.now - m.starts_at < timedelta(hours=12)]
    near = ctx.store.meetings.living([ctx.village.id], ctx.now)
    soon = [m for m in near if m.starts_at - ctx.now <= timedelta(hours=1)]
    return today or soon or unwritten or begun[:1] or near[:1]


def _keep_open(ctx: Context, meeting: Meeting, item: AgendaItem | None) -> None:
    ctx.ask("minutes", meeting.id, (), DESK_FOR, data=str(item.id) if item else "")


# 再补一句 卫生费从正月开始收: a line of the minutes, whatever it sounds like.
_ADDS = re.compile(r"(?:再|还|另外)?(?:补充?|添|记)(?:上|一下)?(?:一句|一条|一点)?[\s,，:：]+(?=.)", re.DOTALL)


@answers("minutes")
def take_line(ctx: Context, question: OpenQuestion, said: str) -> None:
    """A line while the desk is open. Commands stay commands, and a complaint of his own stays one."""
    meeting = ctx.store.meetings.get(question.thing_id)
    if meeting is None:
        raise NotUnderstood("minutes")
    items = ctx.store.meetings.items(meeting.id)
    item = next((i for i in items if str(i.id) == question.data), None)
    if minute_words.is_end(said):
        ctx.store.questions.close(question, ctx.now)
        return _read_back(ctx, meeting)
    if minute_words.takes_back(said):
        return _take_back(ctx, meeting)
    if minute_edits.take(ctx, meeting, said):
        return None
    if _take_all(ctx, meeting, item, minute_words.body_of_line(said)):
        return None
    if (adds := _ADDS.match(said.strip())) is not None:
        rest = said.strip()[adds.end() :]
        if not _take_all(ctx, meeting, item, rest):
            _write(ctx, meeting, item, [minute_words.Said("", rest)])
        return None
    if _is_something_else(ctx, items):
        raise NotUnderstood("minutes")
    return _write(ctx, meeting, item, [minute_words.Said("", said.strip())])


_PRINTS = re.compile(r"打印|打出来|签到表")


def _is_something_else(ctx: Context, items: Sequence[AgendaItem]) -> bool:
    """A command, or trouble that is no topic of this meeting (水管漏了): no line of its minutes. 路灯装东头 is one."""
    if (
        _PRINTS.search(ctx.said)
        or ctx.understanding.certain
        or interrupting.is_whole_command(ctx)
        or len(ctx.said.strip()) < 4
    ):
        return True
    is_on_agenda = any(item.title[:2] in ctx.said for item in items)
    return ctx.in_trouble and not is_on_agenda and clear_topic(ctx.reading) is not None


def _take_all(ctx: Context, meeting: Meeting, item: AgendaItem | None, words: str) -> bool:
    """Read a line that may hold several clauses; what is no more than words beside a decision is kept as words."""
    clauses = minute_words.clauses_of(words)
    if len(clauses) < 2:
        return _take(ctx, meeting, item, words)
    for clause in clauses:
        if not _take(ctx, ctx.store.meetings.get(meeting.id) or meeting, item, clause):
            _write(ctx, meeting, item, [minute_words.Said("", clause)])
    return True


def _take(ctx: Context, meeting: Meeting, item: AgendaItem | None, words: str) -> bool:
    """Read one line and write it; False where it is no line of minutes."""
    items = ctx.store.meetings.items(meeting.id)
    turned = minute_words.item_of(words)
    if turned is None and minute_words.is_next(words):
        turned = (items.index(item) + 2 if item in items else 2, "")
    if turned is not None and 1 <= turned[0] <= len(items):
        item = items[turned[0] - 1]
        _keep_open(ctx, meeting, item)
        if not turned[1]:
            ctx.reply(texts.turned_to(item))
            return True
        words = turned[1]
    elif named := minute_words.titled(words, [one.title for one in items]):
        item, words = items[named[0] - 1], named[1]
    item = item or (items[0] if len(items) == 1 else None)
    if chair := minute_words.chair_of(words):
        ctx.store.meetings.keep(replace(meeting, chair=chair))
        ctx.reply(texts.chair_kept(chair))
    elif votes := minute_words.votes_of(words) or minute_edits.recounted(words, item):
        _count(ctx, meeting, item, votes)
    elif minute_words.all_agree(words):
        _count_all(ctx, meeting, item)
    elif decided := minute_words.decided_of(ctx, words):
        _decide(ctx, meeting, item, decided)
    elif said := minute_words.said_in(words):
        _write(ctx, meeting, item, said)
    else:
        return False
    return True


def _write(ctx: Context, meeting: Meeting, item: AgendaItem | None, said: Sequence[minute_words.Said]) -> None:
    by = ctx.person.id if ctx.person else None
    for one in said:
        ctx.store.meetings.add_speech(
            speech(
                meeting.id,
                one.text,
                ctx.now,
                item_id=item.id if item else None,
                speaker=one.speaker,
                stance=one.stance,
                by_id=by,
            )
        )
    before = len(minute_edits.lines_of(ctx, meeting))
    ctx.reply(texts.written([(one.speaker, one.text) for one in said], before + len(said)))


def _take_back(ctx: Context, meeting: Meeting) -> None:
    mine = [
        s
        for s in ctx.store.meetings.speeches(meeting.id)
        if ctx.person and s.by_id == ctx.person.id and s.kind != "before"
    ]
    if not mine:
        return ctx.reply(texts.nothing_to_take_back())
    ctx.store.meetings.save_speech(replace(mine[-1], kind="void"))
    return ctx.reply(texts.taken_back(mine[-1].speaker, mine[-1].text))


# -- votes of the hall


def _here(ctx: Context, meeting: Meeting) -> tuple[Tally, Tally]:
    """Who is there by the list or as the clerk counted, whichever is more; and who is due."""
    roll = ctx.store.meetings.roll(meeting.id)
    return there(meeting, ctx.words.meetings.bodies[meeting.body], roll), tally(roll)


def _count_all(ctx: Context, meeting: Meeting, item: AgendaItem | None) -> None:
    """都同意: as many as are there; where nobody is counted yet it is asked."""
    here, _ = _here(ctx, meeting)
    if not here.people:
        return ctx.reply(texts.how_many_are_here())
    return _count(ctx, meeting, item, Votes(here.people, 0, 0))


def _count(ctx: Context, meeting: Meeting, item: AgendaItem | None, votes: Votes) -> None:
    """同意28 反对3: kept with its topic; whether it passed is said by the body's rule, never without a quorum."""
    body = ctx.words.meetings.bodies[meeting.body]
    here, due = _here(ctx, meeting)
    if item is None:
        return ctx.reply(texts.which_item(ctx.store.meetings.items(meeting.id)))
    if here.people and votes.all > here.people:
        return ctx.reply(texts.too_many_votes(votes.all, here.people))
    if body.routes and not is_quorate(body, here, due):
        return ctx.reply(texts.no_quorum(body, here, due))
    passed = is_passed(body, votes.agreed, here.people or votes.all, due.people)
    outcome = {True: "passed", False: "failed", None: "agreed"}[passed]
    ctx.store.meetings.save_item(
        replace(item, outcome=outcome, agreed=votes.agreed, opposed=votes.opposed, abstained=votes.abstained)
    )
    return ctx.reply(texts.counted(body, item, votes.agreed, votes.opposed, votes.abstained, here, due, passed))


# -- decisions


def _decide(ctx: Context, meeting: Meeting, item: AgendaItem | None, decided: Decided) -> None:
    """Keep it as a row of its own; what is missing of who and when is asked."""
    body = ctx.words.meetings.bodies[meeting.body]
    here, due = _here(ctx, meeting)
    if body.routes and not is_quorate(body, here, due):  # what too few decide is decided by nobody
        _write(ctx, meeting, item, [minute_words.Said("", decided.text)])
        ctx.replies[:] = [texts.no_decision(body, here, due)]
        return None
    owner = _owner(ctx, meeting, decided.owner)
    kept = Decision(
        new_id(), meeting.id, item.id if item else None, decided.text, owner.id if owner else None,
        owner.name if owner else decided.owner, decided.due_at, ctx.now,
    )  # fmt: skip
    ctx.store.meetings.add_decision(kept)
    if not kept.owner or kept.due_at is None:
        ctx.ask("decision", meeting.id, (), ASK_FOR, data=json.dumps({"decision": kept.id}))
    is_known = owner is not None or not kept.owner
    return ctx.reply(texts.decided(kept.text, kept.owner, kept.due_at, wrong=decided.wrong, is_known=is_known))


def _owner(ctx: Context, meeting: Meeting, said: str) -> Person | None:
    """The one of that name in the village; of namesakes the one with an office, else the only one on the roll."""
    found = ctx.store.people.named(said, ctx.village.id) if said else []
    officers = [person for person in found if ctx.directory.roles_of(person.id)]
    called = [person for person in found if len(found) > 1 and ctx.store.meetings.line(meeting.id, person.id)]
    only = next((people for people in (found, called) if len(people) == 1), [])
    return next(iter(officers or only), None)


@answers("decision")
def complete_decision(ctx: Context, question: OpenQuestion, said: str) -> None:
    """王德福负责 12月5日前 after 谁负责、几号前办完."""
    meeting = ctx.store.meetings.get(question.thing_id)
    if meeting is None or _is_new_line(said):
        raise NotUnderstood("decision")
    wanted = json.loads(question.data)["decision"]
    kept = next((d for d in ctx.store.meetings.decisions(question.thing_id) if d.id == wanted), None)
    read = minute_words.with_owner(ctx, said)
    name = read.owner or (
        said.strip(" 。") if len(said.strip(" 。")) <= 4 and _owner(ctx, meeting, said.strip(" 。")) else ""
    )
    if kept is None or not (name or read.due_at or read.wrong):
        raise NotUnderstood("decision")
    owner = _owner(ctx, meeting, name)
    done = replace(
        kept,
        owner_id=owner.id if owner else kept.owner_id,
        owner=owner.name if owner else name or kept.owner,
        due_at=read.due_at or kept.due_at,
    )
    ctx.store.meetings.save_decision(done)
    if done.owner and done.due_at:
        ctx.store.questions.close(question, ctx.now)
    is_known = not done.owner or done.owner_id is not None
    ctx.reply(texts.decided(done.text, done.owner, done.due_at, wrong=read.wrong, is_known=is_known))


def _is_new_line(said: str) -> bool:
    """决定 修井房, 张三：同意, 同意20: the minutes go on, whatever was asked of the last decision."""
    is_said = minute_words.decides(said) or minute_words.all_agree(said) or minute_words.is_end(said)
    return is_said or bool(minute_words.said_in(said)) or minute_words.votes_of(said) is not None


# -- pictures and voices


@claims(Kind.IMAGE, Kind.VIDEO, Kind.VOICE)
def take_media(ctx: Context) -> bool:
    """A picture or a voice of whoever records, while his desk is open, belongs to the meeting."""
    desk = next(
        (q for q in reversed(ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)) if q.kind == "minutes"), None
    )
    meeting = ctx.store.meetings.get(desk.thing_id) if desk else None
    media = ctx.incoming.media
    if desk is None or meeting is None or media is None or not ctx.is_proven:
        return False
    kind = "voice" if ctx.incoming.kind is Kind.VOICE else "picture"
    by = ctx.person.id if ctx.person else None
    item = int(desk.data) if desk.data else None
    ctx.store.meetings.add_speech(speech(meeting.id, media.media_id, ctx.now, kind=kind, by_id=by, item_id=item))
    ctx.reply(texts.media_kept(meeting, kind))
    return True


# -- the end


def _read_back(ctx: Context, meeting: Meeting) -> None:
    words = result_words(ctx, meeting)
    ctx.ask("minutes.end", meeting.id, ("1", "2", "3"), ASK_FOR)
    ctx.reply(texts.read_back(words, len(ctx.store.meetings.speeches(meeting.id))))


def result_words(ctx: Context, meeting: Meeting) -> str:
    """The result as the group reads it: presence, each topic, each decision; nobody's words."""
    here, due = _here(ctx, meeting)
    items = ctx.store.meetings.items(meeting.id)
    decisions = ctx.store.meetings.decisions(meeting.id)
    return texts.result(meeting, items, decisions, here, due)


@answers("minutes.end")
def end_minutes(ctx: Context, question: OpenQuestion, said: str) -> None:
    """1 发出去 2 接着记 3 先放着."""
    chosen = option_number(said, ("发出去", "接着记", "先放着"))
    meeting = ctx.store.meetings.get(question.thing_id, to_change=True)
    if chosen not in (1, 2, 3) or meeting is None:
        raise NotUnderstood("minutes.end")
    ctx.store.questions.close(question, ctx.now)
    if chosen == 2:
        _keep_open(ctx, meeting, None)
        return ctx.reply(texts.go_on(meeting))
    if chosen == 3:
        return ctx.reply(texts.kept(meeting))
    return _publish(ctx, meeting)


def _publish(ctx: Context, meeting: Meeting) -> None:
    """The meeting was held: its result goes to the groups it was announced in, each owner hears what is his."""
    words = result_words(ctx, meeting)
    held = replace(meeting, status=MeetingStatus.HELD, ended_at=ctx.now, result=words, reach_due_at=None)
    if meeting.status is not MeetingStatus.HELD:
        ctx.store.meetings.withdraw_reminders(meeting, ctx.now)
    ctx.store.meetings.change(meeting, held, ctx.step("held", ctx.role_in(CALLERS)))
    area, groups = ctx.directory.areas.get(meeting.area_id), ctx.store.meetings.groups(meeting.id)
    full = False
    if area is not None and groups:
        version = len(ctx.store.meetings.speeches(meeting.id)) + len(ctx.store.meetings.decisions(meeting.id))
        once = f"meeting:{meeting.id}:result:{version}"
        full = bool(post_to_groups(ctx, area, words, PostKind.RESULT, once=once, among=groups))
    for decision in ctx.store.meetings.decisions(meeting.id):
        _tell_owner(ctx, held, decision)
    aloud = texts.result_aloud(held, ctx.store.meetings.items(meeting.id), ctx.store.meetings.decisions(meeting.id))
    forwarded = area is not None and is_forwarded(ctx, area)
    links = paper_link(ctx, held), minutes_link(ctx, held)
    ctx.reply(texts.published(held, bool(groups), full, aloud, *links, forwarded=forwarded))


def _tell_owner(ctx: Context, meeting: Meeting, decision: Decision) -> None:
    owner = ctx.store.people.person(decision.owner_id) if decision.owner_id else None
    if owner is not None and owner.id in ctx.store.reach.phones_of([owner.id]):
        words = texts.for_owner(meeting, decision.text, decision.due_at)
        ctx.tell(
            owner,
            words,
            "meeting.decision",
            once=f"meeting:{meeting.id}:decision:{decision.id}",
            priority=Priority.NOTICE,
        )
