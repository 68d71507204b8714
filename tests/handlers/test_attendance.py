"""Who comes and who is there: answers in words, sign-in by code, words and list, both routes, reach and errands."""

from __future__ import annotations

import re

import pytest

from domain.meetings import Coming
from domain.messages import Kind
from handlers.attendance import door_image, door_scene
from storage import tables
from storage import tables_meetings as t
from storage.batch import Batch
from storage.store import Store
from tests.handlers.talk import VAULT, Village


def called(village: Village, text: str = "周五晚上七点在村委会开群众会说修路 九社", by: str = "李书记") -> None:
    assert "回 1 发出" in village.say(by, text)
    assert village.say(by, "1").startswith("发出了")


def line(village: Village, who: str) -> tuple[str, str]:
    """(answer, companion) on the roll."""
    person = village.person(who).id
    return next((r.answer, r.companion) for r in village.rows(t.invitations) if r.person_id == person)


@pytest.mark.parametrize(
    ("said", "answer", "companion"),
    [
        ("1", "yes", ""),
        ("我去", "yes", ""),
        ("报名", "yes", ""),
        ("好的 我参加", "yes", ""),
        ("我家去两个人", "yes", ""),
        ("准时到", "yes", ""),
        ("改主意了 我去", "yes", ""),
        ("2", "no", ""),
        ("来不了", "no", ""),
        ("我明天有事去不了", "no", ""),
        ("没空", "no", ""),
        ("走不开", "no", ""),
        ("在外打工呢 回不去", "no", ""),
        ("去不成我媳妇去", "proxy", "媳妇"),
        ("我媳妇去", "proxy", "媳妇"),
        ("让我儿子去吧", "proxy", "儿子"),
        ("我们去", "yes", ""),
        ("我没空 让儿子去", "proxy", "儿子"),
        ("来不了，我爸替我去", "proxy", "爸"),
        ("我婆婆替我去", "proxy", "婆婆"),
        ("我去不成，老伴去", "proxy", "老伴"),
        ("让我儿子去行不", "proxy", "儿子"),
        ("那天我走亲戚，叫我家掌柜的来", "proxy", "掌柜的"),
        ("我家老汉去", "proxy", "老汉"),
        ("去呢", "yes", ""),
        ("我去哩", "yes", ""),
        ("我家三口都去", "yes", ""),
        ("我两口子都去", "yes", ""),
        ("我们老两口一起去", "yes", ""),
        ("又能去了", "yes", ""),
        ("我改主意了还是去吧", "yes", ""),
        ("来不料", "no", ""),
        ("放心 我到", "yes", ""),
        ("中 我去", "yes", ""),
        ("晓得了 我去", "yes", ""),
        ("不想去", "no", ""),
        ("2 腿疼", "no", ""),
        ("2，那天要上班", "no", ""),
        ("可能去不成，我媳妇去", "proxy", "媳妇"),
    ],
)
def test_answers_to_a_notice_in_words(village: Village, said: str, answer: str, companion: str) -> None:
    called(village)
    reply = village.say("老王", said)
    assert line(village, "老王") == (answer, companion), reply
    assert reply.rstrip().endswith("会1")
    assert village.matters() == []


@pytest.mark.parametrize(
    "said",
    ["我去年就说过路灯坏了", "有人来修水管没", "我去看了 渠堵着呢", "垃圾没人来拉", "来信了没", "叫电工来修路灯"],
)
def test_what_merely_sounds_like_an_answer_is_none(village: Village, said: str) -> None:
    called(village)
    village.say("老王", said)
    assert line(village, "老王") == (Coming.UNSAID, "")


@pytest.mark.parametrize(
    "said",
    ["我可能来不了", "大概去不成", "说不定赶不上", "那天有事可能去不了", "去得了够呛", "不一定能去", "不知道能不能去", "有空就去", "要是不忙就来"],
)  # fmt: skip
def test_who_may_not_come_has_answered_nothing_yet(village: Village, said: str) -> None:
    """我可能来不了 was noted as a firm no."""
    called(village)
    assert "还没给您记成来不了" in village.say("老王", said)
    assert line(village, "老王") == (Coming.UNSAID, "")
    assert village.matters() == []
    village.say("老王", "我去")
    assert line(village, "老王")[0] == "yes"


def test_a_doubt_leaves_what_was_answered_before(village: Village) -> None:
    called(village)
    village.say("老王", "我去")
    assert "先前说的“来”还算着" in village.say("老王", "我可能来不了")
    assert line(village, "老王")[0] == "yes"
    village.say("老王", "2")
    assert line(village, "老王")[0] == "no"


def test_an_answer_may_be_changed_until_the_meeting_begins(village: Village) -> None:
    called(village)
    village.say("老王", "我去")
    village.later(hours=30)
    village.say("老王", "去不了了")
    assert line(village, "老王")[0] == "no"
    village.later(days=5)
    village.say("老王", "我去")
    assert line(village, "老王")[0] == "no", "it is over"


def test_somebody_else_may_not_stand_in_for_a_representative(village: Village) -> None:
    called(village, "周五晚上七点在村委会开代表会说修路")
    assert "本人到才算" in village.say("村民代表", "去不成我媳妇去")


def test_two_meetings_ahead_are_told_apart(village: Village) -> None:
    called(village)
    called(village, "周四上午九点在村委会开群众会说水费 九社")
    asked = village.say("老王", "我去")
    assert "哪个会" in asked
    village.say("老王", "2")
    answers = {
        row.meeting_id: row.answer for row in village.rows(t.invitations) if row.person_id == village.person("老王").id
    }
    assert sorted(answers.values()) == ["", "yes"]
    village.say("老王", "我去")
    assert all(
        row.answer == "yes" for row in village.rows(t.invitations) if row.person_id == village.person("老王").id
    ), "of the two only one was still unanswered"


def test_a_meeting_named_by_its_number_needs_no_question(village: Village) -> None:
    called(village)
    called(village, "周四上午九点在村委会开群众会说水费 九社")
    assert village.say("老王", "会1我去").rstrip().endswith("会1")
    assert village.matters() == []


def test_a_number_that_could_be_for_two_meetings_is_told_apart(village: Village) -> None:
    called(village)
    called(village, "周四上午九点在村委会开群众会说水费 九社")
    assert "1来不来开会" in village.say("老王", "1").replace(" ", "")


def test_words_to_be_said_are_kept_for_the_meeting(village: Village) -> None:
    called(village)
    village.say("老王", "3")
    assert "会上" in village.say("老王", "路太窄，先说清占谁家的地")
    assert [(s.kind, s.text) for s in village.rows(t.speeches)] == [("before", "路太窄，先说清占谁家的地")]


@pytest.mark.parametrize(
    "said", ["我有几句话想在会上说", "我想在会上说两句", "会上我也想说几句", "我有话要在会上说", "我想会上提个意见"]
)
def test_who_wants_to_speak_is_asked_for_his_words(village: Village, said: str) -> None:
    """我有几句话想在会上说 became a matter."""
    called(village)
    assert "您说，我记到会上去" in village.say("老王", said)
    village.say("老王", "先把下水弄好")
    assert [(s.kind, s.text) for s in village.rows(t.speeches)] == [("before", "先把下水弄好")]
    assert village.matters() == []


@pytest.mark.parametrize(
    "said",
    [
        "会还开不开",
        "是不是周五开会",
        "周五开会对吧",
        "几点开会来着",
        "会在哪开",
        "啥时候开会",
        "念给我听",
        "我不识字 念给我听",
    ],
)
def test_whoever_asks_or_cannot_read_hears_when_and_where(village: Village, said: str) -> None:
    called(village)
    answer = village.say("老王", said)
    assert "11月27日 周五 晚7点在村委会" in answer
    assert village.matters() == []


def test_the_loudspeakers_script_on_its_own(village: Village) -> None:
    called(village)
    answer = village.say("文书", "大喇叭")
    assert "11月27日 周五 晚7点" in answer
    assert len(answer.splitlines()[0].removeprefix("喇叭稿：")) <= 80


def test_who_is_not_invited_hears_so(village: Village) -> None:
    called(village, "周五晚上七点在村委会开党员会说学习")
    assert "没有请您参加的会" in village.say("老王", "我去")
    assert "绑定" in village.say("外村人", "我去")
    assert all(row.answer == "" for row in village.rows(t.invitations))


def test_a_quoted_notice_takes_the_answer_also_in_the_group(village: Village) -> None:
    called(village)
    posted = village.in_group()
    assert "已私信您" in village.group("1", by="老王", quote=posted)
    assert line(village, "老王")[0] == "yes"


def test_a_bare_word_in_the_group_is_nobodys_answer(village: Village) -> None:
    called(village)
    assert village.group("我去", by="老王") == ""
    assert line(village, "老王")[0] == ""


# -- signing in


def begun(village: Village, text: str = "周五晚上七点在村委会开群众会说修路 九社") -> None:
    called(village, text)
    village.later(days=5, hours=8, minutes=50)


def signed(village: Village) -> dict[str, str]:
    return {row.name: row.signed_by for row in village.rows(t.invitations) if row.signed_at is not None}


def test_sign_in_by_code_by_words_and_by_list(village: Village) -> None:
    begun(village)
    opened = village.say("李书记", "开始签到")
    code = re.search(r"签到码 (\d{4})", opened)
    assert code is not None
    assert "王德福签到了" in village.say("老王", f"签到 {code[1]}")
    assert "签到了" in village.say("张婶", "到了")
    assert "签到1人：王秀英" in village.say("文书", "签到 王秀英")
    assert signed(village) == {"王德福": "code", "张桂兰": "words", "王秀英": "clerk"}
    assert "到会3人（应到260人），3户（应到100户）" in village.say("李书记", "谁来了")


@pytest.mark.parametrize(
    "said", ["签到 王德福 张桂兰", "签到：王德福、张桂兰", "王德福、张桂兰到了", "王德福和张桂兰都来了"]
)
def test_a_list_of_several_is_signed_in_however_it_is_said(village: Village, said: str) -> None:
    """签到 王德福 张桂兰, the very form the answer to 开始签到 shows, was looked up among the letters."""
    begun(village)
    assert "签到2人：王德福、张桂兰" in village.say("文书", said)


@pytest.mark.parametrize(
    "said",
    ["王德福到", "我们家到了", "来了来了", "到咧", "到了到了，在门口", "我坐这儿呢", "在呢", "在", "我和我媳妇都到了", "我们两口子来了", "我在会场坐着呢", "到会场啦"],
)  # fmt: skip
def test_at_the_door_whatever_says_that_he_is_there_signs_him_in(village: Village, said: str) -> None:
    """来了来了 was noted as “will come”, 在 and 我坐这儿呢 became matters, and both of a couple one about marriages."""
    begun(village)
    assert "王德福签到了" in village.say("老王", said)
    assert signed(village) == {"王德福": "words"}
    assert village.matters() == []


@pytest.mark.parametrize(
    ("said", "answer"),
    [("快到了", "yes"), ("马上到", "yes"), ("路上呢", "yes"), ("我迟到一会", "yes"), ("等一下我", "yes"), ("我还没到呢", ""), ("没来", "")],
)  # fmt: skip
def test_who_is_on_his_way_is_not_there_yet(village: Village, said: str, answer: str) -> None:
    """快到了 and 我迟到一会 signed him in."""
    begun(village)
    assert "到了回“到了”签到" in village.say("老王", said)
    assert signed(village) == {}
    assert line(village, "老王")[0] == answer
    assert village.matters() == []


@pytest.mark.parametrize("said", ["我在家呢", "我坐车呢", "没来水", "来了几个人", "人没到齐", "我在兰州呢"])
def test_other_words_at_the_door_sign_nobody_in(village: Village, said: str) -> None:
    begun(village)
    village.say("老王", said)
    assert signed(village) == {}


@pytest.mark.parametrize("said", ["在", "在呢", "路上呢"])
def test_such_words_say_nothing_where_no_meeting_takes_signatures(village: Village, said: str) -> None:
    called(village)
    assert "签" not in village.say("老王", said)
    assert signed(village) == {}


def test_a_list_is_no_list_where_no_meeting_takes_signatures(village: Village) -> None:
    assert "签到" not in village.say("文书", "王德福、张桂兰来了")


def test_the_code_alone_signs_and_asking_for_it_does_not(village: Village) -> None:
    """签到码多少 signed him who asked; the bare code was answered as a vote."""
    begun(village)
    code = re.search(r"签到码 (\d{4})", village.say("李书记", "开始签到"))
    assert code is not None
    assert "黑板上" in village.say("老王", "签到码多少")
    wrong = "0000" if code[1] != "0000" else "0001"
    assert "签到码不对" in village.say("老王", wrong)
    assert signed(village) == {}
    village.say("老王", code[1])
    assert signed(village) == {"王德福": "code"}


def test_a_wrong_code_signs_nobody(village: Village) -> None:
    begun(village)
    village.say("李书记", "签到码")
    assert "签到码不对" in village.say("老王", "签到 0000")
    assert signed(village) == {}


def test_signing_twice_counts_once(village: Village) -> None:
    begun(village)
    village.say("老王", "到了")
    assert "已经签过到" in village.say("老王", "我到会场了")
    assert len(signed(village)) == 1


def test_it_is_too_early_to_be_there(village: Village) -> None:
    called(village)
    assert "还没到签到的时候" in village.say("老王", "到了")
    assert signed(village) == {}


def test_namesakes_and_strangers_on_the_list_come_back(village: Village) -> None:
    begun(village, "周五晚上七点在村委会开群众会说修路 全村")
    names = [row.name for row in village.rows(t.invitations)]
    twice = next(name for name in names if names.count(name) > 1)
    answer = village.say("文书", f"签到 王秀英 {twice} 赵六六")
    assert "签到1人：王秀英" in answer
    assert f"分不清是哪个：{twice}" in answer
    assert "名单上没有：赵六六" in answer


def test_a_villager_signs_nobody_else(village: Village) -> None:
    begun(village)
    village.say("老王", "签到 王秀英")
    assert "王秀英" not in signed(village)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("到了23个 够不够", "还差5人"),
        ("到了27人", "还差1人"),
        ("到了28个 够不够", "够了"),
        ("来了三十个人", "够了"),
    ],
)
def test_the_clerk_counts_heads(village: Village, said: str, expected: str) -> None:
    called(village, "周五晚上七点在村委会开代表会说修路")
    assert expected in village.say("李书记", said)


def test_both_routes_are_answered(village: Village) -> None:
    called(village, "12月20号晚上七点在村委会开村民会议说村规")
    answer = village.say("李书记", "到了210个 够不够")
    assert "要391人" in answer
    assert "还差181人" in answer
    assert "要200户" in answer
    assert "有一样够就能开" in answer
    assert "还差1户" in village.say("李书记", "到了199户")


def test_who_has_not_answered_and_what_is_lacking(village: Village) -> None:
    called(village)
    village.say("老王", "我去")
    village.say("张婶", "去不成我媳妇去")
    answer = village.say("李书记", "报名情况")
    assert "来1人，家里人替1人，来不了0人，没回话98户" in answer
    assert "没回话的" in village.say("李书记", "谁没回话")


def test_whether_the_meeting_may_begin(village: Village) -> None:
    begun(village, "周五晚上七点在地头开板凳会说浇水 九社")
    for who in ("老王", "张婶"):
        village.say(who, "到了")
    assert "还差1户" in village.say("李书记", "这会能不能开")
    village.say("王秀英", "到了")
    assert "能开了" in village.say("李书记", "这会能不能开")


# -- reach and errands


def test_those_without_a_phone_are_visited_from_the_start(village: Village) -> None:
    called(village)
    homes = {row.household_id for row in village.rows(t.errands)}
    reached = {row.household_id for row in village.rows(t.invitations) if row.has_phone}
    assert len(homes) == 96
    assert not homes & reached
    assert "这74户还没得信儿" in village.heard("小陈")


def test_a_keeper_says_whom_he_told(village: Village) -> None:
    called(village)
    names = village.heard("小陈").split("说一声：\n")[1].split("\n")[0].split("、")
    assert f"记下了：{names[0]}" in village.say("小陈", f"说了 {names[0]}家")
    assert "还剩72户" in village.say("小陈", f"打了电话 {names[1]}")
    hows = {row.how for row in village.rows(t.acknowledgements)}
    assert hows == {"visited", "called"}
    assert "都说到了" in village.say("小陈", "都说到了")
    assert not [
        row for row in village.rows(t.errands) if row.done_at is None and row.keeper_id == village.person("小陈").id
    ]


def test_below_sixty_percent_the_silent_households_are_called_or_visited(village: Village) -> None:
    called(village, "周五晚上七点在村委会开群众会说修路 九社")
    before = len(village.rows(t.errands))
    village.say("老王", "知道了")
    village.later(days=2, hours=22)
    homes = {row.household_id for row in village.rows(t.errands)}
    assert len(homes) == before + 2, "the households with a phone that have shown no sign, but the keeper's own"
    assert village.person("小陈").household_id not in homes
    wang = village.person("老王").household_id
    assert wang not in homes
    village.later(minutes=2)
    assert len(village.rows(t.errands)) == len(homes), "once"


def test_every_sign_is_kept_by_what_it_was(village: Village) -> None:
    begun(village)
    village.say("张婶", "到了")
    village.say("王秀英", "到了")
    assert {row.how for row in village.rows(t.acknowledgements)} == {"signed_in"}


def door(village: Village) -> str:
    """The scene in the picture that went to whoever opened the sign-in."""
    assert "扫码图" in village.say("文书", "开始签到")
    letter = village.rows(tables.outbox, tables.outbox.c.purpose == "meeting.door")[-1]
    with Batch(village.database) as batch:
        meeting = Store(batch, village.directories, VAULT).meetings.get(village.rows(t.meetings)[-1].id)
    assert meeting is not None
    assert letter.image == door_image(meeting)
    return door_scene(VAULT, meeting)


def test_a_scan_at_the_door_signs_in(village: Village) -> None:
    called(village)
    village.later(days=5, hours=8, minutes=40)
    scene = door(village)
    assert "王德福签到了" in village.does("老王", Kind.SCAN, key=scene)
    assert "不用再签" in village.does("老王", Kind.SCAN, key=scene)
    assert [(r.signed_by) for r in village.rows(t.invitations) if r.signed_at] == ["scan"]
    assert "到会1人" in village.say("文书", "到了几个")


def test_a_scan_by_somebody_unknown_or_not_invited_signs_nobody_in(village: Village) -> None:
    called(village)
    village.later(days=5, hours=8, minutes=40)
    scene = door(village)
    assert "先绑定" in village.does("外村人", Kind.SCAN, key=scene)
    assert "名单上没有您" in village.does("李书记", Kind.SCAN, key=scene)
    assert not any(row.signed_at for row in village.rows(t.invitations))


def test_a_door_of_another_day_or_made_up_opens_nothing(village: Village) -> None:
    called(village)
    village.later(days=5, hours=8, minutes=40)
    scene = door(village)
    forged = scene[:-1] + ("0" if scene[-1] != "0" else "1")
    village.does("老王", Kind.SCAN, key=forged)
    village.later(days=1)
    assert "签不上了" in village.does("老王", Kind.SCAN, key=scene)
    assert not any(row.signed_at for row in village.rows(t.invitations))


@pytest.mark.parametrize(
    "words",
    ["好的 准时到", "去去去", "准备参加", "大概去吧", "必到", "我晚点到", "1 来", "应该能去", "肯定到"],
)  # fmt: skip
def test_a_yes_in_ones_own_words_is_a_yes(village: Village, words: str) -> None:
    """必到 and 我晚点到 were taken for a sign-in, the others were not understood."""
    called(village)
    assert "记下了，您来" in village.say("老王", words)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("让隔壁老李替我", "隔壁老李"),
        ("我妈替我去 她腿脚不好", "您妈"),
        ("我儿子去行不", "您儿子"),
        ("2 我婆娘去", "您婆娘"),
        ("来不了，叫我弟去", "您弟"),
    ],
)
def test_whoever_comes_for_him_is_heard_in_any_words(village: Village, words: str, who: str) -> None:
    """让隔壁老李替我 was noted as his own coming."""
    called(village)
    assert f"记下了，{who}替您家来" in village.say("老王", words)


@pytest.mark.parametrize("words", ["我家没人", "周四有事，周五也去不了", "恐怕去不成"])
def test_a_no_in_ones_own_words_is_a_no(village: Village, words: str) -> None:
    called(village)
    assert "您来不了" in village.say("老王", words)


@pytest.mark.parametrize("words", ["看情况", "不一定", "到时候看", "等会再说", "还没定"])
def test_whoever_has_not_made_up_his_mind_is_not_pressed(village: Village, words: str) -> None:
    """等会再说 became a matter."""
    called(village)
    assert "定了再说" in village.say("老王", words)
    assert village.matters() == []


@pytest.mark.parametrize("words", ["行", "好", "OK", "嗯", "没问题"])
def test_a_friendly_word_to_a_notice_is_asked_what_it_means(village: Village, words: str) -> None:
    """行 was greeted."""
    called(village)
    assert "您能来吗" in village.say("老王", words)


@pytest.mark.parametrize("words", ["她不去", "张婶不去"])
def test_that_somebody_else_stays_away_is_not_his_own_answer(village: Village, words: str) -> None:
    called(village)
    assert "您来不了" not in village.say("老王", words)


@pytest.mark.parametrize(
    "words", ["来不了，叫我弟去", "去不了，我闺女去", "腿疼去不了，我闺女去", "我走不开，让我妈去", "来不了 我哥来"]
)
def test_an_answer_to_a_notice_is_no_cry_for_help(village: Village, words: str) -> None:
    """来不了，叫我弟去 was told to call 120."""
    called(village)
    assert "替您家来" in village.say("老王", words)
    assert village.kinds("老王") == []


def test_a_cry_for_help_stays_one_while_a_notice_is_open(village: Village) -> None:
    called(village)
    assert "120" in village.say("老王", "我弟昏倒了叫不醒，去不了")


@pytest.mark.parametrize("words", ["还有谁没通知到", "还剩几户", "谁家没说到"])
def test_a_keeper_may_ask_who_is_left(village: Village, words: str) -> None:
    """He heard that everything had been delivered."""
    called(village)
    assert "户还没得信儿" in village.say("小陈", words)
