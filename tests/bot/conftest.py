from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import logs
from handlers.context import Words
from storage.rulebook import Rulebook
from tests.bot.town import Town, open_town


@pytest.fixture
async def town(database_url: str, tmp_path: Path, rulebook: Rulebook[Words]) -> AsyncIterator[Town]:
    """A town on either engine, with the demo village in its database."""
    logs.configure("console")  # as a server does; structlog's own way prints the locals of every frame
    async with open_town(database_url, tmp_path, rulebook) as town:
        yield town
