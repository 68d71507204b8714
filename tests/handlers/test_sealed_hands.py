"""What the reader of a sealed matter says of it stays with it: before, it was filed in the village, and the accused read it."""

from __future__ import annotations

import pytest

from storage import tables
from tests.handlers.talk import Village

VILLAGERS = ("老王", "张婶", "小陈", "书记", "文书", "镇领导")


@pytest.mark.parametrize(
    "said",
    [
        "补充 是老赵那一户",
        "老赵今天认了",
        "和老赵谈了话 他不承认",
        "是不是老赵家那块地",
        "老赵的账还在查",
        "去过老赵家 没人",
    ],
)
@pytest.mark.parametrize(
    ("who", "story"),
    [("镇纪委", "会计收了老板三万块才给办手续"), ("妇联", "我男人天天打我 身上青一块紫一块")],
)
def test_what_a_reader_says_stays_with_the_sealed_matter(village: Village, who: str, story: str, said: str) -> None:
    village.say("张婶", story)
    village.say("张婶", "1")
    for other in VILLAGERS:
        village.heard(other)
    assert village.matter().number in village.say(who, said)
    assert [matter for matter in village.matters() if not matter.is_sealed] == []
    assert not any("老赵" in village.heard(other) for other in VILLAGERS)
    assert not any(
        "老赵" in str(row) for table in (tables.inbox, tables.questions, tables.notes) for row in village.rows(table)
    )
    assert any("老赵" in note for note in village.notes())


@pytest.mark.parametrize("said", ["八社的路灯不亮了", "村口垃圾堆了半个月没人拉"])
def test_a_matter_of_her_own_is_filed(village: Village, said: str) -> None:
    village.say("张婶", "会计收了老板三万块才给办手续")
    village.say("镇纪委", said)
    assert any(said in matter.text and not matter.is_sealed for matter in village.matters())


@pytest.mark.parametrize("said", ["你好", "谢谢", "找谁", "1"])
def test_a_greeting_is_no_word_of_it(village: Village, said: str) -> None:
    village.say("张婶", "会计收了老板三万块才给办手续")
    village.say("镇纪委", said)
    assert village.notes() == []


def test_of_several_it_is_asked_which(village: Village) -> None:
    village.say("张婶", "会计收了老板三万块才给办手续")
    village.say("老王", "匿名 文书把补贴给她亲戚了")
    told = village.say("镇纪委", "老赵今天认了")
    assert all(matter.number in told for matter in village.matters())
    assert not any("老赵" in str(row) for row in village.rows(tables.inbox))
