"""E01–E04, the binding part of E22, and messy lines of the conversation page, through the signed AES webhook.

Every message is pushed by the platform emulator; every letter comes back through the fake API. Both engines.
"""

from __future__ import annotations

import re

import pytest

from storage import demo
from tests.bot.town import CHEN, WANG, Town

XIUYING, SECRETARY, LEADER, ZHANG = "o-xiuying", "o-lishuji", "o-zhenling", "o-zhangshen"
STRANGER, WOMEN = "o-waicun", "o-fulian"


async def hear(town: Town, who: str, text: str) -> str:
    """Say it, wait until all is played and sent, and return what he heard at once."""
    said = await town.say(who, text)
    assert len(said.texts) == 1, "exactly one bubble for a message"
    await town.settled()
    return said.texts[0]


async def test_e01_a_lamp_out_and_a_near_fall(town: Town) -> None:
    async with town.house():
        answer = await hear(town, XIUYING, "路灯坏啦黑灯瞎火的昨晚差点跌沟里")
    assert "路灯" in answer
    assert "陈小军" in answer
    assert "10000000003" in answer
    number = re.search(r"XH-\d{6}-001", answer)
    assert number is not None
    assert answer.rstrip().endswith(number.group())
    matter = town.rows("matters")[0]
    assert (matter.code, matter.urgency) == ("RC02", "P1")
    assert "九社" in town.texts(CHEN)[0]
    assert [row.became for row in town.rows("ledger") if row.thing == "matter"] == ["filed"]
    assert town.faults == []


async def test_e02_a_stranger_and_a_vague_word(town: Town) -> None:
    async with town.house():
        await town.platform.push.follow(STRANGER)
        asked = await hear(town, STRANGER, "水有问题")
        choices = re.findall(r"(?m)^([1-9]) (.+)$", asked)
        assert 2 <= len(choices) <= 4
        chosen = next(number for number, title in choices if "灌溉" in title or "浇" in title)
        filed = await hear(town, STRANGER, chosen)
        again = await hear(town, STRANGER, "广场的路灯不亮了")
    assert town.rows("matters")[0].code == "AG01"
    assert "哪个社" in filed
    assert "哪个社" not in again, "the place is asked once only"
    assert "水有问题" in town.matters()[0]


async def test_e03_a_fire_goes_on_alarming_until_one_answers(town: Town) -> None:
    async with town.house():
        answer = await hear(town, ZHANG, "快来人 柴垛着火了")
        assert "119" in answer.splitlines()[0]
        assert "1 安全" in answer
        first = {who: len(town.texts(who)) for who in (CHEN, SECRETARY, LEADER)}
        assert all(first.values())
        town.turn_clock(minutes=3, seconds=5)
        await town.heard(SECRETARY, first[SECRETARY] + 1, 15)
        assert "收到" in await hear(town, SECRETARY, "收到")
        before = {who: len(town.texts(who)) for who in (CHEN, LEADER)}
        town.turn_clock(minutes=10)
        await town.settled()
    assert any("李长河" in text for text in town.texts(ZHANG)[1:]), "she hears who has answered"
    assert "在路上" not in "".join(town.texts(ZHANG))
    assert {who: len(town.texts(who)) for who in before} == before, "nobody is alarmed any more"


async def test_e04_despair_is_met_with_care_and_sealed(town: Town) -> None:
    words = "我不想活了"
    async with town.house():
        answer = await hear(town, ZHANG, words)
        heat = await hear(town, XIUYING, "热死了水渠还不放水")
    assert "12356" in answer
    assert "120" in answer
    matter = next(row for row in town.rows("matters") if row.is_sealed)
    assert words not in matter.text
    assert all(words not in row.text for row in town.rows("inbox"))
    assert all(words not in row.body for row in town.rows("outbox"))
    assert town.texts(SECRETARY)
    assert town.texts(WOMEN)
    assert words not in "".join(town.texts(CHEN))
    assert "12356" not in heat
    assert town.rows("matters")[-1].code == "AG01"


async def test_e22_a_stranger_binds_with_name_group_and_paper_code(town: Town) -> None:
    code = demo.paper_code(33)
    async with town.house():
        assert "绑定码" in await hear(town, STRANGER, "绑定 马代民 七社")
        bound = await hear(town, STRANGER, code)
        await hear(town, STRANGER, "我的信息")
    assert "马代民" in bound
    binding = town.rows("bindings")[-1]
    assert (binding.level, binding.proven_by) == ("full", "paper_code")
    assert town.texts("o-daibiao"), "the household is told"


@pytest.mark.parametrize(
    ("row", "setting", "text", "expected"),
    [
        (25, "rating", "好着呢", "谢谢"),
        (28, "", "我妈投2 她没微信", ""),
        (33, "filed", "算了不反映了", "撤回"),
        (35, "", "还有个事 村口那个垃圾 另外路也烂", "2件事"),
        (40, "", "你们是不是假的 要我身份证", "验证码"),
    ],
)
async def test_messy_lines_of_the_conversation_page(
    town: Town, row: int, setting: str, text: str, expected: str
) -> None:
    async with town.house():
        if setting:
            await hear(town, WANG, "路灯坏了好几天了，黑灯瞎火的")
        if setting == "rating":
            await hear(town, CHEN, "001 办好了 换了灯泡")
        answer = await hear(town, WANG, text)
    assert expected in answer, f"row {row}"
    assert town.faults == []


async def test_row_27_a_change_of_vote_without_a_poll_changes_nothing(town: Town) -> None:
    async with town.house():
        answer = await hear(town, WANG, "改成2")
    assert answer
    assert town.matters() == []
