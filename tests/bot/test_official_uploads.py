"""Pictures uploaded to the platform are remembered as long as they stay there, and no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from bot.channels.official_transport import UPLOAD_LASTS, OfficialTransport
from bot.parcel import Parcel
from domain.delivery import Way
from storage.routes import Route

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
ROUTE = cast(Route, type("To", (), {"native_id": "o-1"})())


class Platform:
    """Takes whatever is brought and counts what is uploaded."""

    def __init__(self) -> None:
        self.uploaded: list[str] = []

    async def upload(self, _kind: str, name: str, _type: str, _content: bytes) -> str:
        self.uploaded.append(name)
        return f"id-{len(self.uploaded)}"

    async def send_image(self, _openid: str, _media_id: str) -> None:
        return None


async def test_an_upload_is_used_again_while_it_lasts_and_forgotten_afterwards(tmp_path: Path) -> None:
    platform = Platform()
    transport = OfficialTransport(cast(Any, platform))

    async def send(name: str, at: datetime) -> None:
        (tmp_path / name).write_bytes(b"x")
        await transport.send(ROUTE, Parcel("1", "", at, Way.SERVICE, str(tmp_path / name)))

    for day in range(30):
        for name in (f"{day}.png", f"{day}.png", f"{day}-b.png"):
            await send(name, NOW + timedelta(days=day))
    assert platform.uploaded[:2] == ["0.png", "0-b.png"]
    assert len(platform.uploaded) == 60
    kept = 2 * (UPLOAD_LASTS.days + 1)
    assert len(transport._uploads) <= kept
    assert len(transport._uploading) <= kept
