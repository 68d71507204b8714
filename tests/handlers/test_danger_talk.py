"""Danger to life in talk: before everything else, in every scene, at every hour, and nothing claimed that nobody said."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.messages import Trust
from storage import tables
from tests.handlers.talk import CHINA, Village

FIRE = "快来人 柴垛着火了"
DESPAIR = "我不想活了"
# What may not be said before somebody has answered (rulings, Danger).
CLAIMS = ("已在路上", "在路上", "马上到", "这就到", "来了", "赶过去", "派人")


def alarm_state(village: Village) -> list[str]:
    return [row.state for row in village.rows(tables.alarms)]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (FIRE, "119"), ("有人掉河里了", "119"), ("有人拿刀砍人", "110"), ("有人触电了倒地上", "120"),
        ("路口出车祸了撞了人", "122"), ("房子塌了压住人了", "119"),     ],
)  # fmt: skip
def test_the_first_words_are_the_number_to_call_and_one_question(village: Village, words: str, number: str) -> None:
    said = village.say("老王", words)
    assert number in said.split("\n")[0]
    assert said.endswith("1 安全 2 不安全")
    assert len(said.split("\n")) <= 6


def test_the_first_words_name_who_is_being_told_and_his_phone(village: Village) -> None:
    said = village.say("老王", FIRE)
    assert "我正在通知" in said
    assert "陈小军" in said
    assert village.phone("小陈") in said
    assert "您也马上打给他" in said


def test_keeper_secretary_and_town_are_told_at_once_with_place_person_and_words(village: Village) -> None:
    village.say("老王", FIRE)
    for who in ("小陈", "李书记", "镇领导"):
        told = village.heard(who)
        assert FIRE in told
        assert "王德福" in told
        assert village.phone("老王") in told
        assert "九社" in told
        assert "收到" in told


def test_alerts_come_at_0_3_and_10_minutes_and_no_more(village: Village) -> None:
    village.say("老王", FIRE)
    village.later(minutes=30)
    for who in ("小陈", "李书记", "镇领导"):
        times = [(sent.at - village.now).total_seconds() / 60 + 30 for sent in village.letters(who)]
        assert times == [0, 3, 10]


def test_the_alerts_end_when_one_has_answered(village: Village) -> None:
    village.say("老王", FIRE)
    village.later(minutes=4)
    village.say("小陈", "收到")
    for who in ("小陈", "李书记", "镇领导"):
        village.heard(who)
    village.later(minutes=26)
    assert [village.heard(who) for who in ("小陈", "李书记", "镇领导")] == ["", "", ""]
    assert alarm_state(village) == ["answered"]


@pytest.mark.parametrize(
    "words", ["收到", "收到。", "收到！", "收到 这就去", "收到了", "收到马上去", "收到，人已经出来了"]
)
@pytest.mark.parametrize("who", ["小陈", "李书记", "镇领导"])
def test_whoever_answers_is_named_to_the_reporter_and_to_the_others(village: Village, who: str, words: str) -> None:
    village.say("老王", FIRE)
    others = [other for other in ("小陈", "李书记", "镇领导") if other != who]
    for other in others:
        village.heard(other)
    village.say(who, words)
    told = village.heard("老王")
    assert village.person(who).name in told
    assert village.phone(who) in told
    assert all(village.person(who).name in village.heard(other) for other in others)


def test_nobody_is_said_to_be_on_his_way_before_he_says_so(village: Village) -> None:
    heard = [village.say("老王", FIRE)]
    village.later(minutes=12)
    heard += [village.say("老王", "火越来越大了"), village.say("老王", "2"), village.heard("老王")]
    village.group("着火了快救火", by="张婶")
    heard += [village.in_group(), *(village.heard(who) for who in ("小陈", "李书记", "镇领导"))]
    for text in heard:
        assert not any(claim in text for claim in CLAIMS)


def test_quiet_hours_do_not_hold_it_back(village: Village) -> None:
    village.now = datetime(2026, 11, 23, 2, 30, tzinfo=CHINA)
    village.say("老王", FIRE)
    assert FIRE in village.heard("小陈")
    village.later(minutes=3)
    assert FIRE in village.heard("李书记")


def test_an_answer_to_the_alarm_also_takes_the_matter(village: Village) -> None:
    """Before, the matter stood at 等他回话 although the keeper had answered."""
    village.say("老王", FIRE)
    village.say("小陈", "收到")
    assert village.matter().status == "accepted"
    assert ("filed", "accepted", "grid_head", "alarm") in village.ledger(village.matter())
    assert "正在办" in village.say("老王", "进度")


def test_taking_another_matter_by_number_does_not_take_the_alarm(village: Village) -> None:
    """Before, 001 收到 for a lamp ended the alarm of a fire that nobody had answered."""
    village.say("张婶", "路灯坏了")
    village.say("老王", FIRE)
    village.say("小陈", "001 收到")
    assert village.matter("001").status == "accepted"
    assert alarm_state(village) == ["open"]
    village.say("小陈", f"{village.matter().number[-3:]} 收到")
    assert alarm_state(village) == ["answered"]


def test_an_alarm_somebody_else_took_does_not_swallow_the_next_answer(village: Village) -> None:
    """Before, for twelve hours 收到 of every other responder went to the alarm that was long answered."""
    village.say("老王", FIRE)
    village.say("李书记", "收到")
    village.later(minutes=40)
    village.say("张婶", "路灯坏了")
    village.say("小陈", "收到")
    assert village.matter().status == "accepted"


def test_a_late_answer_to_an_answered_alarm_hears_who_has_it(village: Village) -> None:
    village.say("老王", FIRE)
    village.say("小陈", "收到")
    village.heard("老王")
    said = village.say("李书记", "收到")
    assert "陈小军" in said
    assert village.heard("老王") == ""


def test_two_fires_are_two_alarms_and_each_is_answered(village: Village) -> None:
    village.say("老王", FIRE)
    village.say("张婶", "我家厨房着火了")
    assert len(alarm_state(village)) == 2
    village.say("小陈", "收到")
    village.say("小陈", "收到")
    assert alarm_state(village) == ["answered", "answered"]
    assert "陈小军" in village.heard("老王")
    assert "陈小军" in village.heard("张婶")


# -- the safety question


@pytest.mark.parametrize("safe", ["1", "一", "安全", "１", "①", "我安全", "1 安全", "1。"])
def test_safe_is_noted(village: Village, safe: str) -> None:
    village.say("老王", FIRE)
    said = village.say("老王", safe)
    assert "没事就好" in said
    assert [row.safety for row in village.rows(tables.alarms)] == ["safe"]


@pytest.mark.parametrize("unsafe", ["2", "二", "不安全", "2 不安全", "２"])
def test_not_safe_alerts_again_at_once(village: Village, unsafe: str) -> None:
    village.say("老王", FIRE)
    for who in ("小陈", "李书记"):
        village.heard(who)
    said = village.say("老王", unsafe)
    assert "119" in said
    assert "陈小军" in said
    assert village.phone("小陈") in said
    for who in ("小陈", "李书记"):
        assert "不安全" in village.heard(who)


@pytest.mark.parametrize(
    "words", ["10", "12", "还没有安全", "火烧到房子了", "娃还在里头", "3", "1.5", "😭😭", "嗯嗯嗯嗯"]
)
def test_other_words_pick_nothing_and_reach_those_who_were_told(village: Village, words: str) -> None:
    village.say("老王", FIRE)
    village.heard("小陈")
    village.say("老王", words)
    assert [row.safety for row in village.rows(tables.alarms)] == [""]
    assert words in village.heard("小陈")
    assert words in village.notes()


def test_the_question_comes_before_a_rating_and_a_running_conversation(village: Village) -> None:
    village.say("老王", "路灯坏了")
    village.say("小陈", "001 办好了 换了灯泡")
    village.say("老王", "绑定")
    village.say("老王", FIRE)
    village.say("老王", "1")
    assert [row.safety for row in village.rows(tables.alarms)] == ["safe"]
    assert village.matter("001").rating is None
    village.say("老王", "满意")
    assert village.matter("001").rating == 1


def test_a_command_in_danger_is_still_obeyed(village: Village) -> None:
    village.say("老王", FIRE)
    assert village.phone("小陈") in village.say("老王", "找谁")


def test_the_danger_said_again_gives_the_number_again_and_no_second_alarm(village: Village) -> None:
    village.say("老王", FIRE)
    village.heard("小陈")
    said = village.say("老王", "着火了着火了快来人啊")
    assert "119" in said
    assert len(alarm_state(village)) == 1
    assert "着火了着火了" in village.heard("小陈")


def test_another_danger_is_another_alarm_with_its_own_number(village: Village) -> None:
    """Before, a drowning child half an hour after a fire was answered 先打119 and never alarmed anybody."""
    village.say("老王", FIRE)
    village.heard("小陈")
    said = village.say("老王", "有人掉河里了")
    assert "救人" in said.split("\n")[0]
    assert "119" in said.split("\n")[0]
    assert len(alarm_state(village)) == 2
    assert "落水" in village.heard("小陈")


def test_despair_after_a_fire_stays_out_of_the_fires_matter(village: Village) -> None:
    """Before, it was passed on word for word to the keeper and the town."""
    village.say("老王", FIRE)
    village.heard("小陈")
    said = village.say("老王", DESPAIR)
    assert "12356" in said
    assert village.heard("小陈") == ""
    assert DESPAIR not in village.notes()


def test_an_hour_later_the_question_is_closed_and_a_number_means_nothing(village: Village) -> None:
    village.say("老王", FIRE)
    village.later(minutes=61)
    village.say("老王", "1")
    assert [row.safety for row in village.rows(tables.alarms)] == [""]


# -- nobody reached


def test_when_nobody_was_reached_within_a_minute_the_next_number_is_given(village: Village) -> None:
    village.unreachable = {"小陈", "李书记", "镇领导"}
    village.say("老王", FIRE)
    village.later(minutes=1)
    told = village.heard("老王")
    assert village.phone("李书记") in told
    assert "119" in told
    village.later(minutes=10)
    assert village.heard("老王") == ""


def test_when_one_was_reached_no_next_number_is_given(village: Village) -> None:
    village.unreachable = {"小陈", "镇领导"}
    village.say("老王", FIRE)
    village.later(minutes=2)
    assert village.heard("老王") == ""


def test_in_a_group_the_answer_to_the_reporter_is_not_taken_for_a_keeper_reached(village: Village) -> None:
    """Before, the private safety question counted as an alert that had arrived."""
    village.unreachable = {"小陈", "李书记", "镇领导"}
    village.group(FIRE, by="老王")
    village.later(minutes=1)
    assert "还没联系上" in village.heard("老王")


# -- what is no danger, or may be none


@pytest.mark.parametrize(
    "words",
    ["热死了水渠还不放水", "我们村的豆腐火了", "想死你了", "今天累死了", "晚上吃火锅", "防火宣传啥时候搞", "笑死我了"],
)
def test_sayings_do_not_alarm(village: Village, words: str) -> None:
    village.say("老王", words)
    village.later(minutes=11)
    assert alarm_state(village) == []
    assert not any("人命关天" in village.heard(who) for who in ("小陈", "李书记"))


@pytest.mark.parametrize("words", ["要是着火了咋办", "前年我家着过火", "昨天电视里演有人跳楼"])
def test_past_and_supposed_danger_does_not_alarm_at_once(village: Village, words: str) -> None:
    village.say("老王", words)
    assert alarm_state(village) == []


@pytest.fixture
def doubted(village: Village) -> Village:
    """The question is open, however the rules read any sentence today."""
    from handlers import danger_check
    from nlp.danger import Danger

    def ask(ctx: object) -> bool:
        danger_check.ask_first(ctx, Danger("fire", "119", False, ("着火",)))  # type: ignore[arg-type]
        return True

    keep = village.dispatch._endangered
    village.dispatch._endangered = ask  # type: ignore[method-assign, assignment]
    village.say("老王", "那边是不是着火了冒烟呢")
    village.dispatch._endangered = keep  # type: ignore[method-assign]
    return village


@pytest.mark.parametrize("yes", ["1", "有", "一", "1 有"])
def test_a_yes_alarms(doubted: Village, yes: str) -> None:
    assert "119" in doubted.say("老王", yes)
    assert "那边是不是着火了冒烟呢" in doubted.heard("小陈")


@pytest.mark.parametrize("no", ["2", "没有", "二", "2 没有"])
def test_a_no_files_it_as_what_it_is(doubted: Village, no: str) -> None:
    doubted.say("老王", no)
    doubted.later(minutes=10)
    assert alarm_state(doubted) == []
    assert [matter.text for matter in doubted.matters()] == ["那边是不是着火了冒烟呢"]


def test_silence_for_five_minutes_tells_the_keeper_to_call(doubted: Village) -> None:
    doubted.later(minutes=4)
    assert doubted.heard("小陈") == ""
    doubted.later(minutes=1)
    told = doubted.heard("小陈")
    assert "请核实" in told
    assert "王德福" in told
    assert doubted.phone("老王") in told
    assert "119" in doubted.heard("老王")
    assert len(alarm_state(doubted)) == 1


# -- despair


def test_despair_is_met_with_care_numbers_and_a_person(village: Village) -> None:
    said = village.say("张婶", DESPAIR)
    for words in ("担心您", "12356", "120", "李长河", village.phone("李书记"), "您身边有人吗"):
        assert words in said
    assert said.endswith("1 有 2 没有")
    assert "119" not in said


def test_only_secretary_and_womens_federation_hear_of_despair(village: Village) -> None:
    village.say("张婶", DESPAIR)
    village.later(minutes=11)
    assert DESPAIR in village.heard("李书记")
    assert DESPAIR in village.heard("妇联")
    for who in ("小陈", "镇领导", "文书", "监委主任", "管理员", "老王"):
        assert village.heard(who) == ""


def test_despair_is_sealed_everywhere(village: Village) -> None:
    village.say("张婶", DESPAIR)
    village.say("张婶", "活着没意思")
    village.say("张婶", "2")
    village.later(minutes=11)
    for table in (tables.inbox, tables.outbox, tables.matters, tables.notes, tables.questions, tables.conversations):
        for row in village.rows(table):
            for value in row:
                assert not isinstance(value, str) or ("不想活" not in value and "没意思" not in value)
    assert village.matter().is_sealed
    assert village.matter().contact_id is None
    assert village.matter().number not in village.say("张婶", "进度")


@pytest.mark.parametrize(("answer", "words"), [("1", "陪着"), ("有", "陪着"), ("2", "12356"), ("没有", "12356")])
def test_whether_somebody_is_near_is_noted(village: Village, answer: str, words: str) -> None:
    village.say("张婶", DESPAIR)
    village.heard("李书记")
    said = village.say("张婶", answer)
    assert words in said
    alone = answer in ("2", "没有")
    assert ("人命关天" in village.heard("李书记")) == alone
    if alone:
        assert village.phone("李书记") in said


def test_more_words_in_despair_reach_the_two_and_nobody_else(village: Village) -> None:
    village.say("张婶", DESPAIR)
    village.heard("李书记")
    village.heard("妇联")
    village.say("张婶", "工钱要不回来 地也让人占了")
    assert "工钱要不回来" in village.heard("李书记")
    assert village.heard("小陈") == ""
    assert len(village.matters()) == 1


def test_whoever_answers_despair_is_named_to_her(village: Village) -> None:
    village.say("张婶", DESPAIR)
    village.say("妇联", "收到")
    assert "何秀芝" in village.heard("张婶")
    assert "何秀芝" in village.heard("李书记")


def test_a_doubtful_despair_is_sealed_as_well(village: Village) -> None:
    """Before, the words stood open in the inbox and in the question until she answered, and afterwards."""
    assert "有没有人有危险" in village.say("张婶", "我想死 但是我不敢")
    assert village.kinds("张婶") == ["danger.check"]
    for table in (tables.inbox, tables.questions, tables.outbox):
        for row in village.rows(table):
            assert not any(isinstance(value, str) and "想死" in value for value in row)


# -- violence at home


def test_violence_at_home_is_the_womens_federations_and_sealed(village: Village) -> None:
    """Before, the keeper and the whole chain of the village were told that she was beaten."""
    words = "男人又打我"
    said = village.say("张婶", words)
    assert "110" in said.split("\n")[0]
    assert said.endswith("1 安全 2 不安全")
    assert words in village.heard("妇联")
    for who in ("小陈", "镇领导", "文书", "老王"):
        assert village.heard(who) == ""
    assert village.matter().is_sealed
    assert village.matter().code == "DS02"
    for table in (tables.inbox, tables.outbox, tables.matters):
        for row in village.rows(table):
            assert not any(isinstance(value, str) and words in value for value in row)


# -- in groups


def test_danger_in_the_group_is_answered_without_being_called(village: Village) -> None:
    said = village.group(FIRE, by="老王")
    assert "119" in said
    assert "陈小军" in said or "李长河" in said
    assert "王德福" not in said
    assert "1 安全 2 不安全" in village.heard("老王")


def test_despair_in_the_group_is_answered_in_private_only(village: Village) -> None:
    assert village.group(DESPAIR, by="张婶") == ""
    assert "12356" in village.heard("张婶")
    assert DESPAIR in village.heard("李书记")


def test_the_text_of_danger_in_the_group_is_not_kept_in_the_inbox(village: Village) -> None:
    village.group(FIRE, by="老王")
    assert [row.text for row in village.rows(tables.inbox)] == [""]


def test_a_danger_said_in_the_middle_of_a_dialogue_comes_first(village: Village) -> None:
    village.say("新手机", "绑定 王德福")
    assert "119" in village.say("新手机", FIRE)
    village.say("新手机", "1")
    assert "绑定码" in village.say("新手机", "九社")


def test_danger_over_a_plain_channel_alarms_all_the_same(village: Village) -> None:
    assert "119" in village.say("老王", FIRE, trust=Trust.SIGNED_URL)
    assert FIRE in village.heard("小陈")


def test_an_answer_to_an_alarm_needs_a_channel_that_proves_who_spoke(village: Village) -> None:
    village.say("老王", FIRE)
    assert "安全模式" in village.say("小陈", "收到", trust=Trust.SIGNED_URL)
    assert alarm_state(village) == ["open"]


@pytest.mark.parametrize(
    ("cry", "over"), [("我爸走丢了", "找到了"), ("我家着火了", "火灭了 谢谢"), ("娃掉水里了", "救上来了")]
)
def test_who_says_that_it_is_over_is_not_asked_again_and_the_helpers_hear_it(
    village: Village, cry: str, over: str
) -> None:
    village.say("老王", cry)
    village.heard("小陈")
    told = village.say("老王", over)
    assert "您现在安全吗" not in told
    assert over in village.heard("小陈")
    assert "safety" not in village.kinds("老王")


def test_at_home_he_left_is_no_end_of_it(village: Village) -> None:
    village.say("王秀英", "我男人打我 救命")
    assert "安全" in village.say("王秀英", "他走了")


def test_a_fight_between_two_families_is_no_violence_at_home(village: Village) -> None:
    assert "陈小军" in village.say("老王", "张家和李家又打起来了")


def test_violence_among_kin_is_the_business_of_two(village: Village) -> None:
    assert "何秀芝" in village.say("王秀英", "我男人又打我了 快来人")
    assert village.heard("小陈") == ""


@pytest.mark.parametrize("more", ["叫不醒", "没气了", "流血了", "不动了"])
def test_what_he_says_next_of_somebody_in_danger_reaches_the_helpers(village: Village, more: str) -> None:
    village.say("老王", "有个老人倒在路边")
    village.heard("小陈")
    assert "这里还办不了" not in village.say("老王", more)
    assert more in village.heard("小陈")


def test_a_house_without_gas_is_asked_about(village: Village) -> None:
    assert "有没有人有危险" in village.say("老王", "我家没气了")


@pytest.mark.parametrize("said", ["到现在没动静", "一直没反应", "快不行了 这路"])
def test_impatience_is_no_cry(village: Village, said: str) -> None:
    village.say("老王", "门口的路烂了")
    assert "先救人" not in village.say("老王", said)


@pytest.mark.parametrize("said", ["叫他一直没反应", "我爸一直没反应", "快不行了"])
def test_nobody_answering_is_one(village: Village, said: str) -> None:
    assert "120" in village.say("老王", said)


@pytest.mark.parametrize(
    ("cry", "kind"),
    [("有人翻墙进我家", "violence"), ("车翻沟里了 人还在里头", "traffic"), ("水库水快漫出来了", "flood")],
)
def test_the_advice_fits_the_danger(village: Village, cry: str, kind: str) -> None:
    """翻墙 got the advice for a crash, a car in the ditch and a full reservoir that for drowning."""
    village.say("老王", cry)
    assert [row.kind for row in village.rows(tables.alarms)] == [kind]


@pytest.mark.parametrize(
    "said",
    [
        "那就说我娘的 李秀兰 八十一了",
        "河里有人电鱼",
        "有人在河边洗车",
        "膝盖肿了",
        "来几个人了",
        "李家老汉没了 后天出殡 大家帮忙",
    ],
)
def test_words_of_any_day_raise_no_alarm(village: Village, said: str) -> None:
    village.say("老王", said)
    assert village.rows(tables.alarms) == []


def test_found_at_a_relative_s_ends_the_search(village: Village) -> None:
    """It was answered 先打110 again."""
    village.say("老王", "我孙子不见了 半天了")
    assert "110" not in village.say("老王", "找到了 在他姑家")


def test_found_where_somebody_drowns_does_not(village: Village) -> None:
    village.say("老王", "我孙子不见了 半天了")
    assert "人没事就好" not in village.say("老王", "找到了 在河里")


# -- it is over, or was none


@pytest.mark.parametrize("said", ["打错了，没着火", "灭了，没事了", "虚惊一场", "火灭了 没人受伤"])
def test_whoever_says_that_it_is_over_is_not_asked_again(village: Village, said: str) -> None:
    village.say("老王", "着火了")
    assert "没事就好" in village.say("老王", said)
    assert village.kinds("老王") == []
    assert said in village.heard("小陈")


def test_after_hard_words_taken_back_other_things_are_heard_again(village: Village) -> None:
    village.say("王秀英", "不想活了")
    assert "12356" in village.say("王秀英", "气话，没事")
    assert "路灯照明" in village.say("王秀英", "路灯坏了")


def test_a_lamp_said_in_between_is_filed_and_what_was_sealed_stays_so(village: Village) -> None:
    village.say("张婶", "我男人打我")
    assert "路灯照明" in village.say("张婶", "路灯也坏了")
    assert "打" not in village.heard("小陈")


@pytest.mark.parametrize("said", ["在路上了", "马上到", "我们这就过去"])
def test_a_keeper_who_is_on_his_way_has_answered(village: Village, said: str) -> None:
    village.say("老王", "着火了")
    village.say("小陈", said)
    assert "陈小军" in village.heard("老王")


@pytest.mark.parametrize("first", ["收到", ""])
@pytest.mark.parametrize("said", ["火灭了，没人受伤", "假的，没着火"])
def test_the_keeper_ends_the_alarm(village: Village, first: str, said: str) -> None:
    village.say("老王", "着火了")
    if first:
        village.say("小陈", first)
    village.say("小陈", said)
    assert len(village.matters()) == 1
    assert said in village.heard("老王")
    village.heard("小陈")
    village.later(minutes=12)
    assert "人命关天" not in village.heard("小陈")


def test_the_place_an_unknown_caller_names_alerts_its_keeper(village: Village) -> None:
    village.say("外村人", "着火了")
    assert village.heard("小陈") == ""
    village.say("外村人", "九社老王家隔壁")
    assert "人命关天" in village.heard("小陈")


def test_what_merely_sounds_like_danger_answers_what_stands_open(village: Village) -> None:
    village.say("李书记", "弄个投票 水渠先修哪段 上段 中段 下段 按户 投到周五晚八点")
    village.say("李书记", "1")
    for said in ("最后一个", "老婆子叫我投上段"):
        assert "危险" not in village.say("老王", said)


# -- the advice fits the danger


@pytest.mark.parametrize(
    ("said", "advice", "never"),
    [
        ("炉子没封好，一家子都昏昏沉沉", "开窗通风", "下水"),
        ("气罐子漏气呢呲呲响", "别点火", "照电话里"),
        ("娃把纽扣电池咽了", "打120", "断电"),
        ("老人拉肚子拉脱水了叫不动", "打120", "下水"),
        ("我老头子倒地上喊不应", "打120", "开窗"),
        ("我掌柜的让收割机绞了手", "打120", "防再塌"),
        ("娃的手让铡草机铡了", "打120", "防再塌"),
        ("我爹从房顶掉下来了", "打120", "防再塌"),
        ("高压线断了掉在地里头", "断电", "防再塌"),
        ("我家娃把老鼠药吃了", "打120", "12356"),
        ("我婆娘把敌敌畏灌了", "马上打120，守着他", "您不是一个人"),
        ("隔壁老汉上吊了", "马上打120，守着他", "您不是一个人"),
    ],
)
def test_the_first_words_fit_the_danger(village: Village, said: str, advice: str, never: str) -> None:
    told = village.say("老王", said)
    assert advice in told
    assert never not in told


# -- first words that fit, and what ends a danger


@pytest.mark.parametrize(
    ("said", "advice", "number"),
    [
        ("我妈喝农药了", "守着他", "120"),
        ("我割腕了", "别一个人", "120"),
        ("我娘吃错药了 一瓶全吃了", "打120", "120"),
        ("有人跳河了", "别自己下水", "119"),
        ("那个人要跳楼 在学校楼顶", "别激他", "110"),
        ("我闺女留了封信说不想活了 人不见了", "守着他", "110"),
        ("小孩卡在机井管里了", "别硬拉", "119"),
        ("机器把手绞进去了", "关机器", "120"),
        ("电动车充电着起来了", "离远点", "119"),
        ("电线掉下来了", "别靠近", "95598"),
        ("电线掉下来把我爹打倒了", "断电", "120"),
        ("隔壁家在烧炭 门关着喊不应", "开窗", "119"),
        ("有人把我锁屋里不让我走", "躲", "110"),
        ("快来人 我爹晕倒了", "打120", "120"),
        ("我屋里进贼了 还在屋里", "躲", "110"),
    ],
)
def test_the_first_words_are_of_this_danger(village: Village, said: str, advice: str, number: str) -> None:
    told = village.say("老王", said)
    assert advice in told
    assert number in told


def test_a_guess_that_is_confirmed_names_all_numbers(village: Village) -> None:
    assert "有没有人有危险" in village.say("老王", "村口小卖部卖过期火腿肠 我孙子吃了拉肚子")
    told = village.say("老王", "1")
    assert all(number in told for number in ("110", "119", "120"))


@pytest.mark.parametrize("more", ["快点", "真的", "快来人", "救命啊"])
def test_haste_answers_the_question_of_danger(village: Village, more: str) -> None:
    village.say("老王", "后山裂了个大缝")
    assert "【人命关天】" not in village.heard("小陈")
    village.say("老王", more)
    assert "【人命关天】" in village.heard("小陈")


@pytest.mark.parametrize("more", ["没有 就是怕塌", "没有危险 就问问", "没人 放心"])
def test_nobody_is_in_danger_and_the_rest_is_said_beside(village: Village, more: str) -> None:
    village.say("老王", "后山裂了个大缝")
    village.say("老王", more)
    assert "danger.check" not in village.kinds("老王")
    assert "【人命关天】" not in village.heard("小陈")


def test_what_was_mistaken_for_a_fire_ends_it(village: Village) -> None:
    village.say("老王", "着火了")
    assert "没事就好" in village.say("老王", "看错了 是烧柴冒烟")
    village.say("张婶", "着火了")
    assert "没事就好" not in village.say("张婶", "看错了 是隔壁着火")


def test_who_is_found_lying_still_needs_the_ambulance(village: Village) -> None:
    village.say("老王", "我爹没回来")
    assert "先打120" in village.say("老王", "找到了 在沟里 不动了")


def test_who_may_want_to_die_hears_where_to_turn_with_the_question(village: Village) -> None:
    told = village.say("老王", "我想死 但是我不敢")
    assert "12356" in told


def test_dizziness_after_the_smell_of_gas_is_an_alarm(village: Village) -> None:
    village.say("老王", "头晕")
    assert village.heard("小陈") == "" or "【人命关天】" not in village.heard("小陈")
    assert "别点火" in village.say("张婶", "屋里一股煤气味咋办")
    assert "120" in village.say("张婶", "头晕")
    assert "【人命关天】" in village.heard("小陈")


@pytest.mark.parametrize(
    ("said", "care"),
    [
        ("屋里一股煤气味咋办", "关阀门"),
        ("高压线耷拉下来了离地一人高", "95598"),
        ("电表箱在冒火星子", "别碰"),
    ],
)
def test_what_may_hurt_somebody_comes_with_a_caution(village: Village, said: str, care: str) -> None:
    told = village.say("老王", said)
    assert care in told
    assert len(told.split("\n")) <= 6
