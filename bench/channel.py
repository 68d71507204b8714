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


def steps() -> dict[str, tuple[Step, Step | None]]:
    """name → (ours, wechatpy's)."""
    query, body, xml = wire("text", element("Content", SAID))
    event_query, event_body, event_xml = wire(
        "event", element("Event", "SCAN") + "\n" + element("EventKey", "hh.1.a"), ""
    )
    image_query, image_body, image_xml = wire("image", element("PicUrl", "http://a/b") + element("MediaId", "m-1"))
    fields = dict(pair.split("=", 1) for pair in query.split("&"))
    stamp, nonce, signature = fields["timestamp"], fields["nonce"], fields["msg_signature"]
    keys, crypto = ACCOUNT.keyring[0], WeChatCrypto(ACCOUNT.token, ACCOUNT.aes_key, ACCOUNT.appid)
    encrypted, plain_signature = encrypted_part(body), sign(keys.token, stamp.encode(), nonce.encode())
    text, event = decode(xml), decode(event_xml)
    incoming = official.read(ACCOUNT, query, body, NOW)
    assert isinstance(incoming, Incoming)
    forged = query.replace(signature, "0" * 40)

    def refused() -> None:
        try:
            official.read(ACCOUNT, forged, body, NOW)
        except official.NotAuthentic:
            return

    def their_read(query_: str, body_: bytes) -> object:
        got = dict(pair.split("=", 1) for pair in query_.split("&"))
        message = parse_message(crypto.decrypt_message(body_, got["msg_signature"], got["timestamp"], got["nonce"]))
        return (
            message.source,
            message.target,
            message.id,
            message.type,
            message.create_time,
            getattr(message, "content", ""),
        )

    def their_reply() -> str:
        reply = TextReply(content=ANSWER)
        reply.source, reply.target = incoming.to, incoming.actor.native_id
        rendered: str = crypto.encrypt_message(reply.render(), nonce, stamp)
        return rendered

    return {
        "signature of a query": (
            lambda: signed(plain_signature, keys.token, stamp.encode(), nonce.encode()),
            lambda: check_signature(ACCOUNT.token, plain_signature, stamp, nonce),
        ),
        "open an envelope": (
            lambda: unseal(keys, encrypted_part(body)) and signed(signature, keys.token, encrypted),
            lambda: crypto.decrypt_message(body, signature, stamp, nonce),
        ),
        "seal a reply": (lambda: seal(keys, xml), lambda: crypto.encrypt_message(text, nonce, stamp)),
        "parse a text": (lambda: fast_text(xml, text), lambda: parse_message(text)),
        "parse a scan": (lambda: fast_event(event), lambda: parse_message(event)),
        "parse a picture (by wechatpy, guarded)": (
            lambda: all_fields(image_xml.decode()),
            lambda: parse_message(image_xml),
        ),
        "parse a text (ElementTree)": (lambda: {e.tag: e.text for e in ElementTree.fromstring(text)}, None),
        "read a text": (
            lambda: official.read(ACCOUNT, query, body, NOW),
            lambda: their_read(query, body),
        ),
        "read a scan": (
            lambda: official.read(ACCOUNT, event_query, event_body, NOW),
            lambda: their_read(event_query, event_body),
        ),
        "read a picture": (
            lambda: official.read(ACCOUNT, image_query, image_body, NOW),
            lambda: their_read(image_query, image_body),
        ),
        "refuse a forged text": (refused, None),
        "reply to a text": (lambda: official.render_reply(ACCOUNT, incoming, ANSWER, NOW, nonce), their_reply),
        "read and reply, a text": (
            lambda: (
                official.read(ACCOUNT, query, body, NOW),
                official.render_reply(ACCOUNT, incoming, ANSWER, NOW, nonce),
            ),
            lambda: (their_read(query, body), their_reply()),
        ),
    }


def main(args: list[str]) -> None:
    """Print µs of CPU per step."""
    repetitions = int(args[0]) if args else 9
    print(f"{'step, µs of CPU':42}{'ours':>8}{'wechatpy':>10}{'ratio':>8}")
    for name, (ours, theirs) in steps().items():
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
