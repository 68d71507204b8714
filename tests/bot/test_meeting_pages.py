"""The A4 pages of meetings over real HTTP: under links nobody can guess, escaped, and a sign that somebody has heard."""

from __future__ import annotations

import re

import aiohttp
import pytest

from storage.meeting_pages import page_mac, page_name
from tests.bot.town import Town

SECRETARY, WANG = "o-lishuji", "o-laowang"


async def say(town: Town, who: str, text: str) -> str:
    said = await town.say(who, text)
    await town.settled()
    return said.texts[0]


async def fetch(town: Town, path: str) -> tuple[int, str, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{town.port_pushed}{path}") as answer:
        return answer.status, await answer.text(), dict(answer.headers)


def links(text: str) -> list[str]:
    return re.findall(r"http://village\.example(/n/\S+)", text)


async def test_the_pages_of_a_meeting_from_its_notice_to_its_result(town: Town) -> None:
    async with town.house(public_url="http://village.example"):
        await say(town, SECRETARY, "明天下午三点在村委会开群众会，议题：<b>修路</b> 九社")
        answer = await say(town, SECRETARY, "1")
        printed = links(answer)[0]
        status, page, headers = await fetch(town, printed)
        assert status == 200
        assert "&lt;b&gt;修路&lt;/b&gt;" in page, "what anybody wrote is escaped"
        assert "<b>修路" not in page
        for words in ("群众大会", "村委会", "李长河 10000000004", "size: A4"):
            assert words in page
        assert headers["Cache-Control"] == "no-store"
        assert "script" not in headers["Content-Security-Policy"].replace("default-src 'none'", "")
        assert town.rows("acknowledgements") == [], "the printed page belongs to nobody"

        own = links(town.texts(WANG)[-1])[0]
        assert own != printed
        assert (await fetch(town, own))[0] == 200
        assert [(row.how, row.person_id) for row in town.rows("acknowledgements")] == [
            ("opened", next(r.person_id for r in town.rows("invitations") if r.name == "王德福" and r.has_phone))
        ]
        await fetch(town, own)
        assert len(town.rows("acknowledgements")) == 1

        await say(town, SECRETARY, "会议取消")
        await say(town, SECRETARY, "1")
        assert "不开了" in (await fetch(town, printed))[1]


@pytest.mark.parametrize("change", ["mac", "person", "meeting", "kind", "junk", "long"])
async def test_a_link_that_was_changed_opens_nothing(town: Town, change: str) -> None:
    async with town.house(public_url="http://village.example") as house:
        await say(town, SECRETARY, "明天下午三点在村委会开群众会说修路 九社")
        answer = await say(town, SECRETARY, "1")
        name = links(answer)[0].removeprefix("/n/")
        kind, meeting, person, mac = name[0], *name[1:].split("-")
        changed = {
            "mac": f"{kind}{meeting}-{person}-{mac[:-1]}{'0' if mac[-1] != '0' else '1'}",
            "person": f"{kind}{meeting}-5-{mac}",
            "meeting": f"{kind}{int(meeting) + 1}-{person}-{mac}",
            "kind": f"m{meeting}-{person}-{mac}",
            "junk": "..%2F..%2Fetc",
            "long": f"{kind}{'9' * 19}-{person}-{mac}",
        }[change]
        status, page, _ = await fetch(town, f"/n/{changed}")
        assert status == 404
        assert "打不开" in page
        unknown = page_name("n", 12, 0)
        assert (await fetch(town, f"/n/{unknown}-{page_mac(house.vault, unknown)}"))[0] == 404
