"""`youshi fake-platform` beside a real server process: the whole way from a phone to the answer on it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import aiohttp
import pytest

from settings import DEMO_ACCOUNT
from tests.bot.town import ROOT, until_ready
from tests.conftest import SECRET
from tests.engines import free_port


async def start(folder: Path, *arguments: str, **environment: str) -> asyncio.subprocess.Process:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("YOUSHI_")}
    known = {
        "PYTHONPATH": str(ROOT), "YOUSHI_DATABASE_URL": f"sqlite:///{folder / 'village.db'}", "YOUSHI_SECRET_KEY": SECRET,
        "YOUSHI_DATA_DIR": str(folder), "YOUSHI_OA_ACCOUNTS": json.dumps([DEMO_ACCOUNT]), "YOUSHI_SIMULATOR": "0",
    }  # fmt: skip
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", *arguments, cwd=ROOT, env={**ours, **known, **environment},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def test_a_server_and_the_fake_platform_as_two_processes(village_file: Path, tmp_path: Path) -> None:
    (tmp_path / "village.db").write_bytes(village_file.read_bytes())  # noqa: ASYNC240
    api, port = free_port(), free_port()
    base = f"http://127.0.0.1:{api}"
    platform = await start(tmp_path, "fake-platform", "--port", str(api), "--server", f"http://127.0.0.1:{port}")
    server = await start(
        tmp_path, "serve", YOUSHI_PORT=str(port), YOUSHI_OA_API_BASE=base, YOUSHI_QUIET_HOURS=""
    )  # fmt: skip
    try:
        await until_ready(port, server)
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{base}/people/o-laowang/say", json={"text": "路灯坏了好几天了"}) as said:
                answer = await said.json()
            assert answer["taken"]
            assert "编号" in answer["texts"][0]
            async with session.post(f"{base}/people/o-xiaochen/say", json={"text": "您好"}) as said:
                assert said.status == 200
            for _ in range(100):
                async with session.get(f"{base}/people/o-xiaochen") as seen:
                    phone = await seen.json()
                if any("新事项" in bubble["text"] for bubble in phone["screen"]):
                    break
                await asyncio.sleep(0.1)
            assert any("新事项" in bubble["text"] and bubble["by"] == "service" for bubble in phone["screen"])
            async with session.post(f"{base}/people/o-laowang/dance", json={}) as wrong:
                assert wrong.status == 404
            async with session.post(f"{base}/platform", json={"down": True}) as switched:
                assert await switched.json() == {"down": True}
            async with session.post(f"{base}/cgi-bin/stable_token", json={}) as down:
                assert down.status == 502
    finally:
        for process in (server, platform):
            process.terminate()
            await asyncio.wait_for(process.wait(), 30)


@pytest.mark.parametrize(("name", "words"), [("nobody", "没有账号 nobody")])
async def test_an_unknown_account_is_named(tmp_path: Path, name: str, words: str) -> None:
    process = await start(tmp_path, "fake-platform", "--account", name)
    _, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    assert words in errors.decode()
