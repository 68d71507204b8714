from __future__ import annotations

import random

import pytest

from nlp.learn import LearnedRow, learn
from nlp.lexicon import Lexicon
from nlp.rules import MOST_WEIGHT
from nlp.segment import TOKENIZER
from nlp.topics import ALWAYS, TopicRules, compile_topics
from nlp.words import classify_with
from storage.rule_rows import Row

WORDS = {
    "水": ["自来水", "停水", "水管", "水表", "水压", "水井", "饮水", "龙头"],
    "电": ["停电", "变压器", "电表", "电线", "电压", "跳闸", "电费", "电杆"],
    "路": ["道路", "修路", "大桥", "路面", "水泥", "公路", "交通", "路灯"],
}
FILLING = ["我们", "村里", "希望", "领导", "解决", "一下", "问题", "昨天", "大家", "一直"]


def _lines(count: int, seed: int) -> list[tuple[str, str]]:
    chance = random.Random(seed)
    lines = []
    for _ in range(count):
        label = chance.choice(sorted(WORDS))
        words = chance.sample(WORDS[label], 2) + chance.sample(FILLING, 3)
        chance.shuffle(words)
        lines.append(("，".join(words), label))
    return lines


def _compiled(lexicon: Lexicon, rows: list[LearnedRow]) -> TopicRules:
    cells = [{"code": row.code, "word": row.word, "weight": str(row.weight), "match": row.match} for row in rows]
    return compile_topics([Row("t.csv", number, each) for number, each in enumerate(cells, 2)], sounds=lexicon.sounds)


def test_the_learned_table_reads_lines_it_has_not_seen(lexicon: Lexicon) -> None:
    table = _compiled(lexicon, learn(_lines(600, 1), lexicon.segmenter, lexicon.spelling))
    unseen = _lines(200, 2)
    right = sum(classify_with(lexicon, table, text).code == label for text, label in unseen)
    assert right / len(unseen) >= 0.97


def test_the_same_lines_give_the_same_table(lexicon: Lexicon) -> None:
    lines = _lines(300, 3)
    assert learn(lines, lexicon.segmenter, lexicon.spelling) == learn(lines, lexicon.segmenter, lexicon.spelling)


def test_the_table_keeps_to_its_size_and_holds_only_positive_whole_weights(lexicon: Lexicon) -> None:
    rows = learn(_lines(600, 4), lexicon.segmenter, lexicon.spelling, most=20)
    assert len(rows) <= 20
    assert all(isinstance(row.weight, int) and row.weight >= 1 for row in rows)
    assert rows[0].word == TOKENIZER


def test_words_every_label_uses_alike_are_left_out(lexicon: Lexicon) -> None:
    rows = learn(_lines(600, 5), lexicon.segmenter, lexicon.spelling, most=40)
    heavy = {row.word for row in rows[1:] if row.weight >= 50}
    assert heavy.isdisjoint(FILLING)
    assert heavy & {word for words in WORDS.values() for word in words}


def test_the_progress_is_told_and_never_goes_back(lexicon: Lexicon) -> None:
    told: list[float] = []
    learn(_lines(300, 6), lexicon.segmenter, lexicon.spelling, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_one_label_teaches_nothing(lexicon: Lexicon) -> None:
    with pytest.raises(ValueError, match="labels"):
        learn([("停水", "水"), ("水管", "水")], lexicon.segmenter, lexicon.spelling)


def test_a_text_without_known_words_still_gets_the_commonest_label(lexicon: Lexicon) -> None:
    lines = _lines(300, 7) + [("停电，电费", "电")] * 100
    table = _compiled(lexicon, learn(lines, lexicon.segmenter, lexicon.spelling))
    reading = classify_with(lexicon, table, "天空很蓝")
    assert reading.code == "电"
    assert reading.second is not None
    assert reading.ask


def test_lines_from_which_nothing_can_be_told_make_a_table_that_can_be_used(lexicon: Lexicon) -> None:
    """Each text bears each label equally often: the points of an e-fold left the range of a weight."""
    lines = [("路灯坏了", label) for _ in range(100) for label in ("A", "B", "C")]
    rows = learn(lines, lexicon.segmenter, lexicon.spelling)
    assert {row.word for row in rows} <= {TOKENIZER, ALWAYS}
    assert all(1 <= row.weight <= MOST_WEIGHT for row in rows)
