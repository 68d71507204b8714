"""What is said where a keeper's matter is more than he may decide: to who decides it, to him, to whoever told of it."""

from __future__ import annotations

from handlers.texts.matters import shortened


def ask_decision(number: str, title: str, said_by: str, words: str, choices: tuple[str, str]) -> str:
    tail = number.rpartition("-")[2]
    return (
        f"{title}这件事，{said_by}说：“{shortened(words, 60)}”\n请您定怎么办：\n1 {choices[0]}\n2 {choices[1]}\n"
        f"给别人办回“{tail} 转给谁”，定日子回“{tail} 延期到几号”。\n编号 {number}"
    )


def put_off(until: str) -> str:
    return f"同意，改到{until}"


def not_put_off(by: str) -> str:
    return f"不同意，还是{by}办好"


def hand_to(name: str, *, asks_town: bool) -> str:
    return f"报镇里，请镇里转给{name}" if asks_town else f"转给{name}"


DECLINE = "同意不受理，把原因告诉反映人"


def ask_why_declined(number: str) -> str:
    tail = number.rpartition("-")[2]
    return f"为啥不受理、该找谁，说一句告诉反映人，比如“{tail} 不受理 小区里的归物业，找物业”。\n编号 {number}"


def declined_for_reporter(number: str, title: str, name: str, why: str) -> str:
    """[不受理] of the copy page."""
    return (
        f"您说的{title}的事，村里定不了。{name}说：“{shortened(why, 60)}”\n"
        f"您说的我们都留着。要人帮忙写材料，或者不同意，回“人工”。\n编号 {number}"
    )


def declined_for_owner(number: str, title: str, name: str, why: str) -> str:
    return f"{title}这件事，{name}定了不受理：“{shortened(why, 60)}”\n您不用办了。\n编号 {number}"


def declined(number: str) -> str:
    return f"好，不受理，原因已告诉反映人。\n编号 {number}"


REPORT = "报镇里定"


def stays(name: str) -> str:
    return f"还是{name}办"


def ask_until(number: str) -> str:
    tail = number.rpartition("-")[2]
    return f"要延到哪天，为啥？比如“{tail} 延期到12月2日 配件没到”。\n编号 {number}"


def not_later(until: str, by: str) -> str:
    return f"您说的是{until}，原定{by}办好，日子没改。要改到更晚，说几月几号。"


def no_need(number: str, by: str) -> str:
    return f"这件事现在定的就是{by}办好，不用延。\n编号 {number}"


def past_cap(number: str, until: str) -> str:
    return f"从反映那天起最多60天，最晚{until}。请换个日子再说一遍。\n编号 {number}"


def put_off_for_reporter(number: str, title: str, said_by: str, words: str, by: str) -> str:
    """[延期] of the copy page."""
    return f"对不住，您说的{title}的事还没办完。{said_by}说：“{shortened(words, 60)}”\n改到{by}办好。有啥意见回这里。\n编号 {number}"


def put_off_for_owner(number: str, title: str, who: str, by: str) -> str:
    return f"{title}这件事，{who}同意改到{by}办好，也告诉反映人了。\n编号 {number}"


def was_put_off(number: str, by: str, *, tells_reporter: bool) -> str:
    return f"好，改到{by}办好，{'也告诉反映人了' if tells_reporter else '反映人凭查询码能看到'}。\n编号 {number}"


def stays_for_owner(number: str, title: str, who: str, by: str) -> str:
    return f"{title}这件事，{who}说还是您办，{by}办好。\n编号 {number}"


def said_stays(number: str, name: str) -> str:
    return f"好，已告诉{name}，还是他办。\n编号 {number}"
