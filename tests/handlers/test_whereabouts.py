"""A matter is where its words say it is, not where its teller lives."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("八社的路灯坏了", "八社"),
        ("8组的水沟堵了", "八社"),
        ("第八社路口的路灯坏了", "八社"),
        ("七队的水沟堵了", "七社"),
        ("八社老李家狗咬人了", "八社"),
        ("九社的路灯坏了", "九社"),
        ("七社和九社中间的路灯坏了", "九社"),
        ("路灯坏了", "九社"),
    ],
)
def test_the_place_named_decides(village: Village, said: str, place: str) -> None:
    assert f"在{place}" in village.say("老王", said)
    assert (village.matter().owner_id == village.person("小陈").id) is (place == "九社")


def test_a_person_of_another_place_is_no_place(village: Village) -> None:
    assert "在九社" in village.say("老王", "路灯叫八社那个人砸坏了")


def test_danger_alerts_the_keeper_of_the_place_named(village: Village) -> None:
    village.say("老王", "八社着火了")
    assert village.heard("小陈") == ""
    keeper = village.matter().owner_id
    assert keeper not in (None, village.person("小陈").id, village.person("书记").id)


@pytest.mark.parametrize(
    "said", ["在八社学校门口", "不是九社 是八社", "我说错了 是八社的", "地点在八社桥头", "就在八社那边"]
)
def test_the_place_may_be_told_afterwards(filed: Village, said: str) -> None:
    assert "八社" in filed.say("老王", said)
    assert filed.matter().owner_id != filed.person("小陈").id
    assert "您不用办了" in filed.heard("小陈")
    assert len(filed.matters()) == 1


def test_a_spot_in_his_own_place_only_joins(filed: Village) -> None:
    assert "一起转过去了" in filed.say("老王", "在老槐树跟前")
    assert "老槐树" in filed.heard("小陈")
    assert filed.matter().owner_id == filed.person("小陈").id


def test_whoever_is_unknown_is_asked_and_may_call_his_place_as_he_likes(village: Village) -> None:
    village.say("外村人", "路灯坏了")
    assert "在8组" in village.say("外村人", "8组")
    assert village.matter().owner_id != village.person("书记").id


@pytest.mark.parametrize("said", ["说错了 是八社的", "写错了，应该是八社", "不对 是八社那边的"])
def test_a_place_put_right_hours_later_is_heard(filed: Village, said: str) -> None:
    """It began the binding: 请回绑定码."""
    filed.later(hours=3)
    assert "八社" in filed.say("老王", said)
    assert filed.matter().owner_id != filed.person("小陈").id


def test_a_place_alone_hours_later_corrects_nothing(filed: Village) -> None:
    filed.later(hours=3)
    filed.say("老王", "是八社的")
    assert filed.matter().owner_id == filed.person("小陈").id


@pytest.mark.parametrize(
    "said",
    [
        "不是我们这儿 是八社老槐树底下", "错了 八社的", "不在我们这儿 在八社老槐树底下", "记错了 是八社老井边", "我说的不是九社 是八社",
        "不是我家门口 是八社桥头", "你们弄错了吧 在八社", "灯不在九社 在八社",
    ],
)  # fmt: skip
def test_one_place_denied_and_another_named_moves_it(filed: Village, said: str) -> None:
    """Before, 您叫什么名字 was asked of one who is known, or it stayed with the wrong keeper."""
    assert "八社" in filed.say("老王", said)
    assert filed.matter().owner_id != filed.person("小陈").id
    assert "您不用办了" in filed.heard("小陈")
    assert len(filed.matters()) == 1


@pytest.mark.parametrize("said", ["你记错了吧 我说的不是九社", "不是我们这儿", "不是我们社的", "我说的不是九社那边"])
def test_a_place_only_denied_is_asked_for(filed: Village, said: str) -> None:
    """Before, it was filed as a matter of its own."""
    assert "那在哪个社" in filed.say("老王", said)
    filed.say("老王", "八社")
    assert filed.matter().owner_id != filed.person("小陈").id
    assert len(filed.matters()) == 1


@pytest.mark.parametrize("said", ["我们这儿是九社的", "这不是九社的 是八社的", "不是我们这儿 是八社老槐树底下"])
def test_who_is_known_is_not_asked_for_his_name(village: Village, said: str) -> None:
    for who in ("老王", "小陈"):
        heard = village.say(who, said)
        assert "叫什么名字" not in heard
        assert "绑定码" not in heard
