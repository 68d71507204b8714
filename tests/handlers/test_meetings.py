"""Meetings in talk: called, read back, told to exactly those invited, moved, called off. Transcripts of the demo village."""

from __future__ import annotations

import pytest

from storage import tables_meetings as t
from tests.handlers.talk import Village

WELL = "明儿下午三点半在大队开会说机井的事"


def meetings(village: Village) -> list[tuple[str, str, str, str]]:
    """(body, start, venue, status) of every meeting."""
    return [
        (row.body, f"{row.starts_at.astimezone(village.now.tzinfo):%m-%d %H:%M}", row.venue, row.status)
        for row in village.rows(t.meetings)
    ]


def called(village: Village, text: str = "周五晚上七点在村委会开群众会说修路 全村", by: str = "李书记") -> str:
    assert "回 1 发出" in village.say(by, text)
    return village.say(by, "1")


def told(village: Village) -> dict[str, str]:
    """The newest letter about a meeting on each phone."""
    return {sent.to: sent.text for sent in village.sent if sent.purpose.startswith("meeting.")}


def test_one_sentence_calls_a_meeting_and_what_is_missing_is_asked(village: Village) -> None:
    assert "请谁来" in village.say("李书记", WELL)
    back = village.say("李书记", "1")
    assert "11月23日 周一 下午3点半" in back
    assert "村委会" in back
    assert "机井" in back
    assert meetings(village) == [], "nothing is sent before he says 1"
    assert told(village) == {}
    sent = village.say("李书记", "1")
    assert sent.startswith("发出了")
    assert meetings(village) == [("mass", "11-23 15:30", "村委会", "called")]


def test_exactly_those_on_the_roll_and_the_group_are_told(village: Village) -> None:
    village.unreachable.clear()
    called(village, "周五晚上七点在村委会开党员会说学习")
    people = {sent.to for sent in village.sent if sent.purpose == "meeting.notice"}
    roll = {row.person_id for row in village.rows(t.invitations) if row.has_phone}
    assert people == {"o-dangyuan"}
    assert roll == {village.person("党员").id}
    assert "党员大会" in village.in_group()
    assert len(village.rows(t.invitations)) == 60


def test_a_notice_says_when_where_what_who_and_whom_to_ask(village: Village) -> None:
    called(village, "周五晚上七点在村委会开群众会，议题：修路、水费 全村")
    text = village.heard("老王")
    for words in ("11月27日 周五 晚7点", "村委会", "1.修路 2.水费", "1", "2", "李长河 10000000004"):
        assert words in text
    assert text.rstrip().endswith("会1")
    assert all(len(line) <= 80 for line in text.splitlines())


def test_every_notice_comes_with_a_script_for_the_loudspeaker(village: Village) -> None:
    answer = called(village)
    script = next(line for line in answer.splitlines() if line.startswith("喇叭稿：")).removeprefix("喇叭稿：")
    assert 20 < len(script) <= 80
    assert "11月27日 周五 晚7点" in script


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昨天下午三点在大队开会说机井", "已经过了"),
        ("凌晨三点在大队开会说机井", "大伙儿都歇着"),
        ("明天夜里3点在村委会开会", "大伙儿都歇着"),
        ("腊月三十上午9点在村委会开群众会说年货", "没有三十"),
        ("这周六在村委会开群众会说年货", "11月28日"),
        ("明天下午三点在村委会开代表会说修路", "提前3天"),
        ("明天下午三点在村委会开村民会议说村规", "提前10天"),
        ("明天7点在村委会开群众会说修路", "早7点吗"),
        ("2月30号上午9点在村委会开群众会说修路", "没有2月30号"),
        ("13月5号在村委会开群众会说修路", "没有13月5号"),
        ("13月5号下午三点在村委会开群众会说修路 全村", "没有13月5号"),
        ("11月32号下午三点在村委会开群众会说修路 全村", "没有11月32号"),
        ("32号下午三点在村委会开群众会说修路 全村", "没有32号"),
        ("周八下午在村委会开群众会说修路 全村", "没有周八"),
        ("明天下午25点在村委会开群众会说修路 全村", "没有25点"),
        ("周三或者周四下午三点在村委会开群众会说修路 全村", "您说了两个时间：周三、周四下午三点"),
        ("明天上午还是后天上午开会", "您说了两个时间"),
    ],
)
def test_a_time_that_cannot_be_is_met_kindly_and_sends_nothing(village: Village, text: str, expected: str) -> None:
    answer = village.say("李书记", text)
    assert expected in answer
    assert meetings(village) == []
    assert told(village) == {}
    assert village.matters() == [], "and it is no complaint either"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("后天下午三点，不，四点在村委会开群众会说修路 全村", "11-24 16:00"),
        ("开会定在周三，哦不对，周四下午三点，在村委会，说水费，全村", "11-26 15:00"),
        ("明天下午三点 写错了 四点 在村委会开群众会说水费 全村", "11-23 16:00"),
    ],
)
def test_a_time_put_right_in_the_same_breath_is_the_last_one(village: Village, text: str, start: str) -> None:
    """The first of the two was taken."""
    called(village, text)
    assert [begins for _, begins, _, _ in meetings(village)] == [start]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会改到周八", "没有周八"),
        ("会改到13月", "没有13月"),
        ("会改到周五或者周六", "您说了两个时间：周五、周六"),
        ("会改到周五，不对，周六", "11月28日 周六 晚7点"),
    ],
)
def test_a_meeting_is_moved_to_no_time_that_cannot_be(village: Village, text: str, expected: str) -> None:
    called(village)
    assert expected in village.say("李书记", text)
    assert [begins for _, begins, _, _ in meetings(village)] == ["11-27 19:00"]


@pytest.mark.parametrize(
    ("text", "asked", "answer", "start"),
    [
        ("今晚三点在大队开群众会说机井 全村", "夜里3点，还是下午3点", "下午三点", "11-22 15:00"),
        ("明晚3点在村委会开群众会说水费 全村", "11月23日 周一", "下午", "11-23 15:00"),
        ("后天夜里两点在村部开群众会说修路 全村", "夜里2点，还是下午2点", "14:00", "11-24 14:00"),
        ("明儿黑了十二点在大队开群众会说修路 全村", "夜里12点，还是中午12点", "中午12点", "11-23 12:00"),
    ],
)
def test_three_in_the_evening_is_asked_back_and_its_day_is_kept(
    village: Village, text: str, asked: str, answer: str, start: str
) -> None:
    """It was read as three in the night, and 下午三点 said then was of today whatever day had been said."""
    said = village.say("李书记", text)
    assert asked in said
    assert "大伙儿都歇着" in village.say("李书记", "凌晨三点")
    assert "通知这样发" in village.say("李书记", answer)
    village.say("李书记", "1")
    assert [(m[1], m[3]) for m in meetings(village)] == [(start, "called")]


def test_after_an_impossible_time_another_one_goes_on_from_there(village: Village) -> None:
    village.say("李书记", "昨天下午三点在大队开会说机井")
    assert "请谁来" in village.say("李书记", "后天下午三点")
    assert "11月24日 周二 下午3点" in village.say("李书记", "九社")
    village.say("李书记", "1")
    assert meetings(village) == [("mass", "11-24 15:00", "村委会", "called")]


@pytest.mark.parametrize(
    ("text", "answers", "start"),
    [
        ("初八上午开代表会 在村委会说修路", (), "12-16 09:00"),
        ("腊月二十在村委会开群众会说年货 全村", ("上午十点",), "01-27 10:00"),
        ("年三十下午两点在村委会开群众会说值班 全村", ("是",), "02-05 14:00"),
        ("这周六在村委会开群众会说年货 全村", ("是", "9点"), "11-28 09:00"),
        ("这周六在村委会开群众会说年货 全村", ("周五下午3点",), "11-27 15:00"),
        ("下礼拜三吃过黑饭在村委会开群众会说浇水 九社", ("对",), "11-25 19:30"),
    ],
)
def test_lunar_days_and_doubtful_days_are_settled_by_asking(
    village: Village, text: str, answers: tuple[str, ...], start: str
) -> None:
    village.say("李书记", text)
    for answer in answers:
        village.say("李书记", answer)
    assert village.say("李书记", "1").startswith("发出了")
    assert [m[1] for m in meetings(village)] == [start]


def test_a_statutory_meeting_in_a_special_case_names_its_reason(village: Village) -> None:
    assert "特殊情况" in village.say("李书记", "明天下午三点在村委会开村民会议说防汛")
    assert "特殊情况：防汛抢险" in village.say("李书记", "特殊情况 防汛抢险")
    assert village.say("李书记", "1").startswith("发出了")
    assert village.rows(t.meetings)[0].reason == "防汛抢险"


def test_what_is_read_back_can_be_changed_in_words(village: Village) -> None:
    village.say("李书记", "周五晚上七点在村委会开群众会说修路 全村")
    assert "下午4点" in village.say("李书记", "改到下午4点")
    assert "11月26日" in village.say("李书记", "改到周四")
    assert "村小学" in village.say("李书记", "地点改村小学")
    assert "路灯坏了" in village.say("李书记", "议题 路灯坏了没人修")
    assert "九社100户" in village.say("李书记", "九社")
    village.say("李书记", "1")
    assert meetings(village) == [("mass", "11-26 16:00", "村小学", "called")]
    assert village.matters() == []


def test_leaving_sends_nothing(village: Village) -> None:
    village.say("李书记", WELL)
    assert "没" in village.say("李书记", "算了")
    village.say("李书记", WELL)
    village.say("李书记", "全村")
    village.say("李书记", "3")
    assert meetings(village) == []
    assert told(village) == {}


def test_the_clerk_drafts_and_whoever_may_call_it_sends(village: Village) -> None:
    village.say("文书", "周五晚七点 村委会 开代表会 议题 机井")
    assert "李长河" in village.say("文书", "1")
    assert meetings(village) == []
    assert "回 1 发出，回 2 不发" in village.heard("李书记")
    assert village.say("李书记", "1").startswith("发出了")
    assert meetings(village)[0][0] == "rep_meeting"
    assert "李长河点头了" in village.heard("文书")


def test_whoever_may_call_it_can_say_no(village: Village) -> None:
    village.say("文书", "周五晚七点 村委会 开代表会 议题 机井")
    village.say("文书", "1")
    village.say("李书记", "2")
    assert meetings(village) == []
    assert "先不发" in village.heard("文书")


def test_a_villager_calls_no_meeting(village: Village) -> None:
    village.say("老王", "明天下午三点在大队开群众会说机井 全村")
    village.say("老王", "1")
    assert meetings(village) == []


# -- changes


def test_a_moved_meeting_is_told_to_exactly_those_who_were_told(village: Village) -> None:
    called(village, "周五晚上七点在村委会开群众会说修路 九社")
    first = {sent.to for sent in village.sent if sent.purpose == "meeting.notice"}
    late = next(row for row in village.rows(t.invitations) if not row.has_phone)
    village.bind("新来的", to=late.name)  # a phone bound after the notice was told nothing of it
    assert "这样改，对不对" in village.say("李书记", "会议改到周六")
    assert "改好了" in village.say("李书记", "1")
    moved = {sent.to for sent in village.sent if sent.purpose == "meeting.changed"}
    assert moved == first
    assert meetings(village)[0][1] == "11-28 19:00"
    assert "改到11月28日 周六 晚7点（原来11月27日 周五 晚7点）" in village.heard("老王")
    assert "改到11月28日" in village.in_group()


@pytest.mark.parametrize(
    ("said", "start", "venue"),
    [
        ("周五的会改大后天", "11-25 19:00", "村委会"),
        ("会议改到周六", "11-28 19:00", "村委会"),
        ("会往后推一天", "11-28 19:00", "村委会"),
        ("会推迟两个小时", "11-27 21:00", "村委会"),
        ("会提前一个小时", "11-27 18:00", "村委会"),
        ("会议改到下午四点", "11-27 16:00", "村委会"),
        ("会1改到下周二上午九点", "11-24 09:00", "村委会"),
        ("会议地点改到村小学", "11-27 19:00", "村小学"),
        ("会议改到周六下午三点 地点改到九社老槐树下", "11-28 15:00", "九社老槐树下"),
    ],
)
def test_how_a_change_is_said(village: Village, said: str, start: str, venue: str) -> None:
    called(village)
    answer = village.say("李书记", said)
    assert "这样改" in answer, answer
    village.say("李书记", "1")
    assert meetings(village) == [("mass", start, venue, "called")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("会议改到昨天", "已经过了"),
        ("会议改到凌晨三点", "大伙儿都歇着"),
        ("会9改到周六", "会1"),
        ("会议改到周五晚上七点", "没有改"),
    ],
)
def test_an_impossible_change_changes_nothing(village: Village, said: str, expected: str) -> None:
    called(village)
    before = len(village.sent)
    assert expected in village.say("李书记", said)
    assert meetings(village) == [("mass", "11-27 19:00", "村委会", "called")]
    assert len(village.sent) == before
    assert village.matters() == []


def test_a_statutory_meeting_is_not_moved_into_its_notice_period(village: Village) -> None:
    called(village, "下下周一上午九点在村委会开代表会说修路")
    assert "提前3天" in village.say("李书记", "会议改到明天下午三点")
    assert meetings(village)[0][1] == "11-30 09:00"


def test_a_meeting_called_off_is_told_to_everybody_and_reminds_nobody(village: Village) -> None:
    called(village)
    first = {sent.to for sent in village.sent if sent.purpose == "meeting.notice"}
    assert "不开了？" in village.say("李书记", "会议取消")
    assert meetings(village)[0][3] == "called", "asked once more first"
    assert village.say("李书记", "1").startswith("取消了")
    off = {sent.to for sent in village.sent if sent.purpose == "meeting.cancelled"}
    assert off == first
    assert "不开了" in village.in_group()
    before = len(village.sent)
    village.later(days=4, hours=8)
    assert not [s for s in village.sent[before:] if s.purpose == "meeting.reminder"]
    assert "眼下没有通知过的会" in village.say("李书记", "会议取消")


def test_whoever_calls_it_off_hears_that_the_group_has_no_room(village: Village) -> None:
    """He heard that everybody had been told, while the group would have read it the next morning."""
    called(village)
    for venue in ("学校", "戏台"):
        village.say("李书记", f"地点改到{venue}")
        assert "三条" not in village.say("李书记", "1")
        village.later(minutes=1)
    village.say("李书记", "不开了")
    assert "群里今天说满三条了" in village.say("李书记", "1")


def test_several_meetings_are_told_apart(village: Village) -> None:
    called(village)
    called(village, "周四上午九点在村委会开党员会说学习")
    asked = village.say("李书记", "会往后推一天")
    assert "会1" in asked
    assert "会2" in asked
    assert "党员大会" in village.say("李书记", "党员会往后推一天")
    village.say("李书记", "1")
    assert {m[1] for m in meetings(village)} == {"11-27 19:00", "11-27 09:00"}


def test_a_call_at_night_reaches_villagers_in_the_morning(village: Village) -> None:
    village.later(hours=12)
    answer = called(village, "周五晚上七点在村委会开群众会说修路 全村")
    assert "夜里不打扰" in answer
    assert village.heard("老王") == ""
    village.later(hours=9, minutes=1)
    assert "11月27日 周五 晚7点" in village.heard("老王")


def test_whoever_was_visited_is_visited_again_when_it_changes(village: Village) -> None:
    called(village, "周五晚上七点在村委会开群众会说修路 九社")
    listed = village.heard("小陈").split("会1\n\n")[-1]
    name = listed.splitlines()[1].split("、")[0]
    assert f"记下了：{name}" in village.say("小陈", f"说了 {name}家")
    village.say("李书记", "会议改到周六")
    assert "再去说一声" in village.say("李书记", "1")
    assert name in village.heard("小陈")


def test_the_ledger_has_every_step(village: Village) -> None:
    called(village)
    village.say("李书记", "会议改到周六")
    village.say("李书记", "1")
    village.say("李书记", "不开了")
    village.say("李书记", "1")
    steps = [why for _was, _became, role, why in village.ledger() if why in ("called", "moved", "cancelled")]
    assert steps == ["called", "moved", "cancelled"]


@pytest.mark.parametrize(
    ("said", "place", "topic"),
    [
        ("叫各家各户周三晚上来开个会嘛 说下水费收多少 在七社打麦场", "七社打麦场", "水费收多少"),
        ("通知九社的 明晚七点半到老戏台底下 说修渠摊工的事", "老戏台底下", "修渠摊工"),
        ("开个群众会吧 明天后晌 大槐树底下 说说打药的事", "大槐树底下", "打药"),
        ("给大家说一下 星期六早上八点在学校操场开全村大会 讲防火", "学校操场", "防火"),
        ("大后天晚上七点在老李家院子开个板凳会，拉呱拉呱垃圾清运的事 九社", "老李家院子", "垃圾清运"),
        ("明天下午三点到村东头老张家门前集合开群众会 说浇地", "村东头老张家门前", "浇地"),
        ("明天下午三点在大队开群众会 说学校门口路灯的事", "村委会", "学校门口路灯"),
    ],
)
def test_a_place_nobody_listed_and_a_topic_in_any_words_are_heard(
    village: Village, said: str, place: str, topic: str
) -> None:
    """在七社打麦场 was asked for again, 大槐树 lost its 大, 讲防火 was no topic and 拉呱拉呱 part of one."""
    read_back = village.say("李书记", said)
    assert f"地点：{place}\n" in read_back
    assert f"商量：{topic}\n" in read_back


def test_a_day_this_month_does_not_have_is_called_so(village: Village) -> None:
    """31号 in November was said to have passed."""
    read_back = village.say("李书记", "31号上午九点在大队开群众会 说修路")
    assert "12月31日" in read_back
    assert "这个月没有这一天" in read_back


@pytest.mark.parametrize("words", ["再加一个议题 路灯", "议题加上修路", "会上再加个议题：水费"])
def test_a_topic_is_not_added_behind_everybodys_back(village: Village, words: str) -> None:
    """再加一个议题 路灯 became a matter about street lamps."""
    called(village)
    assert "重发一遍" in village.say("李书记", words)
    assert village.matters() == []
