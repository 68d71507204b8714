"""What is said when somebody may be in danger. Never that anyone is on his way before he says so (rulings, Danger)."""

from __future__ import annotations

# What to do in the first minute, by the number to call; `BY_KIND` where the advice must be another.
FIRST = {
    "119": "先顾人！马上打119，离远点，别回去拿东西。",
    "110": "先顾人！马上打110，先躲到安全的地方。",
    "120": "先救人！马上打120，照电话里说的做。",
    "122": "先救人！马上打120和122，人挪到路边，别站车道上。",
    "12356": "听您这么说我很担心您。您不是一个人。\n现在就能打12356(心理热线)；喝了药、受了伤，先打120。",
}
BY_KIND = {
    "drowning": "先救人！马上打{number}和120。别自己下水，找绳子、长竿拉人。",
    "shock": "先断电！马上打{number}，别用手拉人，拿干木棍挑开电线。",
    "gas": "先开窗通风，把人抬到外面，马上打{number}和120。别点火，别开灯。",
    "collapse": "先顾人！马上打{number}，离远点，别进去，防再塌。",
    "landslide": "先顾人！马上打{number}，往两边高处跑，别回去拿东西。",
    "flood": "先顾人！马上打{number}，往高处走，别蹚水。",
    "missing": "马上打{number}，说清穿啥衣服、几点在哪儿不见的。",
    "machine": "先关机器、拉电闸！马上打{number}，伤口拿干净布压紧，别硬拽。",
    "poison": "先救人！马上打{number}，说清吃了啥、沾了啥；药瓶、剩下的留着，衣服沾了药先脱掉。",
    "snake": "离远点，别去打，人先出来。马上打{number}请消防来抓；咬着、蜇着了打120，别乱动，别用嘴吸。",
    "stuck": "先顾人！马上打{number}，陪他说话，别硬拉、别乱动。",
    "wire": "离远点，没断电谁也别碰、别靠近！马上打95598(供电抢修)，有人被电着了打120。",
    "domestic": "先顾人！马上打110，先躲到安全的地方；有人受伤、叫不醒，打120。",
    "assault": "先到安全的地方，马上打110。衣服别换、别洗，受了伤打120。错不在您。",
    "unknown": "先顾人！受伤、发病打120，着火、被困、落水打119，有人打人打110。",
}
KIND_NAMES = {
    "fire": "着火",
    "gas": "燃气或煤烟中毒",
    "drowning": "有人落水",
    "collapse": "房屋垮塌",
    "flood": "洪水",
    "landslide": "滑坡塌方",
    "shock": "触电",
    "traffic": "车祸",
    "violence": "有人行凶伤人",
    "domestic": "家里有人挨打",
    "suicide": "有人想不开",
    "missing": "有人走失",
    "poison": "有人中毒",
    "medical": "有人急病",
    "machine": "有人被机器伤了",
    "stuck": "有人卡住了",
    "wire": "电线落地",
    "assault": "有人受侵害",
    "snake": "有蛇虫伤人",
}


def first_words(number: str, helper: str, phone: str, *, kind: str, of_another: bool = False) -> str:
    """What to do in the first minute. `of_another`: whoever wants to die is not the one who writes."""
    call = BY_KIND.get(kind, FIRST.get(number, "先顾人！马上打{number}。")).format(number=number)
    if kind == "suicide":
        friend = f"也可以给{helper}{phone}打。\n" if helper else ""
        if number == "120":
            stay = "守着他，别走开。" if of_another else "别一个人待着。"
            return f"先救人！马上打120，{stay}伤口拿干净布压紧，喝了药的带上药瓶。\n{friend}您身边有人吗？\n1 有 2 没有"
        if of_another:
            return f"先救人！马上打110和120，守着他，跟他说话，别激他、别走开；人不见了，说清穿啥、往哪去的。\n{friend}他身边有人吗？\n1 有 2 没有"
        return f"{FIRST['12356']}\n{friend}您身边有人吗？\n1 有 2 没有"
    notify = f"我正在通知{helper}{phone}，请您也马上打给他。" if helper else NOBODY
    return f"{call}\n{notify}\n{SAFE}"


# Said where nobody can be told: nothing is claimed that is not so.
NOBODY = "村里眼下没人能通知，这个电话您一定马上打。"
SAFE = "您现在安全吗？\n1 安全 2 不安全"


def welcome(kind: str) -> str:
    """Thanks, while he is being asked: the question stays."""
    return f"不用谢。{'您身边有人吗？' if kind == 'suicide' else '您现在安全吗？'}\n{'1 有 2 没有' if kind == 'suicide' else '1 安全 2 不安全'}"


def help_noted() -> str:
    return "好，听医生、民警的。这话也告诉他们了，有变化马上说。"


def also_add(number: str, kind: str, helper: str, phone: str) -> str:
    """`number` is "" where somebody has called or has come already."""
    if kind == "suicide":
        told = f"我听着呢，已经告诉{helper}{phone}了，也能直接打给他。" if helper else "我听着呢。"
        return f"{told}\n12356随时能打。\n您身边有人吗？\n1 有 2 没有"
    told = f"已经转给{helper}{phone}。" if helper else f"{NOBODY}\n"
    do = f"先打{number}。" if number else "听医生、民警的，有变化马上说。"
    return f"{told}{do}\n{SAFE}"


def closer(helper: str, phone: str) -> str:
    """He has the means at hand, or stands at the edge."""
    friend = f"也给{helper}{phone}打一个。" if helper else ""
    return f"先停一停，放下手里的，离开那儿，到有人的地方去。\n现在就打12356，或者打110。{friend}\n{'我又通知了一遍。' if helper else ''}您身边有人吗？\n1 有 2 没有"


def closer_for_helper(words: str, number: str) -> str:
    return f"【人命关天】反映的人又说：“{words}”\n请马上打电话、去找人，报110。收到请回“收到”。\n编号 {number}"


def said_over(words: str, number: str, *, is_unnamed: bool = False) -> str:
    do = "请去看一眼，别打听是谁说的" if is_unnamed else "请打个电话核实一下"
    return f"反映的人说没事了：“{words}”\n不再催了，{do}。\n编号 {number}"


def in_group(number: str, helper: str, phone: str) -> str:
    told = (
        f"我正在通知{helper}{phone}，请你们也马上打给他。"
        if helper
        else "村里眼下没人能通知，请大家马上打电话、去搭把手。"
    )
    return f"先顾人！请马上打{number}。\n{told}"


def heard_in_group(group: str) -> str:
    return f"“{group}”群里有人"


def alarm(kind: str, place: str, reporter: str, words: str, number: str, round_: int) -> str:
    """`reporter` is "" where he does not want to be named."""
    again = "" if round_ == 0 else f"（第{round_ + 1}次，还没人回）"
    where = f"，{place}" if place else ""
    do = "请马上联系，能去就去。" if reporter else "说的人不露名，没电话可打：请马上去看，别打听是谁。"
    return (
        f"【人命关天】{KIND_NAMES.get(kind, '有人有危险')}{where}{again}\n{reporter or '有人'}说：“{words}”\n"
        f"{do}收到请回“收到”。\n编号 {number}"
    )


def unconfirmed_alarm(place: str, reporter: str, words: str, number: str) -> str:
    where = f"，{place}" if place else ""
    do = "请马上打电话问一下。" if reporter else "说的人不露名：请马上去看一下，别打听是谁。"
    return (
        f"【请核实】可能有人有危险{where}，问了没回。\n{reporter or '有人'}说：“{words}”\n"
        f"{do}收到请回“收到”。\n编号 {number}"
    )


def told_without_name() -> str:
    return "没写您的名字和电话，他们问不到您：地方要是没说清，再补一句。"


def ask_check_quietly() -> str:
    return f"好，不写您的名字。\n{ask_check('')}"


def answered(named: str) -> str:
    return f"{named}回话说收到了。您别挂心，听他安排。"


def answered_for_others(named: str) -> str:
    return f"{named}已经回“收到”，正在处理。"


def over_already() -> str:
    return "反映的人已经说没事了，不再催了。请打个电话核实一下。"


def alarm_again(place: str, reporter: str, words: str, number: str) -> str:
    where = f"在{place}。" if place else "在哪儿没说，请打电话问。"
    return f"{where}\n{reporter or '有人（不露名，别打听是谁）'}说：“{words}”\n收到请回“收到”。\n编号 {number}"


def cannot_come(named: str, words: str, number: str, *, waits: bool) -> str:
    do = "还没人去，请您接过来，能去回“收到”。" if waits else "请您知道一下。"
    return f"{named}说去不了：“{words}”\n{do}\n编号 {number}"


def call_next(named: str, name: str, phone: str) -> str:
    return f"{named}说他去不了。请您马上再打给{name}{phone}。119、120、110也可以直接打。"


def cannot_noted(others: list[str], number: str) -> str:
    told = (
        f"已告诉{'、'.join(others)}，也请您打个电话叫人去。" if others else "这里没有别人可找，请您马上打电话叫人去。"
    )
    return f"知道了。{told}\n编号 {number}"


def helper_asks(named: str, words: str) -> str:
    return f"{named}问您：“{words}”\n直接回一句就行，我转给他。"


def asked_teller(number: str) -> str:
    return f"好，这话问反映的人了，他一回就转给您。急就直接打电话。\n能去请回“收到”。\n编号 {number}"


def thanks_keeper(number: str) -> str:
    tail = number.rpartition("-")[2]
    return f"好，已告诉反映的人您收到了。\n处理完请回“{tail} 办好了 怎么办的”。\n编号 {number}"


def next_number(name: str, phone: str) -> str:
    return f"还没联系上，请您再打给{name}{phone}。119、120、110也可以直接打。"


def safe_noted(kind: str) -> str:
    if kind == "suicide":
        return "有人陪着就好。跟他说说话，别一个人。12356随时能打。"
    return "好，人没事就好。离远点，等人来，有变化马上说。"


def glad_to_hear() -> str:
    return "听您这么说我放心些，也告诉他们了。心里再难受，随时打12356，或者跟我说。"


def unsafe_noted(number: str, kind: str, helper: str, phone: str) -> str:
    if kind == "suicide":
        friend = f"也给{helper}{phone}打一个。" if helper else ""
        return f"现在就打12356，或者打120。{friend}\n{'我已经再通知了一遍，' if helper else ''}您别一个人待着。"
    friend = f"\n也打给{helper}{phone}，我又通知了一遍。" if helper else ""
    return f"马上打{number}！能走先离开那儿，到亮处、人多处。{friend}"


def calm_noted(number: str) -> str:
    return f"好，人没事就好，这话转给管事的人了。\n不用人来看了，请回“撤回”。\n编号 {number}"


def no_danger(kind: str) -> str:
    if kind == "suicide":
        return "那就好。心里有事随时跟我说，12356也随时能打。"
    return "好，人没事就好。有事直接说。"


def no_danger_beside() -> str:
    return "好，听您的。心里难过随时跟我说，12356也随时能打。您问的事："


def ask_check(kind: str, number: str = "") -> str:
    if kind == "suicide" and number == "120":
        return "听您这么说我挂心。喝了药、受了伤的，先打120，药瓶留着，别等难受；心里难受，随时打12356。\n我问一句：现在有没有人有危险？\n1 有 2 没有"
    if kind == "suicide":
        return "听您这么说我挂心。心里难受，随时打12356，也可以跟我说。\n我问一句：现在有没有人有危险？\n1 有 2 没有"
    return f"{_BEFORE_ASKING.get(kind, '')}我问一句：现在有没有人有危险？\n1 有 2 没有"


# What must not wait for the answer.
_BEFORE_ASKING = {
    "gas": "先开窗、关阀门，别点火，人到外头去。头晕恶心马上打120。\n",
    "poison": "吃了、喝了毒的东西，先打120，药瓶留着，别等难受了再去。\n",
    "shock": "有人触电：先断电，别用手拉，马上打120。\n",
    "domestic": "他要打人，先躲开，马上打110。\n",
    "assault": "先到安全的地方，马上打110。错不在您。\n",
}


def ask_check_again() -> str:
    return "这话我一起记下了。先回我一句：现在有没有人有危险？\n1 有 2 没有"


def unsafe_for_keeper(place: str, number: str, *, is_unnamed: bool = False) -> str:
    where = f"（{place}）" if place else ""
    do = "请马上去看，别打听是谁" if is_unnamed else "请马上打电话"
    return f"【人命关天】反映的人说现在不安全{where}，{do}。收到请回“收到”。\n编号 {number}"
