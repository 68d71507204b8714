"""What is said about a text that was read: what was assumed of its time, and what must be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from handlers.texts.dates import CHINA, clock, day

_UNITS = {
    "second": "秒", "minute": "分钟", "quarter_hour": "刻钟", "hour": "小时", "day": "天", "working_day": "个工作日",
    "week": "周", "month": "个月", "quarter": "个季度", "year": "年",
}  # fmt: skip


def _clock(minute: int) -> str:
    return clock(datetime(2000, 1, 1, minute // 60 % 24, minute % 60, tzinfo=CHINA))


def _span(delta: tuple[float, str, str | None]) -> str:
    return f"{delta[0]:g}{_UNITS[delta[1]]}"


ASSUMED: Mapping[str, Callable[[Any], str]] = {
    "next_year": lambda year: f"没说年份，按{year}年算",
    "next_month": lambda month: f"这个月的已经过了，按{month}月算",
    "short_month": lambda month: f"这个月没有这一天，按{month}月算",
    "next_week": lambda on: f"按{day(on)}算",
    "next_day": lambda on: f"今天的已经过了，按{day(on)}算",
    "lunar": lambda on: f"农历，公历是{day(on)}",
    "month_has_29": lambda on: f"那个月没有三十，最后一天是{day(on)}",
    "hour_of_part": lambda said: f"没说几点，“{said[0]}”按{_clock(said[1])}算",
    "half_of_day": lambda minute: f"按{_clock(minute)}算",
    "market_day": lambda on: f"下一个集是{day(on)}",
    "holidays_unknown": lambda year: f"{year}年的放假安排还没有，只扣了周末",
}

_ASKED: Mapping[str, Callable[[Any], str]] = {
    "past_weekday": lambda on: f"这周的已经过了，是{day(on)}吗？",
    "past_day": lambda on: f"{day(on)}已经过了，您说的是哪天？",
    "past_moment": lambda on: f"{day(on)}的这个点已经过了，您说的是哪天几点？",
    "which_week": lambda on: f"今天是周日，您说的是{day(on)}吗？",
    "which_half": lambda minute: f"是{_clock(minute)}吗？",
    "which_hour": lambda word: f"“{word}”是几点？",
    "which_day": lambda word: f"“{word}”是哪一天？",
    "which_small_year": lambda on: f"小年是腊月廿三（{day(on)}）还是廿四？",
    "weekday_differs": lambda on: f"{day(on)}，日子和星期对不上，以哪个为准？",
    "day_differs": lambda on: f"{day(on)}，和前头说的那天对不上，以哪个为准？",
    "lunar_or_solar": lambda said: "是农历还是公历？",
    "no_such_lunar_day": lambda said: "农历没有这一天，您说的是哪天？",
    "about_how_long": lambda delta: f"大概{_span(delta)}，给个准日子吧？",
    "from_which_day": lambda said: "从哪天算起？",
    "next_span": lambda delta: f"是从下周一起{_span(delta)}吗？",
    "day_or_month_first": lambda said: "哪个是月，哪个是日？",
    "two_figure_year": lambda said: "第一个数是年份吗？",
}

_SLOTS = {
    "title": "叫什么题目？", "options": "有哪几个选项？", "closes_at": "投到哪天几点？", "time": "哪天几点开？",
    "venue": "在哪里开？",
    "topic": "商量什么事？", "scope": "请谁来参加？", "days": "公示几天？", "department": "交给哪个部门？",
    "number": "是哪一件？编号多少？",
}  # fmt: skip

INTENT_NAMES = {
    "poll.create": "发起投票", "poll.options": "改投票设置", "poll.close": "结束投票", "poll.extend": "延长投票",
    "poll.result": "看投票结果",
    "meeting.create": "通知开会", "meeting.change": "改会议", "meeting.cancel": "取消会议",
    "meeting.check": "看会能不能开",
    "meeting.roster": "看谁来了", "checkin.open": "开始签到", "minutes": "记会议记录", "topic.new": "交议题",
    "topic.from": "转成议题",
    "screen": "审题", "post": "公示", "assign": "交办", "dept.accept": "接单", "dept.return": "退回",
    "dept.done": "办结",
    "dept.extend": "延期", "ledger": "看台账", "overdue": "看超期的", "digest": "看报告", "visit": "记走访",
    "contact": "看联系户",
    "points": "积分", "board": "出榜", "charter": "村规民约", "redwhite": "红白事登记", "broadcast": "群发通知",
    "remind": "催办",
    "admin": "设置人员", "report": "反映事情", "anonymous": "匿名反映", "add": "补充", "track": "查进度",
    "urge": "催一下", "rate": "评价",
    "withdraw": "撤回", "vote": "投票", "rsvp": "回话参不参加", "checkin": "签到", "opinion": "提意见",
    "support": "支持", "topic": "出题",
    "who": "找负责人", "affairs": "看村务公开", "filing": "红白事报备", "order": "预约板凳会",
    "volunteer": "报名志愿", "consult": "咨询",
    "mediate": "申请调解", "privacy": "我的信息", "human": "转人工", "help": "看菜单", "read.large": "大字",
    "read.aloud": "念给您听",
    "bind": "绑定身份", "recode": "改分类", "relayed": "已转发", "undelivered": "看没送到的", "undelivered.done": "记下已通知到",
    "delivery.history": "看送达记录", "transcribe": "听写语音", "proxy": "代人办",
    "proxy.end": "不再代人办", "unbind": "解除绑定", "confirm": "确认",
    "change": "修改", "cancel": "取消",
    "danger": "有危险", "scam": "问真假", "chat": "说说话",
}  # fmt: skip


def assumed(code: str, value: Any) -> str:
    """Say what was assumed of a time."""
    return ASSUMED[code](value)


def question(code: str, value: Any) -> str:
    """Say what must be asked: of a time, of a missing slot, or which of at most three things was meant."""
    if code == "which_intent":
        return "您是想 " + " ".join(f"{n}{INTENT_NAMES[name]}" for n, name in enumerate(value, 1)) + "？回个数就行。"
    if code == "danger_now":
        return "现在有没有人有危险？回1有 回2没有"
    if code == "split":
        return "您说了两件事，要分开记吗？回1分开 回2就记一件"
    if code.startswith("ask_"):
        return _SLOTS[code.removeprefix("ask_")]
    return _ASKED[code](value)


def known_questions() -> frozenset[str]:
    """Give every code that has a sentence (a test holds nlp to them)."""
    slots = (f"ask_{slot}" for slot in _SLOTS)
    return frozenset(_ASKED) | frozenset(slots) | {"which_intent", "danger_now", "split"}
