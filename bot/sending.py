"""What all letters on their way share: the accounts, what rests, what was learnt and is still to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.channels.official_trouble import Trouble
from domain.delivery import Budget, Notice, Way
from domain.quiet import NEVER_QUIET, VILLAGE_TIME, QuietHours
from storage.letters import Journal, Letter

ANY_WAY = "*"
PROBE_EVERY = timedelta(minutes=10)
RESTS = {
    Trouble.RATE_MIN: timedelta(seconds=65),
    Trouble.RATE_DAY: PROBE_EVERY,
    Trouble.TOKEN: PROBE_EVERY,
    Trouble.CONFIG: PROBE_EVERY,
}
# While one letter finds out whether a way is open again, the others look again after this.
PROBING = timedelta(seconds=5)
# The account was never allowed to do this (wechat page A1): the flag is off until tomorrow.
UNAUTHORISED = 48001
OFF_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Account:
    """What the sender knows of an official account beside its transport."""

    capabilities: frozenset[str]
    templates: Mapping[str, Sequence[Notice]]
    daily: int


@dataclass
class Rests:
    """Ways at rest. When the time is up one letter probes, and the rest of them wait for what it finds."""

    until: dict[tuple[str, str], datetime] = field(default_factory=dict)
    probing: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def merge(self, found: Mapping[tuple[str, str], datetime]) -> None:
        for key, until in found.items():
            self.until[key] = max(until, self.until.get(key, until))

    def closed_until(self, account: str, way: Way, now: datetime) -> datetime | None:
        """None where the way may be tried now. A way whose rest has ended is open to the first who asks."""
        for key in ((account, ANY_WAY), (account, way.value)):
            until = self.until.get(key)
            if until is None:
                continue
            if now < until:
                return until
            if now < self.probing.get(key, now):
                return self.probing[key]
            self.probing[key] = now + PROBING
        return None

    def begin(self, account: str, way: str, until: datetime) -> None:
        self.until[account, way] = until
        self.probing.pop((account, way), None)

    def judged(self, account: str) -> None:
        """The platform refused a letter on its merits: it knows us, so token and settings are in order again.

        Without this the letter that probed would wait for what its own probe finds on its next way, for ever.
        """
        self._lift(account, ANY_WAY)

    def end(self, account: str, way: Way) -> None:
        self._lift(account, ANY_WAY)
        self._lift(account, way.value)

    def _lift(self, account: str, way: str) -> None:
        self.until.pop((account, way), None)
        self.probing.pop((account, way), None)


@dataclass
class State:
    """What all letters on their way share.

    `spent` counts what accounts have pushed on `day` (of the village's time), `leaving` what is on its way just now.
    """

    accounts: Mapping[str, Account] = field(default_factory=dict)
    quiet: QuietHours = NEVER_QUIET
    data: Path = Path()
    link: Callable[[Letter], str] = lambda letter: ""
    rests: Rests = field(default_factory=Rests)
    day: date | None = None
    spent: dict[str, int] = field(default_factory=dict)
    leaving: Counter[str] = field(default_factory=Counter)
    journal: Journal = field(default_factory=Journal)
    draw: Callable[[str], None] = lambda image: (
        None
    )  # makes a letter's picture, off the event loop, where it is not there yet

    def know_spent(self, found: Mapping[str, int], now: datetime) -> None:
        """Take over what the database has counted today; what we sent since may not be written yet."""
        self._turn_day(now)
        for account, many in found.items():
            self.spent[account] = max(many, self.spent.get(account, 0))

    def spend(self, account: str, many: int, now: datetime) -> None:
        self._turn_day(now)
        self.spent[account] = self.spent.get(account, 0) + many

    def budget(self, name: str, a_day: int, now: datetime) -> Budget:
        """What is left to an account; what is on its way counts already."""
        self._turn_day(now)
        return Budget(a_day, self.spent.get(name, 0) + self.leaving[name])

    def _turn_day(self, now: datetime) -> None:
        today = now.astimezone(VILLAGE_TIME).date()
        if today != self.day:
            self.day, self.spent = today, {}


@dataclass(frozen=True, slots=True)
class Failed:
    """Why no way took it. `again_at` is set where nothing was tried because the way rests."""

    trouble: Trouble
    way: str = ""
    parts: int = 0
    again_at: datetime | None = None
