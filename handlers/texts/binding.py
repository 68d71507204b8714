"""What is said while a phone is tied to a person (绑定)."""

from __future__ import annotations

ASK_NAME = "您叫什么名字？写名册上的名字。"
ASK_GROUP = "您是哪个社的？比如“九社”。"
ASK_CODE = "请回绑定码：网格长给您家的那张纸上有4位数。\n没有就回手机号后4位（只能反映和查自己的事）。"


def bound_already(name: str) -> str:
    return f"{name}，您已经绑定好了。有事直接说就行。"


def bound_full(name: str, group: str) -> str:
    return f"绑好了，您是{group}{name}。现在能反映、查进度，也能投票、看积分。"


def bound_limited(name: str, group: str) -> str:
    return f"绑好了，您是{group}{name}，能反映、查进度。要投票，请网格长给您绑定码，再回“绑定码 四位数”。"


def wrong(tries_left: int) -> str:
    return f"名字、社或码对不上。请看看纸条再回一遍，今天还能试{tries_left}回。\n不急绑定，有事直接说也行。"


def too_many() -> str:
    return "今天试的次数满了，明天再来，或者让网格长帮您绑。有事直接说也行，不绑也能反映。"


def household_told(name: str, keeper: str) -> str:
    return f"您家{name}绑定了一部手机。要是不对，请马上告诉{keeper or '网格长'}。"


def phone_told(name: str, keeper: str) -> str:
    """To the phones of the very person, the new one among them."""
    return f"{name}名下新绑了一部手机，是您自己绑的就不用管。不是的话，请马上告诉{keeper or '村委会'}。"


def denied_for_keeper(name: str, phone: str) -> str:
    return f"{name}{phone}说，名下新绑的那部手机不是本人绑的。请打电话核实，要解绑就回“解绑 {name}”。"


def denied(keeper: str) -> str:
    return f"记下了，我这就告诉{keeper}，请他核实解绑。您也可以直接打给他。"


def no_need() -> str:
    return "外村的也能反映，不用绑定，有事直接说就行。"


def proposed(keeper: str) -> str:
    return f"看到您扫了门牌。已请{keeper}核实，核实好就绑上。有事现在就能说。"


def confirm_for_keeper(household: str) -> str:
    return f"有人扫了{household}家门牌要绑定。是这家人吗？\n1 是 2 不是"


def keeper_said_no(keeper: str) -> str:
    return f"{keeper}说这个门牌对不上。要绑定请回“绑定 姓名 几社”。"


def not_at_this_door() -> str:
    return "这个名字和门牌对不上。看清楚再扫一回，或者回“绑定 姓名 几社”。\n有事直接说也行，不绑也能反映。"


def keeper_done(household: str, *, confirmed: bool) -> str:
    return f"好，{household}家这部手机绑上了。" if confirmed else "好，没绑。"


def bad_scan() -> str:
    return "这张码认不得，可能旧了。要绑定请回“绑定 姓名 几社”。有事直接说就行。"


def ask_consent(name: str) -> str:
    return f"您要替{name}说事。{name}本人同意吗？\n1 同意 2 没同意"


def proxy_on(name: str) -> str:
    return f"记下了，{name}同意您代说。现在说的算{name}的事。说完回“不代了”。"


def proxy_off(name: str) -> str:
    return f"好，现在说的是{name}自己的事。"


def no_consent() -> str:
    return "那先不代。可以请网格长上门听老人家说，回“人工”就行。"


def nobody_named(name: str) -> str:
    return f"名册上没找到{name}，或者不是您一家的。请网格长来办：回“人工”。"


def confirm_unbind(name: str) -> str:
    return f"要把这部手机和{name}解绑吗？\n1 解绑 2 不解"


def second_for_unbind(by: str, name: str) -> str:
    return f"{by}说{name}的手机丢了，要解绑。要两个人都同意才行。\n1 同意 2 不同意"


def unbind_asked(name: str) -> str:
    return f"好，已请{name}也点头，他同意了就解绑。"


def unbound(name: str) -> str:
    return f"解绑了，这部手机不再代表{name}。以前反映的事照办。"


def nothing_bound() -> str:
    return "这部手机还没绑定谁。有事直接说就行；要绑定回“绑定 姓名 几社”。"


def needs_full() -> str:
    return "办这件事要绑定码。请网格长给您，再回“绑定码 四位数”。"
