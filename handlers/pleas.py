"""别说是我讲的, 莫跟别个说: silence asked for about what was told. Said by itself it is no story."""

from __future__ import annotations

import json

from domain.questions import OpenQuestion
from handlers.context import Context
from handlers.question_kinds import WAITING_KINDS
from nlp.lazy import regex

_NOT = r"(?:千万|一定|可|就|都|也|再|先)*(?:不要|不能|不许|不得|不可以?|不敢|可不敢|别|莫|甭|勿|休|不准|唔好)(?:要|再|给我|去|乱|到处)*"
_I = "(?:我|俺|额|咱|偶)(?:们|家)?"
_WHO = "(?:(?:[我俺]家?)?[^我俺你您\\s,，]{1,6}?)"
_BY_ME = f"(?:是{_I}(?:说|讲|反映|报|告|举报)?的?|{_I}(?:的)?名字?|{_I})"
_QUIET = "(?:保密|保密一下)"
_PLEA = regex(
    rf"{_NOT}(?:往外|出去|跟人|给人)?(?:说|讲|话|提|透露?|泄露?|漏|供|捅|传|露)(?:出去|出来|到外头)?(?:是|出)*(?:{_I}|名字?)(?:说|话|讲|反映|报|告|举报|出去|出来|名字?|的名字?)*的?"
    rf"|{_NOT}(?:(?:往外头?|到外头|对外|在外头)(?:说|讲|传|漏)|(?:说|讲|传|漏|捅|透|抖)(?:出去|出来|到外头|漏嘴|开)|声张|张扬)(?:了)?"
    rf"|{_NOT}(?:[跟给和同对向]{_WHO}(?:说|讲|提)|[让叫教]{_WHO}(?:晓得|知道|听见|发现|看见|猜到)|告诉(?!我|俺|你){_WHO})(?:{_BY_ME})?"
    rf"|{_NOT}(?:写|留|登|记|露|报|署|提|带|公开|暴露|透露)(?:{_I})?(?:的)?(?:真?名字?|姓名|电话|信息|身份|{_I})"
    rf"|{_NOT}把{_I}(?:的名字?|名字?)?(?:供|说|捅|抖|露|写|报|公开|暴露|透露)(?:出去|出来|上去|上)?(?:了)?"
    rf"|(?:{_I})?(?:不想|不愿意?|不敢|怕)(?:露|留|写|报|出)(?:{_I})?(?:的)?(?:真?名字?|姓名|面)"
    rf"|(?:请|麻烦|要|一定|千万|帮|替|给|为|你们?|您|{_I})*{_QUIET}"
)
_AROUND = regex(
    r"^(?:你们?|您|哎|哦|那|但是?|不过|这事|这个|这话|记得|晓得不|求求?(?:你们?|您)了?|拜托(?:你们?|您)?了?)*[\s,，]*"
)
_TAIL = regex("[ 哈啊哦噢嘛呀咯喔了吧呢哟嗷哒。.!！~～,，]+$")
_LONGEST = 20


def is_plea(said: str) -> bool:
    """Whether the whole message asks only for silence."""
    if len(said) > _LONGEST:
        return False
    bare = _TAIL.sub("", said.strip())
    lead = _AROUND.match(bare)
    return _PLEA.fullmatch(bare[lead.end() :] if lead else bare) is not None


_NAMELESS = regex(
    rf"匿名|{_NOT}(?:(?:说|讲)(?:出去)?是{_I}|(?:写|留|登|露|报|提)(?:{_I})?的?名)|{_NOT}把{_I}(?:的名字?)?(?:供|说|捅|抖)"
)


def wants_no_name(story: str) -> bool:
    """Whether who told it does not want to be named: in the words themselves, or in a line asked for afterwards."""
    return _NAMELESS.search(story) is not None or any(is_plea(line) for line in story.split("\n")[1:])


def unnamed_story(story: str) -> str:
    """The story with his wish in it, where he said it elsewhere: whoever reads it later must know."""
    return story if wants_no_name(story) else f"{story}\n匿名"


def waiting_story(ctx: Context) -> tuple[OpenQuestion, str] | None:
    """What he told that is not filed yet, since it was asked what it is about; with the question that keeps it."""
    for question in reversed(ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)):
        if question.kind == "readings" and question.accepts and question.data:
            return question, question.data
        if question.kind in WAITING_KINDS:
            kept = json.loads(question.data)
            return question, str(kept["text"]) if isinstance(kept, dict) else "\n".join(kept)
    return None
