"""What is said about meetings: questions, the read-back, notices, reminders, and why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.bodies import Body, Unit
from domain.meetings import AgendaItem, Meeting, Reason
from domain.notices import SCRIPT_CHARS, script, shortened
from handlers.texts import meeting_amends
from handlers.texts.dates import CHINA, clock, day, moment

ASK_TIME = "哪天几点开？比如“明天下午3点”。"
ASK_VENUE = "在哪里开？比如“村委会”。"
ASK_TOPIC = "商量什么事？几件事就用顿号隔开，一件一议。"
ASK_WHO = "请谁来？1全村每户 2村民代表 3党员 4村干部。也可以说“九社”这样的地方。"
CHANGE_WHAT = "改哪样？直接说新的就行，比如“改到下午4点”“地点改大队”“议题 修路”“请党员”。"
NO_TIME = "时间我没听明白。您说哪天几点，比如“周五晚上7点”“腊月二十上午9点”。"
NO_TOPIC = "议题我没听明白。一句话说清商量啥，比如“打机井”。"
TOO_MANY_TOPICS = "一个会最多议8件事，多了议不透。先留最要紧的几件，再说一遍。"
NO_VENUE = "地点我没听明白。说个地方就行，比如“村委会”“九社老槐树下”。"
NO_WHO = "请谁来我没听明白。回 1全村每户 2村民代表 3党员 4村干部，或者说哪个社、哪个网格。"
NO_CLOCK = "几点我没听明白。比如“上午9点”“下午3点半”。"
ASK_GROUP = "是哪个社（组）开？比如“九社”。"
NO_CHANGE = "我没听明白改成啥。说新的时间或地点，比如“改到周六下午3点”“地点改村小学”。"


# -- refusals


def no_such_time(words: str) -> str:
    return f"没有{words}，您说的是哪天几点？比如“12月5日下午3点”。"


def which_of_two(first: str, second: str) -> str:
    return f"您说了两个时间：{first}、{second}。定哪个？说一个就行。"


def which_day_is(words: str) -> str:
    return f"“{words}”是哪一天？说个日子，比如“12月5日上午9点”。"


def which_day(first: date, second: date) -> str:
    return f"哪一天？{day(first)}，还是{day(second)}？把哪天几点一起说一遍。"


def past(starts_at: datetime) -> str:
    return f"{moment(starts_at)}已经过了，通知没有发。您说的是哪天几点？比如“明天下午3点”。"


def far(starts_at: datetime) -> str:
    return f"{starts_at.astimezone(CHINA).year}年{day(starts_at.astimezone(CHINA).date())}太远了，没有发。您再说一遍哪天几点。"


def hour(starts_at: datetime, earliest: Any, latest: Any) -> str:
    return (
        f"{clock(starts_at)}大伙儿都歇着，来不了，通知没有发。会定在{earliest.hour}点到{latest.hour}点之间，您说几点？"
    )


def night_or_day(on: date, hour: int, earliest: Any, latest: Any) -> str:
    """今晚三点: asked back, for hardly anybody means the night."""
    night, by_day = (f"夜里{hour}点", f"下午{hour}点") if hour else ("夜里12点", "中午12点")
    return (
        f"{day(on)}，您说的是{night}，还是{by_day}？{night}大伙儿都歇着，来不了，通知没有发。"
        f"会定在{earliest.hour}点到{latest.hour}点之间，您说几点？比如“{by_day}”。"
    )


def notice_too_short(body: Body, first: date) -> str:
    law = f"（{body.article}）" if body.article else ""
    text = f"{body.name}要提前{body.notice_days}天通知{law}，通知没有发。现在通知，最早{day(first)}能开。您回个那天往后的时间。"
    if body.instead and not body.has_exception:
        text += f"\n只听情况、不表决的，回“{body.instead}”就不受这个限。"
    if body.has_exception:
        text += "\n真有特殊情况（比如抢险救灾）要早开，回“特殊情况”加原因。"
    return text


def not_your_meeting(body: Body, caller: str) -> str:
    other = f"，或者换成“{body.instead}”" if body.instead else ""
    return f"{body.name}要由{caller}召集，您这边发不了，没有发。请他在微信里说一句{other}。"


def no_meeting() -> str:
    return "眼下没有通知过的会。要开会直接说，比如“明天下午3点在村委会开会说机井的事”。"


def which_meeting(meetings: Sequence[Meeting]) -> str:
    lines = [f"会{m.number}：{moment(m.starts_at)} {m.title}" for m in meetings[:4]]
    return f"您说的是哪个会？回会的号就行，比如“会{meetings[0].number}”。\n" + "\n".join(lines)


def over(meeting: Meeting) -> str:
    word = "取消了" if meeting.status == "cancelled" else "开过了"
    return f"会{meeting.number}（{moment(meeting.starts_at)}）已经{word}，没有改动。要再开就重新说一遍时间地点。"


def nobody(body: Body) -> str:
    return f"{body.name}的名单上还没有人，通知没有发。请文书把名单补上，或者换一拨人：回“全村”“代表”“党员”“干部”。"


def same(meeting: Meeting) -> str:
    return (
        f"会{meeting.number}本来就是{moment(meeting.starts_at)}在{meeting.venue}，没有改。要改成啥，说新的时间或地点。"
    )


REFUSALS: Mapping[str, Callable[[dict[str, Any]], str]] = {
    Reason.MEETING_PAST: lambda d: past(d["starts_at"]),
    Reason.MEETING_FAR: lambda d: far(d["starts_at"]),
    Reason.MEETING_HOUR: lambda d: hour(d["starts_at"], d["earliest"], d["latest"]),
    Reason.MEETING_NOTICE: lambda d: notice_too_short(d["body"], d["first"]),
    Reason.MEETING_CALLER: lambda d: not_your_meeting(d["body"], d["caller"]),
    Reason.MEETING_NONE: lambda d: no_meeting(),
    Reason.MEETING_WHICH: lambda d: which_meeting(d["meetings"]),
    Reason.MEETING_OVER: lambda d: over(d["meeting"]),
    Reason.MEETING_NOBODY: lambda d: nobody(d["body"]),
    Reason.MEETING_SAME: lambda d: same(d["meeting"]),
}
HINTS: Mapping[str, str] = {
    "meeting.time": NO_TIME,
    "meeting.topic": NO_TOPIC,
    "meeting.topics": TOO_MANY_TOPICS,
    "meeting.venue": NO_VENUE,
    "meeting.who": NO_WHO,
    "meeting.clock": NO_CLOCK,
    "meeting.group": ASK_GROUP,
    "meeting.note": meeting_amends.NO_NOTE,
    "meeting.guest": meeting_amends.NO_GUEST,
    "meeting.later": meeting_amends.NO_LATER,
    "meeting.one_group": meeting_amends.ONE_GROUP,
    "meeting.whom": meeting_amends.WHOM,
    "meeting.amend": CHANGE_WHAT,
    "meeting.change": NO_CHANGE,
}


# -- what everybody reads


def agenda_line(items: Sequence[AgendaItem] | Sequence[str]) -> str:
    """Give 打机井 for one topic, 1.打机井 2.水费 for more."""
    titles = [item if isinstance(item, str) else item.title for item in items]
    return titles[0] if len(titles) == 1 else " ".join(f"{n}.{title}" for n, title in enumerate(titles, start=1))


def at_venue(meeting: Meeting) -> str:
    return f"在{meeting.venue}" if meeting.venue else ""


def loudspeaker(meeting: Meeting, items: Sequence[AgendaItem], who: str, *, may_send: bool = False) -> str:
    """The script to be read aloud twice: at most 80 characters, the fullest that fits.

    `may_send`: somebody else of the household may come instead.
    """
    when, titles = moment(meeting.starts_at), "、".join(item.title for item in items)
    instead = "，来不了的让家里人替" if may_send else ""
    lead = f"乡亲们注意：{when}{at_venue(meeting)}开{meeting.title}"
    room = SCRIPT_CHARS - len(f"{lead}，商量。请{shortened(who, 8)}参加。")
    return script(
        [
            f"{lead}，商量{titles}。请{who}准时参加{instead}。再说一遍，{when}。",
            f"{lead}，商量{titles}。请{who}准时参加。",
            f"{lead}，商量{_aloud([item.title for item in items], room)}。请{shortened(who, 8)}参加。",
            f"{when}{shortened(at_venue(meeting), 14)}开{shortened(meeting.title, 12)}，请大家准时参加。",
        ]
    )


def _aloud(titles: Sequence[str], room: int) -> str:
    """As many whole topics as can be read out, and how many there are: nothing breaks off in the middle of a word."""
    for many in range(len(titles) - 1, 0, -1):
        if len(text := f"{'、'.join(titles[:many])}等{len(titles)}件事") <= room:
            return text
    return f"{len(titles)}件事" if len(titles) > 1 else shortened(titles[0], max(room, 8))


# -- the read-back and what follows


CHOICES = "回 1 发出，回 2 改，回 3 取消。"


def _when_line(starts_at: datetime, assumed: str, today: date) -> str:
    return f"时间：{moment(starts_at, today)}" + (f"（{assumed}）" if assumed else "")


def read_back(
    title: str,
    starts_at: datetime,
    assumed: str,
    venue: str,
    topics: Sequence[str],
    who: str,
    form: str,
    reason: str,
    today: date,
    remarks: Sequence[str] = (),
) -> str:
    """Show what will be sent; `remarks` are what he should know before he sends it."""
    lines = [
        "通知这样发，对不对？",
        _when_line(starts_at, assumed, today),
        f"地点：{venue}" if venue else f"方式：{form}",
        f"开{title}，商量：{agenda_line(topics)}",
        f"请：{who}" + (f"（特殊情况：{reason}）" if reason else ""),
        *remarks,
    ]
    return "\n".join([*lines, CHOICES])


def called_before(meeting: Meeting) -> str:
    return f"当心：{moment(meeting.starts_at)}已经通知过{meeting.title}（{tail(meeting)}），再发就是两个会。"


def belongs_to(title: str, topic: str) -> str:
    return f"当心：“{shortened(topic, 12)}”按法律要由{title}定，这个会只能先商量。"


def doubt(question: str) -> str:
    """下周六吗？ with what to answer."""
    return f"{question}\n是就回1，不是就说哪天几点。"


def ask_clock(on: date) -> str:
    return f"{day(on)}几点开？比如“下午3点”。"


def notice(meeting: Meeting, items: Sequence[AgendaItem], who: str, contact: str, link: str = "") -> str:
    """What everybody invited reads (copy page, 会议通知)."""
    lines = [
        f"{moment(meeting.starts_at)}{at_venue(meeting)}开{meeting.title}，商量：{agenda_line(items)}。请{who}参加。",
        "能来回1，来不了回2（谁替您来也说一声），想先说两句回3。",
        f"联系人 {contact}",
        *([f"大字版 {link}"] if link else []),
        tail(meeting),
    ]
    return "\n".join(lines)


def group_notice(meeting: Meeting, items: Sequence[AgendaItem], who: str, contact: str) -> str:
    return (
        f"乡亲们：{moment(meeting.starts_at)}{at_venue(meeting)}开{meeting.title}，商量：{agenda_line(items)}。请{who}参加。\n"
        "能来的引用这条回1，来不了回2，也可以私信我。\n"
        f"联系人 {contact}\n{tail(meeting)}"
    )


def tail(meeting: Meeting) -> str:
    """The number every message about the meeting ends with; a quoted one is found by it."""
    return f"会{meeting.number}"


def called(
    meeting: Meeting, told: int, group: str, errands: str, aloud: str, link: str, leaves_at: datetime | None
) -> str:
    """What whoever called it hears: how many were told by what, and what is left for people to do."""
    lines = [f"发出了。{moment(meeting.starts_at)}{at_venue(meeting)}开{meeting.title}。"]
    if leaves_at is not None:
        lines[0] += f"夜里不打扰大伙儿，{moment(leaves_at)}送到。"
    lines.append(f"微信通知{told}人" + (f"，{group}" if group else "") + (f"。{errands}" if errands else "。"))
    lines.append(f"喇叭稿：{aloud}")
    if link:
        lines.append(f"打印贴出来：{link}")
    lines.append(f"看回话发“报名情况”。{tail(meeting)}")
    return "\n".join(lines)


def posted(*, full: bool, forwarded: bool, later: bool) -> str:
    if later:
        return "群里到时候也发"
    if full:
        return "群里今天说满三条了，明早一起说"
    return "群里那条已请人转发，转好了才看得到" if forwarded else "群里也发了"


def no_more_topics(meeting: Meeting) -> str:
    return f"通知已经发出，议题不能再悄悄加。急着议就回“会议取消”重发一遍，不急就会上当场提，记到会议记录里。{tail(meeting)}"


def group_is_full() -> str:
    return "群里今天说满三条了，这条明早才发，请您先在群里说一声。"


def tell_group_now() -> str:
    return "群里今天说满三条了，这条我发不进去。请您现在就在群里说一声，再用喇叭喊一遍。"


def waits_for_caller(body: Body, caller: str) -> str:
    return f"{body.name}要由{caller}召集。我把稿子发给他了，他回1就发出，发了告诉您。"


def approve(plan: str, drafter: str) -> str:
    lines = [line for line in plan.split("\n") if line != CHOICES][1:]
    return "\n".join([f"{drafter}拟了开会通知，要您点头才能发：", *lines, "回 1 发出，回 2 不发。"])


def approved(meeting: Meeting, caller: str) -> str:
    return f"{caller}点头了，{moment(meeting.starts_at)}的{meeting.title}通知发出了。{tail(meeting)}"


def disapproved(caller: str) -> str:
    return f"{caller}说先不发。要改时间地点，您改好再说一遍。"


def not_approved() -> str:
    return "好，没有发，我告诉拟稿的人。"


def busy() -> str:
    return "好，您先忙，有事随时发。"


# -- reminders


def reminder(meeting: Meeting, items: Sequence[AgendaItem], today: date, *, asks: bool) -> str:
    """What somebody hears before the meeting; those who have not answered are asked once more."""
    words = f"{_near(meeting, today)}{at_venue(meeting)}开{meeting.title}，商量{agenda_line(items)}。"
    return f"{words}" + ("您还没回话：来回1，来不了回2。" if asks else "别忘了。") + f"\n{tail(meeting)}"


def soon(meeting: Meeting) -> str:
    return (
        f"{clock(meeting.starts_at)}就开会了：{meeting.title}{at_venue(meeting)}。到了回“到了”签到。\n{tail(meeting)}"
    )


def group_reminder(meeting: Meeting, items: Sequence[AgendaItem], today: date, silent: str) -> str:
    return (
        f"乡亲们：{_near(meeting, today)}{at_venue(meeting)}开{meeting.title}，商量{agenda_line(items)}。"
        + (f"还没回话的{silent}，私信我回1来 2来不了。" if silent else "")
        + f"\n{tail(meeting)}"
    )


def statutory_again(meeting: Meeting, items: Sequence[AgendaItem], who: str) -> str:
    return f"【会议通知】{moment(meeting.starts_at)}{at_venue(meeting)}开{meeting.title}，商量：{agenda_line(items)}。请{who}提前安排。\n{tail(meeting)}"


def _near(meeting: Meeting, today: date) -> str:
    days = (meeting.starts_at.astimezone(CHINA).date() - today).days
    near = {0: "今天", 1: "明天"}.get(days, "")
    return (
        f"{near}（{day(meeting.starts_at.astimezone(CHINA).date())}）{clock(meeting.starts_at)}"
        if near
        else moment(meeting.starts_at)
    )


def called_words(body: Body, place: str, people: int, households: int) -> str:
    """Who is called, in words: 村民代表42人, 九社100户（每户来一人）."""
    if body.unit is Unit.HOUSEHOLD:
        where = place or "全村"
        return f"{where}{households}户每户来一人" if households else f"{where}每户来一人"
    name = _CALLED.get(body.code, body.name + "成员")
    return f"{name}{people}人" if people else name


_CALLED = {
    "rep_meeting": "村民代表", "party_meeting": "全体党员", "committee": "村两委干部", "keepers": "网格员",
    "coop_assembly": "集体经济组织成员", "party_talk": "全体党员", "rep_talk": "村民代表",
}  # fmt: skip


def ask_area(body: Body) -> str:
    return f"{body.name}请哪里的人来？说哪个社或哪个网格，比如“九社”；全村就回“全村”。"


# -- asked about


def facts(meeting: Meeting, items: Sequence[AgendaItem], who: str) -> str:
    """When, where, about what: to whoever asks, and read out to whoever cannot read."""
    return f"{moment(meeting.starts_at)}{at_venue(meeting)}开{meeting.title}，商量：{agenda_line(items)}。请{who}参加。\n能来回1，来不了回2。{tail(meeting)}"


def aloud(meeting: Meeting, words: str) -> str:
    return f"喇叭稿：{words}\n{tail(meeting)}"


def nothing_to_read() -> str:
    return "眼下没有要念的通知。您要发语音，按住“按住说话”讲就行；看不清回“大字”，找人说话回“人工”。"
