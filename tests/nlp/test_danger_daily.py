"""Complaints full of persons, children and machines are no cries, and what is a cry is heard beside them."""

from __future__ import annotations

import pytest

from nlp.danger import EVERY_DAY, EVERY_DAY_ASKED, Danger
from nlp.lexicon import Lexicon
from nlp.words import classify, look_for_danger


@pytest.mark.parametrize(
    "text",
    [
        "我在工地绑了三个月钢筋，老板一分没给",
        "老同学来了，都认不出来了",
        "班车司机半路把人甩了，票也不退",
        "厂里压着我们两个月工钱",
        "脚踏断了一个，娃们没处蹬",
        "我弟天生不会说话，有没有补贴",
        "大哥和二哥为分家打起来了，民警已经来了",
        "地界上的碑叫羊倌的车碰歪了，他不赔",
    ],
)
def test_an_ordinary_complaint_full_of_persons_does_not_alarm(lexicon: Lexicon, text: str) -> None:
    danger = look_for_danger(lexicon, text)
    assert danger is None or not danger.certain


def test_a_letter_about_a_fire_of_last_month_does_not_alarm(lexicon: Lexicon) -> None:
    text = (
        "您好，九月底我家线路老化失火，两间屋烧得只剩了墙，好在人没事，就是粮食、衣服和娃的课本都没了，"
        "如今一家五口挤在亲戚的厢房里，天冷了老人咳得厉害，想问问救灾的补助能不能早点下来，给我们盖一间避寒的屋"
    )
    danger = look_for_danger(lexicon, text)
    assert danger is None or not danger.certain


@pytest.mark.parametrize(
    "text",
    [
        "跟大伙道个别，以后不见了",
        "她站在坝顶上，谁劝都不下来",
        "井里喊了半天没回声，绳子空了",
        "塘边只剩一双小鞋",
        "坡上翻下去一辆三轮",
        "他把我娃绑了，快来",
    ],
)
def test_a_hint_is_at_least_asked_about(lexicon: Lexicon, text: str) -> None:
    assert look_for_danger(lexicon, text) is not None or classify(lexicon, text).urgency == "P1"


def test_of_a_matter_of_every_day_wording_alone_must_be_loud_to_alarm_but_is_asked_about() -> None:
    heard = Danger("medical", "120", True, (), is_named=False, points=20)
    less = heard.less(EVERY_DAY, EVERY_DAY_ASKED)
    assert less is not None
    assert not less.certain
    loud = Danger("medical", "120", True, (), is_named=False, points=EVERY_DAY)
    assert loud.less(EVERY_DAY, EVERY_DAY_ASKED) == Danger("medical", "120", True, (), is_named=False, points=0)
    faint = Danger("medical", "120", False, (), is_named=False, points=-10)
    assert faint.less(EVERY_DAY, EVERY_DAY_ASKED) is None
