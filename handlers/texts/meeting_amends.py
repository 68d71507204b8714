"""What is said where a call names whom or what no notice can name: a 社 there is not, two circles, things to bring."""

from __future__ import annotations

from collections.abc import Sequence

NO_NOTE = (
    "通知里只写时间、地点、议题、请谁，带啥东西写不进去。先回1把通知发出，再发一句“通知九社 开会带上板凳”，我发到群里。"
)

ASK_PLACE = "请哪里的人来？说哪个社，全村就回“全村”。"
NO_GUEST = "名单外的单位和人，通知发不到，请您打电话请他。本村的人说“请党员”“请八社”这样就行。要发回 1。"
ONE_GROUP = "一次只能请一个社或者全村，没有改。几个社分开发几次。要换就说“叫八社”，照原样发回 1。"
WHOM = "不请他们，那请谁？说“叫八社”“叫全村”“请党员”这样就行。"
NO_LATER = "定不了几点发。现在发回 1；要晚点发，先回 3，到时候再说一遍。"


def one_at_a_time(named: str) -> str:
    return f"一次只能请一拨人，您说了{named}，先请哪拨？另一拨分开发一次。\n"


def nowhere(place: str, known: Sequence[str]) -> str:
    return f"本村没有{place}，有{'、'.join(known)}。"
