"""Who comes to a meeting, read of whole messages: of himself, of others, and what is no answer at all."""

from __future__ import annotations

import pytest

from nlp.coming import Comes, Other, is_plain, read


@pytest.mark.parametrize(
    ("said", "comes", "companion"),
    [
        ("我去", Comes.YES, ""),
        ("去呢嘛", Comes.YES, ""),
        ("1人", Comes.YES, ""),
        ("晚到十分钟", Comes.YES, ""),
        ("我替我妈去行不", Comes.YES, ""),
        ("我媳妇去不了了 我自己去", Comes.YES, ""),
        ("来不了", Comes.NO, ""),
        ("来不及了", Comes.NO, ""),
        ("这次我就不去了", Comes.NO, ""),
        ("算了不去了", Comes.NO, ""),
        ("取消报名", Comes.NO, ""),
        ("不去，去了也没用", Comes.NO, ""),
        ("我妈住院了我去不成", Comes.NO, ""),
        ("腿疼去不了", Comes.NO, ""),
        ("我妈病了去不了", Comes.NO, ""),
        ("在医院去不成", Comes.NO, ""),
        ("我家没人能去", Comes.NO, ""),
        ("去不成我媳妇去", Comes.PROXY, "我媳妇"),
        ("我老婆子去", Comes.PROXY, "我老婆子"),
        ("我爸去我不去", Comes.PROXY, "我爸"),
        ("叫我弟来", Comes.PROXY, "我弟"),
        ("让李大山替我去", Comes.PROXY, "李大山"),
        ("我去不成，让李大山去", Comes.PROXY, "李大山"),
        ("可能去不成，我媳妇去", Comes.PROXY, "我媳妇"),
        ("可能去", Comes.DOUBT, ""),
        ("我可能来不了", Comes.DOUBT, ""),
    ],
)
def test_what_he_says_of_himself(said: str, comes: Comes, companion: str) -> None:
    answer = read(said)
    assert answer is not None
    assert (answer.comes, answer.companion) == (comes, companion)


@pytest.mark.parametrize(
    ("said", "comes", "others"),
    [
        ("周奶奶去不成", Comes.UNSAID, [Other("周奶奶", comes=False)]),
        ("我媳妇去不成", Comes.UNSAID, [Other("我媳妇", comes=False)]),
        ("我去，周奶奶不去", Comes.YES, [Other("周奶奶", comes=False)]),
        ("周奶奶病了去不了", Comes.UNSAID, [Other("周奶奶", comes=False)]),
        ("我和周奶奶都不去", Comes.NO, [Other("周奶奶", comes=False)]),
        ("王德福来不了 他媳妇来", Comes.UNSAID, [Other("王德福", comes=True, companion="媳妇")]),
        ("我和周奶奶都去", Comes.YES, [Other("周奶奶", comes=True)]),
        ("张婶让我说她来不了", Comes.UNSAID, [Other("张婶", comes=False)]),
        ("老王说他去", Comes.UNSAID, [Other("老王", comes=True)]),
        ("郭德福家说了 他来", Comes.UNSAID, [Other("郭德福", comes=True)]),
        ("马守信家不来", Comes.UNSAID, [Other("马守信", comes=False)]),
    ],
)
def test_what_he_says_of_others(said: str, comes: Comes, others: list[Other]) -> None:
    answer = read(said)
    assert answer is not None
    assert (answer.comes, list(answer.others)) == (comes, others)


@pytest.mark.parametrize(
    "said",
    [
        "来不及了水淹进来了", "叫书记来", "让书记来我家看看", "让小陈来一下", "叫电工来一趟", "你们来不来修",
        "我想要救济来不来得及", "水来不了", "车来不了", "钱到不了", "收电费的来不了", "兽医来不了", "修灯的来不了", "我去不了医院 没钱看病", "我妈瘫了去不了卫生院 谁管",
        "不去养老院行不", "不参加新农合行不行", "请假证明找谁开", "我没空管这事", "明天还去不去", "垃圾没人来拉",
        "孩子去不了学校", "我去派出所了", "曹春生家没人", "我去年就说过路灯坏了",
    ],
)  # fmt: skip
def test_what_goes_elsewhere_or_is_nobody_is_no_answer(said: str) -> None:
    """水淹进 “came in his stead”, and who cannot go to hospital “could not come”."""
    assert read(said, lambda: True) is None


@pytest.mark.parametrize(("said", "why"), [("停电了去不成", "停电了"), ("我家停水了去不了", "我家停水了")])
def test_the_reason_in_the_same_breath_is_given(said: str, why: str) -> None:
    answer = read(said)
    assert answer is not None
    assert answer.why == why


def test_a_bare_answer_is_told_from_one_with_a_story() -> None:
    assert is_plain("来不了，叫我弟去")
    assert not is_plain("来不了 家里着火了")
