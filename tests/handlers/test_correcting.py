"""What was told is another thing than it was taken for: set right in one matter, and the keeper hears it."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village


@pytest.mark.parametrize(
    ("story", "said", "code"),
    [
        ("没水", "不对 我说的是浇地没水", "AG01"),
        ("没水", "不是这个意思，我说的是浇地没水", "AG01"),
        ("路灯坏了", "分错了 应该是垃圾", "EN01"),
        ("路灯坏了", "你们记错了，应该是垃圾没人拉", "EN01"),
        ("垃圾没人拉", "不是垃圾 是路灯在村口", "RC02"),
    ],
)
def test_it_is_set_right_and_not_filed_twice(village: Village, story: str, said: str, code: str) -> None:
    village.say("老王", story)
    village.heard("小陈")
    assert "改过来了" in village.say("老王", said)
    assert [matter.code for matter in village.matters()] == [code]
    told = village.heard("小陈")
    assert said in told
    assert "更正" in told


def test_another_of_the_choices_may_be_taken_afterwards(village: Village) -> None:
    assert "2 生活污水" in village.say("老王", "水有问题")
    village.say("老王", "1")
    assert "生活污水" in village.say("老王", "选错了 是2")
    assert [matter.code for matter in village.matters()] == ["EN02"]


@pytest.mark.parametrize("said", ["说错了 是八社村口的", "不对 是在八社"])
def test_the_place_is_set_right_too(filed: Village, said: str) -> None:
    assert "八社" in filed.say("老王", said)
    assert filed.matter().owner_id != filed.person("小陈").id


@pytest.mark.parametrize("said", ["不是我家门口 是学校门口", "不是我说的 是张婶说的", "不对"])
def test_what_is_about_the_same_thing_changes_no_topic(filed: Village, said: str) -> None:
    filed.say("老王", said)
    assert [matter.code for matter in filed.matters()] == ["RC02"]


def test_another_trouble_is_another_matter(filed: Village) -> None:
    filed.say("老王", "不对 我家垃圾也没人拉")
    assert filed.matter("001").code == "RC02"


def test_blame_of_a_cadre_is_told_anew_and_sealed(filed: Village) -> None:
    filed.say("老王", "不对 我说的是书记贪污救济款")
    assert [(matter.code, matter.is_sealed) for matter in filed.matters()] == [("RC02", False), ("GO03", True)]
    assert "贪污" not in filed.heard("小陈")


def test_days_later_it_is_another_matter(filed: Village) -> None:
    filed.later(days=2)
    filed.say("老王", "不对 我说的是浇地没水")
    assert [matter.code for matter in filed.matters()] == ["RC02", "AG01"]


@pytest.mark.parametrize("said", ["不对 是我隔壁老刘家 我替他说的", "说错了 是隔壁老刘家的", "不对，应该是我邻居家"])
def test_whose_it_is_makes_it_no_other_matter(village: Village, said: str) -> None:
    """Before, the leaking roof became a quarrel among neighbours."""
    village.say("老王", "我家屋顶漏雨漏得厉害")
    before = village.matter()
    village.heard("小陈")
    village.say("老王", said)
    assert [matter.code for matter in village.matters()] == [before.code]
    assert "隔壁" in village.heard("小陈") or "邻居" in said
