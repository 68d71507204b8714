"""E22 and the poll half of E18, through the signed webhook and the fake API, on both engines."""

from __future__ import annotations

import asyncio
import hashlib
import re
from datetime import datetime, timedelta

import aiohttp
import pytest

from storage.demo import HOMES, paper_code
from tests.bot.test_line_processes import deliver_to, two_servers
from tests.bot.town import CHEN, CHINA, WANG, ZHANG, Town, eventually
from tests.scenarios.test_first_days import hear

SECRETARY, XIUYING, STRANGER, REP = "o-lishuji", "o-xiuying", "o-waicun", "o-daibiao"
WIFE = "o-juxiang"  # of WANG's household


def named(day: datetime) -> str:
    return f"{day.month}月{day.day}日"


async def opened(town: Town, words: str) -> None:
    assert "回 1 发出" in await hear(town, SECRETARY, words)
    assert "到点自己出结果" in await hear(town, SECRETARY, "1")


async def test_e22_a_poll_by_household_from_the_question_to_the_result(town: Town) -> None:
    async with town.house():
        closing = (town.clock().astimezone(CHINA) + timedelta(days=1)).replace(hour=20, minute=0)
        asked = await hear(town, SECRETARY, f"东路/西路 按户投 到{named(closing)}晚八点")
        assert "投啥事" in asked
        read = await hear(town, SECRETARY, "修路选哪条")
        assert read.startswith("【征求意见，不代替会议表决】修路选哪条".replace("】", "】\n"))
        assert "一户一票" in read
        assert "全村300户" in read
        assert f"{named(closing)} " in read
        await hear(town, SECRETARY, "1")
        town.turn_clock(minutes=1, seconds=5)
        await town.heard(XIUYING, 1, 15)
        assert "1 东路\n2 西路" in town.texts(XIUYING)[0]
        assert "投的是 1 东路" in await hear(town, WANG, "1")
        assert "改好了" in await hear(town, WANG, "改成2")
        assert "投的是 2 西路" in await hear(town, ZHANG, "选西路")
        assert "绑定 姓名 几社" in await hear(town, STRANGER, "投1")
        assert "没记" in await hear(town, XIUYING, "我妈投2 她没微信")
        assert "没截止前谁也看不到票数" in await hear(town, SECRETARY, "投票结果")
        assert len(town.rows("ballots")) == 2
        town.clock.move_to(closing + timedelta(minutes=2))
        before = len(town.texts(SECRETARY))
        await town.heard(SECRETARY, before + 1, 20)
        result = next(text for text in town.texts(SECRETARY) if "投票结果：" in text)
        assert "1.东路 0户\n2.西路 2户\n参加2户/应投300户" in result
        assert "征求意见，不代替会议表决" in result
        assert "已经截止" in await hear(town, CHEN, "投1")
    assert len(town.rows("ballots")) == 2
    assert town.faults == []


async def test_e22_a_secret_ballot_is_read_by_nobody_and_checked_by_everybody(town: Town) -> None:
    async with town.house():
        await opened(town, "发起投票 打机井 选项 同意 不同意 弃权 投三天 不记名")
        said = {
            who: await hear(town, who, words) for who, words in [(WANG, "1"), (ZHANG, "反对"), (XIUYING, "我家同意")]
        }
        receipts = {who: re.search(r"回执 (\w{4}-\w{4})", text) for who, text in said.items()}
        kept = [row for row in town.rows("inbox") if row.actor in said]
        assert {row.text for row in kept} == {""}
        assert {row.reply for row in kept} == {"您的票已记下。\n投票1"}
        assert [row.thing for row in town.rows("ledger") if row.thing in ("poll", "ballot")] == ["poll"]
        assert town.rows("ballots") == []
        assert "截了不能再开" in await hear(town, SECRETARY, "投票结束")
        await hear(town, SECRETARY, "1")
        town.turn_clock(minutes=2)
        await eventually(lambda: town.rows("polls")[0].state == "closed", 20)
        town.turn_clock(minutes=2)
        await eventually(lambda: town.rows("secret_ballots") == [], 20)
        receipt = receipts[WANG]
        assert receipt is not None
        assert "算进去了" in await hear(town, WANG, f"回执 {receipt[1]}")
        async with aiohttp.ClientSession() as anybody:
            async with anybody.get(f"http://127.0.0.1:{town.port_pushed}/polls/XH/1.txt") as page:
                published = await page.read()
            async with anybody.get(f"http://127.0.0.1:{town.port_pushed}/polls/XH/2.txt") as page:
                assert page.status == 404
    lists = town.rows("poll_lists")[0]
    assert town.rows("polls")[0].key == ""
    assert lists.receipts.split("\n") == sorted(found[1] for found in receipts.values() if found)
    assert sorted(line.split()[1] for line in lists.choices.split("\n")) == ["1", "1", "2"]
    posted = [row.body for row in town.rows("outbox") if row.purpose == "post.result"]
    assert lists.digest in posted[0]
    assert hashlib.sha256(published).hexdigest() == lists.digest
    assert receipt[1].encode() in published


async def test_e18_a_poll_until_a_lunar_day_is_read_back_by_the_sun(town: Town) -> None:
    """腊月廿三 is read back with its solar date and weekday; only then does anything go out."""
    async with town.house():
        said = await hear(town, SECRETARY, "发起投票 庙会哪天办 选项 初六 初八 截止腊月廿三晚上八点")
        assert re.search(r"[12]月\d{1,2}日 周[一二三四五六日] 晚8点截止", said)
        assert town.rows("polls") == []
        assert "先" not in await hear(town, SECRETARY, "取消")
    assert town.rows("polls") == []


@pytest.mark.wall_clock
async def test_two_phones_of_one_household_at_two_servers_are_one_vote(town: Town) -> None:
    """Every vote goes to both servers at the same moment, some three times; the count never exceeds the roll."""
    async with town.house():
        code = paper_code(HOMES[WANG])
        assert "绑好了" in await hear(town, WIFE, f"绑定 高菊香 九社 {code}")
        await opened(town, "发起投票 修路选哪条 选项 东路 西路 投三天")  # the servers below live in their own time
    async with two_servers(town) as (here, there):
        push = town.platform.push
        push.knobs.concurrent = 2
        votes = [
            push.text(who, words)
            for who in (WANG, WIFE, ZHANG, XIUYING, CHEN, REP)
            for words in ("1", "改成2", "选东路")
        ]
        await asyncio.gather(*(deliver_to(town, port, vote) for vote in votes for port in (here, there)))
        await town.settled()
        last = [push.text(who, "投2") for who in (WANG, WIFE, ZHANG, XIUYING, CHEN, REP)]
        await asyncio.gather(*(deliver_to(town, port, vote) for vote in last for port in (there, here)))
        await town.settled()
    ballots = town.rows("ballots")
    assert len(ballots) == len({ballot.entry for ballot in ballots}) == 5
    assert {ballot.choice for ballot in ballots} == {0b10}
    assert HOMES[WANG] in {ballot.entry for ballot in ballots}
    assert town.faults == []
