"""A letter no window took goes to its recipient once he writes after all; over real HTTP, both engines."""

from __future__ import annotations

from bot.emulator.api import CUSTOM_SEND
from bot.emulator.ledger import Source
from storage import demo
from tests.bot.town import CHEN, LAMP, WANG, Town

SECRETARY = "o-lishuji"


async def hear(town: Town, who: str, text: str) -> str:
    said = await town.say(who, text)
    await town.settled()
    return "".join(said.texts)


async def silent(town: Town) -> None:
    """Everybody but the secretary has been silent for longer than the platform waits."""
    for openid, *_ in demo.CAST:
        town.platform.ledger.close(openid)
    town.platform.ledger.grant(SECRETARY, Source.MESSAGE, town.clock())


async def minute(town: Town, many: int = 1) -> None:
    for _ in range(many):
        town.turn_clock(minutes=1)
        await town.ticked()


async def test_a_keeper_who_writes_after_all_gets_his_new_matter_once(town: Town) -> None:
    async with town.house():
        await silent(town)
        await hear(town, WANG, LAMP)
        assert [row.why for row in town.rows("undelivered")] == ["window"]
        await minute(town)
        assert town.texts(CHEN) == []
        await hear(town, CHEN, "您好")
        await minute(town, 3)
        assert len([text for text in town.texts(CHEN) if "新事项" in text]) == 1
        assert "都送到了" in await hear(town, CHEN, "没送到的")
    assert town.rows("undelivered") == []
    assert [row.state for row in town.rows("outbox") if row.purpose == "matter.new"] == ["sent"]


async def test_who_followed_again_and_writes_gets_what_he_missed_in_its_order(lone_town: Town) -> None:
    town = lone_town
    async with town.house():
        await silent(town)
        await hear(town, CHEN, "您好")
        await hear(town, WANG, LAMP)
        await town.platform.push.unfollow(WANG)
        await hear(town, CHEN, "001 收到")
        await hear(town, CHEN, "001 办好了 换了灯泡")
        assert len(town.rows("undelivered")) == 2
        await town.platform.push.follow(WANG)
        await hear(town, WANG, "您好")
        await minute(town, 2)
        came = "\n".join(town.texts(WANG))
        assert came.index("收到了您说的路灯照明") < came.index("换了灯泡")
        assert "谢谢" in await hear(town, WANG, "1")
    assert town.rows("undelivered") == []


async def test_what_a_person_has_told_him_or_what_is_over_is_not_said_again(lone_town: Town) -> None:
    town = lone_town
    async with town.house():
        await silent(town)
        await hear(town, SECRETARY, "后天下午三点在村委会开群众会说修路的事 九社")
        await hear(town, SECRETARY, "1")
        number = next(row.number for row in town.rows("undelivered") if row.person_id == 599)
        await hear(town, SECRETARY, f"通知到了 {number}")
        await hear(town, WANG, "您好")
        await minute(town, 2)
        assert not [text for text in town.texts(WANG) if "修路" in text]
        town.turn_clock(days=3)
        town.platform.ledger.grant(SECRETARY, Source.MESSAGE, town.clock())
        await hear(town, "o-zhangshen", "您好")
        await minute(town, 2)
        assert not [text for text in town.texts("o-zhangshen") if "修路" in text]


async def test_while_the_platform_is_down_nobody_hears_of_the_same_letter_every_minute(lone_town: Town) -> None:
    town = lone_town
    async with town.house():
        await silent(town)
        town.platform.ledger.grant(CHEN, Source.MESSAGE, town.clock())
        town.platform.api.always(CUSTOM_SEND, -1)
        await hear(town, WANG, LAMP)
        for _ in range(5):
            town.turn_clock(minutes=16)
            await town.ticked()
        await hear(town, CHEN, "您好")
        calls = len(town.platform.api.calls(CUSTOM_SEND))
        assert [row.why for row in town.rows("undelivered")] in (["busy"], [])
        await minute(town, 5)
        assert len(town.platform.api.calls(CUSTOM_SEND)) - calls <= 2
        town.platform.api.always(CUSTOM_SEND, None)
        for _ in range(4):
            town.turn_clock(minutes=16)
            await town.ticked()
        assert len([text for text in town.texts(CHEN) if "新事项" in text]) == 1
