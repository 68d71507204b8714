"""What a cadre says when he makes a poll: one sentence, an answer to one question, or a change of what was read back.

The closing is found by its own words (截止, 投到, …前), so that times among the options stay options.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from nlp import poll_titles, slots_poll
from nlp.lazy import regex
from nlp.numbers import HAN, number
from nlp.poll_beside import without_errands
from nlp.poll_times import Moment, end_of_day, from_morning, moment_of, slip_of
from nlp.poll_whom import Whom, at_an_edge, whom_alone, whom_said
from nlp.said import EDGES, Said
from nlp.time_slips import DAY_WORDS, corrected
from nlp.when import find
from nlp.when_base import Calendar

CUES = (
    regex(r"(?:投票)?(?:截止|截至|最晚|最迟|期限)(?:到|至|时间|日期|于|是|为|[:：\s])*(?P<t>[^,，。;；\n]{1,24})"),
    regex(r"(?:投票?到|投至|延长到|延到|延期到|改到|改成|改为|到|至)\s*(?P<t>[^,，。;；\n]{1,20})"),
    regex(r"(?P<t>[^,，。;；\s\n]{1,20}?)\s*(?:截止|结束|为止|之?前投|以前投|截(?=$|[\s,，。]))"),
    regex(r"投(?P<t>[^,，。;；\s\n]{1,6}?(?:[天日周拜期]|小时|钟头|个月))(?:$|[\s,，。])"),
)
# Among the answers to “which options?” 到 may belong to an option (到县城); only these say until when.
_TILL = regex(r"(?:投票?[到至]|(?<=[\s,，])[到至](?=[今明后周下\d]|星期|礼拜|月底|年底))\s*(?P<t>[^,，。;；\n]{1,20})")
_CLOSING = (CUES[0], _TILL, *CUES[2:])
_AFTER = regex(r"^\s*(?:投票)?(?:截止|结束|为止|之前|以前|前|止|吧)?")
OPENING = regex(r"(?P<t>[^,，。;；\s\n]{2,14}?)\s*(?:开始投票?|起投|开投|开始(?=[\s,，。;；]|$))")
# 明天早上八点发: when it goes out.
SENDING = regex(r"(?P<t>[^,，。;；\s\n]{2,14}?)\s*(?:再|才)?(?:发出去|发出|发布|发)(?:吧)?(?=[\s,，。;；]|$)")
# 从23号到27号: what stands behind 到 is the closing.
_FROM = regex(r"从(?P<t>[^,，。\s\n从到至]{2,10}?)(?:开始|起)?\s*投?(?=[到至])")
PRIVATE = regex(r"(?:只能?|都)?(?:私聊|私下)投?|(?:不|别)(?:能|要)?在群里投|群里(?:不能|别)投")
_SLASH = regex(r"\s*[/／、|｜]\s*")
# Answers that come in sets: 同意 反对 弃权 at the end of a sentence are its options.
_STANDS = frozenset(
    {
        "同意", "不同意", "反对", "弃权", "赞成", "不赞成", "支持", "不支持", "可以", "不可以", "行", "不行", "好", "不好",
        "都行", "随便", "没想好", "要", "不要", "愿意", "不愿意", "是", "否", "能", "不能", "需要", "不需要",
    }
)  # fmt: skip
_MARKED = regex(
    r"(?:^|(?<=[\s,，。;；、:：\n？?！!]))(?:选项)?\s*(?:[(（]?\d{1,2}[.、．:：)）]|\d{1,2}(?=[^\d\s:：点月日号年天个户元]))\s*"
)


@dataclass(frozen=True, slots=True)
class PollWords:
    """What was said of a poll; None and () for what was not."""

    title: str | None = None
    options: tuple[str, ...] = ()
    closes: Moment | None = None
    opens: Moment | None = None
    unit: str | None = None
    is_secret: bool | None = None
    is_multiple: bool | None = None
    in_group: bool | None = None
    scope: str | None = None
    scope_less: str = ""  # who of those it would ask is left out (除了九社)
    more: tuple[str, ...] = field(default=())  # options to be added
    less: tuple[str, ...] = field(default=())  # options to be taken away
    swap: tuple[str, str] | None = None  # an option, by its words or its place (第二个), and what it becomes
    most: int = 0  # options one may choose where several may be, 0 for as many as one likes
    lacking: tuple[str, ...] = field(default=())  # 少个南路: to be added, or taken away where it is there
    in_title: bool = False  # the swap is one within the title
    again: str = ""  # the slot that is asked anew (改题目), "all" for each of them
    longer: int = 0  # days the closing is put off by, less than 0 for an earlier one


def poll_said(text: str, now: datetime, calendar: Calendar) -> PollWords:
    """Read a whole sentence that makes a poll."""
    text, whom = whom_said(corrected(without_errands(poll_titles.plainly(_spelt(text))), now, calendar))
    if not whom.scope:
        for rest, area in at_an_edge(text):
            said = _poll_of(rest, now, calendar)
            if said.title is not None and len(said.options) >= 2:
                return replace(said, scope=area, scope_less=whom.less)
    said = _poll_of(text, now, calendar)
    return replace(said, scope=whom.scope or said.scope, scope_less=whom.less)


def _poll_of(text: str, now: datetime, calendar: Calendar) -> PollWords:
    """Read the sentence without what it says of whom it asks."""
    rest, opens = cut(text, (OPENING, _FROM), now, calendar)
    opens = from_morning(opens)
    days = _DAYS.search(rest)
    rest, closes = cut(rest, CUES, now, calendar)
    if closes is None:
        rest, closes = _cut_last(rest, now, calendar)
    if opens and opens.at and closes and closes.at and days and isinstance(span := number(days["n"]), int):
        closes = replace(closes, at=end_of_day(opens.at + timedelta(days=span)))  # 后天开始 投三天
    rest, is_private = PRIVATE.subn(" ", rest)
    rest, ways = poll_titles.by_what(poll_titles.spelt_out(rest))
    said = Said(rest, rest, now, calendar)
    title, options = (slots_poll.title_of(slots_poll.body_of(said)), ways) if ways else _title_and_options(said)
    title = poll_titles.bare(title)
    if (title is None or slots_poll.NOBODYS.fullmatch(title)) and "还是" in rest:
        title = _asked_by(options)
    if title is not None and not options and (whether := _WHETHER.search(title)):
        options = [whether["a"], f"不{whether['a']}"]
        title = re.sub(rf"[\s,，]+不?{whether['a']}$", "", title)
    if title is not None and not options and (options := poll_titles.only_options(title)):
        title = None
    return PollWords(
        title, tuple(options), closes, opens, in_group=False if is_private else None, scope=_scope(said),
        **how_said(said),
    )  # fmt: skip


def how_said(said: Said) -> dict[str, Any]:
    """How one votes: for whom a vote counts, secret or not, one option or several."""
    return {
        "unit": slots_poll.unit(said), "is_secret": slots_poll.secret(said), "is_multiple": slots_poll.multiple(said),
        "most": slots_poll.most(said),
    }  # fmt: skip


_DAYS = regex(rf"投(?P<n>\d{{1,2}}|[{HAN}]{{1,2}})天")


def _scope(said: Said) -> str | None:
    """Only where it is said for whom: 只九社投, 范围七社. A 社 in the title is what the poll is about."""
    match = slots_poll.BOUNDED.search(said.text)
    return match["area"].strip("、,，和及跟 ") if match else None


def cut(text: str, cues: Sequence[re.Pattern[str]], now: datetime, calendar: Calendar) -> tuple[str, Moment | None]:
    """Take the words of a time out of the sentence; the last that stands behind one of its cues counts."""
    for cue in cues:
        for match in reversed(list(cue.finditer(text))):
            if slip := slip_of(match["t"], now, calendar):
                return _withoutslip_of(text, match, slip), slip
            found = find(match["t"], now, calendar)
            begin, end = found.at
            leading = cue is cues[-1] or cue is OPENING or match.start("t") == match.start()
            if found.kind is None or (begin > 1 and not leading):
                continue
            first = match.start("t") + begin if leading and match.start("t") == match.start() else match.start()
            last = match.start("t") + end
            tail = _AFTER.match(text[last:])
            last = max(last + (tail.end() if tail else 0), match.end() if leading else 0)
            return f"{text[:first]} {text[last:]}", replace(moment_of(found, now), words=match["t"][begin:end])
    return text, None


_LAST_WORD = regex(r"[^\s,，、][\s,，、]+(?P<t>[^\s,，、]{2,10})\s*$")
_UNTIL_THEN = regex(r"(?:之前|以前|前|为止|止)$")


def _cut_last(text: str, now: datetime, calendar: Calendar) -> tuple[str, Moment | None]:
    """Of 同意 不同意 周五晚八点 the last word is when it closes; of 初六 初八 it is an answer as the one before it."""
    last = _LAST_WORD.search(text)
    if last is None or not _is_a_time(_UNTIL_THEN.sub("", last["t"]), now, calendar):
        return text, None
    before = re.split(r"[\s,，、]+", text[: last.start("t")].strip(" ,，、"))[-1]
    if len(text.split()) < _FEWEST_WORDS and not (_WHETHER.search(before) or "还是" in before):
        return text, None
    is_answer = _is_a_time(before, now, calendar) and (DAY_WORDS.search(before) or not DAY_WORDS.search(last["t"]))
    if is_answer and not _IS_A_SPAN.fullmatch(before):
        return text, None
    if _IS_A_SPAN.fullmatch(before) and _IS_A_SPAN.fullmatch(last["t"]):
        return text, None
    return text[: last.start("t")], moment_of(find(last["t"], now, calendar), now)


_FEWEST_WORDS = 3
_IS_A_SPAN = regex(rf"(?:\d{{1,3}}|[{HAN}半]{{1,3}})个?(?:天|日|周|星期|礼拜|月|小时|钟头)")


def _is_a_time(word: str, now: datetime, calendar: Calendar) -> bool:
    found = find(word, now, calendar)
    return found.kind is not None and found.at == (0, len(word)) and (found.start or found.end) is not None


def _withoutslip_of(text: str, match: re.Match[str], slip: Moment) -> str:
    last = slip.cannot_be or slip.either[-1]
    end = match.start("t") + match["t"].index(last) + len(last)
    tail = _AFTER.match(text[end:])
    return f"{text[: match.start()]} {text[max(end + (tail.end() if tail else 0), match.start()) :]}"


def _title_and_options(said: Said) -> tuple[str | None, list[str]]:
    numbered = _numbered(slots_poll.body_of(said))
    if numbered:
        return slots_poll.title_of(numbered[0]), numbered[1]
    called = _CALLED.findall(slots_poll.body_of(said))
    if len(called) >= 2 and [int(n) for _, n in called] == list(range(1, len(called) + 1)):
        head = slots_poll.body_of(said)
        return slots_poll.title_of(head[: _CALLED.search(head).start()]), [option for option, _ in called]  # type: ignore[union-attr]
    if behind := poll_titles.behind_colon(slots_poll.body_of(said)):
        return behind
    title, options = slots_poll.title(said), slots_poll.options(said) or []
    if len(options) >= 2:
        return title, options
    body = slots_poll.body_of(said)
    is_command = "投票" in said.text
    return _sliced(body) or _standing(body) or (is_command and poll_titles.listed(body)) or (title, options)


# 同意的投1 不同意的投2
_CALLED = regex(r"(?P<option>[\u4e00-\u9fff]{1,8}?)的?请?(?:投|选|回|扣|按|打)\s*(?P<n>\d)(?!\d)")


def _asked_by(options: Sequence[str]) -> str | None:
    """Of 东路好还是西路好 the question is 东路还是西路; 同意还是反对 asks nothing."""
    if not 2 <= len(options) <= _MOST_ASKED or any(option in _STANDS for option in options):
        return None
    return f"{'、'.join(options[:-1])}还是{options[-1]}"


_MOST_ASKED = 4
# 村口装不装监控, 同意不同意修路: both answers are in the question.
_WHETHER = regex(r"(?P<a>同意|愿意|赞成|支持|需要|可以|应该|[\u4e00-\u9fff])不(?P=a)")
_WIDE_LETTERS = {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WANTS = regex(
    r"(?:发起|弄|搞|整|开|建|做|来|组织|设|办|发)(?:一)?(?:个|次|场|下)?投(?:个|一?次)?票(?![箱站点机室结表墙栏完后了])"
    r"|(?:让|叫|请)(?:大家|大伙儿?|全村|村民|各户|群众|乡亲们?|社员).{0,3}投(?:个|一?次)?票"
    r"|(?:能不能|可不可以|可以|想|要|应该|建议).{0,8}投(?:个|一?次)?票(?:来)?(?:定|决定|选|表决|看|吧|吗|呢|$)"
    r"|(?:用|拿|靠|咱们|我们|大家)投票(?:来)?(?:定|决定|选)"
    r"|^(?:大家|大伙儿?|让大家)?投票(?:看看?|问问?|定|决定|表决|选)(?![结得的了过])"
)
_WANTED_WITHIN = 24
_SLIP = regex(r"投[漂飘嫖瓢缥剽嘌]|(?<!人)头票")
_SLIP_OF_END = regex(r"结[止至](?=$|[\s,，。])|(?<=[\s,，])结止")
# 为啥要投票, 能不能不投票: about polls, and no wish for one.
_ASKS_WHY = regex(
    r"为啥|为什么|为何|凭啥|凭什么|干啥|干嘛|啥时候|什么时候|几时|[咋谁]|怎么|(?:别|不(?:想|用|要)?)(?:再)?投票"
)
_CHOOSES = regex(r"选(?:个|一个|一下)?(?:谁|哪)|谁(?:来)?(?:当|干|做|主持)|(?:让|换)谁")


def _spelt(text: str) -> str:
    """投漂 is 投票, as a voice or a hurried thumb writes it; the rest of the sentence stays as it was said."""
    return _SLIP.sub("投票", _SLIP_OF_END.sub("截止", text.translate(_WIDE_LETTERS)))


_UNTIL = regex(r"[\s,，]+(?:截止|投到|投).*$")


def asks_to_choose(text: str) -> bool:
    """选谁当社长, 广场选哪块地: words of a question for a poll, whatever else they may sound like."""
    return _CHOOSES.search(text) is not None


def lays_out(text: str) -> bool:
    """选谁当社长 张三 李四: a question with its answers beside it, nothing said of a poll."""
    sounds_out = poll_titles.SOUNDS_OUT.match(text)
    if sounds_out is None and not asks_to_choose(text):
        return False
    title, options = slots_poll.asked_in_a_row(_UNTIL.sub("", text[sounds_out.end() :] if sounds_out else text))
    return title is not None and len(options) >= 2 and (sounds_out is not None or asks_to_choose(title))


def wants_poll(text: str) -> bool:
    """Does somebody want a poll to be held: 弄个投票…, 能不能让大家投票定? The wish stands near the beginning."""
    if "投" not in text and "头票" not in text:
        return False
    text = _spelt(text)
    match = _WANTS.search(text)
    return match is not None and match.start() <= _WANTED_WITHIN and not _ASKS_WHY.search(text[: match.end()])


def _numbered(body: str) -> tuple[str, list[str]] | None:
    """1.东路 2.西路 … 21.…: any count of numbered options, where they count up from 1."""
    marks = list(_MARKED.finditer(body))
    values = [int(re.sub(r"\D", "", mark.group())) for mark in marks]
    if len(marks) < 2 or values != list(range(1, len(marks) + 1)):
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    options = [body[mark.end() : end].strip(f"{EDGES}\n") for mark, end in zip(marks, ends, strict=True)]
    if len(set(options)) == 1:  # 1袋 2袋 3袋
        options = [f"{value}{option}" for value, option in zip(values, options, strict=True)]
    return (body[: marks[0].start()], options) if all(options) else None


def _sliced(body: str) -> tuple[str | None, list[str]] | None:
    """东路/西路: a slash between words makes options of them; what else is said is the title."""
    for phrase in re.split(r"[\s,，。;；:：]+", body):
        parts = [part for part in _SLASH.split(phrase) if part]
        if len(parts) >= 2 and re.search(r"[/／|｜]", phrase):
            return slots_poll.title_of(body.replace(phrase, " ")), parts
    return None


def _standing(body: str) -> tuple[str | None, list[str]] | None:
    """… 同意 反对 弃权, … 装 不装: the last words, where they are known answers or one the refusal of the other."""
    words = [word for word in re.split(r"[\s,，。;；、:：？?]+", body) if word]
    taken = len(words)
    while taken > 0 and words[taken - 1] in _STANDS:
        taken -= 1
    if len(words) - taken < 2:
        taken = len(words)
        if len(words) >= 2 and words[-1] in (f"不{words[-2]}", f"别{words[-2]}"):
            taken -= 2
    if len(words) - taken < 2:
        return None
    return slots_poll.title_of(" ".join(words[:taken])), words[taken:]


def options_said(text: str) -> list[str]:
    """Read the answer to “which options?”: 东路 西路, 1东路 2西路, 东路还是西路, 同意、反对."""
    text = text.translate(_WIDE_LETTERS).strip(EDGES)
    text = text if _EACH_HAS.match(text) else _COUNTED.sub("", text)
    text = re.sub(r"(?:这|那)(?:两|三|四|五|几|\d)(?:个|样|处|项|种|条)(?:地方|选项|办法)?$", "", text)
    numbered = _numbered(text)
    if numbered and not numbered[0].strip(EDGES):
        return numbered[1]
    marked = slots_poll.marked(text)
    if len(marked) >= 2:
        return marked
    parts = re.split(r"[\s,，、;；/／|｜\n]+|还是|或者|(?<=[\u4e00-\u9fff]{2})(?:和|跟|与)(?=[\u4e00-\u9fff])", text)
    options = [part.strip(EDGES) for part in parts if part and part.strip(EDGES)]
    return _stands_in(options[0]) or options if len(options) == 1 else options


_EACH_HAS = regex(r"有\S+[\s,，、]+有")  # 有水的地方 有树的地方
# 有三个：十点、十一点、不关.
_COUNTED = regex(
    r"^(?:选项|一共|总共|有|就|分别)+(?:[\d两三四五六七八九十]{1,2}(?:个|项|样|条|种)(?:选项)?(?=[\s:：,，]|分别|是))?(?:分别)?(?:是|有|为|写)?\s*[:：,，]?\s*"
)
_ALL_STANDS = regex(r"(?:不同意|不赞成|不支持|不愿意|同意|赞成|支持|愿意|反对|弃权)")
_WHETHER_ALONE = regex(r"(?P<a>[\u4e00-\u9fff]{1,2})[不莫](?P=a)")


def _stands_in(word: str) -> list[str]:
    """Read 同意不同意, 同意反对弃权, 修不修 as the answers they run together; [] for other words."""
    if whether := _WHETHER_ALONE.fullmatch(word):
        return [whether["a"], f"不{whether['a']}"]
    stands = _ALL_STANDS.findall(word)
    return stands if len(stands) > 1 and "".join(stands) == word else []


def options_answered(text: str, now: datetime, calendar: Calendar) -> PollWords:
    """Read the same answer with what is said beside the options: 初六 初八 截止月底 不记名 九社投."""
    text, whom = whom_said(corrected(text, now, calendar))
    rest, closes = cut(text.translate(_WIDE_LETTERS), _CLOSING, now, calendar)
    bare = slots_poll.without_settings(rest)
    options = options_said(bare)
    if len(options) < 2:  # 按户 按人 are options themselves
        return PollWords(options=tuple(options_said(rest)), closes=closes, scope=whom.scope or None)
    said = Said(rest, rest, now, calendar)
    scope = whom.scope or _scope(said)
    return PollWords(options=tuple(options), closes=closes, scope=scope, scope_less=whom.less, **how_said(said))


def answered_with_whom(text: str) -> tuple[str, Whom]:
    """Take whom it asks off the answer to “until when?”: 周五晚八点 九社."""
    rest, whom = whom_said(text)
    if whom.scope or whom.less:
        return rest, whom
    words = rest.split()
    alone = whom_alone(words[-1], bare=True) if len(words) >= 2 else None
    return (rest[: rest.rindex(words[-1])], alone) if alone else (rest, whom)


_NUMBERED = regex(r"(?:第?\d{1,4}号?投票|投票(?:编号)?\s*\d{1,4}(?!\d)号?)(?:的)?[\s,，:：、]*")
_VOTES = regex(r"(?:我|我家|改)?(?:投|选|改)|\d|[同反弃赞]|题目|选项|[加去]|不?记名|[一每]")


def without_number(text: str) -> str:
    """Give the message as it would be understood without the poll it names: 投票3谁还没投 is 投票谁还没投."""
    match = _NUMBERED.search(text)
    if match is None:
        return text
    rest = f"{text[: match.start()]}{text[match.end() :]}".strip()
    return text if not rest else rest if _VOTES.match(rest) else f"投票{rest}"
