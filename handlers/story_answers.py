"""What is answered where a story was asked about: which it is, one matter or several, and where."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from domain.matters import Urgency
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.filing import NO_MATTER, UNKNOWN_TOPIC, clear_topic, draft_of
from handlers.matter_news import tell_handler
from handlers.matters import (
    CHOICE_FOR,
    PLACE_CHARS,
    WORD_CHARS,
    choice,
    file_story,
    file_waiting,
    file_words,
    is_talk,
    take_words,
)
from handlers.registry import answers
from handlers.texts import matters as texts
from handlers.texts import people as people_texts
from handlers.whereabouts import area_named, move
from nlp.lazy import regex
from nlp.numbers import option_number, said_number
from nlp.words import classify


@answers("topic")
def choose_topic(ctx: Context, question: OpenQuestion, said: str) -> None:
    """`2` after 我想弄清楚: file the story under that topic. Other words are more of the story, never lost."""
    kept = json.loads(question.data)
    story, codes = str(kept["text"]), list[str](kept["codes"])
    chosen, more = _chosen(ctx, said, codes)
    if chosen is None:
        return _take_words(ctx, question, said, story, codes)
    ctx.store.questions.close(question, ctx.now)
    if codes[chosen - 1] == NO_MATTER:
        return ctx.reply(people_texts.hello())
    story = f"{story}\n{more}" if more else story
    draft = draft_of(classify(ctx.words.lexicon, story), story, codes[chosen - 1])
    is_sealed = draft.is_sealed or ctx.words.lexicon.topics[draft.code].sealed  # 干部作风 chosen is blame of a cadre
    matter = file_words(ctx, replace(draft, is_sealed=is_sealed))
    if not matter.is_sealed:  # 选错了 是2 sets it right
        ctx.ask("topic.chosen", matter.id, (), CHOICE_FOR, data=json.dumps(codes))
    return None


def _take_words(ctx: Context, question: OpenQuestion, said: str, story: str, codes: list[str]) -> None:
    """Words that choose none of them: about the question, another story, or more of this one."""
    plain = said.strip(" 。！!?？")
    if said_number(said) is not None:  # 5, of three
        return ctx.reply(texts.ask_which([choice(ctx, code) for code in codes]))
    if says_unheard(plain):
        return ctx.reply(people_texts.say_more())
    if _NOTHING.fullmatch(plain):
        ctx.store.questions.close(question, ctx.now)
        return ctx.reply(people_texts.hello())
    if ctx.in_trouble and _ONLY_A_PLACE.fullmatch(story.strip(" 。！!，,")):
        ctx.store.questions.close(question, ctx.now)  # 在老槐树那儿, and then what is the matter there
        return take_words(ctx, f"{said}，{story}")
    if _is_another(ctx, said, codes) and not _says_it_whole(story, said):
        file_waiting(ctx, question)
        return take_words(ctx, said)
    if ctx.understanding.certain and ctx.understanding.intent == "help":
        raise NotUnderstood("topic")  # 我不会打字咋整: not about the story
    if _NONE_OF_THEM.fullmatch(said.strip(" 。！!")):
        return ctx.reply(people_texts.say_more())
    ctx.store.questions.close(question, ctx.now)
    return _file_both(ctx, story, said, codes)


def _file_both(ctx: Context, first: str, said: str, codes: list[str]) -> None:
    """One try has failed: the words are put together and go to a person, whatever they are read as now. A few more words
    tell of it, and not what it is: 晚上看不见, of a manhole."""
    told, story = classify(ctx.words.lexicon, first), f"{first}\n{said}"
    reading, alone = classify(ctx.words.lexicon, story), classify(ctx.words.lexicon, said)
    own = alone.code if alone.code in codes and alone.code != NO_MATTER else clear_topic(alone)
    if own is None and NO_MATTER in codes and is_talk(ctx, reading):
        return ctx.reply(people_texts.hello())
    is_more = (len(said) <= WORD_CHARS or reading.ask or reading.code == NO_MATTER) and reading.code not in codes
    likeliest = next((code for code in codes if code != NO_MATTER), UNKNOWN_TOPIC)
    draft = draft_of(reading, story, own or (likeliest if is_more else None))
    file_words(ctx, replace(draft, urgency=min(draft.urgency, Urgency(told.urgency or Urgency.P3))))
    return None


_ONLY_A_PLACE = regex(
    r"(?:就)?(?:在)(?:我们?|咱们?)?[^\s,，没不]{1,12}?(?:那[儿里边]|这[儿里边]|旁边|边上|门口|跟前|底下|附近|后头|前头|对面|桥头|路口|巷口|村口|[社组队])"
)
_LED = regex(
    r"(?:我)?(?:选|是|就是|说的是)?第?(?P<n>[1-5一二三四五])(?:个|样|项|种)?(?:[\s,，、.:：]+|(?=[和跟与]))(?P<more>.{2,})",
    re.DOTALL,
)
_AND = regex(r"[\s,，、和跟与]*第?[1-5一二三四五](?:个|样)?(?:都(?:是|有|要))?")


def _chosen(ctx: Context, said: str, codes: Sequence[str]) -> tuple[int | None, str]:
    """Which of them he chooses, and what he says behind it: 三 在九社桥头; of 1和2 the first. No story begins so (2 路灯又坏了)."""
    chosen = option_number(said, [choice(ctx, code) for code in codes])
    found = _LED.fullmatch(said.strip(" 。！!")) if chosen is None else None
    number = said_number(found["n"]) if found else None
    if found is None or number is None or not 1 <= number <= len(codes):
        return chosen, ""
    if _AND.fullmatch(found["more"]):
        return int(number), ""
    is_story = ctx.in_trouble and clear_topic(classify(ctx.words.lexicon, found["more"])) not in (
        None,
        codes[int(number) - 1],
    )
    return (None, "") if is_story else (int(number), found["more"])


def _is_another(ctx: Context, said: str, codes: Sequence[str]) -> bool:
    """路灯坏了, while it is asked what smells in the river: a story of its own."""
    return ctx.in_trouble and clear_topic(classify(ctx.words.lexicon, said)) not in (None, *codes)


def _says_it_whole(story: str, said: str) -> bool:
    """沟又堵了, after 3 又堵了: the same once more, so that it is understood."""
    told = _MARKS.sub("", story)
    return len(told) > 1 and told in _MARKS.sub("", said)


_MARKS = regex(r"[\W\d]+")


def says_unheard(said: str) -> bool:
    """你说啥 看不懂: he has not understood what he was asked."""
    parts = [part for part in _BREAKS.split(said) if part]
    return bool(parts) and all(_NOT_HEARD.fullmatch(part) for part in parts)


_BREAKS = regex(r"[\s,，。!！?？]+")
_NOT_HEARD = regex(
    "(?:你|您|你们)?(?:这)?(?:在)?(?:说|讲|问|写)(?:的)?(?:是)?(?:啥|什么|些啥|甚|么子)(?:子|呢|呀|啊|嘛|哦|意思)*|啥(?:子|呀|啊|玩意)?|(?:我)?(?:不识字|不认识?字|认不得字|没文化|眼睛不好)|(?:太|好)?(?:复杂|麻烦)(?:了)?"
    "|(?:我)?(?:看|听|搞|弄)(?:不|没)(?:懂|明白|清楚?|来)(?:你|您|你们)?(?:说的?|问的?|写的?)?(?:啥|什么|这个|这些|字)?(?:啊|呀|哦)?|(?:你|您|你们)?(?:是不是)?(?:听|看|读)(?:不|没)(?:懂|明白|清楚?)(?:人话|我说的|啥|吗|啊|呀|嘛|么)*|(?:你|您)?(?:这)?(?:是)?(?:啥|什么)意思(?:啊|呀)?|(?:我)?(?:不懂|不明白|没看懂|看不懂|没明白)"
)
_NOTHING = regex(
    r"(?:哎|唉|嗨|哦)?[\s,，]*(?:我)?(?:没得?|没有)(?:啥|什么|甚|么子)?(?:子)?(?:大)?事(?:儿|情)?(?:了|啊|呀)?(?:[\s,，]*(?:随便|就是)?(?:说说|问问|聊聊|讲讲)(?:的)?)?|(?:就是)?随便(?:说说|问问|聊聊|讲讲)(?:的)?|(?:我)?(?:说着|闹着)玩(?:的|呢)*"
)
_AT = regex("^(?:我们?|俺|家)?(?:就|是|也)?(?:住)?在(?=.{2})")
_NONE_OF_THEM = regex("(?:都|全)(?:不是|不对|没有)(?:的)?|没有这几样|没有(?:我)?(?:要|说)的|哪个都不是|上面没有")


@answers("split")
def choose_split(ctx: Context, question: OpenQuestion, said: str) -> None:
    parts: list[str] = json.loads(question.data)
    plain = said.strip(" 。！!,，~")
    chosen = option_number(said, ("分开", "一件"))
    if chosen is None:
        chosen = 2 if _AS_ONE.fullmatch(plain) else 1 if _APART.fullmatch(plain) else None
    if chosen is None and (wanted := _wanted(said, parts)):
        ctx.store.questions.close(question, ctx.now)
        for part in wanted:
            file_story(ctx, part)
        return ctx.reply(texts.not_taken_down([part for part in parts if part not in wanted]))
    is_more = chosen is None and (ctx.in_trouble or len(said) > WORD_CHARS)
    if chosen is None and not is_more:  # unclear words choose nothing; in the end the clock files them apart
        return ctx.reply(people_texts.options_again(people_texts.OPTIONS["split"], ""))
    ctx.store.questions.close(question, ctx.now)
    for part in ["\n".join(parts)] if chosen == 2 else parts:
        file_story(ctx, part)
    return take_words(ctx, said) if is_more else None


_DROPS = regex(
    "(?:不|别|莫|甭|先不|就不)(?:用|要|必|需要)?(?:再)?(?:管|说|记|报|来|弄|办|反映|提|拉|修|算)?(?:了|吧|的|啊)*$|不用|不要了?|算了|撤|(?:已经|都|刚|人家)*(?:好|通|亮|修好|弄好|办好|解决|拉走|清走|运走|来人|有人(?:管|拉|修|弄))了"
)
_KEEPS = regex("^(?:就|只|光|单)(?:是|要|记|报|说|管|修|弄|办|反映)*")
_NEW = regex("另外|还有|又|也(?:坏|没|不)")


def _wanted(said: str, parts: Sequence[str]) -> list[str]:
    """Which of the parts he wants filed: 就路灯 垃圾不用管, 垃圾那个不用了 已经拉走了. [] where he does not say."""
    kept, dropped, last = set[int](), set[int](), None
    for clause in (clause for clause in _BREAKS.split(said) if clause):
        named = [n for n, part in enumerate(parts) if _names(clause, part, parts)]
        number = said_number(_KEEPS.sub("", clause).removesuffix("个"))
        if number is not None and 1 <= number <= len(parts):
            named = [int(number) - 1]
        if len(named) > 1 or (not named and not (last is not None and _DROPS.search(clause))) or _NEW.search(clause):
            return []
        last = named[0] if named else last
        if _DROPS.search(clause) and last is not None:
            dropped.add(last)
        elif _KEEPS.match(clause) and last is not None:
            kept.add(last)
        else:
            return []
    chosen = kept - dropped if kept else set(range(len(parts))) - dropped
    return [part for n, part in enumerate(parts) if n in chosen] if len(chosen) < len(parts) else []


_ANY = regex("[的了不没是还我修好一有也就很都个人来去说用要管那这边家坏\\W]")


def _names(clause: str, part: str, parts: Sequence[str]) -> bool:
    """Does it name that part by a letter none of the others has: 灯, 垃圾?"""
    others = set("".join(other for other in parts if other != part))
    return bool(set(_ANY.sub("", clause)) & (set(part) - others))


_APART = regex(
    r"(?:嗯+|对|好|是)?[\s,，]*(?:分(?:开|别|着|头)?(?:记|办|报|说)?(?:吧|了|的)*|(?:这|我)?(?:[两三四五几2345]|\d)[件个样]事?(?:情)?(?:都(?:要紧|要办|急|办|记|要|报|重要|给我办|得办))?(?:吧|了|啊|哦)*"
    r"|(?:这些|全部?|样样)?(?:都|全)(?:要紧|重要|急|要办|给我办|给办|办|记上?|要记?|报上?|得办|给我记上?|要解决|管)(?:了|吧|啊|下来|上)*|不是(?:一|同一)[件个码]事|各(?:是各的|记各的|办各的)|先(?:说|办|弄|记|解决|修|管|拉|看).{1,8}|[两三四几]件(?:都)?给我办.{0,2})"
)
_AS_ONE = regex(
    r"(?:就)?(?:当|算|记|记成|当成|合成?|并成?|放|一)?(?:作|在|成)?(?:一|同一)(?:件|个|起|块|回)(?:儿)?(?:事)?(?:记|办|说|弄)?(?:就行|吧|了)*|合(?:起来|一起)(?:记|办)?|是一件事|就是一件"
)


@answers("place")
def note_place(ctx: Context, question: OpenQuestion, said: str) -> None:
    """九社 after 在哪个社: the matter goes to the keeper of that place. What names no place is no answer."""
    words = _AT.sub("", said.strip(" 。！，,."))
    area = area_named(ctx, words) if len(words) <= PLACE_CHARS else None
    if len(words) > PLACE_CHARS or ctx.understanding.certain or not (area or _sounds_like_place(ctx, words)):
        raise NotUnderstood("place")
    matter = ctx.store.matters.get(question.thing_id, to_change=True)
    ctx.store.questions.close(question, ctx.now)
    if matter is None:
        raise NotUnderstood("place")
    if area is None:
        ctx.store.matters.change(matter, replace(matter, place_text=words), ctx.step("place"))
        tell_handler(ctx, matter, texts.addition_for_owner(matter.number, words), f"place:{ctx.incoming.digest}")
        return ctx.reply(texts.place_written(matter.number))
    ctx.sender = ctx.store.people.save_contact(ctx.sender, replace(ctx.sender.contact, place_id=area.id))
    return move(ctx, matter, area, words)


def _sounds_like_place(ctx: Context, words: str) -> bool:
    return ctx.reading.code is None or (
        len(words) <= 12
        and words.endswith(("社", "组", "队", "村", "口", "头", "边", "旁", "上", "里", "前", "后", "那"))
    )
