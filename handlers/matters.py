"""Matters in talk: report, add, track, urge, withdraw, rate; the keeper's 收到 and 办好了."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

from domain import matters as rules
from domain.matters import Matter, Rating, Reason, Status, Urgency
from domain.messages import Kind
from domain.organisation import STAFF, Area, Person, Role, first_receiver
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers import remarks
from handlers.context import Context
from handlers.filing import (
    ASK_PLACE_FOR,
    UNHEARD,
    UNKNOWN_TOPIC,
    Draft,
    answer_by,
    chief_of,
    clear_topic,
    draft_of,
    file_matter,
    filed_words,
    notice_fields,
    office_of,
    owner_words_known,
    tell_owner,
    title_of,
    title_of_matter,
    villages_in,
)
from handlers.registry import answers, intent, on
from handlers.sealing import LOOKUPS_A_DAY, file_sealed, may_read, receiver_words, receivers, token_digest
from handlers.texts import matters as texts
from nlp.intents import recognise
from nlp.numbers import option_number
from nlp.words import Reading, classify
from storage.outbox import Priority

# Who may be given a matter: staff, and the women's federation for what happens at home.
HANDLERS = STAFF | {Role.WOMEN}
CHOICE_FOR = timedelta(minutes=30)
SHOWN = 3
PLACE_CHARS = 20
# Questions that keep a story which is not filed yet.
WAITING_KINDS = ("topic", "split")
_TOKEN = re.compile(r"[A-HJKMNP-Z2-9]{3}[- ]?[A-HJKMNP-Z2-9]{3}[- ]?[A-HJKMNP-Z2-9]{3}(?![A-Z0-9])")


# -- report


@intent("report")
def report(ctx: Context) -> None:
    """File what was said, or ask what it is about when the words could mean several things."""
    text = str(ctx.understanding.slots.get("text") or ctx.said)
    take_words(ctx, text)


def take_words(ctx: Context, text: str, *, may_ask: bool = True) -> None:
    """Free words in a private chat: one matter, several, or a question which it is. Nothing said is ever lost."""
    reading = ctx.reading if text == ctx.said else classify(ctx.words.lexicon, text)
    if may_ask and len(reading.parts) > 1 and not reading.sealed:
        _file_what_waits(ctx)
        ctx.ask("split", 0, ("1", "2"), CHOICE_FOR, data=json.dumps(list(reading.parts), ensure_ascii=False))
        ctx.reply(texts.ask_split(list(reading.parts)))
    elif may_ask and reading.ask and len(reading.choices) > 1 and not reading.sealed:
        _file_what_waits(ctx)
        _ask_which(ctx, text, reading)
    else:
        file_words(ctx, draft_of(reading, text))


def _ask_which(ctx: Context, text: str, reading: Reading) -> None:
    kept = json.dumps({"text": text, "codes": list(reading.choices)}, ensure_ascii=False)
    accepts = tuple(str(n) for n in range(1, len(reading.choices) + 1))
    ctx.ask("topic", 0, accepts, CHOICE_FOR, data=kept)
    ctx.reply(texts.ask_which(text, [title_of(ctx.words.lexicon, code) for code in reading.choices]))


def _file_what_waits(ctx: Context) -> None:
    """A second story is being asked about: the first, still unanswered, is filed now rather than forgotten."""
    for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        if question.kind in WAITING_KINDS:
            file_waiting(ctx, question)


def file_waiting(ctx: Context, question: OpenQuestion) -> None:
    """File the story that a question of WAITING_KINDS keeps as what it most likely is, without asking again."""
    kept = json.loads(question.data)
    story = str(kept["text"]) if isinstance(kept, dict) else "\n".join(kept)
    ctx.store.questions.close(question, ctx.now)
    file_words(ctx, draft_of(classify(ctx.words.lexicon, story), story))


def file_words(ctx: Context, draft: Draft) -> Matter:
    """File a draft and say so; sealed where its content asks for it. A guest is asked for the place, once only."""
    if draft.is_sealed:
        matter, token = file_sealed(ctx, draft)
        reader = next(iter(receivers(ctx.directory, draft.code, ctx.village.id)), None)
        title = title_of(ctx.words.lexicon, draft.code)
        ctx.reply(texts.filed_sealed(token, title, receiver_words(ctx.directory, reader)))
        _attach_pictures(ctx, matter)
        return matter
    matter = file_matter(ctx, draft)
    asks_place = ctx.place_id is None and not _was_asked_place(ctx)
    if asks_place:
        ctx.ask("place", matter.id, (), ASK_PLACE_FOR, data=matter.code)
    ctx.reply(filed_words(ctx, matter, asks_place=asks_place))
    _attach_pictures(ctx, matter)
    return matter


def _was_asked_place(ctx: Context) -> bool:
    return any(q.kind == "place" for q in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now))


def _attach_pictures(ctx: Context, matter: Matter) -> None:
    """A picture that came first belongs to the story that follows it; with a sealed one it loses who sent it."""
    sender = ctx.sender.contact.id
    for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        if question.kind == "picture":
            ctx.store.questions.close(question, ctx.now)
            ctx.store.media.attach(sender, question.data.split("\n"), matter.id, is_sealed=matter.is_sealed)
            for kept in question.data.split("\n"):
                by = None if matter.is_sealed else sender
                ctx.store.matters.add_note(matter, "image", kept, by, question.asked_at)


@answers("picture")
def describe_picture(ctx: Context, question: OpenQuestion, said: str) -> None:
    """What is said after a picture is read like anything else; filing takes the picture along."""
    raise NotUnderstood("picture")


@answers("topic")
def choose_topic(ctx: Context, question: OpenQuestion, said: str) -> None:
    """`2` after 我想弄清楚: file the story under that topic. Other words are more of the story, never lost."""
    kept = json.loads(question.data)
    codes: list[str] = kept["codes"]
    chosen = option_number(said, [title_of(ctx.words.lexicon, code) for code in codes])
    ctx.store.questions.close(question, ctx.now)
    story = kept["text"]
    if chosen is None:
        # One try has failed: the words are put together and go to a person, whatever they are read as now.
        story = f"{story}\n{said}"
        file_words(ctx, draft_of(classify(ctx.words.lexicon, story), story))
        return
    reading = classify(ctx.words.lexicon, story)
    file_words(ctx, draft_of(reading, story, codes[chosen - 1]))


@answers("split")
def choose_split(ctx: Context, question: OpenQuestion, said: str) -> None:
    parts: list[str] = json.loads(question.data)
    chosen = option_number(said, ("分开", "一件"))
    ctx.store.questions.close(question, ctx.now)
    if chosen == 1:
        for part in parts:
            file_words(ctx, draft_of(classify(ctx.words.lexicon, part), part))
        return
    story = "\n".join(parts) if chosen == 2 else "\n".join([*parts, said])
    file_words(ctx, draft_of(classify(ctx.words.lexicon, story), story))


@answers("place")
def note_place(ctx: Context, question: OpenQuestion, said: str) -> None:
    """九社 after 在哪个社: the matter goes to the keeper of that place. What names no place is no answer."""
    words = said.strip(" 。！，,.")
    area = _area_named(ctx, words) if len(words) <= PLACE_CHARS else None
    if len(words) > PLACE_CHARS or ctx.understanding.certain or not (area or _sounds_like_place(ctx, words)):
        raise NotUnderstood("place")
    matter = ctx.store.matters.get(question.thing_id, to_change=True)
    ctx.store.questions.close(question, ctx.now)
    if matter is None:
        raise NotUnderstood("place")
    if area is None:
        ctx.store.matters.change(matter, replace(matter, place_text=words), ctx.step("place"))
        _tell_handler(ctx, matter, texts.addition_for_owner(matter.number, words), f"place:{ctx.incoming.digest}")
        return ctx.reply(texts.place_written(matter.number))
    ctx.sender = ctx.store.people.save_contact(ctx.sender, replace(ctx.sender.contact, place_id=area.id))
    return _move(ctx, matter, area, words)


def _move(ctx: Context, matter: Matter, area: Area, words: str) -> None:
    """Put the matter where it lies; the keeper of that place gets it from whoever had it for want of a place."""
    owner = first_receiver(ctx.directory, area.id, matter.village_id)
    owner_id = owner.id if owner else matter.owner_id
    changed = replace(matter, place_id=area.id, place_text=words, owner_id=owner_id)
    ctx.store.matters.change(matter, changed, ctx.step("place"))
    if owner is not None and owner.id != matter.owner_id:
        tell_owner(ctx, changed, owner)
    _tell_handler(ctx, matter, texts.addition_for_owner(matter.number, words), f"place:{ctx.incoming.digest}")
    ctx.reply(texts.place_noted(words, owner_words_known(ctx, changed) or "村里"))


def _sounds_like_place(ctx: Context, words: str) -> bool:
    return ctx.reading.code is None or (
        len(words) <= 12
        and words.endswith(("社", "组", "队", "村", "口", "头", "边", "旁", "上", "里", "前", "后", "那"))
    )


def _area_named(ctx: Context, words: str) -> Area | None:
    return next((a for a in ctx.directory.children(ctx.village.id) if a.name and a.name in words), None)


# -- follow


@intent("track")
def track(ctx: Context) -> None:
    """进度: the newest matters; 进度 007: that one; 进度 K7Q-…: the sealed one of that token."""
    if token := _TOKEN.search(ctx.said.upper()):
        return _track_sealed(ctx, token.group())
    number = str(ctx.understanding.slots.get("number") or "")
    if number:
        matter = named(ctx, number)
        return ctx.reply(_progress_line(ctx, matter))
    mine = ctx.store.matters.reported_by(ctx.sender.contact.id)
    own = [m for m in mine if m.status is not Status.WITHDRAWN] or mine
    if not own and ctx.roles & STAFF and ctx.person:
        own = ctx.store.matters.living_of_owner(ctx.person.id)
    if not own:
        raise Refused(Reason.NO_SUCH, digits="")
    # A message has six lines: three matters, or two and how to see the rest.
    lines = [_progress_line(ctx, matter) for matter in own[: SHOWN if len(own) <= SHOWN else SHOWN - 1]]
    return ctx.reply(texts.progress(lines, len(own) - len(lines)))


def _progress_line(ctx: Context, matter: Matter) -> str:
    owner = owner_words_known(ctx, matter)
    return texts.progress_line(matter, title_of_matter(ctx.words.lexicon, matter), owner)


def _track_sealed(ctx: Context, token: str) -> None:
    tries = ctx.store.counters.count(f"lookup:{ctx.sender.contact.id}:{ctx.now:%y%m%d}")
    matter = ctx.store.matters.with_token(token_digest(ctx, token)) if tries <= LOOKUPS_A_DAY else None
    ctx.is_secret = True
    if matter is None:
        return ctx.reply(texts.no_such(token))
    return ctx.reply(texts.sealed_progress(token.upper(), matter))


def named(ctx: Context, number: str) -> Matter:
    """Find the matter a number means: the sender's own newest ending so; for staff the newest in their charge.

    Raises Refused where there is none that he may see.
    """
    contact = ctx.sender.contact.id
    mine = [m for m in ctx.store.matters.reported_by(contact) if fits(m, number)]
    digits = number.rpartition("-")[2]
    if not mine and digits.isdecimal():
        mine = [m for m in ctx.store.matters.older_of(contact, digits) if fits(m, number)]
    return _newest(mine or in_charge(ctx, number), number)


def _newest(found: list[Matter], number: str) -> Matter:
    if not found:
        raise Refused(Reason.NO_SUCH, digits=number)
    return next((m for m in found if m.is_living), found[0])


def in_charge(ctx: Context, number: str) -> list[Matter]:
    """The matters of that number the sender answers for, newest first: his own to handle, those of his area, sealed ones
    only where he may read them."""
    person = ctx.person
    if person is None or not ctx.roles & HANDLERS:
        return []
    return [m for m in _in_scope(ctx, person, number) if _answers_for(ctx, person, m)]


def _answers_for(ctx: Context, person: Person, matter: Matter) -> bool:
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


def _own(ctx: Context) -> Matter:
    """The matter meant: the one named, else the newest of the sender that still lives, else his newest."""
    number = str(ctx.understanding.slots.get("number") or "")
    if number:
        return named(ctx, number)
    mine = ctx.store.matters.reported_by(ctx.sender.contact.id)
    if not mine:
        raise Refused(Reason.NO_SUCH, digits="")
    return next((m for m in mine if m.is_living), mine[0])


def _is_own(ctx: Context, matter: Matter) -> bool:
    return matter.contact_id == ctx.sender.contact.id or (
        ctx.person is not None and matter.reporter_id == ctx.person.id
    )


# -- the reporter


@intent("add")
def add(ctx: Context) -> None:
    """补充 …: the words join the matter and always reach the one who handles it. 还有个事 may begin a new story."""
    number = str(ctx.understanding.slots.get("number") or "")
    words = remarks.addition(ctx.said, is_named=bool(number))
    if not any(m.is_living for m in ctx.store.matters.reported_by(ctx.sender.contact.id)):
        return take_words(ctx, words) if words else ctx.reply(texts.nothing_yet())
    matter = _own(ctx)
    if not words:
        ctx.ask("addition", matter.id, (), CHOICE_FOR)
        return ctx.reply(texts.ask_addition(matter.number))
    if not number and remarks.begins_anew(ctx.said) and _is_another_story(ctx, matter, words):
        return take_words(ctx, words)
    return add_to(ctx, matter, words)


def _is_another_story(ctx: Context, matter: Matter, words: str) -> bool:
    reading = classify(ctx.words.lexicon, words)
    return len(reading.parts) > 1 or clear_topic(reading) not in (None, matter.code)


@answers("addition")
def take_addition(ctx: Context, question: OpenQuestion, said: str) -> None:
    if ctx.understanding.certain and ctx.understanding.intent not in (None, "report", "add"):
        raise NotUnderstood("addition")
    matter = ctx.store.matters.get(question.thing_id)
    ctx.store.questions.close(question, ctx.now)
    if matter is None:
        return take_words(ctx, said)
    return add_to(ctx, matter, said)


def add_to(ctx: Context, matter: Matter, words: str, kind: str = "text") -> None:
    ctx.store.matters.add_note(matter, kind, words, ctx.sender.contact.id, ctx.now)
    _tell_handler(ctx, matter, texts.addition_for_owner(matter.number, words), f"note:{ctx.incoming.digest}")
    ctx.reply(texts.added(matter.number))


@intent("urge")
def urge(ctx: Context) -> None:
    """催一下: the one who handles it is asked for an answer today; his chief is told once the date has passed.

    What is said beside it (三个人来了也没修好) goes along.
    """
    matter = ctx.store.matters.held(_own(ctx))
    if not ctx.understanding.certain:
        if _speaks_of_another(ctx, matter):
            return take_words(ctx, ctx.said)
        # More than 催一下: what he says of it reaches the one who handles it.
        ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
    changed = ctx.store.matters.change(matter, rules.urge(matter, ctx.now), ctx.step("urged"))
    title, days = title_of_matter(ctx.words.lexicon, matter), (ctx.now - matter.filed_at).days
    words = "" if ctx.understanding.certain else ctx.said
    if words:
        ctx.store.matters.add_note(matter, "urged", words, ctx.sender.contact.id, ctx.now)
    text = texts.urge_for_owner(matter.number, title, days, words)
    _tell_handler(ctx, changed, text, f"urge:{ctx.now:%y%m%d%H}")
    chief = chief_of(ctx.directory, matter.village_id)
    if matter.due_at is not None and ctx.now > matter.due_at and chief and chief.id != matter.owner_id:
        once, fields = f"matter:{matter.id}:urged:{ctx.now:%y%m%d}", notice_fields(ctx, matter, "overdue")
        ctx.tell(chief, text, "matter.overdue", once=once, fields=fields)
    return ctx.reply(texts.urged(matter.number, owner_words_known(ctx, matter)))


def _speaks_of_another(ctx: Context, matter: Matter) -> bool:
    """到今天还没人来修水管, while his only matter is a lamp: a story of its own, not impatience."""
    heard = {ctx.reading.code, *ctx.reading.choices}
    return ctx.reading.is_founded and len(ctx.said) > 8 and matter.code not in heard


@intent("withdraw", needs_proof=True)
def withdraw(ctx: Context) -> None:
    """撤回 007: asked back once, since a slip must not end a matter."""
    matter = _own(ctx)
    if not _is_own(ctx, matter):
        raise Refused(Reason.NOT_YOURS, number=matter.number)
    rules.withdraw(matter, ctx.now)
    ctx.ask("withdraw", matter.id, ("1", "2"), CHOICE_FOR)
    ctx.reply(texts.confirm_withdraw(matter.number, title_of_matter(ctx.words.lexicon, matter)))


@answers("withdraw")
def confirm_withdraw(ctx: Context, question: OpenQuestion, said: str) -> None:
    chosen = option_number(said, ("撤回", "不撤"))
    if chosen is None:
        raise NotUnderstood("withdraw")
    ctx.store.questions.close(question, ctx.now)
    matter = ctx.store.matters.get(question.thing_id, to_change=True)
    if matter is None:
        raise Refused(Reason.NO_SUCH, digits="")
    if chosen == 2:
        return ctx.reply(texts.kept(matter.number))
    changed = ctx.store.matters.change(matter, rules.withdraw(matter, ctx.now), ctx.step("withdrawn"))
    _tell_handler(ctx, changed, texts.withdrawn_for_owner(matter.number), "withdrawn")
    return ctx.reply(texts.withdrawn(matter.number))


@intent("rate", needs_proof=True)
def rate(ctx: Context) -> None:
    """满意 / 007 1 without a question to it: the newest matter of his that is done."""
    number, words = remarks.split_number(ctx.said)
    done = [m for m in ctx.store.matters.reported_by(ctx.sender.contact.id) if m.status is Status.DONE]
    matter = named(ctx, number) if number else next(iter(done), None)
    score, why = rating_said(ctx, words)
    if matter is None or not score:
        if clear_topic(ctx.reading) is None:
            raise NotUnderstood("rating")
        return take_words(ctx, ctx.said)
    if not _is_own(ctx, matter):
        raise Refused(Reason.NOT_YOURS, number=matter.number)
    return take_rating(ctx, matter, score, why)


def rating_said(ctx: Context, said: str) -> tuple[str, str]:
    """Read a score and the reason behind it, in numbers or in words (3 没修好); ("", "") where it is no rating."""
    chosen = option_number(said, ("满意", "凑合", "不满意"))
    if chosen is not None:
        return str(chosen), ""
    if found := remarks.scored(said):
        # 2 路灯又坏了 may be a story that happens to begin with a digit; only a 3 is expected to bring one.
        is_expected = found[0] == "3" or remarks.begins_with_rating(found[1])
        return found if is_expected or clear_topic(classify(ctx.words.lexicon, found[1])) is None else ("", "")
    understood = recognise(ctx.words.intents, said, "villager", ctx.now, ctx.words.calendar)
    if understood.intent != "rate" or not (understood.certain or remarks.judges(said)):
        return "", ""
    return str(understood.slots.get("score") or ""), remarks.reason(said)


@answers("rating")
def answer_rating(ctx: Context, question: OpenQuestion, said: str) -> None:
    """1 满意 2 凑合 3 不满意, in numbers or in words, also with the reason behind it: 3 没修好."""
    matter = ctx.store.matters.get(question.thing_id, to_change=True)
    number, words = remarks.split_number(said)
    score, why = rating_said(ctx, words)
    if matter is None or not score or (number and not fits(matter, number)):
        raise NotUnderstood("rating")
    ctx.store.questions.close(question, ctx.now)
    return take_rating(ctx, matter, score, why)


def take_rating(ctx: Context, matter: Matter, score: str, why: str) -> None:
    rating = Rating(score)
    rated = ctx.store.matters.change(matter, rules.rate(matter, rating), ctx.step(f"rated:{score}"))
    _close_questions(ctx, matter, "rating")
    if rating is Rating.NOT:
        if why:
            return dissatisfied(ctx, rated, why)
        ctx.ask("rating.why", matter.id, (), rules.RATE_WITHIN, data=matter.code)
        return ctx.reply(texts.ask_what_is_wrong(matter.number))
    if why:
        ctx.store.matters.add_note(matter, "rating", why, ctx.sender.contact.id, ctx.now)
        _tell_handler(ctx, matter, texts.rated_for_owner(matter.number, score, why), f"rated:{ctx.incoming.digest}")
    return ctx.reply(texts.thanks(int(rating), matter.number))


@answers("rating.why")
def answer_why(ctx: Context, question: OpenQuestion, said: str) -> None:
    if ctx.understanding.certain and ctx.understanding.intent not in (None, "report", "add", "rate", "chat"):
        raise NotUnderstood("rating.why")
    matter = ctx.store.matters.get(question.thing_id, to_change=True)
    ctx.store.questions.close(question, ctx.now)
    if matter is None:
        return take_words(ctx, said)
    return dissatisfied(ctx, matter, said)


def dissatisfied(ctx: Context, matter: Matter, words: str) -> None:
    """He is not satisfied: reopened once, and the chief is told; the second time it goes to the town leader."""
    ctx.store.matters.add_note(matter, "dissatisfied", words, ctx.sender.contact.id, ctx.now)
    title, owner = title_of_matter(ctx.words.lexicon, matter), owner_words_known(ctx, matter)
    text = texts.dissatisfied_for_chief(matter.number, title, owner, words)
    fields = notice_fields(ctx, matter, "dissatisfied")
    if not rules.may_reopen(matter):
        leader = ctx.directory.holder_upwards(Role.TOWN_LEADER, matter.village_id)
        if leader:
            ctx.tell(leader, text, "matter.dissatisfied", once=f"matter:{matter.id}:leader", fields=fields)
        return ctx.reply(texts.second_dissatisfaction(matter.number, texts.who(leader, None) if leader else ""))
    due_at = answer_by(Urgency.P2 if matter.urgency is Urgency.P3 else matter.urgency, ctx.now, ctx.words.calendar)
    reopened = ctx.store.matters.change(matter, rules.reopen(matter, due_at), ctx.step("reopened"))
    due_words = texts.by(reopened)
    _tell_handler(ctx, reopened, texts.reopened_for_owner(matter.number, title, words, due_words), "reopened")
    chief = chief_of(ctx.directory, matter.village_id)
    if chief and chief.id != matter.owner_id:
        ctx.tell(chief, text, "matter.dissatisfied", once=f"matter:{matter.id}:chief", fields=fields)
    return ctx.reply(texts.reopened(matter.number, owner, due_words, chief.name if chief else ""))


def _close_questions(ctx: Context, matter: Matter, kind: str, *, of: int | None = None) -> None:
    """Close what was asked about the matter: the sender, or another contact."""
    for question in ctx.store.questions.open_for(of or ctx.sender.contact.id, ctx.now):
        if question.kind == kind and question.thing_id == matter.id:
            ctx.store.questions.close(question, ctx.now)


# -- the keeper


@intent("dept.accept", who=HANDLERS, needs_proof=True)
def accept(ctx: Context) -> None:
    """007 收到: the reporter hears that it has arrived, and by when it will be done. A bare 收到 means what is new."""
    matter = _handled(ctx, Status.FILED)
    changed = ctx.store.matters.change(matter, rules.accept(matter), ctx.step("accepted", ctx.role_in(HANDLERS)))
    title = title_of_matter(ctx.words.lexicon, matter)
    said_by = texts.who(ctx.person, office_of(ctx.directory, ctx.person, matter.village_id)) if ctx.person else ""
    text = texts.accepted_for_reporter(matter.number, title, said_by, texts.by(matter))
    _tell_reporter(ctx, changed, text, f"accepted:{matter.reopened}")
    ctx.reply(texts.accepted(matter.number) if changed.contact_id else texts.accepted_sealed(matter.number))


@intent("dept.done", who=HANDLERS, needs_proof=True)
def finish(ctx: Context) -> None:
    """007 办好了 换了灯泡: the reporter is told what was done and asked how it is. A bare 办好了 is asked what was done."""
    matter = _handled(ctx)
    words = remarks.work_done(ctx.said, is_named=bool(ctx.understanding.slots.get("number")))
    if not words:
        rules.finish(matter, "?", ctx.now)  # only a living one is worth asking about
        ctx.ask("result", matter.id, (), CHOICE_FOR)
        return ctx.reply(texts.needs_result(matter.number))
    return _finish(ctx, matter, words)


@answers("result")
def take_result(ctx: Context, question: OpenQuestion, said: str) -> None:
    """换了灯泡 after 怎么办的说一句就行."""
    if ctx.understanding.certain and ctx.understanding.intent not in (None, "report", "dept.done", "rate"):
        raise NotUnderstood("result")
    matter = ctx.store.matters.get(question.thing_id, to_change=True)
    words = remarks.work_done(said, is_named=False)
    if matter is None or not words:
        raise NotUnderstood("result")
    _finish(ctx, matter, words)


def _finish(ctx: Context, matter: Matter, words: str) -> None:
    done = ctx.store.matters.change(
        matter, rules.finish(matter, words, ctx.now), ctx.step("done", ctx.role_in(HANDLERS))
    )
    _close_questions(ctx, matter, "result")
    if done.contact_id is not None:
        _close_questions(ctx, matter, "withdraw", of=done.contact_id)
        title = title_of_matter(ctx.words.lexicon, done)
        text = texts.done_for_reporter(done.number, title, done.result, owner_words_known(ctx, done))
        _tell_reporter(ctx, done, text, f"done:{done.reopened}")
        ctx.ask("rating", done.id, ("1", "2", "3"), rules.RATE_WITHIN, to=done.contact_id)
    ctx.reply(texts.done(done.number) if done.contact_id else texts.done_sealed(done.number))


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
        matter = _newest(found, number)
    else:
        mine = ctx.store.matters.living_of_owner(person.id) if person else []
        mine = [m for m in mine if m.status is first] or mine
        if len(mine) != 1:
            raise Refused(Reason.WHICH, numbers=[m.number for m in mine[:4]])
        matter = mine[0]
    ctx.is_secret = ctx.is_secret or matter.is_sealed
    return ctx.store.matters.held(matter)


def _tell_handler(ctx: Context, matter: Matter, text: str, fact: str) -> None:
    owner = ctx.store.people.person(matter.owner_id) if matter.owner_id else None
    if owner is not None:
        fields = notice_fields(ctx, matter, fact)
        ctx.tell(owner, text, "matter.update", once=f"matter:{matter.id}:{fact}", fields=fields)


def _tell_reporter(ctx: Context, matter: Matter, text: str, fact: str) -> None:
    if matter.contact_id is not None:
        once, fields = f"matter:{matter.id}:{fact}", notice_fields(ctx, matter, fact)
        ctx.tell_contact(matter.contact_id, text, "matter.progress", once=once, priority=Priority.REPLY, fields=fields)


# -- pictures and voice


@on(Kind.IMAGE, Kind.VIDEO, Kind.LOCATION, Kind.LINK)
def picture(ctx: Context) -> None:
    """A picture or a place joins the matter of the last hour; alone it is kept and asked about."""
    recent = [
        m for m in ctx.store.matters.reported_by(ctx.sender.contact.id)
        if m.is_living and ctx.now - m.filed_at < timedelta(hours=1)
    ]  # fmt: skip
    words = _described(ctx)
    ctx.store.media.expect(ctx.incoming, ctx.sender.contact.id, recent[0].id if recent else None, ctx.now)
    if recent:
        ctx.store.matters.add_note(recent[0], ctx.incoming.kind, words, ctx.sender.contact.id, ctx.now)
        _tell_handler(
            ctx, recent[0], texts.addition_for_owner(recent[0].number, "[图片]"), f"note:{ctx.incoming.digest}"
        )
        return ctx.reply(texts.picture_added(recent[0].number))
    waiting = [q.data for q in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now) if q.kind == "picture"]
    ctx.ask("picture", 0, (), CHOICE_FOR, data="\n".join([*waiting, words]))
    return ctx.reply(texts.picture_alone())


def _described(ctx: Context) -> str:
    place, media = ctx.incoming.place, ctx.incoming.media
    if place is not None:
        return f"{place.label} {place.latitude},{place.longitude}".strip()
    return media.media_id if media else ctx.incoming.text


@on(Kind.VOICE)
def voice(ctx: Context) -> None:
    """A voice the platform could not read becomes a matter for a person to listen to; it is never `no complaint`."""
    if ctx.said:
        return take_words(ctx, ctx.said)
    media = ctx.incoming.media
    matter = file_matter(ctx, Draft(UNHEARD, UNKNOWN_TOPIC, Urgency.P2))
    ctx.store.matters.add_note(matter, "voice", media.media_id if media else "", ctx.sender.contact.id, ctx.now)
    ctx.store.media.expect(ctx.incoming, ctx.sender.contact.id, matter.id, ctx.now)
    return ctx.reply(f"{texts.voice_kept()}\n编号 {matter.number}")
