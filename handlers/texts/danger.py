"""What is said when somebody may be in danger. Never that anyone is on his way before he says so (rulings, Danger)."""

from __future__ import annotations

FIRST = {
    "119": "先顾人！马上打119，离远点，别回去拿东西。",
    "110": "先顾人！马上打110，先躲到安全的地方。",
    "120": "先救人！马上打120，照电话里说的做。",
    "122": "先救人！马上打120和122，人挪到路边，别站车道上。",
    "12356": "听您这么说我很担心您。您不是一个人。现在就能打12356(心理热线)，身子不舒服打120。",
}
KIND_NAMES = {
    "fire": "着火",
    "gas": "燃气或煤烟中毒",
    "drowning": "有人落水",
    "collapse": "房屋垮塌",
    "landslide": "滑坡塌方",
    "shock": "触电",
    "traffic": "车祸",
    "violence": "有人行凶伤人",
    "domestic": "家里有人挨打",
    "suicide": "有人想不开",
    "missing": "有人走失",
    "poison": "有人中毒",
    "medical": "有人急病",
}


def first_words(number: str, helper: str, phone: str, *, kind: str) -> str:
    call = FIRST.get(number, f"先顾人！马上打{number}。")
    if kind == "suicide":
        friend = f"也可以给{helper}{phone}打。" if helper else ""
        return f"{call}{friend}\n您身边有人吗？\n1 有 2 没有"
    notify = f"我正在通知{helper}{phone}，请您也马上打给他。" if helper else "我正在通知村里。"
    return f"{call}\n{notify}\n您现在安全吗？\n1 安全 2 不安全"


def also_add(number: str) -> str:
    return f"收到，已经转给正在处理的人。先打{number}。"


def in_group(number: str) -> str:
    return f"先顾人！请马上打{number}。我正在通知网格长和村里。"


def alarm(kind: str, place: str, reporter: str, words: str, round_: int) -> str:
    again = "" if round_ == 0 else f"（第{round_ + 1}次，还没人回）"
    where = f"，{place}" if place else ""
    return f"【人命关天】{KIND_NAMES.get(kind, '有人有危险')}{where}{again}\n{reporter}说：“{words}”\n请马上联系，能去就去。收到请回“收到”。"


def unconfirmed_alarm(place: str, reporter: str, words: str) -> str:
    where = f"，{place}" if place else ""
    return f"【请核实】可能有人有危险{where}，问了没回。\n{reporter}说：“{words}”\n请马上打电话问一下。收到请回“收到”。"


def answered(role: str, name: str, phone: str) -> str:
    return f"{role}{name}回话说收到了，电话{phone}。您别挂心，听他安排。"


def answered_for_others(name: str) -> str:
    return f"{name}已经回“收到”，正在处理。"


def thanks_keeper() -> str:
    return "好，已告诉反映的人您收到了。处理完请回这里说一声。"


def next_number(name: str, phone: str) -> str:
    return f"还没联系上，请您再打给{name}{phone}。119、120、110也可以直接打。"


def safe_noted(kind: str) -> str:
    if kind == "suicide":
        return "有人陪着就好。跟他说说话，别一个人。12356随时能打。"
    return "好，人没事就好。离远点，等人来，有变化马上说。"


def unsafe_noted(number: str, kind: str, helper: str, phone: str) -> str:
    if kind == "suicide":
        friend = f"也给{helper}{phone}打一个。" if helper else ""
        return f"现在就打12356，或者打120。{friend}我已经再通知了一遍，您别一个人待着。"
    return f"马上打{number}！能走先离开那儿，到亮处、人多处。我又通知了一遍。"


def ask_check() -> str:
    return "我问一句：现在有没有人有危险？\n1 有 2 没有"


def unsafe_for_keeper(place: str) -> str:
    where = f"（{place}）" if place else ""
    return f"【人命关天】反映的人说现在不安全{where}，请马上打电话。收到请回“收到”。"
