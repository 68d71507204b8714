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
        ({"aes_key": KEY[:-1]}, "aes_key has 42 characters"),
        ({"aes_key": KEY + "H"}, "aes_key has 44 characters"),
        ({"aes_key": ""}, "aes_key has 0 characters"),
        ({"aes_key": KEY[:-1] + "="}, "A-Z a-z 0-9"),
        ({"aes_key": KEY[:-1] + "$"}, "A-Z a-z 0-9"),
        ({"mode": "safe"}, '"plain" or "aes"'),
        ({"token": "has blank"}, "token must be"),
        ({"token": ""}, "token must be"),
        ({"name": "../etc"}, "part of a URL"),
        ({"appid": ""}, "appid"),
        ({"aeskey": KEY}, "did you mean 'aes_key'"),
        ({"capabilities": ["fly"]}, "unknown capability fly"),
        ({"capabilities": 7}, "list of names"),
        ({"previous": {"key": "x"}}, "previous must be"),
        ({"previous": {"token": "older-token", "aes_key": "short"}}, "aes_key has 5 characters"),
        ({"secret": None}, "secret missing"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line_that_names_it(change: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=r".+") as refused:
        account(**change)
    assert named in str(refused.value)
    assert "\n" not in str(refused.value)
    assert KEY not in str(refused.value)


def test_capabilities_may_be_given_as_switches() -> None:
    assert account(capabilities={"menu": True, "oauth": False}).capabilities == {"menu"}


def test_a_plain_account_needs_no_key() -> None:
    raw = {"name": "a", "appid": "wx1234567890", "secret": "s", "token": "abc", "mode": "plain"}
    assert account_from(raw).keyring[0].cipher is None
