from __future__ import annotations

from pathlib import Path

from nlp.same_matter import SAME, candidates, facts_of, same_matter_score, spread_of

OPEN = {
    "water": ("九社停水三天了，没水吃", "RC03"),
    "lamp": ("村口广场的路灯不亮", "RC02"),
    "mixer": ("丽水新城旁边的搅拌站半夜施工噪音大", "EN06"),
}


HERE = Path(__file__).parent


def test_two_tellings_of_one_matter_are_candidates_and_another_matter_is_not() -> None:
    spread = spread_of(text for text, _ in OPEN.values())
    opened = [(key, facts_of(text, code, spread, len(OPEN))) for key, (text, code) in OPEN.items()]
    new = facts_of("丽水新城附近建搅拌站，噪音扰民", "EN06", spread, len(OPEN))
    assert [key for key, _ in candidates(new, opened)] == ["mixer"]


def test_the_score_is_symmetric_and_between_nothing_and_one() -> None:
    facts = [facts_of(text, code) for text, code in OPEN.values()]
    for one in facts:
        for other in facts:
            score = same_matter_score(one, other)
            assert score == same_matter_score(other, one)
            assert 0 <= score <= 1
        assert same_matter_score(one, one) >= SAME


def test_the_same_words_from_another_place_count_less() -> None:
    here = facts_of("青川镇石桥村路灯坏了", "RC02")
    again = facts_of("青川镇石桥村路灯又坏了", "RC02")
    there = facts_of("白水镇柳沟村路灯坏了", "RC02")
    assert same_matter_score(here, again) > same_matter_score(here, there)


def test_an_empty_text_is_like_nothing() -> None:
    assert same_matter_score(facts_of(""), facts_of("")) == 0.0
