"""What the village may not see, whatever it is said beside: blame of a cadre behind 人工, in a rating, in an addition, while
a fire burns. It goes its own way, sealed; what it was said beside goes on without it (rulings, Sealed matters)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from domain.matters import Matter, Urgency
from domain.refusals import NotUnderstood
from handlers.accusing import accuses_by_name, blames_alone, is_unfit
from handlers.alerting import keep_from_alarms
from handlers.complaining import complains, must_hide, names_somebody, without_him
from handlers.context import Context
from handlers.filing import AT_HOME, BY_CONDUCT, NO_MATTER, OF_DESPAIR, QUIET, draft_of
from handlers.matter_lookup import HANDLERS
from handlers.matters import file_words
from handlers.parting import apart
from handlers.registry import ANSWERS
from handlers.texts import discreet as texts
from nlp.words import classify

__all__ = ["is_unfit", "take", "take_aside"]


def take_aside(ctx: Context, words: str) -> bool:
    """File such words out of the village's sight and say so; False where there is nothing in them to hide."""
    if not must_hide(ctx, words):
        return False
    hide(ctx, words)
    return True


def hide(ctx: Context, words: str) -> None:
    """File them out of the village's sight, and openly what of them is a matter anybody may see."""
    keep_from_alarms(ctx, words)
    for part in apart(ctx, words, classify(ctx.words.lexicon, words)):
        draft = draft_of(classify(ctx.words.lexicon, part), part)
        is_hidden = draft.is_sealed or must_hide(ctx, part) or part == words
        is_known = draft.is_sealed and not _only_resembles(ctx, draft.code, part)
        code = draft.code if is_known or not is_hidden else BY_CONDUCT
        urgency = max(draft.urgency, Urgency.P1)  # no alarm is raised for it: whoever may read it is told at once
        file_words(ctx, replace(draft, code=code, urgency=urgency if is_hidden else draft.urgency, is_sealed=is_hidden))


def _only_resembles(ctx: Context, code: str, words: str) -> bool:
    """Whether blame of who is in office only resembles violence at home or despair: it is for those above him."""
    if code == AT_HOME:
        return complains(ctx, words) or accuses_by_name(ctx, words)
    return code == OF_DESPAIR and blames_alone(ctx, words)


def reason(ctx: Context, why: str) -> tuple[str, str]:
    """What others may read of why he is not satisfied, and what is to be hidden of it: all of it, as soon as somebody in
    office is named, for who is named beside 不满意 is blamed."""
    if not (must_hide(ctx, why) or names_somebody(ctx, why)):
        return why, ""
    return without_him(ctx, why) or texts.NOT_SAID, why


def promise(ctx: Context, matter: Matter) -> None:
    """Too late to take his name off it: nobody else hears it from now on. Of a stranger none was told."""
    ctx.store.matters.add_note(matter, QUIET, ctx.said, ctx.sender.contact.id, ctx.now)
    is_named = matter.reporter_id is not None
    ctx.reply(texts.told_already(matter.number) if is_named else texts.told_without_name(matter.number))


_TO_TELL = re.compile(
    "(?:我们?)?(?:要|想|来)?(?P<named>实名)?(?:举报|检举|揭发|告状)(?:一?个?(?:人|事|干部|情况)|一下)?[。.!！]*"
    "|我们?(?:要|想)告(?:一?个?(?:人|村委会?|村里|村上|干部)|他)[。.!！]*"
)
STORY_FOR = timedelta(minutes=30)


def _asks_what(ctx: Context) -> bool:
    """我要举报, and nothing of what: he is asked, and hears who will read it (handlers/anonymous.py takes it)."""
    found = _TO_TELL.fullmatch(ctx.said)
    if found is not None:
        ctx.ask("anonymous", 0, (), STORY_FOR)
        ctx.reply(texts.ask_accusation(is_named=bool(found["named"])))
    return found is not None


def take(ctx: Context) -> bool:
    """Take a villager's words that blame somebody in office by his name, before they are read as anything else; and what
    tells on anybody and merely sounds like a command, or like nothing (他发那种下流照片给我)."""
    if not (ctx.is_direct or ctx.incoming.addressed) or ctx.roles & HANDLERS:
        return False
    if _asks_what(ctx):
        return True
    is_blame = complains(ctx, ctx.said) or accuses_by_name(ctx, ctx.said)
    if is_blame and _rates(ctx):
        return True
    return (is_blame or _sounds_like_another(ctx)) and take_aside(ctx, ctx.said)


_SCORED = re.compile(r"\s*([123])[\s,，。、.:：]*(?=[^\d\s])")
_SCORES = {"1": "满意，", "2": "凑合，", "3": "不满意，"}


def _rates(ctx: Context) -> bool:
    """3 小陈问我要了一包烟才捞, or what he blames when asked why: the rating counts, and its reason is kept back."""
    for question in reversed(ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)):
        scored = _SCORED.match(ctx.said) if question.kind == "rating" else None
        if ctx.is_proven and (scored is not None or question.kind == "rating.why"):
            said = _SCORES[scored[1]] + ctx.said[scored.end() :] if scored else ctx.said
            try:
                ANSWERS[question.kind](ctx, question, said)
            except NotUnderstood:
                continue
            return True
    return False


def _sounds_like_another(ctx: Context) -> bool:
    understood = ctx.understanding
    if understood.certain or not ctx.reading.sealed or ctx.reading.petition:
        return False
    return understood.intent not in ("report", "anonymous") or ctx.reading.code == NO_MATTER
