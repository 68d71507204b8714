"""不对 我说的是浇地没水, 选错了 是2: the matter just told is another thing than it was taken for. It is set right, not
filed twice."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from domain.matters import Matter, Urgency
from domain.questions import OpenQuestion
from handlers import afterwards, discreet, whereabouts
from handlers.context import Context
from handlers.filing import answer_by, clear_topic, owner_words_known, title_of
from handlers.matter_news import tell_handler
from handlers.question_kinds import WAITING_KINDS
from handlers.texts import correcting as texts
from nlp.lazy import regex
from nlp.numbers import said_number
from nlp.words import classify

CHARS = 40
_WRONG = r"(?:你们?)?(?:我)?(?:刚才|刚刚)?(?:记|说|讲|打|写|弄|搞|选|点|分|归|听|理解|发)?错(?:类|地方)?"
_CORRECTS = regex(
    rf"(?:(?:不是(?:这个)?(?:意思|这个|这样|这事)?|不对|{_WRONG})(?:了|啊|呀|哦)?[\s,，。!！]*)+"
    r"(?:(?:我)?(?:说|讲|反映|问|指|选)的是|我是(?:说|讲)|我(?:要|想)(?:说|反映)的?(?:是)?|应该是|应当是|该是|应该选|是|选|改成)(?P<what>.{1,30})"
    rf"|(?:(?:不对|{_WRONG})(?:了|啊|呀|哦)?[\s,，。!！]*)?"
    r"不是(?P<but>[^\s,，。是]{1,8})[\s,，。]*(?:而)?(?:应该)?是(?P<instead>.{2,30})",
    re.DOTALL,
)
_WHOSE = regex(
    r"(?:我|俺)?(?:们)?(?:家)?(?:隔壁|邻居|对门|后头|前头|屋后)?(?:的)?(?:老|小)?[\u4e00-\u9fff]{0,3}(?:家|屋头|屋里)(?:的)?(?:[\s,，。]*(?:我)?(?:是)?(?:替|帮|代).{1,4}(?:说|讲|问|报|反映)的?)?"
)
_MAY = regex("不是|不对|错")


def take(ctx: Context) -> bool:
    """Take words that say what the matter he has just told really is; False for all others."""
    said = ctx.said.strip(" 。！!")
    if not ctx.is_direct or len(said) > CHARS or _MAY.search(said) is None:
        return False
    met = _CORRECTS.fullmatch(said)
    matter = whereabouts.newest(ctx) if met else None
    if met is None or matter is None or matter.is_sealed or discreet.is_unfit(ctx, ctx.said):
        return False
    questions = ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)
    if any(question.kind in WAITING_KINDS for question in questions):
        return False
    if met["but"] and matter.code not in _read_as(ctx, met["but"]):  # 不是我家门口 是学校门口
        return False
    what = (met["what"] or met["instead"]).strip(" ,，")
    if _WHOSE.fullmatch(what):  # whose it is changes nothing of what it is
        afterwards.add_to(ctx, matter, ctx.said)
        return True
    code = _chosen(questions, matter, what) or _meant(ctx, what)
    if code == matter.code or (code is None and met["but"]):  # 不是路灯 是门灯: another word for it, or of it
        afterwards.add_to(ctx, matter, ctx.said)
        return True
    if code is None:
        return False
    _set_right(ctx, ctx.store.matters.held(matter), code)
    return True


def _chosen(questions: tuple[OpenQuestion, ...], matter: Matter, what: str) -> str | None:
    """2, of the choices he was given before."""
    number = said_number(what)
    kept = next((q for q in reversed(questions) if q.kind == "topic.chosen" and q.thing_id == matter.id), None)
    codes: list[str] = json.loads(kept.data) if kept else []
    return codes[number - 1] if number is not None and 1 <= number <= len(codes) else None


def _read_as(ctx: Context, words: str) -> tuple[str | None, ...]:
    reading = classify(ctx.words.lexicon, words)
    return (reading.code, *reading.choices)


def _meant(ctx: Context, what: str) -> str | None:
    """The code of what he names; none of what must be sealed, which is told anew."""
    reading = classify(ctx.words.lexicon, what)
    if reading.sealed or reading.danger or any(ctx.words.lexicon.topics[c].sealed for c in (reading.code,) if c):
        return None
    return clear_topic(reading)


def _set_right(ctx: Context, matter: Matter, code: str) -> None:
    reading = classify(ctx.words.lexicon, ctx.said)
    urgency, due_at = matter.urgency, matter.due_at
    if reading.urgency and Urgency(reading.urgency) < urgency:  # P1 comes before P2
        urgency = Urgency(reading.urgency)
        due_at = answer_by(urgency, ctx.now, ctx.words.calendar)
    text = f"{matter.text}\n{ctx.said}"
    changed = replace(matter, code=code, second_code="", text=text, urgency=urgency, due_at=due_at)
    ctx.store.matters.change(matter, changed, ctx.step(f"corrected:{matter.code}>{code}"))
    ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
    title = title_of(ctx.words.lexicon, code)
    tell_handler(ctx, changed, texts.set_right_for_owner(changed, title, ctx.said), f"note:{ctx.incoming.digest}")
    ctx.reply(texts.set_right(changed, title, owner_words_known(ctx, changed)))
