"""Who answers a notice for whom, what is no answer to it, and that nothing said beside an answer is lost."""

from __future__ import annotations

import pytest

from storage import tables_meetings as t
from tests.handlers.talk import Village
from tests.handlers.test_attendance import called, line


@pytest.fixture
def notice(village: Village) -> Village:
    called(village)
    return village


def answered(village: Village) -> dict[str, str]:
    return {row.name: row.answer for row in village.rows(t.invitations) if row.answer not in ("", "unsaid")}


@pytest.mark.parametrize(
    "said",
    ["来不及了水淹进来了", "叫书记来", "让书记来我家看看", "让小陈来一下", "水来不了", "我去不了医院 没钱看病", "不去养老院行不", "我没空管这事", "明天我要去镇上上访", "请假证明找谁开"],
)  # fmt: skip
def test_an_emergency_and_a_matter_are_no_answers_to_a_notice(notice: Village, said: str) -> None:
    """来不及了水淹进来了 was noted: 水淹进替您家来; all the others as “cannot come”."""
    assert "会1" not in notice.say("老王", said)
    assert answered(notice) == {}


def test_water_in_the_house_is_an_alarm_at_once(notice: Village) -> None:
    assert "119" in notice.say("老王", "来不及了水淹进来了")


@pytest.mark.parametrize("said", ["停电了去不成", "我家停水了去不了", "路烂得很去不了"])
def test_trouble_that_keeps_one_away_is_noted_and_filed(notice: Village, said: str) -> None:
    """One or the other was lost."""
    heard = notice.say("老王", said)
    assert "您来不了" in heard
    assert "编号" in heard
    assert answered(notice) == {"王德福": "no"}


def test_whoever_calls_somebody_beside_his_answer_hears_how_to_have_it_noted(notice: Village) -> None:
    heard = notice.say("老王", "我不来，让书记来我家看看")
    assert "您来不了" in heard
    assert "单独再发一遍" in heard


def test_one_answers_for_ones_own_household(notice: Village) -> None:
    """我去，周奶奶不去 was “cannot come”."""
    notice.say("王秀英", "我去，周奶奶不去")
    assert answered(notice) == {"王秀英": "yes", "周奶奶": "no"}
    notice.say("王秀英", "我和周奶奶都去")
    assert answered(notice) == {"王秀英": "yes", "周奶奶": "yes"}
    notice.say("王秀英", "周奶奶病了去不了")
    assert answered(notice) == {"王秀英": "yes", "周奶奶": "no"}


@pytest.mark.parametrize("said", ["周奶奶去不成", "周奶奶也去", "张婶让我说她来不了"])
def test_nobody_answers_for_another_household(notice: Village, said: str) -> None:
    """周奶奶去不成 noted that he who said it could not come."""
    assert "自己家里说一声" in notice.say("老王", said)
    assert answered(notice) == {}


def test_that_his_wife_cannot_come_says_nothing_of_him(notice: Village) -> None:
    assert "您媳妇来不了。您自己能来吗" in notice.say("老王", "我媳妇去不成")
    assert answered(notice) == {}


def test_a_keeper_notes_what_a_household_told_him(notice: Village) -> None:
    """小陈>马守信家不来 noted that 小陈 himself could not come; 他来 was taken for minutes of a meeting a day ahead."""
    assert "马守信来不了" in notice.say("小陈", "马守信家不来")
    assert "王德福来" in notice.say("小陈", "王德福家说了 他来")
    assert answered(notice) == {"马守信": "no", "王德福": "yes"}
    assert notice.rows(t.speeches) == []


def test_a_nickname_that_fits_several_is_asked_for_by_name(notice: Village) -> None:
    assert "说全名" in notice.say("文书", "张婶打电话说她去不成")
    assert answered(notice) == {}


def test_who_may_come_is_not_noted_as_coming(notice: Village) -> None:
    assert "还没给您记成来，" in notice.say("老王", "可能去")
    assert line(notice, "老王")[0] == ""


@pytest.mark.parametrize("said", ["收到", "知道了"])
def test_who_has_answered_hears_what_is_kept(notice: Village, said: str) -> None:
    """收到 after 去 was taken for a signature."""
    notice.say("老王", "去")
    assert "记着呢：您来" in notice.say("老王", said)


def test_who_wants_to_speak_first_is_asked_for_his_words(notice: Village) -> None:
    """我想先说两句, which the notice offers, was not understood."""
    assert "您说，我记到会上去" in notice.say("老王", "我想先说两句")


@pytest.mark.parametrize("said", ["你们定吧我没意见", "听你们的", "大家定就行"])
def test_who_leaves_it_to_the_others_has_filed_no_matter(notice: Village, said: str) -> None:
    assert "您能来吗" in notice.say("老王", said)
    assert notice.matters() == []


def test_who_says_that_he_comes_once_it_has_begun_may_still_come(notice: Village) -> None:
    notice.later(days=5, hours=9, minutes=30)
    assert "已经在村委会开始了" in notice.say("老王", "我去")


def test_a_house_that_fell_down_is_asked_about_and_the_answer_is_noted(notice: Village) -> None:
    """房子塌了去不了 was “cannot come” and nothing else."""
    heard = notice.say("老王", "房子塌了去不了")
    assert "您来不了" in heard
    assert "有没有人" in heard
    assert answered(notice) == {"王德福": "no"}


@pytest.mark.parametrize("said", ["马代民让他儿子来", "马代民来不了，他媳妇来"])
def test_nobody_comes_for_a_representative(village: Village, said: str) -> None:
    called(village, "周五晚上七点在村委会开村民代表会议 说修路")
    assert "本人来" in village.say("李书记", said)
    assert answered(village) == {}


@pytest.mark.parametrize(
    "said",
    ["替张婶请个假", "张婶让我给她请假", "帮张婶请个假", "给张婶家请假", "代张婶告个假", "张婶托我帮她请一天假", "我来给张婶请个假"],
)  # fmt: skip
def test_who_asks_leave_for_another_has_not_asked_it_for_himself(notice: Village, said: str) -> None:
    """The speaker was noted as not coming, and 张婶 as silent."""
    assert "张婶" in notice.say("老王", said)
    assert answered(notice) == {}
    notice.say("小陈", said.replace("张婶", "张桂兰"))
    assert answered(notice) == {"张桂兰": "no"}


@pytest.mark.parametrize("said", ["我替我妈请个假", "我老汉让我给他请假", "帮我婆婆请个假"])
def test_leave_for_one_of_the_family_says_nothing_of_himself(notice: Village, said: str) -> None:
    assert "您自己能来吗" in notice.say("老王", said)
    assert answered(notice) == {}


@pytest.mark.parametrize("said", ["我请个假", "替我请个假", "帮我请一天假", "我要请假"])
def test_his_own_leave_is_noted(notice: Village, said: str) -> None:
    notice.say("老王", said)
    assert answered(notice) == {"王德福": "no"}


@pytest.mark.parametrize(
    ("said", "answer", "companion"),
    [
        ("我媳妇跟我一块去", "yes", ""), ("我婆娘要跟着去", "yes", ""), ("我老婆也跟我一起去", "yes", ""),
        ("委托隔壁老李替我", "proxy", "隔壁老李"), ("我让我儿子去", "proxy", "儿子"), ("叫我大儿子去", "proxy", "大儿子"),
        ("我儿子代表我家", "proxy", "儿子"), ("老伴儿去", "proxy", "老伴儿"), ("我委托马代民替我参加", "proxy", "马代民"),
        ("委托张婶替我", "proxy", "张婶"), ("委托我弟弟", "proxy", "弟弟"), ("我委托我嫂子替我", "proxy", "嫂子"),
        ("我婆姨去", "proxy", "婆姨"), ("让幺儿顶我去", "proxy", "幺儿"), ("我堂客替我来", "proxy", "堂客"),
        ("托我二叔替我去开会", "proxy", "二叔"), ("我大哥代表我们家去", "proxy", "大哥"), ("我打算让小妹去", "proxy", "小妹"),
        ("阿妈替我去", "proxy", "阿妈"), ("我去不了 委托我弟弟", "proxy", "弟弟"), ("全家都不在", "no", ""),
        ("我们全家都不在村里", "no", ""), ("家里都出门打工了", "no", ""), ("我家都在外地呢", "no", ""),
    ],
)  # fmt: skip
def test_ordinary_answers_are_noted_and_alarm_nobody(notice: Village, said: str, answer: str, companion: str) -> None:
    """They were filed as quarrels, or called the fire brigade."""
    heard = notice.say("老王", said)
    assert "会1" in heard
    assert line(notice, "老王") == (answer, companion)
    assert notice.matters() == []


@pytest.mark.parametrize(
    "said", ["忙着呢 浇地", "在地里忙着呢", "忙得很，收苞谷", "我正忙着呢", "家里忙不过来", "忙着割麦子"]
)
def test_who_is_busy_now_is_asked_whether_he_comes(notice: Village, said: str) -> None:
    """忙着呢 浇地 was filed as irrigation."""
    assert "能来回1" in notice.say("老王", said)
    assert answered(notice) == {}
    assert notice.matters() == []


@pytest.mark.parametrize(
    "said",
    [
        "忙着呢 水管没人修",
        "我委托律师打官司",
        "我儿子跟我吵架跑了",
        "我媳妇跟人跑了",
        "全家都不在了",
        "村里人都忙着呢渠没人修",
        "我弟弟代表村里去县里比赛了",
    ],
)
def test_what_merely_sounds_like_such_an_answer_is_none(notice: Village, said: str) -> None:
    notice.say("老王", said)
    assert answered(notice) == {}


def test_trouble_told_after_another_answer_is_a_matter_and_not_read_out(notice: Village) -> None:
    """After 3 everything he said was kept for the meeting, the drain at his door too."""
    notice.say("老王", "3")
    notice.say("老王", "不去了")
    assert "编号" in notice.say("老王", "我家门口下水道堵了")
    assert notice.rows(t.speeches) == []


def test_trouble_said_for_the_meeting_is_told_how_to_have_it_mended(notice: Village) -> None:
    notice.say("老王", "3")
    heard = notice.say("老王", "我家门口下水道堵了")
    assert "会上念给大伙儿听" in heard
    assert "单独再发一遍" in heard
    assert "编号" in notice.say("老王", "我家门口下水道堵了")


def test_an_opinion_after_another_answer_is_still_kept(notice: Village) -> None:
    notice.say("老王", "3")
    notice.say("老王", "去")
    assert "会上念给大伙儿听" in notice.say("老王", "水费定价要公开")
