"""The village group: the bot speaks when it is called, on its own questions and on danger, and keeps people's things private."""

from __future__ import annotations

import pytest

from storage import tables
from tests.handlers.talk import Village

LAMP = "九社巷子口的路灯坏了"


@pytest.fixture
def group(village: Village) -> Village:
    """The gateway's contacts of some members are bound, as they are where a gateway is used in earnest."""
    for who in ("老王", "小陈", "李书记"):
        village.bind(who, to=who, channel="sim")
    return village


@pytest.mark.parametrize(
    "words",
    [
        "今天谁去赶集",
        LAMP,
        "进度",
        "1",
        "满意",
        "007 收到",
        "人工",
        "帮助",
        "我家水停了三天了没人管",
        "书记电话",
        "+1",
        "取消",
    ],
)
def test_talk_among_villagers_is_left_alone(group: Village, words: str) -> None:
    assert group.group(words, by="老王") == ""
    assert group.matters() == []
    assert group.sent == []


@pytest.mark.parametrize("words", ["今天谁去赶集", LAMP, "我家的事别到处说"])
def test_overheard_talk_leaves_only_its_event_key(village: Village, words: str) -> None:
    """Before, everyone who spoke in the group became a row of contacts."""
    contacts = len(village.rows(tables.contacts))
    village.group(words, by="路人甲")
    row = village.rows(tables.inbox)[0]
    assert (row.text, row.extra, row.reply) == ("", "", None)
    assert row.event_id
    assert len(village.rows(tables.contacts)) == contacts
    for table in (tables.matters, tables.notes, tables.questions, tables.conversations, tables.outbox, tables.ledger):
        assert village.rows(table) == []


@pytest.mark.parametrize("call", ["小议 帮助", "@小议 帮助", "小议，帮助", "帮助"])
def test_called_by_name_it_answers(group: Village, call: str) -> None:
    assert "您可以这样说" in group.group(call, by="老王", addressed=True)


@pytest.mark.parametrize("words", ["找谁", "书记电话", "你好"])
def test_what_all_may_read_is_answered_in_the_group(group: Village, words: str) -> None:
    said = group.group(words, by="老王", addressed=True)
    assert said
    assert "已私信您" not in said


@pytest.mark.parametrize(
    "words", [LAMP, "进度", "催一下", "我的信息", "人工", "撤回", "绑定", "满意", "阿巴阿巴阿巴", "007 收到"]
)
def test_what_concerns_one_person_goes_to_his_private_chat(group: Village, words: str) -> None:
    """Before, 进度 007 that was refused was answered before everybody."""
    said = group.group(words, by="老王", addressed=True)
    assert said == "已私信您。"
    assert group.heard("老王")


def test_no_name_of_a_villager_is_said_in_the_group(group: Village) -> None:
    lines = [LAMP, "进度", "我的信息", "快来人 柴垛着火了", "代 周奶奶", "绑定 王德福 九社", "补充 在桥头", "撤回", "1"]
    for words in lines:
        said = group.group(words, by="老王", addressed=True) + group.in_group()
        assert "王德福" not in said
        assert group.phone("老王") not in said
        assert "XH-" not in said


def test_a_picture_is_answered_in_private(group: Village) -> None:
    from domain.messages import Actor, Kind, Media

    actor = Actor("sim", "demo", "o-laowang")
    picture = group._incoming(Kind.IMAGE, actor, group="xinghe-family", addressed=True, media=Media("pic-1"))
    assert group.play(picture) == ["已私信您。"]
    assert "图收到了" in group.heard("老王")


def test_a_matter_reported_in_the_group_is_filed_for_the_one_who_said_it(group: Village) -> None:
    group.group(LAMP, by="老王", addressed=True)
    assert group.matter().reporter_id == group.person("老王").id
    assert group.matter().number in group.heard("老王")
    assert LAMP in group.heard("小陈")


def test_the_keeper_may_be_heard_in_the_group_as_well(group: Village) -> None:
    group.say("老王", LAMP)
    group.heard("小陈")
    assert group.group("001 收到", by="小陈", addressed=True) == "已私信您。"
    assert group.matter().status == "accepted"


def test_an_unbound_cadre_changes_nothing_and_is_told_politely(village: Village) -> None:
    village.say("老王", LAMP)
    assert village.group("001 收到", by="没绑定的干部", addressed=True) == "已私信您。"
    assert village.matter().status == "filed"
    assert "绑定" in village.heard("没绑定的干部")


def test_a_conversation_begun_in_the_group_goes_on_in_private(group: Village) -> None:
    """Before, its question went to the private chat, where the answer found no conversation."""
    group.group("绑定", by="路人甲", addressed=True)
    assert "名字" in group.heard("路人甲")
    from domain.messages import Actor, Kind

    def private(text: str) -> str:
        return group.play(group._incoming(Kind.TEXT, Actor("sim", "demo", "o-路人甲"), text=text))[0]

    assert "哪个社" in private("王德福")
    assert "绑定码" in private("九社")


def test_an_answer_to_our_own_question_is_taken_by_its_quote(group: Village) -> None:
    """Before, only a message that also called the bot by name could answer it."""
    group.group(LAMP, by="路人甲", addressed=True)
    number = group.matter().number
    group.say("李书记", f"{number[-3:]} 办好了 换了灯泡")
    assert group.group("1", by="路人甲", quote=f"您看行不行？\n编号 {number}") == "已私信您。"
    assert group.matter().rating == 1
    assert [row.text for row in group.rows(tables.inbox)][-1] == ""


def test_another_mans_answer_to_the_quote_is_overheard(group: Village) -> None:
    group.group(LAMP, by="路人甲", addressed=True)
    number = group.matter().number
    group.say("李书记", f"{number[-3:]} 办好了 换了灯泡")
    assert group.group("1", by="路人乙", quote=f"您看行不行？\n编号 {number}") == ""
    assert group.matter().rating is None


def test_a_chat_nobody_has_entered_is_read_for_danger_only(village: Village) -> None:
    assert village.group(LAMP, by="老王", chat="another-chat") == ""
    assert "119" in village.group("快来人 柴垛着火了", by="老王", chat="another-chat")


def test_a_group_has_any_number_of_transports(group: Village) -> None:
    with group.database.write() as connection:
        connection.execute(
            tables.transports.insert(),
            [{"id": 2, "group_id": 1, "channel": "oa", "account": "demo", "native_id": "second-chat"}],
        )
    assert "您可以这样说" in group.group("帮助", by="老王", addressed=True, chat="second-chat")
