"""What a start does without."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from unittest.mock import Mock

import pytest

from bot.commands_server import has_demo
from settings import Settings
from tests.bot.town import Town


def test_a_server_loads_nothing_it_never_uses() -> None:
    """Nor what draws: pictures and codes are rare, and what draws them takes memory."""
    code = "import bot.cli, bot.commands_server, sys; print(*{'rich', 'jieba', 'wechatpy', 'PIL', 'segno'} & {*sys.modules})"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.split() == []


@pytest.mark.parametrize("url", ["nonsense", "mysql://x@127.0.0.1/y"])
def test_an_address_that_is_none_holds_no_demo_village(url: str) -> None:
    """Whether the demo village is loaded was looked up before the address was checked: fifty lines of traceback."""
    assert not has_demo(Settings(database_url=url))


async def test_a_redis_that_is_not_there_is_told_at_the_start(lone_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost without it, and so nobody noticed."""
    log = Mock()
    monkeypatch.setattr("bot.wiring.log", log)
    async with lone_town.house(redis_url="redis://127.0.0.1:1/0"):
        await asyncio.sleep(0.5)
    assert [call.args[0] for call in log.warning.call_args_list] == ["redis.unreachable"]
