"""The vault's promises, and ids that rise."""

from __future__ import annotations

import threading

import pytest

from storage.ids import new_id
from storage.vault import Vault, household_code_digest


@pytest.mark.parametrize("text", ["", "村主任", "😀", "a\nb", "\ud800", "sealed:", "一" * 20_000])
def test_what_is_sealed_opens_with_the_same_key_only(text: str) -> None:
    sealed = Vault("key").seal(text)
    assert text not in sealed.removeprefix("sealed:") or not text
    assert Vault("key").open(sealed) == text
    assert Vault("other").open(sealed) == ""


def test_what_was_never_sealed_opens_as_it_is() -> None:
    assert Vault("key").open("路灯坏了") == "路灯坏了"


def test_a_torn_seal_is_empty_and_no_error() -> None:
    vault = Vault("key")
    sealed = vault.seal("村主任")
    assert {vault.open(sealed[:cut]) for cut in range(len("sealed:"), len(sealed))} == {""}
    assert vault.open("sealed:不是密文") == ""


def test_digests_differ_by_purpose_text_and_key() -> None:
    vault = Vault("key")
    digests = {vault.digest("a", "1"), vault.digest("b", "1"), vault.digest("a", "2"), Vault("k").digest("a", "1")}
    assert len(digests) == 4
    assert household_code_digest(vault, 231, " 1234 ") == household_code_digest(vault, 231, "1234")
    assert household_code_digest(vault, 231, "1234") != household_code_digest(vault, 232, "1234")


def test_ids_of_many_threads_are_distinct_and_rise_within_each() -> None:
    made: list[list[int]] = []

    def work() -> None:
        made.append([new_id() for _ in range(5000)])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(ids == sorted(ids) for ids in made)
    assert len({one for ids in made for one in ids}) == 20_000
    assert all(0 < one < 2**63 for ids in made for one in ids)
