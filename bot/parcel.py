"""What a transport is given to bring somewhere, and what it says when it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.delivery import Notice, Way
from storage.routes import Route


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message for one recipient over one way.

    `image` is a picture's absolute path, sent before the text. `skip` messages of it have arrived before; no more than
    `at_most` may be used in all; where the text is longer its last part is the `link` to the whole.
    """

    id: str
    text: str
    now: datetime
    way: Way = Way.GATEWAY
    image: str = ""
    link: str = ""
    skip: int = 0
    at_most: int = 3
    notice: Notice | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """`used` messages of the reply window were spent; `id` is the platform's own name for a notice."""

    used: int = 1
    id: str = ""


class Transport(Protocol):
    """A way to people. Raises ApiFailed with a Trouble that says what to do, and with `arrived` where a part did."""

    async def send(self, route: Route, parcel: Parcel) -> Receipt | None: ...
