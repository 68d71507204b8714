"""Minutes by conversation (会议记录): lines as they are said, votes, decisions with owner and date, pictures and voices.

会议记录 opens the desk of a meeting for whoever records; 记完了 reads it back, and 1 posts the result to the group. What
each person said stays in the minutes; the group reads the results only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from domain.attendance import is_quorate, outcome_of
from domain.meetings import AgendaItem, Meeting
from domain.messages import Kind
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers import interrupting, minute_decisions, minute_desk, minute_edits, minute_result, minute_words, turnout
from handlers.context import Context
from handlers.filing import clear_topic
from handlers.meeting_lookup import CALLERS, pick
from handlers.minute_desk import ASK_FOR, keep_open
from handlers.minute_words import Decided, Votes
from handlers.registry import answers, claims, intent
from handlers.texts import minutes as texts
from nlp.headcount import only_counts
from storage.ids import new_id
from storage.meetings import Decision, speech


@intent("minutes", who=CALLERS, needs_proof=True, wins=True)
def open_minutes(ctx: Context) -> None:
    """会议记录 opens the desk; 会议记录 张三:同意 李四:不同意 writes at once."""
    meeting = pick(ctx, minute_desk.recordable(ctx))
    if not minute_desk.may_write(ctx, meeting):
        return minute_desk.show_instead(ctx, meeting)
    keep_open(ctx, meeting, None)
    if minute_edits.take(ctx, meeting, ctx.said):  # 看看会议记录
        return None
    words = _ADDS.sub("", minute_words.body_of_line(ctx.said), count=1)
    if not words or not _take_all(ctx, meeting, None, words):
        ctx.reply(texts.desk_open(meeting, ctx.store.meetings.items(meeting.id)))
    return None


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
    if minute_words.is_end(said) or minute_words.posts(said):
        ctx.store.questions.close(question, ctx.now)
        return minute_result.read_back(ctx, meeting)
    if minute_words.takes_back(said):
        return _take_back(ctx, meeting)
    if (count := only_counts(said)) is not None:
        return turnout.keep_count(ctx, meeting, count)
    if minute_edits.take(ctx, meeting, said) or minute_decisions.put_right(ctx, meeting, said):
        return None
    if (adds := _ADDS.match(said.strip())) is not None:
        rest = said.strip()[adds.end() :]
        if not _take_all(ctx, meeting, item, rest):
            _write(ctx, meeting, item, [minute_words.Said("", rest)])
        return None
    if _take_all(ctx, meeting, item, minute_words.body_of_line(said)):
        return None
    if minute_edits.corrects(said):
        return ctx.reply(texts.what_to_put_right())
    if _is_something_else(ctx, items):
        raise NotUnderstood("minutes")
    return _write(ctx, meeting, item, [minute_words.Said("", said.strip())])


_PRINTS = re.compile(r"打印|打出来|签到表|名单$")


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
        keep_open(ctx, meeting, item)
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
    elif votes := minute_edits.recounted(words, item) or minute_words.votes_of(words):
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


def _count_all(ctx: Context, meeting: Meeting, item: AgendaItem | None) -> None:
    """都同意: as many as are there; where nobody is counted yet it is asked."""
    here, _ = minute_desk.here_of(ctx, meeting)
    if not here.people:
        return ctx.reply(texts.how_many_are_here())
    return _count(ctx, meeting, item, Votes(here.people, 0, 0))


def _count(ctx: Context, meeting: Meeting, item: AgendaItem | None, votes: Votes) -> None:
    """同意28 反对3: kept with its topic; whether it passed is said by the body's rule, never without a quorum."""
    body = ctx.words.meetings.bodies[meeting.body]
    here, due = minute_desk.here_of(ctx, meeting)
    if item is None:
        return ctx.reply(texts.which_item(ctx.store.meetings.items(meeting.id)))
    if here.people and votes.all > here.people:
        return ctx.reply(texts.too_many_votes(votes.all, here.people))
    if body.routes and not is_quorate(body, here, due):
        return ctx.reply(texts.no_quorum(body, here, due))
    outcome = outcome_of(body, votes.agreed, here, due, votes.all)
    passed = {"passed": True, "failed": False}.get(outcome)
    ctx.store.meetings.save_item(
        replace(item, outcome=outcome, agreed=votes.agreed, opposed=votes.opposed, abstained=votes.abstained)
    )
    return ctx.reply(texts.counted(body, item, votes.agreed, votes.opposed, votes.abstained, here, due, passed))


# -- decisions


def _decide(ctx: Context, meeting: Meeting, item: AgendaItem | None, decided: Decided) -> None:
    """Keep it as a row of its own; what is missing of who and when is asked."""
    body = ctx.words.meetings.bodies[meeting.body]
    here, due = minute_desk.here_of(ctx, meeting)
    if body.routes and not is_quorate(body, here, due):  # what too few decide is decided by nobody
        _write(ctx, meeting, item, [minute_words.Said("", decided.text)])
        ctx.replies[:] = [texts.no_decision(body, here, due)]
        return None
    owner = minute_decisions.owner_of(ctx, meeting, decided.owner)
    kept = Decision(
        new_id(), meeting.id, item.id if item else None, decided.text, owner.id if owner else None,
        owner.name if owner else decided.owner, decided.due_at, ctx.now,
    )  # fmt: skip
    ctx.store.meetings.add_decision(kept)
    if not kept.owner or kept.due_at is None:
        ctx.ask("decision", meeting.id, (), ASK_FOR, data=json.dumps({"decision": kept.id}))
    is_known = owner is not None or not kept.owner
    return ctx.reply(texts.decided(kept.text, kept.owner, kept.due_at, wrong=decided.wrong, is_known=is_known))


@answers("decision")
def complete_decision(ctx: Context, question: OpenQuestion, said: str) -> None:
    """王德福负责 12月5日前 after 谁负责、几号前办完."""
    meeting = ctx.store.meetings.get(question.thing_id)
    if meeting is None or _is_new_line(said):
        raise NotUnderstood("decision")
    if minute_decisions.put_right(ctx, meeting, said):
        return None
    wanted = json.loads(question.data)["decision"]
    kept = next((d for d in ctx.store.meetings.decisions(question.thing_id) if d.id == wanted), None)
    read = minute_words.with_owner(ctx, said)
    name = read.owner or (
        said.strip(" 。")
        if len(said.strip(" 。")) <= 4 and minute_decisions.owner_of(ctx, meeting, said.strip(" 。"))
        else ""
    )
    if kept is None or not (name or read.due_at or read.wrong):
        raise NotUnderstood("decision")
    owner = minute_decisions.owner_of(ctx, meeting, name)
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
    return ctx.reply(texts.decided(done.text, done.owner, done.due_at, wrong=read.wrong, is_known=is_known))


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
