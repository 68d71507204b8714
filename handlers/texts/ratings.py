"""What is said when a matter is done: is it all right, what is wrong, and what becomes of it then."""

from __future__ import annotations

from handlers.texts.discreet import NOT_SAID
from handlers.texts.matters import RATING_NAMES, shortened


def rated_for_owner(number: str, score: str, words: str) -> str:
    return f"反映人说{RATING_NAMES[int(score)]}，还说：“{shortened(words)}”\n编号 {number}"


def thanks(rating: int, number: str) -> str:
    words = {1: "谢谢您，我们接着好好干。", 2: "记下了，谢谢您。下回争取办得更好。"}[rating]
    return f"{words}\n编号 {number}"


def rate_later(number: str) -> str:
    return f"不急，看了再回：\n1 满意 2 凑合 3 不满意\n编号 {number}"


def what_they_mean(number: str) -> str:
    return (
        "1 满意：办好了\n2 凑合：办了，还差一点\n3 不满意：没办好，重新办，也告诉总网格长\n"
        f"照实回就行，谁也不能为这个为难您。回个数。\n编号 {number}"
    )


def not_done_again(number: str) -> str:
    return f"好，听您的，这件就不重办了。哪天又想起哪里没好，说一句就行。\n编号 {number}"


def told_before(number: str, words: str) -> str:
    return f"上回的{number}：“{words}”"


def awaits_rating(number: str, title: str) -> str:
    return (
        f"{title}的事，办事的人说办好了，等您说行不行：\n1 满意 2 凑合 3 不满意\n"
        f"没办好就回3，再说一句哪里没好，我们重新办。\n编号 {number}"
    )


def doubted_for_owner(number: str, title: str, words: str) -> str:
    return f"{title}这件事您报了办好，反映人还没说行不行，又来说：“{shortened(words)}”。请去看一眼，或者打个电话。\n编号 {number}"


def ask_what_is_wrong(number: str) -> str:
    return f"对不住，让您不满意了。哪里没好？说一句，我们重新办。\n编号 {number}"


def done_by(number: str, owner: str) -> str:
    return f"这事是{owner or '村里'}办的。\n哪里没好？说一句，我们重新办。\n编号 {number}"


def rate_again(number: str) -> str:
    return f"没事，那您再回一遍，行不行：\n1 满意 2 凑合 3 不满意\n编号 {number}"


def picture_of_done(number: str, thing: str) -> str:
    return f"{thing}收到了，也给办事的人看。您看行不行？\n1 满意 2 凑合 3 不满意\n编号 {number}"


def restored(number: str, owner: str, due: str) -> str:
    return f"好，这件事又记上了，{owner or '村里'}{due}给您回话。\n编号 {number}"


def restored_for_owner(number: str, title: str, words: str, due: str) -> str:
    return f"反映人撤回的{title}，又要办了：“{shortened(words)}”\n请{due}办好再回话。\n编号 {number}"


def reopened(number: str, owner: str, due: str, chief: str) -> str:
    told = f"\n也告诉总网格长{chief}了。" if chief else ""
    return f"记下了，{owner or '村里'}重新办，{due}给您回话。{told}\n编号 {number}"


def reopened_for_owner(number: str, title: str, words: str, due: str) -> str:
    """What he said is left out where others may not read it."""
    why = "" if words == NOT_SAID else f"：“{shortened(words)}”"
    return f"【重办】{title}，反映人不满意{why}\n请{due}办好再回话。\n编号 {number}"


def dissatisfied_for_chief(number: str, title: str, owner: str, words: str) -> str:
    """What he said is left out where others may not read it."""
    why = "不满意" if words == NOT_SAID else f"说：“{shortened(words)}”"
    return f"【不满意】{title}，{owner}办的，反映人{why}\n编号 {number}"


def second_dissatisfaction(number: str, leader: str) -> str:
    return f"记下了。这事已经重办过一回，现在报给镇领导{leader}看。\n编号 {number}"


NO_REASON_GIVEN = "没细说哪里不好，请打电话问一声"
