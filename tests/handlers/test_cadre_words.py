"""What those who call meetings and make polls say of them in their own words: none of it is a villager's matter."""

from __future__ import annotations

import pytest

from storage import tables_meetings, tables_polls
from tests.handlers.talk import Village

REPS = "周四上午九点在村委会开村民代表会 议题 机井"


@pytest.fixture
def poll(village: Village) -> Village:
    """A poll is out, until Friday at eight."""
    village.say("李书记", "发起投票 广场种啥 A核桃 B桂花 C先缓缓 截止周五晚八点")
    village.say("李书记", "1")
    village.in_group()
    return village


@pytest.fixture
def meeting(village: Village) -> Village:
    """A representatives' meeting on Thursday at nine."""
    village.say("李书记", REPS)
    village.say("李书记", "1")
    village.later(minutes=1)
    return village


# -- polls


@pytest.mark.parametrize(
    ("said", "title", "options"),
    [
        ("投票 三选一 春节联欢会地点 村委会院 小学操场 戏台 投到12月5号晚上8点", "春节联欢会地点", ("村委会院", "小学操场", "戏台")),
        ("三选一投票 食堂早饭吃啥 面 粥 馍 截止周四晚八点", "食堂早饭吃啥", ("面", "粥", "馍")),
        ("二选一 广场修亭子还是修厕所 截止周五", "广场修亭子还是修厕所", ("修亭子", "修厕所")),
        ("弄一个党员投票 党员活动日定在周几 周三 周五 截止后天晚八点", "党员活动日定在周几", ("周三", "周五")),
        ("搞个代表投票 村史馆叫啥 老井馆 星河馆 截止下周三晚八点", "村史馆叫啥", ("老井馆", "星河馆")),
        ("给各户投个票 公用澡堂放哪 村东 村西 一家一票 截到月底", "公用澡堂放哪", ("村东", "村西")),
        ("请每户投一下 公用澡堂放村东还是放村西 截止周五晚八点", "公用澡堂放村东还是放村西", ("放村东", "放村西")),
        ("群里投个票 村口的石碾子留不留 留着 挪走 截至明天晚饭前", "村口的石碾子留不留", ("留着", "挪走")),
        ("发起投票 题目：娃娃春游去哪 选项：1、水库 2、县城 截止周五晚八点", "娃娃春游去哪", ("水库", "县城")),
        ("发起投票 村口空地干啥 栽核桃树 停车场 截到后儿个晌午", "村口空地干啥", ("栽核桃树", "停车场")),
        ("投票 冬天垃圾车几点来合适 六点 七点 截到月底", "冬天垃圾车几点来合适", ("六点", "七点")),
    ],
)  # fmt: skip
def test_a_poll_is_dictated_in_other_words(village: Village, said: str, title: str, options: tuple[str, ...]) -> None:
    """三选一投票 became a matter of elections, 截到月底 left 截 as an option, 群里投个票 a title of everything."""
    answer = village.say("李书记", said)
    assert "回 1 发出" in answer, answer
    lines = answer.splitlines()
    assert lines[1 : 2 + len(options)] == [title, *(f"{n} {option}" for n, option in enumerate(options, 1))]
    assert village.matters() == []


@pytest.mark.parametrize("said", ["投票箱坏了没人修", "群里有人骂人", "给各户投毒的老鼠药发了没", "截止阀坏了漏水"])
def test_what_only_begins_like_a_poll_is_none(village: Village, said: str) -> None:
    assert "回 1 发出" not in village.say("李书记", said)
    assert "选项" not in village.say("李书记", "进度")


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("选项B改成24节气", "1 核桃\n2 24节气\n3 先缓缓"),
        ("选项2改成别种", "1 核桃\n2 别种\n3 先缓缓"),
        ("选项二写错了 应该是月季", "1 核桃\n2 月季\n3 先缓缓"),
        ("删掉先缓缓", "1 核桃\n2 桂花\n一户"),
        ("把先缓缓去掉", "1 核桃\n2 桂花\n一户"),
        ("题目改一下 叫广场种啥树", "广场种啥树\n1 核桃"),
        ("题目写错了 改成广场栽什么好", "广场栽什么好\n1 核桃"),
        ("标题不对，应该是文化墙画啥", "文化墙画啥\n1 核桃"),
    ],
)
def test_what_is_out_is_changed_and_no_vote_is_cast(poll: Village, said: str, lines: str) -> None:
    """选项B改成… was answered 没有这一项，票没动; of the secretary himself it was a vote of his household."""
    answer = poll.say("李书记", said)
    assert lines in answer
    assert "回 1 发出" in answer
    assert poll.rows(tables_polls.ballots) == []


@pytest.mark.parametrize("said", ["投核桃", "先缓缓", "不要桂花", "2"])
def test_his_own_vote_stays_one(poll: Village, said: str) -> None:
    assert "回 1 发出" not in poll.say("李书记", said)


def test_a_poll_that_is_not_is_asked_about_before_anything_is_voted(poll: Village) -> None:
    """投票7延长到周日 listed the polls, and the 1 that followed was a vote of the secretary's household."""
    assert "回编号就行" in poll.say("李书记", "投票7延长到周日")
    assert "延长到11月29日" in poll.say("李书记", "1")
    assert poll.rows(tables_polls.ballots) == []


@pytest.mark.parametrize(
    ("who", "said", "answer"),
    [
        ("李书记", "再开两天 让没投的投", "延长到11月29日"),
        ("李书记", "再放三天", "延长到11月30日"),
        ("李书记", "打印投票结果", "已投0户"),
        ("李书记", "投票结果公示七天", "已投0户"),
        ("李书记", "投票1 各家投的啥", "已投0户"),
        ("李书记", "把投票名单给我看看", "没投"),
        ("李书记", "投票1重新开", "延到啥时候"),
        ("李书记", "九社投了几户", "九社已投0户，还差100户，应投100户"),
        ("李书记", "九社多少户投了", "九社已投0户"),
        ("李书记", "九社谁没投", "九社还有100户没投"),
    ],
)
def test_what_is_asked_of_a_poll_that_is_out(poll: Village, who: str, said: str, answer: str) -> None:
    assert answer in poll.say(who, said)
    assert poll.matters() == []


@pytest.mark.parametrize("said", ["投票1多少票", "投票1各多少票", "投票结果"])
def test_the_supervisor_hears_the_result(poll: Village, said: str) -> None:
    """投票1多少票 was answered 这件事我这里还办不了."""
    poll.later(days=6)
    assert "1.核桃 0户" in poll.say("监委主任", said)


def test_what_is_counted_stays_closed(poll: Village) -> None:
    poll.later(days=6)
    assert "不能再开" in poll.say("李书记", "投票1重新开")


# -- meetings


@pytest.mark.parametrize("said", ["没回话的名单", "没回话的户", "还有谁没回话", "剩下的名单"])
def test_who_is_to_be_told_is_not_said_to_be_told(meeting: Village, said: str) -> None:
    """没回话的名单 was answered 都送到了 while 37 households waited for a call."""
    assert "这37户还没得信儿" in meeting.say("李书记", said)


def test_a_household_on_anothers_list_is_noted(meeting: Village) -> None:
    """说了 刘满仓家 was noted before, though nobody had."""
    assert "记下了：刘满仓" in meeting.say("小陈", "说了 刘满仓家")
    assert "刘满仓" not in meeting.say("李书记", "剩下的名单")
    assert "先前就记过了" in meeting.say("李书记", "说了 刘满仓家")


def test_nobody_is_sent_to_himself_or_to_who_called_it(village: Village) -> None:
    village.say("李书记", "周四上午九点在村委会开群众会 议题 机井 全村")
    village.say("李书记", "1")
    village.later(days=2)
    for who in ("小陈", "李书记"):
        letters = [letter.text for letter in village.letters(who) if letter.purpose == "meeting.errands"]
        names = {name for text in letters for name in text.splitlines()[1].split(" ")[0].split("、")}
        assert not names & {village.person("小陈").name, village.person("李书记").name}


def test_who_sends_his_son_to_a_representatives_meeting_does_not_come(meeting: Village) -> None:
    meeting.say("村民代表", "我去不了 让我儿子替我")
    assert "来0人，家里人替0人，来不了1人" in meeting.say("李书记", "报名情况")


def test_a_meeting_that_has_begun_is_told_of(meeting: Village) -> None:
    meeting.later(days=4)
    assert "已经在村委会开始了" in meeting.say("村民代表", "会开始了没")


@pytest.mark.parametrize(
    ("said", "start"), [("人不够 改到下午三点再开", "下午3点"), ("人数不够 推到周六上午九点", "11月28日"), ("没开成，改到明天上午九点", "11月27日")]
)  # fmt: skip
def test_a_meeting_too_few_came_to_is_moved(meeting: Village, said: str, start: str) -> None:
    """人不够 改到下午三点 was answered 眼下没有通知过的会."""
    meeting.later(days=4)
    meeting.say("李书记", "到了12人")
    assert start in meeting.say("李书记", said)
    assert "改好了" in meeting.say("李书记", "1")
    assert meeting.rows(tables_meetings.meetings)[0].counted_people is None


def test_a_meeting_that_voted_is_not_moved(meeting: Village) -> None:
    meeting.later(days=4)
    for said in ("到了30人", "同意20 反对5", "记完了", "3", "改到明天上午九点"):
        meeting.say("李书记", said)
    assert "改好了" not in meeting.say("李书记", "1")


@pytest.mark.parametrize("said", ["停止签到", "结束签到", "签到结束", "把签到关了"])
def test_a_sign_in_ends_by_itself(meeting: Village, said: str) -> None:
    meeting.later(days=4)
    meeting.say("李书记", "到了28人")
    answer = meeting.say("李书记", said)
    assert "签到不用关" in answer
    assert "到会28人（应到42人）" in answer


@pytest.mark.parametrize("said", ["开始签到", "再开一次签到", "重新签到"])
def test_a_sign_in_knows_who_was_counted(meeting: Village, said: str) -> None:
    meeting.later(days=4)
    meeting.say("李书记", "到了28人")
    answer = meeting.say("李书记", said)
    assert "签到码" in answer
    assert "到会28人" in answer


@pytest.mark.parametrize(
    "said", ["同意20 反对5 弃权2", "表决结果 机井 同意20 反对5 弃权2", "举手表决：同意20，反对5，弃权2"]
)
def test_a_vote_of_the_hall_needs_no_open_desk(meeting: Village, said: str) -> None:
    meeting.later(days=4)
    meeting.say("李书记", "到了28人")
    meeting.say("李书记", said)
    item = meeting.rows(tables_meetings.agenda)[0]
    assert (item.agreed, item.opposed, item.abstained) == (20, 5, 2)


def test_the_result_is_posted_when_that_is_asked_for(meeting: Village) -> None:
    meeting.later(days=4)
    for said in ("到了28人", "同意20 反对5 弃权2"):
        meeting.say("李书记", said)
    meeting.in_group()
    assert "回 1 发出去" in meeting.say("李书记", "会议结果发群里")
    meeting.say("李书记", "1")
    assert "同意20，反对5，弃权2，通过" in meeting.in_group()
