"""A story without a pause, hunger, and what got worse are never 没听明白; small talk is never filed."""

from __future__ import annotations

import pytest

from tests.handlers.talk import LAMP, Village

PIPE = (
    "那个我给你说一哈我们九社巷巷头上那个老刘家门前头那个水管子昨天晚上就开始往外冒水冒了一晚上了今早上我起来一看门口都冻成冰溜子了"
    "娃娃上学滑倒了两个你们赶紧来个人看看把那个闸给关了也行"
)
STY = "我家猪圈塌了半边压死一头猪老汉腿脚不好弄不动你们能不能派两个人来帮忙清一下再看看能不能给点补助"
ALONE = "我两个儿子一个在新疆一个在县城我今年六十八了腿疼走不动他们谁也不回来看我上个月我摔了一跤在炕上躺了三天没人知道你们给说说他们"
DOGS = "我们这个巷道里养狗的多一到晚上就叫得人睡不着前天还把快递员给咬了你们管管"


@pytest.mark.parametrize(("said", "code"), [(PIPE, "RC03"), (STY, "OT01"), (ALONE, "SS06"), (DOGS, "EN07")])
def test_a_long_story_is_filed(village: Village, said: str, code: str) -> None:
    """Before, three were 没听明白, and the dogs were praise; later, the lonely old were nobody's matter in particular."""
    assert "编号" in village.say("王秀英", said)
    assert (village.matter().code, village.matter().text) == (code, said)
    assert said[:20] in village.heard("小陈")


@pytest.mark.parametrize(
    "said", ["我三天没吃饭了 给点钱吧", "家里揭不开锅了", "两天没吃东西了", "屋里没米下锅了", "没钱买药了 咋办"]
)
def test_hunger_reaches_somebody(village: Village, said: str) -> None:
    village.say("王秀英", said)
    village.later(minutes=45)
    assert len(village.matters()) == 1


@pytest.mark.parametrize("said", ["漏得更厉害了 都流到邻居家了", "比昨天还漏得凶", "越来越严重了", "严重了 你们快来"])
def test_what_got_worse_joins_what_was_told(village: Village, said: str) -> None:
    village.say("王秀英", "水管漏了")
    village.later(hours=20)
    village.heard("小陈")
    village.say("王秀英", said)
    assert len(village.matters()) == 1
    assert said[:4] in village.heard("小陈")


@pytest.mark.parametrize(
    "said",
    [
        "哈哈哈今天天气真好啊大家都出来晒太阳聊天",
        "嗯嗯好的好的知道了谢谢",
        "吃了没",
        "祝大家身体健康万事如意阖家欢乐天天开心发大财",
    ],
)
def test_small_talk_is_still_nothing(village: Village, said: str) -> None:
    village.say("王秀英", said)
    assert village.matters() == []


@pytest.mark.parametrize(
    "said", ["三天了咋还没动静 你们是不是把我忘了", "咋还没动静啊 是不是忘了我了", "都三天了还没个信 把我忘了吧"]
)
def test_whoever_waits_presses_for_what_he_told(village: Village, said: str) -> None:
    """Before, it was a matter of its own called 闲聊无关."""
    village.say("王秀英", LAMP)
    village.later(days=3)
    village.heard("小陈")
    village.say("王秀英", said)
    assert len(village.matters()) == 1
    assert village.matter().number in village.heard("小陈")


@pytest.mark.parametrize(
    "said",
    [
        "我媳妇是不是给你们说啥了",
        "张婶说了我啥",
        "我男人给你说啥没",
        "谁告的我",
        "隔壁是不是举报我了没",
        "他给你们说我坏话了没有",
        "我儿子来反映过啥吗",
    ],
)
def test_what_others_told_is_told_to_nobody(village: Village, said: str) -> None:
    """Before, the question was filed, or sent to the keeper."""
    village.say("王秀英", LAMP)
    village.heard("小陈")
    assert "我对谁都不讲" in village.say("王秀英", said)
    assert len(village.matters()) == 1
    assert village.heard("小陈") == ""


@pytest.mark.parametrize("said", ["还有 路灯坏了", "还有 我家水管爆了", "还有个事 村口垃圾没人拉", "对了 路灯也坏了"])
def test_behind_a_sealed_matter_a_lamp_is_its_own(village: Village, said: str) -> None:
    """Before, 还有 路灯坏了 was added to what the discipline office alone may read."""
    village.say("老王", "书记把低保给他亲戚了")
    village.say("老王", said)
    assert sorted(matter.is_sealed for matter in village.matters()) == [False, True]


@pytest.mark.parametrize("said", ["还有 危房补助也给了他兄弟", "还有 他小舅子家路修得好好的"])
def test_more_of_what_is_sealed_stays_sealed(village: Village, said: str) -> None:
    village.say("老王", "书记把低保给他亲戚了")
    village.say("老王", said)
    assert not any(not matter.is_sealed and matter.text == said for matter in village.matters())


@pytest.mark.parametrize("place", ["在老槐树那儿", "在村口", "就在桥头旁边"])
def test_a_place_told_first_belongs_to_what_follows(village: Village, place: str) -> None:
    village.say("王秀英", place)
    village.say("王秀英", "灯坏了")
    assert [matter.code for matter in village.matters()] == ["RC02"]


@pytest.mark.parametrize("said", ["灯的事撤了吧", "路灯那个不用来了", "灯的撤回"])
def test_the_one_he_names_is_taken_back(village: Village, said: str) -> None:
    """Before, the water was asked about and withdrawn."""
    village.say("王秀英", "路灯坏了")
    village.say("王秀英", "我家水管漏水了")
    assert "路灯照明" in village.say("王秀英", said)
    village.say("王秀英", "1")
    assert [(m.code, m.is_living) for m in sorted(village.matters(), key=lambda m: m.id)] == [
        ("RC02", False),
        ("RC03", True),
    ]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("一个是路灯不亮了一个是垃圾没人拉再一个就是我们家那个水表走得太快了一个月走了三十方", 3), ("第一路灯坏了第二水管漏水第三狗咬人", 3),
        ("1、路灯坏了 2、垃圾没人拉", 2), ("我说几个事 一是路灯坏了二是水管漏水", 2),
    ],
)  # fmt: skip
def test_what_he_counts_is_told_apart(village: Village, said: str, parts: int) -> None:
    """Before, all of it was filed as the first."""
    assert f"您说了{parts}件事" in village.say("老王", said)
    village.say("老王", "1")
    assert len(village.matters()) == parts


@pytest.mark.parametrize(
    "said",
    ["第一次来修没修好第二次来还是漏", "路灯坏了第二天也没人来第三天还是没人来", "一个是我一个是我媳妇都没领到养老金"],
)
def test_what_is_merely_counted_in_it_is_one(village: Village, said: str) -> None:
    assert "件事：" not in village.say("老王", said)


@pytest.mark.parametrize(
    "said",
    [
        "震惊！这种蔬菜千万不能吃，吃了就中毒，已有三人死亡！赶紧转给家人群！",
        "转发：昨晚某小区火灾，请大家注意",
        "这个偏方能治百病，请转发给更多的人看到",
    ],
)
def test_what_goes_round_on_the_phones_is_no_matter(village: Village, said: str) -> None:
    """Before, it was filed as urgent, and the secretary and the town heard of it."""
    assert "先别信" in village.say("王秀英", said)
    assert village.matters() == []
    assert village.heard("书记") == ""


def test_what_wants_a_bank_card_is_warned_of(village: Village) -> None:
    village.say("王秀英", "【紧急通知】养老金上调，点击链接 http://xx.cn/a 填写银行卡认证，请转发给更多老人")
    assert village.matters() == []


@pytest.mark.parametrize("said", ["我家着火了 快转给大家", "九社水管爆了 请转给修水管的人大家帮帮忙"])
def test_what_happens_here_is_heard(village: Village, said: str) -> None:
    village.say("王秀英", said)
    assert len(village.matters()) == 1
