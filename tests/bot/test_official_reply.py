"""The reply: any text reads back as itself in one bubble; what is too long is cut where a reader would."""

from __future__ import annotations

import random
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from bot.channels import official
from bot.channels.official_account import OfficialAccount
from bot.channels.official_text import ILLEGAL, byte_size, clean, fit, is_boundary
from bot.emulator.wire import read_answer
from tests.bot.toys import AES, GH, NOW, PLAIN, heard, text

FAMILY = "👨‍👩‍👧‍👦"
ANY = st.text(st.characters(codec=None), max_size=200)  # every code point, lone surrogates too


def shown(of: OfficialAccount, said: str) -> tuple[tuple[str, str], ...]:
    """What the phone shows for this reply."""
    body = official.render_reply(of, heard(text("好"), of), said, NOW, "437374425")
    read = read_answer(of, "o-laowang", 200, body)
    assert not read.fault, read
    return read.bubbles


def as_read(said: str) -> str:
    """What XML keeps of a text: no illegal characters, every line end a newline."""
    return clean(said).replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=400, deadline=None)
@given(ANY)
def test_d09_any_text_reads_back_as_itself(said: str) -> None:
    expected = as_read(said)
    for of in (AES, PLAIN):
        assert shown(of, said) == ((("text", expected),) if expected.strip() else ())


@pytest.mark.parametrize(
    "said", ["]]>", "]]]>", "a]]>b]]>", "]]", "]]]]>>", "<![CDATA[x]]>", "&lt;", "\U0010ffff", FAMILY, "\u0600"]
)
def test_d09_texts_that_broke_other_renderers_read_back_as_themselves(said: str) -> None:
    assert shown(AES, said) == (("text", said),)
    assert shown(PLAIN, said) == (("text", said),)


def test_d09_a_text_cannot_name_another_receiver() -> None:
    # wechatpy's TextReply lets this one through.
    said = "x]]></Content><ToUserName><![CDATA[oVICTIM]]></ToUserName><Content><![CDATA[y"
    reply = ElementTree.fromstring(official.render_reply(PLAIN, heard(text("好"), PLAIN), said, NOW, "n"))
    assert [e.text for e in reply.findall("ToUserName")] == ["o-laowang"]
    assert [e.text for e in reply.findall("Content")] == [said]
    assert [e.text for e in reply.findall("FromUserName")] == [GH]
    assert [e.text for e in reply.findall("MsgType")] == ["text"]
    assert reply.findtext("CreateTime") == str(int(NOW.timestamp()))


@pytest.mark.parametrize("said", ["", " \n", "\x00", "\ud800", "\u3000"])
def test_with_nothing_to_show_the_push_is_only_acknowledged(said: str) -> None:
    # An XML with an empty Content is a fault banner on the phone.
    for of in (AES, PLAIN):
        assert official.render_reply(of, heard(text("好"), of), said, NOW, "n") == b"success"


def test_wechatpy_opens_our_reply() -> None:
    body = official.render_reply(AES, heard(text("好")), "收到 👍", NOW, "437374425")
    outer = ElementTree.fromstring(body)
    oracle = WeChatCrypto(AES.token, AES.aes_key, AES.appid)
    stamp, nonce = outer.findtext("TimeStamp") or "", outer.findtext("Nonce") or ""
    assert nonce == "437374425"
    inner = oracle.decrypt_message(body, outer.findtext("MsgSignature"), stamp, nonce)
    assert ElementTree.fromstring(inner).findtext("Content") == "收到 👍"


def test_a_replay_is_sealed_anew_and_says_the_same() -> None:
    incoming = heard(text("好"))
    one, two = (official.render_reply(AES, incoming, "收到", NOW, official.fresh_nonce()) for _ in range(2))
    assert one != two
    assert read_answer(AES, "o-laowang", 200, one) == read_answer(AES, "o-laowang", 200, two)


# --- fitting


def grapheme_texts() -> st.SearchStrategy[str]:
    signs = [
        FAMILY,
        "🇨🇳",
        "🇩🇪",
        "e\u0301",
        "👍🏽",
        "한",
        "\u1112\u1161\u11ab",
        "路",
        "a",
        " ",
        "\n",
        "。",
        "！”",
        "\r\n",
        "❤\ufe0f",
        "🏴\U000e0067\U000e007f",
    ]
    return st.lists(st.sampled_from(signs), max_size=60).map("".join)


@settings(max_examples=400, deadline=None)
@given(st.one_of(ANY, grapheme_texts()), st.integers(1, 120))
def test_what_fits_and_the_rest_are_the_text(said: str, limit: int) -> None:
    part, rest = fit(said, limit)
    assert part + rest == said
    assert bool(part) == bool(said)
    assert byte_size(part) <= limit or not is_boundary_anywhere(part)


def is_boundary_anywhere(part: str) -> bool:
    """Whether the part could have been made shorter without cutting inside a sign."""
    return any(is_boundary(part, at) for at in range(1, len(part)))


@settings(max_examples=300, deadline=None)
@given(grapheme_texts(), st.integers(30, 120))
def test_no_sign_is_cut_where_the_limit_holds_one(said: str, limit: int) -> None:
    # The largest sign above takes 25 bytes, so a cut between signs always exists.
    part, _ = fit(said, limit)
    assert byte_size(part) <= limit
    assert is_boundary(said, len(part))


@pytest.mark.parametrize(
    ("said", "limit", "part"),
    [
        ("好好好", 9, "好好好"),
        ("好好好", 8, "好好"),
        (FAMILY * 2, 49, FAMILY),
        (FAMILY * 2, 50, FAMILY * 2),
        ("🇨🇳🇨🇳🇨🇳", 23, "🇨🇳🇨🇳"),
        ("🇨🇳🇨🇳🇨🇳", 15, "🇨🇳"),
        ("ae\u0301", 3, "a"),
        ("👍🏽👍🏽", 15, "👍🏽"),
        ("一\r\n二", 4, "一"),
        ("第一段话。\n第二段话还没有说完", 22, "第一段话。\n"),
        ("第一句话很长很长。第二句话", 33, "第一句话很长很长。"),
        ("他说：“好。”然后就走了吗", 24, "他说：“好。”"),
    ],
)
def test_a_text_is_cut_where_a_reader_would_cut_it(said: str, limit: int, part: str) -> None:
    assert fit(said, limit) == (part, said[len(part) :])


def test_a_single_sign_over_the_limit_is_cut_inside_and_ends() -> None:
    tower = "a" + "\u0301" * 3000
    parts, rest = [], tower
    while rest:
        part, rest = fit(rest)
        parts.append(part)
    assert "".join(parts) == tower
    assert all(byte_size(part) <= official.LIMIT for part in parts)
    assert fit("好", 1) == ("好", "")


def test_every_part_of_a_long_text_reaches_the_phone() -> None:
    rng = random.Random(1)
    said = "".join(rng.choice((FAMILY, "路灯坏了，", "请看。", "\n", "é", "]]>", "🇨🇳")) for _ in range(2000))
    rest, parts = said, []
    while rest:
        part, rest = fit(rest)
        parts.append(shown(AES, part)[0][1])
    assert "".join(parts) == said


def test_illegal_characters_are_those_of_xml() -> None:
    for point in (*range(0x20), 0x7F, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x10FFFF):
        legal = point in (9, 10, 13) or 0x20 <= point <= 0xD7FF or 0xE000 <= point <= 0xFFFD or point >= 0x10000
        assert bool(ILLEGAL.search(chr(point))) is not legal
