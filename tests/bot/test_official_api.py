"""Our client against the fake platform, over real HTTP."""

from __future__ import annotations

import asyncio
import logging
import socket

import aiohttp
import pytest
from aiohttp import web

from bot.channels.official_api import ApiFailed, OfficialApi, Trouble
from bot.channels.official_trouble import trouble_of
from bot.emulator.api import CUSTOM_SEND, STABLE_TOKEN, Scripted
from bot.emulator.endpoints import MEDIA_GET
from tests.bot.stage import WANG, stage
from tests.bot.toys import AES


async def test_a_text_reaches_the_phone() -> None:
    async with stage() as s:
        s.meets()
        await s.api.send_text(WANG, "已经派人去修了\x08👍\ud800")
        assert s.fake.phones.phone(WANG).texts == ["已经派人去修了👍"]


async def test_chinese_goes_out_as_itself_so_that_2040_bytes_fit() -> None:
    async with stage() as s:
        s.meets()
        await s.api.send_text(WANG, "路" * 680)
        assert "路".encode() * 680 in s.fake.calls(CUSTOM_SEND)[0].raw


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        (-1, Trouble.BUSY),
        (45011, Trouble.RATE_MIN),
        (45009, Trouble.RATE_DAY),
        (45015, Trouble.WINDOW),
        (45047, Trouble.WINDOW),
        (43004, Trouble.UNREACHABLE),
        (43019, Trouble.UNREACHABLE),
        (48002, Trouble.UNREACHABLE),
        (40003, Trouble.UNREACHABLE),
        (43101, Trouble.NO_GRANT),
        (45002, Trouble.CONTENT),
        (87014, Trouble.CONTENT),
        (40164, Trouble.CONFIG),
        (48001, Trouble.CONFIG),
        (46004, Trouble.UNREACHABLE),
        (89503, Trouble.CONFIG),
        (99999, Trouble.CONTENT),
    ],
)
async def test_an_error_code_says_what_is_to_be_done(code: int, trouble: Trouble) -> None:
    async with stage() as s:
        s.meets()
        s.fake.script(CUSTOM_SEND, code)
        assert await s.trouble() == (trouble, code)
        assert len(s.fake.calls(CUSTOM_SEND)) == 1
        assert trouble_of(code) is trouble


async def test_a_message_the_platform_has_already_is_a_success() -> None:
    async with stage() as s:
        s.meets()
        s.fake.script(CUSTOM_SEND, 45065)
        await s.api.send_text(WANG, "您好")


# --- answers that are none


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (Scripted(html="<html>请登录</html>"), Trouble.BUSY),
        (Scripted(raw=b""), Trouble.UNKNOWN_OUTCOME),
        (Scripted(raw=b"[]"), Trouble.BUSY),
        (Scripted(raw=b'"ok"'), Trouble.BUSY),
        (Scripted(raw=b"\xff\xfe"), Trouble.BUSY),
        (Scripted(raw=b"x" * 200_000), Trouble.BUSY),
        (Scripted(status=502, html="Bad Gateway"), Trouble.BUSY),
        (Scripted(status=302, raw=b""), Trouble.BUSY),
        (Scripted(raw=b'{"errcode":0,"err'), Trouble.UNKNOWN_OUTCOME),
        (Scripted(raw=b'{"errcode":"0"}'), Trouble.UNKNOWN_OUTCOME),
        (Scripted(raw=b"{}"), Trouble.BUSY),
        (Scripted(raw=b'{"code":302,"msg":"please log in"}'), Trouble.BUSY),
        (Scripted(raw=b'{"errmsg":"ok"}'), Trouble.BUSY),
        (Scripted(status=504, html="Gateway Timeout"), Trouble.UNKNOWN_OUTCOME),
        (Scripted(drop=True), Trouble.UNKNOWN_OUTCOME),
        (Scripted(hang=0.6, deliver=True), Trouble.UNKNOWN_OUTCOME),
    ],
    ids=lambda value: str(value)[:60],
)
async def test_d27_only_the_platform_s_own_yes_counts_as_sent(answer: Scripted, trouble: Trouble) -> None:
    # wechatpy takes a proxy's page with status 200 for success.
    async with stage(patience=0.3) as s:
        s.meets()
        await s.api.token()
        s.fake.script(CUSTOM_SEND, answer)
        assert await s.trouble() == (trouble, None)
        assert len(s.fake.calls(CUSTOM_SEND)) == 1


async def test_a_message_that_arrived_without_an_answer_is_not_called_unsent() -> None:
    async with stage(patience=0.2) as s:
        s.meets()
        await s.api.token()
        s.fake.script(CUSTOM_SEND, Scripted(hang=0.5, deliver=True))
        assert await s.trouble() == (Trouble.UNKNOWN_OUTCOME, None)
        assert s.fake.phones.phone(WANG).texts == ["您好"]


async def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with aiohttp.ClientSession() as session:
        with pytest.raises(ApiFailed) as failed:
            await OfficialApi(AES, session, f"http://127.0.0.1:{port}").send_text(WANG, "您好")
    assert failed.value.trouble is Trouble.BUSY


# --- tokens


async def test_d05_sixty_four_senders_fetch_one_token() -> None:
    async with stage() as s:
        for number in range(64):
            s.meets(f"o-{number}")
        await asyncio.gather(*(s.api.send_text(f"o-{number}", "您好") for number in range(64)))
        assert len(s.fake.calls(STABLE_TOKEN)) == 1
        s.fake.tokens.revoke_all()
        await asyncio.gather(*(s.api.send_text(f"o-{number}", "您好") for number in range(64)))
        assert len(s.fake.calls(STABLE_TOKEN)) == 2


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_d06_r11_a_token_refused_for_ever_costs_exactly_two_calls(code: int) -> None:
    # wechatpy calls itself without end here: 486 sends and 487 token fetches for one message.
    async with stage() as s:
        s.meets()
        s.fake.always(CUSTOM_SEND, code)
        assert await s.trouble() == (Trouble.TOKEN, code)
        assert len(s.fake.calls(CUSTOM_SEND)) == 2
        assert len(s.fake.calls(STABLE_TOKEN)) == 2


async def test_r11_after_a_vain_refresh_no_sender_fetches_again_for_a_minute() -> None:
    async with stage() as s:
        s.meets()
        s.fake.always(CUSTOM_SEND, 40001)
        for _ in range(20):
            assert (await s.trouble())[0] is Trouble.TOKEN
        assert len(s.fake.calls(STABLE_TOKEN)) == 2
        s.fake.always(CUSTOM_SEND, None)
        await s.api.send_text(WANG, "您好")
        s.fake.tokens.revoke_all()
        s.clock.turn(seconds=61)
        await s.api.send_text(WANG, "您好")
        assert len(s.fake.calls(STABLE_TOKEN)) == 3


async def test_r11_sixty_four_senders_with_a_token_refused_for_ever_fetch_at_most_twice() -> None:
    async with stage() as s:
        for number in range(64):
            s.meets(f"o-{number}")
        await s.api.token()
        s.fake.always(CUSTOM_SEND, 40001)
        sends = (s.api.send_text(f"o-{number}", "您好") for number in range(64))
        outcomes = await asyncio.gather(*sends, return_exceptions=True)
        assert all(isinstance(o, ApiFailed) and o.trouble is Trouble.TOKEN for o in outcomes)
        assert len(s.fake.calls(STABLE_TOKEN)) == 2
        assert len(s.fake.calls(CUSTOM_SEND)) <= 128


async def test_a_token_is_renewed_in_its_last_five_minutes_and_kept_where_that_fails() -> None:
    async with stage() as s:
        s.meets()
        first = await s.api.token()
        s.clock.turn(seconds=6899)
        assert await s.api.token() == first
        s.clock.turn(seconds=2)
        s.fake.script(STABLE_TOKEN, 45009)
        assert await s.api.token() == first
        assert await s.api.token() == first
        assert len(s.fake.calls(STABLE_TOKEN)) == 2
        s.clock.turn(seconds=61)
        assert await s.api.token() != first
        assert len(s.fake.calls(STABLE_TOKEN)) == 3


async def test_d05_a_token_that_is_always_in_its_last_minutes_is_not_fetched_for_every_message() -> None:
    async with stage() as s:
        s.meets()
        raw = b'{"access_token":"%s","expires_in":300}' % (await s.api.token()).encode()
        s.fake.always(STABLE_TOKEN, Scripted(raw=raw))
        s.clock.turn(seconds=7200 - 200)
        before = len(s.fake.calls(STABLE_TOKEN))
        await asyncio.gather(*(s.api.token() for _ in range(20)))
        for _ in range(20):
            await s.api.token()
        assert len(s.fake.calls(STABLE_TOKEN)) == before + 1
        s.clock.turn(seconds=61)
        await s.api.token()
        assert len(s.fake.calls(STABLE_TOKEN)) == before + 2


async def test_with_no_token_to_fall_back_on_the_reason_is_told() -> None:
    async with stage() as s:
        s.meets()
        for code, trouble in ((45009, Trouble.RATE_DAY), (40125, Trouble.CONFIG), (40013, Trouble.CONFIG),
                              (40164, Trouble.CONFIG), (40001, Trouble.CONFIG), (-1, Trouble.BUSY)):  # fmt: skip
            s.fake.script(STABLE_TOKEN, code)
            assert await s.trouble() == (trouble, code)
        assert not s.fake.calls(CUSTOM_SEND)


async def test_d07_a_hung_token_endpoint_holds_nobody_longer_than_the_timeout() -> None:
    async with stage(patience=0.2) as s:
        s.meets()
        s.fake.script(STABLE_TOKEN, Scripted(hang=0.6))
        async with asyncio.timeout(0.5):
            assert await s.trouble() == (Trouble.BUSY, None)
        await s.api.send_text(WANG, "您好")


async def test_a_sender_that_gives_up_does_not_take_the_token_from_the_others() -> None:
    async with stage() as s:
        s.meets()
        s.fake.script(STABLE_TOKEN, Scripted(hang=0.15, deliver=True))
        first = asyncio.create_task(s.api.token())
        await asyncio.sleep(0.05)
        second = asyncio.create_task(s.api.token())
        await asyncio.sleep(0)
        first.cancel()
        assert await second
        assert len(s.fake.calls(STABLE_TOKEN)) == 1


async def test_d05_two_servers_share_the_stable_token_without_a_lock() -> None:
    async with stage() as s:
        s.meets()
        other = OfficialApi(AES, s.session, s.base, clock=s.clock.seconds)
        assert await s.api.token() == await other.token()
        for _ in range(40):
            s.clock.turn(minutes=20)
            s.meets()
            await asyncio.gather(s.api.send_text(WANG, "您好"), other.send_text(WANG, "您好"))
        assert len(s.fake.phones.phone(WANG).texts) == 80


async def test_a_token_answer_without_a_token_is_no_token() -> None:
    async with stage() as s:
        s.meets()
        for raw in (b"{}", b'{"access_token":""}', b'{"access_token":"x"}', b'{"access_token":7,"expires_in":7200}'):
            s.fake.script(STABLE_TOKEN, Scripted(raw=raw))
            assert await s.trouble() == (Trouble.BUSY, None)


async def test_neither_token_nor_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with stage(patience=0.2) as s:
        s.meets()
        token = await s.api.token()
        s.fake.script(CUSTOM_SEND, 40001, Scripted(drop=True), Scripted(hang=0.4))
        for _ in range(2):
            assert (await s.trouble())[0] is Trouble.UNKNOWN_OUTCOME
        shown = caplog.text + repr(s.api) + repr(vars(s.api))
        assert AES.secret not in shown
        assert token not in shown


async def test_a_file_that_comes_slowly_comes_and_one_that_stops_coming_is_given_up() -> None:
    """Ten megabytes over a village's line took longer than any call may, and were asked for again for three days."""

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "image/jpeg"})
        await response.prepare(request)
        for _ in range(8):
            await response.write(b"\xff\xd8\xff" * 100)
            await asyncio.sleep(0.1)
        if request.query["media_id"] == "stops":
            await asyncio.sleep(2)
        return response

    async with stage(patience=0.4) as s:
        app = web.Application()
        app.router.add_get(MEDIA_GET, drip)
        app.router.add_post(STABLE_TOKEN, _token)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            base = f"http://127.0.0.1:{runner.addresses[0][1]}"
            limits = aiohttp.ClientTimeout(total=0.4, sock_connect=0.4)
            api = OfficialApi(AES, s.session, base, clock=s.clock.seconds, timeout=limits)
            assert len((await api.download("slow")).content) == 2400
            with pytest.raises(ApiFailed) as failed:
                await api.download("stops")
            assert failed.value.trouble is Trouble.UNKNOWN_OUTCOME
        finally:
            await runner.cleanup()


async def test_a_picture_may_go_up_slowly() -> None:
    """Two megabytes over a village's line take longer than any call may."""
    taken = 0

    async def sip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal taken
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b"/media/upload" not in head:
            answer = b'{"access_token": "TTTTTTTT", "expires_in": 7200}'
        else:
            left = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
            while left:
                left -= (size := len(await reader.read(1 << 20)))
                taken += size
                await asyncio.sleep(0.01)
            answer = b'{"media_id": "m-1"}'
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(answer), answer))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(sip, "127.0.0.1", 0)
    async with server, stage(patience=0.4) as s:
        base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        limits = aiohttp.ClientTimeout(total=0.4, sock_connect=0.4)
        api = OfficialApi(AES, s.session, base, clock=s.clock.seconds, timeout=limits)
        assert await api.upload("image", "a.jpg", "image/jpeg", bytes(12_000_000)) == "m-1"
    assert taken > 12_000_000


async def _token(_request: web.Request) -> web.Response:
    return web.json_response({"access_token": "T" * 32, "expires_in": 7200})
