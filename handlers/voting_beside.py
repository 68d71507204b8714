"""What is said beside a vote, and is more than a reason: a matter of its own, blame, that somebody presses or buys votes.
Nothing of it is lost, and what the village may not see it does not see."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers import asides, danger, danger_check, discreet
from handlers.accusing import called
from handlers.context import Context
from handlers.filing import BY_CONDUCT, CONDUCT, draft_of
from handlers.matters import file_words
from nlp.ballot_pressed import holds_title, may_press, presses_votes, pressing_begins, told_by
from nlp.words import classify

SHORTEST = 4
_OF_VOTES = (*CONDUCT, "GO04")
_CLAUSES = re.compile(r"[\s,，。;；!！]+(?:还有|另外|再就是)?")


def presses(ctx: Context, words: str) -> bool:
    """Do the words tell that somebody presses for a choice or buys votes, or that somebody in office says what to choose?"""
    if len(words) < SHORTEST or not may_press(words):
        return False
    if presses_votes(words):
        return True
    return is_by_office(ctx, words)


def is_by_office(ctx: Context, words: str) -> bool:
    """Is it somebody in office who presses, or says what to choose?"""
    begins = pressing_begins(words)
    who = told_by(words) if begins is None else words[:begins]
    return bool(who and (holds_title(who) or who in called(ctx)))


def file_pressed(ctx: Context, words: str) -> None:
    """File it out of the village's sight; a matter of another kind told in the same breath goes its own way."""
    lexicon = ctx.words.lexicon
    clauses = [clause for clause in _CLAUSES.split(words) if clause]
    beside = [clause for clause in clauses if _is_apart(ctx, clause)]
    told = "，".join(clause for clause in clauses if clause not in beside) if beside else words
    draft = draft_of(classify(lexicon, told), told)
    file_words(ctx, replace(draft, code=draft.code if draft.code in _OF_VOTES else BY_CONDUCT, is_sealed=True))
    for clause in beside:
        file_words(ctx, draft_of(classify(lexicon, clause), clause))


def _is_apart(ctx: Context, clause: str) -> bool:
    """我家停电了 has nothing to do with who presses; 他 and 她 may be the one."""
    is_of_it = presses(ctx, clause) or discreet.is_unfit(ctx, clause) or {"他", "她"} & set(clause)
    return not is_of_it and asides.is_matter(ctx, clause)


def take(ctx: Context, rest: str) -> None:
    """What he says beside his vote: a cry for help before all else, blame its own way, sealed; what is surely a matter is filed."""
    threat = ctx.ears.heard(rest).danger
    if threat is not None and (threat.certain or threat.is_named):  # 我投豫剧团，我家着火了
        ctx.said = rest
        if threat.certain:
            danger.raise_alarm(ctx, threat, rest)
            return None
        return danger_check.ask_first(ctx, threat)
    if presses(ctx, rest):
        return file_pressed(ctx, rest)
    return None if discreet.take_aside(ctx, rest) else asides.take(ctx, rest)
