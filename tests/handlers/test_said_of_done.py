"""What a villager says once his matter is reported done: 行 to 行不行, his reason, a slip, another mind, and words that
go on with it."""

from __future__ import annotations

import pytest

from domain.matters import Status
from tests.handlers.talk import LAMP, Village

ASKED = "1 满意 2 凑合 3 不满意"
WATER = "九社停水了"


@pytest.fixture
def done(filed: Village) -> Village:
    filed.say("小陈", "001 办好了 换了灯泡")
    filed.heard("老王")
    return filed


@pytest.fixture
def asked_why(done: Village) -> Village:
    done.say("老王", "3")
    done.heard("小陈")
    return done


# -- 您看行不行


@pytest.mark.parametrize("said", ["行", "中", "能行", "要得", "嗯 行呢"])
def test_yes_answers_whether_it_will_do(done: Village, said: str) -> None:
    done.say("老王", said)
    assert done.matter().rating == 1


@pytest.mark.parametrize("said", ["好的", "嗯", "知道了", "不好说", "这个难说"])
def test_who_nods_or_will_not_say_is_asked_again(done: Village, said: str) -> None:
    assert ASKED in done.say("老王", said)
    assert done.matter().rating is None


def test_a_nod_belongs_to_what_was_asked_last(done: Village) -> None:
    done.later(minutes=2)
    done.say("书记", "发起投票 修路选哪条 A东路 B西路 截止周五晚八点")
    done.say("书记", "1")
    done.say("老王", "行")
    assert done.matter().rating is None


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("谈不上满意", 3), ("我可算不上满意", 3), ("没啥不满意的", 1), ("也没有不满意", 1), ("不是不满意", 2),
        ("亮着的 好着哩", 1), ("去看了 亮着呢", 1),
    ],
)  # fmt: skip
def test_a_score_is_heard_in_what_is_denied_and_in_how_it_stands(done: Village, said: str, score: int) -> None:
    """Before, 谈不上满意 counted as 满意 and 没啥不满意的 as 不满意."""
    done.later(days=4)
    done.say("老王", said)
    assert done.matter().rating == score


@pytest.mark.parametrize(
    "said",
    ["不是俺家那盏", "换错了 换的是别家的", "我媳妇说没亮", "假的 我要找镇上", "一盏亮了 一盏没亮", "还有一盏没修", "还是没人修"],
)  # fmt: skip
def test_discontent_is_heard_in_other_words(done: Village, said: str) -> None:
    done.say("老王", said)
    assert done.matter("001").rating == 3
    assert len(done.matters()) == 1


def test_a_question_whether_we_are_real_is_no_blame(done: Village) -> None:
    done.say("老王", "你们是不是假的")
    assert done.matter().rating is None


def test_still_not_mended_is_of_the_lamp_and_not_of_a_pension(done: Village) -> None:
    """Before, the pension was pressed for."""
    done.say("老王", "养老金咋认证")
    done.heard("小陈")
    done.say("老王", "到现在没修好")
    assert done.matter("001").rating == 3
    assert "养老" not in done.heard("小陈")


def test_with_another_thing_to_be_mended_it_may_be_of_either(done: Village) -> None:
    done.say("老王", "九社下水道堵了")
    done.say("老王", "还没修好")
    assert done.matter("001").rating is None


@pytest.mark.parametrize(
    ("told", "said"), [(LAMP, LAMP), (LAMP, "九社巷子口的路灯坏了！"), (WATER, "没水"), (WATER, "还没来水")]
)
def test_the_same_told_again_before_it_is_rated_makes_no_second(village: Village, told: str, said: str) -> None:
    village.say("老王", told)
    village.say("小陈", "001 办好了 弄好了阀门")
    village.say("老王", said)
    assert len(village.matters()) == 1
    assert village.heard("小陈")


@pytest.mark.parametrize("said", ["满意 就是村口垃圾也该清了", "1 不过垃圾没人拉"])
def test_what_is_wanted_beside_a_rating_is_filed(done: Village, said: str) -> None:
    done.say("老王", said)
    assert [(m.code, m.rating) for m in done.matters()] == [("RC02", 1), ("EN01", None)]


# -- 哪里没好


@pytest.mark.parametrize(
    ("told", "said"),
    [(LAMP, "还是不亮"), (LAMP, "没修"), (WATER, "还是没水"), (WATER, "补充 水没来"), (LAMP, "还没人来")],
)
def test_the_plainest_reason_reopens(village: Village, told: str, said: str) -> None:
    village.say("老王", told)
    village.say("小陈", "001 办好了 弄好了开关")
    village.say("老王", "3")
    village.say("老王", said)
    assert [(m.status, m.reopened) for m in village.matters()] == [(Status.ACCEPTED, 1)]


def test_a_picture_is_a_reason(asked_why: Village) -> None:
    asked_why.picture("老王")
    assert asked_why.matter().status is Status.ACCEPTED
    assert "[图]" in asked_why.heard("小陈")


def test_a_picture_before_the_rating_belongs_to_it(done: Village) -> None:
    assert ASKED in done.picture("老王")
    assert "[图]" in done.heard("小陈")
    assert done.matter().rating is None


@pytest.mark.parametrize("said", ["点错了 是满意", "手滑了 给1", "哦 亮了 刚才闸没合 满意", "满意", "1"])
def test_a_slip_is_no_reason_to_do_it_again(asked_why: Village, said: str) -> None:
    asked_why.say("老王", said)
    assert (asked_why.matter().rating, asked_why.matter().status) == (1, Status.CLOSED)
    assert "不满意" not in asked_why.heard("书记")
    assert asked_why.kinds("老王") == []


def test_a_slip_alone_is_asked_what_it_should_be(asked_why: Village) -> None:
    assert ASKED in asked_why.say("老王", "哎呀 按错了")
    asked_why.say("老王", "2")
    assert asked_why.matter().rating == 2


@pytest.mark.parametrize("said", ["小陈电话是多少", "谁修的"])
def test_a_question_is_answered_and_the_reason_still_awaited(asked_why: Village, said: str) -> None:
    assert asked_why.phone("小陈") in asked_why.say("老王", said)
    assert "rating.why" in asked_why.kinds("老王")
    assert "不满意" not in asked_why.heard("书记")


def test_another_trouble_is_no_reason(asked_why: Village) -> None:
    asked_why.say("老王", "村口垃圾堆满了没人拉")
    assert asked_why.matter("001").status is Status.CLOSED
    assert len(asked_why.matters()) == 2


# -- another mind


@pytest.mark.parametrize("said", ["不满意", "3", "按错了 是3", "应该是不满意", "其实没修", "001 3", "还是不亮"])
def test_a_rating_may_be_changed(done: Village, said: str) -> None:
    done.say("老王", "满意")
    done.say("老王", said)
    assert done.matter().rating == 3
    assert len(done.matters()) == 1


@pytest.mark.parametrize("said", ["3", "还是不亮", "不满意"])
def test_long_after_it_is_not(done: Village, said: str) -> None:
    done.say("老王", "满意")
    done.later(days=9)
    done.say("老王", said)
    assert done.matter().rating == 1


def test_a_bare_number_the_next_day_changes_nothing(done: Village) -> None:
    done.say("老王", "满意")
    done.later(days=2)
    done.say("老王", "3")
    assert done.matter().rating == 1


@pytest.mark.parametrize("said", ["又堵了", "001 又堵了", "3 又堵了", "1 又堵了"])
def test_what_fails_again_within_the_week_is_taken_up_by_whatever_number(village: Village, said: str) -> None:
    """Before, a number before it made a menu of it."""
    village.say("老王", "九社下水道堵了")
    village.say("小陈", "001 办好了 疏通了")
    village.say("老王", "满意")
    village.later(days=6)
    assert "重新办" in village.say("老王", said)
    assert len(village.matters()) == 1


def test_it_goes_on_with_what_is_in_hand_still(village: Village) -> None:
    village.say("老王", "九社下水道堵了")
    village.heard("小陈")
    village.say("老王", "3 又堵了")
    assert "又堵了" in village.heard("小陈")
    assert len(village.matters()) == 1


def test_after_the_second_no_his_words_reach_the_leader_and_it_may_still_be_done(done: Village) -> None:
    done.say("老王", "不满意 还是不亮")
    done.say("小陈", "001 办好了 换了线")
    done.say("老王", "不满意 又灭了")
    done.heard("镇领导")
    done.say("老王", "还是不亮")
    assert "还是不亮" in done.heard("镇领导")
    done.heard("老王")
    done.say("小陈", "001 办好了 换了灯杆")
    assert ASKED in done.heard("老王")


def test_after_the_week_the_progress_asks_once_more(done: Village) -> None:
    done.later(days=9)
    done.say("老王", "进度")
    done.say("老王", "1")
    assert done.matter().rating == 1


def test_of_two_asked_about_the_words_tell_which(filed: Village) -> None:
    filed.say("老王", "村口垃圾堆满了没人拉")
    filed.say("小陈", "001 办好了 换了灯泡")
    filed.say("小陈", "002 办好了 拉走了")
    filed.say("老王", "1")
    filed.say("老王", "还剩一堆没拉")
    assert (filed.matter("001").rating, filed.matter("002").rating) == (None, 3)


# -- numbers name their target


def test_a_matters_number_casts_no_ballot(filed: Village) -> None:
    """Before, 001 1 was a vote in the poll that happened to be open."""
    filed.say("书记", "发起投票 修路选哪条 A东路 B西路 截止周五晚八点")
    filed.say("书记", "1")
    assert "您家投的是" not in filed.say("老王", "001 1")
    assert "您家投的是" not in filed.say("张婶", "001 2")
    assert "您家投的是" in filed.say("张婶", "2")


@pytest.mark.parametrize("said", ["001 满意", "XH-261122-001 满意", "001 3"])
def test_nobody_rates_anothers(filed: Village, said: str) -> None:
    assert "没找到" in filed.say("张婶", said)
    assert len(filed.matters()) == 1
    assert filed.matter().rating is None


# -- withdrawing


@pytest.mark.parametrize("said", ["中", "要得", "嗯哪", "行嘞", "可以"])
def test_yes_withdraws(filed: Village, said: str) -> None:
    filed.say("老王", "撤回")
    filed.say("老王", said)
    assert filed.matter().status is Status.WITHDRAWN


@pytest.mark.parametrize("said", ["不咧", "莫撤", "等等 先别", "慢着 别撤", "不行"])
def test_no_keeps_it(filed: Village, said: str) -> None:
    filed.say("老王", "撤回")
    assert "接着办" in filed.say("老王", said)


@pytest.mark.parametrize("said", ["撤错了", "莫撤了", "那还是要反映 麻烦来修", "又坏了", "还是坏的", "补充 没修"])
def test_a_withdrawal_can_be_taken_back(filed: Village, said: str) -> None:
    filed.say("老王", "撤回")
    filed.say("老王", "1")
    filed.later(days=1)
    filed.heard("小陈")
    assert "又记上了" in filed.say("老王", said)
    assert [m.status for m in filed.matters()] == [Status.FILED]
    assert "又要办了" in filed.heard("小陈")


def test_what_is_told_of_another_thing_takes_no_withdrawal_back(filed: Village) -> None:
    filed.say("老王", "撤回")
    filed.say("老王", "1")
    filed.say("老王", "还是没人拉垃圾")
    assert filed.matter("001").status is Status.WITHDRAWN


@pytest.mark.parametrize(
    ("told", "said"),
    [("村口垃圾堆满了没人拉", "垃圾已经清走了 谢谢啊"), ("九社停电了", "电来了"), (LAMP, "灯亮了 谢谢")],
)
def test_what_is_over_by_itself_is_asked_about(village: Village, told: str, said: str) -> None:
    """Before, the thanks were left away and the rest was filed as a second matter."""
    village.say("老王", told)
    assert "要撤回" in village.say("老王", said)
    assert len(village.matters()) == 1


# -- while it is in hand


@pytest.mark.parametrize("said", ["不着急", "不急 慢慢弄", "我不急"])
def test_who_is_in_no_hurry_presses_nobody(filed: Village, said: str) -> None:
    assert "不催" in filed.say("老王", said)
    assert filed.heard("小陈") == ""


@pytest.mark.parametrize("said", ["急得很 快点", "都三天了还没人来", "不急不行啊 三天没水了"])
def test_who_is_in_a_hurry_still_does(filed: Village, said: str) -> None:
    assert "不催" not in filed.say("老王", said)


def test_another_word_for_the_thing_goes_to_its_keeper(filed: Village) -> None:
    filed.say("老王", "说错了 不是路灯 是门灯")
    assert "门灯" in filed.heard("小陈")
    assert len(filed.matters()) == 1


def test_who_cannot_reach_his_keeper_is_called_back(filed: Village) -> None:
    """Before, it was a matter of the telephone network, in the hands of the very keeper."""
    assert filed.phone("李书记") in filed.say("老王", "给小陈打了几次电话都没人接")
    assert "给他打过去" in filed.heard("小陈")
    assert len(filed.matters()) == 1


@pytest.mark.parametrize("said", ["我家电话打不通", "隔壁电话一直没人接", "换个灯泡就行"])
def test_another_phone_and_another_lamp_are_nobodys_fault(filed: Village, said: str) -> None:
    filed.say("老王", said)
    assert "给他打过去" not in filed.heard("小陈")
    assert "想换人" not in filed.heard("书记")


@pytest.mark.parametrize("said", ["别让小陈来了 换个人", "能不能换个人来修", "换个人吧"])
def test_who_wants_another_is_heard_by_the_chief(filed: Village, said: str) -> None:
    filed.say("老王", said)
    assert "想换人" in filed.heard("书记")
    assert filed.heard("小陈") == ""
    assert len(filed.matters()) == 1


@pytest.mark.parametrize("said", ["一群废物", "你们都是吃干饭的吗", "都是饭桶"])
def test_abuse_is_impatience_and_its_words_are_not_passed_on(filed: Village, said: str) -> None:
    filed.say("老王", said)
    assert "催办" in (urged := filed.heard("小陈"))
    assert said not in urged
    assert len(filed.matters()) == 1


def test_abuse_about_nothing_is_asked_about(village: Village) -> None:
    assert "哪件事" in village.say("老王", "都是吃白饭的")
    assert village.matters() == []


def test_what_a_picture_shows_goes_to_that_one(filed: Village) -> None:
    filed.say("老王", "村口垃圾堆满了没人拉")
    filed.picture("老王")
    assert filed.say("老王", "这是路灯的").endswith("-001")


def test_a_department_that_is_late_tells_its_reporter(village: Village) -> None:
    village.say("老王", "九社水管漏了")
    village.say("镇领导", "001 转给水管所 三天")
    village.heard("老王")
    village.say("水管所", "这几天人手不够 后天才能去")
    assert "人手不够" in village.heard("老王")
    assert len(village.matters()) == 1


@pytest.mark.parametrize("said", ["谈不上满意 晚上还是闪", "没弄好，还是堵", "不满意，没人来看"])
def test_who_has_said_what_is_wrong_is_not_asked_for_it(done: Village, said: str) -> None:
    assert "哪里没好" not in done.say("老王", said)
    assert "【重办】" in done.heard("小陈")


@pytest.mark.parametrize("said", ["谈不上满意", "不满意 谢谢"])
def test_who_has_not_is_asked(done: Village, said: str) -> None:
    assert "哪里没好" in done.say("老王", said)
