"""Whether a line of group talk is a matter (nlp/chatter.py)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from nlp.chatter import is_a_matter
from nlp.lexicon import Lexicon

HELD = Path(__file__).resolve().parents[2] / "bench" / "talk_held.csv"

# Told without a word of complaint: done to him by somebody, left out, wrong, sent back, frozen, full, dear, again.
STATED = [
    "地埂叫人铲了",
    "渠里漂着死鸡",
    "林权证上面积登错了",
    "补办材料又打回来了",
    "水表冻上了",
    "化粪池返味了",
    "网费多收了三十",
    "倒渣土的又来了",
    "活动室窗户玻璃碎了",
    "残疾证到期去哪换",
    "感谢网格员连夜送药",
]
# Polite formulas, talk about oneself, the village's things named without a complaint.
TALKED = [
    "不客气",
    "车开到哪里了",
    "谁把我拉进群的",
    "感冒了，鼻子不通，嗓子也哑",
    "被窝里真暖和",
    "唱戏的又来了，都去看",
    "哈哈哈哈",
    "今天我家包饺子，都来吃",
    "恭喜恭喜，生日快乐",
    "明天赶集谁去，捎我一个",
    "这雨下得及时",
    "收到",
    "晚安各位",
    "",
    "新修的路真平",
    "垃圾车今天来得早",
    "养老金到账了",
    "水管换新的了，水压大",
]


@pytest.mark.parametrize("text", STATED)
def test_a_statement_without_a_word_of_complaint_is_a_matter(lexicon: Lexicon, text: str) -> None:
    assert is_a_matter(lexicon, text).matter


@pytest.mark.parametrize("text", TALKED)
def test_ordinary_group_talk_is_no_matter(lexicon: Lexicon, text: str) -> None:
    assert not is_a_matter(lexicon, text).matter


def test_a_complaint_in_group_talk_is_a_matter_with_its_code_and_reason(lexicon: Lexicon) -> None:
    verdict = is_a_matter(lexicon, "村口的路灯坏了半个月没人修，晚上看不见路")
    assert verdict.matter
    assert verdict.code == "RC02"
    assert verdict.why


def test_a_long_line_is_judged_by_its_beginning(lexicon: Lexicon) -> None:
    complaint = "我们巷子的下水道堵了半个月，臭水漫到院子里，娃娃上学都要踩过去，找了几回都没人来通"
    assert is_a_matter(lexicon, complaint + "，真的没办法了" * 5).matter
    assert not is_a_matter(lexicon, "今天我家包饺子，都来吃，" * 8).matter


def test_few_lines_of_talk_nobody_fitted_are_taken_for_a_matter_and_most_matters_are_found(lexicon: Lexicon) -> None:
    """The bars are .05 of talk at .80 of matters; this file has no part in making the rules."""
    with HELD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {kind: [is_a_matter(lexicon, row["text"]).matter for row in rows if row["kind"] == kind] for kind in
             ("talk", "matter")}  # fmt: skip
    assert min(map(len, found.values())) > 900
    assert sum(found["talk"]) / len(found["talk"]) <= 0.05
    assert sum(found["matter"]) / len(found["matter"]) >= 0.80


def test_short_complaints_nobody_fitted_are_found_too(lexicon: Lexicon) -> None:
    complaints = (Path(__file__).parent / "unseen_complaints.txt").read_text("utf-8").splitlines()
    assert sum(is_a_matter(lexicon, text).matter for text in complaints) / len(complaints) >= 0.85
