"""What people say of a meeting besides 我去 and 来不了; and what only sounds so."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from domain.calendar import calendar_from_rows
from nlp.attending import Says, attending

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=8)))
STARTS = datetime(2026, 11, 24, 15, 0, tzinfo=NOW.tzinfo)
with (Path(__file__).parents[2] / "rules" / "calendar.csv").open(encoding="utf-8-sig", newline="") as file:
    CALENDAR = calendar_from_rows(csv.DictReader(file), market_days=(1, 4, 7))

SAID = {
    Says.MUST: "必须去么、非得去吗、不去罚钱不、不来行不行、不去会咋样、不来要不要紧、不去扣分不、能不去吗、可以不来吗、不来有没有事、要是不去呢、我不去行不、去不去都行吧",
    Says.ASKS: "去了给误工费不、开会发鸡蛋吗、有误工补贴没、去了有啥好处、开多长时间、几点散会、能不能改到晚上、能改个时间不、我在外地能不能视频参加、要带身份证吗、能带娃不",
    Says.FACTS: "几点、啥时候、在哪达开、会上说啥、开啥会、去哪开会、地点在哪、说啥事",
    Says.WOULD: "想去走不动、我想去但是没车、我想去 没人接送、想来 就是娃没人看、我也想去就是腿疼",
    Says.GRUMBLES: "又开会 烦死了、你们开会有啥用、天天开会、开会没意思",
    Says.YES: "明天有事，后天行、周二行、后天下午行、24号有空、下午来",
    Says.NO: "后天不行，大后天可以、下午要接娃，晚上行、后天有事、我人在新疆、我在外地打工，回不来、谁家都没人去我也不去",
    Says.OTHER_TIME: "明天有事、明天去不了、周三行、今天没空、后天上午行、三点去不了，四点能到",
    None: "我不去、不来了、去不了、老伴替我去行不行、叫我儿子去行不行、垃圾车不来咋办、水不来了咋办、不来人修行不行、必须来人修、没人来咋办、低保给多少钱、给我发补助了没、有没有钱修路、没有水了、啥时候修路、几点来电、"
    "我想去县医院但是没车、想去镇上办证没车、明天能来修不、后天来人修、明天来看看路灯、我家在新疆有地",
}  # fmt: skip
LINES = [(text, says) for says, texts in SAID.items() for text in texts.split("、")]


@pytest.mark.parametrize(("text", "says"), LINES)
def test_what_is_said_of_the_meeting_of_the_day_after_tomorrow(text: str, says: Says | None) -> None:
    found = attending(text, STARTS, NOW, CALENDAR, is_fresh=True)
    assert (found.says if found else None) is says


@pytest.mark.parametrize("text", ["几点", "啥时候", "在哪"])
def test_a_bare_question_long_after_the_notice_is_about_something_else(text: str) -> None:
    assert attending(text, STARTS, NOW, CALENDAR, is_fresh=False) is None
