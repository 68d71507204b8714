"""What a start does without."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["rich", "jieba", "wechatpy"])
def test_a_server_loads_nothing_it_never_uses(module: str) -> None:
    code = f"import bot.cli, bot.commands_server, sys; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
