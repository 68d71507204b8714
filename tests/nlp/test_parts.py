"""Several matters in one message are told apart where each has a topic of its own, and one matter never is."""

from __future__ import annotations

import time

import pytest

from nlp.lexicon import Lexicon
from nlp.parts import Sure, split_matters, tells_one
from nlp.words import classify

_CODES = {"灯": "RC02", "垃圾": "EN01", "低保": "SS01", "占": "LA02", "水管": "RC03", "漏雨": "RC09", "工作": "EC04"}


def code_of(part: str) -> str | None:
    return next((code for word, code in _CODES.items() if word in part), None)


def sure_of(part: str) -> Sure | None:
    code = code_of(part)
    return Sure(code[:2], code) if code else None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("一个是我家低保停了 一个是隔壁占我家地", ("我家低保停了", "隔壁占我家地")),
        ("我家有两件事，一件是路灯坏了，另一件是垃圾没人拉", ("路灯坏了", "垃圾没人拉")),
        ("1我家路灯坏了\n2垃圾没人拉\n3低保停了", ("我家路灯坏了", "垃圾没人拉", "低保停了")),
        ("①路灯不亮②水管漏", ("路灯不亮", "水管漏")),
        ("低保停了 儿子也没工作 房子还漏雨", ("低保停了", "儿子也没工作", "房子还漏雨")),
        ("路灯坏了，垃圾也没人拉，水管还漏", ("路灯坏了", "垃圾也没人拉", "水管还漏")),
        # more than six stay with the last: nothing that was said is lost
        (
            "1、路灯 2、垃圾 3、低保 4、路灯 5、垃圾 6、低保 7、水管",
            ("路灯", "垃圾", "低保", "路灯", "垃圾", "低保，水管"),
        ),
    ],
)
def test_several_are_told_apart(text: str, parts: tuple[str, ...]) -> None:
    assert not tells_one(text)
    assert split_matters(text, code_of, sure_of) == parts


@pytest.mark.parametrize(
    "text",
    [
        "一个是路灯坏了",
        "2号路灯坏了\n3天了水管也没人看",
        "1社路灯坏了\n2社水管漏",
        "路灯坏了，晚上也看不见，路还难走",
        "水管漏，水管也旧了，水管还短",
    ],
)
def test_one_matter_stays_one(text: str) -> None:
    assert split_matters(text, code_of, sure_of) == (text,)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # items of two letters, in any way of numbering
        ("1、垃圾 2、厕所 3、路灯", ("垃圾", "厕所", "路灯")),
        ("一、停水 二、断网", ("停水", "断网")),
        ("A.厕所满了 B.路灯不亮", ("厕所满了", "路灯不亮")),
        ("第一件事是路灯不亮第二件事是垃圾成堆", ("路灯不亮", "垃圾成堆")),
        ("头一件事，公厕没水，再一件，流转费没到", ("公厕没水", "流转费没到")),
        ("一来水费贵，二来班车少", ("水费贵", "班车少")),
        ("一个事是水管爆了，一个事是养老金没认证", ("水管爆了", "养老金没认证")),
        # how many are to come is said, and is no matter
        ("反映两件事：网断了，地租没给", ("网断了", "地租没给")),
        ("今天反映三个问题，垃圾、低保、水渠", ("垃圾", "低保", "水渠")),
        ("问两件事，合疗啥时候交，身份证在哪补", ("合疗啥时候交", "身份证在哪补")),
        ("我有俩问题，一是地租，二是水管", ("地租", "水管")),
        ("路灯坏了，垃圾也没人拉，两样都管管", ("路灯坏了", "垃圾也没人拉，两样都管管")),
        # joining words, taken off whole
        ("先问合疗，再问一下残疾证", ("合疗", "残疾证")),
        ("狗没人拴，对了，我爹的养老金认证在哪弄", ("狗没人拴", "我爹的养老金认证在哪弄")),
        ("路灯坏了，此外厕所也满了", ("路灯坏了", "厕所也满了")),
        ("路灯不亮，顺便问下合疗啥时候交", ("路灯不亮", "合疗啥时候交")),
        ("水停了，顺带问一声，低保几时评", ("水停了", "低保几时评")),
        ("除了路灯不亮，厕所也堵了", ("路灯不亮", "厕所也堵了")),
        ("谢谢帮我办了残疾证，就是路灯还没修", ("谢谢帮我办了残疾证", "路灯还没修")),
        # no word joins them, but each is surely of another class
        ("低保没批，宽带也老断", ("低保没批", "宽带也老断")),
        ("路灯三个月不亮。我妈的养老金没到账。", ("路灯三个月不亮", "我妈的养老金没到账")),
    ],
)
def test_several_are_told_apart_by_the_shipped_rules(lexicon: Lexicon, text: str, parts: tuple[str, ...]) -> None:
    assert classify(lexicon, text).parts == parts


@pytest.mark.parametrize(
    "text",
    [
        "第一次说没指标，第二次说没材料，第三次人不在，低保就是不批",
        "头一个月低保发了，第二个月就停了",
        "第二天卡里的养老金就少了三千，身份证还在我手里",
        "还有两户没通水，路灯还是不亮",
        "手续也办了，钱也交了，就是不发证",
        "肥也施了，水也浇了，苗还是黄",
        "老二病了，医院也去了，钱也花光了",
        "借给他两万，利息也没给，电话也不接",
        "我爹病了，我也病了，想申请救助",
        "养狗不拴绳，说他他还骂人",
        "拉沙车开得飞快，在学校门口也不减速",
        "下大雨，院子也淹了，墙也塌了半截",
        "水管漏了。已经三天了。没人来修。",
        "隔壁占我地。村里来量过。他不认。",
        "要交三样材料，身份证、户口本、照片，对不对",
        "有两个问题没解决，厕所堵，厕所臭",
        "一个说东，一个说西，宅基地没人给批",
        "我再问一遍，低保啥时候发",
        "对了 还有下水道也堵了",
        "书记把地卖了 树也砍了",  # it goes on with the blame, and must not be shown beside it
    ],
)
def test_a_story_of_one_matter_is_not_split(lexicon: Lexicon, text: str) -> None:
    assert classify(lexicon, text).parts == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "还有" * 10_000,
        "，还有路灯坏了" * 2_800,
        "1、路灯2、垃圾" * 2_500,
        "第一" * 10_000,
        "两件事" * 6_600,
        "a " * 10_000,
    ],
)
def test_a_long_message_of_joining_words_takes_no_time_and_loses_nothing(text: str) -> None:
    looked_at: list[str] = []

    def code(part: str) -> str:
        looked_at.append(part)
        return str(len(looked_at))

    begin = time.perf_counter()
    parts = split_matters(text, code, sure_of)
    assert (time.perf_counter() - begin < 1.0, len(looked_at) <= 25, len(parts) <= 6) == (True, True, True)
    assert sum(map(len, parts)) > len(text) * 0.9
