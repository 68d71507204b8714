from __future__ import annotations

import pytest

from handlers import remarks


@pytest.mark.parametrize(
    ("said", "is_named", "added"),
    [
        ("补充 灯杆也歪了", False, "灯杆也歪了"),
        ("补充一下，灯杆也歪了", False, "灯杆也歪了"),
        ("补充 007 灯杆也歪了", True, "灯杆也歪了"),
        ("补充 XH-261122-007 灯杆也歪了", True, "灯杆也歪了"),
        ("补充 3天了", False, "3天了"),
        ("补充 12户都没水", True, "12户都没水"),
        ("我再补一句：灯杆也歪了", False, "灯杆也歪了"),
        ("还有个事，灯杆也歪了", False, "灯杆也歪了"),
        ("是九社那边的", False, "是九社那边的"),
        ("补充", False, ""),
    ],
)
def test_an_addition_is_what_stands_behind_the_word(said: str, is_named: bool, added: str) -> None:
    assert remarks.addition(said, is_named=is_named) == added


@pytest.mark.parametrize(
    ("said", "is_named", "done"),
    [
        ("007 办好了 换了灯泡", True, "换了灯泡"),
        ("XH-261122-007 办好了 换了灯泡", True, "换了灯泡"),
        ("办好了 又换了一个", False, "又换了一个"),
        ("办好了 007 接了2根线", True, "接了2根线"),
        ("已经办好了，换了2个灯泡", False, "换了2个灯泡"),
        ("007 修好了", True, "修好了"),
        ("007 水管已经接通了", True, "水管已经接通了"),
        ("3个灯泡都换好了", False, "3个灯泡都换好了"),
        ("007 办好了", True, ""),
        ("办结。", False, ""),
    ],
)
def test_what_was_done_stays_as_it_was_said(said: str, is_named: bool, done: str) -> None:
    assert remarks.work_done(said, is_named=is_named) == done


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("3 没修好", ("3", "没修好")),
        ("3没修好", ("3", "没修好")),
        ("3，还是不亮", ("3", "还是不亮")),
        ("3、没修好", ("3", "没修好")),
        ("2 凑合，灯有点暗", ("2", "凑合，灯有点暗")),
        ("3", None),
        ("3个人来了", None),
        ("3 个人来了", None),
        ("1 社的路烂了", None),
        ("2 号院漏水", None),
        ("1、路烂了 2、垃圾没人拉", None),
        ("1 路烂了，2、垃圾没人拉", None),
        ("1.5", None),
        ("12 没修好", None),
        ("3天没人来", None),
    ],
)
def test_a_digit_is_a_score_only_where_it_counts_nothing(said: str, score: tuple[str, str] | None) -> None:
    assert remarks.scored(said) == score


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("不满意，灯还是不亮", "灯还是不亮"),
        ("很不满意 灯还是不亮", "灯还是不亮"),
        ("3 不满意 灯还是不亮", "灯还是不亮"),
        ("满意", ""),
        ("没修好", ""),
    ],
)
def test_the_reason_is_what_stands_behind_the_rating(said: str, why: str) -> None:
    assert remarks.reason(said) == why


@pytest.mark.parametrize(
    ("said", "number", "rest"),
    [
        ("007 满意", "007", "满意"),
        ("XH-261122-007 满意", "XH-261122-007", "满意"),
        ("007号，不满意", "007", "不满意"),
        ("007 1", "", "007 1"),
        ("007不归我管", "007", "不归我管"),
        ("007号的电话", "007", "的电话"),
        ("300户没水", "", "300户没水"),
        ("0071", "", "0071"),
        ("满意", "", "满意"),
        ("3 没修好", "", "3 没修好"),
    ],
)
def test_a_number_that_stands_first_names_the_matter(said: str, number: str, rest: str) -> None:
    assert remarks.split_number(said) == (number, rest)


@pytest.mark.parametrize("said", ["修得真好，谢谢你们", "还是不亮", "没修好 骗人", "办得不错", "糊弄人"])
def test_words_about_the_work_judge_it(said: str) -> None:
    assert remarks.judges(said)


@pytest.mark.parametrize("said", ["没听懂", "不知道", "都差不多嘛", "晚上再回你", "好的"])
def test_other_words_judge_nothing(said: str) -> None:
    assert not remarks.judges(said)
