"""The keeper's 收到 and 办好了."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain import matters as rules
from domain.matters import Matter, Reason, Status
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers import asking_back, deciding, interim, keeper_words, proof, remarks, tracking, undone
from handlers.assigning import GIVERS
from handlers.context import Context
from handlers.filing import owner_words_known, title_of_matter
from handlers.matter_lookup import HANDLERS, fits, in_charge, newest, told_by_one_named, which
from handlers.matter_news import close_questions, reporter_contacts, said_by, tell_handler, tell_reporter
from handlers.matters import CHOICE_FOR
from handlers.registry import answers, intent
from handlers.texts import in_hand as hand_texts
from handlers.texts import matters as texts
from handlers.texts import sealed as sealed_texts


@intent("dept.accept", who=HANDLERS, needs_proof=True)
def accept(ctx: Context) -> None:
    """007 收到: the reporter hears that it has arrived, and by when it will be done. A bare 收到 means what is new."""
    if len(numbers := _NUMBERS.findall(ctx.said.partition("收到")[0])) > 1 and "收到" in ctx.said:
        return accept_all(ctx, list(dict.fromkeys(numbers)))
    matter = _handled(ctx, Status.FILED)
    if not ctx.understanding.certain and interim.is_interim(ctx, ctx.said):
        return interim.tell(ctx, matter, ctx.said)
    return take_on(ctx, matter, keeper_words.behind_accepting(ctx.said))


def take_on(ctx: Context, matter: Matter, words: str = "") -> None:
    """He has it, and whoever told of it hears so, and when somebody comes, where that is said beside it."""
    ctx.is_secret = ctx.is_secret or matter.is_sealed
    if _is_in_other_hands(ctx, matter):
        owner = owner_words_known(ctx, matter)
        return ctx.reply(hand_texts.in_other_hands(matter.number, title_of_matter(ctx.words.lexicon, matter), owner))
    if words:
        ctx.store.matters.add_note(matter, "keeper", words, ctx.sender.contact.id, ctx.now)
    is_plan = bool(words) and remarks.is_plan(words)
    changed = _accept(ctx, matter, words if is_plan else "")
    if words and not is_plan and (remarks.is_beyond_him(words) or deciding.wants_time(words)):
        return interim.tell(ctx, changed, words)
    return ctx.reply(
        texts.accepted(matter.number) if changed.contact_id else sealed_texts.accepted_sealed(matter.number)
    )


def _is_in_other_hands(ctx: Context, matter: Matter) -> bool:
    """Was it given to somebody else, of one who may give it to nobody? He who had it before takes it no more."""
    is_his = matter.owner_id is None or (ctx.person is not None and matter.owner_id == ctx.person.id)
    return not is_his and not ctx.roles & GIVERS


_NUMBERS = re.compile(r"(?<!\d)\d{3,4}(?!\d)")


def accept_all(ctx: Context, numbers: Sequence[str]) -> None:
    """001和002收到: each of them, and each reporter hears it."""
    found = {number: in_charge(ctx, number) for number in numbers}
    if missing := next((number for number, matters in found.items() if not matters), ""):
        raise Refused(Reason.NO_SUCH, digits=missing)
    for number, matters in found.items():
        matter = ctx.store.matters.held(newest(matters, number))
        ctx.is_secret = ctx.is_secret or matter.is_sealed
        if matter.status is Status.FILED:
            _accept(ctx, matter)
    ctx.reply(hand_texts.accepted_all(numbers))


def _accept(ctx: Context, matter: Matter, words: str = "") -> Matter:
    changed = ctx.store.matters.change(matter, rules.accept(matter), ctx.step("accepted", ctx.role_in(HANDLERS)))
    title = title_of_matter(ctx.words.lexicon, matter)
    is_late = matter.due_at is not None and matter.due_at < ctx.now  # a date that is past is promised to nobody
    due = "" if is_late else texts.by(matter)
    text = texts.accepted_for_reporter(matter.number, title, said_by(ctx, matter), due, words)
    # Said twice it is told once; after a hand-over it is new, whoever has it now.
    if matter.status is Status.FILED:
        tell_reporter(ctx, changed, text, f"accepted:{matter.reopened}:{ctx.incoming.digest}")
    elif matter.reopened:
        tell_reporter(ctx, changed, text, f"accepted:{matter.reopened}")
    return changed


@intent("assign", who=HANDLERS, needs_proof=True)
@intent("dept.return", who=HANDLERS, needs_proof=True)
@intent("dept.extend", who=HANDLERS, needs_proof=True)
def cannot(ctx: Context) -> None:
    """转给水管所, 退回 不归我们, 延期三天, of who may not decide it himself: those over him hear it; it stays with him."""
    interim.tell(ctx, _handled(ctx), ctx.said)


@intent("dept.done", who=HANDLERS, needs_proof=True)
def finish(ctx: Context) -> None:
    """007 办好了 换了灯泡: the reporter is told what was done and asked how it is. A bare 办好了 is asked what was done."""
    if keeper_words.fails_again(ctx.said) and not ctx.understanding.slots.get("number"):
        raise NotUnderstood("done")
    matter = _handled(ctx)
    if undone.asks_whether_done(ctx.said):
        return answer_whether_done(ctx, matter)
    words = remarks.work_done(ctx.said, is_named=bool(ctx.understanding.slots.get("number")))
    if not words:
        return ask_result(ctx, [matter])
    is_told = ctx.understanding.certain or keeper_words.tells_result(words)  # 001 灯头 ends nothing
    if not is_told or interim.is_interim(ctx, ctx.said):
        return interim.tell(ctx, matter, words)
    return finish_with(ctx, matter, words)


def ask_result(ctx: Context, matters: Sequence[Matter]) -> None:
    """Ask what was done, of all of them at once."""
    for matter in matters:
        rules.finish(matter, "?", ctx.now)  # only a living one is worth asking about
    first, others = matters[0], matters[1:]
    ctx.ask("result", first.id, (), CHOICE_FOR, data=",".join(str(other.id) for other in others))
    ctx.reply(texts.needs_result(first.number))


def answer_whether_done(ctx: Context, matter: Matter) -> None:
    """001 修好了没: its keeper asks it of whoever told of it, everybody else hears where it stands. Nothing is finished."""
    if matter.is_living and ctx.person is not None and matter.owner_id == ctx.person.id:
        return asking_back.ask(ctx, matter, remarks.split_number(ctx.said)[1])
    return ctx.reply(tracking.progress_line(ctx, matter))


@answers("result")
def take_result(ctx: Context, question: OpenQuestion, said: str) -> None:
    """换了灯泡 after 怎么办的说一句就行."""
    if ctx.understanding.certain and ctx.understanding.intent not in (None, "report", "dept.done", "rate"):
        raise NotUnderstood("result")
    matter = ctx.store.matters.get(question.thing_id, to_change=True)
    words = remarks.work_done(said, is_named=False)
    if matter is None or not words or keeper_words.says_read(words) or keeper_words.asked_back(words):
        raise NotUnderstood("result")
    if remarks.is_open(words):
        ctx.store.questions.close(question, ctx.now)
        return interim.tell(ctx, matter, words)
    others = [ctx.store.matters.get(int(other), to_change=True) for other in question.data.split(",") if other]
    finish_with(ctx, matter, words)
    for other in others:
        if other is not None and other.is_living:
            finish_with(ctx, other, words)
    return None


def finish_with(ctx: Context, matter: Matter, words: str) -> None:
    """The reporter hears what was done and is asked how it is."""
    done = ctx.store.matters.change(
        matter, rules.finish(matter, words, ctx.now), ctx.step("done", ctx.role_in(HANDLERS))
    )
    close_questions(ctx, matter, "result")
    if done.contact_id is not None:
        close_questions(ctx, matter, "withdraw", of=done.contact_id)
        title = title_of_matter(ctx.words.lexicon, done)
        is_his_own = ctx.person is None or done.owner_id in (None, ctx.person.id)
        by_whom = owner_words_known(ctx, done) if is_his_own else said_by(ctx, done)
        has_picture = not done.is_sealed and proof.attach(ctx, done)
        text = texts.done_for_reporter(done.number, title, done.result, by_whom, has_picture=has_picture)
        tell_reporter(ctx, done, text, f"done:{done.reopened}:{ctx.incoming.digest}")
        for contact in reporter_contacts(ctx, done):
            ctx.ask("rating", done.id, ("1", "2", "3"), rules.RATE_WITHIN, to=contact)
    if ctx.person is not None and done.owner_id not in (None, ctx.person.id):
        title = title_of_matter(ctx.words.lexicon, done)
        text = hand_texts.done_by_another(done.number, title, ctx.person.name, done.result)
        tell_handler(ctx, done, text, f"done:{done.reopened}:owner")
    ctx.reply(texts.done(done.number) if done.contact_id else sealed_texts.done_sealed(done.number))


def take_back(ctx: Context, matter: Matter) -> None:
    """001 搞错了 还没办: whoever told of it hears that it is not done after all, and is asked no more."""
    living = ctx.store.matters.change(matter, rules.take_back(matter), ctx.step("taken_back", ctx.role_in(HANDLERS)))
    if living.contact_id is not None:
        for contact in reporter_contacts(ctx, living):
            close_questions(ctx, living, "rating", of=contact)
        title = title_of_matter(ctx.words.lexicon, living)
        text = texts.not_done_after_all(living.number, title, said_by(ctx, living), texts.by(living))
        tell_reporter(ctx, living, text, f"taken_back:{ctx.incoming.digest}")
    ctx.reply(texts.taken_back(living.number))


def _handled(ctx: Context, first: Status | None = None) -> Matter:
    """The matter staff speak of: the one named, else the only one on their hands (of status `first`, if there is one).

    Nobody acts on another's matter.
    """
    number = str(ctx.understanding.slots.get("number") or "")
    person = ctx.person
    if number:
        found = in_charge(ctx, number)
        if not found and any(fits(m, number) for m in ctx.store.matters.reported_by(ctx.sender.contact.id)):
            raise Refused(Reason.NOT_YOURS, number=number)
        matter = newest(found, number)
    else:
        mine = ctx.store.matters.living_of_owner(person.id) if person else []
        mine = [m for m in mine if m.status is first] or mine
        if len(mine) > 1:  # 水管的修好了, of a pipe and a lamp
            heard = (ctx.reading.code, *ctx.reading.choices)
            mine = [m for m in mine if m.code == heard[0]] or [m for m in mine if m.code in heard] or mine
        mine = told_by_one_named(ctx, mine, ctx.said) if len(mine) > 1 else mine
        if len(mine) != 1:
            raise which(ctx, mine)
        matter = mine[0]
    ctx.is_secret = ctx.is_secret or matter.is_sealed
    return ctx.store.matters.held(matter)
