"""Times as villages, towns and offices write them; seen from Sunday 2026-11-22 10:00, lunar 十月十四, unless said."""

from __future__ import annotations

import csv
import re
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import calendar_from_rows
from handlers.texts import dates
from handlers.texts import words as texts
from nlp.when import CHINA, Found, find

ROWS = Path(__file__).parents[2] / "rules" / "calendar.csv"
with ROWS.open(encoding="utf-8-sig", newline="") as file:
    CALENDAR = calendar_from_rows(csv.DictReader(file), market_days=(1, 4, 7))
NOW = datetime(2026, 11, 22, 10, tzinfo=CHINA)
WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=CHINA)


def see(text: str, now: datetime = NOW) -> Found:
    return find(text, now, CALENDAR)


def short(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%d %H:%M}"


INSTANTS = [
    ("明儿下午三点半在大队开会说机井的事", "2026-11-23 15:30"),
    ("周五晚上七点 地头 板凳会 九社", "2026-11-27 19:00"),
    ("下周一早上八点", "2026-11-23 08:00"),
    ("28号晚7点", "2026-11-28 19:00"),
    ("2027年1月5日上午9:00", "2027-01-05 09:00"),
    ("11月28日（周六，农历十月初九）上午9点", "2026-11-28 09:00"),
    ("通知：明天（11月23日）上午9点", "2026-11-23 09:00"),
    ("定于2026年11月30日（星期一）上午9:00召开村民代表大会", "2026-11-30 09:00"),
    ("请各位代表于11月30日上午9时到村委会开会", "2026-11-30 09:00"),
    ("兹定于12月3日上午九时整", "2026-12-03 09:00"),
    ("星期五下午2:30在二楼会议室", "2026-11-27 14:30"),
    ("周五在村委会开会，晚上七点", "2026-11-27 19:00"),
    ("今黑了七点半", "2026-11-22 19:30"),
    ("明早8点", "2026-11-23 08:00"),
    ("下午三点一刻", "2026-11-22 15:15"),
    ("下午三点三刻", "2026-11-22 15:45"),
    ("晚上差五分八点", "2026-11-22 19:55"),
    ("晚上八点差五分", "2026-11-22 19:55"),
    ("中午1点", "2026-11-22 13:00"),
    ("晚上12点", "2026-11-23 00:00"),
    ("凌晨两点", "2026-11-23 02:00"),
    ("上午九点半", "2026-11-23 09:30"),
    ("15:00", "2026-11-22 15:00"),
    ("7:00pm", "2026-11-22 19:00"),
    ("周三9点", "2026-11-25 09:00"),
    ("俩钟头后", "2026-11-22 12:00"),
    ("一个半小时后", "2026-11-22 11:30"),
    ("三天后的下午3点", "2026-11-25 15:00"),
    ("原定周三的会改到周五下午三点", "2026-11-27 15:00"),
    ("由周三上午九点改为周四下午两点", "2026-11-26 14:00"),
    ("二〇二七年一月五日晚八点", "2027-01-05 20:00"),
    ("2026-12-0109:30", "2026-12-01 09:30"),
    ("腊月二十上午九点在祠堂开会", "2027-01-27 09:00"),
]


@pytest.mark.parametrize(("text", "start"), INSTANTS)
def test_a_moment_is_read(text: str, start: str) -> None:
    found = see(text)
    assert (short(found.start), found.end, found.kind) == (start, None, "instant")


DAYS = [
    ("腊月二十群众大会", "2027-01-27"),
    ("年三十值班", "2027-02-05"),
    ("正月十五耍社火报名", "2027-02-20"),
    ("这个月25号", "2026-11-25"),
    ("下个月初五", "2026-12-13"),
    ("冬月十五", "2026-12-23"),
    ("闰六月初一", "2036-07-23"),
    ("农历三月十五", "2027-04-21"),
    ("八月十五", "2027-09-15"),
    ("大年初三", "2027-02-08"),
    ("腊八", "2027-01-15"),
    ("清明", "2027-04-05"),
    ("冬至", "2026-12-22"),
    ("除夕前一天", "2027-02-04"),
    ("国庆前三天", "2027-09-28"),
    ("春节后第三天", "2027-02-08"),
    ("母亲节", "2027-05-09"),
    ("大后天", "2026-11-25"),
    ("夜个说的事", "2026-11-21"),
    ("12.1开会", "2026-12-01"),
    ("2月29日", "2028-02-29"),
    ("下下周三", "2026-12-02"),
    ("两周后的周五", "2026-12-04"),
    ("下个月第二个星期三", "2026-12-09"),
    ("年底", "2026-12-31"),
    ("月中", "2026-11-15"),
    ("赶集那天", "2026-11-22"),
    ("半年后", "2027-05-22"),
    ("去年腊月初八", "2026-01-26"),
    ("上个月10号", "2026-10-10"),
    ("第三天", "2026-11-24"),
    ("今年圣诞节", "2026-12-25"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_is_read(text: str, day: str) -> None:
    found = see(text)
    assert (short(found.start), short(found.end), found.kind) == (f"{day} 00:00", f"{day} 23:59", "day")


PARTS = [
    ("后天晌午", "2026-11-24 12:00"),
    ("初八上午开代表会", "2026-12-16 09:00"),
    ("下礼拜三吃过黑饭", "2026-11-25 19:30"),
    ("明儿麻麻亮", "2026-11-23 06:00"),
    ("大后天后晌", "2026-11-25 15:00"),
    ("擦黑在广场", "2026-11-22 18:30"),
    ("元宵节当天晚上", "2027-02-20 19:00"),
    ("周末下午", "2026-11-22 15:00"),
    ("25号下午", "2026-11-25 15:00"),
]


@pytest.mark.parametrize(("text", "start"), PARTS)
def test_a_part_of_the_day_is_given_its_usual_hour_and_that_is_said(text: str, start: str) -> None:
    found = see(text)
    assert (short(found.start), found.kind) == (start, "daypart")
    assert "hour_of_part" in [remark.code for remark in found.assumed]


SPANS = [
    ("明天上午九点到十一点半在村委会", "2026-11-23 09:00", "2026-11-23 11:30"),
    ("今天下午1点到3点十分", "2026-11-22 13:00", "2026-11-22 15:10"),
    ("晚8-10点", "2026-11-22 20:00", "2026-11-22 22:00"),
    ("14:00-16:00", "2026-11-22 14:00", "2026-11-22 16:00"),
    ("晚上8点到上午10点之间", "2026-11-22 20:00", "2026-11-23 10:00"),
    ("12月1日至12月7日", "2026-12-01 00:00", "2026-12-07 23:59"),
    ("12.1-12.7", "2026-12-01 00:00", "2026-12-07 23:59"),
    ("15-20号", "2026-12-15 00:00", "2026-12-20 23:59"),
    ("12月25日至1月5日", "2026-12-25 00:00", "2027-01-05 23:59"),
    ("11月28、29日", "2026-11-28 00:00", "2026-11-29 23:59"),
    ("周一到周五上午8点到12点", "2026-11-23 08:00", "2026-11-27 12:00"),
    ("下周", "2026-11-23 00:00", "2026-11-29 23:59"),
    ("明年3月份", "2027-03-01 00:00", "2027-03-31 23:59"),
    ("下月中旬", "2026-12-11 00:00", "2026-12-20 23:59"),
    ("今明两天", "2026-11-22 00:00", "2026-11-23 23:59"),
    ("下半年", "2026-07-01 00:00", "2026-12-31 23:59"),
    ("今年1月至今", "2026-01-01 00:00", "2026-11-22 10:00"),
    ("9点到11点", "2026-11-22 09:00", "2026-11-22 11:00"),
]


@pytest.mark.parametrize(("text", "start", "end"), SPANS)
def test_a_span_is_read(text: str, start: str, end: str) -> None:
    found = see(text)
    assert (short(found.start), short(found.end), found.kind) == (start, end, "span")


DEADLINES = [
    ("投到月底", "2026-11-30 23:59"),
    ("三天内办完", "2026-11-25 23:59"),
    ("3个工作日", "2026-11-25 23:59"),
    ("弄个投票看东路好还是西路好按户投投到周五晚八点", "2026-11-27 20:00"),
    ("礼拜五前弄完", "2026-11-27 23:59"),
    ("明天中午前", "2026-11-23 12:00"),
    ("天黑前", "2026-11-22 18:30"),
    ("下班前交", "2026-11-22 18:00"),
    ("一周内", "2026-11-29 23:59"),
    ("24小时内回复", "2026-11-23 10:00"),
    ("本月内", "2026-11-30 23:59"),
    ("春节前修好", "2027-02-05 23:59"),
    ("截止日期：12月5日", "2026-12-05 23:59"),
    ("请在12月5日（周六）下午6点前缴纳", "2026-12-05 18:00"),
    ("再给两天", "2026-11-24 23:59"),
    ("公示七天", "2026-11-29 23:59"),
    ("半个月内", "2026-12-07 23:59"),
    ("仨月内", "2027-02-22 23:59"),
    ("延长到下周五", "2026-11-27 23:59"),
]


@pytest.mark.parametrize(("text", "end"), DEADLINES)
def test_a_deadline_is_its_end(text: str, end: str) -> None:
    found = see(text)
    assert (short(found.start), short(found.end), found.kind) == ("2026-11-22 10:00", end, "deadline")


RECURRING = [
    ("每周五下午", "2026-11-27 15:00"),
    ("每周一早上8点升旗", "2026-11-23 08:00"),
    ("每月初一十五", "2026-11-23 00:00"),
    ("每月10号", "2026-12-10 00:00"),
    ("每月第一个周三上午议事", "2026-12-02 09:00"),
    ("每月最后一个周五", "2026-11-27 00:00"),
    ("每个工作日的下午三点", "2026-11-23 15:00"),
    ("每天早上六点", "2026-11-23 06:00"),
    ("每年3月5日", "2027-03-05 00:00"),
]


@pytest.mark.parametrize(("text", "start"), RECURRING)
def test_what_comes_again_is_given_its_next_time(text: str, start: str) -> None:
    found = see(text)
    assert (short(found.start), found.kind) == (start, "recurring")


ASKED = [
    ("这周六开会", "past_weekday", NOW),
    ("下礼拜三吃过黑饭", "which_week", NOW),
    ("七点开会", "which_half", NOW),
    ("半夜", "which_hour", NOW),
    ("过两天开会", "which_day", NOW),
    ("收秋后再说", "which_day", NOW),
    ("月初", "which_day", NOW),
    ("十五赶集", "lunar_or_solar", NOW),
    ("九月二十开会", "lunar_or_solar", NOW),
    ("十来天", "about_how_long", NOW),
    ("小年", "which_small_year", NOW),
    ("11月27日周四", "weekday_differs", NOW),
    ("周一开会", "past_weekday", WEDNESDAY),
    ("周三上午九点", "past_weekday", WEDNESDAY),
    ("今天上午9点", "past_moment", WEDNESDAY),
    ("本月10日", "past_day", WEDNESDAY),
]


@pytest.mark.parametrize(("text", "code", "now"), ASKED)
def test_what_can_be_read_two_ways_is_asked(text: str, code: str, now: datetime) -> None:
    question = see(text, now).question
    assert question is not None
    assert question.code == code
    assert texts.question(question.code, question.value).endswith(("？", "。"))


@pytest.mark.parametrize(
    "text",
    ["", "12345", "三百五十亩", "2路公交", "7号楼", "5号井坏了", "有一点问题", "一点意见", "早点来", "周家的狗",
     "房子漏水三天了", "三点意见", "13800138000", "7.5元一斤", "一号线", "两点要求"],
)  # fmt: skip
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert see(text).kind is None


def test_a_thirtieth_that_this_year_lacks_is_the_last_day_and_that_is_said() -> None:
    found = see("年三十值班")
    assert [(remark.code, remark.value) for remark in found.assumed] == [("month_has_29", date(2027, 2, 5))]


def test_a_year_without_published_holidays_says_so() -> None:
    found = see("国庆节后第一个工作日")
    assert "holidays_unknown" in [remark.code for remark in found.assumed]


def test_working_days_skip_holidays_and_count_days_made_up() -> None:
    found = see("三个工作日内", datetime(2026, 9, 30, 9, tzinfo=CHINA))
    assert short(found.end) == "2026-10-10 23:59"


def test_the_words_of_time_can_be_cut_out() -> None:
    text = "大家注意明天下午三点到五点开会"
    begin, end = see(text).at
    assert text[begin:end] == "明天下午三点到五点"


nows = st.datetimes(datetime(2020, 1, 1), datetime(2060, 12, 31)).map(lambda it: it.replace(tzinfo=CHINA))


@given(nows, st.integers(-400, 800), st.integers(0, 24 * 60 - 1))
def test_a_moment_our_own_texts_print_is_read_back(now: datetime, ahead: int, minute: int) -> None:
    at = datetime.combine(now.date() + timedelta(days=ahead), datetime.min.time(), CHINA) + timedelta(minutes=minute)
    assert see(dates.moment(at, now.date()), now).start == at


@given(nows, st.integers(-400, 800))
def test_a_day_our_own_texts_print_is_read_back(now: datetime, ahead: int) -> None:
    day = now.date() + timedelta(days=ahead)
    found = see(dates.day(day, now.date()), now)
    assert found.start is not None
    assert (found.start.date(), found.kind, found.question) == (day, "day", None)


WORDS = (
    "明后大天上下周星期礼拜一二三四五六日号月年初廿正腊冬闰点半刻时分前后内到至每第个"
    "0123456789:/-.早晚午凌晨九十零两几多工作节春清明 ，。（）"
)


@given(st.one_of(st.text(max_size=300), st.text(WORDS, max_size=60)), nows)
@settings(max_examples=500)
def test_any_text_is_read_without_an_exception(text: str, now: datetime) -> None:
    found = see(text, now)
    for remark in found.assumed:
        assert texts.assumed(remark.code, remark.value)
    if found.question is not None:
        assert texts.question(found.question.code, found.question.value)
    if found.kind == "instant":
        assert found.start is not None


@pytest.mark.parametrize(
    "unit",
    ["一", "1", "周", "明天", "1:1", "三点半到", "1-1-", "下", "第一个", "腊月", "。", "我们村的路灯坏了", "2026"],
)
def test_ten_thousand_characters_take_less_than_50_ms(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    see("热身明天三点")
    see(text)
    begun = time.process_time()
    see(text)
    assert time.process_time() - begun < 0.05


def test_every_code_has_its_sentence() -> None:
    """A question or assumption without words would reach the villager as silence."""
    source = "".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "nlp").glob("when*.py"))
    asked = set(re.findall(r'notes\.ask\(\s*"(\w+)"', source)) | set(re.findall(r'"doubt": "(\w+)"', source))
    assumed = set(re.findall(r'\.assume\(\s*"(\w+)"', source))
    assert asked <= texts.known_questions()
    assert assumed <= set(texts.ASSUMED)


@pytest.mark.parametrize("text", ["明天", "今晚", "明儿", "赶明儿", "学校 后天", "明天下午", "月底", "周五"])
def test_a_word_at_the_end_of_the_text_ends_with_it(text: str) -> None:
    """明天 was said to be three letters long, and so 学校 明天 had no last word."""
    assert see(text).at[1] == len(text)
