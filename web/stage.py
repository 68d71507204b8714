"""What the simulator needs of the stage: the platform and the village group, played inside the server. bot hands one in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from web.screens import Quote, Shown


@dataclass(frozen=True, slots=True)
class Switches:
    """What is broken on purpose: the platform is down; whose reply windows are closed."""

    down: bool
    closed: tuple[str, ...]


class Stage(Protocol):
    """What people do with their phones. Each call returns once everything it set off at once has been shown."""

    def now(self) -> datetime: ...

    def follows(self, openid: str) -> bool: ...

    def listen(self, listener: Callable[[Shown], None]) -> Callable[[], None]:
        """Call `listener` for every bubble from now on, on the event loop; returns what ends it."""

    async def say(self, openid: str, text: str) -> None: ...

    async def say_to_group(self, openid: str, text: str, *, addressed: bool, quote: Quote | None) -> None: ...

    async def say_to_assistant(self, openid: str, text: str, quote: Quote | None) -> None: ...

    async def send_picture(self, openid: str) -> None: ...

    async def send_voice(self, openid: str, recognised: str) -> None: ...

    async def send_place(self, openid: str, label: str) -> None: ...

    async def follow(self, openid: str) -> None: ...

    async def unfollow(self, openid: str) -> None: ...

    def picture(self, media_id: str) -> tuple[str, bytes] | None:
        """The type and content of a picture the village sent, None where the platform has none of that name."""

    def switches(self) -> Switches: ...

    def turn_platform(self, *, down: bool) -> None: ...

    def close_window(self, openid: str, *, closed: bool) -> None: ...

    async def scan_door(self, openid: str, household: int) -> None: ...

    async def move_clock(self, moment: datetime) -> None:
        """Set the village's time and let everything happen that is due; ValueError for a moment that has passed."""
