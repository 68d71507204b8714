"""What a keeper says of several matters at once goes to each of them, and nothing is done for what was said of another."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village


@pytest.fixture
def two(village: Village) -> Village:
    """A lamp of 王秀英's and a pipe of 老王's are in 小陈's hands."""
    village.say("王秀英", "路灯坏了")
    village.say("老王", "水管爆了")
    for who in ("小陈", "王秀英", "老王"):
        village.heard(who)
    return village


def statuses(village: Village) -> list[str]:
    return [str(matter.status) for matter in village.matters()]


@pytest.mark.parametrize(
    ("said", "lamp", "pipe"),
    [
        ("灯修好了 水管明天", "done", "filed"),
        ("水管接好了，路灯等灯泡", "filed", "done"),
        ("灯换了灯泡亮了，水管下午去修", "done", "filed"),
        ("路灯和水管都修好了", "done", "done"),
        ("灯和水管两个都弄好了", "done", "done"),
        ("灯修好了", "done", "filed"),
        ("水管修好了", "filed", "done"),
        ("路灯旁边的水管修好了", "filed", "done"),
        ("修好了 水管", "filed", "done"),
        ("001 002 都修好了", "done", "done"),
        ("001和002 换了新的 都好了", "done", "done"),
        ("001、002修好了", "done", "done"),
    ],
)
def test_each_gets_its_own_words(two: Village, said: str, lamp: str, pipe: str) -> None:
    two.say("小陈", said)
    assert statuses(two) == [lamp, pipe]
    for who, other, status in (("王秀英", "水管", lamp), ("老王", "灯", pipe)):
        heard = two.heard(who)
        assert ("您看行不行" in heard) is (status == "done")
        assert other not in heard or "和" in said or "旁边" in said


def test_what_was_done_is_asked_once_of_all_of_them(two: Village) -> None:
    assert "怎么办的" in two.say("小陈", "001 002 都办好了")
    assert statuses(two) == ["filed", "filed"]
    two.say("小陈", "换了新的")
    assert statuses(two) == ["done", "done"]
    assert all("换了新的" in two.heard(who) for who in ("王秀英", "老王"))


def test_of_three_who_told_of_the_same_all_hear_it(village: Village) -> None:
    for who in ("王秀英", "老王", "张婶"):
        village.say(who, {"王秀英": "路灯坏了", "老王": "九社停水了", "张婶": "我家水管没水"}[who])
    village.say("小陈", "水来了 两家都修好了")
    assert statuses(village) == ["filed", "done", "done"]


@pytest.mark.parametrize("said", ["001 002 修好了没", "明天下午三点开会说路灯和水管", "001 002 收到"])
def test_what_is_no_end_ends_nothing(two: Village, said: str) -> None:
    two.say("小陈", said)
    assert "done" not in statuses(two)


def test_a_plan_for_both_is_told_to_both(two: Village) -> None:
    two.say("小陈", "001 002 明天去修")
    assert all("明天去修" in two.heard(who) for who in ("王秀英", "老王"))


@pytest.mark.parametrize(
    "said", ["修好了 但少个灯泡", "修好了 就差个灯罩", "换好了 就是还缺个开关", "修好了，还少一截线", "弄好了 只差通电"]
)
def test_what_is_still_wanting_leaves_it_open(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter().status != "done"


@pytest.mark.parametrize("said", ["001 办好了啊", "001 办好了哈", "001 弄好了了呢"])
def test_a_particle_tells_nothing_of_what_was_done(filed: Village, said: str) -> None:
    assert "怎么办的" in filed.say("小陈", said)
    assert filed.matter().status != "done"


@pytest.mark.parametrize(
    "said",
    [
        "她不够条件", "他儿子有车 不符合", "跟她解释过了 她儿子有车", "到了，没找着是哪一盏", "她胡说 灯好好的", "还没修", "没灯泡了 等进货",
        "是没电 线断了", "001 给她打电话了 她说不修了", "给他说过了 他同意", "这三个是一回事",
    ],
)  # fmt: skip
def test_what_he_found_is_a_word_on_it(filed: Village, said: str) -> None:
    """Before, it was answered with meetings, lists of topics, or with 您还没有反映过事情."""
    assert "告诉反映人" in filed.say("小陈", said)
    assert said.removeprefix("001 ") in filed.notes()
    assert len(filed.matters()) == 1


@pytest.mark.parametrize(
    "said", ["我也没办法", "这归镇上管", "001 我出差到月底", "重复了 老王报过", "这个该归供电所管"]
)
def test_what_he_cannot_settle_is_put_to_the_chief(filed: Village, said: str) -> None:
    assert "李长河" in filed.say("小陈", said)
    asked = filed.heard("书记")
    assert "请您定怎么办" in asked
    assert "王东升" not in asked


@pytest.mark.parametrize("said", ["我看看", "我去看看", "我来看看"])
def test_he_who_looks_after_it_again_has_it(filed: Village, said: str) -> None:
    filed.say("小陈", "001 办好了 换了灯泡")
    filed.say("老王", "3 还是不亮")
    assert "收到" in filed.say("小陈", said)


@pytest.mark.parametrize("said", ["我在路上了 五分钟到", "马上到", "在路上，还有2公里", "出发了 大概十分钟到"])
def test_who_is_on_his_way_to_an_alarm_has_it(village: Village, said: str) -> None:
    village.say("老王", "着火了")
    village.say("小陈", said)
    assert "陈小军" in village.heard("老王")
    assert village.matter().status == "accepted"
    assert len(village.matters()) == 1


def test_a_matter_is_not_recoded_to_what_it_is(village: Village) -> None:
    village.say("王秀英", "渠里没水浇地")
    before = village.matter()
    assert "没改" in village.say("文书", "改类 001 灌溉机井")
    assert village.matter() == before


@pytest.mark.parametrize("said", ["换了三米管子", "换了灯头和线", "接了根新的线 通了"])
def test_what_he_adds_to_what_is_done_is_no_matter(filed: Village, said: str) -> None:
    filed.say("小陈", "修好了")
    filed.heard("老王")
    assert "也告诉反映人" in filed.say("小陈", said)
    assert said in filed.heard("老王")
    assert len(filed.matters()) == 1


@pytest.mark.parametrize("said", ["八社的路灯不亮了", "昨天换了灯泡 今天又灭了", "我家水管漏了"])
def test_a_trouble_of_his_own_is_filed(filed: Village, said: str) -> None:
    filed.say("小陈", "修好了")
    filed.say("小陈", said)
    assert "也告诉反映人" not in filed.heard("老王")
    assert said not in filed.heard("老王")
