"""The cast of the demo village, as the simulator introduces it: who they are and what they could say first."""

from __future__ import annotations

from dataclasses import dataclass

from storage import demo

OUTSIDER = "o-waicun"
_ROLES = {
    "grid_head": "网格长", "grid_chief": "总网格长", "secretary": "书记", "vc": "村主任", "clerk": "文书",
    "supervisor": "监委主任", "town_leader": "镇领导", "dept": "部门", "accountant": "会计", "discipline": "镇纪委",
    "women": "妇联主席", "rep": "村民代表", "member": "党员", "admin": "管理员",
}  # fmt: skip
_HINTS = {
    "o-laowang": "路灯坏了好几天了，黑灯瞎火的",
    "o-zhangshen": "村口垃圾堆了好几天没人拉，臭得很",
    "o-xiaochen": "001 收到",
    "o-lishuji": "进度",
    "o-xiuying": "我家自来水停了两天了",
    "o-waicun": "你们村口那段路坑坑洼洼的，没人修吗",
}
# A keeper has nothing to say before somebody has reported something.
_LEADS = {"o-xiaochen": "村里人说的事会发到这儿。收到就回："}
_LEAD = "试试说："
_MARKS = {"o-xiuying": "秀", "o-zhenling": "领", "o-jiwei": "纪", "o-daibiao": "代"}
_HINT_OF_OFFICE = "找谁"
_HINT_OF_VILLAGER = "我要反映，巷道里的水渠堵了"
GROUP_NAME = "兴河大家庭"
GROUP_HINT = "@小议 这事该找谁"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast. `called` is what the village calls him, `mark` the letter on his avatar;
    `lead` and `hint` are the line an empty chat begins with: what could be said first.
    """

    openid: str
    called: str
    name: str
    role: str
    mark: str
    lead: str
    hint: str
    in_group: bool


@dataclass(frozen=True, slots=True)
class Door:
    """A door plate that can be scanned: the household's number and whose it is."""

    household: int
    label: str


def cast() -> list[Member]:
    """Everybody who has a phone in the demo village, and the outsider who belongs to none of its groups."""
    members = [_member(*row) for row in demo.CAST]
    return [*members, Member(OUTSIDER, "外村人", "外村人", "没绑定", "外", _LEAD, _HINTS[OUTSIDER], in_group=False)]


def doors() -> list[Door]:
    names = {openid: (name, group) for openid, name, _called, _gender, _born, group, _offices in demo.CAST}
    return [
        Door(number, f"{names[openid][1]} {names[openid][0]}家（{number}户）")
        for openid, number in sorted(demo.HOMES.items(), key=lambda home: home[1])
    ]


def _member(
    openid: str, name: str, called: str, _gender: str, _born: int, group: str, offices: tuple[tuple[str, str], ...]
) -> Member:
    titles = "、".join(_title(role, area) for role, area in offices[:2]) or f"{group}村民"
    hint = _HINTS.get(openid, _HINT_OF_OFFICE if offices else _HINT_OF_VILLAGER)
    mark = _MARKS.get(openid) or called.removeprefix("老").removeprefix("小")[0]
    role = "" if titles == called else titles
    return Member(openid, called, name, role, mark, _LEADS.get(openid, _LEAD), hint, in_group=True)


def _title(role: str, area: str) -> str:
    """网格长 of 四网格 reads 四网格长; the village's own offices need no place."""
    title = _ROLES.get(role, role)
    return f"{area}长" if role == "grid_head" else area if role == "dept" else title
