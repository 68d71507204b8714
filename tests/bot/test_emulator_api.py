"""The fake REST platform: its windows, its limits and its tokens are enforced, not merely scripted."""

from __future__ import annotations

import json

import aiohttp
import pytest
from aiohttp import web

from bot.channels.official_api import OfficialApi, Trouble
from bot.emulator.api import CUSTOM_SEND, STABLE_TOKEN, TOKEN
from bot.emulator.ledger import Source
from bot.emulator.platform import platform_for
from tests.bot.stage import WANG, Hands, Stage, stage
from tests.bot.test_emulator_push import echo
from tests.bot.toys import AES, ToyServer


async def post(s: Stage, path: str, body: object, **query: str) -> dict[str, object]:
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    async with s.session.post(s.base + path, data=raw, params=query) as response:
        answer: dict[str, object] = await response.json()
        return answer


async def test_a_message_opens_five_answers_for_48_hours() -> None:
    async with stage() as s:
        s.meets()
        for _ in range(5):
            await s.api.send_text(WANG, "您好")
        assert await s.trouble() == (Trouble.WINDOW, 45047)
        s.meets()
        assert s.fake.ledger.left(WANG, s.clock.now) == 5
        s.clock.turn(hours=48)
        assert await s.trouble() == (Trouble.WINDOW, 45015)
        assert len(s.fake.phones.phone(WANG).texts) == 5


@pytest.mark.parametrize("source", [Source.MENU, Source.FOLLOW, Source.SCAN])
async def test_a_click_a_follow_and_a_scan_open_three_for_a_minute(source: Source) -> None:
    async with stage() as s:
        s.meets(source=source)
        for _ in range(3):
            await s.api.send_text(WANG, "您好")
        assert await s.trouble() == (Trouble.WINDOW, 45047)
        s.meets(source=source)
        s.clock.turn(seconds=60)
        assert await s.trouble() == (Trouble.WINDOW, 45015)


async def test_the_window_that_closes_first_is_used_first() -> None:
    async with stage() as s:
        s.meets()
        s.meets(source=Source.MENU)
        for _ in range(3):
            await s.api.send_text(WANG, "您好")
        s.clock.turn(minutes=2)
        assert s.fake.ledger.left(WANG, s.clock.now) == 5


async def test_a_stranger_and_one_who_refuses_are_not_reached() -> None:
    async with stage() as s:
        s.meets()
        assert await s.trouble("o-nobody") == (Trouble.UNREACHABLE, 40003)
        s.fake.phones.phone(WANG).refuses = True
        assert await s.trouble() == (Trouble.UNREACHABLE, 48002)
        s.fake.phones.phone(WANG).refuses = False
        s.fake.phones.phone(WANG).followed = False
        assert await s.trouble() == (Trouble.WINDOW, 45015)


async def test_a_long_text_is_refused_by_its_bytes() -> None:
    async with stage() as s:
        s.meets()
        await s.api.send_text(WANG, "路" * 682 + "ab")
        assert await s.trouble(text="路" * 683) == (Trouble.CONTENT, 45002)
        assert await s.trouble(text="\u3000") == (Trouble.CONTENT, 44004)
        assert s.fake.ledger.left(WANG, s.clock.now) == 4


async def test_escaped_chinese_is_twice_as_long_and_shown_as_it_stands() -> None:
    async with stage() as s:
        s.meets()
        token = await s.api.token()
        body = {"touser": WANG, "msgtype": "text", "text": {"content": "路灯"}}
        answer = await post(s, CUSTOM_SEND, json.dumps(body).encode(), access_token=token)
        assert answer["errcode"] == 0
        assert s.fake.phones.phone(WANG).texts == ["\\u8def\\u706f"]
        body["text"] = {"content": "路" * 400}
        answer = await post(s, CUSTOM_SEND, json.dumps(body).encode(), access_token=token)
        assert answer["errcode"] == 45002


async def test_only_a_living_token_sends() -> None:
    async with stage() as s:
        s.meets()
        body = {"touser": WANG, "msgtype": "text", "text": {"content": "您好"}}
        assert (await post(s, CUSTOM_SEND, body))["errcode"] == 40001
        assert (await post(s, CUSTOM_SEND, body, access_token="x"))["errcode"] == 40001
        token = await s.api.token()
        assert (await post(s, CUSTOM_SEND, b"{", access_token=token))["errcode"] == 47001
        assert (await post(s, CUSTOM_SEND, body, access_token=token))["errcode"] == 0
        s.clock.turn(seconds=7200)
        assert (await post(s, CUSTOM_SEND, body, access_token=token))["errcode"] == 42001


async def test_the_stable_token_stays_the_same_until_its_last_five_minutes() -> None:
    async with stage() as s:
        asked = {"grant_type": "client_credential", "appid": AES.appid, "secret": AES.secret}
        first = await post(s, STABLE_TOKEN, asked)
        s.clock.turn(seconds=6800)
        again = await post(s, STABLE_TOKEN, asked)
        assert again == {"access_token": first["access_token"], "expires_in": 400}
        s.clock.turn(seconds=100)
        new = await post(s, STABLE_TOKEN, asked)
        assert new["access_token"] != first["access_token"]
        assert s.fake.tokens.check(str(first["access_token"])) == (AES.appid, 0)
        s.clock.turn(seconds=301)
        assert s.fake.tokens.check(str(first["access_token"])) == (AES.appid, 42001)
        forced = await post(s, STABLE_TOKEN, {**asked, "force_refresh": True})
        assert forced["access_token"] != new["access_token"]
        assert s.fake.tokens.check(str(new["access_token"]))[1] == 42001
        assert (await post(s, STABLE_TOKEN, {**asked, "force_refresh": True})) == forced


async def test_each_old_style_token_kills_the_one_before_after_five_minutes() -> None:
    async with stage() as s:

        async def ask(**query: str) -> dict[str, object]:
            async with s.session.get(s.base + TOKEN, params=query) as response:
                answer: dict[str, object] = await response.json()
                return answer

        one = await ask(appid=AES.appid, secret=AES.secret)
        two = await ask(appid=AES.appid, secret=AES.secret)
        assert one != two
        assert s.fake.tokens.check(str(one["access_token"]))[1] == 0
        s.clock.turn(seconds=300)
        assert s.fake.tokens.check(str(one["access_token"]))[1] == 42001
        assert s.fake.tokens.check(str(two["access_token"]))[1] == 0
        assert (await ask(appid="wx0", secret=AES.secret))["errcode"] == 40013
        assert (await ask(appid=AES.appid, secret="wrong"))["errcode"] == 40125


async def test_every_request_is_recorded_as_it_came() -> None:
    async with stage() as s:
        s.meets()
        await s.api.send_text(WANG, "您好")
        token, send = s.fake.requests
        assert token.json["grant_type"] == "client_credential"
        assert token.json["force_refresh"] is False
        assert send.json == {"touser": WANG, "msgtype": "text", "text": {"content": "您好"}}
        assert send.answer == {"errcode": 0, "errmsg": "ok"}


async def test_mounted_under_a_prefix_it_shares_phones_and_windows_with_the_pushing_side() -> None:
    clock = Hands()
    server = ToyServer(AES, echo)
    async with server.serve() as url:
        platform = platform_for(AES, url, clock)
        outer = web.Application()
        outer.add_subapp("/platform", platform.api.app())
        runner = web.AppRunner(outer, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        base = f"http://127.0.0.1:{runner.addresses[0][1]}/platform"
        async with platform.push, aiohttp.ClientSession() as session:
            api = OfficialApi(AES, session, base, clock=clock.seconds)
            heard: list[str] = []
            stop = platform.phones.listen(lambda bubble: heard.append(f"{bubble.by}:{bubble.text}"))
            await platform.push.say(WANG, "路灯坏了")
            await api.send_text(WANG, "小陈已经出发")
            stop()
            await api.send_text(WANG, "修好了")
            assert heard == ["self:路灯坏了", "reply:收到：路灯坏了", "service:小陈已经出发"]
            assert platform.phones.phone(WANG).texts == ["收到：路灯坏了", "小陈已经出发", "修好了"]
            assert platform.ledger.left(WANG, clock.now) == 3
            await platform.push.unfollow(WANG)
            assert platform.ledger.left(WANG, clock.now) == 0
        await runner.cleanup()
