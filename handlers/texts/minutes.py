"""What is said about minutes, decisions and results of meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.attendance import Tally, verdicts
from domain.bodies import Body
from domain.meetings import AgendaItem, Meeting
from domain.notices import script, shortened
from handlers.texts.attendance import verdict
from handlers.texts.dates import CHINA, day, moment
from handlers.texts.meetings import tail


class Decided(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def due_at(self) -> datetime | None: ...


def desk_open(meeting: Meeting, items: Sequence[AgendaItem]) -> str:
    lines = [
        f"开始记{tail(meeting)}（{meeting.title}）。一句一句发就行：",
        "谁说了啥：张三：同意，先修渠",
        "表决：同意28 反对3 弃权1",
        "定下的事：决定 打机井 王德福负责 12月5日前",
    ]
    if len(items) > 1:
        lines.append("换议题发“议题2”。" + "、".join(f"{n}{item.title}" for n, item in enumerate(items, start=1)))
    return "\n".join([*lines, "照片也能发。记完了回“记完了”。"])


def turned_to(item: AgendaItem) -> str:
    return f"好，说第{item.place}个：{item.title}。"


def chair_kept(chair: str) -> str:
    return f"记下了，主持人{chair}。"


def written(said: Sequence[tuple[str, str]], many: int) -> str:
    words = "；".join(
        f"{speaker}：{shortened(text, 16)}" if speaker else shortened(text, 20) for speaker, text in said[:4]
    )
    more = f"等{len(said)}人" if len(said) > 4 else ""
    return f"记下了{words}{more}。一共{many}条，记完了回“记完了”。"


def taken_back(speaker: str, text: str) -> str:
    who = f"{speaker}：" if speaker else ""
    return f"“{who}{shortened(text, 20)}”这条去掉了。"


def nothing_to_take_back() -> str:
    return "还没有记下什么，没有可去掉的。"


def recited(said: Sequence[tuple[str, str]], decisions: Sequence[str]) -> str:
    """The lines so far by their numbers, the newest where there are many."""
    lines = [f"{n}. {f'{who}：' if who else ''}{shortened(text, 30)}" for n, (who, text) in enumerate(said, start=1)]
    lines = [*(["…"] if len(lines) > 12 else []), *lines[-12:], *(f"定下：{shortened(text, 30)}" for text in decisions)]
    if not lines:
        return "还没有记下什么。"
    return "\n".join(["记下的有：", *lines, "要改说“第1条改成…”，不要说“删掉第1条”。"])


def no_such_line(many: int) -> str:
    return f"一共记了{many}条，没有这一条。回“念一下记录”看看是第几条。"


def put_right(place: str, speaker: str, text: str) -> str:
    return f"第{place}条改成：{f'{speaker}：' if speaker else ''}{shortened(text, 30)}。"


def decision_taken_back(text: str) -> str:
    return f"“{shortened(text, 20)}”这个决定去掉了。"


def what_to_put_right() -> str:
    return (
        "要改哪样？说话的：先回“念一下记录”看号，再说“第1条改成…”。票数：“改成 同意28 反对3”。"
        "定下的：“改成张三负责”“日期改到12月5日”“撤掉刚才的决定”。到会人数：“到了38户”。"
    )


def how_many_are_here() -> str:
    return "都同意是几个人？到会的还没登记。先说“到了38户”或者“到了40人”，再说“都同意”。"


def media_kept(meeting: Meeting, kind: str) -> str:
    return f"{'语音' if kind == 'voice' else '照片'}放进{tail(meeting)}的记录了。"


def which_item(items: Sequence[AgendaItem]) -> str:
    names = "、".join(f"议题{item.place}{item.title}" for item in items)
    return f"这是哪个议题的票？前头带上，比如“议题1 同意28 反对3”。{names}"


def too_many_votes(votes: int, here: int) -> str:
    return f"加起来{votes}票，比到会的{here}人还多，没有记。核一下再发，或者先补签到：“签到 张三 李四”，用纸签的就说“到了38户”。"


def no_quorum(body: Body, here: Tally, due: Tally) -> str:
    lines = [verdict(found) for found in verdicts(body, here, due)]
    return "\n".join(["人数不够，这个表决不能算，没有记。", *lines, f"{body.rule}。到齐了、签到补上了再发。"])


def no_decision(body: Body, here: Tally, due: Tally) -> str:
    return "人数不够，这个定不了，先记成大家的意见。\n" + no_quorum(body, here, due).partition("\n")[2]


def counted(
    body: Body,
    item: AgendaItem,
    agreed: int,
    opposed: int,
    abstained: int,
    here: Tally,
    due: Tally,
    passed: bool | None,
) -> str:
    came = f"应到{due.people}人，到会{here.people}人。" if here.people else ""
    words = f"{item.title}：{came}同意{agreed}，反对{opposed}，弃权{abstained}"
    if passed is None:
        return f"{words}。这个会不表决，记作意见。"
    base = due.people if body.passing and body.passing.of_due else here.people
    need = body.passing.needed(here.people, due.people) if body.passing else 0
    whose = "应到" if body.passing and body.passing.of_due else "到会"
    return f"{words}，{'通过' if passed else '没通过'}（{whose}{base}人，要{need}人同意）。由主持人当场宣布。"


def decided(text: str, owner: str, due_at: datetime | None, *, wrong: str = "", is_known: bool = True) -> str:
    parts = [text, f"{owner}负责" if owner else "", f"{_by(due_at)}前办完" if due_at else ""]
    words = f"记下了：{'，'.join(part for part in parts if part)}。"
    words += "" if is_known else f"名册上没找到{owner}，名字写错了就说“谁负责”再发一遍。"
    words += f"没有{wrong}这一天。" if wrong else ""
    if not owner and due_at is None:
        return words + "谁负责、几号前办完？比如“王德福负责 12月5日前”。"
    if not owner:
        return words + "谁负责？说个名字。"
    return words if due_at else words + "几号前办完？"


def _by(due_at: datetime) -> str:
    return day(due_at.astimezone(CHINA).date())


def result(meeting: Meeting, items: Sequence[AgendaItem], decisions: Sequence[Decided], here: Tally, due: Tally) -> str:
    came = f"应到{due.people}人，到会{here.people}人" if here.people else f"请了{due.people}人，到会人数没有登记"
    lines = [f"{_RESULT}{moment(meeting.starts_at)}{meeting.title}，{came}。"]
    for item in items:
        lines.append(f"{item.place}. {item.title}：{outcome(item)}")
    for decision in decisions:
        owner = f"，{decision.owner}负责" if decision.owner else ""
        until = f"，{_by(decision.due_at)}前办完" if decision.due_at else ""
        lines.append(f"定下：{decision.text}{owner}{until}。")
    return "\n".join([*lines, tail(meeting)])


def outcome(item: AgendaItem) -> str:
    """What came of a topic: its votes and whether it passed."""
    if item.agreed is None:
        return "商量过了。"
    if item.outcome == "void":
        return "到会人数不够，表决不算数。"
    words = f"同意{item.agreed}，反对{item.opposed}，弃权{item.abstained}"
    return words + {"passed": "，通过。", "failed": "，没通过。"}.get(item.outcome, "。")


def read_back(words: str, many: int, *, has_changed: bool = False) -> str:
    head = "刚才念过以后又改了，再看一遍。" if has_changed else f"记了{many}条。"
    return f"{head}发到群里的是这些，对不对？\n{words}\n回 1 发出去，2 接着记，3 先放着。"


def not_declared(body: Body, here: Tally, due: Tally) -> str:
    """Said above the read-back: what too few voted on is declared by nobody."""
    lines = [verdict(found) for found in verdicts(body, here, due)]
    return "\n".join(
        [
            "到会人数不够，表决不算，不能宣布。",
            *lines,
            f"{body.rule}。人数写错了先说“到了38户”或者“到了40人”，再说“记完了”。",
        ]
    )


def count_after_result(meeting: Meeting) -> str:
    return f"结果已经发过了。改好了回“记完了”，念给您听了再重新发。{tail(meeting)}"


def votes_exceed(item: AgendaItem, votes: int, here: int) -> str:
    return (
        f"{item.title}：票加起来{votes}，到会只有{here}人，对不上，没有发。"
        "票数错了就再发“同意28 反对3 弃权1”，人数错了就说“到了40人”，改好再说“记完了”。"
    )


_RESULT, _CORRECTED = "【会议结果】", "【会议结果更正】"


def corrected(words: str) -> str:
    """The result said anew: what stood in the group before holds no more."""
    return f"{_CORRECTED}{words.removeprefix(_RESULT)}\n先前发的作废，以这个为准。"


def uncorrected(words: str) -> str:
    """The result itself, whether it was the first one or put right."""
    return words.replace(_CORRECTED, _RESULT, 1).removesuffix("\n先前发的作废，以这个为准。")


def published_before(meeting: Meeting) -> str:
    return f"和先前发的一样，没有再发。要改先改好再说“记完了”。{tail(meeting)}"


def for_caller(who: str, words: str) -> str:
    return f"{who}改了会议结果，改过的已经发出：\n{words}"


def not_his_to_write(meeting: Meeting, caller: str, link: str) -> str:
    """The minutes are kept by whoever called the meeting; what came of it anybody may read."""
    whose = f"召集人{caller}" if caller else "召集人"
    lines = [f"{tail(meeting)}（{meeting.title}）的记录由{whose}和文书、书记来记，您这里只能看。"]
    if link:
        lines.append(f"全部记录：{link}")
    return "\n".join([*lines, meeting.result or "结果还没有发，发了问“会上定了啥”。"])


def go_on(meeting: Meeting) -> str:
    return f"接着记，您说。{tail(meeting)}"


def kept(meeting: Meeting) -> str:
    return f"放着了，没有发。接着记回“会议记录”。{tail(meeting)}"


def no_result() -> str:
    return "还没有能看的会议结果。会开完了，定了啥会发到群里；急着知道回“人工”。"


def ask_owners(owners: Sequence[str]) -> str:
    return f"办到哪一步了，问负责的人：{'、'.join(owners)}。"


def published(
    meeting: Meeting, has_group: bool, full: bool, aloud: str, link: str, minutes: str, *, forwarded: bool
) -> str:
    posted = "群里的结果已请人转发" if forwarded else "结果发到群里了"
    where = "群里今天说满三条了，明早一起发" if full else posted if has_group else "结果记下了"
    lines = [f"{where}。", f"喇叭稿：{aloud}"]
    if link:
        lines += [f"结果打印贴出来：{link}", f"会议记录存档：{minutes}"]
    return "\n".join([*lines, tail(meeting)])


def result_aloud(meeting: Meeting, items: Sequence[AgendaItem], decisions: Sequence[Decided]) -> str:
    what = {"passed": "通过了", "failed": "没通过", "void": "人数不够没表决成"}
    short = "；".join(f"{item.title}{what.get(item.outcome, '商量过了')}" for item in items)
    fixed = "；".join(f"{d.text}，{d.owner}负责" for d in decisions if d.owner)
    lead = f"乡亲们注意：{meeting.title}开完了，{short}。"
    return script(
        [
            f"{lead}{fixed}。有意见找村监督委员会。" if fixed else f"{lead}有意见找村监督委员会。",
            f"{lead}有意见找村监督委员会。",
            f"{meeting.title}开完了，{shortened(short, 40)}。",
            f"{shortened(meeting.title, 20)}开完了，结果贴在公示栏，请大家去看。",
        ]
    )


def for_owner(meeting: Meeting, text: str, due_at: datetime | None) -> str:
    until = f"，{_by(due_at)}前办完" if due_at else ""
    return f"会上定了，{text}由您负责{until}。办好了跟文书说一声。\n{tail(meeting)}"
