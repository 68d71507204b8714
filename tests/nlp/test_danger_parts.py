"""What is said beside a cry must not drown it: greetings, complaints, thanks and what happened last year."""

from __future__ import annotations

import time

import pytest

from nlp.danger_parts import MOST, clauses_of, loud_runs, may_be_loud
from nlp.lexicon import Lexicon
from nlp.pieces import take_apart
from nlp.words import hear, look_for_danger

CRIES = (
    "有人落水了在桥头",
    "有人拿刀在小卖部捅人",
    "我不想活了，太累了",
    "山垮了，把三家人的房子埋了",
    "娃误喝了除草剂",
)


@pytest.mark.parametrize("cry", CRIES)
@pytest.mark.parametrize("greeting", ["书记在吗，", "@网格员 ", "请问，", "打扰了 ", "您好，在吗？"])
def test_a_greeting_takes_nothing_from_a_cry(lexicon: Lexicon, greeting: str, cry: str) -> None:
    danger = look_for_danger(lexicon, greeting + cry)
    assert danger is not None
    assert danger.certain


@pytest.mark.parametrize("cry", CRIES)
@pytest.mark.parametrize("before", ["我家低保没批，", "路灯坏了，", "昨天的事谢谢，", "我家低保没批 "])
def test_beside_something_else_it_is_asked_about_at_least(lexicon: Lexicon, before: str, cry: str) -> None:
    assert look_for_danger(lexicon, before + cry) is not None


@pytest.mark.parametrize("cry", CRIES)
def test_a_sentence_of_its_own_alarms(lexicon: Lexicon, cry: str) -> None:
    before = "我们组的路灯坏了三个月没人修，垃圾也半个月没人拉了，找了几次都没用。"
    danger = look_for_danger(lexicon, before + cry)
    assert danger is not None
    assert danger.certain


@pytest.mark.parametrize("cry", CRIES)
def test_behind_a_letter_it_is_asked_about(lexicon: Lexicon, cry: str) -> None:
    letter = "我们组的路灯坏了三个月没人修，垃圾也半个月没人拉了，找了几次都没用。还有我家低保去年就停了，问了民政说要等评议，到现在也没个说法。"
    assert look_for_danger(lexicon, letter + cry) is not None


@pytest.mark.parametrize(
    "said",
    [
        "有人说我孙儿出车祸了 喊我打两万",
        "外面有个生人转悠 看着不像好人",
        "书记在吗，路灯坏了好几天了",
        "九社这边，路灯坏了好几天了，黑灯瞎火的",
        "您好，请问，医保怎么交",
    ],
)
def test_parts_of_what_is_no_cry_are_none(lexicon: Lexicon, said: str) -> None:
    assert look_for_danger(lexicon, said) is None


@pytest.mark.parametrize("piece", ["有人落水了，", "您好，在吗，", "。？！", "去年也着过火。", "书记 "])
def test_many_parts_take_no_time(lexicon: Lexicon, piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    begun = time.process_time()
    hear(lexicon, text)
    assert time.process_time() - begun < MOST * 0.02


def test_the_bound_never_hides_a_loud_clause(lexicon: Lexicon) -> None:
    tone = lexicon.danger.tone
    loud = 0
    for cry in CRIES:
        for before in ("路灯坏了", "去年的事", "奶奶", "水停了三天了，今天也没来", cry):
            text = f"{before}，{cry}"
            clauses, pieces = clauses_of(text), take_apart(text)
            is_loud = any(True for _ in loud_runs(tone, clauses))
            most = tone.most_of(pieces.all, tone.met(text))
            assert not is_loud or may_be_loud(tone, text, clauses, pieces, most)
            loud += is_loud
    assert loud
    text = "老井边这边，路灯坏了好几天了，黑灯瞎火的"
    pieces = take_apart(text)
    assert not may_be_loud(tone, text, clauses_of(text), pieces, tone.most_of(pieces.all, tone.met(text)))
