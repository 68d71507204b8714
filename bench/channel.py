"""CPU per step of the official account's codec, beside wechatpy doing the same in the same run.

`python -m bench.channel [repetitions]`. Each figure is the least of several batches, in microseconds of this process's
CPU; the two columns are measured alternately, so that a busy machine burdens both.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree import ElementTree

from wechatpy.crypto import WeChatCrypto
from wechatpy.parser import parse_message
from wechatpy.replies import TextReply
from wechatpy.utils import check_signature

from bot.channels import official
from bot.channels.official_account import account_from
from bot.channels.official_crypto import encrypted_part, seal, sign, signed, unseal
from bot.channels.official_fields import all_fields, decode, fast_event, fast_text
from bot.emulator.wire import Push, element, envelope, message_xml
from domain.messages import Incoming

Step = Callable[[], object]

BATCH = 2000
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ACCOUNT = account_from({
    "name": "demo", "appid": "wxdemo000000000001", "secret": "bench", "token": "youshi-demo-token",
    "aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
})  # fmt: skip
SAID = "路灯坏了好几天了，黑灯瞎火的"
SCAN = element("Event", "SCAN") + "\n" + element("EventKey", "hh.1.a")
PICTURE = element("PicUrl", "http://a/b") + element("MediaId", "m-1")
ANSWER = "您反映的事情已经记下，编号 XH-261124-007，由网格员小陈（138 0000 0000）负责，11 月 26 日前给您回话。"


def wire(type_: str, inner: str, message_id: str = "7441234567890123456") -> tuple[str, bytes, bytes]:
    """(query, body, the XML inside) of one push."""
    xml = message_xml(ACCOUNT, "oMgHVjngRipVsoxg6TuX3vz6glDg", NOW, type_, inner, message_id)
    query, body = envelope(ACCOUNT, Push("oMgHVjngRipVsoxg6TuX3vz6glDg", message_id, xml), NOW, "437374425")
    return query, body, xml


def cost(step: Step) -> float:
    started = time.process_time()
    for _ in range(BATCH):
        step()
    return (time.process_time() - started) / BATCH * 1e6


Steps = dict[str, tuple[Step, Step | None]]
"""name → (ours, wechatpy's)."""

CRYPTO = WeChatCrypto(ACCOUNT.token, ACCOUNT.aes_key, ACCOUNT.appid)


def signed_parts(query: str) -> tuple[str, str, str]:
    """(timestamp, nonce, signature of the envelope) of a push's query."""
    fields = dict(pair.split("=", 1) for pair in query.split("&"))
    return fields["timestamp"], fields["nonce"], fields["msg_signature"]


def their_read(query: str, body: bytes) -> object:
    stamp, nonce, signature = signed_parts(query)
    message = parse_message(CRYPTO.decrypt_message(body, signature, stamp, nonce))
    said = getattr(message, "content", "")
    return message.source, message.target, message.id, message.type, message.create_time, said


def their_reply(incoming: Incoming, stamp: str, nonce: str) -> str:
    reply = TextReply(content=ANSWER)
    reply.source, reply.target = incoming.to, incoming.actor.native_id
    rendered: str = CRYPTO.encrypt_message(reply.render(), nonce, stamp)
    return rendered


def refused(query: str, body: bytes) -> None:
    try:
        official.read(ACCOUNT, query, body, NOW)
    except official.NotAuthentic:
        return
    raise AssertionError("a forged push was read")


def envelope_steps() -> Steps:
    query, body, xml = wire("text", element("Content", SAID))
    stamp, nonce, signature = signed_parts(query)
    keys, encrypted, text = ACCOUNT.keyring[0], encrypted_part(body), decode(xml)
    plain_signature = sign(keys.token, stamp.encode(), nonce.encode())
    return {
        "signature of a query": (
            lambda: signed(plain_signature, keys.token, stamp.encode(), nonce.encode()),
            lambda: check_signature(ACCOUNT.token, plain_signature, stamp, nonce),
        ),
        "open an envelope": (
            lambda: unseal(keys, encrypted_part(body)) and signed(signature, keys.token, encrypted),
            lambda: CRYPTO.decrypt_message(body, signature, stamp, nonce),
        ),
        "seal a reply": (lambda: seal(keys, xml), lambda: CRYPTO.encrypt_message(text, nonce, stamp)),
    }


def parsing_steps() -> Steps:
    xml = wire("text", element("Content", SAID))[2]
    text, event = decode(xml), decode(wire("event", SCAN, "")[2])
    image = wire("image", PICTURE)[2]
    return {
        "parse a text": (lambda: fast_text(xml, text), lambda: parse_message(text)),
        "parse a scan": (lambda: fast_event(event), lambda: parse_message(event)),
        "parse a picture (by wechatpy, guarded)": (lambda: all_fields(image.decode()), lambda: parse_message(image)),
        "parse a text (ElementTree)": (lambda: {e.tag: e.text for e in ElementTree.fromstring(text)}, None),
    }


def whole_steps() -> Steps:
    query, body, _ = wire("text", element("Content", SAID))
    stamp, nonce, signature = signed_parts(query)
    forged = query.replace(signature, "0" * 40)
    incoming = official.read(ACCOUNT, query, body, NOW)
    assert isinstance(incoming, Incoming)

    def read() -> object:
        return official.read(ACCOUNT, query, body, NOW)

    def reply() -> object:
        return official.render_reply(ACCOUNT, incoming, ANSWER, NOW, nonce)

    def reading(type_: str, inner: str, message_id: str = "7441234567890123456") -> tuple[Step, Step]:
        query, body, _ = wire(type_, inner, message_id)
        return lambda: official.read(ACCOUNT, query, body, NOW), lambda: their_read(query, body)

    return {
        "read a text": (read, lambda: their_read(query, body)),
        "read a scan": reading("event", SCAN, ""),
        "read a picture": reading("image", PICTURE),
        "refuse a forged text": (lambda: refused(forged, body), None),
        "reply to a text": (reply, lambda: their_reply(incoming, stamp, nonce)),
        "read and reply, a text": (
            lambda: (read(), reply()),
            lambda: (their_read(query, body), their_reply(incoming, stamp, nonce)),
        ),
    }


def main(args: list[str]) -> None:
    """Print µs of CPU per step."""
    repetitions = int(args[0]) if args else 9
    print(f"{'step, µs of CPU':42}{'ours':>8}{'wechatpy':>10}{'ratio':>8}")
    for name, (ours, theirs) in (envelope_steps() | parsing_steps() | whole_steps()).items():
        mine, others = [], []
        for _ in range(repetitions):
            mine.append(cost(ours))
            if theirs is not None:
                others.append(cost(theirs))
        least = min(mine)
        beside = f"{min(others):10.1f}{min(others) / least:7.1f}x" if others else ""
        print(f"{name:42}{least:8.1f}{beside}")


if __name__ == "__main__":
    main(sys.argv[1:])
