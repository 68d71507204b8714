from __future__ import annotations

import pytest

from nlp.words import Lexicon, classify, look_for_danger


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("快来人 柴垛着火了", "fire", "119"),
        ("娃掉水里了", "drowning", "119"),
        ("有人触电倒地上了", "shock", "120"),
        ("我不想活了", "suicide", "12356"),
        ("他拿刀要砍人", "violence", "110"),
        ("老汉昏倒了叫不醒", "medical", "120"),
    ],
)
def test_a_life_in_danger_is_alarmed_at_once(lexicon: Lexicon, text: str, kind: str, number: str) -> None:
    danger = look_for_danger(lexicon, text)
    assert danger is not None
    assert (danger.kind, danger.number, danger.certain) == (kind, number, True)
    assert classify(lexicon, text).urgency == "P0"


@pytest.mark.parametrize(
    "text", ["热死了水渠还不放水", "想死你了", "今晚吃火锅", "不想活儿干了", "防火宣传来了", "死羊没人管"]
)
def test_an_idiom_is_no_danger(lexicon: Lexicon, text: str) -> None:
    assert look_for_danger(lexicon, text) is None


@pytest.mark.parametrize("text", ["前年仓库着火烧光了", "要是着火了咋办", "电视剧里跳楼的那个"])
def test_what_is_past_or_supposed_is_asked_about(lexicon: Lexicon, text: str) -> None:
    danger = look_for_danger(lexicon, text)
    assert danger is not None
    assert not danger.certain
    assert classify(lexicon, text).ask


def test_suicide_seals_the_message(lexicon: Lexicon) -> None:
    assert classify(lexicon, "我不想活了").sealed
