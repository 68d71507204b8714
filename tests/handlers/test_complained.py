"""Whoever in office is complained of, by whatever name and in whatever words, reads nothing of it (topics page §5.4, rule 2)."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village

VILLAGE = ("小陈", "书记", "文书", "会计", "镇领导")


def heard_by_the_village(village: Village) -> str:
    return "\n".join(village.heard(who) for who in VILLAGE) + village.in_group()


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("小陈说来修路灯 来了光抽烟 啥也没干就走了", "抽烟"),
        ("赵敏把我的低保材料弄丢了 还说我没交", "弄丢"),
        ("吴账把我的粮补扣了三百", "三百"),
        ("小陈那个娃娃态度不好 说话冲", "态度"),
        ("当官的眼里哪有我们老百姓", "老百姓"),
        ("网格长从来不下来 我们有事找不着人", "不下来"),
        ("那个姓李的不是个好东西", "好东西"),
        ("李长河当书记这么多年 给我们办过啥", "办过"),
        ("为啥他们干部家门口都硬化了 我们的不硬化", "硬化"),
        ("队长的媳妇把水闸锁了 不给我们浇", "锁了"),
        # other words for it
        ("小军那娃办事拖拉 次次推明天", "拖拉"),
        ("那个姓陈的一天到晚打麻将", "麻将"),
        ("文书办个证明跑了我四趟 次次说不在", "四趟"),
        ("凭啥小陈他姐家先通水", "通水"),
        ("小陈家的地占了我家的路", "占了"),
        ("长河偏心 只顾他们八社", "偏心"),
        ("会计算账不公道 少给我两袋化肥", "公道"),
        ("小陈拍个照就走了 渠还堵着", "拍个照"),
        ("我要投诉文书", "投诉"),
        ("小陈嘴上说得好 一样都没办", "嘴上"),
        ("李书记根本不管我们九社", "不管"),
        ("赵敏爱理不理的", "爱理不理"),
        ("陈小军糊弄人 灯泡换的旧的", "糊弄"),
        ("让小陈骗了", "骗了"),
        ("会计的账我不服", "不服"),
        ("大家对书记意见很大", "意见"),
    ],
)
def test_who_is_complained_of_reads_nothing_of_it(village: Village, said: str, secret: str) -> None:
    assert "镇纪委" in village.say("老王", said)
    assert secret not in heard_by_the_village(village)
    assert secret in village.heard("镇纪委")
    assert all(matter.is_sealed or secret not in matter.text for matter in village.matters())


@pytest.mark.parametrize(
    ("said", "shown", "secret"),
    [
        ("路灯坏了 跟小陈说了三遍他不理我", "路灯坏了", "三遍"),
        ("跟书记说了三遍 路灯还没修", "路灯还没修", "三遍"),
        ("我家水管漏 找小陈找不到人", "我家水管漏", "找不到"),
        ("水停了四天 小陈从来不管", "水停了四天", "不管"),
        ("小陈光会说空话，垃圾堆了半个月没人拉", "垃圾堆了半个月没人拉", "空话"),
    ],
)
def test_the_thing_is_mended_and_the_complaint_hidden(village: Village, said: str, shown: str, secret: str) -> None:
    village.say("老王", said)
    heard = heard_by_the_village(village)
    assert shown in heard
    assert secret not in heard
    assert said in village.heard("镇纪委"), "the whole of it, or it is not understood"


@pytest.mark.parametrize(
    ("lines", "shown", "secret"),
    [
        (["3", "小陈骗人 根本没来 还让我给他发烟"], "", "发烟"),
        (["3 灯还是不亮 小陈看了一眼就走了"], "灯还是不亮", "一眼"),
        (["不满意，小陈没来"], "", "没来"),
        (["3", "灯还是黑的，网格长说话难听"], "灯还是黑的", "难听"),
    ],
)
def test_why_one_is_not_satisfied_is_told_without_who_is_blamed(
    filed: Village, lines: list[str], shown: str, secret: str
) -> None:
    filed.say("小陈", "001 换了灯泡")
    heard_by_the_village(filed)
    told = [filed.say("老王", line) for line in lines][-1]
    heard = heard_by_the_village(filed)
    assert "【重办】" in heard
    assert shown in heard
    assert secret not in heard
    assert secret in filed.heard("镇纪委")
    assert "镇纪委" in told
    assert filed.matters()[0].rating == 3


def test_what_is_added_to_a_matter_is_told_without_it(filed: Village) -> None:
    heard_by_the_village(filed)
    filed.say("老王", "补充 小陈来了光喝酒")
    assert "喝酒" not in heard_by_the_village(filed)
    assert "喝酒" in filed.heard("镇纪委")


@pytest.mark.parametrize(
    "said",
    [
        "小陈知不知道我电话", "问一下书记 我家的补贴咋还没到", "你给书记说 我家水停了", "书记让我来问你 低保材料交给谁",
        "书记 我家没人管", "小陈来看过了 说明天修", "小陈给我修的灯又坏了", "小陈家门口的路灯坏了", "叫小陈来看看",
        "小陈啥时候来", "催一下小陈", "文书赵敏电话多少", "书记好 我家水管漏了", "小陈辛苦了 大冷天还来", "小陈咋还没来",
        "跟书记说了 把我家的树砍了吧", "我儿子当会计 想考个证", "施工队长把路挖断了", "隔壁姓李的占了我家的地",
    ],
)  # fmt: skip
def test_who_is_merely_named_is_not_complained_of(village: Village, said: str) -> None:
    village.say("老王", said)
    assert village.heard("镇纪委") == ""


def test_a_complaint_of_the_discipline_inspection_goes_past_it(village: Village) -> None:
    village.say("老王", "镇纪委郑清态度不好")
    assert village.heard("镇纪委") == ""
    assert "态度" in village.heard("镇领导")


@pytest.mark.parametrize(
    ("said", "blamed", "secret"),
    [("小陈从来不管 我妈晕倒了 没气了", "小陈", "不管"), ("书记从来不来 着火了快救人", "书记", "不来")],
)
def test_a_cry_beside_a_complaint_alarms(village: Village, said: str, blamed: str, secret: str) -> None:
    """He is called as ever, and reads the cry without what blames him."""
    told = village.say("老王", said)
    assert "120" in told or "119" in told
    village.later(minutes=4)
    heard = village.heard(blamed)
    assert "【人命关天】" in heard
    assert secret not in heard
    assert secret in village.heard("镇领导")


def test_what_is_left_undone_is_mended_where_nobody_is_accused(village: Village) -> None:
    """书记 beside the lamp made it 干部作风, and in so few words it was not understood at all."""
    assert "路灯" in village.say("老王", "书记说了两个月路灯还没人来修")
    assert village.matter().code == "RC02"
    assert not village.matter().is_sealed


def test_what_is_left_undone_and_told_twice_is_one_matter(village: Village) -> None:
    for _ in range(2):
        village.say("老王", "书记说了两个月路灯还没人来修")
    assert len(village.matters()) == 1
