"""Words around delivery: the rest on a page, what did not arrive, what a cadre forwards, voices and pictures kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.texts.dates import day
from storage.undelivered import Sent

OPENING = 14
MANY = 500  # more letters than this are not counted
SEALED = "（保密，内容不显示）"
SOMEBODY = "一位没绑定的群众"
ALL_RELAYED = "都转了"


def rest_on_page(link: str) -> str:
    """The end of a text too long for three messages."""
    return f"后面还有，点这里看全文：{link}" if link else "后面还有，太长发不下。回“人工”，村里人念给您听。"


def opening(text: str) -> str:
    """The first words of a letter, enough to know it again."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= OPENING else line[: OPENING - 1] + "…"


# -- the stuck report

# By the code that the sender leaves; what is not here is said in the last one's words.
_WHY = {
    "unreachable": "没绑定，或者取消了关注",
    "window": "两天没跟公众号说过话，发不过去",
    "no_grant": "没允许公众号发通知",
    "unknown_outcome": "发出去了，不知道收到没有",
    "lease ran out": "发到一半服务器停了，不知道收到没有",
    "broken": "发了好几次都没发成，请告诉管理员",
    "content": "内容微信不让发",
    "config": "公众号设置有错，请告诉管理员",
    "token": "公众号设置有错，请告诉管理员",
    "busy": "微信一直没接",
    "rate_day": "公众号今天发满了",
    "rate_min": "公众号发得太多太快",
    "not relayed": "没人转到群里",
}


def why(code: str) -> str:
    if code.startswith("failed") or "block" in code:
        return "对方不收公众号的消息"
    return _WHY.get(code, "没发出去")


def undelivered_line(number: int, name: str, phone: str, what: str, many: int, code: str) -> str:
    call = f" {phone}" if phone else ""
    more = f"等{many}条" if many > 1 else ""
    return f"{number} {name}{call}：{what}{more}（{why(code)}）"


def undelivered(lines: list[str], more: int, number: int, waits: str = "") -> str:
    rest = f"\n还有{more}个，办完这些再回“没送到的”。" if more > 0 else ""
    waits = f"\n{waits}" if waits else ""
    act = f"\n念给他听先回“没送到的 {number}”；说到了回“通知到了 {number}”"
    return "没送到的：\n" + "\n".join(lines) + rest + waits + act


def all_delivered(waits: str = "") -> str:
    return f"没有要您打电话或者上门的。{waits}" if waits else "都送到了，没有要您打电话或者上门的。"


def waits(tomorrow: int, resting: int) -> str:
    """What waits because the account may not send; "" where nothing does."""
    parts = []
    if tomorrow:
        parts.append(f"公众号今天的条数用完了，还有{_many(tomorrow)}等到明天早上再发。")
    if resting:
        parts.append(f"微信这会儿不让公众号发，还有{_many(resting)}排着，一好就接着发。")
    return "".join(parts)


def _many(letters: int) -> str:
    return f"{letters}条" if letters < MANY else f"{MANY}多条"


def backlog(village: str, waits: str) -> str:
    """To the clerk, once a day."""
    return f"{village}：{waits}\n急的请打电话或者在群里说一声。回话、紧急的事照常发。"


def whole(number: int, name: str, text: str) -> str:
    return f"给{name}的：\n{text or SEALED}\n说到了回“通知到了 {number}”"


def no_such_undelivered(number: int) -> str:
    return f"没送到的里头没有{number}号，可能已经办了。看全部回“没送到的”。"


def which_undelivered() -> str:
    return "您通知到的是哪一个？回“通知到了”加前面的号，比如“通知到了 3”。看全部回“没送到的”。"


def noted_told(name: str, many: int, left: int) -> str:
    what = f"{many}条都" if many > 1 else ""
    rest = f"还有{left}个没送到，回“没送到的”看。" if left else "没送到的都办完了。"
    return f"记下了：{name}{what}已经当面或电话通知。{rest}"


def for_keeper(names: list[str]) -> str:
    shown = "、".join(names[:3]) + (f"等{len(names)}个" if len(names) > 3 else "")
    return f"有通知没送到：{shown}。请打个电话或者上门说一声。\n看是啥事、为啥没送到，回“没送到的”。"


def a_group() -> str:
    return "微信群"


# -- history

_PLACE = {"sent": "发到了", "shown": "送达了"}


def history_of(name: str, sent: Sequence[Sent], now: datetime) -> str:
    if not sent:
        return f"{name}：还没给他发过通知。"
    return f"{name}最近的：\n" + "\n".join(_history_line(one, now) for one in sent)


def _history_line(one: Sent, now: datetime) -> str:
    at = one.at.astimezone(now.tzinfo)
    return f"{day(at.date())} {at:%H:%M} {opening(one.text) or SEALED}：{_became(one)}"


def _became(one: Sent) -> str:
    if one.how:
        return "转到群里了" if one.how == "relayed" else "有人当面或电话说了"
    if one.state == "sent":
        return "微信说送到手机了" if one.outcome == "shown" else "发到微信了"
    if one.state == "dropped":
        return "过了时间，没再发"
    if one.state == "stuck":
        return f"没送到，{why(one.why)}"
    if one.why == "rate_day":
        return "在排队，公众号今天发满了或者微信不让发"
    return "还在发"


def nobody_called(name: str) -> str:
    if not name:
        return "要看谁的？回“送达记录”加名字，比如“送达记录 王德福”。"
    return f"您管的人里没有叫{name}的。请写全名，比如“送达记录 王德福”。"


# -- the relay


def please_relay(group: str, *, has_picture: bool) -> str:
    what = "下面这段话和图" if has_picture else "下面这段话"
    return f"请把{what}转到“{group}”群里（按住，点转发）。\n转好了回“已转发”"


# What a post to a group that is heard says of answering there. In an ordinary group nobody of us reads the answer.
_QUOTING = re.compile("引用(?:这条|投票那条)(?:或私聊我，)?")


def to_forward(text: str, link: str, *, can_scan: bool) -> str:
    lines = [_QUOTING.sub("在公众号里", text)]
    if link:
        lines.append(f"详情：{link}")
    if can_scan:
        lines.append("有话要说：长按图里的码，进公众号直接回。")
    return "\n".join(lines)


def nothing_to_relay() -> str:
    return "现在没有等您转发的。"


def which_relayed(openings: list[str], many: int) -> str:
    lines = [f"{n} {words}" for n, words in enumerate([*openings, ALL_RELAYED], start=1)]
    return f"等您转发的有{many}条，您转的是哪条？\n" + "\n".join(lines) + "\n回个数就行。"


def relayed(done: list[tuple[str, str]]) -> str:
    if len(done) == 1:
        group, words = done[0]
        return f"记下了：“{words}”转到{group}了。谢谢您。"
    return f"记下了：{len(done)}条都转到群里了。谢谢您。"


def relay_again(group: str, words: str) -> str:
    return f"“{words}”还没转到“{group}”群吧？前面那条按住点转发就行。\n转好了回“已转发”"


def scanned_notice(text: str) -> str:
    return f"{text}\n有话直接在这里说，村里看得到。"


# -- pages


PAGE_TITLE = "有事好商量"


def page_gone() -> str:
    return "这个页面打不开了：可能过了30天，也可能地址没复制全。\n要看原文，在公众号里回“人工”。"


def page_foot(at: str) -> str:
    return f"{at}　有话在公众号里直接说，村里看得到。" if at else "有话在公众号里直接说，村里看得到。"


# -- pictures and voices


def picture_for_keeper(number: str) -> str:
    return f"反映人发的图片。\n编号 {number}"


def voice_for_keeper(number: str, tail: str) -> str:
    """The task of listening: what was said is to be written down by a person."""
    return f"上面是群众的语音，请听一听，写成字：回“听写 {tail} ”加他说的话。\n编号 {number}"


def voice_not_playable(number: str, tail: str) -> str:
    return f"有群众发了语音，这里放不出来。请给他打个电话问问，再回“听写 {tail} ”加他说的话。\n编号 {number}"


def video_for_keeper(number: str) -> str:
    return f"反映人发了一段视频，收好了，这里放不出来。请打电话问问是啥情况，要看找管理员。\n编号 {number}"


def send_again(kind: str, *, is_large: bool = False) -> str:
    what = {"image": "图片", "voice": "语音", "video": "视频"}.get(kind, "东西")
    if is_large:
        return f"对不住，您发的{what}太大了，收不下。发个短一点、小一点的，或者打字说一句。"
    return f"对不住，您发的{what}没收好，麻烦再发一次，或者打字说一句。"


def lost_for_keeper(number: str, kind: str) -> str:
    what = {"image": "图片", "voice": "语音", "video": "视频"}.get(kind, "东西")
    return f"反映人发的{what}没收好，已经请他再发。急的话请给他打电话。\n编号 {number}"


def ask_transcript() -> str:
    return "写哪一条？回“听写”加编号后几位和他说的话，比如“听写 007 水管漏了”。"


def no_voice(number: str) -> str:
    return f"{number}没有语音要听写。"


def transcribed(number: str, title: str) -> str:
    return f"记下了，按{title}办。\n编号 {number}"


def transcript_for_reporter(number: str, words: str) -> str:
    return f"您的语音听明白了：“{words}”。不对的话直接再说一遍。\n编号 {number}"


# -- the menu under the chat: a button is read as the words it stands for (handlers/talk.py: menu_click)

MENU = {
    "button": [
        {"type": "click", "name": "反映事情", "key": "help"},
        {"type": "click", "name": "查进度", "key": "track"},
        {
            "name": "找人",
            "sub_button": [
                {"type": "click", "name": "谁管我们这儿", "key": "who"},
                {"type": "click", "name": "要人工", "key": "human"},
            ],
        },
    ]
}


# -- the server's clock


def clock_far(ahead: timedelta) -> str:
    """To whoever looks after the server."""
    minutes = round(abs(ahead).total_seconds() / 60)
    which = "快" if ahead > timedelta(0) else "慢"
    return (
        f"服务器的钟{which}了{minutes}分钟：投票截止、开会提醒都按它走，会差这么多。\n"
        "请打开那台机器的时间同步（chrony 或 systemd-timesyncd），再运行 youshi doctor 看一遍。"
    )


# -- floods


def too_fast() -> str:
    return "您发得太快了：后面的我照样记下、照样办，只是一分钟里不再一条条回。急事请打电话，有危险直接说。"
