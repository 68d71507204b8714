"""One message, one effect, one bubble: however often it is delivered, whoever answers, whatever is lost on the way."""

from __future__ import annotations

import asyncio
from typing import Any

from domain.messages import Incoming
from tests.bot.town import CHEN, LAMP, WANG, ZHANG, Slow, Town, eventually


async def test_a_villagers_message_becomes_a_matter_and_its_keeper_hears_of_it(town: Town) -> None:
    async with town.house():
        said = await town.say(WANG, LAMP)
        await town.settled()
    assert len(said.texts) == 1
    assert "陈小军" in said.texts[0]
    assert "编号 XH-" in said.texts[0]
    assert town.matters() == [LAMP]
    assert len(town.texts(CHEN)) == 1
    assert LAMP in town.texts(CHEN)[0]
    assert town.faults == []


async def test_d01_three_deliveries_at_once_are_one_matter_and_one_bubble(town: Town) -> None:
    town.platform.push.knobs.concurrent = 3
    async with town.house():
        outcomes = await asyncio.gather(*(town.say(who, LAMP) for who in (WANG, ZHANG)))
        await town.settled()
    assert [len(outcome.deliveries) for outcome in outcomes] == [3, 3]
    assert all(delivery.status == 200 for outcome in outcomes for delivery in outcome.deliveries)
    assert [len(town.texts(who)) for who in (WANG, ZHANG)] == [1, 1]
    assert sorted(town.matters()) == [LAMP, LAMP]
    assert town.faults == []


async def test_d02_an_answer_lost_on_the_way_is_said_again_word_for_word(town: Town) -> None:
    town.platform.push.knobs.ignore_answers = 2
    async with town.house():
        said = await town.say(WANG, LAMP)
        assert [delivery.taken for delivery in said.deliveries] == [False, False, True]
        await town.settled()
    assert len(said.texts) == 1
    assert "编号 XH-" in said.texts[0]
    assert town.texts(WANG) == list(said.texts)
    assert town.matters() == [LAMP]
    assert [row.reply for row in town.rows("inbox") if row.channel == "oa"] == list(said.texts)


async def test_d03_a_message_delivered_again_after_a_restart_is_answered_as_before(town: Town) -> None:
    push = town.platform.push.text(WANG, LAMP)
    async with town.house():
        before = await town.platform.push.deliver(push)
    async with town.house():
        again = await town.platform.push.deliver(push)
        await town.settled()
    assert before.texts == again.texts
    assert town.matters() == [LAMP]


async def test_the_same_message_id_from_another_person_is_another_message(town: Town) -> None:
    first = town.platform.push.text(WANG, LAMP)
    xml = first.xml.replace(WANG.encode(), ZHANG.encode())
    async with town.house():
        await town.platform.push.deliver(first)
        await town.platform.push.send_raw(ZHANG, xml, first.message_id)
    assert town.matters() == [LAMP, LAMP]
    assert len({row.contact_id for row in town.rows("matters")}) == 2


async def test_d04_events_of_one_second_are_all_kept_and_none_is_kept_twice(town: Town) -> None:
    now = town.clock()
    push = town.platform.push
    push.clock = lambda: now
    events = [
        push.event(WANG, "subscribe", "<EventKey><![CDATA[]]></EventKey>"),
        push.event(WANG, "SCAN", "<EventKey><![CDATA[hh.1]]></EventKey>"),
        push.event(WANG, "SCAN", "<EventKey><![CDATA[hh.2]]></EventKey>"),
        push.event(
            WANG,
            "subscribe_msg_popup_event",
            "<SubscribeMsgPopupEvent><List><TemplateId><![CDATA[t]]></TemplateId></List></SubscribeMsgPopupEvent>",
        ),
    ]
    async with town.house():
        for _ in range(2):
            for outcome in await push.deliver_all(events):
                assert outcome.taken
    assert len([row for row in town.rows("inbox") if row.channel == "oa"]) == 4
    assert town.faults == []


async def test_d01_a_turn_of_seven_seconds_is_one_effect_one_bubble_and_no_fault(town: Town) -> None:
    async with town.house(Slow(7)):
        said = await town.say(WANG, f"慢，{LAMP}")
        await town.settled()
        texts = await town.heard(WANG)
    assert len(texts) == 1
    assert "编号 XH-" in texts[0]
    assert len(town.matters()) == 1
    assert len(said.deliveries) > 1
    assert town.faults == []


async def test_others_are_answered_too_while_one_turn_takes_seven_seconds(town: Town) -> None:
    slow = Slow(7)
    async with town.house(slow):
        first = asyncio.create_task(town.say(WANG, f"慢，{LAMP}"))
        await slow.has_begun()
        await asyncio.gather(*(town.say(f"o-neighbour-{number}", LAMP) for number in range(20)), first)
        await town.settled()
    assert len(town.matters()) == 21
    assert {len(town.texts(f"o-neighbour-{number}")) for number in range(20)} == {1}
    assert town.faults == []


async def test_a_reply_too_late_for_the_response_comes_by_itself_and_once(town: Town) -> None:
    """The second waits while the first is played; it is made durable, acknowledged, and answered by the outbox."""
    slow = Slow(1.3)
    async with town.house(slow, passive_budget=0.2):
        first = asyncio.create_task(town.say(WANG, f"慢，{LAMP}"))
        await slow.has_begun()
        second = await town.say(WANG, f"还是慢，{LAMP}")
        await first
        texts = await town.heard(WANG, 2)
    assert second.taken
    assert second.texts == ()
    assert [len(delivery.answer) for delivery in second.deliveries] == [len(b"success")]
    assert len(texts) == 2
    assert all("编号 XH-" in text for text in texts)
    assert [row.carried_by for row in town.rows("inbox") if row.channel == "oa"] == ["response", "outbox"]
    assert len(town.matters()) == 2
    assert town.faults == []


async def test_a_reply_that_waits_in_the_outbox_leaves_with_a_redelivery_instead(town: Town) -> None:
    """`success` was lost on the way: the platform asks again, and gets the reply; it is not said a second time."""
    slow = Slow(1.3)
    async with town.house(slow, passive_budget=0.2, worker=False):
        first = asyncio.create_task(town.say(WANG, f"慢，{LAMP}"))
        await slow.has_begun()
        push = town.platform.push.text(WANG, f"还是慢，{LAMP}")
        assert (await town.platform.push.deliver(push)).texts == ()
        await first
        await eventually(lambda: town.states()["new"] == 0)
        again = await town.platform.push.deliver(push)
    assert len(again.texts) == 1
    async with town.house():
        await town.settled()
    assert len(town.texts(WANG)) == 2
    assert [row.state for row in town.rows("outbox") if row.purpose == "reply"] == ["carried"]


async def test_a_reply_on_its_way_by_the_outbox_is_not_also_given_to_a_redelivery(town: Town) -> None:
    slow = Slow(1.3)
    async with town.house(slow, passive_budget=0.2):
        first = asyncio.create_task(town.say(WANG, f"慢，{LAMP}"))
        await slow.has_begun()
        push = town.platform.push.text(WANG, f"还是慢，{LAMP}")
        await town.platform.push.deliver(push)
        await first
        await town.heard(WANG, 2)
        again = await town.platform.push.deliver(push)
        assert again.taken
        assert again.texts == ()
        texts = await town.heard(WANG, 2)
    assert len(texts) == 2


async def test_a_persons_messages_are_answered_in_the_order_they_came(town: Town) -> None:
    """Thirty connections: which of two bytes that came together is read first is the machine's choice, not ours."""
    came: list[str] = []

    def noting(incoming: Incoming, *waiting: Any) -> None:
        came.append(incoming.text)
        bring(incoming, *waiting)

    async with town.house() as house:
        bring = house.line.bring
        house.line.bring = noting  # type: ignore[method-assign]
        pushes = [town.platform.push.text(WANG, f"第{number}件：{LAMP}") for number in range(30)]
        waiting = []
        for push in pushes:
            waiting.append(asyncio.create_task(town.platform.push.deliver(push)))
            await asyncio.sleep(0.002)
        await asyncio.gather(*waiting)
    numbers = [row.number for row in town.rows("matters")]
    assert len(numbers) == len(set(numbers)) == 30
    assert town.matters() == came
