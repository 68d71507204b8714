"""What a whole run writes to stderr, with everything broken that can be: no words, no names, no secrets; one id a message."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import defaultdict

import pytest

from bot.emulator.api import CUSTOM_SEND
from settings import DEMO_ACCOUNT
from tests.bot.test_server_input import genuine, line_to, post
from tests.bot.town import LAMP, ROOT, WANG, Town, until_ready
from tests.conftest import SECRET
from tests.engines import free_port

STRANGER = "oQ7xYbTz0123456789abcdefghij"
SECRET_WORDS = "村主任李长河把低保给了他小舅子"
WORDS = (LAMP, SECRET_WORDS, "坏在话里", "坏在行里", "坏在查询里", "坏在循环里", "身份证", "水管爆了")
PRIVATE = (
    *WORDS, WANG, "o-xiaochen", STRANGER, "10000000003", "13812345678", "51010119610101123X", "王德福", "陈小军",
    SECRET, DEMO_ACCOUNT["secret"], DEMO_ACCOUNT["token"], DEMO_ACCOUNT["aes_key"], DEMO_ACCOUNT["appid"], "access_token=",
)  # fmt: skip


async def _a_day(town: Town) -> None:
    push = town.platform.push
    push.knobs.tries = 1
    said = (
        LAMP, "进度", SECRET_WORDS, f"坏在话里，{LAMP}", f"坏在行里，{LAMP}", f"坏在查询里，{LAMP}", f"坏在循环里，{LAMP}",
        "我叫王德福，电话13812345678，身份证51010119610101123X，水管爆了", "着火了，快来人",
    )  # fmt: skip
    for who in (WANG, STRANGER):
        for words in said:
            await town.say(who, words)
    town.platform.api.script(CUSTOM_SEND, 45015, 45047, 40001, -1, 48002)
    await push.follow(STRANGER, "hh.231")
    await push.send_voice(WANG, recognition=LAMP)
    await push.send_raw(WANG, b"<xml><MsgType><![CDATA[" + LAMP.encode() + b"]]></MsgType></xml>")
    async with line_to(town) as ask:
        query, body = genuine()
        await ask(post(f"/wx/demo?{query}&openid={STRANGER}".encode(), body[:-30]))
        await ask(post(f"/wx/demo?openid={STRANGER}&x=\xff".encode("latin-1"), body))
        await ask(b"GET /wx/demo?openid=" + STRANGER.encode() + b" HTTP/9.9\r\n\r\n")
        await ask(post(f"/wx/demo?openid={STRANGER}".encode(), b"zz", b"Transfer-Encoding: chunked"))
    await asyncio.sleep(3)  # the sweeper plays the broken ones again


@pytest.fixture
def style(engine: str) -> str:
    """Each way of writing once: what is written does not depend on the engine."""
    return {"sqlite": "json", "postgres": "console"}[engine]


async def _run(town: Town, style: str) -> str:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.faulty_server",
        cwd=ROOT, env={**town.environment(port, YOUSHI_LOG_FORMAT=style), "PATH": os.environ["PATH"]},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    reading = asyncio.create_task(process.communicate())
    try:
        await until_ready(port, process)
        town.push_to(port)
        await _a_day(town)
    finally:
        if process.returncode is None:
            process.terminate()
    out, errors = await asyncio.wait_for(reading, 30)
    assert process.returncode == 0
    return (out + errors).decode()


async def test_nothing_private_is_in_any_line_and_every_line_of_a_message_bears_its_id(town: Town, style: str) -> None:
    written = await _run(town, style)
    assert "turn.failed" in written
    assert "batch.failed" in written
    for private in PRIVATE:
        around = written[max(written.find(private) - 200, 0) : written.find(private) + 100]
        assert private not in written, around
    if style == "json":
        _ids(written)


def _ids(written: str) -> None:
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert len(lines) == len([line for line in written.splitlines() if line.strip()]), "every line is JSON"
    by_message = defaultdict(set)
    for line in lines:
        if line["event"] in ("message", "turn.failed", "letter.ended", "letter.waits"):
            assert line["message"], line
            by_message[line["message"]].add(line["event"])
    assert any({"message", "turn.failed"} <= events for events in by_message.values())
    assert any({"message", "letter.ended"} <= events for events in by_message.values())
    assert all("timestamp" in line and "level" in line for line in lines)
