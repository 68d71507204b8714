"""What is said on of a matter (水还在流, 下午我婆娘在屋) is no cry; a cry in the middle of a matter is one all the same.
And which danger it is, so that the first words fit."""

from __future__ import annotations

import pytest

from nlp.words import classify
from storage import tables
from tests.handlers.talk import Village


def kinds(village: Village) -> list[str]:
    return [row.kind for row in village.rows(tables.alarms)]


LEAK = "门口的水管漏水"


@pytest.mark.parametrize(
    "said",
    [
        "那水还在冒", "水还在流", "天黑了看不见", "有人看见的", "来了俩人 看了看 说没带家伙",
        "下午我在地里 让我婆娘等他", "水还在往外喷呢", "师傅说缺个零件", "我公公在家等着呢", "他敲门我没听见",
        "来了一个人 拿手机拍了拍", "俺邻居瞅见的", "有人看到的", "没人了 都走光了", "有我半截腿深", "我自己把总阀关了",
    ],
)  # fmt: skip
def test_what_goes_on_with_a_matter_alarms_nobody(village: Village, said: str) -> None:
    """Wording alone alarmed three people at 0, 3 and 10 minutes."""
    village.say("老王", LEAK)
    village.say("老王", said)
    assert kinds(village) == []


def test_dumped_again_is_no_collapse_while_he_is_asked_whether_he_is_content(village: Village) -> None:
    """拉是拉走了可是又倒了一堆, the answer to 满意没, alarmed three people as somebody who had fallen ill."""
    village.say("老王", "村口垃圾堆成山了")
    village.say("小陈", "001 办好了 拉走了")
    village.say("老王", "拉是拉走了可是又倒了一堆")
    assert kinds(village) == []


@pytest.mark.parametrize(
    "said",
    [
        "我爸倒在地上喊不应", "娃掉水里了", "水漫到床上了 老人动不得", "有人拿刀砍人", "着火了", "电着人了",
        "我妈昏过去了", "血止不住", "墙倒了压住人了",
    ],
)  # fmt: skip
def test_a_cry_beside_a_matter_is_one(village: Village, said: str) -> None:
    village.say("老王", LEAK)
    village.say("老王", said)
    assert len(kinds(village)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "老婆跑了", "老婆跟人跑了 娃没人带", "路上那个坑把我电瓶车轮胎扎爆了", "我老汉昨黑走了 咋个办后事",
        "我爷爷昨晚走了 要办啥手续", "我车胎让你们路上的钢筋扎了", "拉走了又倒了一车",
    ],
)  # fmt: skip
def test_ordinary_words_alarm_nobody_by_themselves(village: Village, said: str) -> None:
    village.say("老王", said)
    assert kinds(village) == []


def test_a_stranger_who_asks_who_pays_for_his_car_is_in_no_water(village: Village) -> None:
    village.say("外村人", "我在你们村口掉坑里把车刮了 找哪个赔")
    assert kinds(village) == []


# -- which danger it is


@pytest.mark.parametrize(
    ("said", "kind", "advice"),
    [
        ("高压线断了搭在路上", "wire", "95598"),
        ("线掉下来了", "wire", "别靠近"),
        ("车翻田里了", "traffic", "122"),
        ("三轮车翻坎下了 人在底下", "traffic", "122"),
        ("打药打昏了 吐白沫", "poison", "药瓶"),
        ("小卖部卖假酒 喝倒了俩人", "poison", "120"),
        ("吃菌子吃得一家人躺倒了", "poison", "120"),
        ("窖里打药把人熏倒了", "gas", "通风"),
        ("冰面上有娃", "drowning", "别自己下水"),
        ("有人敲我门 我不敢开", "violence", "110"),
        ("隔壁屋头娃天天遭他后妈打 身上青一块紫一块", "domestic", "110"),
        ("后妈天天打娃 娃身上都是伤", "domestic", "110"),
    ],
)
def test_the_kind_and_the_first_words_fit(village: Village, said: str, kind: str, advice: str) -> None:
    told = village.say("老王", said)
    assert kinds(village) == [kind]
    assert advice in told
    if kind == "domestic":
        assert village.matter().is_sealed
        assert village.heard("小陈") == ""


def test_a_snake_in_the_house_is_asked_about_and_a_bite_alarms(village: Village) -> None:
    """蛇钻屋里了 was not understood, and after the bite dogs were offered."""
    assert "有没有人有危险" in village.say("老王", "蛇钻屋里了")
    assert "有没有人有危险" in village.say("老王", "有一米多长 我怕")
    told = village.say("老王", "咬了我一口")
    assert "120" in told
    assert "119" in told
    assert "蛇钻屋里了" in village.heard("小陈")


def test_a_wire_the_wind_tore_off_is_asked_about_at_least(village: Village) -> None:
    village.say("老王", "电线让风刮断了横在过道上")
    if not kinds(village):
        assert "95598" in village.say("老王", "1")
    assert kinds(village) == ["wire"]


def test_a_leaning_pole_is_no_fallen_house(village: Village) -> None:
    village.say("老王", "昨黑路上那电线杆子歪了半截 怕砸着人")
    village.say("老王", "1")
    assert kinds(village) in ([], ["wire"])


@pytest.mark.parametrize("said", ["网线断了掉地上了", "晾衣服的绳子断了掉地上", "电线杆上贴满广告", "电线老化了要换"])
def test_other_lines_are_no_live_wires(village: Village, said: str) -> None:
    village.say("老王", said)
    assert kinds(village) == []


# -- not for life, and not for later


@pytest.mark.parametrize(
    ("said", "urgency"),
    [
        ("水管爆了 家里成河了", "P1"),
        ("暖气管裂了屋里全是水", "P1"),
        ("水管爆了 路上全是水", "P2"),
        ("水管漏水", "P2"),
    ],
)
def test_water_in_the_house_waits_no_week(village: Village, said: str, urgency: str) -> None:
    assert classify(village.words.lexicon, said).urgency == urgency


@pytest.mark.parametrize(
    ("said", "code"), [("煤炉子咋领", "RC06"), ("取暖炉啥时候发放", "RC06"), ("晒坝边的阴沟塞了", "RC07")]
)
def test_stoves_and_drying_grounds_are_no_disasters(village: Village, said: str, code: str) -> None:
    reading = classify(village.words.lexicon, said)
    assert reading.code == code
    assert reading.urgency != "P1"


@pytest.mark.parametrize("said", ["不说了 邻居把我打了", "算了，隔壁把我爸打伤了", "不反映了 灶房着火了"])
def test_a_word_that_leaves_leaves_no_danger(filed: Village, said: str) -> None:
    """It asked whether the lamp is to be withdrawn."""
    filed.say("老王", said)
    assert "【人命关天】" in filed.heard("小陈")
    assert all(matter.is_living for matter in filed.matters())


@pytest.mark.parametrize("said", ["不说了", "算了 不反映了", "麻将把我打穷了"])
def test_a_word_that_leaves_alone_alarms_nobody(filed: Village, said: str) -> None:
    filed.say("老王", said)
    assert "【人命关天】" not in filed.heard("小陈")
