from __future__ import annotations

import random
import re
import tempfile
import threading
from pathlib import Path

import pytest

from nlp.lexicon import Lexicon
from nlp.normalise import HEAD, TAIL, normalise, said_apart
from nlp.patterns import BadPattern, Joint, Scan, compile_pattern, compile_unless
from nlp.pieces import take_apart
from nlp.places import split_place
from nlp.segment import Segmenter
from nlp.tables import quick_to_miss
from storage.rulebook import read_tables

RULES = Path(__file__).resolve().parents[2] / "rules"
HAN = re.compile("[\u4e00-\u9fff]+")


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("俺娃咋办", "我孩子怎么办"),
        ("合疗报销", "医保报销"),
        ("庄基地", "宅基地"),
        ("嚷仗", "吵架"),
        ("亭水了", "停水了"),
        ("抵保", "低保"),
        ("摘基地", "宅基地"),
        ("５Ｇ信号", "5G信号"),
        ("宅基地補償", "宅基地补偿"),
        ("啊啊啊啊啊", "啊啊"),
        ("路 灯 坏 了", "路灯坏了"),
        ("那个呃路灯", "路灯"),
    ],
)
def test_spelling_is_made_standard(lexicon: Lexicon, said: str, standard: str) -> None:
    assert normalise(lexicon.spelling, said) == standard


@pytest.mark.parametrize("text", ["娃哈哈多少钱", "滑坡埋人了", "药物反应", "凉亭水泥"])
def test_a_word_that_only_looks_like_dialect_stays(lexicon: Lexicon, text: str) -> None:
    assert normalise(lexicon.spelling, text) == text


def test_a_very_long_text_keeps_its_head_and_tail(lexicon: Lexicon) -> None:
    text = "甲" + "丁丙" * 10_000 + "乙"
    said = normalise(lexicon.spelling, text)
    assert len(said) == HEAD + TAIL + 1
    assert (said[0], said[-1]) == ("甲", "乙")


def test_normalising_twice_changes_nothing_more(lexicon: Lexicon) -> None:
    for said in ("俺村里娃咋上学咧", "合疗交多少", "老汉绊了一跤"):
        once = normalise(lexicon.spelling, said)
        assert normalise(lexicon.spelling, once) == once


def test_both_engines_cut_alike(lexicon: Lexicon) -> None:
    chance = random.Random(1)
    letters = "村路灯水电地钱房人家修坏没不有在的了我们老孩子垃圾停医保养金村委会书记低保户"
    fast, slow = Segmenter(), Segmenter(accelerated=False)
    for _ in range(400):
        text = "".join(chance.choices(letters, k=20))
        assert fast.cut(text) == slow.cut(text)


def test_our_cutter_cuts_as_jieba_itself_does() -> None:
    """The oracle is jieba's own search cut without HMM, on every shipped example and on letters at random."""
    import jieba

    oracle = jieba.Tokenizer()
    oracle.tmp_dir = tempfile.gettempdir()
    chance = random.Random(2)
    runs = [run for row in read_tables(RULES).rows["topics_examples"] for run in HAN.findall(row.cells["text"])]
    letters = sorted(set("".join(runs)))
    runs += ["".join(chance.choices(letters, k=chance.randint(1, 30))) for _ in range(300)]
    ours = Segmenter(accelerated=False)
    assert [ours.cut(run) for run in runs] == [oracle.lcut_for_search(run, HMM=False) for run in runs]


def test_letters_and_digits_are_words_of_their_own() -> None:
    assert Segmenter().cut("5G信号wifi差") == ["5g", "信号", "wifi", "差"]


def test_the_dictionary_is_kept_in_the_given_directory_and_loaded_once_by_many_threads(tmp_path: Path) -> None:
    segmenter = Segmenter(tmp_path / "cache", accelerated=False)
    results: list[list[str]] = []
    threads = [threading.Thread(target=lambda: results.append(segmenter.cut("路灯坏了"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [["路灯", "坏", "了"]] * 8
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".tree"]
    assert Segmenter(tmp_path / "cache", accelerated=False).cut("路灯坏了") == ["路灯", "坏", "了"]


def test_a_broken_cache_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "jieba-0.42.1.tree").write_bytes(b"nonsense")
    assert Segmenter(tmp_path, accelerated=False).cut("路灯坏了") == ["路灯", "坏", "了"]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("路灯", "村口路灯坏", True),
        ("灯…不亮", "灯一个月都不亮", True),
        ("灯…不亮", "灯。不亮", False),
        ("灯…不亮", "灯杆子上头挂的那几个牌子不亮", False),
        ("灯……不亮", "灯杆子上头挂的那几个不亮", True),
        ("(掉|落)(进|)(河|井)", "掉河里", True),
        ("(掉|落)(进|)(河|井)", "掉沟里", False),
        ("^收到$", "收到。", True),
        ("^收到$", "收到快递", False),
        ("{家人}…走丢", "奶奶昨天走丢了", True),
    ],
)
def test_the_pattern_language(pattern: str, text: str, found: bool) -> None:
    scan = Scan([compile_pattern(pattern, {"家人": ("奶奶", "爷爷")})])
    assert bool(scan.find(text)) == found


@pytest.mark.parametrize("pattern", ["", "(路|", "路)", "{没有的组}", "…", "^$", "(a|{b})", "(|)"])
def test_an_unreadable_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        compile_pattern(pattern)


def test_the_scan_finds_what_the_expressions_find(lexicon: Lexicon) -> None:
    """The anchors and the letters asked first are only a shortcut: they must never lose a match."""
    cues = lexicon.danger.cues.cues
    texts = (Path(__file__).parent / "danger_alarms.txt").read_text("utf-8").splitlines()[::9]
    for text in texts:
        slow = {index for index, cue in enumerate(cues) if cue.pattern.rest and cue.pattern.rest.regex.search(text)}
        fast = {index for index in lexicon.danger.cues.scan.find(text) if cues[index].pattern.rest}
        assert fast == slow


@pytest.mark.parametrize("text", ["L8县M镇东村路灯坏了，水管漏水", "咨询L8县M镇东村路灯坏了", "路灯坏了", "井", ""])
def test_two_scans_in_one_pass_find_what_each_finds_alone(text: str) -> None:
    whole = [compile_pattern(each) for each in ("路灯", "镇…灯", "井", "水管漏水")]
    rest = [compile_pattern(each) for each in ("灯坏", "^路灯", "询路", "漏")]
    left = split_place(text)[0]
    found = Joint(whole, rest).find(text, take_apart(text), left)
    assert found == (Scan(whole).find(text), Scan(rest).find(left))


def test_a_table_quick_to_miss_holds_the_same() -> None:
    table = {"路": 1, "灯": 2}
    assert quick_to_miss(table) == table
    assert list(quick_to_miss(table)) == list(table)


def test_a_negative_context_is_looked_for_near_the_find_only() -> None:
    unless = compile_unless("红绿灯 灯…笼")
    assert unless is not None
    assert unless.holds("红绿灯坏了", 2)
    assert not unless.holds("灯坏了" + "很" * 60 + "红绿灯", 0)


@pytest.mark.parametrize(
    ("text", "rest", "place"),
    [
        ("青川镇兴河村九社路灯坏了", "路灯坏了", "青川镇兴河村九社"),
        ("我们村路灯坏了", "我们村路灯坏了", ""),
        ("镇上没车", "镇上没车", ""),
        ("信用社贷款", "信用社贷款", ""),
    ],
)
def test_chains_of_place_names_are_taken_out(text: str, rest: str, place: str) -> None:
    assert split_place(text) == (rest, place)


@pytest.mark.parametrize(
    "text",
    [
        "路灯坏了，没人修",
        "路灯坏了 没人修",
        "噢那个，路灯坏了",
        "哈哈哈哈灯坏了",
        "[捂脸]灯坏了",
        "［灯］坏了",
        "a\u3000灯",
        "燈壞了\n啥时候修",
        "",
        "，",
    ],
)
def test_a_text_is_taken_apart_as_it_is_spelled(lexicon: Lexicon, text: str) -> None:
    said = normalise(lexicon.spelling, text)
    assert said_apart(lexicon.spelling, text) == (said, take_apart(said))


def test_every_shipped_form_is_respelled_when_taken_apart(lexicon: Lexicon) -> None:
    for form in lexicon.spelling.standard:
        assert said_apart(lexicon.spelling, f"我{form}灯")[0] == normalise(lexicon.spelling, f"我{form}灯")
