"""How people of many regions answer 您看行不行, as words alone."""

from __future__ import annotations

import pytest

from handlers import closing_words


def rows(score: str, *said: str) -> list[tuple[str, str]]:
    return [(words, score) for line in said for words in line.split("|")]


@pytest.mark.parametrize(
    ("said", "score"),
    [
        *rows(
            "1",
            "巴适|美着呢|得劲儿|中得很|老好了|蛮好|可以|五星好评|我妈说弄干净了 谢谢你们|好得很 就是慢了点|10分|安逸得很|嫽扎了",
            "不孬|弄得怪干净|灯亮了 谢谢|没得说|没毛病|巴适得板|满分|挺好的 谢谢小陈|好得很|嗯 可以|不赖|整得不错|这回行了|通了，谢谢|满意满意",
            # other regions
            "顶好|真不孬|怪得劲|没挑的|妥妥的|干净得很|办得利索|蛮灵的",
        ),
        *rows(
            "2",
            "将就吧|凑活|马马虎虎|一般般|还行吧勉强|还行|还可以|过得去|就那样吧|还要得|还中|也行吧|算是凑合|六十分|凑合着用|马马虎虎吧",
        ),
        *rows(
            "3",
            "打3|你们糊弄鬼哩|1分都不给|不中|不咋地|扯淡 根本没弄|没人来过啊|还是老样子|昨天刚弄好今天又堵了|弄了一半就走了|不得行",
            "谁给你们说修好了|哪个说办好了哦|不可以|不满意 臭味还在|只捞了半截|哄鬼嘞|日弄人|一分不给|还是堵起的|做样子的|没弄干净",
            "不大满意|还在漏|又灭了|没掏|应付人|没得人来修|半拉子工程|压根就没来|敷衍|还冒水|白整了|你们瞎弄",
        ),
        # Questions, nods, stories, and what only holds such letters.
        *rows(
            "",
            "中不中你们自己来看|谢谢|好的|嗯|知道了|OK|👍|那就好|喊我打3|催一下|进度|路灯坏了|撤回吧 不说了|好了好了|你好|谁来修|行|中|要得",
            "行不行啊|修好了吗|没看懂|好人|不好意思|满意是啥意思|还有个事|不知道|收到|好吧|旁边那截也堵了|我还没吃饭|水管不好修|我没办法",
            "没来电话|我没去|打3分|3天没人来|2 路灯又坏了一个|我腿脚不行|手机不好使|中午再说|行李丢了|没来得及",
        ),
    ],
)
def test_how_it_is_is_heard_in_his_own_words(said: str, score: str) -> None:
    assert closing_words.score(said) == score


@pytest.mark.parametrize(
    "said",
    [
        "等我回去看一眼", "不晓得 我没去看", "不是不满意 是还没看", "还没看", "没顾上看", "我在外头 晚上看", "没来得及看呢",
        "等娃他爸回来看了再说", "等会儿我去瞧瞧", "还没到家呢", "我腿脚不行 没去看", "改天去看",
    ],
)  # fmt: skip
def test_who_has_not_seen_it_yet_judges_nothing(said: str) -> None:
    assert closing_words.not_seen(said)
    assert closing_words.score(said) == ""


@pytest.mark.parametrize("said", ["没看到人来修", "看了 根本没弄", "没看懂", "满意", "没见人来"])
def test_who_has_seen_it_is_heard(said: str) -> None:
    assert not closing_words.not_seen(said)
