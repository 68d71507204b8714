"""The fast path reads exactly what wechatpy reads, on generated messages full of what could tell the two apart."""

from __future__ import annotations

import random
import time

import pytest
from wechatpy.parser import parse_message

from bot.channels.official_fields import Unreadable, all_fields, decode, fast_event, fast_text
from bot.channels.official_incoming import Arrival, incoming, incoming_text
from domain.messages import Incoming, Trust
from storage.storable import storable
from tests.bot.toys import GH, NOW

ARRIVAL = Arrival("demo", NOW, Trust.SIGNED_BODY, former=False)
MESSAGES = 100_000

CONTENT = (
    "路灯坏了", "投1", " ", "\n", "\r\n", "\r", "\t", "]", "]]", "]>", "]]>", "<", ">", "&", "&amp;", "&#10;",
    "&lt;b&gt;", "<b>", "</Content>", "<![CDATA[", "]]><![CDATA[", "👨‍👩‍👧‍👦", "é", "\u3000", "\xa0", "\x85",
    "\u2028", "\ufeff", "\x00", "\x08", "\x0b", "\x1f", "\x7f", "\ufffd", "\ufffe", "\uffff", "\U0010ffff",
    "<!DOCTYPE x>", "7" * 50,
    "【收到不支持的消息类型，暂无法显示】",
)  # fmt: skip
BREAKS = ("", "", "\n", "\n", " ", "\n  ", "\t", "\r\n", "x", "\u3000", "<!-- c -->")
NAMES = ("o-laowang", "oMgHVjngRipVsoxg6TuX3vz6glDg", "o_x@y.z", " o-x ", "老王", "", "a" * 130, "o-\u200b")
NUMBERS = ("1348831860", "0", "4102444800", "99999999999999999999", " 5 ", "-1", "", "1e3", "１２３", "9" * 21)
EVENTS = ("subscribe", "unsubscribe", "SCAN", "CLICK", "VIEW", "view", "Subscribe", "LOCATION", "brand_new")
KEYS = (
    "",
    "progress",
    "qrscene_hh.1.a",
    "qrscene_",
    " spaced ",
    "a]b",
    "a]]b",
    "http://127.0.0.1/?a=1&b=2",
    "键",
    "scanbarcode|a|b",
    "\t",
)


def cdata(rng: random.Random, value: str) -> str:
    return usually(rng, f"<![CDATA[{value}]]>", value, f"<![CDATA[{value}]]><![CDATA[x]]>")


def usually(rng: random.Random, common: str, *rare: str) -> str:
    return common if rng.random() < 0.97 else rng.choice(rare)


def generated(rng: random.Random) -> str:
    """A push that is mostly in the platform's form and now and then is not."""
    person, to = usually(rng, "o-laowang", *NAMES), usually(rng, GH, *NAMES)
    parts = [
        f"<ToUserName>{cdata(rng, to)}</ToUserName>",
        f"<FromUserName>{cdata(rng, person)}</FromUserName>",
        f"<CreateTime>{usually(rng, '1348831860', *NUMBERS)}</CreateTime>",
    ]
    if rng.random() < 0.5:
        content = "".join(rng.choices(CONTENT, k=rng.randint(0, 5)))
        parts += [f"<MsgType>{cdata(rng, 'text')}</MsgType>", f"<Content>{cdata(rng, content)}</Content>"]
        parts.append(f"<MsgId>{usually(rng, str(rng.randint(1, 2**63)), *NUMBERS)}</MsgId>")
    else:
        parts += [f"<MsgType>{cdata(rng, 'event')}</MsgType>", f"<Event>{cdata(rng, rng.choice(EVENTS))}</Event>"]
        if rng.random() < 0.8:
            parts.append(f"<EventKey>{cdata(rng, rng.choice(KEYS))}</EventKey>")
        if rng.random() < 0.3:
            parts.append(f"<Ticket>{cdata(rng, rng.choice(KEYS))}</Ticket>")
    if rng.random() < 0.05:
        parts.insert(
            rng.randrange(len(parts)), rng.choice(("<Extra>1</Extra>", parts[-1], "<bizmsgmenuid>1</bizmsgmenuid>"))
        )
    if rng.random() < 0.03:
        rng.shuffle(parts)
    gap = usually(rng, "\n", *BREAKS)
    return "<xml>" + gap.join(("", *parts, "")) + "</xml>" + usually(rng, "", "\n", " ", "x")


def slowly(xml: str) -> Incoming | None:
    try:
        return incoming(ARRIVAL, all_fields(xml))
    except Unreadable:
        return None


def quickly(body: bytes, xml: str) -> tuple[bool, Incoming | None]:
    """(whether the fast path took it, what it read)."""
    quick = fast_text(body, xml)
    fields = None if quick else fast_event(xml)
    if quick is None and fields is None:
        return False, None
    try:
        return True, incoming_text(ARRIVAL, *quick) if quick else incoming(ARRIVAL, fields or {})
    except Unreadable:
        return True, None


@pytest.mark.parametrize("seed", [1, 2])
def test_the_fast_path_reads_what_wechatpy_reads(seed: int) -> None:
    rng = random.Random(seed)
    taken = 0
    for _ in range(MESSAGES // 2):
        body = generated(rng).encode()
        xml = decode(body)
        fast, read = quickly(body, xml)
        if fast:
            taken += 1
            assert read == slowly(xml), body
            assert read is None or storable(read) is read, "the line takes it as it is"
    # Many of the generated pushes carry something odd; the fast path must still have been tried in earnest.
    assert taken > MESSAGES // 2 * 0.25


def test_the_fast_path_says_what_wechatpy_s_own_attributes_say() -> None:
    rng = random.Random(3)
    compared = 0
    for _ in range(4000):
        body = generated(rng).encode()
        fast, read = quickly(body, decode(body))
        if not fast or read is None:
            continue
        theirs = parse_message(body)
        assert (read.actor.native_id, read.to) == (theirs.source, theirs.target)
        if theirs.type == "text":
            assert read.text == ("" if read.data else theirs.content or "")
            assert read.event_id.split(":")[2] == theirs._data["MsgId"]
        else:
            assert read.data.get("key", "") == (theirs._data.get("EventKey") or "")
        compared += 1
    assert compared > 800


def test_the_commonest_pushes_take_the_fast_path() -> None:
    from tests.bot.toys import PAYLOADS

    for name in ("text", "subscribe", "subscribe_bare", "subscribe_scene", "unsubscribe", "scan", "click", "view"):
        assert quickly(PAYLOADS[name], PAYLOADS[name].decode())[0], name
    for name in ("image", "text_menu_answer", "view_menu_id", "notice_popup"):
        assert not quickly(PAYLOADS[name], PAYLOADS[name].decode())[0], name


@pytest.mark.parametrize(
    "content",
    ["]a" * 30_000, "]" * 60_000, "<![CDATA[" * 6_000, "]]>" * 20_000, "<" * 60_000, "a" * 60_000, "\r" * 60_000],
    ids=["brackets", "brackets only", "openings", "closings", "angles", "letters", "returns"],
)
def test_no_content_makes_reading_slow(content: str) -> None:
    xml = (
        f"<xml><ToUserName><![CDATA[{GH}]]></ToUserName><FromUserName><![CDATA[o-laowang]]></FromUserName>"
        f"<CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{content}]]></Content><MsgId>1</MsgId></xml>"
    )
    body = xml.encode()
    best = 1.0
    for _ in range(5):
        started = time.process_time()
        fast_text(body, xml)
        fast_event(xml)
        slowly(xml)
        best = min(best, time.process_time() - started)
    assert best < 0.02
