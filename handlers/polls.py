"""Polls in talk (投票): a cadre makes one by a sentence or by questions, reads it back, and it goes out.

Consultative always: where the question belongs to a meeting the law names, the poll says which and stays a consultation
(law page, rulings a and c). A poll that judges a person's dignity or private life is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.conversations import Conversation, Question
from domain.polls import (
    FEWEST_OPTIONS,
    Draft,
    Poll,
    Reason,
    State,
    Unit,
    check_draft,
    check_options,
    check_times,
    check_title,
)
from domain.posts import PostKind
from domain.refusals import NotUnderstood, Refused
from handlers.context import Context
from handlers.conversing import conversation_for, one_of_three, open_conversation
from handlers.poll_scope import Asked, default_scope, left_without, own_area, resolve, scope_words
from handlers.poll_slots import (
    ASKS_SCOPE,
    CREATE,
    Slots,
    amended,
    check_dignity,
    check_named,
    put_together,
    speaks_of,
    time_of,
    unit_of,
)
from handlers.posts import groups_for, is_forwarded, leaves_at, post_to_groups
from handlers.texts import notices
from handlers.texts import polls as texts
from nlp.poll_beside import errands_said, names_things
from nlp.poll_changes import is_setting
from nlp.poll_talk import PollWords, answered_with_whom, asks_to_choose, how_said, options_answered, poll_said
from nlp.poll_times import moment_said
from nlp.poll_titles import without_name
from nlp.poll_whom import Whom, whom_alone, whom_said
from nlp.said import Said
from storage.ids import new_id
from storage.vault import new_key

# -- making one


def begin(ctx: Context, said: PollWords) -> None:
    """Start the conversation with what was said; what a rule refuses is said and asked again, the rest is kept."""
    slots = put_together(ctx, {}, said, asks_again=True)
    refusals_said = list(ctx.replies)
    open_conversation(ctx, CREATE, slots)
    if errands := texts.errands(*errands_said(ctx.said)):
        ctx.replies.insert(0, errands)
    if refusals_said:  # each of them already ends with the question that is asked again
        ctx.replies[:] = refusals_said[:1]


def _shape(ctx: Context) -> Conversation:
    """The questions of a poll, as they are parsed at this moment in this village."""

    def aside(slots: Mapping[str, Any], text: str) -> Slots:
        return amended(ctx, slots, text)

    return Conversation(
        CREATE,
        (
            Question(
                "scope", lambda _slots: texts.ask_scope(own_area(ctx)),
                lambda text: _a_scope(ctx, text), when=lambda slots: ASKS_SCOPE in slots, aside=aside,
            ),
            Question(
                "title", texts.ASK_TITLE, lambda text: _a_title(ctx, text), takes_any=True,
                beside=lambda text: _beside_title(ctx, text), aside=aside,
            ),
            Question(
                "options", texts.ASK_OPTIONS, lambda text: _some_options(ctx, text), takes_any=True,
                beside=lambda text: _beside_options(ctx, text), aside=aside,
            ),
            Question(
                "closes_at", texts.ASK_CLOSES, lambda text: _a_closing(ctx, text),
                beside=lambda text: _beside_closing(ctx, text), aside=aside,
            ),
        ),
        read_back=lambda slots: _read_back(ctx, slots),
        choose=one_of_three,
        amend=aside,
        ask_amend=texts.ASK_CHANGE,
        noted=texts.NOTED,
        is_about=lambda slots, text: not (ctx.in_trouble or _is_command(ctx)) and speaks_of(slots, text),
    )  # fmt: skip


def _is_command(ctx: Context) -> bool:
    return ctx.understanding.certain or ctx.understanding.intent == CREATE


def _a_scope(ctx: Context, text: str) -> str:
    """Whom it asks; a bare 九社 will do."""
    words = re.sub(r"^(?:那就|那|就|还是|让)+", "", text.strip(" ,，。.!！~吧"))
    whom = whom_alone(words, bare=True) or whom_said(words)[1]
    if whom == Whom():
        whom = whom_said(f"名单 {words}")[1]  # 九社王德福 张桂兰
    if whom == Whom():
        raise NotUnderstood("poll.scope")
    scope = left_without(ctx, "", whom.less, Unit.HOUSEHOLD) if whom.less else whom.scope
    resolve(ctx, scope, Unit.HOUSEHOLD)
    return scope


def _a_title(ctx: Context, text: str) -> str:
    words = text.strip(" ,，。.!！~")
    if (
        is_setting(words, ctx.now, ctx.words.calendar)
        or len(words) < 2
        or (ctx.understanding.intent in ("poll.options", CREATE) and ctx.understanding.certain)
    ):
        raise NotUnderstood("poll.title")
    whole = _whole(ctx, text)
    words = (whole.title if whole else None) or without_name(words)
    check_title(words)
    check_dignity(ctx, words, ())
    return words


def _whole(ctx: Context, text: str) -> PollWords | None:
    """修路选哪条 东路 西路 到周五: an answer to “about what?” that says the options too; None for a mere title."""
    said = poll_said(text, ctx.now, ctx.words.calendar)
    return said if len(said.options) >= 2 else None


def _beside_title(ctx: Context, text: str) -> Slots:
    whole = _whole(ctx, text)
    return put_together(ctx, {}, whole) if whole else {}


def _some_options(ctx: Context, text: str) -> list[str]:
    options = list(options_answered(text, ctx.now, ctx.words.calendar).options)
    if len(options) < FEWEST_OPTIONS and is_setting(text, ctx.now, ctx.words.calendar):
        raise NotUnderstood("poll.options")
    check_options(options)
    check_dignity(ctx, "", options)
    return options


def _beside_options(ctx: Context, text: str) -> Slots:
    return put_together(ctx, {}, options_answered(text, ctx.now, ctx.words.calendar))


def _beside_closing(ctx: Context, text: str) -> Slots:
    """周五晚八点 九社 不记名: for whom and how, said beside until when."""
    rest, whom = answered_with_whom(text)
    said = PollWords(
        scope=whom.scope or None, scope_less=whom.less, **how_said(Said(rest, rest, ctx.now, ctx.words.calendar))
    )
    return put_together(ctx, {}, said)


def _a_closing(ctx: Context, text: str) -> list[Any]:
    """The moment it closes, and whether its lunar month has no 30th (said in the read-back)."""
    text = answered_with_whom(text)[0]
    closes = moment_said(text, ctx.now, ctx.words.calendar)
    check_named(closes)
    if closes.at is None or closes.question:
        raise NotUnderstood("poll.when")
    check_times(closes.at, None, ctx.now)
    return [closes.at.isoformat(), closes.no_thirtieth]


def _read_back(ctx: Context, slots: Mapping[str, Any]) -> str:
    poll, asked = _drafted(ctx, slots)
    before = ctx.store.polls.get(slots["replaces"]) if slots.get("replaces") else None
    return texts.read_back(
        poll, asked.words, ctx.now, note=note_of(ctx, poll), opens_later=poll.opens_at > ctx.now,
        no_thirtieth=slots["closes_at"][1],
        voted=ctx.store.polls.voted(before) if before else 0,
    )  # fmt: skip


def note_of(ctx: Context, poll: Poll) -> str:
    """Name the meeting the law wants for this question, "" where a consultation may ask it freely."""
    body = ctx.words.polls.body(poll.body) if poll.body else None
    return texts.body_note(body.title, body.rule) if body else ""


def _drafted(ctx: Context, slots: Mapping[str, Any]) -> tuple[Poll, Asked]:
    """The poll as it would go out now, with whom it asks. Raises Refused for what no longer holds."""
    unit = unit_of(slots)
    asked = resolve(ctx, slots["scope"], unit) if slots.get("scope") else default_scope(ctx, unit)
    opens = time_of(slots["opens_at"]) if slots.get("opens_at") else None
    draft = Draft(slots["title"], tuple(slots["options"]), time_of(slots["closes_at"][0]), opens)
    check_draft(draft, ctx.now)
    entries = ctx.store.rolls.entries(asked.scope, asked.unit, ctx.now.year)
    if not entries:
        raise Refused(Reason.EMPTY_ROLL)
    body = ctx.words.polls.body_of(f"{draft.title} {' '.join(draft.options)}")
    before = ctx.store.polls.get(slots["replaces"]) if slots.get("replaces") else None
    is_secret = bool(slots.get("secret"))
    poll = Poll(
        id=new_id(),
        number=before.number if before else 0,
        version=before.version + 1 if before else 1,
        village_id=asked.village_id,
        area_id=asked.area_id,
        scope=asked.scope,
        title=draft.title,
        options=draft.options,
        unit=asked.unit,
        is_multiple=bool(slots.get("multiple")),
        is_secret=is_secret,
        in_group=slots.get("in_group", True) and not is_secret,
        state=State.OPEN if opens is None or opens <= ctx.now else State.WAITING,
        opens_at=max(opens or ctx.now, ctx.now),
        closes_at=draft.closes_at,
        by_id=ctx.person.id if ctx.person else 0,
        roll=len(entries),
        body=body.code if body else "",
        most=most if (most := slots.get("most", 0)) < len(draft.options) else 0,
    )
    return poll, replace(asked, entries=tuple(entries))


_OF_NAMES = re.compile("(?:不|别|莫|无)(?:要|用|需要)?(?:记|写|留|露)名|匿名|保密")


def _is_of_the_poll(text: str) -> bool:
    """选谁当社长; 修桥、修路: words of a poll, whatever else they may sound like."""
    return asks_to_choose(text) or names_things(text) or (len(text) <= 10 and _OF_NAMES.search(text) is not None)


@conversation_for(CREATE, _shape, takes=frozenset({"poll.options", "poll.extend"}), claims=_is_of_the_poll)
def finish(ctx: Context, **slots: Any) -> None:
    """Send it: the roll is frozen, the groups and the people on the roll are told."""
    poll, asked = _drafted(ctx, slots)
    before = ctx.store.polls.get(slots["replaces"]) if slots.get("replaces") else None
    if before is not None:
        _replace(ctx, before)
    number = poll.number or ctx.store.counters.next(f"poll:{poll.village_id}")
    poll = replace(poll, number=number, key=new_key() if poll.is_secret else b"")
    is_open = poll.state is State.OPEN
    ctx.store.polls.add(poll, asked.entries if is_open else (), ctx.step("poll"))
    groups, full = announce(ctx, poll) if is_open else (0, False)
    forwarded = is_forwarded(ctx, ctx.directory.areas[poll.area_id])
    ctx.reply(texts.sent(poll, ctx.now, leaves_at(ctx), groups=groups, forwarded=forwarded, full=full))


def _replace(ctx: Context, before: Poll) -> None:
    """End the version that was out; of a secret one the key goes now and its ballots at the next tick."""
    before = ctx.store.polls.held(before)
    if before.state not in (State.OPEN, State.WAITING):
        raise Refused(Reason.CLOSED, poll=before)
    ctx.store.polls.save(replace(before, state=State.REPLACED, key=b""), ctx.step("replaced"))
    if before.is_secret:
        ctx.store.rolls.reach(before.id, "ballots", 0)


def asked_text(ctx: Context, poll: Poll, *, in_group: bool) -> str:
    body = ctx.words.polls.body(poll.body) if poll.body else None
    note = texts.short_note(body.title) if body else ""
    return texts.asked(poll, scope_words(ctx.directory, poll), ctx.now, in_group=in_group, note=note)


def notice_fields(ctx: Context, poll: Poll, said: str) -> dict[str, str]:
    """What a notice of the platform shows of it. An organiser holds an office, so he is known in memory."""
    village = ctx.directory.areas.get(poll.village_id)
    return notices.of_poll(poll, said, ctx.directory.officer(poll.by_id), village.name if village else "")


def announce(ctx: Context, poll: Poll) -> tuple[int, bool]:
    """Post it to the groups and begin to tell the people on the roll; return how many groups there are, and whether one
    of them has no room for it today."""
    area = ctx.directory.areas[poll.area_id]
    kind = PostKind.CHANGE if poll.version > 1 else PostKind.NOTICE
    text = asked_text(ctx, poll, in_group=True)
    full = post_to_groups(ctx, area, text, kind, once=f"poll:{poll.id}:open", not_after=poll.closes_at)
    ctx.store.rolls.reach(poll.id, "open", 0)
    return len(groups_for(ctx, area)), bool(full)
