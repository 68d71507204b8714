"""Numbers as villagers write them, and the number of an answer."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.numbers import number, option_number, option_numbers, said_number
from nlp.quantities import quantities


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百五", 350), ("一千二", 1200), ("两万五", 25000), ("2w", 20000), ("1.5万", 15000), ("十", 10), ("十五", 15),
        ("廿三", 23), ("卅", 30), ("一百零五", 105), ("三百五十", 350), ("二〇二六", 2026), ("俩", 2), ("仨", 3),
        ("３６", 36), ("三点五", Decimal("3.5")), ("半", Decimal("0.5")), ("一万零五", 10005), ("两千零一十", 2010),
        ("一亿二", 120_000_000), ("3千", 3000), ("一百一", 110), ("壹佰", 100), ("1,200", 1200), ("两百五", 250),
        ("〇", 0), ("一二三四五", 12345), ("三十五", 35), ("百", 100), ("三万八千", 38000), ("十万", 100_000),
    ],
)  # fmt: skip
def test_a_number_is_read(text: str, value: int | Decimal) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "好", "十百", "三五百十千", "1.2.3", "点五", "3个", "万五千万", "abc"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一亩六分", [("1.6", "1.6", "亩", False)]),
        ("2亩半", [("2.5", "2.5", "亩", False)]),
        ("半亩", [("0.5", "0.5", "亩", False)]),
        ("块八毛", [("1.8", "1.8", "元", False)]),
        ("三块五", [("3.5", "3.5", "元", False)]),
        ("两毛", [("0.2", "0.2", "元", False)]),
        ("十几户", [("11", "19", "户", True)]),
        ("百十来户", [("110", "110", "户", True)]),
        ("三四十户", [("30", "40", "户", True)]),
        ("十七八户", [("17", "18", "户", True)]),
        ("几十户", [("20", "90", "户", True)]),
        ("三到五户", [("3", "5", "户", False)]),
        ("3-5户", [("3", "5", "户", False)]),
        ("三成", [("0.3", "0.3", "成", False)]),
        ("三百五十亩地一亩六百", [("350", "350", "亩", False), ("1", "1", "亩", False), ("600", "600", "", False)]),
        ("两万五工钱要了三年", [("25000", "25000", "", False), ("3", "3", "年", False)]),
        ("今天走了5户", [("5", "5", "户", False)]),
        ("没有数", []),
    ],
)  # fmt: skip
def test_what_is_counted_is_found(text: str, found: list[tuple[str, str, str, bool]]) -> None:
    assert [(str(one.low), str(one.high), one.unit, one.about) for one in quantities(text)] == found


def test_an_ordinal_says_so() -> None:
    assert [(one.low, one.ordinal) for one in quantities("第三条")] == [(3, True)]


@pytest.mark.parametrize(
    "text", ["投1", "1", "一", "选一", "壹", "１", "我投第一个", "①", "1。", "我选1", "选A", "一号", "1吧", "回1"]
)
def test_the_first_option_is_chosen(text: str) -> None:
    assert option_number(text, ["东路", "西路"]) == 1


@pytest.mark.parametrize(
    "text", ["10", "house 12", "12户", "十一号", "十一点", "+1", "我妈投2", "1 2", "0", "3", "", "一会儿"]
)
def test_a_number_that_is_no_option_chooses_nothing(text: str) -> None:
    assert option_number(text, ["东路", "西路"]) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [("东路", 1), ("我选西路", 2), ("2西路", 2), ("2 西路", 2), ("投西路吧", 2), ("1西路", None), ("路", None)],
)
def test_an_option_is_chosen_by_its_words(text: str, place: int | None) -> None:
    assert option_number(text, ["东路", "西路"]) == place


def test_against_is_not_for() -> None:
    options = ["同意", "不同意", "弃权"]
    assert [option_number(text, options) for text in ("同意", "不同意", "弃权", "不")] == [1, 2, 3, None]


def test_several_options_are_chosen_only_when_each_is_one() -> None:
    options = ["路", "灯", "井"]
    assert option_numbers("1 3", options) == (1, 3)
    assert option_numbers("一和三", options) == (1, 3)
    assert option_numbers("路、井", options) == (1, 3)
    assert option_numbers("1 4", options) == ()
    assert option_numbers("", options) == ()


@given(st.integers(1, 40), st.integers(2, 20))
def test_no_number_stands_for_another_option(said: int, count: int) -> None:
    options = [f"方案甲{n}" for n in range(count)]
    assert option_number(str(said), options) == (said if said <= count else None)


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    number(text)
    quantities(text)
    said_number(text)
    option_number(text, ["东路", "西路"])
    option_numbers(text, ["东路", "西路"])
