"""Five hundred ways to answer an open question wrongly: no option is picked by accident, and no story is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from handlers.context import Context
from storage import tables
from tests.handlers.states import STATES, facts, kept_words, polls
from tests.handlers.talk import Village, checkpoint, open_village

NUMBERS = (
    "0", "４", "5", "7", "9", "10", "11", "12", "１０", "１２", "21", "31", "100", "1.5", "１．５", "0.1", "-1", "1/2", "1-2",
    "十", "十一", "十二", "二十", "廿一", "三十一", "百", "1,2,3", "1 2 3", "12号", "12号院", "11号楼3单元", "13900001234",
    "12345", "110.5", "1001", "10月1号", "11月22日", "8点半", "1:30", "第11个", "十来个", "1个半", "三百五", "2万", "5%",
)  # fmt: skip
SIGNS = (
    "。",
    "？",
    "!!!",
    "……",
    ",",
    "~",
    "　",
    "+1",
    "#",
    "😀",
    "👍",
    "🙏🙏",
    "[微笑]",
    "[OK][OK]",
    "🔥",
    "‍",
    "A1B2",
    "ok?",
)
WORDS = (
    "不知道", "你说呢", "谢谢", "好的", "嗯嗯", "啥意思", "没听懂", "等会儿再说", "我问问老伴", "晚上再回你", "你们看着办吧",
    "一会儿", "一样一样的", "三天两头的", "二话不说", "一二三四五", "投票", "选哪个好", "都差不多嘛", "说不上来",
)  # fmt: skip
COMMANDS = ("进度", "找谁", "帮助", "人工", "我的信息", "催一下")
STORIES = (
    "垃圾没人拉都长蛆了", "3个人来了也没修好水管", "1队和2队的路都烂了", "1社的水渠堵了没人管", "2号机井抽不上水了",
    "三社的桥栏杆让车撞坏了", "一直没水浇地", "二社停电两天了", "自来水停了三天了，12户人都没水吃",
    "10号那天说来修水管，到今天还没人来", "1、村口的路烂了\n2、桥栏杆坏了", "投票箱坏了", "开会没通知我，路咋修也不说",
    "村里的路坑坑洼洼的没法走，" * 30, "水渠堵了" + "，浇不上地" * 60,
)  # fmt: skip
WRONG = NUMBERS + SIGNS + WORDS + COMMANDS + STORIES

# The question, and the words of the list above that answer it after all.
ASKED: dict[str, set[str]] = {
    "rating": set(),
    "rating rating": set(),
    "poll": set(),
    "poll rating": set(),
    "safety": set(),
    "withdraw": set(),
    "unbind": set(),
    "proxy": set(),
    "apart": {"投票"},
    "code": set(),
    "group": set(),
}
# What an option does; of these nothing may come of a wrong answer.
EFFECT = re.compile(r"vote=|rated |reopened |withdrawn |safety=|unbound|proxy |at ")


@pytest.fixture(autouse=True)
def poll() -> Iterator[None]:
    with polls():
        yield


@pytest.fixture(scope="module")
def stand(
    template: Path, tmp_path_factory: pytest.TempPathFactory, knowledge: Context
) -> Iterator[Callable[[str, Path], Village]]:
    """Return a village where these questions stand open; each state is arranged once and copied."""
    made: dict[str, tuple[Path, Village]] = {}
    folder = tmp_path_factory.mktemp("states")

    def at(state: str, path: Path) -> Village:
        if state not in made:
            village = open_village(template, folder / f"{len(made)}.db", knowledge)  # type: ignore[arg-type]
            for step in state.split():
                STATES[step](village)
            checkpoint(village.database)
            made[state] = (folder / f"{len(made)}.db", village)
        source, before = made[state]
        village = open_village(source, path, before.words)
        village.now, village.sent, village._ids = before.now, list(before.sent), iter(range(1000, 2000))
        return village

    yield at
    for _, village in made.values():
        village.database.dispose()


def test_there_are_more_than_five_hundred_ways() -> None:
    assert len(WRONG) * len(ASKED) > 500


@pytest.mark.parametrize("state", ASKED)
@pytest.mark.parametrize("group", ["numbers", "signs", "words", "commands", "stories"])
def test_a_wrong_answer_picks_nothing_and_loses_nothing(
    stand: Callable[[str, Path], Village], tmp_path: Path, state: str, group: str
) -> None:
    wrong = {"numbers": NUMBERS, "signs": SIGNS, "words": WORDS, "commands": COMMANDS, "stories": STORIES}[group]
    faults = []
    for number, words in enumerate(words for words in wrong if words not in ASKED[state]):
        village = stand(state, tmp_path / f"{number}.db")
        before, open_before = facts(village), village.kinds("老王")
        reply = village.say("老王", words)
        gained = facts(village) - before
        if accident := sorted(fact for fact in gained if EFFECT.match(fact)):
            faults.append((words, "picked", accident))
        if not reply:
            faults.append((words, "silence"))
        if group == "stories" and _is_lost(village, words):
            faults.append((words, "lost", reply))
        if missing := [kind for kind in open_before if kind not in village.kinds("老王")]:
            faults.append((words, "question gone", missing))
        village.database.dispose()
    assert faults == []


def _is_lost(village: Village, words: str) -> bool:
    """Are parts of the story nowhere any more? (A story of two matters is kept in two parts.)"""
    kept = kept_words(village)
    parts = [part for part in re.split(r"[\n，。 ]|[1-9]、", words) if part]
    return any(part not in kept for part in parts)


@pytest.mark.parametrize("state", ["topic", "split", "addition", "why", "picture", "readings"])
@pytest.mark.parametrize("words", STORIES)
def test_a_story_told_to_a_question_that_asks_for_words_is_kept(
    stand: Callable[[str, Path], Village], tmp_path: Path, state: str, words: str
) -> None:
    village = stand(state, tmp_path / "one.db")
    earlier = kept_words(village)
    assert village.say("老王", words)
    assert not _is_lost(village, words)
    # What a question keeps for itself (JSON, the code of its matter) is no story.
    stories = [line for line in earlier.split("\n") if not re.match(r"[{\[]|[A-Z]{2}\d\d$", line)]
    assert all(line in kept_words(village) for line in stories)
    village.database.dispose()


@pytest.mark.parametrize("state", ["topic", "split"])
@pytest.mark.parametrize("words", NUMBERS + WORDS + COMMANDS)
def test_the_story_being_sorted_survives_every_answer(
    stand: Callable[[str, Path], Village], tmp_path: Path, state: str, words: str
) -> None:
    """Filed as a whole, or still being asked about; and filed by the clock at the latest."""
    village = stand(state, tmp_path / "one.db")
    village.say("老王", words)
    village.later(minutes=40)
    texts = "".join(matter.text for matter in village.matters())
    for part in {"topic": ["水有问题"], "split": ["村口那个垃圾没人拉", "路也烂了"]}[state]:
        assert part in texts
    village.database.dispose()


def test_a_wrong_answer_leaves_the_right_one_good(stand: Callable[[str, Path], Village], tmp_path: Path) -> None:
    for number, words in enumerate(NUMBERS + SIGNS + WORDS):
        village = stand("rating", tmp_path / f"{number}.db")
        village.say("老王", words)
        village.say("老王", "满意")
        assert village.matter("001").rating == 1, words
        assert len(village.rows(tables.ledger, tables.ledger.c.why == "rated:1")) == 1
        village.database.dispose()
