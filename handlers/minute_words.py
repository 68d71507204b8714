"""Reading lines of minutes: who said what, how many agreed, what was decided, who does it by when. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from handlers.context import Context
from nlp.lazy import regex
from nlp.numbers import number
from nlp.time_slips import impossible
from nlp.when import find

_COUNT = r"(?P<{0}>\d{{1,4}}|[一二两三四五六七八九十百零]{{1,5}})"
_ON_VOTES = r"(?:改成|改为|改一下|更正|不对|(?:刚才?|又|都)*(?:数|记|说|写|念|报)错了?|错了|重新|又|再|数了?(?:一遍|一下)?|应该|应当|大家|举手|表决|票数|投票|结果|是|有|[\s:：,，])*"
_ABSTAIN = r"(?:弃权|没表态|不表态|未表态|没举手|不举手|没投|没吭声|没吭气|中立)"
_VOTES = regex(
    rf"{_ON_VOTES}"
    rf"(?:同意|赞成)(?:的|票)?[\s:：]*(?:有)?{_COUNT.format('agreed')}(?:人|票|户|个)?"
    rf"(?:[\s,，、;；]*(?:不同意|反对)(?:的|票)?[\s:：]*(?:有)?{_COUNT.format('opposed')}(?:人|票|户|个)?)?"
    rf"(?:[\s,，、;；]*{_ABSTAIN}(?:的|票)?[\s:：]*(?:有)?{_COUNT.format('abstained')}(?:人|票|户|个)?)?[\s。.]*"
)
# 28个同意，3个反对: the count first.
_COUNTED_FIRST = regex(
    rf"{_ON_VOTES}{_COUNT.format('agreed')}(?:个人|人|票|户|个|位)?(?:都)?(?:同意|赞成)"
    rf"(?:[\s,，、;；]*(?:有)?{_COUNT.format('opposed')}(?:个人|人|票|户|个|位)?(?:不同意|反对))?"
    rf"(?:[\s,，、;；]*(?:有)?{_COUNT.format('abstained')}(?:个人|人|票|户|个|位)?{_ABSTAIN})?[\s。.]*"
)
_ITEM = regex(
    r"(?:现在)?(?:说|议|讨论|到)?(?:第\s*(?P<n>\d|[一二三四五六七八])\s*(?:个|项)?(?:议题|件|项)?|议题\s*(?P<m>\d|[一二三四五六七八]))(?:件事)?[\s:：,，]*(?P<rest>.*)",
    re.DOTALL,
)
_DECIDED = regex(
    r"^(?:会上)?(?:决定|定下来|定了|定下|决议|议定|商定|说定了|最后定)(?:了|是|为)?[\s:：,，]*(?P<what>.{2,200})$",
    re.DOTALL,
)
_OWNER = regex(r"(?:由|请|让|交给)?(?P<who>[\u4e00-\u9fff]{2,4}?)(?:来|去)?(?:负责|牵头|承办|去办|来办|办理)")
# 先修北边 陈小军管: a word by itself; 没人管 names nobody.
_KEEPS = regex(
    r"(?:^|(?<=[\s,，。、]))(?:由|让|叫)?(?P<who>(?!没|谁|大家|归|不|都|有)[\u4e00-\u9fff]{2,3})(?:来|去)?(?:管|抓|盯|操办|张罗)(?=$|[\s,，。、])"
)
_CHAIR = regex(r"^(?:会议)?主持(?:人)?(?:是|为)?[\s:：]*(?P<who>[\u4e00-\u9fff·]{2,6})[。.]?$")
_NAME = r"(?:老|小)?[\u4e00-\u9fff·]{1,4}?(?:书记|主任|婶|叔|伯|姨|嫂|爷|奶|大爷|大娘)?"
_COLON = regex(r"(?:^|[\s,，;；。、])(?P<name>[\u4e00-\u9fff·]{2,6})\s*[:：](?!\d)")
_SAYS = regex(rf"(?:^|[\s,，;；。])(?P<name>{_NAME})(?:说|讲|认为|表示|提出|建议|发言说)(?!明|法|话)[:：,，]?")
_NO_NAME = frozenset(
    {"会议记录", "记录", "议题", "决定", "结果", "主持", "时间", "地点", "记一下", "会议纪要", "大家", "有人", "纪要"}
)
_HEAD = regex(r"^(?:会议(?:记录|纪要)|记录(?:一下|下)?|记(?:一下|下来|个)?|做(?:个)?(?:会议)?记录|纪要)[\s:：,，]*")
_ENDED = regex(
    r"(?:会议)?(?:记录|记|会|说|议)?(?:完(?:了|啦|咧|喽|哩)|完毕|结束(?:了|啦|咧)?|好(?:了|啦|咧))|就这些(?:了|啦)?|(?:今天)?(?:就)?(?:到这(?:里|儿)?|到此(?:结束|为止))(?:了|吧)?|(?:会)?散了|没有(?:了|啦|咧)|散会(?:了|啦|咧)?|会开完(?:了|啦|咧)|结束(?:会议)?记录|记录(?:结束|完)"
)
_TAKE_BACK = regex(
    r"(?:把)?(?:刚才|刚刚|上面|最后)(?:记|写|说)?(?:的)?(?:那|这)?一?(?:条|句)(?:话)?(?:给)?(?:(?:删|去|撤|抹|划)(?:了|掉|去)*|不要(?:了)?)|"
    r"(?:撤回|删掉?|去掉|不要|取消)(?:刚才|上面|上)?(?:那|一|这)?(?:条|句)(?:不要)?|上一[条句](?:不要|删了?|去掉|错了|不对)"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing one person said, with his stance where he named one."""

    speaker: str
    text: str
    stance: str = ""


@dataclass(frozen=True, slots=True)
class Votes:
    agreed: int
    opposed: int
    abstained: int

    @property
    def all(self) -> int:
        return self.agreed + self.opposed + self.abstained


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, who does it (as he was named), until when."""

    text: str
    owner: str
    due_at: datetime | None
    wrong: str = ""  # a day there is none of (12月32日)


def body_of_line(text: str) -> str:
    """Take 会议记录 and 记一下 away from the front."""
    return _HEAD.sub("", text.strip(), count=1).strip()


_BEFORE = regex(r"(?:之前|以前|前)?")
# 腊月前不打 is decided as it stands; it says by when nothing is done.
_UNTIL_THEN_NOT = regex(r"(?:之前|以前|前)?(?:先|都|再|也)?(?:不|别|暂缓|停)")
_CLAUSE = regex(
    r"(?:^|(?<=[\s,，;；。、]))(?=(?:会上)?(?:决定|决议|议定|商定|最后定)[了是为]?\s*[:：])|(?<=[。;；\n])(?=(?:会上)?(?:决定|议定)[^.。]{2})"
)


def clauses_of(text: str) -> list[str]:
    """Cut 张三:同意 决定: 打机井 into what was said and what was decided; most lines are one clause."""
    return [clause for part in _CLAUSE.split(text) if (clause := part.strip(" \n,，;；"))]


def is_end(text: str) -> bool:
    return _ENDED.fullmatch(text.strip(" 。！!,，")) is not None


_POSTS = regex(
    r"(?:把)?(?:会议?|开会|会上)(?:的)?(?:结果|决定|定的事?)(?:给我)?(?:都)?(?:发|发布|公布|公示)(?:到|在|进)?(?:群|群里|大群|出去|一下)*(?:吧|了)?"
)


def posts(text: str) -> bool:
    """会议结果发群里: the result is to be out."""
    return _POSTS.fullmatch(text.strip(" 。！!,，")) is not None


_NEXT = regex(r"(?:现在|接着|再|下面)?(?:说|议|到|换|讨论)?下一?(?:个|项|件)(?:议题|事)?")
_WHEN = r"(?:上次|上回|前几天|前天|昨天|昨晚|昨儿|夜个|今天|今晚|刚才|这次|这回|那天|那个|这个)"
_END = r"(?:了|呀|啊|呢|哩|嘛|的|来着)*"
_WHAT = r"(?:啥|什么|咋样|怎么样|哪些|个啥|个什么|点啥)"
_SAID = r"(?:定|说|议|商量|讨论|决定|通过|讲)"
_DONE = r"(?:办|弄|做|落实|干|搞|完成|兑现|动|开始|修|打|装|清)"
# 会上定了啥, 会咋说的, 会上定的事办了没; before it, why he asks: 我没去开会.
_ASKS_RESULT = regex(
    rf"(?:(?:我|俺)?(?:那天|昨天|昨晚|有事)?没(?:去|来|参加|赶上)(?:成)?(?:开?会)?[\s,，]*)?(?:"
    rf"{_WHEN}?的?(?:开?会上?|会议(?:上)?|开(?:的)?(?:那个)?会)(?:都|最后|到底)?(?:"
    rf"{_SAID}(?:了|的|下来?|出)*(?:些|个)?{_WHAT}(?:事|没有?)?"
    rf"|(?:是)?(?:咋|怎么|咋么)(?:个)?{_SAID}(?:的|下|法)*"
    rf"|(?:的)?结果(?:呢|是啥|出来了?没有?|咋样)?|开?(?:得|的)(?:咋样|怎么样)"
    rf"|(?:上)?{_SAID}(?:好|下|过)?(?:了)?的(?:那)?(?:些|几)?(?:个|件)?(?:事情?|事儿|\S{{2,6}}?)?(?:都|现在|到底)?"
    rf"(?:{_DONE}(?:了|好|成|完|到|下|得|的|开|起来|下去)*(?:没有?|咋样|怎么样|哪(?:儿|里|一步|了)?|吗|不)|到(?:了)?哪(?:一步|儿|里)|咋样|怎么样|谁(?:管|负责|办)|有(?:结果|信儿?|动静)(?:没|吗|了没))"
    rf"){_END}|{_WHEN}?会议?(?:的)?结果(?:呢|是啥|出来了?没有?|咋样)?|会议?(?:的)?(?:记录|纪要)(?:能)?(?:给我|让我|发给我)?(?:看看|看一下|看一看|瞅瞅|念念)(?:行不|吗)?|结果{_WHEN}会上(?:咋|怎么)(?:说|定)的)"
)
# 那个机井定了没, 打机井的事谁负责: of a topic the meeting held last decided.
_ASKS_TOPIC = regex(
    rf"(?:那个?|这个?|关于)?(?P<topic>\S{{2,10}}?)(?:的)?(?:那)?(?:个|件)?(?:事情?|事儿)?(?:最后|到底|会上)?(?:定(?:下来?)?了?(?:没有?|吗)|(?:是)?(?:咋|怎么)定的|定下(?:谁|啥时候)\S{{0,4}}|(?:是)?(?:归)?谁(?:负责|牵头)|(?:啥时候|什么时候|几时|多会儿|哪天)(?:能|才能|才|要)?(?:打|修|开工|动工|动|弄|装|办|建)(?:好|完|成|开)?){_END}"
)


# One of these stands in everything that is asked of a topic.
_OF_TOPICS = frozenset("定谁啥什几多哪")


def is_next(text: str) -> bool:
    return _NEXT.fullmatch(text.strip(" 。！!,，")) is not None


def asks_result(text: str) -> bool:
    return _ASKS_RESULT.fullmatch(text.strip(" 。！!,，?？")) is not None


def topic_asked(text: str) -> str:
    """Give of 那个机井定了没 what it asks about; "" where it asks nothing of the kind."""
    match = None if _OF_TOPICS.isdisjoint(text) else _ASKS_TOPIC.fullmatch(text.strip(" 。！!,，?？"))
    return match["topic"] if match else ""


def takes_back(text: str) -> bool:
    return _TAKE_BACK.fullmatch(text.strip(" 。！!,，")) is not None


def item_of(text: str) -> tuple[int, str] | None:
    """Read which topic a line turns to, and what follows: 议题2 张三:同意."""
    match = _ITEM.fullmatch(text.strip())
    if match is None:
        return None
    place = number(match["n"] or match["m"])
    return (int(place), match["rest"].strip()) if isinstance(place, int) else None


def votes_of(text: str) -> Votes | None:
    """Read 同意28 反对3 弃权1, 28个同意 3个反对."""
    match = _VOTES.fullmatch(text.strip()) or _COUNTED_FIRST.fullmatch(text.strip())
    if match is None:
        return None
    counts = [int(number(match[name]) or 0) if match[name] else 0 for name in ("agreed", "opposed", "abstained")]
    return Votes(*counts)


_ALL_AGREE = regex(
    r"(?:举手|投票|表决|大家|结果|[\s:：,，])*(?:都|全部|全体|一致|全票|全都|大家都|没人反对[\s,，]*都?)+(?:举手)?(?:同意|赞成|通过)(?:了)?(?:[\s,，]*没人反对)?"
)


def all_agree(text: str) -> bool:
    """都同意, 全票通过, 举手表决 全部同意: the votes of all who are there."""
    return _ALL_AGREE.fullmatch(text.strip(" 。！!")) is not None


_TITLED = regex(
    r"(?:(?:现场|举手)?(?:表决|投票)(?:结果|情况)?[\s:：,，]+)?(?P<what>[^\s:：,，]{2,16})[\s:：,，]+(?P<rest>(?:同意|赞成|\d|都|全|一致|举手).*)",
    re.DOTALL,
)


def titled(text: str, titles: Sequence[str]) -> tuple[int, str] | None:
    """预算 同意20 反对3: which topic (from 1) a vote names by its words, and the vote; None for other words."""
    match = _TITLED.fullmatch(text.strip())
    if match is None or not (votes_of(match["rest"]) or all_agree(match["rest"])):
        return None
    found = [n for n, title in enumerate(titles, 1) if match["what"] in title or title in match["what"]]
    return (found[0], match["rest"]) if len(found) == 1 else None


def chair_of(text: str) -> str:
    match = _CHAIR.match(text.strip())
    return match["who"] if match else ""


# A day that is over says nothing of until when.
_GONE = regex(r"(?:^|(?<=[\s,，]))(?:昨天|昨日|昨儿|前天|上周|上个月|去年)(?:之前|以前|前)?(?=$|[\s,，。])")


def decided_of(ctx: Context, text: str) -> Decided | None:
    """Read 决定：打机井，王德福负责，12月5日前办完."""
    match = _DECIDED.match(text.strip())
    return None if match is None else with_owner(ctx, match["what"].strip(" 。"))


def decides(text: str) -> bool:
    return _DECIDED.match(text.strip()) is not None


def with_owner(ctx: Context, text: str) -> Decided:
    """Find who does it and until when in what was decided."""
    owner = _OWNER.search(text) or _KEEPS.search(text)
    if wrong := impossible(text):
        text = re.sub(rf"{re.escape(wrong)}(?:之前|以前|前)?", " ", text)
    text = _GONE.sub(" ", text) if _GONE.search(text) else text
    found = find(text, ctx.now, ctx.words.calendar)
    moment = found.end or found.start if found.kind in ("deadline", "day", "instant", "daypart", "span") else None
    if moment is not None and found.kind == "day":
        moment = moment.replace(hour=23, minute=59)
    is_kept = moment is not None and moment > ctx.now and not _UNTIL_THEN_NOT.match(text[found.at[1] :])
    due = moment if is_kept else None
    words = text
    until = text[slice(*found.at)] + (_BEFORE.match(text, found.at[1]) or [""])[0]  # 12月10日前
    for part in (owner[0] if owner else "", until if due else ""):
        words = words.replace(part, " ", 1) if part else words
    words = re.sub(
        r"(?<=[\s,，、])(?:前|之前|以前)?(?:要)?(?:办完|完成|办好|弄完|办结|落实)(?=$|[\s,，。])|(?:^|(?<=[\s,，]))(?:前|之前)(?=$|[\s,，。])",
        " ",
        words,
    )
    words = re.sub(r"[\s,，、。;；]+", "，", words).strip("，")
    return Decided(words or text, owner["who"] if owner else "", due, wrong or "")


def said_in(text: str) -> list[Said]:
    """Cut a line into what each person said: 张三:同意 李四:不同意; 老张说先修渠 老赵说不行."""
    marks = [m for m in _COLON.finditer(text) if m["name"] not in _NO_NAME]
    marks = marks or [m for m in _SAYS.finditer(text) if m["name"] not in _NO_NAME and len(m["name"]) > 1]
    found = []
    for mark, after in zip_longest(marks, marks[1:]):
        words = text[mark.end() : after.start() if after else None].strip(" ,，;；。、\n")
        if words:
            found.append(Said(mark["name"], words, stance_of(words)))
    return found


def stance_of(words: str) -> str:
    """Give 反对, 弃权 or 同意 where what was said begins with it."""
    if re.match(r"(?:我)?(?:不同意|反对|不赞成|不行|不支持)", words):
        return "反对"
    if re.match(r"(?:我|俺)*弃权|\s弃权", words):
        return "弃权"
    return "同意" if re.match(r"(?:我)?(?:完全|坚决|都)?(?:同意|赞成|支持)", words) else ""
