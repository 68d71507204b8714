"""The matters in a keeper's hands, spoken of without a command: which are left, who reported one, how far it is.

叫电工了 or 等配件 from a keeper with one open matter tells of that matter; filed as a new one it would go back to him.
"""

from __future__ import annotations

import re
from datetime import timedelta

from domain.matters import Matter, Reason, Status
from domain.organisation import Person, Role
from domain.refusals import Refused
from handlers import (
    afterwards,
    asking_back,
    assigning,
    danger_over,
    deciding,
    handling,
    interim,
    keeper_short,
    keeper_words,
    remarks,
    tracking,
    undone,
)
from handlers.context import Context
from handlers.filing import (
    UNKNOWN_TOPIC,
    clear_topic,
    place_name,
    reporter_of,
    reporter_words,
    teller_of,
    title_of_matter,
    villages_in,
)
from handlers.matter_lookup import HANDLERS, fits, in_charge, newest, told_by_one_named, which
from handlers.recode import CLASSIFIERS, may_not, recode
from handlers.registry import intent
from handlers.texts import in_hand as texts
from handlers.texts import matters as matter_texts

# Those who answer for more than their own hands: they are shown everybody's, with whose each is.
OVERSEERS = frozenset(
    {Role.GRID_CHIEF, Role.SECRETARY, Role.VC, Role.CLERK, Role.SUPERVISOR, Role.TOWN_CLERK, Role.TOWN_LEADER}
)
SHOWN = 4
_ONLY_LATE = re.compile("[超逾过]期|超时|红灯|黄灯|拖着|压着")


@intent("overdue", who=HANDLERS)
def worklist(ctx: Context) -> None:
    """超期的, 手上还有几件: what is not done, what is due first. Only what is late where he asks for that."""
    person = ctx.person
    if person is None:
        return ctx.reply(texts.nothing_left(is_own=True))
    villages = overseen(ctx, OVERSEERS)
    left = ctx.store.matters.unfinished(person.id, villages)
    late = [matter for matter in left if matter.due_at is not None and matter.due_at < ctx.now]
    is_own = not villages
    if not left:
        return ctx.reply(texts.nothing_left(is_own=is_own))
    if _ONLY_LATE.search(ctx.said) and not late:
        return ctx.reply(texts.none_late(len(left), is_own=is_own))
    shown = late if _ONLY_LATE.search(ctx.said) else left
    ctx.is_secret = ctx.is_secret or any(matter.is_sealed for matter in shown[:SHOWN])
    lines = [_line(ctx, matter, is_own=is_own) for matter in shown[:SHOWN]]
    return ctx.reply(texts.worklist(lines, len(left), len(late), len(shown) - len(lines), is_own=is_own))


def overseen(ctx: Context, roles: frozenset[Role]) -> set[int]:
    """Return the villages he answers for in one of these offices; none for who has only his own hands."""
    if ctx.person is None:
        return set()
    offices = [office for office in ctx.directory.offices_of(ctx.person.id) if office.role in roles]
    return {village for office in offices for village in villages_in(ctx.directory, office.area_id)}


def _take_somebodys(ctx: Context) -> bool:
    """小陈手上还有几件, of who answers for the village; what is sealed stays between its keeper and its teller."""
    whose = _whose(ctx)
    if whose is None or ctx.person is None:
        return False
    open_ones = ctx.store.matters.unfinished(ctx.person.id, overseen(ctx, OVERSEERS))
    return show_work_of(ctx, whose, [m for m in open_ones if m.owner_id == whose.id and not m.is_sealed])


def show_work_of(ctx: Context, whose: Person, left: list[Matter]) -> bool:
    late = sum(matter.due_at is not None and matter.due_at < ctx.now for matter in left)
    lines = [_line(ctx, matter, is_own=True) for matter in left[:SHOWN]]
    ctx.reply(texts.worklist_of(whose.name, lines, len(left), late))
    return True


def _press_somebody(ctx: Context) -> bool:
    """催一下小陈, of whoever answers for the village: the only matter in his hands, else he is shown which there are."""
    is_meant = bool(ctx.roles & OVERSEERS) and ctx.is_direct and remarks.presses_somebody(ctx.said)
    whose = assigning.named(ctx, ctx.village, ctx.said) if is_meant else None
    if whose is None or ctx.person is None or whose.id == ctx.person.id:
        return False
    open_ones = ctx.store.matters.unfinished(ctx.person.id, overseen(ctx, OVERSEERS))
    left = [matter for matter in open_ones if matter.owner_id == whose.id and not matter.is_sealed]
    if len(left) == 1:
        afterwards.urge_matter(ctx, ctx.store.matters.held(left[0]), "")
        return True
    return show_work_of(ctx, whose, left)


def _take_told_by(ctx: Context) -> bool:
    """老王反映的路灯咋样了, of whoever answers for it: what is open of those called so."""
    who = tracking.whose(ctx.said)
    if not who or ctx.person is None or not ctx.is_direct:
        return False
    left = ctx.store.matters.unfinished(ctx.person.id, overseen(ctx, OVERSEERS))
    told = [matter for matter in left if not matter.is_sealed and _is_of(ctx, matter, who)]
    about = [matter for matter in told if matter.code == ctx.reading.code] or told
    lines = [tracking.progress_line(ctx, matter) for matter in about[: tracking.SHOWN]]
    ctx.reply(matter_texts.progress(lines, 0) if lines else texts.none_told_by(who))
    return True


def _take_whether_done(ctx: Context) -> bool:
    """灯修好了吗, of whoever answers for the village and has no lamp in his own hands: where those that are open stand."""
    asks = bool(ctx.roles & OVERSEERS) and ctx.is_direct and undone.asks_whether_done(ctx.said)
    if not asks or ctx.person is None or ctx.understanding.intent != "dept.done":
        return False
    left = ctx.store.matters.unfinished(ctx.person.id, overseen(ctx, OVERSEERS))
    about = [matter for matter in left if not matter.is_sealed and matter.code == ctx.reading.code]
    if not about or any(matter.owner_id == ctx.person.id for matter in about):
        return False
    lines = [tracking.progress_line(ctx, matter) for matter in about[: tracking.SHOWN]]
    ctx.reply(matter_texts.progress(lines, 0))
    return True


def _is_of(ctx: Context, matter: Matter, who: str) -> bool:
    """王德福, 老王, 王婶 are all he whose name is 王德福."""
    reporter = reporter_of(ctx, matter)
    return reporter is not None and (reporter.name in who or reporter.name[0] in who[:2])


def _whose(ctx: Context) -> Person | None:
    """Whose work is asked about by who answers for the village."""
    asks = bool(ctx.roles & OVERSEERS) and ctx.is_direct and remarks.asks_of_somebody(ctx.said)
    return assigning.named(ctx, ctx.village, ctx.said) if asks else None


def _line(ctx: Context, matter: Matter, *, is_own: bool) -> str:
    owner = None if is_own else ctx.directory.officer(matter.owner_id)
    return texts.line(matter, title_of_matter(ctx.words.lexicon, matter), ctx.now, owner.name if owner else "")


def is_about_work(ctx: Context) -> bool:
    """Does a keeper speak of a matter by its number, or who is over him of the work in his hands?"""
    return bool(ctx.roles & HANDLERS) and (bool(remarks.split_number(ctx.said)[0]) or _whose(ctx) is not None)


def take(ctx: Context) -> bool:
    """Take what a keeper asks or says of the matters in his hands; False for everything else."""
    if not ctx.roles & HANDLERS or not ctx.is_proven:
        return False
    number, words = remarks.split_number(ctx.said)
    if number:
        return _take_named(ctx, number, words) or interim.take(ctx, number, words)
    number, words = remarks.split_glued(ctx.said)
    if number and in_charge(ctx, number):
        return _take_named(ctx, number, words) or interim.take(ctx, number, words)
    return (
        _take_somebodys(ctx)
        or _press_somebody(ctx)
        or _take_told_by(ctx)
        or _take_whether_done(ctx)
        or _take_unnamed(ctx)
    )


def _take_named(ctx: Context, number: str, words: str) -> bool:
    found = in_charge(ctx, number)
    is_his = any(fits(m, number) for m in ctx.store.matters.reported_by(ctx.sender.contact.id))
    if not found:
        if number.startswith("0") and not is_his:  # nothing else begins so; filed it would be a matter about nothing
            raise Refused(Reason.NO_SUCH, digits=number)
        return False
    matter = newest(found, number)
    ctx.is_secret = ctx.is_secret or matter.is_sealed
    if remarks.asks_who(words) or keeper_words.asks_to_see(words):
        ctx.reply(_details(ctx, matter))
        return True
    if ctx.understanding.intent == "dept.done" and undone.asks_whether_done(words):
        handling.answer_whether_done(ctx, matter)
        return True
    if matter.is_living and _take_word(ctx, matter, words):
        return True
    if matter.status is Status.DONE and keeper_words.takes_back_end(words):
        handling.take_back(ctx, ctx.store.matters.held(matter))
        return True
    if assigning.take(ctx, matter, words) or deciding.take(ctx, matter, words):
        return True
    if ctx.understanding.intent == "recode":  # 001 改类 用电 is no trouble with the current
        (recode if ctx.roles & CLASSIFIERS else may_not)(ctx)
        return True
    if not (matter.is_living or is_his or ctx.understanding.certain):  # as words of any day it would be filed anew
        raise Refused(Reason.ALREADY_ENDED, number=matter.number)
    if matter.is_living and ctx.person and matter.owner_id != ctx.person.id and remarks.presses(words):
        afterwards.urge_matter(ctx, ctx.store.matters.held(matter), words)
        return True
    return False


def _take_word(ctx: Context, matter: Matter, words: str) -> bool:
    """001 已知, 001 是哪根杆: he has read of it, or asks whoever told of it."""
    if keeper_words.says_read(words):
        handling.take_on(ctx, ctx.store.matters.held(matter))
        return True
    is_his_own = ctx.person is not None and matter.owner_id == ctx.person.id
    may_ask = is_his_own and not ctx.understanding.certain and not remarks.is_plan(words)
    asked = keeper_words.asked_back(words) if may_ask else ""
    if is_his_own and keeper_words.asks_consent(words) and not remarks.is_ended(words):  # 换了灯泡 您看行吗
        asked = words
    if asked:
        asking_back.ask(ctx, matter, asked)
    return bool(asked)


def _details(ctx: Context, matter: Matter) -> str:
    title = title_of_matter(ctx.words.lexicon, matter)
    if matter.is_sealed:
        return texts.details_sealed(matter, title)
    place = place_name(ctx.directory, teller_of(ctx, matter), matter.place_id, matter.place_text)
    return texts.details(matter, title, place, reporter_words(ctx, matter))


def _take_unnamed(ctx: Context) -> bool:
    if ctx.person is None:
        return False
    if not ctx.is_direct:
        return _take_in_group(ctx, ctx.person)
    if keeper_words.takes_back_end(ctx.said) and _take_back(ctx, ctx.person):
        return True
    if keeper_words.says_read_alone(ctx.said):
        return _take_read(ctx, ctx.person)
    if meant := keeper_short.meant(ctx.said):
        return _take_short(ctx, ctx.person, meant)
    if ctx.said.endswith(("收到", "收到了")) and not keeper_words.is_bare_receipt(ctx.said):
        return _take_received(ctx, ctx.person)
    if keeper_words.asks_which(ctx.said):
        return _ask_which(ctx, ctx.person)
    if keeper_words.speaks_of_work(ctx.said):
        return _take_word_on(ctx, ctx.person)
    if ctx.understanding.certain:
        return False
    for matter in ctx.store.matters.living_of_owner(ctx.person.id) if danger_over.is_over(ctx.said) else ():
        if danger_over.ends(ctx, matter):
            handling.finish_with(ctx, ctx.store.matters.held(matter), ctx.said)
            return True
    if remarks.asks_of_it(ctx.said):
        mine = ctx.store.matters.living_of_owner(ctx.person.id)
        if mine:
            ctx.reply(_details(ctx, _only_one(ctx, mine)))
        return bool(mine)
    return _take_work(ctx, ctx.person)


def _take_in_group(ctx: Context, person: Person) -> bool:
    """水管爆了 明天修, where he calls us in the group: of the matter of that kind in his hands, and no new one."""
    if not remarks.is_plan(ctx.said) or ctx.understanding.certain or len(ctx.said) > keeper_short.LONGEST:
        return False
    about = [matter for matter in ctx.store.matters.living_of_owner(person.id) if matter.code == ctx.reading.code]
    if len(about) != 1 or about[0].is_sealed:
        return False
    interim.tell(ctx, about[0], ctx.said)
    return True


def _take_word_on(ctx: Context, person: Person) -> bool:
    """明儿个后晌去, 村里没钱, of the only matter in hand, or the only one it can be about. False where he has none."""
    mine = ctx.store.matters.living_of_owner(person.id)
    if not mine or any(matter.is_living for matter in ctx.store.matters.reported_by(ctx.sender.contact.id)):
        return False  # with one of his own he may speak of that
    about = [matter for matter in mine if matter.code == ctx.reading.code]
    interim.tell(ctx, _only_one(ctx, about if len(about) == 1 else mine), ctx.said)
    return True


# So long after it came to him a nod (好的) is about it.
_JUST_FILED = timedelta(hours=2)


def _take_short(ctx: Context, person: Person, meant: keeper_short.Meant) -> bool:
    """没空, 已上报, 谁报的, 好的, of the matter in his hands. False where he has none, or told of one himself."""
    mine = ctx.store.matters.living_of_owner(person.id)
    if meant == "read":
        mine = [m for m in mine if (m.status is Status.FILED and ctx.now - m.filed_at <= _JUST_FILED) or m.reopened]
        mine = mine if len(mine) == 1 else []
    if not mine or any(matter.is_living for matter in ctx.store.matters.reported_by(ctx.sender.contact.id)):
        return False
    matter = ctx.store.matters.held(_only_one(ctx, mine))
    if meant == "read":
        handling.take_on(ctx, matter)
    elif meant == "details":
        ctx.reply(_details(ctx, matter))
    else:
        (asking_back.ask if meant == "ask" else interim.tell)(ctx, matter, ctx.said)
    return True


def _take_received(ctx: Context, person: Person) -> bool:
    """都收到了, of all that is new to him; 灯的那个收到了, of the one it names. False for other words."""
    if keeper_short.receives_all(ctx.said):
        new = [matter for matter in ctx.store.matters.living_of_owner(person.id) if matter.status is Status.FILED]
        if new:
            handling.accept_all(ctx, [matter.number for matter in new])
        return bool(new)
    what = keeper_short.receives_one(ctx.said)
    if not what:
        return False
    mine = ctx.store.matters.living_of_owner(person.id)
    about = [matter for matter in mine if matter.code in (ctx.reading.code, *ctx.reading.choices)]
    about = [matter for matter in about if matter.code == ctx.reading.code] or about
    about = about or [matter for matter in mine if what in matter.text]
    if len(about) == 1:
        ctx.is_secret = ctx.is_secret or about[0].is_sealed
        handling.take_on(ctx, ctx.store.matters.held(about[0]))
    return len(about) == 1


# So long after 办好了 a bare 搞错了 is about that.
_JUST_DONE = timedelta(hours=2)


def _take_back(ctx: Context, person: Person) -> bool:
    """搞错了, 说错了 是001, soon after he has said that one is done. False where he has said so of none."""
    done = ctx.store.matters.done_of_owner(person.id, ctx.now - _JUST_DONE)
    if not done:
        return False
    last = max(done, key=lambda matter: matter.ended_at or matter.filed_at)
    ctx.is_secret = ctx.is_secret or last.is_sealed
    handling.take_back(ctx, ctx.store.matters.held(last))
    return True


def _take_read(ctx: Context, person: Person) -> bool:
    """知道了, of one that is new to him. False where none is."""
    new = [matter for matter in ctx.store.matters.living_of_owner(person.id) if matter.status is Status.FILED]
    if new:
        handling.take_on(ctx, ctx.store.matters.held(_only_one(ctx, new)))
    return bool(new)


def _ask_which(ctx: Context, person: Person) -> bool:
    """哪个路灯, of the only matter in hand it can be about."""
    mine = ctx.store.matters.living_of_owner(person.id)
    named = clear_topic(ctx.reading)
    if named is not None and named != UNKNOWN_TOPIC:
        mine = [matter for matter in mine if matter.code == named]
    if mine:
        asking_back.ask(ctx, _only_one(ctx, mine), ctx.said)
    return bool(mine)


def _take_work(ctx: Context, person: Person) -> bool:
    if undone.asks_whether_done(ctx.said):
        return False  # no report of his; of his only matter it is asked (handling.finish)
    is_over = remarks.is_ended(ctx.said) and not remarks.is_open(ctx.said)
    is_his_work = is_over or remarks.is_beyond_him(ctx.said) or remarks.has_been_there(ctx.said) or not ctx.in_trouble
    is_his_work = is_his_work or remarks.did_not_reach(ctx.said)  # 他电话打不通 is no matter of the network
    is_told = is_his_work and (remarks.tells_of_work(ctx.said) or remarks.did_not_reach(ctx.said))
    is_told = is_told or undone.tells_of_trying(ctx.said)
    if not is_told and not (is_over and not ctx.in_trouble and keeper_words.tells_end(ctx.said)):
        return False
    mine = ctx.store.matters.living_of_owner(person.id)
    if is_told and is_over and not mine:
        ctx.reply(matter_texts.nothing_in_hand())
        return True
    heard = (ctx.reading.code, *ctx.reading.choices)
    about = [matter for matter in mine if matter.code == heard[0]] or [m for m in mine if m.code in heard]
    if not mine or not (is_told or about):  # 水管那个修好了 换了截管子, where nothing of water is in his hands
        return False
    matter = ctx.store.matters.held(_only_one(ctx, about or mine))
    if is_over:
        handling.finish_with(ctx, matter, ctx.said)
    else:
        interim.tell(ctx, matter, ctx.said)
    return True


def _only_one(ctx: Context, mine: list[Matter]) -> Matter:
    """The one he must mean; what is answered about a sealed one is secret. Raises Refused where there are several."""
    mine = told_by_one_named(ctx, mine, ctx.said) if len(mine) > 1 else mine
    if len(mine) > 1:
        raise which(ctx, mine)
    ctx.is_secret = ctx.is_secret or mine[0].is_sealed
    return mine[0]
