from __future__ import annotations

import pytest

from nlp.words import Lexicon, classify


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("俺村路灯瞎了，黑灯瞎火的", "RC02"),
        ("自来水停了三天咧", "RC03"),
        ("垃圾桶满咧没人拉", "EN01"),
        ("机井坏了浇不上地", "AG01"),
        ("公司包地欠租，流转费两年没给", "LA03"),
        ("吃低保的都是关系户", "SS01"),
        ("包工头拖欠工资，干了活不给钱", "EC04"),
        ("合疗报销能报多少", "SS05"),
    ],
)
def test_a_villagers_own_words_are_read_as_their_matter(lexicon: Lexicon, text: str, code: str) -> None:
    assert classify(lexicon, text).code == code


@pytest.mark.parametrize("text", ["", "水", "😀😀😀", "\x00\x07", "hello how are you", "๏๏๏", "。", " \n\t"])
def test_a_text_without_a_matter_is_asked_about_and_never_raises(lexicon: Lexicon, text: str) -> None:
    reading = classify(lexicon, text)
    assert reading.urgency in {"P2", "P3"}
    assert reading.code is None or reading.confidence > 0


def test_why_names_the_words_that_fired_heaviest_first(lexicon: Lexicon) -> None:
    why = classify(lexicon, "路灯不亮，晚上黑灯瞎火").why
    weights = [fired.weight for fired in why]
    assert any(fired.word == "路灯" for fired in why)
    assert weights == sorted(weights, reverse=True)
    assert min(weights) >= 1
