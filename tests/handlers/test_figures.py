"""How much was told and done in some days, and what one of the keepers has left, asked by who answers for the village."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village

RUBBISH = "九社的垃圾没人拉"


@pytest.fixture
def worked(filed: Village) -> Village:
    """Three were told of, one of them sealed; of the two that count one is done."""
    filed.say("张婶", RUBBISH)
    filed.say("王秀英", "我要举报文书吃拿卡要")
    assert "已告诉反映人" in filed.say("小陈", "001 办好了 换了灯泡")
    return filed


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("这个月办了多少件", "11月1日 周日到11月22日 周日"),
        ("台账", "11月1日 周日到11月22日 周日"),
        ("这周的台账给我看看", "11月16日 周一到11月22日 周日"),
        ("周报", "11月16日 周一到11月22日 周日"),
        ("今年一共办了多少件", "1月1日 周四到11月22日 周日"),
        ("今天收了几件", "11月22日 周日"),
    ],
)
def test_the_secretary_is_told_the_numbers_of_the_days_he_names(worked: Village, asked: str, days: str) -> None:
    assert worked.say("书记", asked).startswith(f"{days}，村里收到2件，办完1件，没办完1件。")


@pytest.mark.parametrize(
    ("asked", "days"), [("上个月办了多少", "10月1日 周四到10月31日 周六"), ("上周周报", "11月9日 周一到11月15日 周日")]
)
def test_days_long_past_are_counted_to_their_end(worked: Village, asked: str, days: str) -> None:
    assert worked.say("书记", asked) == f"{days}，村里收到0件。"


def test_a_keeper_is_told_of_his_own(worked: Village) -> None:
    assert "您手上收到2件，办完1件" in worked.say("小陈", "这个月办了几件")


def test_what_is_late_and_what_was_taken_back_is_told_apart(worked: Village) -> None:
    worked.say("张婶", "八社的路灯也坏了")
    worked.say("张婶", "撤回")
    worked.say("张婶", "1")
    worked.later(days=7)
    assert "收到2件，办完1件，没办完1件（超期1件）" in worked.say("书记", "这个月办了多少件")


def test_who_wants_a_table_is_told_that_there_is_none(worked: Village) -> None:
    assert "表格我还不会出" in worked.say("文书", "导出这个月的台账")


def test_a_villager_s_complaint_is_no_question_for_numbers(village: Village) -> None:
    village.say("老王", "这个月停了好几次电")
    assert len(village.matters()) == 1


@pytest.mark.parametrize("asked", ["小陈手上还有几件", "小陈办得咋样", "陈小军那儿还压着啥", "小陈还有几件没办完"])
def test_who_answers_for_the_village_asks_what_one_keeper_has_left(worked: Village, asked: str) -> None:
    told = worked.say("书记", asked)
    assert told.startswith("陈小军手上没办完的1件：")
    assert "垃圾清运保洁" in told


def test_a_sealed_matter_of_a_keeper_is_not_shown_to_those_over_him(village: Village) -> None:
    village.say("老王", "邻居天天打老婆 打得鼻青脸肿")
    assert village.matter().is_sealed
    for who in ("何秀芝手上还有几件", "小陈手上还有几件"):
        assert "没有没办完的事" in village.say("书记", who)


def test_a_keeper_is_not_shown_what_another_has_left(worked: Village) -> None:
    assert "垃圾清运" not in worked.say("村民代表", "小陈手上还有几件")
