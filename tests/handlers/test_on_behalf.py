"""What is told for somebody else is his."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village


@pytest.mark.parametrize("said", ["代 王德福 反映 九社路灯坏了", "替王德福说一下，九社路灯坏了"])
def test_what_the_clerk_tells_for_a_villager_is_his(village: Village, said: str) -> None:
    """It was her own: she heard of it and rated it."""
    assert "替王德福记下了" in village.say("文书", said)
    matter = village.matter()
    assert (matter.reporter_id, matter.text) == (village.person("老王").id, "九社路灯坏了")
    assert matter.number in village.heard("老王")
    assert "王德福" in village.heard("小陈")
    assert matter.number in village.say("老王", "进度")


def test_a_name_nobody_has_is_told_in_ones_own(village: Village) -> None:
    village.say("文书", "代 王二麻 反映 九社路灯坏了")
    assert village.matter().reporter_id == village.person("文书").id


def test_a_neighbour_tells_it_in_his_own_name(village: Village) -> None:
    """名册上没找到周奶奶, and the leak was lost."""
    village.say("老王", "代 周奶奶 反映 房子漏雨")
    assert village.matter().reporter_id == village.person("老王").id
    assert "周奶奶" in village.heard("小陈")


@pytest.mark.parametrize(
    "said",
    [
        "王秀英来村部说她家水管漏了", "代 王秀英 她家水管漏了", "王秀英打电话说她家水管漏了", "刚才王秀英来找我说她家水管漏了",
        "王秀英托我反映她家水管漏了", "替王秀英说一下 她家水管漏了",
    ],
)  # fmt: skip
def test_who_came_or_called_is_the_one_who_tells(village: Village, said: str) -> None:
    """Before, it was the clerk's own, at her house, and 王秀英 heard nothing."""
    village.say("文书", said)
    matter = village.matter()
    assert (matter.reporter_id, matter.text) == (village.person("王秀英").id, "她家水管漏了")
    assert matter.number in village.heard("王秀英")
    assert "王秀英" in village.heard("小陈")


@pytest.mark.parametrize("said", ["张婶打电话说路灯坏了", "老李来村部说路灯坏了", "代 张婶 路灯坏了"])
def test_whose_house_is_not_known_is_asked(village: Village, said: str) -> None:
    """Before, it was filed at the clerk's own house, another 社."""
    assert "在哪个社" in village.say("文书", said)
    village.say("文书", "九社")
    assert village.matter().number in village.heard("小陈")


def test_the_social_unit_of_whom_it_is_told_for_counts(village: Village) -> None:
    village.bind("七社代表", to="韩德福")
    village.say("七社代表", "我替九社老王反映 他家路烂了")
    assert village.matter().number in village.heard("小陈")


@pytest.mark.parametrize(
    "said", ["我替我妈王秀英说 她家水管漏了", "替我妈王秀英说，她养老金停了", "我帮我妈王秀英反映 她家停电了"]
)
def test_what_is_told_for_a_mother_by_name_is_not_lost(village: Village, said: str) -> None:
    """Before, he heard 名册上没找到这位家人."""
    village.bind("老王家", to="周奶奶")
    village.say("老王家", said)
    village.later(minutes=45)
    assert len(village.matters()) == 1
