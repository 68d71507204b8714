"""Bad input: nothing but Incoming, Unusable, NotAuthentic and TooLarge ever comes out, and refusing is cheap."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import official
from bot.channels.official import NotAuthentic, TooLarge, Unusable
from bot.channels.official_account import OfficialAccount
from bot.channels.official_crypto import encrypted_part
from domain.messages import Incoming
from storage.storable import storable
from tests.bot.toys import AES, NOW, PAYLOADS, PLAIN, event, heard, message, read, sealed, text

REQUESTS = 100_000
CPU = 0.005  # seconds


def unusable(xml: bytes | str, of: OfficialAccount = AES) -> str:
    """The reason of the incident."""
    got = read(xml, of)
    assert isinstance(got, Unusable), got
    assert (got.incident.channel, got.incident.account, got.incident.at) == ("oa", "demo", NOW)
    assert len(got.incident.digest) == 16
    return got.incident.reason


# --- what is not authentic


def test_d15_a_plain_body_is_refused_in_aes_mode() -> None:
    query, body = sealed(text("投1"), PLAIN)
    with pytest.raises(NotAuthentic):
        official.read(AES, query, body, NOW)
    with pytest.raises(NotAuthentic):
        official.read(AES, query + f"&msg_signature={'0' * 40}", body, NOW)


@pytest.mark.parametrize("field", ["timestamp", "nonce", "msg_signature"])
def test_a_push_without_any_of_its_fields_is_refused(field: str) -> None:
    query, body = sealed(text("投1"))
    left = "&".join(pair for pair in query.split("&") if not pair.startswith(f"{field}="))
    with pytest.raises(NotAuthentic):
        official.read(AES, left, body, NOW)


@pytest.mark.parametrize("value", ["", "x" * 65, "路灯", "%E8%B7%AF", "%00", "%ff"])
@pytest.mark.parametrize("field", ["timestamp", "nonce", "msg_signature", "signature"])
def test_odd_query_values_are_refused(field: str, value: str) -> None:
    for of in (AES, PLAIN):
        query, body = sealed(text("投1"), of)
        pairs = [f"{field}={value}" if pair.startswith(f"{field}=") else pair for pair in query.split("&")]
        if field == ("signature" if of is AES else "msg_signature"):
            continue  # not what this mode goes by
        with pytest.raises(NotAuthentic):
            official.read(of, "&".join(pairs), body, NOW)


def test_a_parameter_given_twice_is_refused() -> None:
    query, body = sealed(text("投1"))
    with pytest.raises(NotAuthentic):
        official.read(AES, query + "&nonce=1", body, NOW)


@pytest.mark.parametrize("query", ["", "&", "=", "&&&&", "nonce", "?" * 3000, "%", "\udc80=1"])
def test_a_nonsense_query_is_refused(query: str) -> None:
    for of in (AES, PLAIN):
        with pytest.raises(NotAuthentic):
            official.read(of, query, sealed(text("投1"), of)[1], NOW)
        with pytest.raises(NotAuthentic):
            official.verify_url(of, query)


def test_d14_a_body_over_the_cap_is_too_large_whatever_else_it_is() -> None:
    for of in (AES, PLAIN):
        query, body = sealed(text("投1"), of)
        assert isinstance(official.read(of, query, body + b" " * (official.MAX_BODY - len(body)), NOW), Incoming)
        with pytest.raises(TooLarge):
            official.read(of, query, body + b" " * (official.MAX_BODY + 1 - len(body)), NOW)
        with pytest.raises(TooLarge):
            official.read(of, "", b"x" * 2**20, NOW)


def compatible(clear: str, inner: str) -> tuple[str, bytes]:
    """A push of the platform's compatible mode: the message in clear, and sealed."""
    query, body = sealed(inner)
    encrypt = b"<Encrypt><![CDATA[" + encrypted_part(body) + b"]]></Encrypt>"
    return query, clear.encode().replace(b"</xml>", encrypt + b"</xml>")


def test_of_a_compatible_body_only_the_sealed_part_is_read() -> None:
    query, body = compatible(text("投1"), text("投1"))
    got = official.read(AES, query, body, NOW)
    assert isinstance(got, Incoming)
    assert got.text == "投1"


@pytest.mark.parametrize(
    "change", [("投1", "投2"), ("o-laowang", "o-other"), ("1348831860", "1"), ("<MsgType>", "<MsgType> x")]
)
def test_d15_a_compatible_body_whose_clear_part_differs_is_refused(change: tuple[str, str]) -> None:
    query, body = compatible(text("投1").replace(*change), text("投1"))
    with pytest.raises(NotAuthentic):
        official.read(AES, query, body, NOW)


def test_d13_a_declaration_is_refused_in_plain_mode_and_recorded_in_aes_mode() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + text("好").replace("<![CDATA[好]]>", "&b;")
    with pytest.raises(NotAuthentic):
        read(bomb, PLAIN)
    assert "DOCTYPE" in unusable(bomb)
    outside = '<!DOCTYPE x SYSTEM "file:///etc/passwd">' + text("好")
    with pytest.raises(NotAuthentic):
        read(outside, PLAIN)
    assert "DOCTYPE" in unusable(outside)


def test_a_person_may_write_the_word_doctype() -> None:
    for words in ("<!DOCTYPE html>", "<!-- -->", "<?xml?>", "<b>&amp;</b>"):
        assert heard(text(words)).text == words
        assert heard(text(words).replace("</xml>", "<bizmsgmenuid>1</bizmsgmenuid></xml>"), PLAIN).text == words


# --- what is authentic and of no use

BROKEN = {
    "empty": "",
    "no XML": "hello",
    "JSON": '{"a": 1}',
    "no message": "<xml></xml>",
    "another root": text("好").replace("xml>", "msg>"),
    "no sender": text("好").replace("FromUserName", "Sender"),
    "empty sender": text("好").replace("o-laowang", ""),
    "long sender": text("好").replace("o-laowang", "o" * 129),
    "no receiver": text("好").replace("ToUserName", "Receiver"),
    "no time": text("好").replace("CreateTime", "Time"),
    "time in words": text("好").replace("1348831860", "now"),
    "time below nothing": text("好").replace("1348831860", "-5"),
    "endless time": text("好").replace("1348831860", "9" * 5000),
    "no kind": text("好").replace("MsgType", "Type"),
    "empty kind": message("", type_=""),
    "id in words": text("好").replace("1234567890123456", "zz"),
    "content twice": text("好").replace("<Content>", "<Content>坏</Content><Content>"),
    "content nested": text("好").replace("<![CDATA[好]]>", "<b>好</b>"),
    "content with attribute": text("好").replace("<Content>", '<Content lang="zh">'),
    "sender twice": text("好").replace("<FromUserName>", "<FromUserName>o-other</FromUserName><FromUserName>"),
    "kind twice": text("好").replace("<MsgType>", "<MsgType>image</MsgType><MsgType>"),
    "event without name": event("").replace("<Event><![CDATA[]]></Event>", ""),
    "event twice": event("CLICK", "<Event>SCAN</Event>"),
    "key nested": event("CLICK", "<EventKey><a>1</a></EventKey>"),
    "scan info flat": event("scancode_push", "<ScanCodeInfo>1</ScanCodeInfo>"),
    "grants flat": event("subscribe_msg_popup_event", "<SubscribeMsgPopupEvent>1</SubscribeMsgPopupEvent>"),
    "grant list of words": event(
        "subscribe_msg_popup_event", "<SubscribeMsgPopupEvent><List>a</List><List>b</List></SubscribeMsgPopupEvent>"
    ),
    "place in words": message("<Location_X>here</Location_X><Location_Y>there</Location_Y>", "location"),
    "place off the earth": message("<Location_X>91</Location_X><Location_Y>1e400</Location_Y>", "location"),
    "place not a number": event("LOCATION", "<Latitude>nan</Latitude><Longitude>1</Longitude>"),
    "no place": message("", "location"),
    "unclosed CDATA": text("好").replace("]]></Content>", "</Content>"),
    "unclosed tag": text("好").replace("</Content>", ""),
    "two documents": text("好") * 2,
    "unknown entity": text("好").replace("<![CDATA[好]]>", "&nbsp;"),
    "nested deep": message("<a>" * 5000 + "</a>" * 5000),
    "many elements": message("<a/>" * 12_000),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("of", [AES, PLAIN], ids=["aes", "plain"])
def test_what_cannot_be_used_is_an_incident_without_the_person_s_words(of: OfficialAccount, name: str) -> None:
    if name == "unclosed CDATA" and of is PLAIN:
        with pytest.raises(NotAuthentic):
            read(BROKEN[name], of)
        return
    reason = unusable(BROKEN[name], of)
    assert reason
    assert "好" not in reason
    assert "o-laowang" not in reason


def test_an_unknown_element_more_does_no_harm() -> None:
    nested = "<a>" * 150 + "</a>" * 150
    assert heard(text("好").replace("</xml>", f"{nested}</xml>")).text == "好"


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-32"])
def test_a_body_in_another_encoding_is_an_incident(encoding: str) -> None:
    assert unusable(text("路灯坏了").encode(encoding)) == "not UTF-8"


def test_a_plain_account_that_receives_sealed_bodies_says_what_to_mend() -> None:
    _, body = sealed(text("好"))
    assert 'set its mode to "aes"' in unusable(body, PLAIN)


# --- what is odd and still a person's message


@pytest.mark.parametrize("of", [AES, PLAIN], ids=["aes", "plain"])
def test_odd_texts_arrive(of: OfficialAccount) -> None:
    for said, expected in {
        "路灯" * 5000 if of is PLAIN else "灯" * 10_000: None,
        "a" * 20_000: None,
        "坏\x00了\x08\x1f": "坏了",
        "坏\ufffe了\uffff": "坏了",
        "👨‍👩‍👧‍👦 é 🇨🇳": None,
        "]]": None,
        "a]": None,
        "  好  ": "好",
        "": "",
        "好\r\n吗\r啊": "好\n吗\n啊",
        "坏\ud83d\ude00了": "坏😀了",
        "坏\ud83d了": "坏了",
        "\ufeff好": None,
    }.items():
        xml = text(said).encode("utf-8", "surrogatepass")
        assert heard(xml, of).text == (said if expected is None else expected)


def test_twenty_thousand_characters_are_too_large_once_sealed() -> None:
    # 60,000 bytes become 80,000 in base64, which is over the cap; no phone sends so much.
    with pytest.raises(TooLarge):
        read(text("灯" * 20_000))
    assert len(heard(text("灯" * 20_000), PLAIN).text) == 20_000


def test_a_closing_mark_inside_a_text_is_read_as_the_platform_splits_it() -> None:
    assert heard(text("a]]]]><![CDATA[>b")).text == "a]]>b"


def test_a_byte_order_mark_before_the_document_does_no_harm() -> None:
    assert heard(b"\xef\xbb\xbf" + text("好").encode()).text == "好"
    assert heard('<?xml version="1.0" encoding="gbk"?>' + text("好")).text == "好"


# --- a hundred thousand mutated requests

FRAGMENTS = [
    b"]]>", b"<![CDATA[", b"<!DOCTYPE a>", b"&a;", b"&#0;", b"<a>", b"</a>", b"<xml>", b"</xml>", b"\x00", b"\xff\xfe",
    b"\xed\xa0\x80", "路灯".encode("gbk"), b"<MsgType>event</MsgType>", b"<Event>SCAN</Event>", b"<MsgId>zz</MsgId>",
    b"<Content><b/></Content>", b"<List/>", b"-", b"9" * 30, b"\r\n", b" ", b"<Encrypt>", b"</Encrypt>",
    "👍".encode(), b"%", b"&", b"=",
]  # fmt: skip


def mutated(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        at = rng.randrange(len(changed) + 1)
        match rng.randrange(5):
            case 0 if at < len(changed):
                changed[at] ^= 1 << rng.randrange(8)
            case 1:
                changed[at:at] = rng.choice(FRAGMENTS)
            case 2:
                del changed[at : at + rng.choice((1, 2, 10, 60))]
            case 3:
                changed[at:at] = changed[at : at + rng.choice((1, 10, 80))]
            case _:
                changed = changed[:at] if rng.random() < 0.1 else changed
    return bytes(changed)


def mutated_request(rng: random.Random, of: OfficialAccount) -> tuple[str, bytes]:
    """Half of the requests are changed inside a genuine envelope, the others on the wire."""
    payload = rng.choice(list(PAYLOADS.values()))
    inside, query_too = rng.random() < 0.5, rng.random() < 0.3
    query, body = sealed(mutated(rng, payload) if inside else payload, of)
    if not inside:
        body = mutated(rng, body)
        if query_too:
            query = mutated(rng, query.encode()).decode("latin-1")
    return query, body


@pytest.mark.parametrize("of", [AES, PLAIN], ids=["aes", "plain"])
def test_mutated_requests_never_raise_anything_else(of: OfficialAccount) -> None:
    rng = random.Random(20261124)
    seen: Counter[str] = Counter()
    for _ in range(REQUESTS // 2):
        query, body = mutated_request(rng, of)
        try:
            got = official.read(of, query, body, NOW)
        except (NotAuthentic, TooLarge) as refused:
            seen[type(refused).__name__] += 1
            continue
        seen[type(got).__name__] += 1
        if isinstance(got, Incoming):
            assert storable(got) is got, "the line takes it as it is"
            reply = official.render_reply(of, got, got.text or "收到", NOW, "nonce")
            assert reply == official.ACK or b"<xml>" in reply
    assert seen.total() == REQUESTS // 2
    assert min(seen["NotAuthentic"], seen["Incoming"], seen["Unusable"]) > REQUESTS // 40, seen


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=400), st.binary(max_size=60), st.booleans())
def test_any_bytes_at_all_never_raise_anything_else(body: bytes, query: bytes, genuine: bool) -> None:
    for of in (AES, PLAIN):
        asked, told = sealed(body, of) if genuine else (query.decode("latin-1"), body)
        with suppress(NotAuthentic, TooLarge):
            assert isinstance(official.read(of, asked, told, NOW), (Incoming, Unusable))
        with suppress(NotAuthentic):
            official.verify_url(of, asked)


def test_a_changed_body_under_a_genuine_signature_never_gets_through_sealed() -> None:
    # On the wire only what lies outside the sealed part may change without being noticed, and it is never read.
    rng = random.Random(5)
    query, body = sealed(text("投1"))
    genuine = official.read(AES, query, body, NOW)
    for _ in range(5000):
        try:
            assert official.read(AES, query, mutated(rng, body), NOW) == genuine
        except NotAuthentic:
            continue


# --- the price of refusing


def cost(call: Callable[[], object]) -> float:
    """CPU seconds, the least of several runs."""
    best = 1.0
    for _ in range(7):
        started = time.process_time()
        with suppress(NotAuthentic, TooLarge):
            assert isinstance(call(), Unusable)
        best = min(best, time.process_time() - started)
    return best


def hostile_bodies() -> dict[str, bytes]:
    near = official.MAX_BODY - 400
    return {
        "1 MiB": b"<a>" * 350_000,
        "nested": b"<xml>" + b"<a>" * (near // 3),
        "many Encrypt": b"<Encrypt>" * (near // 9),
        "long Encrypt": b"<Encrypt>" + b"A" * near + b"</Encrypt>",
        "entity bomb": b"<!DOCTYPE lolz [" + b'<!ENTITY a "&a;&a;&a;&a;">' * (near // 27) + b"]><xml>&a;</xml>",
        "blanks": b"<Encrypt>" + b" " * near + b"</Encrypt>",
        "attributes": b"<xml><a " + b" ".join(b'a%d="1"' % n for n in range(near // 11)) + b"/></xml>",
        "instructions": b"<xml>" + b"<?a?>" * (near // 5) + b"</xml>",
        "references": b"<xml>" + b"&#65;" * (near // 5) + b"</xml>",
        "nothing": b"",
    }


@pytest.mark.parametrize("name", hostile_bodies())
def test_d14_refusing_a_forged_request_costs_next_to_nothing(name: str) -> None:
    body = hostile_bodies()[name]
    forged = f"signature={'0' * 40}&timestamp=1&nonce=2&encrypt_type=aes&msg_signature={'0' * 40}"
    for of in (AES, PLAIN):
        assert cost(lambda of=of: official.read(of, forged, body, NOW)) < CPU  # type: ignore[misc]


@pytest.mark.parametrize("name", hostile_bodies())
def test_d14_even_with_a_captured_signature_a_hostile_body_is_cheap(name: str) -> None:
    # In plain mode a captured URL signs any body, so parsing itself must be bounded.
    query, _ = sealed(b"", PLAIN)
    body = hostile_bodies()[name]
    assert cost(lambda: official.read(PLAIN, query, body, NOW)) < CPU


def test_a_bad_signature_costs_less_than_reading() -> None:
    query, body = sealed(text("路灯坏了"))
    forged = query.replace("msg_signature=", "msg_signature=0")[:-1]
    assert cost(lambda: official.read(AES, forged, body, NOW)) < CPU / 10


def test_a_reply_to_a_forged_sender_cannot_forge_the_reply() -> None:
    # wechatpy's renderer lets such a name close its CDATA section and name another receiver.
    evil = "o]]]]><![CDATA[></ToUserName><ToUserName><![CDATA[oVICTIM"
    got = heard(text("好").replace("<FromUserName><![CDATA[o-laowang", f"<FromUserName><![CDATA[{evil}"), PLAIN)
    reply = ElementTree.fromstring(official.render_reply(PLAIN, got, "收到", NOW, "n"))
    assert [e.text for e in reply.findall("ToUserName")] == [got.actor.native_id]
    assert got.actor.native_id.endswith("oVICTIM")


def test_d16_a_replay_reads_the_same_event_again() -> None:
    query, body = sealed(text("投1"))
    first, second = (official.read(AES, query, body, NOW) for _ in range(2))
    assert isinstance(first, Incoming)
    assert isinstance(second, Incoming)
    assert first.event_id == second.event_id == "m:o-laowang:1234567890123456"
    assert first == second
