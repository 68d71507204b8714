"""人工: somebody asked for a person. Whoever is to call says 好 我给他打 or 打过了, and the asker hears that he will."""

from __future__ import annotations

from datetime import timedelta

from domain.contacts import Sender
from domain.matters import Status
from domain.organisation import Person
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers import remarks
from handlers.context import Context
from handlers.filing import office_of
from handlers.registry import answers
from handlers.texts import calling as texts
from handlers.texts.matters import who
from nlp.lazy import regex
from storage.outbox import Priority

CALL_WITHIN = timedelta(hours=48)
CHARS = 20
_OF_CALLING = regex("[打回]|联系|电话|说")
_DONE = regex(
    r"(?:我|已经|刚|都)*(?:[给跟和](?:他|她|老?[\u4e00-\u9fff]{1,3}))?(?:已经|刚|都)*(?:电话)?(?:(?:打|联系|回|说|问|办|处理|解决|谈|讲)(?:过|好|完|清楚|通|上|妥)|(?:打|联系|回)(?:电话)?)了?(?:他|她)?(?:电话)?(?:了|啦)?"
)
_MISSED = regex(
    r"(?:我|已经|刚|都|刚才)*(?:[给跟和](?:他|她|老?[\u4e00-\u9fff]{1,3}))?(?:打|回|电话|联系)?(?:过|了|去|他|她|电话|好?几[次遍个]|[一两三]次)*[\s,，]*"
    r"(?:(?:都|也|老是|一直)*(?:没人?接|打?不通|没打通|关机|停机|空号|占线|无人接听|不接))(?:电话)?(?:了|呢|啊)?"
)
_WILL = regex(
    r"(?:收到|好的?|行|嗯+|知道了|要得|中)(?:了|吧)?"
    r"|(?:(?:收到|好的?|行|嗯+|知道了|要得)[\s,，。]*)?(?:我|这就|马上|现在|立刻|一会儿?|等会儿?|等下|下午|上午|晚上|明天|待会儿?|回头|就|来|去)*"
    r"(?:给|跟|和|找|联系|打给|回给?)(?:他|她|老?[\u4e00-\u9fff]{0,3})?(?:去|回|打|个|过去|一下|电话|联系|说|聊聊|过来)*(?:吧|哈)?"
    r"|(?:(?:收到|好的?|行|嗯+|知道了)[\s,，。]*)?(?:我|这就|马上|现在|一会儿?|等会儿?|下午|上午|晚上|明天)+(?:就)?(?:打|回|联系|去)(?:电话|过去|他|她|个)*(?:吧)?"
)


def ask(ctx: Context, person: Person) -> None:
    """Open to whoever is asked to call: what he answers is for the one who asked."""
    asker = str(ctx.sender.contact.id)
    for contact in ctx.store.people.contacts_of([person.id]):
        ctx.ask("call", ctx.sender.contact.id, (), CALL_WITHIN, to=contact.contact.id, data=asker)


@answers("call")
def answer(ctx: Context, question: OpenQuestion, said: str) -> None:
    """收到, 好 我给他打: the asker hears it. 打过了: it is done. What is said of a newer matter is not for him."""
    words = said.strip(" 。！!~")
    if len(words) > CHARS:
        raise NotUnderstood("call")
    is_done = _DONE.fullmatch(words) is not None
    missed = remarks.did_not_reach(words) or _MISSED.fullmatch(words) is not None
    is_meant = missed or is_done or _WILL.fullmatch(words) is not None
    if not is_meant or (not _OF_CALLING.search(words) and _is_of_other(ctx, question, is_done=is_done)):
        raise NotUnderstood("call")
    if _means_another(ctx, question, words):
        raise NotUnderstood("call")
    asker = ctx.store.people.contact(int(question.data))
    name = asker.person.name if asker and asker.person else ""
    if is_done:
        ctx.store.questions.close(question, ctx.now)
        return ctx.reply(texts.called(name))
    _tell_asker(ctx, asker, question, missed=missed)
    if missed:
        return ctx.reply(texts.not_reached(name))
    return ctx.reply(texts.will_call(name, asker.person.phone if asker and asker.person else ""))


_WHOM = regex(r"[给跟和找](?:[老小](?P<a>[\u4e00-\u9fff])|(?P<b>[\u4e00-\u9fff])大?[婶叔嫂爷奶伯哥姐姨])")


def _means_another(ctx: Context, question: OpenQuestion, words: str) -> bool:
    """给老王打, where 王德福 asked as well as this one: by their surnames, as far as they tell."""
    named = _WHOM.search(words)
    if named is None:
        return False
    open_ = ctx.store.questions.open_for(question.contact_id, ctx.now)
    begins = {each.id: _surname(ctx, each) for each in open_ if each.kind == "call"}
    surname = named["a"] or named["b"]
    return begins.get(question.id) != surname and surname in begins.values()


def _surname(ctx: Context, question: OpenQuestion) -> str:
    asker = ctx.store.people.contact(int(question.data))
    return asker.person.name[:1] if asker and asker.person else ""


def _is_of_other(ctx: Context, question: OpenQuestion, *, is_done: bool) -> bool:
    """Is there something else that a bare 收到 or 办好了 may be said of?"""
    if ctx.store.questions.open_for(question.contact_id, ctx.now)[-1].asked_at > question.asked_at:
        return True
    mine = ctx.store.matters.living_of_owner(ctx.person.id) if ctx.person else []
    return any(is_done or matter.status is Status.FILED for matter in mine)


def _tell_asker(ctx: Context, asker: Sender | None, question: OpenQuestion, *, missed: bool) -> None:
    if asker is None or ctx.person is None:
        return
    name = who(ctx.person, office_of(ctx.directory, ctx.person, ctx.village.id))
    text = texts.tried(name) if missed else texts.knows(name)
    once = f"call:{question.id}:{ctx.now:%y%m%d%H}" if missed else f"call:{question.id}"
    ctx.tell_contact(asker.contact.id, text, "human", once=once, priority=Priority.REPLY)
