"""The platform's half of the wire: the XML of each push, its envelope and query, and how a phone reads an answer."""

from __future__ import annotations

import itertools
import os
import random
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from xml.etree import ElementTree

from bot.channels.official_account import OfficialAccount
from bot.channels.official_crypto import Keys, Unsealable, seal, sign, signed, unseal

# A passive text above this is refused by the platform (field reports; no official figure).
MAX_TEXT = 2047


@dataclass(frozen=True, slots=True)
class Push:
    """One thing to hand over, the same in every attempt but for the envelope."""

    openid: str
    message_id: str
    xml: bytes


@dataclass(frozen=True, slots=True)
class Read:
    """How the phone takes an answer: nothing to show, bubbles to show, or a fault with its reason."""

    bubbles: tuple[tuple[str, str], ...] = ()
    fault: str = ""


_ids = itertools.count(random.SystemRandom().randrange(10**9, 10**10) * 10**6)


def new_message_id() -> str:
    """Like the platform's: a growing 64-bit number."""
    return str(next(_ids))


def gh(account: OfficialAccount) -> str:
    """The original id of the account, which the configuration does not hold; any stable one will do."""
    return f"gh_{account.appid[-12:]}"


def element(name: str, value: str) -> str:
    return f"<{name}><![CDATA[{value.replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"


def message_xml(
    account: OfficialAccount, openid: str, at: datetime, type_: str, inner: str, message_id: str = ""
) -> bytes:
    """A push as documented, one element a line; `inner` is ready XML. Lone surrogates go out as they are."""
    tail = f"<MsgId>{message_id}</MsgId>\n" if message_id else ""
    xml = (
        f"<xml>{element('ToUserName', gh(account))}\n{element('FromUserName', openid)}\n"
        f"<CreateTime>{int(at.timestamp())}</CreateTime>\n{element('MsgType', type_)}\n{inner}\n{tail}</xml>"
    )
    return xml.encode("utf-8", "surrogatepass")


def envelope(account: OfficialAccount, push: Push, at: datetime, nonce: str = "") -> tuple[str, bytes]:
    """(query, body) of one delivery, signed and sealed as the account's mode asks."""
    keys = account.keyring[0]
    stamp, nonce = str(int(at.timestamp())), nonce or str(int.from_bytes(os.urandom(4), "big"))
    query = {
        "signature": sign(keys.token, stamp.encode(), nonce.encode()),
        "timestamp": stamp,
        "nonce": nonce,
        "openid": push.openid,
    }
    if account.mode == "plain":
        return urlencode(query), push.xml
    encrypted = seal(keys, push.xml)
    query |= {"encrypt_type": "aes", "msg_signature": sign(keys.token, stamp.encode(), nonce.encode(), encrypted)}
    to = element("ToUserName", gh(account)).encode()
    return urlencode(query), b"<xml>" + to + b"<Encrypt><![CDATA[" + encrypted + b"]]></Encrypt></xml>"


def verification_query(account: OfficialAccount, echo: str, at: datetime) -> str:
    """The query of the GET that proves a URL."""
    stamp, nonce = str(int(at.timestamp())), str(int.from_bytes(os.urandom(4), "big"))
    signature = sign(account.keyring[0].token, stamp.encode(), nonce.encode())
    return urlencode({"signature": signature, "timestamp": stamp, "nonce": nonce, "echostr": echo})


def read_answer(account: OfficialAccount, openid: str, status: int, body: bytes) -> Read:
    """What the phone would show for this answer."""
    if status != 200:
        return Read(fault=f"HTTP {status}")
    if body in (b"", b"success"):
        return Read()
    try:
        xml = _opened(account.keyring[0], body) if account.mode == "aes" else body
        return _bubbles(account, openid, ElementTree.fromstring(xml.decode()))  # noqa: S314 - our own answer
    except (ElementTree.ParseError, UnicodeDecodeError, Unsealable) as wrong:
        return Read(fault=f"malformed: {type(wrong).__name__}")


def _opened(keys: Keys, body: bytes) -> bytes:
    """The sealed answer; Unsealable where anything about its envelope is wrong."""
    outer = ElementTree.fromstring(body.decode())  # noqa: S314 - our own answer
    parts = {name: _only(outer, name) for name in ("Encrypt", "MsgSignature", "TimeStamp", "Nonce")}
    encrypted = parts["Encrypt"].encode()
    if not encrypted:
        raise Unsealable("a clear answer in AES mode")
    if not signed(parts["MsgSignature"], keys.token, parts["TimeStamp"].encode(), parts["Nonce"].encode(), encrypted):
        raise Unsealable("signature")
    return unseal(keys, encrypted)


def _bubbles(account: OfficialAccount, openid: str, xml: ElementTree.Element) -> Read:
    to, sender, type_ = (_only(xml, name) for name in ("ToUserName", "FromUserName", "MsgType"))
    if xml.tag != "xml" or to != openid or sender != gh(account) or not _only(xml, "CreateTime").isdigit():
        return Read(fault="not addressed to this person from this account")
    if type_ == "news":
        return Read(bubbles=tuple(("news", item.findtext("Title") or "") for item in xml.iter("item")))
    if type_ in ("image", "voice", "video", "music"):
        return Read(bubbles=((type_, xml.findtext(f"{type_.title()}/MediaId") or ""),))
    if type_ == "transfer_customer_service":
        return Read()
    content = _only(xml, "Content")
    if type_ != "text" or not content:
        return Read(fault="no content the phone could show")
    if len(content.encode()) > MAX_TEXT:
        return Read(fault="text too long")
    return Read(bubbles=(("text", content),))


def _only(xml: ElementTree.Element, name: str) -> str:
    """The text of the one element of this name; "" where there is none or more than one."""
    found = xml.findall(name)
    return (found[0].text or "") if len(found) == 1 else ""
