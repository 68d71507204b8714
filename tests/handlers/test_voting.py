"""Voting in talk: every way to say it, who may, and what is never counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.contacts import Level
from domain.messages import Trust
from storage import tables, tables_posts
from storage import tables_polls as t
from storage.demo import paper_code
from tests.handlers.talk import HOUSE, Village
from tests.handlers.test_polls import opened

STANDS = "发起投票 打机井 选项 同意 不同意 弃权 截止周五晚八点"


@pytest.fixture
def poll(village: Village) -> Village:
    opened(village)
    for who in ("老王", "张婶", "王秀英", "李书记", "小陈"):
        village.heard(who)
    village.in_group()
    return village


def choice(village: Village, who: str = "o-laowang") -> int | None:
    """What stands for the household of that phone, as option bits."""
    found = [row.choice for row in village.rows(t.ballots) if row.entry == HOUSE[who]]
    return found[0] if found else None


@pytest.mark.parametrize(
    "words",
    [
        "1",
        "投1",
        "一",
        "壹",
        "１",
        "①",
        "选A",
        "选东路",
        "东路",
        "我家选东路",
        "同意第一个",
        "投东路一票",
        "就东路吧",
        "头票 选1",
        "我投第一个",
        "投票1 投1",
    ],
)
def test_every_way_to_say_the_first(poll: Village, words: str) -> None:
    assert "投的是 1 东路" in poll.say("老王", words)
    assert choice(poll) == 1


@pytest.mark.parametrize("words", ["选西路", "我家选西路", "投2", "改投西路"])
def test_a_vote_said_as_one_counts_while_the_safety_question_stands(poll: Village, words: str) -> None:
    """选西路, an hour after the fire: it was passed on to whoever had been alarmed, with 先打119 in return."""
    poll.say("老王", "快来人 柴垛着火了")
    alarm = poll.matter().number
    assert "投的是 2 西路" in poll.say("老王", words)
    assert choice(poll) == 2
    assert "119" in poll.say("老王", "西路"), "a place is no vote"
    assert "119" in poll.say("老王", "1队也着了，选近路来"), "nor is a call that holds the word"
    assert "119" in poll.say("老王", "2"), "a bare number answers for his life"
    assert choice(poll) == 2
    assert poll.matter().number == alarm


@pytest.mark.parametrize("words", ["2", "改成2", "改投西路", "我改主意了 投2", "贰", "选西路吧"])
def test_a_vote_may_be_changed_until_the_closing(poll: Village, words: str) -> None:
    poll.say("老王", "1")
    assert "改好了" in poll.say("老王", words)
    assert choice(poll) == 2
    assert len(poll.rows(t.ballots)) == 1


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ("赞成", 1),
        ("我家同意", 1),
        ("没意见", 1),
        ("反对", 2),
        ("坚决反对", 2),
        ("我不同意", 2),
        ("弃权", 4),
        ("同意第二个", 2),
    ],
)
def test_for_and_against_in_ones_own_words(village: Village, words: str, option: int) -> None:
    opened(village, STANDS)
    village.say("老王", words)
    assert choice(village) == option


@pytest.mark.parametrize("words", ["5", "投9", "选C", "第七个"])
def test_an_option_that_is_not_there_leaves_the_vote_alone(poll: Village, words: str) -> None:
    poll.say("老王", "2")
    said = poll.say("老王", words)
    assert "没有这一项" in said
    assert "1 东路\n2 西路" in said
    assert choice(poll) == 2


@pytest.mark.parametrize(
    "words", ["东路的路灯坏了", "不选东路", "西路上垃圾没人拉都长蛆了", "东路和西路有啥区别", "好的", "收到"]
)
def test_what_only_mentions_an_option_is_no_vote(poll: Village, words: str) -> None:
    poll.say("老王", words)
    assert choice(poll) is None


def test_two_options_where_one_may_be_chosen(poll: Village) -> None:
    assert "只能选一个" in poll.say("老王", "1和2")
    assert choice(poll) is None


def test_several_options_where_they_may_be(village: Village) -> None:
    opened(village, "发起投票 修哪些 选项 路 桥 渠 截止周五 可以多选")
    assert "1 路、3 渠" in village.say("老王", "1 3")
    assert choice(village) == 0b101
    assert "投的是 2 桥" in village.say("老王", "改成2")
    village.say("李书记", "投票结束")
    village.say("李书记", "1")
    village.later(minutes=1)
    assert "2.桥 1户" in village.in_group()


# -- who may


def test_a_stranger_is_offered_binding(poll: Village) -> None:
    for words in ("1", "投1", "选东路"):
        assert "绑定 姓名 几社" in poll.say("外村人", words)
    assert poll.rows(t.ballots) == []


def test_a_phone_bound_by_its_digits_alone_needs_the_paper_code(poll: Village) -> None:
    poll.bind("新人", to="张婶", level=Level.LIMITED)
    assert "还差一步" in poll.say("新人", "投1")
    assert poll.rows(t.ballots) == []


def test_a_plain_channel_carries_no_vote(poll: Village) -> None:
    said = poll.say("老王", "1", trust=Trust.SIGNED_URL)
    assert "记下了" not in said
    assert poll.rows(t.ballots) == []


def test_town_people_are_not_on_the_roll(poll: Village) -> None:
    assert "里面没有您" in poll.say("镇领导", "投1")


def test_only_representatives_where_they_are_asked(village: Village) -> None:
    opened(village, "发起投票 选址 选项 东头 西头 截止周五 代表投票")
    assert "村民代表投" in village.say("老王", "投1")
    assert "您投的是 1 东头" in village.say("村民代表", "1")


def test_one_who_moves_in_later_is_not_on_the_frozen_roll(poll: Village) -> None:
    with poll.database.write() as connection:
        home = {"village_id": 3, "group_id": 6, "micro_grid_id": 9, "number": 999, "head_name": "新来"}
        connection.execute(tables.households.insert().values(id=999, **home))
        connection.execute(tables.people.insert().values(id=9990, household_id=999, name="新来"))
    poll.bind("新来", to="新来")
    assert "名单在开始时就定了" in poll.say("新来", "投1")


# -- when


def test_the_last_second_counts_and_the_closing_does_not(poll: Village) -> None:
    """By the time of receipt at the server (performance page R26)."""
    closing = poll.now.replace(day=27, hour=20, minute=0)
    poll.now = closing - timedelta(seconds=1)
    assert "记下了" in poll.say("老王", "1")
    poll.now = closing
    assert "已经截止，这一票没记" in poll.say("张婶", "投1")
    assert len(poll.rows(t.ballots)) == 1


def test_a_closed_poll_takes_no_ballot(poll: Village) -> None:
    poll.later(days=5, hours=11)
    for words in ("1", "投1", "选西路"):
        assert "已经截止" in poll.say("老王", words)
    assert poll.rows(t.ballots) == []


# -- one vote a household


def test_two_phones_of_one_household_are_one_vote(poll: Village) -> None:
    wife = next(p for p in poll.rows(tables.people) if p.household_id == HOUSE["o-laowang"] and p.name != "王德福")
    poll.bind("媳妇", to=poll.person(wife.name) if len(_named(poll, wife.name)) == 1 else _person(poll, wife.id))
    poll.together(("老王", "1"), ("媳妇", "2"))
    assert choice(poll) == 2
    assert len(poll.rows(t.ballots)) == 1
    told = poll.heard("老王")
    assert f"{wife.name}刚改了" in told
    assert "西路" not in told
    assert "1 东路" not in told


def _named(village: Village, name: str) -> list[object]:
    return [row for row in village.rows(tables.people) if row.name == name]


def _person(village: Village, person_id: int) -> object:
    from storage.batch import Batch
    from storage.store import Store
    from tests.handlers.talk import VAULT

    with Batch(village.database) as batch:
        return Store(batch, village.directories, VAULT).people.person(person_id)


def test_an_older_vote_that_arrives_later_does_not_count(poll: Village) -> None:
    first = poll.text("老王", "1")
    poll.now += timedelta(seconds=5)
    poll.say("老王", "2")
    said = poll.play(first)[0]
    assert "后面那次投的才算" in said
    assert choice(poll) == 2


def test_a_redelivered_vote_has_no_second_effect(poll: Village) -> None:
    vote = poll.text("老王", "1")
    assert poll.play(vote) == poll.play(vote)
    assert len(poll.rows(t.ballots)) == 1


def test_a_vote_for_somebody_else_is_not_counted_but_there_is_a_way(poll: Village) -> None:
    said = poll.say("王秀英", "我妈投2 她没微信")
    assert "没记" in said
    assert "打电话或上门" in said
    assert choice(poll, "o-xiuying") is None
    assert "已告诉网格长陈小军" in poll.say("王秀英", "请人")
    assert "周奶奶 2" in poll.heard("小陈")
    assert "记下了：周奶奶，2 西路（上门）" in poll.say("小陈", "周奶奶 2")
    assert choice(poll, "o-xiuying") == 2
    assert "上门问过周奶奶" in poll.heard("王秀英")
    assert "投的是 1 东路" in poll.say("王秀英", "1")
    assert "以自己投的为准" in poll.say("小陈", "周奶奶 2")
    assert choice(poll, "o-xiuying") == 1


@pytest.mark.parametrize("words", ["我妈投2", "我媳妇投1", "替我妈投个票 选2", "代张桂兰投2", "帮邻居投2"])
def test_no_wording_counts_for_somebody_else(poll: Village, words: str) -> None:
    poll.say("老王", words)
    assert poll.rows(t.ballots) == []


# -- in the group


def test_a_quoted_poll_is_answered_in_the_group(poll: Village) -> None:
    for who in ("老王", "张婶"):
        poll.bind(who, to=who, channel="sim")
    quote = "【征求意见，不代替会议表决】修路选哪条\n1 东路\n2 西路\n投票1"
    assert poll.group("2", by="老王") == ""
    assert poll.group("+1", by="张婶") == ""
    assert poll.group("+1", by="张婶", quote=quote) == ""
    assert poll.group("同意楼上", by="张婶", quote="我觉得东路好") == ""
    assert poll.rows(t.ballots) == []
    assert poll.group("2", by="老王", quote=quote) == "已私信您。"
    assert choice(poll) == 2
    assert poll.group("选东路", by="老王", quote="【征求意见，不代替会议表决】修路选哪…") in ("", "已私信您。")
    assert poll.group("小议 1", by="老王", addressed=True) == "已私信您。"
    assert choice(poll) == 1


def test_a_poll_for_private_chats_takes_nothing_in_the_group(village: Village) -> None:
    opened(village, "发起投票 修路选哪条 A东路 B西路 截止周五 只能私聊投")
    village.bind("老王", to="老王", channel="sim")
    village.group("1", by="老王", quote="修路选哪条 投票1")
    assert "请私聊我" in village.heard("老王")
    assert village.rows(t.ballots) == []


# -- among other questions


def test_a_bare_number_is_told_apart_from_a_rating(poll: Village) -> None:
    poll.ask("老王", "rating", "1", "2", "3")
    said = poll.say("老王", "1")
    assert "评价" in said
    assert "投票" in said
    assert poll.rows(t.ballots) == []
    assert "记下了" in poll.say("老王", "投1")  # names its target


def test_two_polls_are_told_apart(poll: Village) -> None:
    opened(poll, "发起投票 村口装啥灯 选项 太阳能 接电的 截止月底")
    said = poll.say("老王", "1")
    assert "投票1" in said
    assert "投票2" in said
    number = said.split("投票2")[0][-1]
    assert "村口装啥灯" in poll.say("老王", number)
    # What he has voted in takes no bare number any more while the other waits.
    assert "修路选哪条" in poll.say("老王", "1")


def test_a_poll_costs_no_question_a_villager(poll: Village) -> None:
    assert poll.rows(tables.questions) == []
    assert len(poll.rows(tables_posts.posts)) == 1


# -- secret


@pytest.fixture
def secret(village: Village) -> Village:
    opened(village, "发起投票 打机井 选项 同意 不同意 弃权 截止周五晚八点 不记名")
    village.in_group(), village.heard("老王")
    return village


def closed(village: Village) -> str:
    village.later(days=5, hours=9, minutes=58)
    village.in_group()
    village.later(minutes=1)
    village.later(minutes=1)
    return village.in_group()


def test_a_secret_vote_leaves_nothing_to_read(secret: Village) -> None:
    vote = secret.text("老王", "我家同意")
    said = secret.play(vote)[0]
    assert "投的是 1 同意" in said
    assert secret.play(vote) == ["您的票已记下。\n投票1"]  # a redelivery says no more
    kept = [row for row in secret.rows(tables.inbox) if row.actor == "o-laowang"]
    assert [(row.text, row.reply) for row in kept] == [("", "您的票已记下。\n投票1")]
    assert all("同意" not in row.body for row in secret.rows(tables.outbox) if row.purpose == "reply")
    assert {row.thing for row in secret.rows(tables.ledger)} == {"poll"}
    assert secret.rows(t.ballots) == []
    row = secret.rows(t.secret_ballots)[0]
    assert str(HOUSE["o-laowang"]) not in (row.token, str(row.blind))


def test_a_secret_vote_is_changed_like_any_other(secret: Village) -> None:
    first = secret.say("老王", "1")
    second = secret.say("老王", "改成2")
    receipt = first.partition("您的回执 ")[2][:9]
    assert f"您的回执 {receipt}" in second
    assert len(secret.rows(t.secret_ballots)) == 1
    assert "2 不同意" in secret.say("老王", "我投了啥")


def test_a_secret_vote_in_the_group_is_sent_home(secret: Village) -> None:
    secret.bind("老王", to="老王", channel="sim")
    assert secret.group("1", by="老王", quote="打机井 投票1") == "已私信您。"
    assert "这次不记名，请私聊我投" in secret.heard("老王")
    secret.group("小议 投1", by="老王", addressed=True)
    assert secret.rows(t.secret_ballots) == []


def test_of_a_secret_poll_only_the_count_is_told(secret: Village) -> None:
    secret.say("老王", "1")
    said = secret.say("李书记", "谁还没投")
    assert "还有299户没投" in said
    assert "看不到是谁" in said
    secret.later(days=4, hours=10)
    secret.later(minutes=2)
    assert "还有299户没投" in secret.in_group()
    assert "还没投" not in secret.heard("张婶")


def test_at_closing_the_key_goes_and_two_lists_remain(secret: Village) -> None:
    receipts = []
    for who, words in [("老王", "1"), ("张婶", "1"), ("王秀英", "弃权")]:
        receipts.append(secret.say(who, words).partition("您的回执 ")[2][:9])
    said = closed(secret)
    assert "1.同意 2户\n2.不同意 0户\n3.弃权 1户\n参加3户/应投300户" in said
    lists = secret.rows(t.poll_lists)[0]
    assert lists.receipts.split("\n") == sorted(receipts)
    choices = lists.choices.split("\n")
    assert choices == sorted(choices)
    assert sorted(line.split()[1] for line in choices) == ["1", "1", "3"]
    assert lists.digest in said
    assert secret.rows(t.polls)[0].key == ""
    secret.later(minutes=1)
    assert secret.rows(t.secret_ballots) == []
    assert "算进去了" in secret.say("老王", f"回执 {receipts[0]}")
    assert "算进去了" in secret.say("老王", f"查回执 {receipts[1].replace('-', '').lower()}")
    assert "没有回执" in secret.say("老王", "回执 AAAA-AAAA")


def test_an_older_secret_vote_that_arrives_later_does_not_count(secret: Village) -> None:
    first = secret.text("老王", "1")
    secret.now += timedelta(seconds=5)
    secret.say("老王", "2")
    secret.play(first)
    assert secret.rows(t.secret_ballots)[0].choice == 2


@pytest.mark.parametrize("words", ["投2", "投 2", "选 A", "投Ｂ"])
def test_a_vote_where_nothing_is_asked_is_no_matter(village: Village, words: str) -> None:
    """`投 2` with a space was filed as a matter about elections."""
    answer = village.say("张婶", words)
    assert "编号" not in answer
    assert village.rows(tables.matters) == []


@pytest.mark.parametrize(
    ("words", "choice"),
    [("Ａ", "1 东路"), ("b", "2 西路"), ("我们家商量了选西路吧", "2 西路"), ("还是走西路吧", "2 西路")],
)
def test_a_letter_and_a_story_that_ends_by_choosing_are_votes(poll: Village, words: str, choice: str) -> None:
    assert choice in poll.say("王秀英", words)
    assert len(poll.rows(t.ballots)) == 1


@pytest.mark.parametrize("words", ["为啥选西路", "谁选西路", "C", "我家不选西路"])
def test_asking_about_a_choice_chooses_nothing(poll: Village, words: str) -> None:
    poll.say("王秀英", words)
    assert poll.rows(t.ballots) == []


@pytest.mark.parametrize(
    ("said", "answer"),
    [("投 1 号", "您家投的是 1 东路"), ("我同意修东路", "您家投的是 1 东路"), ("我投1 我妈投2", "替您妈说的没记"),
     ("这票咋投", "回个数就行"), ("不投了", "票能改，不能撤"), ("撤回我的票", "票能改，不能撤"), ("谁投的多", "截止")],
)  # fmt: skip
def test_what_voters_say_around_a_vote_is_answered_and_is_no_matter(village: Village, said: str, answer: str) -> None:
    opened(village)
    assert answer in village.say("老王", said)
    assert village.matters() == []


def test_where_no_poll_is_open_these_words_take_nothing_back(village: Village) -> None:
    assert "不能撤" not in village.say("老王", "不投了")


def test_after_the_closing_ones_own_vote_was_counted(village: Village) -> None:
    """我投了啥 after the closing heard that 这一票没记."""
    opened(village)
    village.say("老王", "1")
    village.later(days=6)
    assert "1 东路，算进去了" in village.say("老王", "我投了啥")
    assert "没有您的票" in village.say("王秀英", "我投了啥")


def test_after_the_closing_a_secret_vote_is_nobodys_to_see(secret: Village) -> None:
    secret.say("老王", "1")
    secret.later(days=6)
    said = secret.say("老王", "我投了啥")
    assert "谁也查不到" in said
    assert "东路" not in said


@pytest.mark.parametrize("how", ["记名", "不记名"])
def test_what_another_of_the_household_chose_is_not_told(village: Village, how: str) -> None:
    """我投了啥 told the husband what his wife had voted."""
    opened(village, f"发起投票 修路选哪条 选项 东路 西路 截止周五晚八点 {how}")
    village.say("菊香", f"绑定 高菊香 九社 {paper_code(HOUSE['o-laowang'])}")  # she lives in his house
    village.say("老王", "1")
    village.say("菊香", "2")
    said = village.say("老王", "我投了啥")
    assert "您家的票投过了" in said
    assert "西路" not in said
    village.later(days=6)
    assert "西路" not in village.say("老王", "我投了啥")


def test_words_about_a_secret_poll_are_not_kept(secret: Village) -> None:
    """东路好西路太绕 stayed readable in the inbox, and so did 我妈投2."""
    for words in ("同意好 不同意麻烦", "我妈投2 她没微信", "两个都要"):
        secret.say("老王", words)
    kept = [row.text for row in secret.rows(tables.inbox)]
    assert not [text for text in kept if "同意好" in text or "我妈投2" in text or "两个" in text]


def test_members_of_the_party_are_called_so(village: Village) -> None:
    """党员18岁以上的人投 was said."""
    opened(village, "发起投票 党员活动哪天 周一 周二 截止周五 只党员投")
    assert "这次是全村党员投，" in village.say("老王", "周一")


def test_the_secretary_hears_no_more_than_the_count_either(poll: Village) -> None:
    """老王投了啥 by the secretary was greeted."""
    poll.say("老王", "1")
    said = poll.say("李书记", "老王投了啥")
    assert "没截止前谁也看不到票数" in said
    assert "东路" not in said


def test_who_has_voted_already_is_not_invited_again(village: Village) -> None:
    village.say("李书记", "弄个投票 修路 东路 西路 按户 投到周五晚八点")
    village.say("李书记", "1")
    village.say("老王", "1")
    village.later(minutes=3)
    assert "修路" not in village.heard("老王")
    assert "修路" in village.heard("张婶")
