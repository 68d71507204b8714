"""What is said about a matter. Short lines, one idea a message, who does what by when, the number last."""

from __future__ import annotations

from datetime import datetime

from domain.matters import Matter, Outcome, Status, Urgency
from domain.messages import Kind
from domain.organisation import Person, Role
from handlers.texts.cautions import caution
from handlers.texts.dates import day, moment

ROLE_NAMES = {
    Role.GRID_MICRO: "微网格长",
    Role.GRID_HEAD: "网格长",
    Role.GRID_CHIEF: "总网格长",
    Role.SECRETARY: "书记",
    Role.VC: "村主任",
    Role.CLERK: "文书",
    Role.SUPERVISOR: "监委",
    Role.WOMEN: "妇联",
    Role.TOWN_LEADER: "镇领导",
    Role.TOWN_CLERK: "镇里",
    Role.DISCIPLINE: "镇纪委",
    Role.DEPT: "部门",
}
STATUS_NAMES = {
    Status.FILED: "已转给{owner}，等他回话",
    Status.ACCEPTED: "{owner}收到了，正在办",
    Status.DONE: "办好了，等您说行不行",
    Status.CLOSED: "办完了",
    Status.WITHDRAWN: "您撤回了",
}
RATING_NAMES = {1: "满意", 2: "凑合", 3: "不满意"}


def who(person: Person, role: Role | None) -> str:
    """网格长陈小军（电话10000000003）"""
    title = ROLE_NAMES.get(role, "") if role else ""
    return f"{title}{person.name}" + (f"（电话{person.phone}）" if person.phone else "")


def filed(matter: Matter, title: str, place: str, owner: str, *, asks_place: bool = False) -> str:
    where = f"，在{place}" if place else ""
    ask = f"{ASK_PLACE}\n" if asks_place else "要补充直接发，查进度回“进度”。\n"
    care = caution(matter.text) if matter.urgency is Urgency.P1 else ""
    return (
        f"收到了。您说的是{title}的事{where}。\n"
        + (f"{care}\n" if care else "")
        + f"{owner or '村里'}会在{by(matter)}给您回话。\n{ask}编号 {matter.number}"
    )


def praised(number: str, owner: str) -> str:
    return f"谢谢您！您这句好话我转给{owner or '村里'}了，不用等回话。\n编号 {number}"


def praise_for_owner(number: str, reporter: str, words: str) -> str:
    return f"有人夸您：{reporter}说“{shortened(words)}”\n不用办，也不用回。\n编号 {number}"


def by(matter: Matter) -> str:
    if matter.due_at is None:
        return "五个工作日内"
    if matter.urgency in (Urgency.P0, Urgency.P1):
        return f"{moment(matter.due_at)}前"
    return f"{day(matter.due_at.date())}前"


UNKNOWN_TITLE = "您反映的事"
UNBOUND = "一位没绑定的群众"
WANTS_NO_NAME = "一位不想露名的群众"
UNHEARD_TITLE = "语音，等人听写"
ASK_PLACE = "在哪个社、哪一片？告诉我一声，好找对人。"


def place_noted(place: str, owner: str) -> str:
    return f"记下了，在{place}。这事归{owner}管，我这就转告他。"


def place_written(number: str) -> str:
    return f"记下了，一起转过去了。\n编号 {number}"


NO_MATTER_TITLE = "没啥事，随便说说"


def ask_which(choices: list[str]) -> str:
    lines = "\n".join(f"{n} {choice}" for n, choice in enumerate(choices, start=1))
    return f"我想弄清楚，您说的是哪样？\n{lines}\n回个数就行，说不清回“人工”。"


def ask_right_place(number: str) -> str:
    return f"那在哪个社、哪一片？说一声，我转给管那儿的人。\n编号 {number}"


def not_taken_down(parts: list[str]) -> str:
    return f"没记：{'；'.join(first_words(part, 20) for part in parts)}。要记再说一遍就行。"


def say_it_alone(words: str) -> str:
    return f"“{words[:30]}”要是想让人来办，单独再发一遍，我就记成一件事。"


def ask_split(parts: list[str]) -> str:
    lines = "\n".join(f"{n}. {part}" for n, part in enumerate(parts, start=1))
    return f"您说了{len(parts)}件事：\n{lines}\n1 分开记，各找各的人\n2 当一件事记"


_URGENT = {Urgency.P0: "【人命关天】", Urgency.P1: "【急】"}


def new_for_owner(matter: Matter, title: str, place: str, reporter: str, first_contact: str) -> str:
    where = f"，{place}" if place else ""
    urgent = _URGENT.get(matter.urgency, "")
    tail, words = matter.number.rpartition("-")[2], shortened(matter.text)
    more = f"话长，全文回“{tail} 原话”。\n" if words.endswith("…") else ""
    return (
        f"{urgent}新事项：{title}{where}。\n{reporter}说：“{words}”\n{more}"
        f"请{first_contact}联系，{by(matter)}办好。\n"
        f"收到回“{tail} 收到”，办好回“{tail} 办好了 怎么办的”。\n编号 {matter.number}"
    )


def passed_on(giver: str, text: str) -> str:
    return f"{giver}转给您：\n{text}"


def new_voice(matter: Matter, title: str, place: str, reporter: str, first_contact: str) -> str:
    """A voice no machine has read: the recording follows by itself, a person writes down what it says."""
    where = f"，{place}" if place else ""
    tail = matter.number.rpartition("-")[2]
    return (
        f"新事项：{title}{where}。\n{reporter}发来一段语音，录音马上发给您；没收到就打电话问他。\n"
        f"听完回“听写 {tail} 他说的话”，我就按那件事办。请{first_contact}联系，{by(matter)}办好。\n编号 {matter.number}"
    )


def copy_for_chief(matter: Matter, title: str, place: str, owner: str) -> str:
    where = f"，{place}" if place else ""
    return f"【急】{title}{where}，已交{owner}，{by(matter)}办好。\n编号 {matter.number}"


def shortened(text: str, limit: int = 120) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[:limit]}…"


def whole(text: str) -> str:
    """All of it, for whoever asks for it or is the only one to read it; what is long is sent in parts."""
    return " ".join(text.split())


def first_words(text: str, limit: int) -> str:
    """“屋后头那条水沟塞满…”, to tell one from another of the same kind."""
    return f"“{shortened(text, limit)}”"


def progress_line(matter: Matter, title: str, owner: str, now: datetime) -> str:
    state = STATUS_NAMES[matter.status].format(owner=owner or "村里")
    if matter.outcome is Outcome.DECLINED:
        state = "村里定不了"
    elif matter.status is Status.CLOSED and matter.rating:
        state = f"办完了，您说{RATING_NAMES[matter.rating]}"
    if matter.is_living and matter.due_at is not None:
        state += f"，{by(matter)}办好" if matter.due_at >= now else f"，原定{by(matter)}办好，已经超期，在催"
    if matter.status in (Status.DONE, Status.CLOSED) and matter.result:
        state += f"：{shortened(matter.result, 40)}"
    return f"{title}的事：{state}。\n编号 {matter.number}"


def progress(lines: list[str], more: int) -> str:
    text = "\n".join(lines)
    return text + ("\n还有更早的，回“进度 编号后三位”看。" if more else "")


def nothing_yet() -> str:
    return "您还没有反映过事情。有事直接说，比如“路灯坏了”。\n没写名字的事，回“进度 查询码”查。"


def no_such(digits: str) -> str:
    return f"没找到编号尾数是{digits}的事。回“进度”看您的全部，或者回“人工”找人。"


def which_number(numbers: list[str]) -> str:
    lines = "\n".join(numbers)
    first = numbers[0].partition(" ")[0].rpartition("-")[2]
    return f"您手上不止一件，说的是哪件？\n{lines}\n请带上编号后三位再说，比如“{first} 收到”。"


def added(number: str) -> str:
    return f"补充上了，已经告诉办事的人。\n编号 {number}"


def joined(number: str, title: str) -> str:
    return f"这句我当是说{title}的，已经告诉办事的人。\n要是另一件事，说“还有个事”再讲一遍。\n编号 {number}"


def good_to_hear(number: str) -> str:
    return f"好，我告诉办事的人。等他报了办好，会再问您满意不满意。\n编号 {number}"


def ask_addition(number: str) -> str:
    return f"补充什么？直接说。\n编号 {number}"


# What somebody sent without words.
THINGS = {Kind.IMAGE: "图", Kind.VIDEO: "视频", Kind.LOCATION: "位置", Kind.LINK: "链接"}


def picture_added(number: str, thing: str) -> str:
    return f"{thing}收到了，和前面的事放一起，已经告诉办事的人。\n编号 {number}"


def picture_alone(thing: str) -> str:
    return f"{thing}收到了。这是哪儿、什么事？说一句话就行，我一起转给办事的人。"


def voice_kept() -> str:
    return "已收到您的语音，听完转给办事的人。急的话请打字说一句，或者回“人工”。"


def keepers_voice(number: str) -> str:
    tail = number.rpartition("-")[2]
    return f"语音我听不出来，先存在您手上这件事里。请打字回一句，比如“{tail} 明天去修”。是另一件事，也打字说一句。\n编号 {number}"


def addition_for_owner(number: str, words: str) -> str:
    return f"反映人又补充了：“{shortened(words)}”\n编号 {number}"


def told_for(name: str, receipt: str) -> str:
    """To the officer who told it in another's name."""
    return f"替{name}记下了。下面是给{name}的回话：\n{receipt}"


def told_for_you(by_name: str, receipt: str) -> str:
    return f"{by_name}替您反映的：\n{receipt}"


def raised_for_owner(matter: Matter, words: str) -> str:
    return f"【急】反映人又补充了：“{shortened(words)}”\n这事要紧了，请{by(matter)}办好。\n编号 {matter.number}"


def raised(matter: Matter) -> str:
    return f"记下了，这事按急事办，{by(matter)}给您回话。\n编号 {matter.number}"


def withdrawn(number: str) -> str:
    return f"好，这件事撤回了，也告诉办事的人不用来了。\n编号 {number}"


def withdrawn_for_owner(number: str) -> str:
    return f"反映人说不用办了，这件事已撤回。\n编号 {number}"


def confirm_withdraw(number: str, title: str) -> str:
    return f"要撤回“{title}”这件事吗？\n1 撤回 2 不撤\n编号 {number}"


def kept(number: str) -> str:
    return f"好，不撤，接着办。\n编号 {number}"


def urged(number: str, owner: str) -> str:
    if not owner:  # nobody is entered who could be told
        return f"记下了，可眼下没人接手这件事。急的话打镇上电话，或者12345。\n编号 {number}"
    return f"催过了，{owner}马上会看到。\n编号 {number}"


def no_hurry(number: str, owner: str, due: str) -> str:
    return f"好，不催。{owner or '村里'}{due}给您回话。\n编号 {number}"


def urge_for_owner(number: str, title: str, days: int, words: str, urged_by: str = "") -> str:
    """`urged_by` is somebody over him; "" where whoever told of it urges."""
    since = f"已经{days}天了，" if days > 0 else ""
    said = f"\n{urged_by or '他'}说：“{shortened(words)}”" if words else f"\n{urged_by}来催。" if urged_by else ""
    return f"【催办】{title}，{since}反映人在等。{said}\n请今天回话：办到哪了，哪天能好。\n编号 {number}"


def accepted_for_reporter(number: str, title: str, owner: str, due: str, words: str = "") -> str:
    """`due` is "" where the day is past."""
    said = f"他说：“{shortened(words, 60)}”\n" if words else ""
    return f"{owner}收到了您说的{title}的事，{f'{due}办好' if due else '已经过了日子，在催他抓紧办'}。\n{said}编号 {number}"


def keeper_says(number: str, title: str, said_by: str, words: str) -> str:
    return f"您说的{title}的事，{said_by}说：“{words}”\n编号 {number}"


def told_reporter(number: str) -> str:
    tail = number.rpartition("-")[2]
    return f"好，这话已告诉反映人。办好回“{tail} 办好了 怎么办的”。\n编号 {number}"


def told_chief(number: str, chief: str) -> str:
    return f"记下了，已告诉{chief}，请他定怎么办。这件事还在您手上。\n编号 {number}"


def ask_whether_to_tell(number: str, words: str) -> str:
    return f"“{words}”要告诉反映人吗？\n1 告诉 2 只记下\n编号 {number}"


def kept_with(number: str) -> str:
    return f"记在这件事上了，没告诉反映人。\n编号 {number}"


def accepted(number: str) -> str:
    tail = number.rpartition("-")[2]
    return f"好，已告诉反映人您收到了。办好回“{tail} 办好了 怎么办的”。\n编号 {number}"


def done_for_reporter(number: str, title: str, result: str, owner: str, *, has_picture: bool = False) -> str:
    picture = "照片随后就到。\n" if has_picture else ""
    by = f"，{owner}办的" if owner else ""
    return (
        f"您反映的{title}的事办了{by}：\n{shortened(result)}\n{picture}您看行不行？\n1 满意 2 凑合 3 不满意\n"
        f"回3请说哪里没好，我们重新办。\n编号 {number}"
    )


def not_done_after_all(number: str, title: str, owner: str, due: str) -> str:
    return f"对不住，{owner}刚才报错了，您说的{title}的事还没办好，接着办，{due}办好。\n编号 {number}"


def taken_back(number: str) -> str:
    tail = number.rpartition("-")[2]
    return f"好，“办好了”那句撤了，这件事还在您手上。办好再回“{tail} 办好了 怎么办的”。\n编号 {number}"


def done(number: str) -> str:
    return f"好，已告诉反映人，请他看行不行。\n编号 {number}"


def needs_result(number: str) -> str:
    tail = number.rpartition("-")[2]
    return f"怎么办的说一句就行，比如“{tail} 办好了 换了灯泡”。\n编号 {number}"


# What the chief reads where a 3 was never explained.


def already_ended(number: str) -> str:
    return f"这件事已经了结了。还有问题就再说一遍，我重新记。\n编号 {number}"


def not_done_yet(number: str) -> str:
    return f"这件事还没办完，办完了再请您说行不行。\n编号 {number}"


def urged_already(number: str, at: str) -> str:
    return f"{at}催过了，等他回话。急的话回“找谁”直接打电话。\n编号 {number}"


def not_yours(number: str) -> str:
    return f"这件事不归您办，改不了。要问情况回“人工”。\n编号 {number}"


def nothing_in_hand() -> str:
    return "您手上现在没有要办的事。要办哪件，请带上编号后三位，比如“007 收到”。"


def plain_mode() -> str:
    return "这里只能反映事情和查进度。办这件事要等村里把账号换成安全模式，急的话请找村里的人。"


def handed_to_person(name: str) -> str:
    return f"好，我这就转告{name}，会找您。急事请直接打电话。"


def handed_for_clerk(reporter: str, words: str) -> str:
    return f"有人要找人工：{reporter}说“{shortened(words)}”。请尽快联系，看到回“收到”，联系过回“打过了”。"


def parked(owner: str) -> str:
    return f"对不住，刚才那句话我没处理好。话留着没丢，请您直接找{owner or '村里的人'}，或者回“人工”。"


def first_contact_by(at: datetime) -> str:
    return f"{moment(at)}前"


def is_so_already(number: str, title: str) -> str:
    return f"这件事本来就归在“{title}”，没改。\n编号 {number}"


def recoded(number: str, title: str) -> str:
    return f"改好了，这件事归到“{title}”。以后听到这样的话会参考。\n编号 {number}"


def no_such_code(code: str, near: list[str]) -> str:
    lines = "\n".join(near)
    return f"没有{code or '这个'}类。像这样的有：\n{lines}\n请写成“改类 007 {near[0].partition(' ')[0]}”。"


def ask_recode() -> str:
    return "改哪件、改成哪类？比如“改类 007 EN01”。"
