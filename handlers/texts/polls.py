"""What people read about polls and votes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.polls import Poll, Result, Unit, leaders
from handlers.texts.dates import moment

CONSULTATIVE = "【征求意见，不代替会议表决】"
ASK_TITLE = "投啥事？用一句话说，比如“修路选哪条”。"
ASK_OPTIONS = "有哪些选项？2到20个，用空格隔开，比如“东路 西路”，或者“同意 反对”。"
ASK_CLOSES = "投到啥时候？比如“周五晚八点”“月底”“三天”。"
ASK_CHANGE = "改哪样？直接说，比如“截止改到周六晚八点”“加一个选项 南路”“题目改成…”“不记名”“一人一票”“只九社投”。"
VOTE_KEPT = "您的票已记下。"
ASK_WISH = "您想让大伙儿投啥？一句话说，比如“路灯装在东头还是西头”。"
_UNIT = {Unit.HOUSEHOLD: "户", Unit.PERSON: "人", Unit.REPRESENTATIVE: "位代表"}
_PER = {Unit.HOUSEHOLD: "一户一票", Unit.PERSON: "一人一票", Unit.REPRESENTATIVE: "村民代表一人一票"}


def unit(poll: Poll) -> str:
    return _UNIT[poll.unit]


def name(poll: Poll) -> str:
    """投票3, as people call it and as every message about it ends."""
    return f"投票{poll.number}"


def listed(options: Sequence[str]) -> str:
    return "\n".join(f"{number} {option}" for number, option in enumerate(options, start=1))


def _kind(unit_: Unit, *, is_secret: bool, is_multiple: bool) -> str:
    return "，".join([_PER[unit_], "不记名" if is_secret else "记名", "可以多选" if is_multiple else "只选一个"])


def body_note(title: str, rule: str) -> str:
    """Which meeting the law wants for this; the poll stays a consultation."""
    how = f"（{rule}）" if rule else ""
    return f"这件事按法要由{title}定{how}。这次投票只能征求意见，不能代替。"


def short_note(title: str) -> str:
    return f"这件事按法要由{title}定，这次只征求意见。"


def read_back(
    poll: Poll, scope: str, now: datetime, *, note: str, opens_later: bool, no_thirtieth: bool, voted: int
) -> str:
    """What will be sent, before it is."""
    lines = [CONSULTATIVE, poll.title, listed(poll.options)]
    lines.append(
        f"{_kind(poll.unit, is_secret=poll.is_secret, is_multiple=poll.is_multiple)}；{scope}{poll.roll}{unit(poll)}"
    )
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
        how = "回数就行，可以选几个，比如“1 3”，截止前可以改。"
    if in_group:
        how = f"引用这条{how}" if poll.in_group and not poll.is_secret else f"请私聊我投：{how}"
        if poll.is_secret:
            how = f"这次不记名，{how}"
    return "\n".join(
        line
        for line in (
            f"{again}{CONSULTATIVE}{poll.title}",
            listed(poll.options),
            f"{scope}{poll.roll}{unit(poll)}来投：{_kind(poll.unit, is_secret=poll.is_secret, is_multiple=poll.is_multiple)}。",
            f"{moment(poll.closes_at, now.date())}截止",
            note,
            how,
            name(poll),
        )
        if line
    )


def sent(poll: Poll, now: datetime, *, groups: int, forwarded: bool, full: bool) -> str:
    posted = "群里那条已请人转发" if forwarded else "已发到群里"
    posted = "群里今天说满三条了，明早再发" if full else posted
    where = f"{posted}，也会私信给绑定了的人" if groups else "会私信给绑定了的人"
    if poll.opens_at > now:
        return f"好。{moment(poll.opens_at, now.date())}准时开始，到时候发给大伙儿。\n{name(poll)}"
    return f"好，{where}。截止前谁也看不到票数，到点自己出结果。\n看谁没投回“谁还没投”。{name(poll)}"


# -- voting


def chosen(poll: Poll, numbers: Sequence[int]) -> str:
    return "、".join(f"{number} {poll.options[number - 1]}" for number in numbers)


def counted(poll: Poll, numbers: Sequence[int], *, is_change: bool, receipt: str, now: datetime) -> str:
    whose = "您家" if poll.unit is Unit.HOUSEHOLD else "您"
    did = "改好了" if is_change else "记下了"
    lines = [f"{did}：{poll.title}，{whose}投的是 {chosen(poll, numbers)}。"]
    lines.append(f"{moment(poll.closes_at, now.date())}截止，之前想改就再回个数。")
    if receipt:
        lines.append(f"不记名，谁投了啥谁也看不到。您的回执 {receipt}，截止后发“回执 {receipt}”能查票算没算。")
    return "\n".join([*lines, name(poll)])


def kept_newer(poll: Poll) -> str:
    return f"这条来晚了，后面那次投的才算，没动它。\n{name(poll)}"


def household_told(poll: Poll, who: str) -> str:
    return f"您家在“{poll.title}”里的票，{who}刚改了。要改可以再投，截止前最后一次算。\n{name(poll)}"


def which_options(poll: Poll) -> str:
    more = "，可以选几个，比如“1 3”" if poll.is_multiple else ""
    return f"{poll.title}\n{listed(poll.options)}\n回个数就行{more}。\n{name(poll)}"


def how(poll: Poll, now: datetime) -> str:
    """The choices, and how one votes."""
    kind = _kind(poll.unit, is_secret=poll.is_secret, is_multiple=poll.is_multiple)
    until = f"{moment(poll.closes_at, now.date())}截止，之前可以改。"
    return f"{poll.title}\n{listed(poll.options)}\n{kind}。回个数就行，{until}\n{name(poll)}"


def no_such_option(poll: Poll) -> str:
    return f"没有这一项，票没动。有这几项：\n{listed(poll.options)}\n回个数就行。{name(poll)}"


def no_such_poll(number: int, mine: Sequence[Poll]) -> str:
    lines = "\n".join(f"{name(poll)} {poll.title}" for poll in mine)
    return f"没有投票{number}，票没记。" + (f"正在投的有：\n{lines}" if lines else "")


def one_only(poll: Poll) -> str:
    return f"这次只能选一个，票没动。\n{listed(poll.options)}\n回一个数就行。{name(poll)}"


def private_only(poll: Poll) -> str:
    if poll.is_secret:
        return f"这次不记名，请私聊我投。群里说的不算。\n{name(poll)}"
    return f"这次要私聊投，请私聊我回个数。群里说的不算。\n{name(poll)}"


def not_bound() -> str:
    return "投票要先知道您是哪家的。回“绑定 姓名 几社 绑定码”，比如“绑定 张桂兰 九社 1234”。绑定码在发到家的纸上，没有就找网格员要。"


def needs_code(poll: Poll) -> str:
    return (
        f"您的绑定还差一步才能投票：回“绑定码 ”加家里那张纸上的码，或者请网格员核实。绑好再投，票没记。\n{name(poll)}"
    )


def not_on_roll(poll: Poll, scope: str) -> str:
    why = {
        Unit.HOUSEHOLD: f"这次是{scope}的户投",
        Unit.PERSON: f"这次是{scope}投" if poll.scope.party_only else f"这次是{scope}18岁以上的人投",
        Unit.REPRESENTATIVE: f"这次是{scope}的村民代表投",
    }[poll.unit]
    return f"{why}，名单在开始时就定了，里面没有您，票没记。您的意见可以直接跟我说。\n{name(poll)}"


def closed(poll: Poll) -> str:
    return f"“{poll.title}”{moment(poll.closes_at)}已经截止，这一票没记。看结果回“投票结果”。\n{name(poll)}"


def not_open_yet(poll: Poll) -> str:
    return f"“{poll.title}”{moment(poll.opens_at)}才开始，到时候再投，现在没记。\n{name(poll)}"


def replaced(poll: Poll) -> str:
    return f"这个投票改过了，这一票没记。请按新的再投一次。\n{name(poll)}"


def nothing_to_vote() -> str:
    return "现在没有要您投的票。有投票会发给您。"


def for_other(poll: Poll, who: str, *, is_kin: bool, is_at_home: bool) -> str:
    """Somebody votes for his mother or for a neighbour, who has no WeChat."""
    who = f"您{who}" if is_kin else who
    first = f"票要本人投，替{who}说的没记。"
    if poll.unit is Unit.HOUSEHOLD:
        ours = f"{who}和您是一家的，您回个数就算您家的票。" if is_at_home else f"{who}家的票要{who}家自己投。"
        first = f"这次一户一票，替{who}说的没记。{ours}"
    if poll.is_secret:
        how = f"用您手机绑定{who}（回“代 姓名”），由本人来选。" if is_at_home else "请网格员上门帮着绑定，由本人来选。"
        how = f"{how}要帮忙回“人工”。"
    else:
        how = "代表或网格员打电话或上门问本人。要请人回“请人”，不用了回“不用了”。"
    return f"{first}\n{who}没微信也能投：{how}\n{name(poll)}"


def visit_arranged(poll: Poll, keeper: str) -> str:
    return f"好，已告诉{keeper}，会打电话或上门问本人，记了会跟您家说。\n{name(poll)}"


def no_keeper() -> str:
    return "村里还没把网格员录进来。请到村委会说一声，有人帮着投。"


def not_needed(poll: Poll) -> str:
    return f"好。{poll.title}的票，截止前随时能投。\n{name(poll)}"


def visit_task(poll: Poll, who: str, home: str) -> str:
    """What the keeper is asked to do: the ballot of one who has no phone."""
    return (
        f"{home}说家里的{who}没微信，想投票：{poll.title}\n{listed(poll.options)}\n"
        f"请打电话或上门问本人，问好回“姓名 数”，比如“周奶奶 2”。本人咋说就咋记。\n{name(poll)}"
    )


def taken(poll: Poll, who: str, numbers: Sequence[int]) -> str:
    return f"记下了：{who}，{chosen(poll, numbers)}（上门）。已告诉他家里人。\n{name(poll)}"


def taken_told(poll: Poll, keeper: str, who: str) -> str:
    return f"{keeper}上门问过{who}，“{poll.title}”的票记下了。不对就在截止前再投。\n{name(poll)}"


def voted_themselves(poll: Poll, who: str) -> str:
    return f"{who}家已经自己投过，以自己投的为准，这次没记。\n{name(poll)}"


def nobody_called(who: str) -> str:
    return f"名单上没找到{who}，没记。请照户口上的名字再发，比如“周奶奶 2”。"


def several_called(who: str) -> str:
    return f"叫{who}的不止一个，没记。请到村委会让文书记。"


def my_ballot(poll: Poll, numbers: Sequence[int], receipt: str) -> str:
    tail = f" 回执 {receipt}" if receipt else ""
    return f"{poll.title}：您投的是 {chosen(poll, numbers)}。{tail}\n{name(poll)}"


def household_voted(poll: Poll) -> str:
    """Another of the household may have cast it: that it was, not for what."""
    return f"{poll.title}：您家的票投过了，投了啥由投的人自己说。要改可以再投，截止前最后一次算。\n{name(poll)}"


def own_is_gone(poll: Poll) -> str:
    """A secret poll is closed: its key is destroyed, so that nobody can look any more."""
    return f"“{poll.title}”已经截止。这次不记名，投了啥现在谁也查不到；发“回执”加您的回执号，能查您的票算没算。\n{name(poll)}"


def own_counted(poll: Poll, numbers: Sequence[int]) -> str:
    said = f"您投的是 {chosen(poll, numbers)}，算进去了" if numbers else "没有您的票"
    return f"“{poll.title}”已经截止，{said}。看结果回“投票结果”。\n{name(poll)}"


def household_counted(poll: Poll) -> str:
    return f"“{poll.title}”已经截止，您家的票算进去了。看结果回“投票结果”。\n{name(poll)}"


def not_voted_yet(poll: Poll) -> str:
    return f"{poll.title}：您还没投。\n{listed(poll.options)}\n回个数就行。{name(poll)}"


def receipt_found(poll: Poll, receipt: str) -> str:
    return f"回执 {receipt} 在公布的名单里，您的票算进去了。\n{name(poll)}"


def receipt_not_found(receipt: str) -> str:
    return f"公布的名单里没有回执 {receipt}。还没截止的要等截止后查；抄错了请再发一次，还不对就找监委会。"


# -- the clock


def reminder(poll: Poll, now: datetime) -> str:
    whose = "您家" if poll.unit is Unit.HOUSEHOLD else "您"
    return f"{moment(poll.closes_at, now.date())}就截止了，{whose}还没投：{poll.title}\n{listed(poll.options)}\n回个数就行。{name(poll)}"


def closing_soon(poll: Poll, left: int, now: datetime) -> str:
    """For the group: how many are missing, never who and never for what."""
    how = "私聊我回个数就行" if poll.is_secret or not poll.in_group else "引用投票那条或私聊我，回个数就行"
    return f"“{poll.title}”{moment(poll.closes_at, now.date())}截止，还有{left}{unit(poll)}没投。{how}。\n{name(poll)}"


def does_not_add_up(poll: Poll) -> str:
    return f"“{poll.title}”的票比名单还多，不对劲，结果没发。请让管理员查一查。\n{name(poll)}"


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


def missing(poll: Poll, names: Sequence[str], left: int) -> str:
    if not left:
        return f"{poll.title}：都投了。\n{name(poll)}"
    shown = "、".join(names) + (" 等" if left > len(names) else "")
    return f"{poll.title}：还有{left}{unit(poll)}没投：{shown}。\n{name(poll)}"


def missing_secret(poll: Poll, left: int) -> str:
    return f"{poll.title}：还有{left}{unit(poll)}没投。不记名的只能看数，看不到是谁。\n{name(poll)}"


def confirm_close(poll: Poll, now: datetime) -> str:
    return f"“{poll.title}”本来{moment(poll.closes_at, now.date())}才截止。现在就截止吗？截了不能再开。\n回 1 截止，回 3 不截。{name(poll)}"


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
