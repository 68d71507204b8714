"""What is said of matters the village may not see: sealed, told without a name, told to one alone."""

from __future__ import annotations

from domain.matters import Matter, Status
from handlers.texts.matters import by, shortened, whole


def filed_sealed(token: str, title: str, receiver: str) -> str:
    return (
        f"记下了，只有{receiver}能看，村里看不到，也不写您的名字。\n您说的是{title}的事。\n"
        f"请记好查询码，回“进度 {token}”能查。\n查询码 {token}"
    )


def safe_first() -> str:
    return "要是正在动手、堵着人，先躲开，马上打110，再跟我说一声“快来”。"


def filed_unnamed(token: str, title: str, receiver: str) -> str:
    return (
        f"记下了，没写您的名字，只交给{receiver}去办，他也不知道是谁说的。\n您说的是{title}的事。\n"
        f"请记好查询码，回“进度 {token}”能查。\n查询码 {token}"
    )


def filed_confidential(token: str, title: str, receiver: str) -> str:
    return (
        f"记下了，只告诉{receiver}一个人，请他悄悄联系您，别人看不到。\n您说的是{title}的事。\n"
        f"回“进度 {token}”能查。\n查询码 {token}"
    )


def sealed_since(token: str, number: str, receiver: str) -> str:
    return (
        f"您说的{number}这件事，现在只有{receiver}能看，村里看不到了，也去掉了您的名字。\n"
        f"请记好查询码，回“进度 {token}”能查。\n查询码 {token}"
    )


def resealed(receiver: str) -> str:
    return f"改好了。这类事村里不经手，已经交给{receiver}，反映的人也知道了。请别再过问、别外传。"


def ask_unnamed() -> str:
    return (
        "可以匿名。您直接说是什么事，我不写您的名字：告干部的、家里的事只有镇上管这事的人能看，别的只交给去办的人。\n"
        "半小时内说都算数，不说了回“算了”。"
    )


def new_sealed(matter: Matter, title: str) -> str:
    tail = matter.number.rpartition("-")[2]
    return (
        f"【密件】{title}，只有您能看，请勿外传。\n“{whole(matter.text)}”\n请{by(matter)}办好。\n"
        f"收到回“{tail} 收到”，办好回“{tail} 办好了 怎么办的”。\n编号 {matter.number}"
    )


def new_unnamed(matter: Matter, title: str, place: str) -> str:
    tail = matter.number.rpartition("-")[2]
    where = f"，{place}" if place else ""
    return (
        f"【匿名】{title}{where}。\n“{whole(matter.text)}”\n说的人不想露名，请别打听是谁。请{by(matter)}办好。\n"
        f"收到回“{tail} 收到”，办好回“{tail} 办好了 怎么办的”。\n编号 {matter.number}"
    )


def new_confidential(matter: Matter, title: str, reporter: str) -> str:
    tail = matter.number.rpartition("-")[2]
    return (
        f"【只您一人知道】{title}。{reporter}说：“{whole(matter.text)}”\n请悄悄联系他，别跟旁人说。请{by(matter)}办好。\n"
        f"收到回“{tail} 收到”，办好回“{tail} 办好了 怎么办的”。\n编号 {matter.number}"
    )


def sealed_progress(token: str, matter: Matter) -> str:
    state = {
        Status.FILED: "已经转到，还没看",
        Status.ACCEPTED: "收到了，正在办",
        Status.DONE: "办完了",
        Status.CLOSED: "办完了",
        Status.WITHDRAWN: "已撤回",
    }[matter.status]
    how = f"：{shortened(matter.result)}" if matter.result else "。"
    return f"您的事{state}{how}\n查询码 {token}"


def accepted_sealed(number: str) -> str:
    tail = number.rpartition("-")[2]
    return f"好，记下了，反映的人凭查询码能看到。办好回“{tail} 办好了 怎么办的”。\n编号 {number}"


def done_sealed(number: str) -> str:
    return f"好，记下了，反映的人凭查询码能看到。\n编号 {number}"
