"""Who gets an answer: the precedence of open questions (design §4) as a table of collisions.

Each row: what stands open for 老王, oldest first; what he says (and quotes); what comes of it, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.handlers.states import FIRE, STATES, facts, polls
from tests.handlers.talk import Village

CODE = "0483"  # shaped like a paper code; whose it is does not matter here


@pytest.fixture(autouse=True)
def poll() -> Iterator[None]:
    with polls():
        yield


# (open, oldest first) | says | quotes (number of the matter) | new facts | what he hears
ROWS: list[tuple[str, str, str, str, set[str], str]] = [
    # -- a bare number
    ("one question takes it", "rating", "1", "", {"rated 001=1"}, "谢谢"),
    ("so does the only poll", "poll", "2", "", {"vote=2"}, "票记下了"),
    ("a poll and a rating are told apart", "rating poll", "1", "", {"apart"}, "1投票 2评价"),
    ("in either order, the newest first", "poll rating", "1", "", {"apart"}, "1评价 2投票"),
    ("and the choice goes where it was meant", "apart", "1", "", {"vote=1"}, "票记下了"),
    ("or to the other", "apart", "2", "", {"rated 001=1"}, "谢谢"),
    ("in words as well", "apart", "评价", "", {"rated 001=1"}, "谢谢"),
    ("投票 in words", "apart", "投票", "", {"vote=1"}, "票记下了"),
    ("a third number is neither", "apart", "4", "", set(), ""),
    ("two ratings are told apart by number", "rating rating", "1", "", {"apart"}, "1评价002 “"),
    ("in words too", "rating rating", "满意", "", {"apart"}, "1评价002 “"),
    ("an old one steps back behind a new one", "rating +49h poll", "1", "", {"vote=1"}, ""),
    ("an old poll behind a new rating", "poll +49h rating", "1", "", {"rated 001=1"}, ""),
    ("two old ones: the newest", "rating poll +49h", "1", "", {"vote=1"}, ""),
    ("a number only one of them takes", "withdraw poll", "3", "", {"vote=3"}, ""),
    ("a closed question takes nothing", "rating +8d", "1", "", set(), "没问您"),
    ("a forgotten 撤回 takes nothing", "withdraw +31m", "1", "", set(), "没问您"),
    ("nothing was asked", "matter", "1", "", set(), "没问您"),
    ("a number none of them takes", "rating poll", "10", "", set(), "1 满意 2 凑合 3 不满意"),
    ("10 is not 1", "rating", "10", "", set(), "1 满意 2 凑合 3 不满意"),
    ("十一 is not 一", "rating", "十一", "", set(), "1 满意"),
    ("12号 is a house", "rating", "12号", "", set(), ""),
    ("1.5 is no score", "rating", "1.5", "", set(), ""),
    ("０ is none", "rating", "０", "", set(), ""),
    ("投1 names a poll", "rating poll", "投1", "", {"vote=1"}, ""),
    ("投1 without a poll is nobody's", "rating", "投1", "", set(), ""),
    ("满意 names the rating", "poll rating", "满意", "", {"rated 001=1"}, ""),
    ("选A names a poll", "rating poll", "选A", "", {"vote=1"}, ""),
    ("A alone is no score", "rating", "A", "", set(), ""),
    ("001 1 names its matter", "rating rating poll", "001 1", "", {"rated 001=1"}, ""),
    ("002 3 names the other", "rating rating poll", "002 3", "", {"rated 002=3"}, "哪里没好"),
    ("001 满意 in words", "rating rating", "001 满意", "", {"rated 001=1"}, ""),
    ("009 1 names nobody's", "rating", "009 1", "", set(), ""),
    # -- a quoted message
    ("the quoted one gets it", "rating rating poll", "1", "001", {"rated 001=1"}, ""),
    ("even before life", "rating safety", "1", "001", {"rated 001=1"}, ""),
    ("even before a conversation", "rating code", "1", "001", {"rated 001=1"}, ""),
    ("a quoted matter that asks nothing lends its answer to nobody", "matter rating", "1", "001", set(), ""),
    ("words under a quote are no choice", "rating", "垃圾没人拉都长蛆了", "001", {"matter 垃圾没人拉都长蛆了"}, ""),
    # -- life
    ("life before a rating", "rating safety", "1", "", {"safety=safe"}, "没事就好"),
    ("life before a newer poll", "safety poll", "2", "", {"safety=unsafe"}, "119"),
    ("life before a conversation", "code safety", "1", "", {"safety=safe"}, ""),
    ("a rating in words is not held up by it", "rating safety", "满意", "", {"rated 001=1"}, ""),
    ("a command neither", "rating safety", "找谁", "", set(), "有事找他们"),
    ("a vote by its own words neither", "safety poll", "投1", "", {"vote=1"}, "票记下了"),
    ("投1 where no poll is open goes to those who were told", "safety", "投1", "", {"note 投1"}, "119"),
    ("10 under danger goes to those who were told", "rating safety", "10", "", {"note 10"}, "119"),
    ("a fire in mid-dialogue", "code", FIRE, "", {"alarm", f"matter {FIRE}"}, "119"),
    ("a fire under a rating", "rating", FIRE, "", {"alarm", f"matter {FIRE}"}, "119"),
    ("a fire under 补充什么", "addition", FIRE, "", {"alarm", f"matter {FIRE}"}, "119"),
    ("a fire under 哪里没好", "why", FIRE, "", {"alarm", f"matter {FIRE}"}, "119"),
    ("a fire under a story being sorted", "topic", FIRE, "", {"alarm", f"matter {FIRE}"}, "119"),
    ("a fire while 您是回 is open", "apart", FIRE, "", {"alarm", f"matter {FIRE}"}, "119"),
    # -- a running conversation
    ("it gets what it can take", "rating code", CODE, "", set(), "对不上"),
    ("a bare number it cannot take goes on", "code rating", "1", "", {"rated 001=1"}, ""),
    ("取消 leaves it and nothing else", "rating code", "取消", "", set(), "不弄了"),
    ("算了吧 too", "name", "算了吧", "", set(), "不弄了"),
    ("上一步 goes back", "code", "上一步", "", {"at group"}, "哪个社"),
    ("a rating in words goes past it", "rating code", "满意", "", {"rated 001=1"}, ""),
    ("a complaint goes past it", "name", "路灯坏了", "", {"matter 路灯坏了"}, "编号"),
    ("so does a command", "group", "进度", "", set(), ""),
    ("after half an hour it is forgotten and said so", "code +31m", CODE, "", set(), "没发出"),
    ("but a rating still open gets its number", "rating code +31m", "1", "", {"rated 001=1"}, ""),
    # -- words that look like an answer and are none
    ("投票箱坏了 is a matter", "poll rating", "投票箱坏了", "", {"matter 投票箱坏了"}, "编号"),
    ("开会没通知我 is a matter", "poll rating", "开会没通知我", "", {"matter 开会没通知我"}, "编号"),
    ("算了不反映了 in a dialogue withdraws the story", "topic", "算了不反映了", "", set(), "不弄了"),
    ("算了不反映了 after filing is asked back", "matter", "算了不反映了", "", set(), "1 撤回 2 不撤"),
    ("取消低保凭啥 is no 取消", "code", "取消低保凭啥", "", {"matter 取消低保凭啥"}, ""),
    ("a number inside a sentence", "rating poll", "1队和2队的路都烂了", "", {"matter 1队和2队的路都烂了"}, ""),
    ("一直没水 is no 一", "rating poll", "一直没水", "", {"matter 一直没水"}, ""),
    ("二社没水 is no 二", "rating poll", "二社没水", "", {"matter 二社没水"}, ""),
    ("三天没水了 is no 三", "rating poll", "三天没水了", "", {"matter 三天没水了"}, ""),
    ("a phone number is no answer", "rating poll", "13900001234", "", set(), ""),
    ("1！ is 1", "rating", "1！", "", {"rated 001=1"}, ""),
    ("a smile is no answer", "rating poll", "[微笑]", "", set(), ""),
    # -- questions that ask for words
    ("the reason", "why", "灯还是一闪一闪的", "", {"reopened 001", "note 灯还是一闪一闪的"}, "重新办"),
    ("another matter is no reason", "why", "垃圾没人拉都长蛆了", "", {"matter 垃圾没人拉都长蛆了"}, ""),
    ("a command is no reason", "why", "进度", "", set(), "不满意"),
    ("the newest of them gets the words", "why addition", "在桥头", "", {"note 在桥头"}, "补充上了"),
    ("a choice among topics", "topic", "2", "", {"matter 水有问题", "code AG01 for 水有问题"}, "编号"),
    ("a choice among topics in words", "topic", "饮水供水", "", {"matter 水有问题", "code RC03 for 水有问题"}, "编号"),
    ("a choice that is none is kept with the story", "topic", "是井里的", "", {"matter 水有问题\n是井里的"}, "编号"),
    ("a command leaves the story waiting", "topic", "找谁", "", set(), "有事找他们"),
    ("two matters apart", "split", "1", "", {"matter 村口那个垃圾没人拉", "matter 路也烂了"}, "编号"),
    ("two matters as one", "split", "2", "", {"matter 村口那个垃圾没人拉\n路也烂了"}, "编号"),
    ("the picture's story", "picture", "路灯坏了", "", {"matter 路灯坏了"}, "编号"),
    ("what says nothing is asked for again", "readings", "1", "", set(), "您说，我听着"),
    ("or followed", "readings", "2", "", set(), "还没有反映过"),
    ("or simply said better", "readings", "路灯坏了", "", {"matter 路灯坏了"}, "编号"),
    # -- other choices
    ("撤回 1", "withdraw", "1", "", {"withdrawn 001"}, "撤回"),
    ("撤回 in words", "withdraw", "不撤", "", set(), "接着办"),
    ("解绑 1", "unbind", "1", "", {"unbound"}, "解绑了"),
    ("consent", "proxy", "1", "", {"proxy said"}, "记下了"),
    ("consent and a rating are told apart", "rating proxy", "2", "", {"apart"}, "1代家人 2评价"),
    ("同意 is consent, no vote", "poll proxy", "同意", "", {"proxy said"}, "记下了"),
    ("取消 leaves a passing question", "unbind", "取消", "", set(), "不弄了"),
    ("取消 leaves nothing where nothing is passing", "rating", "取消", "", set(), "没有弄到一半"),
    ("a friendly word rates nothing", "rating", "好的", "", set(), "1 满意 2 凑合 3 不满意"),
    ("行 answers 您看行不行, asked last", "rating", "行", "", {"rated 001=1"}, "谢谢"),
]  # fmt: skip


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 60
    assert len({name for name, *_ in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("state", "says", "quotes", "new", "hears"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_an_answer_goes_where_it_was_meant(
    village: Village, state: str, says: str, quotes: str, new: set[str], hears: str
) -> None:
    for step in state.split():
        STATES[step](village)
    before = facts(village)
    number = village.matter(quotes).number if quotes else ""
    said = village.say("老王", says, quote=f"您看行不行？编号 {number}" if quotes else "")
    gained = facts(village) - before
    assert gained == new
    assert said
    assert hears in said


def test_what_is_chosen_by_accident_would_be_seen() -> None:
    """The table's facts cover every effect an option has."""
    assert all(re.match(r"[a-z]", fact) for _, _, _, _, new, _ in ROWS for fact in new)
