"""docs/connect.md followed to the letter: every command of the page is run in its order, in windows of their own.

Only what an engineer would put in himself is put in: the values from the console, and free ports for 8080 and 8089.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import shutil
import signal
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from bot.channels.official_account import KINDS, account_from
from bot.channels.official_notices import FIELDS, notices_of
from settings import DEMO_ACCOUNT
from tests.bot.town import ROOT
from tests.engines import free_port

PAGE = (ROOT / "docs" / "connect.md").read_text("utf-8")
COPIED = {
    '"appid":"wx…"': '"appid":"wx1234567890abcdef"',
    '"secret":"…"': '"secret":"0123456789abcdef0123456789abcdef"',
    '"token":"…"': '"token":"qingchuan2026"',
    '"aes_key":"…43个字符…"': '"aes_key":"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"',
}
# In the page's order: what a command begins with or holds, and what must be read then (a pattern behind "re:").
# `!` in front: what must not be read.
EXPECTED: list[tuple[str, tuple[str, ...]]] = [
    ("export YOUSHI_OA_ACCOUNTS", ()),
    ("youshi fake-platform", ("假的微信平台开好了",)),
    ("export YOUSHI_OA_API_BASE", ()),
    ("youshi demo", ("演示村装好了",)),
    ("roster template", ("空表写好了",)),
    ("--dry-run", ("会新增：6个地方，1户，1人，2个职务", "什么都没有改")),
    ("--codes", ("新增：6个地方，1户，1人，2个职务", "给1户发绑定码")),
    ("youshi migrate", ("数据库是最新的了",)),
    ("youshi doctor", ("拿得到 access_token", "youshi menu", "!✗")),
    ("youshi serve", ("Listening on",)),
    ('"submit":true', ('"verified": true',)),
    ("youshi menu", ("qingchuan 的菜单放好了",)),
    ("youshi menu --remove", ("qingchuan 的菜单去掉了",)),
    ("mkdir -p var/verify", ()),
    ("MP_verify_abc.txt", ("the words of the console",)),
    ("keeper/follow", ("有事好商量",)),
    ("keeper/say", ("绑定码",)),
    ("1794", ("绑好了，您是九社陈小军",)),
    ("villager/follow", ("有事好商量",)),
    ("villager/say", (r"re:编号 XH-\d{6}-001", "在哪个社")),
    ('"九社"', ("归网格长陈小军", "10000000003")),
    ("people/keeper ", ("新事项", r"re:XH-\d{6}-001")),
    ("001 办好了", ('"taken": true', r"re:XH-\d{6}-001")),
    ("people/villager ", ("换了灯泡", "满意")),
    ('"code":40164', ()),
    ("youshi doctor", ("IP 不在白名单里（127.0.0.1）", "✗")),
    ('"code":40125', ()),
    ("youshi doctor", ("secret 不对", "✗")),
    ('"code":null', ()),
    ('"down":true', ('"down": true',)),
    ("youshi doctor", ("连不上微信的接口", "✗")),
    ('"down":false', ('"down": false',)),
    ("youshi doctor", ("拿得到 access_token", "!✗")),
]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Every command of the page; one over several lines where a quotation is open."""
    found, begun = [], ""
    for line in "".join(blocks("sh")).splitlines():
        begun += line + "\n"
        try:
            is_something = bool(shlex.split(begun, comments=True))
        except ValueError:
            continue
        if is_something:
            found.append(begun.strip())
        begun = ""
    assert not begun
    return found


class Desktop:
    """A checkout with .venv/bin/youshi in it, and the windows an engineer has open."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.exports = folder, ""
        self.ports = {"8080": str(free_port()), "8089": str(free_port())}
        self.windows: list[asyncio.subprocess.Process] = []
        self._drains: list[asyncio.Task[bytes]] = []
        shim = folder / ".venv" / "bin" / "youshi"
        shim.parent.mkdir(parents=True)
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bot.cli "$@"\n', "utf-8")
        shim.chmod(0o755)
        (folder / "MP_verify_abc.txt").write_text("the words of the console", "utf-8")
        ours = {name: value for name, value in os.environ.items() if not name.startswith("YOUSHI_")}
        self.environment = {
            **ours, "PYTHONPATH": str(ROOT), "NO_PROXY": "*", "YOUSHI_PORT": self.ports["8080"],
            "YOUSHI_DATA_DIR": str(folder / "var"), "YOUSHI_DATABASE_URL": f"sqlite:///{folder / 'var' / 'youshi.db'}",
        }  # fmt: skip

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for window in reversed(self.windows):
            if window.returncode is None:
                os.killpg(window.pid, signal.SIGTERM)
            await asyncio.wait_for(window.wait(), 30)

    async def follow(self, command: str, expected: tuple[str, ...]) -> None:
        for page, ours in (COPIED | self.ports).items():
            command = command.replace(page, ours)
        if command.startswith("export "):
            self.exports += command + "\n"
        elif "youshi serve" in command or "fake-platform" in command:
            await self._open_window(command, expected)
        else:
            await self._until_read(command, expected)

    async def _start(self, command: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            "bash", "-c", self.exports + command, cwd=self.folder, env=self.environment, start_new_session=True,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip

    async def _open_window(self, command: str, expected: tuple[str, ...]) -> None:
        window = await self._start(command)
        self.windows.append(window)
        assert window.stdout is not None
        said = ""
        while missing(expected, said):
            line = await asyncio.wait_for(window.stdout.readline(), 60)
            assert line, f"{command} ended: {said}"
            said += line.decode()
        self._drains.append(asyncio.create_task(window.stdout.read()))

    async def _until_read(self, command: str, expected: tuple[str, ...]) -> None:
        """Run it; what only looks is run again until it shows what must come, for a letter takes its moment."""
        until = time.monotonic() + 20
        while True:
            process = await self._start(command)
            said = (await asyncio.wait_for(process.communicate(), 60))[0].decode()
            lost = missing(expected, said)
            only_looks = command.startswith("curl") and " -d " not in command
            if not lost or not only_looks or time.monotonic() > until:
                break
            await asyncio.sleep(0.2)
        assert not lost, f"after {command!r} this was missing: {lost}\n{said}"
        is_bad = "✗" in expected
        assert process.returncode == (1 if is_bad else 0), f"{command}: {said}"


def missing(expected: tuple[str, ...], said: str) -> list[str]:
    return [words for words in expected if not _is_read(words, said)]


def _is_read(words: str, said: str) -> bool:
    if words.startswith("!"):
        return words[1:] not in said
    return bool(re.search(words[3:], said)) if words.startswith("re:") else words in said


def test_every_command_of_the_page_is_followed() -> None:
    found = commands()
    assert [begins for (begins, _), command in zip(EXPECTED, found, strict=False) if begins not in f"{command} "] == []
    assert len(found) == len(EXPECTED)


async def test_the_page_leads_from_nothing_to_the_first_message(tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not here")
    async with Desktop(tmp_path) as desktop:
        for command, (_, expected) in zip(commands(), EXPECTED, strict=True):
            await desktop.follow(command, expected)


async def test_the_doctor_says_so_where_an_account_is_of_no_village(tmp_path: Path) -> None:
    """A slip in `area` would send everything that is said to nobody."""
    async with Desktop(tmp_path) as desktop:
        account = {**DEMO_ACCOUNT, "area": "XHX"}
        desktop.exports = f"export YOUSHI_OA_ACCOUNTS='{json.dumps([account])}' YOUSHI_OA_API_BASE=http://127.0.0.1:9\n"
        await desktop.follow(".venv/bin/youshi demo", ())
        await desktop.follow(".venv/bin/youshi doctor", ("area 是“XHX”", "没有这个村镇", "✗"))


def test_the_pages_templates_are_taken_as_they_stand() -> None:
    (written,) = blocks("json")
    raw: dict[str, Any] = json.loads(f"{{{written}}}")
    account = account_from({**DEMO_ACCOUNT, **raw})
    meeting = {"what": "群众会", "when": "2026-11-27 19:00", "where": "村委会"}
    kinds = [notice.way.value for notice in notices_of(account.templates, "meeting.notice", meeting)]
    assert kinds == ["long_term", "template", "template"]
    assert len(notices_of(account.templates, "matter.progress", {})) == 1
    listed = re.search(r"^能装的有 (.*)。$", PAGE, re.MULTILINE)
    assert listed is not None
    assert set(re.findall(r"`(\w+)`", listed[1])) == FIELDS


def test_the_table_of_kinds_says_what_the_code_takes_them_for() -> None:
    columns = ("customer_service", "template", "subscribe", "qrcode", "menu")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| 能 \|(.+)\|$", PAGE, re.MULTILINE)
    said = {
        kind: {c for c, cell in zip(columns, cells.split("|"), strict=True) if cell.strip() == "能"}
        for kind, cells in rows
    }
    assert said == {kind: set(capabilities) & set(columns) for kind, capabilities in KINDS.items()}
