"""E17 (meeting life), E18 (lunar time) and the meeting half of E22 (polls and meetings side by side), through HTTP.

The week begins on a Monday at ten, so that 周五 is this week's; every date is worked out from the calendar. Both engines.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from bot.emulator.ledger import Source
from domain.almanac import lunar_of
from domain.deadlines import CHINA
from handlers.texts.dates import day, moment
from storage import demo
from tests.bot.town import Town, eventually

SECRETARY, WANG, ZHANG, XIUYING, CHEN, CLERK, REP = (
    "o-lishuji", "o-laowang", "o-zhangshen", "o-xiuying", "o-xiaochen", "o-wenshu", "o-daibiao",
)  # fmt: skip


async def hear(town: Town, who: str, text: str) -> str:
    said = await town.say(who, text)
    assert len(said.texts) == 1, "exactly one bubble for a message"
    await town.settled()
    return said.texts[0]


def local(town: Town) -> datetime:
    return town.clock().astimezone(CHINA)


async def go_to(town: Town, at: datetime) -> None:
    """Let the village's time go on; everybody has written within the platform's window again."""
    town.clock.move_to(at)
    for openid, *_ in demo.CAST:
        town.platform.ledger.grant(openid, Source.MESSAGE, town.clock())
    await town.ticked()


def monday(town: Town) -> datetime:
    now = local(town)
    ahead = (7 - now.weekday()) % 7 or 7
    return (now + timedelta(days=ahead)).replace(hour=10, minute=0, second=0, microsecond=0)


def to_group(town: Town) -> list[str]:
    return [row.body for row in town.rows("outbox") if row.address.startswith("group:")]


def meeting_of(town: Town) -> Any:
    return town.rows("meetings")[-1]


async def test_e17_the_life_of_a_meeting(town: Town) -> None:
    async with town.house():
        begins = monday(town)
        await go_to(town, begins)
        friday = (begins + timedelta(days=4)).replace(hour=19)
        assert "请谁来" in await hear(town, SECRETARY, "开会通知 周五晚七点 村委会 议题 机井")
        back = await hear(town, SECRETARY, "九社")
        assert moment(friday) in back
        assert "1 发出" in back
        assert town.rows("meetings") == []
        assert "发出了" in await hear(town, SECRETARY, "1")
        assert any("机井" in text and moment(friday) in text for text in town.texts(WANG))
        assert any("机井" in text for text in to_group(town))

        assert "记下了" in await hear(town, WANG, "我去")
        assert "您媳妇替您家来" in await hear(town, ZHANG, "去不成我媳妇去")
        for before, who, many in ((24, WANG, 1), (3, "", 1), (0.5, WANG, 2)):
            await go_to(town, friday - timedelta(hours=before) + timedelta(seconds=5))
            reminded = [r for r in town.rows("outbox") if ":r:" in (r.once or "") and r.state != "dropped"]
            if who:
                mine = [text for text in town.texts(who) if "机井" in text or "就开会了" in text]
                assert len(mine) == 1 + many
            else:
                assert len([r for r in reminded if r.address.startswith("group:")]) == many

        assert "签到码" in await hear(town, SECRETARY, "开始签到")
        code = meeting_of(town).code
        await eventually(lambda: bool(town.platform.api.codes))  # the picture for the door is made and sent
        await town.platform.push.scan(WANG, list(town.platform.api.codes.values())[-1])
        await hear(town, ZHANG, f"签到 {code}")
        assert "到会3人" in await hear(town, CLERK, "签到 王秀英")
        await go_to(town, friday + timedelta(minutes=20))
        await hear(town, CLERK, "会议记录 张三:同意 李四:不同意")
        await hear(town, CLERK, "决定：打机井，陈小军负责，月底前办完")
        await hear(town, CLERK, "记完了")
        assert "发到群里" in await hear(town, CLERK, "1")
    said = {(row.speaker, row.stance) for row in town.rows("speeches")}
    assert said == {("张三", "同意"), ("李四", "反对")}
    decided = town.rows("decisions")[0]
    assert (decided.text, decided.owner) == ("打机井", "陈小军")
    assert any("会议结果" in text for text in to_group(town))
    assert "打机井由您负责" in "".join(town.texts(CHEN))
    assert meeting_of(town).status == "held"
    assert town.faults == []


def next_lunar(today: date, wanted: int) -> date:
    day_ = today + timedelta(days=1)
    while lunar_of(day_).day != wanted:
        day_ += timedelta(days=1)
    return day_


async def test_e18_lunar_time(town: Town) -> None:
    async with town.house():
        begins = monday(town)
        await go_to(town, begins)
        eighth = next_lunar(begins.date() + timedelta(days=3), 8)
        if next_lunar(begins.date(), 8) != eighth:  # too near for the three days of the law: take the one after it
            await go_to(town, begins + timedelta(days=4))
        assert "在哪里开" in await hear(town, SECRETARY, "初八上午开代表会")
        await hear(town, SECRETARY, "村委会")
        back = await hear(town, SECRETARY, "修路")
        assert f"{day(eighth)} 上午9点" in back, "the solar day with its weekday"
        assert "发出了" in await hear(town, SECRETARY, "1")
        starts = datetime(eighth.year, eighth.month, eighth.day, 9, tzinfo=CHINA)
        assert meeting_of(town).starts_at == starts
        if starts - local(town) > timedelta(days=3, hours=1):
            await go_to(town, starts - timedelta(days=3) + timedelta(minutes=1))
            again = [r for r in town.rows("outbox") if ":r:notice3:" in (r.once or "")]
            assert any(row.address.startswith("group:") for row in again), "announced again three days before"
        answer = await hear(town, SECRETARY, "年三十下午两点在村委会开群众会说值班 全村")
        if "没有三十" in answer:
            answer = await hear(town, SECRETARY, "是")
        assert "下午2点" in answer
        year = lunar_of(local(town).date()).year
        last = max(d for d in (_day_of(year, n) for n in (29, 30)) if d is not None)
        assert day(last) in answer
        await hear(town, SECRETARY, "3")
    assert len(town.rows("meetings")) == 1
    assert town.faults == []


def _day_of(year: int, number: int) -> date | None:
    from domain.almanac import NoSuchLunarDay, solar_of

    try:
        return solar_of(year, 12, number)
    except NoSuchLunarDay:
        return None


async def test_e22_a_poll_and_a_meeting_side_by_side(town: Town) -> None:
    """A bare number between a poll and a meeting is asked about; each word finds its own."""
    async with town.house():
        begins = monday(town)
        await go_to(town, begins)
        await hear(town, SECRETARY, "周五晚上七点在村委会开群众会说修路 九社")
        await hear(town, SECRETARY, "1")
        poll = await hear(town, SECRETARY, "弄个投票 修路选哪条 东路还是西路 按户投 投到周六晚八点")
        for _ in range(4):
            if "发出" in poll and "1" in poll:
                break
            poll = await hear(town, SECRETARY, "九社")
        await hear(town, SECRETARY, "1")
        apart = await hear(town, WANG, "1")
        assert "您是回" in apart
        assert "开会" in apart
        await hear(town, ZHANG, "我去")
        await hear(town, XIUYING, "投1")
    answers = {row.name: row.answer for row in town.rows("invitations") if row.has_phone}
    assert answers["张桂兰"] == "yes"
    assert answers["王秀英"] == ""
    assert answers["王德福"] == ""
    assert town.faults == []
