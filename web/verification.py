"""The platform's verification files: what it asks for at the root of a domain (MP_verify_….txt), from DATA_DIR/verify."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

FOLDER = "verify"
MAX_BYTES = 1024
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}\.txt")


@dataclass(frozen=True)
class VerificationFiles:
    data: Path

    def mount(self, app: web.Application) -> None:
        app.router.add_get("/{name:[A-Za-z0-9_-]{1,64}[.]txt}", self.show)

    async def show(self, request: web.Request) -> web.Response:
        words = await asyncio.to_thread(self._read, request.match_info["name"])
        if words is None:
            raise web.HTTPNotFound
        return web.Response(text=words)

    def _read(self, name: str) -> str | None:
        path = self.data / FOLDER / name
        if not _NAME.fullmatch(name) or not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        return path.read_text(encoding="utf-8", errors="replace").strip()
