from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot import logs
from handlers.context import Words
from storage.database import Database
from storage.rulebook import Rulebook
from tests.bot.town import Town, open_town


@pytest.fixture
async def town(
    database_url: str, tmp_path: Path, rulebook: Rulebook[Words], request: pytest.FixtureRequest
) -> AsyncIterator[Town]:
    """A town on either engine, with the demo village in its database; beside real servers mark it `wall_clock`."""
    logs.configure("console")  # as a server does; structlog's own way prints the locals of every frame
    async with open_town(database_url, tmp_path, rulebook, at_ten=_is_at_ten(request)) as town:
        yield town


@pytest.fixture
async def lone_town(
    village_file: Path, tmp_path: Path, rulebook: Rulebook[Words], request: pytest.FixtureRequest
) -> AsyncIterator[Town]:
    """A town on SQLite, for what no engine changes."""
    logs.configure("console")
    shutil.copy(village_file, tmp_path / "village.db")
    url = f"sqlite:///{tmp_path / 'village.db'}"
    async with open_town(url, tmp_path, rulebook, at_ten=_is_at_ten(request)) as town:
        yield town


@pytest.fixture
def lone_database(village_file: Path, tmp_path: Path) -> Iterator[Database]:
    """SQLite alone, for what no engine changes."""
    shutil.copy(village_file, tmp_path / "lone.db")
    database = Database(f"sqlite:///{tmp_path / 'lone.db'}")

    @event.listens_for(database.engine, "connect")
    def hurry(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")  # the disk is not what is tested here

    yield database
    database.dispose()


def _is_at_ten(request: pytest.FixtureRequest) -> bool:
    return request.node.get_closest_marker("wall_clock") is None
