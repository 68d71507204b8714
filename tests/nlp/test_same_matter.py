from __future__ import annotations

from pathlib import Path

import pytest

from nlp.chatter import is_a_matter
from nlp.lexicon import Lexicon
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


def test_a_complaint_in_group_talk_is_a_matter(lexicon: Lexicon) -> None:
    verdict = is_a_matter(lexicon, "村口的路灯坏了半个月没人修，晚上看不见路")
    assert verdict.matter
    assert verdict.code == "RC02"
    assert verdict.why


def test_ordinary_group_talk_is_no_matter(lexicon: Lexicon) -> None:
    talk = [
        "哈哈哈哈",
        "今天我家包饺子，都来吃",
        "恭喜恭喜，生日快乐",
        "明天赶集谁去，捎我一个",
        "这雨下得及时",
        "收到",
        "晚安各位",
        "",
    ]
    assert [text for text in talk if is_a_matter(lexicon, text).matter] == []


def test_few_lines_of_talk_nobody_fitted_are_taken_for_a_matter_and_most_complaints_are_found(lexicon: Lexicon) -> None:
    """The bars are .05 of talk at .80 of complaints; neither file had a part in making the rules."""
    talk = (HERE.parents[1] / "bench/topics_talk.csv").read_text("utf-8").splitlines()[1:]
    complaints = (HERE / "unseen_complaints.txt").read_text("utf-8").splitlines()
    assert len(talk) > 200
    assert sum(is_a_matter(lexicon, text).matter for text in talk) / len(talk) <= 0.05
    assert sum(is_a_matter(lexicon, text).matter for text in complaints) / len(complaints) >= 0.85


@pytest.mark.parametrize("text", ["新修的路真平", "垃圾车今天来得早", "养老金到账了", "水管换新的了，水压大"])
def test_the_village_s_things_named_without_a_complaint_are_no_matter(lexicon: Lexicon, text: str) -> None:
    assert not is_a_matter(lexicon, text).matter
