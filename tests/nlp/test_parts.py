"""Several matters in one message are told apart where each has a topic of its own, and one matter never is."""

from __future__ import annotations

import pytest

from nlp.parts import split_matters

_CODES = {"灯": "RC02", "垃圾": "EN01", "低保": "SS01", "占": "LA02", "水管": "RC03", "漏雨": "RC09", "工作": "EC04"}


def code_of(part: str) -> str | None:
    return next((code for word, code in _CODES.items() if word in part), None)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("一个是我家低保停了 一个是隔壁占我家地", ("我家低保停了", "隔壁占我家地")),
        ("我家有两件事，一件是路灯坏了，另一件是垃圾没人拉", ("我家有两件事，路灯坏了", "垃圾没人拉")),
        ("1我家路灯坏了\n2垃圾没人拉\n3低保停了", ("我家路灯坏了", "垃圾没人拉", "低保停了")),
        ("①路灯不亮②水管漏", ("路灯不亮", "水管漏")),
        ("低保停了 儿子也没工作 房子还漏雨", ("低保停了", "儿子也没工作", "房子还漏雨")),
        ("路灯坏了，垃圾也没人拉，水管还漏", ("路灯坏了", "垃圾也没人拉", "水管还漏")),
    ],
)
def test_several_are_told_apart(text: str, parts: tuple[str, ...]) -> None:
    assert split_matters(text, code_of) == parts


@pytest.mark.parametrize(
    "text",
    [
        "一个是路灯坏了",
        "2号路灯坏了\n3天了水管也没人看",
        "1社路灯坏了\n2社水管漏",
        "低保停了 儿子也没工作",  # one thing added goes on with the story
        "路灯坏了，晚上也看不见，路还难走",
        "水管漏，水管也旧了，水管还短",
    ],
)
def test_one_matter_stays_one(text: str) -> None:
    assert split_matters(text, code_of) == (text,)
