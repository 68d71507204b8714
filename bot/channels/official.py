"""The official account's codec: pure functions over bytes, no server state.

Order of reading, each step before the next costs anything: size, query fields, the Encrypt text cut out by its tags,
the signature in constant time, AES, padding, length and appid, and only then XML. The configured mode is enforced.
Platform pages: receiving messages, message encryption, passive reply.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from urllib.parse import unquote_plus

from bot.channels.official_account import CHANNEL, Former, OfficialAccount, account_from
from bot.channels.official_crypto import (
    Keys,
    NotAuthentic,
    TooLarge,
    Unsealable,
    encrypted_part,
    seal,
    sign,
    signed,
    unseal,
)
from bot.channels.official_fields import Forbidden, Unreadable, all_fields, decode, fast_event, fast_text, warm_up
from bot.channels.official_incoming import FORMER, Arrival, incoming, incoming_text
from bot.channels.official_text import LIMIT, cdata, clean, fit
from domain.messages import Incident, Incoming, Trust

__all__ = [
    "ACK", "CHANNEL", "LIMIT", "MAX_BODY", "Former", "NotAuthentic", "OfficialAccount", "TooLarge", "Unusable",
    "account_from", "fit", "fresh_nonce", "read", "render_reply", "verify_url", "warm_up",
]  # fmt: skip

ACK = b"success"
MAX_BODY = 64 * 1024
_MAX_QUERY = 2048
_MAX_PARAMETER = 64
_ECHO = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Unusable:
    """Authentic, but nothing can be done with it: acknowledge with ACK and keep the incident."""

    incident: Incident


def verify_url(account: OfficialAccount, query: str) -> str:
    """The answer to the platform's GET: its echostr, once the signature is right. Raises NotAuthentic."""
    fields = _query(query)
    timestamp, nonce, echo = (_short(fields, name, limit) for name, limit in _GET_LIMITS)
    if account.mode == "aes" and "msg_signature" in fields:
        keys = _signer(account, _short(fields, "msg_signature"), timestamp, nonce, echo)
        try:
            echo = unseal(keys, echo).decode("ascii")
        except (Unsealable, ValueError):
            raise NotAuthentic from None
    else:
        _signer(account, _short(fields, "signature"), timestamp, nonce)
    if not _ECHO.fullmatch(echo):
        raise NotAuthentic
    return echo


_GET_LIMITS = (("timestamp", _MAX_PARAMETER), ("nonce", _MAX_PARAMETER), ("echostr", 512))


def read(account: OfficialAccount, query: str, body: bytes, received_at: datetime) -> Incoming | Unusable:
    """One POST of the platform, `query` as it stands in the URL.

    Raises TooLarge (413) and NotAuthentic (403), nothing else whatever arrives. No timestamp is ever a reason to
    refuse: a replay is told by its event id, and a village server's clock may be wrong.
    """
    if len(body) > MAX_BODY:
        raise TooLarge
    fields = _query(query)
    timestamp, nonce = _short(fields, "timestamp"), _short(fields, "nonce")
    if account.mode == "plain":
        keys = _signer(account, _short(fields, "signature"), timestamp, nonce)
        arrival = Arrival(account.name, received_at, Trust.SIGNED_URL, keys is not account.keyring[0])
        return _read_message(arrival, body)
    encrypted = encrypted_part(body)
    if not encrypted:
        raise NotAuthentic
    keys = _signer(account, _short(fields, "msg_signature"), timestamp, nonce, encrypted)
    arrival = Arrival(account.name, received_at, Trust.SIGNED_BODY, keys is not account.keyring[0])
    try:
        message = unseal(keys, encrypted)
    except Unsealable:
        raise NotAuthentic from None
    _refuse_other_clear_part(body, message)
    return _read_message(arrival, message)


def render_reply(account: OfficialAccount, incoming: Incoming, text: str, now: datetime, nonce: str) -> bytes:
    """The body that shows `text` as one bubble to the sender; ACK where nothing would be left to show.

    Characters that XML cannot carry are dropped. The text must fit LIMIT (see `fit`). Sealed under the key the push
    came with; the nonce is any short word, `fresh_nonce()` for one of our own.
    """
    if not clean(text).strip():
        return ACK
    seconds = b"%d" % now.timestamp()
    xml = b"".join((
        b"<xml><ToUserName>", cdata(incoming.actor.native_id), b"</ToUserName><FromUserName>", cdata(incoming.to),
        b"</FromUserName><CreateTime>", seconds, b"</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>",
        cdata(text), b"</Content></xml>",
    ))  # fmt: skip
    if account.mode == "plain":
        return xml
    keys = account.keyring[-1] if incoming.data.get("keys") == FORMER else account.keyring[0]
    return _envelope(keys, xml, seconds, nonce)


def fresh_nonce() -> str:
    return token_hex(8)


def _envelope(keys: Keys, xml: bytes, seconds: bytes, nonce: str) -> bytes:
    encrypted = seal(keys, xml)
    signature = sign(keys.token, seconds, clean(nonce).encode(), encrypted).encode()
    return b"".join((
        b"<xml><Encrypt><![CDATA[", encrypted, b"]]></Encrypt><MsgSignature><![CDATA[", signature,
        b"]]></MsgSignature><TimeStamp>", seconds, b"</TimeStamp><Nonce>", cdata(nonce), b"</Nonce></xml>",
    ))  # fmt: skip


def _query(query: str) -> dict[str, str]:
    """The parameters, each at most once: two of a name would be read one way here and another way by a proxy."""
    if len(query) > _MAX_QUERY:
        raise NotAuthentic
    fields: dict[str, str] = {}
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name in fields:
            raise NotAuthentic
        fields[name] = unquote_plus(value) if "%" in value or "+" in value else value
    return fields


def _short(fields: dict[str, str], name: str, limit: int = _MAX_PARAMETER) -> str:
    value = fields.get(name, "")
    if not value or len(value) > limit or not value.isascii():
        raise NotAuthentic
    return value


def _signer(account: OfficialAccount, signature: str, timestamp: str, nonce: str, sealed: bytes | str = b"") -> Keys:
    """The pair that signed this: the current one, or the former during a change. Raises NotAuthentic."""
    if isinstance(sealed, str):
        sealed = sealed.encode()
    stamp, word = timestamp.encode(), nonce.encode()
    for keys in account.keyring:
        if signed(signature, keys.token, stamp, word, sealed):
            return keys
    raise NotAuthentic


def _refuse_other_clear_part(body: bytes, message: bytes) -> None:
    """In the platform's compatible mode the body repeats the message in clear, unsigned. It is never read; a clear
    part that says something else than the sealed one shows that someone between us and the platform changed it."""
    outside = body[: body.find(b"<Encrypt>")] + body[body.rfind(b"</Encrypt>") :]
    if not _CLEAR.search(outside):
        return
    for tag in _CLEAR_TAGS:
        clear = _between(outside, tag)
        if clear is not None and clear != _between(message, tag):
            raise NotAuthentic


_CLEAR_TAGS = (b"FromUserName", b"MsgType", b"Content", b"Event", b"EventKey", b"CreateTime", b"MsgId")
_CLEAR = re.compile(b"<(?:" + b"|".join(_CLEAR_TAGS) + b")>")


def _between(body: bytes, tag: bytes) -> bytes | None:
    start = body.find(b"<" + tag + b">")
    end = body.find(b"</" + tag + b">", start)
    return None if start < 0 or end < 0 else body[start + len(tag) + 2 : end].strip()


def _read_message(arrival: Arrival, body: bytes) -> Incoming | Unusable:
    try:
        text = decode(body)
        quick = fast_text(body, text)
        if quick is not None:
            return incoming_text(arrival, *quick)
        return incoming(arrival, fast_event(text) or all_fields(text))
    except Forbidden as wrong:
        if arrival.trust is Trust.SIGNED_URL:
            raise NotAuthentic from None
        return _unusable(arrival, body, str(wrong))
    except Unreadable as wrong:
        reason = str(wrong)
        if arrival.trust is Trust.SIGNED_URL and encrypted_part(body):
            reason = 'the platform encrypts but this account is configured plain: set its mode to "aes"'
        return _unusable(arrival, body, reason)


def _unusable(arrival: Arrival, body: bytes, reason: str) -> Unusable:
    digest = sha256(body).hexdigest()[:16]
    return Unusable(Incident(CHANNEL, arrival.account, reason, arrival.received_at, digest))
