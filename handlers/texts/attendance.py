"""What is said about answers to a notice and about presence: people and households, so many of so many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.attendance import Invited, Tally, Verdict, verdicts
from domain.bodies import Body, Of, Unit
from domain.meetings import Coming, Lack, Meeting
from handlers.texts.dates import moment
from handlers.texts.meetings import tail

SHOWN = 20
_UNITS = {Of.PEOPLE: "人", Of.HOUSEHOLDS: "户"}


def names(lines: Sequence[Invited]) -> str:
    """So many names as fit on a phone, and how many more."""
    shown = "、".join(line.name for line in lines[:SHOWN])
    return shown if len(lines) <= SHOWN else f"{shown} 等{len(lines)}人"


def homes(lines: Sequence[Invited]) -> str:
    """One name a household."""
    first = {line.unit: line for line in reversed(lines)}
    shown = "、".join(line.name for line in list(first.values())[::-1][:SHOWN])
    return shown if len(first) <= SHOWN else f"{shown} 等{len(first)}户"


def _whom(body: Body, lines: Sequence[Invited]) -> str:
    return names(lines) if body.unit is Unit.PERSON else homes(lines)


# -- answers to the notice


def noted(meeting: Meeting, coming: Coming, companion: str, *, is_family: bool, must_be_himself: bool) -> str:
    when, companion = moment(meeting.starts_at), f"您{companion}" if is_family else companion
    if coming is Coming.YES:
        return f"记下了，您来。{when}{_at(meeting)}见，到了回“到了”签到。{tail(meeting)}"
    if coming is Coming.PROXY and must_be_himself:
        return f"记下了，您来不了，{companion}来听。{meeting.title}要本人到才算人数，您能来再回1。{tail(meeting)}"
    if coming is Coming.PROXY:
        return f"记下了，{companion}替您家来。{when}{_at(meeting)}见。{tail(meeting)}"
    return f"记下了，您来不了。家里有人替就说一声，比如“我媳妇去”；想先说两句回3。{tail(meeting)}"


def _at(meeting: Meeting) -> str:
    return f"在{meeting.venue}" if meeting.venue else ""


def not_invited(meeting: Meeting, *, is_bound: bool) -> str:
    if not is_bound:
        return "我还不知道您是谁。先绑定：回“绑定 名字 哪个社”，再回来不来。"
    return f"{tail(meeting)}是{meeting.title}，名单上没有您；可以来旁听，不算到会人数。名单不对就找文书改。"


def no_notice(*, is_bound: bool) -> str:
    if not is_bound:
        return "我还不知道您是谁。先绑定：回“绑定 名字 哪个社”。"
    return "眼下没有请您参加的会。有会我会通知您；要说件事直接说就行。"


def still_on(*, is_changed: bool) -> str:
    return "没取消，改过一回，按这个来：\n" if is_changed else "没变，照常开：\n"


def called_off(meeting: Meeting, contact: str) -> str:
    """It is off; why, only whoever called it knows."""
    ask = f"为啥不开了，问{contact}。" if contact else ""
    return f"原定{moment(meeting.starts_at)}的{meeting.title}取消了，不开了，不用去。再开会另外通知您。{ask}{tail(meeting)}"


def which_meeting(meetings: Sequence[Meeting]) -> str:
    lines = [f"{n} {moment(m.starts_at)} {m.title}" for n, m in enumerate(meetings, start=1)]
    return "您说的是哪个会？回个数就行。\n" + "\n".join(lines)


def heard(meeting: Meeting) -> str:
    return f"好。{moment(meeting.starts_at)}您能来吗？1来 2来不了。{tail(meeting)}"


def stands(meeting: Meeting, answer: Coming, companion: str) -> str:
    """What he answered before is kept, and until when he may change it."""
    said = {Coming.YES: "您来", Coming.NO: "您来不了", Coming.PROXY: f"{companion}替您家来"}[answer]
    return f"好，记着呢：{said}。{moment(meeting.starts_at)}开，变了再说一声就行。{tail(meeting)}"


def trusts(meeting: Meeting) -> str:
    return f"好，您没意见，到时候大伙儿商量。{moment(meeting.starts_at)}您能来吗？1来 2来不了。{tail(meeting)}"


def has_begun(meeting: Meeting) -> str:
    return f"{meeting.title}已经{_at(meeting)}开始了。能赶来就来，到了回“到了”签到。{tail(meeting)}"


def unsure(meeting: Meeting) -> str:
    return f"不急，定了再说：能来回1，来不了回2。{moment(meeting.starts_at)}开。{tail(meeting)}"


def may_not_come(meeting: Meeting, before: Coming, *, likes_to: bool) -> str:
    """Said to whoever may not come: what he answered before stands, and how to settle it."""
    stands = {
        Coming.YES: "先前说的“来”还算着",
        Coming.NO: "先前说的“来不了”还算着",
        Coming.PROXY: "先前说的有人替还算着",
    }
    unsaid = "还没给您记成来" if likes_to else "还没给您记成来不了"
    return f"{stands.get(before, unsaid)}，定了再说：能来回1，来不了回2，有人替就说“我媳妇去”。{moment(meeting.starts_at)}开。{tail(meeting)}"


def need_not(meeting: Meeting, contact: str) -> str:
    return f"来不来您家自己定，通知里没说不来要罚。来不了回2，家里有人替也行；还拿不准问{contact}。{tail(meeting)}"


def ask_caller(meeting: Meeting, contact: str) -> str:
    return f"这个通知里没说，问{contact}最准。{moment(meeting.starts_at)}{_at(meeting)}开，能来回1，来不了回2。{tail(meeting)}"


def would_come(meeting: Meeting, why: str, contact: str) -> str:
    return (
        f"记下了：您想来，就是“{why}”。已经告诉{contact}，看能不能搭把手。\n"
        f"定了能来回1，来不了回2，家里人替也行。{tail(meeting)}"
    )


def would_come_told(meeting: Meeting, who: str, why: str) -> str:
    return f"{who}想来{moment(meeting.starts_at)}的{meeting.title}，难处是“{why}”。能帮就给回个话。{tail(meeting)}"


def tired_of_meetings(meeting: Meeting) -> str:
    return f"知道大伙儿都忙。{moment(meeting.starts_at)}这个会，能来回1，来不了回2，有话想先说回3，我带到会上。{tail(meeting)}"


def another_time(meeting: Meeting) -> str:
    return (
        f"会是{moment(meeting.starts_at)}{_at(meeting)}开。那个时候您能来吗？1来（晚到也行） 2来不了。{tail(meeting)}"
    )


def opinion_kept() -> str:
    return "您的意见记下了，会上念给大伙儿听。"


def ask_words(meeting: Meeting) -> str:
    return f"您说，我记到会上去。{tail(meeting)}"


def words_kept(meeting: Meeting) -> str:
    return f"记下了，会上念给大伙儿听。来不来也回一声：1来 2来不了。{tail(meeting)}"


# -- signing in


def here_of(body_unit: Unit | None, here: Tally, due: Tally) -> str:
    """到会23人（应到42人）, with households where they count."""
    words = f"到会{here.people}人（应到{due.people}人）"
    if body_unit is not Unit.PERSON and (
        here.households or not here.people
    ):  # of people counted the households are not known
        words += f"，{here.households}户（应到{due.households}户）"
    return words


def checkin_open(meeting: Meeting, code: str, here: Tally, due: Tally) -> str:
    return (
        f"签到码 {code}，写在黑板上，到场的人回“签到 {code}”就行。\n"
        f"扫码图随后发您，贴在门口，扫一扫也能签。没手机的您来记：“签到 张三 李四”。\n{here_of(None, here, due)}\n{tail(meeting)}"
    )


def checkin_ends_itself(meeting: Meeting, here: Tally, due: Tally) -> str:
    return f"签到不用关，散会后自己就停。{here_of(None, here, due)}。散会了回“散会”，把结果记下来。{tail(meeting)}"


def door(meeting: Meeting) -> str:
    """What goes with the picture to scan."""
    return f"这是{meeting.title}的签到码，贴在门口或投到墙上，到的人微信扫一扫就签上了。{tail(meeting)}"


def words_at_the_door(code: str) -> str:
    """What a picture holds that no account could make a scene of."""
    return f"关注本村公众号，回这句话签到：签到 {code}"


def door_closed(meeting: Meeting) -> str:
    return f"{meeting.title}已经散了，现在签不上了。人到了没记上的，请跟文书说一声。{tail(meeting)}"


def signed(name: str, companion: str, meeting: Meeting, here: Tally, due: Tally) -> str:
    who = f"{name}家{companion}" if companion else name
    return f"{who}签到了。{here_of(None, here, due)}。{tail(meeting)}"


def signed_before(name: str, meeting: Meeting) -> str:
    return f"{name}已经签过到了，不用再签。{tail(meeting)}"


def signs_himself(who: str, meeting: Meeting) -> str:
    return f"签到要本人来：请{who}用自己的手机回“到了”，没手机的请文书记上。{tail(meeting)}"


def unsigned(names: Sequence[str], unknown: Sequence[str], here: Tally, due: Tally, meeting: Meeting) -> str:
    """What was put down wrongly is taken off the list."""
    lines = [f"划掉了{'、'.join(names)}的签到。" if names else "没有划掉谁。"]
    if unknown:
        lines.append(f"没签到的：{'、'.join(unknown)}，看看名字写对没有。")
    return "\n".join([*lines, here_of(None, here, due), tail(meeting)])


def where_the_code_is() -> str:
    return "签到码写在会场的黑板上，四位数，发过来就签上了。看不见码，人到了回“到了”也行。"


def wrong_code() -> str:
    return "签到码不对。看看会场黑板上的四位数，回“签到”加那四位数；没有码回“到了”也行。"


def too_early(meeting: Meeting) -> str:
    return f"还没到签到的时候。{moment(meeting.starts_at)}{_at(meeting)}开会，开会前一小时起能签。{tail(meeting)}"


def sign_when_there(meeting: Meeting) -> str:
    return f"好，等您。到了回“到了”签到，这会儿还没给您签。{tail(meeting)}"


def signed_by_clerk(
    meeting: Meeting, done: Sequence[str], unknown: Sequence[str], doubtful: Sequence[str], here: Tally, due: Tally
) -> str:
    lines = [f"签到{len(done)}人：{'、'.join(done)}。" if done else "没有新签到的。"]
    if unknown:
        lines.append(f"名单上没有：{'、'.join(unknown)}，看看名字写对没有。")
    if doubtful:
        who = "、".join(dict.fromkeys(doubtful))
        lines.append(f"分不清是哪个：{who}。写全名，说上几社，比如“签到 七社王大山”，还分不清就请他本人回“到了”。")
    return "\n".join([*lines, here_of(None, here, due), tail(meeting)])


# -- how many


def verdict(found: Verdict) -> str:
    """够了, or how many are lacking, by one route."""
    unit = _UNITS[found.route.of]
    base = f"按{unit}：要{found.needed}{unit}，有{found.present}{unit}（应到{found.due}{unit}）"
    return f"{base}，够了" if found.is_met else f"{base}，还差{found.lacking}{unit}"


def quorum(body: Body, found: Sequence[Verdict]) -> str:
    """Both routes, and what they come to together."""
    if not found:
        return "这个会不表决，来多少人都能开。"
    enough = any(one.is_met for one in found)
    lines = [verdict(one) for one in found]
    if len(found) > 1:
        lines.append("两样有一样够就能开。")
    lines.append("人数够了，能开。" if enough else f"人数还不够。{body.rule}。")
    return "\n".join(lines)


def attendance(
    meeting: Meeting, body: Body, roll: Sequence[Invited], here: Tally, due: Tally,
    found: Sequence[Verdict], absent: Sequence[Invited] | None,
) -> str:  # fmt: skip
    present = [line for line in roll if line.is_present]
    lines = [here_of(body.unit, here, due)]
    if absent is not None:
        lines.append(f"没签到的：{_whom(body, absent)}" if absent else "都签到了。")
    elif present:
        lines.append(f"到了的：{names(present)}")
        by = [("签到码", "code"), ("自己说到了", "words"), ("文书记的", "clerk"), ("扫码", "scan")]
        counts = [f"{label}{n}人" for label, how in by if (n := sum(line.signed_by == how for line in present))]
        lines.append("、".join(counts))
    return "\n".join([*lines, quorum(body, found), tail(meeting)])


def answers(
    meeting: Meeting, body: Body, roll: Sequence[Invited], due: Tally, found: Sequence[Verdict],
    silent: Sequence[Invited], *, names_silent: bool,
) -> str:  # fmt: skip
    coming = [line for line in roll if line.answer is Coming.YES]
    proxies = [line for line in roll if line.answer is Coming.PROXY]
    away = [line for line in roll if line.answer is Coming.NO]
    if body.unit is Unit.PERSON:  # nobody stands in for one who is called himself
        away, proxies = [*away, *proxies], []
    unit = f"{due.people}人" if body.unit is Unit.PERSON else f"{due.people}人、{due.households}户"
    quiet = len(silent) if body.unit is Unit.PERSON else len({line.unit for line in silent})
    lines = [
        f"{moment(meeting.starts_at)}的{meeting.title}，请了{unit}。",
        f"来{len(coming)}人，家里人替{len(proxies)}人，来不了{len(away)}人，没回话{quiet}{'人' if body.unit is Unit.PERSON else '户'}。",
    ]
    if names_silent and silent:
        lines.append(f"没回话的：{_whom(body, silent)}")
    elif coming:
        lines.append(f"来的：{names(coming)}")
    if found:
        lines.append(
            f"照回话算，{'够了' if any(v.is_met for v in found) else '还不够'}：" + "；".join(map(verdict, found))
        )
    return "\n".join([*lines, tail(meeting)])


class Headcount(Protocol):
    @property
    def people(self) -> int | None: ...
    @property
    def households(self) -> int | None: ...
    @property
    def some(self) -> int | None: ...


def counted(meeting: Meeting, body: Body, said: Headcount, here: Tally, due: Tally, *, more_signed: bool) -> str:
    """到了23个 够不够: by people and by households, as far as it was said what was counted."""
    many = [
        f"{n}{unit}" for n, unit in ((said.people, "人"), (said.households, "户"), (said.some, "个")) if n is not None
    ]
    came = f"到了{'、'.join(many)}"
    signed = f"签到的有{here.people}人，比这个多，按签到的算；签错了说“撤销 张三签到”。" if more_signed else ""
    if not body.routes:
        return f"{came}。这个会不表决，来多少人都能开。{signed}{tail(meeting)}"
    if said.some is not None:
        here = Tally(max(here.people, said.some), max(here.households, min(said.some, due.households)))
    known = {
        Of.PEOPLE: said.households is None or said.people is not None,
        Of.HOUSEHOLDS: said.people is None or here.households > 0,
    }
    found = [one for one in verdicts(body, here, due) if known[one.route.of] or one.is_met]
    if not found:
        other = "户" if said.households is None else "人"
        return f"{came}。{meeting.title}要按{other}算：{body.rule}。数一下多少{other}再问我。{tail(meeting)}"
    return "\n".join(line for line in (f"{came}：", quorum(body, found), signed, tail(meeting)) if line)


def count_is_vague(meeting: Meeting) -> str:
    return f"到会的要个准数，没有记。数好了回“到了38户”或者“到了40人”。{tail(meeting)}"


def count_is_wrong(wrong: str, due: Tally, people: int, households: int, meeting: Meeting) -> str:
    """A count that cannot be is not kept; it is counted again."""
    if wrong == "households":
        return f"{households}户才到{people}人？户数不会比人数多，没有记。核一下再发，比如“到了150户 400人”。{tail(meeting)}"
    said = f"{people}人" if people > due.people else f"{households}户"
    return f"应到一共{due.people}人、{due.households}户，到会{said}多了，没有记。核一下再发。{tail(meeting)}"


_LACKS = {
    Lack.VENUE: "地点没定，回“会议地点改村委会”这样说一声",
    Lack.AGENDA: "议题没定",
}


def readiness(
    meeting: Meeting, body: Body, missing: Sequence[Lack], found: Sequence[Verdict], share: float, *, has_begun: bool
) -> str:
    """四不开: what is missing and how it is mended, or that the meeting may begin."""
    head = f"{moment(meeting.starts_at)}{_at(meeting)}的{meeting.title}"
    lines = []
    for lack in missing:
        if lack is Lack.NOTICE:
            lines.append(f"通知要提前{body.notice_days}天，这次不够；往后改，或者说明特殊情况")
        elif lack is Lack.REACH:
            lines.append(f"得着信儿的才{share:.0%}，要到60%；让网格员打电话、上门说")
        elif lack in _LACKS:
            lines.append(_LACKS[lack])
    if found:
        label = "到会" if has_begun else "回话说来"
        lines += [f"{label}{verdict(one)}" for one in found]
        if len(found) > 1:
            lines.append("按人按户有一样够就行")
    elif not lines:
        lines.append("这个会不表决，来多少人都能开")
    numbered = [f"{n}. {line}。" for n, line in enumerate(lines, start=1)]
    verb = (
        "能开了"
        if not missing
        else "这会暂时还不能开，差这几样"
        if has_begun or missing != (Lack.ANSWERS,)
        else "还差人回话"
    )
    return "\n".join(
        [f"{head}：{verb}。", *numbered, *([body.rule + "。"] if missing and found else []), tail(meeting)]
    )
