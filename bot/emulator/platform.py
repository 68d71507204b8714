"""The whole platform for one account: people, phones and API over one ledger and one clock."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.official_account import OfficialAccount
from bot.emulator.api import FakeApi
from bot.emulator.ledger import Ledger
from bot.emulator.phones import Clock, Phones, wall_clock
from bot.emulator.push import Knobs, PlatformEmulator


@dataclass(frozen=True, slots=True)
class Platform:
    """`push` plays what people do; `api` answers our calls (`api.app()` mounts, `api.serve()` listens)."""

    push: PlatformEmulator
    api: FakeApi
    phones: Phones
    ledger: Ledger


def platform_for(account: OfficialAccount, url: str, clock: Clock = wall_clock, knobs: Knobs | None = None) -> Platform:
    """`url` is the webhook's whole address, e.g. http://127.0.0.1:8080/wx/demo."""
    phones, ledger = Phones(), Ledger()
    push = PlatformEmulator(account, url, phones, ledger, clock, knobs)
    api = FakeApi([account], phones, ledger, clock)
    api.sent_notice = push.receipt_soon
    push.files = api.files
    return Platform(push, api, phones, ledger)
