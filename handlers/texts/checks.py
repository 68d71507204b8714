"""What `youshi verify` says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.polls import Poll
from handlers.texts.polls import unit

_FAULTS = {
    "lists_changed": "名单或结果在公布校验码之后被改过",
    "counts_differ": "按票数一遍，和公布的结果对不上",
    "turnout_differs": "回执、选票和参加数不一样多",
    "above_roll": "票比名单上的还多",
    "receipt_twice": "有回执出现了两次",
    "bad_line": "名单里有一行读不出来",
    "no_result": "还没有结果",
    "no_lists": "公布的名单不见了",
    "off_roll": "有票不在名单上",
    "bad_ballot": "有票选的不是这次的选项",
}


_WHERE = {
    "off_roll": "名册号", "bad_ballot": "名册号", "bad_line": "", "receipt_twice": "回执", "counts_differ": "选项",
}  # fmt: skip
SHOWN = 10


def poll_faults(number: int, wrong: Sequence[str], where: Mapping[str, Sequence[str]]) -> str:
    """Every fault, and the rows it stands in: numbers of the roll, lines, receipts. No name and no choice of anybody."""
    return f"投票{number}查验不通过：" + "；".join(f"{_FAULTS[fault]}{_rows(fault, where)}" for fault in wrong) + "。"


def _rows(fault: str, where: Mapping[str, Sequence[str]]) -> str:
    rows = where.get(fault, ())
    more = f" 等{len(rows)}处" if len(rows) > SHOWN else ""
    return f"（{_WHERE.get(fault, '')} {'、'.join(rows[:SHOWN])}{more}）".replace("（ ", "（") if rows else ""


def poll_is_whole(poll: Poll) -> str:
    """The count as it was verified, in one line each."""
    assert poll.result is not None  # noqa: S101 - only a closed poll is verified
    lines = [f"投票{poll.number}查验通过：{poll.title}"]
    lines += [
        f"{n}.{option} {votes}{unit(poll)}"
        for n, (option, votes) in enumerate(zip(poll.options, poll.result.counts, strict=True), 1)
    ]
    lines.append(f"参加{poll.result.voted}{unit(poll)}/应投{poll.result.roll}{unit(poll)}")
    if poll.result.digest:
        lines.append(f"校验码 {poll.result.digest}")
        lines.append("查的是截止以后有没有人改。投票当中服务器自己作假，这里查不出来。")
    return "\n".join(lines)
