"""Who may see and change a matter: the one who reported it and those in charge of it. Nobody else, whatever he says."""

from __future__ import annotations

import pytest

from domain.contacts import Level
from domain.matters import Status
from domain.organisation import Role
from tests.handlers.talk import Village

LAMP = "九社巷子口的路灯坏了"
COMMANDS = (
    "{n} 收到", "{n} 办好了 换了灯泡", "{full} 收到", "{full} 办好了 换了灯泡", "撤回 {n}", "撤回 {full}", "催一下 {n}",
    "补充 {n} 不用修了", "补充 {full} 不用修了", "{n} 1", "{n} 满意", "{full} 满意",
)  # fmt: skip
STRANGERS = (
    "别处的网格长",
    "未绑定的干部",
    "手机后四位绑定的干部",
    "外村人",
    "张婶",
    "监委主任",
    "水管所",
    "管理员",
    "会计",
)


@pytest.fixture
def lamp(village: Village) -> Village:
    """老王 has reported the lamp; several people who are not in charge of it have phones."""
    village.bind("别处的网格长", to=village.holder(Role.GRID_HEAD, "一网格"))
    village.bind("手机后四位绑定的干部", to="小陈", level=Level.LIMITED)
    village.say("老王", LAMP)
    return village


def outline(village: Village) -> list[tuple[object, ...]]:
    return [
        (m.number, m.status, m.rating, m.urged_at, m.owner_id, m.result) for m in village.matters() if m.text == LAMP
    ]


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_to_the_matter_sees_nothing_of_it(lamp: Village, who: str) -> None:
    """Before, 进度 001 told a keeper of another grid about every matter of the village."""
    number = lamp.matter().number
    for words in (f"进度 {number}", f"进度 {number[-3:]}", f"{number[-3:]} 咋样了", "进度"):
        said = lamp.say(who, words)
        assert "路灯" not in said.replace("比如“路灯坏了”", "")
        assert "陈小军" not in said
        assert "王德福" not in said


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_to_the_matter_changes_nothing_of_it(lamp: Village, who: str, command: str) -> None:
    """Before, a keeper of another grid could add to it and urge it, and even say that it was done."""
    matter = lamp.matter()
    before, ledger, notes = outline(lamp), lamp.ledger(matter), lamp.notes()
    lamp.heard("老王")
    lamp.say(who, command.format(n=matter.number[-3:], full=matter.number))
    assert outline(lamp) == before
    assert lamp.ledger(matter) == ledger
    assert lamp.notes() == notes
    assert lamp.heard("老王") == ""


@pytest.mark.parametrize("who", ["小陈", "李书记", "文书", "镇领导"])
def test_those_in_charge_may_take_it_and_finish_it(lamp: Village, who: str) -> None:
    assert "路灯" in lamp.say(who, "进度 001")
    lamp.say(who, "001 收到")
    assert lamp.matter().status is Status.ACCEPTED
    lamp.say(who, "001 办好了 换了灯泡")
    assert lamp.matter().status is Status.DONE


@pytest.mark.parametrize(
    ("who", "role"), [("小陈", "grid_head"), ("文书", "clerk"), ("镇领导", "town_leader"), ("李书记", "grid_chief")]
)
def test_the_ledger_names_who_acted_in_which_role_and_why(lamp: Village, who: str, role: str) -> None:
    lamp.say(who, "001 收到")
    assert ("filed", "accepted", role, "accepted") in lamp.ledger(lamp.matter())


def test_a_keeper_with_an_own_matter_of_the_same_digits_means_the_one_in_hand(village: Village) -> None:
    """Before, 001 收到 meant the keeper's own old matter, and the villager's was never taken."""
    village.say("小陈", "自来水停了三天了")
    village.say("小陈", "001 办好了 修了管子")
    village.later(days=1)
    village.say("老王", LAMP)
    assert village.matter().number.endswith("-001")
    village.say("小陈", "001 收到")
    assert village.matter().status is Status.ACCEPTED


def test_a_sealed_matter_is_handled_by_those_who_may_read_it(village: Village) -> None:
    """Before, nobody at all could take or finish a sealed matter."""
    village.say("老王", "我举报会计冒领补贴")
    matter = village.matter()
    assert matter.is_sealed
    told = village.heard("镇纪委")
    assert f"{matter.number[-3:]} 收到" in told
    village.say("镇纪委", f"{matter.number[-3:]} 收到")
    assert village.matter().status is Status.ACCEPTED
    village.say("镇纪委", f"{matter.number[-3:]} 办好了 已经立案")
    assert village.matter().status is Status.DONE


@pytest.mark.parametrize("who", ["小陈", "李书记", "文书", "会计", "镇领导", "管理员", "监委主任", "妇联"])
def test_nobody_else_sees_a_sealed_matter_or_changes_it(village: Village, who: str) -> None:
    village.say("老王", "我举报会计冒领补贴")
    matter = village.matter()
    assert village.heard(who) == ""
    for words in (f"进度 {matter.number}", f"进度 {matter.number[-3:]}", f"{matter.number} 收到",
                  f"{matter.number[-3:]} 收到", f"{matter.number[-3:]} 办好了 没有的事", "进度", "收到"):  # fmt: skip
        assert "会计" not in village.say(who, words).replace("文书", "")
    assert village.matters()[0].status is Status.FILED


def test_the_womens_federation_handles_what_happens_at_home(village: Village) -> None:
    """Before, the women's federation was told of it and could not answer."""
    village.say("张婶", "我男人以前老打我，想离婚")
    assert village.matter().is_sealed
    village.say("妇联", f"{village.matter().number[-3:]} 收到")
    assert village.matter().status is Status.ACCEPTED


def test_an_unbound_cadre_is_told_how_to_be_known(lamp: Village) -> None:
    """Before, 001 收到 from an unbound phone was answered with small talk, and 办好了 filed as a new matter."""
    for words in ("001 收到", "001 办好了 换了灯泡"):
        said = lamp.say("未绑定的干部", words)
        assert "绑定" in said
    assert len(lamp.matters()) == 1


def test_a_cadre_bound_by_phone_digits_needs_the_paper_code(lamp: Village) -> None:
    said = lamp.say("手机后四位绑定的干部", "001 收到")
    assert "绑定码" in said
    assert lamp.matter().status is Status.FILED
