"""What a keeper says beside 收到 and 办好了: nothing of it is swallowed, and what was said by mistake is taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from domain.matters import Status, Urgency
from handlers import keeper_words
from storage.tables_delivery import media
from tests.handlers.talk import Village


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("001 收到 今天后晌三点过来", "今天后晌三点过来"), ("收到 明天去", "明天去"), ("收到,今天下午三点去看", "今天下午三点去看"),
        ("001 收到 晚上七点到您家", "晚上七点到您家"), ("知道了 明儿个一早来弄", "明儿个一早来弄"), ("001 收到。后天前晌去掏", "后天前晌去掏"),
    ],
)  # fmt: skip
def test_when_somebody_comes_is_told_with_the_receipt(filed: Village, said: str, told: str) -> None:
    """Before, he heard 收到 and waited at the wrong time."""
    filed.say("小陈", said)
    heard = filed.heard("老王")
    assert told in heard
    assert filed.matter().status is Status.ACCEPTED


@pytest.mark.parametrize("said", ["收到", "001 收到", "001 收到了", "收到 好的", "001 收到 知道了"])
def test_a_bare_receipt_tells_no_more(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    heard = filed.heard("老王")
    assert "收到了" in heard
    assert "他说" not in heard


def test_what_is_beyond_him_reaches_the_chief_beside_the_receipt(filed: Village) -> None:
    filed.say("小陈", "001 收到 这个修不了 要报镇上")
    assert filed.matter().status is Status.ACCEPTED
    assert "修不了" in filed.heard("李书记")


@pytest.mark.parametrize(
    "said",
    [
        "001 搞错了 还没办",
        "001 还没办 刚才点错了",
        "001 撤回办好",
        "001 点错了",
        "001 发错了 还没修",
        "001 弄错了，没弄完",
    ],
)
def test_a_keeper_takes_back_what_he_said_is_done(filed: Village, said: str) -> None:
    """Before, 这件事已经了结了, and whoever told of it kept the false 办了."""
    filed.say("小陈", "001 办好了 换了灯泡")
    filed.heard("老王")
    due = filed.matter().due_at
    filed.say("小陈", said)
    assert (filed.matter().status, filed.matter().result, filed.matter().due_at) == (Status.ACCEPTED, "", due)
    assert "还没办好" in filed.heard("老王")
    assert filed.kinds("老王") == []
    filed.say("小陈", "001 办好了 这回真换了灯泡")
    assert "这回真换了" in filed.heard("老王")
    assert filed.kinds("老王") == ["rating"]


def test_what_is_rated_is_taken_back_no_more(filed: Village) -> None:
    filed.say("小陈", "001 办好了 换了灯泡")
    filed.say("老王", "满意")
    filed.say("小陈", "001 搞错了 还没办")
    assert (filed.matter().status, filed.matter().rating) == (Status.CLOSED, 1)


@pytest.mark.parametrize(
    "words", ["办好了 换了灯泡", "没人在家", "错了一根线换了", "是误报", "收到", "没电了", "又坏了"]
)
def test_other_words_take_nothing_back(words: str) -> None:
    assert not keeper_words.takes_back_end(words)


@pytest.mark.parametrize("said", ["001 明早八点带灯泡过去", "001 今晚去看"])
def test_who_has_said_when_he_comes_is_not_said_to_have_said_nothing(village: Village, said: str) -> None:
    """Before, after two hours: 还没人回话."""
    village.say("老王", "村口电线杆歪了要倒 天天有娃娃过路")
    assert village.matter().urgency is Urgency.P1
    village.say("小陈", said)
    village.heard("小陈")
    village.heard("李书记")
    village.later(hours=3)
    assert "没人回话" not in village.heard("小陈")
    assert "还没回" not in village.heard("李书记")


def test_a_postponement_that_is_none_is_told_with_its_date(filed: Village) -> None:
    """下周三 lies before the day it is due: before, he was let to believe that it was put off."""
    assert "日子没改" in filed.say("小陈", "001 延到下周三 配件没到")


THREE = "村口垃圾堆成山了 还有我家电压低得灯都暗 另外问下养老金几号发"


@pytest.mark.parametrize(
    "said",
    [
        "两件都要紧",
        "都要办",
        "嗯 三件",
        "三件都给我办",
        "都记上",
        "先说垃圾的",
        "分开",
        "1",
        "分开记吧",
        "都急",
        "全都要",
        "不是一件事",
    ],
)
def test_all_of_them_are_filed_apart(village: Village, said: str) -> None:
    """Before, 都要办 was one matter, and a withdrawal of one part ended all."""
    assert "您说了3件事" in village.say("老王", THREE)
    village.say("老王", said)
    assert len(village.matters()) == 3


@pytest.mark.parametrize("said", ["一件", "2", "当一件事记", "就是一件", "合起来记"])
def test_one_matter_is_filed_where_he_says_so(village: Village, said: str) -> None:
    village.say("老王", THREE)
    village.say("老王", said)
    assert len(village.matters()) == 1


@pytest.mark.parametrize("said", ["哪样好", "随便", "嗯", "啥意思", "你看着办"])
def test_unclear_words_choose_nothing_and_lose_nothing(village: Village, said: str) -> None:
    village.say("老王", THREE)
    village.say("老王", said)
    assert village.matters() == []
    village.later(minutes=30)
    village.later(minutes=5)
    assert len(village.matters()) == 3


# -- without a number, of the one matter in his hands


@pytest.mark.parametrize(
    "said", ["明儿个后晌去", "明早七点在屋等我", "明天前晌去", "催啥催 明天来", "后天来掏", "今晚上来换", "下午过去看"]
)
def test_when_he_comes_is_passed_on_and_calls_no_meeting(filed: Village, said: str) -> None:
    """Before, 明儿个后晌去 was asked 在哪里开."""
    filed.say("小陈", said)
    assert said in filed.heard("老王")
    assert len(filed.matters()) == 1


@pytest.mark.parametrize(
    "said",
    ["正在路上", "我在路上了", "这要多少钱哦", "多少钱", "前几天就换过了 他又弄坏了", "等灯泡到了就弄", "人在哪里啊", "看见了 在外头开会",
     "得找电工 我问问李书记", "让张桂兰去弄", "你家上个月用了多少度"],
)  # fmt: skip
def test_other_words_of_his_are_kept_with_it_and_he_is_asked_whether_to_tell(filed: Village, said: str) -> None:
    """Before, they became menus, and a matter of his own."""
    assert "要告诉反映人吗" in filed.say("小陈", said)
    filed.say("小陈", "1")
    assert said in filed.heard("老王")
    assert len(filed.matters()) == 1


@pytest.mark.parametrize("said", ["要花两千块 村里没钱", "撤了吧 是误报", "已经跟他说好了 他不要求弄了", "这个不用办"])
def test_what_he_will_not_do_is_for_the_chief_to_decide(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert said in filed.heard("李书记")


def test_what_is_cleaned_out_is_done(village: Village) -> None:
    village.say("老王", "屋后头那条水沟塞满了树叶叶水流不走")
    village.say("小陈", "掏干净了")
    assert village.matter().status is Status.DONE


@pytest.mark.parametrize(
    "said",
    [
        "明天下午三点在村委会开会 说修渠",
        "我家没水了",
        "八社的水管爆了",
        "通知大家明天来领米",
        "周六去县里学习",
        "路灯又坏了",
        "垃圾没人拉",
    ],
)
def test_a_meeting_and_a_matter_of_his_own_are_not_passed_on(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.heard("老王") == ""


def test_without_a_matter_in_hand_such_words_are_of_none(village: Village) -> None:
    village.say("小陈", "明儿个后晌去")
    assert village.matters() == []


@pytest.mark.parametrize("said", ["催一下小陈", "让小陈抓紧点", "催催小陈"])
def test_who_is_over_the_keeper_presses_him_by_name(filed: Village, said: str) -> None:
    """Before, 您还没有反映过事情."""
    assert "催过了" in filed.say("李书记", said)
    assert "【催办】" in filed.heard("小陈")


# -- his picture of what is done


def arrived(village: Village) -> None:
    """Let every picture that is waited for be fetched."""
    with village.database.engine.begin() as connection:
        connection.execute(update(media).values(path="media/p.jpg"))
    village.later(minutes=1)


def test_the_picture_before_the_end_reaches_whoever_told_of_it(filed: Village) -> None:
    """Before, it reached nobody, and was asked 这是哪儿、什么事."""
    assert "001 办好了" in filed.picture("小陈")
    filed.say("小陈", "001 办好了 看照片")
    assert "照片随后就到" in filed.heard("老王")
    filed.heard("小陈")
    arrived(filed)
    assert "办事的人发来的照片" in filed.heard("老王")
    assert filed.heard("小陈") == ""


def test_the_picture_behind_it_does_too(filed: Village) -> None:
    filed.say("小陈", "001 办好了 换了灯泡")
    filed.heard("老王")
    assert "发给反映人" in filed.picture("小陈")
    arrived(filed)
    assert "照片" in filed.heard("老王")


def test_a_keeper_tells_of_a_matter_of_his_own_with_a_picture(filed: Village) -> None:
    filed.picture("小陈")
    filed.say("小陈", "八社的水管漏了")
    assert len(filed.matters()) == 2
    arrived(filed)
    assert "照片" not in filed.heard("老王")


# -- two of a kind


def test_two_of_a_kind_are_told_apart_by_who_told_of_them(village: Village) -> None:
    """Before, 002 排水防洪沟渠 / 001 排水防洪沟渠."""
    village.say("老王", "屋后头那条水沟塞满了树叶叶水流不走")
    village.say("张婶", "门口水沟的盖板断了")
    reply = village.say("小陈", "收到")
    assert "王德福“屋后头" in reply
    assert "“门口水沟" in reply


@pytest.mark.parametrize("said", ["张婶家的盖板换了", "张婶家的弄好了 换了块盖板"])
def test_whose_it_is_tells_which_is_meant(village: Village, said: str) -> None:
    village.say("老王", "屋后头那条水沟塞满了树叶叶水流不走")
    village.say("张婶", "门口水沟的盖板断了")
    village.say("小陈", said)
    assert [matter.status for matter in village.matters()] == [Status.FILED, Status.DONE]
