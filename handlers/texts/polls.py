"""What people read about polls: how one is made, asked, reminded of and counted. Of single votes: ballots.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.organisation import Area, AreaKind
from domain.polls import Poll, Result, Unit, leaders
from handlers.texts.dates import moment

CONSULTATIVE = "【征求意见，不代替会议表决】"
ASK_TITLE = "投啥事？用一句话说，比如“修路选哪条”。"
ASK_OPTIONS = "有哪些选项？2到20个，用空格隔开，比如“东路 西路”，或者“同意 反对”。"
ASK_CLOSES = "投到啥时候？比如“周五晚八点”“月底”“三天”。"
ASK_CHANGE = "改哪样？直接说，比如“截止改到周六晚八点”“加一个选项 南路”“题目改成…”“不记名”“一人一票”“只九社投”。"
NOTED = "好，记下了。"
GOES_ON = "好，不截止，照样投。"
NOT_PUT_OFF = "好，截止时间没动。"
ASK_WISH = "您想让大伙儿投啥？一句话说，比如“路灯装在东头还是西头”。"
_UNIT = {Unit.HOUSEHOLD: "户", Unit.PERSON: "人", Unit.REPRESENTATIVE: "位代表"}
_PER = {Unit.HOUSEHOLD: "一户一票", Unit.PERSON: "一人一票", Unit.REPRESENTATIVE: "村民代表一人一票"}


def ask_scope(own: Area) -> str:
    """`own`: what the organiser answers for."""
    words = "全村" if own.kind is AreaKind.VILLAGE else own.name
    return f"这次让谁投？比如“{words}”“党员”，或者“名单 王德福 张桂兰”。"


def unit(poll: Poll) -> str:
    return _UNIT[poll.unit]


def name(poll: Poll) -> str:
    """投票3, as people call it and as every message about it ends."""
    return f"投票{poll.number}"


def listed(options: Sequence[str]) -> str:
    return "\n".join(f"{number} {option}" for number, option in enumerate(options, start=1))


def kind_of(poll: Poll) -> str:
    return "，".join([_PER[poll.unit], "不记名" if poll.is_secret else "记名", _how_many(poll)])


def _how_many(poll: Poll) -> str:
    if not poll.is_multiple:
        return "只选一个"
    return f"最多选{poll.most}个" if poll.most else "可以多选"


def several(poll: Poll) -> str:
    """How one names more than one."""
    many = f"最多选{poll.most}个" if poll.most else "可以选几个"
    return f"{many}，比如“1 {min(3, len(poll.options))}”"


def body_note(title: str, rule: str) -> str:
    """Which meeting the law wants for this; the poll stays a consultation."""
    how = f"（{rule}）" if rule else ""
    return f"这件事按法要由{title}定{how}。这次投票只能征求意见，不能代替。"


def short_note(title: str) -> str:
    return f"这件事按法要由{title}定，这次只征求意见。"


def errands(remind: str, group: str) -> str:
    """What was asked for besides and goes by itself: when the rest are reminded, which groups are told."""
    lines = ["没投的，截止前24小时自动提醒。"] if remind else []
    lines += ["投票发给范围里的群；只要哪个社投，就说“只九社投”。"] if group else []
    return "".join(lines)


def read_back(
    poll: Poll, scope: str, now: datetime, *, note: str, opens_later: bool, no_thirtieth: bool, voted: int
) -> str:
    """What will be sent, before it is."""
    lines = [CONSULTATIVE, poll.title, listed(poll.options)]
    lines.append(f"{kind_of(poll)}；{scope}{poll.roll}{unit(poll)}")
    if opens_later:
        lines.append(f"{moment(poll.opens_at, now.date())}开始")
    lines.append(f"{moment(poll.closes_at, now.date())}截止")
    if no_thirtieth:
        lines.append("那个月没有三十，廿九是最后一天。")
    if note:
        lines.append(note)
    if not poll.in_group:
        lines.append("只能私聊投，群里投的不算。")
    if voted:
        lines.append(f"已经有{voted}{unit(poll)}投过，改了要请大伙儿重新投。")
    lines.append("对不对？回 1 发出，回 2 改，回 3 取消")
    return "\n".join(lines)


def asked(poll: Poll, scope: str, now: datetime, *, in_group: bool, note: str = "") -> str:
    """The poll as everybody reads it."""
    again = "这次投票改了，请重新投。\n" if poll.version > 1 else ""
    how = "回个数就行，截止前可以改。"
    if poll.is_multiple:
        how = f"回数就行，{several(poll)}，截止前可以改。"
    if in_group:
        how = f"引用这条{how}" if poll.in_group and not poll.is_secret else f"请私聊我投：{how}"
        if poll.is_secret:
            how = f"这次不记名，{how}"
    return "\n".join(
        line
        for line in (
            f"{again}{CONSULTATIVE}{poll.title}",
            listed(poll.options),
            f"{scope}{poll.roll}{unit(poll)}来投：{kind_of(poll)}。",
            f"{moment(poll.closes_at, now.date())}截止",
            note,
            how,
            name(poll),
        )
        if line
    )


def sent(poll: Poll, now: datetime, leaves_at: datetime | None, *, groups: int, forwarded: bool, full: bool) -> str:
    posted = "群里那条已请人转发" if forwarded else "已发到群里"
    posted = "群里今天说满三条了，明早再发" if full else posted
    posted = f"夜里不打扰大伙儿，{moment(leaves_at, now.date())}发到群里" if leaves_at else posted
    where = f"{posted}，也会私信给绑定了的人" if groups else "会私信给绑定了的人"
    if poll.opens_at > now:
        return f"好。{moment(poll.opens_at, now.date())}准时开始，到时候发给大伙儿。\n{name(poll)}"
    return f"好，{where}。截止前谁也看不到票数，到点自己出结果。\n看谁没投回“谁还没投”。{name(poll)}"


# -- the clock


def reminder(poll: Poll, now: datetime) -> str:
    whose = "您家" if poll.unit is Unit.HOUSEHOLD else "您"
    return f"{moment(poll.closes_at, now.date())}就截止了，{whose}还没投：{poll.title}\n{listed(poll.options)}\n回个数就行。{name(poll)}"


def closing_soon(poll: Poll, left: int, now: datetime) -> str:
    """For the group: how many are missing, never who and never for what."""
    how = "私聊我回个数就行" if poll.is_secret or not poll.in_group else "引用投票那条或私聊我，回个数就行"
    return f"“{poll.title}”{moment(poll.closes_at, now.date())}截止，还有{left}{unit(poll)}没投。{how}。\n{name(poll)}"


def not_to_be_urged(poll: Poll, now: datetime) -> str:
    return f"“{poll.title}”{moment(poll.opens_at, now.date())}才开始，还没发给大伙儿，不用催。\n{name(poll)}"


def urged_today(poll: Poll) -> str:
    return f"今天已经催过一遍了，再催要等明天。看谁没投回“谁还没投”。\n{name(poll)}"


def does_not_add_up(poll: Poll) -> str:
    return f"“{poll.title}”的票比名单还多，不对劲，结果没发。请让管理员查一查。\n{name(poll)}"


def no_key_to_count(poll: Poll) -> str:
    """To the organiser of a secret poll whose key this server's SECRET_KEY does not open."""
    return (
        f"“{poll.title}”不记名，票箱的钥匙打不开，收票和计票都停了。"
        f"请让管理员把原来的密钥（SECRET_KEY）装回去，装好了会接着算；找不回来就得重新发起投票。\n{name(poll)}"
    )


def turnout_line(poll: Poll, counts: Result) -> str:
    return f"参加{counts.voted}{unit(poll)}，应投{counts.roll}{unit(poll)}"


def no_lists_page() -> str:
    return "没有这个名单。不记名的投票截止以后才有，地址像 /polls/XH/3.txt。"


def result(poll: Poll, counts: Result, *, next_step: str, lists: str = "") -> str:
    """The count, who could vote, who did, what it means and what comes next."""
    lines = [f"{CONSULTATIVE}投票结果：{poll.title}"]
    lines += [
        f"{n}.{option} {votes}{unit(poll)}"
        for n, (option, votes) in enumerate(zip(poll.options, counts.counts, strict=True), 1)
    ]
    lines.append(f"参加{counts.voted}{unit(poll)}/应投{counts.roll}{unit(poll)}。{_meaning(poll, counts)}")
    if poll.is_multiple:
        lines.append("可以多选，各项加起来比参加的多。")
    lines.append(f"下一步：{next_step}")
    if counts.digest:
        lines.append(f"不记名。名单在村里网址的 {lists} ，校验码：{counts.digest}")
    return "\n".join([*lines, name(poll)])


def _meaning(poll: Poll, counts: Result) -> str:
    first = leaders(counts)
    if not first:
        return "没有人投。"
    names = "、".join(poll.options[n - 1] for n in first)
    said = f"{names}一样多。" if len(first) > 1 else f"选“{names}”的最多。"
    return said + ("投的不到一半，只能当参考。" if counts.voted * 2 < counts.roll else "")


def next_step(body_title: str) -> str:
    if body_title:
        return f"村里把结果带到{body_title}，由会上定，定了告诉大伙儿。"
    return "村里拿这个结果开会商量，定了告诉大伙儿。"


def extended(poll: Poll, now: datetime) -> str:
    return f"“{poll.title}”延长到{moment(poll.closes_at, now.date())}，没投的抓紧投。\n{name(poll)}"


def extended_for_cadre(poll: Poll, now: datetime) -> str:
    return f"好，延长到{moment(poll.closes_at, now.date())}，会告诉大伙儿。\n{name(poll)}"


def confirm_until(poll: Poll, until: datetime, now: datetime) -> str:
    stands = moment(poll.closes_at, now.date())
    return f"“{poll.title}”现在投到{stands}。延长到{moment(until, now.date())}，对不对？\n回 1 延长，回 3 不动。{name(poll)}"


def stays_closed(poll: Poll) -> str:
    return f"“{poll.title}”已经截止、出了结果，不能再开。想再投一回就重新发起一个。看结果回“投票结果”。{name(poll)}"


def no_way_back(poll: Poll) -> str:
    return f"票能改，不能撤。想改投别的就回个数；没投的不用管，不投也行。\n{name(poll)}"


# -- for villagers who want one


def wish_read_back(said: str, keeper: str) -> str:
    return f"投票要村里管事的人来发。您的主意我转给{keeper}：\n“{said}”\n对不对？回 1 转，回 2 改，回 3 算了"


def wish_told(said: str, who: str) -> str:
    """What the keeper hears."""
    return f"{who}想让大伙儿投票：\n“{said}”\n您看合适就回“发起投票”加题目和选项；不合适请给他回个话。"


def wish_passed_on(keeper: str, body: str) -> str:
    by_law = f"这件事按规定要由{body}来定，投票只能征求意见。\n" if body else ""
    return (
        f"转给{keeper}了。发不发由村里定，您可以打电话问。\n{by_law}"
        "要开会表决的大事，十分之一以上村民提出来，村委会就应当开村民会议（村民委员会组织法第二十五条）。"
    )


def wish_for_nobody() -> str:
    return "投票要村里管事的人来发。我这里还没有您村管事人的联系方式，请先问村委会，或者回“人工”。"


# -- for cadres


def turnout(poll: Poll, voted: int, now: datetime) -> str:
    """Partial results are hidden from everyone, the organiser included."""
    left = poll.roll - voted
    return (
        f"{poll.title}：已投{voted}{unit(poll)}，还差{left}{unit(poll)}，应投{poll.roll}{unit(poll)}。\n"
        f"没截止前谁也看不到票数。{moment(poll.closes_at, now.date())}截止，到点自己出结果。\n{name(poll)}"
    )


def turnout_of(poll: Poll, area: str, roll: int, left: int, now: datetime) -> str:
    """How many of one 社 have voted; never for what."""
    return (
        f"{poll.title}：{area}已投{roll - left}{unit(poll)}，还差{left}{unit(poll)}，应投{roll}{unit(poll)}。\n"
        f"没截止前谁也看不到票数。{moment(poll.closes_at, now.date())}截止。\n{name(poll)}"
    )


def missing(poll: Poll, names: Sequence[str], left: int, of: str = "") -> str:
    """Who has not voted; `of` names the 社 they belong to, "" for all of the roll."""
    if not left:
        return f"{poll.title}：{of}都投了。\n{name(poll)}"
    shown = "、".join(names) + (" 等" if left > len(names) else "")
    return f"{poll.title}：{of}还有{left}{unit(poll)}没投：{shown}。\n{name(poll)}"


def missing_secret(poll: Poll, left: int) -> str:
    return f"{poll.title}：还有{left}{unit(poll)}没投。不记名的只能看数，看不到是谁。\n{name(poll)}"


def confirm_close(poll: Poll, now: datetime, *, is_unwanted: bool = False) -> str:
    """`is_unwanted`: he would have it gone; what is out can only be closed, and its result is published."""
    if is_unwanted:
        return (
            f"“{poll.title}”已经发出去了，收不回，也取消不了，只能提前截止；截止了投过的票照样出结果、发到群里。\n"
            f"内容写错了就说“题目改成…”，大伙儿重新投。\n现在就截止吗？回 1 截止，回 3 不截。{name(poll)}"
        )
    return f"“{poll.title}”本来{moment(poll.closes_at, now.date())}才截止。现在就截止吗？截了不能再开，结果照样公布。\n回 1 截止，回 3 不截。{name(poll)}"


def how_to_make() -> str:
    return (
        "直接说一句就行，比如“发起投票 修路选哪条 东路 西路 截止周五晚八点”。\n"
        "还能加：“只九社投”“不记名”“一人一票”“可以多选”。没说全的我一样一样问，发之前念给您听。"
    )


def in_hand(polls: Sequence[tuple[Poll, int]], now: datetime) -> str:
    """The polls one answers for, each with how many have voted."""
    if not polls:
        return none_open()
    lines = [
        f"{name(poll)} {poll.title}：已投{voted}{unit(poll)}，应投{poll.roll}{unit(poll)}，{moment(poll.closes_at, now.date())}截止"
        for poll, voted in polls
    ]
    return "\n".join(["正在投的：", *lines])


def reminded(poll: Poll, left: int, *, in_group: bool) -> str:
    """`in_group`: whether the groups are told as well."""
    if not left:
        return f"都投了，不用催。\n{name(poll)}"
    how_many = f"还有{left}{unit(poll)}没投"
    if poll.is_secret and not in_group:
        return f"{how_many}。不记名的不知道是谁，只能在群里说，今天群里说满了，明天再催。\n{name(poll)}"
    if poll.is_secret:
        return f"好，在群里说一声{how_many}。不记名的不知道是谁，不单独发。一天最多一遍。\n{name(poll)}"
    group = "，群里也说一声" if in_group else ""
    return f"好，{how_many}，绑定了的都私信一遍{group}。一天最多一遍，夜里不发。\n{name(poll)}"


def no_paper(poll: Poll) -> str:
    return f"投票没有纸的可打印。没微信的，网格长上门问了替他报：回“姓名 数”。看谁没投回“谁还没投”。\n{name(poll)}"


def ask_until(poll: Poll, now: datetime) -> str:
    return f"“{poll.title}”现在投到{moment(poll.closes_at, now.date())}。延到啥时候？比如“周日晚八点”“两天”。\n{name(poll)}"


def ask_which(polls: Sequence[Poll]) -> str:
    lines = "\n".join(f"{name(poll)} {poll.title}" for poll in polls)
    return f"说的是哪个投票？\n{lines}\n回编号就行，比如“{polls[0].number}”。"


def closing_now(poll: Poll) -> str:
    return f"好，截止了。结果马上算出来发给大伙儿。\n{name(poll)}"


def closed_already(poll: Poll) -> str:
    return f"“{poll.title}”已经截止了，截了不能再开。要再问大伙儿，请重新发起投票。\n{name(poll)}"


def none_open() -> str:
    return "现在没有正在投的票。要发起就说“发起投票 修路选哪条 东路/西路 到周五晚八点”。"


def no_result_yet() -> str:
    return "还没有投完的票。有结果会发给大伙儿。"


def result_later(poll: Poll, now: datetime) -> str:
    return f"“{poll.title}”还没截止，票数现在谁也看不到。{moment(poll.closes_at, now.date())}截止后发给大伙儿。\n{name(poll)}"


def which(polls: Sequence[Poll]) -> str:
    lines = "\n".join(f"{name(poll)} {poll.title}" for poll in polls)
    return f"说的是哪个投票？\n{lines}\n请带上编号再说，比如“{name(polls[0])}结果”。"


def breakdown(poll: Poll, rows: Sequence[tuple[str, Sequence[int]]]) -> str:
    lines = [f"{area}：{_votes(poll, votes)}" for area, votes in rows]
    return "分社看：\n" + "\n".join(lines) + f"\n{name(poll)}"


def _votes(poll: Poll, votes: Sequence[int]) -> str:
    return "，".join(f"{option}{many}" for option, many in zip(poll.options, votes, strict=True))


def breakdown_withheld(poll: Poll) -> str:
    return f"分社的数太小，写出来就知道谁投了啥，所以不列。\n{name(poll)}"
