"""Is somebody in danger right now? The first look at every text of every scene, so it must cost next to nothing.

Two looks are added up: patterns (what the words say outright) and the wording, by letters, pairs and signs with weights
for and against danger (who is named, whether somebody answers, whether it is past, supposed, taught, played, over).
Either may alarm or ask alone.

A find inside an idiom (热死了, 火锅) is none. One that is past, supposed, told or seen on a screen counts less; a cry for
help in the same message makes even those certain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nlp.patterns import Groups, Lazy, Scan
from nlp.pieces import Pieces
from nlp.places import without_spot
from nlp.rules import BadRule, Cue, CueTable, Row, read_cues, read_pattern, refuse_doubles, table_of
from nlp.tone import Tone, compile_tone

KINDS = (
    "fire", "gas", "drowning", "collapse", "flood", "shock", "traffic", "violence", "suicide", "missing", "poison",
    "medical",
)  # fmt: skip
NUMBERS = ("110", "119", "120", "122", "12356")
EFFECTS = ("no", "ask", "sure")
WHERES = ("over", "before", "near")

SIDES = ("danger", "calm")
# In tenths of a logit. Measured: docs/rules.md.
VERDICTS = {"sure": 15, "ask": -8, "none": -11, "vague": -20, "no": -34}
"""What a find adds to the points of the wording around it; without any, `vague` is for a text that names persons, a
time or a call for help, but nothing that threatens, `no` for one that holds a harmless idiom, `none` for the others."""
ALARM, ASK = -2, {"sure": -75, "ask": -115, "none": -15, "no": -2}
"""From how many points it alarms and asks. What was said outright is asked about unless all else speaks against it."""
EVERY_DAY = 10
"""How many points less wording alone counts where the words are surely about a matter of every day (nlp/words.py)."""
RAISE = -31
"""From how many points wording alone makes a short text P1, though it is not asked about: it may be a cry after all."""
RAISE_IDLE = -24
"""The same for a text that holds a harmless idiom."""
ALARM_LETTER = 60
"""Letters tell of dangers long past and far away: to alarm, the words around a find must sound like a cry."""
LONGEST = 60
"""Letters that are weighed together; weights add up, so a long letter must not be taken as one cry."""
SPOKEN = 80
"""Longer texts are letters: there wording alone neither alarms nor asks."""
_LOOKS = 30

_CLAUSE = "，。！？,!?；;\n"
_SENTENCE = re.compile(r"[。！？!?；;\n]+")
_BEFORE = 14
_NEAR = 30


@dataclass(frozen=True, slots=True)
class Danger:
    """What threatens whom to call, and whether it is sure enough to alarm without asking. `why` are the words found.

    `is_named`: a pattern said which danger it is; else the wording alone was heard, with so many `points`, and the kind is
    a guess.
    """

    kind: str
    number: str
    certain: bool
    why: tuple[str, ...]
    sealed: bool = False
    is_named: bool = True
    points: int = 0

    @property
    def may_be_of_every_day(self) -> bool:
        """Whether it would make a difference that the words are about a matter of every day."""
        return self.would_fall(EVERY_DAY)

    def would_fall(self, points: int) -> bool:
        """Whether so many points less would make a difference: only to what was heard in the wording alone."""
        return not self.is_named and self.points < ALARM + points

    def less(self, points: int) -> Danger | None:
        """Return what is left of it with so many points less."""
        left = self.points - points
        return replace(self, certain=left >= ALARM, points=left) if left >= ASK["none"] else None


@dataclass(frozen=True, slots=True)
class Context:
    """One row of the contexts: what it does to a find, where it has to stand, and for which kinds (empty: all)."""

    effect: str
    where: str
    pattern: Lazy
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DangerRules:
    """`contexts` stand in the order of EFFECTS; `scan` tells in one pass which of them a text holds at all."""

    cues: CueTable
    contexts: tuple[Context, ...]
    scan: Scan
    tone: Tone


def compile_danger(tables: Mapping[str, Sequence[Row]], groups: Groups) -> DangerRules:
    """Compile the tables `danger…`. Raises BadRule."""
    rows, unless, words, signs = (tables.get("danger" + end, ()) for end in ("", "_unless", "_words", "_signs"))
    for row in rows:
        if row.cells["number"] not in NUMBERS:
            raise BadRule(row, f"unknown_number:{row.cells['number']}", ",".join(NUMBERS))
    cues = table_of(read_cues(rows, "kind", groups, KINDS, note="number"))
    refuse_doubles(unless, ("effect", "where", "pattern", "kinds"))
    read = []
    for row in sorted(unless, key=_place_of_effect):
        effect, where = row.cells["effect"], row.cells["where"]
        kinds = tuple(row.cells.get("kinds", "").split())
        for cell, known in ((effect, EFFECTS), (where, WHERES), *((kind, KINDS) for kind in kinds)):
            if cell not in known:
                raise BadRule(row, f"unknown_value:{cell}", ",".join(known))
        pattern = read_pattern(row, "pattern", groups)
        read.append((pattern, Context(effect, where, pattern.whole, kinds)))
    scan = Scan([pattern for pattern, _ in read])
    return DangerRules(cues, tuple(context for _, context in read), scan, compile_tone(words, signs, SIDES, groups))


def _place_of_effect(row: Row) -> int:
    effect = row.cells["effect"]
    return EFFECTS.index(effect) if effect in EFFECTS else -1


def judge_danger(
    rules: DangerRules, text: str, found: list[tuple[Cue, int]], sounds: int | None
) -> tuple[Danger | None, bool]:
    """Return the most urgent danger among the cues found and in the wording, or None; and whether any of the finds is
    more than an idiom or what is surely none (有人说我孙儿出车祸了 喊我打两万).

    `sounds` are the points of the wording, None for a letter (`sounds_of_danger`).
    """
    if found:
        contexts = _contexts_of(rules, text)
        judged = [(cue, *_points(rules, contexts, text, cue, at, sounds or 0)) for cue, at in found]
        return _most_urgent(judged, is_letter=sounds is None), any(said != "no" for _, said, _ in judged)
    if sounds is None:
        return None, False
    points = _points_unnamed(rules, text, sounds, ASK["none"])
    return _by_tone(rules, text, points) if points >= ASK["none"] else None, False


def _most_urgent(judged: Sequence[tuple[Cue, str, int]], *, is_letter: bool) -> Danger | None:
    """Return the danger of finds with what each says and its points, or None where they have too few."""
    certain = [each for each in judged if each[2] >= (ALARM_LETTER if is_letter else ALARM)]
    held = certain or [each for each in judged if each[2] >= (ALARM if is_letter else ASK[each[1]])]
    if not held:
        return None
    chosen = min((cue for cue, _, _ in held), key=lambda cue: _ORDER[cue.value])
    why = tuple(cue.pattern.text for cue, _, _ in held if cue.value == chosen.value)
    is_sealed = any(cue.value == "suicide" for cue, _, _ in held)
    # Where every find is an idiom, it was the wording that was heard.
    is_named = is_letter or any(said != "no" for _, said, _ in held)
    points = 0 if is_named else max(points for _, _, points in held)
    return Danger(chosen.value, chosen.note, bool(certain), why, is_sealed, is_named, points)


def _contexts_of(rules: DangerRules, text: str) -> list[Context]:
    """Return the contexts that stand anywhere in a text, in the order in which they are asked."""
    return [rules.contexts[index] for index in sorted(rules.scan.find(text))]


def _points(
    rules: DangerRules, contexts: Sequence[Context], text: str, cue: Cue, at: int, sounds: int
) -> tuple[str, int]:
    """Judge one find and return its points: what it says, and how the words around it sound."""
    if len(text) > LONGEST:
        start = max(0, at - LONGEST // 2)
        sounds = rules.tone.weigh(text[start : start + LONGEST])
    verdict = _judge(contexts, text, cue, at)
    return verdict, sounds + VERDICTS[verdict]


def _points_unnamed(rules: DangerRules, text: str, sounds: int, least: int) -> int:
    """Return the points of a text in which no pattern was found, looking closer only from `least` on."""
    points = sounds + VERDICTS["none"]
    return points if points < least else sounds + _given_unnamed(rules, text)


def _given_unnamed(rules: DangerRules, text: str) -> int:
    """Return what is added to the wording of a text in which no pattern was found."""
    if _is_idle(rules, text):
        return VERDICTS["no"]
    return VERDICTS["none" if rules.tone.is_named(without_spot(text)) else "vague"]


def given_points(rules: DangerRules, text: str, found: Sequence[tuple[Cue, int]]) -> tuple[int | None, int]:
    """Return what is added to the wording of a short text: by its most certain find, and as if nothing had been found."""
    contexts = _contexts_of(rules, text)
    verdicts = [VERDICTS[_judge(contexts, text, cue, at)] for cue, at in found]
    return max(verdicts, default=None), _given_unnamed(rules, text)


def _is_idle(rules: DangerRules, text: str) -> bool:
    """Whether a harmless idiom stands in the text."""
    return any(rules.contexts[index].effect == "no" for index in rules.scan.find(text))


def may_be_a_cry(rules: DangerRules, text: str, sounds: int | None) -> bool:
    """Whether a short text in which no danger was found sounds enough like a cry that it must not wait for days."""
    if sounds is None or sounds + VERDICTS["none"] < RAISE:
        return False
    points = _points_unnamed(rules, text, sounds, RAISE)
    return points >= RAISE and (points >= RAISE_IDLE or not _is_idle(rules, text))


def sounds_of_danger(rules: DangerRules, text: str, pieces: Pieces, signs: Sequence[tuple[int, int]]) -> int | None:
    """Return how much the most alarming sentence sounds like a cry for help, in tenths of a logit; None for a letter:
    what nobody would call out or dictate. `pieces` and `signs` (index, place) are those of the whole text (nlp/tone.py)."""
    if len(text) > SPOKEN:
        return None
    if text.isascii():  # 1120 has the numbers of helpers in it, and says nothing
        return rules.tone.base
    bare = without_spot(text)
    if len(bare) <= LONGEST:
        start = len(text) - len(bare)
        if not start:
            return rules.tone.points_of(pieces.all, [index for index, _ in signs])
        return rules.tone.points_of(pieces.after(start), rules.tone.met_after(text, start, signs))
    text = bare
    looks = [
        sentence[start : start + LONGEST]
        for sentence in _SENTENCE.split(text[: LONGEST * _LOOKS])
        for start in range(0, max(1, len(sentence) - LONGEST // 2), LONGEST // 2)
    ]
    return max(map(rules.tone.weigh, looks[:_LOOKS]), default=rules.tone.base)


# Words that tell what danger a wording without a known pattern means, and whom to call; the first that is met.
_HINTS = tuple(
    (kind, number, re.compile(words))
    for kind, number, words in (
        (
            "suicide",
            "12356",
            "不想活|想不开|轻生|寻死|遗[书言嘱]|留.{0,3}封信|上吊|跳[楼河井崖]|(?<!井)(?<!缆)绳(?!.{0,2}断)"
            "|[攒存]够?.{0,4}药|药.{0,3}[攒存]|我要?是?不在了.{0,6}[就也]|[想要]走了.{0,3}(?:[去找陪]{1,2}我)|等我(?:死|没了|走了)|去那边",
        ),
        ("drowning", "119", "冰面|冰上|冰窟"),
        ("gas", "119", "煤|炭|炉子|燃气|天然气|气罐|罐子|沼气|漏气"),
        (
            "shock",
            "120",
            "电线|触电|高压|漏电|电[着住倒]|电杆|变压器|电闸|线断|线[掉落垮]|断线|[雷]打|(?:泵|电机).{0,6}(?:碰|甩|麻)",
        ),
        (
            "medical",
            "120",
            "[咽吞噎呛晕昏抽喘胸吐病疼]|拉肚|拉稀|[喊叫]不[应醒动]|倒地|心口|绞了|铡|[掉摔跌]下来|掐|毒|药|脱水|气(?:都|也)?上不来|出血|脑梗|中风|眼.{0,4}翻|(?<!机)软(?:在|到|了)",
        ),
        # 打谷, 打不开, 打电话 name nobody who strikes.
        (
            "violence",
            "110",
            "打(?!谷|场|水|井|工|雷|雪|火|扫|滑|药|牌|针|[不得]?开|.{0,2}(?:电话|手机|1[12]\\d))|[砍刀杀抢绑抓捅斧棍]|砸.{0,2}门|门.{0,6}砸|躲|动手|混混|欺负|敲.{0,2}门|不敢开",
        ),
        ("fire", "119", "[火烟燃]|烧(?!到.{0,4}度)|着(?:了|起)"),
        ("drowning", "119", "[水河井塘渠淹沉冲]"),
        ("collapse", "119", "[塌埋压垮砸困]|墙.{0,2}倒"),
        ("traffic", "122", "[撞轧翻]|(?<!有)(?<!叫)(?<!派)(?<!找)(?<!护)车"),
        ("missing", "110", "[找丢见踪回]"),
    )
)


# Who speaks of dying needs the two who help, not the ambulance; who has lost somebody, or is locked in, means no such thing.
_DESPAIR, _NO_DESPAIR = "{寻短}", re.compile("[办料]理?.{0,2}后事|丧|殡|埋|火化|把[我她他].{0,3}[锁关绑]")


def _by_tone(rules: DangerRules, text: str, points: int) -> Danger:
    kind, number = next(((kind, number) for kind, number, hint in _HINTS if hint.search(text)), ("", ""))
    why = rules.tone.loudest(text)
    if kind in ("", "missing") and _DESPAIR in why and not _NO_DESPAIR.search(text):
        kind, number = "suicide", "12356"
    kind, number, is_sealed = kind or "medical", number or "120", kind == "suicide"
    return Danger(kind, number, points >= ALARM, why, is_sealed, is_named=False, points=points)


# Whom to call first if several are found: what kills in minutes stands before what takes hours.
_ORDER = {
    kind: place
    for place, kind in enumerate(
        ("suicide", "gas", "shock", "drowning", "poison", "violence", "fire", "traffic", "collapse", "flood",
         "medical", "missing")
    )
}  # fmt: skip


def _judge(contexts: Sequence[Context], text: str, cue: Cue, at: int) -> str:
    """Return no, ask or sure for one find."""
    end = _end_of(cue, text, at)
    asked = False
    for context in contexts:
        if context.kinds and cue.value not in context.kinds:
            continue
        if not _holds(context, text, at, end):
            continue
        if context.effect == "no":
            return "no"
        if context.effect == "ask":
            asked = True
        elif asked:
            return "sure"
    return "ask" if asked else "sure"


def _end_of(cue: Cue, text: str, at: int) -> int:
    if cue.pattern.rest is None:
        return at + max(len(word) for word in cue.pattern.anchors if text.startswith(word, at))
    found = cue.pattern.rest.regex.match(text, at)
    return found.end() if found else at + 1


def _holds(context: Context, text: str, at: int, end: int) -> bool:
    if context.where == "over":
        for hit in context.pattern.regex.finditer(text, max(0, at - 12), end + 12):
            if hit.start() < end and hit.end() > at:
                return True
        return False
    if context.where == "before":
        start = max(text.rfind(mark, 0, at) for mark in _CLAUSE) + 1
        return context.pattern.regex.search(text, max(start, at - _BEFORE), end) is not None
    return context.pattern.regex.search(text, max(0, at - _NEAR), end + _NEAR) is not None
