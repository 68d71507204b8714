"""Notices of meetings and polls to somebody outside of the 48 hours: by subscription, by template, else to a cadre.

Over real HTTP; the platform's limits are stated here again (wechat page A8), apart from the code that keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.official_notices import fill
from bot.emulator.endpoints import BIZ_SEND, TEMPLATE_SEND
from bot.emulator.ledger import Source
from domain.deadlines import CHINA
from domain.delivery import Notice, Way
from domain.matters import Matter, Status, Urgency
from domain.meetings import Meeting, MeetingStatus
from domain.organisation import Person
from domain.polls import Poll, Scope, State, Unit
from handlers.texts import notices
from handlers.texts.dates import moment
from settings import DEMO_ACCOUNT
from storage import demo
from tests.bot.town import CHEN, WANG, ZHANG, Town
from tests.bot.toys import NOW

SECRETARY = "o-lishuji"
MEETING_FIELDS = {"thing1": "what", "time2": "when", "thing3": "where", "name4": "who", "phrase5": "status"}
POLL_FIELDS = {"thing1": "what", "time2": "when", "character_string3": "number", "phone_number4": "phone"}
MATTER_FIELDS = {"thing1": "what", "character_string2": "number", "phrase3": "status", "name4": "who"}


def _notice(number: str, kind: str, fields: Mapping[str, str]) -> dict[str, Any]:
    return {"id": number, "kind": kind, "fields": dict(fields)}


TEMPLATES = {
    "meeting": [
        _notice("long-meeting", "long_term", MEETING_FIELDS),
        _notice("once-meeting", "one_time", MEETING_FIELDS),
        _notice("meeting", "template", MEETING_FIELDS),
    ],
    "poll": _notice("poll", "template", POLL_FIELDS),
    "matter": _notice("matter", "template", MATTER_FIELDS),
}
WITH_TEMPLATES = [{**DEMO_ACCOUNT, "templates": TEMPLATES}]
LIMITS = {
    "thing": re.compile(r"\S.{0,19}"),
    "time": re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d"),
    "name": re.compile(r"[\u4e00-\u9fff·]{1,10}"),
    "phrase": re.compile(r"[\u4e00-\u9fff]{1,5}"),
    "character_string": re.compile(r"[!-~]{1,32}"),
    "phone_number": re.compile(r"\d{3,17}"),
}
FRIDAY_AT_SEVEN = "开会通知 周五晚七点 村委会 议题 机井"


async def hear(town: Town, who: str, *lines: str) -> str:
    for line in lines:
        said = await town.say(who, line)
        await town.settled()
    return "".join(said.texts)


async def next_monday(town: Town) -> datetime:
    """Go to the next Monday at ten; everybody but the secretary has been silent for longer than the platform waits."""
    now = town.clock().astimezone(CHINA)
    ahead = (7 - now.weekday()) % 7 or 7
    monday = (now + timedelta(days=ahead)).replace(hour=10, minute=0, second=0, microsecond=0)
    town.clock.move_to(monday)
    for openid, *_ in demo.CAST:
        town.platform.ledger.close(openid)
    town.platform.ledger.grant(SECRETARY, Source.MESSAGE, monday)
    await town.ticked()
    return monday


def data_of(town: Town, path: str, openid: str) -> list[dict[str, str]]:
    """The fields of every notice asked for him, in order; each keeps to the platform's limits."""
    found = []
    for call in town.platform.api.calls(path):
        if call.json["touser"] == openid:
            found.append({name: entry["value"] for name, entry in call.json["data"].items()})
    for data in found:
        keeps_to_limits(data)
    return found


def keeps_to_limits(data: Mapping[str, str]) -> None:
    for name, value in data.items():
        assert LIMITS[name.rstrip("0123456789")].fullmatch(value), (name, value)


async def test_a_silent_villager_gets_the_meetings_notice_as_a_template(town: Town) -> None:
    async with town.house(oa_accounts=WITH_TEMPLATES, public_url="https://cun.example"):
        monday = await next_monday(town)
        friday = (monday + timedelta(days=4)).replace(hour=19)
        assert "发出了" in await hear(town, SECRETARY, FRIDAY_AT_SEVEN, "九社", "1")
        (notice,) = data_of(town, TEMPLATE_SEND, WANG)
        assert notice == {
            "thing1": "九社群众大会", "time2": f"{friday:%Y-%m-%d %H:%M}", "thing3": "村委会", "name4": "李长河",
            "phrase5": "请您回复",
        }  # fmt: skip
        card = town.texts(WANG)[-1]
        assert "详情 https://cun.example/t/" in card, "the whole of it is a page away"

        assert "改好了" in await hear(town, SECRETARY, "会议改到周六", "1")
        town.clock.move_to(friday + timedelta(hours=1))
        await town.ticked()
        await hear(town, SECRETARY, "会议取消", "1")
        said = [(one["thing1"], one["phrase5"]) for one in data_of(town, TEMPLATE_SEND, WANG)]
        assert said == [
            ("九社群众大会", "请您回复"),
            ("有变动：九社群众大会", "有变动"),
            ("提醒：九社群众大会", "请您参加"),
            ("取消：九社群众大会", "不开了"),
        ]
    assert [row for row in town.rows("undelivered") if row.contact_id is not None] == []


async def test_what_he_allowed_goes_before_the_template(lone_town: Town) -> None:
    town = lone_town
    async with town.house(oa_accounts=WITH_TEMPLATES):
        await next_monday(town)
        await town.platform.push.allow(WANG, "long-meeting", is_long_term=True)
        await town.platform.push.allow(ZHANG, "once-meeting")
        town.platform.ledger.close(WANG)
        town.platform.ledger.close(ZHANG)
        await hear(town, SECRETARY, FRIDAY_AT_SEVEN, "九社", "1")
        await hear(town, SECRETARY, "会议改到周六", "1")
        kinds = {
            who: [b.kind for b in town.platform.phones.phone(who).bubbles if "九社群众大会" in b.text]
            for who in (WANG, ZHANG)
        }
        assert kinds == {WANG: ["notice", "notice"], ZHANG: ["notice", "template"]}
        assert len(data_of(town, BIZ_SEND, WANG)) == 2


async def test_without_any_notice_he_is_in_the_cadres_list(lone_town: Town) -> None:
    """A poll's template says nothing of a meeting."""
    town = lone_town
    async with town.house(oa_accounts=[{**DEMO_ACCOUNT, "templates": {"poll": TEMPLATES["poll"]}}]):
        await next_monday(town)
        await hear(town, SECRETARY, FRIDAY_AT_SEVEN, "九社", "1")
        assert town.platform.api.calls(TEMPLATE_SEND) == []
        line = re.search(
            r"^(\d+) 张桂兰.*(一句话都|两天没跟公众号说过话)", await hear(town, CHEN, "没送到的"), re.MULTILINE
        )
        assert line is not None
        assert "机井" in await hear(town, CHEN, f"没送到的 {line[1]}")
        assert "记下了：张桂兰" in await hear(town, CHEN, f"通知到了 {line[1]}")


async def test_a_poll_opens_reminds_and_ends_by_template(town: Town) -> None:
    async with town.house(oa_accounts=WITH_TEMPLATES):
        monday = await next_monday(town)
        closes = (monday + timedelta(days=2)).replace(hour=20)
        line = "发起投票 打机井的位置选在村东头老槐树底下还是村西头戏台后面空地 A东头 B西头 截止周三晚八点 九社"
        assert "1" in await hear(town, SECRETARY, line)
        await hear(town, SECRETARY, "1")
        for at in (monday, closes - timedelta(hours=3), closes):
            for minutes in (1, 2):
                town.clock.move_to(at + timedelta(minutes=minutes))
                await town.ticked()
        asked, closing = data_of(town, TEMPLATE_SEND, WANG)
        result = data_of(town, TEMPLATE_SEND, SECRETARY)[-1]  # silent for two days by now, as everybody
        assert [one["thing1"][:3] for one in (asked, closing, result)] == ["投票：", "快截止", "结果："]
        assert {one["time2"] for one in (asked, closing, result)} == {f"{closes:%Y-%m-%d %H:%M}"}
        assert {one["thing1"][-1] for one in (asked, closing, result)} == {"…"}
        assert asked["phone_number4"].isdigit()


async def test_a_matter_goes_to_a_silent_keeper_and_comes_back_to_a_silent_reporter(lone_town: Town) -> None:
    town = lone_town
    async with town.house(oa_accounts=WITH_TEMPLATES):
        await next_monday(town)
        await hear(town, WANG, "路灯坏了好几天了，黑灯瞎火的")
        (new,) = data_of(town, TEMPLATE_SEND, CHEN)
        assert (new["thing1"], new["phrase3"], new["name4"]) == ("路灯照明：等您处理", "等您处理", "陈小军")
        town.platform.ledger.close(WANG)
        await hear(town, CHEN, "001 办好了 换了灯泡")
        (done,) = data_of(town, TEMPLATE_SEND, WANG)
        assert (done["phrase3"], done["character_string2"]) == ("请您评价", new["character_string2"])


async def test_inside_a_window_the_whole_text_goes_and_the_fields_stay_at_home(lone_town: Town) -> None:
    town = lone_town
    async with town.house(oa_accounts=WITH_TEMPLATES):
        monday = await next_monday(town)
        await hear(town, WANG, "您好")
        await hear(town, SECRETARY, FRIDAY_AT_SEVEN, "九社", "1")
        assert any(moment((monday + timedelta(days=4)).replace(hour=19)) in text for text in town.texts(WANG))
        assert [call for call in town.platform.api.calls(TEMPLATE_SEND) if call.json["touser"] == WANG] == []


POLL = Poll(
    id=1, number=12, version=1, village_id=3, area_id=3, scope=Scope((3,)), title="", options=("甲", "乙"),
    unit=Unit.HOUSEHOLD, is_multiple=False, is_secret=False, in_group=True, state=State.OPEN,
    opens_at=NOW, closes_at=NOW, by_id=1,
)  # fmt: skip
MEETING = Meeting(1, 3, 3, 3, "mass", "meeting", "", "", NOW, MeetingStatus.CALLED, 1, NOW, NOW)
CALLER = Person(4, "买买提·阿不都热合曼", "13800000000", 1)
WORDS = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("👨‍👩‍👧🇨🇳é的。\n ")), max_size=60)


@given(title=WORDS, venue=WORDS)
def test_whatever_they_are_called_the_fields_keep_to_the_platforms_limits(title: str, venue: str) -> None:
    meeting, poll = replace(MEETING, title=title, venue=venue), replace(POLL, title=title)
    shown = [
        (MEETING_FIELDS, notices.of_meeting(meeting, said, "会议协商", CALLER, "兴河村")) for said in notices._MEETING
    ] + [(POLL_FIELDS, notices.of_poll(poll, said, CALLER, "兴河村")) for said in notices._POLL]
    for names, fields in shown:
        keeps_to_limits(fill(Notice("T", Way.TEMPLATE, tuple(names.items())), fields, "第一句。", NOW))


def test_nothing_of_a_sealed_matter_is_shown() -> None:
    sealed = Matter(
        id=1, number="JW-1", village_id=3, code="GO02", urgency=Urgency.P2, status=Status.FILED, text="…",
        filed_at=NOW, source_channel="oa", is_sealed=True,
    )  # fmt: skip
    assert notices.of_matter(sealed, "new", "干部作风", NOW, CALLER) == {}
