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
