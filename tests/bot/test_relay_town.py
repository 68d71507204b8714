"""An ordinary group: the cadre gets text, link and picture; he forwards; what villagers answer comes through the account."""

from __future__ import annotations

import re

import aiohttp
from PIL import Image

from bot.emulator.endpoints import QR_CREATE
from storage import tables
from storage.batch import Batch
from storage.outbox import Priority
from storage.store import DirectoryCache, Store
from storage.vault import Vault
from tests.bot.town import WANG, Town, eventually
from tests.conftest import SECRET

SECRETARY = "o-lishuji"
NOTICE = "周五晚上七点在村委会开会，商量修路。"


def post(town: Town, text: str, address: str = "group:1", **how: object) -> None:
    with Batch(town.database) as batch:
        store = Store(batch, DirectoryCache(), Vault(SECRET))
        with batch.turn():
            store.outbox.put(address, "notice", text, town.clock(), village_id=3, **how)  # type: ignore[arg-type]


def without_gateway(town: Town) -> None:
    with town.database.write() as connection:
        connection.execute(tables.transports.delete())


async def test_the_cadre_gets_what_he_needs_and_the_answers_come_through_the_account(lone_town: Town) -> None:
    town = lone_town
    without_gateway(town)
    async with town.house(public_url="https://cun.example") as house:
        post(town, NOTICE)
        texts = await town.heard(SECRETARY, 2)
        request, forward = texts[0], next(text for text in texts if NOTICE in text)
        assert "兴河大家庭" in request
        assert "已转发" in request
        picture = next(b for b in town.platform.phones.phone(SECRETARY).bubbles if b.kind == "image")
        file = town.platform.api.files.get(picture.text)
        assert file is not None
        assert file.content.startswith(b"\x89PNG")
        link = re.search(r"https://cun\.example(/t/\S+)", forward)
        assert link is not None
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{town.port_pushed}{link[1]}") as page:
                assert (page.status, NOTICE in await page.text()) == (200, True)
            forged = link[1][:-1] + ("0" if link[1][-1] != "0" else "1")
            async with session.get(f"http://127.0.0.1:{town.port_pushed}{forged}") as page:
                assert (page.status, NOTICE in await page.text()) == (404, False)
        scene = next(iter(town.platform.api.codes.values()))
        assert NOTICE in (await town.platform.push.scan(WANG, scene)).texts[0]
        assert "记下了" in (await town.say(SECRETARY, "已转发")).texts[0]
        assert house.port
    group = next(row for row in town.rows("outbox") if row.address == "group:1")
    assert (group.state, group.way) == ("sent", "relay")


async def test_without_a_scene_code_he_still_gets_the_text(lone_town: Town) -> None:
    town = lone_town
    without_gateway(town)
    town.platform.api.always(QR_CREATE, 48001)
    async with town.house():
        post(town, NOTICE)
        texts = await town.heard(SECRETARY, 2)
        assert NOTICE in texts[1]
    assert not [b for b in town.platform.phones.phone(SECRETARY).bubbles if b.kind == "image"]


async def test_a_group_nobody_answers_for_ends_in_the_report(lone_town: Town) -> None:
    town = lone_town
    async with town.house():
        post(town, NOTICE, address="group:999")
        await eventually(lambda: town.states("outbox")["stuck"] == 1)
    assert [(row.group_id, row.how) for row in town.rows("undelivered")] == [(999, "")]


async def test_a_picture_goes_before_its_text_and_is_uploaded_once_for_all(lone_town: Town) -> None:
    town = lone_town
    (town.folder / "charts").mkdir()
    Image.new("RGB", (30, 20), "red").save(town.folder / "charts" / "poll-1.png")
    async with town.house():
        for contact in (1, 2):
            post(
                town, "投票结果在图里", address=f"contact:{contact}", image="charts/poll-1.png", priority=Priority.BULK
            )
        await town.settled()
    for openid in (WANG, "o-zhangshen"):
        assert [b.kind for b in town.platform.phones.phone(openid).bubbles] == ["image", "text"]
    assert len(town.platform.api.calls("/cgi-bin/media/upload")) == 1


async def test_a_picture_that_is_not_there_leaves_the_letter_to_a_person(lone_town: Town) -> None:
    town = lone_town
    async with town.house():
        post(town, "图呢", address="contact:1", image="charts/none.png")
        await eventually(lambda: town.states("outbox")["stuck"] == 1)
    assert town.texts(WANG) == []


async def hear(town: Town, who: str, *lines: str) -> str:
    for line in lines:
        said = await town.say(who, line)
        await town.settled()
    return "".join(said.texts)


async def test_nobody_is_told_that_it_stands_in_a_group_before_a_cadre_has_forwarded_it(lone_town: Town) -> None:
    """And the group is not asked to answer where nobody of us reads."""
    town = lone_town
    without_gateway(town)
    async with town.house(public_url="https://cun.example"):
        meeting = await hear(town, SECRETARY, "后天下午三点在村委会开群众会说修路的事 全村", "1")
        poll = await hear(town, SECRETARY, "发起投票 修路选哪条 A东路 B西路 截止后天晚八点", "1")
        note = await hear(town, SECRETARY, "通知 明天停水 全村", "1")
        for answer in (meeting, poll, note):
            assert "已请人转发" in answer
            assert "发到群里" not in answer
            assert "群里也发了" not in answer
        forwarded = [row.body for row in town.rows("outbox") if row.purpose == "relay"]
    assert len(forwarded) == 6
    assert not [text for text in forwarded if "引用" in text]
    assert [text for text in forwarded if "能来的在公众号里回1" in text]
    assert [text for text in forwarded if "在公众号里回个数就行" in text]


async def test_where_the_group_is_heard_it_is_posted_and_quoted(lone_town: Town) -> None:
    town = lone_town
    async with town.house():
        meeting = await hear(town, SECRETARY, "后天下午三点在村委会开群众会说修路的事 全村", "1")
        assert "群里也发了" in meeting
    post = next(row.body for row in town.rows("outbox") if row.address.startswith("group:"))
    assert "引用这条" in post
