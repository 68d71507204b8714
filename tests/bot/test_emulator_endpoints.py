"""Every endpoint of the fake platform answers as documented, with its limits enforced (wechat page C6)."""

from __future__ import annotations

import pytest

from bot.channels.official_api import ApiFailed, Trouble
from bot.emulator.api import CUSTOM_SEND
from bot.emulator.endpoints import OAUTH_TOKEN, OAUTH_USER, TEMPLATE_SEND
from tests.bot.stage import WANG, Stage, stage
from tests.bot.toys import AES

DATA = {"thing1": "村民代表会", "time2": "2026-11-27 19:00"}


async def refused(s: Stage, call: object) -> int | None:
    with pytest.raises(ApiFailed) as failed:
        await call  # type: ignore[misc]
    return failed.value.code


async def test_template_notices_check_person_template_and_fields_and_know_their_ids() -> None:
    async with stage() as s:
        assert await refused(s, s.api.send_template("o-nobody", "T", DATA)) == 40003
        s.meets()
        s.fake.templates = {"T"}
        assert await refused(s, s.api.send_template(WANG, "X", DATA)) == 40037
        for wrong in ({"thing1": "长" * 21}, {"phrase1": "六个汉字太多"}, {"character_string1": "中文"}, {}):
            assert await refused(s, s.api.send_template(WANG, "T", wrong)) == 47003
        first = await s.api.send_template(WANG, "T", DATA, "https://x", "7")
        assert first == await s.api.send_template(WANG, "T", DATA, "https://x", "7")
        assert s.fake.phones.phone(WANG).texts == ["村民代表会\n2026-11-27 19:00\n详情 https://x"]
        s.clock.turn(minutes=11)
        assert await s.api.send_template(WANG, "T", DATA, "", "7") != first
        s.fake.phones.phone(WANG).followed = False
        assert await refused(s, s.api.send_template(WANG, "T", DATA)) == 43004


async def test_subscription_notices_use_up_what_was_allowed() -> None:
    async with stage() as s:
        s.meets()
        assert await refused(s, s.api.send_subscribed(WANG, "O", DATA)) == 43101
        s.fake.ledger.allow(WANG, "O")
        await s.api.send_subscribed(WANG, "O", DATA)
        assert await refused(s, s.api.send_subscribed(WANG, "O", DATA)) == 43101
        s.fake.ledger.allow(WANG, "L", is_long_term=True)
        for _ in range(3):
            await s.api.send_subscribed(WANG, "L", DATA)


async def test_scene_codes_and_media_and_their_ends() -> None:
    async with stage() as s:
        ticket, url = await s.api.make_scene_code("r.1.abcdef00")
        assert s.fake.codes[ticket] == "r.1.abcdef00"
        assert ticket in url
        with pytest.raises(ValueError, match="64"):
            await s.api.make_scene_code("长" * 65)
        media = await s.api.upload("image", "a.png", "image/png", b"\x89PNG\r\n\x1a\n")
        assert (await s.api.download(media)).content == b"\x89PNG\r\n\x1a\n"
        assert await refused(s, s.api.download("nothing")) == 40007
        s.clock.turn(days=3, seconds=1)
        assert await refused(s, s.api.download(media)) == 40007
        assert await refused(s, s.api.upload("hologram", "a", "x/y", b"1")) == 40004


async def test_menu_people_typing_and_addresses() -> None:
    async with stage() as s:
        assert await refused(s, s.api.menu()) == 46003
        button = {"type": "click", "name": "查进度", "key": "track"}
        await s.api.put_menu({"button": [button]})
        assert (await s.api.menu())["menu"] == {"button": [button]}
        assert await refused(s, s.api.put_menu({"button": [button] * 4})) == 40016
        assert await refused(s, s.api.put_menu({"button": [{"name": "多", "sub_button": [button] * 6}]})) == 45010
        assert await refused(s, s.api.put_menu({"button": [{**button, "name": "这个名字实在太长"}]})) == 40018
        await s.api.drop_menu()
        assert await s.api.callback_addresses() == ["127.0.0.1"]
        assert await refused(s, s.api.user_info("o-nobody")) == 40003
        s.meets()
        assert (await s.api.user_info(WANG))["subscribe"] == 1
        await s.api.show_typing(WANG)
        s.clock.turn(days=3)
        assert await refused(s, s.api.show_typing(WANG)) == 45080


async def test_quotas_capabilities_and_a_platform_that_is_down() -> None:
    async with stage() as s:
        s.meets()
        s.fake.daily[CUSTOM_SEND] = 2
        for _ in range(2):
            await s.api.send_text(WANG, "您好")
        assert await s.trouble() == (Trouble.RATE_DAY, 45009)
        s.clock.turn(days=1)
        await s.api.send_text(WANG, "新的一天")
        await s.api.call("/cgi-bin/clear_quota", {"appid": AES.appid})
        s.fake.allowed[AES.appid] = frozenset()
        assert await refused(s, s.api.send_template(WANG, "T", DATA)) == 48001
        s.fake.is_down = True
        assert await refused(s, s.api.callback_addresses()) is None
        assert s.fake.calls(TEMPLATE_SEND)


async def test_a_login_code_serves_once() -> None:
    async with stage() as s:
        s.fake.login_codes["C"] = WANG
        query = {"appid": AES.appid, "secret": AES.secret, "code": "C", "grant_type": "authorization_code"}

        async def get(path: str, **more: str) -> dict[str, object]:
            async with s.session.get(s.base + path, params=more) as answer:
                return dict(await answer.json())

        login = await get(OAUTH_TOKEN, **query)
        assert login["openid"] == WANG
        assert (await get(OAUTH_TOKEN, **query))["errcode"] == 40163
        assert (await get(OAUTH_TOKEN, **{**query, "code": "D"}))["errcode"] == 40029
        assert (await get(OAUTH_TOKEN, **{**query, "secret": "x"}))["errcode"] == 40125
        who = await get(OAUTH_USER, access_token=str(login["access_token"]), openid=WANG)
        assert who["openid"] == WANG
        assert (await get(OAUTH_USER, access_token="old", openid=WANG))["errcode"] == 42007
