"""What is corrected behind the read-back of a meeting, and who is called by what a sentence says."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village

CALL = "后天下午三点在村委会开九社群众会 议题：机井、路灯"


def corrected(village: Village, *words: str, call: str = CALL) -> str:
    village.say("文书", call)
    return [village.say("文书", line) for line in words][-1]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("明天下午三点在村委会开全村群众会 说七社的路", "全村300户"),
        ("明天下午三点在村委会开九社群众会 议题：九社到七社的路", "九社100户"),
        ("明天下午三点在村委会开群众会 议题：七社的路 九社每户", "九社100户"),
        ("明天下午三点在村委会开九社群众会 说党员带头", "九社100户"),
        ("明天下午三点在村委会开九组群众会 说机井", "九社100户"),
        ("明天下午三点在村委会开9社群众会 说机井", "九社100户"),
        ("户代表会 九社 12月10日晚7点 村委会 商量道路硬化", "九社100户"),
        ("后天晚上七点在文化广场开户主会 九社 说机井", "九社100户"),
        ("明天下午三点在八社老王家院子开九社群众会 说机井", "九社100户"),
        ("明天下午三点在九社老槐树底下开板凳会 说机井", "九社100户"),
    ],
)
def test_the_agenda_calls_nobody(village: Village, words: str, who: str) -> None:
    """七社的路 called 七社, though 全村 was said; 户代表会 called the village's representatives."""
    assert f"请：{who}" in village.say("文书", words)


def test_a_group_only_spoken_of_is_asked_about(village: Village) -> None:
    assert "请哪里的人来" in village.say("文书", "明天下午三点在村委会开群众会 说七社的路")
    assert "请：七社100户" in village.say("文书", "七社")


def test_a_group_there_is_not_is_said(village: Village) -> None:
    assert "本村没有三社，有七社、八社、九社" in village.say("文书", "明天下午三点在村委会开三社群众会 说机井")
    assert "本村没有二社" in village.say("文书", "二社")


def test_our_own_group_is_that_of_who_speaks(village: Village) -> None:
    assert "请：八社100户" in village.say("李书记", "后天晚上七点我们社群众会 在文化广场 说垃圾")


@pytest.mark.parametrize(
    ("words", "who", "form"),
    [
        ("形式改成院坝会", "九社100户", "开板凳会"),
        ("院坝会", "九社100户", "开板凳会"),
        ("每户来一人就行", "九社100户", "开群众大会"),
        ("不要九社 叫全村", "全村300户", "开群众大会"),
        ("叫八社的", "八社100户", "开群众大会"),
        ("发给谁", "九社100户", "开群众大会"),
        ("请群众", "九社100户", "开群众大会"),
        ("全村", "全村300户", "开群众大会"),
        ("不叫九社叫八社", "八社100户", "开群众大会"),
        ("改成村民小组会", "九社100户", "开村民小组会议"),
    ],
)
def test_a_correction_keeps_what_it_does_not_name(village: Village, words: str, who: str, form: str) -> None:
    """Another form called the whole village, and 不要九社 叫全村 only 九社."""
    said = corrected(village, words)
    assert f"请：{who}" in said
    assert form in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("八社也叫上", "照原样发回 1"),
        ("八社九社都叫", "照原样发回 1"),
        ("别叫九社了", "那请谁"),
        ("别忘了让大家带板凳", "写不进去"),
        ("备注 带上户口本", "写不进去"),
        ("带身份证来", "写不进去"),
        ("再请水管所来", "请您打电话请他"),
        ("晚上七点发", "定不了几点发"),
        ("明早再发", "定不了几点发"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(village: Village, words: str, why: str) -> None:
    """带身份证来 was filed as a matter, 明早再发 moved the meeting."""
    assert why in corrected(village, words)
    assert not village.matters()
    after = village.say("文书", "发给谁")
    assert "11月24日 周二 下午3点" in after
    assert "请：九社100户" in after


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("不是后天 是大后天", ["11月25日 周三 下午3点"]),
        ("早一个钟头", ["11月24日 周二 下午2点"]),
        ("下午四点 在小学 叫全村", ["下午4点", "地点：小学\n", "全村300户"]),
        ("时间大后天上午十点，地点小学", ["11月25日 周三 上午10点", "地点：小学\n"]),
        ("在小学开", ["地点：小学\n"]),
        ("不在村委会 在小学", ["地点：小学\n"]),
        ("把路灯去掉", ["商量：机井\n"]),
        ("路灯不说了", ["商量：机井\n"]),
        ("还有垃圾的事", ["1.机井 2.路灯 3.垃圾"]),
        ("只说修渠", ["商量：修渠\n"]),
        ("第二个议题改成垃圾", ["1.机井 2.垃圾"]),
        ("议题 修路 请八社", ["商量：修路\n", "请：八社100户"]),
        ("议题1修路 议题2水费", ["1.修路 2.水费"]),
        ("一、修水渠 二、收卫生费", ["1.修水渠 2.收卫生费"]),
        ("议题改成修路 地点改小学", ["商量：修路\n"]),
    ],
)
def test_corrections_in_few_words(village: Village, words: str, parts: list[str]) -> None:
    said = corrected(village, words)
    assert [part for part in parts if part not in said] == []
    assert not village.matters()


@pytest.mark.parametrize("words", ["路灯坏了", "王德福家水管漏了"])
def test_trouble_is_no_correction(village: Village, words: str) -> None:
    corrected(village, words)
    assert len(village.matters()) == 1


def test_in_the_speech_of_the_hills_it_is_sent(village: Village) -> None:
    assert "发出了" in corrected(village, "要得")


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("议题一道路硬化 议题二明年预算", "1.道路硬化 2.明年预算"),
        ("议题一：机井 议题二：路灯", "1.机井 2.路灯"),
        ("1、机井 2、路灯 3、垃圾", "1.机井 2.路灯 3.垃圾"),
        ("第一个机井 第二个路灯", "1.机井 2.路灯"),
        ("主要说一下机井怎么修，还有就是路灯的事", "1.机井怎么修 2.路灯"),
        ("说机井和路灯两件事", "1.机井 2.路灯"),
        ("说2027年预算和3号机井", "商量：2027年预算和3号机井"),
        ("学习文件", "商量：学习文件"),
    ],
)
def test_an_agenda_is_counted_in_many_ways(village: Village, words: str, topics: str) -> None:
    assert topics in village.say("文书", f"明天下午三点在村委会开九社群众会 {words}")


@pytest.mark.parametrize("by", ["会议取消", "会议改到后天晚上八点"])
def test_who_called_it_hears_what_another_does_with_it(village: Village, by: str) -> None:
    """A grid head called the secretary's meeting off, and the secretary did not hear of it."""
    village.say("李书记", "后天晚上七点九社群众会 文化广场 说防火")
    village.say("李书记", "1")
    village.heard("李书记")
    village.say("小陈", by)
    village.say("小陈", "1")
    assert "您召集的会，陈小军" in village.heard("李书记")


def test_who_calls_it_off_himself_gets_no_letter(village: Village) -> None:
    village.say("李书记", "后天晚上七点九社群众会 文化广场 说防火")
    for line in ("1", "会议取消", "1"):
        village.say("李书记", line)
    assert "您召集的会" not in village.heard("李书记")


def test_a_meeting_of_today_is_not_called_off_tomorrow(village: Village) -> None:
    """A full day left the cancellation to the digest of the next morning, when all had been there."""
    for line in (
        "今天晚上七点在村委会开九社群众会 说机井",
        "1",
        "会议改到晚上八点",
        "1",
        "会议地点改到文化广场",
        "1",
        "不开了",
    ):
        village.say("李书记", line)
    assert "请您现在就在群里说一声" in village.say("李书记", "1")
    village.in_group()
    village.later(hours=22)
    assert "会议取消" not in village.in_group()


def test_a_place_nobody_listed_keeps_its_name(village: Village) -> None:
    assert "地点：王德福家里" in village.say("文书", "后天下午三点到王德福家里开院坝会 九社 说机井")
    village.say("文书", "1")
    assert "地点：小学操场（" in village.say("文书", "换到小学操场开")


@pytest.mark.parametrize(
    ("words", "who", "form"), [("全村都来", "全村300户", "开村民会议"), ("改成九社", "九社100户", "开村民小组会议")]
)
def test_an_assembly_stays_one(village: Village, words: str, who: str, form: str) -> None:
    said = corrected(village, words, call="12月20日上午九点在村委会开村民会议 议题：修路")
    assert f"请：{who}" in said
    assert form in said


def test_everybody_keeps_the_form(village: Village) -> None:
    """1 全村每户 made a 群众大会 of a 板凳会."""
    assert "板凳会请哪里的人来" in village.say("小陈", "明天下午三点在老槐树下开板凳会 说水费")
    assert "开板凳会" in village.say("小陈", "1")


def test_two_groups_are_told_apart_when_it_is_asked(village: Village) -> None:
    assert "您说了八社和九社" in village.say("文书", "周三上午九点在村委会开会 通知八社和九社的村民 说修路")
