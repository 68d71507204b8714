"""Silence asked for is kept: what bears no name stays so whatever is said behind it, and no promise is broken later."""

from __future__ import annotations

import pytest

from domain.messages import Kind, Place
from handlers.pleas import is_plea
from storage import tables
from tests.handlers.talk import Village

NAME, PHONE = "王德福", "10000000001"
SEALED = "小陈收了我五百块钱才给我盖章"
SNACK = "村口小卖部卖过期火腿肠 我孙子吃了拉肚子"
VILLAGE = ("小陈", "书记", "文书", "会计", "镇领导")
PLEAS = (
    "别说是我讲的哈", "莫跟别个说", "莫跟旁人讲", "你莫告诉他", "千万别说是我说的啊", "莫写我的名字", "要保密哦", "别传出去",
    "不要跟小陈说", "莫让人家晓得是我", "别把我供出去", "我不想露名", "可不敢说是俺说的", "求你们了 别说是我",
)  # fmt: skip


def heard_by(village: Village, *who: str) -> str:
    return "\n".join(village.heard(each) for each in who or VILLAGE)


@pytest.mark.parametrize("said", [*PLEAS, "莫往外头讲", "甭说是俺讲的", "你们莫给他说是我讲的", "不要透露我的信息"])
def test_silence_asked_for_is_no_story(said: str) -> None:
    assert is_plea(said)


@pytest.mark.parametrize(
    "said",
    [
        "不要跟小陈说 我家低保的事", "别说是我讲的 隔壁偷倒垃圾", "别提了 又坏了", "莫说了", "不要告诉我", "别给我发消息了",
        "别让他家再倒垃圾", "莫叫他来", "别跟我说没钱", "不要跟他吵", "保密工作做得好", "不敢说", "不要写字",
    ],
)  # fmt: skip
def test_other_words_with_not_are_none(said: str) -> None:
    assert not is_plea(said)


# -- while it is asked whether somebody is in danger


@pytest.mark.parametrize("plea", ["别说是我讲的哈", "莫跟别个说", "千万别写我名"])
@pytest.mark.parametrize("answer", ["", "1"])
def test_a_danger_told_without_a_name_is_told_so(village: Village, plea: str, answer: str) -> None:
    """Before, the plea became a matter of its own, and five minutes later the keeper read who had told it."""
    assert "有没有人有危险" in village.say("老王", SNACK)
    told = village.say("老王", plea)
    assert "不写您的名字" in told
    assert "有没有人有危险" in told
    if answer:
        assert "没写您的名字" in village.say("老王", answer)
    village.later(minutes=14)
    heard = heard_by(village)
    assert "火腿肠" in heard
    assert NAME not in heard
    assert PHONE not in heard
    assert len(village.matters()) == 1
    assert village.matter().is_sealed


def test_no_danger_and_no_name(village: Village) -> None:
    village.say("老王", SNACK)
    village.say("老王", "别说是我讲的")
    assert "没写您的名字" in village.say("老王", "2")
    village.later(minutes=10)
    assert NAME not in heard_by(village)
    assert "火腿肠" in village.matter().text


@pytest.mark.parametrize(
    "after",
    [
        ("别说是我讲的哈", "在八社桥头那个小卖部"),
        ("在八社桥头那个小卖部", "莫跟别个说"),
        ("莫跟别个说", "有撒 天天有娃过路"),
        ("别说是我讲的", "不晓得好些没"),
    ],
)
def test_what_is_said_beside_a_plea_is_told_without_a_name(village: Village, after: tuple[str, ...]) -> None:
    village.say("老王", SNACK)
    village.later(minutes=3)
    for said in after:
        village.say("老王", said)
    kept = [row.data for row in village.rows(tables.questions) if row.kind == "danger.check" and row.state == "open"]
    assert not any("火腿肠" in data for data in kept)
    village.later(minutes=3)  # the clock of the first question goes on
    heard = heard_by(village)
    assert "火腿肠" in heard
    assert NAME not in heard
    assert PHONE not in heard
    assert len(village.matters()) == 1
    assert village.matter().is_sealed


def test_no_plea_is_told_as_part_of_the_story(village: Village) -> None:
    village.say("老王", SNACK)
    village.say("老王", "查询码搞忘了")
    village.say("老王", "1")
    assert "查询码" not in heard_by(village)


@pytest.mark.parametrize("said", ["看错了 没着火", "火灭了 谢谢"])
@pytest.mark.parametrize("is_safe", [False, True])
def test_what_was_told_without_a_name_is_called_off_without_it(village: Village, said: str, *, is_safe: bool) -> None:
    village.say("老王", "别说是我讲的 隔壁屋顶着火了")
    if is_safe:
        village.say("老王", "安全")
    heard_by(village)
    village.say("老王", said)
    heard = heard_by(village)
    assert said in heard
    assert "别打听" in heard
    assert NAME not in heard
    village.later(minutes=11)
    assert "人命关天" not in heard_by(village)


def test_silence_asked_for_in_despair_is_no_sign_of_what_comes(village: Village) -> None:
    village.say("老王", "活起没得意思 还不如死了算了")
    heard_by(village)
    assert "只有" in village.say("老王", "莫跟旁人讲")
    assert heard_by(village).strip() == ""
    village.say("老王", "药都买好了")
    assert "药都买好了" in village.heard("书记")
    assert village.heard("小陈") == ""


def test_a_cry_that_asks_for_silence_names_nobody(village: Village) -> None:
    assert "110" in village.say("老王", "别说是我讲的 隔壁打起来了 动刀子了")
    village.later(minutes=4)
    heard = heard_by(village)
    assert "九社" in heard
    assert "动刀子" in heard
    assert NAME not in heard
    assert PHONE not in heard


def test_who_cries_for_help_is_named_as_ever(village: Village) -> None:
    village.say("老王", "隔壁着火了 快来")
    assert "收不回来" in village.say("老王", "别说是我讲的")
    heard = village.heard("小陈")
    assert NAME in heard
    assert "别说是我" not in heard


@pytest.mark.parametrize("plea", ["莫跟别个说", "莫跟旁人讲", "别让村里人知道"])
@pytest.mark.parametrize("between", [(), ("1",), ("1", "嗯")])
def test_after_violence_at_home_it_is_nobody_elses(village: Village, plea: str, between: tuple[str, ...]) -> None:
    village.say("老王", "我男人喝了酒拿皮带抽娃儿")
    for said in between:
        village.say("老王", said)
    heard_by(village)
    assert "只有" in village.say("老王", plea)
    assert heard_by(village).strip() == ""
    assert len(village.matters()) == 1


# -- behind other questions


@pytest.mark.parametrize("story", ["村口垃圾堆成山了 还有我家电压低得灯都暗", "他家的事"])
def test_what_is_still_being_asked_about_is_filed_without_a_name(village: Village, story: str) -> None:
    village.say("老王", story)
    assert "没写您的名字" in village.say("老王", "别说是我讲的")
    assert NAME not in heard_by(village)
    assert village.matter().is_sealed


@pytest.mark.parametrize("said", PLEAS)
def test_with_nothing_told_it_asks_for_the_story(village: Village, said: str) -> None:
    assert "可以匿名" in village.say("老王", said)
    assert village.matters() == []
    assert "没写您的名字" in village.say("老王", "隔壁偷倒垃圾")


@pytest.mark.parametrize("said", PLEAS)
def test_too_late_is_said_to_be_so(filed: Village, said: str) -> None:
    assert "收不回来" in filed.say("老王", said)
    assert heard_by(filed).strip() == ""
    assert len(filed.matters()) == 1


# -- right after what was sealed


@pytest.mark.parametrize(
    "said",
    [
        "谢谢你们给我做主", "谢谢你们主持公道", "多谢了 辛苦你们", "我怕他报复", "怕他晓得了收拾我", "会不会让他知道", "你莫告诉他",
        "别说是我讲的", "查询码是啥子", "查询码我搞忘了", "进度", "催一下", "撤回",
    ],
)  # fmt: skip
def test_it_reaches_nobody(village: Village, said: str) -> None:
    village.say("老王", SEALED)
    heard_by(village)
    told = village.say("老王", said)
    assert told
    assert "还没有反映过" not in told
    assert "说是什么事" not in told
    assert heard_by(village).strip() == ""
    assert len(village.matters()) == 1


@pytest.mark.parametrize(
    "said", ["当时我婆娘在旁边看到的", "有人看见的", "我娃也听见了", "他小舅子也拿了", "他还打我威胁我", "他昨天还骂我"]
)
@pytest.mark.parametrize("first", [SEALED, "李书记收了我两条烟", "悄悄跟你讲 会计把修路的钱装自己腰包了"])
def test_what_sounds_like_a_cry_joins_it(village: Village, first: str, said: str) -> None:
    """Before, 有人看见的 alarmed the accused, with the name."""
    village.say("老王", first)
    village.heard("镇纪委")
    assert "只有" in village.say("老王", said)
    assert said in village.heard("镇纪委")
    village.later(minutes=6)
    assert heard_by(village).strip() == ""
    assert len(village.matters()) == 1


@pytest.mark.parametrize(
    ("said", "called"),
    [("我妈倒地上了喊不应", "小陈"), ("我家着火了", "小陈"), ("我不想活了", "妇联"), ("有人掉水库里了 快来", "小陈")],
)
def test_a_danger_is_one_whatever_was_sealed_before(village: Village, said: str, called: str) -> None:
    village.say("老王", "会计收了我两条烟")
    village.say("老王", said)
    assert "【人命关天】" in village.heard(called)


@pytest.mark.parametrize("said", ["他拿刀撵我 快来", "他又来打我了 快救我"])
def test_he_who_was_accused_is_not_called_to_what_he_does(village: Village, said: str) -> None:
    village.say("老王", "李书记收了我两条烟")
    assert "110" in village.say("老王", said)
    village.later(minutes=11)
    assert village.heard("书记") == ""
    assert "【人命关天】" in village.heard("镇领导")
    assert village.matter().is_sealed


def test_a_voice_joins_it_and_loses_who_sent_it(village: Village) -> None:
    """Before, it was a matter of its own: the accused heard the voice."""
    village.say("老王", SEALED)
    assert "只有" in village.voice("老王")
    assert "[语音]" in village.heard("镇纪委")
    assert heard_by(village).strip() == ""
    assert len(village.matters()) == 1


def test_a_place_joins_it(village: Village) -> None:
    village.say("老王", SEALED)
    village.does("老王", Kind.LOCATION, place=Place(34.8, 105.6, "村部后门"))
    assert "村部后门" in village.heard("镇纪委")
    assert heard_by(village).strip() == ""


def test_a_picture_after_another_matter_is_of_that(village: Village) -> None:
    village.say("老王", SEALED)
    village.say("老王", "路灯坏了")
    village.heard("小陈")
    village.picture("老王")
    assert "[图]" in village.heard("小陈")


# -- days later


@pytest.mark.parametrize(
    "said",
    ["我那个匿名的咋样了", "我匿名说的那个有结果没", "上次没写名字的那个事查了没", "查询码我搞忘了", "查询码丢了咋办"],
)
def test_what_became_of_it_is_told_by_the_token_alone(village: Village, said: str) -> None:
    village.say("老王", "匿名反映 垃圾没人拉")
    heard_by(village)
    village.later(hours=26)
    assert "凭查询码" in village.say("老王", said)
    assert heard_by(village).strip() == ""
    assert len(village.matters()) == 1


@pytest.mark.parametrize("said", ["谢谢小陈 灯修好了", "谢谢小陈 渠通了"])
def test_praise_is_passed_on_as_ever(village: Village, said: str) -> None:
    village.say("老王", said)
    assert "有人夸您" in village.heard("小陈")


@pytest.mark.parametrize("said", ["谢谢你们主持公道", "多亏你们给我做主"])
def test_thanks_for_justice_are_not(village: Village, said: str) -> None:
    assert village.say("老王", said)
    assert heard_by(village).strip() == ""


@pytest.mark.parametrize(
    "said",
    [
        "你们把我电话给别人了没",
        "小陈知不知道我电话",
        "会不会把我名字说出去",
        "谁能看见我的名字",
        "我的手机号别人晓得不",
    ],
)
def test_who_asks_who_knows_his_phone_is_told(filed: Village, said: str) -> None:
    """Before, it joined the lamp and the keeper read it."""
    assert "给办" in filed.say("老王", said)
    assert heard_by(filed).strip() == ""


def test_a_telephone_line_is_no_phone(filed: Village) -> None:
    filed.say("老王", "小陈知道我家电话线断了没")
    assert "只给办" not in filed.heard("老王")


@pytest.mark.parametrize("said", ["真不说了", "不告了", "就不追究了"])
def test_taking_back_is_confirmed_in_words(filed: Village, said: str) -> None:
    filed.say("老王", "撤回")
    assert "撤回了" in filed.say("老王", said)


@pytest.mark.parametrize(
    "said", ["算了不说了 邻里邻居的", "算了算了 乡里乡亲的", "不说了 都是邻居", "算了 抬头不见低头见的"]
)
def test_who_lets_it_rest_is_asked_back_and_tells_nothing_new(filed: Village, said: str) -> None:
    """Before, it was a quarrel of neighbours, or an alarm; and 真不说了 behind it was of no question."""
    assert "1 撤回 2 不撤" in filed.say("老王", said)
    assert heard_by(filed).strip() == ""
    assert "撤回了" in filed.say("老王", "真不说了")


@pytest.mark.parametrize("said", ["算了不说了 邻里邻居的", "算了算了 乡里乡亲的"])
def test_who_lets_rest_what_nobody_told_makes_no_matter(village: Village, said: str) -> None:
    assert village.say("老王", said)
    assert village.matters() == []
    assert heard_by(village).strip() == ""


@pytest.mark.parametrize("said", ["算了 邻居家又着火了", "算了 水又停了"])
def test_what_goes_on_does_not_rest(village: Village, said: str) -> None:
    village.say("老王", said)
    assert village.matters() or village.kinds("老王")


def test_not_to_take_back_is_understood_too(filed: Village) -> None:
    filed.say("老王", "撤回")
    assert "撤回了" not in filed.say("老王", "不要了")


@pytest.mark.parametrize("said", ["匿名 有人打架动刀子了 快来人", "有人打架动刀子了 莫说是我讲的"])
@pytest.mark.parametrize("more", ["2", "他们还在砍", "又砍了一个 快来"])
def test_what_follows_an_unnamed_alarm_names_nobody_either(village: Village, said: str, more: str) -> None:
    """After 2 (not safe) they read 请马上打电话, and 他们还在砍 was a new alarm under his name."""
    village.say("老王", said)
    village.say("老王", "2")
    village.say("老王", more)
    village.later(minutes=11)
    read = heard_by(village)
    assert "现在不安全" in read
    assert "别打听是谁" in read
    assert "请马上打电话" not in read
    assert "王德福" not in read
    assert "10000000001" not in read


def test_another_danger_later_is_told_by_name(village: Village) -> None:
    village.say("老王", "匿名 有人打架动刀子了 快来人")
    village.say("老王", "1")
    village.say("老王", "我爸晕倒了 叫不醒")
    assert "王德福" in heard_by(village)
