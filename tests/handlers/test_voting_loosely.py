"""What people answer to a poll without naming an option whole: 东, 东头那条, 都行, 都不要, a number that does not fit."""

from __future__ import annotations

import pytest

from storage import tables
from storage import tables_polls as t
from tests.handlers.talk import HOUSE, Village
from tests.handlers.test_polls import opened

THREE = "发起投票 修路选哪条 选项 东路 西路 弃权 截止周五晚八点"


@pytest.fixture
def poll(village: Village) -> Village:
    opened(village)
    return village


def choice(village: Village) -> int | None:
    found = [row.choice for row in village.rows(t.ballots) if row.entry == HOUSE["o-laowang"]]
    return found[0] if found else None


@pytest.mark.parametrize(
    "words",
    ["西", "选西", "我选西", "西边", "西头的", "西边那条", "就西吧", "2西", "要西边的", "投1票给西路", "修西边"],
)
def test_the_part_that_tells_an_option_apart_is_a_vote_for_it(poll: Village, words: str) -> None:
    """A bare 东 was taken for a matter about something else."""
    said = poll.say("老王", words)
    assert "投的是 2 西路" in said
    assert choice(poll) == 2
    assert poll.matters() == []


@pytest.mark.parametrize("words", ["路", "路吧", "2东路", "1西", "选1西路"])
def test_what_fits_no_single_option_counts_for_none(poll: Village, words: str) -> None:
    """路 is in both options; of 2东路 the number says one thing and the word another, and the word was counted."""
    poll.say("老王", words)
    assert choice(poll) is None


@pytest.mark.parametrize("words", ["东边路灯坏了", "西边没水了", "东头垃圾没人拉"])
def test_a_complaint_about_that_side_is_still_a_matter(poll: Village, words: str) -> None:
    poll.say("老王", words)
    assert choice(poll) is None
    assert len(poll.matters()) == 1


def test_a_shared_word_says_nothing_where_one_option_is_part_of_another(village: Village) -> None:
    opened(village, "发起投票 装不装路灯 选项 装 不装 截止周五晚八点")
    village.say("老王", "不")
    assert choice(village) is None


@pytest.mark.parametrize(
    "words",
    ["都行", "都可以", "哪个都行", "两个都行", "俩都中", "咋都行", "随便", "我家随便", "无所谓", "听村里的", "你们看着定", "没主意", "随大流", "都行。", "不知道选啥", "没想好"],
)  # fmt: skip
@pytest.mark.parametrize("voted", [False, True])
def test_either_is_fine_offers_the_choices_and_is_no_matter(poll: Village, words: str, voted: bool) -> None:
    """都行 was not understood, and 哪个都行 became a matter."""
    if voted:
        poll.say("老王", "1")
    said = poll.say("老王", words)
    assert "1 东路\n2 西路" in said
    assert said.endswith("投票1")
    assert choice(poll) == (1 if voted else None)
    assert poll.matters() == []


@pytest.mark.parametrize("words", ["东璐", "选西陆", "东陆吧"])
def test_an_option_with_a_slip_offers_the_choices(poll: Village, words: str) -> None:
    """东璐 became a matter about courtyards."""
    assert "1 东路\n2 西路" in poll.say("老王", words)
    assert poll.matters() == []
    assert choice(poll) is None


@pytest.mark.parametrize("words", ["都不行", "都不要", "两个都不好", "一个都不选", "不投", "不想投"])
def test_neither_will_do_offers_the_choices_too(poll: Village, words: str) -> None:
    said = poll.say("老王", words)
    assert "都不合适可以不投" in said
    assert choice(poll) is None
    assert poll.matters() == []


@pytest.mark.parametrize("words", ["都行", "哪个都行", "随便吧", "没意见"])
def test_either_is_fine_is_an_abstention_where_the_poll_has_one(village: Village, words: str) -> None:
    opened(village, THREE)
    assert "投的是 3 弃权" in village.say("老王", words)
    assert choice(village) == 4


def test_either_is_fine_belongs_to_what_was_asked_last(poll: Village) -> None:
    poll.later(days=1)
    poll.ask("老王", "place", data="RC02")
    assert "东路" not in poll.say("老王", "都行")


def test_either_is_fine_without_a_poll_is_as_before(village: Village) -> None:
    assert "票" not in village.say("老王", "都行")


def test_in_the_group_only_a_quote_of_the_poll_is_answered(poll: Village) -> None:
    notice = poll.in_group()
    assert poll.group("都行", by="老王") == ""
    assert poll.group("都行", by="老王", quote=notice) == "已私信您。"
    assert "1 东路\n2 西路" in poll.heard("老王")


@pytest.mark.parametrize("words", ["我妈没有微信她要投二", "俺娘不会用手机 她想选西路", "我奶奶不识字说要投2"])
def test_for_whoever_has_no_phone_there_is_a_lawful_way(poll: Village, words: str) -> None:
    """我妈没有微信她要投二 was looked for as a name on the roster."""
    said = poll.say("老王", words)
    assert "您回个数就算您家的票" in said
    assert "请人" in said
    assert choice(poll) is None


@pytest.mark.parametrize("words", ["替隔壁老李投1", "帮我邻居投2", "替张婶子投2"])
def test_a_neighbour_is_not_told_to_be_of_the_same_household(poll: Village, words: str) -> None:
    """He was told that the neighbour's vote is his own household's."""
    said = poll.say("老王", words)
    assert "一家的" not in said
    assert "自己投" in said
    assert choice(poll) is None


def test_a_name_of_ones_own_household_is(poll: Village) -> None:
    other = next(
        row.name for row in poll.rows(tables.people) if row.household_id == HOUSE["o-laowang"] and row.name != "王德福"
    )
    assert "一家的" in poll.say("老王", f"帮{other}投2")


def test_what_have_i_voted_in_dialect(poll: Village) -> None:
    poll.say("老王", "2")
    assert "您投的是 2 西路" in poll.say("老王", "我投的啥来着")


@pytest.mark.parametrize("words", ["西", "西边那条", "都行", "都不要", "东璐"])
def test_who_is_not_bound_is_offered_binding_however_he_says_it(poll: Village, words: str) -> None:
    """西 became a matter about buses, and 都行 got the general help."""
    assert "绑定" in poll.say("外村人", words)
    assert poll.matters() == []
    assert poll.rows(t.ballots) == []


def test_a_strangers_matter_is_filed_while_a_poll_is_open(poll: Village) -> None:
    poll.say("外村人", "西边没水了")
    assert len(poll.matters()) == 1


@pytest.mark.parametrize("words", ["西", "都行", "都不行", "西边那条", "选西路"])
def test_after_the_closing_the_same_words_hear_that_it_is_closed(poll: Village, words: str) -> None:
    """都行 got the general help, 西 became a matter."""
    poll.later(days=6)
    said = poll.say("老王", words)
    assert "已经截止" in said
    assert "投票结果" in said
    assert poll.matters() == []


def test_weeks_after_the_closing_nobody_speaks_of_it(poll: Village) -> None:
    poll.later(days=6)
    poll.later(days=9)
    assert "截止" not in poll.say("老王", "都行")


@pytest.mark.parametrize("words", ["两个都要", "都要", "全都要", "两条都修"])
def test_of_all_options_a_poll_for_one_counts_none(poll: Village, words: str) -> None:
    """两个都要 was looked for among the matters."""
    assert "只能选一个" in poll.say("老王", words)
    assert choice(poll) is None


def test_of_all_options_a_poll_for_several_counts_all(village: Village) -> None:
    opened(village, "发起投票 先修哪条路 选项 东路 西路 可以多选 截止周五晚八点")
    village.say("老王", "两个都要")
    assert choice(village) == 3


@pytest.mark.parametrize("words", ["+1", "同意楼上", "为啥要投票", "投的啥"])
def test_what_needs_to_know_the_choices_is_told_them(poll: Village, words: str) -> None:
    """+1 heard that this cannot be done yet, and 为啥要投票 was taken for a wish to hold a poll."""
    assert "1 东路\n2 西路" in poll.say("老王", words)
    assert choice(poll) is None


def test_a_refused_vote_of_a_secret_poll_leaves_nothing_to_read_either(village: Village) -> None:
    """Of 1,2, of a vote after the closing, and of a stranger's the words stayed in the inbox."""
    opened(village, "发起投票 修路选哪条 选项 东路 西路 投三天 不记名")
    village.say("老王", "1,2")
    village.say("外村人", "西路")
    village.later(days=4)
    village.say("张婶", "选西路")
    kept = [row.text for row in village.rows(tables.inbox) if row.text]
    assert not [text for text in kept if text in ("1,2", "西路", "选西路")]


@pytest.mark.parametrize("words", ["我们全家商量好了，投2", "2！2！", "投2，谢谢书记，投2", "刚才想了想 就西路"])
def test_a_sentence_that_ends_by_choosing_is_a_vote(poll: Village, words: str) -> None:
    """我们全家商量好了，投2 and 2！2！ became matters."""
    poll.say("老王", words)
    assert choice(poll) == 2
    assert poll.matters() == []


@pytest.mark.parametrize("words", ["1，还是2", "他要是投1，投2吗", "东路，西路", "投1 投2"])
def test_a_sentence_that_wonders_is_none(poll: Village, words: str) -> None:
    poll.say("老王", words)
    assert choice(poll) is None


@pytest.mark.parametrize(
    "words", ["东路好，西路太绕", "西路好走", "除了西路都行", "东路 我家三口人", "我看东路比西路好"]
)
def test_what_only_speaks_of_the_options_is_offered_them(poll: Village, words: str) -> None:
    """西路好走 was greeted, the others were looked for among the matters."""
    assert "1 东路\n2 西路" in poll.say("老王", words)
    assert choice(poll) is None
    assert poll.matters() == []


@pytest.mark.parametrize("words", ["邻居投了啥", "老李家投的啥", "投1的人多不"])
def test_nobody_hears_what_others_voted(poll: Village, words: str) -> None:
    """邻居投了啥 was taken for a vote on behalf of a neighbour."""
    assert "票数现在谁也看不到" in poll.say("老王", words)


@pytest.mark.parametrize("words", ["能不能投两个", "能改票吗", "可以选几个"])
def test_how_many_and_whether_one_may_change_is_told(poll: Village, words: str) -> None:
    said = poll.say("老王", words)
    assert "只选一个" in said
    assert "之前可以改" in said


@pytest.mark.parametrize("words", ["跟老王一样", "我跟老王家投的一样", "我家跟张婶家一样"])
def test_the_same_as_somebody_else_is_asked_for_by_number(poll: Village, words: str) -> None:
    """跟老王一样 was asked about as electricity and, with the next line, filed."""
    poll.say("老王", "2")
    said = poll.say("张婶", words)
    assert "1 东路\n2 西路" in said
    assert poll.matters() == []


@pytest.mark.parametrize("words", ["投了没", "我投上了没有", "我家投过了没"])
def test_whether_one_has_voted_is_answered(poll: Village, words: str) -> None:
    poll.say("老王", "2")
    assert "2 西路" in poll.say("老王", words)


def test_two_of_a_household_hear_how_many_votes_it_has(poll: Village) -> None:
    assert "一户一票" in poll.say("老王", "我家两个人都投行不")


def test_who_voted_for_what_is_told_to_nobody_and_counts_for_nobody(poll: Village) -> None:
    """谁投了东路 said after the closing was answered as a vote that came too late."""
    poll.later(days=8)
    for who in ("老王", "李书记"):
        assert "投票结果" in poll.say(who, "谁投了东路")


def test_an_option_with_a_particle_is_that_option(village: Village) -> None:
    """不办了 gave up a conversation nobody had."""
    village.say("李书记", "发起投票 社火办不办 办 不办 截止周五晚八点")
    village.say("李书记", "1")
    village.say("老王", "办")
    assert "2 不办" in village.say("老王", "不办了")


@pytest.mark.parametrize(
    "said",
    [
        "支书选了西路", "镇上定了西路", "昨天会上定了西路", "施工队要走西路", "自来水管要走西路", "会计投西路", "大队定了西路",
        "老百姓要走西路", "多数人要走西路", "孩子他爸想走西路",
    ],
)  # fmt: skip
def test_what_others_choose_is_no_vote_of_his(village: Village, said: str) -> None:
    village.say("李书记", "发起投票 走哪条 东路 西路 截止周五晚八点")
    village.say("李书记", "1")
    village.say("老王", "1")
    assert "您家投的是 2" not in village.say("老王", said)
    assert [row.choice for row in village.rows(t.ballots)] == [1]
