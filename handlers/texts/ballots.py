"""What people read about casting a vote: what was counted, what was not and why, and who votes for those without a phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.polls import Poll, Unit
from handlers.texts.dates import moment
from handlers.texts.polls import kind_of, listed, name, several

VOTE_KEPT = "您的票已记下。"


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
    more = f"，{several(poll)}" if poll.is_multiple else ""
    return f"{poll.title}\n{listed(poll.options)}\n回个数就行{more}。\n{name(poll)}"


def all_open(polls: Sequence[Poll]) -> str:
    """有啥投票, where several are open: each with its choices, and how one says which."""
    lines = [f"{name(poll)} {poll.title}：{chosen(poll, range(1, len(poll.options) + 1))}" for poll in polls]
    return "\n".join(["正在投的有：", *lines, f"投哪个就带上编号说，比如“{name(polls[0])} 选1”。"])


def not_counted(poll: Poll) -> str:
    """Words near a vote that say no single choice clearly: they are told so, and how it would count."""
    return f"这句没算成票。要投回个数就行：\n{poll.title}\n{listed(poll.options)}\n{name(poll)}"


def unclear(poll: Poll, now: datetime) -> str:
    """Words of voting that neither vote nor ask anything clearly."""
    return f"您说的是投票的事吧？这句没算成票，也没转给别人。\n{how(poll, now)}\n想反映别的事，把是啥事写清楚再发一遍。"


HIMSELF = "您自己"


def need_not(poll: Poll) -> str:
    """Asked whether one must vote."""
    return f"投不投您自己定，不投没人罚。想投的话回个数就行：\n{poll.title}\n{listed(poll.options)}\n{name(poll)}"


def hand(poll: Poll, who: str, at: datetime, *, is_visit: bool) -> str:
    """Asked who cast or changed the vote: by whom and when, never for what."""
    whose = "您家" if poll.unit is Unit.HOUSEHOLD else "您"
    did = f"{who}上门收的" if is_visit else f"{who}投的" if who else "投过了"
    one = "一户一票，家里大人谁投都行，" if poll.unit is Unit.HOUSEHOLD else ""
    return f"{poll.title}：{whose}的票，最后一次是{moment(at)}{did}。\n{one}截止前再投一次就按您的算；不是家里人投的，回“人工”查。{name(poll)}"


def hand_unknown(poll: Poll, *, has: bool, is_open: bool) -> str:
    whose = "您家" if poll.unit is Unit.HOUSEHOLD else "您"
    if not is_open and poll.is_secret:
        return own_is_gone(poll)
    if not has:
        more = f"\n{listed(poll.options)}\n回个数就行。" if is_open else ""
        return f"{poll.title}：{whose}没有投过票的记录。{more}{name(poll)}"
    return f"{poll.title}：{whose}的票投过了。这次不记名，谁投的没有记。\n截止前再投一次就按新的算；不是家里人投的，回“人工”查。{name(poll)}"


def say_it_without_vote() -> str:
    """A matter that cannot be parted from the choice it is told with, in a secret poll."""
    return "这次不记名，带着投谁的话我不记、也不转给别人。有事要人办，请把那件事单说一遍，别带上投了啥。"


def how(poll: Poll, now: datetime) -> str:
    """The choices, and how one votes."""
    kind = kind_of(poll)
    until = f"{moment(poll.closes_at, now.date())}截止，之前可以改。"
    return f"{poll.title}\n{listed(poll.options)}\n{kind}。回个数就行，{until}\n{name(poll)}"


def who_may(poll: Poll, scope: str) -> str:
    """Asked who may vote."""
    said = {
        Unit.HOUSEHOLD: f"这次{scope}一户一票：开始时名册上的户都能投，家里满18岁、绑定了的谁投都行，截止前最后一次算。",
        Unit.PERSON: f"这次{scope}一人一票："
        + ("名册上的党员" if poll.scope.party_only else "满18岁的")
        + "各投各的。",
        Unit.REPRESENTATIVE: f"这次是{scope}的村民代表投，一人一票。",
    }[poll.unit]
    return f"{said}\n没绑定的先回“绑定 姓名 几社 绑定码”。{name(poll)}"


def from_whom(poll: Poll, who: str) -> str:
    asker = f"是{who}发的，" if who else "是村里发的，"
    return f"{asker}问大伙儿：{poll.title}\n{listed(poll.options)}\n征求意见，不代替会议表决。{name(poll)}"


def use(poll: Poll) -> str:
    """Asked what a vote is good for."""
    return f"这是征求意见，不代替会议表决：到点把各项多少票公布给大伙儿，村里看着它再定。\n您的票算数：{kind_of(poll)}，截止之前可以改。{name(poll)}"


def whose(poll: Poll) -> str:
    return f"谁投了啥不公布，只公布各项多少票。\n{name(poll)}"


def missing_for_others(poll: Poll) -> str:
    return f"谁还没投，只有发投票的人看得到。您自己的票回“我投了啥”看。\n{name(poll)}"


def has_voted(poll: Poll, who: str, *, has: bool) -> str:
    return f"{who}{'家' if poll.unit is Unit.HOUSEHOLD else ''}{'投过了' if has else '还没投'}"


def who_has_voted(poll: Poll, lines: Sequence[str]) -> str:
    return f"{poll.title}：{'；'.join(lines)}。\n{name(poll)}"


def not_on_this_roll(poll: Poll, who: str) -> str:
    return f"这次的名单里没有{who}。\n{name(poll)}"


def say_for_whom(poll: Poll) -> str:
    """请人 by one who has not said for whom."""
    return f"给没微信的人请人收票，先说是谁，比如“我妈没微信，她想投票”，我就帮您请。\n{name(poll)}"


def ended_by_organiser(poll: Poll) -> str:
    return f"投票只有发的人能提前截止。您的票截止前随时能改，回个数就行；不投也行。\n{name(poll)}"


def say_your_view(poll: Poll) -> str:
    return f"有啥意见您直接说，一句话讲清楚，我转给管事的人。投票的话回个数就行：\n{poll.title}\n{listed(poll.options)}\n{name(poll)}"


def doubted(poll: Poll, supervisor: str) -> str:
    """He does not believe the result."""
    check = "名单都公布了，发“回执”加您的回执号能查您的票。" if poll.is_secret else "回“我投了啥”能看您自己的票。"
    whom = f"还不放心，找监委会{supervisor}查。" if supervisor else "还不放心，找村监委会查。"
    return f"票数到点自动数，谁也改不了。{check}\n{whom}知道有人作假的，写清楚发给我，只有镇纪委能看。\n{name(poll)}"


def who_sees(poll: Poll) -> str:
    """Asked whether others see what one chose."""
    said = (
        "这次不记名：谁投了啥谁也看不到，只看得到一共投了多少。"
        if poll.is_secret
        else "这次是记名投票：票跟着名册记，组织的人看得到谁还没投；结果只公布总数。"
    )
    return f"{said}\n{name(poll)}"


def no_such_option(poll: Poll) -> str:
    return f"没有这一项，票没动。有这几项：\n{listed(poll.options)}\n回个数就行。{name(poll)}"


def no_such_poll(number: int, mine: Sequence[Poll]) -> str:
    lines = "\n".join(f"{name(poll)} {poll.title}" for poll in mine)
    return f"没有投票{number}，票没记。" + (f"正在投的有：\n{lines}" if lines else "")


def one_only(poll: Poll) -> str:
    return f"这次只能选一个，票没动。\n{listed(poll.options)}\n回一个数就行。{name(poll)}"


def too_many_chosen(poll: Poll, many: int) -> str:
    return (
        f"这次最多选{poll.most}个，您选了{many}个，票没动。\n{listed(poll.options)}\n回数就行，比如“1 2”。{name(poll)}"
    )


def not_moved(poll: Poll) -> str:
    """Somebody presses for a choice, or buys it: what he says of it is no vote."""
    whose = "您家" if poll.unit is Unit.HOUSEHOLD else "您"
    return f"这句没当成票，{whose}的票没动。投啥由您自己定，谁也不能逼、不能买。{name(poll)}"


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


def for_other_by_keeper(poll: Poll, who: str) -> str:
    """A keeper says the vote of somebody whose home has not asked for him: no ballot, his own least of all."""
    way = "请他家里人私聊我说一声“他没微信”，回“请人”，我就请您去问本人"
    if poll.is_secret:
        way = "请帮他家里人用手机绑定他（回“代 姓名”），由本人来选"
    return f"票要本人投，替{who}说的没记，您自己的票也没动。\n{who}有微信就自己投；没微信的，{way}。\n{name(poll)}"


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


def asks_himself(poll: Poll, who: str) -> str:
    """A keeper takes no ballot of a household that votes by phone, unless it asked for him."""
    return f"{who}家有手机，自己能投，没记。要您上门收票，得他家先给我回“请人”。\n{name(poll)}"


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


def no_key(poll: Poll) -> str:
    """Another SECRET_KEY than the one the secret poll was begun with: whose ballot is whose cannot be told."""
    return (
        f"“{poll.title}”不记名，票箱的钥匙现在打不开，新票记不上，投过的也查不了；以前投的票还在。"
        f"请给村委会说一声，让管理员查“密钥”，修好了再投。\n{name(poll)}"
    )


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
