"""What people answer to a notice besides coming or not: a question is answered, a hindrance is passed on, nothing is lost."""

from __future__ import annotations

import pytest

from storage import tables_meetings as t
from tests.handlers.talk import VAULT, Village
from tests.handlers.test_meetings import called


@pytest.fixture
def notice(village: Village) -> Village:
    called(village, "后天下午三点在村委会开群众会说修路 全村")
    for who in ("王秀英", "李书记"):
        village.heard(who)
    return village


def answers(village: Village) -> list[tuple[str, str]]:
    return [(row.answer, row.companion) for row in village.rows(t.invitations) if row.answer not in ("", "unsaid")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("不去罚钱不", "来不来您家自己定"),
        ("不来行不行", "来不来您家自己定"),
        ("不去会咋样", "来不来您家自己定"),
        ("非得去吗", "来不来您家自己定"),
        ("必须户主去吗", "来不来您家自己定"),
        ("去了给误工费不", "问李长河 10000000004"),
        ("能不能改到晚上", "问李长河 10000000004"),
        ("在哪达开", "11月24日 周二 下午3点在村委会"),
        ("几点", "11月24日 周二 下午3点在村委会"),
        ("又开会 烦死了", "能来回1，来不了回2"),
        ("明天有事", "那个时候您能来吗"),
        ("三点去不了，四点能到", "那个时候您能来吗"),
        ("不来白不来", "定了再说"),
    ],
)
def test_a_question_about_the_meeting_is_answered_and_counts_for_nothing(
    notice: Village, words: str, said: str
) -> None:
    """不去罚钱不 counted as no, 必须去么 became a matter."""
    assert said in notice.say("王秀英", words)
    assert answers(notice) == []
    assert notice.matters() == []


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("明天有事，后天行", ("yes", "")),
        ("后天不行，大后天可以", ("no", "")),
        ("谁家都没人去我也不去", ("no", "")),
        ("我人在新疆", ("no", "")),
        ("我和老伴都去", ("yes", "")),
        ("娃他爸去", ("proxy", "娃他爸")),
        ("我迟点儿来", ("yes", "")),
    ],
)
def test_the_day_of_the_meeting_is_what_counts(notice: Village, words: str, answer: tuple[str, str]) -> None:
    notice.say("王秀英", words)
    assert answers(notice) == [answer]
    assert notice.matters() == []
    assert notice.kinds("王秀英") == []


@pytest.mark.parametrize(
    ("words", "why"), [("我想去但是没车", "没车"), ("想来 就是娃没人看", "娃没人看"), ("想去走不动", "走不动")]
)
def test_who_would_come_if_he_could_is_named_to_whoever_called_it(notice: Village, words: str, why: str) -> None:
    """It became a matter of buses and parcels."""
    assert f"您想来，就是“{why}”" in notice.say("王秀英", words)
    told = notice.heard("李书记")
    assert f"难处是“{why}”" in told
    assert "王秀英" in told
    assert answers(notice) == []
    assert notice.matters() == []


@pytest.mark.parametrize("words", ["来不了 水管爆了", "我不去，我家路灯坏了没人管", "我家路灯坏了没人管 我不去"])
def test_trouble_told_beside_an_answer_becomes_a_matter_of_its_own(notice: Village, words: str) -> None:
    """The answer was counted and the burst pipe lost, or the other way round."""
    said = notice.say("王秀英", words)
    assert "记下了，您来不了" in said
    assert "编号" in said
    assert answers(notice) == [("no", "")]
    assert len(notice.matters()) == 1
    assert "不去" not in notice.matter().text
    assert "来不了" not in notice.matter().text


@pytest.mark.parametrize("words", ["来不了 摩托坏了", "去不了，腿摔坏了", "来不了，手机坏了"])
def test_a_reason_not_to_come_is_no_matter(notice: Village, words: str) -> None:
    notice.say("王秀英", words)
    assert answers(notice) == [("no", "")]
    assert notice.matters() == []


def test_an_opinion_beside_an_answer_goes_to_the_meeting(notice: Village) -> None:
    said = notice.say("王秀英", "我去不了 把我的意见记上 路要修宽")
    assert "会上念给大伙儿听" in said
    assert [VAULT.open(row.text) for row in notice.rows(t.speeches)] == ["路要修宽"]
