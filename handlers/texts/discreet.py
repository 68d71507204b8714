"""What he reads whose words go their own way: sealed, too late to seal, or up to higher places."""

from __future__ import annotations

from domain.matters import Matter
from handlers.texts.matters import by, shortened

# In place of words that only the sealed channel may read.
NOT_SAID = "不满意"


def told_to_nobody() -> str:
    """Whether anybody told anything of him is answered in the same words, told or not."""
    return "谁来说过啥、说没说过，我对谁都不讲。别人来问您，也一样。有事直接说。"


def told_already(number: str) -> str:
    return (
        f"这件事已经写着您的名字告诉办事的人了，收不回来；我再不跟别人说。\n"
        f"下回不想露名，先说“匿名”再说事。\n编号 {number}"
    )


def told_without_name(number: str) -> str:
    return f"您放心：您没绑定，我不知道您叫啥，这件事上没有您的名字。我也不跟别人说。\n编号 {number}"


def alarm_stands(receiver: str, *, is_withdrawn: bool) -> str:
    if is_withdrawn:
        return f"您刚才说的已经告诉{receiver}了，撤不回来。人没事了，跟他说一声就行；还有事马上打110，再跟我说。"
    return f"您刚才说的已经告诉{receiver}了，请直接打给他。急的马上打110。"


def ask_accusation(*, is_named: bool) -> str:
    who = "要实名，把您的名字电话也写上。" if is_named else "我不写您的名字。"
    return f"您说吧：是什么人、什么事、啥时候的。告干部的只有镇纪委能看，村里看不到。{who}\n半小时内说都算数，不说了回“算了”。"


def sealed_too() -> str:
    return "这句也记进刚才那件里了，还是只有管这事的人能看。\n要说另外的事，先说“还有个事”。"


def ask_sealed() -> str:
    return "您说吧，我记进刚才那件里，还是只有管这事的人能看。\n要补充别的事，先说“还有个事”。"


def stays_sealed(receiver: str) -> str:
    return f"您放心：刚才那件没写您的名字，只有{receiver}能看，我不跟别人说。\n还有要补充的直接说。"


def stays_with_helpers() -> str:
    return "您放心：只有来帮您的人知道，我不跟别人说。"


def thanks_kept() -> str:
    return "不用谢，这句我没转给别人。还有要补充的直接说。"


def only_by_token() -> str:
    return (
        "没写名字的事，我这里没记是谁说的，只能凭查询码查：回“进度 查询码”，码在当时那条回话的最后一行。\n"
        "码丢了就查不到了，事情照样有人办。要补充，先说“匿名”再说一遍。"
    )


def about_sealed() -> str:
    return "刚才那件没写您的名字，要凭查询码查：回“进度 查询码”。催和撤回不用做，有话要补充直接说。"


def beaten_too() -> str:
    return "这句也记进刚才那件里了，还是只有管这事的人能看。\n他要是正在打人、堵着您，马上打110，再跟我说一声“快来”。"


def who_sees_you() -> str:
    return (
        "您的名字和电话只给办这件事的人看，别人看不到；不写名字的事，办的人也不知道是谁说的。\n"
        "我这里记了您啥，回“我的信息”看。"
    )


def goes_up(reporter: str, words: str, title: str, owner: str, number: str) -> str:
    return (
        f"【要往上反映】{reporter}说：“{shortened(words)}”\n他反映的{title}还没办完，现在在{owner or '村里'}手上。\n"
        f"请今天就联系他，说清楚办到哪了。\n编号 {number}"
    )


def petition_noted(matter: Matter, owner: str) -> str:
    return (
        f"您的话记下了。{owner or '村里'}会在{by(matter)}给您回话，有什么事跟他说清楚。\n"
        f"往上反映是您的权利：可以去镇上、县信访局，或者打12345。\n编号 {matter.number}"
    )
