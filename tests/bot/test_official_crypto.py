"""Signatures and envelopes: known vectors, wechatpy as the oracle both ways, every changed byte refused."""

from __future__ import annotations

import binascii
import random
import string

import pytest
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException

from bot.channels import official
from bot.channels.official_crypto import Keys, NotAuthentic, Unsealable, encrypted_part, seal, sign, signed, unseal
from domain.messages import Incoming
from tests.bot.toys import AES, NOW, PLAIN, account, heard, sealed, text

# token, EncodingAESKey, receive id, timestamp, nonce, msg_signature, Encrypt, plaintext
VECTORS = {
    # Tencent's sample for the corporate platform (same envelope), as quoted by its sample code and WxJava.
    "tencent": (
        "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7", "1409659589", "263014780",
        "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
        "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
        "1616140317555161061",
    ),
    # wechatpy tests/test_crypto.py
    "wechatpy": (
        "123456", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a", "1411443780", "437374425",
        "dd6b9c95b495b3f7e2901bfbc76c664930ffdb96",
        "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q==",
        "5927782489442352469",
    ),
    # go-workwx internal/lowlevel/envelope
    "go-workwx": (
        "kjr2TKI8umCBfVF3wAHk8JiPwma5VBme", "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws", "ww6a112864f8022910",
        "1583940690", "VHh7ymSeb0jc4lSb", "1ba3cb09c0d2c2b3ed6900d37f91a6efae6cb011",
        "6KmUQuPVu7UhjyVqRdbo5SfcRqaHvbUlKSHFvBV2ZuR6TIlKsygcfeSd1GDplg1C5KSKr6UPHCaC/nIX3ZNt9w==",
        "94966531020182955848408",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VECTORS)
def test_a_known_envelope_opens(name: str) -> None:
    token, aes_key, receiver, timestamp, nonce, signature, encrypted, plain = VECTORS[name]
    keys = Keys(token, aes_key, receiver)
    assert signed(signature, keys.token, timestamp.encode(), nonce.encode(), encrypted.encode())
    assert unseal(keys, encrypted) == plain.encode()


def test_the_known_envelope_of_wxjava_is_sealed_byte_for_byte() -> None:
    # weixin-java-common WxCryptUtilTest, random "aaaabbbbccccdddd"
    keys = Keys("any", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxb11529c136998cb6")
    expected = b"jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="
    assert seal(keys, "我是中文abcd123".encode(), b"aaaabbbbccccdddd") == expected


def test_known_plain_signatures() -> None:
    assert sign(b"test", b"1410685589", b"test") == "f21891de399b4e33a1a93c9a7b8a8fffb5a443ff"  # wechatpy
    assert sign(b"a", b"b", b"c") == "a9993e364706816aba3e25717850c26c9cd0d89d"  # silenceper


@pytest.mark.parametrize("length", range(64))
def test_every_padding_length_opens_in_both_implementations(length: int) -> None:
    keys, oracle = AES.keyring[0], WeChatCrypto(AES.token, AES.aes_key, AES.appid)
    message = b"x" * length
    assert unseal(keys, seal(keys, message)) == message
    theirs = encrypted_part(oracle.encrypt_message(message.decode(), "nonce", "1411443780").encode())
    assert unseal(keys, theirs) == message


def random_text(rng: random.Random, most: int) -> str:
    planes = ((0x20, 0x7E), (0x4E00, 0x9FFF), (0x1F300, 0x1FAFF), (0x80, 0x7FF))
    return "".join(chr(rng.randint(*rng.choice(planes))) for _ in range(rng.randint(1, most)))


def test_ours_and_theirs_open_each_other_s_envelopes() -> None:
    rng = random.Random(20261124)
    for _ in range(1500):
        aes_key = "".join(rng.choices(string.ascii_letters + string.digits, k=43))
        appid = "wx" + "".join(rng.choices("0123456789abcdef", k=rng.choice((1, 8, 16))))
        token = "".join(rng.choices(string.ascii_letters, k=rng.randint(3, 32)))
        timestamp, nonce = str(rng.randint(1, 4102444800)), str(rng.randint(1, 10**9))
        message = random_text(rng, rng.choice((10, 100, 4000)))
        keys, oracle = Keys(token, aes_key, appid), WeChatCrypto(token, aes_key, appid)
        ours = seal(keys, message.encode())
        signature = sign(keys.token, timestamp.encode(), nonce.encode(), ours)
        body = b"<xml><Encrypt><![CDATA[" + ours + b"]]></Encrypt></xml>"
        assert oracle.decrypt_message(body, signature, timestamp, nonce) == message
        theirs = encrypted_part(oracle.encrypt_message(message, nonce, timestamp).encode())
        assert unseal(keys, theirs) == message.encode()


def test_one_changed_byte_anywhere_is_refused_by_both() -> None:
    rng = random.Random(7)
    oracle = WeChatCrypto(AES.token, AES.aes_key, AES.appid)
    query, body = sealed(text("路灯坏了"))
    encrypted = encrypted_part(body)
    start = body.index(encrypted)
    fields = dict(pair.split("=") for pair in query.split("&"))
    changed = [("body", at) for at in range(start, start + len(encrypted))]
    for name in ("timestamp", "nonce", "msg_signature"):
        changed += [(name, at) for at in range(len(fields[name]))]
    for where, at in changed:
        other, touched = bytearray(body), dict(fields)
        if where == "body":
            other[at] = rng.choice([c for c in b"ABCDEFGHab01+/=" if c != body[at]])
        else:
            old = touched[where]
            touched[where] = old[:at] + rng.choice([c for c in "0123456789abcdef" if c != old[at]]) + old[at + 1 :]
        with pytest.raises(NotAuthentic):
            official.read(AES, "&".join(f"{n}={v}" for n, v in touched.items()), bytes(other), NOW)
        with pytest.raises(InvalidSignatureException):
            oracle.decrypt_message(bytes(other), touched["msg_signature"], touched["timestamp"], touched["nonce"])


def test_an_envelope_for_another_account_is_refused_by_both() -> None:
    other = account(appid="wxdemo000000000002")
    query, body = sealed(text("路灯坏了"), other)
    with pytest.raises(NotAuthentic):
        official.read(AES, query, body, NOW)
    fields = dict(pair.split("=") for pair in query.split("&"))
    oracle = WeChatCrypto(AES.token, AES.aes_key, AES.appid)
    with pytest.raises(InvalidAppIdException):
        oracle.decrypt_message(body, fields["msg_signature"], fields["timestamp"], fields["nonce"])


@pytest.mark.parametrize(
    "encrypted",
    [b"", b"!!!!", b"AAAA", b"A" * 44, b"A" * 88, b"A" * 43, "路灯".encode(), b"A" * 87380],
    ids=["empty", "not base64", "3 bytes", "33 bytes", "66 bytes", "bad length", "not ASCII", "long"],
)
def test_signed_nonsense_is_refused(encrypted: bytes) -> None:
    keys = AES.keyring[0]
    with pytest.raises(Unsealable):
        unseal(keys, encrypted)
    signature = sign(keys.token, b"1", b"2", encrypted)
    body = b"<xml><Encrypt>" + encrypted + b"</Encrypt></xml>"
    with pytest.raises((NotAuthentic, official.TooLarge)):
        official.read(AES, f"timestamp=1&nonce=2&msg_signature={signature}", body, NOW)


def test_padding_that_is_not_uniform_is_refused() -> None:
    keys = AES.keyring[0]
    assert keys.cipher is not None
    body = bytes(16) + (3).to_bytes(4, "big") + b"abc" + keys.appid
    pad = 32 - len(body) % 32
    encryptor = keys.cipher.encryptor()
    sealed_bytes = encryptor.update(body + b"\x01" * (pad - 1) + bytes([pad])) + encryptor.finalize()

    with pytest.raises(Unsealable):
        unseal(keys, binascii.b2a_base64(sealed_bytes, newline=False))


# --- rotation


FORMER = account(token="older-token-word", aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"[::-1])
CHANGING = account(previous={"token": FORMER.token, "aes_key": FORMER.aes_key})


def test_during_a_change_both_pairs_are_accepted_and_answered_under_the_same_pair() -> None:
    for signer in (AES, FORMER):
        query, body = sealed(text("路灯坏了"), signer)
        incoming = official.read(CHANGING, query, body, NOW)
        assert isinstance(incoming, Incoming)
        reply = official.render_reply(CHANGING, incoming, "收到", NOW, "nonce")
        assert "收到".encode() in unseal(signer.keyring[0], encrypted_part(reply))


def test_after_a_change_the_former_pair_is_refused() -> None:
    query, body = sealed(text("路灯坏了"), FORMER)
    with pytest.raises(NotAuthentic):
        official.read(AES, query, body, NOW)


# --- the GET that proves a URL


@pytest.mark.parametrize("of", [AES, PLAIN], ids=["aes", "plain"])
def test_a_url_is_proven_by_the_echo(of: official.OfficialAccount) -> None:
    signature = sign(of.keyring[0].token, b"1411443780", b"437374425")
    query = f"signature={signature}&echostr=4375120948345356249&timestamp=1411443780&nonce=437374425"
    assert official.verify_url(of, query) == "4375120948345356249"


@pytest.mark.parametrize("echo", ["", "<script>", "a%3Cb", "x" * 65, "路灯", "a b", "a%0d%0ab"])
def test_an_echo_that_is_no_plain_word_is_never_reflected(echo: str) -> None:
    signature = sign(AES.keyring[0].token, b"1411443780", b"437374425")
    with pytest.raises(NotAuthentic):
        official.verify_url(AES, f"signature={signature}&echostr={echo}&timestamp=1411443780&nonce=437374425")


@pytest.mark.parametrize("drop", ["signature", "timestamp", "nonce", "echostr"])
def test_a_url_is_not_proven_without_every_field(drop: str) -> None:
    signature = sign(AES.keyring[0].token, b"1", b"2")
    fields = {"signature": signature, "echostr": "abc", "timestamp": "1", "nonce": "2"}
    fields.pop(drop)
    with pytest.raises(NotAuthentic):
        official.verify_url(AES, "&".join(f"{name}={value}" for name, value in fields.items()))


def test_a_sealed_echo_is_opened() -> None:
    keys = AES.keyring[0]
    echo = seal(keys, b"4375120948345356249")
    signature = sign(keys.token, b"1", b"2", echo)
    escaped = echo.decode().replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
    query = f"msg_signature={signature}&echostr={escaped}&timestamp=1&nonce=2"
    assert official.verify_url(AES, query) == "4375120948345356249"


def test_the_time_of_a_genuine_push_is_never_a_reason_to_refuse() -> None:
    for year in (1971, 2099):
        query, body = sealed(text("路灯坏了"), at=NOW.replace(year=year))
        assert isinstance(official.read(AES, query, body, NOW), Incoming)
    assert heard(text("好")).received_at == NOW


def test_what_is_sealed_one_after_another_opens_in_any_order() -> None:
    """One cipher stays in use on either side: no message may depend on those before it."""
    ours, theirs = (Keys("t", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7") for _ in range(2))
    messages = [f"第{number}条".encode() * (number + 1) for number in range(12)]
    sealed = [seal(ours, message) for message in messages]
    assert len({*sealed, seal(ours, messages[0])}) == len(messages) + 1
    assert [unseal(theirs, each) for each in reversed(sealed)] == messages[::-1]
    assert [unseal(ours, each) for each in sealed] == messages
