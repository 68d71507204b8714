"""At the door: wrong codes, questions and other people's names sign nobody in; what was put down wrongly is taken off."""

from __future__ import annotations

import pytest

from storage import tables_meetings as t
from tests.handlers.talk import Village
from tests.handlers.test_attendance import begun, called, line, signed


@pytest.fixture
def door(village: Village) -> Village:
    begun(village)
    return village


@pytest.mark.parametrize("said", ["签到 123456", "签到 12", "签到码12345"])
def test_a_code_of_any_other_length_is_a_wrong_code(door: Village, said: str) -> None:
    """Only four digits were looked at; 签到 123456 signed him in."""
    assert "签到码不对" in door.say("老王", said)
    assert signed(door) == {}


@pytest.mark.parametrize("said", ["咋签到", "在哪签到", "签到怎么签"])
def test_asking_how_to_sign_in_is_no_signature(door: Village, said: str) -> None:
    assert "黑板上" in door.say("老王", said)
    assert signed(door) == {}


@pytest.mark.parametrize("said", ["签到 周奶奶", "周奶奶到了", "帮周奶奶签个到"])
def test_somebody_of_the_household_without_a_phone_is_signed_in(door: Village, said: str) -> None:
    """签到 周奶奶 signed in whoever said it."""
    assert "周奶奶签到了" in door.say("王秀英", said)
    assert signed(door) == {"周奶奶": "words"}


@pytest.mark.parametrize("said", ["我替王德福签到", "签到 王德福", "王德福到了"])
def test_nobody_signs_for_another_household(door: Village, said: str) -> None:
    assert "签到要本人来" in door.say("张婶", said)
    assert signed(door) == {}


def test_his_wife_at_the_door_is_his_household_there(door: Village) -> None:
    """我媳妇到了 was noted as a promise, and nobody was ever there."""
    assert "王德福家媳妇签到了" in door.say("老王", "我媳妇到了")
    assert line(door, "老王") == ("proxy", "媳妇")
    door.say("老王", "撤销签到")
    assert signed(door) == {}
    assert "王德福签到了" in door.say("老王", "签到")
    assert line(door, "老王") == ("yes", "")


@pytest.mark.parametrize("said", ["迟到了 刚到", "我来开会了 签到", "打卡签到", "人到了 签一下"])
def test_however_he_says_it_he_is_there(door: Village, said: str) -> None:
    assert "陈小军签到了" in door.say("小陈", said)


@pytest.mark.parametrize(
    ("said", "name"), [("签到 唐万财家", "唐万财"), ("王德福媳妇到了", "王德福"), ("老王到了 唐万财到了", "唐万财")]
)
def test_the_clerks_list_is_read_as_people_say_it(door: Village, said: str, name: str) -> None:
    door.say("文书", said)
    assert signed(door) == {name: "clerk"}


@pytest.mark.parametrize("said", ["撤销 王德福签到", "签错了 王德福没来", "王德福没来 签错了", "把王德福的签到取消"])
def test_the_clerk_takes_off_what_he_put_down_wrongly(door: Village, said: str) -> None:
    """撤销 王德福签到 signed him in."""
    door.say("文书", "签到 王德福 张桂兰")
    assert "划掉了王德福的签到" in door.say("文书", said)
    assert signed(door) == {"张桂兰": "clerk"}


def test_a_villager_takes_off_nobody_else(door: Village) -> None:
    door.say("文书", "签到 张桂兰")
    door.say("老王", "撤销 张桂兰签到")
    assert signed(door) == {"张桂兰": "clerk"}


@pytest.mark.parametrize("said", ["水到了", "钱到了", "我到了村委会没人", "我家快递到了"])
def test_what_else_has_come_is_no_presence(village: Village, said: str) -> None:
    """水到了 heard that it was too early to sign in."""
    called(village)
    assert "签" not in village.say("老王", said)
    village.later(days=5, hours=8, minutes=50)
    village.say("张婶", said)
    assert signed(village) == {}


def test_the_clerk_hears_that_it_is_too_early(village: Village) -> None:
    """王德福到了 was looked up among the letters."""
    called(village)
    assert "还没到签到的时候" in village.say("文书", "王德福到了")
    assert signed(village) == {}


def test_nobody_signs_for_a_representative(village: Village) -> None:
    """马代民媳妇到了 made a representative present who sat at home."""
    begun(village, "周五晚上七点在村委会开村民代表会议 说修路")
    village.say("李书记", "开始签到")
    village.say("李书记", "签到 马代民媳妇")
    assert signed(village) == {}
    village.say("李书记", "签到 马代民")
    assert signed(village) == {"马代民": "clerk"}


def test_a_nickname_of_one_who_is_there_signs_in_nobody_else(door: Village) -> None:
    """老王 after 王德福 was the other 王."""
    village = door
    village.say("李书记", "开始签到")
    village.say("李书记", "签到 王德福")
    others = [row.name for row in village.rows(t.invitations) if row.name.startswith("王") and row.name != "王德福"]
    assert others
    village.say("李书记", "老王到了")
    assert signed(village) == {"王德福": "clerk"}


@pytest.mark.parametrize(
    "said", ["我也到了", "到了 还有我媳妇", "到了，还有我婆婆", "我们也都到了", "我到了 带着我儿子"]
)
def test_who_is_there_too_signs_in_and_alarms_nobody(door: Village, said: str) -> None:
    """我也到了 was not understood, and 到了 还有我媳妇 called an ambulance."""
    heard = door.say("老王", said)
    assert "120" not in heard
    assert door.matters() == []
    assert "签" in heard
