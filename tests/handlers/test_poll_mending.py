"""A poll as it is made in other words: time at the end, errands beside it, slips, mending what was read back, sending it."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village
from tests.handlers.test_polls import opened, polls

WELL = "发起投票 先办哪件 打井 装灯 截止周五"


@pytest.mark.parametrize(
    ("words", "options", "closes"),
    [
        ("发起投票 给老年食堂起个名 夕阳红 福寿堂 幸福灶 五天", "1 夕阳红\n2 福寿堂\n3 幸福灶\n", "11月27日"),
        ("发起投票 装不装摄像头 装 不装 周五晚八点", "1 装\n2 不装\n", "11月27日 周五 晚8点"),
        ("发起头票 修路选哪条 东路 西路 周五晚八点结止", "1 东路\n2 西路\n", "11月27日 周五 晚8点"),
        ("发起投票 修路选哪条 东路 西路 礼拜五晚上八点截", "1 东路\n2 西路\n", "11月27日 周五 晚8点"),
    ],
)
def test_the_last_word_may_be_when_it_closes(village: Village, words: str, options: str, closes: str) -> None:
    said = village.say("李书记", words)
    assert options in said
    assert closes in said


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("发起投票 庙会哪天办 初六 初八", "1 初六\n2 初八\n"),
        ("发起投票 路灯开到几点 10点 11点 12点", "1 10点\n2 11点\n3 12点\n"),
        ("发起投票 唱几天戏 三天 五天", "1 三天\n2 五天\n"),
    ],
)
def test_times_that_are_answers_stay_answers(village: Village, words: str, options: str) -> None:
    assert "投到啥时候" in village.say("李书记", words)
    assert options in village.say("李书记", "周五晚八点")


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("发起投票 修路选哪条 东路 西路 截止周五晚八点 提前两小时提醒没投的", "截止前24小时自动提醒"),
        ("发起投票 修路选哪条 东路 西路 截止周五晚八点 提前一天提醒", "截止前24小时自动提醒"),
        ("发起投票 修路选哪条 东路 西路 截止周五晚八点 发到九社群里", "发给范围里的群"),
    ],
)
def test_what_goes_by_itself_is_no_option_and_is_said(village: Village, words: str, note: str) -> None:
    """发到九社群里 was the third option, and a reminder left the poll without any."""
    said = village.say("李书记", words)
    assert note in said
    assert "1 东路\n2 西路\n一户" in said
    assert said.endswith("回 1 发出，回 2 改，回 3 取消")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("把打井换成修渠", "1 修渠\n2 装灯\n"),
        ("第二个改成装路灯", "1 打井\n2 装路灯\n"),
        ("再宽限两天", "11月29日 周日"),
        ("延长三天吧", "11月30日 周一"),
        ("一家投一个", "一户一票"),
        ("一人投一个", "一人一票"),
        ("错了 时间是周六", "11月28日 周六"),
        ("时间太短了 再加两天", "11月29日 周日"),
        ("选项里头加上修渠", "3 修渠\n"),
        ("第三个选项 都不办", "3 都不办\n"),
        ("第二个选项：修渠", "2 修渠\n"),
        ("让党员投", "全村党员"),
        ("题目改一下 叫今年先办哪件事", "\n今年先办哪件事\n"),
    ],
)
def test_what_was_read_back_is_mended(village: Village, words: str, expected: str) -> None:
    """第二个改成装路灯 became a matter about lamps."""
    village.say("李书记", WELL)
    assert expected in village.say("李书记", words)
    assert village.matters() == []
    village.say("李书记", "发吧")
    assert polls(village) == 1


@pytest.mark.parametrize("words", ["第五个改成装路灯", "把修桥换成修渠"])
def test_an_option_there_is_none_of_is_not_mended(village: Village, words: str) -> None:
    village.say("李书记", WELL)
    assert "改哪样" in village.say("李书记", words)


@pytest.mark.parametrize(
    "words", ["确认", "确定 发", "同意", "发吧", "对着呢 发出去", "没错", "中 发", "行，发出去吧", "可以"]
)
def test_it_is_sent_in_other_words(village: Village, words: str) -> None:
    village.say("李书记", WELL)
    assert "到点自己出结果" in village.say("李书记", words)
    assert polls(village) == 1


@pytest.mark.parametrize("words", ["先别发", "等一下", "不对", "算球了", "别发"])
def test_what_does_not_send_it_does_not(village: Village, words: str) -> None:
    village.say("李书记", WELL)
    village.say("李书记", words)
    assert polls(village) == 0
    assert village.matters() == []


def test_a_row_of_names_while_the_closing_is_asked_is_no_matter(village: Village) -> None:
    """修桥、修路 was filed as a matter about bridges."""
    village.say("李书记", "发起投票 先办哪件 打井 装灯")
    assert "投到啥时候" in village.say("李书记", "修桥、修路")
    assert village.matters() == []
    assert "1 打井\n2 装灯\n" in village.say("李书记", "三天")


def test_a_complaint_while_the_closing_is_asked_is_one(village: Village) -> None:
    village.say("李书记", "发起投票 先办哪件 打井 装灯")
    village.say("李书记", "路灯坏了、水也停了")
    assert len(village.matters()) >= 1


def test_options_named_in_a_sentence(village: Village) -> None:
    village.say("李书记", "投票")
    village.say("李书记", "路灯装哪里")
    village.say("李书记", "选项就是村口，学校，卫生室这三个地方")
    assert "1 村口\n2 学校\n3 卫生室\n" in village.say("李书记", "明天")


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("发起投票 误工费一天补多少 80 100 120 周四晚八点截止", "村民会议"),
        ("发起投票 集体的钱拿来修祠堂 同意 反对 周五截止", "村民会议"),
        ("发起投票 把村集体那三百亩地流转给公司 中 不中 周五", "农村集体经济组织成员大会"),
        ("发起投票 每户收一百块钱修路 同意 不同意 周五晚八点", "村民会议"),
        ("发起投票 换社长 老赵 老钱 截止周五", "村民小组会议"),
    ],
)
def test_what_a_meeting_must_decide_in_other_words(village: Village, words: str, body: str) -> None:
    assert f"按法要由{body}" in village.say("李书记", words)


@pytest.mark.parametrize(
    "words",
    ["发起投票 老张家婆媳谁对 老张媳妇 老张妈 截止周五", "发起投票 老李是不是偷了化肥 是 不是 周五截止", "发起投票 会计有没有贪钱 有 没有 周五截止"],
)  # fmt: skip
def test_who_is_right_and_who_stole_is_not_voted_on(village: Village, words: str) -> None:
    assert "不能拿来投票" in village.say("李书记", words)


@pytest.mark.parametrize(
    "words",
    [
        "发起投票 换不换水泵 换 不换 截止周五",
        "发起投票 误工的那天补上课不补 补 不补 截止周五",
        "发起投票 邻居两家共用的渠谁来清 轮流 雇人 截止周五",
    ],
)
def test_what_merely_sounds_so_is_a_plain_poll(village: Village, words: str) -> None:
    said = village.say("李书记", words)
    assert "按法" not in said
    assert "1 " in said


@pytest.mark.parametrize("words", ["再喊一声没投票的", "给没投的再吆喝一声"])
def test_those_who_have_not_voted_are_reminded_by_the_clock(village: Village, words: str) -> None:
    opened(village)
    village.say("李书记", words)
    assert village.matters() == []


def test_put_off_until_next_week_is_later_than_it_stood(village: Village) -> None:
    """On a Sunday 下周一 is tomorrow, and what closes on Friday is not put off until then."""
    opened(village)
    assert "延长到11月30日 周一 晚8点" in village.say("李书记", "延到下周一晚八点")


def test_before_its_day_is_not_now(village: Village) -> None:
    """投票提前到周四结束 was asked back as 现在就截止吗."""
    opened(village)
    assert "要早截止就说" in village.say("李书记", "投票提前到周四结束")
    assert "现在就截止吗" in village.say("李书记", "投票结束")
