"""The account as configured: what it refuses, and that it never shows a secret."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.official_account import CAPABILITIES, account_from
from tests.bot.toys import AES, account

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def test_the_demo_account_of_the_contract_is_accepted() -> None:
    assert AES.name == "demo"
    assert AES.mode == "aes"
    assert AES.capabilities == CAPABILITIES


@pytest.mark.parametrize("shown", [repr, str])
def test_neither_secret_nor_token_nor_key_is_ever_shown(shown: Any) -> None:
    both = account(previous={"token": "older-token-word", "aes_key": KEY[::-1]})
    text = shown(both) + shown(both.previous) + shown(both.keyring)
    for hidden in (both.secret, both.token, both.aes_key, "older-token-word", KEY[::-1]):
        assert hidden not in text


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"aes_key": KEY[:-1]}, "aes_key 有 42 个字符"),
        ({"aes_key": KEY + "H"}, "aes_key 有 44 个字符"),
        ({"aes_key": ""}, "aes_key 有 0 个字符"),
        ({"aes_key": KEY[:-1] + "="}, "A-Z a-z 0-9"),
        ({"aes_key": KEY[:-1] + "$"}, "A-Z a-z 0-9"),
        ({"mode": "safe"}, '"plain" 或 "aes"'),
        ({"token": "has blank"}, "token 要 3 到 64"),
        ({"token": ""}, "token 要 3 到 64"),
        ({"name": "../etc"}, "网址的一段"),
        ({"appid": ""}, "appid"),
        ({"aeskey": KEY}, "是不是 aes_key"),
        ({"capabilities": ["fly"]}, "不认识 fly"),
        ({"capabilities": 7}, "写成列表"),
        ({"capabilities": {"tempalte": False}}, "不认识 tempalte"),
        ({"capabilities": {"template": "false"}}, "template 只能写 true 或 false"),
        ({"previous": {"key": "x"}}, "previous 要写成"),
        ({"previous": {"token": "older-token", "aes_key": "short"}}, "aes_key 有 5 个字符"),
        ({"secret": None}, "secret 没填"),
        ({"aes_key": 5}, "aes_key 没填，或者不是引号里的文字"),
        ({"kind": ["service"]}, "kind 没填，或者不是"),
        ({"kind": "serivce"}, "kind 只能写 service"),
        ({"mode": None}, "mode 没填，或者不是"),
        ({"area": 7}, "area 没填，或者不是"),
        ({"daily": True}, "daily 要写大于 0"),
        ({"capabilities": [["menu"]]}, "写成列表"),
        ({"previous": []}, "previous 要写成"),
        ({"previous": {"token": 5}}, "previous 要写成"),
        ({"templates": [1]}, "templates 要写成"),
        ({"templates": {"meeting": {"id": "x", "fields": {"thing1": ["what"]}}}}, "templates 的 meeting：不认识"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line_that_names_it(change: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=r".+") as refused:
        account(**change)
    assert named in str(refused.value)
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith("账号 ")
    assert KEY not in str(refused.value)


def test_capabilities_may_be_given_as_switches() -> None:
    """Each switches one thing of what the kind may do; the rest stays."""
    assert account(capabilities={"menu": True, "oauth": False}).capabilities == CAPABILITIES - {"oauth"}
    assert account(kind="service_unverified", capabilities={"qrcode": True}).capabilities == {"menu", "qrcode"}


def test_a_plain_account_needs_no_key() -> None:
    raw = {"name": "a", "appid": "wx1234567890", "secret": "s", "token": "abc", "mode": "plain"}
    assert account_from(raw).keyring[0].cipher is None
