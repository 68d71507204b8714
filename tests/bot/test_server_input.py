"""Whatever the platform or anybody else sends: kindly answered, rightly silent, or refused; never a fault, never a 5xx."""

from __future__ import annotations

import asyncio
import gzip
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.emulator.push import Outcome, PlatformEmulator
from bot.emulator.wire import Push, element, envelope
from tests.bot.town import ACCOUNT, LAMP, WANG, Town, eventually
from tests.bot.toys import event, message, text

Do = Callable[[PlatformEmulator], Awaitable[Outcome]]
SPOKEN: dict[str, Do] = {
    "text": lambda e: e.say(WANG, LAMP),
    "a sticker": lambda e: e.say(WANG, "【收到不支持的消息类型，暂无法显示】"),
    "an emoji": lambda e: e.say(WANG, "😀"),
    "a question mark": lambda e: e.say(WANG, "？"),
    "nothing but spaces": lambda e: e.say(WANG, "   "),
    "empty text": lambda e: e.say(WANG, ""),
    "10,000 characters": lambda e: e.say(WANG, LAMP * 700),
    "the end of a CDATA": lambda e: e.say(WANG, f"{LAMP}]]></Content><ToUserName><![CDATA[o-victim]]></ToUserName>"),
    "image": lambda e: e.send_image(WANG),
    "voice that nobody recognised": lambda e: e.send_voice(WANG),
    "voice that was recognised": lambda e: e.send_voice(WANG, recognition=LAMP),
    "video": lambda e: e.send_video(WANG),
    "short video": lambda e: e.send_video(WANG, kind="shortvideo"),
    "location": lambda e: e.send_location(WANG, 30.5, 104.1, "九社桥头"),
    "location without words": lambda e: e.send_location(WANG, 30.5, 104.1),
    "link": lambda e: e.send_link(WANG, "看看这个", "http://127.0.0.1/"),
    "an unknown kind": lambda e: e.send_unknown(WANG),
    "follow": lambda e: e.follow("o-newcomer"),
    "follow by a household's code": lambda e: e.follow("o-newcomer", "hh.231"),
    "follow by a code we never made": lambda e: e.follow("o-newcomer", "什么？'; drop table people"),
    "scan": lambda e: e.scan(WANG, "hh.231"),
    "scan of a code we never made": lambda e: e.scan(WANG, "nothing"),
    "menu": lambda e: e.click(WANG, "report"),
    "a menu key we never made": lambda e: e.click(WANG, "nothing"),
}  # fmt: skip
SILENT: dict[str, Do] = {
    "unfollow": lambda e: e.unfollow(WANG),
    "he opened a link of the menu": lambda e: e.visit(WANG, "http://127.0.0.1/"),
    "his phone said where it is": lambda e: e.whereabouts(WANG, 30.5, 104.1),
    "a notice arrived": lambda e: e.receipt(WANG, "123"),
    "a notice was blocked": lambda e: e.receipt(WANG, "123", "failed:user block"),
    "a notice of an id that is none": lambda e: e.receipt(WANG, "zz", "failed: system failed"),
    "he allows notices": lambda e: e.allow(WANG, "template"),
    "he refuses notices": lambda e: e.allow(WANG, "template", "reject"),
    "he takes notices back": lambda e: e.send_event(
        WANG, "subscribe_msg_change_event",
        "<SubscribeMsgChangeEvent><List><TemplateId><![CDATA[t]]></TemplateId>"
        "<SubscribeStatusString><![CDATA[reject]]></SubscribeStatusString></List></SubscribeMsgChangeEvent>",
    ),
    "a subscribed notice was sent": lambda e: e.send_event(
        WANG, "subscribe_msg_sent_event",
        "<SubscribeMsgSentEvent><List><TemplateId><![CDATA[t]]></TemplateId><MsgID>1</MsgID><ErrorCode>0</ErrorCode>"
        "<ErrorStatus><![CDATA[success]]></ErrorStatus></List></SubscribeMsgSentEvent>",
    ),
}  # fmt: skip
EITHER = ("scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select",
          "view_miniprogram", "MASSSENDJOBFINISH", "user_info_modified", "an event of next year", "")  # fmt: skip


async def test_every_kind_a_person_makes_is_answered_kindly(town: Town) -> None:
    async with town.house():
        for name, do in SPOKEN.items():
            outcome = await do(town.platform.push)
            assert outcome.taken, name
            assert len(outcome.texts) == 1, name
            assert len(outcome.deliveries) == 1, name
            assert not any(word in outcome.texts[0] for word in ("Error", "Traceback", "None", "{", "]]>")), name
    assert town.faults == []
    assert set(town.states()) == {"done"}


async def test_every_event_nobody_made_is_taken_in_silence(town: Town) -> None:
    async with town.house():
        for name, do in SILENT.items():
            outcome = await do(town.platform.push)
            assert (name, outcome.taken, outcome.texts) == (name, True, ())
        for name in EITHER:
            assert (await town.platform.push.send_event(WANG, name, element("EventKey", "k"))).taken, name
    assert town.faults == []
    assert town.states()["new"] == 0


# Authentic, and nothing can be done with it.
UNUSABLE: dict[str, bytes] = {
    "no kind": message("").replace("<MsgType><![CDATA[text]]></MsgType>", "").encode(),
    "an empty kind": message("", type_="").encode(),
    "no sender": text(LAMP).replace("<FromUserName><![CDATA[o-laowang]]></FromUserName>", "").encode(),
    "another root": text(LAMP).replace("<xml>", "<html>").replace("</xml>", "</html>").encode(),
    "JSON": b'{"MsgType": "text", "Content": "x"}',
    "nothing": b"",
    "GBK": text(LAMP).encode("gbk"),
    "UTF-16": text(LAMP).encode("utf-16"),
    "half a surrogate pair": text("路灯\ud800").encode("utf-8", "surrogatepass"),
    "NUL": text("路灯\x00").encode(),
    "the text twice": message("<Content>一</Content><Content>二</Content>").encode(),
    "text inside text": message("<Content><b>路灯</b></Content>").encode(),
    "an entity": b'<!DOCTYPE x [<!ENTITY a "b">]>' + text("&a;").encode(),
    "a bomb": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + text("&b;").encode(),
    "a file": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + text("&a;").encode(),
    "deeply nested": b"<xml>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</xml>",
    "half of it": text(LAMP).encode()[:-20],
    "a message without its number": text(LAMP).replace("<MsgId>1234567890123456</MsgId>", "").encode(),
    "a number that is none": text(LAMP, message_id="zz").encode(),
    "a time that is none": text(LAMP).replace("1348831860", "yesterday").encode(),
    "an event without a name": event("").encode(),
}  # fmt: skip


async def test_what_is_authentic_but_unusable_is_acknowledged_and_kept_as_an_incident_or_used_all_the_same(
    town: Town,
) -> None:
    async with town.house():
        incidents = 0
        for name, xml in UNUSABLE.items():
            outcome = await town.platform.push.send_raw(WANG, xml, name)
            [delivery] = outcome.deliveries
            assert (name, delivery.status, outcome.taken) == (name, 200, True)
            incidents += delivery.answer == b"success"
        assert incidents >= len(UNUSABLE) - 6, "most of it cannot be used"
        await eventually(lambda: len(town.rows("incidents")) == incidents)
    assert town.faults == []
    assert all(LAMP not in str(row) and "路灯" not in str(row) for row in town.rows("incidents"))
    assert town.states()["new"] == town.states()["parked"] == 0


@asynccontextmanager
async def line_to(town: Town) -> AsyncIterator[Callable[[bytes], Awaitable[bytes]]]:
    """Ask the server with any bytes at all; what it says until it hangs up."""

    async def ask(request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", town.port_pushed)
        try:
            writer.write(request)
            await writer.drain()
            async with asyncio.timeout(8):
                return await reader.read(65_536)
        except (ConnectionError, TimeoutError):
            return b""
        finally:
            writer.close()

    yield ask


def post(target: bytes, body: bytes = b"", *headers: bytes, length: int | None = None) -> bytes:
    head = [b"POST " + target + b" HTTP/1.1", b"Host: x", b"Connection: close", *headers]
    if not any(b"chunked" in header for header in headers):
        head.append(b"Content-Length: %d" % (len(body) if length is None else length))
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def genuine(content: str = LAMP) -> tuple[str, bytes]:
    return envelope(ACCOUNT, Push(WANG, "1", text(content).encode()), datetime.now(UTC))


def _requests() -> dict[str, tuple[bytes, set[int]]]:
    query, body = genuine()
    asked = f"/wx/demo?{query}".encode()
    plain, long = text(LAMP).encode(), genuine("路" * 20_000)
    unsigned = b"/wx/demo?signature=a&timestamp=1&nonce=2"
    return {
        "an account that is not": (post(b"/wx/nobody?" + query.encode(), body), {403}),
        "no query": (post(b"/wx/demo", body), {403}),
        "a wrong signature": (post(asked.replace(b"msg_signature=", b"msg_signature=0"), body), {403}),
        "a plain body in AES mode": (post(asked, plain), {403}),
        "another body": (post(asked, genuine("别的话")[1]), {403}),
        "a body with another text in clear": (post(asked, body.replace(b"<xml>", b"<xml><Content>\xe6\x8a\x95</Content>", 1)), {403}),
        "a parameter twice": (post(asked + b"&nonce=1", body), {403}),
        "a timestamp beyond 32 bits": (post(b"/wx/demo?" + envelope(ACCOUNT, Push(WANG, "1", text("好", "99").encode()), datetime(2100, 1, 1, tzinfo=UTC))[0].encode(), b"x"), {403}),
        "1 MiB": (post(asked, b"x" * 2**20), {413}),
        "20,000 characters": (post(f"/wx/demo?{long[0]}".encode(), long[1]), {413}),
        "64 KiB and one": (post(asked, b"x" * (64 * 1024 + 1)), {413}),
        "1 MiB in chunks": (post(asked, b"100000\r\n" + b"x" * 2**20 + b"\r\n0\r\n\r\n", b"Transfer-Encoding: chunked"), {413}),
        "a length that is said only": (post(asked, b"", length=2**30), {413}),
        "nested XML, unsigned": (post(unsigned, b"<xml>" + b"<a>" * 16_000 + b"</xml>"), {403}),
        "a bomb, unsigned": (post(unsigned, UNUSABLE["a bomb"]), {403}),
        "a query that is long": (post(b"/wx/demo?a=" + b"x" * 5_000, body), {403, 400}),
        "a path that is not": (post(b"/wx/demo/more", body), {404}),
        "the root": (b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", {404}),
        "a GET without proof": (b"GET /wx/demo?echostr=<script> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", {403}),
        "another verb": (b"DELETE /wx/demo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", {405}),
        "bytes in the query": (post(b"/wx/demo?nonce=\xff\xfe&a=\xe8\xb7\xaf", body), {403, 400}),
        "bytes in the path": (post(b"/wx/\xff\xfe", body), {400, 403, 404}),
        "percent signs": (post(b"/wx/%ff%00%2e%2e?%ff=%00%zz", body), {400, 403, 404}),
        "dots": (post(b"/wx/../../etc/passwd", body), {403, 404}),
        "a body said to be gzip": (post(asked, b"not gzip", b"Content-Encoding: gzip"), {400, 403}),
        "a bomb of gzip": (post(asked, gzip.compress(b"x" * 2**24), b"Content-Encoding: gzip"), {400, 403, 413}),
        "an expectation": (post(asked, body, b"Expect: the unexpected"), {417, 200, 403}),
        "a chunk that is none": (post(asked, b"zz\r\n\r\n", b"Transfer-Encoding: chunked"), {400, 403}),
        "two lengths": (post(asked, body, b"Content-Length: 5"), {400}),
        "no HTTP at all": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", {400}),
        "a header of 64 KiB": (post(asked, body, b"X: " + b"y" * 2**16), {400, 431}),
    }  # fmt: skip


async def test_what_is_not_authentic_is_refused_plainly_and_leaves_nothing(lone_town: Town) -> None:
    async with lone_town.house(), line_to(lone_town) as ask:
        for name, (request, expected) in _requests().items():
            answer = await ask(request)
            status = int(answer[9:12] or 0)
            assert status in expected, (name, status, answer[:200])
            assert b"Traceback" not in answer, name
            assert status == 400 or b"demo" not in answer.partition(b"\r\n\r\n")[2], f"{name}: no detail"
        kept = [row for row in lone_town.rows("inbox") if row.channel == "oa"]
        assert [row.text for row in kept if row.text != LAMP] == []
        assert lone_town.rows("incidents") == []
        assert (await lone_town.say(WANG, "你好")).taken


@pytest.mark.wall_clock
@pytest.mark.parametrize(
    "name",
    [
        "a wrong signature",
        "1 MiB",
        "1 MiB in chunks",
        "nested XML, unsigned",
        "a bomb, unsigned",
        "a plain body in AES mode",
    ],
)
async def test_refusing_costs_less_than_five_milliseconds_of_cpu(lone_town: Town, name: str) -> None:
    from bench.grounds import cpu_of

    request, _ = _requests()[name]
    async with lone_town.process() as process, line_to(lone_town) as ask:
        for _ in range(5):
            await ask(request)
        before = cpu_of(process.pid)
        for _ in range(60):
            await ask(request)
        assert (cpu_of(process.pid) - before) / 60 < 0.005


async def test_hundreds_of_mutated_requests_cause_no_fault_and_no_second_effect(town: Town) -> None:
    """Bytes of a genuine request changed, cut, doubled and moved; the codec alone meets 10^5 of them elsewhere."""
    dice = random.Random(20261124)
    async with town.house(), line_to(town) as ask:
        query, body = genuine()
        assert (await town.platform.push.post(query, body)).status == 200
        statuses = []
        for _ in range(400):
            changed_query, changed_body = query.encode(), body
            if dice.random() < 0.5:
                changed_body = _mutated(dice, body)
            else:
                changed_query = _mutated(dice, changed_query).translate(None, b" \r\n\x00")
            answer = await ask(post(b"/wx/demo?" + changed_query, changed_body))
            statuses.append(int(answer[9:12] or 0))
    assert set(statuses) <= {200, 400, 403, 413}, "no input ever causes a 5xx"
    assert statuses.count(403) > 200
    assert town.matters() == [LAMP]


def _mutated(dice: random.Random, data: bytes) -> bytes:
    place, many = dice.randrange(len(data)), dice.randrange(1, 20)
    return dice.choice(
        (
            data[:place] + bytes([dice.randrange(256)]) + data[place + 1 :],
            data[:place],
            data[:place] + data[place + many :],
            data[:place] + data[place : place + many] * 2 + data[place + many :],
            data[:place] + dice.randbytes(many) + data[place:],
        )
    )


async def test_a_captured_request_played_again_says_the_same_and_does_nothing(town: Town) -> None:
    async with town.house():
        said = await town.say(WANG, LAMP)
        town.turn_clock(days=1)
        replayed = await town.platform.push.replay(said.deliveries[0])
    assert replayed.status == 200
    assert town.matters() == [LAMP]
    assert len(town.texts(WANG)) == 1


async def test_a_body_that_does_not_come_is_not_waited_for_longer_than_the_platform_would(lone_town: Town) -> None:
    async with lone_town.house(), line_to(lone_town) as ask:
        begun = asyncio.get_running_loop().time()
        answer = await ask(post(b"/wx/demo?" + genuine()[0].encode(), b"<xml>", length=500))
        assert asyncio.get_running_loop().time() - begun < 7
    assert answer[9:12] == b"408"
