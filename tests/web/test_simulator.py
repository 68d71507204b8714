"""The simulator's endpoints over real HTTP, in front of a whole running village."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.emulator.phones import FAULT
from bot.emulator.push import Knobs
from storage import demo
from tests.bot.town import CHINA
from tests.web.village import Village, open_village
from web.cast import cast, doors

WANG, ZHANG, CHEN, LI, OUTSIDER = "o-laowang", "o-zhangshen", "o-xiaochen", "o-lishuji", "o-waicun"
LAMP = "路灯坏了好几天了，黑灯瞎火的"


@pytest.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with open_village(tmp_path) as opened:
        yield opened


# -- the story everybody plays first


async def test_a_complaint_is_told_handled_and_rated(village: Village) -> None:
    await village.say(WANG, LAMP)
    receipt = await village.reads("编号", "oa", WANG)
    assert receipt["by"] == "reply"
    tail = receipt["text"].rpartition("-")[2]
    pushed = await village.reads("路灯", "oa", CHEN)
    assert pushed["by"] == "service"
    await village.say(CHEN, f"{tail} 收到")
    await village.reads("收到了您说的路灯", "oa", WANG)
    await village.say(CHEN, f"{tail} 办好了 换了灯泡")
    await village.reads("1 满意", "oa", WANG)
    await village.say(WANG, "1")
    assert "谢谢您" in (await village.texts("oa", WANG))[-1]


async def test_what_is_said_goes_through_the_signed_and_sealed_webhook(village: Village) -> None:
    await village.say(WANG, LAMP)
    stage = village.house.stage
    assert stage is not None
    delivery = stage.phones.phone(WANG).deliveries[-1]
    assert delivery.status == 200
    assert "msg_signature=" in delivery.query
    assert b"<Encrypt>" in delivery.body
    assert LAMP.encode() not in delivery.body
    assert LAMP.encode() not in delivery.answer


async def test_the_screens_outlive_a_reload_and_are_empty_on_a_fresh_start(village: Village) -> None:
    assert (await village.get("screens"))["entries"] == []
    await village.say(WANG, LAMP)
    first = await village.get("screens")
    assert first["entries"][0]["text"] == LAMP
    assert await village.get("screens") == first


# -- the group


async def test_a_line_of_the_group_reaches_the_assistant_only_when_it_is_named(village: Village) -> None:
    await village.say(ZHANG, "大伙儿吃了没", "group")
    assert await village.texts("group") == ["大伙儿吃了没"]
    await village.say(ZHANG, "@小议 这事该找谁", "group")
    shown = await village.screen("group")
    assert [entry["who"] for entry in shown] == [ZHANG, ZHANG, ""]
    assert "网格长" in shown[-1]["text"]


async def test_quoting_the_assistant_calls_it_and_the_quote_is_shown(village: Village) -> None:
    await village.say(ZHANG, "@小议 这事该找谁", "group")
    answer = (await village.screen("group"))[-1]
    await village.say(ZHANG, "垃圾堆了好几天没人拉", "group", quote=answer["seq"])
    line = next(entry for entry in await village.screen("group") if entry["text"].startswith("垃圾"))
    assert line["quote"] == {"who": "小议", "text": answer["text"]}
    await village.reads("垃圾", "oa", ZHANG)
    assert "已私信您。" in await village.texts("group")


async def test_who_is_answered_in_private_at_night_reads_it_at_night(village: Village) -> None:
    """The group has been told 已私信您; an answer to one who has just spoken disturbs nobody."""
    now = village.house.clock().astimezone(CHINA)
    night = now.replace(hour=23, minute=0, second=0, microsecond=0)
    await village.ahead(seconds=max((night - now).total_seconds(), 0))
    await village.say(ZHANG, "@小议 垃圾堆了好几天没人拉，臭得很", "group")
    await village.reads("垃圾", "oa", ZHANG)
    assert "已私信您。" in await village.texts("group")


async def test_quoting_a_neighbour_does_not_call_the_assistant(village: Village) -> None:
    await village.say(WANG, "路灯又坏了", "group")
    said = (await village.screen("group"))[-1]
    await village.say(ZHANG, "就是，好几天了", "group", quote=said["seq"])
    shown = await village.screen("group")
    assert shown[-1]["quote"] == {"who": "老王", "text": "路灯又坏了"}
    assert len(shown) == 2


async def test_a_quote_from_another_persons_phone_quotes_nothing(village: Village) -> None:
    await village.say(WANG, LAMP)
    secret = (await village.screen("oa", WANG))[-1]
    await village.say(ZHANG, "这是啥", "group", quote=secret["seq"])
    assert (await village.screen("group"))[-1]["quote"] is None


async def test_members_of_the_group_are_known_there_as_the_people_they_are(village: Village) -> None:
    await village.say(ZHANG, "@小议 垃圾堆了好几天没人拉，臭得很", "group")
    pushed = await village.reads("张桂兰", "oa", CHEN)
    assert "垃圾" in pushed["text"]


async def test_danger_shouted_in_the_group_is_asked_about_in_private_and_can_be_answered_there(
    village: Village,
) -> None:
    await village.say(ZHANG, "着火了，我家厨房着火了快来人", "group")
    assert "119" in (await village.texts("group"))[-1]
    await village.reads("您现在安全吗", "bot", ZHANG)
    await village.say(ZHANG, "1", "bot")
    assert "人没事就好" in (await village.texts("bot", ZHANG))[-1]


# -- what else a phone can do


async def test_pictures_voices_and_places_are_answered(village: Village) -> None:
    for act, more in (("picture", {}), ("place", {}), ("voice", {}), ("voice", {"recognised": "村口的路坏了"})):
        await village.act(ZHANG, act, **more)
    shown = await village.screen("oa", ZHANG)
    assert [entry["kind"] for entry in shown if entry["by"] == "self"] == ["image", "location", "voice", "voice"]
    assert len([entry for entry in shown if entry["by"] == "reply"]) == 4
    assert "道路" in shown[-1]["text"]


async def test_a_stranger_follows_scans_a_door_and_the_keeper_is_asked(village: Village) -> None:
    refused = await village.post("say", openid=OUTSIDER, text="你好", chat="oa")
    assert refused[0] == 409
    assert "关注" in refused[1]["error"]
    await village.act(OUTSIDER, "follow")
    assert "有事好商量" in (await village.texts("oa", OUTSIDER))[-1]
    await village.act(OUTSIDER, "scan", household=demo.HOMES[WANG])
    await village.say(OUTSIDER, "王德福")
    await village.reads("王德福家门牌", "oa", CHEN)


async def test_whoever_unfollows_cannot_write_until_he_follows_again(village: Village) -> None:
    await village.act(ZHANG, "unfollow")
    follows = {member["openid"]: member["follows"] for member in (await village.get("cast"))["members"]}
    assert follows[WANG]
    assert not follows[ZHANG]
    assert (await village.post("say", openid=ZHANG, text="在吗", chat="oa"))[0] == 409
    await village.act(ZHANG, "follow")
    await village.say(ZHANG, "在吗")


async def test_a_server_that_does_not_answer_shows_the_fault_banner(village: Village) -> None:
    emulator = village.house.stage.emulator  # type: ignore[union-attr]
    assert emulator is not None
    emulator.url, emulator.knobs = emulator.url.replace("/wx/demo", "/nowhere"), Knobs(deadline=1.0)
    await village.say(WANG, "听得到吗")
    last = (await village.screen("oa", WANG))[-1]
    assert (last["by"], last["text"]) == ("platform", FAULT)


# -- the clock


async def test_moving_the_clock_lets_alarms_escalate_at_once(village: Village) -> None:
    await village.say(WANG, "着火了，房子着火了快来人")
    await village.reads("人命关天", "oa", LI)
    await village.ahead(minutes=3, seconds=5)
    await village.reads("第2次", "oa", LI)
    await village.ahead(minutes=7, seconds=5)
    await village.reads("第3次", "oa", LI)


async def test_a_day_ahead_the_village_still_talks(village: Village) -> None:
    before = village.house.clock()
    now = await village.ahead(days=1)
    assert now - before >= timedelta(days=1)
    assert now.utcoffset() == timedelta(hours=8)
    await village.say(WANG, LAMP)
    assert f"XH-{now:%y%m%d}-001" in (await village.texts("oa", WANG))[-1]
    await village.reads("路灯", "oa", CHEN)


async def test_village_time_never_goes_back(village: Village) -> None:
    now = await village.ahead(hours=1)
    status, answer = await village.post("clock", now=(now - timedelta(minutes=10)).isoformat())
    assert status == 409
    assert "只能往前" in answer["error"]
    assert datetime.fromisoformat((await village.get("clock"))["now"]) >= now


async def test_a_moment_without_an_offset_is_china_time(village: Village) -> None:
    wanted = village.house.clock() + timedelta(hours=2)
    local = (await village.get("clock"))["now"]
    there = wanted.astimezone(datetime.fromisoformat(local).tzinfo).replace(tzinfo=None)
    assert (await village.post("clock", now=there.isoformat()))[0] == 200
    assert abs(village.house.clock() - wanted) < timedelta(seconds=10)


# -- the stream


async def test_bubbles_arrive_live_in_the_order_of_the_screens(village: Village) -> None:
    async with village.http.get("/simulator/events") as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        assert [(await _event(stream))[0] for _ in range(2)] == ["clock", "platform"]
        await village.say(WANG, LAMP)
        heard = [await _event(stream) for _ in range(3)]
    assert {name for name, _ in heard} == {"bubble"}
    assert [data for _, data in heard] == (await village.get("screens"))["entries"]


async def test_a_moved_clock_and_a_new_follower_are_told(village: Village) -> None:
    async with village.http.get("/simulator/events") as stream:
        assert [(await _event(stream))[0] for _ in range(2)] == ["clock", "platform"]
        await village.ahead(hours=1)
        assert (await _event(stream))[0] == "clock"
        await village.act(OUTSIDER, "follow")
        assert (await _event(stream))[0] == "bubble"
        assert await _event(stream) == ("follows", {"openid": OUTSIDER, "follows": True})


async def test_open_streams_do_not_keep_the_server_from_stopping(tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as watcher:
        async with open_village(tmp_path) as village:
            stream = await watcher.get(f"{village.base}/simulator/events")
            assert [(await _event(stream))[0] for _ in range(2)] == ["clock", "platform"]
            stopping = time.monotonic()
        assert await stream.read() == b""
    assert time.monotonic() - stopping < 3


async def test_a_tab_that_is_closed_is_no_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Each closed tab left an error and its trace in a log that is to say nothing alarming."""
    async with open_village(tmp_path) as village:
        async with aiohttp.ClientSession() as watcher:
            stream = await watcher.get(f"{village.base}/simulator/events")
            assert (await _event(stream))[0] == "clock"
            stream.close()
        for hours in range(3):
            await village.ahead(hours=hours + 1)
            await asyncio.sleep(0.1)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


async def test_nothing_is_being_sent_any_more_when_the_server_hangs_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demo's letters go to this very server: one on its way while it hung up kept the stop waiting for five
    seconds, and left a connection open.
    """
    at_work: list[set[str]] = []

    def look() -> None:
        at_work.append({task.get_coro().__qualname__ for task in asyncio.all_tasks()})  # type: ignore[union-attr]

    hang_up = web.AppRunner.cleanup

    async def looking(runner: web.AppRunner) -> None:
        look()
        await hang_up(runner)

    monkeypatch.setattr(web.AppRunner, "cleanup", looking)
    async with open_village(tmp_path) as village:
        await village.say(WANG, LAMP)
        look()
    before, after = at_work
    assert before - after >= {"Sender.run", "keep_ticking"}


async def _event(stream: Any) -> tuple[str, Any]:
    async with asyncio.timeout(5):
        name = (await stream.content.readline()).decode().removeprefix("event: ").strip()
        if name.startswith("retry:"):
            name = (await stream.content.readline()).decode().removeprefix("event: ").strip()
        data = json.loads((await stream.content.readline()).decode().removeprefix("data: "))
        await stream.content.readline()
    return name, data


# -- the cast


def test_everybody_of_the_contract_has_a_phone_and_a_face_of_his_own() -> None:
    members = cast()
    assert {member.openid for member in members} == {member[0] for member in demo.CAST} | {OUTSIDER}
    assert len({member.mark for member in members}) == len(members)
    assert all(member.hint for member in members)


def test_every_door_names_a_household_of_the_cast() -> None:
    assert [door.household for door in doors()] == sorted(demo.HOMES.values())
