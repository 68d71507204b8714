from __future__ import annotations

import pytest

from nlp.explaining import sealed_for
from nlp.lexicon import Lexicon
from nlp.words import classify

# What no mark names and nothing was fitted on: weighed by who, what and how it is worded (nlp/spoken.py).
WORDED_SEALED = [
    "管低保那个，不给他提条烟就说表没了",
    "头儿家盖了四层，他一个月才两千多",
    "他当了两届，亲家的地全划进项目了",
    "公家的水泥拉到他丈人家铺院子",
    "谁家请他喝一顿，谁家的路就先硬化",
    "窗口那个女的嗑瓜子，喊三声不抬头",
    "上面来查，他教我们怎么说",
    "名单是他们几个关起门写的，念都没念",
    "说了他一句，我家的水就给停了",
    "死了三年的人还在领钱，是他经手的",
    "我姐胳膊上全是印子，问她就说摔的",
    "男人一喝酒我和娃就往床底下躲",
    "幺女被她后爹吊起来抽",
    "他把我锁屋里，手机也收了",
    "儿子拿板凳砸我，七十多了没处去",
    "姑父老往我妹房间跑，还摸她",
    "莫跟社里说是我讲的，惹不起",
]
WORDED_OPEN = [
    "邻居家的狗追着娃咬",
    "老板拖着工钱，人影都见不着",
    "管水的师傅哪天来放水",
    "公家的水泥路裂了好几道",
    "他家盖房占了半条巷子",
    "低保名单在哪看",
    "窗口几点上班，要带啥",
    "婆婆做的鞋结实，想拿去卖",
    "儿子打工去了，我一个人收麦",
    "我姐嫁到外省，户口迁不走",
    "男人腿摔断了，报销找谁",
    "头儿通知明天修渠",
    "书记带着人把沟清了，谢谢",
    "收麦的机子压了我家地",
    "同学把我娃推倒磕了牙",
    "收购的压价，一斤少两毛",
]


@pytest.mark.parametrize("text", WORDED_SEALED)
def test_what_no_mark_names_is_sealed_for_what_it_tells(lexicon: Lexicon, text: str) -> None:
    assert classify(lexicon, text).sealed


@pytest.mark.parametrize("text", WORDED_OPEN)
def test_an_ordinary_matter_with_such_words_stays_open(lexicon: Lexicon, text: str) -> None:
    assert not classify(lexicon, text).sealed


@pytest.mark.parametrize(
    "text",
    [
        "能不能跟公交公司说说，末班车晚点走", "门口搭个彩钢棚要不要跟谁说一声", "大白天亮着天黑睡觉，说的是村委门口那灯",
        "村部那排门面空了两年，租出去给大伙分点也好", "给主任打了四个电话都没接，水管还在漏", "书记直播帮我卖了三百斤梨",
        "先别告诉我妈，蛋糕藏在柜顶上", "队长来评评理，邻居说我偷他家葱",
    ],
)  # fmt: skip
def test_a_mark_in_words_that_accuse_nobody_seals_nothing(lexicon: Lexicon, text: str) -> None:
    assert not classify(lexicon, text).sealed


@pytest.mark.parametrize(
    "text",
    [
        "不要跟村长说是我讲的，垃圾没人拉",
        "别告诉人家是我反映的",
        "匿名说一句，路灯的钱叫人吃了",
        "主任收了红包才给办低保",
        "书记打电话骂我",
        "主任打电话要两条烟才办低保",
        "村长打电话威胁我",
        "电视上讲的那种贪官我们村就有",
        "新闻里说的贪污 我们会计就是",
        "他打我 门都打坏了",
        "他打我门口路过就骂我 说再告打死我",
        "能不能让村长不晓得是我反映的",
        "队长过寿摆酒收礼 莫跟他说是我讲的",
        "不敢去派出所 也不敢说名字",
        "匿名送来的信说书记吃钱",
        "会计打招呼给他亲戚吃低保",
    ],
)
def test_a_mark_still_seals(lexicon: Lexicon, text: str) -> None:
    """Beside words in which other marks are none: a call, the television, a feast, a door."""
    assert classify(lexicon, text).sealed


def test_what_sealed_a_text_is_named(lexicon: Lexicon) -> None:
    assert sealed_for(lexicon, "幺女被她后爹吊起来抽")
    assert "贪污" in [each.word for each in sealed_for(lexicon, "会计贪污了救济款")]
